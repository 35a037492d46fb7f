"""Where large print may be parted and where its pages break, on made-up stacks: what must hold for
whatever words come, not only for those of today."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import squeeze
from text_setting import corpus, set_text

from handbill.colour import BLACK, WHITE
from handbill.compose.boxes import Bar, Cell, Drawing, Framed, Row, Stack, TextBox
from handbill.compose.cutting import cut
from handbill.compose.portions import (
    EMPTY,
    PAGE,
    Part,
    Portion,
    Slice,
    break_pages,
    portion_out,
)
from handbill.problems import PieceError, Place
from handbill.scene import Group, Tag, TextLine, walk

ROOM = 600.0
LINE = 25.0
PLACE = Place("content/messages/shared.yaml", 7)


@dataclass(frozen=True)
class Block:
    """A box of a height and nothing in it."""

    height: float
    width: float = 100.0

    def draw(self, x, top):
        return ()


# Breaking pages

portions = st.lists(
    st.builds(
        lambda height, gap, cost, begins: Portion((Slice(Block(height), gap, ()),), cost, begins),
        st.floats(5, ROOM), st.sampled_from([0.0, 9.0, 30.0]), st.sampled_from([0.0, 12.0, 45.0, 150.0]),
        st.booleans(),
    ),
    min_size=1, max_size=9,
)  # fmt: skip


def used(page):
    return sum(one.height for one in page) + sum(one.gap for one in page[1:])


def pages_of(given_portions, starts):
    return [given_portions[a:b] for a, b in itertools.pairwise([*starts, len(given_portions)])]


def price(pages):
    """What a way to fill pages costs; infinite where one is too full."""
    total = 0.0
    for number, page in enumerate(pages):
        if used(page) > ROOM + 0.01 and len(page) > 1:
            return float("inf")
        empty = max(0.0, 1 - used(page) / ROOM) if number + 1 < len(pages) else 0.0
        total += page[0].cost + PAGE + EMPTY * empty**3
    return total


@given(portions)
@settings(max_examples=150, deadline=None)
def test_pages_hold_all_in_order_and_none_is_too_full(given_portions):
    """A portion that is left out, said twice or set over the foot of a page would be the worst."""
    pages = pages_of(given_portions, break_pages(given_portions, ROOM))
    assert [one for page in pages for one in page] == given_portions
    assert all(page for page in pages)
    assert all(used(page) <= ROOM + 0.01 for page in pages)


@given(portions)
@settings(max_examples=60, deadline=None)
def test_pages_break_at_the_least_cost_there_is(given_portions):
    """Compared with every way there is: the breaker looks at the whole piece, not page by page."""
    count = len(given_portions)
    ways = (
        [0, *(at for at in range(1, count) if choice[at - 1])]
        for choice in itertools.product([False, True], repeat=count - 1)
    )
    best = min(price(pages_of(given_portions, starts)) for starts in ways)
    assert price(pages_of(given_portions, break_pages(given_portions, ROOM))) == pytest.approx(best)


def test_first_page_has_less_room_under_its_picture():
    """Or the words of the first page would run over its foot."""
    three = [Portion((Slice(Block(250), 0.0, ()),), 0.0, True)] * 3
    assert break_pages(three, ROOM) == [0, 2]
    assert break_pages(three, ROOM, 300.0) == [0, 1]


# What stays together

heights = st.sampled_from([20.0, 25.0, 50.0, 120.0, 300.0, ROOM])


@st.composite
def parts(draw):
    """Blocks of up to two heads and a list or some paragraphs, a new section with each heading."""
    found = []
    for _ in range(draw(st.integers(1, 6))):
        heads = draw(st.integers(0, 2))
        boxes = [Block(draw(st.sampled_from([30.0, 55.0]))) for _ in range(heads)]
        items = [Block(draw(heights)) for _ in range(draw(st.integers(1, 5)))]
        body = [Stack(tuple(items), (0.0,) + (9.0,) * (len(items) - 1), 100, Tag("L"), PLACE)]
        inside = [*boxes, *(body if draw(st.booleans()) else items)]
        gaps = (0.0, *(9.0 for _ in inside[1:]))
        stack = Stack(tuple(inside), gaps, 100, Tag("Sect", block=f"b{len(found)}"), PLACE)
        found.append(Part(stack, heads, 30.0 if heads else 17.0, bool(heads), 0.0))
    return found


def leaves(box):
    return [leaf for inner in box.boxes for leaf in leaves(inner)] if isinstance(box, Stack) else [box]


@given(parts())
@settings(max_examples=200, deadline=None)
def test_portions_hold_every_box_once_and_in_order(given_parts):
    """No word may be lost on the way to the pages, and none said twice."""
    found = portion_out(given_parts, ROOM, LINE)
    boxes = [one.box for portion in found for one in portion.slices]
    wanted = [leaf for part in given_parts for leaf in leaves(part.stack)]
    assert [id(box) for box in boxes] == [id(leaf) for leaf in wanted]
    assert all(portion.height <= ROOM for portion in found)


@given(parts())
@settings(max_examples=200, deadline=None)
def test_heads_are_never_last_on_a_page(given_parts):
    """Over all pages, for any stacks: after a heading comes its lead, after that its first item. Only
    what no page can hold together is parted."""
    found = portion_out(given_parts, ROOM, LINE)
    starts = break_pages(found, ROOM)
    pages = [[one for portion in page for one in portion.slices] for page in pages_of(found, starts)]
    for part in given_parts:
        first = leaves(part.stack)[: part.heads + 1]
        together = sum(box.height for box in first) + 9.0 * part.heads
        if together <= ROOM:
            holders = {n for n, page in enumerate(pages) for one in page for box in first if one.box is box}
            assert len(holders) == 1


@given(parts())
@settings(max_examples=200, deadline=None)
def test_no_page_begins_with_a_last_line(given_parts):
    """A single line at the end of a section stays with what stands before it, if a page holds both."""
    found = portion_out(given_parts, ROOM, LINE)
    for before, portion, after in zip(found, found[1:], [*found[2:], None], strict=False):
        if not portion.begins and (after is None or after.begins) and portion.height < 1.5 * LINE:
            assert before.height + portion.gap + portion.height > ROOM


# What no page can hold


def text_box(lang, width=300.0, copies=12):
    words = " ".join(corpus(lang)[:4] * copies)
    return TextBox(set_text(lang, words, width=width, size=18), BLACK, 8.4, width, Tag("P"), PLACE)


def lines_of(box):
    return [item.line.text for item in walk(box.draw(0, 0)) if isinstance(item, TextLine)]


def said(box):
    texts = (item.tag.text for item in walk(box.draw(0, 0)) if isinstance(item, Group) and item.tag.text)
    return squeeze("".join(texts))


def kinds(lang):
    """A long text alone, as a list item with its marker, as a step with its bar, as a callout."""
    text = text_box(lang)
    marker = Drawing(20, text.height, lambda x, top: ())
    title = text_box(lang, copies=1)
    titled = Stack((title, text), (0.0, 0.0), 300)
    return {
        "text": text,
        "item": Row((Cell(0, marker), Cell(20, text)), 320, text.height, Tag("LI")),
        "step": Row((Cell(0, Bar(11, 3, titled.height, BLACK)), Cell(11, titled)), 311, titled.height),
        "callout": Framed(titled, 328, 14, 14, WHITE),
    }


@pytest.mark.parametrize("lang", ["en", "ur", "bn"])
@pytest.mark.parametrize("kind", ["text", "item", "step", "callout"])
def test_what_is_higher_than_a_page_goes_on_overleaf(lang, kind):
    """Cut between lines, with two lines at least on either side, and every word in its place."""
    box = kinds(lang)[kind]
    assert box.height > 2 * ROOM
    stack = Stack((Block(40), box), (0.0, 9.0), 330, Tag("Sect", block="b"), PLACE)
    found = portion_out([Part(stack, 1, 30.0, True, 0.0)], ROOM, LINE)
    pieces = [one.box for portion in found for one in portion.slices][1:]
    assert len(pieces) > 2
    assert "".join(map(said, pieces)) == said(box)
    assert [line for piece in pieces for line in lines_of(piece)] == lines_of(box)
    assert all(len(lines_of(piece)) >= 2 for piece in pieces)
    assert all(portion.height <= ROOM for portion in found)
    assert len(found[0].slices) == 2, "the heading stays with the first lines"
    for piece in pieces:
        for line in (item for item in walk(piece.draw(0, 0)) if isinstance(item, TextLine)):
            assert -piece.height < line.y < 0, "the words stand inside their piece"


def test_bar_runs_on_beside_the_words():
    """The bar shows that the words beside it belong together, on each page."""
    pair = cut(kinds("en")["step"], ROOM)
    for piece in pair:
        bar = next(cell.box for cell in piece.cells if isinstance(cell.box, Bar))
        assert bar.height == pytest.approx(piece.height)
    assert sum(piece.height for piece in pair) >= kinds("en")["step"].height


def test_drawing_that_no_page_holds_is_refused():
    """Never clipped, never set over the foot: the message names the place in the content."""
    stack = Stack((Drawing(50, ROOM + 1, lambda x, top: ()),), (0.0,), 100, Tag("Sect"), PLACE)
    with pytest.raises(PieceError) as raised:
        portion_out([Part(stack, 0, 0.0, True, 0.0)], ROOM, LINE)
    (problem,) = raised.value.problems
    assert problem.code == "text/overset" and problem.place == PLACE and problem.remedy
