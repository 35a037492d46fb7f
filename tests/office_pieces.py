"""Real pieces as office files, for the tests: made by the edition, judged by others."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from handbill.compose.imprint import set_note
from handbill.compose.pieces import Composition
from handbill.editions.office import OfficeSheet, office_sheet, to_office
from handbill.plan import Variant
from handbill.scene import Scene
from handbill.text.extent import inked_box
from handbill.workshop import Workshop, middle_of
from handbill.writers.pdf import PdfOptions, write_pdf


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
    layout = workshop.design.layouts[variant.layout]
    piece = workshop.campaign.bind(variant.audience, layout.spec.piece, variant.language)
    middle = middle_of(workshop.campaign.languages[variant.language])
    composed = workshop.composer.compose(piece, layout, workshop.scripts[variant.language], middle)
    sheet = office_sheet(composed.scene)
    note = set_note(sheet.instruction, workshop.scripts["en"], workshop.library)
    scene = to_office(composed.scene, note, lambda line: inked_box(line, workshop.library))
    options = PdfOptions(date=workshop.date, standard=None, colour="rgb", duplex=sheet.duplex)
    path = folder / f"{variant.language}-{variant.audience}-{variant.layout}.pdf"
    path.write_bytes(write_pdf(scene, workshop.library, options))
    return Made(variant, composed, sheet, scene, path)
