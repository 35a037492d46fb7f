"""What is gathered while a page's content is read, and the graphics state (ISO 32000-1, 8.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from handbill.checks.colours import CMYK, GRAY, RGB, Colour, Space
from handbill.checks.fonts import Font
from handbill.checks.marks import IDENTITY, Box, Mark, Matrix, multiply


@dataclass
class PageContents:
    """All that a page paints, in order, and what stood in the way of reading it."""

    marks: list[Mark] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    groups: list[tuple[str, Space | None]] = field(default_factory=list)
    """Where a transparency group stands ("page", "form", "soft mask") and its blend space."""
    mcids: set[int] = field(default_factory=set)
    """The numbers of marked content, that without anything in it too."""
    inline_images: int = 0
    fonts: dict[object, Font] = field(default_factory=dict)
    states: list[Any] = field(default_factory=list)
    """The graphics state dictionaries that are used."""
    blends: set[str] = field(default_factory=set)
    postscript: bool = False


BLACK = Colour(GRAY, (0.0,))


@dataclass
class State:
    """The graphics state (8.4) as far as checks need it."""

    matrix: Matrix = IDENTITY
    clip: Box | None = None
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    fill_over: bool = False
    stroke_over: bool = False
    mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render: int = 0


def _transform(state: State, values: list[float]) -> None:
    if len(values) == 6:
        a, b, c, d, e, f = values
        state.matrix = multiply((a, b, c, d, e, f), state.matrix)


def _device(space: Space, name: str) -> Callable[[State, list[float]], None]:
    def set_it(state: State, values: list[float]) -> None:
        if len(values) == space.parts:
            setattr(state, name, Colour(space, tuple(values)))

    return set_it


def _set(name: str, factor: float = 1.0) -> Callable[[State, list[float]], None]:
    def set_it(state: State, values: list[float]) -> None:
        if values:
            setattr(state, name, values[0] * factor)

    return set_it


def _set_render(state: State, values: list[float]) -> None:
    state.render = int(values[0]) if values else 0


STATE_OPERATORS: dict[str, Callable[[State, list[float]], None]] = {
    "cm": _transform,
    "w": _set("width"),
    "k": _device(CMYK, "fill"),
    "K": _device(CMYK, "stroke"),
    "rg": _device(RGB, "fill"),
    "RG": _device(RGB, "stroke"),
    "g": _device(GRAY, "fill"),
    "G": _device(GRAY, "stroke"),
    "Tc": _set("spacing"),
    "Tw": _set("word_spacing"),
    "Tz": _set("scale", 0.01),
    "TL": _set("leading"),
    "Ts": _set("rise"),
    "Tr": _set_render,
}
"""Operators that set one parameter by numbers alone; one with too few numbers sets nothing."""
