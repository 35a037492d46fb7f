"""The campaign as shipped: it loads clean, teaches every must-fact, reads easily, and hides nothing."""

from __future__ import annotations

import re

import pytest
import textstat

from handbill.campaign.bound import ContactsBlock, CoverBlock, StripBlock
from handbill.campaign.campaign import load_campaign
from handbill.campaign.catalogue import Catalogue
from handbill.campaign.facts import find_uncovered
from handbill.campaign.reading import (
    FEWEST_WORDS,
    count_syllables,
    list_texts,
    measure_grade,
    split_sentences,
)
from handbill.campaign.strings import list_strings
from handbill.problems import Severity

AUDIENCES = ("parents", "young-people", "drivers", "shop-workers")
PIECES = [(audience, piece) for audience in AUDIENCES for piece in ("leaflet", "poster")]

# The brief's index for the checker, section A.
MUST = {
    "parents": "1-7 10 12-15 17-21 23 32-56 58-61 71-72 74-75 82-87 90-96",
    "young-people": "1-7 10 13-15 17-20 34 38 53 55-56 58-61 71-72 82 85-86 90-96",
    "drivers": "1-2 4-6 12-13 18 21 32 36 38 40-42 46 50 53 79 82-84 86-87 91",
    "shop-workers": "1-2 4-6 13 21 32 36-38 41-43 46-47 50 53 79 82-84 86-87 91",
}


@pytest.fixture(scope="module")
def campaign(root):
    return load_campaign(root)


def test_no_warning_but_the_linter_s(campaign):
    """Nothing is unused, unreadable or forgotten; W rules that a human has to judge are few."""
    assert [str(warning) for warning in campaign.warnings if not warning.code.startswith("style/")] == []
    assert all(warning.severity is Severity.WARNING for warning in campaign.warnings)
    assert len(campaign.warnings) <= 5


@pytest.mark.parametrize(("audience", "piece"), PIECES)
def test_every_piece_binds_in_english(campaign, audience, piece):
    """Each piece is there, and the first thing on it is its cover."""
    bound = campaign.bind(audience, piece, "en")
    assert isinstance(bound.blocks[0], CoverBlock)
    assert bound.review.plain and bound.title.plain and bound.code


@pytest.mark.parametrize("audience", AUDIENCES)
def test_leaflet_teaches_every_must_fact(campaign, audience):
    """Who reads the whole leaflet has learnt what the brief demands for this audience."""
    facts = frozenset(campaign.bind(audience, "leaflet", "en").facts)
    assert find_uncovered(campaign.facts, audience, facts) == ()


def test_the_register_of_facts_is_the_brief_s(campaign):
    """97 facts, two of them kept off print, the must-facts those of the index of the brief."""
    assert sorted(campaign.facts) == list(range(1, 98))
    assert [number for number, fact in campaign.facts.items() if fact.out] == [22, 97]
    for audience, index in MUST.items():
        wanted = [
            number
            for part in index.split()
            for number in range(int(part.split("-")[0]), int(part.split("-")[-1]) + 1)
        ]
        assert find_uncovered(campaign.facts, audience, frozenset()) == tuple(wanted)


@pytest.mark.parametrize(("audience", "piece"), PIECES)
def test_danger_number_everywhere(campaign, audience, piece):
    """999 stands on each piece, and is the first number on every adult one."""
    contacts = campaign.bind(audience, piece, "en").contacts
    assert "999" in contacts
    assert audience == "young-people" or contacts[0] == "999"


@pytest.mark.parametrize(("audience", "piece"), [row for row in PIECES if row[0] != "young-people"])
def test_every_adult_piece_speaks_to_the_young_reader(campaign, audience, piece):
    """A young person may pick up any piece: the strip with Childline is there."""
    bound = campaign.bind(audience, piece, "en")
    assert any(isinstance(block, StripBlock) for block in bound.blocks)
    assert "0800 1111" in bound.contacts


@pytest.mark.parametrize(("audience", "piece"), PIECES)
def test_only_contacts_fit_to_print(campaign, audience, piece):
    """Every number printed is one of the register's, and none is of doubtful standing."""
    fit = {
        value
        for contact in campaign.contacts.values()
        if contact.printable
        for value in (contact.phone, contact.text, contact.email, contact.web)
    }
    assert set(campaign.bind(audience, piece, "en").contacts) <= fit


FEWEST_WORDS_OF_PROSE = 60


@pytest.mark.parametrize(("audience", "piece"), PIECES)
def test_reading(campaign, audience, piece):
    """Sentences and grade stay within the audience's limits: by our measure, and by one of textstat's.

    textstat's automated readability index counts letters; its Flesch-Kincaid would fetch a
    dictionary from the network. Labels, of which posters are made, are no sentences to it.
    """
    limits = campaign.audiences[audience].record.reading
    sentences = split_sentences(list_texts(campaign.bind(audience, piece, "en")))
    longest = max(sentences, key=lambda sentence: len(sentence.words))
    assert len(longest.words) <= limits.max_sentence_words, " ".join(longest.words)
    words = sum(len(sentence.words) for sentence in sentences)
    assert words < FEWEST_WORDS or measure_grade(sentences) <= limits.max_grade
    prose = " ".join(" ".join(sentence.words) + "." for sentence in sentences)
    assert textstat.sentence_count(prose) <= len(sentences)
    assert words < FEWEST_WORDS_OF_PROSE or textstat.automated_readability_index(prose) <= limits.max_grade


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("gave", 1),
        ("wanted", 2),
        ("moved", 1),
        ("little", 2),
        ("people", 2),
        ("exploitation", 4),
        ("CCTV", 4),
        ("child", 1),
        ("friend's", 1),
        ("gives", 1),
        ("changes", 2),
        ("age-limited", 4),
        ("the", 1),
        ("safe", 1),
    ],
)
def test_syllables(word, syllables):
    """The grade rests on counting syllables as people say them."""
    assert count_syllables(word) == syllables


def test_grade_of_a_known_text():
    """Six words of seven syllables in two sentences: the formula by hand gives -0.65."""
    from handbill.campaign.bound import Text
    from handbill.campaign.fill import RichSpan
    from handbill.problems import Place

    text = Text((RichSpan("The cat sat. He was happy."),), "", Place("x"))
    assert measure_grade(split_sentences([text])) == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)


def test_no_promises(campaign):
    """No opening hours and no round-the-clock promise: nobody has checked one."""
    for string in list_strings(campaign):
        assert not re.search(r"24/7|24 hours|day (and|or) night|[0-9] ?[ap]m\b", string.english), string.place


def test_cards_within_a_glance(campaign):
    """At most four cards on a leaflet's panel (contacts brief, section 5)."""
    for audience, piece in PIECES:
        for region, blocks in campaign.bind(audience, piece, "en").regions.items():
            cards = sum(len(block.cards) for block in blocks if isinstance(block, ContactsBlock))
            assert cards <= 4, (audience, piece, region)


def test_catalogues_as_shipped_are_well_formed(campaign):
    """Every shipped catalogue reads, says its state, and binds each piece that it is complete for."""
    from handbill.campaign.translations import status

    for row in status(campaign):
        catalogue: Catalogue = campaign.catalogues[row.language]
        assert catalogue.problems == (), [str(problem) for problem in catalogue.problems]
        if row.complete:
            for piece in ("leaflet", "poster"):
                bound = campaign.bind(row.audience, piece, row.language)
                english = campaign.bind(row.audience, piece, "en")
                assert sorted(bound.contacts) == sorted(english.contacts)
                assert bound.state == catalogue.state
