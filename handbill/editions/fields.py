"""Fields: grounds and art for a printer that leaves the paper's edge white.

Art that runs off the sheet on the press would stop there in a ragged white rim. Here each panel's
grounds and art end at a field of their own, well inside, so that the white around it is a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from handbill.editions.boxes import common
from handbill.editions.moving import cut, extent_of
from handbill.geometry import Rect
from handbill.scene import Group, Item, Page, Panel, Path, PathOp
from handbill.units import mm

FOLD_CLEAR = mm(3)
"""From a fold to a field at least: folds wander by 2 to 3 mm (print-spec 3.1), and no sliver may show
on the next panel."""
BESIDE = mm(2)
"""Words should stand this far from the side of their field: strokes of Nastaliq hang out of the measure."""
PATTERN = 0.5
"""A drawing whose figures are all smaller than this part of it is a pattern, not a picture."""


def fields_of(page: Page, room: Rect, words: Sequence[Rect]) -> dict[str, Rect]:
    """The field of each panel by name, inside ``room``: what of the page may be printed on.

    A field keeps as far from its folds as from the sides of the page, so that a folded cover has an
    even frame, and somewhat less where ``words`` (their boxes) would come too near its edge.
    """
    panels = page.panels or (Panel(page.name, page.trim),)
    return {panel.name: common(_off_the_folds(panel.rect, page, room, words), room) for panel in panels}


def _off_the_folds(rect: Rect, page: Page, room: Rect, words: Sequence[Rect]) -> Rect:
    inside = [box for box in words if rect.overlaps(box)]
    left = min((box.x - rect.x for box in inside), default=rect.width)
    right = min((rect.right - box.right for box in inside), default=rect.width)
    clear = [
        max(FOLD_CLEAR, min(room.x, gap - BESIDE))
        if any(abs(edge - fold) < 0.01 for fold in page.folds)
        else 0
        for edge, gap in ((rect.x, left), (rect.right, right))
    ]
    return Rect(rect.x + clear[0], rect.y, rect.width - sum(clear), rect.height)


def fit_ground(group: Group, field: Rect) -> Group:
    """A ground or art, ended at its field: a picture is cropped, of a pattern whole figures stay.

    A row of dots of which the outer ones are half cut off looks like a fault of the printer.
    """
    paths = [item for item in group.items if isinstance(item, Path) and item.ops]
    if not paths:
        return group
    around = _around([extent_of(path) for path in paths])
    if group.clip:
        around = common(around, group.clip)
    figures = [(path, _figures(path)) for path in paths]
    if any(
        box.width > PATTERN * around.width or box.height > PATTERN * around.height
        for _, found in figures
        for _, box in found
    ):
        return cut(group, field)
    whole: list[Item] = []
    for path, found in figures:
        ops = tuple(op for figure, box in found if field.contains(box) for op in figure)
        if ops:
            whole.append(replace(path, ops=ops))
    return replace(group, items=tuple(whole))


def _figures(path: Path) -> list[tuple[tuple[PathOp, ...], Rect]]:
    """The separate figures of a path with their boxes: a drawing joins figures of one paint into one path
    where they lie apart, so that outlines whose boxes touch belong together."""
    figures: list[tuple[tuple[PathOp, ...], Rect]] = []
    starts = [at for at, (op, _) in enumerate(path.ops) if op == "M"]
    for start, end in pairwise([*starts, len(path.ops)]):
        ops = path.ops[start:end]
        box = extent_of(replace(path, ops=ops))
        touching = [figure for figure in figures if figure[1].overlaps(box)]
        figures = [figure for figure in figures if figure not in touching]
        joined = tuple(op for figure, _ in touching for op in figure) + ops
        figures.append((joined, _around([box, *(other for _, other in touching)])))
    return figures


def coloured(page: Page, fields: dict[str, Rect]) -> Iterator[Rect]:
    """The parts of the page that its grounds and art colour, each inside its field."""
    for group in page.items:
        if group.tag.role != "Artifact":
            continue
        field = fields.get(group.region or "", page.trim)
        boxes = [
            extent_of(item)
            for item in group.items
            if isinstance(item, Path) and item.ops and item.fill and item.fill.coverage
        ]
        if boxes:
            area = common(_around(boxes), field)
            yield common(area, group.clip) if group.clip else area


def _around(boxes: list[Rect]) -> Rect:
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Rect(x, y, max(box.right for box in boxes) - x, max(box.top for box in boxes) - y)
