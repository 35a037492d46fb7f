"""The words of the file are the words that were approved."""

import re
from collections import Counter
from collections.abc import Iterator

from handbill.checks.expected import ExpectedParagraph
from handbill.checks.findings import Check, Fault
from handbill.checks.lines import squeeze
from handbill.checks.structure import read_aloud, read_structure, words_by_content
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten
from handbill.problems import Severity

TURNED = re.compile(r"[()\[\]{}<>«»‹›“”‘’\"']")
"""Readers turn these round in right-to-left lines; they are left out of the second opinion."""


def _find(subject: Subject) -> Iterator[Fault]:
    expected = subject.expected
    if expected is None or not subject.document.is_tagged:
        return
    said = squeeze(read_aloud(read_structure(subject.document), words_by_content(subject.document)))
    at = 0
    for paragraph in expected.paragraphs:
        wanted = squeeze(paragraph.text)
        found = said.find(wanted, at)
        if found < 0:
            if wanted in said:
                yield Fault(f"{_named(paragraph)} is read out of its order.")
            else:
                yield Fault(f"{_named(paragraph)} is not in the file as it was written.")
            return
        if _says(said[at:found]):
            yield Fault(f"“{shorten(said[at:found])}” stands in the file, but in no text.")
        at = found + len(wanted)
    if _says(said[at:]):
        yield Fault(f"“{shorten(said[at:])}” stands in the file, but in no text.")
    yield from _second_opinion(subject)


def _named(paragraph: ExpectedParagraph) -> str:
    source = f" (words from {paragraph.source})" if paragraph.source else ""
    return f"“{shorten(paragraph.text)}”{source}"


def _says(text: str) -> bool:
    """Whether a text says anything: the bullets of lists stand in no source."""
    return any(letter.isalnum() for letter in text)


def _second_opinion(subject: Subject) -> Iterator[Fault]:
    """pdfium, which knows no tags, has to find all letters too."""
    assert subject.expected is not None
    texts = [subject.document.text(page) for page in subject.document.pages]
    if any(text is None for text in texts):
        return
    found = Counter(TURNED.sub("", squeeze("".join(text or "" for text in texts))))
    wanted = Counter(
        TURNED.sub("", squeeze("".join(paragraph.text for paragraph in subject.expected.paragraphs)))
    )
    missing = wanted - found
    # pdfium takes a hyphen at the end of a line for one of hyphenation.
    missing.pop("-", None)
    if missing:
        letters = "".join(sorted(missing))
        yield Fault(f"A reader that goes by the page, not by tags, misses letters: “{shorten(letters)}”.")


CHECK = Check(
    "text-equals-source",
    Severity.ERROR,
    "The words are those of the source, in its order",
    "People approved the words in content/, not what a program made of them; scripts break silently.",
    "print-spec 5.2 and 7 (structure text compared with the source)",
    "Report it: the program that set the words is wrong, not the words.",
    _find,
)
