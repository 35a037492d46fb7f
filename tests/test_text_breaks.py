"""Where lines may end, told by the pieces between the opportunities."""

from __future__ import annotations

import pytest

from handbill.text.breaks import opportunities


def pieces(text: str, lang: str = "en", whole: tuple[tuple[int, int], ...] = (), **rules: bool) -> list[str]:
    ends = opportunities(text, lang, whole, **rules)
    return [text[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def test_spaces_and_hyphens() -> None:
    """The everyday case; the space stays with the word before it."""
    assert pieces("a well-known council") == ["a ", "well-", "known ", "council"]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Gall ddigwydd ar-lein.", "cy", ["Gall ", "ddigwydd ", "ar-lein."]),
        ("wyneb all-lein", "cy", ["wyneb ", "all-lein"]),
        ("face-to-face talk", "en", ["face-to-face ", "talk"]),
        ("a grown-up well-off child", "en", ["a ", "grown-up ", "well-off ", "child"]),
        ("Childline-এ ফোন", "bn", ["Childline-এ ", "ফোন"]),
    ],
)
def test_a_hyphen_leaves_no_short_part_alone(text: str, lang: str, expected: list[str]) -> None:
    """“ar-” at a line's end reads as a word of its own, and Welsh is full of such compounds."""
    assert pieces(text, lang) == expected


def test_in_a_narrow_measure_a_hyphen_may_part_any_word() -> None:
    """Better a poor break than a word that does not fit."""
    assert pieces("well-off", "en", loose=True) == ["well-", "off"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w domu i z pracy", ["w domu ", "i z pracy"]),
        ("A u nas w nocy", ["A u nas ", "w nocy"]),
        ("„W domu” (z nami)", ["„W domu” ", "(z nami)"]),
        ("ów i tak", ["ów ", "i tak"]),
    ],
)
def test_polish_single_letter_words_stay_with_the_next(text: str, expected: list[str]) -> None:
    """Polish typesetting never leaves a one-letter conjunction or preposition at a line's end."""
    assert pieces(text, "pl") == expected


def test_single_letters_part_in_other_languages() -> None:
    """The rule is Polish: English may end a line in “a”."""
    assert pieces("a child") == ["a ", "child"]


def test_marked_numbers_and_addresses_stay_whole() -> None:
    """A phone number over two lines is not dialled; a web address over two lines is not typed."""
    text = "Call 0808 800 5000 or https://www.nspcc.org.uk/keeping-children-safe/ now"
    number = text.index("0808")
    address = text.index("https")
    whole = ((number, number + len("0808 800 5000")), (address, text.index(" now")))
    found = pieces(text, "en", whole)
    assert found == [
        "Call ",
        "0808 800 5000 ",
        "or ",
        "https://www.nspcc.org.uk/keeping-children-safe/ ",
        "now",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("free – and open", ["free – ", "and ", "open"]),
        ("Marks & Spencer", ["Marks & ", "Spencer"]),
        ("– one", ["– one"]),
        ("pay £ 5 now", ["pay ", "£ 5 ", "now"]),
        ("کیا ہے ؟", ["کیا ", "ہے ؟"]),
        ("what ? ! now", ["what ? ! ", "now"]),
        ("wait …", ["wait …"]),
        ("– …", ["– …"]),
    ],
)
def test_marks_never_stand_alone(text: str, expected: list[str]) -> None:
    """A dash or a question mark by itself at a line's start looks like a slip."""
    assert pieces(text) == expected


def test_ranges_of_numbers_stay_whole() -> None:
    """“ages 13–” at a line's end reads as if it had no upper end."""
    assert pieces("ages 13–17 or ۱۳-۱۷") == ["ages ", "13–17 ", "or ", "۱۳-۱۷"]


def test_no_hyphenation_at_soft_hyphens() -> None:
    """Clear print is not hyphenated, even where a soft hyphen came along with pasted text."""
    assert pieces("safe\u00adguard\u00ading team") == ["safe\u00adguard\u00ading ", "team"]


def test_no_break_space_holds() -> None:
    """What an editor or translator ties together stays together."""
    assert pieces("10\u00a0am today") == ["10\u00a0am ", "today"]


def test_loose_rules_give_up_good_form_only() -> None:
    """In a measure too narrow for good form the marked numbers are still whole."""
    text = "w domu 0808 800"
    assert pieces(text, "pl", ((7, 15),), loose=True) == ["w ", "domu ", "0808 800"]


def test_thai_breaks_between_words() -> None:
    """Thai is written without spaces: ICU's dictionary finds the words."""
    assert pieces("เด็กทุกคนมีสิทธิ", "th") == ["เด็ก", "ทุก", "คน", "มี", "สิทธิ"]


def test_chinese_marks_do_not_begin_a_line() -> None:
    """Kinsoku: no closing mark at a line's start (clreq)."""
    assert "，" not in {piece[0] for piece in pieces("孩子，你并不孤单。", "zh")}


def test_places_count_characters_beyond_the_first_plane() -> None:
    """ICU counts in UTF-16; a rare letter must not shift every later break."""
    assert pieces("𞤀𞤣 two 𞤀 words") == ["𞤀𞤣 ", "two ", "𞤀 ", "words"]


def test_empty_text() -> None:
    """Nothing to break is no fault."""
    assert opportunities("", "en") == ()
