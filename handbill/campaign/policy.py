"""The policy of a release, from ``campaign.yaml``: what must be so before a file may leave as final."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handbill.campaign.records import Record

Releasable = Literal["reviewed", "approved"]
"""States of words that a policy may let out. A draft, of English too, never leaves."""


class Policy(Record):
    """``release:`` in ``content/campaign.yaml``; what is left out there is strict, as here.

    ``states`` are those in which words may leave. ``checked_within_days``: how long the check of a
    contact holds (brief, contacts.md 5.2: answered its phone in the last 30 days).
    ``back_translation``: whether each critical string must have been read back and compared as it
    stands. ``critical_doubts``: what a verdict “doubt” does. ``placeholders``: what a local number
    that is not filled in does. ``publisher``: whether somebody must be named.
    """

    states: Annotated[tuple[Releasable, ...], Field(min_length=1)] = ("approved",)
    checked_within_days: Annotated[int, Field(ge=1, le=366)] = 30
    back_translation: Literal["required", "off"] = "required"
    critical_doubts: Literal["block", "allow"] = "block"
    placeholders: Literal["block", "allow"] = "block"
    publisher: Literal["required", "off"] = "required"


STRICT = Policy()
"""What a loosened policy is held against, so that whatever it lets through is told."""
