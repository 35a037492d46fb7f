"""The look: contrast, inks and panel widths of the layouts as shipped, and words that found their place."""

from __future__ import annotations

import pytest
from projects import assert_told, edit
from readers import pdfium_text

from handbill.design.layouts import load_design
from handbill.problems import InputError


def test_all_declared_pairs_of_inks_can_be_read(workshop):
    """Body text at least 7:1, large type 4.5:1, measured (WCAG 2.2)."""
    pairs = 0
    for audience in workshop.campaign.audiences:
        for ink, ground, purpose, ratio, least in workshop.design.theme.measure_contrast(audience):
            assert ratio >= least, f"{audience}: {ink} on {ground} for {purpose}: {ratio:.2f}"
            pairs += 1
    assert pairs >= 40


def test_a_pair_of_inks_that_is_lost_in_grey_is_refused(project):
    """The purple that the theme once had: yellow on it was 4.49:1 from a black-and-white printer."""
    theme = project / "layouts/theme.yaml"
    theme.write_text(theme.read_text("utf-8").replace("#583796", "#5b3a9b"), "utf-8")
    with pytest.raises(InputError) as caught:
        load_design(project, ("young-people",))
    assert [problem.code for problem in caught.value.problems] == ["layout/low-contrast"]
    assert "printed in grey" in caught.value.problems[0].what


def test_every_ink_can_be_printed(workshop):
    """At most three inks and 240 % in sum, or the sheet sets off and the registration shows."""
    for ink in workshop.design.theme.inks.values():
        assert sum(part > 0 for part in ink.cmyk) <= 3 and ink.coverage <= 240, ink


def test_roll_fold_has_a_narrower_flap(workshop):
    """97/100/100 outside and 100/100/97 inside, or the flap buckles when the sheet is folded."""
    spec = workshop.design.layouts["dl-roll-fold"].spec
    assert [[panel.width for panel in side.panels] for side in spec.sides] == [[97, 100, 100], [100, 100, 97]]


@pytest.mark.parametrize("audience", ["parents", "young-people", "drivers", "shop-workers"])
def test_what_may_be_dropped_holds_no_must_fact(workshop, audience):
    """Room is never made by leaving out what a reader must learn."""
    facts = workshop.campaign.facts
    for piece in workshop.campaign.audiences[audience].record.pieces.values():
        for _, _, name in piece.placed():
            block = workshop.campaign.blocks[name].record
            if block.optional:
                assert not [fact for fact in block.facts if facts[fact].need.get(audience) == "must"], name


def test_tabs_that_a_layout_has_no_place_for_are_told(project, run, tmp_path):
    """A poster that asks for tabs, in a layout that is not cut, would lose them without a word."""
    edit(project / "content/pieces/young-people.yaml", "foot: [y-qr]", "foot: [y-qr, y-tabs]")
    code, _, err = run(project, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "content/no-tabs", "content/pieces/young-people.yaml", "y-tabs", "poster")


def test_a_region_that_a_layout_has_not_is_told_or_left_out_on_purpose(project, run, tmp_path):
    """A short format that forgets a region forgets its words: with two layouts for one piece, nobody
    would see it in the other."""
    layout = project / "layouts/a3-poster/layout.yaml"
    text = layout.read_text("utf-8")
    (line,) = [line for line in text.splitlines(True) if "region: foot" in line]
    layout.write_text(text.replace(line, ""), "utf-8")
    narrow = ["--layout", "a3-poster", "--audience", "parents", "--language", "en", "--edition", "web"]
    code, _, err = run(project, *narrow, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "content/unknown-region", "content/pieces/parents.yaml", "a3-poster", "leaves_out")
    edit(layout, "display: true", "display: true\nleaves_out: [foot]")
    code, out, _ = run(project, *narrow, "--output", str(tmp_path / "out"))
    assert code == 0, out
    assert "Under 18" not in pdfium_text(tmp_path / "out/web/en/parents-a3-poster.pdf")


def test_a_fourth_number_on_a_poster_is_refused(project, run, tmp_path):
    """Who looks at a poster in passing remembers three at most (contacts brief, section 5)."""
    edit(
        project / "content/pieces/drivers.yaml",
        "numbers: [staff-numbers/short]\n      foot: [young-person-strip/short]\n  flyer",
        "numbers: [staff-numbers]\n      foot: [young-person-strip/short]\n  flyer",
    )
    code, _, err = run(project, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "content/too-many-cards", "content/pieces/drivers.yaml", "staff-numbers")


def test_tabs_need_a_number_and_a_place(project, run, tmp_path):
    """A number of tabs without a region for them, or the reverse, is a slip that is told."""
    edit(project / "layouts/tear-off-poster/layout.yaml", "tabs: 5\n", "")
    code, _, err = run(project, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "yaml/value", "layouts/tear-off-poster/layout.yaml", "tabs")


def test_a_poster_with_tabs_has_one_row_of_them(project, run, tmp_path):
    """Without the block the foot of the sheet stays empty, and the words above it slip to the cut."""
    edit(project / "content/pieces/young-people.yaml", "foot: [y-qr, y-tabs]", "foot: [y-qr]")
    code, _, err = run(project, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "content/one-tabs", "content/pieces/young-people.yaml:", "tear-off-poster", "no block")


def test_words_stand_once(project, run):
    """A region that is named twice would print its words twice, and tabs would be there twice."""
    layout = project / "layouts/tear-off-poster/layout.yaml"
    edit(layout, "          - {region: foot,", "          - {region: main}\n          - {region: foot,")
    code, _, err = run(project, "--list")
    assert code == 2
    assert_told(err, "yaml/value", "layouts/tear-off-poster/layout.yaml", "main", "twice")
    edit(layout, "{region: main}", "{tabs: true}")
    code, _, err = run(project, "--list")
    assert code == 2
    assert_told(err, "yaml/value", "layouts/tear-off-poster/layout.yaml", "tabs", "twice")


def test_what_is_left_out_is_there_to_be_left_out(project, run):
    """A slip in the name would let through nothing today, and say so to nobody."""
    edit(project / "layouts/a4-poster/layout.yaml", "display: true", "display: true\nleaves_out: [fooot]")
    code, _, err = run(project, "--list")
    assert code == 2
    assert_told(err, "layout/leaves-out", "layouts/a4-poster/layout.yaml:", "fooot", "“foot”")


@pytest.mark.parametrize(
    ("layout", "told"), [("wallet-card", "4 panels"), ("a4-poster", "210 × 297 mm")], ids=["card", "a4"]
)
def test_what_a_screen_shows_is_one_picture_of_its_shape(project, run, layout, told):
    """The picture of a slide is its first page: words of further panels would be missing on it."""
    edit(project / f"layouts/{layout}/layout.yaml", "display: true", "display: true\neditions: [screen]")
    code, _, err = run(project, "--list")
    assert code == 2
    assert_told(err, "yaml/value", f"layouts/{layout}/layout.yaml", "screen", told)


def test_a_fold_has_its_number_of_panels(project, run, tmp_path):
    """A roll fold of two panels is another fold: the job sheet would draw what nobody can fold."""
    edit(project / "layouts/a4-poster/layout.yaml", "fold: none", "fold: roll")
    code, _, err = run(project, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "yaml/value", "layouts/a4-poster/layout.yaml", "roll", "3 panels")


def test_a_name_is_a_layout_or_a_flow(project, run, tmp_path):
    """A flow of a layout's name would take its place without a word."""
    flow = (project / "layouts/a4-large-print/flow.yaml").read_text("utf-8")
    flow = flow.replace("flow: a4-large-print", "flow: a4-poster")
    (project / "layouts/a4-poster/flow.yaml").write_text(flow, "utf-8")
    code, _, err = run(project, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "layout/name", "layouts/a4-poster/flow.yaml", "a4-poster")


def test_a_printer_named_without_press_files_is_told(root, run, tmp_path):
    """Or someone would send web files to the printer that they had in mind."""
    arguments = ["--edition", "web", "--printer", "x1a", "--output", str(tmp_path / "out")]
    code, _, err = run(root, *arguments)
    assert code == 2
    assert_told(err, "command/no-press", "--edition press")
    code, _, err = run(root, "--layout", "waiting-room-slide", "--printer", "x1a", "--list")
    assert code == 2
    assert_told(err, "command/no-press", "a layout that is printed")
