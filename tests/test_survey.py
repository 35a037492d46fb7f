"""The survey: what it says of room holds, in the language's own font and region, and is told plainly."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from types import SimpleNamespace

import polib
import pytest
from projects import edit

from handbill.campaign.pseudo import count_letters
from handbill.compose import room as measuring
from handbill.compose.fit import fit
from handbill.design.layouts import Layout
from handbill.problems import PieceError
from handbill.survey.survey import survey
from handbill.survey.words import room_notes, tell_letters
from handbill.text.model import Span, Style
from handbill.text.paragraph import set_paragraph
from handbill.workshop import Workshop, middle_of

POLISH = "content/translations/pl.po"


def entries(project, language="pl"):
    return polib.pofile(str(project / f"content/translations/{language}.po"))


def first_of(catalogue, block):
    """The first string of a block that is words alone."""
    return next(e for e in catalogue if e.msgctxt == block and "{{" not in e.msgid and not e.obsolete)


def change(project, block, text, language="pl"):
    """Give the first string of a block another translation."""
    catalogue = entries(project, language)
    first_of(catalogue, block).msgstr = text
    catalogue.save(str(project / f"content/translations/{language}.po"))


def note_of(project, block, language="pl"):
    """The note beside the first string of a block, on one line."""
    return first_of(entries(project, language), block).comment.replace("\n", " ")


@pytest.mark.parametrize("language", ["ur", "zh-Hans"])
def test_as_many_letters_as_are_promised_fit(workshop, language, monkeypatch):
    """A translator who keeps to the number must not find the words overset afterwards.

    Texts of the language's own words, as long as promised, are set where the string stands.
    """
    found = []
    measure = measuring._measure

    def keep(plain, box, *more):
        found.append((box, measure(plain, box, *more)))
        return found[-1][1]

    monkeypatch.setattr(measuring, "_measure", keep)
    survey(workshop, language)
    written = [
        entry.translation
        for entry in workshop.campaign.catalogues[language].entries.values()
        if not re.search(r"\{\{|\*\*", entry.translation)
    ]
    space = "" if language == "zh-Hans" else " "
    words = list("".join(written)) if not space else space.join(written).split()
    script, chance = workshop.scripts[language], random.Random(5)
    tried = longer = 0
    for box, measured in found:
        paragraph = box.paragraph
        if measured.shares or box.may_widen or measured.letters == measured.now:
            continue
        text = ""
        while count_letters(longest := text + space + chance.choice(words)) <= measured.letters:
            text = longest.strip()
        if count_letters(text) < measured.letters - 6:
            continue
        face = measuring._main_face(paragraph)
        weight = next((name for name, faces in script.faces.items() if faces[0] == face), "regular")
        style = Style(size=paragraph.size / script.size_ratio, weight=weight)
        try:
            lines = len(set_paragraph([Span(text)], style, paragraph.width, script, workshop.library).lines)
        except PieceError:
            continue  # one of the words is wider than the column: no matter how many letters there are
        tried += 1
        longer += lines > measured.lines
    assert tried > 100
    assert longer <= 0.08 * tried, f"{longer} of {tried} texts take a line more than was promised"


def test_overset_problem_and_table_say_the_same(project, run, workshop):
    """Two figures for one panel would send a translator back and forth."""
    text = first_of(entries(project), "what-it-is").msgstr + " bardzo długi" * 60
    change(project, "what-it-is", text)
    code, table, _ = run(project, "fit", "pl", "--audience", "parents", "--layout", "dl-roll-fold")
    assert code == 1
    row = next(line for line in table.splitlines() if "overset" in line)
    said = re.search(r"cut (\d+) letters", row)
    assert said and "parents" in row and "flap" in row
    arguments = ["--language", "pl", "--audience", "parents", "--layout", "dl-roll-fold", "--edition", "web"]
    code, out, _ = run(project, *arguments, "--output", str(project / "out"), "--jobs", "1")
    assert code == 1 and f"Cut about {said[1]} letters from that panel" in out


def test_cutting_what_is_said_makes_it_fit(project, workshop):
    """The number is there to be acted on: with a few letters more than that cut, the words fit."""
    change(project, "what-it-is", "Co to jest" + " bardzo długi tekst" * 12)
    before = survey(Workshop(project), "pl", ["parents"], ["dl-roll-fold"])
    row = before.worst[0]
    assert before.overset and row.overset
    text = first_of(entries(project), "what-it-is").msgstr
    keep = len(text) - round(-row.fit.letters_left * 1.15)
    change(project, "what-it-is", text[: max(keep, 10)].rsplit(" ", 1)[0])
    assert not survey(Workshop(project), "pl", ["parents"], ["dl-roll-fold"]).overset


def test_fit_lists_the_worst_of_each_language_and_all_when_asked(root, run):
    """Who looks for the tightest place finds it in the first row; every row names piece, region, sizes."""
    arguments = ("fit", "en", "pl", "--layout", "a4-poster", "--layout", "waiting-room-slide")
    code, short, _ = run(root, *arguments)
    assert code == 0 and max(map(len, short.splitlines())) <= 100
    rows = [line.split() for line in short.splitlines()[1:]]
    assert [row[0] for row in rows] == ["en"] * 5 + ["pl"] * 5
    shares = [int(re.search(r"(\d+)%", " ".join(row))[1]) for row in rows]
    assert shares[:5] == sorted(shares[:5], reverse=True)
    for row in rows:
        now, wanted, floor = (
            float(size) for size in re.search(r"(\S+)/(\S+)/(\S+)", " ".join(row[4:])).groups()
        )
        assert floor <= now <= wanted, row
    _, whole, _ = run(root, *arguments, "--all")
    assert "…" not in whole, "a word is cut off"
    few, all_rows = ([" ".join(line.split()) for line in table.splitlines()] for table in (short, whole))
    assert len(all_rows) > len(few) and set(few) <= set(all_rows)


def test_manifest_tells_sizes_and_letters_left(project, run):
    """Who reads the manifest by machine gets the figures of the table."""
    arguments = ["--language", "en", "--audience", "parents", "--layout", "dl-roll-fold", "--edition", "web"]
    code, _, _ = run(project, *arguments, "--output", str(project / "out"), "--jobs", "1")
    assert code == 0
    (record,) = json.loads((project / "out/manifest.json").read_text("utf-8"))["documents"]
    told = {(fit["panel"], fit["region"]): fit for fit in record["fit"]}
    for row in survey(Workshop(project), "en", ["parents"], ["dl-roll-fold"]).rows:
        fit = told.pop((row.fit.panel, row.fit.region))
        assert fit["letters_left"] == row.fit.letters_left and fit["room_mm"] == row.fit.room_mm
        assert fit["used_mm"] <= fit["room_mm"] + 0.1
        assert fit["floor_pt"] <= fit["size_pt"] <= fit["wanted_pt"]
        if fit["role"] in record["sizes_pt"]:
            assert fit["size_pt"] == record["sizes_pt"][fit["role"]]
    assert not told


def test_update_twice_changes_nothing_the_second_time(project, run):
    """Room is a function of the content: a catalogue in version control has no noise."""
    assert run(project, "translations", "update", "pl")[0] == 0
    first = (project / POLISH).read_bytes()
    assert run(project, "translations", "update", "pl")[0] == 0
    assert (project / POLISH).read_bytes() == first


def test_update_tells_room_register_and_what_is_printed(project, run):
    """Beside a string stands all that its translator cannot see in a PO editor."""
    run(project, "translations", "update", "pl")
    catalogue = entries(project)
    printed = [e for e in catalogue if not e.obsolete and e.msgctxt not in ("campaign",)]
    on_paper = [e for e in printed if not e.msgctxt.startswith("piece/")]
    with_room = [e for e in on_paper if "Room (" in e.comment]
    assert len(with_room) >= 0.97 * len(on_paper), "strings that stand on paper have no room told"
    for one in with_room:
        now = re.search(r"now (\d+)\.", one.comment.replace("\n", " "))
        assert now, one.comment
        plain = one.msgstr.replace("**", "")
        if "{{" not in plain:
            assert int(now[1]) == count_letters(plain)
    numbered = next(e for e in catalogue if "{{ childline.phone }}" in e.msgid)
    assert "{{ childline.phone }} is printed as 0800 1111." in numbered.comment.replace("\n", " ")
    young = next(e for e in catalogue if e.msgctxt.startswith("y-") and "Room" in e.comment)
    assert "Register (" in young.comment and "Young people" in young.comment


def test_room_is_told_before_the_first_word_is_translated(project, run):
    """Who begins a language needs the room most; it is measured in the language's own font."""
    (project / POLISH).unlink()
    assert run(project, "translations", "update", "pl")[0] == 0
    note = note_of(project, "p-signs")
    assert "not translated yet" in note and re.search(r"Room \(.*\): 1 line of about \d+ letters", note)
    again = (project / POLISH).read_bytes()
    assert run(project, "translations", "update", "pl")[0] == 0
    assert (project / POLISH).read_bytes() == again


def test_more_room_in_the_layout_is_more_room_in_the_note(workshop):
    """The measure is that of the real column, not a rule of thumb on the English."""
    campaign, design = workshop.campaign, workshop.design
    before = survey(workshop, "en", ["parents"], ["dl-roll-fold"]).rooms
    key = next(key for key, room in before.items() if room.region == "inside-1" and room.measured.lines > 2)
    layout: Layout = design.layouts["dl-roll-fold"]
    wider = [
        side.model_copy(
            update={
                "panels": [
                    panel.model_copy(update={"width": panel.width * 1.3})
                    if panel.name == "inside-1"
                    else panel
                    for panel in side.panels
                ]
            }
        )
        for side in layout.spec.sides
    ]
    spec = layout.spec.model_copy(update={"sides": wider})
    laid = workshop.composer.lay(
        campaign.bind("parents", "leaflet", "en"),
        replace(layout, source=replace(layout.source, model=spec)),
        workshop.scripts["en"],
        middle_of(campaign.languages["en"]),
    )
    (panel,) = [panel for panel in laid.panels if panel.spec.name == "inside-1"]
    widths = measuring.LetterWidths()
    boxes = [box for region in panel.regions for box, _ in measuring.texts_of(region)]
    widths.add(boxes)
    plain = key[1].replace("**", "")
    measured = measuring.measure_string(plain, boxes, panel, widths, None)
    assert measured is not None and measured.a_line >= 1.2 * before[key].measured.a_line


def test_a_language_that_cannot_be_laid_out_is_still_brought_up_to_the_english(project, run):
    """A missing font is the designer's trouble, not the translator's."""
    edit(project / "content/languages.yaml", "regular: [nastaliq-regular", "regular: [no-such-face")
    code, out, _ = run(project, "translations", "update", "pl")
    assert code == 0 and "do not say how much room" in out and "text/unknown-face" in out
    assert "Room" not in note_of(project, "p-signs")
    assert "Where:" in note_of(project, "p-signs")


def test_a_word_too_wide_is_told_and_counts_as_not_fitting(project, run):
    """A word that no column holds keeps its piece out; the report must not pass over it."""
    change(project, "p-signs", "Konstantynopolitańczykowianeczkówna" * 3)
    code, out, _ = run(project, "fit", "pl", "--audience", "parents", "--layout", "dl-roll-fold")
    assert code == 1 and "text/too-wide" in out and "cannot be laid out" in out


def test_status_is_a_table_that_a_pipe_can_carry(project, run):
    """State, by whom and when, the fullest region; each audience where something is missing."""
    code, out, _ = run(project, "translations", "status", "pl")
    assert code == 0 and max(map(len, out.splitlines())) <= 100 and "\x1b" not in out
    assert re.search(r"^pl +100% +0 +0 +0 +draft", out, re.M) and re.search(r"\d+%$", out.strip(), re.M)
    assert "parents" not in re.sub(r"^pl.*", "", out, flags=re.M).split("fullest")[0]
    catalogue = entries(project)
    catalogue.metadata |= {"X-Handbill-By": "Anna Nowak", "X-Handbill-On": "2026-11-02"}
    first_of(catalogue, "y-fault").msgstr = ""
    catalogue.save(str(project / POLISH))
    code, out, _ = run(project, "translations", "status", "pl", "--no-fit")
    assert code == 1 and "Anna Nowak" in out and "2026-11-02" in out and "fullest" not in out
    counts = {line.split()[0]: line.split()[1:3] for line in out.splitlines() if "%" in line}
    assert counts["pl"] == ["99%", "1"] and counts["young-people"][1] == "1"
    assert counts["drivers"] == ["100%", "0"]


def test_status_fails_where_words_do_not_fit(project, run):
    """A language whose words are all there is not done while some do not fit."""
    change(project, "what-it-is", "Co to jest" + " bardzo długi" * 60)
    code, out, _ = run(project, "translations", "status", "pl")
    assert code == 1 and "overset" in out and re.search(r"^pl +100%", out, re.M)
    assert run(project, "translations", "status", "pl", "--no-fit")[0] == 0


def test_a_step_of_one_panel_does_not_leave_another_too_full(workshop):
    """Smaller body text has another grid, on which a panel may become taller: then it must give way too.

    A Polish cover once stood 0.7 mm in its margin, and nobody was told.
    """
    layout = workshop.design.layouts["dl-roll-fold"].spec

    def set_panel(name, sizes, dropped):
        if name == layout.reading[0]:
            return SimpleNamespace(excess=2.0 if sizes.body and not sizes.title else -5.0)
        return SimpleNamespace(excess=3.0 if name == layout.reading[1] and not sizes.body else -5.0)

    fitted = fit(layout, set_panel, {})
    assert fitted.too_full == () and (fitted.sizes.body, fitted.sizes.title) == (1, 1)
    assert all(panel.excess <= 0 for panel in fitted.panels.values())


def test_pseudo_text_never_comes_into_a_build(project, run):
    """It says nothing in any language: a string that is missing keeps its piece out, as ever."""
    change(project, "p-signs", "")
    survey(Workshop(project), "pl")
    arguments = ["--language", "pl", "--audience", "parents", "--layout", "dl-roll-fold", "--edition", "web"]
    code, out, _ = run(project, *arguments, "--output", str(project / "out"), "--jobs", "1")
    assert code == 1 and "translation/missing" in out
    assert not list((project / "out").rglob("*.pdf"))


def test_notes_name_the_tightest_place(workshop):
    """A string of leaflet and card is told the room of the one where it has least."""
    found = survey(workshop, "en")
    notes = room_notes(workshop, found)
    alone = {}
    for layout in workshop.design.layouts:
        for key, room in survey(workshop, "en", [], [layout]).rooms.items():
            alone.setdefault(key, []).append(room)
    shared = [key for key, rooms in alone.items() if len({room.spot.layout for room in rooms}) > 1]
    assert len(shared) > 10
    for key in shared:
        assert found.rooms[key].spot.layout in {room.spot.layout for room in alone[key]}
        assert workshop.design.name_of(found.rooms[key].spot.layout) in notes[key]
        # Mean widths of letters are those of all layouts together, so not to the letter.
        least = min(room.measured.reach for room in alone[key])
        assert found.rooms[key].measured.reach <= 1.1 * least


def test_letters_are_told_as_a_person_would():
    """The table's last column."""

    def region(left):
        return measuring.RegionFit("p", "r", 10.0, 9.0, 1.0, "body", 9.0, 10.0, 8.0, 3, 90, left)

    assert [tell_letters(region(left)) for left in (-34, -1, 0, 50)] == [
        "cut 34 letters",
        "cut 1 letter",
        "none left",
        "about 50 letters left",
    ]
