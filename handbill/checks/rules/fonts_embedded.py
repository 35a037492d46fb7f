"""The shapes of all letters are in the file."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    for font in subject.document.fonts:
        if not font.embedded:
            yield Fault(f"The font {font.name} is not in the file.")
        elif "courier" in font.name.lower():
            yield Fault(
                f"The font {font.name} is used, which programs put in for one that they miss.",
                severity=Severity.WARNING,
                remedy="Look whether it is meant.",
            )


CHECK = Check(
    "fonts-embedded",
    Severity.ERROR,
    "All fonts are embedded",
    "The printer's computer puts in another font, and words look wrong or vanish.",
    "ISO 15930-7; ISO 14289-1, 7.21.4; GWG 2015 (Courier)",
    "Export again with all fonts embedded.",
    _find,
)
