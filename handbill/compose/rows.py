"""Rows: boxes beside each other, in reading direction."""

from __future__ import annotations

from handbill.compose.boxes import Box, Cell, Row, round_up
from handbill.compose.context import Context
from handbill.problems import Place
from handbill.scene import Tag


def beside(
    context: Context,
    first: Box,
    first_width: float,
    second: Box,
    tag: Tag | None,
    place: Place | None,
    *,
    middle: bool = False,
    whole: float | None = None,
) -> Row:
    """Two boxes in reading direction: the first ``first_width`` wide, the second takes the rest."""
    width = whole or context.width
    height = round_up(max(first.height, second.height), context.unit)
    drop = [(height - box.height) / 2 if middle else 0.0 for box in (first, second)]
    if context.rtl:
        cells = (Cell(width - first.width, first, drop[0]), Cell(0.0, second, drop[1]))
    else:
        cells = (Cell(0.0, first, drop[0]), Cell(first_width, second, drop[1]))
    return Row(cells, width, height, tag, place)


def column_of(context: Context, index: int, count: int) -> int:
    """The column, counted from the left, of the ``index``-th of ``count`` boxes in reading direction."""
    return count - 1 - index if context.rtl else index
