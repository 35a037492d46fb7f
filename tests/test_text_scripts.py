"""What each script and language asks of good setting: one rule a test, told by what a reader would see."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from test_text_ink import DOTS, picture
from text_setting import LIBRARY, RECORDS, SCRIPTS, WEIGHTS, set_text, shown, text_of_glyphs

from handbill.text.breaks import opportunities
from handbill.text.itemise import itemise
from handbill.text.model import Span
from handbill.text.shape import shape

RIGHT_TO_LEFT = [lang for lang, script in SCRIPTS.items() if script.rtl]


def pieces(text: str, lang: str) -> list[str]:
    """The text between the places where a line may end."""
    return [text[start:end] for start, end in pairwise((0, *opportunities(text, lang)))]


def faces(lang: str, *words: str | Span) -> list[tuple[str, str]]:
    """(text, face) of each item, in logical order."""
    spans = [Span(word) if isinstance(word, str) else word for word in words]
    found = itemise(spans, SCRIPTS[lang], LIBRARY, "regular", "bold")
    return [(found.text[item.start : item.end], item.face.name) for item in found.items]


def gids(lang: str, text: str, weight: str = "regular") -> list[int]:
    """The glyphs of a word in the language's own face."""
    script = SCRIPTS[lang]
    face = LIBRARY.face(script.faces[weight][0])
    return [glyph.gid for glyph in shape(face, text, script.rtl, script.script, lang).atom.glyphs]


# Sizes


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_latin_name_looks_as_large_as_in_english(lang: str, weight: str) -> None:
    """“Childline” is looked for by those who cannot read the rest: it is never smaller than in an English
    leaflet, nor so much larger that it shouts."""
    paragraph = set_text(lang, Span("Childline", kind="name"), weight=weight)
    (run,) = paragraph.lines[0].runs
    assert run.face == f"atkinson-{weight}"
    assert 1 <= run.size / 12 <= 1.09


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
def test_small_letters_are_as_large_as_latin_ones(lang: str) -> None:
    """At one size of the layout, the smallest letter of each language is at least about as high as the
    Latin x beside it, the best measure of legible size there is (print-spec.md 6.1)."""
    latin = LIBRARY.face("atkinson-regular")
    height = RECORDS[lang]["smallest_letter"]["height"] * SCRIPTS[lang].size_ratio
    assert height >= latin.x_height / latin.upem


# Arabic, Persian, Urdu


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
@pytest.mark.parametrize("number", ["0800 1111", "999", "0808 800 5000"])
def test_numbers_run_left_to_right_wherever_they_stand(lang: str, number: str) -> None:
    """Plain UAX #9 turns 0800 1111 round after an Arabic letter: another number."""
    phone = Span(number, kind="phone")
    word = {"ar": "اتصل", "fa": "تماس", "ur": "فون"}[lang]
    for before, after in ((f"{word} ", f" {word}؟"), ("", f"، {word}"), (f"{word}: ", ".")):
        (line,) = set_text(lang, before, phone, after, width=400).lines
        assert number in "".join(shown(line))


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_own_marks_come_from_the_own_face(lang: str) -> None:
    """A question mark or comma after a Latin name is the one of the sentence, and stands at its left."""
    own = SCRIPTS[lang].faces["regular"][0]
    word = {"ar": "اتصل", "fa": "تماس", "ur": "فون"}[lang]
    for mark in "؟،؛":
        assert faces(lang, f"{word} ", Span("Childline", kind="name"), mark)[-1] == (mark, own)
        (line,) = set_text(lang, f"{word} ", Span("Childline", kind="name"), mark).lines
        assert shown(line)[0] == mark


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_guillemets_open_towards_their_words(lang: str) -> None:
    """« is typed first and stands at the right, turned, so that the pair points outwards."""
    opening, closing = RECORDS[lang]["quotes"]["outer"]
    (line,) = set_text(lang, f"{opening}من{closing}").lines
    glyphs = [glyph for run in line.runs for atom in run.atoms for glyph in atom.glyphs]
    face = LIBRARY.face(SCRIPTS[lang].faces["regular"][0])
    assert (glyphs[-1].text, glyphs[-1].gid) == ("«", face.hb_font.get_nominal_glyph(ord("»")))
    assert (glyphs[0].text, glyphs[0].gid) == ("»", face.hb_font.get_nominal_glyph(ord("«")))


def test_half_space_parts_letters_but_not_lines() -> None:
    """Persian “می‌توانید” is one word in two joined parts: the yeh before the half-space has its final
    form, the line does not end there, and a copied word still has it."""
    word = "می\u200cتوانید"
    assert pieces(f"شما {word} بگویید", "fa") == ["شما ", f"{word} ", "بگویید"]
    face = LIBRARY.face("persian-regular")
    atom = shape(face, word, True, "Arab", "fa").atom
    assert text_of_glyphs(atom) == word
    alone = shape(face, "می", True, "Arab", "fa").atom
    drawn = [glyph.gid for glyph in atom.glyphs if glyph.text.rstrip("\u200c") or glyph.advance]
    assert drawn[-len(alone.glyphs) :] == [glyph.gid for glyph in alone.glyphs]
    joined = shape(face, word.replace("\u200c", ""), True, "Arab", "fa").atom
    assert [glyph.gid for glyph in joined.glyphs] != drawn


def test_arabic_and_persian_have_letters_of_their_own() -> None:
    """The final yeh has dots in Arabic and none in Persian, the final kaf a bar in Persian only: the
    faces draw each as its readers know it."""
    assert gids("ar", "ك") != gids("ar", "ک")
    assert gids("fa", "ك") != gids("fa", "ک")
    for lang, dotted, plain in (("ar", "في", "فى"), ("fa", "في", "فی")):
        script = SCRIPTS[lang]
        face = LIBRARY.face(script.faces["regular"][0])
        dots, none = (shape(face, text, True, "Arab", lang) for text in (dotted, plain))
        assert dots.bottom < none.bottom, "the dots hang below"


# Gurmukhi and Bengali


def gaps(lang: str, word: str, weight: str) -> int:
    """How often the stroke that letters hang from is interrupted in a word of 72 pt, where it is least:
    its upper edge may be notched."""
    paragraph = set_text(lang, word, size=72, weight=weight, width=1000)
    ink = picture(paragraph, 0)
    face = LIBRARY.face(SCRIPTS[lang].faces[weight][0])
    top = face.ink(gids(lang, RECORDS[lang]["smallest_letter"]["char"], weight)[0])[3] / face.upem
    rows = [
        round((60 + paragraph.ascent - (top - depth) * paragraph.size) * DOTS)
        for depth in np.arange(0.01, 0.08, 0.005)
    ]
    return min(int((np.diff(np.flatnonzero(ink[row])) > 1).sum()) for row in rows)


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize(
    ("lang", "word"),
    [("pa", "ਕਰਦਾ"), ("pa", "ਗੱਲਾਂ"), ("pa", "ਨਹੀਂ"), ("bn", "করুন"), ("bn", "কিছু"), ("bn", "জানান")],
)
def test_headline_is_one_stroke(lang: str, word: str, weight: str) -> None:
    """Letters hang from one line; a gap in it looks like two words, and shows most in heavy headlines."""
    assert gaps(lang, word, weight) == 0


def test_a_gap_in_the_headline_is_seen() -> None:
    """The measure above finds the gap between two words."""
    assert gaps("pa", "ਕਰ ਦਾ", "heavy") == 1


def test_below_base_letters_and_nukta_are_formed() -> None:
    """A virama that shows, or a dot beside its letter, is how broken Gurmukhi and Gujarati look."""
    for lang, virama, words in (
        ("pa", "\u0a4d", ("ਪ੍ਰ", "ਨ੍ਹਾਂ", "ਸ੍ਵੈ")),
        ("gu", "\u0acd", ("ક્ષ", "જ્ઞ", "ત્ર", "શ્રી", "ર્ક")),
    ):
        shown_virama = gids(lang, virama)[-1]
        for word in words:
            assert shown_virama not in gids(lang, word), word
    assert gids("pa", "ਸ\u0a3c") == gids("pa", "\u0a36"), "both spellings of one letter look the same"


# Latin and Cyrillic


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("cy", "o’i"),
        ("cy", "chi’n"),
        ("cy", "’na"),
        ("so", "go’aan"),
        ("so", "lo’"),
        ("tr", "999’u"),
        ("tr", "Childline’ı"),
        ("uk", "п’ять"),
        ("pa", "’ਤੇ"),
    ],
)
def test_an_apostrophe_is_part_of_its_word(lang: str, word: str) -> None:
    """No line ends beside it, and it comes from the face of its letters."""
    assert pieces(f"{word} {word} {word}", lang) == [f"{word} ", f"{word} ", word]
    letters = word.replace("999", "").replace("Childline", "")
    if lang != "pa":
        assert {face for _, face in faces(lang, letters)} == {SCRIPTS[lang].faces["regular"][0]}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "це „наша таємниця“ і все", ["це ", "„наша ", "таємниця“ ", "і ", "все"]),
        ("uk", "– Ні, – каже", ["– Ні, – ", "каже"]),
        ("ar", "قال ”سر“ ثم", ["قال ", "”سر“ ", "ثم"]),
        ("es", "Mira: ¿qué pasa? ¡Dilo!", ["Mira: ", "¿qué ", "pasa? ", "¡Dilo!"]),
        ("pt", "disse «não contes»", ["disse ", "«não ", "contes»"]),
        ("ro", "„e «doar» noi”", ["„e ", "«doar» ", "noi”"]),
        ("cy", "‘mae’n “gyfrinach”’", ["‘mae’n ", "“gyfrinach”’"]),
    ],
)
def test_quotes_stay_with_their_words(lang: str, text: str, expected: list[str]) -> None:
    """Each language's own opening and closing marks are on the right side of a break; “ opens in English
    and closes in Ukrainian."""
    assert pieces(text, lang) == expected


@pytest.mark.parametrize("lang", ["cy", "ro", "pt", "es", "so", "tr", "uk"])
def test_words_of_one_letter_may_end_a_line(lang: str) -> None:
    """That rule is Polish: elsewhere it would leave holes for nothing."""
    assert pieces("a b і o", lang) == ["a ", "b ", "і ", "o"]


def test_language_reaches_the_font() -> None:
    """Romanian readers expect a comma below where Turkish ones expect a cedilla, also where the wrong
    letter was typed; a Turkish i keeps its dot beside an f."""
    assert gids("ro", "ţ") == gids("ro", "ț") != gids("tr", "ţ")
    assert gids("tr", "fi") != gids("en", "fi")
    assert len(set(gids("tr", "iı"))) == 2


def test_turkish_capitals_keep_their_dots() -> None:
    """İ and I are two letters; both, and their small forms, are drawn by the face itself."""
    face = LIBRARY.face("atkinson-heavy")
    assert face.covers_all("İIıi")
    tops = {letter: shape(face, letter, False, "Latn", "tr").top for letter in "İIıi"}
    assert tops["İ"] > tops["I"] and tops["i"] > tops["ı"]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_ukrainian_is_set_in_one_face(weight: str) -> None:
    """Atkinson has no Cyrillic; Latin names and numbers among it stay Atkinson's."""
    own = SCRIPTS["uk"].faces[weight][0]
    found = itemise(
        [Span("Їжак, ґанок, п’ять: «є» "), Span("Childline", kind="name"), Span(" 999.")],
        SCRIPTS["uk"],
        LIBRARY,
        weight,
        "bold",
    )
    named = [(found.text[item.start : item.end].strip(), item.face.name) for item in found.items]
    assert named[0] == ("Їжак, ґанок, п’ять: «є»", own)
    assert {face for text, face in named[1:] if text} == {f"atkinson-{weight}"}
