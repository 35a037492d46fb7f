"""Letters of a related language in a translation: told with what to write, and kept from the press."""

from __future__ import annotations

import polib
import pytest
from campaign_tree import plant
from text_setting import RECORDS, corpus

from handbill.campaign.campaign import load_campaign
from handbill.campaign.fill import RichSpan
from handbill.campaign.languages import Language
from handbill.campaign.letters import find_foreign_letters
from handbill.campaign.translations import update
from handbill.problems import PieceError, Place, Problem

PLACE = Place("content/translations/fa.po", 12, "signs")


def found(lang: str, *words: str | RichSpan) -> list[Problem]:
    spans = tuple(RichSpan(word) if isinstance(word, str) else word for word in words)
    return find_foreign_letters(spans, Language.model_validate(RECORDS[lang]), PLACE)


@pytest.mark.parametrize("lang", sorted(RECORDS))
def test_good_sentences_pass(lang: str) -> None:
    """What the language is really written with is never refused."""
    # Its last lines try every letter there is; Ukrainian has a second apostrophe there.
    sentences = [text for text in corpus(lang) if "ʼ" not in text]
    assert sentences
    assert [problem for text in sentences for problem in found(lang, text)] == []


@pytest.mark.parametrize("lang", sorted(RECORDS))
def test_no_letter_is_both_used_and_not(lang: str) -> None:
    """A slip in the record would keep back every leaflet of the language."""
    record = Language.model_validate(RECORDS[lang])
    letters = {sign for sign in record.exemplars if sign.isalpha() and sign != "ʼ"}
    assert letters & set(record.not_used) == set()
    assert set(record.not_used) & {sign for right in record.not_used.values() for sign in right} == set()


@pytest.mark.parametrize(
    ("lang", "text", "wrong", "right"),
    [
        ("fa", "با كودک حرف بزنید", "ك", "ک"),
        ("fa", "يک نفر", "ي", "ی"),
        ("fa", "می¬توانید", "¬", "U+200C"),
        ("ar", "إذا کان الطفل", "ک", "ك"),
        ("ar", "فی خطر", "ی", "ي"),
        ("ur", "كوئی بچہ", "ك", "ک"),
        ("ur", "وه بچہ", "ه", "ہ"),
        ("ro", "Sunaţi acum", "ţ", "ț"),
        ("ro", "Şi tu", "Ş", "Ș"),
        ("uk", "ты не один", "ы", "и"),
        ("uk", "сім'я", "'", "’"),
        ("so", "su'aal", "'", "’"),
        ("tr", "999'u arayın", "'", "’"),
        ("cy", "mae'n iawn", "'", "’"),
        ("pa", "ਮਦਦ ਹੈ|", "|", "।"),
        ("gu", "મદદ છે।", "।", "."),
        ("zh-Hans", "请打电话,现在", ",", "，"),
    ],
)
def test_a_neighbour_is_told_with_what_is_right(lang: str, text: str, wrong: str, right: str) -> None:
    """The message names both signs, with their numbers, since they look alike; and the word."""
    (problem,) = found(lang, text)
    assert problem.code == "translation/foreign-letter"
    assert problem.place == PLACE
    assert f"U+{ord(wrong):04X}" in problem.what and right in problem.remedy
    assert next(word for word in text.split() if wrong in word) in problem.what


def test_each_sign_is_told_once() -> None:
    """A whole text typed on an Arabic keyboard is one message a letter, not a hundred."""
    assert len(found("fa", "كي كي كي")) == 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fa", ("خدمات (Children's Social Care, CSE; is it?) کودکان",)),
        ("ar", ("(child sexual exploitation, CSE)، نعم",)),
        ("ar", ("CSE, CEOP؟",)),
        ("zh-Hans", ("10,000 个孩子",)),
        ("fa", ("تماس با ", RichSpan("Shout, ok?", kind="name"), "؟")),
        ("uk", ("Children's Social Care",)),
    ],
)
def test_english_words_keep_their_marks(lang: str, words: tuple[str | RichSpan, ...]) -> None:
    """Commas inside an English term, in a service's name or in a number are no fault."""
    assert found(lang, *words) == []


@pytest.mark.parametrize(
    "words", [("کودکان (CSE), سلام",), ("تماس با ", RichSpan("Childline", kind="name"), "?")]
)
def test_the_sentence_goes_on_after_an_english_word(words: tuple[str | RichSpan, ...]) -> None:
    """A Latin comma after a bracket or a name is one of the Persian sentence all the same."""
    assert len(found("fa", *words)) == 1


def test_a_leaflet_with_a_wrong_letter_is_kept_back(tmp_path) -> None:
    """Only the pieces that print it; the message points at the line of the catalogue."""
    plant(tmp_path)
    languages = tmp_path / "content" / "languages.yaml"
    head, polish = languages.read_text(encoding="utf-8").split("  pl:")
    languages.write_text(f'{head}  pl:\n    not_used: {{"ş": "ś"}}{polish}', encoding="utf-8")
    update(load_campaign(tmp_path), "pl")
    path = tmp_path / "content" / "translations" / "pl.po"
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = entry.msgid + (" Coş" if "any child" in entry.msgid else "")
        entry.tcomment = "allow english: the letters are what is looked at"
    catalogue.save(str(path))
    campaign = load_campaign(tmp_path)
    with pytest.raises(PieceError) as caught:
        campaign.bind("parents", "leaflet", "pl")
    (problem,) = caught.value.problems
    assert problem.code == "translation/foreign-letter"
    assert problem.place and problem.place.file == "content/translations/pl.po" and problem.place.line
    assert campaign.bind("parents", "poster", "pl").blocks
