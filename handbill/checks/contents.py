"""A page's content read into marks: one walk through operators, forms and patterns
(ISO 32000-1, 7.8 and annex A). Soft masks are only looked at as groups."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

import pikepdf

from handbill.checks.colours import SHORT, Colour, Space, first_colour, read_space
from handbill.checks.fonts import Font
from handbill.checks.marks import (
    IDENTITY,
    Box,
    Ink,
    Letter,
    Marked,
    Matrix,
    Outline,
    Picture,
    Point,
    Words,
    apply,
    box_around,
    multiply,
    stretch,
)
from handbill.checks.objects import dictionary, flag, number_of, numbers, text_of
from handbill.checks.paths import Path
from handbill.checks.state import STATE_OPERATORS, PageContents, State

DEEPEST = 12
"""Forms in forms; a file that goes deeper goes round in circles."""
MOST_OPERATORS = 3_000_000


class Reader:
    """Reads one page. One use."""

    def __init__(self, fonts: dict[object, tuple[Any, Font]]) -> None:
        self._known_fonts = fonts
        self._out = PageContents()
        self._state = State()
        self._stack: list[State] = []
        self._floor = 0
        self._marked: list[Marked] = [Marked()]
        self._serial = 0
        self._count = 0
        self._path = Path()
        self._clip_pending = False
        self._text_matrix = self._line_matrix = IDENTITY

    def read(self, page: pikepdf.Page) -> PageContents:
        """The page's marks. Never raises for a damaged page: ``faults`` says what is wrong."""
        source = page.obj
        group = dictionary(source.get("/Group"))
        if group:
            self._group("page", group)
        try:
            resources = page.resources
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
            resources = pikepdf.Dictionary()
        self._stream(page, dictionary(resources), 0)
        return self._out

    def _stream(self, source: Any, resources: Any, depth: int) -> None:
        try:
            instructions = pikepdf.parse_content_stream(source)
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as error:
            reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
            self._out.faults.append(f"its content cannot be read ({reason})")
            return
        outer, self._floor = self._floor, len(self._stack)
        height, marked = len(self._stack), len(self._marked)
        for instruction in instructions:
            self._count += 1
            if self._count > MOST_OPERATORS:
                self._out.faults.append("it paints more than three million things")
                break
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._inline(instruction, resources)
                continue
            self._operate(text_of(instruction.operator), instruction.operands, resources, depth)
        # What a stream leaves open must not leak into what follows.
        if len(self._stack) > height:
            self._state = self._stack[height]
            del self._stack[height:]
        del self._marked[marked:]
        self._floor = outer

    def _operate(self, operator: str, operands: Any, resources: Any, depth: int) -> None:
        if operator in STATE_OPERATORS:
            STATE_OPERATORS[operator](self._state, [number_of(item) for item in operands])
        elif operator in _HANDLERS:
            _HANDLERS[operator](self, [number_of(item) for item in operands])
        elif operator in _PAINT:
            self._paint(*_PAINT[operator])
        elif operator in ("Tj", "'", '"', "TJ"):
            self._show(operator, operands)
        elif operator in _DRAWING:
            self._path.add(operator, [number_of(item) for item in operands], self._state.matrix)
        elif operator == "PS":
            self._out.postscript = True
        elif operator == "EMC":
            if len(self._marked) > 1:
                self._marked.pop()
        elif operands:
            self._with_resources(operator, operands, resources, depth)

    def _with_resources(self, operator: str, operands: Any, resources: Any, depth: int) -> None:
        if operator in ("cs", "CS"):
            space = read_space(operands[0], resources.get("/ColorSpace"))
            self._set_colour(operator == "cs", first_colour(space))
        elif operator in ("sc", "scn", "SC", "SCN"):
            fill = operator[0] == "s"
            space = (self._state.fill if fill else self._state.stroke).space
            if isinstance(operands[-1], pikepdf.Name):
                self._pattern(text_of(operands[-1]), resources, depth)
                self._set_colour(fill, Colour(space))
            else:
                self._set_colour(fill, Colour(space, tuple(number_of(item) for item in operands)))
        elif operator == "gs":
            known = dictionary(resources.get("/ExtGState"))
            self._graphics_state(dictionary(known.get(text_of(operands[0]))), depth)
        elif operator == "Tf" and len(operands) > 1:
            font = dictionary(resources.get("/Font")).get(text_of(operands[0]))
            self._set_font(font, number_of(operands[1]))
        elif operator == "Do":
            self._do(dictionary(resources.get("/XObject")).get(text_of(operands[0])), resources, depth)
        elif operator == "sh":
            shading = dictionary(dictionary(resources.get("/Shading")).get(text_of(operands[0])))
            space = read_space(shading.get("/ColorSpace"), resources.get("/ColorSpace"))
            self._picture("shading", shading, (0, 0), 8, space, self._state.clip)
        elif operator in ("BMC", "BDC"):
            self._begin_marked(operands, resources)

    # Colour and state

    def _set_colour(self, fill: bool, colour: Colour) -> None:
        if fill:
            self._state.fill = colour
        else:
            self._state.stroke = colour

    def _graphics_state(self, entries: Any, depth: int) -> None:
        if not entries:
            return
        self._out.states.append(entries)
        state = self._state
        if "/LW" in entries:
            state.width = number_of(entries["/LW"], 1.0)
        if "/OP" in entries:
            state.stroke_over = flag(entries["/OP"])
            if "/op" not in entries:
                state.fill_over = state.stroke_over
        if "/op" in entries:
            state.fill_over = flag(entries["/op"])
        if "/OPM" in entries:
            state.mode = int(number_of(entries["/OPM"]))
        if "/ca" in entries:
            state.fill_alpha = number_of(entries["/ca"], 1.0)
        if "/CA" in entries:
            state.stroke_alpha = number_of(entries["/CA"], 1.0)
        font = entries.get("/Font")
        if isinstance(font, pikepdf.Array) and len(font) == 2:
            self._set_font(font[0], number_of(font[1]))
        blend = entries.get("/BM")
        if blend is not None:
            listed = isinstance(blend, pikepdf.Array) and len(blend) > 0
            self._out.blends.add(text_of(blend[0] if listed else blend))
        mask = dictionary(entries.get("/SMask")).get("/G")
        if isinstance(mask, pikepdf.Stream) and depth < DEEPEST:
            self._group("soft mask", dictionary(mask.get("/Group")))

    def _group(self, where: str, group: Any) -> None:
        if text_of(group.get("/S")) == "/Transparency":
            space = group.get("/CS")
            self._out.groups.append((where, None if space is None else read_space(space)))

    def _set_font(self, source: Any, size: float) -> None:
        self._state.size = size
        if not isinstance(source, pikepdf.Dictionary):
            self._state.font = None
            return
        key = source.objgen if source.objgen != (0, 0) else ("direct", source.unparse())
        if key not in self._known_fonts:
            self._known_fonts[key] = (source, Font(source))
        self._state.font = self._out.fonts[key] = self._known_fonts[key][1]

    def _ink(self, fill: bool) -> Ink:
        state = self._state
        return Ink(
            state.fill if fill else state.stroke,
            state.fill_over if fill else state.stroke_over,
            state.mode,
            state.fill_alpha if fill else state.stroke_alpha,
            state.clip,
            self._marked[-1],
        )

    # Marked content

    def _begin_marked(self, operands: Any, resources: Any) -> None:
        outer = self._marked[-1]
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = dictionary(resources.get("/Properties")).get(text_of(properties))
        entries = dictionary(properties)
        mcid, actual = entries.get("/MCID"), entries.get("/ActualText")
        if isinstance(mcid, int):
            self._out.mcids.add(int(mcid))
        self._serial += 1
        self._marked.append(
            Marked(
                outer.artifact or text_of(operands[0] if operands else None) == "/Artifact",
                int(mcid) if isinstance(mcid, int) and mcid >= 0 else outer.mcid,
                text_of(actual) if actual is not None else outer.actual_text,
                self._serial if mcid is not None or actual is not None else outer.serial,
            )
        )

    # Forms, patterns, images

    def _do(self, source: Any, resources: Any, depth: int) -> None:
        if not isinstance(source, pikepdf.Stream):
            return
        kind = text_of(source.get("/Subtype"))
        if "/PS" in (kind, text_of(source.get("/Subtype2"))) or "/PS" in source:
            self._out.postscript = True
        if kind == "/Image":
            self._image(source, resources)
        elif kind == "/Form" and depth < DEEPEST:
            group = dictionary(source.get("/Group"))
            self._group("form", group)
            self._inside(source, numbers(source.get("/Matrix")), source.get("/BBox"), resources, depth)
        elif kind == "/Form":
            self._out.faults.append("its forms contain themselves")

    def _inside(self, source: Any, matrix: list[float], bounds: Any, resources: Any, depth: int) -> None:
        kept, path = copy(self._state), self._path
        text = self._text_matrix, self._line_matrix
        if len(matrix) == 6:
            self._state.matrix = multiply(_matrix(matrix), self._state.matrix)
        sides = numbers(bounds)
        if len(sides) == 4:
            self._clip_to(_corners(self._state.matrix, *sides))
        self._path = Path()
        own = source.get("/Resources")
        self._stream(source, dictionary(own) if own is not None else resources, depth + 1)
        self._state, self._path = kept, path
        self._text_matrix, self._line_matrix = text

    def _pattern(self, name: str, resources: Any, depth: int) -> None:
        """A tiling pattern's cell is read once where it stands, for its colours and fonts."""
        pattern = dictionary(resources.get("/Pattern")).get(name)
        if isinstance(pattern, pikepdf.Stream) and depth < DEEPEST:
            self._inside(pattern, numbers(pattern.get("/Matrix")), pattern.get("/BBox"), resources, depth)
        shading = dictionary(dictionary(pattern).get("/Shading"))
        if shading:
            space = read_space(shading.get("/ColorSpace"), resources.get("/ColorSpace"))
            self._picture("shading", shading, (0, 0), 8, space, self._state.clip)

    def _image(self, source: Any, resources: Any) -> None:
        size = (int(number_of(source.get("/Width"))), int(number_of(source.get("/Height"))))
        stencil = flag(source.get("/ImageMask"))
        bits = 1 if stencil else int(number_of(source.get("/BitsPerComponent"), 8))
        space = None if stencil else read_space(source.get("/ColorSpace"), resources.get("/ColorSpace"))
        self._picture("stencil" if stencil else "image", source, size, bits, space, None)

    def _inline(self, instruction: Any, resources: Any) -> None:
        self._out.inline_images += 1
        image = instruction.iimage
        try:
            entries = {text_of(key): value for key, value in image.obj.items()}
        except (AttributeError, TypeError, ValueError, pikepdf.PdfError):
            entries = {}
        value = entries.get("/ColorSpace", entries.get("/CS"))
        if isinstance(value, pikepdf.Name) and text_of(value) in SHORT:
            value = pikepdf.Name("/" + SHORT[text_of(value)])
        stencil = flag(entries.get("/ImageMask", entries.get("/IM")))
        size = (
            int(number_of(entries.get("/Width", entries.get("/W")))),
            int(number_of(entries.get("/Height", entries.get("/H")))),
        )
        space = None if stencil or value is None else read_space(value, resources.get("/ColorSpace"))
        bits = int(number_of(entries.get("/BitsPerComponent", entries.get("/BPC")), 8))
        self._picture("stencil" if space is None else "image", None, size, bits, space, None)

    def _picture(
        self, kind: str, source: Any, size: tuple[int, int], bits: int, space: Space | None, box: Box | None
    ) -> None:
        matrix = self._state.matrix
        box = box or box_around([apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))])
        self._out.marks.append(Picture(kind, source, size, bits, space, matrix, self._ink(True), box))

    # Paths

    def _clip(self, values: list[float]) -> None:
        self._clip_pending = True

    def _clip_to(self, points: list[Point]) -> None:
        around = box_around(points)
        clip = self._state.clip
        # An empty clip hides everything: a box without size at its corner.
        nothing = Box(around.x0, around.y0, around.x0, around.y0)
        self._state.clip = around if clip is None else clip.common(around) or nothing

    def _paint(self, fill: bool, stroke: bool, even_odd: bool, close: bool) -> None:
        if close:
            self._path.close()
        contours = self._path.take()
        points = [point for contour in contours for point in contour]
        if points:
            box = box_around(points)
            if fill:
                self._out.marks.append(Outline(contours, self._ink(True), None, even_odd, box))
            if stroke:
                width = self._state.width * stretch(self._state.matrix)
                self._out.marks.append(
                    Outline(contours, self._ink(False), width, False, box.grown(width / 2))
                )
            if self._clip_pending:
                self._clip_to(points)
        self._clip_pending = False

    # Text

    def _begin_text(self, values: list[float]) -> None:
        self._text_matrix = self._line_matrix = IDENTITY

    def _text_at(self, values: list[float]) -> None:
        if len(values) == 6:
            self._text_matrix = self._line_matrix = _matrix(values)

    def _next_line(self, values: list[float], leading: bool = False) -> None:
        x, y = values if len(values) == 2 else (0.0, -self._state.leading)
        if leading:
            self._state.leading = -y
        self._line_matrix = multiply((1, 0, 0, 1, x, y), self._line_matrix)
        self._text_matrix = self._line_matrix

    def _show(self, operator: str, operands: Any) -> None:
        if operator in ("'", '"'):
            if operator == '"' and len(operands) == 3:
                self._state.word_spacing, self._state.spacing = number_of(operands[0]), number_of(operands[1])
            self._next_line([])
        shown = operands[-1] if operands else None
        parts = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
        state = self._state
        letters: list[Letter] = []
        em = stretch(
            multiply((state.size, 0, 0, state.size, 0, 0), multiply(self._text_matrix, state.matrix))
        )
        for part in parts:
            if isinstance(part, pikepdf.String):
                if state.font is not None:
                    self._set_letters(bytes(part), state.font, letters)
            else:
                self._advance(-number_of(part) / 1000 * state.size * state.scale)
        if letters and state.font is not None:
            ink = self._ink(state.render not in (1, 5))
            self._out.marks.append(Words(state.font, em, letters, ink, state.render))

    def _advance(self, by: float) -> None:
        a, b, c, d, e, f = self._text_matrix
        self._text_matrix = (a, b, c, d, e + by * a, f + by * b)

    def _set_letters(self, data: bytes, font: Font, letters: list[Letter]) -> None:
        state = self._state
        unit = state.size * font.matrix
        for code in font.decode(data):
            # Text space scaled, raised and then put on the page (9.4.4).
            where = multiply(
                multiply((unit * state.scale, 0, 0, unit, 0, state.rise), self._text_matrix), state.matrix
            )
            ink = font.extents(code)
            box = box_around(_corners(where, *ink)) if ink else None
            advance = code.width * unit + state.spacing + (state.word_spacing if code.is_space else 0.0)
            self._advance(advance * state.scale)
            x, y = apply(where, 0, 0)
            end_x, end_y = apply(where, code.width, 0)
            letters.append(Letter(code, x, y, end_x, end_y, box))


def _matrix(values: list[float]) -> Matrix:
    return (values[0], values[1], values[2], values[3], values[4], values[5])


def _corners(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> list[Point]:
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    return [apply(matrix, x, y) for x, y in corners]


_PAINT = {
    "f": (True, False, False, False),
    "F": (True, False, False, False),
    "f*": (True, False, True, False),
    "B": (True, True, False, False),
    "B*": (True, True, True, False),
    "b": (True, True, False, True),
    "b*": (True, True, True, True),
    "S": (False, True, False, False),
    "s": (False, True, False, True),
    "n": (False, False, False, False),
}
"""Fill, stroke, even-odd, close (8.5.3)."""

_DRAWING = frozenset(("m", "l", "c", "v", "y", "h", "re"))


def _push(reader: Reader, values: list[float]) -> None:
    reader._stack.append(copy(reader._state))


def _pop(reader: Reader, values: list[float]) -> None:
    if len(reader._stack) > reader._floor:
        reader._state = reader._stack.pop()


_HANDLERS: dict[str, Callable[[Reader, list[float]], None]] = {
    "q": _push,
    "Q": _pop,
    "W": Reader._clip,
    "W*": Reader._clip,
    "BT": Reader._begin_text,
    "Tm": Reader._text_at,
    "Td": Reader._next_line,
    "TD": lambda reader, values: reader._next_line(values, leading=True),
    "T*": lambda reader, values: reader._next_line([]),
}
