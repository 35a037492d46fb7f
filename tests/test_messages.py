"""What a person is told when something is wrong: one clear message, a remedy, the right exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from projects import assert_told, edit
from readers import pdfium_text

from handbill.plan import Selection, Variant, plan
from handbill.workshop import Workshop


def one(root, output):
    narrowed = ["--audience", "drivers", "--language", "en", "--edition", "press"]
    return ["--output", str(output), "--jobs", "1", *narrowed]


def test_a_misspelt_key_in_a_layout(project, run, tmp_path):
    """A designer's slip is named with its line and the key that was meant."""
    edit(project / "layouts/dl-roll-fold/layout.yaml", "spacing:", "spacinng:")
    code, _, err = run(project, *one(project, tmp_path / "out"))
    assert code == 2
    assert_told(err, "yaml/unknown-key", "layouts/dl-roll-fold/layout.yaml:", "spacinng", "spacing")
    assert not (tmp_path / "out").exists()


def test_an_unknown_contact_in_a_message(project, run, tmp_path):
    """A misspelt contact would print nothing where the number should be."""
    path = project / "content/messages/shared.yaml"
    edit(path, "{{ childline.phone }}", "{{ chidline.phone }}")
    code, _, err = run(project, *one(project, tmp_path / "out"))
    assert code == 2
    assert re.search(r"content/messages/shared\.yaml:\d+", err) and "childline" in err
    assert not (tmp_path / "out").exists()


def test_a_message_twice_as_long_is_named_with_what_to_cut(project, run, tmp_path):
    """Overset is never clipped: that leaflet stays out and the editor hears how many letters to cut."""
    path = project / "content/messages/drivers.yaml"
    text = path.read_text("utf-8")
    doubled = re.sub(
        r'^(      - )"(.*)"$', lambda found: f'{found[1]}"{" ".join([found[2]] * 4)}"', text, flags=re.M
    )
    path.write_text(doubled, "utf-8")
    code, out, _ = run(project, *one(project, tmp_path / "out"), "--layout", "dl-roll-fold")
    assert code == 1
    assert_told(out, "text/overset", "content/messages/", "English, drivers", "panel", "letters")
    assert not (tmp_path / "out/press/en/drivers-dl-roll-fold.pdf").exists()


def test_a_character_no_font_has(project, run, tmp_path):
    """A missing letter draws nothing, so it must stop the piece and name the letter."""
    edit(project / "content/messages/drivers.yaml", "Does this trip", "Does this \u13a0 trip")
    code, out, _ = run(project, *one(project, tmp_path / "out"), "--layout", "dl-roll-fold")
    assert code == 1
    assert_told(out, "text/no-glyph", "content/messages/drivers.yaml:", "U+13A0")


def test_broken_yaml(project, run, tmp_path):
    """A bracket that never closes is named with its line."""
    edit(project / "content/messages/drivers.yaml", "blocks:", "blocks: [")
    code, _, err = run(project, *one(project, tmp_path / "out"))
    assert code == 2
    assert re.search(r"content/messages/drivers\.yaml:\d+.*\[yaml/", err)


def test_a_translation_that_lost_its_number(project, run, tmp_path):
    """The leaflet that uses it stays out, the others are made."""
    path = project / "content/translations/pl.po"
    text = path.read_text("utf-8")
    entry = re.search(
        r'msgctxt "t-cover"\nmsgid "[^"]*\{\{ emergency\.phone \}\}[^"]*"\nmsgstr "([^"]*)"', text
    )
    assert entry
    broken = entry[0].replace(entry[1], entry[1].replace("{{ emergency.phone }}", ""))
    path.write_text(text.replace(entry[0], broken), "utf-8")
    narrowed = ["--audience", "drivers", "--language", "pl", "--edition", "press"]
    layouts = ["--layout", "dl-roll-fold", "--layout", "a4-poster"]
    code, out, _ = run(project, "--output", str(tmp_path / "out"), "--jobs", "1", *narrowed, *layouts)
    assert code == 1
    assert_told(out, "translation/placeholder", "content/translations/pl.po:", "emergency.phone")
    assert not (tmp_path / "out/press/pl/drivers-dl-roll-fold.pdf").exists()
    assert (tmp_path / "out/press/pl/drivers-a4-poster.pdf").exists()


@pytest.mark.parametrize(
    "attack", ["{{ ''.__class__ }}", "{% for x in range(9) %}x{% endfor %}", "{{ nspcc.phone|upper }}"]
)
def test_a_hostile_template(project, run, tmp_path, attack):
    """Content is typed by many hands: nothing in it is ever run as a program."""
    edit(project / "content/messages/drivers.yaml", "Does this trip", f"Does this {attack} trip")
    code, _, err = run(project, *one(project, tmp_path / "out"))
    assert code == 2
    assert_told(err, "content/template", "content/messages/drivers.yaml:")


@pytest.mark.parametrize(
    ("option", "name", "meant"),
    [
        ("--audience", "driver", "drivers"),
        ("--language", "zh-Hant", "zh-Hans"),
        ("--layout", "a4-poter", "a4-poster"),
        ("--edition", "pres", "press"),
    ],
)
def test_an_unknown_name_on_the_command_line(root, run, tmp_path, option, name, meant):
    """The nearest known name is offered, and nothing is written."""
    code, _, err = run(root, option, name, "--output", str(tmp_path / "out"))
    assert code == 2
    assert_told(err, "command/unknown-name", name, meant)
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_written(root, run, tmp_path):
    """Said before any work is done."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    code, _, err = run(root, "--output", str(blocked / "out"))
    assert code == 2
    assert_told(err, "output/unwritable", "--output")


def test_a_missing_font_file(project, run, tmp_path):
    """A font that was not copied along is named with its file."""
    fonts = project / "fonts"
    fonts.unlink()
    import shutil

    from conftest import ROOT

    shutil.copytree(ROOT / "fonts", fonts)
    next(fonts.rglob("*Atkinson*Regular*.ttf")).unlink()
    code, out, err = run(project, *one(project, tmp_path / "out"))
    assert code == 2
    assert re.search(r"fonts/.*Regular\.ttf", out + err)


def test_an_option_that_does_not_exist(root, run):
    """The parser's complaint is a message like all others."""
    code, _, err = run(root, "--colour", "blue")
    assert code == 2
    assert_told(err, "command/arguments", "--help")


def test_list_makes_nothing(root, run, tmp_path):
    """--list says what would be made."""
    code, out, _ = run(root, "--list", "--language", "ur", "--output", str(tmp_path / "out"))
    assert code == 0
    assert "press/ur/parents-a4-poster.pdf" in out and "web/ur/parents-a4-poster.pdf" in out
    assert not (tmp_path / "out").exists()


def test_release_lets_nothing_unapproved_out(root, workshop, run, tmp_path):
    """Nobody has approved or checked anything yet, so a release makes no file in any language and says
    why."""
    narrowed = ["--layout", "a4-poster", "--layout", "a4-large-print", "--edition", "web"]
    narrowed += ["--edition", "large-print", "--audience", "parents"]
    code, out, _ = run(root, "--release", "--jobs", "1", "--output", str(tmp_path / "out"), *narrowed)
    assert code == 1
    assert not list((tmp_path / "out").rglob("*.pdf"))
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert len(manifest["not_built"]) == 2 * len(workshop.campaign.languages)
    assert "the words have not been approved yet" in out


def test_a_file_that_no_longer_holds_is_taken_away(project, run, tmp_path):
    """An outdated leaflet left lying in the folder would be printed."""
    output = tmp_path / "out"
    arguments = [*one(project, output), "--layout", "a4-poster"]
    assert run(project, *arguments)[0] == 0
    made = output / "press/en/drivers-a4-poster.pdf"
    assert made.exists()
    edit(project / "content/messages/drivers.yaml", "Trip feels wrong", "Trip \u13a0 feels wrong")
    code, out, _ = run(project, *arguments)
    assert code == 1 and not made.exists()
    assert "Removed the earlier press/en/drivers-a4-poster.pdf" in out


def test_no_partial_files_are_left(root, tmp_path):
    """A build that is killed leaves whole files or none."""
    output = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, str(root / "make_pdfs.py"), "--output", str(output), "--jobs", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ},
    )  # fmt: skip
    import time

    for _ in range(600):
        if list(output.rglob("*.pdf")):
            break
        time.sleep(0.02)
    process.kill()
    process.wait()
    files = list(output.rglob("*.pdf"))
    assert files
    for path in files:
        data = path.read_bytes()
        assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), path


def test_without_its_packages_it_says_what_to_install(root):
    """A new user who forgot to install gets the command, no traceback."""
    done = subprocess.run(
        [sys.executable, "-S", "-I", str(root / "make_pdfs.py")], capture_output=True, text=True, cwd=root
    )
    assert done.returncode == 2
    assert "pip install" in done.stderr and "Traceback" not in done.stderr


def test_a_misspelt_region_does_not_lose_its_words(project, run, tmp_path):
    """The words of a region that no layout has would silently be missing from the leaflet."""
    edit(project / "content/pieces/drivers.yaml", "flap:", "flapp:")
    code, _, err = run(project, *one(project, tmp_path / "out"))
    assert code == 2
    assert_told(err, "content/unknown-region", "content/pieces/drivers.yaml:", "flap")


def test_a_damaged_icon_stops_before_anything_is_made(project, run, tmp_path):
    """Half a run is worse than none: what a build needs is read before it begins."""
    (project / "layouts/icons/phone.svg").write_text("<svg")
    code, _, err = run(project, "--output", str(tmp_path / "out"), "--jobs", "1")
    assert code == 2 and "layouts/icons/phone.svg" in err
    assert not (tmp_path / "out").exists()


def test_a_site_without_a_number_is_not_released(project, run, tmp_path):
    """A placeholder in red must never go to a printer as final."""
    (project / "content/sites.yaml").write_text(
        'sites:\n  anytown:\n    name: "Anytown"\n    council: {name: "Anytown"}\n'
    )
    code, out, _ = run(project, "--release", *one(project, tmp_path / "out"), "--layout", "dl-roll-fold")
    assert code == 1
    assert_told(out, "release/placeholder", "[COUNCIL NUMBER]")


def test_a_site_prints_its_own_numbers(project, run, tmp_path):
    """One block in content/sites.yaml, and the council's number stands where the placeholder stood."""
    (project / "content/sites.yaml").write_text(
        "sites:\n  anytown:\n    name: Anytown\n    publisher: Anytown Council\n"
        "    council: {name: Anytown children’s services, phone: 01632 960 001}\n"
    )
    code, out, _ = run(project, *one(project, tmp_path / "out"), "--layout", "dl-roll-fold")
    assert code == 0, out
    record = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["documents"][0]
    assert record["file"] == "press/en/anytown/drivers-dl-roll-fold.pdf" and record["site"] == "anytown"
    text = pdfium_text(tmp_path / "out" / record["file"])
    assert "01632 960 001" in text and "[COUNCIL NUMBER]" not in text and "Anytown Council" in text


def test_the_web_edition_can_be_made_alone(root, run, tmp_path):
    """One panel a page for screens, and the manifest says truly which standard the file keeps."""
    narrowed = ["--audience", "drivers", "--language", "en", "--layout", "dl-roll-fold"]
    arguments = ["--edition", "web", "--output", str(tmp_path / "out"), "--jobs", "1", *narrowed]
    assert run(root, *arguments)[0] == 0
    documents = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["documents"]
    assert [record["file"] for record in documents] == ["web/en/drivers-dl-roll-fold.pdf"]
    assert documents[0]["standard"] == "PDF/UA-1" and documents[0]["pages"] == 6
    assert documents[0]["trim_mm"] == [100, 210] and documents[0]["bleed_mm"] == 0


def test_the_readmes_own_place_can_be_made_in_every_language(root, project):
    """The first thing an officer does is to put in their own numbers: it must not end in words too long.
    Local numbers stand on all that is for parents, and in the leaflets of those who work there."""
    lines = (root / "README.md").read_text("utf-8").split("\n")
    start = lines.index("    sites:")
    block = [line[4:] for line in lines[start : lines.index("", start)]]
    (project / "content/sites.yaml").write_text("\n".join(block) + "\n", "utf-8")
    workshop = Workshop(project)
    editions = ("web",)
    leaflets = Selection(("parents", "drivers", "shop-workers"), (), ("dl-roll-fold",), editions)
    parents = Selection(("parents",), (), ("a4-poster", "a5-flyer"), editions)
    composed = {
        (variant.language, variant.audience, variant.layout): workshop.compose(
            variant, workshop.bind(variant)
        )
        for selection in (leaflets, parents)
        for variant in plan(workshop.campaign, workshop.design, selection)
        if variant.site == "anytown"
    }
    assert {language for language, _, _ in composed} == set(workshop.campaign.languages)
    for piece, made in composed.items():
        assert any(number.startswith("01632 960 00") for number in made.contacts), piece


def test_reading_on_is_up_to_the_reader(root, workshop, tmp_path):
    """“check --read FILE | head” is how people look at a beginning: no traceback for that."""
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(workshop.make(Variant("web", "en", None, "drivers", "dl-roll-fold")).data)
    reading = subprocess.Popen(
        [sys.executable, str(root / "make_pdfs.py"), "check", "--read", *[str(path)] * 20],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reading.stdout and reading.stderr
    reading.stdout.readline()
    reading.stdout.close()
    assert "Traceback" not in reading.stderr.read()


def test_a_publishers_long_name_is_told_with_its_file(project, run, tmp_path):
    """The officer wrote one line into sites.yaml: the message must lead back to it."""
    long = "Anytown and District Safeguarding Children Partnership " * 4
    (project / "content/sites.yaml").write_text(
        f'sites:\n  anytown:\n    name: "Anytown"\n    publisher: "{long.strip()}"\n', "utf-8"
    )
    arguments = ["--audience", "parents", "--language", "ur", "--layout", "a4-poster", "--edition", "press"]
    code, out, _ = run(project, *arguments, "--output", str(tmp_path / "out"), "--jobs", "1")
    assert code == 1
    assert_told(out, "text/overset", "content/sites.yaml", "publisher")
