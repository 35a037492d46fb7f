"""No inks beyond the four."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Picture
from handbill.checks.subject import Subject
from handbill.checks.tally import tally
from handbill.problems import Severity

PROCESS = ("Cyan", "Magenta", "Yellow", "Black", "None")


def _find(subject: Subject) -> Iterator[Fault]:
    used = (
        (page, ink, mark.box.middle if mark.box else None)
        for page, mark in subject.printed()
        for ink in (
            mark.space.inks
            if isinstance(mark, Picture) and mark.space is not None
            else mark.ink.colour.space.inks
        )
        if ink not in PROCESS
    )
    for number, ink, at, others in tally(used):
        if ink == "All":
            yield Fault(
                f"Art is painted on all plates (“All”), which is for marks outside the cut{others}.",
                number,
                at,
                Severity.WARNING,
            )
        else:
            yield Fault(f"There is a spot ink, “{ink}”{others}.", number, at)


CHECK = Check(
    "spot-colours",
    Severity.ERROR,
    "There are no spot inks",
    "Each spot ink is a further plate, which costs money, or it is turned into something else unasked.",
    "GWG 2022 R0020, R0024 (SheetCmyk)",
    "Convert spot colours to CMYK, or order them.",
    _find,
)
