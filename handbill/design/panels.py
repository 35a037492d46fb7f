"""Panels: the sides of a sheet, what stands on each from the left, and what each holds from the head down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handbill.design.art import Art
from handbill.design.measures import Length, Positive, Strict


class Margins(Strict):
    """Room left free inside a region."""

    top: Length = 0
    bottom: Length = 0
    sides: Length = 0


class RegionSpec(Strict):
    """A stretch of a panel: what it holds and how it takes its room.

    ``region`` names the region of the piece; ``imprint`` stands for the imprint, ``tabs`` for the
    tear-off tabs, wherever the piece lists them. ``ground`` is painted; ``on`` names the ground
    that the panel's art lays under the words. ``grow`` is its share of the room left over,
    ``least`` its least height; an ``elastic`` region's margins above and below give way with the
    space between parts; ``indent`` keeps room for art at the side where lines begin, besides the
    margin; ``lead_dots`` the row of dots at its head.
    """

    region: str | None = None
    imprint: bool = False
    tabs: bool = False
    ground: str | None = None
    on: str | None = None
    margins: Margins = Margins()
    grow: Annotated[int, Field(ge=0, le=100)] = 0
    align: Literal["top", "middle", "bottom", "spread", "apart"] = "top"
    least: Length = 0
    elastic: bool = False
    indent: Length = 0
    lead_dots: bool = False

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.region is not None) + self.imprint + self.tabs != 1:
            raise ValueError("give one of “region: NAME”, “imprint: true” and “tabs: true”")
        return self


class PanelSpec(Strict):
    """A panel of a side, from the head down.

    ``art`` lies behind everything; ``band`` is a strip of art at the foot that shows only where
    the words leave it room. A panel that is ``like`` another, of the name given, holds the same in the
    second language of a bilingual piece, and says nothing more of itself.
    """

    name: str
    like: str | None = None
    width: Positive
    ground: str = "white"
    art: Art | None = None
    band: Art | None = None
    regions: list[RegionSpec] = Field(default_factory=list)

    @model_validator(mode="after")
    def _hold_something(self) -> Self:
        if self.like is None and not self.regions:
            raise ValueError(f"the panel “{self.name}” holds nothing: give it “regions”")
        if self.like is not None and self.model_fields_set - {"name", "like", "width"}:
            raise ValueError(f"the panel “{self.name}” is “like” another: give it only a name and a width")
        return self


class SideSpec(Strict):
    """One side of the sheet, panels from left to right."""

    name: str
    panels: list[PanelSpec] = Field(min_length=1)


def match_twins(sides: Sequence[SideSpec]) -> list[SideSpec]:
    """The sides of a bilingual layout, each panel that is ``like`` another made so but for its name.

    Raises ValueError unless each panel has one other that is like it, of the same width.
    """
    first = {panel.name: panel for side in sides for panel in side.panels if panel.like is None}
    second = [panel for side in sides for panel in side.panels if panel.like is not None]
    if sorted(panel.like or "" for panel in second) != sorted(first):
        raise ValueError(
            "in a bilingual layout each panel has one other that is “like” it: " + ", ".join(first)
        )
    for panel in second:
        if panel.width != first[panel.like or ""].width:
            raise ValueError(f"the panels “{panel.like}” and “{panel.name}” are not of the same width")

    def match(panel: PanelSpec) -> PanelSpec:
        twin = first[panel.like or panel.name]
        return twin.model_copy(update={"name": panel.name, "like": panel.like})

    return [side.model_copy(update={"panels": [match(panel) for panel in side.panels]}) for side in sides]
