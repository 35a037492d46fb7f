"""Inks as light, for contrast: through the file's own output profile where it has one."""

from __future__ import annotations

import contextlib
import io
from functools import cached_property
from typing import Any

from PIL import Image, ImageCms

from handbill.checks.document import Document
from handbill.checks.objects import dictionary, items_of, stream_bytes
from handbill.colour import Ink, contrast


class Screen:
    """Turns CMYK fractions into the light that a reader sees. ``profiled`` is for files for the press;
    others have screen colours, given here as their complement."""

    def __init__(self, document: Document, *, profiled: bool) -> None:
        self._document = document
        self._profiled = profiled
        self._inks: dict[tuple[float, ...], Ink] = {}

    @cached_property
    def _transform(self) -> Any:
        intents = items_of(self._document.root.get("/OutputIntents"))
        profile = dictionary(intents[0]).get("/DestOutputProfile") if intents else None
        data = stream_bytes(profile)
        if self._profiled and data[16:20] == b"CMYK":
            with contextlib.suppress(ImageCms.PyCMSError, OSError):
                return ImageCms.buildTransform(
                    ImageCms.ImageCmsProfile(io.BytesIO(data)),
                    ImageCms.createProfile("sRGB"),
                    "CMYK",
                    "RGB",
                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
        return None

    def ink(self, cmyk: tuple[float, float, float, float]) -> Ink:
        """The colour with its sRGB twin; without a profile by plain subtraction."""
        key = tuple(round(value, 3) for value in cmyk)
        if key not in self._inks:
            c, m, y, k = key
            rgb: Any = tuple(round(255 * (1 - part) * (1 - k)) for part in (c, m, y))
            if self._transform is not None:
                dot = Image.new("CMYK", (1, 1), tuple(round(255 * part) for part in key))
                seen = ImageCms.applyTransform(dot, self._transform)
                rgb = seen.getpixel((0, 0)) if seen is not None else rgb
            self._inks[key] = Ink("seen", (c, m, y, k), "#{:02x}{:02x}{:02x}".format(*rgb))
        return self._inks[key]

    def contrast(self, one: tuple[float, ...], other: tuple[float, ...]) -> float:
        """Contrast ratio by WCAG 2.2, 1..21, of two colours in CMYK fractions."""
        return contrast(self.ink(one), self.ink(other))  # type: ignore[arg-type]
