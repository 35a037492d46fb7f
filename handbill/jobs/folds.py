"""Folds as a printer knows them: which panel goes in, in which order the panels fold, which is the front.

Panels are counted from 0 from left to right as a left-to-right leaflet is printed; a leaflet that
is read from right to left is its mirror image (print-spec 3.3, compose/pieces.py). A new fold of
the layouts is one more entry of FOLDS.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One fold: on side ``side`` the panel ``start`` is laid over the panel ``end``, towards the eye."""

    side: int
    start: int
    end: int


@dataclass(frozen=True)
class Fold:
    """A way to fold a sheet.

    ``front`` and ``tucked`` are panels of the first side: what is seen when all is folded, and the
    panel that goes inside, if one does. ``moves`` stand in the order in which they are done.
    """

    words: str
    front: int
    tucked: int | None
    moves: tuple[Move, ...]


FOLDS: dict[str, Fold] = {
    "none": Fold("None, flat", front=0, tucked=None, moves=()),
    "half": Fold("Half fold, 1 fold", front=1, tucked=None, moves=(Move(1, 1, 0),)),
    "roll": Fold(
        "Roll fold (C fold), 2 parallel folds", front=2, tucked=0, moves=(Move(1, 2, 1), Move(1, 0, 1))
    ),
}
"""By the name that a layout gives its fold."""
