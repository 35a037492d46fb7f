"""The bidirectional algorithm against Unicode's own conformance files.

They come with the Debian package unicode-data. Where they are not installed these tests are
skipped with a loud reason, but on the build server (CI=true) a missing file is a failure.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from handbill.text import bidi

UNICODE = Path("/usr/share/unicode")
REMOVED = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF"}


def lines_of(name: str) -> Iterator[str]:
    path = UNICODE / name
    if not path.is_file():
        reason = f"{path} IS MISSING: install the package unicode-data"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            line = line.split("#", 1)[0].strip()
            if line:
                yield line


@cache
def file_classes() -> dict[str, str]:
    """Classes of the Unicode version that the conformance files belong to."""
    rows = (line.split(";") for line in lines_of("UnicodeData.txt"))
    return {chr(int(row[0], 16)): row[4] for row in rows}


def at_line_end(
    levels: list[int | None], classes: tuple[str, ...] | list[str], base: int
) -> list[int | None]:
    """Rule L1, which a set line (it ends in no space) does not need but the files ask for."""
    result = list(levels)
    trailing = True
    for index in range(len(result) - 1, -1, -1):
        kind = classes[index]
        if kind in ("B", "S"):
            trailing = True
        elif kind not in ("WS", "FSI", "LRI", "RLI", "PDI") and kind not in REMOVED:
            trailing = False
        if trailing and result[index] is not None:
            result[index] = base
    return result


def order_of(levels: list[int | None]) -> list[int]:
    kept = [index for index, level in enumerate(levels) if level is not None]
    seen = [level for level in levels if level is not None]
    return [kept[place] for place in bidi.visual_order(seen)]


def test_character_conformance() -> None:
    """Every case of BidiCharacterTest.txt: levels and visual order. A reversed phone number in an
    Urdu leaflet is the harm that this stands against."""
    classes_of = file_classes()
    cases, wrong = 0, []
    for line in lines_of("BidiCharacterTest.txt"):
        codes, direction, paragraph, wanted, order = line.split(";")
        text = [chr(int(code, 16)) for code in codes.split()]
        classes = [classes_of[char] for char in text]
        base = (bidi.first_strong(classes) or 0) if direction == "2" else int(direction)
        found = at_line_end(bidi.resolve(classes, base, text), classes, base)
        expected = [None if level == "x" else int(level) for level in wanted.split()]
        cases += 1
        if (
            base != int(paragraph)
            or found != expected
            or order_of(found) != [int(place) for place in order.split()]
        ):
            wrong.append(f"{line}: {found}")
    assert cases > 90_000
    assert not wrong, f"{len(wrong)} of {cases} cases, first: {wrong[:3]}"


def test_class_conformance() -> None:
    """Every case of BidiTest.txt: all short strings of classes in up to three directions."""
    cases, wrong = 0, []
    expected: list[int | None] = []
    order: list[int] = []
    for line in lines_of("BidiTest.txt"):
        if line.startswith("@"):
            name, _, rest = line.partition(":")
            if name == "@Levels":
                expected = [None if level == "x" else int(level) for level in rest.split()]
            elif name == "@Reorder":
                order = [int(place) for place in rest.split()]
            continue
        names, bits = line.split(";")
        classes = names.split()
        for bit, direction in ((1, None), (2, 0), (4, 1)):
            if int(bits) & bit:
                base = bidi.first_strong(classes) or 0 if direction is None else direction
                found = at_line_end(bidi.resolve(classes, base), classes, base)
                cases += 1
                if found != expected or order_of(found) != order:
                    wrong.append(f"{line} in direction {direction}: {found}, not {expected}")
    assert cases > 700_000
    assert not wrong, f"{len(wrong)} of {cases} cases, first: {wrong[:3]}"


def test_bracket_pairs_are_those_of_unicode() -> None:
    """Python has no table of bracket pairs, so ours is held to BidiBrackets.txt."""
    opening, closing = {}, {}
    for line in lines_of("BidiBrackets.txt"):
        code, other, kind = (field.strip() for field in line.split(";"))
        char, mate = chr(int(code, 16)), chr(int(other, 16))
        if kind == "o":
            opening[char] = unicodedata.normalize("NFC", mate)
        else:
            closing[char] = unicodedata.normalize("NFC", char)
    assert opening == bidi._OPENING
    assert closing == bidi._CLOSING


def test_classes_of_python_are_those_of_the_files() -> None:
    """The classes come from Python's Unicode, the conformance files from the system's. Where both
    know a character they agree, so that a conformant algorithm means conformant text."""
    differing = [
        f"U+{ord(char):04X}: Python {unicodedata.bidirectional(char)}, file {kind}"
        for char, kind in file_classes().items()
        if unicodedata.category(char) != "Cn" and unicodedata.bidirectional(char) != kind
    ]
    assert not differing


def test_shortcut_gives_what_the_rules_give() -> None:
    """Text that is left to right throughout skips the rules; every character that could turn a
    line is known to the shortcut."""
    missed = [
        f"U+{ord(char):04X} {kind}"
        for char, kind in file_classes().items()
        if kind in ("R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "RLI", "LRI", "FSI", "PDI", "PDF")
        and not bidi._MAYBE_RTL.search(char)
    ]
    assert not missed
    assert bidi.levels("Call 0808 800 5000 (free).", 0) == (0,) * 26


def test_number_in_urdu_line_keeps_its_order_inside_an_isolate() -> None:
    """The trap of the study: after Arabic letters plain UAX #9 shows 0808 800 as 800 0808."""
    bare, isolated = "کال 0808 800", f"کال {bidi.LRI}0808 800{bidi.PDI}"

    def shown(text: str) -> str:
        order = bidi.visual_order(bidi.levels(text, 1))
        return "".join(text[place] for place in order if text[place].isdigit() or text[place] == " ")

    assert shown(bare).split() == ["800", "0808"]
    assert shown(isolated).split() == ["0808", "800"]
