"""Paragraphs: from spans of text to set lines.

The steps are those of reference text-engine.md, "Pipeline that worked": bidi levels, items of one
face, break opportunities, atoms (all in the galley), lines in logical order, and only then each
line into visual order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from handbill.glyphs import Atom, Line, Run
from handbill.problems import PieceError, Place, Problem
from handbill.text.bidi import visual_order
from handbill.text.breaks import SPACES
from handbill.text.faces import Library
from handbill.text.galley import Galley, Piece, Segment, set_galleys, without_end_spaces
from handbill.text.ink import PlacedAtom, needed_leading
from handbill.text.itemise import Item
from handbill.text.lines import SLACK, break_lines, variants
from handbill.text.model import Paragraph, Script, Span, Style
from handbill.units import to_mm

_CLEARANCE = 0.04
"""The least air between the ink of two neighbouring lines, in em of the paragraph's own size."""


class _Row(NamedTuple):
    """A line before it has a size: its atoms in visual order, each with its logical place.

    ``width`` and ``indent`` are in em.
    """

    galley: Galley
    text: str
    pieces: tuple[tuple[int, Piece, Atom], ...]
    width: float
    indent: float


def set_paragraph(
    spans: Sequence[Span],
    style: Style,
    width: float,
    script: Script,
    library: Library,
    place: Place | None = None,
) -> Paragraph:
    """Sets a paragraph ``width`` points wide. "\\n" in the text forces a new line.

    The leading is the script's own, whatever faces come in, and opens for the whole paragraph only
    where ink of two of its lines would otherwise touch however they are broken.

    Raises PieceError: text/too-wide for a word or an address wider than the measure,
    text/no-glyph for a character that no face has. Raises InputError for a weight or a face that
    is not there.
    """
    size = style.size * script.size_ratio
    ratio = script.heading_leading_ratio if style.heading else script.leading_ratio
    leading = ratio * style.leading_scale
    galleys = set_galleys(spans, style, script, library, place)
    if any(_too_wide(galley, width / size) for galley in galleys):
        galleys = set_galleys(spans, style, script, library, place, loose=True)
        _refuse_too_wide(galleys, width / size, size, place)
    rows: list[_Row] = []
    for galley in galleys:
        rows.extend(_set_rows(galley, width / size, style, script.rtl, leading))
    if not any(row.pieces for row in rows):
        rows = []
    if len(rows) > 1:
        leading = max(leading, _needed(rows, leading))
    lines: list[Line] = []
    order = 0
    for row in rows:
        lines.append(_line(row, size, order))
        order += len(lines[-1].runs)
    face = library.face(script.faces[style.weight][0])
    return Paragraph(
        lines=tuple(lines),
        leading=leading * size,
        ascent=(leading + (face.ascent - face.descent) / face.upem) / 2 * size,
        height=len(lines) * leading * size,
        width=width,
        text="".join(span.text for span in spans),
        ink_top=max((galley.top for galley in galleys), default=0.0) * size,
        ink_bottom=max((galley.bottom for galley in galleys), default=0.0) * size,
        size=size,
        overhang=max((_overhang(row, width / size) for row in rows), default=0.0) * size,
    )


def measure(spans: Sequence[Span], style: Style, script: Script, library: Library) -> float:
    """The width in points of the text on one line (of its longest, where breaks are forced).

    Raises PieceError text/no-glyph as `set_paragraph` does.
    """
    galleys = set_galleys(spans, style, script, library)
    widest = max((galley.rights[-1] for galley in galleys if galley.rights), default=0.0)
    return widest * style.size * script.size_ratio


def _too_wide(galley: Galley, room: float) -> list[Segment]:
    return [segment for segment in galley.segments if segment.bare_width > room + SLACK]


def _refuse_too_wide(galleys: Sequence[Galley], room: float, size: float, place: Place | None) -> None:
    problems = [
        Problem(
            "text/too-wide",
            f"“{galley.text[segment.start : segment.end].strip()}” cannot be broken and is "
            f"{to_mm(segment.bare_width * size):.1f} mm wide at {size:.1f} pt; there are "
            f"{to_mm(room * size):.1f} mm.",
            "Use a shorter word or address, a smaller size, or a wider place.",
            place,
        )
        for galley in galleys
        for segment in _too_wide(galley, room)
    ]
    if problems:
        raise PieceError(problems)


def _set_rows(galley: Galley, room: float, style: Style, rtl: bool, leading: float) -> list[_Row]:
    """The rows of one galley; where their ink would touch, other breaks are tried before the
    leading is opened."""

    def rows_of(ends: list[int]) -> list[_Row]:
        return [_row(galley, *bounds, room, style.align, rtl) for bounds in pairwise([0, *ends])]

    if not galley.segments:
        return [_Row(galley, "", (), 0.0, 0.0)]
    ends = break_lines(galley, room, style.balance)
    rows = best = rows_of(ends)
    if galley.top + galley.bottom + _CLEARANCE <= leading or len(ends) < 2:
        return rows
    least = _needed(rows, leading)
    if least > leading:
        for tried in variants(galley, room, ends):
            rows = rows_of(tried)
            needed = _needed(rows, leading)
            if needed < least:
                best, least = rows, needed
            if needed <= leading:
                break
    return best


def _needed(rows: Sequence[_Row], leading: float) -> float:
    """The leading in em that keeps the ink of neighbouring rows apart; never below ``leading``."""
    reach = max(row.galley.top for row in rows) + max(row.galley.bottom for row in rows)
    if reach + _CLEARANCE <= leading:
        return leading
    inked = [_inked(row) for row in rows]
    enough = leading - _CLEARANCE
    return max(needed_leading(upper, lower, enough) for upper, lower in pairwise(inked)) + _CLEARANCE


def _inked(row: _Row) -> list[PlacedAtom]:
    atoms = []
    x = row.indent
    for _, (shaped, item, em), atom in row.pieces:
        width, top, bottom = atom.advance * em, shaped.top * em, -shaped.bottom * em
        atoms.append(PlacedAtom(x, width, item.face, atom.glyphs, item.ratio, top, bottom))
        x += width
    return atoms


def _overhang(row: _Row, room: float) -> float:
    """How far ink stands out of the measure, in em. A word ends well inside its neighbours, so the
    first two and the last two words of a row are all that can."""
    out = 0.0
    left = row.indent
    for _, (shaped, _, em), atom in row.pieces[:2]:
        out = max(out, shaped.left * em - left)
        left += atom.advance * em
    right = room - row.indent - row.width
    for _, (shaped, _, em), atom in reversed(row.pieces[-2:]):
        out = max(out, shaped.right * em - right)
        right += atom.advance * em
    return out


def _row(galley: Galley, start: int, end: int, room: float, align: str, rtl: bool) -> _Row:
    """Segments ``start`` to ``end`` as one row, in visual order (UAX #9, rule L2)."""
    segments = galley.segments[start:end]
    logical = [(piece, piece.shaped.atom) for segment in segments[:-1] for piece in segment.pieces]
    logical += without_end_spaces(segments[-1].pieces)
    width = galley.rights[end - 1] - galley.lefts[start]
    first = logical[0][0]
    if len(logical) > 1 and first.shaped.head is not first.shaped.atom:
        logical[0] = (first, first.shaped.head)
        width += (first.shaped.head.advance - first.shaped.atom.advance) * first.em
    visual = visual_order([piece.item.level for piece, _ in logical])
    spare = room - width
    indent = spare / 2 if align == "centre" else spare if (align == "end") != rtl else 0.0
    return _Row(
        galley,
        galley.text[segments[0].start : segments[-1].end].rstrip(SPACES),
        tuple((place, *logical[place]) for place in visual),
        width,
        indent,
    )


def _line(row: _Row, size: float, order: int) -> Line:
    """The row at its size, in points; its runs count on from ``order`` in logical order."""
    groups: list[list[tuple[int, Piece, Atom]]] = []
    for entry in row.pieces:
        if groups and _same_run(row.galley, groups[-1][-1][1].item, entry[1].item):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    first_places = sorted(min(place for place, _, _ in group) for group in groups)
    ranks = {place: rank for rank, place in enumerate(first_places, order)}
    runs: list[Run] = []
    x = 0.0
    for group in groups:
        item = group[0][1].item
        span = row.galley.spans[item.span]
        atoms = tuple(atom for _, _, atom in group)
        run_size = size * item.ratio
        width = sum(atom.advance for atom in atoms) * run_size / item.face.upem
        runs.append(
            Run(
                face=item.face.name,
                size=run_size,
                x=x,
                atoms=atoms,
                width=width,
                lang=item.lang,
                kind=span.kind,
                ref=span.ref,
                order=ranks[min(place for place, _, _ in group)],
                bold=span.bold,
            )
        )
        x += width
    return Line(tuple(runs), x, row.indent * size, row.text)


def _same_run(galley: Galley, one: Item, other: Item) -> bool:
    """True if two neighbouring items are set as one run."""
    if one is other:
        return True
    first, second = galley.spans[one.span], galley.spans[other.span]
    return (
        one.face is other.face
        and (one.level, one.ratio, one.lang) == (other.level, other.ratio, other.lang)
        and (first.kind, first.ref, first.bold) == (second.kind, second.ref, second.bold)
    )
