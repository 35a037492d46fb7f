"""Inks: colours by role, hand-set in CMYK with an sRGB twin; contrast by WCAG 2.2.

No ICC guessing: the press edition prints the CMYK numbers, screens show the twin
(print-spec 0.2 and 4: a converted black becomes a four-ink build of about 300 %).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """A named colour. ``cmyk`` are fractions 0..1, ``rgb`` is ``#rrggbb`` in sRGB."""

    name: str
    cmyk: tuple[float, float, float, float]
    rgb: str

    @property
    def is_black(self) -> bool:
        """Black ink alone at full strength: the only colour that overprints as text."""
        return self.cmyk == (0.0, 0.0, 0.0, 1.0)

    @property
    def coverage(self) -> float:
        """Sum of the four inks in percent (TAC)."""
        return sum(self.cmyk) * 100

    @property
    def rgb_fractions(self) -> tuple[float, float, float]:
        """The sRGB twin as fractions 0..1."""
        return tuple(int(self.rgb[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]

    @property
    def luminance(self) -> float:
        """Relative luminance of the sRGB twin (WCAG 2.2, definition of relative luminance)."""

        red, green, blue = (_linear(channel) for channel in self.rgb_fractions)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @property
    def grey(self) -> float:
        """What a black-and-white printer's driver makes of the sRGB twin: 0 black to 1 white.

        The luma of ITU-R BT.601, taken of the coded values, as GDI, CUPS and poppler do.
        """
        red, green, blue = self.rgb_fractions
        return 0.299 * red + 0.587 * green + 0.114 * blue


BLACK = Ink("black", (0.0, 0.0, 0.0, 1.0), "#000000")
WHITE = Ink("white", (0.0, 0.0, 0.0, 0.0), "#ffffff")
REGISTRATION = Ink("registration", (1.0, 1.0, 1.0, 1.0), "#000000")
"""Crop and fold marks: on all four plates, so that they show on each (print-spec 3.1)."""


def contrast(first: Ink, second: Ink) -> float:
    """Contrast ratio 1..21 of the sRGB twins (WCAG 2.2, 1.4.3)."""
    return _ratio(first.luminance, second.luminance)


def contrast_in_grey(first: Ink, second: Ink) -> float:
    """Contrast ratio 1..21 of two inks after a black-and-white printer has made greys of them
    (print-spec 3.6)."""
    return _ratio(_linear(first.grey), _linear(second.grey))


def _ratio(first: float, second: float) -> float:
    light, dark = sorted((first, second), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _linear(channel: float) -> float:
    """A coded sRGB value as light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
