"""The file says in which language it is."""

import re
from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.objects import text_of
from handbill.checks.subject import Subject
from handbill.problems import Severity

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _find(subject: Subject) -> Iterator[Fault]:
    document = subject.document
    lang = text_of(document.root.get("/Lang"))
    severity = None if document.is_ua or document.is_tagged or subject.expected else Severity.WARNING
    if not lang:
        yield Fault("The file does not say in which language it is.", severity=severity)
    elif not TAG.fullmatch(lang):
        yield Fault(f"“{lang}” is not a language tag.", severity=severity)
    elif subject.expected is not None and lang != subject.expected.lang:
        yield Fault(f"The file says that it is in “{lang}”, but it is in “{subject.expected.lang}”.")


CHECK = Check(
    "language",
    Severity.ERROR,
    "The language is set",
    "A screen reader chooses its voice by it; the wrong voice cannot be understood.",
    "ISO 14289-1, 7.2; WCAG 2.2, 3.1.1; print-spec 5.1",
    "Set the document's language (en, pl, ur, ...) and export it again.",
    _find,
)
