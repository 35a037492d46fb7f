"""Shaping by atoms: the same glyphs as HarfBuzz gives for whole sentences, each with its text."""

from __future__ import annotations

from dataclasses import replace

import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st
from text_setting import LIBRARY, RECORDS, SCRIPTS, corpus, text_of_glyphs

from handbill.glyphs import Atom
from handbill.text.faces import Face
from handbill.text.galley import set_galleys
from handbill.text.itemise import Item, itemise
from handbill.text.model import Span, Style
from handbill.text.shape import features_of, shape

SPACE_KERN = 0.03
"""Atkinson draws the space before T, V, W and Y closer by up to this much of an em. Atoms, which
begin after the space, do without: the word space is the same everywhere."""

FACES_AND_LANGUAGES = [
    (name, lang)
    for name in sorted(LIBRARY.records)
    for lang, script in sorted(SCRIPTS.items())
    if any(name in names for names in script.faces.values())
    and (script.script == "Latn" or any(name == names[0] for names in script.faces.values()))
]
"""Every face that is shipped, with the languages whose sentences it is made for."""


def whole_run(face: Face, text: str, rtl: bool, script: str, lang: str) -> list[tuple[int, tuple[int, ...]]]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = lang
    hb.shape(face.hb_font, buffer, features_of(text, script))
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.codepoint, place.position[:3]) for info, place in pairs]


def test_every_face_is_tried() -> None:
    """A font that is added without sentences to try it on has not been tried."""
    assert {name for name, _ in FACES_AND_LANGUAGES} == set(LIBRARY.records)


@pytest.mark.parametrize(("name", "lang"), FACES_AND_LANGUAGES)
def test_atoms_give_the_glyphs_of_whole_sentences(name: str, lang: str) -> None:
    """Cutting text at break opportunities before shaping changes no glyph and moves none, in any
    face and language that we ship; only the word space of Atkinson misses its kerning."""
    fallbacks = SCRIPTS[lang].faces["regular"][1:]
    script = replace(SCRIPTS[lang], faces={"regular": (name, *fallbacks)})
    faces = set()
    for text in corpus(lang):
        atoms: dict[Item, list[Atom]] = {}
        (galley,) = set_galleys([Span(text)], Style(12), script, LIBRARY)
        for segment in galley.segments:
            for piece in segment.pieces:
                atoms.setdefault(piece.item, []).append(piece.shaped.atom)
        for item in atoms:
            face, rtl = item.face, bool(item.level & 1)
            faces.add(face.name)
            whole = whole_run(face, text[item.start : item.end], rtl, item.script, item.lang)
            glyphs = []
            for atom in atoms[item]:
                glyphs = [*atom.glyphs, *glyphs] if rtl else [*glyphs, *atom.glyphs]
            assert [glyph.gid for glyph in glyphs] == [gid for gid, _ in whole], text
            for glyph, (_, (dx, dy, advance)) in zip(glyphs, whole, strict=True):
                slack = SPACE_KERN * face.upem if glyph.text == " " else 0
                assert (glyph.dx, glyph.dy) == (dx, dy), text
                assert abs(glyph.advance - advance) <= slack, f"{text}: {glyph}"
    assert name in faces


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
def test_no_sentence_draws_a_missing_glyph(lang: str) -> None:
    """Glyph 0 is an empty box on paper."""
    for text in corpus(lang):
        for item in itemise([Span(text)], SCRIPTS[lang], LIBRARY, "regular", "bold").items:
            words = text[item.start : item.end]
            atom = shape(item.face, words, bool(item.level & 1), item.script, item.lang).atom
            assert all(glyph.gid for glyph in atom.glyphs), words


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_character_is_carried_by_one_glyph(lang: str, data: st.DataObject) -> None:
    """Read in order, the glyphs' texts are the atom's: nothing is lost or doubled when text is
    copied out of the PDF; and the bare atom is the atom without its last space."""
    script = SCRIPTS[lang]
    letters = st.sampled_from(RECORDS[lang]["exemplars"].replace(" ", ""))
    text = data.draw(st.text(letters, min_size=1, max_size=12)) + " "
    face = LIBRARY.face(script.faces["regular"][0])
    shaped = shape(face, text, script.rtl, script.script, lang)
    assert text_of_glyphs(shaped.atom) == shaped.atom.text == text
    assert text_of_glyphs(shaped.bare) == shaped.bare.text == text[:-1]
    assert shaped.atom.advance == sum(glyph.advance for glyph in shaped.atom.glyphs)
    assert shaped.bare.advance == sum(glyph.advance for glyph in shaped.bare.glyphs)


def test_base_glyph_carries_the_cluster() -> None:
    """In “بچے” the dots are glyphs of their own; the letters' bodies carry the text, the dots none."""
    face = LIBRARY.face("nastaliq-regular")
    glyphs = shape(face, "بچے", True, "Arab", "ur").atom.glyphs
    assert [glyph.text for glyph in glyphs if glyph.text] == ["ے", "چ", "ب"]
    assert all(not face.is_mark(glyph.gid) for glyph in glyphs if glyph.text)
    assert len(glyphs) > 3


def test_letters_join_across_a_change_of_weight() -> None:
    """Half a word in bold is still one word: its letters keep their joined forms."""
    face = LIBRARY.face("nastaliq-regular")
    alone = shape(face, "ب", True, "Arab", "ur").atom
    joined = shape(face, "ب", True, "Arab", "ur", after="چ").atom
    assert text_of_glyphs(joined) == "ب"
    assert [glyph.gid for glyph in joined.glyphs] != [glyph.gid for glyph in alone.glyphs]


def test_words_are_shaped_once() -> None:
    """The cache lives with the face: the same word is the same object in every document."""
    face = LIBRARY.face("atkinson-regular")
    assert shape(face, "child ", False, "Latn", "en") is shape(face, "child ", False, "Latn", "en")
