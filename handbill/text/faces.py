"""Faces: the fonts that text is set in, read once a process.

``fonts/fonts.yaml`` names them; `Library.load` reads that list and `Library.face` opens a font
file when it is first needed. An open `Face` holds what the text engine and the writers ask of a
font, and the cache of the atoms shaped with it (`handbill.text.shape`), which therefore outlives
the document it was filled by.

The process-wide cache: open faces are kept by path, size and time of change of their file, so that
every `Library` of the same folder shares them, and a font file that was replaced is read again.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import uharfbuzz as hb
from pydantic import BaseModel, ConfigDict, Field

from handbill.problems import InputError, Problem, did_you_mean
from handbill.yamlsource import Sourced, load_model

if TYPE_CHECKING:
    from handbill.glyphs import Glyph
    from handbill.text.ink import Profile
    from handbill.text.shape import Shaped

# HarfBuzz draws nothing for these (Default_Ignorable_Code_Point, DerivedCoreProperties.txt), so a
# font need not have them: soft hyphen, grapheme joiner, zero-width characters, variation selectors.
_INVISIBLE = frozenset("\u00ad\u034f\u061c\u180e\ufeff").union(
    *(map(chr, block) for block in (range(0x200B, 0x2010), range(0x202A, 0x202F))),
    *(map(chr, block) for block in (range(0x2060, 0x2070), range(0xFE00, 0xFE10))),
)


class Face:
    """One open font. All measures are in font units, ``upem`` of them to the em.

    ``ascent`` and ``descent`` are the font's own (hhea or OS/2 as HarfBuzz chooses), both positive.
    The caches of shaped atoms (``atoms``) and of inked columns (``profiles``, ``glyph_profiles``)
    live here and belong to `handbill.text.shape` and `handbill.text.ink`.
    """

    def __init__(self, name: str, family: str, weight: int, file: str, data: bytes) -> None:
        self.name = name
        self.family = family
        self.weight = weight
        self.file = file
        self.data = data
        self.hb_face = hb.Face(hb.Blob(data))
        if self.hb_face.glyph_count == 0:
            raise ValueError("not a font")
        self.hb_font = hb.Font(self.hb_face)
        self.upem: int = self.hb_face.upem
        extents = self.hb_font.get_font_extents("ltr")
        self.ascent: int = extents.ascender
        self.descent: int = -extents.descender
        self.atoms: dict[tuple[str, bool, str, str, str, str, str], Shaped] = {}
        self.profiles: dict[tuple[Glyph, ...], Profile] = {}
        self.glyph_profiles: dict[int, Profile] = {}
        self._covered: dict[str, bool] = {}
        self._ink: dict[int, tuple[int, int, int, int]] = {}
        self._marks: dict[int, bool] = {}

    @cached_property
    def x_height(self) -> int:
        """Height of the lower-case x by the font's own account (OS/2 sxHeight)."""
        return self._metric(hb.OTMetricsTag.X_HEIGHT)

    @cached_property
    def cap_height(self) -> int:
        """Height of capitals by the font's own account (OS/2 sCapHeight)."""
        return self._metric(hb.OTMetricsTag.CAP_HEIGHT)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the font file, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    def _metric(self, tag: hb.OTMetricsTag) -> int:
        return int(self.hb_font.get_metric_position_with_fallback(tag))

    def covers(self, char: str) -> bool:
        """True if the face can set this character, or need not draw anything for it.

        HarfBuzz makes the fixed-width spaces from the ordinary one, and a non-breaking hyphen from
        U+2010, where a font lacks them.
        """
        known = self._covered.get(char)
        if known is None:
            code = ord(char)
            known = self._covered[char] = (
                self.hb_font.get_nominal_glyph(code) is not None
                or char in _INVISIBLE
                or (code == 0x2011 and self.hb_font.get_nominal_glyph(0x2010) is not None)
                or (
                    unicodedata.category(char) == "Zs"
                    and code != 0x1680
                    and self.hb_font.get_nominal_glyph(0x20) is not None
                )
            )
        return known

    def covers_all(self, text: Iterable[str]) -> bool:
        """True if the face can set every character of ``text``."""
        return all(map(self.covers, text))

    def is_mark(self, gid: int) -> bool:
        """True for a glyph that sits on another one (GDEF glyph class "mark")."""
        mark = self._marks.get(gid)
        if mark is None:
            found = self.hb_face.get_layout_glyph_class(gid)
            mark = self._marks[gid] = found == hb.OTLayoutGlyphClass.MARK
        return mark

    def ink(self, gid: int) -> tuple[int, int, int, int]:
        """The inked box of a glyph: left, bottom, right, top; all 0 for a blank."""
        box = self._ink.get(gid)
        if box is None:
            extents = self.hb_font.get_glyph_extents(gid)
            if extents is None or not extents.height:
                box = (0, 0, 0, 0)
            else:
                left, top = extents.x_bearing, extents.y_bearing
                box = (left, top + extents.height, left + extents.width, top)
            self._ink[gid] = box
        return box


class FaceRecord(BaseModel):
    """One line of ``fonts.yaml``. ``file`` and ``licence`` are paths in the fonts folder.

    ``version`` is that of the font's name table, ``scripts`` are the ISO 15924 codes of what it has
    letters of, ``sha256`` is the file's: what is listed here is what was looked at and tested.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    family: str
    weight: int
    version: str
    licence: str
    source: str
    scripts: tuple[str, ...]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _FontsFile(BaseModel):
    """``fonts.yaml``: the faces by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    faces: dict[str, FaceRecord]


_open_faces: dict[tuple[str, int, int, str], Face] = {}


class Library:
    """The faces of one fonts folder, opened when first asked for."""

    def __init__(self, folder: Path, listed: Sourced[_FontsFile]) -> None:
        self.folder = folder
        self.records = listed.model.faces
        self._listed = listed
        self._faces: dict[str, Face] = {}
        self.memo: dict[object, Any] = {}
        """Answers that hang on the faces alone; belongs to `itemise` and `galley`."""

    @classmethod
    def load(cls, folder: Path) -> Library:
        """Reads ``folder/fonts.yaml``. Raises InputError for a list that is wrong, and for a font or
        licence file that is not there; a font file is only opened when it is first used."""
        listed = load_model(folder / "fonts.yaml", folder.parent, _FontsFile)
        library = cls(folder, listed)
        problems = [
            Problem(
                "text/font-missing",
                f"The face “{name}” needs the file {folder.name}/{file}, which is not there.",
                f"Put the {what} back (it comes from {record.source}), or correct its name here.",
                listed.place("faces", name),
            )
            for name, record in library.records.items()
            for what, file in (("font file", record.file), ("licence text", record.licence))
            if not (folder / file).is_file()
        ]
        if problems:
            raise InputError(problems)
        return library

    def renewed(self) -> Library:
        """This library if its folder is as it was, else one that is read afresh: what has been worked
        out from faces stays known as long as it holds. Raises InputError as ``load`` does."""
        fresh = Library.load(self.folder)
        same = fresh.records == self.records and all(
            fresh.face(name) is face for name, face in self._faces.items()
        )
        return self if same else fresh

    def face(self, name: str) -> Face:
        """The face of that name, open. Raises InputError for an unknown name, a broken file, or one that
        is not the one listed."""
        face = self._faces.get(name)
        if face is None:
            face = self._faces[name] = self._open(name)
        return face

    def _open(self, name: str) -> Face:
        record = self.records.get(name)
        if record is None:
            raise InputError(
                Problem(
                    "text/unknown-face",
                    f"There is no face called “{name}”.",
                    did_you_mean(name, self.records),
                    self._listed.place("faces"),
                )
            )
        path = self.folder / record.file
        try:
            stat = path.stat()
            key = (str(path.resolve()), stat.st_size, stat.st_mtime_ns, name)
            face = _open_faces.get(key)
            if face is None:
                face = Face(name, record.family, record.weight, record.file, path.read_bytes())
                _open_faces[key] = face
        except (OSError, ValueError, hb.HarfBuzzError):
            raise InputError(
                Problem(
                    "text/font-broken",
                    f"The file {self.folder.name}/{record.file} of the face “{name}” cannot be read "
                    "as a font.",
                    f"Copy it afresh from {record.source}.",
                    self._listed.place("faces", name),
                )
            ) from None
        if face.digest != record.sha256:
            raise InputError(
                Problem(
                    "text/font-changed",
                    f"The file {self.folder.name}/{record.file} of the face “{name}” is not the one listed "
                    f"here: its SHA-256 begins with {face.digest[:12]}, not with {record.sha256[:12]}.",
                    f"If nobody meant to replace it, copy it afresh from {record.source}. If somebody did, "
                    f"put here the line that this prints: python {self.folder.name}/describe.py "
                    f"{self.folder.name}/{record.file}.",
                    self._listed.place("faces", name, "sha256"),
                )
            )
        return face
