"""Portions: what of a piece must stay together on a page, and which portions share one.

A heading stays with its lead and its first item; an item, a paragraph, a card, a callout stays
whole; a single line at a section's end does not begin a page. Among the ways to fill the pages that
keep this, the one is taken whose pages end best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handbill.compose.boxes import Box, Row, Stack, TextBox
from handbill.compose.cutting import cut
from handbill.compose.panels import MOST_OVER_HEAD
from handbill.problems import PieceError, Place, Problem
from handbill.units import to_mm

IN_BLOCK = 25.0
"""What it costs to part a block between two of its items; a page that is left a third empty costs
about as much (``EMPTY``)."""
IN_NUMBERS = 100.0
"""What it costs to part the numbers of one block: a reader who needs them wants to see them together,
and may pin that page up."""
IN_SECTION = 12.0
"""What it costs to part two blocks under one heading."""
LONELY = 20.0
"""What it costs, besides, that one item stands on a page, parted from all its fellows."""
BARE = 150.0
"""What it costs that the imprint stands on a page by itself."""
EMPTY = 1000.0
"""A page that is empty by a share e costs ``EMPTY`` times e cubed: a ragged foot is calm, a hole is not."""
PAGE = 20.0
"""What a page costs in paper and turning."""
SHORT_LINE = 1.5
"""What is lower than this many lines of body text is a single line."""


@dataclass(frozen=True)
class Part:
    """A stack to be run over pages. Its first ``heads`` boxes may not stand without what follows;
    ``gap`` is the room above it, ``begins`` tells that a section begins with it; ``cost`` is that of
    beginning a page with it, ``inside`` that of beginning one between two of its boxes.
    """

    stack: Stack
    heads: int
    gap: float
    begins: bool
    cost: float
    inside: float = IN_BLOCK


@dataclass(frozen=True)
class Slice:
    """A box that is not parted, the room above it, and the stacks it stands in, outermost first."""

    box: Box
    gap: float
    path: tuple[Stack, ...]


@dataclass(frozen=True)
class Portion:
    """Slices that stay together; ``cost`` is that of beginning a page with them."""

    slices: tuple[Slice, ...]
    cost: float
    begins: bool

    @property
    def gap(self) -> float:
        """The room above it where it does not head a page."""
        return self.slices[0].gap

    @property
    def height(self) -> float:
        """Its height without the room above it."""
        return sum(one.gap + one.box.height for one in self.slices) - self.gap

    @property
    def drop(self) -> float:
        """How much lower it begins where it heads a page, so that its ink does not reach far into the
        margin: letters of Nastaliq may stand higher than their line."""
        return max(0.0, ink_over(self.slices[0].box) - MOST_OVER_HEAD)

    def joined(self, other: Portion) -> Portion:
        """This portion with the next one."""
        return replace(self, slices=self.slices + other.slices)


def ink_over(box: Box) -> float:
    """How far the ink of a box's first line may stand over its top, in points."""
    if isinstance(box, TextBox):
        return box.paragraph.ink_top - box.paragraph.ascent if box.paragraph.lines else 0.0
    if isinstance(box, Stack):
        return ink_over(box.boxes[0]) if box.boxes else 0.0
    if isinstance(box, Row):
        return max((ink_over(cell.box) - cell.drop for cell in box.cells), default=0.0)
    return 0.0


def slices_of(stack: Stack, gap: float, path: tuple[Stack, ...] = ()) -> Iterator[Slice]:
    """The boxes of a stack that may part from each other: those of a block or a list one by one, any
    other whole, an item of a list above all."""
    inside = (*path, stack)
    for index, (box, above) in enumerate(zip(stack.boxes, stack.gaps, strict=True)):
        room = above if index else gap
        if isinstance(box, Stack) and box.tag and box.tag.role != "LI":
            yield from slices_of(box, room, inside)
        else:
            yield Slice(box, room, inside)


def portion_out(parts: Sequence[Part], room: float, line: float) -> list[Portion]:
    """The portions of a piece in order, none higher than ``room``; ``line`` is the body's leading.

    What is higher is cut between lines. Raises PieceError (``text/overset``) for a drawing or row
    that no page can hold.
    """
    portions: list[Portion] = []
    waiting: list[Slice] = []  # heads that wait for what they stand over
    begins, cost = True, 0.0
    for part in parts:
        if not waiting:
            begins, cost = part.begins, part.cost
        slices = list(slices_of(part.stack, part.gap))
        for index, one in enumerate(slices):
            waiting.append(one)
            if index < part.heads:
                continue
            portions += _fitting(waiting, cost, begins, room)
            waiting, begins = [], False
            lonely = index == part.heads or index + 2 == len(slices)
            cost = part.inside + LONELY * lonely
    if waiting:
        portions += _fitting(waiting, cost, begins, room)
    return _without_leftovers(portions, room, line)


def _fitting(slices: list[Slice], cost: float, begins: bool, room: float) -> Iterator[Portion]:
    """The slices as one portion, or as several where a page cannot hold them together."""
    whole = Portion(tuple(slices), cost, begins)
    if whole.height + whole.drop <= room:
        yield whole
        return
    last = slices[-1]
    before = whole.height - last.box.height + whole.drop
    pair = cut(last.box, room - before)
    if pair is None and len(slices) > 1:
        yield from _fitting(slices[:-1], cost, begins, room)
        yield from _fitting([last], IN_BLOCK, False, room)
    elif pair is None:
        raise _too_high(last, room)
    else:
        yield Portion((*slices[:-1], replace(last, box=pair[0])), cost, begins)
        yield from _fitting([replace(last, box=pair[1], gap=0.0)], 0.0, False, room)


def _too_high(one: Slice, room: float) -> PieceError:
    place: Place | None = next((stack.place for stack in reversed(one.path) if stack.place), None)
    return PieceError(
        Problem(
            "text/overset",
            f"A part of the large print is {to_mm(one.box.height):.0f} mm high and cannot be continued on a "
            f"further page; a page has {to_mm(room):.0f} mm.",
            "Write it shorter, or as several items.",
            place,
        )
    )


def _without_leftovers(portions: list[Portion], room: float, line: float) -> list[Portion]:
    """The portions with a single line at the end of a section joined to what stands before it."""
    done: list[Portion] = []
    for portion, after in zip(portions, [*portions[1:], None], strict=True):
        last = after is None or after.begins
        if done and last and not portion.begins and portion.height < SHORT_LINE * line:
            joined = done[-1].joined(portion)
            if joined.height + joined.drop <= room:
                done[-1] = joined
                continue
        done.append(portion)
    return done


def break_pages(portions: Sequence[Portion], room: float, first: float | None = None) -> list[int]:
    """Where pages begin, as places in ``portions`` (the first is 0), at the least cost in sum.

    ``room`` is the height of a page, ``first`` that of the first page if it has less. A portion
    higher than its page stands on it alone. A last page may be as short as it comes out.
    """
    count = len(portions)
    best = [0.0] + [float("inf")] * count
    come = [0] * (count + 1)
    for start in range(count):
        if best[start] == float("inf"):
            continue
        height = first if first is not None and start == 0 else room
        used = portions[start].drop
        for end in range(start, count):
            used += portions[end].height + (portions[end].gap if end > start else 0.0)
            if used > height + 0.01 and end > start:
                break
            empty = max(0.0, 1 - used / height) if end + 1 < count else 0.0
            cost = best[start] + portions[start].cost + PAGE + EMPTY * empty**3
            if cost < best[end + 1] - 1e-9:
                best[end + 1], come[end + 1] = cost, start
    starts = []
    at = count
    while at > 0:
        at = come[at]
        starts.append(at)
    return starts[::-1]
