"""Words and codes keep away from the cut."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Box
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten, tally
from handbill.problems import Severity
from handbill.units import mm, to_mm

SLACK = mm(0.1)


def _find(subject: Subject) -> Iterator[Fault]:
    least = mm(subject.profile.safe_mm)
    near = (
        (page, _distance(letter.box, page.trim), letter.box.middle, words.text)
        for page, words in subject.words()
        for letter in words.inked
        if letter.box is not None
        and letter.box.meets(page.trim)
        and not page.trim.grown(SLACK - least).holds(letter.box)
    )
    listed = list(near)
    for number, text, at, others in tally((page, text, at) for page, _, at, text in listed):
        gap = min(gap for page, gap, _, other in listed if page.number == number and other == text)
        where = "across the cut" if gap < 0 else f"{to_mm(gap):.1f} mm from the cut"
        quoted = f" (“{shorten(text)}”)" if text.strip("\u200b ") else ""
        yield Fault(
            f"Words stand {where}{quoted}; {subject.profile.safe_mm:g} mm is the least{others}.", number, at
        )


def _distance(box: Box, trim: Box) -> float:
    return min(box.x0 - trim.x0, box.y0 - trim.y0, trim.x1 - box.x1, trim.y1 - box.y1)


CHECK = Check(
    "safe-zone",
    Severity.ERROR,
    "Words keep away from the cut",
    "Cutting wanders: words close to the edge are cut off or look crooked.",
    "print-spec 3.1 (5 mm: mixam, dearnevalley, printlogik, webforma)",
    "Move them inwards.",
    _find,
)
