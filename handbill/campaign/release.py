"""Release: what must be so before a piece may leave for print without a draft mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from handbill.campaign.bound import BoundPiece, walk_texts
from handbill.campaign.campaign import Campaign
from handbill.campaign.catalogue import shorten
from handbill.campaign.policy import STRICT, Policy
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.reviews import Reviewed, Standing, judge_strings, load_review, review_file
from handbill.campaign.strings import CAMPAIGN_CONTEXT, contact_context, list_strings
from handbill.problems import InputError, Place, Problem


def find_unfinished(piece: BoundPiece) -> Iterator[str]:
    """What of a piece is still to be filled in or checked, whatever the state of its words."""
    if any(span.kind == "placeholder" for text in walk_texts(piece.blocks) for span in text.spans):
        yield "numbers are missing"
    if any(span.kind == "placeholder" for span in piece.publisher.spans):
        yield "no publisher"
    if piece.checked is None:
        yield "contacts not checked"


@dataclass(frozen=True)
class Judgement:
    """What keeps a piece from being released, and what would have but for a loosened policy."""

    hindrances: tuple[Problem, ...] = ()
    let_through: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Gate:
    """Judges pieces of ``campaign`` by its policy as on ``today``."""

    campaign: Campaign
    today: date
    _reviewed: dict[str, tuple[Reviewed, ...] | tuple[Problem, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """By language: the critical strings, or what is wrong with the file about them. Worked out once."""

    def judge(self, piece: BoundPiece) -> Judgement:
        """Every reason why ``piece`` may not be released, and every one that the policy overlooks."""
        hindrances = tuple(dict.fromkeys(self._find(piece, self.campaign.policy)))
        strictly = dict.fromkeys(self._find(piece, STRICT))
        return Judgement(hindrances, tuple(problem for problem in strictly if problem not in hindrances))

    def _find(self, piece: BoundPiece, policy: Policy) -> Iterator[Problem]:
        if piece.state not in policy.states:
            yield self._not_approved(piece)
        if policy.publisher == "required" and any(
            span.kind == "placeholder" for span in piece.publisher.spans
        ):
            yield Problem(
                "release/no-publisher",
                "Nobody is named as the publisher.",
                "Write who publishes it at “publisher:”.",
                self.campaign.file.place("publisher"),
            )
        if policy.placeholders == "block":
            yield from _find_placeholders(piece)
        yield from self._find_unchecked(piece, policy)
        if piece.state in self.campaign.policy.states and piece.language != SOURCE_LANGUAGE:
            # Of words that are not released anyway it would be a long list of no use.
            yield from self._find_unread(piece, policy)

    def _not_approved(self, piece: BoundPiece) -> Problem:
        english = piece.language == SOURCE_LANGUAGE
        return Problem(
            "release/not-approved",
            f"{piece.language_name}: the words have not been approved yet.",
            "Once a named person has approved them, write the date at “approved:”."
            if english
            else "Once a named person has approved them, set X-Handbill-State, -By and -On there.",
            Place(self.campaign.file.file if english else f"content/translations/{piece.language}.po"),
        )

    def _find_unchecked(self, piece: BoundPiece, policy: Policy) -> Iterator[Problem]:
        """Contacts without a check, or with one that no longer holds."""
        if piece.checked is None:
            yield Problem(
                "release/not-checked",
                "The imprint would say that the contacts are not yet checked.",
                "Write the month in which they were at “checked:”.",
                self.campaign.file.place("checked"),
            )
        term = timedelta(days=policy.checked_within_days)
        for name in _contacts(self.campaign, piece):
            contact = self.campaign.contacts[name]
            if contact.local or (
                contact.checked is not None and self.today - term <= contact.checked <= self.today
            ):
                continue
            since = (
                "never been checked" if contact.checked is None else f"last been checked on {contact.checked}"
            )
            yield Problem(
                "release/not-checked",
                f"“{contact.name}” has {since}.",
                f"Ring or open it, then write the date at “checked:” (it holds for {term.days} days).",
                self.campaign.contact_place(name, "checked"),
            )

    def _find_unread(self, piece: BoundPiece, policy: Policy) -> Iterator[Problem]:
        """Critical strings of the piece that nobody has read back and compared as they stand."""
        printed = _printed(self.campaign, piece)
        for found in self._review(piece.language):
            if isinstance(found, Problem):
                yield found
            elif (found.string.context, found.string.english) not in printed:
                continue
            elif found.standing is Standing.DOUBT:
                if policy.critical_doubts == "block":
                    yield Problem(
                        "release/doubt",
                        f"The back-translation of “{shorten(found.string.english)}” left a doubt.",
                        "Settle it, and write the verdict: docs/translations.md says how.",
                        found.place,
                    )
            elif found.standing is not Standing.COMPARED and policy.back_translation == "required":
                yield Problem(
                    "release/not-read-back",
                    f"The translation of “{shorten(found.string.english)}” is {found.standing}.",
                    f"Read it back: translations review {piece.language} --blind.",
                    found.place or Place(review_file(piece.language), None, found.string.context),
                )

    def _review(self, language: str) -> tuple[Reviewed, ...] | tuple[Problem, ...]:
        if language not in self._reviewed:
            try:
                self._reviewed[language] = judge_strings(
                    list_strings(self.campaign),
                    self.campaign.catalogues[language],
                    load_review(self.campaign.root, language),
                )
            except InputError as error:
                self._reviewed[language] = error.problems
        return self._reviewed[language]


def _find_placeholders(piece: BoundPiece) -> Iterator[Problem]:
    for text in walk_texts(piece.blocks):
        for span in text.spans:
            if span.kind == "placeholder":
                yield Problem(
                    "release/placeholder",
                    f"{span.text} has not been filled in.",
                    "Give your place's numbers in content/sites.yaml.",
                    text.place,
                )


def _contacts(campaign: Campaign, piece: BoundPiece) -> list[str]:
    """The contacts that the piece prints something of, by name."""
    return sorted({contact for block in piece.blocks for contact, _ in campaign.blocks[block.id].uses})


def _printed(campaign: Campaign, piece: BoundPiece) -> set[tuple[str, str]]:
    """Context and English of what the piece prints: of its blocks, its contacts and the program."""
    printed = {(CAMPAIGN_CONTEXT, english) for english in campaign.words.values()}
    for block in piece.blocks:
        name = campaign.blocks[block.id].name
        printed.update((name, text.source) for text in walk_texts(block))
    for name in _contacts(campaign, piece):
        contact = campaign.contacts[name]
        said = (contact.name, contact.short, *contact.claims.values())
        printed.update((contact_context(name), english) for english in said if english)
    return printed
