"""Words can be read when a black-and-white printer has made greys of all colours."""

from collections.abc import Iterator

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.screen import Screen
from handbill.checks.subject import Subject
from handbill.checks.tally import At, tally
from handbill.colour import Ink, contrast_in_grey
from handbill.problems import Severity

SLACK = 0.005
"""Grounds are kept in steps of 0.4 %."""


def _find(subject: Subject) -> Iterator[Fault]:
    for number, what, at, others in tally(_faint(subject)):
        yield Fault(f"{what}{others}.", number, at)


def _faint(subject: Subject) -> Iterator[tuple[PageView, str, At]]:
    profile = subject.profile
    screen = Screen(subject.document, profiled=profile.is_press)
    for page in subject.document.pages:
        for words, grounds in subject.proof(page).grounds:
            colour = words.ink.colour.cmyk or words.ink.colour.complement
            if colour is None or words.ink.alpha < 0.999:
                continue
            ink = screen.ink(colour)
            for ground, letter in grounds.items():
                under = screen.ink(ground)
                ratio = contrast_in_grey(ink, under)
                if ratio < profile.grey_contrast - SLACK:
                    what = (
                        f"Printed in grey, words have a contrast of {ratio:.1f} to what they stand on; "
                        f"{profile.grey_contrast:g} is the least"
                    )
                    yield page, what, (letter.x, letter.y)
                elif (tint := _tint(ink, under)) > profile.grey_tint_percent:
                    what = (
                        f"Printed in grey, words stand on a tint of {tint:.0f} %; "
                        f"{profile.grey_tint_percent:g} % is the most"
                    )
                    yield page, what, (letter.x, letter.y)


def _tint(ink: Ink, ground: Ink) -> float:
    """How dark a ground under darker words is, in percent of black; 0 under lighter words, which stand on
    a full ground."""
    return (1 - ground.grey) * 100 if ink.grey < ground.grey else 0.0


CHECK = Check(
    "grey-contrast",
    Severity.ERROR,
    "Words stand out when printed in grey",
    "Most office printers have black only: colours that differ on a screen may become the same grey, and "
    "a tint becomes a raster that eats small letters.",
    "print-spec 3.6 (4.5:1 after conversion, tints under text at most 15 %); ITU-R BT.601 (luma)",
    "Make the darker of the two colours darker, or the lighter one lighter.",
    _find,
)
