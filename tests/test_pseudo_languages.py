"""Languages that nobody speaks: long words, right to left, no spaces, tall marks, in every layout.

A language that joins later must not find a layout that breaks in silence: each piece fits, or says where
it does not.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from handbill.campaign.catalogue import Catalogue
from handbill.campaign.pseudo import pseudo
from handbill.problems import PieceError
from handbill.scene import TextLine, walk
from handbill.survey.survey import spots
from handbill.units import mm
from handbill.workshop import middle_of

LANGUAGES = {
    "+40 % length": ("pl", 1.4),
    "right to left": ("ur", 1.1),
    "no spaces": ("zh-Hans", 0.5),
    "tall marks": ("bn", 1.0),
}
CLEAR = mm(4.5)
"""Words keep 5 mm clear of the cut (print-spec 3.1), but for ink that hangs out of the measure."""


@pytest.fixture(scope="module", params=LANGUAGES, ids=str)
def laid(request, workshop):
    """Every piece of a pseudo-language: its composition, or the problems that keep it back."""
    tag, growth = LANGUAGES[request.param]
    record = workshop.campaign.languages[tag]
    empty = {**workshop.campaign.catalogues, tag: Catalogue(f"content/translations/{tag}.po")}
    campaign = replace(workshop.campaign, catalogues=empty)
    found = {}
    for spot in spots(workshop):
        piece = campaign.bind(
            spot.audience,
            workshop.design.piece_of(spot.layout),
            tag,
            stand_in=lambda context, english: pseudo(english, record, growth),
        )
        layout = workshop.design.layouts[spot.layout]
        try:
            made = workshop.composer.compose(piece, layout, workshop.scripts[tag], middle_of(record))
        except PieceError as error:
            made = error
        found[spot] = piece, made
    return tag, found


def test_each_piece_fits_or_says_where_not(laid, workshop):
    """What does not fit names its language, piece and panel, and how many letters are too many."""
    tag, found = laid
    name = workshop.campaign.languages[tag].name
    assert len(found) == len(list(spots(workshop)))
    fitting = 0
    for spot, (piece, made) in found.items():
        if isinstance(made, PieceError):
            for problem in made.problems:
                assert problem.code in ("text/overset", "text/too-wide"), (spot, problem)
                if problem.code == "text/overset":
                    assert f"{name}, {piece.audience}" in problem.what and "panel “" in problem.what
                    assert "letters" in problem.remedy
                assert problem.place is not None, (spot, problem)
            continue
        fitting += 1
        for fit in made.fits:
            assert fit.letters_left >= 0 and fit.used_mm <= fit.room_mm + 0.1, (spot, fit)
    assert fitting >= len(found) / 2, "the layouts have next to no room for another language"


def test_what_fits_stands_inside_its_page(laid):
    """Words that leave the sheet are cut off by the printer, whoever reads them."""
    _, found = laid
    for spot, (_, made) in found.items():
        if isinstance(made, PieceError):
            continue
        for page in made.scene.pages:
            lines = [item for item in walk(page.items) if isinstance(item, TextLine)]
            assert lines, spot
            for item in lines:
                assert item.x >= CLEAR and item.x + item.line.width <= page.width - CLEAR, (spot, item)
                assert CLEAR <= item.y <= page.height - CLEAR, (spot, item)
