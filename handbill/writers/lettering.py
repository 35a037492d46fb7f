"""Set lines to text operators (ISO 32000-1, 9.4): what is seen, and what readers read.

Each atom is painted in one of two ways.

*Plain*: every glyph stands on the baseline and carries its own text (Latin, Chinese, digits). The
glyphs are seen and read where they stand.

*Carried*: a cluster has several glyphs, glyphs leave the baseline, or letters run right to left
(Bengali, Nastaliq, stacked accents). The text is carried by blanks: the face's space glyph once
for each character, scaled to fill the atom, in one straight row in visual order. The ink follows
in a second pass under an empty ActualText, each glyph reading as a zero-width space. So no reader
has to guess words from marks, dots and slopes, and no character is read twice (text-engine.md,
traps 2 to 4).

Three readers' habits are met here; tests/test_writer_reading.py holds each to its promise:

- PDFium drops a text object that is one blank wide: a second, zero-width one is added.
- PDFium reverses the groups of a spaced number in a right-to-left line: its spaces read as
  no-break spaces, which bind the groups (and which is what they are).
- Poppler takes spaces and quotes after a comma or a number in a right-to-left line for a part of
  that number, and moves them: a right-to-left mark is read in between. Not on lines with Latin
  words, where PDFium counts the marks and then reverses web addresses.

What stays: PDFium turns brackets and quotes of right-to-left lines round. "pdftotext -raw" begins a
new line where two full-width marks share a blank, since the first reaches into the second; on blanks
it would not, but then PDFium, which most people read with, puts spaces there.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from handbill.glyphs import Atom, Glyph, Run
from handbill.writers.fonts import DocumentFont, FontSet
from handbill.writers.objects import number

NOTHING = "\u200b"
"""What the ink of a second pass reads as: PDF/UA-1 (7.21.7) wants some Unicode value for each glyph."""

NUMBER_KINDS = frozenset(("phone", "text"))
RIGHT_TO_LEFT_MARK = "\u200f"
_STRONG = frozenset(("R", "AL", "NSM"))
_WEAK = frozenset(("L", "EN", "AN", "ES", "ET", "CS"))
"""Bidi classes by what poppler does with them in a right-to-left line: reversed, or kept in order."""


class Setting(NamedTuple):
    """An atom as operators: the first pass (``scale`` "" where it is plain) and the second."""

    scale: str
    shown: str
    ink: str


class Lettering:
    """Sets the lines of one document and remembers each atom's operators.

    ``rtl`` says whether the document, or a half of it, is read from right to left.
    """

    def __init__(self, fonts: FontSet, *, rtl: bool) -> None:
        self._fonts = fonts
        self._rtl = rtl
        self._settings: dict[tuple[int, bool, bool], Setting] = {}

    def read(self, run: Run, x: float, y: float, *, marks: bool, join: str = "") -> list[str]:
        """The first pass of a run whose line starts at (x, y): what readers read.

        ``marks`` allows right-to-left marks (no Latin words on the line); ``join`` is the space
        that the line's break swallowed, to be read at the end of its last run.
        """
        font = self._fonts.font(run.face)
        if run.rtl:
            return self._words(run, font, x, y, marks)
        operators = [f"/{font.resource} {number(run.size)} Tf 1 0 0 1 {number(x + run.x)} {number(y)} Tm"]
        shown = ""
        scaled = False
        for atom in run.atoms:
            setting = self._setting(atom, run, font, marks)
            if not setting.scale:
                shown += setting.shown
                continue
            if shown:
                operators.append(f"{'100 Tz ' if scaled else ''}[{shown}]TJ")
                shown = ""
            operators.append(f"{setting.scale} Tz<{setting.shown}>Tj")
            scaled = True
        if join:
            shown += f"<{font.blank(join)}>"
        if scaled:
            operators.append("100 Tz")
        if shown:
            operators.append(f"[{shown}]TJ")
        return operators

    def _words(self, run: Run, font: DocumentFont, x: float, y: float, marks: bool) -> list[str]:
        """The first pass of a run from right to left: its atoms in logical order."""
        operators = [f"/{font.resource} {number(run.size)} Tf"]
        em = run.size / font.upem
        pen = x + run.x + run.width
        for atom in reversed(run.atoms):
            pen -= atom.advance * em
            setting = self._setting(atom, run, font, marks)
            operators.append(f"1 0 0 1 {number(pen)} {number(y)} Tm {setting.scale} Tz<{setting.shown}>Tj")
        return [*operators, "100 Tz"]

    def ink(self, run: Run, x: float, y: float, *, marks: bool) -> list[str]:
        """The second pass of a run whose line starts at (x, y): ink that is seen; none for plain runs.

        Positions are in font units under a scaled matrix, so that an atom's operators serve at
        every size and place.
        """
        font = self._fonts.font(run.face)
        settings = [self._setting(atom, run, font, marks) for atom in run.atoms]
        if not any(setting.ink for setting in settings):
            return []
        em = run.size / font.upem
        operators = [f"/{font.resource} {font.upem} Tf"]
        pen = x + run.x
        for atom, setting in zip(run.atoms, settings, strict=True):
            if setting.ink:
                operators.append(f"{em:.7f} 0 0 {em:.7f} {number(pen)} {number(y)} Tm{setting.ink}")
            pen += atom.advance * em
        return operators

    def _setting(self, atom: Atom, run: Run, font: DocumentFont, marks: bool) -> Setting:
        # By identity: the scene keeps its atoms alive while it is written, and hashing their
        # glyphs would cost more than setting them.
        bind = self._rtl and run.kind in NUMBER_KINDS
        found = self._settings.get((id(atom), marks, bind))
        if found is None:
            if atom.rtl or any(not glyph.text or glyph.dy for glyph in atom.glyphs):
                found = _carried(atom, font, marks)
            else:
                found = Setting("", _plain(atom.glyphs, font, bind), "")
            self._settings[id(atom), marks, bind] = found
        return found


def _plain(glyphs: tuple[Glyph, ...], font: DocumentFont, bind: bool) -> str:
    """Glyphs on the baseline as the inside of a TJ array, which ends where their advances end.

    ``bind`` makes spaces read as no-break spaces.
    """
    advance_of, code_of = font.program.advance, font.code
    to_thousand = 1000 / font.upem
    parts = []
    codes = ""
    pen = shown = 0
    for glyph in glyphs:
        move = shown - pen - glyph.dx
        if move:
            if codes:
                parts.append(f"<{codes}>")
                codes = ""
            parts.append(number(move * to_thousand))
            shown -= move
        codes += code_of(glyph.gid, "\u00a0" if bind and glyph.text == " " else glyph.text)
        shown += advance_of(glyph.gid)
        pen += glyph.advance
    if codes:
        parts.append(f"<{codes}>")
    if shown != pen:
        parts.append(number((shown - pen) * to_thousand))
    return "".join(parts)


def _carried(atom: Atom, font: DocumentFont, marks: bool) -> Setting:
    """An atom's text on blanks, and its ink with positions from the atom's start in font units."""
    ink = []
    codes = ""
    pen = start_x = start_y = shown = 0
    for glyph in atom.glyphs:
        if not glyph.text.isspace():
            x, y = pen + glyph.dx, glyph.dy
            if (x, y) != (start_x + shown, start_y):
                if codes:
                    ink.append(f"<{codes}>Tj")
                ink.append(f" {x - start_x} {y - start_y} Td")
                start_x, start_y, shown, codes = x, y, 0, ""
            codes += font.code(glyph.gid, NOTHING)
            shown += font.program.advance(glyph.gid)
        pen += glyph.advance
    if codes:
        ink.append(f"<{codes}>Tj")
    cells = _cells(atom, marks)
    scale = 100 * atom.advance / (font.program.advance(font.blank_glyph) * len(cells))
    # An atom without width (a lone joiner) must not have a scale of 0, which no matrix allows.
    return Setting(number(max(scale, 0.01)), "".join(map(font.blank, cells)), "".join(ink))


def _cells(atom: Atom, marks: bool) -> list[str]:
    """What each blank of an atom reads as, in visual order."""
    text = atom.text
    cells = list(text)
    if atom.rtl:
        if marks:
            strong = [unicodedata.bidirectional(character) in _STRONG for character in text]
            weak = [unicodedata.bidirectional(character) in _WEAK for character in text]
            for index, (now, then) in enumerate(zip(weak, [*weak[1:], True], strict=True)):
                if now and not then:
                    cells[index] = RIGHT_TO_LEFT_MARK + cells[index]
            if not strong[0]:
                cells[0] += RIGHT_TO_LEFT_MARK
        cells.reverse()
    return cells if len(cells) > 1 else [*cells, NOTHING]
