"""Rows: each set paragraph of a proof as its page shows it, with what can be told without reading it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import RichSpan
from handbill.campaign.languages import Language
from handbill.campaign.pseudo import UNSPACED
from handbill.geometry import Rect
from handbill.proof.inventory import IMPRINT, Key, Source, String
from handbill.proof.paragraphs import Paragraph
from handbill.units import mm

STRIP_WIDTH, FULL_WIDTH = mm(82), mm(167)
"""Points: the strip cut from the picture, and the words set beside it, are at most as wide as the first;
small print in long lines takes the second, its words below it."""
LEGIBLE = 8.0
"""Points: type that would come out smaller than this beside its words gets the full width."""
SMALLEST, LARGEST = 10.0, 20.0
"""Points: the type of a strip is enlarged or reduced to lie between these, so far as it has the width."""
AROUND = 4.0
"""Points of the picture that a strip shows around the ink."""
BESIDE = 9.0
"""Points beside it, for the marks where a string begins and ends."""

ROLES = {"H1": "title", "H2": "heading", "H3": "heading", "LBody": "item of a list", "P": "text"}
FAULTS = {
    "missing": "Not translated",
    "stale": "The English has changed since this was translated",
    "fuzzy": "Marked by the translator as needing work",
    "unusable": "The translation cannot be printed",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a line in one manner; ``mark`` is "first" or "last" for those words, else ""."""

    text: str
    bold: bool
    kind: str
    mark: str = ""


@dataclass(frozen=True)
class Item:
    """An English text of a row.

    ``keys`` are the strings in it that stand here for the first time, ``fault`` what is wrong with their
    translation in words, "" if nothing.
    """

    context: str
    english: tuple[RichSpan, ...]
    keys: tuple[Key, ...]
    fault: str


@dataclass(frozen=True)
class Check:
    """Something told without reading; ``mood`` is "good", "look" (may be right) or "wrong"."""

    mood: str
    words: str


@dataclass(frozen=True)
class Strip:
    """What is cut from the picture, with its y downwards from the picture's upper edge, in points, and
    how much larger it is shown; a ``wide`` one takes the whole width of its row. ``start`` and ``end``
    are where the first line begins and the last ends."""

    x: float
    y: float
    width: float
    height: float
    scale: float
    wide: bool
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class Row:
    """A paragraph of a view. ``again`` is the number of the row that has the same words, or None;
    ``type_size`` is that of its letters as set, in points, ``least_leading`` what a single line is given,
    as a multiple of its size."""

    number: int
    block: str
    role: str
    items: tuple[Item, ...]
    lines: tuple[tuple[Piece, ...], ...]
    checks: tuple[Check, ...]
    strip: Strip
    box: Rect
    paragraph: Paragraph
    again: int | None
    type_size: float
    least_leading: float

    @property
    def size(self) -> float:
        """Of the type of its words on the page, in points."""
        return self.type_size * self.strip.scale

    @property
    def leading(self) -> float:
        """From line to line on the page, in points."""
        return max(self.paragraph.leading * self.strip.scale, self.size * self.least_leading)

    @property
    def is_wrong(self) -> bool:
        """Whether something is known to be wrong with it."""
        return any(item.fault for item in self.items) or any(check.mood == "wrong" for check in self.checks)


def leading_faces(language: Language) -> frozenset[str]:
    """The language's own faces: the others are set larger or smaller beside them (``fallback_ratio``)."""
    faces = language.faces
    return frozenset((faces.regular[0], faces.bold[0], faces.heavy[0]))


def size_of(paragraph: Paragraph, language: Language) -> float:
    """The size of a paragraph's type in the language's own faces, in points; where it has none of their
    letters, what a page must ask for so that the others come out as large as they are set."""
    own = leading_faces(language)
    sizes = [size for face, _, size in paragraph.letters if face in own]
    return max(sizes) if sizes else max(size for _, _, size in paragraph.letters) / language.fallback_ratio


class Rows:
    """Makes rows and numbers them; knows which strings and which words have had one."""

    def __init__(self, stock: Mapping[Key, String], unusable: frozenset[Key], language: Language) -> None:
        self._stock = stock
        self._unusable = unusable
        self._unspaced = language.script in UNSPACED
        self._language = language
        self.count = 0
        self._words: dict[tuple[object, ...], int] = {}
        self.shown: set[Key] = set()

    def make(self, paragraph: Paragraph, height: float) -> Row:
        """The row of a paragraph in a picture ``height`` points high."""
        self.count += 1
        words = (paragraph.words, paragraph.keys)
        again = self._words.get(words)
        self._words.setdefault(words, self.count)
        size = size_of(paragraph, self._language)
        items = tuple(self._item(source) for source in paragraph.sources)
        return Row(
            number=self.count,
            block=paragraph.block,
            role="imprint" if paragraph.block == IMPRINT else ROLES.get(paragraph.role, "text"),
            items=items,
            lines=_dress(paragraph.lines, self._unspaced),
            checks=tuple(_check(paragraph)),
            strip=_strip(paragraph, size, height),
            box=paragraph.box,
            paragraph=paragraph,
            again=again,
            type_size=size,
            least_leading=self._language.heading_leading_ratio,
        )

    def fault(self, key: Key) -> str:
        """What is wrong with the translation of a string, in words; "" if nothing."""
        fault = self._stock[key].fault or ("unusable" if key in self._unusable else "")
        return FAULTS[fault] if fault else ""

    def _item(self, source: Source) -> Item:
        new = tuple(key for key in source.keys if key not in self.shown)
        self.shown.update(new)
        faults = dict.fromkeys(fault for key in source.keys if (fault := self.fault(key)))
        context = source.keys[0][0] if source.keys else ""
        return Item(context, source.english.spans, new, "; ".join(faults))


# What a machine can tell


def _check(paragraph: Paragraph) -> Iterable[Check]:
    if not paragraph.agrees:
        yield Check("wrong", "The letters in the picture are not those of the catalogue.")
    if paragraph.stray:
        yield Check("wrong", f"These letters come from no string: {paragraph.stray}")
    if paragraph.block != IMPRINT:
        english = [span for source in _once(paragraph.sources) for span in source.english.spans]
        yield from _compare_numbers(list_numbers(english), list_numbers(paragraph.words))
        yield from _compare_bold(english, paragraph.words)


def _once(sources: Sequence[Source]) -> list[Source]:
    """Of texts that read the same in the translation, the first: only one of them stands there."""
    return list({source.text.plain: source for source in reversed(sources)}.values())[::-1]


def list_numbers(spans: Iterable[RichSpan]) -> list[str]:
    """Numbers and addresses of the register, and other numbers in European digits, in order."""
    found: list[str] = []
    for span in spans:
        if span.kind in ADDRESSES:
            found.append(span.text)
        else:
            digits = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in span.text)
            found += re.findall(r"[0-9]+", digits)
    return found


def _compare_numbers(english: list[str], here: list[str]) -> Iterable[Check]:
    if not english and not here:
        return
    if english == here:
        yield Check("good", f"Numbers, in the order of the English: {', '.join(here)}")
    elif Counter(english) == Counter(here):
        yield Check(
            "look",
            f"Numbers in another order. English: {', '.join(english)}. Here: {', '.join(here)}. "
            "Does each still belong to its own words?",
        )
    else:
        yield Check(
            "wrong",
            f"Numbers differ. English: {', '.join(english) or 'none'}. Here: {', '.join(here) or 'none'}.",
        )


def _compare_bold(english: Iterable[RichSpan], here: Iterable[RichSpan]) -> Iterable[Check]:
    counts = [sum(span.bold and not span.kind for span in spans) for spans in (english, here)]
    if any(counts) and counts[0] != counts[1] and counts[0]:
        yield Check("look", f"Bold stretches: {counts[0]} in the English, {counts[1]} here.")


# How it is shown


def _dress(lines: Sequence[Sequence[RichSpan]], unspaced: bool) -> tuple[tuple[Piece, ...], ...]:
    """The lines with their first and last word marked."""
    dressed = [[Piece(span.text, span.bold, span.kind) for span in line] for line in lines]
    if not dressed or not dressed[0] or not dressed[-1]:
        return tuple(map(tuple, dressed))
    line = dressed[-1]
    head, tail = _part(line[-1].text, unspaced, at_end=True)
    line[-1:] = _parted(line[-1], ((head, ""), (tail, "last")))
    line = dressed[0]
    if not line[0].mark:
        head, tail = _part(line[0].text, unspaced, at_end=False)
        line[:1] = _parted(line[0], ((head, "first"), (tail, "")))
    return tuple(map(tuple, dressed))


def _parted(piece: Piece, parts: Iterable[tuple[str, str]]) -> list[Piece]:
    """The piece in its two parts; a number stays whole, as its groups of digits would change places
    among letters that run right to left."""
    if piece.kind in ADDRESSES:
        return [replace(piece, mark=next(mark for _, mark in parts if mark))]
    return [Piece(text, piece.bold, piece.kind, mark) for text, mark in parts if text]


def _part(text: str, unspaced: bool, *, at_end: bool) -> tuple[str, str]:
    """The text in two, beside its last or after its first word; of scripts without spaces, sign."""
    if unspaced:
        at = len(text) - 2 if at_end else 1
    elif at_end:
        at = len(text) - len(re.split(r"\s", text)[-1])
    else:
        at = len(re.split(r"\s", text)[0])
    return text[: max(0, at)], text[max(0, at) :]


def _strip(paragraph: Paragraph, size: float, height: float) -> Strip:
    box = paragraph.box
    width, tall = box.width + 2 * BESIDE, box.height + 2 * AROUND
    aim = min(max(size, SMALLEST), LARGEST) / size
    first, last = paragraph.first, paragraph.last
    scale, wide = min(aim, STRIP_WIDTH / width), False
    if scale * size < LEGIBLE:
        scale, wide = min(aim, FULL_WIDTH / width), True
    sides = (first.right, last.x) if paragraph.rtl else (first.x, last.right)
    return Strip(
        x=box.x - BESIDE,
        y=height - box.top - AROUND,
        width=width,
        height=tall,
        scale=scale,
        wide=wide,
        start=(sides[0], height - first.y - first.height / 2),
        end=(sides[1], height - last.y - last.height / 2),
    )
