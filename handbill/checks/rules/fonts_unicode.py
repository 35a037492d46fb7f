"""Every letter that is shown can be read."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.checks.tally import tally
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    mapped = (
        (page, words.font.name, words.box.middle if words.box else None)
        for page, words in subject.words()
        if words.ink.marked.actual_text is None
        and (
            not words.font.has_unicode
            or any(
                letter.code.text is None or letter.code.text.strip("\0\ufffe\ufeff\ufffd") == ""
                for letter in words.inked
            )
        )
    )
    for number, name, at, others in tally(mapped):
        yield Fault(f"Letters in the font {name} do not say which they are (ToUnicode){others}.", number, at)


CHECK = Check(
    "fonts-unicode",
    Severity.ERROR,
    "All text can be read back (ToUnicode)",
    "Who cannot see the page hears nothing, and nobody can search or check the words.",
    "ISO 14289-1, 7.21.7; print-spec 1.1",
    "Export again from the program that holds the words; do not print to PDF.",
    _find,
)
