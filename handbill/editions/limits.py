"""How fine a printer can print: lines and type, looked for in a press scene before it is written.

What is too fine for one printer is fine for another (layouts/printers/); what no press standard
allows, the writer refuses itself (writers/breaches.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handbill.colour import REGISTRATION
from handbill.editions.boxes import bleed_of
from handbill.editions.moving import extent_of
from handbill.geometry import Rect
from handbill.problems import Place, Problem
from handbill.scene import Group, Item, Page, Path, Scene, TextLine

LIGHT = 0.5
"""Ink that reflects at least this share of light stands out of a darker ground: it is reversed."""
SHOWN = 40
"""Letters of a line that a message quotes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A printer's limits: lines and type in points, positive and reversed."""

    least_line_pt: float
    least_reversed_line_pt: float
    least_text_pt: float
    least_reversed_text_pt: float


@dataclass(frozen=True, slots=True)
class _Breach:
    """One breach, and its kind: those of one kind are told together, by the first of them."""

    problem: Problem
    kind: object


def find_breaches(scene: Scene, limits: Limits) -> Iterator[Problem]:
    """What the printer's limits forbid in the scene: for each kind the first place of it, and how often.

    Codes: ``press/thin-line``, ``press/small-text``. What stands outside
    the bleed is not printed and not looked at.
    """
    alike: dict[object, list[Problem]] = {}
    for page in scene.pages:
        for breach in _look(page.items, page, bleed_of(page), None, limits):
            alike.setdefault((breach.problem.code, breach.kind), []).append(breach.problem)
    for first, *others in alike.values():
        more = f" So {'is 1 more' if len(others) == 1 else f'are {len(others)} more'}." if others else ""
        yield replace(first, what=first.what + more)


def _look(
    items: tuple[Item, ...], page: Page, bleed: Rect, place: Place | None, limits: Limits
) -> Iterator[_Breach]:
    for item in items:
        if isinstance(item, Group):
            yield from _look(item.items, page, bleed, item.place or place, limits)
        elif isinstance(item, TextLine) and bleed.overlaps(item.extent):
            yield from _look_at_text(item, page, place, limits)
        elif isinstance(item, Path) and item.ops and bleed.overlaps(extent_of(item)):
            yield from _look_at_path(item, page, place, limits)


def _look_at_text(line: TextLine, page: Page, place: Place | None, limits: Limits) -> Iterator[_Breach]:
    for run in line.line.runs:
        reversed_out = line.ink_of(run.kind).luminance >= LIGHT
        least = limits.least_reversed_text_pt if reversed_out else limits.least_text_pt
        if run.size < least - 0.005:
            problem = Problem(
                "press/small-text",
                f"“{_shorten(line.line.text)}” on page “{page.name}” is set in {run.size:.1f} pt"
                f"{', light on dark' if reversed_out else ''}; this printer asks for {least:g} pt or more.",
                "Set it larger in the layout, or cut words so that it need not be small.",
                place,
            )
            yield _Breach(problem, (round(run.size, 1), reversed_out))


def _look_at_path(path: Path, page: Page, place: Place | None, limits: Limits) -> Iterator[_Breach]:
    if path.stroke is None or path.stroke == REGISTRATION:
        return
    reversed_out = path.stroke.luminance >= LIGHT
    least = limits.least_reversed_line_pt if reversed_out else limits.least_line_pt
    if path.width < least - 0.005:
        problem = Problem(
            "press/thin-line",
            f"A line on page “{page.name}” is {path.width:.2f} pt thin"
            f"{', light on dark' if reversed_out else ''}; this printer asks for {least:g} pt or more.",
            "Draw it thicker in the layout’s art.",
            place,
        )
        yield _Breach(problem, (round(path.width, 2), reversed_out))


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"
