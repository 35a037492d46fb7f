"""Chinese: which marks are full-width, and where they take half of it.

Every Han character and every mark stands in a square of one em; a mark fills half of its square and
leaves the other half as its own space. Two such blanks beside each other, or one at a line's end, tear
a hole into the line, so there the mark is set half as wide (clreq, "Compression of punctuation marks";
GB/T 15834-2011, 5.1). The faces do it by the feature "halt".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

SQUARE_SCRIPTS = frozenset(["Hans", "Hant"])
"""ISO 15924 codes of what is written in squares, without spaces between words."""

UNICODE_SCRIPT = "Hani"
"""What Unicode calls the script of a Han character, in whatever country's form."""

_SHARED = "“”‘’—…·⸺"
"""Marks that Chinese shares with Latin: full-width in Chinese text (East_Asian_Width "A")."""

Edge = Literal["", "start", "end"]

_STOPS = "，。、；：？！．"
_DOT = "·"


def is_square_mark(char: str) -> bool:
    """True for marks that stand in a square of their own in Chinese text."""
    return char in _SHARED or unicodedata.east_asian_width(char) in ("W", "F")


def carries_space(text: str) -> bool:
    """True if a text ends in a full-width mark, be it inside quotes: no word space follows it."""
    last = text.rstrip("”’")[-1:]
    return bool(last) and unicodedata.category(last)[0] == "P" and unicodedata.east_asian_width(last) in "WF"


def half_width(text: str, ahead: str = "", edge: Edge = "") -> Iterator[int]:
    """The places of the marks in ``text`` that take half their width.

    ``ahead`` is the character that follows; ``edge`` says that the line begins or ends with the text.
    A closing mark or a stop gives way to whatever mark follows it and to the line's end, an opening
    mark to an opening mark before it and to the line's start. A middle dot between spaces, which parts
    the items of a line, needs no square of its own.
    """
    for place, char in enumerate(text):
        before = text[place - 1 : place] if place else ""
        after = text[place + 1 : place + 2] or ahead
        if _closes(char):
            if (edge == "end" and place == len(text) - 1) or (after and (_closes(after) or _opens(after))):
                yield place
        elif _opens(char):
            if (edge == "start" and place == 0) or (before and _opens(before)):
                yield place
        elif char == _DOT and before in ("", " ") and after in ("", " "):
            yield place


def _closes(char: str) -> bool:
    return char in _STOPS or (is_square_mark(char) and unicodedata.category(char) in ("Pe", "Pf"))


def _opens(char: str) -> bool:
    return is_square_mark(char) and unicodedata.category(char) in ("Ps", "Pi")
