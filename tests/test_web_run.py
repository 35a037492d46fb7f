"""The whole web run, judged by readers that had no part in making it: what is heard, where links
lead, what a validator says. Pieces too long for their layout in a language are other tests' matter."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy
import pikepdf
import pytest
from readers import pdfium_text, plain_words, poppler_text, squeeze
from sample import sample
from structure_text import BLOCKS, Heard, hear, plain

from handbill.editions.web import bookmarks_of, to_web
from handbill.plan import Variant
from handbill.problems import PieceError
from handbill.scene import Group, Scene, TextLine, walk
from handbill.writers.pdf import PdfOptions, write_pdf

WORDS = {"phone": "P:", "text": "T:", "email": "E:", "web": "W:"}
MOST_BYTES = {"dl-roll-fold": 150_000, "a5-flyer": 120_000}
MOST_BYTES_OF_FEW_WORDS = 75_000
MOST_BYTES_HAN = 300_000
"""A leaflet in Chinese needs some 600 letters of each weight."""
SCHEMES = {"phone": "tel:", "text": "sms:", "email": "mailto:", "web": "https://"}


class Made(NamedTuple):
    """A web file, the scene as composed, the scene of the edition, and what is heard."""

    variant: Variant
    composed: Scene
    web: Scene
    data: bytes
    path: Path
    heard: list[Heard]


def write(workshop, web):
    options = PdfOptions(
        date=workshop.date, standard="PDF/UA-1", colour="rgb", links=True, page_direction=True,
        bookmarks=bookmarks_of(web),
    )  # fmt: skip
    return write_pdf(web, workshop.library, options)


@pytest.fixture(scope="module")
def run(workshop, tmp_path_factory):
    """Web files for a close look (sample.py)."""
    from handbill.workshop import middle_of

    folder = tmp_path_factory.mktemp("web")
    made = []
    for variant in sample(workshop, "web"):
        layout = workshop.design.layouts[variant.layout]
        middle = middle_of(workshop.campaign.languages[variant.language])
        try:
            piece = workshop.campaign.bind(variant.audience, layout.spec.piece, variant.language)
            composed = workshop.composer.compose(piece, layout, workshop.scripts[variant.language], middle)
        except PieceError:
            continue
        web = to_web(composed.scene, WORDS)
        path = folder / f"{variant.language}-{variant.audience}-{variant.layout}.pdf"
        path.write_bytes(write(workshop, web))
        made.append(Made(variant, composed.scene, web, path.read_bytes(), path, hear(path)))
    count = Counter(one.variant.language for one in made)
    assert count["en"] >= 8 and all(count[tag] for tag in workshop.campaign.languages), count
    return made


def blocks(composed):
    """The paragraphs, headings, labels and figures of a piece in reading order; what is said again at
    once, as on tear-off tabs, only once."""
    groups = [group for page in composed.pages for group in page.items if group.tag.role != "Artifact"]

    def down(group):
        # A contact card is the body of a list item and holds paragraphs of its own.
        holds = any(isinstance(item, Group) and item.tag.role in BLOCKS for item in group.items)
        if group.tag.role in BLOCKS and not holds:
            yield group
        elif group.tag.role != "Artifact":
            for item in group.items:
                if isinstance(item, Group):
                    yield from down(item)

    found = []
    for group in sorted(groups, key=lambda group: group.order):
        before = None  # what the next region begins with is said, be it what this one ends with
        for block in down(group):
            if not _again(block, before):
                found.append(block)
            before = block
    return found


def _again(block, before):
    return before is not None and bool(block.tag.text) and block.tag == before.tag


def said(composed):
    """What a piece has to say, as (role, words) in reading order."""
    return [(group.tag.role, plain(group.tag.text or group.tag.alt or "")) for group in blocks(composed)]


def runs_of(composed):
    """The runs of all that is said, in reading order."""
    for item in walk(tuple(blocks(composed))):
        if isinstance(item, TextLine):
            yield from sorted(item.line.runs, key=lambda run: run.order)


# What is heard


def test_every_paragraph_is_heard_as_it_was_written_and_in_order(run):
    """veraPDF passes reversed Urdu: only the words themselves prove that a screen reader says them."""
    for one in run:
        assert [(item.role, plain(item.text)) for item in one.heard] == said(one.composed), one.path.name


def test_every_word_has_its_language(run):
    """Names of services are English everywhere; all the rest is the language of the piece."""
    for one in run:
        lang = one.variant.language
        for item in one.heard:
            for tongue, words in item.tongues:
                assert tongue == lang or re.search("[A-Za-z]", words), f"{one.path.name}: {tongue} {words}"
                foreign = tongue != lang
                assert not (foreign and re.search("[\u0600-\u06ff\u0980-\u09ff]", words)), one.path.name
        names = {plain(r.text) for r in runs_of(one.composed) if r.kind == "name" and "." in r.ref}
        english = " ".join(words for item in one.heard for tongue, words in item.tongues if tongue == "en")
        assert [name for name in names if name not in plain(english)] == [], one.path.name


def test_headings_begin_at_the_top_and_skip_no_level(run):
    """Who leafs through headings by ear takes a missing level for a lost chapter (PDF/UA-1, 7.4.2)."""
    for one in run:
        levels = [int(item.role[1]) for item in one.heard if re.fullmatch("H[1-6]", item.role)]
        assert levels[0] == 1 and levels.count(1) == 1, one.path.name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), one.path.name


def test_headings_need_no_raising(run):
    """The edition can raise headings; in the pieces as they are, the composer's levels already hold."""
    for one in run:
        roles = [role for role, _ in said(one.composed)]
        assert [item.role for item in one.heard] == roles, one.path.name


def test_lists_are_lists(run):
    """“List with five items” helps only if the five are in it."""
    for one in run:
        for item in one.heard:
            if item.role in ("Lbl", "LBody"):
                assert item.path[-3:] == ("L", "LI", item.role), one.path.name


def test_pages_are_read_one_after_the_other(run):
    """Reading order and page order agree, so that turning pages and listening stay together."""
    for one in run:
        pages = [page for item in one.heard for page in item.pages]
        assert pages == sorted(pages), one.path.name
        assert set(pages) == set(range(len(one.web.pages))), f"{one.path.name}: a page without words"


def test_figures_say_what_they_show_and_where(run):
    """A QR code is for those who see; its words name the address for those who do not."""
    seen = 0
    for one in run:
        printed = {plain(run.text) for run in runs_of(one.composed) if run.kind == "web"}
        for item in one.heard:
            if item.role != "Figure":
                continue
            (page,) = item.pages
            assert any(address in item.text for address in printed), f"{one.path.name}: {item.text}"
            left, low, right, top = item.bounds
            size = one.web.pages[page]
            assert 0 <= left < right <= size.width and 0 <= low < top <= size.height, one.path.name
            assert right - left == pytest.approx(top - low, rel=0.01), "a QR code is square"
            seen += 1
    assert seen


# Links


def test_links_lead_where_their_words_say(run):
    """A number that rings another is the worst fault that a leaflet can have."""
    seen = Counter()
    for one in run:
        for item in one.heard:
            for link in item.links:
                words = plain(link.text)
                (target,), (contents,) = link.targets, link.contents
                scheme = next(scheme for scheme in SCHEMES.values() if target.startswith(scheme))
                rest = target.removeprefix(scheme)
                assert rest == (re.sub(r"\D", "", words) if scheme in ("tel:", "sms:") else words)
                assert contents.lstrip("PTEW: ").strip("\u2066\u2069") == words, one.path.name
                assert contents[0] == {"tel:": "P", "sms:": "T", "mailto:": "E", "https://": "W"}[scheme]
                seen[scheme] += 1
    assert seen["tel:"] > 100 and seen["https://"] and seen["mailto:"], seen


def test_every_address_that_can_be_opened_is_live(run):
    """All numbers to dial and all addresses, in every place: nothing else, and no placeholder."""
    for one in run:
        printed = [
            plain(run.text)
            for run in runs_of(one.composed)
            if (run.kind in ("email", "web") or (run.kind == "phone" and len(run.text) > 2))
        ]
        linked = [plain(link.text) for item in one.heard for link in item.links]
        assert linked == printed, one.path.name


def test_live_areas_lie_on_their_page_and_apart(run):
    """Two areas one over the other ring the wrong number."""
    for one in run:
        with pikepdf.open(one.path) as pdf:
            for page in pdf.pages:
                box = [float(edge) for edge in page.obj.MediaBox]
                areas = [[float(edge) for edge in link.Rect] for link in page.obj.get("/Annots", [])]
                for left, low, right, top in areas:
                    assert 0 <= left < right <= box[2] and 0 <= low < top <= box[3], one.path.name
                for a, b in itertools.combinations(areas, 2):
                    apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                    assert apart, one.path.name


# The file


def test_file_says_what_it_is(run, workshop):
    """Language, title in the window's bar, direction of pages, order of the tab key."""
    for one in run:
        with pikepdf.open(one.path) as pdf:
            root = pdf.Root
            rtl = workshop.scripts[one.variant.language].rtl
            assert str(root.Lang) == one.variant.language
            assert root.ViewerPreferences.DisplayDocTitle is True
            assert root.ViewerPreferences.get("/Direction") == ("/R2L" if rtl else None)
            assert str(pdf.docinfo["/Title"]) == one.composed.title != ""
            assert root.MarkInfo.Marked is True
            assert all(page.obj.Tabs == "/S" for page in pdf.pages), one.path.name
            assert "<pdfuaid:part>1</pdfuaid:part>" in root.Metadata.read_bytes().decode("utf-8")


def test_each_panel_is_a_page_of_its_size(run, workshop):
    """Front, flap, inside, back: in the order in which the layout says that they are read."""
    for one in run:
        spec = workshop.design.layouts[one.variant.layout].spec
        panels = {panel.name: panel.rect for page in one.composed.pages for panel in page.panels}
        assert [page.name for page in one.web.pages] == list(spec.reading), one.path.name
        with pikepdf.open(one.path) as pdf:
            for page, name in zip(pdf.pages, spec.reading, strict=True):
                box = [float(edge) for edge in page.obj.MediaBox]
                wanted = [0, 0, panels[name].width, panels[name].height]
                assert box == pytest.approx(wanted, abs=0.001), one.path.name


def test_bookmarks_lead_to_every_page_of_a_leaflet(run):
    """A leaflet has six pages; each can be found by its heading. Poster, flyer and card, whose pages
    have no headings of their own, need none."""
    for one in run:
        with pikepdf.open(one.path) as pdf, pdf.open_outline() as outline:
            if one.variant.layout != "dl-roll-fold":
                assert len(outline.root) < 2, one.path.name
                continue
            pages = [item.destination[0].objgen for item in outline.root]
            assert pages == [page.obj.objgen for page in pdf.pages], one.path.name
            headings = [plain(item.text) for item in one.heard if item.role in ("H1", "H2")]
            assert set(plain(item.title) for item in outline.root) <= set(headings)


def test_colour_is_for_screens(run):
    """A CMYK colour looks different in every viewer."""
    for one in run:
        with pikepdf.open(one.path) as pdf:
            for page in pdf.pages:
                assert not page.obj.Resources.get("/ColorSpace") and not page.obj.Resources.get("/XObject")
                used = {str(operator) for _, operator in pikepdf.parse_content_stream(page)}
                assert not used & {"k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "BI"}, one.path.name
                assert "rg" in used


def test_files_are_small(run, workshop):
    """They are opened on telephones, some of them on the last megabyte of the month."""
    for one in run:
        han = workshop.scripts[one.variant.language].script.startswith("Han")
        most = MOST_BYTES_HAN if han else MOST_BYTES.get(one.variant.layout, MOST_BYTES_OF_FEW_WORDS)
        assert len(one.data) < most, f"{one.path.name}: {len(one.data)} bytes"


def test_qpdf_finds_nothing_wrong(run, oracle):
    """A damaged file may open here and fail on the one telephone that matters."""
    program = oracle("qpdf")
    for one in run:
        done = subprocess.run([program, "--check", str(one.path)], capture_output=True, text=True)
        assert done.returncode == 0, f"{one.path.name}: {done.stdout}{done.stderr}"


def test_the_same_scene_gives_the_same_bytes(run, workshop):
    """Or nobody could tell whether the file on a site is the one that was approved."""
    for one in run[::7]:
        assert write(workshop, to_web(one.composed, WORDS)) == one.data, one.path.name


def test_page_looks_as_its_panel_does_on_the_sheet(run, workshop):
    """Cropping and moving must change nothing that the eye sees."""
    import pypdfium2

    scale = 1.5
    for one in (one for one in run if one.variant.audience == "young-people"):
        options = PdfOptions(date=workshop.date, standard=None, colour="rgb")
        sheets = pypdfium2.PdfDocument(write_pdf(one.composed, workshop.library, options))
        web = pypdfium2.PdfDocument(one.data)
        numbers = {page.name: number for number, page in enumerate(one.web.pages)}
        for sheet, page in zip(sheets, one.composed.pages, strict=True):
            whole = sheet.render(scale=scale, grayscale=True).to_numpy().squeeze().astype(int)
            for panel in page.panels:
                shown = web[numbers[panel.name]].render(scale=scale, grayscale=True).to_numpy().squeeze()
                left = round(panel.rect.x * scale)
                height, width = shown.shape
                width = min(width, whole.shape[1] - left) - 2
                height = min(height, whole.shape[0])
                part = whole[:height, left : left + width]
                # A panel may begin between two pixels of the sheet: edges differ, no more.
                difference = numpy.abs(part - shown[:height, :width].astype(int)).mean()
                assert difference < 6, f"{one.path.name}, {panel.name}: {difference:.1f}"


# Readers that do not walk the tree


@pytest.mark.parametrize("language", ["en", "pl", "bn", "zh-Hans"])
def test_words_can_be_searched_and_copied(run, oracle, language):
    """Chrome and poppler read the page itself."""
    program = oracle("pdftotext")
    for one in run:
        if one.variant.language != language:
            continue
        readers = {
            "pdfium": squeeze(pdfium_text(one.path)),
            "poppler": squeeze(poppler_text(one.path, program, "-raw")),
        }
        for item in one.heard:
            words = squeeze(item.text)
            if item.role not in ("Lbl", "Figure"):
                assert [name for name, text in readers.items() if words not in text] == [], item.text


URDU_LEAST = {"poppler": 0.78, "pdfium": 0.84}
"""The worst pieces, posters of few words, have .80 and .86 of them whole; leaflets .95 to .98."""


def test_urdu_can_be_searched_as_far_as_readers_can(run, oracle):
    """No order of painting pleases every reader of pages; words in logical order please most."""
    program = oracle("pdftotext")
    for one in run:
        if one.variant.language != "ur":
            continue
        for reader, text in {
            "pdfium": pdfium_text(one.path),
            "poppler": poppler_text(one.path, program),
        }.items():
            found = set(plain_words(text))
            source = [word for item in one.heard for word in plain_words(item.text)]
            share = sum(word in found for word in source) / len(source)
            assert share >= URDU_LEAST[reader], f"{one.path.name}, {reader}: {share:.2f} of the words"


# The validator


def test_verapdf_sees_what_is_wrong(run, vera, tmp_path):
    """A validator that passes everything proves nothing: a file without tags and title must fail."""
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(run[0].path) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.ViewerPreferences
        pdf.save(spoilt)
    rules = {failure.rule for failure in vera(spoilt)[spoilt]}
    assert {"7.1-10", "7.1-11"} <= rules, rules
