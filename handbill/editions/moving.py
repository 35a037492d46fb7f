"""Moving groups and cutting them, for editions that give panels pages of their own."""

from __future__ import annotations

from dataclasses import replace

from handbill.editions.boxes import common
from handbill.geometry import Rect
from handbill.scene import Group, Item, Link, Path, TextLine, walk


def move(group: Group, dx: float, dy: float) -> Group:
    """The group, with all that it holds, ``dx`` further right and ``dy`` further up, in points."""
    if not (dx or dy):
        return group
    items = tuple(_moved(item, dx, dy) for item in group.items)
    return replace(group, items=items, clip=group.clip.moved(dx, dy) if group.clip else None)


def cut(group: Group, area: Rect) -> Group:
    """The group, cut at ``area`` if any of its outlines, control points included, leaves it."""
    room = group.clip
    if room is not None and area.contains(room):
        return group
    if all(
        area.contains(extent_of(item)) for item in walk(group.items) if isinstance(item, Path) and item.ops
    ):
        return group
    return replace(group, clip=common(room, area) if room else area)


def _moved(item: Item, dx: float, dy: float) -> Item:
    if isinstance(item, Group):
        return move(item, dx, dy)
    if isinstance(item, TextLine):
        return replace(item, x=item.x + dx, y=item.y + dy)
    if isinstance(item, Link):
        return replace(item, rect=item.rect.moved(dx, dy))
    return replace(item, ops=tuple((op, _shifted(values, dx, dy)) for op, values in item.ops))


def _shifted(values: tuple[float, ...], dx: float, dy: float) -> tuple[float, ...]:
    """Coordinates come as x, y, x, y, ..."""
    return tuple(value + (dy if index % 2 else dx) for index, value in enumerate(values))


def extent_of(path: Path) -> Rect:
    """The box around a path's points, with half the stroke's width around it."""
    xs = [x for _, values in path.ops for x in values[0::2]]
    ys = [y for _, values in path.ops for y in values[1::2]]
    box = Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return box.outset(path.width / 2) if path.stroke else box
