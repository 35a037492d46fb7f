"""The proof of a translation: what someone who cannot read its script must be able to see in it."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import polib
import pypdfium2
import pytest
import uharfbuzz as hb
from projects import assert_told, edit

from handbill.campaign.strings import list_strings
from handbill.proof.fonts import embed
from handbill.proof.inventory import take_stock
from handbill.proof.page import draw_page
from handbill.proof.paragraphs import break_like, match
from handbill.proof.pieces import Setter
from handbill.proof.proof import make_proof
from handbill.proof.rows import list_numbers

POSTER = ("--audience", "parents", "--layout", "a4-poster")


class Page(HTMLParser):
    """What a page holds, by the attributes that a test asks for."""

    def __init__(self, text):
        super().__init__()
        self.strings, self.marks, self.directions, self.scripts = [], {}, [], 0
        self.tags = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        self.tags.add(tag)
        if "data-string" in held:
            self.strings.append((held["data-string"], held["data-english"]))
        if held.get("class", "").startswith("mark"):
            x, y = map(float, re.findall(r"-?[\d.]+", held["transform"]))
            self.marks[int(held["data-row"])] = (x, y)
        if held.get("class") == "set":
            self.directions.append((held["lang"], held["dir"]))

    handle_startendtag = handle_starttag


@pytest.fixture(scope="module")
def proofs(workshop):
    """Proofs of one audience in a language, made once."""
    made = {}

    def go(language, audience="parents"):
        if (language, audience) not in made:
            proof = make_proof(workshop, language, (audience,), ())
            made[language, audience] = proof, draw_page(proof, workshop.library)
        return made[language, audience]

    return go


def squeeze(text):
    return re.sub(r"\s+", "", text)


def change(project, language, edits):
    """Save the catalogue with the translations of some English strings changed: {start: (old, new)}."""
    path = project / f"content/translations/{language}.po"
    catalogue = polib.pofile(str(path))
    for start, to in edits.items():
        found = [entry for entry in catalogue if entry.msgid == start]
        found = found or [entry for entry in catalogue if entry.msgid.startswith(start)]
        assert found, f"the content has no string “{start}” any more"
        to(found[0])
    catalogue.save(str(path))


@pytest.mark.parametrize(("language", "audience"), [("pl", "parents"), ("zh-Hans", "shop-workers")])
def test_every_string_is_proved_once_with_its_block(workshop, proofs, language, audience):
    """A string that no row shows has been proved by nobody; one shown twice is read as two."""
    proof, page = proofs(language, audience)
    wanted = take_stock(workshop.campaign, language, (audience,))
    shown = Page(page).strings
    assert sorted(shown) == sorted(wanted)
    assert len(wanted) > 80
    assert set(wanted) < {(string.context, string.english) for string in list_strings(workshop.campaign)}
    assert proof.is_good
    for row in proof.rows:
        assert f"<code>{row.block}</code>" in page


def test_marks_stand_where_the_words_are(workshop, proofs):
    """A mark beside other words would have a reviewer confirm the wrong line."""
    proof, page = proofs("pl")
    marks = Page(page).marks
    rows = beside = 0
    for chapter in proof.chapters:
        setter = Setter(workshop, "pl", {})
        pdf, names = setter.write(chapter.laid)
        with pypdfium2.PdfDocument(pdf) as document:
            for shot in chapter.shots:
                reader = document[names.index(shot.view.name)].get_textpage()
                for row in shot.rows:
                    box = row.box.outset(0.5)
                    read = reader.get_text_bounded(box.x, box.y, box.right, box.top)
                    words = "".join(span.text for span in row.paragraph.words)
                    # Descenders of a neighbouring line may reach into the box, never the reverse.
                    assert squeeze(words) in squeeze(read).replace("\u00ad", ""), (row.number, words, read)
                    x, y = marks[row.number]
                    near = row.box.outset(40 / shot.scale)
                    assert near.x < x < near.right and near.y < shot.picture.height - y < near.top
                    beside += x < row.box.x
                    rows += 1
    assert beside > 0.7 * rows, "marks do not stand where the words begin"
    assert rows == len(marks) > 60


@pytest.mark.parametrize(("language", "direction"), [("ur", "rtl"), ("bn", "ltr")])
def test_words_run_as_their_script_does(proofs, language, direction):
    """Urdu that a browser sets from the left would look wrong beside a picture that is right."""
    proof, page = proofs(language)
    directions = Page(page).directions
    assert (language, direction) in directions
    assert directions.count((language, direction)) > len(directions) * 0.7
    for shot in (shot for chapter in proof.chapters for shot in chapter.shots):
        for row in shot.rows:
            x, _ = Page(page).marks[row.number]
            assert (x > row.box.x) == row.paragraph.rtl, "the mark stands at the wrong end of the line"
            break


def test_numbers_are_read_back_as_they_are_seen(proofs):
    """Digits that came out in another order among right-to-left letters would send a child to nobody."""
    proof, _ = proofs("ur")
    printed = {listed.value for listed in proof.numbers}
    assert {"999", "0808 800 5000", "0800 1111"} <= printed
    for listed in proof.numbers:
        assert listed.sights and not listed.others
        for sight in listed.sights:
            assert squeeze(sight.read) == squeeze(listed.value)


def test_page_asks_for_nothing_and_runs_nothing(proofs):
    """A proof is mailed and opened where there is no network, and where scripts are not trusted."""
    _, page = proofs("ur")
    assert "script" not in Page(page).tags
    assert set(re.findall(r"(?:href|src|url)\W{1,2}(\w+:)", page)) <= {"data:"}
    assert len(page) < 15e6


def test_swapped_numbers_are_told(project, run):
    """Two numbers that change places leave the same set of numbers: only their order tells. A translator
    may have said that the grammar asks for it; the reviewer is still shown it."""

    def swap(entry):
        phone, silent = "{{ emergency.phone }}", "{{ emergency_silent.phone }}"
        entry.msgstr = entry.msgstr.replace(phone, "@").replace(silent, phone).replace("@", silent)
        entry.tcomment = "allow order: the grammar wants it"

    change(project, "pl", {"Call {{ emergency.phone }}. If you cannot speak": swap})
    code, _, _ = run(
        project, "translations", "proof", "pl", "--audience", "drivers", "--layout", "dl-roll-fold"
    )
    page = (project / "output/proofs/pl-drivers-dl-roll-fold.html").read_text("utf-8")
    assert "Numbers in another order. English: 999, 55. Here: 55, 999." in page
    assert "It asks you to look at" in page
    assert code == 0, "the order may be right in this language: a person says so"


def test_what_has_no_translation_is_told_and_marked(project, run):
    """Stand-in letters that nobody has marked would be proved as a translation."""

    def empty(entry):
        entry.msgstr = ""

    def fuzzy(entry):
        entry.flags = ["fuzzy"]

    def stale(entry):
        entry.msgid = "Hidden sudden change in your child?"

    change(
        project,
        "pl",
        {"New things": empty, "Not sure? Call": fuzzy, "Sudden change in your child?": stale},
    )
    code, out, _ = run(project, "translations", "proof", "pl", *POSTER)
    assert code == 1
    assert "p-signs: “New things”: not translated" in out
    assert "marked by the translator as needing work" in out
    assert "the English has changed since this was translated" in out
    page = (project / "output/proofs/pl-parents-a4-poster.html").read_text("utf-8")
    assert page.count('class="fault"') == 3
    assert "Not ready" in page


def test_piece_that_does_not_fit_is_proved_and_named(project, run):
    """Words that are too long are where a reviewer is needed most: all of them are shown."""

    def longer(entry):
        entry.msgstr = " ".join([entry.msgstr] * 3)

    change(project, "pl", {"It can be any child: any age": longer})
    code, out, _ = run(
        project, "translations", "proof", "pl", "--audience", "parents", "--layout", "dl-roll-fold"
    )
    assert code == 1
    assert_told(out, "text/overset", "Polish", "“flap”")
    page = (project / "output/proofs/pl-parents-dl-roll-fold.html").read_text("utf-8")
    assert "The real sheet ends here" in page
    assert "too long" in page


def test_translation_that_cannot_be_filled_in_is_told_with_its_reason(project, run):
    """Without the reason nobody could mend it; without the mark the stand-in would pass for it."""

    def spoil(entry):
        entry.msgstr = "Zadzwoń {{ nspcc.phone }}"

    change(project, "pl", {"New things": spoil})
    code, out, _ = run(project, "translations", "proof", "pl", *POSTER)
    assert code == 1
    assert "p-signs: “New things”: the translation cannot be printed" in out
    assert_told(out, "translation/placeholder", "pl.po")


def test_hostile_translation_is_shown_as_text(project, run):
    """A translation comes from outside: the page must not do what it says."""
    hostile = "<script>alert(1)</script> & <b>x</b>"

    def spoil(entry):
        entry.msgstr = hostile

    change(project, "pl", {"New things": spoil})
    run(project, "translations", "proof", "pl", *POSTER)
    text = (project / "output/proofs/pl-parents-a4-poster.html").read_text("utf-8")
    assert "script" not in Page(text).tags
    assert "&lt;script&gt;" in text


def test_the_same_words_give_the_same_bytes(workshop, root, tmp_path):
    """A proof that was signed must be made again byte for byte, on any day and any computer: here in
    another process, which orders its sets otherwise."""
    here = draw_page(make_proof(workshop, "ur", ("parents",), ("a4-poster",)), workshop.library)
    subprocess.run(
        [sys.executable, "make_pdfs.py", "translations", "proof", "ur", *POSTER, "--output", tmp_path],
        cwd=root,
        env=os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": str(root)},
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "proofs/ur-parents-a4-poster.html").read_text("utf-8") == here


@pytest.mark.parametrize("language", ["pl", "ur", "pa", "bn", "zh-Hans"])
def test_carried_fonts_join_and_place_letters_as_the_whole_ones(workshop, language):
    """Cut down, a font that had lost a way to join letters would show words that nobody prints."""
    face = workshop.library.face(workshop.campaign.languages[language].faces.regular[0])
    words = [
        "".join(letter for letter in entry.translation if face.covers(letter))
        for entry in workshop.campaign.catalogues[language].entries.values()
    ]
    _, data = embed(face, set("".join(words))).split(",")
    cut = hb.Font(hb.Face(base64.b64decode(data)))
    for text in words:
        assert shape(cut, text) == shape(hb.Font(face.hb_face), text), text


def shape(font, text):
    """Where HarfBuzz puts the shapes of a text."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    shaped = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.cluster, place.x_advance, place.x_offset, place.y_offset) for info, place in shaped]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("en",), "command/unknown-language", "no translation to prove"),
        (("urd",), "command/unknown-name", "“ur”"),
        (("pl", "--audience", "parent"), "command/unknown-name", "“parents”"),
        (("pl", "--layout", "a4-postr"), "command/unknown-name", "“a4-poster”"),
        (("pl", "--audience", "parents", "--layout", "visor-card"), "command/nothing", "no audience"),
        ((), "command/arguments", "LANG"),
    ],
)
def test_wrong_command_writes_nothing(project, run, arguments, code, words):
    """A mistyped name must not leave an empty proof that somebody signs."""
    exit_code, _, told = run(project, "translations", "proof", *arguments)
    assert exit_code == 2
    assert_told(told, code, words)
    assert not (project / "output").exists()


def test_language_without_catalogue_is_told(project, run):
    """There is nothing to prove yet, and the remedy says how to begin."""
    (project / "content/translations/bn.po").unlink()
    code, _, told = run(project, "translations", "proof", "bn")
    assert code == 2
    assert_told(told, "translation/no-catalogue", "translations")
    path = project / "content/translations/pl.po"
    edit(path, "X-Handbill-State: draft", "X-Handbill-State: done")
    code, out, _ = run(project, "translations", "proof", "pl", *POSTER)
    assert code == 1, "a wrong header keeps pieces back, and the proof says so"
    assert_told(out, "translation/header", "done")


def test_letters_that_are_not_the_catalogue_s_are_told(workshop):
    """A line cut or turned round on its way to the sheet is what a proof is for."""
    proof = make_proof(workshop, "pl", ("parents",), ("a4-poster",))
    row = next(row for row in proof.rows if len(row.paragraph.lines) == 2)
    lines = [
        [(char, False) for char in squeeze("".join(s.text for s in line))] for line in row.paragraph.lines
    ]
    assert break_like(row.paragraph.words, lines)
    assert break_like(row.paragraph.words, [lines[0], lines[1][:-1]]) is None
    assert break_like(row.paragraph.words, [lines[1], lines[0]]) is None
    assert break_like(row.paragraph.words, [lines[0][::-1], lines[1]]) is None
    words = "".join(span.text for span in row.paragraph.words)
    assert match(words, row.paragraph.sources)[2] == ""
    assert match(words + " obce", row.paragraph.sources)[2] == "obce"


def test_digits_of_the_language_count_as_numbers(proofs):
    """18 written as ۱۸ is the same number; left out, it must be told."""
    proof, _ = proofs("ur")
    spans = next(row.paragraph.words for row in proof.rows if "18" in list_numbers(row.paragraph.words))
    native = [type(span)(span.text.replace("18", "۱۸"), span.bold, span.kind, span.ref) for span in spans]
    assert list_numbers(native) == list_numbers(spans)
