"""OCR as a second witness that the letters on the page are the words of the catalogue (tests/ocr.py)."""

from __future__ import annotations

import statistics

import pytest
from ocr import LANGUAGES, leaflet, letters, likeness, witness

BLOCKS = ("y-fault", "y-alone")
"""The lines that matter most to the youngest readers; whole leaflets: python tests/ocr.py"""

LEAST = dict.fromkeys(LANGUAGES, 0.9) | {"ur": 0.75}
"""Least likeness in the middle of the paragraphs. Tesseract itself misreads Nastaliq, where letters stand
above each other, more often than the others."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_ocr_reads_the_words_that_were_set(workshop, oracle, tmp_path, language):
    """A page whose text layer is right and whose letters are not would pass every other reader."""
    program = oracle("tesseract")
    path, scene = leaflet(workshop, language, "young-people", tmp_path)
    found = witness(path, scene, workshop.library, program, language, BLOCKS)
    assert len(found) >= 5
    told = {one.text: round(one.likeness, 2) for one in found}
    assert statistics.median(told.values()) >= LEAST[language], told
    # Words turned round, letter by letter, are not mistaken for the same words.
    backwards = statistics.median(likeness(letters(one.text)[::-1], one.read) for one in found)
    assert backwards < 0.6 < statistics.median(told.values()), told
