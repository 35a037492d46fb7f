"""Ink: how far the black of a set line really reaches, column by column.

Nastaliq climbs so high and hangs so low (reference text-engine.md, trap 7) that a leading which
cleared every conceivable pair of lines would be a quarter more than nearly all of them need. So the
leading is chosen for real sentences, and each pair of lines is looked at: `needed_leading` says
how far apart two lines must stand for their ink not to touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handbill.glyphs import Glyph
from handbill.text.faces import Face

_COLUMNS = 24
"""Columns to the em. Finer ones cost more and change the answer by less than a hairline."""

_STEPS = 3
"""Straight pieces that a curve of an outline is taken for: Nastaliq's outlines are many short
curves."""

_HANG = 1.0
"""How far, in em, ink may stand out of its atom to either side: the strokes of kaf and gaf do."""

Profile = dict[int, tuple[float, float]]
"""Column -> lowest and highest ink, in em from the baseline."""


class PlacedAtom(NamedTuple):
    """Glyphs of a face with their left edge at ``x``; all lengths in em of the paragraph's size.

    ``ratio`` is the size of the face over that size; ``top`` and ``bottom`` are the reach of the
    ink above and below the baseline, both positive.
    """

    x: float
    width: float
    face: Face
    glyphs: tuple[Glyph, ...]
    ratio: float
    top: float
    bottom: float


def needed_leading(upper: Sequence[PlacedAtom], lower: Sequence[PlacedAtom], enough: float) -> float:
    """How far apart the baselines of two lines must be for their ink just to touch, in em.

    ``enough`` is a leading known to be there: what needs less is not worked out, and the answer is
    never below it.
    """
    needed = enough
    highest = max((atom.top for atom in lower), default=0.0)
    for above in upper:
        if above.bottom + highest <= needed:
            continue
        left, right = above.x - _HANG, above.x + above.width + _HANG
        for below in lower:
            if (
                above.bottom + below.top > needed
                and below.x - _HANG < right
                and below.x + below.width + _HANG > left
            ):
                needed = max(needed, _between(above, below))
    return needed


def _between(above: PlacedAtom, below: PlacedAtom) -> float:
    hanging, standing = _columns(above), _columns(below)
    shift = round((above.x - below.x) * _COLUMNS)
    needed = 0.0
    for column, (low, _) in hanging.items():
        for neighbour in (column + shift - 1, column + shift, column + shift + 1):
            reach = standing.get(neighbour)
            if reach and reach[1] - low > needed:
                needed = reach[1] - low
    return needed


def _columns(atom: PlacedAtom) -> Profile:
    """The atom's ink from its own left edge, in em of the paragraph's size."""
    profile = atom.face.profiles.get(atom.glyphs)
    if profile is None:
        profile = atom.face.profiles[atom.glyphs] = _atom_profile(atom.face, atom.glyphs)
    if atom.ratio == 1.0:
        return profile
    scaled: Profile = {}
    for column, (low, high) in profile.items():
        _widen(scaled, round(column * atom.ratio), low * atom.ratio, high * atom.ratio)
    return scaled


def _atom_profile(face: Face, glyphs: tuple[Glyph, ...]) -> Profile:
    profile: Profile = {}
    pen = 0
    for glyph in glyphs:
        shift = round((pen + glyph.dx) / face.upem * _COLUMNS)
        rise = glyph.dy / face.upem
        for column, (low, high) in _glyph_profile(face, glyph.gid).items():
            _widen(profile, shift + column, low + rise, high + rise)
        pen += glyph.advance
    return profile


def _glyph_profile(face: Face, gid: int) -> Profile:
    profile = face.glyph_profiles.get(gid)
    if profile is None:
        tracer = _Tracer(face.upem)
        face.hb_font.draw_glyph_with_pen(gid, tracer)
        profile = face.glyph_profiles[gid] = tracer.profile
    return profile


def _widen(profile: Profile, column: int, low: float, high: float) -> None:
    known = profile.get(column)
    if known is None:
        profile[column] = (low, high)
    elif low < known[0] or high > known[1]:
        profile[column] = (min(low, known[0]), max(high, known[1]))


class _Tracer:
    """A pen (fontTools' protocol) that notes which columns an outline passes, and how high."""

    def __init__(self, upem: int) -> None:
        self.profile: Profile = {}
        self._upem = upem
        self._start = self._at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:
        self._start = self._at = point

    def lineTo(self, point: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = self._at, point
        scale = _COLUMNS / self._upem
        first, last = round(x0 * scale), round(x1 * scale)
        low, high = (y0, y1) if y0 < y1 else (y1, y0)
        if abs(last - first) <= 1:  # nearly all pieces are this short
            _widen(self.profile, first, low / self._upem, high / self._upem)
            _widen(self.profile, last, low / self._upem, high / self._upem)
        else:
            steps = abs(last - first) * 2
            for step in range(steps + 1):
                part = step / steps
                height = (y0 + (y1 - y0) * part) / self._upem
                _widen(self.profile, round((x0 + (x1 - x0) * part) * scale), height, height)
        self._at = point

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        (x0, y0), ((x1, y1), (x2, y2)) = self._at, points
        for step in range(1, _STEPS + 1):
            part = step / _STEPS
            a, b, c = (1 - part) ** 2, 2 * (1 - part) * part, part * part
            self.lineTo((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))

    def curveTo(self, *points: tuple[float, float]) -> None:
        (x0, y0), ((x1, y1), (x2, y2), (x3, y3)) = self._at, points
        for step in range(1, _STEPS + 1):
            part = step / _STEPS
            rest = 1 - part
            a, b, c, d = rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3
            self.lineTo((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))

    def closePath(self) -> None:
        self.lineTo(self._start)

    def endPath(self) -> None:
        """An open outline has nothing to add."""
