"""Pieces as a chooser meets them: one card for each, with its files, its pictures and its state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from handbill.campaign.campaign import Campaign
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.tongues import Tongue
from handbill.design.layouts import Design
from handbill.design.printers import DEFAULT_PRINTER
from handbill.gallery.album import piece_of
from handbill.gallery.guides import Guide, guide_id, guide_of
from handbill.gallery.words import (
    count_words,
    edition_rank,
    edition_words,
    state_rank,
    state_words,
    weight_words,
)

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """A picture on the page; ``file`` is relative to it, ``alt`` says what is seen."""

    file: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Spread:
    """Pictures that belong together; ``joined`` ones lie against each other, as panels of a sheet do."""

    caption: str
    joined: bool
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Download:
    """A file to fetch: what it is called, where it lies, and how large it is."""

    label: str
    file: str
    size: str


@dataclass(frozen=True)
class Offer:
    """An edition of a piece. ``guide`` is where on the page it says how to print it, ``note`` what is
    different about this file."""

    edition: str
    words: str
    downloads: tuple[Download, ...]
    guide: str
    note: str


@dataclass(frozen=True)
class Piece:
    """One card. ``title`` is in its language, or in the first of two; ``english`` is that of its English
    half or of the English piece, empty where this is it or none is there; ``cover`` is None where there
    is no picture to show."""

    id: str
    audience: str
    audience_words: str
    language: str
    tongue: Tongue
    layout: str
    format: str
    site: str | None
    site_words: str
    title: str
    english: str
    code: str
    version: str
    approved: bool
    state: str
    unfinished: tuple[str, ...]
    warnings: tuple[str, ...]
    cover: Picture | None
    spreads: tuple[Spread, ...]
    offers: tuple[Offer, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that it has."""
        return tuple(dict.fromkeys(offer.edition for offer in self.offers))


@dataclass(frozen=True)
class Collection:
    """All pieces, in the order of the page, and the guides to their files by their id."""

    pieces: tuple[Piece, ...]
    guides: Mapping[str, Guide]


def collect_pieces(
    manifest: Mapping[str, Any], campaign: Campaign, design: Design, output: Path
) -> Collection:
    """The pieces that the manifest tells of, by language, audience and format.

    ``output`` is where the files lie, to say how large they are.
    """
    sheets = {str(PurePosixPath(sheet["file"]).parent): sheet for sheet in manifest["job_sheets"]}
    ids: dict[Guide, str] = {}

    def identify(guide: Guide) -> str:
        if guide not in ids:
            alike = sum((other.layout, other.edition) == (guide.layout, guide.edition) for other in ids)
            ids[guide] = guide_id(guide, alike)
        return ids[guide]

    pieces = []
    english = {
        piece_of(record)[1:]: record["title"]
        for record in manifest["documents"]
        if record["language"] == SOURCE_LANGUAGE
    }
    order = _order(campaign, design)
    for key, group in groupby(sorted(manifest["documents"], key=order), piece_of):
        records = sorted(group, key=lambda record: (edition_rank(record["edition"]), record["file"]))
        office = any(record["edition"] == "office" for record in records)
        offers = []
        for record in records:
            guide = identify(guide_of(record, design, office=office))
            sheet = sheets.get(str(PurePosixPath(record["file"]).parent))
            offers.append(_offer(record, sheet, guide, campaign, output, design))
        pieces.append(_piece(key, records, tuple(offers), english.get(key[1:], ""), campaign, design))
    layouts = [*design.layouts, *design.flows]
    ordered = sorted(
        ids.items(), key=lambda one: (layouts.index(one[0].layout), edition_rank(one[0].edition), one[1])
    )
    return Collection(tuple(pieces), {name: guide for guide, name in ordered})


def _order(campaign: Campaign, design: Design) -> Any:
    languages, audiences = campaign.tongues, list(campaign.audiences)
    layouts, sites = [*design.layouts, *design.flows], [None, *campaign.sites]

    def key(record: Record) -> tuple[int, int, int, int]:
        return (
            languages.index(record["language"]),
            sites.index(record["site"]),
            audiences.index(record["audience"]),
            layouts.index(record["layout"]),
        )

    return key


def _piece(
    key: tuple[str, str, str, str],
    records: Sequence[Record],
    offers: tuple[Offer, ...],
    english: str,
    campaign: Campaign,
    design: Design,
) -> Piece:
    language, site, audience, layout = key
    # What was made from the present words speaks for the piece, not what an earlier build left.
    current = [record for record in records if record["version"] == campaign.version] or list(records)
    first = current[0]
    state = min((record["state"] for record in current), key=state_rank)
    unfinished = tuple(dict.fromkeys(word for record in current for word in record["unfinished"]))
    pictured = next((record for record in records if record["pictures"]), None)
    tongue = campaign.tongue(language)
    titles = first["titles"]
    title = titles[tongue.tags[0]]
    if tongue.is_pair:
        english = titles.get(SOURCE_LANGUAGE, "")
    words = f"{campaign.audiences[audience].record.name}, {tongue.name}, {design.name_of(layout)}"
    cover, spreads = _pictures(pictured, f"“{title}”. {words}.") if pictured else (None, ())
    return Piece(
        id="-".join(filter(None, ("piece", language, site, audience, layout))),
        audience=audience,
        audience_words=campaign.audiences[audience].record.name,
        language=language,
        tongue=tongue,
        layout=layout,
        format=design.name_of(layout),
        site=site or None,
        site_words=campaign.sites[site].name if site else "",
        title=title,
        english=english if tongue.tags[0] != SOURCE_LANGUAGE else "",
        code=first["code"],
        version=first["version"],
        approved=state == "approved" and not unfinished,
        state=state_words(state, finished=not unfinished),
        unfinished=unfinished,
        warnings=tuple(dict.fromkeys(problem for record in records for problem in record["problems"])),
        cover=cover,
        spreads=tuple(spreads),
        offers=offers,
    )


def _offer(
    record: Record,
    sheet: Record | None,
    guide: str,
    campaign: Campaign,
    output: Path,
    design: Design,
) -> Offer:
    def fetch(label: str, file: str) -> Download:
        return Download(label, file, weight_words((output / file).stat().st_size))

    words = edition_words(record["edition"])
    downloads = [fetch(f"PDF, {count_words(record['pages'], 'page')}", record["file"])]
    if picture := record.get("picture_file"):
        downloads.append(fetch("Picture, PNG", picture))
    if record["edition"] == "press":
        if record["printer"] != DEFAULT_PRINTER:
            words = f"{words}: {design.printers[record['printer']].name}"
        if sheet:
            downloads.append(fetch("Job sheet, PDF", sheet["file"]))
    old = record["version"] != campaign.version
    note = f"Made from version {record['version']} of the words, now {campaign.version}." if old else ""
    return Offer(record["edition"], words, tuple(downloads), guide, note)


# Pictures


def _pictures(record: Record, what: str) -> tuple[Picture, list[Spread]]:
    """The picture on the card, and what is seen when it is opened."""
    by_panel = {picture["panel"]: picture for picture in record["pictures"] if picture["panel"]}
    sides = record["flat"]["sides"] if record["flat"] else []
    names = [panel["name"] for side in sides for panel in side["panels"]]
    first = record["pictures"][0]
    seen = f"{first['panel'] or 'First page'} of " if len(record["pictures"]) > 1 else ""
    cover = _picture(first, seen + what)
    if names and set(names) == set(by_panel):
        return cover, list(_spreads(record["flat"], by_panel))
    pages = tuple(
        _picture(picture, f"Page {number} of {len(record['pictures'])}")
        for number, picture in enumerate(record["pictures"], 1)
    )
    return cover, [Spread("The pages" if len(pages) > 1 else "The page", False, pages)]


def _picture(picture: Record, alt: str) -> Picture:
    return Picture(picture["file"], picture["width"], picture["height"], alt)


def _spreads(flat: Record, pictures: Mapping[str, Record]) -> Iterator[Spread]:
    """A folded piece as it lies in the hand and as it opens; a flat one side by side."""

    def show(panels: Iterable[Record]) -> tuple[Picture, ...]:
        return tuple(_picture(pictures[panel["name"]], panel["name"]) for panel in panels)

    outside = flat["sides"][0]["panels"]
    if flat["fold"] != "none":
        front = [panel for panel in outside if panel["front"]]
        back = [panel for panel in outside if not panel["front"] and not panel["tucked"]]
        yield Spread("Folded, as it lies in the hand: front and back", False, show([*front, *back]))
        for side in reversed(flat["sides"]):
            yield Spread(f"Opened flat: {side['name'].lower()}", True, show(side["panels"]))
        return
    for side in flat["sides"]:
        yield Spread(f"{side['name']}", True, show(side["panels"]))
