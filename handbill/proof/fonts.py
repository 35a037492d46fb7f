"""Fonts: the faces that a proof is set in, cut down to its letters and carried inside it.

Carried inside, so that it looks the same on every computer, with or without a network, and so that
what is compared with the pictures is set in the very letters that are printed.
"""

from __future__ import annotations

import base64
import io
import unicodedata

from fontTools import subset
from fontTools.ttLib import TTFont

from handbill.text.faces import Face

DOTTED_CIRCLE = "\u25cc"
"""What browsers set under a mark that has no letter: in a proof that must be seen."""


def embed(face: Face, letters: set[str]) -> str:
    """The face with ``letters`` alone, and all of its ways to join and place them, as the address that
    a style sheet takes. The same letters give the same bytes."""
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence go with it
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["meta"]  # languages the designers had in mind: nothing that draws
    cut = subset.Subsetter(options)
    # Shapers take some letters apart, as the vowels of Bengali that stand on both sides of a consonant.
    parts = unicodedata.normalize("NFD", "".join(sorted(letters)))
    cut.populate(text="".join(sorted(letters.union(parts, DOTTED_CIRCLE))))
    font = TTFont(io.BytesIO(face.data), recalcTimestamp=False, lazy=False)
    cut.subset(font)
    data = io.BytesIO()
    font.save(data)
    return f"data:font/ttf;base64,{base64.b64encode(data.getvalue()).decode()}"
