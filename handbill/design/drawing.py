"""Drawings: art that has been read and can be placed, mirrored and joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fontTools.misc.transform import Transform

from handbill.geometry import Rect
from handbill.scene import Path, PathOp


@dataclass(frozen=True, slots=True)
class Drawing:
    """Art, ready to be placed: points, y upwards, the trim's upper left corner at the origin.

    ``view`` is the whole drawing with what bleeds, ``trim`` the finished size inside it: what
    hangs over left of and above the origin hangs over right and below as well. Without
    overhang (an icon) the two are one.
    """

    view: Rect
    paths: tuple[Path, ...]

    @property
    def trim(self) -> Rect:
        """The view without its bleed."""
        side, head = max(0.0, -self.view.x), max(0.0, self.view.top)
        return Rect(
            self.view.x + side,
            self.view.y + head,
            self.view.width - 2 * side,
            self.view.height - 2 * head,
        )

    def placed(self, target: Rect, view: Rect | None = None, mirror: bool = False) -> tuple[Path, ...]:
        """The paths with ``view`` (default: the drawing's own) laid over ``target``, in points.

        Circles stay circles: where the proportions differ, the art is scaled until it covers the
        target, head on head and middle on middle, and the caller clips what hangs out.
        ``mirror`` swaps left and right inside the target, for right-to-left pieces.
        """
        source = view or self.view
        scale = max(target.width / source.width, target.height / source.height)
        left = target.x + (target.width - source.width * scale) / 2
        matrix = Transform(scale, 0, 0, scale, left - source.x * scale, target.top - source.top * scale)
        if mirror:
            matrix = Transform(-1, 0, 0, 1, target.x + target.right, 0).transform(matrix)
        return tuple(moved(path, matrix, scale) for path in self.paths)


def moved(path: Path, matrix: Transform, scale: float) -> Path:
    """The path under ``matrix``, its pen under ``scale``.

    Rounded to a ten-thousandth of a point: a tenth of a micron, and far above the last bit in
    which one machine's sine differs from another's.
    """
    ops: list[PathOp] = []
    for name, given in path.ops:
        points = matrix.transformPoints(list(zip(given[::2], given[1::2], strict=True)))
        ops.append((name, tuple(_rounded(value) for point in points for value in point)))
    dash = tuple(_rounded(length * scale) for length in path.dash)
    return replace(path, ops=tuple(ops), width=_rounded(path.width * scale), dash=dash)


def _rounded(value: float) -> float:
    return round(value, 4) + 0.0  # + 0.0 turns -0.0 into 0.0


def merged(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Neighbours of one paint joined into one path, where that cannot change the picture.

    Strokes alone may always be joined, as opaque paint on itself shows nothing. Fills only where
    their boxes lie apart: two that overlap and turn opposite ways would cut a hole.
    """
    done: list[Path] = []
    boxes: list[Rect] = []
    for path in paths:
        box = _hull(path).outset(path.width * 5 + 0.001)  # PDF's mitres reach 10 half widths
        alike = bool(done) and replace(done[-1], ops=()) == replace(path, ops=())
        if alike and (path.fill is None or not any(box.overlaps(other) for other in boxes)):
            done[-1] = replace(path, ops=done[-1].ops + path.ops)
            boxes.append(box)
        else:
            done.append(path)
            boxes = [box]
    return tuple(done)


def _hull(path: Path) -> Rect:
    """A box round all points of the path, those that only steer its curves included."""
    values = [value for _, given in path.ops for value in given]
    xs, ys = values[::2], values[1::2]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
