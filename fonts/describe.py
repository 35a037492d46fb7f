"""Prints the line of fonts/fonts.yaml for a font file: what the file says of itself, and its SHA-256.

    python fonts/describe.py FILE [SOURCE [NAME]]

FILE is a font file in a folder of its own inside `fonts/`, with the licence beside it as `OFL.txt`.
SOURCE says where it was taken from (an npm package and its version); NAME is what
`content/languages.yaml` calls the face. Both are taken from `fonts.yaml` where it lists the file already:
after a font has been replaced on purpose, put the line that is printed in place of the old one.

A language that needs a new font needs no more: the font file with its licence, this line, and the
language's record.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

import yaml
from fontTools import unicodedata as ucd
from fontTools.ttLib import TTFont, TTLibError

FONTS = Path(__file__).resolve().parent
LICENCE = "OFL.txt"
WEIGHTS = {400: "regular", 700: "bold", 800: "heavy"}
"""What languages call the weights."""

LEAST_LETTERS = 20
"""Letters of a script in a face that is made for it; fewer came along, as Greek ones do among symbols."""


def scripts_of(font: TTFont) -> list[str]:
    """ISO 15924 codes of the scripts that the face has letters of, in alphabetical order."""
    letters = (chr(code) for code in font.getBestCmap())
    counted = Counter(ucd.script(letter) for letter in letters if letter.isalpha())
    return sorted(
        name for name, count in counted.items() if count >= LEAST_LETTERS and name not in ("Zyyy", "Zinh")
    )


def describe(path: Path, source: str, name: str | None = None) -> str:
    """The line for the font at ``path``. Raises TTLibError for a file that is no font."""
    font = TTFont(path)
    family = font["name"].getBestFamilyName()
    weight = font["OS/2"].usWeightClass
    version = re.search(r"[0-9]+\.[0-9]+", font["name"].getDebugName(5))
    fields = {
        "file": path.relative_to(FONTS).as_posix(),
        "family": family,
        "weight": weight,
        "version": json.dumps(version.group() if version else ""),
        "licence": f"{path.parent.name}/{LICENCE}",
        "source": json.dumps(source, ensure_ascii=False),
        "scripts": f"[{', '.join(scripts_of(font))}]",
        "sha256": json.dumps(hashlib.sha256(path.read_bytes()).hexdigest()),
    }
    name = name or f"{family.lower().replace(' ', '-')}-{WEIGHTS.get(weight, weight)}"
    return f"  {name}: {{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}"


def main(arguments: list[str]) -> int:
    """Prints the line. Gives the exit code: 2 where the file is not what it should be."""
    if not 1 <= len(arguments) <= 3:
        print(__doc__)
        return 2
    path = Path(arguments[0]).resolve()
    if path.parent.parent != FONTS or not path.is_file():
        print(f"{arguments[0]} is not a file in a folder of its own inside {FONTS.name}/.")
        return 2
    if not (path.parent / LICENCE).is_file():
        print(
            f"The licence is missing: put it beside the font, as {FONTS.name}/{path.parent.name}/{LICENCE}."
        )
        return 2
    listed = yaml.safe_load((FONTS / "fonts.yaml").read_text(encoding="utf-8"))["faces"]
    file = path.relative_to(FONTS).as_posix()
    known = next(
        ((name, record["source"]) for name, record in listed.items() if record["file"] == file), None
    )
    if known is None and len(arguments) == 1:
        print(f"{FONTS.name}/fonts.yaml does not list {file} yet: say as well where it comes from.")
        return 2
    name, source = known or (None, "")
    try:
        print(describe(path, *(arguments[1:] or [source]), *(() if len(arguments) == 3 else (name,))))
    except TTLibError:
        print(f"{arguments[0]} cannot be read as a font.")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
