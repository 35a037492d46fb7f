"""The file is whole and open."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    document = subject.document
    if document.pdf.is_encrypted:
        yield Fault(
            "The file is encrypted, though it opens without a password.",
            remedy="Save it without any protection; PDF/X forbids encryption.",
        )
    if b"%%EOF" not in document.data[-2048:]:
        yield Fault("The end of the file is missing; what is left was pieced together.")
    elif document.pdf.get_warnings():
        yield Fault("The file's table of contents is damaged; readers have to guess where things are.")
    if not document.pages:
        yield Fault("The file has no pages.")
    for page in document.pages:
        for words in dict.fromkeys(page.contents.faults):
            yield Fault(f"The page is damaged: {words}.", page.number)
        if not page.contents.marks and not page.contents.faults:
            yield Fault(
                "The page is empty.",
                page.number,
                severity=Severity.WARNING,
                remedy="Take it out, if it is not meant.",
            )


CHECK = Check(
    "file-whole",
    Severity.ERROR,
    "The file is whole and not locked",
    "A printer's system refuses a locked or damaged file, or prints what it could save of it.",
    "ISO 32000-1, 7.5; ISO 15930-7 forbids encryption; GWG 2015 (empty page)",
    "Make or fetch the file again.",
    _find,
)
