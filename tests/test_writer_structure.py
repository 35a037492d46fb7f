"""The structure tree: what a screen reader walks through (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

import io
from collections import Counter

import pikepdf
import pytest
from writer_scenes import BLACK, PHONE, leaflet, pdf, rectangle, scene, set_text, spans

from handbill.geometry import Rect
from handbill.problems import PieceError
from handbill.scene import ARTIFACT, Group, Link, Page, Tag, TextLine
from handbill.units import mm


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def outline(element):
    """The tree as nested (role, kids) without content."""
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    inner = [outline(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return (str(element.S), *inner)


def sequences(page):
    """The marked-content sequences of a page as (tag, properties); fails where they nest or paint is bare."""
    found = []
    inside = False
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            assert not inside, "marked content must not nest"
            inside = True
            found.append((str(operands[0]), operands[1] if name == "BDC" else {}))
        elif name == "EMC":
            inside = False
        elif name in ("Tj", "TJ", "f", "f*", "S", "B", "B*"):
            assert inside, f"{name} outside marked content"
    return found


def test_tree_follows_groups_and_reading_order():
    """Panels are read in their order over all pages, whatever was painted first."""
    with opened(pdf(leaflet("en"))) as file:
        assert outline(file.Root.StructTreeRoot.K) == (
            "/Document",
            ("/Sect", ("/P",), ("/Figure",)),
            ("/Sect", ("/P",)),
            ("/Sect", ("/P",)),
        )
        pages = [section.K[0].Pg.objgen for section in file.Root.StructTreeRoot.K.K]
        first, second = (page.obj.objgen for page in file.pages)
        assert pages == [first, second, first]


def test_all_paint_is_tagged_or_artifact_and_never_nested():
    """Untagged paint is read out as noise; nested marks make poppler drop words."""
    with opened(pdf(leaflet("ur"))) as file:
        for page in file.pages:
            assert sequences(page)
        tags = Counter(tag for page in file.pages for tag, _ in sequences(page))
    assert tags["/Artifact"] == 1
    assert tags["/Figure"] == 1


def test_parent_tree_leads_back_from_each_mark():
    """A click on a word must find its paragraph: the parent tree knows each number's owner."""
    with opened(pdf(leaflet("bn"))) as file:
        numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
        owners = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        for page in file.pages:
            marks = [int(props["/MCID"]) for _, props in sequences(page) if "/MCID" in props]
            assert marks == list(range(len(marks)))
            row = owners[int(page.obj.StructParents)]
            assert len(row) == len(marks)
            for mark in marks:
                assert mark in [kid for kid in row[mark].K if isinstance(kid, int)]


def test_figure_has_words_and_a_box():
    """A picture says what it shows; its box tells a magnifier where it is."""
    with opened(pdf(leaflet("en"))) as file:
        figure = file.Root.StructTreeRoot.K.K[0].K[1]
        assert str(figure.Alt) == "A dot"
        box = [float(edge) for edge in figure.A.BBox]
        assert box == pytest.approx([mm(100), mm(100), mm(100) + 30, mm(100) + 30], abs=0.01)


def test_language_of_a_part_is_said_where_it_differs():
    """An English name in an Urdu leaflet is spoken as English."""
    words = set_text("en", "English words")
    group = Group(Tag("P", lang="en", text=words.text), (TextLine(words.lines[0], 20, 200, BLACK),))
    with opened(pdf(scene("ur", Page("one", 300, 300, (group,))))) as file:
        document = file.Root.StructTreeRoot.K
        assert (str(file.Root.Lang), str(document.Lang), str(document.K[0].Lang)) == ("ur", "ur", "en")
        assert document.A.WritingMode == "/RlTb"


def test_untagged_file_has_no_tree():
    """Some printers' software refuses tags: they can be left out, and so can every mark but ActualText."""
    with opened(pdf(leaflet("ur"), tagged=False)) as file:
        assert "/StructTreeRoot" not in file.Root
        assert "/MarkInfo" not in file.Root
        for page in file.pages:
            operators = [(str(op), args) for args, op in pikepdf.parse_content_stream(page)]
            assert not [op for op, _ in operators if op == "BMC"]
            assert all("/ActualText" in args[1] for op, args in operators if op == "BDC")


def test_unknown_role_names_the_place_and_the_nearest():
    """A slip in a layout is caught before a reader meets it."""
    group = Group(Tag("H7"), (rectangle(0, 0, 1, 1, fill=BLACK),))
    with pytest.raises(PieceError) as caught:
        pdf(scene("en", Page("one", 100, 100, (group,))))
    assert caught.value.problems[0].code == "writer/unknown-role"
    assert "H" in caught.value.problems[0].remedy


def linked(lang):
    """A paragraph whose number is a live link, as the web edition has it."""
    paragraph = set_text(lang, spans(lang))
    lines = [
        TextLine(item, 20 + item.indent, 250 - number * paragraph.leading, BLACK)
        for number, item in enumerate(paragraph.lines)
    ]
    (found,) = [(item, run) for item in lines for run in item.line.runs if run.kind == "phone"]
    item, run = found
    area = Rect(item.x + run.x, item.y - 3, run.width, run.size * 1.2)
    link = Link(area, "tel:08088005000", f"Call {PHONE}")
    group = Group(Tag("P", text=paragraph.text), (*lines, link))
    return scene(lang, Page("one", 300, 300, (group,))), area


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_link_holds_its_words_and_its_annotation(lang):
    """The web edition: the number is a Link element with its text and its live area, described in words."""
    given, area = linked(lang)
    with opened(pdf(given, standard="PDF/UA-1", colour="rgb", links=True)) as file:
        (page,) = file.pages
        assert page.obj.Tabs == "/S"
        (annotation,) = page.obj.Annots
        assert [float(edge) for edge in annotation.Rect] == pytest.approx(
            [area.x, area.y, area.right, area.top], abs=0.001
        )
        assert str(annotation.Contents) == f"Call {PHONE}"
        assert str(annotation.A.URI) == "tel:08088005000"
        paragraph = file.Root.StructTreeRoot.K.K[0]
        elements = [kid for kid in paragraph.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        (element,) = [kid for kid in elements if kid.S == "/Link"]
        mark, object_reference = element.K
        assert isinstance(mark, int)
        assert object_reference.Obj.objgen == annotation.objgen
        numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
        owner = numbers[numbers.index(int(annotation.StructParent)) + 1]
        assert owner.objgen == element.objgen


def test_press_file_has_no_link_left():
    """PDF/X-4 allows no live areas: neither annotation nor Link element remains."""
    given, _ = linked("en")
    with opened(pdf(given)) as file:
        assert "/Annots" not in file.pages[0].obj
        assert outline(file.Root.StructTreeRoot.K) == ("/Document", ("/P",))


def test_link_group_becomes_a_span_where_links_are_dead():
    """A Link element without its live area is an error for every checker of tags."""
    words = set_text("en", PHONE)
    group = Group(Tag("P"), (Group(Tag("Link"), (TextLine(words.lines[0], 20, 20, BLACK),)),))
    with opened(pdf(scene("en", Page("one", 300, 300, (group,))))) as file:
        assert outline(file.Root.StructTreeRoot.K) == ("/Document", ("/P", ("/Span",)))


def test_artifact_hides_all_that_lies_in_it():
    """What stands in an artifact is decoration, whatever role its parts were given."""
    inner = Group(Tag("Figure", alt="decoration"), (rectangle(20, 20, 30, 30, fill=BLACK),))
    with opened(pdf(scene("en", Page("one", 300, 300, (Group(ARTIFACT, (inner,)),))))) as file:
        assert outline(file.Root.StructTreeRoot.K) == ("/Document",)
        assert [tag for tag, _ in sequences(file.pages[0])] == ["/Artifact"]
