"""What readers get out of a written file: the words, in order, whatever the script.

Judged with PDFium (Chrome) and poppler; the corpus sentences of each language stand for its hard
cases. Copying a number out of a leaflet must give the number.
"""

from __future__ import annotations

import io
import re
from unicodedata import normalize

import pikepdf
import pypdfium2
import pytest
from writer_scenes import (
    LANGUAGES,
    PHONE,
    WEB,
    corpus,
    leaflet,
    likeness,
    pdf,
    pdfium_text,
    plain,
    run,
    scene,
    script,
    set_text,
    spans,
    struct_text,
    text_page,
)

from handbill.text.model import Span

RIGHT_TO_LEFT = [lang for lang in LANGUAGES if script(lang).rtl]
LEFT_TO_RIGHT = [lang for lang in LANGUAGES if lang not in RIGHT_TO_LEFT]


SPACELESS = frozenset(["zh-Hans"])


def read_as(lang, text):
    """The words of a text; of scripts without spaces between words without those of line ends."""
    return plain(text).replace(" ", "") if lang in SPACELESS else plain(text)


LATIN_BESIDE_BRACKETS = re.compile(r"\([A-Za-z]|[A-Za-z] ?[()]")


def everything(lang):
    """All sentences of the language's corpus and the one with a number: (words, bytes). Without those
    from right to left that hold Latin words beside brackets, which have a test of their own."""
    sentences = [
        text for text in corpus(lang) if lang in LEFT_TO_RIGHT or not LATIN_BESIDE_BRACKETS.search(text)
    ]
    paragraphs = [set_text(lang, text) for text in sentences] + [set_text(lang, spans(lang))]
    source = " ".join(paragraph.text for paragraph in paragraphs)
    return read_as(lang, source), pdf(scene(lang, text_page(lang, *paragraphs)))


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request, tmp_path_factory):
    words, data = everything(request.param)
    path = tmp_path_factory.mktemp("reading") / f"{request.param}.pdf"
    path.write_bytes(data)
    return request.param, words, path


def test_poppler_reads_every_word(written, oracle):
    """A reader who searches or copies gets the source text, letter for letter, Urdu included."""
    lang, words, path = written
    assert read_as(lang, run(oracle("pdftotext"), "-enc", "UTF-8", path, "-")) == words


def test_pdfium_reads_every_word(written):
    """As above in Chrome's reader, which turns brackets and quotes round in lines from right to left, puts
    a vowel mark behind the comma that follows it ("فوراً،") and says two marks on a letter in their
    other order, which Unicode holds for the same; nothing else."""
    lang, words, path = written
    marks = "()«»‹›“”‘’"
    turned = str.maketrans(marks, ")(»«›‹”“’‘")
    if lang in RIGHT_TO_LEFT:
        read = normalize("NFC", plain(pdfium_text(path.read_bytes())))
        read = re.sub("([،؛؟.])([\u064b-\u0655]+)", r"\2\1", read)
        words = normalize("NFC", words)
        assert likeness(read, words) > 0.98
        flat = str.maketrans("", "", marks)
        assert read.translate(flat) == words.translate(flat)
        assert read != words, "PDFium has learnt brackets: take the exception out"
        assert sorted(read) == sorted(words.translate(turned))
    else:
        assert read_as(lang, pdfium_text(path.read_bytes())) == words


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
@pytest.mark.parametrize("latin", ["(CSE)", "(CEOP)،"])
def test_latin_words_beside_brackets_are_read_whole(lang, latin, tmp_path, oracle):
    """In a line from right to left both readers turn or move brackets beside Latin words, and the space
    there; every letter and mark is read all the same, and each word stays whole. Screen readers take the
    paragraph's ActualText."""
    word = {"ar": "الأطفال", "fa": "کودکان", "ur": "پولیس"}[lang]
    text = f"{word} {latin} {word}"
    data = pdf(scene(lang, text_page(lang, set_text(lang, text))))
    path = tmp_path / "brackets.pdf"
    path.write_bytes(data)
    for read in (run(oracle("pdftotext"), "-enc", "UTF-8", path, "-"), pdfium_text(data)):
        read = plain(read)
        assert read.count(word) == 2 and latin.strip("()، ") in read
        bare = str.maketrans("", "", "() ")
        assert sorted(read.translate(bare)) == sorted(text.translate(bare))
        assert read != text, "the reader has learnt brackets: hold it to more"


def test_number_reads_back_in_every_reader(written, oracle):
    """A wrong helpline number does harm: digit for digit, also inside right-to-left lines."""
    _, _, path = written
    readers = {
        "pdftotext": run(oracle("pdftotext"), "-enc", "UTF-8", path, "-"),
        "pdftotext -raw": run(oracle("pdftotext"), "-raw", "-enc", "UTF-8", path, "-"),
        "structure": struct_text(oracle("pdfinfo"), path),
        "pdfium": pdfium_text(path.read_bytes()),
    }
    assert [name for name, text in readers.items() if PHONE not in plain(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_digits_stand_from_left_to_right(lang):
    """What the eye sees: the digits of the number stand in dialling order on the page."""
    paragraph = set_text(lang, (Span(PHONE, bold=True, kind="phone"),))
    text = pypdfium2.PdfDocument(pdf(scene(lang, text_page(lang, paragraph))))[0].get_textpage()
    places = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.isdigit():
            places.append((text.get_charbox(index)[0], character))
    assert "".join(digit for _, digit in sorted(places)) == PHONE.replace(" ", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_address_on_a_line_of_its_own_reads_forwards(lang, tmp_path, oracle):
    """PDFium turned nspcc.org.uk into uk.org.nspcc where the file announced right-to-left pages."""
    paragraph = set_text(lang, (Span(WEB, kind="web"),))
    data = pdf(scene(lang, text_page(lang, paragraph)))
    path = tmp_path / "web.pdf"
    path.write_bytes(data)
    assert plain(pdfium_text(data)) == WEB
    assert plain(run(oracle("pdftotext"), "-enc", "UTF-8", path, "-")) == WEB


@pytest.mark.parametrize("lang", LEFT_TO_RIGHT)
def test_structure_reads_as_the_source(lang, tmp_path, oracle):
    """A screen reader gets each paragraph whole: words at line ends do not run together."""
    paragraph = set_text(lang, spans(lang))
    assert len(paragraph.lines) > 1
    path = tmp_path / "structure.pdf"
    path.write_bytes(pdf(scene(lang, text_page(lang, paragraph))))
    assert plain(struct_text(oracle("pdfinfo"), path)) == plain(paragraph.text)


def test_lines_of_chinese_join_without_a_space(tmp_path, oracle):
    """Where a line breaks between letters there was no space, and none may be read."""
    paragraph = set_text("en", "unbroken", 12)
    first, second = set_text("en", "unbro").lines[0], set_text("en", "ken").lines[0]
    split = type(paragraph)(
        (first, second), paragraph.leading, paragraph.ascent, 2 * paragraph.leading, 200, "unbroken", 10, 2
    )
    path = tmp_path / "joined.pdf"
    path.write_bytes(pdf(scene("en", text_page("en", split))))
    assert struct_text(oracle("pdfinfo"), path) == "unbroken"


def test_half_width_marks_read_as_one_text(tmp_path, oracle):
    """Two Chinese marks that share a blank stand closer than their widths say: no reader may take the
    one for the end of a word or a line, or whoever copies “）：” gets it in two parts."""
    paragraph = set_text("zh-Hans", "警察（紧急）：对方说：“这是秘密。”（不对。）")
    assert len(paragraph.lines) == 2
    path = tmp_path / "marks.pdf"
    path.write_bytes(pdf(scene("zh-Hans", text_page("zh-Hans", paragraph))))
    readers = {
        "pdftotext": run(oracle("pdftotext"), "-enc", "UTF-8", path, "-"),
        "pdftotext -layout": run(oracle("pdftotext"), "-layout", "-enc", "UTF-8", path, "-"),
        "structure": struct_text(oracle("pdfinfo"), path),
        "pdfium": pdfium_text(path.read_bytes()),
    }
    for name, text in readers.items():
        parts = text.split()
        assert "".join(parts) == paragraph.text, name
        assert len(parts) <= len(paragraph.lines), (name, parts)


def test_urdu_paragraph_speaks_its_source():
    """Urdu is painted in visual order, so assistive software is given each paragraph's ActualText."""
    with pikepdf.open(io.BytesIO(pdf(leaflet("ur")))) as file:
        found = [str(item.ActualText) for item in _elements(file) if "/ActualText" in item]
    assert found == ["".join(span.text for span in spans("ur"))] * 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_but_the_words_is_read(lang):
    """The ink under the words reads as zero-width spaces, never as letters a second time."""
    paragraph = set_text(lang, spans(lang))
    read = plain(pdfium_text(pdf(scene(lang, text_page(lang, paragraph)))))
    assert sorted(read.replace(" ", "")) == sorted(plain(paragraph.text).replace(" ", ""))


def _elements(file):
    def down(item):
        yield item
        kids = item.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from down(kid)

    yield from down(file.Root.StructTreeRoot.K)
