"""Marks as outlines: for the press crop and fold marks outside the bleed (print-spec 3.1, "Marks
option"), for the office printer, which has no outside, faint fold ticks and cut lines (3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.colour import REGISTRATION, Ink
from handbill.editions.boxes import common
from handbill.editions.imposition import Imposition
from handbill.geometry import Rect
from handbill.scene import Path
from handbill.units import mm

LENGTH = mm(5)
WIDTH = 0.25
GAP = mm(0.5)
"""From the bleed to the mark, so that a mark never touches art that hangs over."""
FOLD_DASH = (2.0, 1.5)
FAINT = Ink("faint", (0.0, 0.0, 0.0, 0.35), "#a6a6a6")
"""Seen by whoever folds and cuts, by nobody who reads."""
FAINT_WIDTH = 0.5
CUT_DASH = (3.0, 3.0)
TICK = mm(3)
OVERRUN = mm(4)
"""Cut lines go on past the outer copies, where a ruler is laid."""


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


def fold_ticks(folds: tuple[float, ...], cell: Rect, printable: Rect) -> tuple[Path, ...]:
    """A short faint line at the head and the foot of each fold of a copy in ``cell``, as far out as can
    be printed. ``folds`` are x positions in the copy."""
    seen = common(cell, printable)
    return tuple(
        _line(cell.x + fold, end, cell.x + fold, end + length, ink=FAINT, width=FAINT_WIDTH)
        for fold in folds
        for end, length in ((seen.top, -TICK), (seen.y, TICK))
    )


def cut_lines(imposition: Imposition, printable: Rect) -> tuple[Path, ...]:
    """Faint dashed lines between and around the copies, where they can be printed; none along the
    sheet's own edge."""
    cells = imposition.cells
    first, last = cells[0], cells[-1]
    whole = Rect(first.x, last.y, last.right - first.x, first.top - last.y)
    reach = common(whole.outset(OVERRUN), printable)
    across = sorted({round(x, 4) for cell in cells for x in (cell.x, cell.right)})
    down = sorted({round(y, 4) for cell in cells for y in (cell.y, cell.top)})
    lines = [(x, reach.y, x, reach.top) for x in across if printable.x < x < printable.right]
    # From the middle outwards, so that the dashes of the back lie on those of the front.
    middle = reach.x + reach.width / 2
    for y in down:
        if printable.y < y < printable.top:
            lines += [(middle, y, reach.x, y), (middle, y, reach.right, y)]
    return tuple(_line(*line, ink=FAINT, width=FAINT_WIDTH, dash=CUT_DASH) for line in lines)


def _above_and_below(x: float, bleed: Rect) -> Iterator[tuple[float, float, float, float]]:
    yield (x, bleed.top + GAP, x, bleed.top + GAP + LENGTH)
    yield (x, bleed.y - GAP, x, bleed.y - GAP - LENGTH)


def _line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    dash: tuple[float, ...] = (),
    ink: Ink = REGISTRATION,
    width: float = WIDTH,
) -> Path:
    return Path((("M", (x1, y1)), ("L", (x2, y2))), stroke=ink, width=width, dash=dash)
