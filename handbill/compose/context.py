"""The context in which a part is set: language, sizes, inks, measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handbill.campaign.bound import Text
from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import RichSpan, flatten
from handbill.compose.boxes import TALL, Box, Cell, Row, TextBox, round_up
from handbill.design.measures import Spacing, TypeScale
from handbill.design.theme import Palette, Theme
from handbill.problems import Place
from handbill.scene import Tag
from handbill.text.faces import Library
from handbill.text.han import carries_space
from handbill.text.model import Paragraph, Script, Span, Style
from handbill.text.paragraph import measure, set_paragraph
from handbill.units import mm

MOST_OVERHANG = mm(3)
"""Ink may hang at most this far out of its measure, and 5 mm of the margin stay clear."""

DENSE = 0.85
"""The leading of small print on a display, few lines and short, as a share of the script's own."""


@dataclass(frozen=True)
class Sizes:
    """Which step of each role's sizes holds at present; ``space`` 1 when room between parts gave way."""

    title: int = 0
    heading: int = 0
    number: int = 0
    body: int = 0
    small: int = 0
    space: int = 0


@dataclass(frozen=True)
class Context:
    """Everything that setting one part needs to know; ``width`` is the measure in points.

    ``latin`` sets what stands alone in digits or Latin letters, at its own leading. A ``display`` is read
    from a distance; in a ``number_column`` the numbers of a block stand under each other, the words of
    all beside them; ``large_calls`` are a cover's numbers under their words. ``qr`` and ``icon`` are the
    sides of a QR code and of a labelled icon in mm, ``tabs`` the number of tear-off tabs, ``tab_height``
    mm tall, ``middle`` half the height of the script's small letters in em, where markers hang;
    ``name_stop`` stands after a service's name, ``colon`` after a title that its text follows on the same
    line. In ``one_column`` a number stands above its words, never beside them; with ``pairs`` too, and
    two short ones stand side by side. Ink may hang out of the measure by ``overhang`` points.
    """

    script: Script
    latin: Script
    library: Library
    scale: TypeScale
    sizes: Sizes
    spacing: Spacing
    theme: Theme
    palette: Palette
    audience: str
    width: float
    words: Mapping[str, Text]
    display: bool
    qr: float
    icon: float
    tabs: int
    tab_height: float
    middle: float
    name_stop: str
    colon: str
    one_column: bool = False
    number_column: bool = False
    large_calls: bool = False
    pairs: bool = False
    overhang: float = MOST_OVERHANG

    @property
    def rtl(self) -> bool:
        """True if the piece reads from right to left."""
        return self.script.rtl

    def size(self, role: str) -> float:
        """The nominal size of a role at its present step, in points."""
        steps = self.scale.size(role).steps
        at: int = getattr(self.sizes, self.scale.role(role))
        return steps[min(at, len(steps) - 1)]

    @property
    def leading(self) -> float:
        """Line distance of body text in points."""
        return self.size("body") * self.script.size_ratio * self.script.leading_ratio

    @property
    def unit(self) -> float:
        """The grid unit: a whole part of the body leading, about as much as the layout's ``grid``,
        half that when the room between parts gave way.
        """
        near = self.spacing.grid / 2 if self.sizes.space else self.spacing.grid
        return self.leading / max(1, round(self.leading / near))

    def snap(self, length: float) -> float:
        """A length as whole grid units, at least one."""
        if self.sizes.space:
            length *= self.spacing.tight
        return max(1, round(length / self.unit)) * self.unit

    @property
    def block_gap(self) -> float:
        """Room between two blocks."""
        return self.snap(self.spacing.block)

    @property
    def item_gap(self) -> float:
        """Room between two items of a list."""
        return self.snap(self.spacing.item)

    @property
    def part_gap(self) -> float:
        """Room between a heading and its text."""
        return self.snap(self.spacing.part)

    @property
    def pad(self) -> float:
        """Padding inside boxes."""
        return self.snap(self.spacing.pad)

    def within(self, width: float) -> Context:
        """The same, in a narrower measure."""
        return replace(self, width=width)

    def on(self, ground: str) -> Context:
        """The same, on another ground."""
        return replace(self, palette=self.theme.palette(ground, self.audience))

    def style(self, role: str, **changes: object) -> Style:
        """How text of a role is set."""
        heading = role in ("title", "heading")
        weight = "heavy" if heading and self.scale.role(role) == "body" else self.scale.size(role).weight
        tall = self.sizes.space and self.script.leading_ratio >= TALL
        style = Style(
            size=self.size(role),
            weight=weight,
            heading=heading,
            leading_scale=self.spacing.lines if tall and not heading else 1.0,
            balance=heading,
        )
        return replace(style, **changes) if changes else style  # type: ignore[arg-type]

    def set(self, text: Text, style: Style) -> Paragraph:
        """Set a text in this measure, a little narrower where its ink would hang out too far.

        The long strokes of Nastaliq reach over the edge at which its lines begin, by half an em;
        in large type that would come too near a fold.
        """
        spans, at = to_spans(text), text.place
        paragraph = set_paragraph(spans, style, self.width, self.script, self.library, at)
        beyond = paragraph.overhang - self.overhang
        if beyond <= 0 or not self.rtl:
            return paragraph
        return set_paragraph(spans, style, self.width - beyond, self.script, self.library, at)

    def measure(self, text: Text, style: Style) -> float:
        """Width of a text on one line."""
        return measure(to_spans(text), style, self.script, self.library)

    def number_box(self, text: Text, style: Style, tag: Tag) -> TextBox:
        """A number or address that stands alone: in the Latin face and at Latin leading, but at
        the start of the line in reading direction.
        """
        if not _is_latin(text):
            return self.box(text, style, tag, "number")
        align = "end" if self.rtl and style.align == "start" else style.align
        aside = replace(self, script=self.latin)
        return aside.box(text, replace(style, align=align), tag, "number")

    def number_width(self, text: Text, style: Style) -> float:
        """Width of a number or address that stands alone."""
        script = self.latin if _is_latin(text) else self.script
        return measure(to_spans(text), style, script, self.library)

    def to_start(self, box: Box) -> Row:
        """A narrow box at the start of the measure in reading direction."""
        x = self.width - box.width if self.rtl else 0.0
        return Row((Cell(x, box),), self.width, round_up(box.height, self.unit))

    def box(
        self, text: Text, style: Style, tag: Tag, palette_part: str = "text", highlights: bool = False
    ) -> TextBox:
        """A text set in this measure, in the ink of a part of the palette.

        With ``highlights`` numbers shine in the palette's number ink.
        """
        inks = [("placeholder", self.palette.placeholder)]
        if highlights:
            inks += [(kind, self.palette.number) for kind in ADDRESSES]
        return TextBox(
            self.set(text, style),
            getattr(self.palette, palette_part),
            self.unit,
            self.width,
            tag,
            text.place,
            tuple(inks),
            "placeholder" if self.palette.dark else None,
        )


def _is_latin(text: Text) -> bool:
    """Whether a text is all numbers and addresses; a placeholder is words of the language."""
    return all(span.kind in ADDRESSES for span in text.spans)


STRONG = (*ADDRESSES, "placeholder")


def to_spans(text: Text) -> tuple[Span, ...]:
    """A bound text as the text engine takes it; numbers and addresses stand out in bold."""
    return tuple(
        Span(span.text, bold=span.bold or span.kind in STRONG, kind=span.kind, ref=span.ref)
        for span in text.spans
    )


def gap_after(text: str) -> str:
    """What stands between a text and the next on the same line: a space, or nothing where the text
    ends in a full-width mark, which carries its own."""
    return "" if carries_space(text) else " "


def join(place: Place, *parts: Text | str, bold_first: bool = False) -> Text:
    """Several texts as one, in order; ``bold_first`` sets the first in bold (a run-in title)."""
    spans: list[RichSpan] = []
    for index, part in enumerate(parts):
        if isinstance(part, str):
            spans.append(RichSpan(part))
        else:
            spans.extend(
                replace(span, bold=True) if bold_first and index == 0 else span for span in part.spans
            )
    return Text(tuple(spans), flatten(tuple(spans)), place)
