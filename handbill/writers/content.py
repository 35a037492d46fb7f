"""A page's content stream: groups, paths and lines as operators (ISO 32000-1, 7.8, 8 and 14.6).

In a tagged file everything painted stands in exactly one marked-content sequence, either an
artifact or a numbered part of a structure element; sequences never nest, because poppler loses
text that follows a nested one (text-engine.md, trap 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby

from handbill.colour import Ink
from handbill.geometry import Rect
from handbill.glyphs import Run
from handbill.scene import Group, Page, Path, PathOp, TextLine, walk
from handbill.writers.lettering import Lettering
from handbill.writers.objects import number
from handbill.writers.parts import LiveLink, Parts
from handbill.writers.structure import Element, Structure

OVERPRINT = "GSo"
KNOCKOUT = "GSk"
GRAPHICS_STATES = (
    f"<< /{OVERPRINT} << /Type /ExtGState /OP false /op true /OPM 1 >> "
    f"/{KNOCKOUT} << /Type /ExtGState /OP false /op false /OPM 0 >> >>"
)
"""Text overprints by filling; strokes never do. OPM 1 keeps what lies below in the inks that a
DeviceCMYK colour leaves at 0 (8.6.7)."""

_PATH_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


@dataclass(frozen=True, slots=True)
class ContentOptions:
    """Colour space, whether black text overprints, whether links are live, and whether ``parts`` of a
    paragraph (links, words of another language) are elements of their own."""

    cmyk: bool
    overprint_black: bool
    links: bool
    parts: bool


@dataclass(frozen=True, slots=True)
class Pen:
    """The graphics state as the stream has set it so far; an empty colour was never set."""

    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()
    cap: int = 0
    join: int = 0
    overprint: bool = False


class PageContent:
    """Paints one page; ``links`` holds its live links afterwards."""

    def __init__(self, lettering: Lettering, structure: Structure | None, options: ContentOptions) -> None:
        self._lettering = lettering
        self._structure = structure
        self._options = options
        self._out: list[str] = []
        self._pen = Pen()
        self._open: Element | None = None
        self._marking = False
        self._origin = (0.0, 0.0)
        self.links: list[LiveLink] = []

    def paint(self, page: Page, index: int, origin: tuple[float, float]) -> str:
        """The whole stream. ``origin`` is where the trim's corner lies on the PDF page, in points."""
        x, y = self._origin = origin
        if x or y:
            self._out.append(f"1 0 0 1 {number(x)} {number(y)} cm")
        root = self._structure.root if self._structure else None
        for position, group in enumerate(page.items):
            self._group(group, root, (group.order, index, position))
        return "\n".join(self._out)

    # Groups and marked content

    def _group(self, group: Group, parent: Element | None, rank: tuple[int, int, int] = (0, 0, 0)) -> None:
        """Paints a group. ``parent`` is None inside an artifact and everywhere in an untagged file."""
        element = None
        if parent is not None and self._structure and group.tag.role != "Artifact":
            element = self._structure.element(group.tag, parent, rank, group.place)
            bounds = bounds_of(group) if group.tag.role == "Figure" else None
            element.bounds = bounds.moved(*self._origin) if bounds else None
            if group.tag.role == "L":
                element.numbering = numbering_of(group)
        kept = self._pen
        if group.clip is not None:
            clip = group.clip
            sides = " ".join(map(number, (clip.x, clip.y, clip.width, clip.height)))
            self._out.append(f"q\n{sides} re W n")
        self._items(group, element)
        if group.clip is not None:
            self._out.append("Q")
            self._pen = kept

    def _items(self, group: Group, element: Element | None) -> None:
        lines = [item for item in group.items if isinstance(item, TextLine)]
        joins = iter(joins_of(lines, group.tag.text))
        parts = Parts(group, element) if self._options.parts else None
        numbers = iter(range(len(lines)))
        for item in group.items:
            if isinstance(item, Path):
                self._begin(element)
                self._path(item)
            elif isinstance(item, TextLine):
                row = next(numbers)
                self._line(item, partial(parts.owner, row) if parts else lambda _: element, next(joins))
            elif isinstance(item, Group):
                self._end()
                self._group(item, element)
        self._end()
        self._second_pass(lines, element)
        if parts and self._options.links:
            self.links += parts.live_links()
        backwards = any(run.rtl for item in lines for run in item.line.runs)
        if element is not None and element.is_leaf and (backwards or not lines):
            # Painted in visual order, the words are backwards to whoever reads the content; a
            # screen reader takes the element's ActualText (print-spec 5.2), as it does for a drawn
            # bullet. It would hide elements inside, so those have texts of their own (parts.py).
            element.actual_text = group.tag.text

    def _begin(self, element: Element | None, extra: str = "") -> None:
        """Opens the marked content of ``element`` or of an artifact, unless it is open."""
        if self._marking and self._open is element and not extra:
            return
        self._end()
        if self._structure is None:
            if not extra:
                return
            self._out.append(f"/Span << {extra} >> BDC")
        elif element is None:
            self._out.append("/Artifact BMC")
        else:
            mcid = self._structure.mark(element)
            self._out.append(f"/{'Span' if extra else element.role} << /MCID {mcid} {extra}>> BDC")
        self._marking, self._open = True, element

    def _end(self) -> None:
        if self._marking:
            self._out.append("EMC")
        self._marking, self._open = False, None

    # Lines

    def _line(self, item: TextLine, owner: Callable[[int], Element | None], join: str) -> None:
        """The first pass of a line in logical order: a marked content for each stretch of runs of one
        owner. ``owner`` tells whose a run is, by its place on the line, and is asked when the run's
        turn comes: a part takes its place in the tree then.
        """
        self._end()
        runs = item.line.runs
        marks = _may_mark(runs)
        if any(run.rtl for run in runs):
            join = ""  # the left end of the line is no place for a space that reads as its right end
        logical = sorted(range(len(runs)), key=lambda place: runs[place].order)
        for element, places in groupby(logical, owner):
            self._begin(element)
            self._out.append("BT")
            for place in places:
                run = runs[place]
                self._fill(item.ink_of(run.kind), text=True)
                self._out += self._lettering.read(
                    run, item.x, item.y, marks=marks, join=join if place == logical[-1] else ""
                )
            self._out.append("ET")
            self._end()

    def _second_pass(self, lines: list[TextLine], element: Element | None) -> None:
        """The ink of all carried words of a group, read as nothing."""
        started = False
        for item in lines:
            marks = _may_mark(item.line.runs)
            for run in item.line.runs:
                operators = self._lettering.ink(run, item.x, item.y, marks=marks)
                if not operators:
                    continue
                if not started:
                    self._begin(element, "/ActualText ()")
                    self._out.append("BT")
                    started = True
                self._fill(item.ink_of(run.kind), text=True)
                self._out += operators
        if started:
            self._out.append("ET")
            self._end()

    # Paths and colours

    def _path(self, path: Path) -> None:
        if path.fill is None and path.stroke is None:
            return
        if path.fill is not None:
            self._fill(path.fill)
        if path.stroke is not None:
            self._stroke(path, path.stroke)
        fill, stroke = path.fill is not None, path.stroke is not None
        operator = {(True, True): "B", (True, False): "f", (False, True): "S"}[fill, stroke]
        self._out.append(outline(path.ops) + "\n" + operator + ("*" if path.even_odd and fill else ""))

    def _fill(self, ink: Ink, *, text: bool = False) -> None:
        self._overprint(text and self._options.cmyk and self._options.overprint_black and ink.is_black)
        colour = self._colour(ink, "k", "rg")
        if colour != self._pen.fill:
            self._out.append(colour)
            self._pen = replace(self._pen, fill=colour)

    def _overprint(self, on: bool) -> None:
        if on != self._pen.overprint:
            self._out.append(f"/{OVERPRINT if on else KNOCKOUT} gs")
            self._pen = replace(self._pen, overprint=on)

    def _stroke(self, path: Path, ink: Ink) -> None:
        self._overprint(False)
        colour = self._colour(ink, "K", "RG")
        old = self._pen
        changes = (
            (colour != old.stroke, colour),
            (path.width != old.width, f"{number(path.width)} w"),
            (path.dash != old.dash, f"[{' '.join(map(number, path.dash))}] 0 d"),
            (path.cap != old.cap, f"{path.cap} J"),
            (path.join != old.join, f"{path.join} j"),
        )
        self._out += [operator for changed, operator in changes if changed]
        self._pen = replace(
            old, stroke=colour, width=path.width, dash=path.dash, cap=path.cap, join=path.join
        )

    def _colour(self, ink: Ink, cmyk: str, rgb: str) -> str:
        values, operator = (ink.cmyk, cmyk) if self._options.cmyk else (ink.rgb_fractions, rgb)
        return f"{' '.join(map(number, values))} {operator}"


@lru_cache(maxsize=4096)
def outline(ops: tuple[PathOp, ...]) -> str:
    """Path operators (8.5.2). Kept for the process: the same art comes in every language."""
    return "\n".join(" ".join([*map(number, values), _PATH_OPERATORS[op]]) for op, values in ops)


def bounds_of(group: Group) -> Rect | None:
    """The box around a group's outlines, control points included; None where it has none."""
    xs: list[float] = []
    ys: list[float] = []
    for values in _coordinates(group):
        xs += values[0::2]
        ys += values[1::2]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)) if xs else None


def _coordinates(group: Group) -> Iterator[tuple[float, ...]]:
    for item in group.items:
        if isinstance(item, Path):
            yield from (values for _, values in item.ops)
        elif isinstance(item, Group):
            yield from _coordinates(item)


def numbering_of(group: Group) -> str | None:
    """How a list is labelled (14.8.5.5), by its first label; None where it has no labels."""
    for item in walk(group.items):
        if isinstance(item, Group) and item.tag.role == "Lbl":
            return "Decimal" if (item.tag.text or "").strip().isdigit() else "Disc"
    return None


def joins_of(lines: list[TextLine], text: str | None) -> list[str]:
    """What stood between each line and the next in the source: a space or nothing (Thai, Chinese).

    Without the source, a space: words must not run together.
    """
    joins = []
    at = 0
    for item in lines[:-1]:
        words = item.line.text.strip()
        found = -1 if text is None else text.find(words, at)
        at = found + len(words)
        joins.append(" " if text is None or found < 0 or text[at : at + 1].isspace() else "")
    return [*joins, ""]


def _may_mark(runs: tuple[Run, ...]) -> bool:
    """True for a line without Latin letters (see lettering, right-to-left marks)."""
    return not any(character.isalpha() for run in runs if not run.rtl for character in run.text)
