"""Fonts: the faces that a proof is set in, cut down to its letters and carried inside it.

Carried inside, so that it looks the same on every computer, with or without a network, and so that
what is compared with the pictures is set in the very letters that are printed.
"""

from __future__ import annotations

import base64
import unicodedata

import uharfbuzz as hb

from handbill.text.faces import Face

DOTTED_CIRCLE = "\u25cc"
"""What browsers set under a mark that has no letter: in a proof that must be seen."""
NAMES = (0, 1, 2, 13, 14)
"""Entries of the name table: copyright, family and style; the licence goes with the face."""
DROPPED_TABLES = (b"meta",)
"""Languages the designers had in mind: nothing that draws."""


def embed(face: Face, letters: set[str]) -> str:
    """The face with ``letters`` alone, and all of its ways to join and place them, as the address that
    a style sheet takes. The same letters give the same bytes."""
    # Shapers take some letters apart, as the vowels of Bengali that stand on both sides of a consonant.
    parts = unicodedata.normalize("NFD", "".join(sorted(letters)))
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(map(ord, letters.union(parts, DOTTED_CIRCLE)))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()  # all that there are
    wanted.name_id_set.clear()
    wanted.name_id_set.update(NAMES)
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in DROPPED_TABLES)
    data = bytes(hb.subset(face.hb_face, wanted).blob.data)
    return f"data:font/ttf;base64,{base64.b64encode(data).decode()}"
