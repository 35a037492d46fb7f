"""Bilingual leaflets: two languages of equal standing on one sheet, folded once, a cover for each.

Wales prints Welsh beside English at equal size (brief, terminology.md, Welsh); how the panels lie for a
language that is read from right to left is in print-spec 3.3. The pairs here are of languages that
have long been translated, in a copy of the project.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from projects import assert_told, edit
from structure_text import hear
from test_gallery_page import Page

from handbill.build import build
from handbill.checks.profile import load_profile
from handbill.checks.run import check_file
from handbill.gallery.page import draw_page
from handbill.plan import Selection, plan
from handbill.scene import Group, TextLine, walk
from handbill.survey.survey import survey
from handbill.units import mm
from handbill.workshop import Workshop

PAIRS = ("pl+en", "ur+en", "en+ur")
LAYOUT = "a5-bilingual"
WIDTH = mm(297)
MIDDLE = WIDTH / 2


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory):
    """The project as it would be with other pairs of languages, loaded."""
    root = tmp_path_factory.mktemp("bilingual")
    for name in ("content", "layouts"):
        shutil.copytree(ROOT / name, root / name)
    (root / "fonts").symlink_to(ROOT / "fonts")
    declare(root, ", ".join(PAIRS))
    return Workshop(root)


def declare(root, pairs):
    """Let the campaign have these pairs of languages alone."""
    file = root / "content" / "campaign.yaml"
    text, count = re.subn(r"(?m)^bilingual: .*$", f"bilingual: [{pairs}]", file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def built(bilingual, tmp_path_factory):
    """The output folder with the drivers' leaflets of all pairs, and its manifest's records by file."""
    output = tmp_path_factory.mktemp("built")
    variants = plan(bilingual.campaign, bilingual.design, chosen())
    report = build(bilingual, variants, output, jobs=1)
    assert not report.not_built and not any(sheet.problems for sheet in report.sheets)
    return SimpleNamespace(folder=output, records={record["file"]: record for record in report.documents})


def chosen(*languages, audience="drivers", editions=("press", "office", "web")):
    return Selection((audience,), languages or PAIRS, (LAYOUT,), editions)


def composed(workshop, language, audience="drivers"):
    (variant,) = plan(
        workshop.campaign, workshop.design, chosen(language, audience=audience, editions=("press",))
    )
    return workshop.compose(variant, workshop.bind(variant))


def languages_of(page):
    """The language of the words on the left half of a sheet, and on the right."""
    found = ({}, {})
    for group in page.items:
        for item in walk((group,)):
            if isinstance(item, TextLine):
                half = found[item.x + item.line.width / 2 > MIDDLE]
                for run in item.line.runs:
                    half[run.lang] = half.get(run.lang, 0) + len(run.text)
    return tuple(max(half, key=half.get) for half in found)


# The sheet


@pytest.mark.parametrize(
    ("pair", "outside", "inside"),
    [
        ("pl+en", ("en", "pl"), ("pl", "en")),
        # Each a front to its readers: the Urdu cover opens to the right, the English one to the left.
        ("ur+en", ("ur", "en"), ("en", "ur")),
        ("en+ur", ("ur", "en"), ("en", "ur")),
    ],
)
def test_each_language_has_its_cover_and_its_text_behind_it(bilingual, pair, outside, inside):
    """Who takes the sheet up from either side holds a leaflet in their language; a cover with the other
    language behind it would send half its readers away. The panels lie as print-spec 3.3 has them."""
    first, second = composed(bilingual, pair).scene.pages
    assert (languages_of(first), languages_of(second)) == (outside, inside)
    assert first.folds == second.folds == (pytest.approx(MIDDLE),)


@pytest.mark.parametrize("pair", PAIRS)
def test_art_faces_as_its_language_is_read(bilingual, pair):
    """The odd lamp stands where the eye ends: right on an English cover, left on an Urdu one."""
    page = composed(bilingual, pair).scene.pages[0]
    lamps = {
        group.region: group
        for group in page.items
        if group.tag.role == "Artifact" and any(getattr(item, "fill", None) for item in group.items)
    }
    assert set(lamps) == {"cover", "second-cover"}
    for name, group in lamps.items():
        odd = [item for item in walk(group.items) if item.fill and item.fill.name == "signal"]
        assert odd, name
        panel = next(panel for panel in page.panels if panel.name == name)
        x = sum(op[1][-2] for op in odd[0].ops if op[1]) / sum(bool(op[1]) for op in odd[0].ops)
        language = pair.split("+")[name == "second-cover"]
        assert (x < panel.rect.x + panel.rect.width / 2) == (language == "ur"), name


@pytest.mark.parametrize("audience", ["parents", "young-people", "drivers", "shop-workers"])
def test_both_languages_are_set_at_the_same_sizes(bilingual, audience, tmp_path):
    """The law asks for equal size. Read from the finished file: one face and size for each role, in both
    halves of both sides, whichever language needed the room."""
    (variant,) = plan(
        bilingual.campaign, bilingual.design, chosen("pl+en", audience=audience, editions=("press",))
    )
    path = tmp_path / "sheet.pdf"
    path.write_bytes(bilingual.make(variant).data)
    with pypdfium2.PdfDocument(path) as document:
        for number in range(2):
            page = document[number]
            halves = (set(), set())
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                left, _, right, _ = item.get_bounds()
                if right > left:
                    halves[(left + right) / 2 > page.get_width() / 2].add(round(item.get_font_size(), 2))
            assert halves[0] == halves[1] and len(halves[0]) >= 2, (number, halves)


def test_a_longer_language_makes_both_smaller(bilingual):
    """English that kept its own size where Polish had to give way would be the larger of the two."""
    (variant,) = plan(bilingual.campaign, bilingual.design, chosen("pl+en", editions=("press",)))
    pair = bilingual.bind(variant)
    both = bilingual.compose(variant, pair).sizes["body"]
    english = replace(pair, halves=(pair.halves[1], pair.halves[1]))
    alone = bilingual.compose(variant, english).sizes["body"]
    assert both < alone


@pytest.mark.parametrize("pair", PAIRS)
def test_fields_of_both_languages_begin_and_end_on_one_line(bilingual, pair):
    """Side by side on the spread, a step in the coloured field would make one half look the lesser."""
    fits = {}
    for fit in composed(bilingual, pair).fits:
        fits.setdefault(fit.panel.removeprefix("second-"), []).append((fit.region, fit.room_mm))
    for panel, rooms in fits.items():
        half = len(rooms) // 2
        assert half and sorted(rooms[:half]) == sorted(rooms[half:]), panel


@pytest.mark.parametrize("pair", PAIRS)
def test_both_languages_hold_the_same_blocks_and_figures(bilingual, pair):
    """Nothing is said in one language that is not said in the other."""
    scene = composed(bilingual, pair).scene
    blocks, figures = {}, {}
    for page in scene.pages:
        for top in page.items:
            for item in walk((top,)):
                if isinstance(item, Group):
                    tongue = top.tag.lang or scene.lang
                    if item.tag.block:
                        blocks.setdefault(tongue, set()).add(item.tag.block)
                    if item.tag.role == "Figure":
                        figures[tongue] = figures.get(tongue, 0) + 1
    first, second = pair.split("+")
    assert blocks[first] == blocks[second] and len(blocks[first]) >= 4
    assert figures.get(first) == figures.get(second)


def test_the_fit_report_measures_each_half_of_a_pair(bilingual):
    """A translator into Welsh must learn that a string is too long for the bilingual leaflet; whose
    language is in no pair has nothing in it to be measured."""
    polish = survey(bilingual, "pl", ("drivers",), (LAYOUT,))
    assert {row.fit.panel for row in polish.rows} == {"cover", "inside"} and not polish.overset
    assert not survey(bilingual, "bn", ("drivers",), (LAYOUT,)).rows


# What is heard


@pytest.mark.parametrize("pair", PAIRS)
def test_the_first_language_is_read_to_its_end_before_the_second_begins(built, pair):
    """A screen reader that changed languages panel by panel could be followed by nobody."""
    heard = [item for item in hear(built.folder / f"web/{pair}/drivers-{LAYOUT}.pdf") if item.tongues]
    names = {"en", *pair.split("+")}
    told = [{lang for lang, _ in item.tongues} for item in heard]
    assert all(found <= names for found in told)
    # Names of services are English in either half, and stand beside words that are not.
    order = [found.pop() for found in told if len(found) == 1]
    first, second = pair.split("+")
    turn = order.index(second)
    assert 5 < turn < len(order) - 5
    assert set(order[:turn]) == {first} and set(order[turn:]) == {second}


@pytest.mark.parametrize("pair", PAIRS)
def test_each_half_says_its_language_and_direction(built, pair):
    """An English voice cannot read Urdu, nor a reader that copies from the right an English line."""
    first, second = pair.split("+")
    with pikepdf.open(built.folder / f"web/{pair}/drivers-{LAYOUT}.pdf") as pdf:
        assert str(pdf.Root.Lang) == first
        document = pdf.Root.StructTreeRoot.K
        said = [
            (str(half.get("/Lang", first)), str(half.get("/A", {}).get("/WritingMode", "")))
            for half in document.K
        ]
        languages = [lang for lang, _ in said]
        assert languages == sorted(languages, key=[first, second].index) and set(languages) == {first, second}
        modes = {mode for lang, mode in said if lang == second}
        assert modes == {"/RlTb" if second == "ur" else "/LrTb"}
        listed = re.findall("<rdf:li>(.*?)</rdf:li>", pdf.Root.Metadata.read_bytes().decode("utf-8"))
        assert listed[:2] == [first, second]


def test_links_are_described_in_the_language_they_stand_in(built):
    """“Telefon” before a number on the English page would be heard as a mistake."""
    with pikepdf.open(built.folder / f"web/pl+en/drivers-{LAYOUT}.pdf") as pdf:
        told = [[str(note.Contents) for note in page.get("/Annots", [])] for page in pdf.pages]
    assert len(told) == 4 and all(told)
    assert all(text.startswith("Phone:") for page in told[2:] for text in page)
    assert not any(text.startswith("Phone:") for page in told[:2] for text in page)


def test_web_files_meet_the_standard(built, vera):
    """PDF/UA-1 by an independent validator, languages and directions in one file or not."""
    paths = [built.folder / f"web/{pair}/drivers-{LAYOUT}.pdf" for pair in PAIRS]
    for path, found in zip(paths, vera(*paths).values(), strict=True):
        assert not found, f"{path}: {found}"


# Files and records


def test_every_edition_is_made_and_passes_what_is_asked_of_it(built):
    """Press, office and web, judged as whoever gets the file by mail would, with nothing else at hand."""
    assert set(built.records) == {
        f"{edition}/{pair}/drivers-{LAYOUT}.pdf" for edition in ("press", "office", "web") for pair in PAIRS
    }
    for file, record in built.records.items():
        assert record["language"] in PAIRS and record["state"] == "draft"
        assert record["pages"] == (4 if record["edition"] == "web" else 2)
        assert list(record["titles"]) == record["language"].split("+")
        assert all(title in record["title"] for title in record["titles"].values())
        findings = check_file(built.folder / file, load_profile(record["edition"]))
        assert not findings, (file, [str(finding) for finding in findings])
    assert built.records[f"office/pl+en/drivers-{LAYOUT}.pdf"]["sheet"]["duplex"] == "DuplexFlipShortEdge"


def test_a_large_number_on_both_sides_of_the_fold_is_two_numbers(bilingual, tmp_path):
    """Read as one, “0800 1111 0800 1111” looks like a number whose groups are turned round."""
    (variant,) = plan(
        bilingual.campaign, bilingual.design, chosen("ur+en", audience="young-people", editions=("press",))
    )
    path = tmp_path / "sheet.pdf"
    path.write_bytes(bilingual.make(variant).data)
    assert not check_file(path, load_profile("press"))


def test_the_job_sheet_tells_of_two_covers(built):
    """A printer who takes the second cover for an empty back, or folds it in, spoils the run."""
    said = (built.folder / "press/pl+en/job-sheet.txt").read_text("utf-8")
    assert "Polish + English" in said and "Polish is the front, English the back" in said
    assert said.index("Cover, English") < said.index("Cover, Polish") < said.index("Inside, Polish")
    said = (built.folder / "press/ur+en/job-sheet.txt").read_text("utf-8")
    assert "URDU IS READ FROM RIGHT TO LEFT" in said
    assert "Urdu and English, each a front to those who read it" in " ".join(said.split())


def test_the_gallery_offers_a_pair_as_a_language_of_its_own(built, bilingual):
    """A Welsh school ticks “Cymraeg + English” and gets the leaflets that it has to hand out."""
    manifest = json.loads((built.folder / "manifest.json").read_text("utf-8"))
    page = Page(draw_page(built.folder, manifest, bilingual.campaign, bilingual.design))
    assert [box["value"] for box in page.all("input", name="language")] == list(PAIRS)
    assert {card["data-language"] for card in page.all("article") if "data-language" in card} == set(PAIRS)
    titles = {title["lang"] for title in page.all("h3") if title.get("lang")}
    assert titles == {"pl", "ur", "en"}
    assert "3 pieces in 3 languages" in page.said


# What keeps it out


@pytest.mark.parametrize("broken", ["pl", "ur"])
def test_a_string_that_is_missing_in_either_half_keeps_the_leaflet_out(project, run, tmp_path, broken):
    """Half a leaflet in a language is none; the string is named with its catalogue."""
    declare(project, "pl+ur")
    catalogue = project / "content" / "translations" / f"{broken}.po"
    text = catalogue.read_text("utf-8")
    start = text.index("msgstr", text.index('msgctxt "t-cover"'))
    end = text.index("\n\n", start)
    catalogue.write_text(f'{text[:start]}msgstr ""{text[end:]}', "utf-8")
    out = tmp_path / "out"
    narrow = ("--language", "pl+ur", "--audience", "drivers", "--edition", "web", "--jobs", "1")
    code, said, _ = run(project, *narrow, "--output", str(out))
    assert code == 1
    assert_told(said, "translation/missing", f"content/translations/{broken}.po", "t-cover")
    assert not list(out.glob("web/**/*.pdf"))


@pytest.mark.parametrize(
    ("pairs", "code", "word"),
    [
        ("cz+en", "content/unknown-language", "cz"),
        ("pl+pl", "content/bilingual", "twice"),
        ("pl", "content/bilingual", "no pair"),
        ("pl+en+ur", "content/bilingual", "no pair"),
        ("pl+", "content/bilingual", "no pair"),
        ("pl+en, pl+en", "content/bilingual", "twice"),
    ],
)
def test_a_pair_that_is_none_is_told_with_its_line(project, run, pairs, code, word):
    """A slip in the campaign's file must not leave a country without its leaflet in silence."""
    declare(project, pairs)
    status, _, err = run(project, "--list")
    assert status == 2
    assert_told(err, code, "content/campaign.yaml:", word)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("like: cover,", "like: inside,", "each panel has one other"),
        ("like: cover,", "like: front,", "each panel has one other"),
        ("{name: second-cover, like: cover, width: 148.5}",
         "{name: second-cover, like: cover, width: 148.5, ground: hero}", "only a name and a width"),
    ],
)  # fmt: skip
def test_a_panel_that_is_like_no_other_is_told(project, run, old, new, word):
    """Halves that differ are what a bilingual layout cannot have."""
    edit(project / "layouts" / LAYOUT / "layout.yaml", old, new)
    status, _, err = run(project, "--list")
    assert status == 2 and f"layouts/{LAYOUT}/layout.yaml" in err and word in err


def test_a_pair_has_bilingual_leaflets_alone_and_a_language_none(bilingual, run):
    """``--language en`` asks for English, not for English with Urdu beside it."""
    everything = plan(bilingual.campaign, bilingual.design, Selection())
    for variant in everything:
        assert (variant.layout == LAYOUT) == ("+" in variant.language), variant.file
    assert {variant.language for variant in everything if variant.layout == LAYOUT} == set(PAIRS)


def test_it_is_made_anew_when_either_catalogue_changes(project):
    """A sheet whose English half was mended and whose Polish was not looked at would go out half old."""
    declare(project, "pl+ur")
    before = Workshop(project)
    (variant,) = plan(before.campaign, before.design, chosen("pl+ur", editions=("web",)))
    prints = {before.fingerprints.of(variant)}
    for language in ("pl", "ur"):
        catalogue = project / "content" / "translations" / f"{language}.po"
        text = catalogue.read_text("utf-8")
        at = text.index('msgstr "', text.index('msgctxt "t-cover"')) + len('msgstr "')
        catalogue.write_text(f"{text[:at]}{text[at]}{text[at:]}", "utf-8")
        prints.add(Workshop(project).fingerprints.of(variant))
    assert len(prints) == 3


def test_the_same_words_give_the_same_bytes(bilingual, built):
    """Or nobody could tell whether the file at the printer's is the one that was approved."""
    for variant in plan(bilingual.campaign, bilingual.design, chosen("ur+en")):
        digest = hashlib.sha256(bilingual.make(variant).data).hexdigest()
        assert digest == built.records[variant.file]["sha256"], variant.file


def test_half_a_pair_that_is_no_more_than_a_draft_is_not_released(bilingual):
    """The half that is approved must not carry the other out."""
    (variant,) = plan(bilingual.campaign, bilingual.design, chosen("pl+en", editions=("web",)))
    told = {str(problem) for problem in bilingual.judge_release(variant).hindrances}
    assert any("Polish" in one for one in told) and any("English" in one for one in told)
