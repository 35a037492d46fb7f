"""What only the maker of a file knows of it, for the checks that compare and for the words of findings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.geometry import Rect
from handbill.problems import Place
from handbill.scene import Group, Scene, TextLine
from handbill.units import mm

ABOVE, BELOW = 0.8, 0.3
"""How far a line's letters reach over and under the baseline, in em."""
NEAR_MM = 10.0
"""Words farther from a fault than this are hardly its matter."""


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """Where a line of a paragraph stands: the page from 1, and its box in points from the trim's
    lower left corner."""

    page: int
    box: Rect


@dataclass(frozen=True, slots=True)
class ExpectedParagraph:
    """The source text of one paragraph, in logical order and without isolates; the block that it
    belongs to, where it was written, and where its lines stand."""

    text: str
    lang: str
    block: str = ""
    place: Place | None = None
    lines: tuple[ExpectedLine, ...] = ()

    @property
    def source(self) -> str:
        """Where it was written, in words: "content/messages/parents.yaml, line 40"; "" if nobody knows."""
        if self.place is None:
            return ""
        return self.place.file if self.place.line is None else f"{self.place.file}, line {self.place.line}"


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """One page. Lengths in points: the trim, and folds by their distance from its left edge."""

    width: float
    height: float
    folds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """A whole file. ``paragraphs`` stand in reading order; ``contacts`` are the numbers and
    addresses of the register as they are to be printed; ``qr`` are the payloads."""

    title: str
    lang: str
    pages: tuple[ExpectedPage, ...]
    paragraphs: tuple[ExpectedParagraph, ...]
    contacts: tuple[str, ...] = ()
    qr: tuple[str, ...] = ()

    def source_at(self, page: int | None, where: tuple[float, float] | None) -> str:
        """A sentence that names the file and line of content whose words stand at a place, or next to
        it; "" where there are none, and for a fault without a place.

        ``page`` counts from 1, ``where`` is in mm from the left and from the top of the trim.
        """
        if page is None or where is None or not 1 <= page <= len(self.pages):
            return ""
        x, y = mm(where[0]), self.pages[page - 1].height - mm(where[1])
        found = [
            (_distance(line.box, x, y), number)
            for number, paragraph in enumerate(self.paragraphs)
            if paragraph.place is not None
            for line in paragraph.lines
            if line.page == page
        ]
        distance, number = min(found, default=(mm(NEAR_MM), 0))
        if distance >= mm(NEAR_MM):
            return ""
        there = "There are" if distance == 0 else "Next to it are"
        return f"{there} words from {self.paragraphs[number].source}."


def expected_of(scene: Scene, contacts: Sequence[str] = (), qr: Sequence[str] = ()) -> Expected:
    """What a scene's file ought to hold: its tagged words in reading order (``Group.order``)."""
    groups = sorted(
        ((group, number) for number, page in enumerate(scene.pages, 1) for group in page.items),
        key=lambda item: item[0].order,
    )
    paragraphs = tuple(
        ExpectedParagraph(
            group.tag.text,
            lang,
            block,
            group.place,
            tuple(
                ExpectedLine(number, _box(item))
                for item in group.items
                if isinstance(item, TextLine) and item.line.runs
            ),
        )
        for top, number in groups
        for group, block, lang in _told(top, "", scene.lang)
        if group.tag.text
    )
    pages = tuple(ExpectedPage(page.width, page.height, page.folds) for page in scene.pages)
    return Expected(scene.title, scene.lang, pages, paragraphs, tuple(contacts), tuple(qr))


def _told(group: Group, block: str, lang: str) -> Iterator[tuple[Group, str, str]]:
    """The groups inside that hold lines and are read out, each with the block that it belongs to and the
    language that it is in."""
    if group.tag.role == "Artifact":
        return
    block = group.tag.block or block
    lang = group.tag.lang or lang
    if any(isinstance(item, TextLine) for item in group.items):
        yield group, block, lang
    for item in group.items:
        if isinstance(item, Group):
            yield from _told(item, block, lang)


def _box(item: TextLine) -> Rect:
    size = max(run.size for run in item.line.runs)
    return Rect(item.x, item.y - BELOW * size, item.line.width, (ABOVE + BELOW) * size)


def _distance(box: Rect, x: float, y: float) -> float:
    """From a point to a box, 0 inside."""
    across = max(box.x - x, 0.0, x - box.right)
    down = max(box.y - y, 0.0, y - box.top)
    return math.hypot(across, down)
