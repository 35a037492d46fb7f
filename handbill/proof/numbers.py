"""Numbers: each number and address of the register as a proof's pieces print it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2 as pdfium

from handbill.campaign.contacts import Contact
from handbill.geometry import Rect
from handbill.proof.paragraphs import Number
from handbill.proof.shots import Shot


@dataclass(frozen=True)
class Sight:
    """A number where it is printed: the name of its piece, its picture, and what a PDF
    reader that had no part in making the file reads at this place."""

    piece: str
    shot: Shot
    number: Number
    read: str


@dataclass
class Listed:
    """A number or address of the register, and everywhere it is printed. ``name`` is whose it is,
    ``value`` how the register writes it."""

    name: str
    value: str
    sights: list[Sight] = field(default_factory=list)

    @property
    def others(self) -> list[str]:
        """What is set or read where it should stand, and is not it."""
        seen = [text for sight in self.sights for text in (sight.number.text, sight.read)]
        return [text for text in dict.fromkeys(seen) if squeeze(text) != squeeze(self.value)]


def squeeze(text: str) -> str:
    """The text without spaces and hyphens at which a line may break: those do not change a number."""
    return re.sub(r"[\s\u00ad\u200b\u2060\ufeff\u00a0]+", "", text)


def list_numbers(sights: Iterable[Sight], contacts: Mapping[str, Contact]) -> list[Listed]:
    """What is printed of the register, in its order."""
    found: dict[str, Listed] = {}
    for sight in sights:
        contact, _, kind = sight.number.ref.partition(".")
        value = getattr(contacts[contact], kind)
        if value is not None:  # a local number comes from a site, which a proof has none of
            listed = found.setdefault(sight.number.ref, Listed(contacts[contact].name, value))
            listed.sights.append(sight)
    order = {name: place for place, name in enumerate(contacts)}
    return [found[ref] for ref in sorted(found, key=lambda ref: (order[ref.partition(".")[0]], ref))]


class Reader:
    """Reads a finished PDF back by the place at which its letters stand."""

    def __init__(self, pdf: bytes) -> None:
        document = pdfium.PdfDocument(pdf)
        try:
            self._pages = [_list_letters(page) for page in document]
        finally:
            document.close()

    def read(self, page: int, box: Rect) -> str:
        """The letters in ``box`` (points from the lower left corner) of a page, counted from 0, from left to
        right: so a number is read, in every language."""
        inside = [
            letter
            for letter in self._pages[page]
            if box.x <= letter.x <= box.right and box.y <= letter.y <= box.top
        ]
        return "".join(letter.char for letter in sorted(inside, key=lambda letter: letter.x))


class _Letter(NamedTuple):
    """A letter and the middle of its box in points."""

    char: str
    x: float
    y: float


def _list_letters(page: pdfium.PdfPage) -> list[_Letter]:
    text = page.get_textpage()
    letters = []
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        left, bottom, right, top = text.get_charbox(index, loose=True)
        if not char.isspace():
            letters.append(_Letter(char, (left + right) / 2, (bottom + top) / 2))
    text.close()
    return letters
