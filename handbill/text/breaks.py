"""Where a line may end: Unicode's rules (UAX #14) by ICU, with ours on top.

Ours: numbers and addresses that are marked stay whole; no hyphenation, so a soft hyphen is no
opportunity (print-spec.md 6.2, "hyphenation off in clear print"); Polish one-letter words stay with
the next word, in Chinese a short number with what it counts; ranges of numbers stay whole, and words with
a hyphen beside a short part (Welsh “ar-lein”); no punctuation mark stands alone at a line's end or
start. Where a script shows no words, `price_break` says how well a headline breaks at each place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from icu4py.breakers import LineBreaker, WordBreaker

SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u205f\u3000"
"""The spaces that a line break swallows: all but the non-breaking ones."""

# After these there is no break: language -> pattern of a word that ends where the break would be.
# Polish: one-letter conjunctions and prepositions never end a line (print-spec.md 6.2).
# Chinese: “18 岁” stays whole; longer numbers are those of telephones, which verbs follow.
_KEPT_WITH_NEXT = {
    "pl": re.compile(r"(?<!\w)[aiouwzAIOUWZ] +\Z"),
    "zh": re.compile(r"(?<![0-9])[0-9]{1,2} ?\Z"),
}
# Words of one character that in a headline stay with what follows (“and”, “at”, “than”), and those
# that stay with what precedes them and end a phrase (“of”, “in”, particles of tense and question).
_CLINGS = {"zh": ("和与或在把被比从向为对给让跟", "的了吗呢吧着过得地里上下中")}
AFTER_SENTENCE, AFTER_CLAUSE, AFTER_PARTICLE, BETWEEN_WORDS = 0.0, 0.3, 0.7, 1.0
BESIDE_SINGLE, BESIDE_PARTICLE, INSIDE_WORD = 1.4, 2.0, 4.0
"""What `price_break` gives. In proportion to each other only: a break between two words is the measure."""

_RANGE = re.compile(r"[0-9\u06f0-\u06f9\u0660-\u0669\u09e6-\u09ef][-\u2010-\u2014]\Z")
# A hyphen with fewer than four letters before or after it: what would be left alone reads as a fragment.
_LETTERS = r"[^\W\d_]"
_SHORT_BEFORE = re.compile(rf"(?<!{_LETTERS}){_LETTERS}{{1,3}}[-\u2010]\Z")
_AFTER_LETTER = re.compile(rf"{_LETTERS}[-\u2010]\Z")
_SHORT_AFTER = re.compile(rf"{_LETTERS}{{1,3}}(?!{_LETTERS})")
_OPENING = frozenset(["Ps", "Pi", "Sc"])


@lru_cache(maxsize=4096)
def opportunities(
    text: str,
    lang: str,
    whole: tuple[tuple[int, int], ...] = (),
    loose: bool = False,
) -> tuple[int, ...]:
    """The places where a line of ``text`` may end, in rising order, its length last.

    A place is the number of characters before the break; spaces before a break belong to the line
    that ends there. ``whole`` are stretches (start, end) that must not be broken inside. ``loose``
    leaves out the rules of mere good form, for a measure so narrow that they cannot be kept.
    Cached: the answer hangs on nothing else.
    """
    if not text:
        return ()
    places = [
        place
        for place in _ends(LineBreaker(text, lang), text)
        if place < len(text)
        and not any(start < place < end for start, end in whole)
        and text[place - 1] != "\u00ad"
    ]
    if loose:
        return (*places, len(text))
    kept_with_next = _KEPT_WITH_NEXT.get(lang.split("-")[0])
    places = [
        place
        for place in places
        if not (kept_with_next and kept_with_next.search(text, max(0, place - 8), place))
        and not (text[place].isdecimal() and _RANGE.search(text, max(0, place - 2), place))
        and not _parts_short(text, place)
    ]
    return tuple(_join_lone_marks(text, [*places, len(text)]))


def _parts_short(text: str, place: int) -> bool:
    """Whether a break after a hyphen at ``place`` would leave one to three letters on a line's side."""
    start = max(0, place - 5)
    return bool(
        _SHORT_BEFORE.search(text, start, place)
        or (_AFTER_LETTER.search(text, start, place) and _SHORT_AFTER.match(text, place))
    )


@lru_cache(maxsize=1024)
def word_ends(text: str, lang: str) -> frozenset[int]:
    """Where words end in ``text``, as far as ICU's dictionary knows them, for scripts without spaces."""
    return frozenset(_ends(WordBreaker(text, lang), text))


def price_break(text: str, place: int, lang: str) -> float:
    """How ill a headline without word spaces breaks at ``place``: 0 after a sentence, up to
    ``INSIDE_WORD``.

    A dictionary takes a word that it does not know for single characters, so that a break beside one
    of those may cut a word.
    """
    said = text[:place].rstrip(SPACES + "”’）》")
    if said[-1:] in "。？！":
        return AFTER_SENTENCE
    if said[-1:] in "，；：":
        return AFTER_CLAUSE
    ends = word_ends(text, lang)
    if place not in ends:
        return INSIDE_WORD
    before, after = text[place - 1], text[place]
    single_before, single_after = place - 1 in ends or place == 1, place + 1 in ends
    leads, trails = _CLINGS.get(lang.split("-")[0], ("", ""))
    if (single_before and before in leads) or (single_after and after in trails):
        return BESIDE_PARTICLE
    if single_before and before in trails:
        return AFTER_PARTICLE
    if (single_before and before.isalpha()) or (single_after and after.isalpha()):
        return BESIDE_SINGLE
    return BETWEEN_WORDS


def _ends(breaker: LineBreaker | WordBreaker, text: str) -> list[int]:
    """Where ICU's segments end. ICU counts UTF-16 units; Python counts characters."""
    ends = [end for _, end in breaker.segments()]
    if max(text) > "\uffff":
        units = {0: 0}
        total = 0
        for place, char in enumerate(text, 1):
            total += 2 if char > "\uffff" else 1
            units[total] = place
        ends = [units[end] for end in ends]
    return ends


def _join_lone_marks(text: str, places: list[int]) -> list[int]:
    """Takes out the breaks that would leave a mark alone at a line's end or start: an opening mark,
    and whatever mark the text begins with, stays with the word after it, others with that before."""
    joined: list[int] = []
    start = 0
    for end in places:
        mark = _lone_mark(text[start:end])
        if mark and joined and not _opens(mark):
            joined[-1] = end
        elif not mark or end == len(text):
            joined.append(end)
        start = end
    return joined


def _lone_mark(segment: str) -> str:
    """The segment without its spaces if it holds marks only, else ""."""
    bare = segment.strip(SPACES)
    return bare if all(unicodedata.category(char)[0] in "PS" for char in bare) else ""


def _opens(mark: str) -> bool:
    return unicodedata.category(mark[-1]) in _OPENING
