"""Scenes as readable text: what stands where on a page, in which size, face and role.

A wanted change of the look or the words is written anew with ``HANDBILL_GOLDENS=write`` and read in
the difference; an unwanted one fails here with the line that moved.
"""

from __future__ import annotations

import difflib
import os

import pytest

from handbill.plan import Variant
from handbill.workshop import middle_of
from handbill.writers.recording import record

PIECES = [
    ("en", "drivers", "dl-roll-fold"),
    ("ur", "young-people", "dl-roll-fold"),
    ("bn", "shop-workers", "a4-poster"),
]


@pytest.mark.parametrize(("language", "audience", "layout"), PIECES)
def test_scene_is_as_recorded(workshop, root, language, audience, layout):
    """A line that moves, shrinks or changes its face shows here before a printer sees it."""
    variant = Variant("press", language, None, audience, layout)
    chosen = workshop.design.layouts[layout]
    piece = workshop.campaign.bind(audience, chosen.spec.piece, language)
    middle = middle_of(workshop.campaign.languages[language])
    composed = workshop.composer.compose(piece, chosen, workshop.scripts[language], middle)
    text = record(composed.scene)
    golden = root / "tests" / "goldens" / f"{language}-{audience}-{layout}.txt"
    if os.environ.get("HANDBILL_GOLDENS") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    wanted = golden.read_text("utf-8")
    changes = list(
        difflib.unified_diff(wanted.splitlines(), text.splitlines(), "recorded", "now", lineterm="", n=1)
    )
    assert not changes, f"{variant.words}\n" + "\n".join(changes[:40])
