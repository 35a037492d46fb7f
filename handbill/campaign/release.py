"""Release: what must be so before a piece may leave for print without a draft mark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handbill.campaign.bound import BoundPiece, walk_texts
from handbill.campaign.campaign import Campaign
from handbill.problems import Place, Problem

TERM = timedelta(days=30)
"""A contact's check holds this long (brief, contacts.md 5.2: answered its phone in the last 30 days)."""


def find_unfinished(piece: BoundPiece) -> Iterator[str]:
    """What of a piece is still to be filled in or checked, whatever the state of its words."""
    if any(span.kind == "placeholder" for text in walk_texts(piece.blocks) for span in text.spans):
        yield "numbers are missing"
    if any(span.kind == "placeholder" for span in piece.publisher.spans):
        yield "no publisher"
    if piece.checked is None:
        yield "contacts not checked"


def find_hindrances(campaign: Campaign, piece: BoundPiece, today: date) -> list[Problem]:
    """Every reason why ``piece`` may not be released on ``today``; none if it may.

    It must be approved, its contacts checked within their term, its local fields filled in and
    its publisher named.
    """
    found: list[Problem] = []
    if piece.state != "approved":
        english = piece.state == "source"
        found.append(
            Problem(
                "release/not-approved",
                f"{piece.language_name}: the words have not been approved yet.",
                "Once a named person has approved them, write the date at “approved:”."
                if english
                else "Once a named person has approved them, set X-Handbill-State, -By and -On there.",
                Place(campaign.file.file if english else f"content/translations/{piece.language}.po"),
            )
        )
    if any(span.kind == "placeholder" for span in piece.publisher.spans):
        found.append(
            Problem(
                "release/no-publisher",
                "Nobody is named as the publisher.",
                "Write who publishes it at “publisher:”.",
                campaign.file.place("publisher"),
            )
        )
    for text in walk_texts(piece.blocks):
        for span in text.spans:
            if span.kind == "placeholder":
                found.append(
                    Problem(
                        "release/placeholder",
                        f"{span.text} has not been filled in.",
                        "Give your place's numbers in content/sites.yaml.",
                        text.place,
                    )
                )
    uses = (use for block in piece.blocks for use in campaign.blocks[block.id].uses)
    for name in sorted({contact for contact, _ in uses}):
        contact = campaign.contacts[name]
        if not contact.local and (contact.checked is None or not today - TERM <= contact.checked <= today):
            since = (
                "never been checked" if contact.checked is None else f"last been checked on {contact.checked}"
            )
            found.append(
                Problem(
                    "release/not-checked",
                    f"“{contact.name}” has {since}.",
                    f"Ring or open it, then write the date at “checked:” (it holds for {TERM.days} days).",
                    campaign.contact_place(name, "checked"),
                )
            )
    return list(dict.fromkeys(found))
