"""Outlines: the geometry of SVG's basic shapes and path data, as scene path operators.

Everything here is in the drawing's own user units, y downwards. Input is strict: what the SVG
grammar does not allow raises ``ValueError`` with a sentence that says what is wrong, where a
browser would draw half a path and keep quiet (SVG 2, 9.5.4 "Error handling in path data").
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path.arc import EllipticalArc
from fontTools.svgLib.path.parser import parse_path

from handbill.scene import PathOp

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_FLAG = re.compile("[01]")
_SEPARATOR = re.compile(r"\s*,?\s*")
_TRANSFORM = re.compile(r"\s*([A-Za-z]+)\s*\(([^()]*)\)\s*,?")

_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_ARC_FLAGS = (3, 4)

_LARGEST = 1e6
_SMALLEST = 1e-6
"""Bounds within which squares and quotients of lengths stay far from the edges of a float."""

_CIRCLE = 4 / 3 * (math.sqrt(2) - 1)
"""Handle length of a quarter circle as a cubic; its radius is off by 0.03 % at most."""


class _OpsPen(BasePen):  # type: ignore[misc]
    """Collects path operators; quadratics become cubics in the base class."""

    def __init__(self) -> None:
        super().__init__()
        self.ops: list[PathOp] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.ops.append(("M", pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.ops.append(("L", pt))

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self.ops.append(("C", (*pt1, *pt2, *pt3)))

    def _closePath(self) -> None:
        self.ops.append(("Z", ()))

    def arcTo(
        self,
        rx: float,
        ry: float,
        rotation: float,
        large: bool,
        sweep: bool,
        end: tuple[float, float],
    ) -> None:
        """An arc as cubics of at most a quarter turn. Without a radius it is a straight line
        (SVG 2, 9.5.1 "Out-of-range elliptical arc parameters"), which fontTools leaves out."""
        if rx < _SMALLEST or ry < _SMALLEST:
            self.lineTo(end)
            return
        start = complex(*self._getCurrentPoint())
        EllipticalArc(start, rx, ry, rotation, large, sweep, complex(*end)).draw(self)


def number(text: str) -> float:
    """A plain number of sane size, ``px`` allowed after it. Percentages and other units are not."""
    value = text.strip().removesuffix("px")
    if not _NUMBER.fullmatch(value):
        raise ValueError(f"“{text}” is not a plain number.")
    if abs(float(value)) > _LARGEST:
        raise ValueError(f"“{text}” is too large a number.")
    return float(value)


def numbers(text: str) -> list[float]:
    """Numbers parted by spaces, commas or their own signs."""
    text = text.strip()
    found: list[float] = []
    at = 0
    while at < len(text):
        match = _NUMBER.match(text, at)
        if not match:
            raise ValueError(f"“{text}” is not a list of plain numbers.")
        found.append(number(match[0]))
        at = _after_separator(text, match.end())
    return found


def _after_separator(text: str, at: int) -> int:
    match = _SEPARATOR.match(text, at)
    return match.end() if match else at


def transform(text: str) -> Transform:
    """A ``transform`` attribute as one matrix."""
    matrix = Transform()
    at = 0
    while at < len(text.rstrip()):
        match = _TRANSFORM.match(text, at)
        if not match:
            raise ValueError(f"The transform “{text}” cannot be read.")
        matrix = matrix.transform(_one_transform(match[1], numbers(match[2])))
        at = match.end()
    return matrix


def _one_transform(name: str, given: list[float]) -> Transform:
    match name, given:
        case "matrix", [a, b, c, d, e, f]:
            return Transform(a, b, c, d, e, f)
        case "translate", [x, *rest] if len(rest) <= 1:
            return Transform().translate(x, *rest)
        case "scale", [x, *rest] if len(rest) <= 1:
            return Transform().scale(x, *(rest or [x]))
        case "rotate", [angle]:
            return Transform().rotate(math.radians(angle))
        case "rotate", [angle, x, y]:
            return Transform().translate(x, y).rotate(math.radians(angle)).translate(-x, -y)
        case "skewX", [angle]:
            return Transform().skew(math.radians(angle), 0)
        case "skewY", [angle]:
            return Transform().skew(0, math.radians(angle))
    raise ValueError(f"The transform “{name}” does not take {len(given)} numbers.")


def _plain_path(data: str) -> str:
    """Path data checked against the grammar and written out with one space between all parts.

    fontTools drops what it cannot read and trips over line breaks inside arcs; after this it
    meets neither.
    """
    parts: list[str] = []
    data = data.strip()
    at = 0
    while at < len(data):
        command = data[at]
        wanted = _ARGUMENTS.get(command.upper())
        if wanted is None or (not parts and command not in "Mm"):
            raise ValueError(f"Path data “{_excerpt(data, at)}” cannot be read.")
        parts.append(command)
        at += 1
        count = 0
        while True:
            flag = wanted == 7 and count % 7 in _ARC_FLAGS
            match = (_FLAG if flag else _NUMBER).match(data, _after_separator(data, at))
            if not match:
                break
            parts.append(match[0] if flag else repr(number(match[0])))
            count += 1
            at = match.end()
        while data[at : at + 1].isspace():
            at += 1
        if (count == 0) != (wanted == 0) or (wanted and count % wanted):
            raise ValueError(f"Path command “{command}” has {count} numbers, it takes {wanted} each time.")
    return " ".join(parts)


def _excerpt(data: str, at: int) -> str:
    return data[at : at + 20] + ("…" if len(data) > at + 20 else "")


def path(data: str) -> list[PathOp]:
    """Path data (the ``d`` attribute) with arcs and quadratics as cubics."""
    pen = _OpsPen()
    parse_path(_plain_path(data), pen)
    return pen.ops


def ellipse(x: float, y: float, rx: float, ry: float) -> list[PathOp]:
    """An ellipse round (x, y) as four cubics."""
    hx, hy = rx * _CIRCLE, ry * _CIRCLE
    return [
        ("M", (x + rx, y)),
        ("C", (x + rx, y + hy, x + hx, y + ry, x, y + ry)),
        ("C", (x - hx, y + ry, x - rx, y + hy, x - rx, y)),
        ("C", (x - rx, y - hy, x - hx, y - ry, x, y - ry)),
        ("C", (x + hx, y - ry, x + rx, y - hy, x + rx, y)),
        ("Z", ()),
    ]


def rectangle(x: float, y: float, width: float, height: float, rx: float, ry: float) -> list[PathOp]:
    """A rectangle, its corners rounded by ``rx`` and ``ry`` (at most half a side)."""
    right, bottom = x + width, y + height
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if rx == 0 or ry == 0:
        corners = ((x, y), (right, y), (right, bottom), (x, bottom))
        return [*((("L" if i else "M"), corner) for i, corner in enumerate(corners)), ("Z", ())]
    gx, gy = rx * (1 - _CIRCLE), ry * (1 - _CIRCLE)
    return [
        ("M", (x + rx, y)),
        ("L", (right - rx, y)),
        ("C", (right - gx, y, right, y + gy, right, y + ry)),
        ("L", (right, bottom - ry)),
        ("C", (right, bottom - gy, right - gx, bottom, right - rx, bottom)),
        ("L", (x + rx, bottom)),
        ("C", (x + gx, bottom, x, bottom - gy, x, bottom - ry)),
        ("L", (x, y + ry)),
        ("C", (x, y + gy, x + gx, y, x + rx, y)),
        ("Z", ()),
    ]


def _polyline(attributes: Mapping[str, str], close: bool) -> list[PathOp]:
    given = numbers(attributes.get("points", ""))
    if len(given) % 2:
        raise ValueError("Its points are not pairs of numbers.")
    pairs = list(zip(given[::2], given[1::2], strict=True))
    ops: list[PathOp] = [("L" if i else "M", pair) for i, pair in enumerate(pairs)]
    return [*ops, ("Z", ())] if close and ops else ops


def _size(attributes: Mapping[str, str], name: str, default: str = "0") -> float:
    value = number(attributes.get(name, default))
    if value < 0:
        raise ValueError(f"Its {name} is negative.")
    return value


def _rect(attributes: Mapping[str, str]) -> list[PathOp]:
    width, height = _size(attributes, "width"), _size(attributes, "height")
    if not (width and height):
        return []
    # Only one radius given: it serves for both (SVG 2, 10.2).
    rx = _size(attributes, "rx", attributes.get("ry", "0"))
    ry = _size(attributes, "ry", attributes.get("rx", "0"))
    x, y = number(attributes.get("x", "0")), number(attributes.get("y", "0"))
    return rectangle(x, y, width, height, rx, ry)


def _oval(attributes: Mapping[str, str], rx: str, ry: str) -> list[PathOp]:
    radii = _size(attributes, rx), _size(attributes, ry)
    if not all(radii):
        return []
    return ellipse(number(attributes.get("cx", "0")), number(attributes.get("cy", "0")), *radii)


def _line(attributes: Mapping[str, str]) -> list[PathOp]:
    x1, y1, x2, y2 = (number(attributes.get(name, "0")) for name in ("x1", "y1", "x2", "y2"))
    return [("M", (x1, y1)), ("L", (x2, y2))]


SHAPES: Mapping[str, Callable[[Mapping[str, str]], list[PathOp]]] = {
    "path": lambda attributes: path(attributes.get("d", "")),
    "rect": _rect,
    "circle": lambda attributes: _oval(attributes, "r", "r"),
    "ellipse": lambda attributes: _oval(attributes, "rx", "ry"),
    "line": _line,
    "polyline": lambda attributes: _polyline(attributes, close=False),
    "polygon": lambda attributes: _polyline(attributes, close=True),
}
"""Element name to outline; a shape without extent has none."""
