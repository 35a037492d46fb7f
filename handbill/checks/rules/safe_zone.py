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
    profile = subject.profile
    least = mm(profile.safe_mm)
    foot = least if profile.safe_foot_mm is None else mm(profile.safe_foot_mm)
    near = (
        (page, _missing(letter.box, page.trim, least, foot), letter.box.middle, words.text)
        for page, words in subject.words()
        for letter in words.inked
        if letter.box is not None
        and letter.box.meets(page.trim)
        and _missing(letter.box, page.trim, least, foot)[0] > SLACK
    )
    listed = list(near)
    for number, text, at, others in tally((page, text, at) for page, _, at, text in listed):
        _, gap, wanted = max(
            missing for page, missing, _, other in listed if page.number == number and other == text
        )
        where = "across the cut" if gap < 0 else f"{to_mm(gap):.1f} mm from the cut"
        quoted = f" (“{shorten(text)}”)" if text.strip("\u200b ") else ""
        yield Fault(f"Words stand {where}{quoted}; {to_mm(wanted):g} mm is the least{others}.", number, at)


def _missing(box: Box, trim: Box, least: float, foot: float) -> tuple[float, float, float]:
    """By how much a box is too close to the cut at its worst side, its distance there and the least."""
    gaps = (
        (box.x0 - trim.x0, least),
        (trim.x1 - box.x1, least),
        (trim.y1 - box.y1, least),
        (box.y0 - trim.y0, foot),
    )
    return max((wanted - gap, gap, wanted) for gap, wanted in gaps)


CHECK = Check(
    "safe-zone",
    Severity.ERROR,
    "Words keep away from the cut",
    "Cutting wanders: words close to the edge are cut off or look crooked.",
    "print-spec 3.1 (5 mm: mixam, dearnevalley, printlogik, webforma)",
    "Move them inwards.",
    _find,
)
