"""A page's content stream: groups, paths and lines as operators (ISO 32000-1, 7.8, 8 and 14.6).

In a tagged file everything painted stands in exactly one marked-content sequence, either an
artifact or a numbered part of a structure element; sequences never nest, because poppler loses
text that follows a nested one (text-engine.md, trap 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from handbill.colour import Ink
from handbill.geometry import Rect
from handbill.glyphs import Run
from handbill.scene import Group, Link, Page, Path, PathOp, TextLine
from handbill.writers.lettering import Lettering
from handbill.writers.objects import number
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
    """Colour space, whether black text overprints, whether links are live."""

    cmyk: bool
    overprint_black: bool
    links: bool


@dataclass(frozen=True, slots=True)
class LiveLink:
    """A link of the page with the structure element that it belongs to (None in an untagged file)."""

    link: Link
    element: Element | None


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
        self.links: list[LiveLink] = []

    def paint(self, page: Page, index: int, origin: tuple[float, float]) -> str:
        """The whole stream. ``origin`` is where the trim's corner lies on the PDF page, in points."""
        x, y = origin
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
            if group.tag.role == "Figure":
                element.bounds = bounds_of(group)
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
        links = _Links(self, group, element) if self._options.links else None
        for item in group.items:
            if isinstance(item, Path):
                self._begin(element)
                self._path(item)
            elif isinstance(item, TextLine):
                self._line(item, element, next(joins), links)
            elif isinstance(item, Group):
                self._end()
                self._group(item, element)
        self._end()
        self._second_pass(lines, element)
        if links:
            links.finish()
        backwards = any(run.rtl for item in lines for run in item.line.runs)
        if element is not None and element.is_leaf and backwards:
            # Painted in visual order, the words are backwards to whoever reads the content; a
            # screen reader takes the element's ActualText (print-spec 5.2). It would hide elements
            # inside, such as links, so those keep their parent from having one.
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

    def _line(self, item: TextLine, element: Element | None, join: str, links: _Links | None) -> None:
        """The first pass of a line, in one marked content, or in several where links part it."""
        self._end()
        runs = item.line.runs
        marks = _may_mark(runs)
        last = runs[-1] if runs and not runs[-1].rtl else None
        for owner, stretch in groupby(runs, lambda run: links.owner(item, run) if links else element):
            self._begin(owner)
            self._out.append("BT")
            for run in stretch:
                self._fill(item.ink_of(run.kind), text=True)
                self._out += self._lettering.read(
                    run, item.x, item.y, marks=marks, join=join if run is last else ""
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


class _Links:
    """The live links of one group: which runs lie on which, and the elements that hold them."""

    def __init__(self, content: PageContent, group: Group, element: Element | None) -> None:
        self._content = content
        self._element = element
        self._links = [item for item in group.items if isinstance(item, Link)]
        self._elements: dict[int, Element] = {}

    def owner(self, item: TextLine, run: Run) -> Element | None:
        """The element that a run belongs to: the Link element over its middle, else the group's own."""
        if self._element is None or self._element.role == "Link":
            return self._element
        x, y = item.x + run.x + run.width / 2, item.y + run.size / 4
        for link in self._links:
            if link.rect.x <= x <= link.rect.right and link.rect.y <= y <= link.rect.top:
                return self._element_of(link)
        return self._element

    def finish(self) -> None:
        """Hands the links over to the page."""
        for link in self._links:
            own = self._element is not None and self._element.role == "Link"
            element = self._element if own or self._element is None else self._element_of(link)
            if element is not None and not element.kids:
                element.alt = link.contents
            self._content.links.append(LiveLink(link, element))

    def _element_of(self, link: Link) -> Element | None:
        found = self._elements.get(id(link))
        if found is None and self._element is not None:
            found = self._elements[id(link)] = Element("Link")
            self._element.kids.append(found)
        return found


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
