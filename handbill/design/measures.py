"""Measures that the files under ``layouts/`` share: lengths, sizes of type, room between parts."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Length = Annotated[float, Field(ge=0, le=2000)]
Positive = Annotated[float, Field(gt=0, le=2000)]
Role = Literal["title", "heading", "body", "number", "space"]


class Strict(BaseModel):
    """A model that takes no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TypeSize(Strict):
    """A size of type in points, largest first; the last step is the floor."""

    steps: list[Positive] = Field(min_length=1)
    weight: Literal["regular", "bold", "heavy"]

    @model_validator(mode="after")
    def _go_down(self) -> Self:
        if self.steps != sorted(self.steps, reverse=True):
            raise ValueError("steps must go from the largest size to the smallest")
        return self


class TypeScale(Strict):
    """The four sizes of type of a piece, no more (design brief)."""

    title: TypeSize
    heading: TypeSize
    body: TypeSize
    number: TypeSize

    def last_step(self, role: Role) -> int:
        """The number of steps by which a role may give way; space has one."""
        if role == "space":
            return 1
        size: TypeSize = getattr(self, role)
        return len(size.steps) - 1


class Spacing(Strict):
    """Room between parts, in points: ``block`` between blocks, ``item`` between list items,
    ``part`` between a heading and its text, ``pad`` inside boxes; ``tight`` is the share of it
    that stays once room gives way.
    """

    block: Length
    item: Length
    part: Length
    pad: Length
    tight: Annotated[float, Field(ge=0.3, le=1)] = 1
