"""The plan: which variants a command asks for, and where each file goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from handbill.campaign.campaign import Campaign
from handbill.design.layouts import Design
from handbill.design.printers import DEFAULT_PRINTER
from handbill.editions.imposition import sheet_of
from handbill.problems import InputError, Problem, did_you_mean

LARGE_PRINT = "large-print"
"""Made from the flows (design/flow.py), as the other editions are from the layouts."""
SCREEN = "screen"
"""Shown on a screen in a room: a PDF, and the same as a picture (slides.py)."""
EDITIONS = ("press", "office", "web", LARGE_PRINT, SCREEN)


@dataclass(frozen=True, order=True)
class Variant:
    """The unit of building, caching and reporting.

    ``printer`` is whose press file it is, None in the other editions. ``folder`` and ``stem`` say
    where the file goes; left empty, they are the edition's and the usual ones.
    """

    edition: str
    language: str
    site: str | None
    audience: str
    layout: str
    printer: str | None = None
    folder: str = ""
    stem: str = ""

    @property
    def piece(self) -> tuple[str, str, str, str]:
        """What its editions share: neighbours by this are made from one composition."""
        return self.language, self.site or "", self.audience, self.layout

    @property
    def place(self) -> str:
        """The folder of the file, relative to the output folder."""
        return str(PurePosixPath(self.folder or self.edition, self.language, self.site or ""))

    @property
    def file(self) -> str:
        """Where the file goes, relative to the output folder."""
        return str(PurePosixPath(self.place, f"{self.stem or f'{self.audience}-{self.layout}'}.pdf"))

    @property
    def picture(self) -> str:
        """Where the picture of a screen file goes, beside it."""
        return str(PurePosixPath(self.file).with_suffix(".png"))

    @property
    def words(self) -> str:
        """The variant for a person who reads a message."""
        site = f", {self.site}" if self.site else ""
        return f"{self.audience}, {self.layout}, {self.language}, {self.folder or self.edition}{site}"


@dataclass(frozen=True)
class Selection:
    """What the command line narrows the build to; empty means everything (of printers: the usual one)."""

    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    printers: tuple[str, ...] = ()


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

    An audience without a piece for a layout has no variant in it. A bilingual layout is for pairs of
    languages, all others for one. With local sites each site's
    own pieces are made and none without one: a piece whose numbers are still placeholders is for
    those who have no site yet. A language in preparation is made only when it is named.
    """
    problems: list[Problem] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for kind, asked, known in (
        ("audience", selection.audiences, tuple(campaign.audiences)),
        ("language", selection.languages, campaign.tongues),
        ("layout", selection.layouts, (*design.layouts, *design.flows)),
        ("edition", selection.editions, EDITIONS),
        ("site", selection.sites, tuple(campaign.sites)),
        ("printer", selection.printers or (DEFAULT_PRINTER,), tuple(design.printers)),
    ):
        try:
            chosen[kind] = choose(kind, asked, known)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    if not selection.languages:
        chosen["language"] = tuple(
            tag for tag in chosen["language"] if not campaign.tongue(tag).in_preparation
        )
    sites: tuple[str | None, ...] = chosen["site"] or (None,)
    variants = [
        variant
        for edition in chosen["edition"]
        for printer in (chosen["printer"] if edition == "press" else (None,))
        for language in chosen["language"]
        for site in sites
        for audience in chosen["audience"]
        for layout in chosen["layout"]
        if layout in _layouts_of(edition, design)
        and design.is_bilingual(layout) == campaign.tongue(language).is_pair
        for variant in _variants(campaign, design, edition, printer, language, site, audience, layout)
    ]
    if not variants:
        raise InputError(
            Problem(
                "command/nothing",
                "There is nothing to make: no language, layout, edition and audience that you named go "
                "together.",
                "Name fewer, and see with --list what there is.",
            )
        )
    if selection.printers and not any(variant.edition == "press" for variant in variants):
        raise InputError(
            Problem(
                "command/no-press",
                "A printer is named, but what is asked for has no press files.",
                "Leave out --printer, add --edition press, or name a layout that is printed.",
            )
        )
    _check_files(variants)
    return variants


def _check_files(variants: list[Variant]) -> None:
    """Two pieces of one name would overwrite each other."""
    by_file: dict[str, Variant] = {}
    problems = []
    for variant in variants:
        other = by_file.setdefault(variant.file, variant)
        if other is not variant:
            problems.append(
                Problem(
                    "layout/same-file",
                    f"“{variant.file}” is the name of two pieces: {other.words}; {variant.words}.",
                    "Rename a layout or an audience, or change the printer’s “file_name”.",
                )
            )
    if problems:
        raise InputError(problems)


def _layouts_of(edition: str, design: Design) -> Collection[str]:
    """The layouts that have the edition: for an office printer those that fit its paper."""
    if edition == LARGE_PRINT:
        return design.flows
    return [
        name
        for name, layout in design.layouts.items()
        if edition in layout.spec.editions and (edition != "office" or sheet_of(layout.spec.trim) is not None)
    ]


def _variants(
    campaign: Campaign,
    design: Design,
    edition: str,
    printer: str | None,
    language: str,
    site: str | None,
    audience: str,
    layout: str,
) -> Iterator[Variant]:
    """The variant of these, if the audience has such a piece."""
    piece = campaign.audiences[audience].record.pieces.get(design.piece_of(layout))
    if piece is None:
        return
    variant = Variant(edition, language, site, audience, layout)
    if printer is None:
        yield variant
        return
    parts = {
        "audience": audience,
        "layout": layout,
        "language": language,
        "code": piece.code,
        "version": campaign.version,
    }
    profile = design.printers[printer]
    yield replace(variant, printer=printer, folder=profile.folder, stem=profile.name_file(parts))
