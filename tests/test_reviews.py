"""Back-translations as data: what is read back, what still holds, and what waits for somebody."""

from __future__ import annotations

import io

import polib
import pytest
from campaign_tree import foreign, plant

from handbill.campaign.campaign import load_campaign
from handbill.campaign.translations import update
from handbill.problems import HandbillError
from handbill.translation.command import translate
from handbill.translation.review import Worksheet
from handbill.yamlsource import load_model

CRITICAL = ("messages/shared.yaml", "    kind: contacts\n", "    kind: contacts\n    critical: true\n")


@pytest.fixture
def tree(tmp_path):
    """The sample with one critical block and its catalogue filled in."""
    plant(tmp_path, CRITICAL)
    update(load_campaign(tmp_path), "pl")
    path = tmp_path / "content/translations/pl.po"
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = foreign(entry.msgid)
    catalogue.save(str(path))
    return tmp_path


def desk(tree, *arguments):
    """What the verb says, and its exit code."""
    out = io.StringIO()
    return translate(["review", *arguments], tree, out), out.getvalue()


def retranslate(tree, english, words):
    path = tree / "content/translations/pl.po"
    catalogue = polib.pofile(str(path))
    entry = next(entry for entry in catalogue if entry.msgid == english)
    entry.flags, entry.msgstr = [], words
    catalogue.save(str(path))


def read_back(tree, backs="back"):
    """Hand out, fill in every row, take in."""
    sheet = tree / "sheet.yaml"
    desk(tree, "pl", "--blind", str(sheet))
    text = sheet.read_text("utf-8")
    for key, value in (("reader", "A. Reader"), ("on", "2026-11-23"), ("method", "Alone")):
        text = text.replace(f"\n{key}:\n", f'\n{key}: "{value}"\n')
    sheet.write_text(text.replace('back: ""', f'back: "{backs}"'), "utf-8")
    return desk(tree, "pl", "--take", str(sheet))


def judge(tree, verdict):
    path = tree / "content/translations/review/pl.yaml"
    path.write_text(path.read_text("utf-8").replace("verdict:\n", f"verdict: {verdict}\n"), "utf-8")


def test_a_worksheet_holds_the_translations_and_no_english(tree):
    """Who has seen the English reads it into the translation, and a wrong word passes."""
    sheet = tree / "sheet.yaml"
    code, _ = desk(tree, "pl", "--blind", str(sheet))
    rows = load_model(sheet, tree, Worksheet).model.strings
    texts = [row.text for row in rows.values()]
    assert code == 0
    assert foreign("You are worried.") in texts
    assert foreign("Free to call.") in texts, "what a service promises is always critical"
    assert not any("It can be any child" in text for text in texts), "its block is not marked"
    for hint in ("context", "english", "nspcc", "contact/", "{{"):
        assert hint not in sheet.read_text("utf-8").split("strings:")[1]


def test_numbers_and_names_stand_in_the_worksheet_as_they_are_printed(tree):
    """A reader can say what “call {{ nspcc.phone }}” means only with the number in it."""
    english = "Ask {{ nspcc.name }}: {{ nspcc.phone }}, {{ council.phone }}"
    messages = tree / "content/messages/shared.yaml"
    messages.write_text(messages.read_text("utf-8").replace("You are worried.", english), "utf-8")
    update(load_campaign(tree), "pl")
    retranslate(tree, english, "«{{ nspcc.name }}, {{ nspcc.phone }}, {{ council.phone }}»")
    _, out = desk(tree, "pl", "--blind")
    assert f"«NSPCC Helpline, 0808 800 5000, {foreign('[COUNCIL NUMBER]')}»" in out


def test_what_was_read_back_waits_for_a_verdict_and_then_stands(tree):
    """A back-translation that nobody compared with the English proves nothing."""
    code, out = read_back(tree)
    assert code == 0 and "taken in" in out
    code, out = desk(tree, "pl")
    assert code == 1 and "“You are worried.” is without a verdict" in out
    judge(tree, "same")
    code, out = desk(tree, "pl")
    assert code == 0, out
    assert desk(tree, "pl", "--blind")[1] == "pl: nothing to read back.\n"


def test_a_doubt_is_named_with_its_line(tree):
    """A doubt that is only counted is never settled."""
    read_back(tree)
    judge(tree, "same")
    path = tree / "content/translations/review/pl.yaml"
    head, tail = path.read_text("utf-8").split('english: "You are worried."')
    path.write_text(
        head + 'english: "You are worried."' + tail.replace("verdict: same", "verdict: doubt", 1), "utf-8"
    )
    code, out = desk(tree, "pl")
    line = head.count("\n")  # the entry begins one line above its English
    assert code == 1
    assert f"content/translations/review/pl.yaml:{line} " in out
    assert "“You are worried.” is in doubt" in out


def test_words_changed_after_the_verdict_have_to_be_read_again(tree):
    """A verdict on other words than those printed is worth nothing, whoever forgot to say so."""
    read_back(tree)
    judge(tree, "same")
    retranslate(tree, "You are worried.", "Something else")
    code, out = desk(tree, "pl")
    assert code == 1 and "“You are worried.” is changed since" in out
    assert '"Something else"' in desk(tree, "pl", "--blind")[1]


def test_english_changed_after_the_verdict_has_to_be_read_again(tree):
    """The same translation of another English sentence is a new comparison."""
    read_back(tree)
    judge(tree, "same")
    messages = tree / "content/messages/shared.yaml"
    messages.write_text(messages.read_text("utf-8").replace("You are worried.", "You are unsure."), "utf-8")
    update(load_campaign(tree), "pl")
    code, out = desk(tree, "pl")
    assert code == 1 and "1 not read back" in out


def test_mended_words_stand_only_as_they_were_mended(tree):
    """“mended” with the old words still in the catalogue would pass the fault that was found."""
    read_back(tree)
    judge(tree, "same")
    path = tree / "content/translations/review/pl.yaml"
    head, tail = path.read_text("utf-8").split('english: "You are worried."')
    tail = tail.replace("verdict: same", 'verdict: mended\n        mended: "Better"', 1)
    path.write_text(head + 'english: "You are worried."' + tail, "utf-8")
    assert "“You are worried.” is changed since" in desk(tree, "pl")[1]
    retranslate(tree, "You are worried.", "Better")
    code, out = desk(tree, "pl")
    assert code == 0 and "(1 of the compared mended)" in out


def test_a_second_reading_is_kept_beside_the_first_and_counts(tree):
    """The newest reading of the present words decides; what was found before stays on record."""
    read_back(tree)
    judge(tree, "same")
    retranslate(tree, "You are worried.", "Something else")
    read_back(tree, "second")
    judge(tree, "same")
    text = (tree / "content/translations/review/pl.yaml").read_text("utf-8")
    assert text.count("- reader:") == 2 and text.count('english: "You are worried."') == 2
    assert desk(tree, "pl")[0] == 0


def test_a_row_that_no_longer_fits_is_named_and_the_others_are_taken(tree):
    """A translator who mends a line while the reader reads must not cost the reader's work."""
    sheet = tree / "sheet.yaml"
    desk(tree, "pl", "--blind", str(sheet))
    retranslate(tree, "You are worried.", "Something else")
    text = sheet.read_text("utf-8").replace("reader:", 'reader: "A"').replace("on:\n", "on: 2026-11-23\n")
    sheet.write_text(text.replace("method:", 'method: "M"').replace('back: ""', 'back: "b"'), "utf-8")
    code, out = desk(tree, "pl", "--take", str(sheet))
    assert code == 1
    assert "[review/unknown-text]" in out and "sheet.yaml:" in out and foreign("You are worried.") in out
    assert '"Free to call."' in (tree / "content/translations/review/pl.yaml").read_text("utf-8")


def test_a_worksheet_without_a_name_or_day_is_not_taken(tree):
    """A comparison that nobody signs cannot be asked about."""
    sheet = tree / "sheet.yaml"
    desk(tree, "pl", "--blind", str(sheet))
    with pytest.raises(HandbillError) as caught:
        desk(tree, "pl", "--take", str(sheet))
    assert [problem.code for problem in caught.value.problems] == ["review/worksheet"] * 3
    assert not (tree / "content/translations/review").exists()


def test_a_short_wording_cannot_be_critical_by_itself(tmp_path):
    """Translators know both wordings by one name, so that one mark has to hold for both."""
    plant(
        tmp_path,
        (
            "messages/shared.yaml",
            '    note: "Keep it calm."\n',
            '    note: "Keep it calm."\n    short: {kind: list, items: [a], critical: true}\n',
        ),
    )
    with pytest.raises(HandbillError) as caught:
        load_campaign(tmp_path)
    assert "critical" in str(caught.value)
