"""Every English string that pieces print, with the context that translators know it by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbill.campaign.bound import BoundBlock, ContactsBlock, Text, walk_texts
from handbill.campaign.fill import find_lookups
from handbill.campaign.messages import SHORT, Contacts, Path, Qr, Tabs, walk_prose
from handbill.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from handbill.campaign.campaign import Campaign, PlacedBlock

CAMPAIGN_CONTEXT = "campaign"

_LOOKUP = re.compile(r"\{\{ (\S+)\.(\w+) \}\}")


def contact_context(contact: str) -> str:
    """``msgctxt`` of a contact's claims and translated names."""
    return f"contact/{contact}"


def piece_context(audience: str) -> str:
    """``msgctxt`` of an audience's name and its pieces' titles."""
    return f"piece/{audience}"


@dataclass(frozen=True, slots=True)
class SourceString:
    """An English string. ``note`` is for translators, ``where`` says where it is printed.

    ``critical`` ones are translated back before they are released: those of blocks that say so, and
    always the register's names and promises and the program's own words, which stand beside numbers.
    ``readers`` are the audiences that it speaks to.
    """

    context: str
    english: str
    place: Place
    note: str = ""
    where: str = ""
    critical: bool = False
    readers: tuple[str, ...] = ()


def list_strings(campaign: Campaign) -> Iterator[SourceString]:
    """The strings that some piece prints, in the order of the files; repeats within a context once."""
    seen: set[tuple[str, str]] = set()
    for string in _all_strings(campaign):
        key = (string.context, string.english)
        if key not in seen:
            seen.add(key)
            yield string


def _all_strings(campaign: Campaign) -> Iterator[SourceString]:
    for word, english in campaign.words.items():
        yield SourceString(
            CAMPAIGN_CONTEXT,
            english,
            campaign.word_place(word),
            "Printed by the program itself.",
            f"word “{word}”",
            critical=True,
        )
    for audience in campaign.audiences.values():
        context = piece_context(audience.id)
        yield SourceString(
            context,
            audience.record.name,
            audience.place("name"),
            "Who the piece is for.",
            audience.record.name,
            readers=(audience.id,),
        )
        for name, piece in audience.record.pieces.items():
            yield SourceString(
                context,
                piece.title,
                audience.place("pieces", name, "title"),
                "Title of the PDF, read out by screen readers and shown in the window.",
                f"{audience.record.name}, {name}",
                readers=(piece.reader or audience.id,),
            )
    yield from _contact_strings(campaign)
    for block in campaign.blocks.values():
        if where := _where(campaign, block.id):
            critical = campaign.blocks[block.name].record.critical
            for path, english in walk_prose(block.record):
                yield SourceString(
                    block.name,
                    english,
                    block.place(*path),
                    _note(campaign, block),
                    where,
                    critical,
                    _readers(campaign, block.id),
                )


def _note(campaign: Campaign, block: PlacedBlock) -> str:
    """What translators are told; of a short wording with what is told of the whole."""
    notes = [campaign.blocks[block.name].record.note, "The short wording.", block.record.note]
    return " ".join(note for note in (notes if block.is_short else notes[:1]) if note)


def _contact_strings(campaign: Campaign) -> Iterator[SourceString]:
    """Names that are translated, and the claims that cards make."""
    used = {lookup for block in campaign.blocks.values() for lookup in block.uses}
    claimed = {
        (card.contact, claim)
        for block in campaign.blocks.values()
        if isinstance(block.record, Contacts)
        for card in block.record.cards
        for claim in card.claims
    }
    for name, contact in campaign.contacts.items():
        where = f"contact “{name}”"
        if contact.translated:
            for field in ("name", "short"):
                english = getattr(contact, field)
                if english and (name, field) in used:
                    yield SourceString(
                        contact_context(name),
                        english,
                        campaign.contact_place(name, field),
                        "Name of a service.",
                        where,
                        critical=True,
                    )
        for claim, english in contact.claims.items():
            if (name, claim) in claimed:
                yield SourceString(
                    contact_context(name),
                    english,
                    campaign.contact_place(name, "claims", claim),
                    "What is promised about this service. Say no more than the English does.",
                    where,
                    critical=True,
                )


def printed_strings(campaign: Campaign, block: BoundBlock) -> Iterator[tuple[str, str, Text]]:
    """What a bound block prints of translators' words: context, English and the words, each as often as it
    stands there. Names inside other words are left out."""
    claims: dict[int, str] = {}
    if isinstance(block, ContactsBlock):
        claims = {id(claim): card.contact for card in block.cards for claim in card.claims}
    for text in walk_texts(block):
        lookup = _LOOKUP.fullmatch(text.source)
        if id(text) in claims:
            yield contact_context(claims[id(text)]), text.source, text
        elif lookup is None:
            yield block.id.removesuffix(SHORT), text.source, text
        elif not text.spans[0].kind:  # a name that is translated
            contact = campaign.contacts[lookup[1]]
            english = (contact.short if lookup[2] == "short" else None) or contact.name
            yield contact_context(lookup[1]), english, text


def _where(campaign: Campaign, block: str) -> str:
    """Where a block stands, for translators: audience, piece and region."""
    return "; ".join(
        f"{audience.record.name}: {name}, {region}"
        for audience in campaign.audiences.values()
        for name, piece in audience.record.pieces.items()
        for region, _, placed in piece.placed()
        if placed == block
    )


def _readers(campaign: Campaign, block: str) -> tuple[str, ...]:
    """The audiences that read a block, in their order."""
    readers = {
        piece.reader or audience.id
        for audience in campaign.audiences.values()
        for piece in audience.record.pieces.values()
        for _, _, placed in piece.placed()
        if placed == block
    }
    return tuple(audience for audience in campaign.audiences if audience in readers)


def block_uses(block: PlacedBlock) -> Iterator[tuple[tuple[str, str], Path]]:
    """Contact and field of everything a block prints from the register, with the path that uses it.

    Raises InputError naming every text that holds more than plain lookups.
    """
    problems: list[Problem] = []
    for path, english in walk_prose(block.record):
        try:
            lookups = find_lookups(english, block.place(*path))
        except InputError as error:
            problems.extend(error.problems)
            continue
        for lookup in lookups:
            yield lookup, path
    if problems:
        raise InputError(problems)
    record = block.record
    if isinstance(record, Contacts):
        for index, card in enumerate(record.cards):
            at: Path = ("cards", index, "contact")
            yield (card.contact, "name"), at
            yield (card.contact, "short"), at  # what a poster prints in its place
            for shown, field in enumerate(card.shows or ()):
                yield (card.contact, field), ("cards", index, "shows", shown)
    elif isinstance(record, Qr):
        yield (record.contact, "web"), ("contact",)
    elif isinstance(record, Tabs):
        yield (record.contact, "phone"), ("contact",)
