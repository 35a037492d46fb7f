"""Itemising: which stretches of a paragraph share direction, script and face.

Script comes first and coverage second (reference text-engine.md, trap 6: Latin letters exist
inside the Nastaliq and Indic fonts, and must not be taken from there). Characters common to all
scripts go with their word; European digits count as Latin wherever they stand, so that a number
looks the same in a sentence, in a list and on a poster.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from fontTools import unicodedata as ucd

from handbill.problems import InputError, PieceError, Place, Problem, did_you_mean
from handbill.text import bidi, han
from handbill.text.faces import Face, Library
from handbill.text.model import Script, Span

WHOLE_KINDS = frozenset(["phone", "text", "web", "email"])
"""Kinds of span that are never broken across lines."""

_ISOLATED = WHOLE_KINDS | {"name"}
_CONTROL = re.compile(f"[{bidi.CONTROLS}]")
_WORD, _SPACES = re.compile("[^ ]+"), re.compile(" +")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_APOSTROPHE = re.compile(f"{_LATIN_LETTER.pattern}’{_LATIN_LETTER.pattern}")
_OPENERS, _CLOSERS = "([{«‹", ")]}»›"


class Item(NamedTuple):
    """Text from ``start`` to ``end`` of one direction, script, face and span.

    ``ratio`` is its size over the paragraph's own; ``span`` the number of the span it comes from.
    """

    start: int
    end: int
    level: int
    script: str
    face: Face
    ratio: float
    lang: str
    span: int


class Itemised(NamedTuple):
    """A paragraph's text without bidi controls, its items in logical order, and where each of its
    spans begins in that text (with the text's length last)."""

    text: str
    items: tuple[Item, ...]
    bounds: tuple[int, ...]


class _Kinds(dict[int, str]):
    """Memo for str.translate: "o" own script, "c" common, "m" mark, " " space, "x" another."""

    def __init__(self, own: str) -> None:
        super().__init__()
        self.own = own

    def __missing__(self, code: int) -> str:
        char = chr(code)
        script = script_of(char, self.own)
        if unicodedata.category(char) == "Zs":
            kind = " "
        elif script == "Zinh":
            kind = "m"
        elif script in ("Zyyy", "Zzzz"):
            kind = "c"
        else:
            kind = "o" if script == self.own else "x"
        self[code] = kind
        return kind


class _Faces(NamedTuple):
    """The faces of one language and weight in order of preference, for its own script and others."""

    own: tuple[Face, ...]
    other: tuple[Face, ...]


def script_of(char: str, own: str) -> str:
    """The ISO 15924 script of a character in text of the script ``own``.

    European digits are Latin. A mark shared by several scripts (danda, Arabic comma) belongs to
    the text's own script if that is one of them (ScriptExtensions.txt). In Chinese text so do all
    marks that stand in a square, also those that Latin has too: quotes, dash, ellipsis, middle dot.
    """
    if "0" <= char <= "9":
        return "Latn"
    script: str = ucd.script(char)
    if own in han.SQUARE_SCRIPTS and (
        script == han.UNICODE_SCRIPT or (script == "Zyyy" and han.is_square_mark(char))
    ):
        return own
    if script in ("Zyyy", "Zinh") and own in ucd.script_extension(char):
        return own
    return script


def itemise(
    spans: Sequence[Span],
    script: Script,
    library: Library,
    weight: str,
    bold_weight: str,
    place: Place | None = None,
) -> Itemised:
    """The items of one paragraph without forced line breaks.

    Raises PieceError text/no-glyph, a problem for each character that no face of the language has;
    InputError if the language names no faces for the weight.
    """
    text, levels, bounds = _levels(spans, script.rtl)
    kinds = text.translate(_kinds_of(library, script.script))
    scripts = _resolve_scripts(text, kinds, script.script)
    items: list[Item] = []
    missing: dict[str, None] = {}
    for number, span in enumerate(spans):
        start, end = bounds[number], bounds[number + 1]
        if start == end:
            continue
        faces = _faces_of(library, script, bold_weight if span.bold else weight)
        for first, last, name in _script_runs(scripts, start, end, script.script):
            choice = faces.own if name == script.script else faces.other
            for head, tail, face in _face_runs(text, first, last, choice, missing):
                ratio = 1.0 if face is faces.own[0] else script.fallback_ratio
                lang = span.lang or _lang_of(text[head:tail], name, script)
                for begin, stop, level in _level_runs(levels, head, tail):
                    items.append(Item(begin, stop, level, name, face, ratio, lang, number))
    if missing:
        raise PieceError(_no_glyph(char, script, place) for char in missing)
    return Itemised(text, tuple(items), bounds)


def _levels(spans: Sequence[Span], rtl: bool) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The text without bidi controls, a level for each of its characters, the spans' bounds.

    Numbers, addresses and Latin names stand in left-to-right isolates, other spans of a language
    of their own in isolates of whatever direction they begin with (UAX #9, 2.7 and HL3).
    """
    parts: list[str] = []
    for span in spans:
        if span.kind in _ISOLATED:
            parts.append(f"{bidi.LRI}{span.text}{bidi.PDI}")
        elif span.lang or span.kind == "placeholder":
            parts.append(f"{bidi.FSI}{span.text}{bidi.PDI}")
        else:
            parts.append(span.text)
    levels = bidi.levels("".join(parts), int(rtl))
    bounds = [0]
    shown: list[str] = []
    kept: list[int] = []
    offset = 0
    for part in parts:
        if _CONTROL.search(part):
            chars = [(char, levels[place]) for place, char in enumerate(part, offset)]
            chars = [pair for pair in chars if not _CONTROL.match(pair[0])]
            shown.append("".join(char for char, _ in chars))
            kept.extend(level for _, level in chars)
        else:
            shown.append(part)
            kept.extend(levels[offset : offset + len(part)])
        offset += len(part)
        bounds.append(bounds[-1] + len(shown[-1]))
    return "".join(shown), tuple(kept), tuple(bounds)


def _kinds_of(library: Library, own: str) -> _Kinds:
    kinds: _Kinds | None = library.memo.get(("kinds", own))
    if kinds is None:
        kinds = library.memo["kinds", own] = _Kinds(own)
    return kinds


def _faces_of(library: Library, script: Script, weight: str) -> _Faces:
    names = script.faces.get(weight)
    if not names:
        raise InputError(
            Problem(
                "text/no-weight",
                f"The language “{script.lang}” names no faces for the weight “{weight}”.",
                did_you_mean(weight, script.faces),
                Place("content/languages.yaml", key=script.lang),
            )
        )
    key = ("faces", tuple(names))
    faces: _Faces | None = library.memo.get(key)
    if faces is None:
        own = tuple(library.face(name) for name in names)
        faces = library.memo[key] = _Faces(own, own[1:] + own[:1])
    return faces


def _lang_of(text: str, name: str, script: Script) -> str:
    """Latin words in another script are English; a bare number is read in the reader's language."""
    foreign = name == "Latn" and script.script != "Latn" and _LATIN_LETTER.search(text)
    return "en" if foreign else script.lang


def _resolve_scripts(text: str, kinds: str, own: str) -> list[str] | None:
    """The script of each character (UAX #24, 5.1 and 5.2), or None where all is in ``own``.

    Common characters go with the word they are in, a closing bracket with its opening one. A space
    between two scripts takes the foreign one: Latin words want Latin spaces around them, which are
    wider than those of Nastaliq. Not so in Chinese, which has no word space and wants a quarter of
    an em at most between a character and a Latin word (clreq).
    """
    if "x" not in kinds:
        return None
    scripts = [own] * len(text)
    for word in _WORD.finditer(kinds):
        if "x" in word.group():
            _resolve_word(text, kinds, word.start(), word.end(), own, scripts)
    for spaces in _SPACES.finditer(kinds):
        first, last = spaces.span()
        if first > 0 and last < len(text):
            before, after = scripts[first - 1], scripts[last]
            if own in han.SQUARE_SCRIPTS and own in (before, after):
                continue
            scripts[first:last] = [before if before != own else after] * (last - first)
    return scripts


def _resolve_word(text: str, kinds: str, first: int, last: int, own: str, scripts: list[str]) -> None:
    def strong(start: int) -> str | None:
        place = next((place for place in range(start, last) if kinds[place] in "ox"), None)
        return None if place is None else script_of(text[place], own)

    current = strong(first) or own
    brackets: list[str] = []
    for place in range(first, last):
        kind, char = kinds[place], text[place]
        # An apostrophe goes with its word, also where it would be a quote of the own script.
        if kind in "ox" and not (char == "’" and _APOSTROPHE.match(text, place - 1)):
            current = script_of(char, own)
        found = current
        if char in _OPENERS:
            found = strong(place + 1) or current
            brackets.append(found)
        elif char in _CLOSERS and brackets:
            found = brackets.pop()
        scripts[place] = found


def _script_runs(scripts: list[str] | None, start: int, end: int, own: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of one script in one span."""
    if scripts is None:
        yield start, end, own
        return
    for name, group in groupby(scripts[start:end]):
        length = sum(1 for _ in group)
        yield start, start + length, name
        start += length


def _face_runs(
    text: str, first: int, last: int, choice: tuple[Face, ...], missing: dict[str, None]
) -> Iterator[tuple[int, int, Face]]:
    """Stretches of one face, the first in ``choice`` that has the characters. A letter and the marks
    on it stay together; what no face has is noted in ``missing``."""
    if choice[0].covers_all(set(text[first:last])):
        yield first, last, choice[0]
        return
    begin, current = first, None
    place = first
    while place < last:
        stop = place + 1
        while stop < last and (unicodedata.category(text[stop])[0] == "M" or text[stop] in "\u200c\u200d"):
            stop += 1
        cluster = text[place:stop]
        face = _face_for(cluster, choice)
        if face is None:  # no face has letter and marks: each by itself, then
            cluster, stop = text[place], place + 1
            face = _face_for(cluster, choice)
        if face is None:
            missing[cluster] = None
            face = choice[0]
        if current is not None and face is not current:
            yield begin, place, current
            begin = place
        current, place = face, stop
    assert current is not None
    yield begin, last, current


def _face_for(cluster: str, choice: tuple[Face, ...]) -> Face | None:
    composed = unicodedata.normalize("NFC", cluster)
    for face in choice:
        if face.covers_all(cluster) or face.covers_all(composed):
            return face
    return None


def _level_runs(levels: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int, int]]:
    offset = start
    for level, group in groupby(levels[start:end]):
        length = sum(1 for _ in group)
        yield offset, offset + length, level
        offset += length


def _no_glyph(char: str, script: Script, place: Place | None) -> Problem:
    name = unicodedata.name(char, "a character without a name")
    shown = f"“{char}” " if char.isprintable() and not char.isspace() else ""
    return Problem(
        "text/no-glyph",
        f"None of the fonts of the language “{script.lang}” has the character {shown}"
        f"(U+{ord(char):04X}, {name}).",
        "Take the character out or write it another way; if the language needs it, add a font that "
        "has it to fonts/fonts.yaml and to this language in content/languages.yaml.",
        place,
    )
