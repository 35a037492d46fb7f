"""Everything is painted in inks."""

from collections.abc import Iterator

from handbill.checks.colours import NOT_INKS
from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Outline, Words
from handbill.checks.subject import Subject
from handbill.checks.tally import At, tally
from handbill.problems import Severity

WORDS = {
    "DeviceRGB": "RGB",
    "CalRGB": "calibrated RGB",
    "CalGray": "calibrated grey",
    "Lab": "Lab",
    "ICCBased": "a colour profile of their own (ICC)",
}


def _find(subject: Subject) -> Iterator[Fault]:
    for number, (kind, family), at, others in tally(_painted(subject)):
        yield Fault(f"{kind} in {WORDS[family]}{others}.", number, at)


def _painted(subject: Subject) -> Iterator[tuple[PageView, tuple[str, str], At | None]]:
    for page, mark in subject.printed():
        if isinstance(mark, Words):
            kind, space = "Words are", mark.ink.colour.space
        elif isinstance(mark, Outline):
            kind, space = ("Lines are" if mark.width is not None else "Areas are"), mark.ink.colour.space
        elif mark.kind == "stencil" or mark.space is None:
            kind, space = "Stencils are", mark.ink.colour.space
        else:
            kind, space = ("Shadings are" if mark.kind == "shading" else "Images are"), mark.space
        for family in space.families:
            if family in NOT_INKS:
                yield page, (kind, family), mark.box.middle if mark.box else None


CHECK = Check(
    "colour-spaces",
    Severity.ERROR,
    "All colour is CMYK or black",
    "RGB is turned into inks by the printer's own recipe: colours shift, and black text gets four inks.",
    "GWG 2015 and 2022 (SheetCmyk); print-spec 0.2 and 1.1",
    "Convert it to CMYK in the program that made it, black text to black ink alone.",
    _find,
)
