"""Sites: the numbers of one place, for the contacts that every place has its own of."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from handbill.campaign.contacts import Printed
from handbill.campaign.records import Name, Plain, Record


class LocalContact(Record):
    """A local contact as one place prints it. ``name`` replaces the register's general name."""

    name: Plain | None = None
    short: Plain | None = None
    phone: Printed | None = None
    text: Printed | None = None
    email: Printed | None = None
    web: Printed | None = None


class Site(Record):
    """One place: its publisher, and its local contacts as further keys (``council: {phone: ...}``)."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, LocalContact]

    name: Plain
    publisher: Plain | None = None

    @property
    def contacts(self) -> dict[str, LocalContact]:
        """Its local contacts by id."""
        return self.__pydantic_extra__


class SitesFile(Record):
    """``content/sites.yaml``."""

    sites: dict[Name, Site] = Field(default_factory=dict)
