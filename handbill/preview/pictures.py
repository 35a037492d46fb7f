"""Pictures: the pages of a finished PDF as PNG files, drawn by pdfium, for the page that an editor sees."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

CSS_PER_POINT = 96 / 72
TALLEST = 1123.0
"""CSS pixels of the longer side: an A4 page at its own size. Larger sheets are shown smaller."""
SHARPNESS = 1.5
"""Pixels of a picture for each CSS pixel: small Nastaliq stays readable, and a page takes some
hundredths of a second."""


@dataclass(frozen=True)
class Picture:
    """The picture of a page: its file in the folder of pictures, and its size in CSS pixels.

    The name of the file holds a digest of what is seen, so that a page which looks as before keeps it.
    """

    file: str
    width: int
    height: int


def draw_pictures(pdf: Path, folder: Path, stem: str) -> list[Picture]:
    """Draws the pages of ``pdf`` into ``folder``, each file's name beginning with ``stem``.

    A picture that is there already is not written again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures: list[Picture] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            wide, tall = (side * CSS_PER_POINT for side in page.get_size())
            shown = min(1.0, TALLEST / max(wide, tall))
            bitmap = page.render(scale=CSS_PER_POINT * shown * SHARPNESS)
            image = bitmap.to_pil()
            digest = hashlib.sha256(image.tobytes()).hexdigest()[:12]
            file = f"{stem}-{number}-{digest}.png"
            if not (folder / file).exists():
                part = folder / f".{file}.part"
                image.save(part, format="PNG", compress_level=1)
                part.replace(folder / file)
            pictures.append(Picture(file, round(wide * shown), round(tall * shown)))
            bitmap.close()
            page.close()
    return pictures
