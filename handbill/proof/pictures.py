"""Pictures: the pages of a made PDF, drawn by a reader that had no part in making it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image

PIXELS_PER_INCH = 150
"""The shapes of letters of 9 point type can be compared at this, on paper and on a screen."""
MOST_PIXELS = 1800
"""Of the longer side: an A4 sheet at the above. Larger ones, with larger letters, are drawn coarser."""
COLOURS = 128
"""Flat inks and the edges of letters need no more."""


@dataclass(frozen=True)
class Picture:
    """A page as a picture: its size in points, and a PNG as the address that a web page takes."""

    width: float
    height: float
    address: str


def draw(pdf: bytes) -> Iterator[Picture]:
    """A picture of each page in order. The same file gives the same bytes."""
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            width, height = page.get_size()
            scale = min(PIXELS_PER_INCH / 72, MOST_PIXELS / max(width, height))
            image = page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")
            yield Picture(width, height, _address(image))
    finally:
        document.close()


def _address(image: Image.Image) -> str:
    data = io.BytesIO()
    palette = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(data, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"
