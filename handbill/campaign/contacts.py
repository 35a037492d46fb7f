"""The register of contacts: the only place where a number or an address is written."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from handbill.campaign.records import Identifier, Plain, Prose, Record

Printed = Annotated[str, Field(min_length=1, max_length=120)]
Nation = Literal["england", "wales", "scotland", "northern-ireland"]

ADDRESSES = ("phone", "text", "email", "web")
"""The fields that a reader can use to get in touch, in the order in which cards show them."""

FIELDS = ("name", "short", *ADDRESSES)
"""The fields that a text may look up: ``{{ nspcc.phone }}``."""


class Contact(Record):
    """One service. Numbers and addresses stand as printed, in their owner's own grouping.

    ``certainty`` is the register's: A agreed by recent sources, B sound but old, C not to be
    printed until someone has checked it, X never. ``local`` services have their own numbers in
    every place: those come from a site, and until then a placeholder is printed. The name of a
    service stays English in every language; one that is ``generic`` ("Emergency services") or
    local is a description and is translated.
    """

    name: Plain
    short: Plain | None = None
    phone: Printed | None = None
    text: Printed | None = None
    email: Printed | None = None
    web: Printed | None = None
    who: str | None = None
    cost: str | None = None
    hours: str | None = None
    claims: dict[Identifier, Prose] = Field(default_factory=dict)
    nations: tuple[Nation, ...] = ()
    source: str
    certainty: Literal["A", "B", "C", "X"]
    checked: date | None = None
    local: bool = False
    generic: bool = False
    note: str | None = None

    @model_validator(mode="after")
    def _local_has_no_numbers(self) -> Contact:
        if self.local and any(getattr(self, field) for field in ADDRESSES):
            raise ValueError(
                "a local contact has a number or an address of its own"
                " | Set phone, text, email and web to null here; they are given in sites.yaml."
            )
        return self

    @property
    def translated(self) -> bool:
        """Whether its name is a description that is translated."""
        return self.local or self.generic

    @property
    def printable(self) -> bool:
        """Whether it may be printed: not X, and C only once someone has checked it."""
        return self.certainty in ("A", "B") or (self.certainty == "C" and self.checked is not None)


class ContactsFile(Record):
    """``content/contacts.yaml``."""

    contacts: dict[Identifier, Contact]
