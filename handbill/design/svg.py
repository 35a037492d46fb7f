"""Art and icons: a strict subset of SVG, read into scene paths.

Designers draw in whole millimetres: the ``viewBox`` is in mm, the trim's upper left corner is at
0 0, and what bleeds hangs outside. Flat fills and strokes only, each in an ink of the theme by
its sRGB twin. What cannot be printed as it stands (words, pictures, gradients, filters, opacity,
colours that are nobody's ink) is refused with the line it stands on; nothing is left out in
silence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path as FilePath
from xml.parsers import expat

from fontTools.misc.transform import Transform

from handbill.colour import Ink
from handbill.design import outlines
from handbill.design.drawing import Drawing, merged, moved
from handbill.geometry import Rect
from handbill.problems import InputError, Place, Problem, did_you_mean
from handbill.scene import Path
from handbill.units import POINTS_PER_MM, mm

__all__ = ["Drawing", "load_icon", "load_svg"]

_SVG = "http://www.w3.org/2000/svg"
_SILENT = frozenset({"title", "desc", "metadata"})

_INITIAL: Mapping[str, str] = {
    "fill": "#000000",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-dasharray": "none",
}
"""The properties that we draw, with their initial values (SVG 2, 13)."""

_NEUTRAL: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), frozenset({"1", "1.0", "100%"})),
    **dict.fromkeys(
        ("filter", "clip-path", "mask", "marker", "marker-start", "marker-mid", "marker-end"),
        frozenset({"none"}),
    ),
    **dict.fromkeys(("paint-order", "mix-blend-mode"), frozenset({"normal"})),
    "vector-effect": frozenset({"none"}),
    "stroke-dashoffset": frozenset({"0"}),
    # SVG's default is 4, PDF's and PostScript's 10. They part below an angle of 29 degrees.
    "stroke-miterlimit": frozenset({"4", "10"}),
    "visibility": frozenset({"visible"}),
    "display": frozenset({"inline", "block"}),
}
"""What may stand in a file as long as it changes nothing; drawing programs write these out."""

_GEOMETRY = frozenset(
    {"d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points"}
    | {"transform"}
)
_HARMLESS = frozenset(
    {"id", "class", "style", "version", "baseProfile", "preserveAspectRatio", "viewBox", "role", "focusable"}
)
_KNOWN = frozenset(_INITIAL) | _GEOMETRY | _HARMLESS
_HARMLESS_PREFIXES = (
    *("aria-", "data-", "-inkscape-", "font", "text-", "line-height", "letter-spacing"),
    *("word-spacing", "writing-mode", "color", "shape-rendering", "image-rendering", "overflow"),
    "enable-background",
)

_REMEDIES: Mapping[str, str] = {
    "text": "Words belong into the content, where they can be translated; take them out of the art.",
    "image": "Draw it as paths; photographs do not go into art.",
    "use": "Unlink the clones or symbols, so that each copy is a shape of its own.",
    "style": "Save with “presentation attributes” instead of a style sheet.",
    "script": "Take the script out.",
    "svg": "Put the inner drawing into a group (g) instead.",
}
_FLAT = "Use flat fills and strokes in the theme's inks."

_FARTHEST = mm(10_000)
"""No sheet is that large; beyond it lies a slip of the key or a broken transform."""

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


def load_svg(path: FilePath, root: FilePath, inks: Mapping[str, Ink]) -> Drawing:
    """Art from an SVG file in millimetres.

    ``inks`` maps each allowed colour, as lower-case ``#rrggbb``, to its ink; ``root`` is the
    project's folder, against which the file is named in messages. Raises InputError (codes
    ``art/...``) with every reason found.
    """
    return _draw(_read(path, root), _name_of(path, root), tuple(inks.items()), None)


def load_icon(path: FilePath, root: FilePath, ink: Ink) -> Drawing:
    """An icon from an SVG file, its ``currentColor`` drawn in ``ink``.

    The units of its viewBox do not matter, as it is scaled to its place. Raises InputError.
    """
    return _draw(_read(path, root), _name_of(path, root), (), ink)


def _name_of(path: FilePath, root: FilePath) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _read(path: FilePath, root: FilePath) -> bytes:
    """What the file holds. Raises InputError."""
    name = _name_of(path, root)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        near = did_you_mean(path.name, (p.name for p in path.parent.glob("*.svg")))
        raise InputError(Problem("art/missing", f"There is no file {name}.", near, Place(name))) from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise InputError(
            Problem("art/unreadable", f"The file cannot be read: {reason}.", "Check it.", Place(name))
        ) from None


@lru_cache(maxsize=512)
def _draw(data: bytes, name: str, inks: tuple[tuple[str, Ink], ...], current: Ink | None) -> Drawing:
    """The drawing that a file holds. The same art is in many layouts and outlives most changes of the
    content, so that it is read once a process."""
    return _Reader(name, dict(inks), current).read(data)


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element inherits. ``drawn`` is False inside what is never shown."""

    matrix: Transform
    style: Mapping[str, str]
    drawn: bool = True
    inside: str = ""


class _Reader:
    """One reading of one file: expat's events in, paths and problems out."""

    def __init__(self, name: str, inks: Mapping[str, Ink], current: Ink | None) -> None:
        self._name = name
        self._inks = inks
        self._current = current
        self._view: Rect | None = None
        self._paths: list[Path] = []
        self._problems: dict[tuple[str, str], Problem] = {}
        self._stack = [_Context(Transform(POINTS_PER_MM, 0, 0, -POINTS_PER_MM, 0, 0), _INITIAL)]
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        # Entities need a DOCTYPE to be declared in, so this one door shuts out both the file
        # that reads other files and the one that grows to gigabytes.
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self, data: bytes) -> Drawing:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            what = f"This is not well-formed XML: {expat.ErrorString(error.code)}."
            raise self._fatal("malformed", what, "Save it again as plain SVG.", error.lineno) from None
        except (LookupError, ValueError):
            what = "The file's declared encoding is not known."
            raise self._fatal("malformed", what, "Save it in UTF-8.", 1) from None
        if not self._paths and not self._problems:
            self._report("empty", "The drawing shows nothing.", "Draw something, or take the file out.", 1)
        if self._problems or self._view is None:
            raise InputError(self._problems.values())
        return Drawing(self._view, merged(self._paths))

    def _problem(self, name: str, what: str, remedy: str, line: int | None) -> Problem:
        return Problem(f"art/{name}", what, remedy, Place(self._name, line))

    def _report(self, name: str, what: str, remedy: str, line: int | None = None) -> None:
        """Notes a problem, once for each thing that is wrong, at the first line that shows it."""
        at = line or self._parser.CurrentLineNumber
        self._problems.setdefault((name, what), self._problem(name, what, remedy, at))

    def _fatal(self, name: str, what: str, remedy: str, line: int | None = None) -> InputError:
        return InputError(self._problem(name, what, remedy, line))

    def _doctype(self, *_: object) -> None:
        raise self._fatal(
            "doctype",
            "The file has a DOCTYPE, which can pull in other files.",
            "Save it as plain SVG, or delete the line that begins with <!DOCTYPE.",
            self._parser.CurrentLineNumber,
        )

    def _instruction(self, target: str, _: str) -> None:
        self._report("unsupported", f"“<?{target}” is an instruction to other programs.", "Delete it.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        parent = self._stack[-1]
        if len(self._stack) == 1:
            if (namespace, name) != (_SVG, "svg"):
                what = f"This is “{name}”, not an SVG drawing."
                raise self._fatal("malformed", what, "Save it as plain SVG.", self._parser.CurrentLineNumber)
            self._view = self._viewed(attributes)
        elif namespace != _SVG or name in _SILENT or not parent.drawn:
            # A drawing program's own notes; no reader of SVG shows them.
            self._stack.append(replace(parent, drawn=False, inside=name))
            return
        elif (name not in outlines.SHAPES and name not in ("g", "defs")) or parent.inside == "defs":
            remedy = _REMEDIES.get(name, _FLAT)
            self._report("unsupported", f"“{name}” cannot be printed from art.", remedy)
            self._stack.append(replace(parent, drawn=False, inside=name))
            return
        own = self._properties(attributes)
        hidden = own.get("display") == "none"
        context = self._inherited(parent, own, name)
        self._stack.append(replace(context, drawn=not hidden, inside=name))
        if name in outlines.SHAPES and not hidden:
            self._draw(name, own, context)

    def _end(self, _: str) -> None:
        self._stack.pop()

    def _viewed(self, attributes: Mapping[str, str]) -> Rect:
        """The viewBox in points. A width in mm that says otherwise means another unit."""
        try:
            x, y, width, height = outlines.numbers(attributes.get("viewBox", ""))
        except ValueError:
            width = height = 0.0
        if width <= 0 or height <= 0:
            raise self._fatal(
                "view-box",
                "The drawing has no viewBox of four numbers.",
                "Set the document's size and its user unit to millimetres and save again.",
                self._parser.CurrentLineNumber,
            )
        said = attributes.get("width", "")
        if _is_other_size(said, width):
            self._report(
                "view-box",
                f"The drawing is {said} wide, but its viewBox counts {width:g}: those are not millimetres.",
                "Set the document's user unit to millimetres (scale 1) and save again.",
            )
        return Rect(mm(x), -mm(y + height), mm(width), mm(height))

    def _properties(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """Presentation attributes with ``style`` over them; reports what we do not draw."""
        found = {name: value.strip() for name, value in attributes.items() if " " not in name}
        for declaration in filter(str.strip, attributes.get("style", "").split(";")):
            name, _, value = declaration.partition(":")
            found[name.strip()] = value.strip()
        for name, value in found.items():
            if name in _NEUTRAL:
                if value not in _NEUTRAL[name] and (name, value) != ("display", "none"):
                    self._report("unsupported", f"“{name}: {value}” cannot be printed from art.", _FLAT)
            elif name not in _KNOWN and not name.startswith(_HARMLESS_PREFIXES):
                known = [*_INITIAL, *_GEOMETRY]
                self._report("unknown", f"“{name}” is not known in art.", did_you_mean(name, known))
        return found

    def _inherited(self, parent: _Context, own: Mapping[str, str], name: str) -> _Context:
        given = {key: own[key] for key in _INITIAL if own.get(key, "inherit") != "inherit"}
        try:
            matrix = parent.matrix.transform(outlines.transform(own.get("transform", "")))
        except ValueError as error:
            self._misdrawn(name, error)
            matrix = parent.matrix
        return _Context(matrix, {**parent.style, **given})

    def _misdrawn(self, name: str, error: ValueError) -> None:
        self._report("geometry", f"This {name} cannot be drawn. {error}", "Draw it again or mend the number.")

    def _draw(self, name: str, own: Mapping[str, str], context: _Context) -> None:
        style, matrix = context.style, context.matrix
        fill, stroke = self._ink(style["fill"]), self._ink(style["stroke"])
        try:
            ops = outlines.SHAPES[name](own)
            width = outlines.number(style["stroke-width"])
            dash = () if style["stroke-dasharray"] == "none" else outlines.numbers(style["stroke-dasharray"])
        except ValueError as error:
            self._misdrawn(name, error)
            return
        if name == "line":
            fill = None  # it has no inside
        if width <= 0:
            stroke = None  # PDF's width 0 is not nothing but the thinnest line the device can draw
        if not ops or not (fill or stroke):
            return
        scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        if stroke and not _is_even(matrix):
            self._report(
                "uneven-stroke",
                f"This {name} is stroked and stretched more one way than the other.",
                "Turn the stroke into an outline, or scale both ways alike.",
            )
        try:
            cap, join = _CAPS[style["stroke-linecap"]], _JOINS[style["stroke-linejoin"]]
            even_odd = {"nonzero": False, "evenodd": True}[style["fill-rule"]]
        except KeyError as error:
            self._report("unsupported", f"{error} is no line end, corner or fill rule that art knows.", _FLAT)
            return
        pen = _pen(stroke, width, dash, cap, join)
        drawn = moved(Path(tuple(ops), fill, stroke, *pen, even_odd and bool(fill)), matrix, scale)
        if not all(abs(value) < _FARTHEST for _, given in drawn.ops for value in given):
            self._misdrawn(name, ValueError("It lies metres outside the sheet."))
            return
        self._paths.append(drawn)

    def _ink(self, value: str) -> Ink | None:
        """The ink of a paint; None for ``none`` and for what has been reported."""
        if value in ("none", "transparent"):
            return None
        if value == "currentColor":
            if self._current:
                return self._current
            self._report("unknown-ink", "“currentColor” is for icons.", "Give art one of the theme's inks.")
            return None
        short = re.fullmatch("#([0-9a-f])([0-9a-f])([0-9a-f])", value.lower())
        colour = "#" + "".join(digit * 2 for digit in short.groups()) if short else value.lower()
        if colour in self._inks:
            return self._inks[colour]
        what = f"The colour “{value}” is not one of the theme's inks."
        self._report("unknown-ink", what, self._advice(colour))
        return None

    def _advice(self, colour: str) -> str:
        if self._current:
            return "Icons take their colour from the theme: write currentColor."
        if re.fullmatch("#[0-9a-f]{6}", colour) and self._inks:
            near = min(self._inks.values(), key=lambda ink: (_distance(ink.rgb, colour), ink.name))
            return f"The nearest is {near.name} ({near.rgb})."
        known = ", ".join(sorted(f"{ink.name} ({ink.rgb})" for ink in self._inks.values()))
        return f"Write the colour of an ink as #rrggbb. Known: {known}."


def _pen(
    stroke: Ink | None, width: float, dash: Iterable[float], cap: int, join: int
) -> tuple[float, tuple[float, ...], int, int]:
    """The pen's own numbers; those of a pen that does not draw are all 0, so that paints compare."""
    return (width, tuple(dash), cap, join) if stroke else (0.0, (), 0, 0)


def _is_other_size(said: str, width: float) -> bool:
    """True if a width given in mm is not that of the viewBox."""
    match = re.fullmatch(r"(\d+\.?\d*)mm", said.strip())
    return match is not None and not math.isclose(float(match[1]), width, rel_tol=0.005)


def _distance(first: str, second: str) -> int:
    """How far two ``#rrggbb`` are apart, good enough to name a neighbour."""
    return sum((int(first[i : i + 2], 16) - int(second[i : i + 2], 16)) ** 2 for i in (1, 3, 5))


def _is_even(matrix: Transform) -> bool:
    """True if the matrix scales both ways alike, so that a stroke keeps one width."""
    a, b, c, d = matrix[:4]
    size = a * a + b * b + c * c + d * d
    return bool(abs(a * a + b * b - c * c - d * d) <= 1e-6 * size and abs(a * c + b * d) <= 1e-6 * size)
