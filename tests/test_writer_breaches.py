"""What no press or reader could make good is refused while it is drawn, with the line of the content."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from writer_scenes import BLACK, NIGHT, line, pdf, rectangle, scene, set_text

from handbill.colour import REGISTRATION, Ink
from handbill.editions.press import PressSpec, to_press
from handbill.geometry import Rect
from handbill.problems import PieceError, Place
from handbill.scene import ARTIFACT, Group, Item, Page, Path, Tag, TextLine

PLACE = Place("content/messages/signs.yaml", 12, "sign-1")
ROOT_PLACE = Place("content/pieces/parents.yaml", 3, "leaflet")
PARAGRAPH = Tag("P")
X_FILES = ("PDF/X-4", "PDF/X-1a:2003")


def page_of(*items: Item, tag: Tag = PARAGRAPH, **group: object) -> Page:
    """A page on which the items lie in a paragraph of a message, which lies in a section of a piece."""
    inner = Group(tag, items, **{"place": PLACE, **group})  # type: ignore[arg-type]
    return Page("one", 200, 200, (Group(Tag("Sect"), (inner,), place=ROOT_PLACE),))


def words(ink: Ink = BLACK, x: float = 10, **run: object) -> TextLine:
    (set_line,) = set_text("en", "word").lines
    (only,) = set_line.runs
    return TextLine(set_line._replace(runs=(only._replace(**run),)), x, 10, ink)


def glyph_zero() -> TextLine:
    given = words()
    (run,) = given.line.runs
    (atom,) = run.atoms
    first, *rest = atom.glyphs
    broken = run._replace(atoms=(atom._replace(glyphs=(first._replace(gid=0, text="ŵ"), *rest)),))
    return replace(given, line=given.line._replace(runs=(broken,)))


def dot(**path: object) -> Path:
    return replace(rectangle(50, 50, 20, 20, fill=NIGHT), **path)  # type: ignore[arg-type]


def stroke(**path: object) -> Path:
    return dot(**{"fill": None, "stroke": NIGHT, "width": 1.0, **path})


BREACHES = {
    "a letter that the font lacks": (page_of(glyph_zero()), "writer/missing-glyph", "ŵ"),
    "an ink with a negative part": (
        page_of(dot(fill=Ink("odd", (-0.1, 0, 0, 0), "#ffffff"))), "writer/ink", "-10",
    ),
    "an ink with a part over 100 %": (
        page_of(stroke(stroke=Ink("odd", (0, 1.2, 0, 0), "#ffffff"))), "writer/ink", "120",
    ),
    "an ink that is no number": (
        page_of(words(Ink("odd", (math.nan, 0, 0, 0), "#ffffff"))), "writer/ink", "odd",
    ),
    "an RGB colour in place of an ink": (
        page_of(dot(fill=Ink("odd", (0.1, 0.2, 0.3), "#ffffff"))), "writer/ink", "four parts",  # type: ignore[arg-type]
    ),
    "an area with more ink than dries": (
        page_of(dot(fill=Ink("tar", (0.9, 0.8, 0.7, 1.0), "#000000"))), "writer/heavy-ink", "340",
    ),
    "words with more ink than dries": (
        page_of(words(Ink("tar", (0.9, 0.8, 0.7, 1.0), "#000000"))), "writer/heavy-ink", "340",
    ),
    "registration black on the piece": (page_of(dot(fill=REGISTRATION)), "writer/heavy-ink", "400"),
    "a hairline": (page_of(stroke(width=0.24)), "writer/hairline", "0.24"),
    "a line without width": (page_of(stroke(width=0.0)), "writer/hairline", "0 pt"),
    "a line dashed with nothing": (page_of(stroke(dash=(0.0, 0.0))), "writer/dash", "dashed"),
    "an empty outline": (page_of(dot(ops=())), "writer/outline", "empty"),
    "an outline without a beginning": (page_of(dot(ops=(("L", (1, 1)),))), "writer/outline", "nowhere"),
    "an outline with half a point": (
        page_of(dot(ops=(("M", (1, 1)), ("L", (2,))))), "writer/outline", "incomplete",
    ),
    "an unknown kind of curve": (
        page_of(dot(ops=(("M", (1, 1)), ("Q", (2, 2, 3, 3))))), "writer/outline", "incomplete",
    ),
    "a coordinate that is no number": (
        page_of(dot(ops=(("M", (1, math.nan)), ("L", (2, 2))))), "writer/number", "nan",
    ),
    "a coordinate without end": (
        page_of(dot(ops=(("M", (1, 1)), ("L", (math.inf, 2))))), "writer/number", "inf",
    ),
    "a line of words that stands nowhere": (page_of(words(x=math.nan)), "writer/number", "nan"),
    "a point 20 m away": (page_of(dot(ops=(("M", (60_000, 1)), ("L", (2, 2))))), "writer/number", "60000"),
    "an empty clip": (page_of(dot(), clip=Rect(10, 10, 0, 30)), "writer/empty-clip", "nothing is left"),
    "letters of no size": (page_of(words(size=0.0)), "writer/type-size", "“word”"),
    "letters of no number's size": (page_of(words(size=math.nan)), "writer/type-size", "“word”"),
    "an unknown role": (page_of(words(), tag=Tag("Paragraph")), "writer/unknown-role", "Paragraph"),
    "words straight in a list": (page_of(words(), tag=Tag("L")), "writer/untagged-words", "“word”"),
    "words in an artifact on the piece": (page_of(words(), tag=ARTIFACT), "writer/untagged-words", "“word”"),
}  # fmt: skip


@pytest.mark.parametrize("standard", X_FILES)
@pytest.mark.parametrize("name", BREACHES)
def test_each_breach_is_refused_with_the_line_of_the_content(name, standard):
    """Whoever wrote the message can mend it only if told which one it is; the innermost place is meant."""
    given, code, says = BREACHES[name]
    with pytest.raises(PieceError) as caught:
        pdf(scene("en", given), standard=standard)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == (code, PLACE)
    assert says in problem.what
    assert problem.remedy


def test_the_nearest_place_known_is_named():
    """A group of a composed block often has no place of its own; the block around it has."""
    with pytest.raises(PieceError) as caught:
        pdf(scene("en", page_of(stroke(width=0.1), place=None)))
    assert caught.value.problems[0].place == ROOT_PLACE


def test_art_without_a_place_names_its_page():
    """Art of a layout knows no line of the content; the side of the sheet is what can be said."""
    with pytest.raises(PieceError) as caught:
        pdf(scene("en", Page("outside", 200, 200, (Group(ARTIFACT, (stroke(width=0.1),)),))))
    (problem,) = caught.value.problems
    assert problem.place is None
    assert "“outside”" in problem.what


def test_marks_for_the_cutter_may_be_on_all_plates_and_the_slug_in_no_tag():
    """They lie outside the bleed, where neither is ever part of the piece."""
    made = to_press(scene("en", page_of(words())), PressSpec(), line("slug"))
    for standard in X_FILES:
        assert pdf(made, standard=standard).startswith(b"%PDF-")


def test_an_ink_that_the_paper_just_takes_is_let_through():
    """The limit is the paper's: what coated paper takes can be too much for uncoated."""
    given = scene("en", page_of(dot(fill=Ink("deep", (1.0, 0.9, 0.0, 1.0), "#000000"))))
    assert pdf(given, condition="FOGRA39")
    with pytest.raises(PieceError) as caught:
        pdf(given, condition="FOGRA47")
    assert caught.value.problems[0].code == "writer/heavy-ink"
    assert pdf(given, condition="FOGRA47", tac_percent=290.0)


def test_the_thinnest_line_is_the_printers_to_say():
    """0.25 pt for most presses; a printer profile may ask for more."""
    given = scene("en", page_of(stroke(width=0.25)))
    assert pdf(given)
    with pytest.raises(PieceError):
        pdf(given, hairline_pt=0.5)


def test_a_screen_file_is_held_to_what_a_screen_needs():
    """Thin lines and deep colours show well; a colour that is none, and words that nobody hears, do not."""
    web = {"standard": "PDF/UA-1", "colour": "rgb"}
    fine = page_of(stroke(width=0.1), dot(fill=Ink("tar", (0.9, 0.8, 0.7, 1.0), "#000000")))
    assert pdf(scene("en", fine), **web)
    for item, code in (
        (dot(fill=Ink("odd", (0, 0, 0, 0), "white")), "writer/ink"),
        (stroke(width=0.0), "writer/hairline"),
    ):
        with pytest.raises(PieceError) as caught:
            pdf(scene("en", page_of(item)), **web)
        assert caught.value.problems[0].code == code
        assert caught.value.problems[0].place == PLACE


def test_two_lines_of_one_fault_are_told_with_their_own_places():
    """The first breach stops the file; the next comes to light when it is mended, never hidden for good."""
    first = Group(Tag("P"), (stroke(width=0.1),), place=PLACE)
    second = Group(Tag("P"), (dot(ops=()),), place=ROOT_PLACE)
    for groups, code, place in (
        ((first, second), "writer/hairline", PLACE),
        ((second, first), "writer/outline", ROOT_PLACE),
    ):
        with pytest.raises(PieceError) as caught:
            pdf(scene("en", Page("one", 200, 200, groups)))
        (problem,) = caught.value.problems
        assert (problem.code, problem.place) == (code, place)
