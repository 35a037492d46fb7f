"""No images hidden in the page's operators."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    for page in subject.document.pages:
        count = page.contents.inline_images
        if count:
            words = "An image is" if count == 1 else f"{count} images are"
            yield Fault(f"{words} written into the page's operators.", page.number)


CHECK = Check(
    "inline-images",
    Severity.WARNING,
    "There are no inline images",
    "Tools that look for wrong colours and low resolution overlook such images.",
    "ISO 32000-1, 8.9.7; print-spec 1.5",
    "Place images as files and export again.",
    _find,
)
