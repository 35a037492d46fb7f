"""Contact cards: the number that the eye looks for, and the words that go with it."""

from __future__ import annotations

from handbill.campaign import bound
from handbill.campaign.bound import Text
from handbill.compose.boxes import Box, Cell, Row, Stack, round_up, snug
from handbill.compose.context import Context, gap_after, join
from handbill.compose.rows import beside
from handbill.problems import PieceError
from handbill.scene import Tag
from handbill.text.model import Style

PAIR_GUTTER = 12.0
"""Between two cards side by side, in points."""
NUMBER_GAP = 0.3
"""Between a large number and the words on its line, as a share of its size."""
PAIR_LINES = 2
"""Cards whose words take more lines than this in half the measure stand one under the other."""
PAIR_SHARE = 0.6
"""So do those whose number takes more of it: two numbers close together would be dialled as one."""
NUMBER_SHARE = 0.4
"""A number that takes at most this share of the measure stands beside its words, not above."""
SHORT_NUMBER_SHARE = 0.22
"""Least share of the measure that the column of numbers takes, so that short ones line up."""


def is_number(card: bound.BoundCard) -> bool:
    """Whether a card shows a number first: an address is longer, and so is what stands for a number
    that nobody has filled in."""
    return card.shows[0].spans[0].kind in ("phone", "text")


def number_style(context: Context, card: bound.BoundCard) -> Style:
    """Numbers big; addresses and placeholders, which are longer, smaller."""
    if is_number(card):
        return Style(size=context.size("number"), weight="heavy", heading=True)
    return Style(size=context.size("heading" if context.display else "body"), weight="bold")


def words_of(context: Context, card: bound.BoundCard) -> Text:
    """Who answers, when to call, what happens, its honest limits, and further ways to reach them."""
    name = card.short if context.display or context.number_column else card.name
    stop = context.name_stop + gap_after(context.name_stop)
    words = join(card.when.place, name, stop, card.when, bold_first=True)
    for more in (card.then, *card.claims, *card.shows[1:]):
        if more:
            words = join(card.when.place, words, gap_after(words.plain), more)
    return words


def listed(context: Context, card: Box, bound_card: bound.BoundCard) -> Stack:
    """A card as an item of a list: who hears the page hears how many services there are, and which
    words go with which number."""
    place = bound_card.when.place
    body = Stack((card,), (0.0,), context.width, Tag("LBody"), place)
    return Stack((body,), (0.0,), context.width, Tag("LI"), place)


def number_above(context: Context, card: bound.BoundCard) -> Stack:
    """A card with its number on a line of its own above the words."""
    number = context.number_box(card.shows[0], number_style(context, card), Tag("P"))
    text = context.box(words_of(context, card), context.style("body"), Tag("P"))
    return Stack((number, text), (0.0, 0.0), context.width)


def paired(context: Context, cards: tuple[bound.BoundCard, ...]) -> list[Box]:
    """Cards with the number above its words, two short ones side by side.

    A short one that is alone in its row has its words beside it where they take one line.
    """
    rows: list[Box] = []
    at = 0
    while at < len(cards):
        cells = _cells(context, cards[at : at + 2])
        if cells:
            rows.append(_side_by_side(context, cells, cards[at : at + 2]))
            at += 2
        else:
            card = _on_one_line(context, cards[at]) or number_above(context, cards[at])
            rows.append(listed(context, card, cards[at]))
            at += 1
    return rows


def _cells(context: Context, pair: tuple[bound.BoundCard, ...]) -> tuple[float, float] | None:
    """The widths of two cards side by side, the second from the middle of the measure on unless one of
    them needs more for its words on a line; None if they do not look well in half of it."""
    if len(pair) < 2:
        return None
    half = (context.width - PAIR_GUTTER) / 2
    if not all(is_number(card) for card in pair):
        return None  # a place kept for a number, which will be longer
    widest = max(context.number_width(card.shows[0], number_style(context, card)) for card in pair)
    if widest > PAIR_SHARE * half:
        return None
    needs = [
        1
        + max(
            context.number_width(card.shows[0], number_style(context, card)),
            context.measure(words_of(context, card), context.style("body")),
        )
        for card in pair
    ]
    if sum(needs) + PAIR_GUTTER <= context.width:
        first = min(max(half, needs[0]), context.width - PAIR_GUTTER - needs[1])
        return first, context.width - PAIR_GUTTER - first
    return (half, half) if all(_is_short(context.within(half), card) for card in pair) else None


def _side_by_side(context: Context, widths: tuple[float, float], pair: tuple[bound.BoundCard, ...]) -> Row:
    boxes = []
    for width, card in zip(widths, pair, strict=True):
        inner = context.within(width)
        boxes.append(listed(inner, number_above(inner, card), card))
    places = (context.width - widths[0], 0.0) if context.rtl else (0.0, context.width - widths[1])
    cells = tuple(Cell(x, box) for x, box in zip(places, boxes, strict=True))
    return Row(cells, context.width, max(box.height for box in boxes))


def _on_one_line(context: Context, card: bound.BoundCard) -> Row | None:
    """A number with its words on the same baseline; None where they need more than a line."""
    style = number_style(context, card)
    hang = context.number_width(card.shows[0], style) + max(PAIR_GUTTER, style.size * NUMBER_GAP)
    words = words_of(context, card)
    if hang + context.measure(words, context.style("body")) > context.width:
        return None
    number = context.within(hang).number_box(card.shows[0], style, Tag("P"))
    text = context.within(context.width - hang).box(words, context.style("body"), Tag("P"))
    ascents = number.paragraph.ascent, text.paragraph.ascent
    drops = [max(ascents) - ascent for ascent in ascents]
    places = (context.width - hang, 0.0) if context.rtl else (0.0, hang)
    cells = tuple(Cell(x, box, drop) for x, box, drop in zip(places, (number, text), drops, strict=True))
    height = max(box.height + drop for box, drop in zip((number, text), drops, strict=True))
    return Row(cells, context.width, round_up(height, context.unit))


def _is_short(half: Context, card: bound.BoundCard) -> bool:
    """Whether a card looks well in half the measure."""
    if half.number_width(card.shows[0], number_style(half, card)) > half.width:
        return False
    try:
        return len(half.set(words_of(half, card), half.style("body")).lines) <= PAIR_LINES
    except PieceError:  # a word is wider than that
        return False


def cards_beside(context: Context, block: bound.ContactsBlock) -> list[Box]:
    """Cards with the number beside the words; in a column all of them, or none where words broken
    over many lines stand better under the numbers."""
    if not context.number_column:
        column = SHORT_NUMBER_SHARE * context.width
        return [_card(context, card, column) for card in block.cards]
    widths = [context.number_width(card.shows[0], number_style(context, card)) for card in block.cards]
    column = min(max(widths) + 1, context.width * 0.6)  # the words of all start on one line down the page
    columned = [_card(context, card, column) for card in block.cards]
    above: list[Box] = [number_above(context, card) for card in block.cards]
    return min(columned, above, key=lambda cards: sum(card.height for card in cards))


def _card(context: Context, card: bound.BoundCard, column: float) -> Box:
    """Who, the number big, when to use it, what happens and its honest limit.

    ``column`` is the room kept for a number beside the words.
    """
    style = number_style(context, card)
    big = card.shows[0]
    wide = context.number_width(big, style)
    stacked = number_above(context, card)
    if context.one_column or (not context.number_column and wide > NUMBER_SHARE * context.width):
        return stacked
    # A placeholder may be longer than the column that a poster's numbers share: it wraps.
    hang = (column if context.number_column else max(wide + 1, column)) + 12
    number = context.within(hang - 11).number_box(big, style, Tag("P"))
    words = words_of(context, card)
    text = snug(context.within(context.width - hang).box(words, context.style("body"), Tag("P")))
    row = beside(context, number, hang, text, None, card.when.place, middle=True)
    # Many words in a narrow column would stand taller than under the number.
    return row if context.number_column or row.height <= stacked.height else stacked
