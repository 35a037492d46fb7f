"""Checks across languages: faults that can be seen without knowing the language."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handbill.campaign.faithfulness import Yardstick, compare, read_allowances

ARABIC = Yardstick("Arab", frozenset({"nspcc", "sim", "lgbtq+"}), ("I am worried about a child",))
POLISH = Yardstick("Latn", frozenset({"nspcc"}), ("I am worried about a child",))
CHINESE = Yardstick("Hans", frozenset({"sim"}))

LOOKUPS = (
    "emergency.phone",
    "police.phone",
    "nspcc.phone",
    "nspcc.email",
    "childline.phone",
    "childline.web",
)
NAMES = ("childline.name", "nspcc.name", "ceop.short")


def codes(english, translation, yardstick=POLISH):
    return [problem.code for problem in compare(english, translation, yardstick)]


def looked_up(names, words):
    """A text with the lookups in this order, a word before each."""
    return " ".join(f"{word} {{{{ {name} }}}}" for name, word in zip(names, words, strict=True)) + "."


@given(st.permutations(LOOKUPS), st.integers(2, len(LOOKUPS)), st.data())
def test_any_swapped_pair_of_numbers_is_found(order, count, data):
    """ "Call 0808 800 5000 in danger, 999 for advice" costs minutes that a child does not have."""
    names = order[:count]
    first, second = sorted(data.draw(st.permutations(range(count)))[:2])
    swapped = list(names)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    english = looked_up(names, ["call"] * count)
    assert codes(english, looked_up(names, ["zadzwoń"] * count)) == []
    assert codes(english, looked_up(swapped, ["zadzwoń"] * count)) == ["translation/order"]


@given(st.permutations(LOOKUPS + NAMES), st.data())
def test_any_lost_lookup_is_found(names, data):
    """A leaflet that says "call for help" without the number helps nobody."""
    lost = data.draw(st.integers(0, len(names) - 1))
    rest = [name for at, name in enumerate(names) if at != lost]
    english = looked_up(names, ["call"] * len(names))
    (problem,) = compare(english, looked_up(rest, ["zadzwoń"] * len(rest)), POLISH)
    assert problem.code == "translation/placeholder" and names[lost] in problem.what


def test_a_name_may_change_places_with_its_own_number():
    """ "Call Childline on 0800 1111" is "0800 1111 (Childline)" elsewhere, and no harm is done."""
    english = "Call {{ emergency.phone }}. To talk: {{ childline.name }}, {{ childline.phone }}."
    same = "Zadzwoń {{ emergency.phone }}. Rozmowa: {{ childline.phone }} ({{ childline.name }})."
    moved = "{{ childline.name }}: {{ emergency.phone }}. Rozmowa: {{ childline.phone }}."
    assert codes(english, same) == []
    assert codes(english, moved) == ["translation/order"], "the name stands beside another's number"


@given(st.integers(1, 99), st.integers(0, 99), st.sampled_from(["{} lat", "do {} roku", "{}"]))
def test_any_other_number_is_found(said, written, words):
    """Under 18 is the law; under 81, or under 8, is another."""
    assume(said != written)
    english = f"For someone under {said}, not later."
    assert codes(english, words.format(said)) == []
    assert "translation/number" in codes(english, words.format(written))


@given(st.integers(10, 99), st.integers(0, 1))
def test_any_dropped_digit_is_found(number, at):
    """The commonest slip of a keyboard."""
    assert codes(f"Under {number}?", f"Poniżej {str(number)[at]}?") == ["translation/number"]


@pytest.mark.parametrize("digits", ["١٨", "۱۸", "১৮", "੧੮", "૧૮", "１８", "１8"])
def test_digits_that_no_keypad_has_are_found(digits):
    """A Tower Hamlets release printed ৯৯৯, which no phone here shows (terminology.md, Bengali)."""
    (problem,) = compare("Under 18?", f"عمر {digits}؟", ARABIC)
    assert problem.code == "translation/digits" and "0 to 9" in problem.remedy


def test_bold_words_stay_bold():
    """What shouts in English must shout in every language, and nothing else."""
    assert codes("Do **not** film.", "**Nie** filmuj.") == []
    assert codes("Do **not** film.", "Nie filmuj.") == ["translation/bold"]
    assert codes("Do not film.", "**Nie** filmuj.") == ["translation/bold"]


@pytest.mark.parametrize(
    ("english", "translation", "found"),
    [
        ("Do not promise to keep secrets.", "Do not promise to keep secrets.", True),
        ("Do not promise to keep secrets.", "do not PROMISE to keep secrets", True),
        ("Stay calm. Do not promise to keep secrets.", "Spokojnie. Do not promise to keep secrets.", True),
        ("You will not be in trouble", "Nie: will not be in", True),
        ("Stay calm. Do not run.", "Spokojnie, do not biegnij.", False),
        ("Call {{ nspcc.name }}.", "Zadzwoń: {{ nspcc.name }}.", False),
        ("{{ nspcc.phone }}", "{{ nspcc.phone }}", False),
        ("NSPCC", "NSPCC", False),
        ("Say: “I am worried about a child.”", "Powiedz: „I am worried about a child.”", False),
        ("It’s not your fault at all", "It's not your fault: to nie", True),
    ],
)
def test_english_left_in_is_found(english, translation, found):
    """A sentence that stayed English looks finished to who cannot read the language."""
    assert ("translation/untranslated" in codes(english, translation)) is found


def test_one_word_that_is_the_same_is_asked_about():
    """ "Online" is a word of many languages: somebody should look, nothing is kept back."""
    (problem,) = compare("Alcohol", "Alcohol", POLISH)
    assert (problem.code, problem.severity.value) == ("translation/untranslated", "warning")


@pytest.mark.parametrize(
    ("translation", "yardstick", "found"),
    [
        ("کارڈ SIM", ARABIC, []),
        ("LGBTQ+ بچے", ARABIC, []),
        ("اتصل NSPCC", ARABIC, []),
        ("کہیں: “I am worried about a child.”", ARABIC, []),
        ("بچہ child ہے", ARABIC, ["translation/latin"]),
        ("SIM卡", CHINESE, []),
        ("手机 phone 卡", CHINESE, ["translation/latin"]),
        ("dziecko", POLISH, []),
        ("dziеcko", POLISH, ["translation/letters"]),  # with a Cyrillic е
        ("孩子ребёнок", CHINESE, ["translation/letters"]),
    ],
)
def test_letters_of_another_script_are_found(translation, yardstick, found):
    """A Latin word amid Urdu is read by nobody; a Cyrillic letter amid Polish by no screen reader."""
    assert codes("A thing", translation, yardstick) == found


def test_what_cannot_be_read_is_told_as_such():
    """A broken lookup is the fault, not what the comparison would make of it."""
    assert codes("Call {{ nspcc.phone }}.", "Zadzwoń {{ nspcc.phone }.") == ["content/template"]
    assert codes("Call.", "Zadzwoń\u202e.") == ["content/character"]


def test_an_allowance_needs_a_known_word_and_a_reason():
    """ "allow everything" in a comment must not switch a check off."""
    comment = "Poedit\nallow order: it ends the sentence\nallow latin:\nallow number: x\nallow term: y"
    assert read_allowances(comment) == {"order": "it ends the sentence", "term": "y"}
