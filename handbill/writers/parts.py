"""The parts of a paragraph that are elements of their own: live links and words of another language.

Where all letters run from left to right the parts stand among the paragraph's own words, in the
order of painting, and their content is their text. Where letters run right to left they are
painted in visual order, so that each part, plain words included, is an element that speaks its
source text (ActualText, ISO 32000-1, 14.9.4), and the parts follow each other in logical order. An
ActualText on the paragraph itself would hide the links in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from handbill.glyphs import Run
from handbill.scene import Group, Link, TextLine
from handbill.writers.structure import Element


@dataclass(frozen=True, slots=True)
class LiveLink:
    """A link of the page with the structure element that it belongs to (None in an untagged file)."""

    link: Link
    element: Element | None


@dataclass(slots=True)
class _Part:
    """A stretch of runs in logical order; without a link and a language it is the paragraph's own."""

    link: Link | None
    lang: str | None
    runs: list[tuple[int, int]]
    element: Element | None = field(default=None)

    @property
    def is_plain(self) -> bool:
        return self.link is None and self.lang is None


class Parts:
    """The parts of one group and the elements that hold them.

    ``element`` is the group's own, None in an artifact and in an untagged file. Lines and runs are
    counted as they stand in the group.
    """

    def __init__(self, group: Group, element: Element | None) -> None:
        self._group = group
        self._element = element
        self._lines = [item for item in group.items if isinstance(item, TextLine)]
        self._links = [item for item in group.items if isinstance(item, Link)]
        self._backwards = any(run.rtl for item in self._lines for run in item.line.runs)
        self._owners: dict[tuple[int, int], _Part] = {}
        if element is not None and element.role != "Link":
            self._divide(element)

    def owner(self, line: int, run: int) -> Element | None:
        """The element that a run is content of."""
        part = self._owners.get((line, run))
        if part is None or self._element is None:
            return self._element
        if part.element is None:
            part.element = _made(part, self._element)
        return part.element

    def live_links(self) -> list[LiveLink]:
        """The group's links with their elements. One without words of its own speaks its description."""
        found = []
        for link in self._links:
            element = self._element
            if element is not None and element.role != "Link":
                element = self._holder(link, element)
            if element is not None and not element.kids:
                element.alt = link.contents
            found.append(LiveLink(link, element))
        return found

    def _holder(self, link: Link, element: Element) -> Element:
        for part in self._owners.values():
            if part.link is link and part.element is not None:
                return part.element
        made = Element("Link")
        element.kids.append(made)
        return made

    def _divide(self, element: Element) -> None:
        places = [
            (row, column, run)
            for row, item in enumerate(self._lines)
            for column, run in sorted(enumerate(item.line.runs), key=lambda entry: entry[1].order)
        ]
        tongues = {run.lang for _, _, run in places}
        if len(tongues) == 1 and tongues != {element.tongue}:
            (element.lang,) = tongues
            element.tongue = element.lang
        parts: list[_Part] = []
        for row, column, run in places:
            link = next((link for link in self._links if _lies_on(self._lines[row], run, link)), None)
            lang = run.lang if run.lang != element.tongue else None
            if not parts or parts[-1].link is not link or parts[-1].lang != lang:
                parts.append(_Part(link, lang, []))
            parts[-1].runs.append((row, column))
        if all(part.is_plain for part in parts):
            return
        for part in parts:
            if self._backwards or not part.is_plain:
                self._owners.update(dict.fromkeys(part.runs, part))
        if self._backwards:
            for part, text in zip(parts, self._texts(parts), strict=True):
                part.element = _made(part, element)
                part.element.actual_text = text

    def _texts(self, parts: list[_Part]) -> list[str]:
        """The source text of each part; together, the whole. Spaces that a line's end swallowed stay
        with the plain words around a link or a name.

        Without the source, or where it differs from what is set: the words as set, lines joined
        by a space.
        """
        in_order = (sorted(item.line.runs, key=lambda run: run.order) for item in self._lines)
        as_set = " ".join("".join(run.text for run in runs) for runs in in_order)
        source = self._group.tag.text or as_set
        bounds = self._bounds(parts, source)
        if bounds is None:
            source, bounds = as_set, self._bounds(parts, as_set) or []
        cuts = [0]
        for (before, (_, end)), (after, (start, _)) in pairwise(zip(parts, bounds, strict=True)):
            cuts.append(end if after.is_plain and not before.is_plain else start)
        cuts.append(len(source))
        return [source[start:end] for start, end in pairwise(cuts)]

    def _bounds(self, parts: list[_Part], source: str) -> list[tuple[int, int]] | None:
        """Where each part's words begin and end in the source; None if they are not all there."""
        bounds: list[tuple[int, int]] = []
        at = 0
        for part in parts:
            starts = []
            for row, column in part.runs:
                words = self._lines[row].line.runs[column].text.strip()
                found = source.find(words, at)
                if found < 0:
                    return None
                starts.append(found)
                at = found + len(words)
            bounds.append((starts[0], at))
        return bounds


def _made(part: _Part, parent: Element) -> Element:
    made = Element("Link" if part.link else "Span", part.lang, tongue=part.lang or parent.tongue)
    parent.kids.append(made)
    return made


def _lies_on(item: TextLine, run: Run, link: Link) -> bool:
    """True if the middle of the run lies on the link."""
    x, y = item.x + run.x + run.width / 2, item.y + run.size / 4
    rect = link.rect
    return rect.x <= x <= rect.right and rect.y <= y <= rect.top
