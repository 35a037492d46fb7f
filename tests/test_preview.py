"""Preview: a save touches the pieces that it changes and no others, and nothing ends the watch but Ctrl-C."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from projects import assert_told, edit

from handbill.campaign.messages import walk_prose
from handbill.plan import Selection
from handbill.preview.command import preview
from handbill.preview.page import PAGE, PICTURES, STATE
from handbill.preview.saves import is_ours
from handbill.preview.session import Session

DRIVERS = Selection(audiences=("drivers",), languages=("en", "pl"), layouts=("a4-poster", "dl-roll-fold"))
POSTERS = Selection(audiences=("drivers",), languages=("en",), layouts=("a4-poster",))


class Steps:
    """Word of saves from a list of things to do: each gives the files that it saved, or does not
    return. The next is done when everything is made that the one before has touched."""

    def __init__(self, *steps):
        self._steps = list(steps)

    def take(self, wait):
        if not wait:
            return frozenset()
        return self._steps.pop(0)() if self._steps else None


class Told(list):
    """What was said, and ``last``: what was said since it was asked for the last time."""

    def last(self):
        lines = "\n".join(self)
        self.clear()
        return lines


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def go(project, told):
    """Runs a session over the project with steps."""

    def run(*steps, selection=POSTERS, output=None):
        session = Session(project, selection, output or project / "output", told.append)
        session.open()
        session.run(Steps(*steps))
        session.close()
        return session

    return run


def saved(project, name, old, new):
    """A step: an editor changes a file and saves it."""

    def step():
        edit(project / name, old, new)
        return frozenset({project / name})

    return step


def checked(test):
    """A step: look at what came of the step before; nothing is saved."""

    def step():
        test()
        return frozenset()

    return step


def state(output):
    text = (output / STATE).read_text("utf-8")
    assert text.startswith("showHandbill(") and text.endswith(");\n")
    return json.loads(text[len("showHandbill(") : -len(");\n")])


def own_text(workshop, layout):
    """A block that the drivers' leaflet places and their poster does not, or the other way round, a text
    of it, and its file."""
    pieces = workshop.campaign.audiences["drivers"].record.pieces
    wanted = workshop.design.piece_of(layout)
    (other,) = {"leaflet", "poster"} - {wanted}
    elsewhere = {block for _, _, block in pieces[other].placed()}
    for _, _, name in pieces[wanted].placed():
        block = workshop.campaign.blocks[name]
        written = (workshop.root / block.source.file).read_text("utf-8")
        for _, text in walk_prose(block.record):
            if name not in elsewhere and "{{" not in text and written.count(f'"{text}"') == 1:
                return name, text, block.source.file
    raise AssertionError("no text of its own")


def documents(project):
    """The manifest's records of what lies in the output folder."""
    return json.loads((project / "output/manifest.json").read_text("utf-8"))["documents"]


def test_one_word_in_one_message_touches_the_pieces_that_use_it(project, workshop, go, told):
    """The list that an editor reads: the English piece is made, its translation waits for a translator,
    the other piece is left alone."""
    _, text, file = own_text(workshop, "dl-roll-fold")
    poster = project / "output/web/en/drivers-a4-poster.pdf"
    before = []

    def at_start():
        assert "4 pieces" in told.last()
        before.append(poster.stat().st_mtime_ns)

    go(checked(at_start), saved(project, file, f'"{text}"', f'"{text} Now."'), selection=DRIVERS)
    lines = told.last().splitlines()
    assert re.search(
        rf"{file}: 2 pieces touched \(web/en: drivers-dl-roll-fold; web/pl: drivers-dl-roll-fold\), "
        r"\d+\.\d\d s\.$",
        lines[0],
    ), lines
    assert lines[1].strip() == "not made: web/pl: drivers-dl-roll-fold"
    assert_told("\n".join(lines), "translation/stale", "content/translations/pl.po:", text[:20])
    assert poster.stat().st_mtime_ns == before[0]
    assert {record["file"] for record in documents(project)} == {
        "web/en/drivers-a4-poster.pdf",
        "web/en/drivers-dl-roll-fold.pdf",
        "web/pl/drivers-a4-poster.pdf",
    }
    assert not (project / "output/web/pl/drivers-dl-roll-fold.pdf").exists()


def test_what_was_made_before_is_not_made_again(project, go, told):
    """Who starts in the morning waits for nothing but for what was changed overnight."""
    go()
    assert "Missing or out of date: 1 piece (web/en: drivers-a4-poster)" in told.last()
    made = (project / "output/web/en/drivers-a4-poster.pdf").stat().st_mtime_ns
    go()
    assert "1 piece, all as they should be." in told.last()
    assert (project / "output/web/en/drivers-a4-poster.pdf").stat().st_mtime_ns == made
    assert list((project / "output" / PICTURES).glob("web-en-drivers-a4-poster-1-*.png")), (
        "shown all the same"
    )
    edit(project / "content/campaign.yaml", "publisher: null", 'publisher: "Somewhere"')
    go()
    assert "Missing or out of date: 1 piece" in told.last()


def test_a_file_that_was_tampered_with_is_made_again(project, go, told):
    """A record in the manifest says nothing of a file that is no longer the one that was made."""
    go()
    path = project / "output/web/en/drivers-a4-poster.pdf"
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    told.last()
    go()
    assert "Missing or out of date: 1 piece" in told.last()
    assert path.read_bytes() == whole


def test_broken_yaml_keeps_the_last_good_state_and_says_where(project, workshop, go, told):
    """Half a line typed is no reason to stop: the page says what is wrong, keeps its pictures, and goes
    on when the line is whole."""
    _, text, file = own_text(workshop, "a4-poster")
    line = next(
        number
        for number, written in enumerate((project / file).read_text("utf-8").splitlines(), 1)
        if f'"{text}"' in written
    )
    pdf = project / "output/web/en/drivers-a4-poster.pdf"

    def while_broken():
        said = told.last()
        assert_told(said, "yaml/syntax", f"{file}:")
        assert "the last good state stays" in said
        shown = state(project / "output")
        assert "yaml/syntax" in shown["body"] and f"{file}:" in shown["body"]
        assert "<img" in shown["body"]
        assert pdf.exists()
        assert int(re.search(rf"{file}:(\d+)", said)[1]) == line

    def when_mended():
        said = told.last()
        assert (
            "The content can be used again." in said and "1 piece touched (web/en: drivers-a4-poster)" in said
        )
        assert "yaml/syntax" not in state(project / "output")["body"]

    go(
        checked(told.last),
        saved(project, file, f'"{text}"', f"@{text}"),
        checked(while_broken),
        saved(project, file, f"@{text}", f'"{text} Now."'),
        checked(when_mended),
    )


@pytest.mark.parametrize(
    "name",
    ["content/messages/drivers.yaml", "content/campaign.yaml", "layouts/theme.yaml", "layouts/a4-poster"],
)
def test_what_is_deleted_is_missed_and_welcome_when_it_is_back(project, go, told, name):
    """Branches are changed and files are moved while the watch goes on."""
    path, aside = project / name, project / "aside"

    def delete():
        told.last()
        path.rename(aside)
        return frozenset({path})

    def restore():
        assert re.search(r"\[(yaml|content|layout|command)/[a-z-]+\]", told.last())
        aside.rename(path)
        return frozenset({path})

    go(delete, restore)
    assert "The content can be used again." in told.last()


def test_a_deleted_catalogue_keeps_out_its_language_alone(project, go, told):
    """The Polish pieces go from the folder, as what lies there is right; with the catalogue they are back."""
    path, aside = project / "content/translations/pl.po", project / "pl.po"
    polish = project / "output/web/pl/drivers-a4-poster.pdf"

    def delete():
        told.last()
        path.rename(aside)
        return frozenset({path})

    def restore():
        said = told.last()
        assert "2 pieces touched (web/pl: drivers-a4-poster, drivers-dl-roll-fold)" in said
        assert_told(said, "translation/no-catalogue", "content/translations/pl.po")
        assert not polish.exists()
        aside.rename(path)
        return frozenset({path})

    go(delete, restore, selection=DRIVERS)
    assert "2 pieces touched (web/pl: drivers-a4-poster, drivers-dl-roll-fold)" in told.last()
    assert polish.exists()


def test_a_language_that_is_added_is_made(project, go, told):
    """A new record with a copied catalogue: the watch takes it up as it comes, in two saves."""

    def add_catalogue():
        told.last()
        polish = (project / "content/translations/pl.po").read_bytes()
        (project / "content/translations/pl-XX.po").write_bytes(polish)
        return frozenset({project / "content/translations/pl-XX.po"})

    def add_record():
        assert "no piece touched" in told.last()
        languages = project / "content/languages.yaml"
        text = languages.read_text("utf-8")
        record = re.search(r"(?ms)^  pl:\n.*?(?=^  \S|\Z)", text).group()
        languages.write_text(text.rstrip("\n") + "\n" + record.replace("  pl:", "  pl-XX:", 1), "utf-8")
        return frozenset({languages})

    go(add_catalogue, add_record, selection=Selection(audiences=("drivers",), layouts=("a4-poster",)))
    assert "1 piece touched (web/pl-XX: drivers-a4-poster)" in told.last()


def test_a_save_in_the_middle_of_work_loses_nothing(project, told):
    """The second save comes when one of two pieces is made: the other is made from the newest words."""
    session = Session(project, DRIVERS, project / "output", told.append)
    session.open()
    session.run(Steps())
    catalogue = project / "content/translations/pl.po"

    class Hasty:
        """Two saves, the second when the first piece of the first is made."""

        calls = 0

        def take(self, wait):
            self.calls += 1
            if self.calls == 1:
                edit(catalogue, "X-Handbill-By: ", "X-Handbill-By: A. Reader")
                edit(catalogue, "X-Handbill-On: ", "X-Handbill-On: 2026-11-20")
                edit(catalogue, "X-Handbill-State: draft", "X-Handbill-State: reviewed")
                return frozenset({catalogue})
            if self.calls == 3:
                told.last()
                edit(catalogue, "X-Handbill-State: reviewed", "X-Handbill-State: approved")
                return frozenset({catalogue})
            return None if wait else frozenset()

    session.run(Hasty())
    assert "2 pieces touched (web/pl: drivers-a4-poster, drivers-dl-roll-fold)" in told.last()
    assert {record["state"] for record in documents(project) if record["language"] == "pl"} == {"approved"}


def test_a_line_that_moved_is_told_where_it_stands_now(project, workshop, go, told):
    """A piece that is kept out is looked at again when its file is saved, although what is wrong is the
    same as before: its editor goes to the line that is named."""
    catalogue = project / "content/translations/pl.po"
    selection = Selection(audiences=("drivers",), languages=("pl",), layouts=("a4-poster",))
    name, _, _ = own_text(workshop, "a4-poster")
    lines = []

    def mark():
        raw = catalogue.read_text("utf-8")
        at = raw.index(f'msgctxt "{name}"')
        catalogue.write_text(raw[:at] + "#, fuzzy\n" + raw[at:], "utf-8")
        return frozenset({catalogue})

    def move():
        lines.append(int(re.search(r"pl\.po:(\d+)", told.last())[1]))
        catalogue.write_text("# One line more.\n" + catalogue.read_text("utf-8"), "utf-8")
        return frozenset({catalogue})

    go(checked(told.last), mark, move, selection=selection)
    assert_told(told.last(), "translation/fuzzy", f"pl.po:{lines[0] + 1} ")


def test_the_page_shows_the_pieces_touched_and_marks_what_changed(project, workshop, go):
    """Pictures with sizes, so that the page keeps its height; the changed panel alone is marked; words
    of the content are text on it, never markup."""
    _, text, file = own_text(workshop, "dl-roll-fold")
    output = project / "output"
    seen = []

    def look():
        shown = state(output)
        seen.append(shown)
        for source, width, height in re.findall(
            r'<img src="([^"]+)" width="(\d+)" height="(\d+)"', shown["body"]
        ):
            assert (output / source).is_file() and int(width) > 100 and int(height) > 100

    only = Selection(audiences=("drivers",), languages=("en",), layouts=("dl-roll-fold",))
    go(
        checked(look),
        saved(project, file, f'"{text}"', f'"{text} Now."'),
        checked(look),
        saved(project, file, f'"{text} Now."', '"<script>alert(1)</script>: {{ nobody.phone }}"'),
        checked(look),
        selection=only,
    )
    first, second, third = seen
    assert len({shown["number"] for shown in seen}) == 3, "the page takes over what has another number"
    assert first["body"].count("<img") == second["body"].count("<img") == 6
    assert first["body"].count('class="changed"') == 0
    assert second["body"].count('class="changed"') == 1
    assert "<script" not in third["body"] and "nobody" in third["body"]
    page = (output / PAGE).read_text("utf-8")
    assert "Preview has ended" in page
    assert not re.search(r"https?://|//[a-z]+\.", page), "it opens without a network"


def test_pictures_that_are_no_longer_shown_are_removed(project, go):
    """A day of saving must not fill the disk."""
    publishers = [f'"Council {letter}"' for letter in "ABCD"]
    steps = [
        saved(project, "content/campaign.yaml", f"publisher: {old}", f"publisher: {new}")
        for old, new in zip(["null", *publishers], publishers, strict=False)
    ]
    go(*steps)
    assert len(list((project / "output" / PICTURES).glob("*.png"))) <= 2


@pytest.mark.parametrize(
    ("selection", "files"),
    [
        (
            Selection(audiences=("drivers",), languages=("en",), layouts=("a4-poster",)),
            {"web/en/drivers-a4-poster.pdf"},
        ),
        (
            Selection(audiences=("drivers",), languages=("en",), layouts=("a4-large-print",)),
            {"large-print/en/drivers-a4-large-print.pdf"},
        ),
        (
            Selection(
                audiences=("drivers",), languages=("en",), layouts=("a4-poster",), editions=("office",)
            ),
            {"office/en/drivers-a4-poster.pdf"},
        ),
    ],
)
def test_narrowing(project, go, selection, files):
    """What is asked for and no more; the web edition, unless the layout that is named has none."""
    go(selection=selection)
    assert {record["file"] for record in documents(project)} == files


def test_a_wrong_name_ends_it_at_once(project, run):
    """A misspelt audience is told before anything is watched for hours."""
    code, out, err = run(project, "preview", "--audience", "driver")
    assert code == 2 and out == ""
    assert_told(err, "command/unknown-name", "“driver”", "“drivers”")
    assert not (project / "output").exists()


def test_without_the_folders_it_says_so(tmp_path, run):
    """Started in the wrong place, it does not wait for files that never come."""
    code, _, err = run(tmp_path, "preview")
    assert code == 2
    assert_told(err, "preview/no-folder", "“content”")


def test_broken_at_the_start_it_waits(project, workshop, go, told):
    """An editor who starts it to find a fault is told of the fault."""
    _, text, file = own_text(workshop, "a4-poster")
    edit(project / file, f'"{text}"', f'"{text}')

    def mend():
        assert_told(told.last(), "yaml/syntax", f"{file}:")
        edit(project / file, f'"{text}', f'"{text}"')
        return frozenset({project / file})

    go(mend)
    assert "1 piece touched (web/en: drivers-a4-poster)" in told.last()


def test_ctrl_c_is_its_good_end(project):
    """0, a manifest that holds what lies in the folder, and a page that says that it no longer changes."""
    out = io.StringIO()

    def interrupt():
        raise KeyboardInterrupt

    @contextmanager
    def watch(root):
        yield Steps(interrupt)

    arguments = ["--audience", "drivers", "--language", "en", "--layout", "a4-poster"]
    assert preview(arguments, project, out, watch) == 0
    assert "Preview has ended." in out.getvalue()
    assert "Preview has ended" in state(project / "output")["title"]
    assert [record["file"] for record in documents(project)] == ["web/en/drivers-a4-poster.pdf"]


def test_a_real_save_is_seen_and_a_real_ctrl_c_ends_it(project, root, workshop):
    """The whole way: a process that watches the disk, an editor that writes a copy and renames it."""
    _, text, file = own_text(workshop, "a4-poster")
    code = (
        "import sys; from pathlib import Path; from handbill.cli import main; "
        "sys.exit(main(sys.argv[2:], Path(sys.argv[1])))"
    )
    narrowed = ["--audience", "drivers", "--language", "en", "--layout", "a4-poster"]
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(project), "preview", *narrowed],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell that starts jobs in the background has them ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        wait_for(process, "Missing or out of date: 1 piece")
        path = project / file
        aside = path.with_name(f"{path.name}.tmp")
        aside.write_text(path.read_text("utf-8").replace(f'"{text}"', f'"{text} Now."'), "utf-8")
        (path.parent / "4913").touch()  # as vim tries a folder
        (path.parent / "4913").unlink()
        aside.replace(path)
        line = wait_for(process, "touched")
        assert f"{file}: 1 piece touched (web/en: drivers-a4-poster)" in line
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
        assert process.returncode == 0, rest
        assert "Preview has ended." in rest and "Traceback" not in rest
    finally:
        process.kill()
        process.wait()


def wait_for(process, words):
    """The line of a process that holds the words."""
    deadline = time.monotonic() + 60
    for line in process.stdout:
        if words in line:
            return line
        assert time.monotonic() < deadline
    raise AssertionError(f"it ended without a word of “{words}”")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("messages/parents.yaml", True),
        ("translations/pl.po", True),
        ("art/drivers-poster.svg", True),
        ("a4-poster", True),  # a folder that was moved here
        ("messages/.parents.yaml.swp", False),
        ("messages/parents.yaml~", False),
        ("messages/.#parents.yaml", False),
        ("messages/parents.yaml.tmp", False),
        ("messages/4913", False),
        ("messages/sedK2jQ9x", False),
        ("translations/pl.mo", False),
    ],
)
def test_copies_that_editors_keep_are_nobodys_change(name, ours):
    """A line in the terminal for each of vim's swap files would hide the one that matters."""
    assert is_ours(None, f"/somewhere/content/{name}") is ours
