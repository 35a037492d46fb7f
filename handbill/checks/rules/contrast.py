"""Words stand out from what they stand on."""

from collections.abc import Iterator

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Words
from handbill.checks.screen import Screen
from handbill.checks.subject import Subject
from handbill.checks.tally import At, tally
from handbill.problems import Severity

LARGE_PT, LARGE_BOLD_PT = 18.0, 14.0
"""Large text (WCAG 2.2, 1.4.3)."""
BOLD = ("bold", "black", "heavy")
SLACK = 0.05


def _find(subject: Subject) -> Iterator[Fault]:
    for number, (ratio, least), at, others in tally(_faint(subject)):
        yield Fault(
            f"Words have a contrast of {ratio:.1f} to what they stand on; {least:g} is the least{others}.",
            number,
            at,
        )


def _faint(subject: Subject) -> Iterator[tuple[PageView, tuple[float, float], At]]:
    screen = Screen(subject.document, profiled=subject.profile.is_press)
    profile = subject.profile
    for page in subject.document.pages:
        for words, grounds in subject.proof(page).grounds:
            ink = words.ink.colour.cmyk or words.ink.colour.complement
            if ink is None or words.ink.alpha < 0.999:
                continue
            large = words.size >= LARGE_PT or (words.size >= LARGE_BOLD_PT and _is_bold(words))
            least = profile.contrast_large if large else profile.contrast
            for ground, letter in grounds.items():
                ratio = screen.contrast(ink, ground)
                if ratio < least - SLACK:
                    yield page, (round(ratio, 1), least), (letter.x, letter.y)


def _is_bold(words: Words) -> bool:
    name = words.font.name.lower()
    return any(weight in name for weight in BOLD)


CHECK = Check(
    "contrast",
    Severity.ERROR,
    "Words have enough contrast",
    "Readers with low vision, and everybody in poor light, lose words that look like their ground.",
    "WCAG 2.2, 1.4.3 (4.5; 3 from 18 pt, or 14 pt bold); print-spec 5.4",
    "Choose a darker or a lighter colour.",
    _find,
)
