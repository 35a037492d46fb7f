"""What a screen reader hears, as ``check --read`` tells it and as docs/examples/ shows it."""

from __future__ import annotations

import difflib
import io
import os
import re

import pytest
from pdf_faults import foreign, web_page
from structure_text import hear, plain

from handbill.checks.command import check
from handbill.plan import Variant
from handbill.problems import InputError

LANGUAGES = ("en", "ur", "bn", "zh-Hans")
"""Shown in docs/examples/, as far as the campaign has them."""
ROLES = "H[1-6]|P|Lbl|LBody|Figure"
LINE = re.compile(r"(?P<indent> *)(?P<role>\w+)(?: \[(?P<lang>[a-z]{2}(?:-\w+)?)\])?(?: (?P<words>.*))?")


def read(root, *paths):
    out, err = io.StringIO(), io.StringIO()
    code = check(["--read", *map(str, paths)], root, out, err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def leaflet(workshop, tmp_path_factory):
    """The parents' leaflet for the web, by language."""
    made = {}

    def make(language):
        if language not in made:
            made[language] = tmp_path_factory.mktemp("reading") / f"{language}.pdf"
            variant = Variant("web", language, None, "parents", "dl-roll-fold")
            made[language].write_bytes(workshop.make(variant).data)
        return made[language]

    return make


def shown(workshop):
    return [language for language in LANGUAGES if language in workshop.campaign.languages]


def test_examples_are_what_is_heard_today(workshop, leaflet, root):
    """Editors judge by these files; one that is out of date has them approve what nobody hears."""
    folder = root / "docs" / "examples"
    changes = []
    for language in shown(workshop):
        code, text, err = read(root, leaflet(language))
        assert (code, err) == (0, "")
        example = folder / f"parents-dl-roll-fold-{language}.txt"
        if os.environ.get("HANDBILL_GOLDENS") == "write":
            example.write_text(text, "utf-8")
        recorded = example.read_text("utf-8") if example.exists() else ""
        changes += difflib.unified_diff(
            recorded.splitlines(), text.splitlines(), example.name, "heard now", lineterm="", n=1
        )
    assert not changes, "\n".join(
        ["If this is meant: HANDBILL_GOLDENS=write python -m pytest tests/test_reading.py", *changes[:40]]
    )
    names = {f"parents-dl-roll-fold-{language}.txt" for language in shown(workshop)}
    assert {path.name for path in folder.glob("*.txt")} == names


def test_another_walker_hears_the_same(workshop, leaflet, root):
    """Two readers of the tree that share no code agree on every paragraph, its order and its links."""
    for language in shown(workshop):
        told, links = [], []
        for line in read(root, leaflet(language))[1].splitlines()[1:]:
            match = LINE.fullmatch(line)
            if match and re.fullmatch(ROLES, match["role"]) and match["words"]:
                told.append((match["role"], match["words"]))
            elif match and match["role"] == "Link":
                links.append(tuple(match["words"].split(" -> ")))
        heard = hear(leaflet(language))
        assert told == [(item.role, plain(item.text)) for item in heard]
        assert links == [(plain(link.text), *link.targets) for item in heard for link in item.links]
        assert len(links) >= 10


def test_every_word_of_another_tongue_has_its_own_line(workshop, leaflet, root):
    """Which voice speaks is what an editor cannot see on the page."""
    for language in shown(workshop):
        spoken = [
            words
            for item in hear(leaflet(language))
            for tongue, said in item.tongues
            if tongue != language
            for words in plain(said).split()
        ]
        title, *lines = read(root, leaflet(language))[1].splitlines()
        assert title.startswith(f"Title [{language}] ")
        marked = [match["words"] for line in lines if (match := re.fullmatch(LINE, line)) and match["lang"]]
        assert [word for words in marked for word in words.split(" -> ")[0].split()] == spoken
        assert ("NSPCC Helpline" in marked) == (language != "en")


@pytest.mark.parametrize(("audience", "sign"), [("parents", "✓"), ("drivers", "✗"), ("young-people", "•")])
def test_dos_and_donts_sound_different(workshop, root, tmp_path, audience, sign):
    """Who jumps from item to item hears no heading: “Argue” must not sound like advice."""
    layout = "a4-poster" if audience == "drivers" else "dl-roll-fold"
    path = tmp_path / "piece.pdf"
    path.write_bytes(workshop.make(Variant("web", "en", None, audience, layout)).data)
    text = read(root, path)[1]
    assert f"Lbl {sign}" in text
    if audience == "drivers":
        assert re.search(r"Lbl ✗\n *LBody Argue\n", text) and re.search(
            r"Lbl ✓\n *LBody Stop, then call\n", text
        )


def test_pages_are_told_in_order(leaflet, root):
    """A leaflet has six panels, each a page, each begun once."""
    text = read(root, leaflet("en"))[1]
    assert re.findall("^page (.*)$", text, re.M) == list("123456")


def test_a_file_without_tags_is_told_so(tmp_path, root):
    """Silence would look as if there were nothing to hear."""
    code, out, err = read(root, foreign(tmp_path / "office.pdf"), web_page(tmp_path / "web.pdf"))
    assert code == 1 and err == ""
    first, *rest = out.splitlines()
    assert first.startswith("error: ") and "not tagged" in first and first.endswith("[check/tags]")
    assert rest == [
        "Title [en] Help",
        "page 1",
        "P example.org/help",
        "  Link example.org/help -> https://www.example.org/help",
    ]


def test_what_cannot_be_opened_is_told_so(tmp_path, root):
    """As without --read."""
    code, out, err = read(root, tmp_path / "none.pdf")
    assert (code, out) == (2, "") and "[check/file]" in err


def test_reading_and_judging_are_two_commands(root):
    """A profile judges; asking for both is a misunderstanding."""
    with pytest.raises(InputError, match="not allowed with"):
        read(root, "--profile", "web", "a.pdf")
