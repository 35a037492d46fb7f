"""Shaping: from an atom's text to its glyphs, by HarfBuzz, once for each face.

An atom is shaped by itself; tests/test_text_shape.py holds every face to giving the same glyphs
as shaping whole sentences. The space that follows a word belongs to the word's atom; `Shaped` also
carries the atom without it, for the end of a line.
"""

from __future__ import annotations

from typing import NamedTuple

import uharfbuzz as hb

from handbill.glyphs import Atom, Glyph
from handbill.text import han
from handbill.text.breaks import SPACES
from handbill.text.faces import Face

Features = list[tuple[int, int, bool]]
"""Stretches of text (start, end) in which a feature is on."""


class Shaped(NamedTuple):
    """A shaped atom; ``bare`` is the same as it stands at a line's end: without its last spaces, and
    with a full-width mark there at half its width. ``head`` is the atom as it stands at a line's start,
    where an opening full-width mark takes half its width.

    ``top`` and ``bottom`` are the highest and the lowest ink from the baseline; ``left`` and
    ``right`` how far ink stands out of the bare atom to either side (positive: out). Font units.
    """

    atom: Atom
    bare: Atom
    head: Atom
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


def features_of(text: str, script: str, ahead: str = "", edge: han.Edge = "") -> dict[str, Features]:
    """The OpenType features that ``text`` is shaped with besides those that are always on."""
    if script not in han.SQUARE_SCRIPTS:
        return {}
    halved = [(place, place + 1, True) for place in han.half_width(text, ahead, edge)]
    return {"halt": halved} if halved else {}


def _shape(
    face: Face, text: str, rtl: bool, script: str, lang: str, before: str, after: str, ahead: str
) -> Shaped:
    def glyphs_of(shown: str, next_letter: str, edge: han.Edge) -> list[tuple[Glyph, int]]:
        """The glyphs of ``shown``, the beginning of the text, each with its cluster's place."""
        buffer = hb.Buffer()
        buffer.add_str(before + shown + next_letter + after, len(before), len(shown) + len(next_letter))
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.script = script
        buffer.language = lang
        features = features_of(shown, script, next_letter, edge)
        hb.shape(face.hb_font, buffer, _moved(features, len(before)))
        raw = [
            (info.codepoint, info.cluster - len(before), position.position)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
        raw = [entry for entry in raw if entry[1] < len(shown)]
        texts = _cluster_texts(face, shown, [(gid, cluster) for gid, cluster, _ in raw])
        return [
            (Glyph(gid, dx, dy, advance, words), cluster)
            for (gid, cluster, (dx, dy, advance, _)), words in zip(raw, texts, strict=True)
        ]

    def differs(shown: str, edge: han.Edge) -> bool:
        return features_of(shown, script, edge=edge) != features_of(shown, script)

    found = glyphs_of(text, ahead, "")
    atom = head = _atom(face, text, rtl, [glyph for glyph, _ in found])
    if differs(text, "start"):
        head = _atom(face, text, rtl, [glyph for glyph, _ in glyphs_of(text, ahead, "start")])
    if ahead:
        return shape(face, text, rtl, script, lang, before)._replace(atom=atom, head=head)
    stripped = text.rstrip(SPACES)
    if differs(stripped, "end"):
        bare = _atom(face, stripped, rtl, [glyph for glyph, _ in glyphs_of(stripped, "", "end")])
    elif len(stripped) < len(text):
        bare = _atom(face, stripped, rtl, [glyph for glyph, cluster in found if cluster < len(stripped)])
    else:
        bare = atom
    return Shaped(atom, bare, head, *_ink(face, bare))


def _moved(features: dict[str, Features], by: int) -> dict[str, Features]:
    return {tag: [(start + by, end + by, on) for start, end, on in spans] for tag, spans in features.items()}


def _atom(face: Face, text: str, rtl: bool, glyphs: list[Glyph]) -> Atom:
    return Atom(face.name, text, rtl, tuple(glyphs), sum(glyph.advance for glyph in glyphs))


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
