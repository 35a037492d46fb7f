"""The gallery without a browser: what the page says, the guides it works out, the pictures it keeps."""

from __future__ import annotations

import html
import json
import re
import shutil
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

import numpy
import pytest
from gallery_site import NOT_BUILT, rewrite
from office_layouts import COPIES, add_small_layouts
from PIL import Image
from projects import edit

from handbill.build import build
from handbill.campaign.sites import Site
from handbill.gallery.guides import guide_of
from handbill.gallery.page import draw_page
from handbill.gallery.pictures import draw_pictures, windows_of
from handbill.plan import Selection, plan
from handbill.workshop import Workshop


class Page(HTMLParser):
    """The elements of a page with their attributes, and its words."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.said = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.said += data

    def all(self, tag, **wanted):
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(key) == value for key, value in wanted.items())
        ]


@pytest.fixture(scope="module")
def site(gallery):
    return gallery


@pytest.fixture(scope="module")
def page(site):
    return Page((site.folder / "index.html").read_text("utf-8"))


def changed(workshop, site, tmp_path, change):
    made = rewrite(workshop, site, tmp_path, change)
    return Page((made.folder / "index.html").read_text("utf-8"))


# What the page says


def test_every_file_can_be_fetched_from_the_page(site, page):
    """A file without a link is not found, a link without a file leads nowhere."""
    links = {unquote(link["href"]) for link in page.all("a") if not link["href"].startswith("#")}
    wanted = {record["file"] for record in site.manifest["documents"]}
    wanted |= {sheet["file"] for sheet in site.manifest["job_sheets"]}
    slides = {record["picture_file"] for record in site.manifest["documents"] if record["picture_file"]}
    assert slides and links == wanted | slides
    assert all((site.folder / link).is_file() for link in links)


def test_links_inside_the_page_lead_somewhere(page):
    """“How to print this” that goes nowhere leaves the reader alone with the printer."""
    places = {found["id"] for _, found in page.elements if "id" in found}
    ids = [found["id"] for _, found in page.elements if "id" in found]
    assert len(ids) == len(places)
    assert {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")} <= places


def test_one_card_a_piece_with_its_editions(site, page):
    """A piece that stands there once for each file cannot be found among its doubles."""
    pieces = {}
    for record in site.manifest["documents"]:
        key = (record["audience"], record["language"], record["layout"])
        pieces.setdefault(key, set()).add(record["edition"])
    cards = {
        (card["data-audience"], card["data-language"], card["data-format"]): set(card["data-edition"].split())
        for card in page.all("article")
        if "data-audience" in card
    }
    assert cards == pieces


def test_each_picture_says_what_is_seen(site, page, workshop):
    """Who cannot see the picture hears the title, the audience, the language and the format."""
    covers = {image["src"]: image["alt"] for image in page.all("img") if "“" in image["alt"]}
    for record in site.manifest["documents"]:
        if not record["pictures"]:
            continue
        alt = covers[record["pictures"][0]["file"]]
        assert record["title"] in alt
        assert workshop.campaign.audiences[record["audience"]].record.name in alt
        assert workshop.campaign.languages[record["language"]].name in alt
        assert workshop.design.name_of(record["layout"]) in alt
    assert all(image["alt"].strip() and image["loading"] == "lazy" for image in page.all("img"))


def test_pictures_are_as_large_as_the_page_says(site, page):
    """A page that leaps about while its pictures come in loses the reader's place."""
    for image in page.all("img"):
        with Image.open(site.folder / unquote(image["src"])) as picture:
            assert picture.size == (int(image["width"]), int(image["height"]))


def test_titles_are_marked_with_their_language_and_direction(page):
    """A screen reader speaks Urdu only if it is told, and a browser sets it from the right."""
    titles = [found for found in page.all("h3") if found.get("lang")]
    assert {(title["lang"], title["dir"]) for title in titles} == {("en", "ltr"), ("ur", "rtl")}
    assert page.all("span", lang="ur", dir="rtl")
    assert "اردو" in page.said and "Urdu" in page.said


def test_the_english_title_stands_beside_a_foreign_one(site, page):
    """An officer who does not read Urdu must know which leaflet it is."""
    english = next(
        record["title"]
        for record in site.manifest["documents"]
        if (record["language"], record["audience"], record["layout"]) == ("en", "parents", "dl-roll-fold")
    )
    titles = re.findall(r'<p class="english">(.*?)</p>', (site.folder / "index.html").read_text("utf-8"))
    assert html.escape(english) in titles or english in titles
    assert len(titles) == sum(card.get("data-language") == "ur" for card in page.all("article"))


def test_state_is_said_in_words(workshop, site, tmp_path, page):
    """Colour alone says nothing to many; “draft” says nothing about what is missing."""
    assert "Draft translation, not approved" in page.said
    assert "English original, not approved" in page.said
    assert "Unfinished: numbers are missing, no publisher, contacts not checked" in page.said
    assert "Nothing here is approved yet." in page.said

    def approve(manifest):
        for record in manifest["documents"]:
            if record["language"] == "en":
                record["state"], record["unfinished"] = "approved", []
            elif record["audience"] == "parents":
                record["state"] = "approved"

    said = changed(workshop, site, tmp_path, approve).said
    pieces = {
        (record["audience"], record["layout"])
        for record in site.manifest["documents"]
        if record["language"] == "en"
    }
    count = sum("data-audience" in card for card in page.all("article"))
    assert f"{len(pieces)} of {count} pieces are approved." in said
    assert "Wording approved, not finished" in said and "Nothing here is approved" not in said


def test_a_file_of_older_words_says_so(workshop, site, tmp_path):
    """A narrowed build leaves older files beside new ones; nobody should print those by mistake."""

    def age(manifest):
        manifest["documents"][0]["version"] = "0.9"

    assert "Made from version 0.9 of the words, now 1.0." in changed(workshop, site, tmp_path, age).said


def test_what_was_not_built_is_told_with_its_reason(workshop, site, tmp_path, page):
    """A piece that is simply not there is thought to be forgotten."""
    assert "could not be made" not in page.said
    told = changed(workshop, site, tmp_path, lambda manifest: manifest["not_built"].append(NOT_BUILT))
    assert "1 file could not be made." in told.said
    assert NOT_BUILT["because"][0] in told.said
    assert "Young people, Six-panel leaflet, A4 folded to DL, Urdu, Printing company" in told.said


def test_a_page_with_nothing_on_it_says_so(workshop, tmp_path):
    """Where everything failed the page must not stand empty."""
    manifest = {"documents": [], "job_sheets": [], "not_built": [NOT_BUILT]}
    said = Page(draw_page(tmp_path, manifest, workshop.campaign, workshop.design)).said
    assert "Nothing has been made yet." in said and NOT_BUILT["because"][0] in said


def test_words_from_files_are_only_words(workshop, site, tmp_path):
    """A title, a message or a file's name must not become part of the page's machinery."""
    hurt = "<script>hurt()</script>\"'><img src=x onerror=hurt()>&amp;{{ 7 * 7 }}"

    def spoil(manifest):
        for record in manifest["documents"]:
            record["titles"], record["code"] = dict.fromkeys(record["titles"], hurt), hurt
            record["unfinished"] = record["problems"] = [hurt]
        manifest["not_built"].append({**NOT_BUILT, "because": [hurt]})

    told = changed(workshop, site, tmp_path, spoil)
    assert not [one for one in told.elements if "onerror" in one[1]]
    assert len(told.all("script")) == 2 and told.said.count(hurt) > 3


def test_the_page_asks_no_network_for_anything(site):
    """It is opened from a disk, in rooms where nothing is let out."""
    text = (site.folder / "index.html").read_text("utf-8")
    assert not re.findall(r"""(?:src|href|url\()\s*=?\s*["']?(?:[a-z]+:)?//[^"')\s]*""", text)
    assert "@import" not in text


def test_the_same_manifest_gives_the_same_page(workshop, site, tmp_path):
    """A page that changes by itself cannot be compared with the last one."""
    again = rewrite(workshop, site, tmp_path)
    assert (again.folder / "index.html").read_bytes() == (site.folder / "index.html").read_bytes()


def test_the_templates_are_shipped(root):
    """A package without its templates fails at the end of the first build."""
    patterns = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    shipped = {path for pattern in patterns["handbill"] for path in (root / "handbill").glob(pattern)}
    assert set((root / "handbill/gallery/templates").iterdir()) <= shipped


# How to print


def guide(workshop, record, **changes):
    return guide_of({**record, **changes}, workshop.design, office=True)


def one(site, **wanted):
    return next(
        record
        for record in site.manifest["documents"]
        if all(record[key] == value for key, value in wanted.items())
    )


def test_a_leaflet_from_the_office_printer(workshop, site):
    """Paper, size, the edge to turn on and each fold in turn: who has never folded one can follow."""
    record = one(site, edition="office", language="en", layout="dl-roll-fold")
    told = guide(workshop, record)
    said = " ".join(told.steps)
    assert "A4" in said and "100 %" in said and "short edge" in said
    first, second = (step for step in told.steps if "Fold the" in step)
    assert "inside towards you" in first
    assert "right-hand panel, “Inside 3”, over “Inside 2”" in first
    assert "left-hand panel, “Inside 1”, over “Inside 2”" in second
    assert "“Cover” is now in front, with the fold on the left." in told.steps
    assert [drawing.caption for drawing in told.drawings] == [
        "Turn on the thick edge",
        "Lay it with the inside towards you",
        "Folded: the fold is on the left",
    ]


def test_a_leaflet_read_from_right_to_left_is_folded_the_other_way(workshop, site):
    """Folded as an English one its cover would lie inside."""
    record = one(site, edition="office", language="ur", layout="dl-roll-fold")
    told = guide(workshop, record)
    first, second = (step for step in told.steps if "Fold the" in step)
    assert "left-hand panel, “Inside 3”" in first and "right-hand panel, “Inside 1”" in second
    assert "fold on the right." in " ".join(told.steps)
    assert told.about == "in a language read from right to left"
    order = guide(workshop, one(site, edition="press", language="ur", layout="dl-roll-fold")).tell
    assert "the fold is on the right, and it opens to the right" in order


def test_what_to_tell_the_printing_company(workshop, site):
    """The order can be read out over the telephone."""
    told = guide(workshop, one(site, edition="press", language="en", layout="dl-roll-fold")).tell
    for words in (
        "DL, 100 × 210 mm folded",
        "both sides",
        "Open size A4, 297 × 210 mm",
        "Roll fold",
        "The narrow panel of 97 mm goes inside",
        "PDF/X-4 with 3 mm bleed and no crop marks",
    ):
        assert words in told
    assert "right to left" not in told
    marks = guide(
        workshop, one(site, edition="press", language="en", layout="a4-poster"), printer="marks"
    ).tell
    assert "A4, 210 × 297 mm, one side" in marks
    assert "crop marks" in marks and "no crop marks" not in marks


def test_tabs_are_cut_only_where_there_are_tabs(workshop, site):
    """Nobody should look for tabs on a poster without them."""
    poster = {"edition": "office", "language": "en", "audience": "young-people"}
    young = guide(workshop, one(site, **poster, layout="tear-off-poster"))
    whole = guide(workshop, one(site, **poster, layout="a4-poster"))
    assert any("5 tabs" in step for step in young.steps) and young.about == "with tear-off tabs"
    assert not any("tab" in step for step in whole.steps) and whole.about == ""


def test_files_that_are_printed_alike_share_a_guide(workshop, site):
    """A page that says the same sixty times is not read once."""
    english = one(site, edition="press", language="en", layout="a4-poster", audience="parents")
    urdu = one(site, edition="press", language="ur", layout="a4-poster", audience="parents")
    assert guide(workshop, english) == guide(workshop, urdu)


@pytest.fixture(scope="module")
def small(root, tmp_path_factory):
    """The office files and pictures of small layouts, several copies on a sheet."""
    project = tmp_path_factory.mktemp("project")
    for name in ("content", "layouts"):
        shutil.copytree(root / name, project / name)
    (project / "fonts").symlink_to(root / "fonts")
    add_small_layouts(project)
    workshop = Workshop(project)
    chosen = Selection(("young-people",), ("en",), tuple(COPIES), ("office", "web"))
    build(workshop, plan(workshop.campaign, workshop.design, chosen), project / "out", jobs=1)
    manifest = json.loads((project / "out/manifest.json").read_text("utf-8"))
    return workshop, {(record["layout"], record["edition"]): record for record in manifest["documents"]}


def test_several_copies_on_a_sheet(small):
    """How many sheets for a hundred, and where to cut."""
    workshop, records = small
    made = [layout for layout in COPIES if (layout, "office") in records]
    assert {"a6", "card"} <= set(made)
    for layout in made:
        columns, rows = COPIES[layout]
        told = guide_of(records[layout, "office"], workshop.design, office=True)
        copies = columns * rows
        assert ("Copies", f"{copies} on a sheet: 100 copies take {-(-100 // copies)} sheets") in told.facts
        assert f"Cut along the dashed lines. You get {copies} copies." in told.steps
        sheet = told.drawings[0]
        labels = [shape.words for shape in sheet.shapes if hasattr(shape, "words")]
        assert labels == [str(number + 1) for number in range(copies)]
        assert f"{copies} copies" in sheet.words
        assert sheet.width > 40 and sheet.height > 40


def test_a_folded_card_shows_front_back_and_inside(small):
    """A half fold: cover and back are seen in the hand, the two other panels when it is opened."""
    workshop, records = small
    record = records["folded-card", "web"]
    assert [picture["panel"] for picture in record["pictures"]] == ["Back", "Cover", "Left", "Right"]
    told = guide_of(records["folded-card", "office"], workshop.design, office=True)
    assert "Lay the sheet with the inside towards you. Fold the right-hand panel, “Right”, over “Left”." in (
        " ".join(told.steps)
    )


def test_a_slide_is_shown_not_printed(workshop, site, tmp_path):
    """A slide comes as a picture too; nobody is told to put paper in."""
    record = one(site, edition="web", language="en", layout="a4-poster", audience="parents")

    def add(manifest):
        (slide,) = [one for one in manifest["documents"] if one["file"] == record["file"]]
        slide["edition"], slide["trim_mm"] = "screen", [508.0, 285.75]
        slide["picture_file"] = slide["pictures"][0]["file"]

    page = changed(workshop, site, tmp_path, add)
    assert page.all("a", href=record["pictures"][0]["file"])
    told = guide(workshop, record, edition="screen", trim_mm=[508.0, 285.75])
    assert ("Screen", "16:9, lying") in told.facts
    assert "paper" not in " ".join(told.steps) and told.heading == "Waiting-room screen"


def test_an_edition_that_the_page_does_not_know_is_still_offered(workshop, site, tmp_path):
    """Who adds an edition need not touch the gallery for its files to be found."""

    def rename(manifest):
        for record in manifest["documents"]:
            if record["edition"] == "web":
                record["edition"] = "easy-read"

    page = changed(workshop, site, tmp_path, rename)
    assert page.all("input", name="edition", value="easy-read") and "Easy read" in page.said


def test_places_can_be_chosen_where_there_are_several(workshop, site, tmp_path):
    """Two towns share an output folder; each must find its own numbers."""
    towns = {name: Site(name=name.capitalize()) for name in ("anytown", "othertown")}
    campaign = replace(workshop.campaign, sites=towns)
    manifest = json.loads(json.dumps(site.manifest))
    for number, record in enumerate(manifest["documents"]):
        record["site"] = list(towns)[number % 2]
    page = Page(draw_page(site.folder, manifest, campaign, workshop.design))
    assert [box["value"] for box in page.all("input", name="place")] == list(towns)
    assert {card["data-place"] for card in page.all("article") if "data-place" in card} == set(towns)
    assert "Othertown" in page.said


# Pictures


def test_the_same_file_gives_the_same_pictures(site, tmp_path):
    """Byte for byte, or every build would change everything that lies on the web."""
    record = one(site, edition="web", language="ur", layout="dl-roll-fold")
    drawn = draw_pictures(site.folder / record["file"], tmp_path, "again", windows_of(record))
    assert len(drawn) == len(record["pictures"]) == 6
    for ours, theirs in zip(drawn, record["pictures"], strict=True):
        assert (tmp_path / ours["file"]).read_bytes() == (site.folder / theirs["file"]).read_bytes()


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("edition", ["press", "office"])
def test_panels_cut_from_a_sheet_are_those_of_the_screen(site, tmp_path, edition, language):
    """Where there is no file for the screen, the sheet is cut at its folds, in the order of reading, and
    mirrored languages are cut mirrored: each panel looks most like itself."""
    sheet = one(site, edition=edition, language=language, layout="dl-roll-fold")
    screen = one(site, edition="web", language=language, layout="dl-roll-fold")
    drawn = draw_pictures(site.folder / sheet["file"], tmp_path, "cut", windows_of(sheet))

    def grey(path):
        with Image.open(path) as image:
            return numpy.asarray(image.convert("L").resize((60, 126)), dtype=float)

    ours = [grey(tmp_path / picture["file"]) for picture in drawn]
    theirs = [grey(site.folder / picture["file"]) for picture in screen["pictures"]]
    assert [picture["panel"] for picture in drawn] == [p["panel"] for p in screen["pictures"]]
    for number, picture in enumerate(ours):
        unlike = [numpy.abs(picture - other).mean() for other in theirs]
        assert int(numpy.argmin(unlike)) == number, unlike


def test_a_sheet_of_several_copies_is_pictured_whole(small):
    """Cutting it as one piece would show a corner of the first copy."""
    _, records = small
    windows = windows_of(records["a6", "office"])
    assert [(window.page, window.panel, window.left) for window in windows] == [(0, None, None)]


def pictures_in(folder):
    return {str(path.relative_to(folder)) for path in (folder / "gallery/pictures").rglob("*.png")}


def named(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {
        record["file"]: [picture["file"] for picture in record["pictures"]]
        for record in manifest["documents"]
    }


@pytest.fixture
def make(workshop, tmp_path):
    """Builds the parents' poster in a language and an edition into the test's folder."""

    def go(language, edition):
        chosen = Selection(("parents",), (language,), ("a4-poster",), (edition,))
        build(workshop, plan(workshop.campaign, workshop.design, chosen), tmp_path, jobs=1)

    return go


def test_a_narrowed_build_keeps_what_else_lies_there_in_the_page(make, tmp_path):
    """Somebody who makes the Urdu poster anew must not lose the English one from the page."""
    make("en", "web")
    make("ur", "web")
    page = Page((tmp_path / "index.html").read_text("utf-8"))
    assert {card["data-language"] for card in page.all("article") if "data-language" in card} == {"en", "ur"}
    assert pictures_in(tmp_path) == {
        "gallery/pictures/web/en/parents-a4-poster-1.png",
        "gallery/pictures/web/ur/parents-a4-poster-1.png",
    }


def test_each_piece_is_pictured_once_whichever_editions_are_made(make, tmp_path):
    """Press alone is pictured from the press sheet; once there is a screen edition, from that; making the
    press file again leaves it so. Pictures that belong to nothing go."""
    of_press, of_web = (f"gallery/pictures/{name}/en/parents-a4-poster-1.png" for name in ("press", "web"))
    press, web = "press/en/parents-a4-poster.pdf", "web/en/parents-a4-poster.pdf"
    make("en", "press")
    assert named(tmp_path) == {press: [of_press]}
    (tmp_path / "gallery/pictures/press/en/parents-of-yesterday-1.png").write_bytes(b"old")
    for edition in ("web", "press"):
        make("en", edition)
        assert named(tmp_path) == {press: [], web: [of_web]} and pictures_in(tmp_path) == {of_web}
    (tmp_path / of_web).unlink()
    make("en", "press")
    assert named(tmp_path) == {press: [of_press], web: []} and pictures_in(tmp_path) == {of_press}


def test_pictures_go_when_their_file_does(project, run, tmp_path):
    """A picture of a piece that was withdrawn would still be chosen; the page says why it is gone, also
    after the next build of something else."""
    out = tmp_path / "out"
    arguments = ["--output", str(out), "--jobs", "1", "--audience", "drivers", "--language", "en"]
    arguments += ["--edition", "press", "--layout", "a4-poster"]
    assert run(project, *arguments)[0] == 0
    assert pictures_in(out)
    edit(project / "layouts/printers/upload.yaml", "least_text_pt: 8", "least_text_pt: 30")
    assert run(project, *arguments)[0] == 1
    assert pictures_in(out) == set()
    assert run(project, *("web" if word == "press" else word for word in arguments))[0] == 0
    said = Page((out / "index.html").read_text("utf-8")).said
    assert "1 file could not be made." in said and "1 piece in 1 language, 1 file." in said
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert [record["file"] for record in manifest["not_built"]] == ["press/en/drivers-a4-poster.pdf"]
    edit(project / "layouts/printers/upload.yaml", "least_text_pt: 30", "least_text_pt: 8")
    assert run(project, *arguments)[0] == 0
    assert json.loads((out / "manifest.json").read_text("utf-8"))["not_built"] == []
