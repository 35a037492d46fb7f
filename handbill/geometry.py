"""Rectangles in points, y upwards, as in PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its lower left corner and its size, in points, y upwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The y of the upper edge."""
        return self.y + self.height

    def outset(self, by: float) -> Rect:
        """Grown by ``by`` on all four sides (negative: shrunk)."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, dx: float, dy: float) -> Rect:
        """The same rectangle elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def contains(self, other: Rect, slack: float = 0.01) -> bool:
        """True if ``other`` lies wholly inside, give or take ``slack`` points."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )

    def overlaps(self, other: Rect, slack: float = 0.01) -> bool:
        """True if the two share more than a sliver of ``slack`` points."""
        return (
            other.x < self.right - slack
            and self.x < other.right - slack
            and other.y < self.top - slack
            and self.y < other.top - slack
        )
