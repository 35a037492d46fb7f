"""No Type 3 fonts."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    for font in subject.document.fonts:
        if font.kind == "Type3":
            yield Fault(f"The font {font.name} is of Type 3: drawings that stand in for letters.")


CHECK = Check(
    "fonts-type3",
    Severity.ERROR,
    "No font is of Type 3",
    "Such letters are often pictures, print rough, and their colours and overprint cannot be relied on.",
    "print-spec 1.1 (no Type 3 by preference); ISO 32000-1, 9.6.5",
    "Export again from the program that holds the words, with TrueType or OpenType fonts.",
    _find,
)
