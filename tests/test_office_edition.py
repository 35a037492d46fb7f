"""The office edition on small scenes: sheets, copies, fields, marks, and what is only seen on a screen."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import numpy
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from writer_scenes import NIGHT, RED, block, library, line, pdf, rectangle, scene, set_text

from handbill.colour import WHITE
from handbill.compose.imprint import set_note
from handbill.editions.imposition import A3, A4, SLACK_MM, impose, sheet_of
from handbill.editions.marks import CUT_DASH, FAINT
from handbill.editions.moving import extent_of, move
from handbill.editions.office import office_sheet, printable, to_office
from handbill.geometry import Rect
from handbill.problems import InputError, PieceError, Place
from handbill.scene import ARTIFACT, Group, Page, Panel, Path, Tag, TextLine, walk
from handbill.text.extent import inked_box
from handbill.units import mm, to_mm

HOW_TO = "How to print"


def office(given_scene):
    return to_office(given_scene, line(HOW_TO), lambda item: inked_box(item, library()))


def sheet(width, height, *items, name="front", folds=()):
    rects = [Rect(mm(a), 0, mm(b - a), mm(height)) for a, b in pairwise((0, *folds, width))]
    listed = tuple(Panel(f"{name}-{number}", rect) for number, rect in enumerate(rects))
    return Page(name, mm(width), mm(height), items, listed, tuple(mm(fold) for fold in folds))


def words(text, x, top, size=12, order=1, place=None, width=80, ink=None):
    paragraph = set_text("en", text, size, mm(width))
    inner = block(paragraph, mm(x), mm(top), **({"ink": ink} if ink else {}))
    return Group(Tag("Sect"), (replace(inner, place=place),), order=order)


def ground(panel, x, y, width, height, ink=NIGHT):
    return Group(ARTIFACT, (rectangle(mm(x), mm(y), mm(width), mm(height), fill=ink),), region=panel)


def paths(made, ink=None):
    return [
        item for item in walk(made.items) if isinstance(item, Path) and ink in (None, item.stroke, item.fill)
    ]


def lines(made, *, tagged=None):
    found = []
    for group in made.items:
        if not group.screen_only and tagged in (None, group.tag.role != "Artifact"):
            found += [item for item in walk((group,)) if isinstance(item, TextLine)]
    return found


def printed(data, number, dpi=150):
    """A page as PDFium prints it: grey, row 0 at the head."""
    document = pypdfium2.PdfDocument(data)
    drawn = document[number].render(
        scale=dpi / 72, grayscale=True, extra_flags=pypdfium2.raw.FPDF_PRINTING, may_draw_forms=False
    )
    return numpy.array(drawn.to_numpy()).squeeze()


# Sheets and cells


@pytest.mark.parametrize(
    ("trim", "columns", "rows", "lying"),
    [
        ((210, 297), 1, 1, False), ((297, 210), 1, 1, True),
        ((148, 210), 2, 1, True), ((210, 148), 1, 2, False),
        ((105, 148), 2, 2, False), ((148, 105), 2, 2, True),
        ((99, 210), 3, 1, True), ((85, 55), 2, 5, False),
        ((170, 55), 1, 5, False), ((85, 110), 2, 2, False),
        ((297, 420), 1, 1, False), ((420, 297), 1, 1, True),
    ],
)  # fmt: skip
def test_a_sheet_holds_the_copies_that_people_count_on(trim, columns, rows, lying):
    """2 x A5, 4 x A6, 3 x DL, 10 cards as 2 x 5, 5 folded cards (print-spec 3.6)."""
    found = impose(trim)
    assert (found.columns, found.rows, found.is_landscape) == (columns, rows, lying)
    assert found.sheet == (A3 if max(trim) > 297 else A4)


@pytest.mark.parametrize(
    ("trim", "wanted"), [((210, 297), A4), ((297, 420), A3), ((420, 594), None), ((300, 300), None)]
)
def test_no_sheet_is_proposed_for_what_is_larger_than_a3(trim, wanted):
    """No office has paper for an A2 poster: it has no office edition."""
    assert sheet_of(trim) == wanted


@given(st.floats(50, 297), st.floats(50, 420))
def test_cells_lie_apart_on_the_sheet_and_mirror_each_other(width, height):
    """Whatever the size: copies that overlap are spoilt, and cells out of the middle have no back."""
    found = impose((width, height))
    assert found is not None
    slack = mm(SLACK_MM)  # sizes of paper are rounded, and a hair's breadth is no reason for a larger one
    whole = Rect(-slack, -slack, found.width + 2 * slack, found.height + 2 * slack)
    cells = found.cells
    for number, cell in enumerate(cells):
        assert whole.contains(cell)
        assert not any(cell.overlaps(other) for other in cells[number + 1 :])
        behind = cells[found.behind(number)]
        assert (behind.x, behind.y) == pytest.approx((found.width - cell.right, cell.y))
        assert found.behind(found.behind(number)) == number


# A whole sheet


def test_a_whole_sheet_is_the_page():
    """A page with bleed or of another size is shrunk by the printer's dialogue, and folds go wrong."""
    made = office(scene("en", sheet(210, 297, words("Help", 20, 200)))).pages[0]
    assert (made.width, made.height) == (mm(210), mm(297))
    assert made.media is None and made.bleed_box is None


def test_grounds_end_at_the_white_edge_and_before_folds():
    """What hung over the trim would stop in the printer's ragged edge; over a fold it would show on the
    next panel."""
    made = office(scene("en", sheet(297, 210, ground("front-2", 197, -5, 105, 220), folds=(97, 197)))).pages[
        0
    ]
    clip = made.items[0].clip
    assert [round(to_mm(side), 2) for side in (clip.x, clip.y, clip.right, clip.top)] == [202, 7, 292, 205]


@pytest.mark.parametrize(("gap", "clear"), [(8.5, 5), (6, 4), (5, 3)])
def test_a_field_makes_way_for_words_at_a_fold(gap, clear):
    """Strokes of Nastaliq hang out of the measure: they must not touch the edge of their field, nor the
    field the fold."""
    start = words("I", 197 + gap, 100)
    (found,) = [item for item in walk((start,)) if isinstance(item, TextLine)]
    start = move(start, mm(197 + gap) - inked_box(found.line, library()).moved(found.x, 0).x, 0)
    tinted = sheet(297, 210, ground("front-2", 197, -5, 105, 220), start, folds=(97, 197))
    made = office(scene("en", tinted)).pages[0]
    assert to_mm(made.items[0].clip.x) == pytest.approx(197 + clear)


def test_a_pattern_keeps_whole_figures_and_a_picture_is_cropped():
    """Half a dot at the edge of a row looks like a fault of the printer; half a house does not."""
    dots = tuple(rectangle(mm(x), mm(20), mm(4), mm(4), fill=NIGHT) for x in range(-2, 210, 8))
    merged = Path(tuple(op for dot in dots for op in dot.ops), fill=NIGHT)
    band = Group(ARTIFACT, (merged, rectangle(mm(3), mm(30), mm(4), mm(4), fill=RED)), region="front-0")
    picture = Group(
        ARTIFACT, (rectangle(-mm(5), mm(100), mm(220), mm(50), fill=NIGHT), *dots), region="front-0"
    )
    made = office(scene("en", sheet(210, 297, band, picture))).pages[0]
    kept, cropped = made.items[:2]
    (row,) = kept.items
    assert extent_of(row).x == pytest.approx(mm(6)) and extent_of(row).right == pytest.approx(mm(202))
    assert kept.clip is None
    assert cropped.items == picture.items and cropped.clip is not None


def test_words_too_low_lift_the_whole_sheet_alike_on_both_sides():
    """By the least that brings them above 7 mm, with the art; nothing is parted or scaled."""
    low = words("gap", 20, 10.5)
    front = sheet(210, 297, ground("front-0", 0, 100, 210, 50), low)
    back = sheet(210, 297, words("Help", 20, 200, order=2), name="back")
    before = inked_box(next(item for item in walk((low,)) if isinstance(item, TextLine)).line, library())
    made = office(scene("en", front, back))
    old, new = lines(front)[0], lines(made.pages[0])[0]
    lift = new.y - old.y
    assert lift > 0 and new.y + before.y == pytest.approx(mm(7))
    assert made.pages[0].items[0].items[0].ops[0][1][1] == pytest.approx(mm(100) + lift)
    assert lines(made.pages[1])[0].y - lines(back)[0].y == pytest.approx(lift)
    assert (new.x, new.line) == (old.x, old.line)


def test_words_on_a_ground_stay_clear_of_its_foot():
    """A line that touches the lower edge of its tint looks cut off."""
    tinted = sheet(210, 297, ground("front-0", 0, -5, 210, 307), words("gap", 20, 12, ink=WHITE))
    made = office(scene("en", tinted)).pages[0]
    (item,) = lines(made)
    assert item.y + inked_box(item.line, library()).y == pytest.approx(mm(10))


@pytest.mark.parametrize(("x", "top", "side"), [(2, 200, "left"), (196, 200, "right"), (20, 296, "head")])
def test_words_outside_what_is_printed_refuse_the_piece(x, top, side):
    """A number that the printer cuts off harms; the message names the line of content."""
    place = Place("content/messages/parents.yaml", 12, "p-call")
    with pytest.raises(PieceError) as caught:
        office(scene("en", sheet(210, 297, words("0808 800 5000", x, top, place=place))))
    (problem,) = caught.value.problems
    assert problem.code == "office/outside-printable" and problem.place == place
    assert side in problem.what and "0808 800 5000" in problem.what


def test_words_that_need_more_room_than_there_is_are_refused():
    """Lifted from the foot they would leave at the head."""
    page_of_words = sheet(210, 297, words("Help", 20, 295), words("gap", 20, 8))
    with pytest.raises(PieceError) as caught:
        office(scene("en", page_of_words))
    assert {problem.code for problem in caught.value.problems} == {"office/outside-printable"}


def test_a_piece_larger_than_a3_is_refused():
    """Shrunk to A4 its words would be too small."""
    with pytest.raises(PieceError) as caught:
        office(scene("en", sheet(420, 594)))
    assert caught.value.problems[0].code == "office/too-large"


def test_an_instruction_longer_than_the_sheet_is_refused():
    """Half an instruction is worse than none."""
    with pytest.raises(PieceError) as caught:
        to_office(scene("en", sheet(210, 297)), line("Print this " * 40, 12), lambda item: None)
    assert caught.value.problems[0].code == "office/how-to-too-long"


def test_fold_ticks_of_both_sides_meet():
    """The narrow flap is left on the front and right on the back: folded by either, the sheet is the same."""
    front = sheet(297, 210, folds=(97, 197))
    back = sheet(297, 210, name="back", folds=(100, 200))
    made = office(scene("en", front, back))
    ticks = [[extent_of(path) for path in paths(made_page, FAINT)] for made_page in made.pages]
    assert [len(found) for found in ticks] == [4, 4]
    mirrored = sorted((round(mm(297) - box.right, 2), round(box.y, 2)) for box in ticks[1])
    assert mirrored == sorted((round(box.x, 2), round(box.y, 2)) for box in ticks[0])
    reach = printable(impose((297, 210)))
    assert all(reach.outset(0.3).contains(box) for box in ticks[0])


# Copies


def card(text, name, order):
    """A card with its words left of the middle, so that a mirrored or shifted copy shows."""
    return sheet(85, 55, ground(f"{name}-0", -5, -5, 30, 65), words(text, 40, 30, order=order), name=name)


@pytest.fixture(scope="module")
def cards():
    return office(scene("en", card("Front", "front", 1), card("Back", "back", 2)))


def test_only_one_copy_is_heard_the_same_on_both_sides(cards):
    """Ten times the same card is noise; the one that is heard is one card, front and back."""
    heard = [lines(made, tagged=True) for made in cards.pages]
    assert [[item.line.text for item in found] for found in heard] == [["Front"], ["Back"]]
    assert [len(lines(made)) for made in cards.pages] == [10, 10]
    cells = impose((85, 55)).cells
    front, back = (
        next(cell for cell in cells if cell.contains(Rect(found[0].x, found[0].y, 1, 1))) for found in heard
    )
    assert mm(210) - front.right == pytest.approx(back.x) and front.y == pytest.approx(back.y)


def test_cut_lines_run_between_and_around_the_copies_and_never_through_them(cards):
    """A line through a word spoils it, and a missing one makes crooked cards."""
    made = cards.pages[0]
    cuts = [extent_of(path) for path in paths(made, FAINT) if path.dash == CUT_DASH]
    upright = {round(to_mm(box.x + box.width / 2), 1) for box in cuts if box.height > box.width}
    level = {round(to_mm(box.y + box.height / 2), 1) for box in cuts if box.width > box.height}
    assert upright == {20, 105, 190} and level == {11, 66, 121, 176, 231, 286}
    boxes = [inked_box(item.line, library()).moved(item.x, item.y) for item in lines(made)]
    arts = [group.clip for group in made.items if group.clip]
    assert len(arts) == 10
    assert not any(cut.overlaps(box) for cut in cuts for box in (*boxes, *arts))


def test_a5_has_one_cut_and_none_along_the_edge_of_the_sheet():
    """The sheet's own edge is the cut; a line there would not be printed."""
    made = office(scene("en", sheet(148, 210, words("Help", 20, 100))))
    (cut,) = paths(made.pages[0], FAINT)
    assert extent_of(cut).x == pytest.approx(mm(148.5) - 0.25)


@pytest.mark.parametrize("trim", [(148, 210), (105, 148), (99, 210), (85, 55), (170, 55)])
def test_front_and_back_lie_on_each_other(trim):
    """Both sides printed, the back turned about its vertical axis: cut lines, fold ticks and copies coincide
    within 0.2 mm, and behind each copy lies its own back (a card without one would be waste)."""
    width, height = trim
    fold = (width / 2,) if trim == (170, 55) else ()

    def side(name, left, region):
        patch = rectangle(mm(left), mm(height / 3), mm(20), mm(10), fill=NIGHT)
        return sheet(width, height, Group(ARTIFACT, (patch,), region=region), name=name, folds=fold)

    # Where a copy's front has its patch, near the left, its back has it near the right.
    last = f"back-{len(fold)}"
    made = office(scene("en", side("front", 10, "front-0"), side("back", width - 30, last)))
    data = pdf(made, standard=None, colour="rgb")
    front, back = printed(data, 0, 254), printed(data, 1, 254)[:, ::-1]
    for shade in (lambda grey: grey < 60, lambda grey: (grey > 120) & (grey < 210)):
        ours, theirs = shade(front), shade(back)
        assert ours.sum() > 500
        assert not (ours & ~_grown(theirs)).any() and not (theirs & ~_grown(ours)).any()


def _grown(mask, by=2):
    """A raster of 0.1 mm, grown by 0.2 mm."""
    for axis in (0, 1):
        mask = numpy.logical_or.reduce([numpy.roll(mask, step, axis) for step in range(-by, by + 1)])
    return mask


# What the user is told


@pytest.mark.parametrize(
    ("lang", "fold", "pages", "wanted"),
    [
        ("en", "none", [sheet(210, 297)], "A4, one side, actual size (100 %)."),
        (
            "en",
            "roll",
            [sheet(297, 210, folds=(97, 197)), sheet(297, 210, folds=(100, 200))],
            "A4, both sides, turned on the short edge, actual size (100 %). "
            "Fold at the ticks, the narrow panel inwards first.",
        ),
        (
            "ur",
            "roll",
            [sheet(297, 210, folds=(99, 198)), sheet(297, 210, folds=(99, 198))],
            "A4, both sides, turned on the short edge, actual size (100 %). "
            "Fold at the ticks, the narrow panel inwards first. It opens to the right.",
        ),
        (
            "en",
            "none",
            [sheet(85, 55), sheet(85, 55)],
            "A4, both sides, turned on the long edge, actual size (100 %). "
            "Cut along the dashed lines: 10 copies.",
        ),
        (
            "ur",
            "half",
            [sheet(170, 55, folds=(85,)), sheet(170, 55, folds=(85,))],
            "A4, both sides, turned on the long edge, actual size (100 %). "
            "Cut along the dashed lines: 5 copies. Fold at the ticks. It opens to the right.",
        ),
        ("en", "none", [sheet(297, 420)], "A3, one side, actual size (100 %)."),
    ],
)
def test_the_instruction_says_what_the_sheet_needs(workshop, lang, fold, pages, wanted):
    """Paper, sides, edge, size, cuts, folds, and which way it opens: and the line fits its sheet."""
    given = scene(lang, *pages)
    told = office_sheet(given, fold).instruction
    assert told == f"How to print: {wanted}"
    to_office(given, set_note(told, workshop.scripts["en"], workshop.library), lambda item: None)


@pytest.mark.parametrize(
    ("trim", "sides", "duplex"),
    [
        ((210, 297), 1, "Simplex"),
        ((210, 297), 2, "DuplexFlipLongEdge"),
        ((297, 210), 2, "DuplexFlipShortEdge"),
        ((148, 210), 2, "DuplexFlipShortEdge"),
        ((105, 148), 2, "DuplexFlipLongEdge"),
    ],
)
def test_the_file_proposes_sides_size_and_paper(trim, sides, duplex):
    """The dialogue opens with the right choices, so that nobody has to know which edge is the short one."""
    given_scene = scene("en", *(sheet(*trim, words("Help", 20, 40), name=f"side{n}") for n in range(sides)))
    data = pdf(office(given_scene), standard=None, colour="rgb", duplex=office_sheet(given_scene).duplex)
    with pikepdf.open(io.BytesIO(data)) as file:
        found = {key: str(value) for key, value in file.Root.ViewerPreferences.items()}
    assert found["/PrintScaling"] == "/None" and found["/Duplex"] == f"/{duplex}"
    assert found["/PickTrayByPDFSize"] == "True"


def test_the_instruction_is_seen_on_the_screen_and_not_printed():
    """Over the head of the leaflet it would puzzle every reader."""
    data = pdf(office(scene("en", sheet(210, 297, words("Help", 20, 200)))), standard=None, colour="rgb")
    shown = pypdfium2.PdfDocument(data)[0].render(scale=2, grayscale=True).to_numpy().squeeze()
    strip = int(2 * mm(5))
    assert (shown[:strip] < 150).sum() > 50
    assert (printed(data, 0, 144)[:strip] < 250).sum() == 0


@pytest.mark.parametrize("options", [{}, {"standard": "PDF/UA-1", "colour": "rgb"}])
def test_files_of_a_standard_refuse_what_is_only_on_the_screen(options):
    """PDF/X-4 forbids annotations on the page, and no printer's system may print this one by mistake."""
    with pytest.raises(InputError) as caught:
        pdf(office(scene("en", sheet(210, 297))), **options)
    assert [problem.code for problem in caught.value.problems] == ["writer/screen-only"]
