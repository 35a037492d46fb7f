"""The web edition: a panel a page, live numbers, a structure fit to be heard."""

from __future__ import annotations

import io

import pikepdf
import pytest
from structure_text import hear, plain
from writer_scenes import BLACK, NIGHT, PHONE, WEB, block, pdf, rectangle, scene, set_text, spans

from handbill.editions.links import target_of
from handbill.editions.web import bookmarks_of, to_web
from handbill.geometry import Rect
from handbill.scene import ARTIFACT, Group, Link, Page, Panel, Tag, TextLine, walk
from handbill.text.model import Span
from handbill.units import mm

WORDS = {"phone": "Phone:", "text": "Text:", "email": "Email:", "web": "Website:"}
NAMES = ("one", "two", "three")


def sect(order, region, *groups):
    return Group(Tag("Sect"), groups, order=order, region=region)


def sheet(*items, name="outside", panels=NAMES, width=100.0, height=400.0):
    rects = [Panel(panel, Rect(number * width, 0, width, height)) for number, panel in enumerate(panels)]
    folds = tuple(panel.rect.x for panel in rects[1:]) or (width / 2,)
    return Page(name, width * len(panels), height, items, tuple(rects), folds)


def heading(role, words, x=10.0, top=390.0):
    return block(set_text("en", words, 10), x, top, role=role)


def roles(given):
    groups = sorted((group for page in given.pages for group in page.items), key=lambda group: group.order)
    return [
        item.tag.role
        for item in walk(tuple(groups))
        if isinstance(item, Group) and item.tag.role.startswith("H")
    ]


def links(given):
    return [item for page in given.pages for item in walk(page.items) if isinstance(item, Link)]


def written(given, tmp_path):
    path = tmp_path / "web.pdf"
    path.write_bytes(pdf(given, standard="PDF/UA-1", colour="rgb", links=True))
    return path


@pytest.mark.parametrize(
    ("kind", "text", "uri"),
    [
        ("phone", "0808 800 5000", "tel:08088005000"),
        ("phone", "999", "tel:999"),
        ("phone", "+44 (0)113 496-0000", "tel:+4401134960000"),
        ("phone", "55", None),
        ("phone", "0808 CALL", None),
        ("text", "61016", "sms:61016"),
        ("text", "SHOUT to 85258", None),
        ("text", "register to 999", None),
        ("email", "help@nspcc.org.uk", "mailto:help@nspcc.org.uk"),
        ("email", "help at nspcc", None),
        ("web", "nhs.uk/sarcs", "https://nhs.uk/sarcs"),
        ("web", "http://example.org/a?b=c", "http://example.org/a?b=c"),
        ("web", "meic.cymru/tŷ", "https://meic.cymru/t%C5%B7"),
        ("web", "ask at the desk", None),
        ("placeholder", "01632 960 000", None),
        ("name", "999", None),
    ],
)
def test_only_what_can_be_opened_is_live(kind, text, uri):
    """A link that dials 55, or “SHOUT”, would reach nobody: keys to press are no number to ring."""
    assert target_of(kind, text) == uri


def test_each_panel_is_a_page_in_reading_order():
    """On a screen nobody folds: the cover comes first, whatever lies beside it on the sheet."""
    outside = sheet(
        sect(500, "two", heading("P", "back", 110)), sect(0, "three", heading("H1", "cover", 210)),
        sect(100, "one", heading("P", "flap")),
    )  # fmt: skip
    inside = sheet(sect(200, "four", heading("P", "inside")), name="inside", panels=("four",), width=90)
    web = to_web(scene("en", outside, inside), WORDS)
    assert [page.name for page in web.pages] == ["three", "one", "four", "two"]
    assert [(page.width, page.height) for page in web.pages] == [
        (100, 400),
        (100, 400),
        (90, 400),
        (100, 400),
    ]
    for page in web.pages:
        assert page.media is None and page.bleed_box is None and page.folds == ()
        (line,) = [item for item in walk(page.items) if isinstance(item, TextLine)]
        assert line.x == pytest.approx(10)


def test_art_is_moved_with_its_panel_and_cut_at_its_edge():
    """What hung over a fold or the trim must not show on the neighbour's page or beyond the page."""
    hanging = Group(ARTIFACT, (rectangle(90, -20, 130, 100, fill=NIGHT),), region="two")
    within = Group(ARTIFACT, (rectangle(120, 20, 30, 30, fill=NIGHT),), region="two")
    (page,) = [
        page for page in to_web(scene("en", sheet(hanging, within)), WORDS).pages if page.name == "two"
    ]
    assert [group.clip for group in page.items] == [Rect(0, 0, 100, 400), None]
    assert page.items[0].items[0].ops[0] == ("M", (-10.0, -20.0))
    assert page.items[1].items[0].ops[0] == ("M", (20.0, 20.0))


def test_ground_of_the_whole_sheet_lies_under_each_panel():
    """A ground that belongs to no panel would otherwise be missing from all pages."""
    web = to_web(scene("en", sheet(Group(ARTIFACT, (rectangle(0, 0, 300, 400, fill=NIGHT),)))), WORDS)
    assert [page.items[0].clip for page in web.pages] == [Rect(0, 0, 100, 400)] * 3


def test_words_that_belong_to_no_panel_are_refused():
    """They would be read three times, or not at all."""
    with pytest.raises(ValueError, match="none of them"):
        to_web(scene("en", sheet(Group(Tag("P"), ()))), WORDS)


def test_headings_skip_no_level_and_brothers_stay_brothers():
    """Who leafs through headings by ear takes a missing level for a lost chapter (PDF/UA-1, 7.4.2)."""
    given = scene(
        "en",
        sheet(
            sect(1, "one", heading("H1", "a"), heading("H3", "b"), heading("H3", "c")),
            sect(2, "two", heading("H2", "d", 110), heading("H3", "e", 110), heading("H2", "f", 110)),
        ),
    )
    assert roles(to_web(given, WORDS)) == ["H1", "H2", "H2", "H2", "H3", "H2"]


def test_first_heading_is_the_highest():
    """A piece without a cover still begins at the top."""
    given = scene("en", sheet(sect(1, "one", heading("H2", "a"), heading("H3", "b"))))
    assert roles(to_web(given, WORDS)) == ["H1", "H2"]


def test_tear_off_tabs_are_heard_once():
    """Seven times the same number is noise to the ear; on the page all seven stay."""
    tabs = [block(set_text("en", PHONE), 10, 300 - 30 * number) for number in range(7)]
    web = to_web(scene("en", sheet(sect(1, "one", *tabs))), WORDS)
    sections = web.pages[0].items[0].items
    assert [group.tag.role for group in sections] == ["P"] + ["Artifact"] * 6
    assert len([item for item in walk(web.pages[0].items) if isinstance(item, TextLine)]) == 7


def numbered(lang, text=None):
    """A sheet with the language's sentence that holds a phone number."""
    return scene(lang, sheet(sect(1, "one", block(set_text(lang, text or spans(lang), 12, 260), 10, 390)),
                             panels=("one",), width=280))  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_link_lies_over_its_number_and_says_where_it_leads(lang, tmp_path):
    """A thumb on the number rings it; in Urdu the tip keeps the number's groups in order."""
    web = to_web(numbered(lang), {"phone": "Phone:"})
    (link,) = links(web)
    (place,) = [
        (item, run)
        for item in walk(web.pages[0].items) if isinstance(item, TextLine)
        for run in item.line.runs if run.kind == "phone"
    ]  # fmt: skip
    item, run = place
    assert link.uri == "tel:08088005000"
    assert link.rect.x == pytest.approx(item.x + run.x) and link.rect.width == pytest.approx(run.width)
    assert link.rect.y < item.y < item.y + 0.7 * run.size < link.rect.top
    assert link.contents == ("Phone: \u20660808 800 5000\u2069" if lang == "ur" else "Phone: 0808 800 5000")


def test_address_stands_alone_where_no_word_is_given():
    """A word in the wrong language would be worse than none."""
    (link,) = links(to_web(numbered("bn"), {}))
    assert link.contents == PHONE


@pytest.mark.parametrize("lang", ["en", "pl", "bn", "ur"])
def test_paragraph_with_a_link_is_heard_whole_and_in_order(lang, tmp_path):
    """Words before the number, the number, words after it: also where the eye starts at the right."""
    (heard,) = hear(written(to_web(numbered(lang), WORDS), tmp_path))
    assert plain(heard.text) == plain("".join(PHONE if t == "phone" else t for t in _texts(lang)))
    assert [plain(link.text) for link in heard.links] == [PHONE]


def _texts(lang):
    return [span.text for span in spans(lang)]


@pytest.mark.parametrize("lang", ["pl", "bn", "ur"])
def test_english_names_are_spoken_as_english_and_numbers_are_not(lang, tmp_path):
    """“NSPCC Helpline” in an Urdu voice is a riddle; 0808 in an English one a number not understood."""
    first, _, last = _texts(lang)
    words = (Span(first), Span("NSPCC Helpline", kind="name", ref="nspcc.name"), Span(" "),
             Span(PHONE, kind="phone", ref="nspcc.phone"), Span(last))  # fmt: skip
    (heard,) = hear(written(to_web(numbered(lang, words), WORDS), tmp_path))
    english = [plain(text) for tongue, text in heard.tongues if tongue == "en"]
    assert english == ["NSPCC Helpline"]
    assert heard.links[0].lang == lang
    assert plain(heard.text) == plain("".join(span.text for span in words))


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_address_in_two_faces_is_one_link(lang, tmp_path):
    """Letters that the first face lacks come from another; half an address would open another site."""
    words = (Span("example.org/Київ-11", kind="web", ref="local.web"),)
    web = to_web(numbered(lang, words), WORDS)
    (line,) = [item for item in walk(web.pages[0].items) if isinstance(item, TextLine)]
    assert len(line.line.runs) > 1
    (link,) = links(web)
    assert link.rect.width == pytest.approx(line.line.width)
    (heard,) = hear(written(web, tmp_path))
    assert plain(heard.text) == "example.org/Київ-11"
    assert {target for found in heard.links for target in found.targets} == {
        "https://example.org/%D0%9A%D0%B8%D1%97%D0%B2-11"
    }


@pytest.mark.parametrize("source", [None, "other words"])
def test_without_its_source_a_paragraph_speaks_what_is_set(source, tmp_path):
    """Lines joined by a space: words at line ends must not run together."""
    paragraph = set_text("ur", spans("ur"), 12, 150)
    assert len(paragraph.lines) > 2
    set_lines = block(paragraph, 10, 390)
    bare = Group(Tag("P", text=source), set_lines.items)
    given = scene("ur", sheet(sect(1, "one", bare), panels=("one",), width=280))
    (heard,) = hear(written(to_web(given, WORDS), tmp_path))
    assert plain(heard.text) == plain("".join(PHONE if t == "phone" else t for t in _texts("ur")))


def test_words_of_urdu_are_painted_in_reading_order(tmp_path):
    """Who reads the content as it comes, without the structure's texts, still gets word after word."""
    words = "اگر آپ کو فکر ہو تو فون کریں"
    path = written(to_web(numbered("ur", words), WORDS), tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        del file.Root.StructTreeRoot.K.K[0].K[0].ActualText
        file.save(path)
    (heard,) = hear(path)
    backwards = [word[::-1] for word in words.split()]
    assert plain(heard.text.replace(" ", "")) == "".join(backwards)


def test_figure_keeps_its_box_on_a_sheet_with_bleed():
    """A magnifier goes where the box is: in the page's own coordinates, bleed and marks included."""
    figure = Group(Tag("Figure", alt="A dot"), (rectangle(10, 20, 30, 30, fill=BLACK),))
    given = Page("one", 100, 100, (figure,), media=Rect(-8, -9, 120, 120), bleed_box=Rect(-5, -5, 110, 110))
    with pikepdf.open(io.BytesIO(pdf(scene("en", given)))) as file:
        assert [float(edge) for edge in file.Root.StructTreeRoot.K.K[0].A.BBox] == [18, 29, 48, 59]


def test_placeholder_leads_nowhere():
    """“[COUNCIL NUMBER]” must not ring anybody."""
    words = (Span("Call "), Span("[01632 960 000]", kind="placeholder", ref="council.phone"))
    assert links(to_web(numbered("en", words), WORDS)) == []


def test_decoration_is_not_live():
    """A number in an artifact is picture; a live area there would be a link without words."""
    tile = Group(ARTIFACT, (block(set_text("en", (Span(PHONE, kind="phone"),)), 10, 300),), region="one")
    assert links(to_web(scene("en", sheet(tile)), WORDS)) == []


def four_pages(*titles):
    groups = [
        sect(number, f"p{number}", heading("H2" if number else "H1", title, 10 + 100 * number))
        for number, title in enumerate(titles)
    ]
    return to_web(scene("en", sheet(*groups, panels=[f"p{number}" for number in range(len(titles))])), WORDS)


def test_bookmarks_name_each_page_by_its_first_heading():
    """Six narrow pages are leafed through quickly by their headings."""
    given = four_pages("Cover", "Signs", "What to do", "Numbers")
    assert [mark.title for mark in bookmarks_of(given)] == ["Cover", "Signs", "What to do", "Numbers"]
    data = pdf(given, standard="PDF/UA-1", colour="rgb", links=True, bookmarks=bookmarks_of(given))
    with pikepdf.open(io.BytesIO(data)) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Cover", "Signs", "What to do", "Numbers"]
        targets = [item.destination for item in outline.root]
        assert [target[0].objgen for target in targets] == [page.obj.objgen for page in file.pages]
        assert all(target[1] == "/XYZ" and target[4] is None for target in targets), "the size must stay"


def test_few_pages_need_no_bookmarks():
    """A list of one is clutter."""
    given = four_pages("Cover", "Signs", "Numbers")
    assert bookmarks_of(given) == ()
    with pikepdf.open(io.BytesIO(pdf(given, standard="PDF/UA-1", colour="rgb", links=True))) as file:
        assert "/Outlines" not in file.Root


def test_list_says_how_it_is_labelled_and_bullets_are_heard(tmp_path):
    """A reader announces “bullet” or “1”; a drawn dot alone says nothing."""

    def listed(label, *items):
        rows = [
            Group(Tag("LI"), (label, block(set_text("en", item), 30, 300, role="LBody"))) for item in items
        ]
        return Group(Tag("L"), tuple(rows))

    dot = Group(Tag("Lbl", text="•"), (rectangle(10, 300, 4, 4, fill=BLACK),))
    one = block(set_text("en", "1"), 10, 300, role="Lbl")
    path = written(
        to_web(scene("en", sheet(sect(1, "one", listed(dot, "a"), listed(one, "b")))), WORDS), tmp_path
    )
    assert [(item.role, plain(item.text)) for item in hear(path)] == [
        ("Lbl", "•"), ("LBody", "a"), ("Lbl", "1"), ("LBody", "b"),
    ]  # fmt: skip
    with pikepdf.open(path) as file:
        lists = file.Root.StructTreeRoot.K.K[0].K
        assert [str(item.A.ListNumbering) for item in lists] == ["/Disc", "/Decimal"]


def test_address_of_a_link_group_is_web(tmp_path):
    """An address alone in its paragraph is a link with that text."""
    web = to_web(numbered("en", (Span(WEB, kind="web", ref="nspcc.web"),)), WORDS)
    (heard,) = hear(written(web, tmp_path))
    assert [(plain(link.text), link.targets) for link in heard.links] == [(WEB, (f"https://{WEB}",))]


def test_page_keeps_its_height_in_points():
    """A DL panel is 100 mm wide on the screen as in the hand."""
    panel = Panel("cover", Rect(mm(197), 0, mm(100), mm(210)))
    given = Page("outside", mm(297), mm(210), (), (panel,), (mm(197),))
    (page,) = to_web(scene("en", given), WORDS).pages
    assert (page.width, page.height) == (mm(100), mm(210))
