"""Shots: the pictures of a proof, each with its rows."""

from __future__ import annotations

from dataclasses import dataclass

from handbill.proof.paragraphs import View
from handbill.proof.pictures import Picture
from handbill.proof.rows import Row
from handbill.units import mm

PICTURE_WIDTH, PICTURE_HEIGHT = mm(90), mm(160)
"""Points: the most that a picture takes on the page."""


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
