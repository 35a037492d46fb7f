"""Imposition: how many copies of a piece one sheet of an office printer holds, and where (print-spec 3.6).

Copies stand side by side without gaps, so that one cut parts two of them, in the middle of the
sheet, so that the cells of the back lie behind those of the front. The sheet always turns about
its vertical axis: on its long edge if it stands upright, on its short edge if it lies
(print-spec 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from handbill.geometry import Rect
from handbill.units import mm

SLACK_MM = 0.01


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper, upright, in millimetres."""

    name: str
    width: float
    height: float


A4 = Sheet("A4", 210.0, 297.0)
A3 = Sheet("A3", 297.0, 420.0)
SHEETS = (A4, A3)
"""What office printers take, smallest first."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """Cells of one size in columns and rows on a sheet. ``width``, ``height`` and the ``cell`` are in
    points, the sheet as it is turned."""

    sheet: Sheet
    width: float
    height: float
    columns: int
    rows: int
    cell: tuple[float, float]

    @property
    def is_landscape(self) -> bool:
        """Whether the sheet lies."""
        return self.width > self.height

    @property
    def copies(self) -> int:
        """How many copies of the piece one sheet gives."""
        return self.columns * self.rows

    @property
    def cells(self) -> tuple[Rect, ...]:
        """The cells from the upper left, row by row."""
        width, height = self.cell
        left = (self.width - self.columns * width) / 2
        low = (self.height - self.rows * height) / 2
        return tuple(
            Rect(left + column * width, low + row * height, width, height)
            for row in reversed(range(self.rows))
            for column in range(self.columns)
        )

    def behind(self, cell: int) -> int:
        """The cell of the other side that lies behind this one: its column mirrored."""
        row, column = divmod(cell, self.columns)
        return row * self.columns + self.columns - 1 - column


def sheet_of(trim: tuple[float, float]) -> Sheet | None:
    """The smallest sheet that holds a piece of this width and height in mm, upright or lying; None if
    it is larger than A3, and has no office edition."""
    found = impose(trim)
    return found.sheet if found else None


def impose(trim: tuple[float, float]) -> Imposition | None:
    """As many copies of a piece of this width and height in mm as the smallest sheet holds.

    The sheet stands or lies as the piece does unless the other way holds more copies; the piece
    is never turned. None if it is larger than A3.
    """
    width, height = trim
    for sheet in SHEETS:
        upright, lying = (sheet.width, sheet.height), (sheet.height, sheet.width)
        ways = (lying, upright) if width > height else (upright, lying)
        counts = [(_count(way[0], width), _count(way[1], height)) for way in ways]
        copies = [columns * rows for columns, rows in counts]
        best = copies.index(max(copies))
        if copies[best]:
            columns, rows = counts[best]
            across, down = ways[best]
            return Imposition(sheet, mm(across), mm(down), columns, rows, (mm(width), mm(height)))
    return None


def _count(room: float, size: float) -> int:
    return int((room + SLACK_MM) / size)
