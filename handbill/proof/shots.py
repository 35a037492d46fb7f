"""Shots: the pictures of a proof, each with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbill.geometry import Rect
from handbill.proof.paragraphs import View
from handbill.proof.pictures import Picture
from handbill.proof.rows import Row
from handbill.units import mm

PICTURE_WIDTH, PICTURE_HEIGHT = mm(90), mm(160)
"""Points: the most that a picture takes on the page."""
MARK_HEIGHT, MARK_WIDTH, DIGIT_WIDTH = 9.5, 5.0, 4.6
"""Points on the page of the mark that has a row's number: its width without, and for each digit."""


@dataclass(frozen=True)
class Mark:
    """A row's number in the picture; the box in points from the picture's lower left corner."""

    row: Row
    box: Rect


@dataclass(frozen=True)
class Shot:
    """A picture of a proof with its rows. ``number`` names it on the page; ``rooms`` say in words how full
    its regions are; ``below`` is how far under its upper edge the real sheet ends, in points, where the
    words are too long for it, else None."""

    number: int
    view: View
    picture: Picture
    rows: tuple[Row, ...]
    rooms: tuple[str, ...]
    below: float | None

    @property
    def scale(self) -> float:
        """How large the picture is shown."""
        return min(PICTURE_WIDTH / self.picture.width, PICTURE_HEIGHT / self.picture.height)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """A mark for each row: beside where its words begin, or as near to that as no other words stand."""
        marks: list[Mark] = []
        for row in self.rows:
            others = [other.box for other in self.rows if other is not row]
            others += [mark.box for mark in marks]
            places = list(_places(row, 1 / self.scale))
            free = (box for box in places if not any(box.overlaps(other) for other in others))
            marks.append(Mark(row, next(free, places[0])))
        return tuple(marks)


def _places(row: Row, unit: float) -> Iterator[Rect]:
    """Where the mark of a row may stand, the best first; ``unit`` is a point on the page."""
    width = (MARK_WIDTH + DIGIT_WIDTH * len(str(row.number))) * unit
    height, gap, box = MARK_HEIGHT * unit, 2 * unit, row.box
    beside = (box.x - width - gap, box.right + gap)
    inside = (box.x, box.right - width)
    if row.paragraph.rtl:
        beside, inside = beside[::-1], inside[::-1]
    upper = box.top + gap - height
    yield Rect(beside[0], upper, width, height)
    yield Rect(inside[0], box.top + gap, width, height)
    yield Rect(inside[0], box.y - gap - height, width, height)
    yield Rect(beside[1], upper, width, height)
