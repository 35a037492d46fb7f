"""Small black text and thin black lines print over what lies below; grey never does."""

from collections.abc import Iterator

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Outline, Words
from handbill.checks.subject import Subject
from handbill.checks.tally import At, tally
from handbill.problems import Severity

TEXT, LINE, GREY = "text", "line", "grey"
WORDS = {
    TEXT: "Small black words knock out what lies below instead of printing over it",
    LINE: "Thin black lines knock out what lies below instead of printing over it",
    GREY: "Something in DeviceGray is set to overprint, which systems treat differently",
}


def _find(subject: Subject) -> Iterator[Fault]:
    for number, kind, at, others in tally(_faulty(subject)):
        yield Fault(f"{WORDS[kind]}{others}.", number, at, Severity.ERROR if kind == GREY else None)


def _faulty(subject: Subject) -> Iterator[tuple[PageView, str, At | None]]:
    profile = subject.profile
    for page, mark in subject.printed():
        colour = mark.ink.colour
        at = mark.box.middle if mark.box else None
        if colour.space.family == "DeviceGray" and mark.ink.overprint and mark.ink.colour.values:
            yield page, GREY, at
        if not colour.is_black:
            continue
        over = mark.ink.overprint and (mark.ink.mode == 1 or colour.space.family != "DeviceCMYK")
        if over and colour.space.family != "DeviceGray":
            continue
        if isinstance(mark, Words) and mark.inked and round(mark.size, 1) < profile.overprint_text_pt:
            yield page, TEXT, at
        elif isinstance(mark, Outline) and mark.width is not None and mark.width < profile.overprint_line_pt:
            yield page, LINE, at


CHECK = Check(
    "overprint-black",
    Severity.WARNING,
    "Small black text and thin black lines overprint",
    "Where a plate is a hair out of place, white shows around each letter that was knocked out.",
    "GWG 2015 and 2022 (text under 12 pt, lines under 2 pt: op true, OPM 1; DeviceGray never)",
    "Set black text to overprint; design programs do so for 100 % black.",
    _find,
)
