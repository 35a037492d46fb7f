"""Measures that the files under ``layouts/`` share: lengths, sizes of type, room between parts."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Length = Annotated[float, Field(ge=0, le=2000)]
Positive = Annotated[float, Field(gt=0, le=2000)]
Role = Literal["title", "heading", "body", "number", "small", "space"]


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
    """The four sizes of type of a piece, no more (design brief).

    What is read in the hand has headings, and its small print is as large as its body; what is
    read from further off has ``small`` print for who comes near, and its headings are as large as
    its body, in a heavier weight.
    """

    title: TypeSize
    heading: TypeSize | None = None
    body: TypeSize
    number: TypeSize
    small: TypeSize | None = None

    @model_validator(mode="after")
    def _four(self) -> Self:
        if (self.heading is None) == (self.small is None):
            raise ValueError("give a size for “heading” or for “small”: a piece has four sizes of type")
        return self

    def size(self, role: str) -> TypeSize:
        """The sizes of a role; those of the body for the one of “heading” and “small” that is not given."""
        found: TypeSize | None = getattr(self, role)
        return self.body if found is None else found

    def role(self, role: str) -> str:
        """The role whose present step holds for ``role``: its own, or “body”."""
        return role if getattr(self, role) is not None else "body"

    def last_step(self, role: Role) -> int:
        """The number of steps by which a role may give way; space has one."""
        return 1 if role == "space" else len(self.size(role).steps) - 1


class Spacing(Strict):
    """Room between parts, in points: ``block`` between blocks, ``item`` between list items,
    ``part`` between a heading and its text, ``pad`` inside boxes; ``tight`` is the share of it
    that stays once room gives way, ``lines`` what then stays of the leading of a script with tall
    lines, whose ink is kept apart all the same. Heights are whole steps of a ``grid``: wide where the
    lines of several panels stand on one, narrow on a card that has no room to round up.
    """

    block: Length
    item: Length
    part: Length
    pad: Length
    tight: Annotated[float, Field(ge=0.3, le=1)] = 1
    lines: Annotated[float, Field(ge=0.8, le=1)] = 1
    grid: Annotated[float, Field(ge=1, le=20)] = 8
