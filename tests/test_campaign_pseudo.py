"""Pseudo-text and stand-ins: a piece can be looked at before its words are translated, never printed."""

from __future__ import annotations

import re

import polib
import pytest
from campaign_tree import load_sample

from handbill.campaign.campaign import load_campaign
from handbill.campaign.pseudo import count_letters, growth_of, pseudo
from handbill.campaign.translations import update
from handbill.problems import PieceError

ENGLISH = "**Call** the NSPCC on {{ nspcc.phone }}. It is not your fault, and you can call at any time."


@pytest.fixture(scope="module")
def languages(root):
    return load_campaign(root).languages


@pytest.mark.parametrize("tag", ["pl", "ur", "bn", "zh-Hans"])
def test_pseudo_text_is_written_with_the_language_s_letters(languages, tag):
    """A proof in letters that the language lacks would prove another font than the one that prints."""
    language = languages[tag]
    made = pseudo(ENGLISH, language)
    assert "{{ nspcc.phone }}" in made and made.count("**") == 2
    words = re.sub(r"\{\{.*?\}\}|[*\s.,;۔。]", "", made)
    assert set(words.lower()) <= set(language.exemplars), "letters that are none of the language's"
    assert made == pseudo(ENGLISH, language), "the same words differ from one time to the next"


@pytest.mark.parametrize("tag", ["pl", "ur", "bn", "zh-Hans"])
@pytest.mark.parametrize("growth", [None, 1.4])
def test_pseudo_text_is_as_long_as_asked(languages, tag, growth):
    """Room that is measured with too short words would promise what is not there."""
    words = "When a young person tells you something, stay calm and listen to every word of it"
    made = pseudo(words, languages[tag], growth)
    wanted = count_letters(words.replace(" ", "")) * (growth or growth_of(languages[tag]))
    assert count_letters(made.replace(" ", "")) == pytest.approx(wanted, abs=2)
    assert (" " in made) == (tag != "zh-Hans")


@pytest.mark.parametrize("tag", ["pl", "ur", "bn", "zh-Hans"])
def test_expected_length_is_near_that_of_real_translations(root, tag):
    """Room that is told before the first word is translated rests on this guess: not too short, which would
    promise too much, nor so long that nothing fits."""
    campaign = load_campaign(root)
    entries = campaign.catalogues[tag].entries.values()
    done = [entry for entry in entries if entry.translation and "{{" not in entry.english]
    real = sum(count_letters(entry.translation) for entry in done)
    english = sum(count_letters(entry.english) for entry in done)
    assert 0.97 * real <= growth_of(campaign.languages[tag]) * english <= 1.25 * real


def test_no_pseudo_word_is_longer_than_words_are(languages):
    """One monster too wide for its column would keep its whole piece from being measured."""
    words = "Safeguarding responsibilities of multidisciplinary representatives"
    for tag in ("pl", "ur", "bn"):
        made = pseudo(words, languages[tag], 1.6).split()
        assert len(made) > len(words.split()) and max(map(count_letters, made)) <= 12


def test_stand_in_takes_the_place_of_what_is_not_translated(tmp_path):
    """A proof shows the whole piece: what is translated, and what stands in for the rest."""
    load_sample(tmp_path)
    update(load_campaign(tmp_path), "pl")
    path = tmp_path / "content/translations/pl.po"
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = "Coś jest nie tak" if entry.msgid == "Something is not right" else ""
        if entry.msgid == "Danger now: {{ emergency.phone }}":
            entry.msgstr, entry.flags = "Teraz: {{ emergency.phone }}", ["fuzzy"]
        if entry.msgid == "It can be any child.":
            entry.msgstr = "Zgubione {{ nspcc.phone }}"
    catalogue.metadata |= {
        "X-Handbill-State": "approved",
        "X-Handbill-By": "A. Reader",
        "X-Handbill-On": "2026-11-01",
    }
    catalogue.save(str(path))
    campaign = load_campaign(tmp_path)
    asked = []

    def stand_in(context, english):
        asked.append((context, english))
        return f"«{english}»"

    piece = campaign.bind("parents", "leaflet", "pl", stand_in=stand_in)
    cover, what = piece.regions["cover"][0], piece.regions["inside"][0]
    assert cover.title.plain == "Coś jest nie tak"
    assert cover.call[0].plain == "«Danger now: 999»"
    assert [item.plain for item in what.items] == ["«It is always abuse.»", "«It can be any child.»"]
    assert ("cover", "Something is not right") not in asked and ("what", "What it is") in asked
    assert {problem.code for problem in piece.warnings} >= {
        "translation/missing",
        "translation/fuzzy",
        "translation/placeholder",
    }
    assert piece.state == "draft", "words that nobody wrote would pass as approved"
    with pytest.raises(PieceError):
        campaign.bind("parents", "leaflet", "pl")


def test_stand_in_serves_a_language_without_a_catalogue(tmp_path):
    """A language that has just been given its record can be proved at once."""
    campaign = load_sample(tmp_path)
    piece = campaign.bind("parents", "poster", "pl", stand_in=lambda context, english: english.upper())
    assert piece.regions["headline"][0].title.plain == "IS SOMETHING NOT RIGHT?"
    assert "translation/no-catalogue" in {problem.code for problem in piece.warnings}
