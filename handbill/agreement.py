"""Agreement: what content, layouts and fonts must know of each other before anything is made.

A piece with a region that its layout has not would lose its words without a sound; an icon or face
that is missing would stop a build half-way.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbill.campaign.campaign import Campaign, PlacedAudience
from handbill.campaign.messages import Contacts, Tabs
from handbill.campaign.pieces import Piece
from handbill.colour import BLACK
from handbill.design.art import no_art
from handbill.design.layouts import Design, Layout
from handbill.design.svg import load_icon
from handbill.problems import InputError, Place, Problem, did_you_mean
from handbill.text.faces import Library

MOST_CARDS_ON_A_DISPLAY = 3
"""Numbers on a poster (contacts, section 5 rule 3)."""


def check_agreement(campaign: Campaign, design: Design, library: Library) -> None:
    """Raises InputError with everything that does not fit together."""
    problems = [
        *_check_pieces(campaign, design),
        *_check_flows(campaign, design),
        *_check_icons(campaign, design),
        *_check_faces(campaign, library),
    ]
    if problems:
        raise InputError(problems)


def _check_pieces(campaign: Campaign, design: Design) -> Iterator[Problem]:
    pieces = {layout.spec.piece for layout in design.layouts.values()}
    for layout in design.layouts.values():
        yield from _check_left_out(campaign, layout)
    for audience in campaign.audiences.values():
        for name, piece in audience.record.pieces.items():
            if name not in pieces:
                yield Problem(
                    "content/unknown-piece",
                    f"No layout makes a piece called “{name}”.",
                    did_you_mean(name, pieces),
                    audience.place("pieces", name),
                )
                continue
            for layout in design.layouts.values():
                if layout.spec.piece == name:
                    yield from _check_piece(campaign, audience, name, piece, layout)
                    yield from _check_art(layout, piece.reader or audience.id)


def _check_piece(
    campaign: Campaign, audience: PlacedAudience, name: str, piece: Piece, layout: Layout
) -> Iterator[Problem]:
    """A layout has room for every region of a piece, or says that it leaves it out; and it has as many
    tabs as it keeps room for."""
    tabs = 0
    for region, index, wording in piece.placed():
        place = audience.place("pieces", name, "regions", region)
        if region not in (*layout.regions, *layout.spec.leaves_out):
            if index == 0:
                yield Problem(
                    "content/unknown-region",
                    f"The layout “{layout.id}” has no region “{region}”, so its words would be lost.",
                    did_you_mean(region, layout.regions) + " Or name it at “leaves_out” in the layout.",
                    place,
                )
            continue
        record = campaign.blocks[wording].record
        tabs += isinstance(record, Tabs)
        if isinstance(record, Tabs) and not layout.spec.tabs:
            yield Problem(
                "content/no-tabs",
                f"The layout “{layout.id}” has no tear-off tabs, so the block “{wording}” would be lost.",
                "Take the block out, or give the layout a region “tabs: true”.",
                place,
            )
        if (
            layout.spec.display
            and region in layout.regions
            and isinstance(record, Contacts)
            and len(record.cards) > MOST_CARDS_ON_A_DISPLAY
        ):
            yield Problem(
                "content/too-many-cards",
                f"The block “{wording}” has {len(record.cards)} cards, in the layout “{layout.id}”.",
                f"Keep {MOST_CARDS_ON_A_DISPLAY}: who looks at a poster in passing remembers no more.",
                place,
            )
    if layout.spec.tabs and tabs != 1:
        yield Problem(
            "content/one-tabs",
            f"The layout “{layout.id}” has room for one row of tear-off tabs; this {name} has "
            f"{tabs or 'no'} block{'s' if tabs > 1 else ''} of tabs.",
            "Name one block of the kind “tabs” in one of its regions.",
            audience.place("pieces", name, "regions"),
        )


def _check_left_out(campaign: Campaign, layout: Layout) -> Iterator[Problem]:
    """What a layout leaves out is there to be left out; a slip would hide the next one."""
    pieces = (audience.record.pieces.get(layout.spec.piece) for audience in campaign.audiences.values())
    written = sorted({region for piece in pieces if piece for region in piece.regions})
    for index, region in enumerate(layout.spec.leaves_out):
        if written and region not in written:
            yield Problem(
                "layout/leaves-out",
                f"The layout “{layout.id}” leaves out a region “{region}”, which no {layout.spec.piece} has.",
                did_you_mean(region, written),
                layout.source.place("leaves_out", index),
            )


def _check_art(layout: Layout, audience: str) -> Iterator[Problem]:
    """A layout has the drawings of every audience that has its piece."""
    for s, side in enumerate(layout.spec.sides):
        for p, panel in enumerate(side.panels):
            for key, art in (("art", panel.art), ("band", panel.band)):
                if art and (name := art.file.replace("{audience}", audience)) not in layout.drawings:
                    yield no_art(name, layout.source.place("sides", s, "panels", p, key, "file"))


def _check_flows(campaign: Campaign, design: Design) -> Iterator[Problem]:
    """A flow must take every region of its pieces that a layout has, and none that no piece has."""
    for flow in design.flows.values():
        pieces = [audience.record.pieces.get(flow.spec.piece) for audience in campaign.audiences.values()]
        written = {region for piece in pieces if piece for region in piece.regions}
        drawn = {
            region
            for layout in design.layouts.values()
            if layout.spec.piece == flow.spec.piece
            for region in layout.regions
        }
        for region in sorted(written & drawn - set(flow.spec.reading)):
            yield Problem(
                "layout/flow-leaves-out",
                f"The flow “{flow.id}” does not read the region “{region}”, so its words would be lost.",
                f"Add “{region}” to “reading”, where it is to be read.",
                flow.source.place("reading"),
            )
        for index, region in enumerate(flow.spec.reading):
            if region not in written | drawn:
                yield Problem(
                    "layout/flow-unknown-region",
                    f"The flow “{flow.id}” reads a region “{region}”, which no {flow.spec.piece} has.",
                    did_you_mean(region, written | drawn),
                    flow.source.place("reading", index),
                )


def _check_icons(campaign: Campaign, design: Design) -> Iterator[Problem]:
    known = {path.stem for path in design.icons.glob("*.svg")}
    used: set[str] = set()
    for block in campaign.blocks.values():
        named: list[tuple[tuple[str | int, ...], str | None]] = [
            (("icon",), getattr(block.record, "icon", None))
        ]
        for index, item in enumerate(getattr(block.record, "items", ())):
            named.append((("items", index, "icon"), getattr(item, "icon", None)))
        for path, name in named:
            if name and name not in known:
                yield Problem(
                    "content/unknown-icon",
                    f"There is no icon “{name}”.",
                    did_you_mean(name, known),
                    block.place(*path),
                )
            elif name:
                used.add(name)
    for name in sorted(used):
        try:
            load_icon(design.icons / f"{name}.svg", campaign.root, BLACK)
        except InputError as error:
            yield from error.problems


def _check_faces(campaign: Campaign, library: Library) -> Iterator[Problem]:
    place = "content/languages.yaml"
    for tag, language in campaign.languages.items():
        for weight, names in language.faces.model_dump().items():
            for name in names:
                if name not in library.records:
                    yield Problem(
                        "text/unknown-face",
                        f"There is no face called “{name}” in fonts/fonts.yaml.",
                        did_you_mean(name, library.records),
                        Place(place, None, f"languages.{tag}.faces.{weight}"),
                    )
                    continue
                try:
                    library.face(name)
                except InputError as error:
                    yield from error.problems
