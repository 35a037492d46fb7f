"""What must not be written is refused in words, never silently dropped."""

from __future__ import annotations

import pytest
from writer_scenes import BLACK, DATE, leaflet, library, pdf, scene, set_text

from handbill.geometry import Rect
from handbill.problems import HandbillError, InputError, PieceError
from handbill.scene import Group, Page, Tag, TextLine
from handbill.writers.pdf import PdfOptions, write_pdf


def one_line(change):
    """A page with one line whose first run is changed."""
    words = set_text("en", "word").lines[0]
    (run,) = words.runs
    group = Group(Tag("P"), (TextLine(words._replace(runs=(change(run),)), 10, 10, BLACK),))
    return scene("en", Page("one", 100, 100, (group,)))


def test_missing_glyph_is_an_error_with_its_letter():
    """Glyph 0 draws a box or nothing: a hole in the words that nobody sees before the reader does."""

    def hollow(run):
        (atom,) = run.atoms
        first, *rest = atom.glyphs
        return run._replace(atoms=(atom._replace(glyphs=(first._replace(gid=0, text="ŵ"), *rest)),))

    with pytest.raises(PieceError) as caught:
        pdf(one_line(hollow))
    (problem,) = caught.value.problems
    assert problem.code == "writer/missing-glyph"
    assert "ŵ" in problem.what
    assert problem.remedy


def test_unknown_face_is_an_error():
    """A scene that names a font nobody has cannot be drawn in another by chance."""
    with pytest.raises(HandbillError) as caught:
        pdf(one_line(lambda run: run._replace(face="comic")))
    assert caught.value.problems[0].code == "text/unknown-face"
    assert "comic" in caught.value.problems[0].what


def test_bleed_off_the_sheet_is_an_error():
    """Boxes that do not nest are refused by every printer's intake."""
    wrong = Page("one", 100, 100, (), media=Rect(-1, -1, 102, 102), bleed_box=Rect(-5, -5, 110, 110))
    with pytest.raises(PieceError) as caught:
        pdf(scene("en", wrong))
    assert caught.value.problems[0].code == "writer/boxes"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"colour": "rgb"}, "writer/colour"),
        ({"standard": "PDF/X-1a:2003", "colour": "rgb"}, "writer/colour"),
        ({"links": True}, "writer/links"),
        ({"standard": "PDF/X-1a:2003", "links": True}, "writer/links"),
        ({"standard": "PDF/UA-1", "tagged": False}, "writer/untagged"),
        ({"condition": "FOGRA99"}, "writer/print-condition"),
    ],
)
def test_options_that_the_standard_forbids(options, code):
    """A file that claims a standard and breaks it is worse than none."""
    with pytest.raises(InputError) as caught:
        pdf(leaflet("en"), **options)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_date_needs_its_zone():
    """Preflights want the zone, and without it the bytes would hang on the machine's clock."""
    with pytest.raises(InputError) as caught:
        write_pdf(leaflet("en"), library(), PdfOptions(date=DATE.replace(tzinfo=None)))
    assert caught.value.problems[0].code == "writer/date"
