"""What is seen: ink in its place, in its colour, on its plate.

The page is drawn by readers that did not write it (PDFium, Ghostscript) and compared with outlines
straight from HarfBuzz.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from writer_scenes import (
    BLACK,
    LANGUAGES,
    NIGHT,
    RED,
    WHITE_INK,
    block,
    corpus,
    leaflet,
    library,
    line,
    page,
    pdf,
    rectangle,
    run,
    scene,
    set_text,
    spans,
    text_page,
)

from handbill.editions.press import PressSpec, to_press
from handbill.geometry import Rect
from handbill.scene import ARTIFACT, Group, Page, Path, Tag, TextLine, walk
from handbill.units import mm


def picture(data, dpi=200):
    """The first page as PDFium shows it."""
    return pypdfium2.PdfDocument(data)[0].render(scale=dpi / 72).to_pil().convert("RGB")


def darkness(data):
    """How dark the first page is, 0..1 by pixel."""
    return 1 - np.asarray(picture(data).convert("L"), dtype=float) / 255


class Outlines:
    """Collects a glyph's outline from HarfBuzz as path operators, placed and scaled."""

    def __init__(self, x, y, em):
        self.x, self.y, self.em, self.ops, self.at = x, y, em, [], (0, 0)

    def _place(self, *points):
        flat = [v for px, py in points for v in (self.x + px * self.em, self.y + py * self.em)]
        self.at = points[-1]
        return tuple(flat)

    def moveTo(self, point):
        self.ops.append(("M", self._place(point)))

    def lineTo(self, point):
        self.ops.append(("L", self._place(point)))

    def curveTo(self, *points):
        self.ops.append(("C", self._place(*points)))

    def qCurveTo(self, control, end):
        start = self.at
        first = tuple(s + 2 / 3 * (c - s) for s, c in zip(start, control, strict=True))
        second = tuple(e + 2 / 3 * (c - e) for e, c in zip(end, control, strict=True))
        self.ops.append(("C", self._place(first, second, end)))

    def closePath(self):
        self.ops.append(("Z", ()))

    endPath = closePath


def drawn_by_harfbuzz(given):
    """The same page with every letter as an outline where the shaper put it."""
    paths = []
    for item in walk(given.items):
        if not isinstance(item, TextLine):
            continue
        for piece in item.line.runs:
            face = library().face(piece.face)
            em = piece.size / face.upem
            pen = item.x + piece.x
            for atom in piece.atoms:
                for glyph in atom.glyphs:
                    outlines = Outlines(pen + glyph.dx * em, item.y + glyph.dy * em, em)
                    face.hb_font.draw_glyph_with_pen(glyph.gid, outlines)
                    if outlines.ops:
                        paths.append(Path(tuple(outlines.ops), fill=item.ink))
                    pen += glyph.advance * em
    return replace(given, items=(Group(ARTIFACT, tuple(paths)),))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_stand_where_the_shaper_put_them(lang):
    """Every mark, dot and slope: a Bengali vowel or a Nastaliq dot out of place is another word."""
    paragraphs = [set_text(lang, text) for text in corpus(lang)] + [set_text(lang, spans(lang))]
    given = text_page(lang, *paragraphs)
    text = darkness(pdf(scene(lang, given)))
    outlines = darkness(pdf(scene(lang, drawn_by_harfbuzz(given))))
    assert outlines.sum() > 1000
    # Fonts and outlines are smoothed a little differently; a glyph that moved leaves solid spots.
    apart = np.abs(text - outlines)
    solid = (apart[:-2, :-2] > 0.5) & (apart[2:, 2:] > 0.5) & (apart[:-2, 2:] > 0.5) & (apart[2:, :-2] > 0.5)
    assert solid.sum() <= 2
    assert text.sum() == pytest.approx(outlines.sum(), rel=0.03)


def test_urdu_ink_is_not_cut():
    """Nastaliq reaches far above and below its line: nothing may clip it, at the page's edge neither."""
    paragraph = set_text("ur", spans("ur"), 14)
    given = text_page("ur", paragraph)
    rows = np.flatnonzero((darkness(pdf(scene("ur", given))) > 0.5).any(axis=1)) * 72 / 200
    first = given.height - mm(20) - paragraph.ascent
    last = first - paragraph.leading * (len(paragraph.lines) - 1)
    assert given.height - rows.max() == pytest.approx(last - paragraph.ink_bottom, abs=6)
    assert given.height - rows.min() == pytest.approx(first + paragraph.ink_top, abs=12)


def test_highlighted_words_and_the_rest_have_their_inks():
    """A placeholder in alert red inside black text is red, and only it."""
    paragraph = set_text("ur", spans("ur"), 16)
    lines = tuple(
        TextLine(item, 20 + item.indent, 250 - number * paragraph.leading, BLACK, (("phone", RED),))
        for number, item in enumerate(paragraph.lines)
    )
    given = scene("ur", Page("one", 300, 320, (Group(Tag("P"), lines),)))
    image = np.asarray(picture(pdf(given, standard=None, colour="rgb"))).astype(int)
    red = (image[..., 0] > 180) & (image[..., 1] < 60)
    black = image.max(axis=2) < 60
    columns = np.flatnonzero(red.any(axis=0)) * 72 / 200
    (item, found) = next((i, r) for i in lines for r in i.line.runs if r.kind == "phone")
    assert item.x + found.x - 1 <= columns.min()
    assert columns.max() <= item.x + found.x + found.width + 1
    assert black.sum() > 500


def test_outlines_fill_by_their_rule_and_stroke_with_their_dashes():
    """A ring stays a ring, a dashed line has gaps, a clip cuts and its colours end with it."""
    ring = Path(rectangle(20, 20, 60, 60).ops + rectangle(35, 35, 30, 30).ops, fill=RED, even_odd=True)
    full = Path(rectangle(120, 20, 60, 60).ops + rectangle(135, 35, 30, 30).ops, fill=RED)
    dashed = Path((("M", (20, 120)), ("L", (180, 120))), stroke=BLACK, width=4, dash=(10, 10))
    clipped = Group(ARTIFACT, (rectangle(20, 150, 160, 30, fill=NIGHT),), clip=Rect(100, 140, 200, 60))
    after = Group(ARTIFACT, (rectangle(90, 20, 20, 20, fill=NIGHT),))
    given = Page("one", 200, 200, (Group(ARTIFACT, (ring, full, dashed)), clipped, after))
    image = np.asarray(picture(pdf(scene("en", given), standard=None, colour="rgb"), dpi=72)).astype(int)

    def ink(x, y):
        return tuple(image[199 - y, x])

    white = (255, 255, 255)
    assert ink(25, 25) == (208, 0, 0) and ink(50, 50) == white
    assert ink(150, 50) == (208, 0, 0)
    assert ink(25, 120) == (0, 0, 0) and ink(35, 120) == white
    assert ink(60, 165) == white and ink(150, 165) == (0, 26, 77)
    assert ink(100, 30) == (0, 26, 77)


# Plates


@pytest.fixture
def plates(tmp_path, oracle):
    """The four plates of a file's first page inside the trim, ink 0..1 by pixel."""

    def cut(given):
        (tmp_path / "x.pdf").write_bytes(pdf(given))
        run(
            oracle("gs"),
            *("-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r150", "-dUseTrimBox", "-dFirstPage=1"),
            *("-dLastPage=1", f"-sOutputFile={tmp_path / 's.tif'}", tmp_path / "x.pdf"),
        )
        names = ("Cyan", "Magenta", "Yellow", "Black")
        found = []
        for name in names:
            with Image.open(tmp_path / f"s({name}).tif") as image:
                found.append(1 - np.asarray(image.convert("L"), dtype=float) / 255)
        return dict(zip("cmyk", found, strict=True))

    return cut


def at(plates, x, y, height):
    """The inks in percent at a point of the trim."""
    row, column = round((height - y) * 150 / 72), round(x * 150 / 72)
    return tuple(round(100 * plates[key][row, column]) for key in "cmyk")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_black_text_is_on_the_black_plate_alone(lang, plates):
    """Text in four inks blurs with the least misregister."""
    given = scene(lang, text_page(lang, set_text(lang, spans(lang))))
    found = plates(to_press(given, PressSpec(), line("draft")))
    assert found["k"].sum() > 100
    assert [found[key].max() for key in "cmy"] == [0, 0, 0]
    assert found["k"].max() == 1


def test_black_text_overprints_and_everything_else_knocks_out(plates):
    """Black letters leave the ground below whole; a QR code, white letters and tints must not."""
    words = set_text("en", "MMMMMM", 30)
    ground = rectangle(0, 0, mm(148), mm(210), fill=NIGHT)
    square = rectangle(20, 20, 40, 40, fill=BLACK)
    frame = replace(rectangle(100, 20, 40, 40), stroke=BLACK, width=6)
    black = block(words, 20, 400)
    white = block(words, 20, 300, ink=WHITE_INK)
    after = rectangle(200, 20, 40, 40, fill=BLACK)
    given = page(Group(ARTIFACT, (ground, square, frame)), black, white, Group(ARTIFACT, (after,)))
    found = plates(scene("en", given))
    height = given.height

    assert at(found, 40, 40, height) == (0, 0, 0, 100)
    assert at(found, 100, 40, height) == (0, 0, 0, 100)
    assert at(found, 220, 40, height) == (0, 0, 0, 100)
    assert at(found, 300, 100, height) == (100, 80, 0, 40)

    def band(top):
        rows = slice(round((height - top) * 150 / 72), round((height - top + 40) * 150 / 72))
        return {key: plate[rows, 40:400] for key, plate in found.items()}

    letters = band(400)
    assert letters["k"].max() == 1
    assert letters["c"].min() == 1, "black letters must not cut the ground"
    assert band(300)["c"].min() == 0, "white letters must"


def test_ink_reaches_the_bleed_and_stops_there():
    """Art runs to the bleed on three sides and not over it; beyond stand only thin marks."""
    image = picture(pdf(to_press(leaflet("en"), PressSpec())), dpi=254)
    dark = np.asarray(image.convert("L")) < 120  # ten pixels to the millimetre
    across = np.flatnonzero(dark[-300])
    assert (across.min(), across.max()) == (pytest.approx(100, abs=1), pytest.approx(1639, abs=1))
    down = np.flatnonzero(dark[:, 400])
    assert down.max() == pytest.approx(2259, abs=1)
    assert dark[:100].sum(axis=1).max() < 20


def test_white_words_on_dark_are_white():
    """White text is painted as no ink on all plates, not left to the viewer."""
    image = np.asarray(picture(pdf(leaflet("en")), dpi=200)).astype(int)
    top, left = round((210 - 40) / 25.4 * 200), round(10 / 25.4 * 200)
    area = image[top : top + 60, left : left + 250]
    assert (area.min(axis=2) > 240).sum() > 200
