"""The survey of a language: how full each region is, and how long each of its strings may be.

Nothing is written. What is not translated yet is stood in for by pseudo-text of the length that the
language's own translations lead one to expect, so that a translator is told of room before the first
word. Editions share a composition, so each piece is laid out once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.campaign.bound import BoundPiece
from handbill.campaign.campaign import Campaign
from handbill.campaign.pseudo import count_letters, growth_of, pseudo
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.strings import CAMPAIGN_CONTEXT, printed_strings
from handbill.compose.pieces import Laid
from handbill.compose.room import (
    LetterWidths,
    Measured,
    RegionFit,
    excess_of,
    measure_string,
    texts_of,
)
from handbill.problems import PieceError, Problem
from handbill.workshop import Workshop, middle_of

ENOUGH = 10
"""So many translated strings tell how long a language's words become."""

Key = tuple[str, str]
"""Context and English of a string."""


@dataclass(frozen=True)
class Spot:
    """A piece in a layout."""

    audience: str
    layout: str


@dataclass(frozen=True)
class Row:
    """A region of a piece, as it was set; ``stood_in`` says that some of its piece is pseudo-text."""

    language: str
    spot: Spot
    fit: RegionFit
    overset: bool
    stood_in: bool


@dataclass(frozen=True)
class Room:
    """How long a string may be, and where it stands tightest.

    ``now`` is None while it is not translated; ``may_shrink`` says that the piece's type could still go
    down a step to make room.
    """

    measured: Measured
    spot: Spot
    region: str
    now: int | None
    may_shrink: bool


@dataclass(frozen=True)
class Survey:
    """What a language's pieces showed.

    ``stood_in`` are the strings for which pseudo-text stood in, ``problems`` those of pieces that could
    not be set at all.
    """

    language: str
    rows: tuple[Row, ...]
    rooms: dict[Key, Room]
    stood_in: frozenset[Key]
    problems: tuple[tuple[Spot, Problem], ...]

    @property
    def worst(self) -> tuple[Row, ...]:
        """The rows, the worst first; of a panel that is too full only the region with most words, as what is
        to be cut may be cut in any of them."""
        heaviest: dict[tuple[Spot, str], Row] = {}
        for row in self.rows:
            key = row.spot, row.fit.panel
            if row.overset and (key not in heaviest or row.fit.letters > heaviest[key].fit.letters):
                heaviest[key] = row
        rows = [row for row in self.rows if not row.overset] + list(heaviest.values())
        return tuple(sorted(rows, key=_badness))

    @property
    def overset(self) -> bool:
        """Whether some words are too long, or too wide to be set."""
        return bool(self.problems) or any(row.overset for row in self.rows)


def survey(
    workshop: Workshop, language: str, audiences: Sequence[str] = (), layouts: Sequence[str] = ()
) -> Survey:
    """Lay out the language's pieces, or those of the audiences and layouts that are named, and measure.

    Large print is left out: it takes the pages that it needs.
    """
    surveyor = _Surveyor(workshop, language)
    for spot in spots(workshop, language, audiences, layouts):
        surveyor.visit(spot)
    return surveyor.tell()


def spots(
    workshop: Workshop, language: str, audiences: Sequence[str] = (), layouts: Sequence[str] = ()
) -> Iterator[Spot]:
    """The pieces that there are in a language, in the order of audiences and layouts; only those named, if
    any are. A bilingual one is the language's half of it.
    """
    halves = language in workshop.campaign.paired
    for audience, placed in workshop.campaign.audiences.items():
        for layout in workshop.design.layouts:
            named = audience in (audiences or (audience,)) and layout in (layouts or (layout,))
            made = halves or not workshop.design.is_bilingual(layout)
            if named and made and workshop.design.piece_of(layout) in placed.record.pieces:
                yield Spot(audience, layout)


@dataclass(frozen=True)
class _Visit:
    spot: Spot
    piece: BoundPiece
    laid: Laid
    stood_in: frozenset[Key]


def _badness(row: Row) -> tuple[float, ...]:
    """Sorts what is too long first, by the letters to cut, then what is fullest."""
    return (row.fit.letters_left, 0.0) if row.overset else (0, -row.fit.share)


class _Surveyor:
    """Lays out one language's pieces. One use."""

    def __init__(self, workshop: Workshop, language: str) -> None:
        self._workshop = workshop
        self._language = language
        self._record = workshop.campaign.languages[language]
        self._growth = _growth(workshop.campaign, language)
        self._visits: list[_Visit] = []
        self._problems: list[tuple[Spot, Problem]] = []
        self._widths = LetterWidths()

    def visit(self, spot: Spot) -> None:
        """Lay out the piece at a spot and keep what it shows."""
        workshop = self._workshop
        stood_in: set[Key] = set()

        def stand_in(context: str, english: str) -> str:
            stood_in.add((context, english))
            return pseudo(english, self._record, self._growth)

        name = workshop.design.piece_of(spot.layout)
        piece = workshop.campaign.bind(spot.audience, name, self._language, stand_in=stand_in)
        layout = workshop.design.layouts[spot.layout]
        try:
            laid = workshop.composer.lay(
                piece, layout, workshop.scripts[self._language], middle_of(self._record)
            )
        except PieceError as error:
            self._problems += [(spot, problem) for problem in error.problems]
            return
        self._visits.append(_Visit(spot, piece, laid, frozenset(stood_in)))
        for panel in laid.panels:
            for region in panel.regions:
                self._widths.add(box for box, _ in texts_of(region))

    def tell(self) -> Survey:
        """What the visits showed."""
        rows = tuple(
            Row(
                self._language,
                visit.spot,
                fit,
                fit.panel in visit.laid.too_full,
                bool(visit.stood_in),
            )
            for visit in self._visits
            for fit in visit.laid.fits
        )
        rooms: dict[Key, Room] = {}
        for visit in self._visits:
            for key, room in self._rooms(visit):
                known = rooms.get(key)
                if known is None or room.measured.reach < known.measured.reach:
                    rooms[key] = room
        stood_in = frozenset(key for visit in self._visits for key in visit.stood_in)
        return Survey(self._language, rows, rooms, stood_in, tuple(self._problems))

    def _rooms(self, visit: _Visit) -> Iterator[tuple[Key, Room]]:
        for panel in visit.laid.panels:
            too_full = panel.spec.name in visit.laid.too_full
            excess = excess_of(panel, visit.laid.context.leading) if too_full else None
            for region in panel.regions:
                name = region.spec.region or "imprint"
                texts = texts_of(region)
                for block, context, english, plain in self._strings(visit.piece, name):
                    boxes = [box for box, holder in texts if holder == block]
                    measured = measure_string(plain, boxes, panel, self._widths, excess)
                    if measured is not None:
                        key = (context, english)
                        now = None if key in visit.stood_in else measured.now
                        yield key, Room(measured, visit.spot, name, now, visit.laid.may_shrink)

    def _strings(self, piece: BoundPiece, region: str) -> Iterator[tuple[str, str, str, str]]:
        """Block, context, English and printed words of what a region holds; of the imprint the
        program's own words."""
        if region == "imprint":
            for text in piece.words.values():
                yield region, CAMPAIGN_CONTEXT, text.source, text.plain
        for block in piece.regions.get(region, ()):
            for context, english, text in printed_strings(self._workshop.campaign, block):
                yield block.id, context, english, text.plain


def _growth(campaign: Campaign, language: str) -> float:
    """Letters of the language for one of the English: as its translations have it, else as expected."""
    if language == SOURCE_LANGUAGE:
        return 1.0
    done = [
        entry
        for entry in campaign.catalogues[language].entries.values()
        if entry.translation and not entry.fuzzy
    ]
    if len(done) < ENOUGH:
        return growth_of(campaign.languages[language])
    return sum(count_letters(entry.translation) for entry in done) / sum(
        count_letters(entry.english) for entry in done
    )
