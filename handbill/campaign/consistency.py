"""What must hold between the files of content/, and the linters on its English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.facts import FactsFile
from handbill.campaign.fill import RichSpan, fill
from handbill.campaign.glossary import find_barred
from handbill.campaign.languages import LanguagesFile
from handbill.campaign.messages import Card, Contacts, Path, Qr
from handbill.campaign.pairs import check_pairs
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.registers import placeholder_word, source_register
from handbill.campaign.sites import SitesFile
from handbill.campaign.strings import block_uses, list_strings, piece_context
from handbill.campaign.style import find_typed, find_typed_names, lint
from handbill.problems import InputError, Place, Problem, Severity, did_you_mean
from handbill.yamlsource import Sourced

if TYPE_CHECKING:
    from handbill.campaign.campaign import Campaign, PlacedAudience, PlacedBlock

WORDS = (
    "checked",
    "not_checked",
    "published_by",
    "review_draft",
    "review_source",
    "review_reviewed",
    "review_approved",
    "placeholder_publisher",
    "qr_alt",
    "link_phone",
    "link_text",
    "link_email",
    "link_web",
)
"""The words that the program prints by itself, so campaign.yaml has to give them."""


def check_consistency(
    campaign: Campaign,
    facts: Sourced[FactsFile],
    languages: Sourced[LanguagesFile],
    sites: Sourced[SitesFile],
) -> list[Problem]:
    """Everything that is wrong between the files, in the order of the files."""
    return [
        *_check_words(campaign, languages),
        *check_pairs(campaign),
        *_check_facts(campaign, facts),
        *_check_sites(campaign, sites),
        *(
            problem
            for audience in campaign.audiences.values()
            for problem in _check_audience(campaign, audience)
        ),
        *(problem for block in campaign.blocks.values() for problem in _check_block(campaign, block)),
        *_check_strings(campaign),
    ]


def _check_words(campaign: Campaign, languages: Sourced[LanguagesFile]) -> Iterator[Problem]:
    for word in WORDS:
        if word not in campaign.words:
            yield Problem(
                "content/missing-word",
                f"The word “{word}” is missing.",
                f"Add a line “{word}: …”; the program prints it.",
                campaign.file.place("words"),
            )
    if SOURCE_LANGUAGE not in campaign.languages:
        yield Problem(
            "content/no-source-language",
            f"There is no record for “{SOURCE_LANGUAGE}”, the language that content is written in.",
            "Put it back.",
            languages.place("languages"),
        )


def _check_facts(campaign: Campaign, facts: Sourced[FactsFile]) -> Iterator[Problem]:
    for number, fact in campaign.facts.items():
        for audience in fact.need:
            if audience not in campaign.audiences:
                yield _unknown("audience", audience, campaign.audiences, facts.place("facts", number, "need"))


def _check_sites(campaign: Campaign, sites: Sourced[SitesFile]) -> Iterator[Problem]:
    local = [name for name, contact in campaign.contacts.items() if contact.local]
    for name, site in campaign.sites.items():
        for contact in site.contacts:
            if contact not in local:
                yield _unknown("local contact", contact, local, sites.place("sites", name, contact))


def _check_audience(campaign: Campaign, audience: PlacedAudience) -> Iterator[Problem]:
    for key, piece in audience.record.pieces.items():
        if piece.reader is not None and piece.reader not in campaign.audiences:
            yield _unknown(
                "audience", piece.reader, campaign.audiences, audience.place("pieces", key, "reader")
            )
        first: dict[str, Place] = {}
        codes = 0
        for region, index, block in piece.placed():
            place = audience.place("pieces", key, "regions", region, index)
            if block not in campaign.blocks:
                yield _unknown("block", block, campaign.blocks, place)
                continue
            name = campaign.blocks[block].name
            if name in first:
                yield Problem(
                    "content/repeated-block",
                    f"The block “{name}” stands in this piece twice, first on line {first[name].line}.",
                    "Keep one of the two.",
                    place,
                )
            first.setdefault(name, place)
            record = campaign.blocks[block].record
            codes += isinstance(record, Qr)
            if isinstance(record, Qr) and codes == 2:
                yield Problem(
                    "content/two-codes",
                    "The piece has a second code to scan.",
                    "Keep one; a reader scans one at most.",
                    place,
                )


def _check_block(campaign: Campaign, block: PlacedBlock) -> Iterator[Problem]:
    if not any(
        block.id == placed
        for audience in campaign.audiences.values()
        for piece in audience.record.pieces.values()
        for _, _, placed in piece.placed()
    ):
        yield Problem(
            "content/unused-block",
            f"No piece uses the block “{block.id}”.",
            "Place it in a piece, or take it out.",
            block.place(),
            Severity.WARNING,
        )
    for index, fact in enumerate(block.record.facts):
        place = block.place("facts", index)
        if fact not in campaign.facts:
            yield _unknown("fact", str(fact), map(str, campaign.facts), place)
        elif campaign.facts[fact].out:
            yield Problem(
                "content/fact-out",
                f"The fact {fact} is kept off print.",
                f"Take it out of this block. The reason: {campaign.facts[fact].out}",
                place,
            )
    yield from _check_uses(campaign, block)
    if isinstance(block.record, Contacts):
        for number, card in enumerate(block.record.cards):
            yield from _check_claims(campaign, block, number, card)


def _check_uses(campaign: Campaign, block: PlacedBlock) -> Iterator[Problem]:
    """Each contact that a block uses is in the register, has what is asked for, and may be printed."""
    register = source_register(campaign)
    told: set[tuple[str, Path]] = set()
    for lookup, path in block_uses(block):
        place = block.place(*path)
        name = lookup[0]
        try:
            register.span(lookup, place)
        except InputError as error:
            if (name, path) not in told:
                told.add((name, path))
                yield from error.problems
            continue
        contact = campaign.contacts[name]
        if not contact.printable and (name, path) not in told:
            told.add((name, path))
            where = campaign.contact_place(name)
            yield Problem(
                "contact/not-printable",
                f"“{contact.name}” must not be printed: its certainty is {contact.certainty} ({where}).",
                "Use another contact."
                if contact.certainty == "X"
                else "Ring it or open it and write the date under “checked” in the register, or use another.",
                place,
            )


def _check_claims(campaign: Campaign, block: PlacedBlock, number: int, card: Card) -> Iterator[Problem]:
    contact = campaign.contacts.get(card.contact)
    if contact is None:
        return
    for index, claim in enumerate(card.claims):
        if claim not in contact.claims:
            yield Problem(
                "contact/unknown-claim",
                f"The register holds no claim “{claim}” for “{card.contact}”.",
                did_you_mean(claim, contact.claims),
                block.place("cards", number, "claims", index),
            )
    if card.shows is None and contact.local:
        try:
            for field in ADDRESSES:
                placeholder_word(campaign, card.contact, field)
        except InputError as error:
            yield from error.problems
    if card.shows is None and not contact.local and not any(getattr(contact, field) for field in ADDRESSES):
        yield Problem(
            "contact/no-value",
            f"The register has neither number nor address for “{card.contact}”.",
            "Use another contact, or complete the register.",
            block.place("cards", number, "contact"),
        )


def _check_strings(campaign: Campaign) -> Iterator[Problem]:
    """Every English string can be filled, and the linters have nothing against it."""
    register = source_register(campaign)
    audiences = readers(campaign)
    for string in list_strings(campaign):
        try:
            spans = fill(string.english, string.place, register)
        except InputError as error:
            # Of a block's lookups, `_check_uses` has told already.
            yield from (
                problem
                for problem in error.problems
                if problem.code not in _TOLD_BY_USES or string.context not in campaign.blocks
            )
            continue
        yield from lint_spans(
            campaign, spans, audiences.get(string.context, ("",)), SOURCE_LANGUAGE, string.place
        )


_TOLD_BY_USES = ("content/unknown-contact", "content/unknown-field", "contact/no-value")


def readers(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    """For each context, the audiences that read its strings; contexts that all read are left out."""
    found: dict[str, list[str]] = {}
    for audience in campaign.audiences.values():
        found[piece_context(audience.id)] = [audience.id]
        for piece in audience.record.pieces.values():
            reader = piece.reader or audience.id
            for _, _, wording in piece.placed():
                if wording not in campaign.blocks:
                    continue  # told of where the piece is looked at
                block = campaign.blocks[wording].name
                if reader not in found.setdefault(block, []):
                    found[block].append(reader)
    return {context: tuple(names) for context, names in found.items()}


def lint_spans(
    campaign: Campaign, spans: tuple[RichSpan, ...], audiences: tuple[str, ...], language: str, place: Place
) -> list[Problem]:
    """What the linters have against a filled text, once however many audiences read it.

    What the register gave is out of their reach: a service may be called what it likes.
    """
    words = "".join("\ufffc" if span.kind else span.text for span in spans)
    found = find_typed(words, place, campaign.contacts)
    found += find_typed_names(words, place, campaign.contacts)
    for audience in audiences:
        found += lint(words, audience, language, campaign.rules, place)
        found += find_barred(words, audience, campaign.terms_of(language), place)
    return list(dict.fromkeys(found))


def _unknown(kind: str, name: str, known: object, place: Place) -> Problem:
    return Problem(
        f"content/unknown-{kind.replace(' ', '-')}",
        f"There is no {kind} “{name}”.",
        did_you_mean(name, known),  # type: ignore[arg-type]
        place,
    )
