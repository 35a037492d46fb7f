"""Cuts the Chinese faces down to the characters that leaflets in Simplified Chinese need.

    python fonts/subset_chinese.py PATH_OF_PACKAGE

PATH_OF_PACKAGE is the unpacked npm package `@expo-google-fonts/noto-sans-sc` (`npm pack` it and
unpack the archive, or take the folder from `node_modules`).

Reads the package's static TrueType files of the weights in `WEIGHTS` and its licence, and
`content/translations/zh-Hans.po`. Writes `fonts/noto-sans-sc/*.ttf` and `fonts/noto-sans-sc/OFL.txt`, and
the new SHA-256 of each file into its line of `fonts/fonts.yaml`.
The same package and catalogue give the same bytes (with the same fontTools).

Why cut at all: a whole face has some thirty thousand characters and takes ten megabytes, and three
weights of it would be most of the repository. What is kept:

- all of GB 2312, the standard of 1980 that holds every character of everyday Simplified Chinese: its
  6763 Han characters, its marks, and its full-width letters and digits;
- the marks of CLDR's "zh" that GB 2312 lacks, and ASCII, whose marks stand among Han characters;
- whatever else the catalogue uses, so that it can always be set.

The outlines stay as they are, the hints for small screens go: print and PDF need none. Of the
features those of horizontal text stay: forms by language (locl), the long dash (ccmp), half-width
marks (halt), marks on letters (mark), kerning of Latin letters (kern).

The licence reserves the name "Source", which these faces do not bear, so that they keep their own.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path

import polib
from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent
CATALOGUE = FONTS.parent / "content" / "translations" / "zh-Hans.po"
TARGET = FONTS / "noto-sans-sc"
WEIGHTS = ("400Regular", "700Bold", "800ExtraBold")
FEATURES = ["locl", "ccmp", "halt", "mark", "kern"]

ROWS = (1, 2, 3, *range(16, 88))
"""Rows of GB 2312: marks, numerals in rings and brackets, full-width ASCII, Han characters. Left out
are kana, Greek, Cyrillic, pinyin letters, bopomofo and the lines of tables."""

MARKS = (
    "\u00a0\u00b7\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac\u00a3\u2e3a\u3007\uff5c\uff5e"
)
"""CLDR 48 "zh", punctuation and numbers, where Python's table of GB 2312 gives another character for
the same mark (U+2015 for the dash, U+30FB for the middle dot) or none; the signs of pound and euro."""


def gb_2312() -> set[str]:
    """The characters of GB 2312 in `ROWS`."""
    cells = (bytes([0xA0 + row, 0xA0 + cell]) for row in ROWS for cell in range(1, 95))
    return {character for cell in cells for character in cell.decode("gb2312", errors="ignore")}


def wanted(catalogue: Path) -> set[str]:
    """Every character that a cut face keeps, if the package's face has it."""
    ascii_letters = {chr(code) for code in range(0x20, 0x7F)}
    used: set[str] = set()
    if catalogue.is_file():
        used = {
            character
            for entry in polib.pofile(str(catalogue), encoding="utf-8")
            for character in entry.msgstr
        }
    return (
        gb_2312() | ascii_letters | set(MARKS) | {character for character in used if character.isprintable()}
    )


def cut(source: Path, target: Path, characters: set[str]) -> None:
    """Writes the face at ``source``, with these characters only, to ``target``."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += ["GlyphOrder", "STAT", "vhea", "vmtx", "BASE"]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    cutter.subset(font)
    font.save(target)


def list_anew(manifest: Path, files: list[Path]) -> None:
    """Writes the SHA-256 of each file into its line of the list at ``manifest``."""
    listed = manifest.read_text(encoding="utf-8")
    for path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        file = re.escape(f"{path.parent.name}/{path.name}")
        listed = re.sub(rf'(file: {file},.*sha256: ")[0-9a-f]*', rf"\g<1>{digest}", listed)
    manifest.write_text(listed, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Cuts all weights. Gives the exit code: 2 where the package is not what it should be."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    package = Path(arguments[0])
    sources = {weight: package / weight / f"NotoSansSC_{weight}.ttf" for weight in WEIGHTS}
    licence = package / "LICENSE_FONT"
    if absent := [path for path in (*sources.values(), licence) if not path.is_file()]:
        print(f"{package} is not the package @expo-google-fonts/noto-sans-sc: it lacks")
        print("\n".join(f"  {path.relative_to(package)}" for path in absent))
        return 2
    TARGET.mkdir(exist_ok=True)
    characters = wanted(CATALOGUE)
    print(f"{len(characters)} characters: GB 2312, ASCII, marks, and those of {CATALOGUE.name}")
    for source in sources.values():
        cut(source, TARGET / source.name, characters)
        print(f"fonts/{TARGET.name}/{source.name}: {(TARGET / source.name).stat().st_size:,} bytes")
    shutil.copyfile(licence, TARGET / "OFL.txt")
    list_anew(FONTS / "fonts.yaml", [TARGET / source.name for source in sources.values()])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
