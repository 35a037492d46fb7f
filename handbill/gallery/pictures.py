"""Pictures of finished files, for choosing by eye: a picture for each panel, or each page, of a piece.

Panels are drawn one by one, which lets the page lay them out as the sheet lies open or folded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from handbill.files import write_whole
from handbill.gallery.words import SAME_MM
from handbill.units import mm

PIXELS_PER_INCH = 80
LEAST_PIXELS, MOST_PIXELS = 480, 640
"""Of the longer side: 80 to the inch lets 12 point type be read, small pieces are drawn larger, and a
poster is not drawn larger than a page shows it."""

COLOURS = 256
"""Flat inks and the edges of letters need no more; a page of them takes about 20 kB."""


@dataclass(frozen=True)
class Window:
    """What one picture shows: a page, counted from 0, and of it the stretch from ``left`` to ``right`` in
    mm from the left of its trim; None for all of it. ``panel`` is the panel's name."""

    page: int
    panel: str | None = None
    left: float | None = None
    right: float | None = None


def windows_of(record: Mapping[str, Any]) -> tuple[Window, ...]:
    """The pictures to draw of a file, in reading order, from its record in the manifest.

    A file with a page for each panel gives a picture a page; one with whole sides is cut into
    panels; any other, such as a sheet with several copies, is drawn page by page.
    """
    sides = record["flat"]["sides"] if record["flat"] else []
    if record["edition"] in ("web", "screen"):
        panels = sorted((panel for side in sides for panel in side["panels"]), key=lambda one: one["step"])
        if len(panels) == record["pages"]:
            return tuple(Window(page, panel["name"]) for page, panel in enumerate(panels))
    elif len(sides) == record["pages"] and _is_flat_sheet(record):
        cut = [(panel["step"], window) for side in sides for panel, window in _cut(side)]
        return tuple(window for _, window in sorted(cut, key=lambda one: one[0]))
    return tuple(Window(page) for page in range(record["pages"]))


def _is_flat_sheet(record: Mapping[str, Any]) -> bool:
    """Whether each page is one side of one copy, at its own size."""
    return all(
        abs(own - flat) < SAME_MM
        for own, flat in zip(record["trim_mm"], record["flat"]["size_mm"], strict=True)
    )


def _cut(side: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Window]]:
    left = 0.0
    for panel in side["panels"]:
        right = left + panel["width_mm"]
        yield panel, Window(side["page"] - 1, panel["name"], left, right)
        left = right


def draw_pictures(path: Path, folder: Path, stem: str, windows: Sequence[Window]) -> list[dict[str, Any]]:
    """Draw ``windows`` of the PDF at ``path`` into ``folder`` (``stem-1.png``, ...), each file whole.

    Gives their records for the manifest: ``file`` (its name alone), ``width`` and ``height`` in
    pixels, ``page`` from 1, ``panel``. The same file gives the same bytes. Raises StoppedError
    (``output/unwritable``) if there is no room or no right to write.
    """
    records = []
    pdf = pdfium.PdfDocument(path)
    try:
        for number, window in enumerate(windows, 1):
            image = _draw(pdf, window)
            name = f"{stem}-{number}.png"
            write_whole(folder / name, _encode(image))
            records.append(
                {
                    "file": name,
                    "width": image.width,
                    "height": image.height,
                    "page": window.page + 1,
                    "panel": window.panel,
                }
            )
    finally:
        pdf.close()
    return records


def _draw(pdf: pdfium.PdfDocument, window: Window) -> Image.Image:
    """The window as pixels, without what hangs over the trim and without notes that only a screen shows."""
    page = pdf[window.page]
    media, trim = page.get_mediabox(), page.get_trimbox()
    left, right = trim[0], trim[2]
    if window.left is not None and window.right is not None:
        left, right = trim[0] + mm(window.left), trim[0] + mm(window.right)
    longest = max(right - left, trim[3] - trim[1])
    pixels = min(MOST_PIXELS, max(LEAST_PIXELS, longest / 72 * PIXELS_PER_INCH))
    crop = (left - media[0], trim[1] - media[1], media[2] - right, media[3] - trim[3])
    bitmap = page.render(scale=pixels / longest, crop=crop, draw_annots=False, may_draw_forms=False)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    return image


def _encode(image: Image.Image) -> bytes:
    """The pixels as PNG with a palette: exact to the eye for flat inks, and a quarter of the bytes."""
    data = io.BytesIO()
    palette = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(data, "PNG", compress_level=6)
    return data.getvalue()
