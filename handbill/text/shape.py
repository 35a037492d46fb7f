"""Shaping: from an atom's text to its glyphs, by HarfBuzz, once for each face.

An atom is shaped by itself; tests/test_text_shape.py holds every face to giving the same glyphs
as shaping whole sentences. The space that follows a word belongs to the word's atom; `Shaped` also
carries the atom without it, for the end of a line.
"""

from __future__ import annotations

from typing import NamedTuple

import uharfbuzz as hb

from handbill.glyphs import Atom, Glyph
from handbill.text.breaks import SPACES
from handbill.text.faces import Face


class Shaped(NamedTuple):
    """A shaped atom; ``bare`` is the same without the spaces at its end.

    ``top`` and ``bottom`` are the highest and the lowest ink from the baseline; ``left`` and
    ``right`` how far ink stands out of the bare atom to either side (positive: out). Font units.
    """

    atom: Atom
    bare: Atom
    top: int
    bottom: int
    left: int
    right: int


def shape(
    face: Face,
    text: str,
    rtl: bool,
    script: str,
    lang: str,
    before: str = "",
    after: str = "",
    ahead: str = "",
) -> Shaped:
    """Shapes ``text``, or finds it in the face's cache.

    ``script`` is an ISO 15924 code, ``lang`` a BCP 47 tag. ``before`` and ``after`` are neighbouring
    letters in another face, where an atom is cut inside a word of a joining script. ``ahead`` is the
    next letter in the same face, where no space comes between (after a hyphen): the atom is kerned to
    it, its bare form is not.
    """
    key = (text, rtl, script, lang, before, after, ahead)
    shaped = face.atoms.get(key)
    if shaped is None:
        shaped = face.atoms[key] = _shape(face, *key)
    return shaped


def _shape(
    face: Face, text: str, rtl: bool, script: str, lang: str, before: str, after: str, ahead: str
) -> Shaped:
    buffer = hb.Buffer()
    buffer.add_str(before + text + ahead + after, len(before), len(text) + len(ahead))
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = lang
    hb.shape(face.hb_font, buffer)
    raw = [
        (info.codepoint, info.cluster - len(before), position.position)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    if ahead:
        raw = [entry for entry in raw if entry[1] < len(text)]
    texts = _cluster_texts(face, text, [(gid, cluster) for gid, cluster, _ in raw])
    glyphs = tuple(
        Glyph(gid, dx, dy, advance, words)
        for (gid, _, (dx, dy, advance, _)), words in zip(raw, texts, strict=True)
    )
    atom = Atom(face.name, text, rtl, glyphs, sum(glyph.advance for glyph in glyphs))
    if ahead:
        return shape(face, text, rtl, script, lang, before)._replace(atom=atom)
    stripped = text.rstrip(SPACES)
    bare = atom
    if len(stripped) < len(text):
        kept = tuple(
            glyph for glyph, (_, cluster, _) in zip(glyphs, raw, strict=True) if cluster < len(stripped)
        )
        bare = Atom(face.name, stripped, rtl, kept, sum(glyph.advance for glyph in kept))
    return Shaped(atom, bare, *_ink(face, bare))


def _ink(face: Face, atom: Atom) -> tuple[int, int, int, int]:
    top = bottom = first = last = pen = 0
    for gid, dx, dy, advance, _ in atom.glyphs:
        left, low, right, high = face.ink(gid)
        if high != low:
            top = max(top, dy + high)
            bottom = min(bottom, dy + low)
            first = min(first, pen + dx + left)
            last = max(last, pen + dx + right)
        pen += advance
    return top, bottom, -first, max(0, last - pen)


def _cluster_texts(face: Face, text: str, glyphs: list[tuple[int, int]]) -> list[str]:
    """The text that each glyph carries: a cluster's whole text on its base glyph, the first in
    visual order that is no mark; "" on the others."""
    starts = sorted({cluster for _, cluster in glyphs})
    if len(starts) == len(glyphs) == len(text):
        return [text[cluster] for _, cluster in glyphs]
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    bases: dict[int, int] = {}
    for place, (gid, cluster) in enumerate(glyphs):
        if cluster not in bases or (face.is_mark(glyphs[bases[cluster]][0]) and not face.is_mark(gid)):
            bases[cluster] = place
    return [
        text[cluster : ends[cluster]] if bases[cluster] == place else ""
        for place, (_, cluster) in enumerate(glyphs)
    ]
