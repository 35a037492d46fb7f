"""The page ``index.html``: what there is, what is missing, and how to print it.

It opens from the disk, asks no network for anything and works without JavaScript, which only
filters. Styles and script stand in the page itself: one file to read before anything is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from handbill.campaign.campaign import Campaign
from handbill.campaign.tongues import Tongue
from handbill.colour import WHITE, Ink
from handbill.design.layouts import Design
from handbill.files import write_whole
from handbill.gallery.drawings import Box, Label, Stroke
from handbill.gallery.pieces import Piece, collect_pieces
from handbill.gallery.words import count_words, edition_rank, edition_words

INDEX = "index.html"

MUTED, LINE, WASH = 0.82, 0.3, 0.06
"""Shares of the night ink in quiet words, in rules and in grounds: the first is over 7:1 on white."""


@dataclass(frozen=True)
class Option:
    """A box to tick. ``tongue`` is what it stands for where that is called otherwise by its readers."""

    value: str
    words: str
    count: int
    tongue: Tongue | None = None


@dataclass(frozen=True)
class Facet:
    """A question with boxes to tick; ``key`` is its name in the address of the page."""

    key: str
    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Missing:
    """Files that could not be made, and why; those of one cause stand together."""

    names: tuple[str, ...]
    because: tuple[str, ...]


def write_gallery(output: Path, manifest: Mapping[str, Any], campaign: Campaign, design: Design) -> None:
    """Write ``index.html`` into ``output`` over everything that the manifest names there.

    The same manifest gives the same bytes. Raises StoppedError (``output/unwritable``).
    """
    write_whole(output / INDEX, draw_page(output, manifest, campaign, design).encode("utf-8"))


def draw_page(output: Path, manifest: Mapping[str, Any], campaign: Campaign, design: Design) -> str:
    """The page as text; ``output`` is where the files lie that it tells the size of."""
    collection = collect_pieces(manifest, campaign, design, output)
    pieces = collection.pieces
    environment = Environment(
        loader=PackageLoader("handbill.gallery"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["address"] = quote
    environment.tests["box"] = lambda shape: isinstance(shape, Box)
    environment.tests["stroke"] = lambda shape: isinstance(shape, Stroke)
    environment.tests["label"] = lambda shape: isinstance(shape, Label)
    return environment.get_template("index.html.j2").render(
        campaign=campaign,
        version=campaign.version,
        pieces=pieces,
        sections=_sections(pieces),
        guides=collection.guides,
        facets=[facet for facet in _facets(pieces, campaign, design) if facet.options],
        missing=_missing(manifest["not_built"], campaign, design),
        missing_files=len(manifest["not_built"]),
        files=len(manifest["documents"]),
        approved=sum(piece.approved for piece in pieces),
        languages=len({tag for piece in pieces for tag in piece.tongue.tags}),
        inks=_inks(campaign, design),
        audience_inks=_audience_inks(campaign, design),
        count=count_words,
    )


def _sections(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """The pieces by language."""
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.language, []).append(piece)
    return found


def _facets(pieces: tuple[Piece, ...], campaign: Campaign, design: Design) -> Iterator[Facet]:
    """The questions to filter by, each with what the pieces have."""

    def options(names: Mapping[str, str], key: str) -> Iterator[Option]:
        for value, words in names.items():
            count = sum(getattr(piece, key) == value for piece in pieces)
            if count:
                yield Option(value, words, count)

    audiences = {name: audience.record.name for name, audience in campaign.audiences.items()}
    yield Facet("audience", "Who is it for?", tuple(options(audiences, "audience")))
    yield Facet("language", "Language", tuple(_languages(pieces, campaign)))
    formats = {name: design.name_of(name) for name in [*design.layouts, *design.flows]}
    yield Facet("format", "Format", tuple(options(formats, "layout")))
    editions = sorted({edition for piece in pieces for edition in piece.editions}, key=edition_rank)
    counts = {edition: sum(edition in piece.editions for piece in pieces) for edition in editions}
    yield Facet(
        "edition",
        "How will you use it?",
        tuple(Option(edition, edition_words(edition), count) for edition, count in counts.items()),
    )
    sites = {name: site.name for name, site in campaign.sites.items()}
    if len(sites) > 1:
        yield Facet("place", "Place", tuple(options(sites, "site")))


def _languages(pieces: tuple[Piece, ...], campaign: Campaign) -> Iterator[Option]:
    for tag in campaign.tongues:
        tongue = campaign.tongue(tag)
        count = sum(piece.language == tag for piece in pieces)
        if count:
            own = tongue if tongue.endonym != tongue.name else None
            yield Option(tag, tongue.name, count, own)


def _missing(records: Iterable[Mapping[str, Any]], campaign: Campaign, design: Design) -> list[Missing]:
    """What could not be made, by its cause."""
    by_cause: dict[tuple[str, ...], list[str]] = {}
    for record in records:
        name = [
            campaign.audiences[record["audience"]].record.name,
            design.name_of(record["layout"]),
            campaign.tongue(record["language"]).name,
            edition_words(record["edition"]),
        ]
        if record["site"]:
            name.append(campaign.sites[record["site"]].name)
        by_cause.setdefault(tuple(record["because"]), []).append(", ".join(name))
    return [Missing(tuple(names), because) for because, names in by_cause.items()]


# Colours


def _inks(campaign: Campaign, design: Design) -> dict[str, str]:
    """The page's colours by their part, from the theme's inks."""
    theme = design.theme
    first = next(iter(campaign.audiences))
    night = theme.ink("night", first)
    return {
        "night": night.rgb,
        "signal": theme.ink("signal", first).rgb,
        "paper": theme.inks.get("paper", WHITE).rgb,
        "muted": _mix(night, MUTED),
        "line": _mix(night, LINE),
        "wash": _mix(night, WASH),
        "dots": _mix(night, MUTED),
    }


def _audience_inks(campaign: Campaign, design: Design) -> dict[str, tuple[str, str]]:
    """By audience: its accent and its tint."""
    return {
        name: (
            design.theme.palette("white", name).heading.rgb,
            design.theme.ink("tint-{audience}", name).rgb,
        )
        for name in campaign.audiences
    }


def _mix(ink: Ink, share: float) -> str:
    """``share`` of the ink, the rest white."""
    parts = (round(255 * (1 - share + share * part)) for part in ink.rgb_fractions)
    return "#" + "".join(f"{part:02x}" for part in parts)
