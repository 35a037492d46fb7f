"""The job sheet as a PDF, made from a real folder of press files and judged by other readers."""

from __future__ import annotations

import hashlib
import re
import subprocess
from itertools import pairwise
from typing import NamedTuple

import pikepdf
import pytest
from job_records import AUDIENCES, order, record, records, specs
from readers import poppler_text, raster, squeeze
from structure_text import hear

from handbill.checks.profile import load_profile
from handbill.checks.run import check_file
from handbill.jobs.files import job_sheet_files, write_sheet
from handbill.jobs.job import JobSheet
from handbill.jobs.setting import Setter
from handbill.jobs.sheet import PAGE, compose_sheet
from handbill.plan import Selection, plan
from handbill.problems import PieceError
from handbill.scene import Group, Scene, TextLine, walk
from handbill.units import mm, to_mm

LANGUAGES = ("en", "ur", "bn")


class Ordered(NamedTuple):
    """A folder's records, its press scenes by file, its job sheet and the sheet's files."""

    language: str
    records: list[dict]
    scenes: dict[str, Scene]
    sheet: JobSheet
    pdf: object
    text: str


def files_of(workshop, given, language):
    theme, scripts = workshop.design.theme, workshop.scripts
    return job_sheet_files(
        given,
        specs(workshop),
        workshop.campaign.tongue(language),
        workshop.design.printers["upload"],
        campaign=workshop.campaign.name,
        version=workshop.campaign.version,
        audiences={name: placed.record.name for name, placed in workshop.campaign.audiences.items()},
        site=None,
        library=workshop.library,
        scripts=scripts,
        theme=theme,
        date=workshop.date,
    )


def setter_of(workshop, language):
    inks = workshop.design.theme.inks
    scripts = workshop.scripts
    return Setter(workshop.library, scripts["en"], scripts, night=inks["night"], pale=inks["mist"])


@pytest.fixture(scope="module")
def ordered(workshop, tmp_path_factory):
    """The job sheets of whole folders, from the press files of a real build."""
    from handbill.jobs.job import collect_job_sheet

    folder = tmp_path_factory.mktemp("jobs")
    found = {}
    for language in LANGUAGES:
        given, scenes = [], {}
        for variant in plan(
            workshop.campaign, workshop.design, Selection(languages=(language,), editions=("press",))
        ):
            try:
                made = workshop.make(variant)
            except PieceError:
                continue
            path = folder / variant.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.data)
            given.append(made.record | {"sha256": hashlib.sha256(made.data).hexdigest()})
            scenes[path.name] = workshop.compose(variant, workshop.bind(variant)).scene
        pdf, text = files_of(workshop, given, language)
        path = folder / "press" / language / "job-sheet.pdf"
        path.write_bytes(pdf)
        sheet = collect_job_sheet(
            given, specs(workshop), workshop.campaign.tongue(language), workshop.design.printers["upload"],
            campaign=workshop.campaign.name, version=workshop.campaign.version,
            audiences={name: placed.record.name for name, placed in workshop.campaign.audiences.items()},
        )  # fmt: skip
        found[language] = Ordered(language, given, scenes, sheet, path, text)
    return found


def figures(scene):
    return [
        item
        for page in scene.pages
        for item in walk(page.items)
        if isinstance(item, Group) and item.tag.role == "Figure"
    ]


# The drawing


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawn_panels_stand_as_the_press_prints_them(workshop, ordered, language):
    """Who folds by the drawing must find the panels where the sheet has them, on both sides."""
    one = ordered[language]
    for job in one.sheet.jobs:
        for file in job.files:
            pages = one.scenes[file.name].pages
            assert len(pages) == len(job.sides) == file.pages
            for page, side in zip(pages, job.sides, strict=True):
                names = [panel.name.replace("-", " ").capitalize() for panel in page.panels]
                assert [panel.name for panel in side.panels] == names, file.name
                widths = [round(to_mm(panel.rect.width), 2) for panel in page.panels]
                assert [panel.width_mm for panel in side.panels] == widths, file.name
                assert [round(to_mm(x), 2) for x in page.folds] == list(
                    side.folds_mm if job.is_folded else ()
                )
    scene = compose_sheet(one.sheet, setter_of(workshop, language))
    for job, figure in zip(one.sheet.jobs, figures(scene), strict=True):
        labels = [item for item in figure.items if isinstance(item, TextLine)]
        # The panel of a side that is called as the side is named once, above it.
        names = [panel.name for side in job.sides for panel in side.panels]
        drawn = sorted((item for item in labels if item.line.text in names), key=lambda item: item.x)
        assert [item.line.text for item in drawn] == names
        assert all(name in figure.tag.alt for name in names)


def test_drawn_panels_are_in_proportion(workshop, ordered):
    """97 mm beside 100 mm must look narrower, or the drawing misleads who folds by eye."""
    for one in ordered.values():
        scene = compose_sheet(one.sheet, setter_of(workshop, one.language))
        job, figure = one.sheet.jobs[0], figures(scene)[0]
        marks = sorted(
            item.ops[0][1][0]
            for item in figure.items
            if getattr(item, "dash", ()) and item.ops[0][1][0] == item.ops[-1][1][0]
        )
        outlines = [
            item.ops for item in figure.items if getattr(item, "width", 0) == 1.0 and len(item.ops) == 5
        ]
        outside, inside = sorted(outlines[:2], key=lambda ops: ops[0][1][0])
        assert len(marks) == 4
        for ops, folds, side in ((outside, marks[:2], job.sides[0]), (inside, marks[2:], job.sides[1])):
            (left, low), (right, top) = ops[0][1], ops[2][1]
            scale = (right - left) / job.flat_mm[0]
            assert (top - low) / scale == pytest.approx(job.flat_mm[1])
            assert [(fold - left) / scale for fold in folds] == pytest.approx(list(side.folds_mm))


def test_the_spine_is_where_the_language_has_it(workshop, ordered):
    """“Opens to the RIGHT” is what makes or spoils an Urdu leaflet: words, drawing and description agree."""
    for language, side in (("en", "left"), ("ur", "RIGHT")):
        scene = compose_sheet(ordered[language].sheet, setter_of(workshop, language))
        figure = figures(scene)[0]
        assert f"spine on the {side.lower()}, opens to the {side}." in figure.tag.alt
        at = {item.line.text: item.x for item in figure.items if isinstance(item, TextLine)}
        assert side in at
        front = max(
            item.x for item in figure.items if isinstance(item, TextLine) and item.line.text == "front"
        )
        assert (at["spine"] > front) == (language == "ur")


# The file


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_and_its_checksum_can_be_read_back(ordered, oracle, language):
    """What is sent is what was made: each file once, with the checksum of its own bytes."""
    one = ordered[language]
    words = poppler_text(one.pdf, oracle("pdftotext"), "-layout")
    squeezed, plain = squeeze(words), squeeze(one.text)
    files = sorted(path.name for path in one.pdf.parent.glob("*.pdf") if path != one.pdf)
    assert len(files) == len(one.records) > 0
    for name in files:
        digest = hashlib.sha256((one.pdf.parent / name).read_bytes()).hexdigest()
        # What says which posters have tabs names a file too, and goes on after its name.
        rows = [line for line in words.splitlines() if re.match(rf"\s*{re.escape(name)}(?! alone)", line)]
        assert len(rows) == 1, name
        assert squeezed.count(digest) == 1 and plain.count(digest) == 1, name
        assert [line.strip() for line in one.text.splitlines()].count(name) == 1, name


def test_titles_are_heard_in_their_language(ordered):
    """A screen reader must not spell an Urdu title with an English voice."""
    for one in ordered.values():
        heard = hear(one.pdf)
        for file in one.sheet.files:
            for language, title in file.titles:
                said = [item for item in heard if item.text == title]
                assert said, file.name
                assert all(lang == language for item in said for lang, _ in item.tongues), file.name


def test_what_is_heard_is_in_order(ordered):
    """Headings for the sheet, each job and each file, levels without a gap; facts and checks are lists."""
    for one in ordered.values():
        heard = hear(one.pdf)
        headings = [(int(item.role[1]), item.text) for item in heard if re.fullmatch("H[1-6]", item.role)]
        wanted = [(1, "Job sheet")]
        for number, job in enumerate(one.sheet.jobs, 1):
            wanted.append((2, f"{number}  {job.name}"))
            wanted += [(3, file.name) for file in job.files]
        wanted.append((2, "Before you say yes to the proof"))
        assert headings == wanted
        assert all(after <= before + 1 for (before, _), (after, _) in pairwise(headings))
        bodies = [item.text for item in heard if item.role == "LBody"]
        assert bodies == [value for job in one.sheet.jobs for _, value in job.facts] + list(one.sheet.checks)


def test_drafts_are_marked_on_every_page(workshop, ordered, oracle, tmp_path):
    """Paper parts: the second page alone must say it too. Approved files bear no such mark."""
    program = oracle("pdftotext")
    for one in ordered.values():
        pages = poppler_text(one.pdf, program).split("\f")[:-1]
        assert len(pages) > 1 and all("DRAFT: NOT TO BE PRINTED" in page for page in pages)
    sheet = order(workshop, records("ur", state="approved"), "ur")
    path = tmp_path / "approved.pdf"
    theme = workshop.design.theme
    path.write_bytes(write_sheet(sheet, workshop.library, workshop.scripts, theme, workshop.date))
    words = poppler_text(path, program)
    assert "DRAFT" not in words and "Approved" in words


def test_two_jobs_take_the_two_sides_of_a_sheet(workshop):
    """Leaflet and poster: one sheet of paper to pin up."""
    given = [
        record("ur", audience, layout) for audience in AUDIENCES for layout in ("dl-roll-fold", "a4-poster")
    ]
    assert len(compose_sheet(order(workshop, given, "ur"), setter_of(workshop, "ur")).pages) == 2


def test_one_job_takes_one_page(workshop):
    """Whoever orders posters alone gets a single page."""
    given = [record("ur", audience, "a4-poster") for audience in AUDIENCES]
    scene = compose_sheet(order(workshop, given, "ur"), setter_of(workshop, "ur"))
    assert len(scene.pages) == 1


def test_a_folder_with_many_files_goes_on_on_further_pages(workshop):
    """More files than a page holds: none is lost, none stands in the margin."""
    given = [
        record("ur", "parents", "dl-roll-fold", file=f"press/ur/parents-{number:02}-dl-roll-fold.pdf")
        for number in range(30)
    ]
    scene = compose_sheet(order(workshop, given, "ur"), setter_of(workshop, "ur"))
    assert len(scene.pages) > 2
    lines = [item for page in scene.pages for item in walk(page.items) if isinstance(item, TextLine)]
    names = [item.line.text for item in lines if item.line.text.endswith("-dl-roll-fold.pdf")]
    assert names == [one["file"].rsplit("/", 1)[1] for one in given]
    for item in lines:
        assert item.y >= mm(10) and item.y <= PAGE[1] - mm(10)


def test_any_office_printer_can_print_it(ordered):
    """Nothing within 10 mm of an edge (print-spec 3.6)."""
    dpi = 100
    edge = int(10 / 25.4 * dpi)
    for one in ordered.values():
        with pikepdf.open(one.pdf) as pdf:
            for page in pdf.pages:
                assert [round(to_mm(float(side))) for side in page.mediabox] == [0, 0, 210, 297]
        for page in raster(one.pdf, dpi):
            assert page[edge:-edge, edge:-edge].min() < 64, "nothing is printed at all"
            for strip in (page[:edge], page[-edge:], page[:, :edge], page[:, -edge:]):
                assert strip.min() > 250, one.language


def test_own_checks_find_nothing(ordered):
    """The checks that any office file is held to."""
    for one in ordered.values():
        assert [finding.what for finding in check_file(one.pdf, load_profile("office"))] == [], one.language


def test_qpdf_finds_nothing_wrong(ordered, oracle):
    """A damaged sheet would hold up an order."""
    for one in ordered.values():
        done = subprocess.run([oracle("qpdf"), "--check", str(one.pdf)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_same_order_same_bytes(workshop, ordered):
    """Or a folder that was made again would look like another order."""
    for one in ordered.values():
        pdf, text = files_of(workshop, list(reversed(one.records)), one.language)
        assert pdf == one.pdf.read_bytes() and text == one.text, one.language
