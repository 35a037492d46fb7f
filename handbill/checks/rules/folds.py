"""No word and no code lies across a fold."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten
from handbill.problems import Severity
from handbill.units import mm, to_mm

SLACK = mm(0.1)


def _find(subject: Subject) -> Iterator[Fault]:
    clear = mm(subject.profile.fold_clear_mm) - SLACK
    for page, words in subject.words():
        known = subject.expected_page(page)
        if known is None or words.box is None or not words.box.meets(page.trim):
            continue
        for fold in known.folds:
            x = page.trim.x0 + fold
            if words.box.x0 < x + clear and words.box.x1 > x - clear:
                across = words.box.x0 < x < words.box.x1
                quoted = f" (“{shorten(words.text)}”)" if words.text.strip("\u200b ") else ""
                how = "across" if across else "too close to"
                yield Fault(
                    f"Words lie {how} the fold at {to_mm(fold):.0f} mm{quoted}.",
                    page.number,
                    words.box.middle,
                )


CHECK = Check(
    "folds",
    Severity.ERROR,
    "No words lie across a fold",
    "Folds wander by 2 to 3 mm and crack the ink: a number there cannot be read.",
    "print-spec 3.1 (5 mm from folds)",
    "Move them into their panel.",
    _find,
)
