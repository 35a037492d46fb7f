"""The file is no larger than it need be."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    size = len(subject.document.data) / 1e6
    if size > subject.profile.largest_mb:
        yield Fault(f"The file has {size:.1f} MB; {subject.profile.largest_mb:g} MB is the most.")


CHECK = Check(
    "file-size",
    Severity.WARNING,
    "The file is not too large",
    "Large files are refused by mail and upload forms, and cost readers on mobile phones money.",
    "House limit by profile",
    "Use smaller images, and subsets of fonts.",
    _find,
)
