"""Tear-off tabs: the number once on each, and the lines to cut along."""

from __future__ import annotations

from handbill.campaign import bound
from handbill.compose.boxes import Box, Cell, Drawing, Row
from handbill.compose.context import Context
from handbill.scene import ARTIFACT, Group, Item, Path, Tag
from handbill.text.model import Style
from handbill.units import mm


def tear_off(context: Context, block: bound.TabsBlock) -> list[Box]:
    """Tear-off tabs along the foot of the sheet, cut lines between them; elsewhere the number."""
    count = context.tabs
    if not count:  # a page that nobody cuts: the number once
        style = Style(size=context.size("number"), weight="heavy", heading=True)
        return [context.number_box(block.number, style, Tag("P"))]
    cell = context.width / count
    height = mm(context.tab_height)
    style = Style(size=context.size("small"), weight="bold", align="centre")
    number = context.within(cell - 6)
    boxes: list[Cell] = []
    for index in range(count):
        label = number.number_box(block.number, style, Tag("P"))
        boxes.append(Cell(index * cell + 3, label, (height - label.height) / 2))
    cut = _cuts(context, count, cell, height)
    return [Row((Cell(0.0, cut), *boxes), context.width, height)]


def _cuts(context: Context, count: int, cell: float, height: float) -> Drawing:
    ink = context.palette.rule

    def paint(x: float, top: float) -> tuple[Item, ...]:
        lines = [
            Path(
                (("M", (x + i * cell, top)), ("L", (x + i * cell, top - height))),
                stroke=ink,
                width=0.5,
                dash=(3, 3),
            )
            for i in range(1, count)
        ]
        lines.append(
            Path((("M", (x, top)), ("L", (x + context.width, top))), stroke=ink, width=0.5, dash=(3, 3))
        )
        return (Group(ARTIFACT, tuple(lines)),)

    return Drawing(context.width, height, paint)
