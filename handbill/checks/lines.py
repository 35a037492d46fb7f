"""Lines as an eye sees them: letters by where they stand, whatever order the file paints them in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from handbill.checks.document import PageView
from handbill.checks.marks import Letter, Words

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\0-\x1f]+")
GAP = 0.15
"""A gap of this part of the size is a space; ``COLUMN`` sizes part columns, as the margins at a fold do
where the same large number stands on both sides of it."""
COLUMN = 1.2


def squeeze(text: str) -> str:
    """Text in composed form without white space and invisible signs, with plain hyphens, for
    comparing: readers differ in where they see spaces and line ends, letters must be equal."""
    plain = unicodedata.normalize(
        "NFC", INVISIBLE.sub("", text.replace("\u2010", "-").replace("\u2011", "-"))
    )
    return "".join(plain.split())


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line: its text from left to right, and where it begins."""

    text: str
    at: tuple[float, float]
    size: float


def seen_lines(page: PageView) -> list[SeenLine]:
    """The lines of a page inside its trim, from the top; upright text only."""
    rows: dict[int, list[tuple[Letter, float]]] = {}
    for mark in page.contents.marks:
        if not isinstance(mark, Words) or mark.ink.marked.actual_text == "":
            continue
        for letter in mark.letters:
            inside = page.trim.x0 <= letter.x <= page.trim.x1 and page.trim.y0 <= letter.y <= page.trim.y1
            if (
                letter.code.text
                and inside
                and abs(letter.end_y - letter.y) <= 0.01 + abs(letter.end - letter.x) / 10
            ):
                rows.setdefault(round(letter.y), []).append((letter, mark.size))
    lines: list[SeenLine] = []
    for _, row in sorted(rows.items(), reverse=True):
        lines += _columns(sorted(row, key=lambda item: (min(item[0].x, item[0].end), item[0].x)))
    return lines


def _columns(row: list[tuple[Letter, float]]) -> list[SeenLine]:
    found: list[SeenLine] = []
    text, start, end = "", row[0][0], min(row[0][0].x, row[0][0].end)
    size = row[0][1]
    for letter, letter_size in row:
        left, right = sorted((letter.x, letter.end))
        if left - end > COLUMN * max(size, letter_size):
            found.append(SeenLine(INVISIBLE.sub("", text), (start.x, start.y), size))
            text, start = "", letter
        elif left - end > GAP * letter_size:
            text += " "
        text += letter.code.text or ""
        end, size = max(right, left), letter_size
    found.append(SeenLine(INVISIBLE.sub("", text), (start.x, start.y), size))
    return found
