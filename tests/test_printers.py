"""Printers as data: what one asks for is what its files are, and what it cannot print stays out."""

from __future__ import annotations

import subprocess

import pikepdf
import pytest
from projects import assert_told, edit

from handbill.checks.profile import load_profile
from handbill.checks.run import check_file
from handbill.design.printers import DEFAULT_PRINTER
from handbill.plan import Selection, Variant, plan
from handbill.scene import TextLine, walk
from handbill.units import to_mm


def press(root, output, *more):
    narrowed = ["--audience", "drivers", "--language", "en", "--edition", "press"]
    narrowed += ["--layout", "dl-roll-fold", "--layout", "a4-poster"]
    return ["--output", str(output), "--jobs", "1", *narrowed, *more]


def made_by(workshop, tmp_path, printer, language="en", layout="dl-roll-fold"):
    """The path of a file for a printer and what was made."""
    selection = Selection(("drivers",), (language,), (layout,), ("press",), (), (printer,))
    (variant,) = plan(workshop.campaign, workshop.design, selection)
    made = workshop.make(variant)
    path = tmp_path / "made.pdf"
    path.write_bytes(made.data)
    return path, made


def boxes(path):
    with pikepdf.open(path) as pdf:
        return [
            {
                key: [float(value) for value in page.obj[f"/{key}"]]
                for key in ("MediaBox", "BleedBox", "TrimBox")
            }
            for page in pdf.pages
        ]


def test_the_usual_printer_gets_the_exact_size(workshop, tmp_path):
    """UK upload shops refuse marks: the sheet is the trim and 3 mm of bleed, nothing else."""
    path, _ = made_by(workshop, tmp_path, DEFAULT_PRINTER)
    for page in boxes(path):
        assert page["MediaBox"] == page["BleedBox"]
        assert [round(to_mm(value), 1) for value in page["MediaBox"]] == [0, 0, 303, 216]


def test_marks_come_on_request_with_a_line_for_the_printer(workshop, tmp_path, oracle):
    """Who imposes by hand needs to see where to cut, and which way a leaflet opens."""
    path, made = made_by(workshop, tmp_path, "marks", "ur")
    for page in boxes(path):
        assert [round(to_mm(value), 1) for value in page["MediaBox"]] == [0, 0, 323, 236]
        assert [round(to_mm(value), 1) for value in page["TrimBox"]] == [13, 13, 310, 223]
    text = subprocess.run(
        [oracle("pdftotext"), str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "opens to the right" in text and "DRAFT TRANSLATION, NOT APPROVED" in text
    assert made.variant.file == "press-marks/ur/drivers-dl-roll-fold-marks.pdf"


def test_uncoated_paper_has_its_own_condition_and_ink_limit(workshop, tmp_path):
    """Ink spreads on uncoated paper: the file must say so, and the check must use its limit."""
    path, made = made_by(workshop, tmp_path, "uncoated")
    with pikepdf.open(path) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA47"
    assert made.profile.tac_percent == 280 and load_profile("press").tac_percent == 300
    assert check_file(path, made.profile, made.expected) == ()


def test_panels_are_as_wide_as_the_printer_folds_them(project, tmp_path):
    """Shops fold at 98/99/100 or 97/100/100: words must keep clear of the folds that are made."""
    edit(project / "layouts/printers/marks.yaml", "[97, 100, 100]", "[98, 99, 100]")
    from handbill.workshop import Workshop

    workshop = Workshop(project)
    for language, first in (("en", [98, 99, 100]), ("ur", [100, 99, 98])):
        variant = Variant("press", language, None, "drivers", "dl-roll-fold", "marks")
        pages = workshop.compose(variant, workshop.bind(variant)).scene.pages
        assert [round(to_mm(panel.rect.width)) for panel in pages[0].panels] == first
        assert [round(to_mm(panel.rect.width)) for panel in pages[1].panels] == first[::-1]
        path, made = made_by(workshop, tmp_path, "marks", language)
        assert check_file(path, made.profile, made.expected) == ()


def test_the_name_of_a_file_follows_the_printers_pattern(project, run, tmp_path):
    """A printer who sorts by code and language gets files named so."""
    edit(
        project / "layouts/printers/marks.yaml",
        "{audience}-{layout}-marks",
        "{code}_{language}_{audience}-{layout}_v{version}",
    )
    code, out, _ = run(project, *press(project, tmp_path / "out", "--printer", "marks"))
    assert code == 0, out
    names = sorted(path.name for path in (tmp_path / "out/press-marks/en").glob("NOTICE-*.pdf"))
    assert names == [
        "NOTICE-T-L_en_drivers-dl-roll-fold_v1.0.pdf",
        "NOTICE-T-P_en_drivers-a4-poster_v1.0.pdf",
    ]


@pytest.mark.parametrize(
    "old, new, code, words",
    [
        ("bleed_mm: 3", "bleed_mm: 9", "yaml/", ("bleed_mm",)),
        ("marks: false", "marks: maybe", "yaml/", ("marks",)),
        ("safe_mm: 5", "save_mm: 5", "yaml/unknown-key", ("save_mm", "safe_mm")),
        ("condition: FOGRA39", "condition: FOGRA51", "yaml/", ("condition",)),
        ('"{audience}-{layout}"', '"{audience}"', "yaml/", ("file_name",)),
        ('"{audience}-{layout}"', '"../{audience}-{layout}"', "yaml/", ("file_name",)),
        ('"{audience}-{layout}"', '"{audience.__class__}-{layout}"', "yaml/", ("file_name",)),
        ("[97, 100, 100]", "[97, 100, 101]", "layout/printer-panels", ("298", "297")),
        ("printer: upload", "printer: uplaod", "layout/printer-name", ("uplaod", "upload")),
    ],
)
def test_a_slip_in_a_printers_file_is_named(project, run, tmp_path, old, new, code, words):
    """A designer's slip is told with its file before anything is made."""
    edit(project / "layouts/printers/upload.yaml", old, new)
    exit_code, _, err = run(project, *press(project, tmp_path / "out"))
    assert exit_code == 2 and not (tmp_path / "out").exists()
    lines = [line for line in err.splitlines() if f"[{code}" in line]
    assert lines and "layouts/printers/upload.yaml" in lines[0], err
    if code.startswith("yaml"):
        assert all(word in err for word in words), err


def test_an_unknown_printer_is_named_with_the_nearest(root, run, tmp_path):
    """A misspelt printer must not fall back to the usual one."""
    code, _, err = run(root, *press(root, tmp_path / "out", "--printer", "uncoted"))
    assert code == 2
    assert_told(err, "command/unknown-name", "uncoted", "uncoated")


@pytest.mark.parametrize(
    "old, new, problem, words",
    [
        ("least_text_pt: 8", "least_text_pt: 14", "press/small-text", ("13.5 pt", "14 pt")),
        ("least_line_pt: 0.3", "least_line_pt: 9", "press/thin-line", ("thin", "9 pt")),
        ("tac_percent: 300", "tac_percent: 120", "writer/heavy-ink", ("120 %",)),
    ],
)
def test_what_a_printer_cannot_print_keeps_the_file_out(project, run, tmp_path, old, new, problem, words):
    """Type that is too small, lines too thin, too much ink: the piece is named and not handed out."""
    edit(project / "layouts/printers/upload.yaml", old, new)
    code, out, _ = run(project, *press(project, tmp_path / "out"))
    assert code == 1
    assert_told(out, problem, *words)
    assert not (tmp_path / "out/press/en/drivers-dl-roll-fold.pdf").exists()


def test_a_breach_names_the_line_of_the_content(project, run, tmp_path):
    """Whoever has to cut words is sent to them, not to a page of a file that was not made."""
    edit(project / "layouts/printers/upload.yaml", "least_text_pt: 8", "least_text_pt: 14")
    _, out, _ = run(project, *press(project, tmp_path / "out"))
    assert_told(out, "press/small-text", "content/messages/", ".yaml:", "13.5 pt", "more")
    assert len([line for line in out.splitlines() if "press/small-text" in line]) <= 4


def test_printers_share_the_words(workshop):
    """Whoever prints it, the words are the same: only boxes, marks and inks differ."""
    said = set()
    for printer in workshop.design.printers:
        variant = Variant("press", "ur", None, "parents", "dl-roll-fold", printer)
        scene = workshop.compose(variant, workshop.bind(variant)).scene
        said.add(
            tuple(
                item.line.text
                for page in scene.pages
                for item in walk(page.items)
                if isinstance(item, TextLine)
            )
        )
    assert len(said) == 1


@pytest.mark.parametrize(
    "old, new, check",
    [
        ("safe_mm: 5", "safe_mm: 9", "check/safe-zone"),
        ("fold_clear_mm: 5", "fold_clear_mm: 9", "check/folds"),
    ],
)
def test_a_printers_zones_reach_the_checks(project, run, tmp_path, old, new, check):
    """A printer who cuts or folds less exactly gets no file with words where the knife may go."""
    edit(project / "layouts/printers/upload.yaml", old, new)
    code, out, _ = run(project, *press(project, tmp_path / "out", "--layout", "dl-roll-fold"))
    assert code == 1
    assert_told(out, check)


def test_a_printers_bleed_reaches_file_and_checks(project, tmp_path):
    """Large formats are cut less exactly: 5 mm are drawn, said and looked for."""
    edit(project / "layouts/printers/upload.yaml", "bleed_mm: 3", "bleed_mm: 5")
    from handbill.workshop import Workshop

    path, made = made_by(Workshop(project), tmp_path, "upload")
    assert made.profile.bleed_mm == 5 and made.record["bleed_mm"] == 5
    for page in boxes(path):
        assert [round(to_mm(value), 1) for value in page["MediaBox"]] == [0, 0, 307, 220]
    assert check_file(path, made.profile, made.expected) == ()


def test_a_flap_that_would_buckle_is_refused(project, run, tmp_path):
    """A panel that is tucked in must be narrower than those around it (print-spec 3.3)."""
    edit(project / "layouts/printers/upload.yaml", "[97, 100, 100]", "[100, 100, 97]")
    code, _, err = run(project, *press(project, tmp_path / "out"))
    assert code == 2
    assert_told(err, "layout/printer-panels", "layouts/printers/upload.yaml", "buckle")
