"""Foreign readers of finished PDFs, for tests: text by pdfium and poppler, plates, rasters."""

from __future__ import annotations

import re
import subprocess
import unicodedata

import pypdfium2


def squeeze(text: str) -> str:
    """Text without any white space or invisible controls, in composed form, for comparing words.

    Readers differ in where they see spaces and line ends; letters and their order must be equal.
    """
    text = unicodedata.normalize("NFC", text.replace("\xad", "").replace("\u2010", "-"))
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\u0000-\u001f]+", "", text)


def pdfium_text(path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def poppler_text(path, program: str, *options: str) -> str:
    done = subprocess.run([program, *options, str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def pdfium_chars(path):
    """For each page its characters with their boxes: [(character, (left, bottom, right, top)), ...]."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            count = text.count_chars()
            pages.append([(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(count)])
        return pages
    finally:
        document.close()


def raster(path, dpi: int):
    """Every page as a grey numpy array."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze() for page in document]
    finally:
        document.close()


def plain_words(text: str) -> list[str]:
    """The words of a text without the marks that readers put around right-to-left words."""
    return re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text.replace("\xa0", " ")).split()
