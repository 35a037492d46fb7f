"""The inks of press files as Ghostscript separates them, against the limit, our own proof and the words."""

from __future__ import annotations

import subprocess
from typing import NamedTuple

import numpy
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from pdf_faults import paint, patch, spoil
from PIL import Image

from handbill.checks.document import Document
from handbill.checks.plates import Proof
from handbill.checks.profile import load_profile
from handbill.checks.run import check_file
from handbill.scene import TextLine, walk
from handbill.workshop import middle_of

DPI = 150
INKS = ("Cyan", "Magenta", "Yellow", "Black")
WINDOW = round(15**0.5 / 25.4 * DPI)
"""Side of a square of 15 mm2 (GWG 2022, R0026) in pixels."""
LIMIT = 300.0
"""Percent; coated paper (print-spec 3.2)."""
LANGUAGES = ("en", "ur")


class Heaviest(NamedTuple):
    """The largest sum of the inks in a window, in percent, and its middle in mm from the left and top."""

    percent: float
    left: float
    top: float


def separate(path, program, folder):
    """For each page its four plates inside the trim: 4 x rows x columns, 0..255 for 0..100 % of ink."""
    done = subprocess.run(
        [program, "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", f"-r{DPI}", "-dUseTrimBox",
         f"-sOutputFile={folder}/plates_%d.tif", str(path)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stderr == ""
    pages = []
    while (folder / f"plates_{len(pages) + 1}.tif").exists():
        number = len(pages) + 1
        plates = [Image.open(folder / f"plates_{number}({ink}).tif").convert("L") for ink in INKS]
        pages.append(numpy.stack([255 - numpy.asarray(plate) for plate in plates]))
        (folder / f"plates_{number}.tif").unlink()
    assert pages
    return pages


def heaviest(plates):
    """By a table of sums from the top left corner: each window is the sum of four of its entries."""
    total = plates.astype(numpy.int64).sum(axis=0)
    table = numpy.pad(total.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    sums = (
        table[WINDOW:, WINDOW:]
        - table[:-WINDOW, WINDOW:]
        - table[WINDOW:, :-WINDOW]
        + table[:-WINDOW, :-WINDOW]
    )
    row, column = numpy.unravel_index(int(sums.argmax()), sums.shape)
    per_mm = DPI / 25.4
    middle = WINDOW / 2
    return Heaviest(sums[row, column] / WINDOW**2 / 2.55, (column + middle) / per_mm, (row + middle) / per_mm)


@pytest.fixture(scope="module")
def plates(made, tmp_path_factory):
    """The plates of every press file in two languages, each made when it is asked for."""
    known = {}

    def find(file, program):
        if file not in known:
            known[file] = separate(made[file][1], program, tmp_path_factory.mktemp("plates"))
        return known[file]

    return find


def files(made):
    return [file for file, (one, _) in made.items() if one.variant.language in LANGUAGES]


def test_window_is_fifteen_square_millimetres_and_its_sums_are_right():
    """The measure itself: against the plain mean over every window, on noise."""
    assert WINDOW == 23
    noise = numpy.random.default_rng(3).integers(0, 256, (4, 60, 80), dtype=numpy.uint8)
    found = heaviest(noise)
    means = sliding_window_view(noise.sum(axis=0, dtype=int), (WINDOW, WINDOW)).mean(axis=(2, 3)) / 2.55
    assert found.percent == pytest.approx(means.max())
    row, column = numpy.unravel_index(means.argmax(), means.shape)
    assert (found.left, found.top) == pytest.approx(
        ((column + WINDOW / 2) / DPI * 25.4, (row + WINDOW / 2) / DPI * 25.4)
    )


def test_no_window_has_more_ink_than_dries(made, plates, oracle):
    """Above 300 % the sheets stick together in the pile; Ghostscript knows nothing of our own sums."""
    looked = 0
    for file in files(made):
        for page in plates(file, oracle("gs")):
            assert heaviest(page).percent <= LIMIT, file
            looked += 1
    assert looked == sum(made[file][0].record["pages"] for file in files(made))


def test_our_proof_and_ghostscript_agree(made, plates, oracle):
    """The check that runs on every build paints inks itself. It must not fall short of what another
    renderer sees; over, it may go only on words, which it takes for boxes, far below any limit."""
    for file in files(made):
        with Document(made[file][1]) as document:
            for page, separated in zip(document.pages, plates(file, oracle("gs")), strict=True):
                ours, _ = Proof(page).heaviest()
                theirs = heaviest(separated).percent
                assert ours >= theirs - 5, f"{file}: {ours:.1f} instead of {theirs:.1f} %"
                if theirs >= 150:
                    assert ours <= theirs + 5, f"{file}: {ours:.1f} instead of {theirs:.1f} %"


@pytest.mark.parametrize(("side_mm", "named"), [(4, True), (3, False)])
def test_a_patch_of_330_percent_is_named_if_it_fills_the_window(made, oracle, tmp_path, side_mm, named):
    """A limit that nothing breaks proves nothing. 3 mm of the same ink is 9 of 15 mm2: it dries."""
    file = "press/en/young-people-dl-roll-fold.pdf"
    one, _ = made[file]

    def fault(pdf):
        paint(pdf, patch(60, 80, side_mm, side_mm, "0.9 0.8 0.7 0.9 k"))

    path = spoil(one.data, fault, tmp_path / "heavy.pdf")
    found = [
        finding
        for finding in check_file(path, load_profile("press"), one.expected)
        if finding.check == "total-ink"
    ]
    theirs = heaviest(separate(path, oracle("gs"), tmp_path)[0])
    assert (theirs.percent > LIMIT) == bool(found) == named
    if named:
        (finding,) = found
        assert finding.page == 1 and "330 %" in finding.what
        assert theirs.percent == pytest.approx(330, abs=2)
        assert finding.where == pytest.approx((theirs.left, theirs.top), abs=1)


def test_words_on_bare_paper_are_on_the_black_plate_alone(made, plates, workshop, oracle):
    """A trace of another ink under black letters is a coloured edge as soon as a plate is out of
    register; on bare paper every pixel of the other plates has to be empty."""
    looked = 0
    for file in files(made):
        variant = made[file][0].variant
        layout = workshop.design.layouts[variant.layout]
        piece = workshop.campaign.bind(variant.audience, layout.spec.piece, variant.language, variant.site)
        composed = workshop.composer.compose(
            piece,
            layout,
            workshop.scripts[variant.language],
            middle_of(workshop.campaign.languages[variant.language]),
        )
        for page, separated in zip(composed.scene.pages, plates(file, oracle("gs")), strict=True):
            for item in walk(page.items):
                if not isinstance(item, TextLine) or not item.line.text.strip():
                    continue
                if not all(item.ink_of(run.kind).is_black for run in item.line.runs):
                    continue
                area = _pixels(item, page.height)
                coloured, black = separated[:3, area[0], area[1]], separated[3, area[0], area[1]]
                rim = (coloured[:, 0], coloured[:, -1], coloured[:, :, 0], coloured[:, :, -1])
                if any(edge.any() for edge in rim):
                    continue  # a tinted ground: test_press_run looks at these
                assert black.max() > 200, f"{file}: “{item.line.text}” is not on the black plate"
                assert not coloured.any(), f"{file}: “{item.line.text}” carries another ink than black"
                looked += 1
    assert looked > 300


def _pixels(item, height):
    """Rows and columns around a line's letters, from the baseline to 0.6 of their size above it."""
    scale = DPI / 72
    size = max(run.size for run in item.line.runs)
    rows = slice(int((height - item.y - size * 0.6) * scale), int((height - item.y) * scale))
    return rows, slice(int(item.x * scale) - 1, int((item.x + item.line.width) * scale) + 1)
