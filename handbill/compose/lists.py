"""Lists: items under each other, each beside its marker, its number, or the disc of a step."""

from __future__ import annotations

from dataclasses import replace

from handbill.campaign.bound import Text
from handbill.campaign.fill import RichSpan
from handbill.compose.boxes import Box, Drawing, TextBox, disc, stack
from handbill.compose.context import Context
from handbill.compose.rows import beside
from handbill.compose.symbols import paint_marker
from handbill.problems import Place
from handbill.scene import ARTIFACT, Group, Item, Path, Tag
from handbill.text.model import Style

STEP_RADIUS, STEP_HANG = 0.82, 2.2
"""The disc of a step and the indent of its words, as multiples of the body's size."""
DIGIT_MIDDLE = 0.335
"""Half the height of the Latin face's digits, in em."""


def list_items(context: Context, marker: str, items: tuple[Text, ...], place: Place) -> Box:
    """The items under each other, as a list that is heard as one; ``place`` is that of its block."""
    rows: list[Box] = []
    for number, item in enumerate(items, 1):
        rows.append(_item(context, marker, number, item))
    return stack(rows, context.item_gap, context.width, Tag("L"), place)


def _item(context: Context, marker: str, number: int, item: Text) -> Box:
    em = context.size("body") * context.script.size_ratio
    hang = context.size("body") * STEP_HANG if _is_step(context, marker) else em * 1.35
    inner = context.within(context.width - hang)
    body = inner.box(item, context.style("body"), Tag("LBody"))
    label = _label(context, marker, number, hang, body, item.place)
    return beside(context, label, hang, body, Tag("LI"), item.place)


def _label(context: Context, marker: str, number: int, hang: float, body: TextBox, place: Place) -> Box:
    if _is_step(context, marker):
        return _step_disc(context, number, hang, body, place)
    if marker == "number":
        text = Text((RichSpan(str(number)),), str(number), place)
        style = context.style("body", weight="heavy")
        return context.within(hang).box(text, style, Tag("Lbl"), "marker")
    em = context.size("body") * context.script.size_ratio
    latin = context.size("body")
    raise_by = context.middle * em
    ink = context.palette.marker
    near_edge = em * (0.32 if marker == "dot" else 0.42)

    def paint(x: float, top: float) -> tuple[Item, ...]:
        centre = x + hang - near_edge if context.rtl else x + near_edge
        return paint_marker(marker, centre, top - body.paragraph.ascent + raise_by, latin * 1.1, ink)

    return Drawing(hang, body.height, paint)


def _is_step(context: Context, marker: str) -> bool:
    """Whether an item is a step of a display: its number stands in a disc, seen from further off."""
    return context.display and marker == "number"


def _step_disc(context: Context, number: int, hang: float, body: TextBox, place: Place) -> Drawing:
    """A step's number in a disc, level with the first line of its words, as large as a digit in them."""
    own = context.size("body") * context.script.size_ratio
    size = own * context.script.fallback_ratio
    radius = STEP_RADIUS * size
    ground = replace(context.palette, marker=context.palette.ground)
    aside = replace(context, script=context.latin, palette=ground, width=2 * radius)
    text = Text((RichSpan(str(number)),), str(number), place)
    label = aside.box(text, Style(size=size, weight="heavy", align="centre"), Tag("Lbl"), "marker")
    level = body.paragraph.ascent - context.middle * own
    ink = context.palette.marker

    def paint(x: float, top: float) -> tuple[Item, ...]:
        left = x + hang - 2 * radius if context.rtl else x
        y = top - level
        digit = y - DIGIT_MIDDLE * size + label.paragraph.ascent
        return (
            Group(ARTIFACT, (Path(disc(left + radius, y, radius), fill=ink),)),
            *label.draw(left, digit),
        )

    return Drawing(hang, max(body.height, level + radius), paint)
