"""A catalogue held to the glossary, to barred words and to its own marks; and the verb that tells."""

from __future__ import annotations

import io

import polib
import pytest
from campaign_tree import foreign, load_sample, plant

from handbill.campaign.campaign import load_campaign
from handbill.campaign.glossary import find_barred
from handbill.campaign.translations import update
from handbill.problems import InputError, PieceError, Severity
from handbill.translation.check import examine
from handbill.translation.command import translate

GLOSSARY = """\
terms:
  abuse: {row: 2, english: ['abuse']}
latin: [NSPCC]
"""
TERMS = """\
language: pl
terms:
  abuse: ['przemoc\\w*', 'nadużyci']
avoid:
  - avoid: ['ofiar\\w*']
    why: 'labels the reader'
    say: 'osoba'
    row: 30
    audiences: [parents]
  - {avoid: ['wstyd\\w*'], why: 'ties it to shame', say: 'skrępowanie', level: W}
"""


@pytest.fixture
def tree(tmp_path):
    """Makes the sample with a glossary and a Polish catalogue, some strings as given."""

    def make(texts=(), comments=(), terms=TERMS):
        plant(tmp_path)
        (tmp_path / "content/glossary.yaml").write_text(GLOSSARY, "utf-8")
        (tmp_path / "content/terms").mkdir()
        (tmp_path / "content/terms/pl.yaml").write_text(terms, "utf-8")
        update(load_campaign(tmp_path), "pl")
        path = tmp_path / "content/translations/pl.po"
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            entry.msgstr = dict(texts).get(entry.msgid, foreign(entry.msgid).strip("«»"))
            entry.tcomment = dict(comments).get(entry.msgid, "")
        catalogue.save(str(path))
        return tmp_path

    return make


def told(root):
    out = io.StringIO()
    code = translate(["check", "pl"], root, out)
    return code, out.getvalue()


GOOD = ("It is **always** abuse.", "To **zawsze** przemoc.")


def test_a_barred_word_keeps_the_piece_back_and_says_why(tree):
    """A translator who is only told "no" writes the next best wrong word."""
    root = tree([GOOD, ("It can be any child.", "Każda ofiara.")])
    code, out = told(root)
    assert code == 1
    assert "“ofiara”: labels the reader. Say instead: osoba. [translation/barred]" in out
    with pytest.raises(PieceError) as caught:
        load_campaign(root).bind("parents", "leaflet", "pl")
    assert [problem.code for problem in caught.value.problems] == ["translation/barred"]
    assert load_campaign(root).bind("parents", "poster", "pl").warnings == ()


def test_a_word_barred_mildly_only_asks(tree):
    """Shame has its place in copy for adults: a person decides."""
    code, out = told(tree([GOOD, ("It can be any child.", "Bez wstydu.")]))
    assert code == 0
    assert "Look at: " in out and "[translation/barred]" in out


@pytest.mark.parametrize(
    ("translation", "asked"),
    [("To **zawsze** przemoc.", False), ("To **zawsze** Nadużycie.", False), ("To **zawsze** żart.", True)],
)
def test_a_term_in_none_of_its_agreed_forms_is_asked_about(tree, translation, asked):
    """One word for one thing through all leaflets; endings and capitals do not matter."""
    code, out = told(tree([(GOOD[0], translation)]))
    assert code == 0
    assert ("“abuse” of “It is **always** abuse.”" in out) is asked


def test_an_allowed_exception_is_told_with_its_reason(tree):
    """What somebody allowed is for the reviewer to see, not to vanish."""
    code, out = told(tree([(GOOD[0], "To **zawsze** żart.")], [(GOOD[0], "allow term: a quotation")]))
    assert code == 0 and "[translation/term]" not in out
    assert "Allowed: content/translations/pl.po:" in out and "term, because a quotation" in out
    assert out.splitlines()[-1] == "pl: 0 wrong, 0 to look at, 1 allowed by comment"


@pytest.mark.parametrize(
    ("translation", "said"),
    [
        ('Mów "głośno".', 'the quotation mark "'),
        ("Mów «głośno».", "the quotation marks « »"),
        ("Mów głośno", "no full stop"),
    ],
)
def test_marks_that_are_not_the_languages_own_are_asked_about(tree, translation, said):
    """Straight quotes are the mark of a hasty hand; a lost stop may be a lost half sentence."""
    code, out = told(tree([GOOD, ("It can be any child.", translation)]))
    assert code == 0 and said in out and "[translation/marks]" in out


@pytest.mark.parametrize(
    ("translation", "asked"), [("To " + "bardzo " * 20 + "długie.", True), ("To krótkie. " * 20, False)]
)
def test_a_sentence_far_longer_than_its_english_is_asked_about(tree, translation, asked):
    """Readers in a second language lose the end of it; many short ones do no harm."""
    _, out = told(tree([GOOD, ("It can be any child.", translation)]))
    assert ("[translation/long-sentence]" in out) is asked


def test_every_finding_has_its_line(tree):
    """ "Somewhere in two thousand lines" is no place."""
    root = tree([GOOD, ("It can be any child.", "Any child can 18.")])
    _, out = told(root)
    lines = (root / "content/translations/pl.po").read_text("utf-8").splitlines()
    number = lines.index('msgid "It can be any child."') + 1
    assert f"content/translations/pl.po:{number} (what): " in out


def test_a_term_that_the_glossary_does_not_know_stops(tree):
    """A misspelt name would switch the check off without a word."""
    with pytest.raises(InputError) as caught:
        load_campaign(tree(terms=TERMS.replace("  abuse:", "  abuze:")))
    (problem,) = caught.value.problems
    assert problem.code == "content/unknown-term" and "“abuse”" in problem.remedy
    assert (problem.place.file, problem.place.line) == ("content/terms/pl.yaml", 3)


def test_a_file_of_terms_is_called_after_its_language(tree):
    """A file that is called otherwise is looked for in vain when a word has to be mended."""
    with pytest.raises(InputError) as caught:
        load_campaign(tree(terms=TERMS.replace("language: pl", "language: ur")))
    assert [problem.code for problem in caught.value.problems] == ["content/terms-name"]


def test_a_campaign_does_without_a_glossary(tmp_path):
    """A small charity with two languages need not write one."""
    campaign = load_sample(tmp_path)
    assert campaign.glossary.terms == {} and campaign.terms_of("pl").avoid == ()


TRAPS = [
    ("cy", "parents", "Mae rhywun yn ymbincio plentyn."),
    ("cy", "parents", "Mae priodfabwyr ar-lein."),
    ("pl", "drivers", "prostytucja dzieci"),
    ("pl", "young-people", "Jesteś ofiarą."),
    ("ro", "parents", "Faceți un denunț."),
    ("ro", "drivers", "poliţia"),
    ("pt", "shop-workers", "Deve denunciar."),
    ("es", "parents", "pornografía infantil"),
    ("es", "parents", "tráfico de personas"),
    ("ur", "parents", "یہ خفیہ ہے"),
    ("ur", "parents", "آپ کي مدد"),
    ("pa", "young-people", "ਤੁਸੀਂ ਪੀੜਤ ਹੋ"),
    ("pa", "parents", "ਪਰਿਵਾਰ ਦੀ ਇੱਜ਼ਤ"),
    ("bn", "drivers", "শিশু শিকারের কথা"),
    ("gu", "parents", "પરિવારની આબરૂ"),
    ("ar", "parents", "عليكم الوشاية"),
    ("ar", "young-people", "أنت لست ضحية"),
    ("ar", "parents", "مواد إباحية"),
    ("so", "parents", "gabadh sinaysatay"),
    ("zh-Hans", "parents", "修饰儿童"),
    ("zh-Hans", "drivers", "向警方举报"),
    ("zh-Hans", "parents", "儿童色情图片"),
    ("uk", "parents", "батьки або опікуни"),
    ("uk", "parents", "ты не один, это важно, мы"),
    ("tr", "parents", "siber uşaklaştırma"),
    ("tr", "young-people", "Sen kurban değilsin."),
    ("fa", "young-people", "تو قربانی هستی"),
    ("fa", "parents", "آبروی خانواده"),
]


@pytest.mark.parametrize(("language", "audience", "words"), TRAPS)
def test_the_traps_of_the_brief_are_shut(workshop, language, audience, words):
    """Each was found in a live page or is barred by terminology.md: it must not come back."""
    found = find_barred(words, audience, workshop.campaign.terms_of(language), None)
    assert [problem.severity for problem in found] == [Severity.ERROR] * max(1, len(found))


PROPER = [
    ("cy", "young-people", "Nid dy fai di yw hyn. Dwyt ti ddim ar dy ben dy hun."),
    ("pl", "young-people", "To nie twoja wina. Nie musisz mierzyć się z tym w pojedynkę."),
    ("es", "parents", "No es culpa tuya. Explotación sexual infantil."),
    ("ar", "parents", "الاعتداء الجنسي على الأطفال. الإبلاغ عن مخاوف. المحافظة على الهدوء."),
    ("zh-Hans", "young-people", "这不是你的错。"),
    ("tr", "young-people", "Bu senin suçun değil. Yalnız değilsin."),
    ("fa", "young-people", "تقصیر تو نیست. تو تنها نیستی."),
]


@pytest.mark.parametrize(("language", "audience", "words"), PROPER)
def test_the_agreed_words_pass(workshop, language, audience, words):
    """A rule that also bars the right words teaches people to ignore it."""
    assert find_barred(words, audience, workshop.campaign.terms_of(language), None) == []


def test_the_shipped_catalogues_have_no_fault(workshop):
    """What is shipped passes its own checks; doubtful places are for a person."""
    for language, catalogue in workshop.campaign.catalogues.items():
        if not catalogue.entries:
            continue
        errors = [one for one in examine(workshop.campaign, language) if one.severity is Severity.ERROR]
        assert errors == [], "\n".join(map(str, errors))
