"""The last gate: a finished file that readers find fault with does not get its name."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

import pytest
from projects import edit

from handbill.build import make_file
from handbill.plan import Variant
from handbill.units import to_mm
from handbill.workshop import Workshop

VARIANT = Variant("press", "en", None, "drivers", "a4-poster")


class Spoiling:
    """A workshop whose files come out wrong in one respect."""

    def __init__(self, workshop, old, new):
        self._workshop, self._old, self._new = workshop, old, new

    def make(self, variant):
        made = self._workshop.make(variant)
        assert self._old in made.data
        return replace(made, data=made.data.replace(self._old, self._new))


def test_a_good_file_gets_its_name(workshop, tmp_path):
    """The gate lets good files through."""
    outcome = make_file(workshop, VARIANT, tmp_path)
    assert outcome.record is not None and outcome.record["problems"] == []
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["drivers-a4-poster.pdf"]


def test_a_file_with_a_fault_is_kept_out_and_the_fault_is_named(workshop, tmp_path):
    """A trim box that was lost on the way would be cut wrong at the printer's."""
    outcome = make_file(Spoiling(workshop, b"/TrimBox", b"/TrimBux"), VARIANT, tmp_path)
    assert outcome.record is None
    assert any(problem.code == "check/boxes" for problem in outcome.problems)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_number_that_is_not_the_registers_is_kept_out(workshop, tmp_path):
    """The finished page is read back and compared with the register, digit for digit."""
    made = workshop.make(VARIANT)
    wrong = replace(
        made.expected,
        contacts=tuple("0800 555 112" if c == "0800 555 111" else c for c in made.expected.contacts),
    )

    class Other:
        def make(self, variant):
            return replace(made, expected=wrong)

    outcome = make_file(Other(), VARIANT, tmp_path)
    assert outcome.record is None
    assert any(problem.code == "check/numbers" for problem in outcome.problems)


@pytest.mark.parametrize(
    ("language", "source", "words"),
    [
        ("en", "content/messages/parents.yaml", "What to do"),
        ("ur", "content/translations/ur.po", "کیا کریں"),
    ],
)
def test_a_breach_names_the_line_of_content_whose_words_it_hurts(project, tmp_path, language, source, words):
    """“37 mm from the left” helps whoever has the file open; who wrote the words needs their line.

    A designer has set a margin of 2 mm: the words come too near the cut, and the file stays out.
    """
    layout = project / "layouts" / "dl-roll-fold" / "layout.yaml"
    region = "{region: inside-3, margins: {top: 15, bottom: 6.5, sides: 8.5}"
    edit(layout, region, region.replace("8.5", "2"))
    workshop = Workshop(project)
    outcome = make_file(
        workshop, Variant("press", language, None, "parents", "dl-roll-fold"), tmp_path / "out"
    )
    assert outcome.record is None
    assert {problem.code for problem in outcome.problems} == {"check/safe-zone", "check/folds"}
    told = [problem.what for problem in outcome.problems]
    lines = [re.search(rf"words from {source}, line (\d+)\.", what) for what in told]
    assert all(lines), told
    named = [
        (problem.code, int(line[1])) for problem, line in zip(outcome.problems, lines, strict=True) if line
    ]
    assert len(named) == len(set(named)) > 4, "each line of content once by each check"
    written = (project / source).read_text("utf-8").splitlines()
    assert any(words in " ".join(written[line - 1 : line + 8]) for _, line in named), named


def test_a_fault_far_from_words_names_none(workshop):
    """A wrong line of content sends somebody to mend what is whole."""
    expected = workshop.make(VARIANT).expected
    paragraph = next(one for one in expected.paragraphs if one.lines and one.place)
    (line, *_) = paragraph.lines
    height = expected.pages[line.page - 1].height
    middle = (to_mm(line.box.x + line.box.width / 2), to_mm(height - line.box.y - line.box.height / 2))
    assert expected.source_at(line.page, middle) == f"There are words from {paragraph.source}."
    assert paragraph.source == f"{paragraph.place.file}, line {paragraph.place.line}"
    above = (middle[0], to_mm(height - line.box.top) - 3)
    assert expected.source_at(line.page, above) == f"Next to it are words from {paragraph.source}."
    assert expected.source_at(line.page, (-40, -40)) == ""
    assert expected.source_at(line.page, None) == expected.source_at(None, None) == ""
    assert expected.source_at(9, middle) == ""


def test_a_job_sheet_lists_all_that_lies_in_its_folder(root, run, tmp_path):
    """A sheet that lists only what was made last would leave half of the order out."""
    out = tmp_path / "out"
    common = ["--output", str(out), "--jobs", "1", "--language", "en", "--edition", "press"]
    for layout in ("a4-poster", "dl-roll-fold"):
        assert run(root, *common, "--audience", "drivers", "--layout", layout)[0] == 0
    text = (out / "press/en/job-sheet.txt").read_text("utf-8")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert len(manifest["documents"]) == 2
    for record in manifest["documents"]:
        assert record["file"].split("/")[-1] in text
        assert record["sha256"] in "".join(text.split())
    (sheet,) = manifest["job_sheets"]
    assert sheet["file"] == "press/en/job-sheet.pdf"
    assert hashlib.sha256((out / sheet["file"]).read_bytes()).hexdigest() == sheet["sha256"]
    assert (out / sheet["text"]).is_file()


def test_a_job_sheet_goes_when_its_files_do(project, run, tmp_path):
    """A sheet beside no files would order leaflets that were withdrawn."""
    out = tmp_path / "out"
    arguments = ["--output", str(out), "--jobs", "1", "--audience", "drivers", "--language", "en"]
    arguments += ["--edition", "press", "--layout", "a4-poster"]
    assert run(project, *arguments)[0] == 0
    edit(project / "layouts/printers/upload.yaml", "least_text_pt: 8", "least_text_pt: 30")
    assert run(project, *arguments)[0] == 1
    assert not (out / "press/en").exists()
    assert json.loads((out / "manifest.json").read_text("utf-8"))["job_sheets"] == []


def test_what_can_no_longer_be_made_is_taken_away(project, run, tmp_path):
    """A layout that was renamed leaves files that nothing holds to the content any more; the next build
    takes them away, and no job sheet orders them."""
    out = tmp_path / "out"
    arguments = ["--output", str(out), "--jobs", "1", "--audience", "drivers", "--language", "en"]
    arguments += ["--edition", "press"]
    assert run(project, *arguments, "--layout", "a4-poster", "--layout", "dl-roll-fold")[0] == 0
    (project / "layouts/a4-poster").rename(project / "layouts/a4-notice")
    edit(project / "layouts/a4-notice/layout.yaml", "layout: a4-poster", "layout: a4-notice")
    code, told, _ = run(project, *arguments, "--layout", "dl-roll-fold")
    assert code == 0 and "Removed the earlier press/en/drivers-a4-poster.pdf" in told
    assert not (out / "press/en/drivers-a4-poster.pdf").exists()
    assert "drivers-a4-poster.pdf" not in (out / "press/en/job-sheet.txt").read_text("utf-8")
    files = [record["file"] for record in json.loads((out / "manifest.json").read_text())["documents"]]
    assert files == ["press/en/drivers-dl-roll-fold.pdf"]


def test_no_older_version_is_ordered(project, run, tmp_path):
    """After the words have changed, a sheet lists what was made anew, not what still says the old."""
    out = tmp_path / "out"
    common = ["--output", str(out), "--jobs", "1", "--language", "en", "--edition", "press"]
    common += ["--layout", "a4-poster"]
    assert run(project, *common, "--audience", "drivers", "--audience", "parents")[0] == 0
    edit(project / "content/campaign.yaml", 'version: "1.0"', 'version: "1.1"')
    assert run(project, *common, "--audience", "drivers")[0] == 0
    text = (out / "press/en/job-sheet.txt").read_text("utf-8")
    assert "drivers-a4-poster.pdf" in text and "parents-a4-poster.pdf" not in text
    assert "version 1.1" in text and "version 1.0" not in text


def test_a_manifest_of_an_earlier_program_does_no_harm(root, run, tmp_path):
    """Its records tell less than this build needs; they are left alone."""
    out = tmp_path / "out"
    (out / "press/en").mkdir(parents=True)
    (out / "press/en/drivers-a4-poster.pdf").write_bytes(b"old")
    old = {"file": "press/en/drivers-a4-poster.pdf", "edition": "press", "layout": "a4-poster"}
    old["sha256"] = hashlib.sha256(b"old").hexdigest()
    (out / "manifest.json").write_text(json.dumps({"documents": [old]}), "utf-8")
    arguments = ["--audience", "drivers", "--language", "en", "--layout", "dl-roll-fold"]
    arguments += ["--edition", "press", "--output", str(out), "--jobs", "1"]
    assert run(root, *arguments)[0] == 0
    files = [record["file"] for record in json.loads((out / "manifest.json").read_text())["documents"]]
    assert files == ["press/en/drivers-dl-roll-fold.pdf"]


def test_approved_words_without_numbers_are_not_ordered(project, run, tmp_path):
    """A page that still says [COUNCIL NUMBER] must not be printed, however well its words are approved."""
    edit(project / "content/campaign.yaml", 'version: "1.0"', 'version: "1.0"\napproved: 2026-11-20')
    arguments = ["--audience", "parents", "--language", "en", "--layout", "a4-poster", "--edition", "press"]
    assert run(project, *arguments, "--output", str(tmp_path / "out"), "--jobs", "1")[0] == 0
    text = (tmp_path / "out/press/en/job-sheet.txt").read_text("utf-8")
    assert "DRAFT: NOT TO BE PRINTED" in text and "numbers are missing" in text and "no publisher" in text
