"""Blocks to boxes: how each kind of block of a piece looks.

Positions are worked out in reading direction and mirrored for right-to-left languages; numbers,
QR codes and icons keep their own direction.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as File

from handbill.campaign import bound
from handbill.campaign.bound import Text
from handbill.compose.boxes import (
    Bar,
    Box,
    Cell,
    Drawing,
    Framed,
    Row,
    Stack,
    off_grid,
    round_up,
    snug,
    stack,
)
from handbill.compose.calls import calls_in_line, calls_large
from handbill.compose.cards import cards_beside, listed, paired
from handbill.compose.context import DENSE, Context, gap_after, join
from handbill.compose.lists import list_items
from handbill.compose.rows import beside, column_of
from handbill.compose.symbols import icon, qr
from handbill.compose.tabs import tear_off
from handbill.problems import PieceError
from handbill.scene import Tag
from handbill.units import mm

ICON_SIDE = 21.0
"""Side of an icon beside body text, in points; its round field included."""
CLOSING = ".:?!…؟۔।。：？！"
"""Marks after which a run-in title needs no colon."""

LABEL_GAP, LABEL_GAP_SHARE = 8.0, 0.4
"""Points, and as a share of the body's size, which counts in large type."""

TITLED = (bound.ContactsBlock, bound.FlipsBlock, bound.StepsBlock)
"""Blocks whose parts have a title or number above them: in one column they stand as far apart as
blocks, so that it is plain which words belong to it."""


def closes(text: str) -> bool:
    """True if a text ends in a mark that closes a sentence or leads to what follows, be it in quotes."""
    return text.rstrip(" ”’")[-1:] in CLOSING


def label_gap(context: Context) -> float:
    """The least room between the labels of two icons in a row, so that they are not read as one."""
    return max(LABEL_GAP, LABEL_GAP_SHARE * context.size("body"))


class Parts:
    """Turns bound blocks into boxes. ``icons`` is the folder of icons, ``root`` the project."""

    def __init__(self, icons: File, root: File) -> None:
        self.icons = icons
        self.root = root
        self._makers: dict[type, Callable[..., list[Box]]] = {
            bound.TextBlock: self._text,
            bound.ListBlock: self._list,
            bound.GroupsBlock: self._groups,
            bound.IconsBlock: self._icons,
            bound.ColumnsBlock: self._columns,
            bound.FlipsBlock: self._flips,
            bound.StepsBlock: self._steps,
            bound.CalloutBlock: self._callout,
            bound.ContactsBlock: self._contacts,
            bound.QrBlock: self._qr,
            bound.StripBlock: self._strip,
            bound.TabsBlock: tear_off,
        }

    def make(self, context: Context, block: bound.BoundBlock) -> list[Stack]:
        """The stacks of a block: its heading and lead if it has them with its own parts.

        A cover gives two, its headline and its numbers, which may stand apart.
        """
        if isinstance(block, bound.CoverBlock):
            return self._cover(context, block)
        head: list[Box] = []
        if block.heading:
            head.append(context.box(block.heading, context.style("heading"), Tag("H2"), "heading"))
        if block.lead:
            head.append(context.box(block.lead, context.style("body", weight="bold"), Tag("P")))
        body = self._makers[type(block)](context, block)
        between = self._gap(context, block)
        gaps = [
            0.0 if index == 0 else context.part_gap if index <= len(head) else between
            for index in range(len(head) + len(body))
        ]
        role = Tag("Sect", block=block.id)
        return [Stack((*head, *body), tuple(gaps), context.width, role, block.place)]

    def _gap(self, context: Context, block: bound.BoundBlock) -> float:
        """Room between two parts of a block."""
        apart = context.one_column and isinstance(block, TITLED)
        return context.block_gap if apart else context.item_gap

    # -- texts ------------------------------------------------------------------------------

    def _cover(self, context: Context, block: bound.CoverBlock) -> list[Stack]:
        role = Tag("Sect", block=block.id)
        head: list[Box] = [context.box(block.title, context.style("title"), Tag("H1"), "heading")]
        if block.sub:
            style = context.style("heading", weight="bold")
            head.append(context.box(block.sub, style, Tag("P")))
        stacks = [stack(head, context.part_gap, context.width, role, block.place)]
        if block.call:
            calls = (calls_large if context.large_calls else calls_in_line)(context, block.call)
            stacks.append(stack(calls, context.item_gap, context.width, role, block.place))
        return stacks

    def _text(self, context: Context, block: bound.TextBlock) -> list[Box]:
        weight = "bold" if context.display else "regular"
        style = context.style("body", weight=weight, balance=context.display)
        return [context.box(text, style, Tag("P")) for text in block.paragraphs]

    def _list(self, context: Context, block: bound.ListBlock) -> list[Box]:
        return [list_items(context, block.marker, block.items, block.place)]

    def _run_in(self, context: Context, title: Text, text: Text) -> Text:
        """A bold title followed by its text in the same paragraph, a colon between them for the ear."""
        mark = "" if closes(title.plain) else context.colon
        between = mark + gap_after(mark or title.plain)
        return join(title.place, title, between, text, bold_first=True)

    def _steps(self, context: Context, block: bound.StepsBlock) -> list[Box]:
        boxes: list[Box] = []
        for step in block.items:
            rule = 3.0
            hang = rule + 8
            inner = context.within(context.width - hang)
            words = self._titled(inner, step.title, step.text)
            bar = Bar(hang, rule, words.height, context.palette.rule, at_right=context.rtl)
            boxes.append(beside(context, bar, hang, words, None, step.title.place))
        return boxes

    def _flips(self, context: Context, block: bound.FlipsBlock) -> list[Box]:
        boxes: list[Box] = []
        for flip in block.items:
            boxes.append(self._titled(context, flip.question, flip.answer))
        return boxes

    def _titled(self, context: Context, title: Text, text: Text) -> Box:
        """A bold title on its own line; where room gave way, run in with its text."""
        if context.sizes.space:
            return context.box(self._run_in(context, title, text), context.style("body"), Tag("P"))
        head = context.box(title, context.style("body", weight="bold"), Tag("H3"))
        body = context.box(text, context.style("body"), Tag("P"))
        return Stack((head, body), (0.0, 0.0), context.width)

    # -- with icons -------------------------------------------------------------------------

    def _icon(self, context: Context, name: str, side: float) -> Drawing:
        ground = context.palette
        field = ground.dot if ground.dark else context.theme.ink("tint-{audience}", context.audience)
        if field == ground.ground:
            field = context.theme.ink("white", context.audience)
        return icon(
            self.icons, self.root, name, side, ground.marker if ground.dark else ground.heading, field
        )

    def _groups(self, context: Context, block: bound.GroupsBlock) -> list[Box]:
        rows: list[Box] = []
        for item in block.items:
            side = ICON_SIDE * (context.size("body") / 12)
            hang = side + 8
            inner = context.within(context.width - hang)
            words = inner.box(
                self._run_in(context, item.title, item.text), context.style("body"), Tag("LBody")
            )
            mark = self._icon(context, item.icon, side)
            middle = (
                words.paragraph.ascent - context.middle * context.size("body") * context.script.size_ratio
            )
            lowered = Row((Cell(0.0, mark, max(0.0, middle - side / 2)),), side, side)
            rows.append(beside(context, lowered, hang, words, Tag("LI"), item.title.place))
        return [stack(rows, context.item_gap, context.width, Tag("L"), block.place)]

    def _icons(self, context: Context, block: bound.IconsBlock) -> list[Box]:
        columns = self._columns_that_fit(context, block)
        if columns == len(block.items):
            return [self._icon_row(context, block)]
        return [self._icon_grid(context, block, columns)]

    def _columns_that_fit(self, context: Context, block: bound.IconsBlock) -> int:
        """All icons in one row if every label fits under its icon in two lines, else two columns."""
        width = context.width / len(block.items) - label_gap(context)
        if width < mm(context.icon):
            return 2
        try:
            lines = [
                len(
                    context.within(width)
                    .set(item.label, context.style("body", weight="bold", align="centre"))
                    .lines
                )
                for item in block.items
            ]
        except PieceError:
            return 2
        return len(block.items) if max(lines) <= 2 else 2

    def _icon_row(self, context: Context, block: bound.IconsBlock) -> Box:
        side, gap = mm(context.icon), label_gap(context)
        cell = context.width / len(block.items)
        style = context.style("body", weight="bold", align="centre", balance=True)
        cells: list[Cell] = []
        height = 0.0
        for index, item in enumerate(block.items):
            mark = self._icon(context, item.icon, side)
            label = context.within(cell - gap).box(item.label, style, Tag("LBody"))
            place = column_of(context, index, len(block.items))
            inner = Row(
                (
                    Cell((cell - side) / 2, mark),
                    Cell(gap / 2, label, side + 6),
                ),
                cell,
                side + 6 + label.height,
                Tag("LI"),
                item.label.place,
            )
            height = max(height, inner.height)
            cells.append(Cell(place * cell, inner))
        return Row(tuple(cells), context.width, round_up(height, context.unit), Tag("L"), block.place)

    def _icon_grid(self, context: Context, block: bound.IconsBlock, columns: int) -> Box:
        cell = context.width / columns
        side = mm(context.icon) * 0.72
        hang = side + 10
        rows: list[Box] = []
        for start in range(0, len(block.items), columns):
            cells: list[Cell] = []
            height = 0.0
            for index, item in enumerate(block.items[start : start + columns]):
                mark = self._icon(context, item.icon, side)
                label = context.within(cell - hang - 6).box(
                    item.label, context.style("body", weight="bold"), Tag("LBody")
                )
                inner = beside(
                    context, mark, hang, label, Tag("LI"), item.label.place, middle=True, whole=cell - 6
                )
                place = column_of(context, index, columns)
                cells.append(Cell(place * cell + (6 if context.rtl else 0), inner))
                height = max(height, inner.height)
            rows.append(Row(tuple(cells), context.width, round_up(height, context.unit)))
        return stack(rows, context.item_gap, context.width, Tag("L"), block.place)

    def _columns(self, context: Context, block: bound.ColumnsBlock) -> list[Box]:
        count = len(block.items)
        gutter = 16.0
        cell = (context.width - gutter * (count - 1)) / count
        cells: list[Cell] = []
        height = 0.0
        for index, column in enumerate(block.items):
            inner = context.within(cell)
            title = inner.box(column.title, context.style("heading"), Tag("H2"), "heading")
            items = list_items(inner, column.marker, column.items, block.place)
            words = Stack((title, items), (0.0, context.part_gap), cell)
            place = column_of(context, index, count)
            cells.append(Cell(place * (cell + gutter), words))
            height = max(height, words.height)
        return [Row(tuple(cells), context.width, height)]

    # -- boxes ------------------------------------------------------------------------------

    def _callout(self, context: Context, block: bound.CalloutBlock) -> list[Box]:
        dark = context.on("night").within(context.width - 2 * context.spacing.pad)
        title = dark.box(block.title, dark.style("body", weight="bold"), Tag("H3"), highlights=True)
        text = dark.box(block.text, dark.style("body", weight="bold"), Tag("P"), highlights=True)
        words = Stack((title, text), (0.0, 0.0), dark.width)
        return [Framed(words, context.width, context.spacing.pad, context.pad, dark.palette.ground)]

    def _strip(self, context: Context, block: bound.StripBlock) -> list[Box]:
        said = self._run_in(context, block.title, block.text)
        if context.display:
            style = context.style("body", size=context.size("small"), leading_scale=DENSE)
            return [off_grid(context.box(said, style, Tag("P")))]
        plain = context.palette.ground == context.theme.ink("white", context.audience)
        ground = "tint-{audience}" if plain else "white"
        inner = context.on(ground).within(context.width - 2 * context.spacing.pad)
        words = snug(inner.box(said, inner.style("body"), Tag("P")))
        return [Framed(words, context.width, context.spacing.pad, context.unit, inner.palette.ground)]

    def _qr(self, context: Context, block: bound.QrBlock) -> list[Box]:
        side = mm(context.qr)
        hang = side + 12
        inner = context.within(context.width - hang)
        text = inner.box(block.text, context.style("body"), Tag("P"))
        address = inner.box(block.address, context.style("body", weight="bold"), Tag("P"))
        words = Stack((text, address), (0.0, 0.0), inner.width)
        said = context.words["qr_alt"].plain
        alt = f"{said}{gap_after(said)}{block.address.plain}"
        if block.payload is None:  # a local address that nobody has filled in: words only
            return [words]
        code = qr(block.payload, side, alt)
        return [beside(context, code, hang, words, None, block.place, middle=True)]

    # -- contacts ---------------------------------------------------------------------------

    def _contacts(self, context: Context, block: bound.ContactsBlock) -> list[Box]:
        if context.pairs and not context.one_column:
            rows = paired(context, block.cards)
        else:
            cards = cards_beside(context, block)
            if len(cards) == 1:
                return cards
            rows = [listed(context, box, card) for box, card in zip(cards, block.cards, strict=True)]
        return [stack(rows, self._gap(context, block), context.width, Tag("L"), block.place)]
