"""Panels: regions stacked from the head down, measured, given their room, and drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from handbill.compose.boxes import Box, Stack, TextBox, beyond
from handbill.design.panels import PanelSpec, RegionSpec
from handbill.geometry import Rect
from handbill.scene import Item
from handbill.units import mm

MOST_OVER_HEAD = 6.0
"""Ink of a region's first line may stand this far over the region's upper margin, in points."""
CLEAR = mm(5.05)
"""What words keep clear of the cut: 5 mm (print-spec 3.1), and a hair so that no rounding takes of it."""
HEAD_ABOVE = mm(4.2)
"""The middle of a head stands this far over the first line's room."""

MOST_SPREAD = 1
"""Blocks of a region that spreads move apart by at most this many grid units each."""


def lift_of(box: Box, unit: float, over: float = MOST_OVER_HEAD) -> float:
    """By how much the first line of a box at the head of a page or region may rise, in whole units.

    A line of Nastaliq keeps room for letters that reach twice as high as most do. At the head
    of a region that room is empty, and the words would seem to hang too low. Ink may stand
    ``over`` above the box.
    """
    while isinstance(box, Stack) and box.boxes:
        box = box.boxes[0]
    if not isinstance(box, TextBox) or not box.paragraph.lines:
        return 0.0
    paragraph = box.paragraph
    spare = paragraph.ascent - max(paragraph.size, paragraph.ink_top - over)
    return max(0.0, math.floor(spare / unit) * unit)


@dataclass(frozen=True)
class SetRegion:
    """A region with its stacks set. ``gap`` parts two stacks; lengths in points.

    ``left``, ``top`` and ``bottom`` are its margins; ``head`` is drawn in the margin over the first stack;
    ``first`` and ``last`` say whether it is so of its panel: then its ink keeps clear of the cut.
    ``least`` is the height that it has at least, whatever it holds.
    """

    spec: RegionSpec
    stacks: tuple[Stack, ...]
    gap: float
    unit: float
    order: int
    left: float
    top: float
    bottom: float
    head: Box | None = None
    first: bool = False
    last: bool = False
    least: float = 0.0

    @property
    def lift(self) -> float:
        """By how much the first line may rise into the margin, in whole grid units; negative where its
        ink would come too near the cut."""
        if not self.first:
            return lift_of(self.stacks[0], self.unit)
        spare = self.top - CLEAR
        lift = lift_of(self.stacks[0], self.unit, max(0.0, min(spare, MOST_OVER_HEAD)))
        return lift - max(0.0, beyond(self.stacks[0])[0] - max(0.0, spare))

    @property
    def foot(self) -> float:
        """The lower margin, wider where ink that hangs below its line would come too near the cut."""
        if not self.last:
            return self.bottom
        return max(self.bottom, min(self.bottom, CLEAR) + beyond(self.stacks[-1])[1])

    @property
    def content(self) -> float:
        """Height of what the region holds."""
        stacked = sum(stack.height for stack in self.stacks) + self.gap * max(0, len(self.stacks) - 1)
        return stacked - self.lift

    @property
    def needs(self) -> float:
        """The least height of the region, margins included."""
        return max(self.content + self.top + self.foot, mm(self.spec.least), self.least)


@dataclass(frozen=True)
class SetPanel:
    """A panel with its regions set; ``height`` is the room it has."""

    spec: PanelSpec
    regions: tuple[SetRegion, ...]
    height: float

    @property
    def needs(self) -> float:
        """The least height of all regions together."""
        return sum(region.needs for region in self.regions)

    @property
    def excess(self) -> float:
        """By how much the panel is too full, in points; negative where room is left."""
        return self.needs - self.height


def match(panel: SetPanel, twin: SetPanel) -> SetPanel:
    """The panel with each region as high as that of its twin, which holds the same in another language:
    side by side their fields begin and end on one line, and neither language has more of the sheet."""
    regions = tuple(
        replace(one, least=max(one.needs, other.needs))
        for one, other in zip(panel.regions, twin.regions, strict=True)
    )
    return replace(panel, regions=regions)


@dataclass(frozen=True)
class DrawnRegion:
    """A region in its place: its whole field and the items of its stacks in reading order."""

    region: SetRegion
    field: Rect
    items: tuple[Item, ...]
    used: float


def draw_panel(panel: SetPanel, rect: Rect) -> list[DrawnRegion]:
    """Give the regions their room inside ``rect`` and draw them, from the head down."""
    left_over = max(0.0, -panel.excess)
    shares = sum(region.spec.grow for region in panel.regions)
    drawn: list[DrawnRegion] = []
    top = rect.top
    for index, region in enumerate(panel.regions):
        extra = left_over * region.spec.grow / shares if shares else 0.0
        height = region.needs + extra
        if index == len(panel.regions) - 1:
            height = top - rect.y  # the last region takes what is left, so that no sliver shows
        field = Rect(rect.x, top - height, rect.width, height)
        drawn.append(DrawnRegion(region, field, _draw_region(region, field), region.content))
        top -= height
    return drawn


def _draw_region(region: SetRegion, field: Rect) -> tuple[Item, ...]:
    room = field.height - region.top - region.foot
    extra = max(0.0, room - region.content)
    stacks, gap = region.stacks, region.gap
    before, between, last = 0.0, 0.0, 0.0
    align = region.spec.align
    if align == "middle":
        before = extra / 2
    elif align == "bottom":
        before = extra
    elif align == "apart":
        last = extra
    elif align == "spread" and len(stacks) > 1:
        steps = int(extra / (len(stacks) - 1) / region.unit)
        between = min(steps, MOST_SPREAD) * region.unit
    items: list[Item] = []
    top = field.top - region.top - before
    x = field.x + region.left
    if region.head:
        items.extend(region.head.draw(x, top + HEAD_ABOVE + region.head.height / 2))
    top += region.lift
    for index, part in enumerate(stacks):
        if index:
            top -= gap + between
        if last and index == len(stacks) - 1 and index > 0:
            top -= last
        items.extend(part.draw(x, top))
        top -= part.height
    return tuple(items)
