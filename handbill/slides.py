"""Slides: the picture of a page that is shown on a screen in a room."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
from PIL.PngImagePlugin import PngInfo

SLIDE_PIXELS = 1920
"""The longer side of a slide: the screens in waiting rooms are 1920 x 1080."""
ROUNDED_UP = 1e-3
"""pdfium draws on whole pixels, rounded up: by so much less is asked for, that no fraction adds one."""
PERCEPTUAL = b"\0"
"""What the chunk sRGB holds: the rendering intent (PNG specification, third edition, 11.3.2.5)."""


def draw_slide(pdf: Path) -> bytes:
    """The first page of ``pdf`` as a PNG whose longer side has ``SLIDE_PIXELS`` pixels.

    Drawn by pdfium from the finished file, that is by a reader that had no part in writing it, so
    that the picture shows what the PDF shows. The same file gives the same bytes. The picture says
    that its colours are sRGB, as those of the PDF are: players of slides need not guess.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        scale = (SLIDE_PIXELS - ROUNDED_UP) / max(page.get_size())
        image = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    chunks = PngInfo()
    chunks.add(b"sRGB", PERCEPTUAL)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, pnginfo=chunks)
    return out.getvalue()
