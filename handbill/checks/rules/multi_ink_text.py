"""Small letters are not built of several inks."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.checks.tally import tally
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    least = subject.profile.multi_ink_text_pt
    small = (
        (page, (round(words.size, 1), words.ink.colour.ink_count), words.box.middle if words.box else None)
        for page, words in subject.words()
        if round(words.size, 1) < least and words.ink.colour.ink_count > 1
    )
    for number, (size, inks), at, others in tally(small):
        yield Fault(f"Words of {size:g} pt are built of {inks} inks{others}.", number, at)


CHECK = Check(
    "multi-ink-text",
    Severity.WARNING,
    "Small text is one ink",
    "Inks that lie a tenth of a millimetre apart blur letters of this size.",
    "GWG 2015 and 2022 (sheet: 8 pt)",
    "Set small text in black, or larger.",
    _find,
)
