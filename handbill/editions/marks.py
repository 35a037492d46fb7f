"""Crop and fold marks, as outlines outside the bleed (print-spec 3.1, "Marks option")."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.colour import REGISTRATION
from handbill.geometry import Rect
from handbill.scene import Path
from handbill.units import mm

LENGTH = mm(5)
WIDTH = 0.25
GAP = mm(0.5)
"""From the bleed to the mark, so that a mark never touches art that hangs over."""
FOLD_DASH = (2.0, 1.5)


def crop_marks(trim: Rect, bleed: Rect) -> tuple[Path, ...]:
    """Two lines at each corner, in the trim's edges, on all four plates."""
    lines: list[tuple[float, float, float, float]] = []
    for x in (trim.x, trim.right):
        lines += _above_and_below(x, bleed)
    for y in (trim.y, trim.top):
        for start, end in (
            (bleed.x - GAP, bleed.x - GAP - LENGTH),
            (bleed.right + GAP, bleed.right + GAP + LENGTH),
        ):
            lines.append((start, y, end, y))
    return tuple(_line(*line) for line in lines)


def fold_marks(folds: tuple[float, ...], bleed: Rect) -> tuple[Path, ...]:
    """A dashed line above and below each fold. Nothing is drawn inside the bleed, where it would print."""
    return tuple(_line(*line, dash=FOLD_DASH) for x in folds for line in _above_and_below(x, bleed))


def _above_and_below(x: float, bleed: Rect) -> Iterator[tuple[float, float, float, float]]:
    yield (x, bleed.top + GAP, x, bleed.top + GAP + LENGTH)
    yield (x, bleed.y - GAP, x, bleed.y - GAP - LENGTH)


def _line(x1: float, y1: float, x2: float, y2: float, dash: tuple[float, ...] = ()) -> Path:
    return Path((("M", (x1, y1)), ("L", (x2, y2))), stroke=REGISTRATION, width=WIDTH, dash=dash)
