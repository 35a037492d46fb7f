"""The last gate: a finished file that readers find fault with does not get its name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from projects import edit

from handbill.build import make_file
from handbill.plan import Variant

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
    assert not list((out / "press/en").iterdir())
    assert json.loads((out / "manifest.json").read_text("utf-8"))["job_sheets"] == []
