"""Large print: every leaflet in every language, as a reader with low vision, a screen reader and a
validator meet it. The rules are those of UKAAF G003 and RNIB (print-spec 5.4)."""

from __future__ import annotations

import re
from pathlib import Path as File
from typing import Any, NamedTuple

import pikepdf
import pytest
from readers import squeeze
from structure_text import Heard, hear, plain

from handbill.campaign.bound import BoundPiece, ContactsBlock, GroupsBlock, ListBlock, walk_texts
from handbill.campaign.contacts import ADDRESSES
from handbill.checks.document import Document
from handbill.checks.expected import expected_of
from handbill.checks.marks import Words
from handbill.checks.profile import load_profile
from handbill.checks.run import check_file
from handbill.colour import WHITE, contrast
from handbill.compose.flow import compose_flow
from handbill.compose.pieces import Composition
from handbill.editions.web import bookmarks_of, to_web
from handbill.scene import Group, Path, Scene, TextLine, walk
from handbill.units import mm, to_mm
from handbill.workshop import Workshop, middle_of
from handbill.writers.pdf import PdfOptions, write_pdf

FLOW = "a4-large-print"
READ = re.compile("H[1-6]|P|LBody")
PIECES = [
    (language, audience)
    for language in ("en", "pl", "ur", "bn")
    for audience in ("parents", "young-people", "drivers", "shop-workers")
]


class Made(NamedTuple):
    """A piece, its pages as composed, the leaflet for the press, and the finished file."""

    piece: BoundPiece
    large: Composition
    press: Composition
    web: Scene
    path: File
    heard: list[Heard]

    @property
    def name(self) -> str:
        return self.path.name


def compose(workshop: Workshop, audience: str, language: str) -> tuple[BoundPiece, Composition]:
    piece = workshop.campaign.bind(audience, "leaflet", language)
    middle = middle_of(workshop.campaign.languages[language])
    flow = workshop.design.flows[FLOW]
    return piece, compose_flow(workshop.composer, piece, flow, workshop.scripts[language], middle)


def finish(workshop: Workshop, piece: BoundPiece, composed: Scene) -> tuple[Scene, bytes]:
    web = to_web(composed, {kind: piece.words[f"link_{kind}"].plain for kind in ADDRESSES})
    options = PdfOptions(
        date=workshop.date, standard="PDF/UA-1", colour="rgb", links=True, page_direction=True,
        bookmarks=bookmarks_of(web, every_heading=True),
    )  # fmt: skip
    return web, write_pdf(web, workshop.library, options)


@pytest.fixture(scope="module")
def run(workshop, tmp_path_factory) -> list[Made]:
    """All leaflets in large print."""
    folder = tmp_path_factory.mktemp("large-print")
    made = []
    for language, audience in PIECES:
        piece, large = compose(workshop, audience, language)
        layout = workshop.design.layouts["dl-roll-fold"]
        middle = middle_of(workshop.campaign.languages[language])
        press = workshop.composer.compose(piece, layout, workshop.scripts[language], middle)
        web, data = finish(workshop, piece, large.scene)
        path = folder / f"{language}-{audience}.pdf"
        path.write_bytes(data)
        made.append(Made(piece, large, press, web, path, hear(path)))
    return made


def groups(items: Any) -> list[Group]:
    return [item for item in walk(tuple(items)) if isinstance(item, Group)]


def read(page: Any) -> list[Group]:
    """The headings, paragraphs and items of a page, in reading order."""
    told = [group for group in page.items if group.tag.role != "Artifact"]
    return [group for group in groups(told) if READ.fullmatch(group.tag.role) and group.tag.text]


def by_block(scene: Scene) -> dict[str, str]:
    """What each block says, in reading order: letters alone, without what a run-in title or a line of
    the imprint puts between its parts."""
    told = [group for page in scene.pages for group in page.items if group.tag.role != "Artifact"]
    said: dict[str, str] = {}

    def down(group: Group, block: str) -> None:
        block = group.tag.block or block
        inner = [item for item in group.items if isinstance(item, Group)]
        if block and group.tag.role != "Artifact" and not inner:
            words = squeeze(group.tag.text or group.tag.alt or "")
            said[block] = said.get(block, "") + re.sub("[:·]", "", words)
        for item in inner:
            down(item, block)

    for group in sorted(told, key=lambda group: group.order):
        down(group, "")
    return said


# Words


def test_same_words_as_the_leaflet_block_by_block(run):
    """A reader of large print must learn all that the leaflet says, each thing once, in its order."""
    for one in run:
        large, press = by_block(one.large.scene), by_block(one.press.scene)
        assert list(large) == [block.id for block in one.piece.blocks] + ["imprint"], one.name
        assert {block: large[block] for block in press} == press, one.name
        assert list(press) == [block for block in large if block not in one.press.dropped], one.name


def test_manifest_tells_what_is_printed(run):
    """Whoever checks numbers goes by the manifest: it must name every one."""
    for one in run:
        assert one.large.contacts == one.piece.contacts and one.large.qr == one.piece.qr, one.name
        assert one.large.blocks == one.piece.blocks and not one.large.dropped, one.name


def test_nothing_is_parted_that_a_page_can_hold(run):
    """Half a sentence overleaf is lost on a reader who holds one page under a lens."""
    for one in run:
        whole = [squeeze(group.tag.text) for page in one.large.scene.pages for group in read(page)]
        for block in one.piece.blocks:
            for text in walk_texts(block):
                if text not in [getattr(card, "short", None) for card in getattr(block, "cards", ())]:
                    assert any(squeeze(text.plain) in words for words in whole), f"{one.name}: {text.plain}"


def test_no_heading_stands_last_on_a_page(run):
    """It would promise what the page does not hold. A lead and the cover's title stand with more, too."""
    for one in run:
        leads = {squeeze(block.lead.plain) for block in one.piece.blocks if block.lead}
        for page in one.large.scene.pages:
            last = read(page)[-1]
            assert not last.tag.role.startswith("H"), f"{one.name}, page {page.name}: {last.tag.text}"
            assert squeeze(last.tag.text) not in leads, f"{one.name}, page {page.name}: {last.tag.text}"


def test_no_page_begins_with_a_leftover_line(run):
    """A single line overleaf at the end of a section looks like a mistake and is overlooked."""
    for one in run:
        for page in one.large.scene.pages[1:]:
            first, *after = read(page)
            lines = [item for item in first.items if isinstance(item, TextLine)]
            alone = not after or after[0].tag.role in ("H1", "H2")
            assert first.tag.role == "H2" or len(lines) > 1 or not alone, f"{one.name}, page {page.name}"


# Size and place


def test_nothing_is_smaller_than_the_body(run):
    """18 pt is the size of every word, of the page's number and the imprint too (UKAAF G003)."""
    for one in run:
        assert one.large.smallest_pt >= 18, one.name
        with Document(one.path) as document:
            marks = [mark for page in document.pages for mark in page.contents.marks]
            sizes = [mark.size for mark in marks if isinstance(mark, Words)]
        assert len(sizes) > 100 and min(sizes) >= 17.99, f"{one.name}: {min(sizes)}"


@pytest.mark.parametrize("language", ["en", "pl", "ur", "bn"])
def test_small_letters_are_as_high_as_large_print_asks(workshop, language):
    """Points compare badly between scripts: the small letters are 2.7 mm high or more (print-spec 5.4)."""
    record = workshop.campaign.languages[language]
    body = workshop.design.flows[FLOW].spec.type.body.steps[-1]
    assert to_mm(body * record.size_ratio * record.smallest_letter.height) >= 2.7


def test_lines_are_neither_long_nor_short(run):
    """45 to 60 letters a line can be followed with a lens; more and the eye loses its line."""
    (english,) = [one for one in run if one.name == "en-parents.pdf"]
    full = sorted(
        len(item.line.text)
        for page in english.large.scene.pages
        for group in read(page)
        if group.tag.role == "P"
        for item in [item for item in group.items if isinstance(item, TextLine)][:-1]
        if item.line.runs[0].size == 18
    )
    assert 45 <= full[len(full) // 2] <= 60 and full[-1] <= 64, full


def test_words_stand_black_on_white_and_headings_nearly_so(run):
    """Seven to one for all that is written on the page itself; what must still be filled in is red."""
    for one in run:
        for page in one.large.scene.pages:
            for group in read(page):
                for line in (item for item in group.items if isinstance(item, TextLine)):
                    if line.ink == WHITE:  # a callout's; checks measure it on its ground
                        continue
                    assert contrast(line.ink, WHITE) >= 7, f"{one.name}: {group.tag.text}"


def test_lines_begin_at_the_edge_where_the_language_begins(run, workshop):
    """Ragged, never justified, from the left; from the right in Urdu, numbers too."""
    margin = mm(workshop.design.flows[FLOW].spec.margins.sides)
    for one in run:
        rtl = one.large.scene.direction == "rtl"
        for page in one.large.scene.pages:
            for group in read(page):
                if group.tag.role not in ("H1", "H2"):
                    continue
                for line in (item for item in group.items if isinstance(item, TextLine)):
                    edge = page.width - line.x - line.line.width if rtl else line.x
                    # A headline of Nastaliq stands in by what its first letter hangs out.
                    most = margin + (mm(6) if rtl else 0.01)
                    assert margin - 0.01 <= edge <= most, f"{one.name}: {group.tag.text}"


def test_pages_are_filled_like_pages(run):
    """Holes in the middle of a document look as if something were missing; the title's page and the
    last one end where they end."""
    for one in run:
        for fit in one.large.fits[1:-1]:
            assert fit.used_mm >= 0.6 * fit.room_mm, f"{one.name}, {fit.panel}"
        assert all(fit.used_mm <= fit.room_mm + 0.1 for fit in one.large.fits), one.name


def test_everything_stands_in_the_page(run, workshop):
    """An office printer leaves 5 to 7 mm white, a sleeve hides more: all ink is 15 mm from the edge."""
    strict = load_profile("large-print").model_copy(update={"safe_mm": 15, "checks": ("safe-zone",)})
    for one in run:
        assert check_file(one.path, strict) == (), one.name
        for page in one.large.scene.pages:
            room = page.trim.outset(-mm(15))
            assert (page.width, page.height) == (mm(210), mm(297)) and not page.folds
            for group in groups(page.items):
                if group.clip:
                    assert room.contains(group.clip), one.name
                    continue
                paths = [item for item in group.items if isinstance(item, Path)]
                for values in (op[1] for path in paths for op in path.ops):
                    assert all(room.x <= x <= room.right for x in values[0::2]), one.name
                    assert all(room.y <= y <= room.top for y in values[1::2]), one.name


def test_words_keep_clear_of_the_foot(run, workshop):
    """The page's number must not be taken for a part of the last sentence."""
    spec = workshop.design.flows[FLOW].spec
    for one in run:
        for page in one.large.scene.pages:
            lines = [item for group in read(page) for item in group.items if isinstance(item, TextLine)]
            assert min(line.y for line in lines) > mm(spec.margins.bottom + spec.foot), one.name


def test_every_page_tells_its_number_and_how_many_there_are(run):
    """Loose pages get mixed up: each says which it is of how many, in digits that can be read."""
    for one in run:
        count = len(one.large.scene.pages)
        for number, page in enumerate(one.large.scene.pages, 1):
            (foot,) = [group for group in page.items if group.tag.artifact == "Footer"]
            (line,) = [item for item in walk(foot.items) if isinstance(item, TextLine)]
            assert line.line.text == f"{number} / {count}", one.name


# The file


def test_heard_as_written_page_after_page(run):
    """The page's number is for the eye; the ear hears the leaflet's words in order and nothing else."""
    for one in run:
        written = [
            plain(group.tag.text or group.tag.alt or "")
            for page in one.large.scene.pages
            for group in groups([top for top in page.items if top.tag.role != "Artifact"])
            if (READ.fullmatch(group.tag.role) and group.tag.text) or group.tag.role in ("Lbl", "Figure")
        ]
        assert [plain(item.text) for item in one.heard] == written, one.name
        pages = [page for item in one.heard for page in item.pages]
        assert pages == sorted(pages) and len(set(pages)) == len(one.web.pages), one.name


def test_a_list_over_two_pages_is_one_list(run):
    """“List with six items” helps only if all six are in it, on whatever page they stand."""
    over = 0
    for one in run:
        lists = [
            len(getattr(block, "cards", ()) or getattr(block, "items", ()))
            for block in one.piece.blocks
            if isinstance(block, ListBlock | GroupsBlock | ContactsBlock)
        ]
        lists = [count for count in lists if count > 1]
        with pikepdf.open(one.path) as pdf:
            found = [len(kids(element)) for element in tree(pdf.Root.StructTreeRoot.K) if element.S == "/L"]
        assert found == lists, one.name
        drawn = [group for page in one.web.pages for group in groups(page.items) if group.tag.role == "L"]
        over += len(drawn) > len(lists)
    assert over, "no list runs over two pages, so nothing was tested"


def kids(element):
    inside = element.get("/K", [])
    inside = inside if isinstance(inside, pikepdf.Array) else [inside]
    return [kid for kid in inside if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def tree(element):
    yield element
    for kid in kids(element):
        yield from tree(kid)


def test_bookmarks_lead_to_every_heading(run):
    """Pages are cut where the paper ends, so a reader finds a heading by its bookmark, not by its page."""
    for one in run:
        wanted = [(plain(item.text), item.pages[0]) for item in one.heard if item.role in ("H1", "H2")]
        with pikepdf.open(one.path) as pdf, pdf.open_outline() as outline:
            pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
            found = [(plain(item.title), pages[item.destination[0].objgen]) for item in outline.root]
        assert found == wanted, one.name


def test_page_numbers_are_footers_in_the_file(run):
    """PDF/UA-1, 7.8: what stands on each page is a Pagination artifact, or readers say it each time."""
    for one in run:
        with pikepdf.open(one.path) as pdf:
            for page in pdf.pages:
                named = [
                    str(operands[1].Subtype)
                    for operands, operator in pikepdf.parse_content_stream(page)
                    if str(operator) == "BDC" and str(operands[0]) == "/Artifact"
                ]
                assert named and set(named) == {"/Footer"}, one.name


def test_own_checks_are_clean(run):
    """What a build asks of every file, by the profile made for this edition."""
    for one in run:
        expected = expected_of(one.web, one.large.contacts, one.large.qr)
        found = check_file(one.path, load_profile("large-print"), expected)
        assert [str(finding) for finding in found] == [], one.name


def test_the_same_piece_gives_the_same_bytes(run, workshop):
    """Or nobody could tell whether the file that was mailed is the one that was approved."""
    for one in run[::5]:
        piece, again = compose(workshop, one.piece.audience, one.piece.language)
        assert finish(workshop, piece, again.scene)[1] == one.path.read_bytes(), one.name
