"""The imprint: code, version, language, review state, checked date, publisher.

It stands on every piece at a size that can be read, and the slug repeats for the printer what the
sheet is.
"""

from __future__ import annotations

from collections.abc import Sequence

from handbill.campaign.bound import BoundPiece, Text
from handbill.campaign.fill import RichSpan, flatten
from handbill.campaign.pairs import BoundPair
from handbill.compose.boxes import Stack, off_grid
from handbill.compose.context import DENSE, Context, gap_after
from handbill.design.layouts import LayoutFile
from handbill.glyphs import Line
from handbill.problems import Place
from handbill.scene import Tag
from handbill.text.faces import Library
from handbill.text.model import Script, Span, Style
from handbill.text.paragraph import set_paragraph
from handbill.units import mm

SLUG_SIZE = 8.0
PLATES = "Cyan Magenta Yellow Black"
MIDDLE_DOT = " · "

SLUG_MEASURE = 10_000.0
"""Points: wide enough that a slug never breaks; an edition says if it is wider than its sheet."""

OPENS = {"rtl": "opens to the right (right-to-left language)", "ltr": "opens to the left"}
STATES = {
    "source": "ENGLISH ORIGINAL, NOT APPROVED",
    "draft": "DRAFT TRANSLATION, NOT APPROVED",
    "reviewed": "REVIEWED TRANSLATION, NOT APPROVED",
    "approved": "APPROVED",
}


def imprint(context: Context, piece: BoundPiece) -> Stack:
    """The imprint as a stack of short lines in the piece's small print."""
    words = piece.words
    place = Place("content/campaign.yaml")
    language = [_plain(piece.endonym)]
    if piece.endonym != piece.language_name:
        language += [_plain(" / "), _name(piece.language_name)]
    checked = (
        [_led(words["checked"].plain), _name(piece.checked)] if piece.checked else words["not_checked"].spans
    )
    facts: list[Sequence[RichSpan]] = [
        [_name(f"{piece.code} {piece.version}"), _plain(MIDDLE_DOT), *language],
        piece.review.spans,
        checked,
        [_led(words["published_by"].plain), *piece.publisher.spans],
    ]
    style = Style(size=context.size("small"), leading_scale=DENSE if context.display else 0.95)
    boxes = tuple(context.box(line, style, Tag("P")) for line in _pack(facts, style, context, place))
    if context.display:
        boxes = tuple(map(off_grid, boxes))
    return Stack(boxes, (0.0,) * len(boxes), context.width, Tag("Sect", block="imprint"), place)


def _pack(facts: Sequence[Sequence[RichSpan]], style: Style, context: Context, place: Place) -> list[Text]:
    """The facts side by side as far as they fit a line, so that no line ends in a dot."""
    lines: list[list[Sequence[RichSpan]]] = []
    for fact in facts:
        if lines and context.measure(_joined([*lines[-1], fact], place), style) <= context.width:
            lines[-1].append(fact)
        else:
            lines.append([fact])
    return [_joined(line, place) for line in lines]


def _joined(parts: Sequence[Sequence[RichSpan]], place: Place) -> Text:
    spans: list[RichSpan] = []
    for index, part in enumerate(parts):
        spans += ([_plain(MIDDLE_DOT)] if index else []) + list(part)
    return Text(tuple(spans), flatten(tuple(spans)), place)


def _led(text: str) -> RichSpan:
    """Words that lead to what follows them."""
    return RichSpan(text + gap_after(text))


def _plain(text: str) -> RichSpan:
    return RichSpan(text)


def _name(text: str) -> RichSpan:
    return RichSpan(text, kind="name")


def slug(piece: BoundPiece | BoundPair, layout: LayoutFile, latin: Script, library: Library) -> Line:
    """The slug line in English for the printer: what the sheet is, how far approved, how it opens.

    On a small sheet it says less, the least needed first: whose plates they are stands on each of
    them, and the sheet's name is that of its file.
    """
    facts = [
        piece.code,
        f"version {piece.version}",
        piece.language_name,
        layout.name,
        STATES[piece.state],
        *([OPENS[piece.direction]] if layout.fold != "none" else []),
        PLATES,
    ]
    for left_out in ((), (PLATES,), (PLATES, layout.name)):
        said = MIDDLE_DOT.join(fact for fact in facts if fact not in left_out)
        line = set_note(said, latin, library)
        if line.width <= mm(layout.trim[0]):
            break
    return line


def set_note(text: str, latin: Script, library: Library) -> Line:
    """A line in English for whoever prints the sheet, small."""
    return set_paragraph((Span(text),), Style(size=SLUG_SIZE), SLUG_MEASURE, latin, library).lines[0]
