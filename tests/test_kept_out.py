"""One string that is missing, in doubt or out of date keeps out the leaflets that print it, in every
layout, and no other; each is named with the string."""

from __future__ import annotations

import json

import polib
import pytest
from projects import assert_told, edit

from handbill.campaign.messages import walk_prose
from handbill.plan import Selection, plan
from handbill.problems import PieceError
from handbill.workshop import Workshop

STRINGS = {
    "no-proof-line": "Not sure? Call. You do not need proof.",
    "y-fault": "You can get help without a sound. Just type, at {{ childline.web }}.",
    "t-do": "Tell your controller.",
    "p-signs": "Upset online",
    "s-cover": "Worried: police {{ police.phone }}",
}
"""By block: on posters alone, in leaflets alone, in a short wording alone, on an icon, on covers."""


def delete(project, context, english):
    with_entry(project, context, english, lambda entry: setattr(entry, "msgstr", ""))
    return english


def mark_fuzzy(project, context, english):
    with_entry(project, context, english, lambda entry: entry.flags.append("fuzzy"))
    return english


def change_english(project, context, english):
    for path in (project / "content/messages").glob("*.yaml"):
        if f"\n  {context}:\n" in path.read_text("utf-8"):
            edit(path, f'"{english}"', f'"{english} Now."')
    return f"{english} Now."


def with_entry(project, context, english, change):
    path = project / "content/translations/pl.po"
    catalogue = polib.pofile(str(path))
    change(next(entry for entry in catalogue if (entry.msgctxt, entry.msgid) == (context, english)))
    catalogue.save()


def all_polish(workshop):
    """Every layout once: its other editions print the same piece."""
    once = Selection(languages=("pl",), editions=("web", "large-print", "screen"))
    return plan(workshop.campaign, workshop.design, once)


def printing(workshop, context, english):
    """The Polish files that print the string, worked out from the English alone."""
    campaign = workshop.campaign
    wordings = {
        block.id
        for block in campaign.blocks.values()
        if block.name == context and english in [text for _, text in walk_prose(block.record)]
    }
    return {
        variant.file
        for variant in all_polish(workshop)
        if wordings & {block.id for block in workshop.bind(variant).blocks}
    }


@pytest.mark.parametrize("spoil", [delete, mark_fuzzy, change_english])
def test_only_the_files_that_print_it_are_kept_out(workshop, project, spoil):
    """One unfinished string must neither stop a whole language nor slip through in one layout."""
    expected: dict[str, set[str]] = {}
    for context, english in STRINGS.items():
        files = printing(workshop, context, english)
        said = spoil(project, context, english)
        assert 0 < len(files) < len(all_polish(workshop))
        for file in files:
            expected.setdefault(file, set()).add(said[:50])
    spoilt = Workshop(project)
    kept = {}
    for variant in all_polish(spoilt):
        try:
            spoilt.bind(variant)
        except PieceError as error:
            kept[variant.file] = {
                next(said for said in expected[variant.file] if said in problem.what)
                for problem in error.problems
            }
            assert {problem.place.file for problem in error.problems} == {"content/translations/pl.po"}
    assert kept == expected


def test_the_build_says_which_and_why(project, run, tmp_path):
    """The file is not there, the summary and the manifest name it with its string, the rest is made."""
    mark_fuzzy(project, "no-proof-line", STRINGS["no-proof-line"])
    narrowed = ["--audience", "parents", "--language", "pl", "--edition", "web", "--jobs", "1"]
    layouts = ["--layout", "a4-poster", "--layout", "dl-roll-fold"]
    output = tmp_path / "out"
    code, out, _ = run(project, "--output", str(output), *narrowed, *layouts)
    assert code == 1
    assert_told(out, "translation/fuzzy", "“Not sure? Call.", "content/translations/pl.po:")
    assert "pl/parents-a4-poster.pdf: web" in out
    assert (output / "web/pl/parents-dl-roll-fold.pdf").exists()
    assert not (output / "web/pl/parents-a4-poster.pdf").exists()
    (missing,) = json.loads((output / "manifest.json").read_text("utf-8"))["not_built"]
    assert missing["file"] == "web/pl/parents-a4-poster.pdf"
    assert "“Not sure? Call." in missing["because"][0]
