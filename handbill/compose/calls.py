"""The calls of a cover: short lines that say when to ring, and their numbers."""

from __future__ import annotations

from dataclasses import replace

from handbill.campaign.bound import Text
from handbill.campaign.contacts import ADDRESSES
from handbill.compose.boxes import Box, Cell, Row, Stack, TextBox, stack
from handbill.compose.context import Context
from handbill.scene import Tag
from handbill.text.model import Style

APART = 0.7
"""Room between two large numbers side by side, as a multiple of their size."""


def calls_in_line(context: Context, calls: tuple[Text, ...]) -> list[Box]:
    """Each call in one line of words, its number shining out."""
    style = context.style("heading", weight="bold", balance=False)
    return [context.box(call, style, Tag("P"), highlights=True) for call in calls]


def calls_large(context: Context, calls: tuple[Text, ...]) -> list[Box]:
    """Each call as a large number under its words: side by side where the measure holds them all,
    else one above the other.

    A call that does not end in a number stays a line.
    """
    if not all(ends_in_number(call) for call in calls):
        return calls_in_line(context, calls)
    boxes = [_large(context, call) for call in calls]
    gutter = context.size("number") * APART
    if sum(box.width for box in boxes) + gutter * (len(boxes) - 1) > context.width:
        return [context.to_start(_widening(box, context.width - box.width)) for box in boxes]
    spare = context.width - sum(box.width for box in boxes) - gutter * (len(boxes) - 1)
    cells: list[Cell] = []
    used = 0.0
    for box in (_widening(box, spare / len(boxes)) for box in boxes):
        cells.append(Cell(context.width - used - box.width if context.rtl else used, box))
        used += box.width + gutter
    return [Row(tuple(cells), context.width, max(box.height for box in boxes))]


def ends_in_number(call: Text) -> bool:
    """Whether a number or address is the last thing that a call says."""
    return call.spans[-1].kind in ADDRESSES


def _widening(call: Stack, by: float) -> Stack:
    """A call whose words are told that they may be so much wider."""
    boxes = tuple(replace(box, may_widen=by) if isinstance(box, TextBox) else box for box in call.boxes)
    return replace(call, boxes=boxes)


def _large(context: Context, call: Text) -> Stack:
    """The words of a call, if it has any, over its number; as wide as the wider of them."""
    *before, last = call.spans
    lead = context.style("heading", weight="bold", balance=False)
    big = Style(size=context.size("number"), weight="heavy", heading=True)
    number = replace(call, spans=(last,))
    width = context.number_width(number, big)
    if not before:
        return stack([context.within(width + 1).number_box(number, big, Tag("P"))], 0.0, width + 1)
    words = replace(call, spans=(*before[:-1], replace(before[-1], text=before[-1].text.rstrip())))
    inner = context.within(min(max(width, context.measure(words, lead)) + 1, context.width))
    above = inner.box(words, lead, Tag("P"))
    return stack([above, inner.number_box(number, big, Tag("P"))], 0.0, inner.width)
