"""Real pieces as office files, for the tests: made by the edition, judged by others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from handbill.compose.pieces import Composition
from handbill.editions.office import OfficeSheet
from handbill.plan import Variant
from handbill.scene import Scene
from handbill.workshop import Workshop
from handbill.writers.pdf import write_pdf


class Made(NamedTuple):
    """An office file, how its sheet is printed, the scene as composed and as it is on the sheet."""

    variant: Variant
    composed: Composition
    sheet: OfficeSheet
    scene: Scene
    path: Path

    @property
    def name(self) -> str:
        return self.path.name


def make_office(workshop: Workshop, variant: Variant, folder: Path) -> Made:
    variant = replace(variant, edition="office", printer=None, folder="", stem="")
    piece = workshop.bind(variant)
    composed = workshop.compose(variant, piece)
    edited = workshop.edit(variant, piece, composed)
    assert edited.sheet is not None
    path = folder / f"{variant.language}-{variant.audience}-{variant.layout}.pdf"
    path.write_bytes(write_pdf(edited.scene, workshop.library, edited.options))
    return Made(variant, composed, edited.sheet, edited.scene, path)
