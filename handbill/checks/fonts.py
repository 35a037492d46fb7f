"""Fonts of a PDF as its readers see them: codes to text, widths, glyphs and their ink."""

from __future__ import annotations

import contextlib
import re
from functools import cached_property
from typing import Any, NamedTuple

import pikepdf
import uharfbuzz as hb
from fontTools import agl

from handbill.checks.objects import dictionary, number_of, numbers, stream_bytes, text_of

Extents = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a glyph's ink, in thousandths of the size."""

_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class Code(NamedTuple):
    """One shown character: its width in thousandths, its text (None where the file gives none)
    and its glyph in the embedded program (None where that cannot be told)."""

    value: int
    width: float
    text: str | None
    gid: int | None
    is_space: bool


class Font:
    """A font dictionary. Never raises for a damaged one: what cannot be read is missing."""

    def __init__(self, source: Any) -> None:
        self._source = dictionary(source)
        self.kind = text_of(self._source.get("/Subtype")).lstrip("/")
        base = text_of(self._source.get("/BaseFont")).lstrip("/")
        self.name = base or self.kind or "a font without a name"
        self.composite = self.kind == "Type0"
        kids = self._source.get("/DescendantFonts")
        first = kids[0] if isinstance(kids, pikepdf.Array) and len(kids) else None
        self._descendant = dictionary(first) if self.composite else self._source
        self._descriptor = dictionary(self._descendant.get("/FontDescriptor"))
        self._codes: dict[int, Code] = {}
        self._extents: dict[int, Extents | None] = {}

    @property
    def embedded(self) -> bool:
        """Whether the letters' shapes are in the file (Type 3: always)."""
        return self.kind == "Type3" or any(
            key in self._descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
        )

    @property
    def has_unicode(self) -> bool:
        """Whether a reader can tell the text: by ToUnicode, or by a well-known encoding."""
        if "/ToUnicode" in self._source:
            return True
        return not self.composite and self.kind != "Type3" and not self._symbolic

    @cached_property
    def _symbolic(self) -> bool:
        flags = int(number_of(self._descriptor.get("/Flags"), 32))
        return bool(flags & 4) and "/Encoding" not in self._source

    @cached_property
    def matrix(self) -> float:
        """How many units of a Type 3 glyph make the size; 1/1000 for all other fonts."""
        values = numbers(self._source.get("/FontMatrix"))
        return abs(values[0]) if self.kind == "Type3" and len(values) == 6 and values[0] else 0.001

    @cached_property
    def line(self) -> tuple[float, float]:
        """Descent and ascent in thousandths, for glyphs whose ink cannot be measured."""
        low, high = number_of(self._descriptor.get("/Descent")), number_of(self._descriptor.get("/Ascent"))
        return (low if -1000 < low < 0 else -220.0, high if 0 < high < 3000 else 740.0)

    def decode(self, data: bytes) -> list[Code]:
        """The characters of a shown string."""
        if self.composite:
            return [self._code(data[i] << 8 | data[i + 1]) for i in range(0, len(data) - 1, 2)]
        return [self._code(byte) for byte in data]

    def _code(self, value: int) -> Code:
        found = self._codes.get(value)
        if found is None:
            text = self.unicode.get(value)
            if text is None and not self.composite:
                text = self._encoded(value)
            width = self._widths.get(value, self._default_width)
            found = Code(value, width, text, self._gid(value, text), not self.composite and value == 32)
            self._codes[value] = found
        return found

    def _gid(self, value: int, text: str | None) -> int | None:
        if self.composite:
            glyph_map = self._glyph_map
            if glyph_map is None:
                return value if self._face is not None else None
            at = 2 * value
            return glyph_map[at] << 8 | glyph_map[at + 1] if at + 1 < len(glyph_map) else 0
        face = self._face
        if face is None:
            return None
        for candidate in (ord(text) if text and len(text) == 1 else None, value, 0xF000 + value):
            if candidate is not None and (gid := face.get_nominal_glyph(candidate)):
                return int(gid)
        return None

    @cached_property
    def _glyph_map(self) -> bytes | None:
        source = self._descendant.get("/CIDToGIDMap")
        return stream_bytes(source) if isinstance(source, pikepdf.Stream) else None

    def extents(self, code: Code) -> Extents | None:
        """The ink of a glyph, None for a blank one."""
        if code.gid is None or self._face is None:
            if code.text is not None and not code.text.strip():
                return None
            return (0.0, self.line[0], code.width, self.line[1])
        if code.gid not in self._extents:
            found = self._face.get_glyph_extents(code.gid)
            scale = 1000 / (self._face.face.upem or 1000)
            ink = None
            if found is not None and found.width and found.height:
                x, y = found.x_bearing * scale, found.y_bearing * scale
                ink = (x, y + found.height * scale, x + found.width * scale, y)
            self._extents[code.gid] = ink
        return self._extents[code.gid]

    @cached_property
    def _face(self) -> Any:
        """The embedded program for HarfBuzz; None for Type 1 and bare CFF, which it does not read."""
        for key in ("/FontFile2", "/FontFile3"):
            data = stream_bytes(self._descriptor.get(key))
            if data[:4] in (b"\0\1\0\0", b"true", b"OTTO"):
                with contextlib.suppress(Exception):  # a damaged font has no readable shapes
                    face = hb.Face(data)
                    if face.glyph_count:
                        return hb.Font(face)
        return None

    @property
    def measurable(self) -> bool:
        """Whether the ink of its glyphs is known."""
        return self._face is not None

    @cached_property
    def _default_width(self) -> float:
        if self.composite:
            return number_of(self._descendant.get("/DW"), 1000.0)
        return number_of(self._descriptor.get("/MissingWidth"), 0.0 if "/Widths" in self._source else 550.0)

    @cached_property
    def _widths(self) -> dict[int, float]:
        if not self.composite:
            first = int(number_of(self._source.get("/FirstChar")))
            return {first + i: width for i, width in enumerate(numbers(self._source.get("/Widths")))}
        found: dict[int, float] = {}
        entries = self._descendant.get("/W")
        items = list(entries) if isinstance(entries, pikepdf.Array) else []
        at = 0
        while at + 1 < len(items):
            start = int(number_of(items[at]))
            if isinstance(items[at + 1], pikepdf.Array):
                found.update((start + i, width) for i, width in enumerate(numbers(items[at + 1])))
                at += 2
            elif at + 2 < len(items):
                end = min(int(number_of(items[at + 1])), 0xFFFF)
                found.update(dict.fromkeys(range(max(start, 0), end + 1), number_of(items[at + 2])))
                at += 3
            else:
                break
        return found

    @cached_property
    def unicode(self) -> dict[int, str]:
        """The ToUnicode map."""
        return read_to_unicode(stream_bytes(self._source.get("/ToUnicode")))

    @cached_property
    def _differences(self) -> dict[int, str]:
        found: dict[int, str] = {}
        listed = dictionary(self._source.get("/Encoding")).get("/Differences")
        at = 0
        for item in listed if isinstance(listed, pikepdf.Array) else ():
            if isinstance(item, pikepdf.Name):
                found[at] = text_of(item)[1:]
                at += 1
            else:
                at = int(number_of(item))
        return found

    def glyph_name(self, value: int) -> str | None:
        """The name that a simple font's Differences give a code."""
        return self._differences.get(value)

    def _encoded(self, value: int) -> str | None:
        if value in self._differences:
            return str(agl.toUnicode(self._differences[value])) or None
        encoding = self._source.get("/Encoding")
        name = text_of(encoding) or text_of(dictionary(encoding).get("/BaseEncoding"))
        if self._symbolic:
            return None
        return bytes([value]).decode(_ENCODINGS.get(name, "latin-1"), "replace")


def read_to_unicode(data: bytes) -> dict[int, str]:
    """Codes to text from a CMap's bfchar and bfrange blocks (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(data):
        row: list[bytes] = []
        inside: list[bytes] | None = None
        for hexes, opened, closed in _HEX.findall(block):
            if opened:
                inside = []
            elif closed:
                if inside is not None and len(row) == 2:
                    start = _integer(row[0])
                    found.update((start + i, _utf16(part)) for i, part in enumerate(inside))
                row, inside = [], None
            elif inside is not None:
                inside.append(hexes)
            else:
                row.append(hexes)
                if kind == b"bfchar" and len(row) == 2:
                    found[_integer(row[0])] = _utf16(row[1])
                    row = []
                elif kind == b"bfrange" and len(row) == 3:
                    found.update(_range(*row))
                    row = []
    return found


def _range(low: bytes, high: bytes, text: bytes) -> dict[int, str]:
    start, end, first = _integer(low), min(_integer(high), 0xFFFF), _utf16(text)
    if not first:
        return {}
    # A range counts up the last character only; one that leaves Unicode is damaged.
    return {
        code: first[:-1] + chr(ord(first[-1]) + code - start)
        for code in range(start, end + 1)
        if ord(first[-1]) + code - start < 0x110000
    }


def _integer(hexes: bytes) -> int:
    return int(b"".join(hexes.split()) or b"0", 16)


def _utf16(hexes: bytes) -> str:
    digits = b"".join(hexes.split())
    return bytes.fromhex(digits.decode("ascii")[: len(digits) // 2 * 2]).decode("utf-16-be", "replace")
