"""Colour spaces and colours of a PDF, told apart as a printer does (ISO 32000-1, 8.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

from handbill.checks.objects import dictionary, number_of, text_of

NOT_INKS = ("DeviceRGB", "CalRGB", "CalGray", "Lab", "ICCBased")
"""Spaces that the printer's own recipe has to turn into inks."""
SHORT = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK", "/I": "Indexed"}
PARTS = {"DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3, "Lab": 3, "DeviceCMYK": 4}
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its family, the number of its parts, the names of its inks if it has such,
    and the space beneath (of Indexed, Pattern, Separation and DeviceN)."""

    family: str
    parts: int = 1
    inks: tuple[str, ...] = ()
    base: Space | None = None

    @property
    def families(self) -> tuple[str, ...]:
        """This family and those beneath that printing may have to turn into inks."""
        # What stands beneath a spot ink is only its look on other devices.
        beneath = self.base.families if self.base and not self.inks else ()
        return (self.family, *beneath)


GRAY, RGB, CMYK = Space("DeviceGray", 1), Space("DeviceRGB", 3), Space("DeviceCMYK", 4)
_DEVICE = {
    "/DeviceGray": GRAY,
    "/DeviceRGB": RGB,
    "/DeviceCMYK": CMYK,
    "/G": GRAY,
    "/RGB": RGB,
    "/CMYK": CMYK,
}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: its space and values as written; no values for a pattern."""

    space: Space
    values: tuple[float, ...] = ()

    @property
    def cmyk(self) -> tuple[float, float, float, float] | None:
        """The four process inks as fractions, None where another program has to decide on them."""
        values, family = self.values, self.space.family
        if len(values) < self.space.parts:
            return None
        if family == "DeviceCMYK":
            return (values[0], values[1], values[2], values[3])
        if family == "DeviceGray":
            return (0.0, 0.0, 0.0, 1 - values[0])
        if family in ("Separation", "DeviceN"):
            return _process(self.space.inks, values)
        return None

    @property
    def complement(self) -> tuple[float, float, float, float] | None:
        """An RGB or gray screen colour as what is taken from white, None for other colours."""
        family, values = self.space.family, self.values
        if family not in ("DeviceRGB", "CalRGB", "CalGray", "ICCBased") or len(values) not in (1, 3):
            return None
        red, green, blue = values * 3 if len(values) == 1 else values
        return (1 - red, 1 - green, 1 - blue, 0.0)

    @property
    def ink_count(self) -> int:
        """How many inks print."""
        cmyk = self.cmyk
        if cmyk is not None:
            return sum(value > 0.001 for value in cmyk)
        if self.space.inks:
            return sum(value > 0.001 for value in self.values)
        return 0

    @property
    def coverage(self) -> float | None:
        """The sum of the inks in percent; None where it cannot be told."""
        cmyk = self.cmyk
        if cmyk is not None:
            return sum(cmyk) * 100
        return sum(self.values) * 100 if self.space.inks and self.values else None

    @property
    def is_white(self) -> bool:
        """No ink at all: CMYK 0, a spot ink at 0, or gray 1."""
        return self.coverage is not None and self.coverage < 0.1

    @property
    def is_black(self) -> bool:
        """Black ink alone, at full strength."""
        cmyk = self.cmyk
        return cmyk is not None and cmyk[3] > 0.995 and sum(cmyk[:3]) < 0.005


def _process(inks: tuple[str, ...], values: tuple[float, ...]) -> tuple[float, float, float, float] | None:
    if inks == ("All",):
        return (values[0],) * 4
    places = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
    if not all(ink in places or ink == "None" for ink in inks):
        return None
    found = [0.0] * 4
    for ink, value in zip(inks, values, strict=False):
        if ink in places:
            found[places[ink]] = value
    return (found[0], found[1], found[2], found[3])


def read_space(value: Any, named: Any = None, depth: int = 0) -> Space:
    """A colour space from its name or array; ``named`` is the /ColorSpace part of the resources.

    One that makes no sense has the family "unknown".
    """
    if depth > DEEPEST:
        return Space("unknown")
    if isinstance(value, pikepdf.Name):
        name = text_of(value)
        if name in _DEVICE:
            return _DEVICE[name]
        if name == "/Pattern":
            return Space("Pattern", 0)
        beneath = dictionary(named).get(name)
        return read_space(beneath, None, depth + 1) if beneath is not None else Space("unknown")
    if not isinstance(value, pikepdf.Array) or not len(value):
        return Space("unknown")
    family = text_of(value[0])
    if len(value) == 1:
        return read_space(value[0], named, depth + 1)
    family = SHORT.get(family, family.lstrip("/"))
    if family == "ICCBased":
        return Space("ICCBased", max(1, min(int(number_of(dictionary(value[1]).get("/N"), 3)), 32)))
    if family in ("Indexed", "Pattern"):
        base = read_space(value[1], named, depth + 1)
        return Space(family, 1 if family == "Indexed" else base.parts, (), base)
    if family in ("Separation", "DeviceN"):
        listed = value[1] if isinstance(value[1], pikepdf.Array) else [value[1]]
        inks = tuple(text_of(ink).lstrip("/") for ink in listed)
        look = read_space(value[2], named, depth + 1) if len(value) > 2 else None
        return Space(family, len(inks), inks, look)
    return Space(family, PARTS.get(family, 1))


def first_colour(space: Space) -> Colour:
    """The colour that a newly chosen space begins with (8.6.8): black, or full ink."""
    if space.family == "Pattern":
        return Colour(space)
    if space.family == "DeviceCMYK" or (space.family == "ICCBased" and space.parts == 4):
        return Colour(space, (0.0, 0.0, 0.0, 1.0))
    return Colour(space, ((1.0 if space.inks else 0.0),) * space.parts)
