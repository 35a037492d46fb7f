"""Fit: how a piece gives way until every panel holds its words, or says honestly that it cannot.

Sizes step down for the whole piece at once, so that a leaflet never shows more than its four
sizes; then optional blocks go in their declared order; what is still too long is an error. Nothing
is clipped, overlapped or set below its floor (DESIGN.md, "Fit").
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from handbill.compose.context import Sizes
from handbill.compose.panels import SetPanel
from handbill.design.layouts import LayoutFile
from handbill.design.measures import Role
from handbill.problems import PieceError

TOO_WIDE = "text/too-wide"

SPACE_TURN = 0.75
"""Room between parts gives way when sizes have given this share of what they have."""

SetPanelAt = Callable[[str, Sizes, frozenset[str]], SetPanel]
"""Sets the panel of a name with sizes and without the blocks named."""


@dataclass(frozen=True)
class Fitted:
    """The sizes that hold, the blocks that had to go, the panels as set, and those still too full."""

    sizes: Sizes
    dropped: frozenset[str]
    panels: dict[str, SetPanel]
    too_full: tuple[str, ...]


def fit(
    layout: LayoutFile, set_panel: SetPanelAt, optional: dict[str, list[str]], size_ratio: float = 1.0
) -> Fitted:
    """Find sizes at which every panel fits.

    ``optional`` gives, for each panel, the ids of blocks that may be dropped, first to go first;
    ``size_ratio`` is the script's own size as a multiple of the nominal.
    Raises PieceError (``text/too-wide``) if a word stays wider than its measure at every size.
    """
    sizes, dropped = Sizes(), frozenset[str]()
    too_full: list[str] = []
    names = list(layout.reading)
    before: tuple[Sizes, frozenset[str]] | None = None
    # A step that one panel takes may make another one taller, whose heights are rounded to the grid of
    # the body: so all are looked at again until nothing gives way any more.
    while before != (sizes, dropped):
        before = sizes, dropped
        too_full = []
        for name in names:
            while True:
                excess = _excess(set_panel, name, sizes, dropped)
                if excess <= 0.01:
                    break
                smaller = _give_way(layout, set_panel, name, sizes, dropped, excess, size_ratio)
                if smaller is not None:
                    sizes = smaller
                    continue
                left = [block for block in optional.get(name, []) if block not in dropped]
                if not left:
                    too_full.append(name)
                    break
                dropped |= {left[0]}
    if not too_full:
        sizes = _take_back(layout, set_panel, names, sizes, dropped, size_ratio)
    return Fitted(sizes, dropped, {name: set_panel(name, sizes, dropped) for name in names}, tuple(too_full))


def _excess(set_panel: SetPanelAt, name: str, sizes: Sizes, dropped: frozenset[str]) -> float:
    try:
        return set_panel(name, sizes, dropped).excess
    except PieceError as error:
        if all(problem.code == TOO_WIDE for problem in error.problems):
            return math.inf
        raise


def _give_way(
    layout: LayoutFile,
    set_panel: SetPanelAt,
    name: str,
    sizes: Sizes,
    dropped: frozenset[str],
    excess: float,
    size_ratio: float,
) -> Sizes | None:
    """The next sizes to try: of the roles that make the panel shorter, the one that gave least so far.

    Roles take turns, in the order declared and by the share that the next step takes of all they
    have to give, so that type keeps its proportions. While words are too wide and no single role
    cures it, all go down together.
    """
    most = {role: layout.type.last_step(role) for role in layout.give}

    def given(role: Role) -> float:
        if role == "space":
            return SPACE_TURN
        taken: int = getattr(sizes, role)
        return (taken + 1) / (most[role] + 1)

    for role in sorted(layout.give, key=given):
        for step in range(getattr(sizes, role) + 1, most[role] + 1):
            trial = replace(sizes, **{role: step})
            if not _in_proportion(layout, trial, size_ratio):
                break
            if _excess(set_panel, name, trial, dropped) < excess - 0.01:
                return trial
    if excess == math.inf:
        trial = replace(sizes, **{role: min(most[role], getattr(sizes, role) + 1) for role in layout.give})
        return trial if trial != sizes and _in_proportion(layout, trial, size_ratio) else None
    return None


def _take_back(
    layout: LayoutFile,
    set_panel: SetPanelAt,
    names: list[str],
    sizes: Sizes,
    dropped: frozenset[str],
    size_ratio: float,
) -> Sizes:
    """Sizes with every step undone that was not needed in the end, last given first."""
    for role in reversed(layout.give):
        while getattr(sizes, role) > 0:
            trial = replace(sizes, **{role: getattr(sizes, role) - 1})
            if not _in_proportion(layout, trial, size_ratio):
                break
            if any(_excess(set_panel, name, trial, dropped) > 0.01 for name in names):
                break
            sizes = trial
    return sizes


def _in_proportion(layout: LayoutFile, sizes: Sizes, size_ratio: float) -> bool:
    """Whether the body is large enough in its own script, and the numbers beside it."""

    def size(role: str) -> float:
        steps = layout.type.size(role).steps
        at: int = getattr(sizes, layout.type.role(role))
        return steps[min(at, len(steps) - 1)]

    body = size("body")
    return size("number") >= layout.number_to_body * body and body * size_ratio >= layout.least_body
