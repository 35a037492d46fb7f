"""Which face, language and direction each stretch of a paragraph gets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from text_setting import LIBRARY, SCRIPTS, WEIGHTS, set_text

from handbill.problems import InputError, PieceError, Place
from handbill.text.itemise import itemise
from handbill.text.model import Span, Style
from handbill.text.paragraph import measure, set_paragraph


def parts(lang: str, *words: str | Span, weight: str = "regular") -> list[tuple[str, str]]:
    """(text, face) of each item, in logical order."""
    spans = [Span(word) if isinstance(word, str) else word for word in words]
    found = itemise(spans, SCRIPTS[lang], LIBRARY, weight, "bold")
    return [(found.text[item.start : item.end], item.face.name) for item in found.items]


def test_plain_text_is_one_item() -> None:
    """Nothing is cut that need not be."""
    assert parts("en", "Call 999 (free).") == [("Call 999 (free).", "atkinson-regular")]


@pytest.mark.parametrize("lang", ["ur", "bn"])
def test_latin_is_set_in_atkinson_everywhere(lang: str) -> None:
    """Names, addresses and European digits look the same in every language, though the Nastaliq and
    the Bengali font have Latin letters and digits of their own."""
    word = {"ur": "پولیس", "bn": "পুলিশ"}[lang]
    for latin in ("NSPCC", "999", "help@nspcc.org.uk", "24/7"):
        found = dict(parts(lang, f"{word} {latin} {word}"))
        assert any(latin in text and face == "atkinson-regular" for text, face in found.items()), latin
        assert all(word not in text or face != "atkinson-regular" for text, face in found.items())


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_weight_has_its_faces(weight: str) -> None:
    """A heavy Urdu headline takes the heaviest Nastaliq there is, its Latin the heavy Atkinson."""
    expected = {"regular": "nastaliq-regular", "bold": "nastaliq-bold", "heavy": "nastaliq-bold"}
    found = parts("ur", "پولیس CEOP", weight=weight)
    assert found[0] == ("پولیس", expected[weight])
    assert found[-1][1] == f"atkinson-{weight}"


def test_letters_that_atkinson_lacks_come_from_noto_sans() -> None:
    """A Vietnamese or Yoruba name in an English leaflet is set, its marks on their letters."""
    assert parts("en", "Ask for Nguyễn.") == [
        ("Ask for Nguy", "atkinson-regular"),
        ("ễ", "noto-sans-regular"),
        ("n.", "atkinson-regular"),
    ]
    assert parts("en", "ọ\u0300 x")[0] == ("ọ\u0300", "noto-sans-regular")


def test_brackets_go_with_what_they_hold() -> None:
    """Both brackets around a Latin name come from the name's face, so that they are a pair."""
    assert parts("ur", "پولیس (CEOP) سے") == [
        ("پولیس", "nastaliq-regular"),
        (" (", "atkinson-regular"),
        ("CEOP", "atkinson-regular"),
        (") ", "atkinson-regular"),
        ("سے", "nastaliq-regular"),
    ]
    assert parts("ur", "پولیس (بچے) سے") == [("پولیس (بچے) سے", "nastaliq-regular")]


def test_marks_of_the_script_stay_in_its_face() -> None:
    """Danda and Urdu full stop belong to their script also behind a Latin word."""
    assert parts("bn", "CEOP।")[-1] == ("।", "bengali-regular")
    assert parts("ur", "CEOP۔")[-1] == ("۔", "nastaliq-regular")
    assert parts("ur", "CEOP،")[-1] == ("،", "nastaliq-regular")


def test_language_of_the_words() -> None:
    """A screen reader reads Latin words in an Urdu leaflet as English, but a bare number in the
    listener's own language; a span may say otherwise."""
    found = itemise(
        [
            Span("پولیس "),
            Span("101", kind="phone"),
            Span(" یا "),
            Span("CEOP", kind="name"),
            Span(" "),
            Span("Cymru", lang="cy"),
        ],
        SCRIPTS["ur"],
        LIBRARY,
        "regular",
        "bold",
    )
    langs = {found.text[item.start : item.end].strip(): item.lang for item in found.items}
    assert (langs["پولیس"], langs["101"], langs["CEOP"], langs["Cymru"]) == ("ur", "ur", "en", "cy")


def test_missing_glyph_is_told_with_all_one_needs() -> None:
    """The character, its code and name, the language, the place and what to do."""
    with pytest.raises(PieceError) as error:
        set_paragraph(
            [Span("Emoji 🙂 and ☎")],
            Style(12),
            300,
            SCRIPTS["ur"],
            LIBRARY,
            Place("content/translations/ur.po", 12, "signs"),
        )
    emoji, telephone = error.value.problems
    assert {emoji.code, telephone.code} == {"text/no-glyph"}
    for part in (
        "🙂",
        "U+1F642",
        "SLIGHTLY SMILING FACE",
        "ur",
        "content/translations/ur.po:12",
        "fonts.yaml",
    ):
        assert part in str(emoji)
    assert "U+260E" in str(telephone)


@pytest.mark.parametrize("text", ["a\tb", "a\u0007b", "\ue000"])
def test_characters_without_a_name_are_told_too(text: str) -> None:
    """Control and private characters have no glyph and no name; still no traceback."""
    with pytest.raises(PieceError, match=r"U\+(0009|0007|E000)"):
        set_text("en", text)


def test_bidi_controls_in_the_source_draw_nothing() -> None:
    """Translators paste marks and isolates along; they steer the line and leave no box."""
    paragraph = set_text("ur", "پولیس \u20660808 800\u2069 \u200fسے\u061c")
    assert paragraph.lines[0].text == "پولیس 0808 800 سے"
    gids = [glyph.gid for run in paragraph.lines[0].runs for atom in run.atoms for glyph in atom.glyphs]
    assert all(gids)


def test_unknown_weight_is_told() -> None:
    """A layout that asks for a weight no language has is answered with the nearest."""
    with pytest.raises(InputError, match="Did you mean “heavy”"):
        set_text("en", "word", weight="heavvy")


def test_unknown_face_of_a_language_is_told() -> None:
    """So is a language that names a face which fonts.yaml does not list."""
    script = replace(SCRIPTS["en"], faces={"regular": ("atkinson-regulr",)})
    with pytest.raises(InputError, match="Did you mean “atkinson-regular”"):
        measure([Span("word")], Style(12), script, LIBRARY)
