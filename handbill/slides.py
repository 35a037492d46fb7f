"""Slides: the picture of a page that is shown on a screen in a room, drawn from the finished file."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium

SLIDE_PIXELS = 1920
"""The longer side of a slide: the screens in waiting rooms are 1920 x 1080."""


def draw_slide(pdf: Path) -> bytes:
    """The first page of ``pdf`` as a PNG whose longer side has ``SLIDE_PIXELS`` pixels.

    Drawn from the finished file by a reader that had no part in writing it, so that the picture
    shows what the PDF shows.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        scale = SLIDE_PIXELS / max(page.get_size())
        image = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
