"""Flows: editions whose words run over as many pages as they need, read from ``layouts/*/flow.yaml``.

A flow takes the blocks of a piece and sets them anew in one column; nothing is scaled
(UKAAF G003: large print is typeset, "never by photocopier enlargement"; print-spec 5.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from handbill.design.art import load_art
from handbill.design.drawing import Drawing
from handbill.design.measures import Length, Positive, Spacing, Strict, TypeScale
from handbill.design.theme import Theme
from handbill.problems import InputError, Problem
from handbill.yamlsource import Sourced, load_model

LEAST_TYPE = 18.0
"""Points: large print is 16 at least and better 18 (UKAAF G003; RNIB), in every part of a page."""
LEAST_MARGIN = 15.0
"""Millimetres: what the worst of office printers leaves white is 5 to 7 mm (print-spec 3.6), and a
page that is held, punched or put in a sleeve needs more."""

Margin = Annotated[float, Field(ge=LEAST_MARGIN, le=100)]


class FlowMargins(Strict):
    """White edges of a page in mm; nothing at all stands in them."""

    top: Margin
    bottom: Margin
    sides: Margin


class Picture(Strict):
    """The drawing at the head of the first page, as wide as the text.

    ``view`` is the part of the drawing that shows: x, y (down), width and height in its own
    millimetres; ``below`` the room under it in mm.
    """

    file: str
    view: tuple[float, float, Positive, Positive]
    below: Length


class FlowFile(Strict):
    """``layouts/<name>/flow.yaml``. Lengths in millimetres, type and spacing in points.

    ``foot`` is the room at the foot of each page kept for its number; ``section`` the room above a
    heading; ``qr`` the side of a QR code, ``icon`` of a labelled icon; ``reading`` the order in
    which the regions of the piece are taken. Sizes of type have one step each, as a flow has all the
    room it needs.
    """

    flow: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    name: str
    piece: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    trim: tuple[Positive, Positive]
    margins: FlowMargins
    picture: Picture
    foot: Positive
    type: TypeScale
    spacing: Spacing
    section: Length
    qr: Positive
    icon: Positive = 22
    reading: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_large_print(self) -> Self:
        for role in ("title", "heading", "number", "body", "small"):
            steps = self.type.size(role).steps
            if len(steps) != 1 or steps[0] < LEAST_TYPE:
                raise ValueError(f"“{role}” must have one size, of {LEAST_TYPE:g} points or more")
        return self

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        if len(set(self.reading)) != len(self.reading):
            raise ValueError("“reading” must name each region once")
        width, height = self.measure
        least = self.type.title.steps[0] * 4 * 25.4 / 72
        if width < least or height - width * self.picture.view[3] / self.picture.view[2] < least:
            raise ValueError("the margins, the picture and the foot leave too little room for words")
        return self

    @property
    def measure(self) -> tuple[float, float]:
        """Width and height of the room for words in mm, without the picture of the first page."""
        width = self.trim[0] - 2 * self.margins.sides
        return width, self.trim[1] - self.margins.top - self.margins.bottom - self.foot


@dataclass(frozen=True)
class Flow:
    """A flow with its art loaded. ``drawings`` is keyed by audience."""

    source: Sourced[FlowFile]
    theme: Theme
    drawings: dict[str, Drawing]

    @property
    def spec(self) -> FlowFile:
        """The flow's file."""
        return self.source.model

    @property
    def id(self) -> str:
        """The flow's name in file names."""
        return self.spec.flow


def load_flow(path: Path, root: Path, theme: Theme, audiences: tuple[str, ...]) -> Flow:
    """Read a flow and its art. Raises InputError naming file and line for anything wrong in it."""
    source = load_model(path, root, FlowFile)
    spec = source.model
    if spec.flow != path.parent.name:
        raise InputError(
            Problem(
                "layout/name",
                f"The flow calls itself “{spec.flow}”, its folder is “{path.parent.name}”.",
                "Give both the same name.",
                source.place("flow"),
            )
        )
    place = source.place("picture", "file")
    drawings = {
        audience: load_art(path, root, spec.picture.file.replace("{audience}", audience), theme, place)
        for audience in audiences
    }
    return Flow(source, theme, drawings)
