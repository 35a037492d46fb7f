"""The galley: a paragraph's words shaped and measured, before there are lines.

It hangs on words and faces but on neither size nor measure (its widths are in em of the
paragraph's own size), so it is kept with the library: fitting a text sets it at several sizes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from handbill.glyphs import Atom
from handbill.problems import Place
from handbill.text import han
from handbill.text.breaks import SPACES, opportunities, price_break
from handbill.text.faces import Library
from handbill.text.itemise import WHOLE_KINDS, Item, itemise
from handbill.text.model import Script, Span, Style
from handbill.text.shape import Shaped, shape

_KEPT = 4096
"""Galleys that a library keeps before it begins afresh."""

# Letters of these scripts change with their neighbours, also across a change of weight.
_JOINING = frozenset(["Arab", "Syrc", "Nkoo", "Adlm", "Mong"])


class Piece(NamedTuple):
    """An atom in its place: ``em`` turns its font units into em of the paragraph's own size."""

    shaped: Shaped
    item: Item
    em: float


class Segment(NamedTuple):
    """What stands between two break opportunities, from ``start`` to ``end`` in the text.

    ``width`` is with the spaces at its end, ``bare_width`` without, as at the end of a line.
    ``starts_word`` is False for what follows a hyphen or a slash. ``price`` says how ill a line ends
    here, in scripts without word spaces (`price_break`).
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    width: float
    bare_width: float
    starts_word: bool
    price: float


class Galley(NamedTuple):
    """The text between two forced line breaks.

    ``lefts[i]`` is where segment i begins in one endless line, ``rights[i]`` where it ends without
    its spaces. ``top`` and ``bottom`` are the reach of the ink above and below the baseline.
    ``priced`` says that the segments have prices.
    """

    text: str
    spans: tuple[Span, ...]
    segments: tuple[Segment, ...]
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    top: float
    bottom: float
    priced: bool


def set_galleys(
    spans: Sequence[Span],
    style: Style,
    script: Script,
    library: Library,
    place: Place | None = None,
    loose: bool = False,
) -> list[Galley]:
    """The galleys of a text, one for each forced line ("\\n"). ``loose`` as for `opportunities`.

    Raises as `itemise` does.
    """
    galleys = []
    for line in _forced_lines(spans):
        key = (line, style.weight, style.bold_weight, script, tuple(script.faces.items()), loose)
        galley = library.memo.get(key)
        if galley is None:
            if len(library.memo) > _KEPT:
                library.memo.clear()
            galley = library.memo[key] = _set_galley(line, style, script, library, place, loose)
        galleys.append(galley)
    return galleys


def without_end_spaces(pieces: Sequence[Piece]) -> list[tuple[Piece, Atom]]:
    """Pieces with their atoms as they stand at a line's end, where a break swallows the spaces."""
    kept = list(pieces)
    while kept and not kept[-1].shaped.bare.text:
        kept.pop()
    atoms = [(piece, piece.shaped.atom) for piece in kept]
    if kept:
        atoms[-1] = (kept[-1], kept[-1].shaped.bare)
    return atoms


def _forced_lines(spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    if not any("\n" in span.text for span in spans):
        yield tuple(spans)
        return
    line: list[Span] = []
    for span in spans:
        for number, text in enumerate(span.text.split("\n")):
            if number:
                yield tuple(line)
                line = []
            line.append(Span(text, span.bold, span.kind, span.ref, span.lang))
    yield tuple(line)


def _set_galley(
    spans: tuple[Span, ...],
    style: Style,
    script: Script,
    library: Library,
    place: Place | None,
    loose: bool,
) -> Galley:
    text, items, bounds = itemise(spans, script, library, style.weight, style.bold_weight, place)
    priced = script.script in han.SQUARE_SCRIPTS
    kinds = WHOLE_KINDS
    if priced and not loose:
        kinds = kinds | {"placeholder"}  # it has no spaces to break at, and is whole if it can be
    whole = tuple(
        (bounds[number], bounds[number + 1]) for number, span in enumerate(spans) if span.kind in kinds
    )
    segments: list[Segment] = []
    start = number = 0
    for end in opportunities(text, script.lang, whole, loose):
        pieces: list[Piece] = []
        begin = start
        while begin < end:
            item = items[number]
            stop = min(end, item.end)
            pieces.append(_piece(text, begin, stop, item))
            number += stop == item.end
            begin = stop
        price = price_break(text, end, script.lang) if priced and end < len(text) else 0.0
        segment = _segment(text, start, end, tuple(pieces), price)
        if segments or text[start:end].strip(SPACES):  # spaces before the first word are not set
            segments.append(segment)
        start = end
    *lefts, _ = accumulate((segment.width for segment in segments), initial=0.0)
    rights = [left + segment.bare_width for left, segment in zip(lefts, segments, strict=True)]
    every = [piece for segment in segments for piece in segment.pieces]
    return Galley(
        text,
        spans,
        tuple(segments),
        tuple(lefts),
        tuple(rights),
        max((piece.shaped.top * piece.em for piece in every), default=0.0),
        max((-piece.shaped.bottom * piece.em for piece in every), default=0.0),
        priced,
    )


def _segment(text: str, start: int, end: int, pieces: tuple[Piece, ...], price: float) -> Segment:
    if len(pieces) == 1:
        ((shaped, _, em),) = pieces
        width, bare_width = shaped.atom.advance * em, shaped.bare.advance * em
    else:
        width = sum(piece.shaped.atom.advance * piece.em for piece in pieces)
        bare_width = sum(atom.advance * piece.em for piece, atom in without_end_spaces(pieces))
    before = text[start - 1 : start]
    starts_word = (
        not before or before in SPACES or unicodedata.category(before)[0] != "P" or han.is_square_mark(before)
    )
    return Segment(start, end, pieces, width, bare_width, starts_word, price)


def _piece(text: str, start: int, end: int, item: Item) -> Piece:
    before = after = ahead = ""
    if end < item.end:
        if unicodedata.category(text[end - 1])[0] == "P":
            ahead = text[end]
    elif item.script in _JOINING and text[end : end + 1].isalpha():
        after = text[end]
    elif item.script in han.SQUARE_SCRIPTS and end < len(text) and han.is_square_mark(text[end]):
        ahead = text[end]  # two marks share a blank also where one is bold
    if item.script in _JOINING and start == item.start and text[start - 1 : start].isalpha():
        before = text[start - 1]
    rtl = bool(item.level & 1)
    shaped = shape(item.face, text[start:end], rtl, item.script, item.lang, before, after, ahead)
    return Piece(shaped, item, item.ratio / item.face.upem)
