"""Arabic script stands from right to left."""

import re
import unicodedata
from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.lines import INVISIBLE, seen_lines
from handbill.checks.structure import read_aloud, read_structure, words_by_content
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten
from handbill.problems import Severity

WORD = re.compile("[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]{2,}")
ARABIC = "في من على إلى عن هو هي أو أن إن ما لا قد هذا هذه مع كل لك"
URDU = "ہے ہیں کے کی کا کو میں سے پر اور یہ ہی نہیں آپ کر تو کیا بھی ایک اب نیا رک"
PERSIAN = "در رد به از که را با این است برای شما می یک"
COMMON = frozenset(f"{ARABIC} {URDU} {PERSIAN}".split())
"""Words that hardly any line is without. Of two that are each other's reverse both are listed."""
SURE = 6
"""From this lead a line counts by itself; below it, the other lines of its page have a say."""
BLOCKS = frozenset(["P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TD", "TH", "Caption"])
ENDINGS = "ةى\u06c3\u06ba\u06d2"
"""Letters that stand at the end of a word only."""
CLEAR = 3
"""From this lead a paragraph that is heard counts: one word may look like another's reverse ("والا")."""


def _find(subject: Subject) -> Iterator[Fault]:
    for page in subject.document.pages:
        backwards = forwards = sure = 0
        first = None
        for line in seen_lines(page):
            # From left to right as seen; what is right is read from its other end.
            letters = unicodedata.normalize("NFKC", line.text)
            right, wrong = _likeness(letters[::-1]), _likeness(letters)
            if wrong > right:
                backwards += 1
                sure += wrong - right >= SURE
                first = first or (line.at, letters)
            elif right > wrong:
                forwards += 1
        if first is not None and (sure or backwards > forwards):
            at, text = first
            more = f" (and {backwards - 1} more lines)" if backwards > 1 else ""
            yield Fault(f"Arabic letters stand from left to right: “{shorten(text)}”{more}.", page.number, at)
    if subject.document.is_tagged:
        yield from _heard(subject)


def _heard(subject: Subject) -> Iterator[Fault]:
    """What screen readers say. A page may look right while its letters are stored as they are seen,
    from left to right (print-spec 5.2): validators of PDF/UA pass such files."""
    words = words_by_content(subject.document)
    backwards = []
    for element in read_structure(subject.document).walk():
        inside = [kid for kid in element.walk() if kid.role in BLOCKS]
        if len(inside) == 1 and inside[0] is element:
            said = unicodedata.normalize("NFKC", INVISIBLE.sub("", read_aloud(element, words)))
            if _likeness(said[::-1]) - _likeness(said) >= CLEAR:
                backwards.append((element, said))
    if backwards:
        element, said = backwards[0]
        more = f" (and {len(backwards) - 1} more paragraphs)" if len(backwards) > 1 else ""
        page = next((number for number, _ in element.contents), None)
        yield Fault(f"Screen readers hear Arabic words backwards: “{shorten(said)}”{more}.", page)


def _likeness(text: str) -> int:
    """How much a line looks like words of Arabic script in their right order."""
    score = 0
    for word in WORD.findall(text):
        score += 2 * (word in COMMON)
        score += 2 * (word.startswith("ال") and len(word) > 3)
        score += 2 * (word[-1] in ENDINGS)
        score -= 2 * any(letter in ENDINGS for letter in word[:-1])
    stripped = text.strip()
    score += stripped.endswith(("؟", "۔", "،"))
    score -= stripped.startswith(("؟", "۔", "،"))
    return score


CHECK = Check(
    "text-direction",
    Severity.ERROR,
    "Arabic script runs from right to left",
    "Reversed lines look like Arabic to those who cannot read it, and are noise to those who can.",
    "print-spec 5.2 and 6.4; Unicode UAX 9",
    "Set it in a program that knows the script; do not print this file.",
    _find,
)
