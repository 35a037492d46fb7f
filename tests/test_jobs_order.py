"""What a job sheet says of an order: sizes, folds, panels, drafts, and the same as plain text."""

from __future__ import annotations

import difflib
import os
import typing

import pytest
from job_records import order, record, records, specs

from handbill.design.layouts import LayoutFile
from handbill.jobs.folds import FOLDS
from handbill.jobs.text import write_text


def facts(job):
    return dict(job.facts)


def test_no_files_no_sheet(workshop):
    """An empty folder orders nothing."""
    assert order(workshop, [], "en") is None


def test_files_of_two_folders_are_never_one_order(workshop):
    """A printer who folds Urdu as English spoils the run; this is the caller's fault, not a user's."""
    with pytest.raises(ValueError, match="one folder"):
        order(workshop, [*records("en"), *records("ur")], "en")


def test_every_file_stands_in_one_job_and_what_is_folded_comes_first(workshop):
    """A file left out is not printed; one named twice is paid twice."""
    sheet = order(workshop, records("ur"), "ur")
    assert [job.layout for job in sheet.jobs] == ["dl-roll-fold", "a4-poster"]
    assert sorted(file.name for file in sheet.files) == sorted(
        r["file"].rsplit("/", 1)[1] for r in records("ur")
    )
    wanted = {r["file"].rsplit("/", 1)[1]: r["sha256"] for r in records("ur")}
    assert {file.name: "".join(file.digest).replace(" ", "") for file in sheet.files} == wanted


def test_sizes_are_those_that_a_printer_quotes_by(workshop):
    """Print-spec 3.1: A4 to DL is 297 x 210 flat, 303 x 216 with bleed, 100 x 210 folded."""
    leaflet, poster = order(workshop, records("en"), "en").jobs
    assert facts(leaflet)["Finished size"] == "100 × 210 mm, folded"
    assert facts(leaflet)["Flat size"] == "297 × 210 mm"
    assert facts(leaflet)["With bleed"] == "303 × 216 mm (3 mm all round)"
    assert facts(poster)["Finished size"] == "210 × 297 mm"
    assert facts(poster)["With bleed"] == "216 × 303 mm (3 mm all round)"
    assert "Flat size" not in facts(poster) and "Fold" not in facts(poster)
    assert "4/4" in facts(leaflet)["Print"] and "4/0" in facts(poster)["Print"]


@pytest.mark.parametrize(
    ("language", "outside", "inside", "folds", "opens"),
    [
        ("en", [(2, 97), (6, 100), (1, 100)], [(3, 100), (4, 100), (5, 97)], "97 and 197", "left"),
        ("ur", [(1, 100), (6, 100), (2, 97)], [(5, 97), (4, 100), (3, 100)], "100 and 200", "RIGHT"),
    ],
)
def test_panels_stand_as_print_spec_3_3_says(workshop, language, outside, inside, folds, opens):
    """The table that folding machines are set by; an Urdu leaflet is the English one's mirror image."""
    job = order(workshop, records(language), language).jobs[0]
    assert [[(p.step, p.width_mm) for p in side.panels] for side in job.sides] == [outside, inside]
    for side in job.sides:
        assert sum(panel.width_mm for panel in side.panels) == job.flat_mm[0]
    assert facts(job)["Folds at"].startswith(f"{folds} mm, outside")
    assert facts(job)["Goes inside"] == "the flap, 97 mm wide, folded in first"
    assert f"to the {opens}" in facts(job)["Opens"]


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_panel_that_goes_inside_is_folded_first(workshop, language):
    """On the inside, the first panel to be folded is the flap's own back: at the same edge of the sheet
    when it is turned over."""
    outside, inside = order(workshop, records(language), language).jobs[0].sides
    flap = next(at for at, panel in enumerate(outside.panels) if panel.tucked)
    first, second = inside.moves
    assert (first.turn, second.turn) == (1, 2) and outside.moves == ()
    assert first.start == len(outside.panels) - 1 - flap
    front = next(at for at, panel in enumerate(outside.panels) if panel.front)
    assert second.start == len(outside.panels) - 1 - front
    assert first.end == second.end == 1


def test_every_fold_of_a_layout_is_known_here():
    """A layout may be folded in any way that its schema names: the sheet must know how."""
    assert set(typing.get_args(LayoutFile.model_fields["fold"].annotation)) == set(FOLDS)


def test_panel_widths_are_the_printers_own(workshop):
    """Some shops fold 98/99/100: the sheet shows what is in the file."""
    panels = {"dl-roll-fold": [98, 99, 100]}
    profile = workshop.design.printers["upload"].model_copy(update={"panels": panels})
    leaflet = workshop.design.layouts["dl-roll-fold"].adapted(profile).spec
    job = order(workshop, records("ur"), "ur", layouts={"dl-roll-fold": leaflet}).jobs[0]
    assert [panel.width_mm for panel in job.sides[0].panels] == [100, 99, 98]
    assert facts(job)["Folds at"].startswith("100 and 199 mm")


def test_what_the_printers_profile_says_is_on_the_sheet(workshop):
    """Marks, print condition, standard, ink and paper differ by printer."""
    plain, marked = (order(workshop, records("en"), "en", name).jobs[0] for name in ("uncoated", "marks"))
    assert facts(plain)["Colour"].startswith("FOGRA47 uncoated")
    assert facts(plain)["Marks"].startswith("none")
    assert "280 %" in facts(plain)["Files"] and "120 to 150 gsm" in facts(plain)["Paper"]
    assert facts(marked)["Marks"] == "crop and fold marks and a line of text, outside the bleed"
    given = [r | {"standard": "PDF/X-1a:2003"} for r in records("en")]
    assert facts(order(workshop, given, "en", "x1a").jobs[0])["Files"].startswith("PDF/X-1a:2003")


def test_creasing_is_said_once(workshop):
    """Heavy paper cracks in its folds: a profile may say so itself, else the sheet does."""
    profile = workshop.design.printers["upload"]
    bare = profile.model_copy(update={"stock": {"leaflet": "170 gsm silk"}})
    assert "Crease" not in facts(order(workshop, records("en"), "en").jobs[0])
    leaflet, poster = order(workshop, records("en"), "en", profile=bare).jobs
    assert "above 150 gsm" in facts(leaflet)["Crease"]
    assert "Crease" not in facts(poster) and facts(poster)["Paper"] == "as agreed with the printer"


def test_tabs_are_cut_where_there_are_tabs(workshop):
    """Only some posters have tear-off tabs; the printer must know which."""
    both = [record("en", audience, "tear-off-poster") for audience in ("parents", "young-people")]
    poster = order(workshop, both, "en").jobs[0]
    assert "5 tabs" in facts(poster)["Tear-off tabs"] and "alone" not in facts(poster)["Tear-off tabs"]
    both[0]["tabs"] = 0
    poster = order(workshop, both, "en").jobs[0]
    assert facts(poster)["Tear-off tabs"].endswith("on young-people-tear-off-poster.pdf alone")
    sheet = order(workshop, [record("en", "parents", "a4-poster")], "en")
    assert "Tear-off tabs" not in facts(sheet.jobs[0])
    assert not any("tabs" in check or "QR" in check for check in sheet.checks)


@pytest.mark.parametrize("state", ["source", "draft", "reviewed"])
def test_draft_text_is_kept_from_the_press(workshop, state):
    """Words that nobody approved must not be printed because someone sent the folder."""
    sheet = order(workshop, records("ur", state=state), "ur")
    assert sheet.warning and sheet.warning[0] == "DRAFT: NOT TO BE PRINTED"
    text = write_text(sheet)
    assert "*** DRAFT: NOT TO BE PRINTED ***" in text
    assert text.count("DRAFT: ") == 1 + len(sheet.files)


def test_approved_files_have_no_warning(workshop):
    """A warning that is always there is not read."""
    sheet = order(workshop, records("ur", state="approved"), "ur")
    assert sheet.warning is None
    assert "DRAFT" not in write_text(sheet)


def test_a_single_draft_among_approved_files_is_named(workshop):
    """The one that must stay behind is easily sent along."""
    given = records("ur", state="approved")
    given[0]["state"] = "reviewed"
    sheet = order(workshop, given, "ur")
    assert sheet.warning[0] == "1 OF 4 FILES IS A DRAFT: NOT TO BE PRINTED"
    assert [file.name for file in sheet.files if file.is_draft] == ["parents-a4-poster.pdf"]


@pytest.mark.parametrize(("language", "direction"), [("en", "left"), ("ur", "RIGHT")])
def test_text_is_as_recorded(workshop, root, language, direction):
    """What is mailed, whole: read the golden as a printer would. HANDBILL_GOLDENS=write writes it anew."""
    text = write_text(order(workshop, records(language), language))
    golden = root / "tests" / "goldens" / f"job-sheet-{language}.txt"
    if os.environ.get("HANDBILL_GOLDENS") == "write":
        golden.write_text(text, "utf-8")
    changes = difflib.unified_diff(
        golden.read_text("utf-8").splitlines(), text.splitlines(), "recorded", "now", lineterm="", n=1
    )
    assert not list(changes)
    assert f"opens to the {direction}" in " ".join(text.split())
    assert ("*** URDU IS READ FROM RIGHT TO LEFT" in text) == (language == "ur")


def test_text_can_be_mailed(workshop):
    """Mail programs break lines longer than 78 letters, and a broken drawing misleads."""
    for language in ("en", "ur"):
        text = write_text(order(workshop, records(language), language))
        assert max(len(line) for line in text.splitlines()) <= 78
        assert text.endswith("\n") and "\n\n\n" not in text


def test_layouts_are_not_changed_by_an_order(workshop):
    """Layouts are shared by the whole build."""
    before = specs(workshop)
    order(workshop, records("ur"), "ur")
    assert specs(workshop) == before
