"""The press edition: sheets as a printer wants them (print-spec 3.1)."""

from __future__ import annotations

import pytest
from writer_scenes import NIGHT, block, leaflet, line, page, rectangle, scene, set_text

from handbill.colour import REGISTRATION
from handbill.editions.press import PressSpec, to_press
from handbill.geometry import Rect
from handbill.problems import PieceError
from handbill.scene import ARTIFACT, Group, Path, Tag, TextLine, walk
from handbill.units import mm


def press(given, spec=None, slug=None):
    return to_press(given, spec or PressSpec(), slug)


def extent(path):
    xs = [x for _, values in path.ops for x in values[0::2]]
    ys = [y for _, values in path.ops for y in values[1::2]]
    half = path.width / 2 if path.stroke else 0
    return Rect(min(xs) - half, min(ys) - half, max(xs) - min(xs) + 2 * half, max(ys) - min(ys) + 2 * half)


def marks_of(item):
    return [part for part in walk(item.items) if isinstance(part, Path) and part.stroke == REGISTRATION]


def test_bleed_hangs_three_millimetres_over_each_side():
    """Without it a white hairline shows where the knife is half a millimetre off."""
    for item in press(leaflet("en")).pages:
        assert item.bleed_box == Rect(-mm(3), -mm(3), mm(154), mm(216))


@pytest.mark.parametrize("marks", [True, False])
def test_sheet_is_bleed_alone_unless_there_are_marks(marks):
    """Upload shops refuse files with marks: then the sheet is the bleed and nothing is outside it."""
    for item in press(leaflet("en"), PressSpec(marks=marks)).pages:
        assert item.media == (item.bleed_box.outset(mm(10)) if marks else item.bleed_box)
        assert bool(marks_of(item)) is marks


def test_marks_stand_outside_the_bleed_and_on_the_sheet():
    """A mark inside the bleed can end up on the finished leaflet."""
    for item in press(leaflet("en")).pages:
        for mark in marks_of(item):
            assert not extent(mark).overlaps(item.bleed_box)
            assert item.media.contains(extent(mark))


def test_crop_marks_show_each_corner_twice():
    """Eight lines of 0.25 pt, 5 mm long, in the trim's edges, on all plates."""
    item = press(leaflet("en")).pages[0]
    crops = [mark for mark in marks_of(item) if not mark.dash]
    lengths = [max(extent(mark).width, extent(mark).height) for mark in crops]
    assert {mark.width for mark in crops} == {0.25}
    assert lengths == pytest.approx([mm(5) + 0.25] * 8, abs=0.26)
    upright = sorted(mark.ops[0][1][0] for mark in crops if mark.ops[0][1][0] == mark.ops[1][1][0])
    level = sorted(mark.ops[0][1][1] for mark in crops if mark.ops[0][1][1] == mark.ops[1][1][1])
    assert upright == pytest.approx([0, 0, mm(148), mm(148)])
    assert level == pytest.approx([0, 0, mm(210), mm(210)])


def test_fold_marks_are_dashed_and_stand_at_the_folds():
    """A solid line at a fold would be cut as a trim."""
    item = press(leaflet("en")).pages[0]
    folds = [mark for mark in marks_of(item) if mark.dash]
    assert {mark.ops[0][1][0] for mark in folds} == {mm(74)}
    assert len(folds) == 2


def test_marks_and_slug_are_artifacts():
    """No screen reader reads out the printer's marks."""
    before = leaflet("en")
    after = press(before, slug=line("parents – draft"))
    for old, new in zip(before.pages, after.pages, strict=True):
        added = new.items[len(old.items) :]
        assert len(added) == 3
        assert all(group.tag == ARTIFACT for group in added)


def test_slug_stands_on_the_sheet_clear_of_bleed_and_marks():
    """The draft notice is seen on the sheet and never on the finished leaflet."""
    words = line("parents leaflet, Urdu, DRAFT – not approved")
    for item in press(leaflet("ur"), slug=words).pages:
        (slug,) = [part for part in walk(item.items) if isinstance(part, TextLine) and part.line == words]
        size = words.runs[0].size
        box = Rect(slug.x, slug.y - 0.3 * size, words.width, 1.2 * size)
        assert item.media.contains(box)
        assert not box.overlaps(item.bleed_box)
        assert not any(box.overlaps(extent(mark)) for mark in marks_of(item))


def test_slug_needs_room_even_without_marks():
    """A shop without marks still sees that the file is a draft."""
    item = press(leaflet("en"), PressSpec(marks=False), line("draft")).pages[0]
    assert item.media == item.bleed_box.outset(mm(10))


def test_slug_wider_than_the_sheet_is_an_error():
    """Cut-off words outside the trim could drop the very word “draft”."""
    small = scene("en", page(width=mm(55), height=mm(55)))
    with pytest.raises(PieceError) as caught:
        press(small, slug=line("a line much too long for the sheet of a small card, draft " * 3))
    assert caught.value.problems[0].code == "press/slug-too-long"


def test_art_is_cut_at_the_bleed():
    """Art that hangs over further would print over the marks."""
    item = press(leaflet("en")).pages[0]
    assert item.items[0].clip == item.bleed_box


def test_art_within_the_bleed_is_left_alone():
    """A needless clip is one more thing that a printer's software may get wrong."""
    inside = Group(ARTIFACT, (rectangle(-mm(3), -mm(3), mm(154), mm(50), fill=NIGHT),))
    words = block(set_text("en", "Words"), mm(10), mm(100))
    item = press(scene("en", page(inside, words))).pages[0]
    assert [group.clip for group in item.items[:2]] == [None, None]


def test_a_clip_of_its_own_stays_within_the_bleed():
    """A group that is cut already is cut where both rectangles allow it."""
    own = Rect(-mm(30), 0, mm(60), mm(60))
    art = Group(Tag("Artifact"), (rectangle(-mm(40), 0, mm(80), mm(60), fill=NIGHT),), clip=own)
    item = press(scene("en", page(art))).pages[0]
    clip = item.items[0].clip
    assert (clip.x, clip.y, clip.right, clip.top) == pytest.approx((-mm(3), 0, mm(30), mm(60)))
