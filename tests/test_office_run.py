"""The office edition of the real pieces, judged on paper: what a printer lays down, in colour and in grey."""

from __future__ import annotations

import shutil
import subprocess
from itertools import groupby

import numpy
import pypdfium2
import pytest
from office_layouts import COPIES, add_small_layouts
from office_pieces import make_office
from PIL import Image
from sample import sample
from structure_text import hear, plain

from handbill.checks.expected import expected_of
from handbill.checks.profile import load_profile
from handbill.checks.run import check_file
from handbill.editions.office import EDGE, FOOT
from handbill.editions.press import PressSpec, to_press
from handbill.plan import Selection, plan
from handbill.problems import PieceError
from handbill.scene import TextLine, walk
from handbill.text.extent import inked_box
from handbill.units import mm
from handbill.workshop import Workshop
from handbill.writers.pdf import PdfOptions, write_pdf

LANGUAGES = ("en", "pl", "ur", "bn")
OFFICE = load_profile("office")
LEAST = 4.5


@pytest.fixture(scope="module")
def run(workshop, tmp_path_factory):
    """Office files for a close look (sample.py)."""
    folder = tmp_path_factory.mktemp("office")
    made = []
    for variant in sample(workshop, "office"):
        if variant.language not in LANGUAGES:
            continue
        try:
            made.append(make_office(workshop, variant, folder))
        except PieceError as error:
            assert all(problem.code == "text/overset" for problem in error.problems), error
    assert len([one for one in made if one.variant.language == "en"]) >= 8
    assert {one.variant.language for one in made} == set(LANGUAGES)
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory, root):
    """Small pieces of a project that has layouts for them, one audience."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("content", "layouts"):
        shutil.copytree(root / name, folder / name)
    (folder / "fonts").symlink_to(root / "fonts")
    add_small_layouts(folder)
    workshop = Workshop(folder)
    chosen = Selection(
        audiences=("drivers",), languages=("en", "ur"), layouts=tuple(COPIES), editions=("press",)
    )
    made = []
    for variant in plan(workshop.campaign, workshop.design, chosen):
        try:
            made.append(make_office(workshop, variant, folder))
        except PieceError as error:
            assert {problem.code for problem in error.problems} == {"text/overset"}, error
            assert variant.language != "en", error
    assert {one.variant.layout for one in made} == set(COPIES)
    return made


def printed(path, dpi):
    """The pages as PDFium prints them: grey, row 0 at the head."""
    document = pypdfium2.PdfDocument(path)
    try:
        flags = pypdfium2.raw.FPDF_PRINTING
        return [
            page.render(scale=dpi / 72, grayscale=True, extra_flags=flags).to_numpy().squeeze()
            for page in document
        ]
    finally:
        document.close()


def test_own_checks_find_nothing(run):
    """The profile for office printers: safe zone, folds, contrast in colour and in grey, words, tags."""
    for one in run:
        expected = expected_of(one.scene, one.composed.contacts, one.composed.qr)
        assert check_file(one.path, OFFICE, expected) == (), one.name


def test_nothing_is_printed_at_the_edge(run, small):
    """5 mm at the sides and head, 7 mm at the foot: there the printer drops what it is sent."""
    dpi = 127
    for one in [*run, *small]:
        for grey in printed(one.path, dpi):
            edge, foot = (int(side / 72 * dpi) - 1 for side in (EDGE, FOOT))
            inside = grey.copy()
            inside[edge : inside.shape[0] - foot, edge : inside.shape[1] - edge] = 255
            assert inside.min() == 255, one.name


def test_words_keep_clear_of_the_sides_of_their_field(run, workshop):
    """1 mm at least, also the strokes of Nastaliq that hang out: a field seems too small for its words
    otherwise."""
    least = mm(1)
    seen = 0
    for one in run:
        for page in one.scene.pages:
            fields = [group.clip for group in page.items if group.tag.role == "Artifact" and group.clip]
            for item in walk(tuple(group for group in page.items if not group.screen_only)):
                box = inked_box(item.line, workshop.library) if isinstance(item, TextLine) else None
                if box is None:
                    continue
                box = box.moved(item.x, item.y)
                for field in fields:
                    if field.overlaps(box):
                        assert box.x - field.x >= least and field.right - box.right >= least, one.name
                        seen += 1
    assert seen > 500


def test_words_are_those_of_the_press_edition_block_by_block(run, workshop, tmp_path):
    """One text in all editions: each block read from both finished files; repeated tabs are heard once."""
    for one in run[::3]:
        press = tmp_path / one.name
        scene = to_press(one.composed.scene, PressSpec(), None)
        press.write_bytes(write_pdf(scene, workshop.library, PdfOptions(date=workshop.date)))
        theirs, ours = (
            [words for words, _ in groupby(plain(item.text) for item in hear(path))]
            for path in (press, one.path)
        )
        assert ours == theirs, one.name


# In grey


def greys(program, path, page, folder):
    """A page as a black-and-white printer gets it, 150 dots an inch."""
    target = folder / "grey"
    subprocess.run(
        [program, "-gray", "-r", "150", "-f", str(page), "-l", str(page), "-singlefile", path, target],
        check=True,
    )
    return numpy.array(Image.open(target.with_suffix(".pgm")))


def light(grey):
    value = grey / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def measure(pixels):
    """The contrast of words to their ground: the commonest grey against the one farthest from it."""
    ground = int(numpy.bincount(pixels.ravel(), minlength=256).argmax())
    ink = max((int(pixels.min()), int(pixels.max())), key=lambda grey: abs(grey - ground))
    high, low = sorted((light(ground), light(ink)), reverse=True)
    return (high + 0.05) / (low + 0.05), ground, ink


def test_all_words_can_be_read_when_printed_in_grey(run, workshop, oracle, tmp_path):
    """At least 4.5:1 for every run of words, and no dark words on a tint darker than 15 %."""
    program = oracle("pdftoppm")
    seen = 0
    for one in run:
        for number, page in enumerate(one.scene.pages, 1):
            pixels = greys(program, one.path, number, tmp_path)
            for item in walk(tuple(group for group in page.items if not group.screen_only)):
                if not isinstance(item, TextLine):
                    continue
                for run_ in item.line.runs:
                    box = inked_box(item.line._replace(runs=(run_,)), workshop.library)
                    if box is None or not any(letter.isalnum() for letter in run_.text):
                        continue
                    where = box.moved(item.x, item.y).outset(1)
                    scale = 150 / 72
                    top, bottom = (round((page.height - y) * scale) for y in (where.top, where.y))
                    left, right = (round(x * scale) for x in (where.x, where.right))
                    ratio, ground, ink = measure(pixels[top:bottom, left:right])
                    assert ratio >= LEAST, (
                        f"{one.name} {number} “{run_.text}”: {ratio:.2f} ({ink} on {ground})"
                    )
                    assert ink > ground or ground >= 0.85 * 255, f"{one.name} “{run_.text}” on {ground}"
                    seen += 1
    assert seen > 1500


def test_the_dot_that_does_not_fit_still_differs_in_grey(workshop):
    """The campaign's one picture: in grey it must not become one of the many."""
    theme = workshop.design.theme
    for audience in workshop.campaign.audiences:
        for ground in ("white", "night"):
            palette = theme.palette(ground, audience)
            assert abs(palette.signal.grey - palette.dot.grey) >= 0.1, audience


# Small pieces


def test_small_pieces_stand_several_on_a_sheet(small):
    """2 x A5, 4 x A6, 3 x DL, 10 cards, 5 folded cards; one of them is heard."""
    for one in small:
        columns, rows = COPIES[one.variant.layout]
        assert (one.sheet.imposition.columns, one.sheet.imposition.rows) == (columns, rows)
        assert len(one.scene.pages) == len(one.composed.scene.pages)
        said = [plain(item.text) for item in hear(one.path) if any(map(str.isalnum, item.text))]
        assert said == [plain(paragraph.text) for paragraph in expected_of(one.composed.scene).paragraphs], (
            one.name
        )
        lines = [item for page in one.composed.scene.pages for item in walk(page.items) if _is_line(item)]
        copies = [item for page in one.scene.pages for group in page.items if not group.screen_only
                  for item in walk((group,)) if _is_line(item)]  # fmt: skip
        assert len(copies) == columns * rows * len(lines)


def _is_line(item: object) -> bool:
    return isinstance(item, TextLine)


def test_small_pieces_pass_the_checks(small):
    """All but the numbers and the size of letters: the test's layouts have no room for all of them."""
    for one in small:
        expected = expected_of(one.scene, (), one.composed.qr)
        found = [
            item
            for item in check_file(one.path, OFFICE, expected)
            if item.check not in ("numbers", "letter-height")
        ]
        assert found == [], one.name


# The line on the screen


def test_programs_that_print_leave_the_instruction_out(run, oracle, tmp_path):
    """PDFium prints for browsers, poppler and Ghostscript for CUPS: none of them prints it, both viewers
    show it."""
    one = run[0]
    strip = int(EDGE * 2)
    view = greys(oracle("pdftoppm"), one.path, 1, tmp_path)
    assert (view[: int(EDGE / 72 * 150)] < 150).sum() > 50
    assert printed(one.path, 144)[0][:strip].min() == 255
    script, page = tmp_path / "page.ps", tmp_path / "page.png"
    subprocess.run([oracle("pdftops"), "-l", "1", one.path, script], check=True)
    for source in (script, one.path):
        command = [oracle("gs"), "-q", "-dBATCH", "-dNOPAUSE", "-dPrinted", "-sDEVICE=pnggray", "-r144"]
        subprocess.run([*command, "-dLastPage=1", f"-sOutputFile={page}", source], check=True)
        assert numpy.array(Image.open(page))[:strip].min() == 255, source.name
