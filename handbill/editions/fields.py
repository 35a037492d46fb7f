"""Fields: grounds and art for a printer that leaves the paper's edge white.

Art that runs off the sheet on the press would stop there in a ragged white rim. Here each panel's
grounds and art end at a field of their own, well inside, so that the white around it is a frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handbill.editions.boxes import common
from handbill.editions.moving import cut, extent_of
from handbill.geometry import Rect
from handbill.scene import Group, Page, Panel, Path
from handbill.units import mm

FOLD_CLEAR = mm(3)
"""From a fold to a field: folds wander by 2 to 3 mm (print-spec 3.1), and no sliver may show on the
next panel."""
PATTERN = 0.5
"""A drawing whose figures are all smaller than this part of it is a pattern, not a picture."""


def fields_of(page: Page, room: Rect) -> dict[str, Rect]:
    """The field of each panel by name, inside ``room``: what of the page may be printed on."""
    panels = page.panels or (Panel(page.name, page.trim),)
    return {panel.name: common(_off_the_folds(panel.rect, page), room) for panel in panels}


def _off_the_folds(rect: Rect, page: Page) -> Rect:
    left = FOLD_CLEAR if any(abs(rect.x - fold) < 0.01 for fold in page.folds) else 0.0
    right = FOLD_CLEAR if any(abs(rect.right - fold) < 0.01 for fold in page.folds) else 0.0
    return Rect(rect.x + left, rect.y, rect.width - left - right, rect.height)


def fit_ground(group: Group, field: Rect) -> Group:
    """A ground or art, ended at its field: a picture is cropped, of a pattern whole figures stay.

    A row of dots of which the outer ones are half cut off looks like a fault of the printer.
    """
    paths = [(item, extent_of(item)) for item in group.items if isinstance(item, Path) and item.ops]
    if not paths:
        return group
    around = _around([box for _, box in paths])
    if group.clip:
        around = common(around, group.clip)
    if any(box.width > PATTERN * around.width or box.height > PATTERN * around.height for _, box in paths):
        return cut(group, field)
    return replace(group, items=tuple(path for path, box in paths if field.contains(box)))


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
