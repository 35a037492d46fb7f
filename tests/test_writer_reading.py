"""What readers get out of a written file: the words, in order, whatever the script.

Judged with PDFium (Chrome) and poppler; the corpus sentences of each language stand for its hard
cases. Copying a number out of a leaflet must give the number.
"""

from __future__ import annotations

import io

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
    set_text,
    spans,
    struct_text,
    text_page,
)

from handbill.text.model import Span

LEFT_TO_RIGHT = [lang for lang in LANGUAGES if lang != "ur"]


SPACELESS = frozenset(["zh-Hans"])


def read_as(lang, text):
    """The words of a text; of scripts without spaces between words without those of line ends."""
    return plain(text).replace(" ", "") if lang in SPACELESS else plain(text)


def everything(lang):
    """All sentences of the language's corpus and the one with a number: (words, bytes)."""
    paragraphs = [set_text(lang, text) for text in corpus(lang)] + [set_text(lang, spans(lang))]
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
    """As above in Chrome's reader, which turns brackets and quotes of Urdu round and nothing else."""
    lang, words, path = written
    turned = str.maketrans("()“”‘’", ")(”“’‘")
    if lang == "ur":
        read = plain(pdfium_text(path.read_bytes()))
        assert likeness(read, words) > 0.99
        flat = str.maketrans("", "", "()“”‘’")
        assert read.translate(flat) == words.translate(flat)
        assert read != words, "PDFium has learnt brackets: take the exception out"
        assert sorted(read) == sorted(words.translate(turned))
    else:
        assert read_as(lang, pdfium_text(path.read_bytes())) == words


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
