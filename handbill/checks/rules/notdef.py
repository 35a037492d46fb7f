"""No letter is missing from its font."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Words
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten, tally
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    missing = (
        (page, (words.font.name, shorten(words.text)), (letter.x, letter.y))
        for page in subject.document.pages
        for words in page.contents.marks
        if isinstance(words, Words) and words.font.embedded
        for letter in words.letters
        if letter.code.gid == 0 or words.font.glyph_name(letter.code.value) == ".notdef"
    )
    for number, (name, text), at, others in tally(missing):
        yield Fault(
            f"A letter is missing from the font {name} in “{text}”: a box or a gap stands there{others}.",
            number,
            at,
        )


CHECK = Check(
    "notdef",
    Severity.ERROR,
    "No letter is missing from its font (.notdef)",
    "Readers see an empty box where a letter should be.",
    "ISO 14289-1, 7.21.8; print-spec 6.3",
    "Choose a font that has the letter.",
    _find,
)
