"""The gate of a release: what keeps a file in, what a milder policy lets out, and that this is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polib
import pytest
from campaign_tree import foreign, plant

from handbill.build import Outcome, Report
from handbill.campaign.campaign import load_campaign
from handbill.campaign.release import Gate
from handbill.campaign.reviews import BackTranslation, Reading, ReviewFile, load_review
from handbill.campaign.strings import list_strings
from handbill.campaign.translations import update
from handbill.plan import Variant
from handbill.problems import HandbillError, Place, Problem
from handbill.summary import summarise
from handbill.translation.reviewtext import format_review

TODAY = date(2026, 11, 22)
CRITICAL = ("messages/shared.yaml", "    kind: contacts\n", "    kind: contacts\n    critical: true\n")
READY = (
    CRITICAL,
    ("campaign.yaml", "checked: null\npublisher: null", 'checked: 2026-11\npublisher: "A Council"'),
    (
        "contacts.yaml",
        "    certainty: A\n    generic",
        "    certainty: A\n    checked: 2026-11-20\n    generic",
    ),
    ("contacts.yaml", '    source: "Its pages"\n', '    source: "Its pages"\n    checked: 2026-11-20\n'),
)


def policy(words):
    return ("campaign.yaml", "words:\n", f"release: {{{words}}}\nwords:\n")


@pytest.fixture
def tree(tmp_path):
    """Makes the sample all but ready in Polish: approved, read back, contacts checked."""

    def make(*changes, state="approved", verdict="same"):
        plant(tmp_path, *READY, *changes)
        update(load_campaign(tmp_path), "pl")
        path = tmp_path / "content/translations/pl.po"
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            entry.msgstr = foreign(entry.msgid)
        catalogue.metadata |= {"X-Handbill-State": state, "X-Handbill-By": "A", "X-Handbill-On": "2026-11-22"}
        catalogue.save(str(path))
        strings = tuple(
            BackTranslation(
                context=string.context,
                english=string.english,
                translation=foreign(string.english),
                back="b",
                verdict=verdict,
            )
            for string in list_strings(load_campaign(tmp_path))
            if string.critical
        )
        review = ReviewFile(
            language="pl", readings=(Reading(reader="B", on=TODAY, method="alone", strings=strings),)
        )
        folder = tmp_path / "content/translations/review"
        folder.mkdir()
        (folder / "pl.yaml").write_text(format_review(review), "utf-8")
        return tmp_path

    return make


def judge(root, today=TODAY, piece="leaflet"):
    campaign = load_campaign(root)
    return Gate(campaign, today).judge(campaign.bind("parents", piece, "pl", "exampleshire"))


def test_a_piece_that_is_ready_leaves(tree):
    """The gate opens for what is approved, read back, checked and filled in: else nothing ever leaves."""
    assert judge(tree()).hindrances == ()


@pytest.mark.parametrize(
    ("days", "held"), [(0, False), (28, False), (29, True), (-3, True)], ids=["now", "last", "over", "early"]
)
def test_a_contact_leaves_only_within_its_term(tree, days, held):
    """A number that nobody has rung for a month may ring nowhere; a check in the future is a slip."""
    found = judge(tree(), TODAY + timedelta(days)).hindrances
    assert ("release/not-checked" in {problem.code for problem in found}) is held


def test_the_term_is_the_policys(tree):
    """Who sets ninety days is held to ninety, and everybody is told."""
    root = tree(policy("checked_within_days: 90"))
    late = judge(root, TODAY + timedelta(60))
    assert late.hindrances == ()
    assert {problem.code for problem in late.let_through} == {"release/not-checked"}
    assert judge(root, TODAY + timedelta(100)).hindrances


@pytest.mark.parametrize("state", ["draft", "reviewed"])
def test_words_that_nobody_approved_stay(tree, state):
    """Reviewed is not approved unless the policy says so."""
    found = judge(tree(state=state))
    assert [problem.code for problem in found.hindrances] == ["release/not-approved"]


def test_reviewed_words_may_be_let_out_and_it_is_told(tree):
    """A charity may decide so; that it did stands in the summary."""
    found = judge(tree(policy("states: [reviewed, approved]"), state="reviewed"))
    assert found.hindrances == ()
    assert [problem.code for problem in found.let_through] == ["release/not-approved"]


def test_no_policy_lets_a_draft_out(tmp_path):
    """A draft is what nobody has read: no line in a file may make it final."""
    plant(tmp_path, policy("states: [draft]"))
    with pytest.raises(HandbillError) as caught:
        load_campaign(tmp_path)
    assert "reviewed" in str(caught.value) and caught.value.problems[0].place.line


def test_critical_words_that_were_not_read_back_are_named(tree):
    """An approval without a second reader has let wrong words pass before (terminology.md, rule 2)."""
    root = tree()
    (root / "content/translations/review/pl.yaml").unlink()
    found = judge(root).hindrances
    assert {problem.code for problem in found} == {"release/not-read-back"}
    assert any("“You are worried.”" in problem.what for problem in found)
    assert not any("any child" in problem.what for problem in found), "its block is not critical"


def test_only_the_pieces_that_print_the_words_are_held(tree):
    """A poster without the words must not wait for them."""
    root = tree()
    path = root / "content/translations/review/pl.yaml"
    path.write_text(path.read_text("utf-8").replace(foreign("You are worried."), "«Other»"), "utf-8")
    assert [problem.what for problem in judge(root).hindrances] == [
        "The translation of “You are worried.” is changed since it was read back."
    ]
    assert judge(root, piece="poster").hindrances == ()


def test_a_doubt_holds_what_it_is_about(tree):
    """A doubt that does not stop the leaflet is a note that nobody reads."""
    codes = {problem.code for problem in judge(tree(verdict="doubt")).hindrances}
    assert codes == {"release/doubt"}


def test_a_doubt_let_through_is_told(tree):
    """What was overlooked is on record, string by string."""
    found = judge(tree(policy("critical_doubts: allow"), verdict="doubt"))
    assert found.hindrances == ()
    assert any("“You are worried.”" in problem.what for problem in found.let_through)


def test_a_damaged_review_file_holds_the_language(tree):
    """Back-translations that cannot be read prove nothing; the message names the line."""
    root = tree()
    path = root / "content/translations/review/pl.yaml"
    path.write_text(path.read_text("utf-8").replace("verdict: same", "verdict: fine", 1), "utf-8")
    (problem,) = judge(root).hindrances
    assert problem.place.file.endswith("review/pl.yaml") and problem.place.line == 13


def test_the_reviews_written_are_the_reviews_read(tree):
    """Quotes, joiners and invisible signs in a record survive the file."""
    root = tree()
    odd = BackTranslation(
        context="a",
        english='Say: "no" \\ é',
        translation="می\u200cشود \u2028x",
        back="b",
        verdict="doubt",
        note="#: x",
    )
    review = ReviewFile(
        language="pl", readings=(Reading(reader="'", on=TODAY, method="- :", strings=(odd,)),)
    )
    (root / "content/translations/review/pl.yaml").write_text(format_review(review), "utf-8")
    assert load_review(root, "pl").model == review


CAUSE = Problem("translation/missing", "“Free.” is not translated.", "Translate it.", Place("pl.po", 3))


def summary_of(root, *outcomes, documents=()):
    report = Report(tuple(documents), tuple(outcomes), ())
    return "\n".join(summarise(load_campaign(root), report, root / "out"))


def outcomes(editions, layouts=("a4-poster",), cause=CAUSE):
    return [
        Outcome(Variant(edition, "pl", None, "parents", layout), None, (cause,))
        for layout in layouts
        for edition in editions
    ]


def test_a_cause_is_told_once_with_what_it_keeps_out(tmp_path):
    """One untranslated string keeps dozens of files out: told dozens of times it hides the next cause."""
    plant(tmp_path)
    other = replace(CAUSE, what="“Other.” is not translated.")
    said = summary_of(
        tmp_path,
        *outcomes(("press", "web")),
        *outcomes(("press",), ("a5-flyer",)),
        *outcomes(("web",), ("x",), other),
    )
    assert said.count("“Free.”") == 1 and said.count("“Other.”") == 1
    assert "4 not made:" in said
    assert "pl/parents-a4-poster.pdf: press, web" in said and "pl/parents-a5-flyer.pdf: press" in said


def test_of_very_many_files_the_number_is_told(tmp_path):
    """Four hundred names below one cause are as good as none."""
    plant(tmp_path)
    said = summary_of(tmp_path, *outcomes(("press", "web"), [f"l{n}" for n in range(50)]))
    assert "100 files, among them pl/parents-l0.pdf" in said
    assert len(said.splitlines()) < 8


def test_very_many_causes_of_one_kind_are_counted(tmp_path):
    """Two hundred strings that nobody read back are one piece of news."""
    plant(tmp_path)
    many = [
        outcome
        for n in range(90)
        for outcome in outcomes(("web",), cause=replace(CAUSE, what=f"“S{n}.” is not translated."))
    ]
    said = summary_of(tmp_path, *many)
    assert "and 70 more causes like these [translation/missing]" in said


def test_what_a_milder_policy_let_through_is_in_the_summary(tmp_path):
    """Nobody should learn from the printed leaflet that a rule was switched off."""
    plant(tmp_path)
    record = {"language": "pl", "state": "reviewed", "let_through": [str(CAUSE)]}
    said = summary_of(tmp_path, documents=[record, record])
    assert "“release:” in content/campaign.yaml" in said and f"{CAUSE} (2 files)" in said
