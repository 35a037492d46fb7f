"""Registers for lookups: the contacts with a language's words and a site's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import Register
from handbill.problems import InputError, Problem

if TYPE_CHECKING:
    from handbill.campaign.campaign import Campaign


def placeholder_word(campaign: Campaign, contact: str, field: str) -> str:
    """The key of the word that stands for a local field: ``placeholder_council_web``, or the general
    ``placeholder_council``. Raises InputError when campaign.yaml has neither.
    """
    for word in (f"placeholder_{contact}_{field}", f"placeholder_{contact}"):
        if word in campaign.words:
            return word
    raise InputError(
        Problem(
            "content/missing-word",
            f"The word “placeholder_{contact}” is missing.",
            f'Add a line “placeholder_{contact}: "[…]"”; it is printed until a site gives the number.',
            campaign.file.place("words"),
        )
    )


def source_register(campaign: Campaign) -> Register:
    """The register as English without a site prints it."""

    def word(contact: str, field: str) -> str:
        if field in ADDRESSES:
            return campaign.words[placeholder_word(campaign, contact, field)]
        record = campaign.contacts[contact]
        return (record.short if field == "short" else None) or record.name

    return Register(campaign.contacts, word, {})
