"""XLIFF for agencies: what goes out comes back, and nothing that comes back does harm."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import assert_told, edit

from handbill.problems import InputError
from handbill.translation.xliff import Exchange, Unit, read_xliff, write_xliff

PRINTED = {"childline.phone": "0800 1111", "emergency.phone": "999"}


def catalogues(project):
    return {path.name: path.read_bytes() for path in (project / "content/translations").glob("*.po")}


def sent(project, run, language="ur"):
    """An exported file's path."""
    code, out, _ = run(project, "translations", "export", language, "--output", str(project / "out"))
    assert code == 0, out
    return project / "out" / f"{language}.xlf"


def take_in(project, run, path):
    return run(project, "translations", "import", str(path))


def entry(project, english, language="ur"):
    catalogue = polib.pofile(str(project / f"content/translations/{language}.po"))
    (found,) = [entry for entry in catalogue if entry.msgid == english and not entry.obsolete]
    return found


def test_out_and_in_is_no_difference(project, run):
    """A round trip that changed a byte would make every later difference suspect."""
    before = catalogues(project)
    code, _, _ = run(project, "translations", "export", "--output", str(project / "out"))
    assert code == 0
    files = sorted((project / "out").glob("*.xlf"))
    assert len(files) == len(before)
    code, out, _ = run(project, "translations", "import", *map(str, files))
    assert (code, catalogues(project)) == (0, before)
    assert out.count(" 0 taken in") == len(before)


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}*\ufffe\uffff"), max_size=12
)
pieces = st.lists(
    st.one_of(words, st.sampled_from(["{{ childline.phone }}", "{{ emergency.phone }}", "**", "<b>&amp;"])),
    min_size=1,
)


@given(english=pieces, translation=pieces, done=st.booleans())
def test_any_text_survives(english, translation, done):
    """Angle brackets, stars without a partner, the same number twice, in any order."""
    from handbill.campaign.records import fold

    unit = Unit("y-do", fold(" ".join(english)), fold(" ".join(translation)), done)
    if not unit.english:
        return
    (back,) = read_xliff(write_xliff(Exchange("ur", "notice", (unit,)), "ur.po", PRINTED), "ur.xlf").units
    assert (back.context, back.english, back.translation) == (unit.context, unit.english, unit.translation)
    assert back.done is (done and bool(unit.translation))


def test_another_reader_sees_the_same(project, run):
    """translate-toolkit, which agencies' tools are built on, reads every source and target."""
    storage = pytest.importorskip("translate.storage.xliff2")
    path = sent(project, run, "pl")
    store = storage.Xliff2File.parsefile(str(path))
    ours = read_xliff(path.read_bytes(), "pl.xlf").units
    theirs = [unit for unit in store.units if not unit.isheader()]
    assert len(theirs) == len(ours)
    for one, other in zip(ours, theirs, strict=True):
        if "{{" not in one.translation:  # it shows no text for codes
            assert (str(other.source), str(other.target)) == (one.english, one.translation)
            assert other.istranslated() and not other.isfuzzy()


def test_numbers_are_codes_that_show_what_is_printed(project, run):
    """A translator sees 0800 1111 where it will stand, and has no digits to mistype."""
    text = sent(project, run).read_text("utf-8")
    assert 'disp="0800 1111"' in text and 'canDelete="no"' in text
    assert "{{" not in "".join(part.split("</target>")[0] for part in text.split("<target")[1:])


def test_an_agencys_work_is_taken_in(project, run):
    """A finished translation is current, one that is not finished is kept out until someone looks."""
    for english in ("Checked", "Approved"):
        path = project / "content/translations/ur.po"
        catalogue = polib.pofile(str(path))
        for one in catalogue:
            if one.msgid == english:
                one.msgstr = ""
        catalogue.save(str(path))
    xliff = sent(project, run)
    text = xliff.read_text("utf-8")
    assert text.count("<source") == text.count("<target") + 2
    for english, state in (("Checked", "final"), ("Approved", "initial")):
        old = f'<source xml:space="preserve">{english}</source>'
        start = text.index(old)
        before, after = text[:start], text[start:]
        at = before.rindex('state="initial"')
        text = (
            before[:at]
            + f'state="{state}"'
            + before[at + 15 :]
            + after.replace(old, f"{old}<target>نیا</target>", 1)
        )
    xliff.write_text(text, "utf-8")
    code, out, _ = take_in(project, run, xliff)
    assert code == 0 and "2 taken in" in out and "1 of these marked as needing work" in out
    assert (entry(project, "Checked").msgstr, entry(project, "Checked").fuzzy) == ("نیا", False)
    assert entry(project, "Approved").fuzzy


def test_new_words_are_nobodys_approved_words(project, run):
    """An approved catalogue that an import changes is a draft again, as after any other change."""
    path = project / "content/translations/ur.po"
    edit(path, '"X-Handbill-By: \\n"', '"X-Handbill-By: A. Reader\\n"')
    edit(path, '"X-Handbill-On: \\n"', '"X-Handbill-On: 2026-11-20\\n"')
    edit(path, "X-Handbill-State: draft", "X-Handbill-State: approved")
    xliff = sent(project, run)
    code, out, _ = take_in(project, run, xliff)
    assert code == 0 and "State: approved" in path.read_text("utf-8")
    edit(xliff, "</target>", " نیا</target>")
    code, out, _ = take_in(project, run, xliff)
    assert code == 0 and "back to draft" in out
    assert "State: draft" in path.read_text("utf-8") and "A. Reader" not in path.read_text("utf-8")


def test_english_that_has_changed_since_is_told(project, run):
    """The agency worked on old words: theirs are not put under new ones."""
    xliff = sent(project, run)
    text = xliff.read_text("utf-8")
    xliff.write_text(text.replace('<source xml:space="preserve">Checked<', "<source>Looked at<"), "utf-8")
    before = catalogues(project)
    code, out, _ = take_in(project, run, xliff)
    assert code == 1 and catalogues(project) == before
    assert_told(out, "xliff/unknown", "ur.xlf:", "Looked at", "export ur")


def test_a_segmented_unit_is_joined(project, run):
    """Some programs cut a unit into sentences although they are asked not to."""
    xliff = sent(project, run)
    text = xliff.read_text("utf-8")
    i = text.index('<source xml:space="preserve">Contacts not yet checked</source>')
    j = text.index("</segment>", i)
    cut = (
        "<source>Contacts not</source><target>ایک</target></segment>"
        "<ignorable><source> </source><target> </target></ignorable>"
        '<segment state="final"><source>yet checked</source><target>دو</target>'
    )
    xliff.write_text(text[:i] + cut + text[j:], "utf-8")
    code, out, _ = take_in(project, run, xliff)
    assert code == 0 and "1 taken in" in out
    assert entry(project, "Contacts not yet checked").msgstr == "ایک دو"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('version="2.0"', 'version="1.2"', "xliff/version"),
        ('trgLang="ur"', 'trgLang="tlh"', "xliff/language"),
        ('srcLang="en"', 'srcLang="ur"', "xliff/language"),
        ('file id="notice"', 'file id="another"', "xliff/campaign"),
        ('dataRef="d1"', 'dataRef="d9"', "xliff/code"),
        ("</xliff>", "", "xliff/unreadable"),
        ("<xliff ", '<!DOCTYPE xliff [<!ENTITY a "b">]>\n<xliff ', "xliff/unreadable"),
        ("</target>", '<cp hex="D800"/></target>', "xliff/code"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(project, run, old, new, code):
    """One clear message, and the catalogue stays as it was."""
    xliff = sent(project, run)
    edit(xliff, old, new)
    before = catalogues(project)
    status, _, err = take_in(project, run, xliff)
    assert status == 2 and catalogues(project) == before
    assert_told(err, code, "ur.xlf")


def test_a_file_of_entities_does_not_grow():
    """Files come by mail: none may fill the memory of who opens it."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    with pytest.raises(InputError):
        read_xliff(
            f'{bomb}]><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0">&j;</xliff>'.encode(), "x.xlf"
        )


def test_a_new_language_begins_empty(project, run):
    """A catalogue of every string, all to be translated, beside the others."""
    records = project / "content/languages.yaml"
    text = records.read_text("utf-8")
    record = text[text.index("  pl:\n") : text.index("\n\n", text.index("  pl:\n"))]
    records.write_text(text.rstrip("\n") + "\n\n" + record.replace("  pl:", "  cs:") + "\n", "utf-8")
    code, out, _ = run(project, "translations", "new", "cs")
    assert code == 0 and "to translate" in out
    catalogue = polib.pofile(str(project / "content/translations/cs.po"))
    assert len(catalogue) > 200 and not any(one.msgstr for one in catalogue)
    assert catalogue.metadata["X-Handbill-State"] == "draft"
    code, _, err = run(project, "translations", "new", "cs")
    assert code == 2
    assert_told(err, "translation/exists", "content/translations/cs.po", "update cs")


@pytest.mark.parametrize("language", ["en", "tlh"])
def test_a_language_without_a_record_cannot_begin(project, run, language):
    """Somebody has to say first which font it is set in."""
    code, _, err = run(project, "translations", "new", language)
    assert code == 2
    assert_told(err, "command/unknown-language")
    assert not (project / f"content/translations/{language}.po").exists()


def test_a_language_in_preparation_is_made_only_by_name(project, run):
    """A translation that has begun must not fill everyone's build with pieces that are not made."""
    edit(
        project / "content/languages.yaml",
        "    endonym: polski\n",
        "    endonym: polski\n    in_preparation: true\n",
    )
    code, out, _ = run(project, "--list")
    assert code == 0 and "/pl/" not in out and "/ur/" in out
    code, out, _ = run(project, "--list", "--language", "pl")
    assert code == 0 and "/pl/" in out
