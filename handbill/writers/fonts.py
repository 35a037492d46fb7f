"""The fonts of one document: composite fonts with our own codes (ISO 32000-1, 9.7).

A code (CID) is allotted to each pair of glyph and text in order of use, because one glyph can
stand for different texts (text-engine.md, trap 2): so ToUnicode is exact, and CIDToGIDMap leads
from the code to the glyph of the subset. Subsets are cut by HarfBuzz and kept, deflated, for the
life of the process.
"""

from __future__ import annotations

import hashlib
import struct
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from handbill.problems import PieceError, Problem
from handbill.writers.objects import Written, array, deflate, dictionary, name, number, reference, stream

if TYPE_CHECKING:
    from handbill.text.faces import Face, Library

SUBSETS_KEPT = 256
"""Deflated subsets kept for a process: a face a language and a little more."""

DROPPED_TABLES = (
    "GSUB", "GPOS", "GDEF", "BASE", "STAT", "kern", "cmap", "name", "post", "OS/2", "DSIG", "gasp",
)
"""A viewer reads outlines and widths by glyph number and nothing else (9.9, table 126)."""


class Subset(NamedTuple):
    """A cut font: deflated bytes, their length before, and the map from old glyph ids to new."""

    deflated: bytes
    length: int
    glyphs: dict[int, int]


class Program:
    """What the writer needs of a face's font file; one for each face and process."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self._hb_face = face.hb_face
        self._hb_font = face.hb_font
        if "glyf" not in self._hb_face.table_tags:
            raise PieceError(
                Problem(
                    "writer/font-outlines",
                    f"The font {face.name} has no TrueType outlines, which the PDF writer needs.",
                    "Take the .ttf edition of the font.",
                )
            )
        self._advances: dict[int, int] = {}
        self._subsets: OrderedDict[tuple[int, ...], Subset] = OrderedDict()
        self.ps_name = self._hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or face.name
        head = bytes(self._hb_face.reference_table("head").data)
        self.bounds = struct.unpack(">4h", head[36:44])
        """xMin, yMin, xMax, yMax of all glyphs in font units."""

    def advance(self, gid: int) -> int:
        """A glyph's own width in font units, before kerning."""
        found = self._advances.get(gid)
        if found is None:
            found = self._advances[gid] = self._hb_font.get_glyph_h_advance(gid)
        return found

    def glyph_of(self, character: str) -> int | None:
        """The nominal glyph of a character, None where the face has none."""
        return self._hb_font.get_nominal_glyph(ord(character)) or None

    def subset(self, gids: tuple[int, ...]) -> Subset:
        """The font cut down to ``gids`` (sorted) and what composite glyphs among them need."""
        kept = self._subsets.get(gids)
        if kept is not None:
            self._subsets.move_to_end(gids)
            return kept
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update(gids)
        for tag in DROPPED_TABLES:
            wanted.drop_table_tag_set.add(int.from_bytes(tag.encode("ascii").ljust(4), "big"))
        plan = hb.SubsetPlan(self._hb_face, wanted)
        data = bytes(plan.execute().blob.data)
        cut = Subset(deflate(data), len(data), dict(plan.old_to_new_glyph_mapping))
        self._subsets[gids] = cut
        if len(self._subsets) > SUBSETS_KEPT:
            self._subsets.popitem(last=False)
        return cut


_programs: dict[int, Program] = {}
"""By the identity of the font's bytes, which the program keeps alive; hashing them would cost more."""


def program_of(face: Face) -> Program:
    """The face's program, read once in a process."""
    found = _programs.get(id(face.data))
    if found is None:
        found = _programs[id(face.data)] = Program(face)
    return found


class DocumentFont:
    """One face in one document: the codes handed out so far."""

    def __init__(self, program: Program, resource: str) -> None:
        self.program = program
        self.resource = resource
        self.upem = program.face.upem
        self._codes: dict[tuple[int, str], int] = {}
        self._hex: dict[tuple[int, str], str] = {}

    def code(self, gid: int, text: str) -> str:
        """The four hex digits that show ``gid`` and read as ``text``.

        Raises PieceError for glyph 0: it draws a box or nothing, and its words would be lost.
        """
        key = (gid, text)
        found = self._hex.get(key)
        if found is None:
            found = self._hex[key] = f"{self._allot(key):04X}"
        return found

    def _allot(self, key: tuple[int, str]) -> int:
        gid, text = key
        if gid == 0:
            raise PieceError(
                Problem(
                    "writer/missing-glyph",
                    f"The font {self.program.face.name} has no letter for “{text}”.",
                    "Name a fallback face for this language that has it, or change the text.",
                )
            )
        return self._codes.setdefault(key, len(self._codes) + 1)

    def blank(self, text: str) -> str:
        """The code of the face's space glyph that reads as ``text``."""
        return self.code(self.blank_glyph, text)

    @property
    def blank_glyph(self) -> int:
        """The face's space. Raises PieceError where a face has none."""
        found = self.program.glyph_of(" ")
        if found is None:
            raise PieceError(
                Problem(
                    "writer/no-space",
                    f"The font {self.program.face.name} has no space.",
                    "Choose a font for text, not one of symbols.",
                )
            )
        return found

    def write(self, document: PDFDocument) -> str:
        """Adds the font's objects and gives the reference of its Type 0 dictionary (9.7.6)."""
        face = self.program.face
        to_thousand = 1000 / self.upem
        pairs = list(self._codes)
        subset = self.program.subset(tuple(sorted({gid for gid, _ in pairs})))
        base = name(f"{self._tag(pairs)}+{self.program.ps_name}")
        program = reference(document, stream(subset.deflated, {"Length1": str(subset.length)}))
        descriptor = Written(
            dictionary(
                {
                    "Type": "/FontDescriptor",
                    "FontName": base,
                    "Flags": "4",
                    "FontBBox": array(round(edge * to_thousand) for edge in self.program.bounds),
                    "ItalicAngle": "0",
                    "Ascent": number(round(face.ascent * to_thousand)),
                    "Descent": number(-round(face.descent * to_thousand)),
                    "CapHeight": number(round(face.cap_height * to_thousand)),
                    "StemV": "80",
                    "FontFile2": program,
                }
            )
        )
        glyph_map = b"\0\0" + b"".join(struct.pack(">H", subset.glyphs[gid]) for gid, _ in pairs)
        widths = array(self.program.advance(gid) * to_thousand for gid, _ in pairs)
        descendant = Written(
            dictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/CIDFontType2",
                    "BaseFont": base,
                    "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                    "FontDescriptor": reference(document, descriptor),
                    "CIDToGIDMap": reference(document, stream(deflate(glyph_map))),
                    "DW": number(self.program.advance(0) * to_thousand),
                    "W": f"[1 {widths}]",
                }
            )
        )
        return reference(
            document,
            Written(
                dictionary(
                    {
                        "Type": "/Font",
                        "Subtype": "/Type0",
                        "BaseFont": base,
                        "Encoding": "/Identity-H",
                        "DescendantFonts": f"[{reference(document, descendant)}]",
                        "ToUnicode": reference(document, stream(deflate(_to_unicode(pairs)))),
                    }
                )
            ),
        )

    def _tag(self, pairs: list[tuple[int, str]]) -> str:
        """Six capitals that differ where the subset differs (9.6.4), the same on every machine."""
        digest = hashlib.sha256(repr((self.program.ps_name, pairs)).encode("utf-8")).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


class FontSet(PDFObject):  # type: ignore[misc]
    """All fonts of one document; ReportLab calls ``addObjects`` when the file is written."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._fonts: dict[str, DocumentFont] = {}

    def font(self, face: str) -> DocumentFont:
        """The font of a face by its name. An unknown face raises the library's problem."""
        found = self._fonts.get(face)
        if found is None:
            program = program_of(self._library.face(face))
            found = self._fonts[face] = DocumentFont(program, f"F{len(self._fonts) + 1}")
        return found

    def addObjects(self, document: PDFDocument) -> None:
        """Writes every font and makes it known to all pages (ReportLab's ``delayedFonts`` protocol)."""
        known = document.idToObject["BasicFonts"].dict
        for font in self._fonts.values():
            known[font.resource] = font.write(document)


def _to_unicode(pairs: list[tuple[int, str]]) -> bytes:
    """The CMap from codes to text (9.10.3), in blocks of at most 100."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{start + index:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for index, (_, text) in enumerate(block, 1)
        ]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end end"]
    return "\n".join(lines).encode("ascii")
