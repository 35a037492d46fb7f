"""Compose: one bound piece, in one language or in two, and one layout to a Scene."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as File
from typing import NamedTuple

from handbill.campaign import bound
from handbill.campaign.bound import BoundBlock, BoundPiece, list_contacts
from handbill.campaign.pairs import BoundPair
from handbill.compose.boxes import Box, Stack
from handbill.compose.context import MOST_OVERHANG, Context, Sizes
from handbill.compose.fit import Fitted, fit
from handbill.compose.grounds import PlacedPanel, draw_grounds
from handbill.compose.imprint import imprint, slug
from handbill.compose.overset import describe
from handbill.compose.panels import CLEAR, DrawnRegion, SetPanel, SetRegion, draw_panel, match
from handbill.compose.parts import Parts
from handbill.compose.room import RegionFit, floor_of, region_fit
from handbill.compose.symbols import dots
from handbill.design.layouts import Design, Layout, LayoutFile
from handbill.design.panels import PanelSpec, RegionSpec
from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.problems import PieceError
from handbill.scene import Group, Page, Panel, Scene, Tag, TextLine, walk
from handbill.text.faces import Library
from handbill.text.model import Script
from handbill.units import mm

LEAD_DOTS = (2.4, 9.5)
"""Radius and pitch of the row of dots at a panel's head, in points."""


@dataclass(frozen=True)
class Laid:
    """A piece set in a layout, at the sizes that fit or at the smallest: what is known of its room.

    ``panels`` are in reading order, ``too_full`` the names of those whose words are too long; ``context``
    is that of the present sizes, which ``may_shrink`` where a role is not at its floor yet. ``fits`` has
    every region, in reading order.
    """

    panels: tuple[SetPanel, ...]
    too_full: tuple[str, ...]
    fits: tuple[RegionFit, ...]
    context: Context
    may_shrink: bool


@dataclass(frozen=True)
class Composition:
    """A composed piece: the Scene, how it fitted, the slug line if it goes to a printer, and what the
    manifest tells.

    ``blocks`` are those that found their place, ``contacts`` every number and address printed,
    as printed, in reading order; ``qr`` the payloads of its codes.
    """

    scene: Scene
    slug: Line | None
    fits: tuple[RegionFit, ...]
    sizes: dict[str, float]
    dropped: tuple[str, ...]
    smallest_pt: float
    blocks: tuple[BoundBlock, ...]
    contacts: tuple[str, ...]
    qr: tuple[str, ...]


class Half(NamedTuple):
    """A piece in one language, all there is or half of a bilingual one, and how that language is set.

    ``middle`` is half the height of a small letter, in em.
    """

    piece: BoundPiece
    script: Script
    middle: float


class Composer:
    """Sets pieces into layouts. Holds what all pieces share: design, faces, scripts."""

    def __init__(self, design: Design, library: Library, root: File, latin: Script) -> None:
        self.design = design
        self.library = library
        self.latin = latin
        self.parts = Parts(design.icons, root)

    def compose(self, piece: BoundPiece, layout: Layout, script: Script, middle: float) -> Composition:
        """Lay out ``piece``. ``middle`` is half the height of a small letter, in em.

        Raises PieceError (``text/overset``) naming every panel that is too full and by how much.
        """
        return self._lay_out(piece, (Half(piece, script, middle),), layout)

    def compose_pair(self, pair: BoundPair, layout: Layout, halves: tuple[Half, Half]) -> Composition:
        """Lay out a bilingual piece: in both languages the same sizes, and the same blocks dropped.

        The sheet folds as a leaflet in the first language does, which has the front; each panel is set,
        and its art faces, as its own language is read. Of two languages that are read in opposite
        directions each then has a front of its own, whichever comes first (print-spec 3.3). Raises
        PieceError as ``compose`` does.
        """
        return self._lay_out(pair, halves, layout)

    def _lay_out(
        self, piece: BoundPiece | BoundPair, halves: tuple[Half, ...], layout: Layout
    ) -> Composition:
        makers, fitted = self._fit(halves, layout)
        if fitted.too_full:
            raise PieceError(
                describe(
                    fitted.panels[name],
                    makers.of(name).piece,
                    makers.context(name, fitted.sizes),
                    layout.spec.name,
                )
                for name in makers.at_fault(fitted)
            )
        return self._assemble(piece, halves, layout, makers, fitted)

    def lay(self, piece: BoundPiece, layout: Layout, script: Script, middle: float) -> Laid:
        """Set ``piece`` as ``compose`` does, to see how much room there is: too full or not. Of a bilingual
        layout it is the language's own half, as if the other had no need of more.

        Raises PieceError for a word that is too wide or a letter that no face has.
        """
        layout = layout.half()
        makers, fitted = self._fit((Half(piece, script, middle),), layout)
        context = makers.context(layout.spec.reading[0], fitted.sizes)
        panels = tuple(fitted.panels[name] for name in layout.spec.reading)
        fits = tuple(
            fit
            for panel in panels
            for fit in _tell_fits(panel, draw_panel(panel, _flat(panel)), context, layout.spec)
        )
        shrinking = [role for role in layout.spec.give if role != "space"]
        may_shrink = any(context.size(role) > floor_of(role, context, layout.spec) for role in shrinking)
        return Laid(panels, fitted.too_full, fits, context, may_shrink)

    def _fit(self, halves: tuple[Half, ...], layout: Layout) -> tuple[_PanelMakers, Fitted]:
        makers = _PanelMakers(self, halves, layout)
        # A floor holds for the script that is set smallest.
        least_ratio = min(half.script.size_ratio for half in halves)
        return makers, fit(layout.spec, makers.set_panel, makers.optional(), least_ratio)

    def _assemble(
        self,
        piece: BoundPiece | BoundPair,
        halves: tuple[Half, ...],
        layout: Layout,
        makers: _PanelMakers,
        fitted: Fitted,
    ) -> Composition:
        spec = layout.spec
        first = halves[0]
        width, height = mm(spec.trim[0]), mm(spec.trim[1])
        pages: list[Page] = []
        fits: list[RegionFit] = []
        for side in spec.sides:
            order = list(reversed(side.panels)) if first.script.rtl else list(side.panels)
            placed: list[PlacedPanel] = []
            x = 0.0
            for panel in order:
                rect = Rect(x, 0.0, mm(panel.width), height)
                drawn = draw_panel(fitted.panels[panel.name], rect)
                placed.append(PlacedPanel(panel, rect, drawn, makers.of(panel.name).script.rtl))
                x = rect.right
            grounds = draw_grounds(placed, layout, first.piece.audience, width, height)
            groups = [group for one in placed for group in _texts(one, makers.tag(one.spec.name))]
            panels = tuple(Panel(one.spec.name, one.rect) for one in placed)
            for one in placed:
                context = makers.context(one.spec.name, fitted.sizes)
                fits.extend(_tell_fits(fitted.panels[one.spec.name], one.drawn, context, spec))
            folds = tuple(panel.rect.x for panel in panels[1:]) if spec.fold != "none" else ()
            pages.append(Page(side.name, width, height, (*grounds, *groups), panels, folds))
        scene = Scene(
            name=f"{first.piece.audience} {layout.id} {piece.language}",
            title=piece.title if isinstance(piece, BoundPair) else piece.title.plain,
            lang=first.piece.language,
            direction=piece.direction,
            pages=tuple(pages),
            subject=first.piece.audience_name.plain,
            author=first.piece.publisher.plain,
        )
        kept = tuple(block for half in halves for block in _kept(half.piece, layout, fitted.dropped))
        return Composition(
            scene,
            slug(piece, spec, self.latin, self.library),
            tuple(fits),
            makers.of(spec.reading[0]).sizes_in_points(fitted.sizes),
            tuple(sorted(fitted.dropped)),
            smallest_type(scene),
            kept,
            list_contacts(kept),
            tuple(dict.fromkeys(list_payloads(kept))),
        )


def _kept(piece: BoundPiece, layout: Layout, dropped: frozenset[str]) -> Iterator[BoundBlock]:
    """The blocks that found their place."""
    shown = [block for region in layout.regions for block in piece.regions.get(region, ())]
    for block in piece.blocks:
        placed = layout.spec.tabs if isinstance(block, bound.TabsBlock) else block in shown
        if block.id not in dropped and placed:
            yield block


def _texts(panel: PlacedPanel, tag: Tag) -> list[Group]:
    return [
        Group(tag, region.items, order=region.region.order, region=panel.spec.name)
        for region in panel.drawn
        if region.items
    ]


class _PanelMakers:
    """Sets the panels of a piece, those of a bilingual one each in its language and as high as its twin."""

    def __init__(self, composer: Composer, halves: tuple[Half, ...], layout: Layout) -> None:
        self._makers = tuple(_PanelMaker(composer, *half, layout) for half in halves)
        self._second = {panel.name for panel in layout.spec.panels if panel.like is not None}
        self._twins = layout.spec.twins

    def of(self, name: str) -> _PanelMaker:
        """What sets the panel called ``name``."""
        return self._makers[1 if name in self._second else 0]

    def context(self, name: str, sizes: Sizes) -> Context:
        """The context of words in a panel, to measure by."""
        return self.of(name).context("white", 100, sizes)

    def tag(self, name: str) -> Tag:
        """The role of a panel's regions: those in the second language say so."""
        if name not in self._second:
            return Tag("Sect")
        record = self.of(name).piece
        return Tag("Sect", lang=record.language, direction=record.direction)

    def optional(self) -> dict[str, list[str]]:
        """For each panel the blocks that may be dropped, first to go first: in both languages."""
        return self._makers[0].optional()

    def set_panel(self, name: str, sizes: Sizes, dropped: frozenset[str]) -> SetPanel:
        """The panel called ``name``, set."""
        panel = self.of(name).set_panel(name, sizes, dropped)
        twin = self._twins.get(name)
        return match(panel, self.of(twin).set_panel(twin, sizes, dropped)) if twin else panel

    def at_fault(self, fitted: Fitted) -> list[str]:
        """The panels that are too full, without those that would not be but for their twin."""
        alone = [
            name
            for name in fitted.too_full
            if self.of(name).set_panel(name, fitted.sizes, fitted.dropped).excess > 0
        ]
        return alone or list(fitted.too_full)


class _PanelMaker:
    """Sets the panels of one piece at given sizes, each combination once."""

    def __init__(
        self, composer: Composer, piece: BoundPiece, script: Script, middle: float, layout: Layout
    ) -> None:
        self.composer = composer
        self.piece = piece
        self.layout = layout
        self.script = script
        self.middle = middle
        self.panels = {panel.name: panel for panel in layout.spec.panels}
        self._made: dict[tuple[str, Sizes, frozenset[str]], SetPanel] = {}

    def optional(self) -> dict[str, list[str]]:
        """For each panel the blocks that may be dropped, first to go first."""
        found: dict[str, list[str]] = {}
        for name, panel in self.panels.items():
            blocks = [block for spec in panel.regions for block in self._blocks(spec) if block.optional]
            found[name] = [block.id for block in sorted(blocks, key=lambda block: block.optional or 0)]
        return found

    def context(self, ground: str, width_mm: float, sizes: Sizes, sides_mm: float = 0.0) -> Context:
        """The context of a region on a ground, with a measure and margins at its sides in mm."""
        spec = self.layout.spec
        return Context(
            script=self.script,
            latin=self.composer.latin,
            library=self.composer.library,
            scale=spec.type,
            sizes=sizes,
            spacing=spec.spacing,
            theme=self.layout.theme,
            palette=self.layout.theme.palette(ground, self.piece.audience),
            audience=self.piece.audience,
            width=mm(width_mm),
            words=self.piece.words,
            display=spec.display,
            number_column=spec.numbers == "column" or (spec.display and spec.numbers == "beside"),
            large_calls=spec.large_calls,
            qr=spec.qr,
            icon=spec.icon,
            tabs=spec.tabs,
            tab_height=spec.tab_height,
            middle=self.middle,
            name_stop=self.piece.record.name_stop,
            colon=self.piece.record.colon,
            pairs=spec.numbers == "above",
            overhang=min(MOST_OVERHANG, max(0.0, mm(sides_mm) - CLEAR)),
        )

    def sizes_in_points(self, sizes: Sizes) -> dict[str, float]:
        """The nominal sizes that hold, by role."""
        context = self.context("white", 100, sizes)
        roles = ("title", "heading", "body", "number", "small")
        return {role: context.size(role) for role in roles if context.scale.role(role) == role}

    def set_panel(self, name: str, sizes: Sizes, dropped: frozenset[str]) -> SetPanel:
        """The panel called ``name``, set."""
        key = (name, sizes, dropped)
        if key not in self._made:
            panel = self.panels[name]
            regions = tuple(
                region
                for spec in panel.regions
                if (region := self._set_region(panel, spec, sizes, dropped)) is not None
            )
            self._made[key] = SetPanel(panel, regions, mm(self.layout.spec.trim[1]))
        return self._made[key]

    def _set_region(
        self, panel: PanelSpec, spec: RegionSpec, sizes: Sizes, dropped: frozenset[str]
    ) -> SetRegion | None:
        ground = spec.on or spec.ground or panel.ground
        sides = spec.margins.sides
        context = self.context(ground, panel.width - 2 * sides - spec.indent, sizes, sides)
        order = self.layout.spec.reading.index(panel.name) * 100 + panel.regions.index(spec)
        give = self.layout.spec.spacing.tight if spec.elastic and sizes.space else 1.0
        first, last = spec is panel.regions[0], spec is panel.regions[-1]
        left = mm(sides + (0 if self.script.rtl else spec.indent))
        margins = left, _given(spec.margins.top, give, first), _given(spec.margins.bottom, give, last)
        if spec.imprint:
            words = (imprint(context, self.piece),)
            return SetRegion(spec, words, 0.0, context.unit, order, *margins, first=first, last=last)
        stacks: list[Stack] = []
        for block in self._blocks(spec):
            if block.id not in dropped:
                stacks.extend(self.composer.parts.make(context, block))
        if not stacks:
            return None
        head = self._dots(context, panel) if spec.lead_dots else None
        gap = context.block_gap
        return SetRegion(spec, tuple(stacks), gap, context.unit, order, *margins, head, first, last)

    def _blocks(self, spec: RegionSpec) -> tuple[BoundBlock, ...]:
        """The blocks of a region; tear-off tabs go to the region that is kept for them.

        A layout that is not cut into tabs has none: they only repeat a number.
        """
        if spec.tabs:
            return tuple(block for block in self.piece.blocks if isinstance(block, bound.TabsBlock))
        blocks = self.piece.regions.get(spec.region or "", ())
        return tuple(block for block in blocks if not isinstance(block, bound.TabsBlock))

    def _dots(self, context: Context, panel: PanelSpec) -> Box:
        """The row of dots over the first heading; the odd one counts the panels as read."""
        count = len(self.layout.spec.reading) - 1
        odd = max(0, self.layout.spec.reading.index(panel.name) - 1)
        palette = context.palette
        radius, pitch = LEAD_DOTS
        row = dots(count, min(odd, count - 1), radius, pitch, palette.dot, palette.signal, context.rtl)
        return context.to_start(row)


def _given(length: float, share: float, at_cut: bool) -> float:
    """A margin in points of which ``share`` is left; at the cut it gives way to ``CLEAR`` and no further."""
    return max(mm(length) * share, min(mm(length), CLEAR) if at_cut else 0.0)


def list_payloads(blocks: Iterable[BoundBlock]) -> tuple[str, ...]:
    """The payload of every QR code of the blocks."""
    return tuple(block.payload for block in blocks if isinstance(block, bound.QrBlock) and block.payload)


def _flat(panel: SetPanel) -> Rect:
    """A panel by itself, for who only asks how its room is given to its regions."""
    return Rect(0.0, 0.0, mm(panel.spec.width), panel.height)


def _tell_fits(
    panel: SetPanel, drawn: Iterable[DrawnRegion], context: Context, layout: LayoutFile
) -> list[RegionFit]:
    return [
        region_fit(panel, one.region, one.field.height - one.region.top - one.region.foot, context, layout)
        for one in drawn
    ]


def smallest_type(scene: Scene) -> float:
    """The smallest type of a scene in points, as set."""
    sizes = [
        run.size
        for page in scene.pages
        for item in walk(page.items)
        if isinstance(item, TextLine)
        for run in item.line.runs
    ]
    return round(min(sizes), 2) if sizes else 0.0
