"""Setting a job sheet: its few sizes, its inks, and words as boxes.

English in the campaign's Latin face; titles and a language's own name in that language's faces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbill.colour import BLACK, Ink
from handbill.compose.boxes import Box, Drawing, TextBox
from handbill.glyphs import Line
from handbill.scene import ARTIFACT, Group, Item, Path, Tag
from handbill.text.faces import Library
from handbill.text.model import Paragraph, Script, Span, Style
from handbill.text.paragraph import measure, set_paragraph

UNIT = 0.5
"""Heights are whole multiples of this, in points."""
ONE_LINE = 10_000.0
"""A measure in which a label never breaks, in points."""
LEADING = 0.92
"""Of the language's own leading: a form has short lines."""


@dataclass(frozen=True)
class Setter:
    """Sets words. ``english`` is the script of the sheet, ``own`` those of the files' languages by tag."""

    library: Library
    english: Script
    own: Mapping[str, Script]
    night: Ink
    pale: Ink

    def box(
        self,
        words: str | tuple[Span, ...],
        size: float,
        width: float,
        tag: Tag,
        *,
        weight: str = "regular",
        ink: Ink = BLACK,
        align: str = "start",
    ) -> TextBox:
        """English words in a measure of ``width`` points."""
        style = Style(size=size, weight=weight, align=align, leading_scale=LEADING)
        paragraph = set_paragraph(_spans(words), style, width, self.english, self.library)
        return TextBox(paragraph, ink, UNIT, width, tag)

    def own_box(
        self, words: str, lang: str, size: float, width: float, role: str, *, weight: str = "regular"
    ) -> TextBox:
        """Words of a language of the files, from the right edge where it is read from there."""
        style = Style(size=size, weight=weight, leading_scale=LEADING)
        paragraph = set_paragraph((Span(words),), style, width, self.own[lang], self.library)
        return TextBox(paragraph, BLACK, UNIT, width, Tag(role, lang=lang), snug=True)

    def own_width(self, words: str, lang: str, size: float, weight: str) -> float:
        """The width of words of a language of the files on one line."""
        return measure((Span(words),), Style(size=size, weight=weight), self.own[lang], self.library)

    def line(self, words: str, size: float, weight: str = "regular") -> Line:
        """English words on one line, to be placed in a drawing."""
        return self._paragraph(words, size, weight).lines[0]

    def _paragraph(self, words: str, size: float, weight: str) -> Paragraph:
        style = Style(size=size, weight=weight)
        return set_paragraph((Span(words),), style, ONE_LINE, self.english, self.library)


def _spans(words: str | tuple[Span, ...]) -> tuple[Span, ...]:
    return (Span(words),) if isinstance(words, str) else words


def rule(width: float, ink: Ink, thickness: float) -> Box:
    """A horizontal line, decoration."""

    def paint(x: float, top: float) -> tuple[Item, ...]:
        y = top - thickness / 2
        path = Path((("M", (x, y)), ("L", (x + width, y))), stroke=ink, width=thickness)
        return (Group(ARTIFACT, (path,)),)

    return Drawing(width, thickness, paint)
