"""The plan: which variants a command asks for, and where each file goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from handbill.campaign.campaign import Campaign
from handbill.design.layouts import Design
from handbill.problems import InputError, Problem, did_you_mean

EDITIONS = ("press", "web")
USUAL_EDITIONS = ("press",)
"""Made when the command names no edition: the web edition is for those who ask for it."""


@dataclass(frozen=True, order=True)
class Variant:
    """The unit of building, caching and reporting."""

    edition: str
    language: str
    site: str | None
    audience: str
    layout: str

    @property
    def file(self) -> str:
        """Where the file goes, relative to the output folder."""
        parts = [self.edition, self.language, *([self.site] if self.site else [])]
        return str(PurePosixPath(*parts, f"{self.audience}-{self.layout}.pdf"))

    @property
    def words(self) -> str:
        """The variant for a person who reads a message."""
        site = f", {self.site}" if self.site else ""
        return f"{self.audience}, {self.layout}, {self.language}, {self.edition}{site}"


@dataclass(frozen=True)
class Selection:
    """What the command line narrows the build to; empty means everything (of editions: the usual)."""

    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


def choose(kind: str, asked: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The names asked for, each once, in the order of ``known``; all if none was asked for.

    Raises InputError (``command/unknown-name``) with the nearest known name.
    """
    problems = [
        Problem(
            "command/unknown-name",
            f"There is no {kind} called “{name}”.",
            did_you_mean(name, known),
        )
        for name in dict.fromkeys(asked)
        if name not in known
    ]
    if problems:
        raise InputError(problems)
    return tuple(name for name in known if name in asked) if asked else tuple(known)


def plan(campaign: Campaign, design: Design, selection: Selection) -> list[Variant]:
    """All variants that the selection asks for, in the order of their files.

    An audience without a piece for a layout has no variant in it. With local sites each site's
    own pieces are made and none without one: a piece whose numbers are still placeholders is for
    those who have no site yet.
    """
    problems: list[Problem] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for kind, asked, known in (
        ("audience", selection.audiences, tuple(campaign.audiences)),
        ("language", selection.languages, tuple(campaign.languages)),
        ("layout", selection.layouts, tuple(design.layouts)),
        ("edition", selection.editions or USUAL_EDITIONS, EDITIONS),
        ("site", selection.sites, tuple(campaign.sites)),
    ):
        try:
            chosen[kind] = choose(kind, asked, known)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    sites: tuple[str | None, ...] = chosen["site"] or (None,)
    return [
        Variant(edition, language, site, audience, layout)
        for edition in chosen["edition"]
        for language in chosen["language"]
        for site in sites
        for audience in chosen["audience"]
        for layout in chosen["layout"]
        if design.layouts[layout].spec.piece in campaign.audiences[audience].record.pieces
    ]
