"""Preflight on files of others: the real fault is named, and no file makes the command fall over."""

from __future__ import annotations

import io
import random
import re

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_faults import foreign, reading_page, spoil, web_page
from text_setting import corpus as sentences
from writer_scenes import pdf, scene, set_text, text_page

from handbill.checks.command import check
from handbill.checks.listing import list_checks
from handbill.checks.marks import IDENTITY
from handbill.checks.paths import Path
from handbill.checks.profile import load_profile, names
from handbill.checks.rules import CHECKS
from handbill.checks.rules.text_direction import COMMON, WORD
from handbill.checks.run import check_file, check_foreign
from handbill.plan import Variant
from handbill.problems import InputError

URDU = "آپ کا بچہ محفوظ ہے اور یہ آپ کی غلطی نہیں ہے۔"
ARABIC = "اتصل بنا في أي وقت، المكالمة مجانية من المملكة المتحدة؟"


def run(arguments, root):
    out, err = io.StringIO(), io.StringIO()
    code = check([str(part) for part in arguments], root, out, err)
    return code, out.getvalue(), err.getvalue()


def checks_of(path):
    return {finding.check for finding in check_foreign(path, "press")[1]}


def test_an_rgb_file_without_bleed_is_told_so(tmp_path):
    """What an office program makes is what most people send to a printer."""
    path = foreign(tmp_path / "office.pdf")
    _, findings = check_foreign(path, None)
    found = {finding.check: finding for finding in findings}
    assert "RGB" in found["colour-spaces"].what
    assert "bleed" in found["boxes"].what
    assert "Helvetica" in found["fonts-embedded"].what


@pytest.mark.parametrize("words", [URDU, ARABIC])
def test_reversed_arabic_script_is_found_and_right_one_is_not(tmp_path, words):
    """Letters in logical order from left to right: what programs do that know no bidi."""
    backwards = reading_page(tmp_path / "backwards.pdf", words)
    rightly = reading_page(tmp_path / "rightly.pdf", words[::-1])
    assert "text-direction" in checks_of(backwards)
    assert "text-direction" not in checks_of(rightly)


@pytest.mark.parametrize("language", ["ar", "fa", "ur"])
def test_no_word_is_taken_for_another_ones_reverse(language):
    """Persian “یک” (one) is Urdu “کی” from its other end: were only one of the two known, a good line
    would be told as set backwards and kept from the press."""
    bare = re.sub("[\u064b-\u0670]", "", " ".join(sentences(language)))  # without vowel marks
    words = set(WORD.findall(bare))
    assert len(words) > 50
    assert {word for word in words if word[::-1] in COMMON} <= COMMON


@pytest.mark.parametrize(
    ("language", "label"),
    [("fa", "یک گوشی جدید"), ("fa", "بیش از یک گوشی"), ("fa", "حالا"), ("ur", "کمرے والا")],
)
def test_good_labels_are_not_heard_as_backwards(tmp_path, language, label):
    """A list of short labels gives few words to judge by, and each stands alone in the tree."""
    path = tmp_path / "label.pdf"
    long_enough = "اگر کودکی در خطر است، با ما تماس بگیرید و از ما کمک بخواهید؟"
    labels = [set_text(language, text) for text in (label, long_enough)]
    path.write_bytes(pdf(scene(language, text_page(language, *labels))))
    assert "text-direction" not in checks_of(path)


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("5000 800 0808", True),
        ("1111 0800", True),
        ("0000 7946 20 44+", True),
        ("0808 800 5000", False),
        ("0800 1111", False),
        ("01632 960 001", False),
        ("+44 20 7946 0000", False),
    ],
)
def test_a_number_whose_groups_changed_places_is_found_without_a_register(tmp_path, number, wrong):
    """Every digit is right, the line looks right to who cannot read it, and nobody answers."""
    path = reading_page(tmp_path / "number.pdf", f"{ARABIC[::-1]} {number} {ARABIC[::-1]}")
    assert ("numbers" in checks_of(path)) == wrong
    latin = reading_page(tmp_path / "latin.pdf", f"call {number} at any time")
    assert "numbers" not in checks_of(latin)


def test_a_type_3_font_is_found(tmp_path):
    """Drawings in place of letters; the name of the font helps to find where it came from."""
    assert "fonts-type3" in checks_of(foreign(tmp_path / "type3.pdf", type3=True))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda data: b"PK\x03\x04 a letter, renamed", "This is not a PDF."),
        (lambda data: b"", "This is not a PDF."),
        (lambda data: data[: len(data) // 3], "The end of the file is missing"),
        (lambda data: b"%PDF-1.7\n" + b"\0" * 3000 + b"\n%%EOF", "The file is damaged"),
    ],
)
def test_what_cannot_be_opened_is_told_in_words(tmp_path, root, make, words):
    """Somebody has renamed a letter, or a download broke off: one line says so, and the code is 2."""
    path = tmp_path / "broken.pdf"
    path.write_bytes(make(foreign(tmp_path / "good.pdf").read_bytes()))
    code, out, err = run([path], root)
    assert (code, out) == (2, "")
    assert words in err and "[check/file]" in err and err.count("\n") == 1


def test_a_file_with_a_password_is_told_so(tmp_path, root):
    """Nothing else can be said of it."""
    path = tmp_path / "locked.pdf"
    with pikepdf.open(foreign(tmp_path / "good.pdf")) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    code, _, err = run([path], root)
    assert code == 2 and "locked with a password" in err


def test_a_missing_file_and_a_folder_are_told_so(tmp_path, root):
    """A name typed wrongly is the commonest fault of all; other files are still checked."""
    code, out, err = run([tmp_path / "none.pdf", tmp_path, foreign(tmp_path / "good.pdf")], root)
    assert code == 2 and "no such file" in err and err.count("[check/file]") == 2
    assert "good.pdf" in out


def test_findings_are_one_line_each_and_the_code_tells_whether_one_is_an_error(tmp_path, root):
    """Other programs read the lines, and stop at the code."""
    path = foreign(tmp_path / "office.pdf")
    code, out, _ = run([path, "--profile", "press"], root)
    lines = out.splitlines()
    assert code == 1
    assert all(line.startswith(("error: ", "warning: ")) and line.endswith("]") for line in lines[:-1])
    assert lines[-1].endswith("(profile press)")


def test_a_good_web_page_is_clean_and_its_profile_is_guessed(tmp_path, root):
    """The other end: a file that is right gives 0 and says by what it was judged."""
    code, out, _ = run([web_page(tmp_path / "web.pdf")], root)
    assert (code, out.count("\n")) == (0, 1), out
    assert "(profile web)" in out


WEB_FAULTS = {
    "tags": {"untagged": True},
    "links": {"uri": "https://example.com/elsewhere"},
    "contrast": {"colour": "0.8 0.8 0.8 rg"},
    "letter-height": {"size": 5},
    "language": {"lang": None},
}


@pytest.mark.parametrize("name", WEB_FAULTS)
def test_each_fault_of_a_web_page_is_found_by_its_own_check_alone(tmp_path, name):
    """As for the press: one fault, one name."""
    path = web_page(tmp_path / "web.pdf", **WEB_FAULTS[name])
    assert {finding.check for finding in check_file(path, load_profile("web"))} == {name}


@pytest.mark.parametrize("arguments", [[], ["--profile", "prss", "a.pdf"], ["--nonsense", "a.pdf"]])
def test_a_wrong_command_says_what_is_wrong(root, arguments):
    """Nothing is opened, and the nearest name is proposed."""
    with pytest.raises(InputError) as caught:
        run(arguments, root)
    if "prss" in arguments:
        assert "press" in str(caught.value)


def test_profiles_name_only_checks_that_there_are():
    """A check that is misspelt in a profile would never run."""
    known = {check.id for check in CHECKS}
    assert len(known) == len(CHECKS)
    for name in names():
        profile = load_profile(name)
        assert set(profile.checks) <= known and set(profile.severities) <= known
    # A press has inks, no greys of a driver's making.
    press = set(load_profile("press").checks) | set(load_profile("press-x1a").checks)
    assert known - press == {"grey-contrast"}
    assert "grey-contrast" in load_profile("office").checks


def test_every_check_says_why_and_by_whose_rule():
    """A finding that cannot be explained is argued with, then ignored."""
    for one in CHECKS:
        for words in (one.rationale, one.source, one.proposal):
            assert len(words) > 10, one.id
        assert one.rationale.endswith(".") and one.proposal.endswith("."), one.id


def test_the_page_of_checks_is_true(root):
    """Who looks up a finding reads what the program does today."""
    assert (root / "docs" / "checks.md").read_text("utf-8") == list_checks()


@pytest.mark.parametrize("operator", ["m", "l", "c", "v", "y", "re", "h"])
@pytest.mark.parametrize("count", range(8))
def test_a_path_operator_with_any_count_of_numbers_is_survived(operator, count):
    """Found by mutation: a curve without its numbers took the whole page out of every check."""
    path = Path()
    path.add("m", [10.0, 10.0], IDENTITY)
    path.add(operator, [1.0] * count, IDENTITY)
    assert all(contour for contour in path.take())


def spoil_filter(pdf):
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            item.Filter = 7


def spoil_annotations(pdf):
    pdf.pages[0].obj.Annots = pikepdf.Dictionary()


def spoil_intents(pdf):
    pdf.Root.OutputIntents = 1


def spoil_height(pdf):
    pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 300, 99999999])


@pytest.mark.parametrize("spoiler", [spoil_filter, spoil_annotations, spoil_intents, spoil_height])
@pytest.mark.parametrize("profile", ["press", "web"])
def test_things_of_the_wrong_kind_do_not_stop_a_check(workshop, tmp_path, spoiler, profile):
    """Found by mutation: a number in place of a list, a page of three kilometres. The check that met
    it said that it could not look, and what else it would have found was lost."""
    made = workshop.make(Variant("press", "en", None, "young-people", "a4-poster"))
    path = spoil(made.data, spoiler, tmp_path / "odd.pdf")
    said = [finding.what for finding in check_file(path, load_profile(profile))]
    assert not [what for what in said if "could not be looked at" in what]
    assert check(["--read", str(path)], tmp_path, io.StringIO(), io.StringIO()) == 0


@pytest.fixture(scope="module")
def corpus(workshop, tmp_path_factory):
    """A press file of ours, uncompressed so that mutations reach its content, and two foreign ones."""
    folder = tmp_path_factory.mktemp("corpus")
    made = workshop.make(Variant("press", "ur", None, "young-people", "a4-poster"))
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        pdf.save(
            plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return [
        plain.getvalue(),
        made.data,
        foreign(folder / "foreign.pdf", type3=True).read_bytes(),
        web_page(folder / "web.pdf").read_bytes(),
    ]


TOKENS = [
    b"<<",
    b">>",
    b"[",
    b"]",
    b"null",
    b"-1",
    b"99999999999",
    b"0",
    b"/",
    b"(",
    b"1 0 R",
    b"/Kids 1 0 R",
]


def mutate(data: bytes, seed: int, changes: int) -> bytes:
    """The file with some bytes, numbers, names or stretches changed."""
    chance = random.Random(seed)
    spoiled = bytearray(data)
    for _ in range(changes):
        at = chance.randrange(len(spoiled))
        kind = chance.randrange(5)
        if kind == 0:
            spoiled[at] = chance.randrange(256)
        elif kind == 1:
            del spoiled[at : at + chance.randrange(1, 40)]
        elif kind == 2:
            token = chance.choice(TOKENS)
            spoiled[at : at + len(token)] = token
        elif kind == 3:
            start = chance.randrange(len(spoiled))
            spoiled[at:at] = spoiled[start : start + chance.randrange(1, 60)]
        else:
            digit = next((i for i in range(at, min(at + 500, len(spoiled))) if 48 <= spoiled[i] < 58), at)
            spoiled[digit] = chance.choice(b"0123456789-.")
    return bytes(spoiled)


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 3), st.integers(0, 2**32), st.sampled_from([1, 5, 40, 300]))
def test_no_mutated_file_makes_the_checks_fall_over(corpus, tmp_path, which, seed, changes):
    """Files from elsewhere are damaged in ways that nobody thinks of; a traceback helps no one."""
    path = tmp_path / "mutated.pdf"
    path.write_bytes(mutate(corpus[which], seed, changes))
    # Reading it out has no checks around it that would catch a fault.
    assert check(["--read", str(path)], tmp_path, io.StringIO(), io.StringIO()) in (0, 1, 2)
    # By the profile with all checks, not by a guessed one.
    for finding in check_file(path, load_profile("press")):
        assert finding.what and finding.remedy
        str(finding.to_problem("mutated.pdf"))
