"""Grounds: what lies under the words, out to the bleed: fields of ink, art, bands."""

from __future__ import annotations

from dataclasses import dataclass

from handbill.compose.boxes import rounded
from handbill.compose.panels import DrawnRegion
from handbill.design.art import Art
from handbill.design.layouts import Layout
from handbill.design.panels import PanelSpec
from handbill.geometry import Rect
from handbill.scene import ARTIFACT, Group, Path, TextLine, walk
from handbill.units import mm, to_mm

OVERHANG = mm(5)
"""Grounds and art hang this far over the trim; an edition cuts them to its bleed."""

BAND_CLEAR = mm(4)
"""Room between the last line of words and a band, besides the air that the band holds itself."""


@dataclass(frozen=True)
class PlacedPanel:
    """A panel in its place on a side, with its regions drawn; ``rtl`` is how its words are read."""

    spec: PanelSpec
    rect: Rect
    drawn: list[DrawnRegion]
    rtl: bool


def draw_grounds(
    panels: list[PlacedPanel], layout: Layout, audience: str, width: float, height: float
) -> list[Group]:
    """The grounds of a side's panels, their art, then the grounds of their regions.

    Bands show on all panels of the side that have one, or on none: a row with a gap looks broken.
    """
    banded = [panel for panel in panels if panel.spec.band]
    bands = all(_has_room(panel, panel.spec.band) for panel in banded if panel.spec.band)
    items: list[Group] = []
    for panel in panels:
        whole = _overhang(_bare(panel), width, height)
        ground = layout.theme.ink(panel.spec.ground, audience)
        if ground.coverage:
            items.append(Group(ARTIFACT, (Path(rounded(whole, 0), fill=ground),), region=panel.spec.name))
        for art in (panel.spec.art, panel.spec.band if bands else None):
            if art is not None:
                drawing = layout.drawing(art.file, audience)
                paths = drawing.placed(_target(panel, art), view=drawing.trim, mirror=panel.rtl)
                items.append(Group(ARTIFACT, paths, clip=whole, region=panel.spec.name))
        for region in panel.drawn:
            if region.region.spec.ground:
                ink = layout.theme.ink(region.region.spec.ground, audience)
                area = _overhang(region.field, width, height)
                items.append(Group(ARTIFACT, (Path(rounded(area, 0), fill=ink),), region=panel.spec.name))
    return items


def _bare(panel: PlacedPanel) -> Rect:
    """The stretch of a panel where no region lays a ground of its own.

    Two edges of different ink on one line would show a fringe, so the panel's ground stops there.
    """
    fields = [region.field for region in panel.drawn if not region.region.spec.ground]
    if not fields or len(fields) == len(panel.drawn):
        return panel.rect
    low = min(field.y for field in fields)
    return Rect(panel.rect.x, low, panel.rect.width, max(field.top for field in fields) - low)


def _target(panel: PlacedPanel, art: Art) -> Rect:
    """Where art goes, in points; its frame is millimetres from the panel's head and start."""
    rect = panel.rect
    x, down, width, height = art.frame or (0.0, 0.0, panel.spec.width, to_mm(rect.height))
    left = rect.right - mm(x) - mm(width) if panel.rtl else rect.x + mm(x)
    return Rect(left, rect.top - mm(down + height), mm(width), mm(height))


def _has_room(panel: PlacedPanel, art: Art) -> bool:
    """Whether the panel's words end well above a band."""
    lines = [line.y for region in panel.drawn for line in walk(region.items) if isinstance(line, TextLine)]
    return not lines or _target(panel, art).top + BAND_CLEAR <= min(lines)


def _overhang(rect: Rect, width: float, height: float) -> Rect:
    """The rectangle grown over the trim on the sides where it touches the sheet's edge."""
    left = rect.x - (OVERHANG if rect.x <= 0.01 else 0)
    low = rect.y - (OVERHANG if rect.y <= 0.01 else 0)
    right = rect.right + (OVERHANG if rect.right >= width - 0.01 else 0)
    top = rect.top + (OVERHANG if rect.top >= height - 0.01 else 0)
    return Rect(left, low, right - left, top - low)
