"""Boxes: measured parts that know how to draw themselves, and how they stack.

Every height is a whole number of grid units, so that the lines of body text of all panels stand
on one grid (design brief: "baseline grid shared by all panels"). Boxes draw with x at their left
edge and y at their top, y upwards, as the Scene does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from handbill.colour import WHITE, Ink
from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.problems import Place
from handbill.scene import ARTIFACT, Group, Item, Path, PathOp, Tag, TextLine
from handbill.text.model import Paragraph

CURVE = 0.5522847498
"""Control length of a cubic that draws a quarter circle."""


SNUG_AIR = 0.12
"""Air that a snug box leaves above and below its ink, in em."""
PLATE_EDGE = 2.0
"""A plate stands this far out round the words on it, in points."""
TALL = 1.9
"""Lines taller than this, in em, are tall enough for a snug box to gain; others keep the grid."""


class Box(Protocol):
    """A measured part: ``height`` and ``width`` in points."""

    @property
    def height(self) -> float:
        """Height in points."""
        ...

    @property
    def width(self) -> float:
        """Width in points."""
        ...

    def draw(self, x: float, top: float) -> tuple[Item, ...]:
        """The items of this box with its upper left corner at (x, top)."""
        ...


def round_up(height: float, unit: float) -> float:
    """The least multiple of ``unit`` that is not smaller than ``height``."""
    return math.ceil(height / unit - 1e-6) * unit


def rounded(rect: Rect, radius: float) -> tuple[PathOp, ...]:
    """A rectangle with rounded corners."""
    r = min(radius, rect.width / 2, rect.height / 2)
    if r <= 0:
        return (
            ("M", (rect.x, rect.y)),
            ("L", (rect.right, rect.y)),
            ("L", (rect.right, rect.top)),
            ("L", (rect.x, rect.top)),
            ("Z", ()),
        )
    k = r * (1 - CURVE)
    left, low, right, top = rect.x, rect.y, rect.right, rect.top
    return (
        ("M", (left + r, low)),
        ("L", (right - r, low)),
        ("C", (right - k, low, right, low + k, right, low + r)),
        ("L", (right, top - r)),
        ("C", (right, top - k, right - k, top, right - r, top)),
        ("L", (left + r, top)),
        ("C", (left + k, top, left, top - k, left, top - r)),
        ("L", (left, low + r)),
        ("C", (left, low + k, left + k, low, left + r, low)),
        ("Z", ()),
    )


def disc(x: float, y: float, radius: float) -> tuple[PathOp, ...]:
    """A circle around (x, y)."""
    return rounded(Rect(x - radius, y - radius, 2 * radius, 2 * radius), radius)


@dataclass(frozen=True)
class TextBox:
    """A set paragraph in one ink.

    ``plate`` lays a white field under the runs of a kind that needs a light ground (a placeholder
    in red on a dark ground). A ``snug`` box takes no more room above and below than its ink and a
    little air: for words that stand alone in a cell, where the tall line of Nastaliq would only
    push its neighbours apart. ``may_widen`` is by how many points more words would widen the box, which
    is no wider than they are.
    """

    paragraph: Paragraph
    ink: Ink
    unit: float
    width: float
    tag: Tag
    place: Place | None = None
    highlights: tuple[tuple[str, Ink], ...] = ()
    plate: str | None = None
    snug: bool = False
    may_widen: float = 0.0

    @property
    def _spare(self) -> tuple[float, float]:
        """Empty room above and below the ink that a snug box gives up."""
        paragraph = self.paragraph
        if not self.snug or paragraph.leading < TALL * paragraph.size:
            return 0.0, 0.0
        air = SNUG_AIR * paragraph.size
        below = paragraph.leading - paragraph.ascent
        spare = paragraph.ascent - paragraph.ink_top - air, below - paragraph.ink_bottom - air
        return max(0.0, spare[0]), max(0.0, spare[1])

    @property
    def height(self) -> float:
        """Height in points, a multiple of the grid unit."""
        return round_up(self.paragraph.height - sum(self._spare), self.unit)

    @property
    def beyond(self) -> tuple[float, float]:
        """How far its ink may stand over its head and under its foot; negative where it keeps inside."""
        paragraph, (above, _) = self.paragraph, self._spare
        last = paragraph.ascent - above + (len(paragraph.lines) - 1) * paragraph.leading
        over = paragraph.ink_top - (paragraph.ascent - above)
        return over, paragraph.ink_bottom - (self.height - last)

    def draw(self, x: float, top: float) -> tuple[Item, ...]:
        """The lines, in a group with the paragraph's role."""
        paragraph = self.paragraph
        top += self._spare[0]
        lines: list[Item] = []
        for number, line in enumerate(paragraph.lines):
            baseline = top - paragraph.ascent - number * paragraph.leading
            if self.plate:
                lines.extend(self._plates(line, x, baseline))
            lines.append(TextLine(line, x + line.indent, baseline, self.ink, self.highlights))
        return (Group(replace(self.tag, text=paragraph.text), tuple(lines), self.place),)

    def _plates(self, line: Line, x: float, baseline: float) -> list[Item]:
        plates: list[Item] = []
        for run in line.runs:
            if run.kind == self.plate:
                paragraph = self.paragraph
                area = Rect(
                    x + line.indent + run.x - PLATE_EDGE,
                    baseline - paragraph.ink_bottom - PLATE_EDGE,
                    run.width + 2 * PLATE_EDGE,
                    paragraph.ink_top + paragraph.ink_bottom + 2 * PLATE_EDGE,
                )
                plates.append(Group(ARTIFACT, (Path(rounded(area, 2), fill=WHITE),)))
        return plates


def snug(box: TextBox) -> TextBox:
    """The box, taking no more room than its ink."""
    return replace(box, snug=True)


def off_grid(box: TextBox) -> TextBox:
    """The box exactly as high as its lines: small print of a display, which no other lines stand beside."""
    return replace(box, unit=box.paragraph.leading)


@dataclass(frozen=True)
class Drawing:
    """Vector parts of a fixed size; ``paint`` gives the items for an upper left corner."""

    width: float
    height: float
    paint: Callable[[float, float], tuple[Item, ...]]

    def draw(self, x: float, top: float) -> tuple[Item, ...]:
        """The painted items."""
        return self.paint(x, top)


@dataclass(frozen=True)
class Bar:
    """An upright rule beside words, at the left or right edge of its width."""

    width: float
    thickness: float
    height: float
    ink: Ink
    at_right: bool = False

    def draw(self, x: float, top: float) -> tuple[Item, ...]:
        """The rule, as decoration."""
        left = x + self.width - self.thickness if self.at_right else x
        ops: tuple[PathOp, ...] = (
            ("M", (left, top)),
            ("L", (left + self.thickness, top)),
            ("L", (left + self.thickness, top - self.height)),
            ("L", (left, top - self.height)),
            ("Z", ()),
        )
        return (Group(ARTIFACT, (Path(ops, fill=self.ink),)),)


@dataclass(frozen=True)
class Stack:
    """Boxes one under the other; ``gaps[i]`` is the room above box i (0 above the first)."""

    boxes: tuple[Box, ...]
    gaps: tuple[float, ...]
    width: float
    tag: Tag | None = None
    place: Place | None = None

    @property
    def height(self) -> float:
        """Boxes and gaps together."""
        return sum(box.height for box in self.boxes) + sum(self.gaps)

    def draw(self, x: float, top: float) -> tuple[Item, ...]:
        """The boxes in reading order, in a group if the stack has a role."""
        items: list[Item] = []
        for box, gap in zip(self.boxes, self.gaps, strict=True):
            top -= gap
            items.extend(box.draw(x, top))
            top -= box.height
        return (Group(self.tag, tuple(items), self.place),) if self.tag else tuple(items)


@dataclass(frozen=True)
class Cell:
    """A box at a distance from the left edge of its row; ``drop`` moves it down."""

    x: float
    box: Box
    drop: float = 0.0


@dataclass(frozen=True)
class Row:
    """Boxes side by side, given in reading order with their positions worked out."""

    cells: tuple[Cell, ...]
    width: float
    height: float
    tag: Tag | None = None
    place: Place | None = None

    def draw(self, x: float, top: float) -> tuple[Item, ...]:
        """The cells in reading order."""
        items: list[Item] = []
        for cell in self.cells:
            items.extend(cell.box.draw(x + cell.x, top - cell.drop))
        return (Group(self.tag, tuple(items), self.place),) if self.tag else tuple(items)


@dataclass(frozen=True)
class Framed:
    """A box on a filled field with padding at the sides and above and below."""

    inner: Box
    width: float
    pad_x: float
    pad_y: float
    fill: Ink
    radius: float = 5.0
    tag: Tag | None = None
    place: Place | None = None
    stroke: Ink | None = field(default=None)

    @property
    def height(self) -> float:
        """The inner box and its padding."""
        return self.inner.height + 2 * self.pad_y

    def draw(self, x: float, top: float) -> tuple[Item, ...]:
        """The field, then what stands on it."""
        height = self.height
        area = Rect(x, top - height, self.width, height)
        ground = Group(
            ARTIFACT,
            (
                Path(
                    rounded(area, self.radius),
                    fill=self.fill,
                    stroke=self.stroke,
                    width=0.8 if self.stroke else 0,
                ),
            ),
        )
        inner = self.inner.draw(x + self.pad_x, top - self.pad_y)
        items = (ground, *inner)
        return (Group(self.tag, items, self.place),) if self.tag else items


def beyond(box: Box) -> tuple[float, float]:
    """How far the ink of a box's words stands over its head and under its foot, 0 where it keeps inside:
    the tall letters and deep bowls of Nastaliq leave their lines."""
    if isinstance(box, TextBox):
        over, under = box.beyond
        return max(0.0, over), max(0.0, under)
    if isinstance(box, Stack) and box.boxes:
        return beyond(box.boxes[0])[0], beyond(box.boxes[-1])[1]
    if isinstance(box, Row):
        found = [(cell.drop, beyond(cell.box), cell.box.height) for cell in box.cells]
        over = max((ink[0] - drop for drop, ink, _ in found), default=0.0)
        under = max((drop + high + ink[1] - box.height for drop, ink, high in found), default=0.0)
        return max(0.0, over), max(0.0, under)
    return 0.0, 0.0


def stack(
    boxes: list[Box], gap: float, width: float, tag: Tag | None = None, place: Place | None = None
) -> Stack:
    """A stack with the same gap between all boxes."""
    gaps = tuple(0.0 if index == 0 else gap for index in range(len(boxes)))
    return Stack(tuple(boxes), gaps, width, tag, place)
