"""The Scene: all that crosses from layout to drawing.

A Scene is immutable pages of few kinds of item, in points, y upwards, with the lower left corner
of the page's trim at the origin; bleed hangs outside. Every item knows where its words were
written (``Place``), every group its role in the document's structure. Writers translate it and
measure nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from handbill.colour import Ink
from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.problems import Place

PathOp = tuple[str, tuple[float, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A set line with its baseline starting at (x, y), in one ink.

    ``highlights`` gives other inks by the run's kind (a placeholder in alert red).
    """

    line: Line
    x: float
    y: float
    ink: Ink
    highlights: tuple[tuple[str, Ink], ...] = ()

    @property
    def extent(self) -> Rect:
        """The line's length on its baseline, as high as its largest letters are set: not its ink, but
        near enough to tell which part of a page it stands on."""
        height = max((run.size for run in self.line.runs), default=0.0)
        return Rect(self.x, self.y, self.line.width, height)

    def ink_of(self, kind: str) -> Ink:
        """The ink of a run by its kind."""
        for name, ink in self.highlights:
            if name == kind:
                return ink
        return self.ink


@dataclass(frozen=True, slots=True)
class Path:
    """A filled or stroked vector outline. ``dash`` is on, off, ... in points.

    ``even_odd`` selects the fill rule.
    """

    ops: tuple[PathOp, ...]
    fill: Ink | None = None
    stroke: Ink | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()
    cap: int = 0
    join: int = 0
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A live area for editions that allow one. ``contents`` says in words where it leads."""

    rect: Rect
    uri: str
    contents: str


@dataclass(frozen=True, slots=True)
class Tag:
    """Role of a group in the document's structure (PDF structure types; ISO 32000-1, 14.8.4).

    ``role`` is "Artifact" for what has no meaning to a reader. ``lang`` only where it differs
    from the document's. ``alt`` for a Figure. ``text`` is the group's source text in logical
    order as a reader should hear it (checks compare it; a writer may use it as ActualText).
    ``direction`` ("ltr" or "rtl") stands beside ``lang`` on the half of a bilingual document.
    ``block`` is the content block's id. ``artifact`` is "Footer" for what stands at the foot of
    each page (ISO 14289-1, 7.8). ``resumes`` says that the group goes on with the last one of this
    role in the same place, on an earlier page: a list over two pages is one list.
    """

    role: str
    lang: str | None = None
    alt: str | None = None
    text: str | None = None
    block: str | None = None
    artifact: str | None = None
    resumes: bool = False
    direction: str | None = None


ARTIFACT = Tag("Artifact")
FOOTER = Tag("Artifact", artifact="Footer")


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together, with their role and their place of origin.

    ``order`` orders top-level groups (panels, regions) over all pages into reading order; ``clip``
    cuts everything inside to a rectangle. ``region`` names the region on top-level groups.
    ``screen_only`` marks top-level words that are told to whoever opens the file and never printed.
    """

    tag: Tag
    items: tuple[Item, ...]
    place: Place | None = None
    order: int = 0
    clip: Rect | None = None
    region: str | None = None
    screen_only: bool = False


Item = TextLine | Path | Link | Group


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of a folded sheet, or the whole page: its name and its rectangle."""

    name: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Page:
    """One side of a sheet. ``folds`` are x positions of vertical folds in points.

    ``bleed`` is how far art hangs over the trim. ``media`` and ``bleed_box`` are set by an
    edition; None means the trim itself.
    """

    name: str
    width: float
    height: float
    items: tuple[Group, ...]
    panels: tuple[Panel, ...] = ()
    folds: tuple[float, ...] = ()
    media: Rect | None = None
    bleed_box: Rect | None = None

    @property
    def trim(self) -> Rect:
        """The finished size, at the origin."""
        return Rect(0.0, 0.0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole piece, ready to be written.

    ``lang`` is BCP 47, ``direction`` "ltr" or "rtl"; ``name`` is a stable id for messages
    ("parents dl-roll-fold ur").
    """

    name: str
    title: str
    lang: str
    direction: str
    pages: tuple[Page, ...]
    subject: str = ""
    keywords: tuple[str, ...] = ()
    author: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())


def list_halves(scene: Scene) -> list[Tag]:
    """The tags of what stands in a second language of a bilingual document, in no order."""
    return [group.tag for page in scene.pages for group in page.items if group.tag.lang is not None]


def walk(items: tuple[Item, ...] | tuple[Group, ...]) -> list[Item]:
    """Every item inside, groups before what they hold."""
    found: list[Item] = []
    for item in items:
        found.append(item)
        if isinstance(item, Group):
            found.extend(walk(item.items))
    return found
