"""The inventory: every string that a translation must have, and what is wrong with those it lacks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from handbill.campaign.bound import BoundBlock, BoundPiece, ContactsBlock, Text, walk_texts
from handbill.campaign.campaign import Campaign
from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import find_lookups
from handbill.campaign.registers import placeholder_word
from handbill.campaign.strings import (
    CAMPAIGN_CONTEXT,
    SourceString,
    contact_context,
    list_strings,
    piece_context,
)

Key = tuple[str, str]
"""Context and English: what a catalogue knows a string by."""

IMPRINT = "imprint"
"""What the composer calls the block of the imprint (compose/imprint.py)."""


@dataclass(frozen=True)
class String:
    """A string of the campaign in one language.

    ``translation`` is what the catalogue has, as written there; ``fault`` is "", "missing", "stale"
    (the English has changed since) or "fuzzy" (marked as needing work).
    """

    source: SourceString
    translation: str
    fault: str

    @property
    def key(self) -> Key:
        """What the catalogue knows it by."""
        return self.source.context, self.source.english


@dataclass(frozen=True)
class Source:
    """A text of a piece beside its English, with the strings that it is made of, its own first."""

    text: Text
    english: Text
    keys: tuple[Key, ...]


def take_stock(campaign: Campaign, language: str, audiences: Collection[str]) -> dict[Key, String]:
    """The strings that pieces for ``audiences`` need, in the order of the files."""
    strings = list(list_strings(campaign))
    current = frozenset((string.context, string.english) for string in strings)
    catalogue = campaign.catalogues[language]
    wanted = _contexts(campaign, audiences)
    stock: dict[Key, String] = {}
    for string in strings:
        if string.context not in wanted:
            continue
        key = (string.context, string.english)
        entry = catalogue.find(*key)
        words, fault = (entry.translation, "") if entry else ("", "missing")
        if entry is None and (former := catalogue.find_former(*key, current)):
            words, fault = former.translation, "stale"
        elif entry is not None and not entry.translation:
            fault = "missing"
        elif entry is not None and entry.fuzzy:
            fault = "fuzzy"
        stock[key] = String(string, words, fault)
    return stock


def _contexts(campaign: Campaign, audiences: Collection[str]) -> set[str]:
    contexts = {CAMPAIGN_CONTEXT}
    for name in audiences:
        contexts.add(piece_context(name))
        for piece in campaign.audiences[name].record.pieces.values():
            if piece.reader:
                contexts.add(piece_context(piece.reader))
            for _, _, block in piece.placed():
                contexts.add(campaign.blocks[block].name)
                contexts.update(contact_context(contact) for contact, _ in campaign.blocks[block].uses)
    return contexts


def list_sources(
    campaign: Campaign, piece: BoundPiece, english: BoundPiece, stock: Mapping[Key, String]
) -> dict[str, tuple[Source, ...]]:
    """The texts of a piece by the id of their block, those of the imprint under ``IMPRINT``.

    ``english`` is the same piece in English: the texts of both stand in the same order.
    """
    found: dict[str, list[Source]] = {}
    for block, original in zip(piece.blocks, english.blocks, strict=True):
        contexts = _contexts_of(campaign, block)
        found.setdefault(block.id, []).extend(
            Source(text, source, _keys(campaign, contexts[id(text)], source, stock))
            for text, source in zip(walk_texts(block), walk_texts(original), strict=True)
        )
    found[IMPRINT] = [
        Source(text, english.words[word], _keys(campaign, CAMPAIGN_CONTEXT, english.words[word], stock))
        for word, text in piece.words.items()
    ]
    return {block: tuple(sources) for block, sources in found.items()}


def _contexts_of(campaign: Campaign, block: BoundBlock) -> dict[int, str]:
    """The context of each text of a block by its identity: claims belong to their contact."""
    name = campaign.blocks[block.id].name
    contexts = {id(text): name for text in walk_texts(block)}
    if isinstance(block, ContactsBlock):
        for card in block.cards:
            contexts |= {id(claim): contact_context(card.contact) for claim in card.claims}
    return contexts


def _keys(campaign: Campaign, context: str, english: Text, stock: Mapping[Key, String]) -> tuple[Key, ...]:
    """The strings in a text: its own, and the translated names and placeholders that it looks up."""
    keys = [(context, english.source)]
    for name, field in find_lookups(english.source, english.place):
        contact = campaign.contacts[name]
        if field in ADDRESSES:
            if contact.local:
                keys.append((CAMPAIGN_CONTEXT, campaign.words[placeholder_word(campaign, name, field)]))
        elif contact.translated:
            keys.append(
                (contact_context(name), (contact.short if field == "short" else None) or contact.name)
            )
    return tuple(key for key in dict.fromkeys(keys) if key in stock)
