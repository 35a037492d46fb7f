"""What a page paints, as the checks see it: words, outlines and images in points on the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from handbill.checks.colours import Colour, Space
from handbill.checks.fonts import Code, Font

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``then``."""
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F)


def apply(matrix: Matrix, x: float, y: float) -> Point:
    """Where a point goes."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def stretch(matrix: Matrix) -> float:
    """How much a length grows, on average over directions."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


class Box(NamedTuple):
    """A rectangle by its edges."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.y1 - self.y0

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return ((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)

    def grown(self, by: float) -> Box:
        """Larger by ``by`` on every side."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def meets(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the two share more than ``slack``."""
        return (
            self.x0 < other.x1 - slack
            and other.x0 < self.x1 - slack
            and self.y0 < other.y1 - slack
            and other.y0 < self.y1 - slack
        )

    def holds(self, other: Box, slack: float = 0.01) -> bool:
        """Whether the other lies inside, give or take ``slack``."""
        return (
            other.x0 >= self.x0 - slack
            and other.y0 >= self.y0 - slack
            and other.x1 <= self.x1 + slack
            and other.y1 <= self.y1 + slack
        )

    def common(self, other: Box) -> Box | None:
        """What the two share, None if nothing."""
        found = Box(
            max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1)
        )
        return found if found.x0 <= found.x1 and found.y0 <= found.y1 else None


def box_around(points: list[Point]) -> Box:
    """The smallest box around points; there is at least one."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked content that something stands in: whether an artifact, the number that ties it to
    the structure tree, and an ActualText of its own."""

    artifact: bool = False
    mcid: int | None = None
    actual_text: str | None = None
    serial: int = 0


@dataclass(slots=True)
class Ink:
    """How a thing is painted."""

    colour: Colour
    overprint: bool
    mode: int
    alpha: float
    clip: Box | None
    marked: Marked


@dataclass(slots=True)
class Letter:
    """One character where it stands: from ``x`` to ``end`` on the baseline; ``box`` is its ink."""

    code: Code
    x: float
    y: float
    end: float
    end_y: float
    box: Box | None


@dataclass(slots=True)
class Words:
    """The characters of one operator. ``size`` is in points on the page, 0 if they are not shown."""

    font: Font
    size: float
    letters: list[Letter]
    ink: Ink
    render: int

    @property
    def text(self) -> str:
        """As the file gives it, in the order of painting."""
        return "".join(letter.code.text or "" for letter in self.letters)

    @property
    def inked(self) -> list[Letter]:
        """The characters that can be seen."""
        return [] if self.render in (3, 7) else [letter for letter in self.letters if letter.box]

    @property
    def box(self) -> Box | None:
        """Around what can be seen, None if there is nothing."""
        boxes = [letter.box for letter in self.inked if letter.box]
        if not boxes:
            return None
        return Box(
            min(b.x0 for b in boxes),
            min(b.y0 for b in boxes),
            max(b.x1 for b in boxes),
            max(b.y1 for b in boxes),
        )


@dataclass(slots=True)
class Outline:
    """A filled or a stroked path, its curves as short lines; ``width`` is None for a fill."""

    contours: list[list[Point]]
    ink: Ink
    width: float | None
    even_odd: bool
    box: Box


@dataclass(slots=True)
class Picture:
    """An image or a shading. ``size`` in pixels is (0, 0) for a shading; ``space`` is None for a stencil."""

    kind: str
    source: Any
    size: tuple[int, int]
    bits: int
    space: Space | None
    matrix: Matrix
    ink: Ink
    box: Box


Mark = Words | Outline | Picture
