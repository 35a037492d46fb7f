"""Pieces: which of them a proof shows, laid out as they are made, each with what it is read for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from handbill.campaign.bound import BoundPiece
from handbill.campaign.pseudo import pseudo
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.compose.pieces import Composition
from handbill.design.layouts import Layout
from handbill.plan import LARGE_PRINT, SCREEN, Variant
from handbill.problems import PieceError, Problem, Severity
from handbill.proof.inventory import Key, Source, String, list_sources
from handbill.proof.paragraphs import Paragraph, View, list_views, read_view
from handbill.units import mm
from handbill.workshop import Workshop, middle_of
from handbill.writers.pdf import write_pdf

TALLER = 0.05
"""By this share of its height a sheet is made taller, time after time, until too long words fit."""
TALLEST = 40
"""Times: three times as tall. Words that need more are told without a picture."""

NOT_THERE = ("translation/missing", "translation/stale", "translation/fuzzy")
"""Codes of what the inventory tells already."""


@dataclass(frozen=True)
class Laid:
    """A piece laid out for a proof.

    ``problems`` are why it cannot be printed as it is: words that are too long, which then stand on a
    sheet that is ``taller`` by so many points, so that none is hidden. Without ``composition`` not even
    that was possible.
    """

    variant: Variant
    name: str
    piece: BoundPiece
    composition: Composition | None
    views: tuple[tuple[View, tuple[Paragraph, ...]], ...]
    problems: tuple[Problem, ...] = ()
    taller: float = 0.0

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Why translations that are there cannot be printed."""
        return tuple(
            problem
            for problem in self.piece.warnings
            if problem.severity is Severity.ERROR and problem.code not in NOT_THERE
        )

    @cached_property
    def keys(self) -> frozenset[Key]:
        """The strings that stand in its pictures."""
        return frozenset(
            key for _, paragraphs in self.views for paragraph in paragraphs for key in paragraph.keys
        )


class Setter:
    """Lays out the pieces of one language. ``stood_in`` gathers the strings that pseudo-text stands for."""

    def __init__(self, workshop: Workshop, language: str, stock: Mapping[Key, String]) -> None:
        self.workshop = workshop
        self.language = language
        self.stock = stock
        self.stood_in: set[Key] = set()

    def lay_out(self, audience: str, layout: str) -> Laid:
        """The audience's piece in a layout or flow."""
        workshop, campaign = self.workshop, self.workshop.campaign
        variant = Variant(self._edition(layout), self.language, None, audience, layout)
        kind = workshop.design.piece_of(layout)
        name = workshop.design.name_of(layout)
        piece = campaign.bind(audience, kind, self.language, stand_in=self._stand_in)
        english = campaign.bind(audience, kind, SOURCE_LANGUAGE)
        sources = list_sources(campaign, piece, english, self.stock)
        laid = Laid(variant, name, piece, None, ())
        try:
            return self._read(replace(laid, composition=workshop.compose(variant, piece)), sources)
        except PieceError as error:
            return self._make_taller(replace(laid, problems=error.problems), sources)

    def write(self, laid: Laid) -> tuple[bytes, list[str]]:
        """The piece as the PDF that goes on web sites, and the names of its pages, which are those of the
        views. Raises PieceError."""
        assert laid.composition is not None
        edited = self.workshop.edit(laid.variant, laid.piece, laid.composition)
        pdf = write_pdf(edited.scene, self.workshop.library, edited.options)
        return pdf, [page.name for page in edited.scene.pages]

    def _edition(self, layout: str) -> str:
        design = self.workshop.design
        if layout in design.flows:
            return LARGE_PRINT
        return "web" if "web" in design.layouts[layout].spec.editions else SCREEN

    def _stand_in(self, context: str, english: str) -> str:
        self.stood_in.add((context, english))
        return pseudo(english, self.workshop.campaign.languages[self.language])

    def _make_taller(self, laid: Laid, sources: Mapping[str, Sequence[Source]]) -> Laid:
        """The piece on a sheet that is tall enough for its words, if there is one."""
        workshop = self.workshop
        layout = workshop.design.layouts.get(laid.variant.layout)
        if layout is None or any(problem.code != "text/overset" for problem in laid.problems):
            return laid
        script = workshop.scripts[self.language]
        middle = middle_of(workshop.campaign.languages[self.language])
        for step in range(1, TALLEST + 1):
            more = layout.spec.trim[1] * TALLER * step
            try:
                made = workshop.composer.compose(laid.piece, stretch(layout, more), script, middle)
            except PieceError:
                continue
            return self._read(replace(laid, composition=made, taller=mm(more)), sources)
        return laid

    def _read(self, laid: Laid, sources: Mapping[str, Sequence[Source]]) -> Laid:
        assert laid.composition is not None
        scene = laid.composition.scene
        views = ((view, read_view(scene, view, sources, self.workshop.library)) for view in list_views(scene))
        return replace(laid, views=tuple((view, tuple(read)) for view, read in views if read))


def stretch(layout: Layout, more: float) -> Layout:
    """The layout on a sheet that is taller by ``more`` mm."""
    spec = layout.spec.model_copy(update={"trim": (layout.spec.trim[0], layout.spec.trim[1] + more)})
    return replace(layout, source=replace(layout.source, model=spec))


def layouts_of(workshop: Workshop, audience: str) -> list[str]:
    """The layouts and flows that the audience has a piece for in one language; of layouts that show the
    same, the smaller sheet first, since words have the least room there."""
    design = workshop.design
    alone = (name for name in design.layouts if not design.is_bilingual(name))
    layouts = sorted(alone, key=lambda name: math.prod(design.layouts[name].spec.trim))
    pieces = workshop.campaign.audiences[audience].record.pieces
    return [name for name in [*layouts, *design.flows] if design.piece_of(name) in pieces]


def choose(laid: Sequence[Laid]) -> Iterator[Laid]:
    """The fewest pieces (by taking the one with most new strings, time after time) that show every
    string that any of ``laid`` shows; then all others that cannot be printed as they are."""
    rest = [piece for piece in laid if piece.composition is not None]
    shown: set[Key] = set()
    while rest:
        best = max(rest, key=lambda piece: len(piece.keys - shown))  # the first of equals
        if not best.keys - shown:
            break
        shown |= best.keys
        rest.remove(best)
        yield best
    yield from (piece for piece in rest if piece.problems)
    yield from (piece for piece in laid if piece.composition is None)
