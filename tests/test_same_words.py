"""The same words, numbers and codes in all editions of a piece, read from the finished files."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import numpy
import pytest
import zxingcpp
from readers import raster
from sample import first_of_scripts, sample
from structure_text import hear, plain

from handbill.plan import EDITIONS, Variant

USUAL_LAYOUTS = {"dl-roll-fold", "a4-poster"}
IMPRINT = "imprint"
"""The only block that may differ in an edition with a layout of its own: it names its document."""


class Edition(NamedTuple):
    """A file of one edition: the words of each block in the order of reading, the contacts and codes
    that its record names, and the codes that a telephone finds in it."""

    variant: Variant
    blocks: dict[str, str]
    contacts: list[str]
    qr: list[str]
    decoded: set[str]


def words_by_block(path, expected):
    """What is heard of each block. The tags of a file do not name blocks: the scene does, whose
    paragraphs have to be the same and in the same order."""
    heard = [plain(item.text) for item in hear(path) if item.role != "Figure"]
    heard = [words for words in heard if any(letter.isalnum() for letter in words)]  # no bullets
    told = [(plain(paragraph.text), paragraph.block) for paragraph in expected.paragraphs]
    # What a block repeats for the eye, as on tabs to tear off, an edition may say once.
    told = [pair for pair, _ in groupby(told)]
    said: list[str] = []
    for words in heard:
        if not (said and said[-1] == words and [words] != [text for text, _ in told[len(said) :][:1]]):
            said.append(words)
    assert said == [words for words, _ in told], path.name
    found: dict[str, list[str]] = {}
    for words, block in told:
        found.setdefault(block, []).append(words)
    return {block: " ".join(words) for block, words in found.items()}


def decode(path):
    return {
        code.text
        for page in raster(path, 150)
        for code in zxingcpp.read_barcodes(numpy.ascontiguousarray(page))
    }


@pytest.fixture(scope="module")
def pieces(workshop, tmp_path_factory):
    """The editions of the pieces that are looked at closely, by language, site, audience and layout."""
    path = tmp_path_factory.mktemp("words") / "edition.pdf"
    found: dict[tuple[str, ...], list[Edition]] = {}
    for variant in sorted(sample(workshop, *EDITIONS), key=lambda one: one.piece):
        made = workshop.make(variant)
        path.write_bytes(made.data)
        blocks = words_by_block(path, made.expected)
        record = made.record
        edition = Edition(variant, blocks, record["contacts"], record["qr"], decode(path))
        found.setdefault(variant.piece, []).append(edition)
    return found


def test_every_edition_is_compared(pieces, workshop):
    """Every language, every audience, each layout in every edition that is made of it."""
    editions = {edition.variant.edition for piece in pieces.values() for edition in piece}
    assert editions == set(EDITIONS)
    for layout in USUAL_LAYOUTS:
        of_layout = {key[:3] for key in pieces if key[3] == layout}
        assert {key[0] for key in of_layout} == set(workshop.campaign.languages)
        scripts = first_of_scripts(workshop)
        whole = [key for key in of_layout if key[0] in scripts]
        assert len(whole) == len(scripts) * len(workshop.campaign.audiences)
    for (*_, layout), piece in pieces.items():
        assert len(piece) > 1 or layout not in USUAL_LAYOUTS, "compared with nothing"


def test_editions_of_a_layout_say_the_same_by_block(pieces):
    """A word that differs between paper and screen was approved in one of them only."""
    for key, (first, *others) in pieces.items():
        assert len(first.blocks) > 1 and all(first.blocks.values()), key
        for other in others:
            names = f"{first.variant.file} and {other.variant.file}"
            assert list(other.blocks) == list(first.blocks), f"{names}: other blocks or another order"
            for block, words in first.blocks.items():
                assert other.blocks[block] == words, f"{names}: {block}"


def test_an_edition_with_a_layout_of_its_own_says_all_that_the_leaflet_says(pieces):
    """Large print is the leaflet for who needs larger letters, not a shorter one."""
    own = {key[:3] for key in pieces if key[3] == "a4-large-print"}
    by_audience = {key[:3]: piece for key, piece in pieces.items() if key[3] == "dl-roll-fold"}
    for key, piece in pieces.items():
        if key[3] != "a4-large-print":
            continue
        leaflet = by_audience[key[:3]][0]
        for edition in piece:
            for block, words in leaflet.blocks.items():
                if block != IMPRINT:
                    assert edition.blocks.get(block) == words, f"{edition.variant.file}: {block}"
            assert set(leaflet.contacts) <= set(edition.contacts), edition.variant.file
    assert own == (set(by_audience) if "large-print" in EDITIONS else set())


def test_editions_of_a_layout_print_the_same_contacts_and_codes(pieces):
    """The number on the wall and the number on the screen ring the same telephone."""
    for piece in pieces.values():
        for edition in piece:
            assert edition.contacts == piece[0].contacts != [], edition.variant.file
            assert edition.qr == piece[0].qr, edition.variant.file


def test_codes_decode_to_what_the_manifest_says(pieces):
    """In each edition's own file: made smaller, or in other colours, a code may not be readable."""
    seen = 0
    for piece in pieces.values():
        for edition in piece:
            assert edition.decoded == set(edition.qr), edition.variant.file
            seen += len(edition.decoded)
    assert seen
