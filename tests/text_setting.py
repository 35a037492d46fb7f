"""What the tests of the text engine share: the shipped fonts and languages, sentences, a setter."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handbill.glyphs import Atom, Line
from handbill.text.faces import Library
from handbill.text.model import Paragraph, Script, Span, Style
from handbill.text.paragraph import set_paragraph
from handbill.units import mm

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = Library.load(ROOT / "fonts")
RECORDS: dict[str, dict[str, Any]] = yaml.safe_load(
    (ROOT / "content" / "languages.yaml").read_text(encoding="utf-8")
)["languages"]
SCRIPTS = {
    lang: Script(
        lang=lang,
        script=record["script"],
        rtl=record["direction"] == "rtl",
        faces={weight: tuple(names) for weight, names in record["faces"].items()},
        size_ratio=record["size_ratio"],
        leading_ratio=record["leading_ratio"],
        heading_leading_ratio=record["heading_leading_ratio"],
        fallback_ratio=record["fallback_ratio"],
    )
    for lang, record in RECORDS.items()
}
WEIGHTS = ("regular", "bold", "heavy")
COLUMN = mm(83)
"""A DL panel's measure."""


@cache
def corpus(lang: str) -> tuple[str, ...]:
    """The sentences of tests/corpus/<lang>.txt."""
    lines = (ROOT / "tests" / "corpus" / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def set_text(lang: str, *words: str | Span, width: float = COLUMN, **style: Any) -> Paragraph:
    """A paragraph at 12 pt in ``width`` points."""
    spans = [Span(word) if isinstance(word, str) else word for word in words]
    return set_paragraph(spans, Style(style.pop("size", 12), **style), width, SCRIPTS[lang], LIBRARY)


def text_of_glyphs(atom: Atom) -> str:
    """What an atom's glyphs carry, in logical order."""
    glyphs = reversed(atom.glyphs) if atom.rtl else atom.glyphs
    return "".join(glyph.text for glyph in glyphs)


def shown(line: Line) -> list[str]:
    """The texts of a line's glyphs from left to right."""
    return [glyph.text for run in line.runs for atom in run.atoms for glyph in atom.glyphs]
