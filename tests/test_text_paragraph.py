"""Set paragraphs: whole, inside their measure, in reading order, and pleasant to read."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_setting import COLUMN, LIBRARY, RECORDS, SCRIPTS, corpus, set_text, shown, text_of_glyphs

from handbill.problems import PieceError, Place
from handbill.text import lines
from handbill.text.breaks import SPACES
from handbill.text.galley import set_galleys
from handbill.text.han import SQUARE_SCRIPTS
from handbill.text.model import Paragraph, Span, Style
from handbill.text.paragraph import measure, set_paragraph
from handbill.units import mm

LANGUAGES = sorted(SCRIPTS)


def assert_whole(paragraph: Paragraph) -> None:
    """The lines hold the source in order, with nothing between them but spaces; every run, atom
    and glyph carries its share of the line."""
    rest = paragraph.text
    for line in paragraph.lines:
        rest = rest.lstrip(SPACES + "\n")
        assert rest.startswith(line.text)
        rest = rest[len(line.text) :]
        runs = sorted(line.runs, key=lambda run: run.order)
        assert "".join(run.text for run in runs) == line.text
        for run in runs:
            assert all(text_of_glyphs(atom) == atom.text for atom in run.atoms)
            assert {atom.rtl for atom in run.atoms} == {run.rtl}
    assert not rest.strip(SPACES + "\n")
    orders = [run.order for line in paragraph.lines for run in line.runs]
    assert sorted(orders) == list(range(len(orders)))


def assert_inside(paragraph: Paragraph) -> None:
    """No line leaves its measure, and runs stand side by side from the line's left edge."""
    for line in paragraph.lines:
        assert line.indent >= -0.001
        assert line.indent + line.width <= paragraph.width + 0.001
        x = 0.0
        for run in line.runs:
            assert run.x == pytest.approx(x, abs=0.001)
            x += run.width
        assert line.width == pytest.approx(x, abs=0.001)


def bare(text: str, between: str) -> str:
    """Text without the spaces that a line's end may swallow: all where words have none between them."""
    return text.replace("- ", "-") if between else text.replace(" ", "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("style", [Style(12), Style(20, "bold", balance=True, heading=True)])
def test_sentences_are_set_whole_and_inside(lang: str, style: Style) -> None:
    """Real sentences on a DL panel, as text and as headlines."""
    for text in (*corpus(lang), " ".join(corpus(lang))):
        paragraph = set_paragraph([Span(text)], style, COLUMN, SCRIPTS[lang], LIBRARY)
        assert paragraph.text == text
        between = "" if SCRIPTS[lang].script in SQUARE_SCRIPTS else " "
        joined = between.join(line.text for line in paragraph.lines)
        assert bare(joined, between) == bare(text, between)
        assert_whole(paragraph)
        assert_inside(paragraph)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_text_is_set_whole_and_inside(lang: str, data: st.DataObject) -> None:
    """Any words over a language's letters and marks, with Latin, numbers, bold and marked spans in
    them and any spaces between: either a word is too wide, and named, or all is there and inside."""
    own = st.text(st.sampled_from(RECORDS[lang]["exemplars"].replace(" ", "")), min_size=1, max_size=9)
    word = st.one_of(own, st.sampled_from(["NSPCC", "0808 800 5000", "24", "(A", "b)", "“x”", "a/b-c"]))
    spaces = st.sampled_from([" ", " ", " ", "  ", "\u00a0", "\n", "\u2009"])
    kinds = st.sampled_from(["", "", "", "phone", "name", "web", "placeholder"])
    spans = [
        Span(text, bold, kind)
        for text, gap, bold, kind in data.draw(
            st.lists(st.tuples(word, spaces, st.booleans(), kinds), max_size=12)
        )
        for text in (text, gap)
    ]
    width = data.draw(st.floats(60, 400))
    align = data.draw(st.sampled_from(["start", "end", "centre"]))
    style = Style(12, align=align, balance=data.draw(st.booleans()))
    try:
        paragraph = set_paragraph(spans, style, width, SCRIPTS[lang], LIBRARY)
    except PieceError as error:
        assert {problem.code for problem in error.problems} == {"text/too-wide"}
        return
    assert paragraph.text == "".join(span.text for span in spans)
    assert_whole(paragraph)
    assert_inside(paragraph)


@pytest.mark.parametrize(
    "number", ["0808 800 5000", "0113 496 0000", "+44 (0)113 496 0000", "101", "60 60 60", "18001 0800 1111"]
)
def test_phone_number_in_urdu_runs_left_to_right(number: str) -> None:
    """The glyphs from left to right are the digits in the order one dials them, wherever in the
    sentence the number stands, and on one line. Reversed groups would be another number."""
    phone = Span(number, kind="phone", ref="line")
    for before, after in (("کال کریں ", " پر"), ("", " پر کال کریں"), ("پر کال کریں: ", "۔")):
        for width in (130, 170, 230, 400):
            paragraph = set_text("ur", before, phone, after, width=width)
            (line,) = [line for line in paragraph.lines if any(run.kind == "phone" for run in line.runs)]
            assert number in "".join(shown(line))
            assert [run.ref for run in line.runs if run.kind == "phone"] == ["line"]


def test_latin_address_in_urdu_runs_left_to_right() -> None:
    """A web address with slash and stop keeps its ends."""
    web = "https://www.ceop.police.uk/report/"
    line = set_text("ur", "پتہ: ", Span(web, kind="web"), " ہے۔", width=400).lines[0]
    assert web in "".join(shown(line))


def test_urdu_lines_begin_at_the_right() -> None:
    """Logical order runs leftwards; the start of an Urdu line is the right edge of its measure."""
    line = set_text("ur", "پولیس کو فون کریں").lines[0]
    assert "".join(shown(line)) == "".join(reversed(line.text))
    assert line.indent == pytest.approx(COLUMN - line.width)


@pytest.mark.parametrize(
    ("lang", "align", "part"),
    [
        ("en", "start", 0.0),
        ("en", "end", 1.0),
        ("en", "centre", 0.5),
        ("ur", "start", 1.0),
        ("ur", "end", 0.0),
        ("ur", "centre", 0.5),
    ],
)
def test_alignment_follows_the_direction(lang: str, align: str, part: float) -> None:
    """ "start" is where one begins to read."""
    line = set_text(lang, {"en": "Police", "ur": "پولیس"}[lang], align=align).lines[0]
    assert line.indent == pytest.approx((COLUMN - line.width) * part)


def test_brackets_mirror_in_urdu() -> None:
    """An opening bracket opens towards its word on either side of the page."""
    (urdu,) = set_text("ur", "(بچے)").lines
    (english,) = set_text("en", "(x)").lines
    face = LIBRARY.face("nastaliq-regular")
    opening = next(
        glyph for run in urdu.runs for atom in run.atoms for glyph in atom.glyphs if glyph.text == "("
    )
    assert opening.gid == face.hb_font.get_nominal_glyph(ord(")"))
    assert shown(urdu)[0] == ")" and shown(english)[0] == "("


def test_too_wide_word_is_named() -> None:
    """Never clipped and never over the edge: the word, its width, the room, and what to do."""
    with pytest.raises(PieceError) as error:
        set_text("en", "Visit ", Span("www.a-long-address-indeed.example.org/page", kind="web"), width=mm(30))
    (problem,) = error.value.problems
    assert problem.code == "text/too-wide"
    assert "www.a-long-address-indeed.example.org/page" in problem.what
    assert "there are 30.0 mm" in problem.what
    assert problem.remedy


def test_too_wide_word_has_its_place() -> None:
    """Whoever wrote the word is led to it."""
    with pytest.raises(PieceError, match=r"content/pieces/x\.yaml:7"):
        set_paragraph(
            [Span("Incomprehensibilities")],
            Style(40),
            50,
            SCRIPTS["en"],
            LIBRARY,
            Place("content/pieces/x.yaml", 7),
        )


def test_good_form_gives_way_in_a_narrow_measure() -> None:
    """“w” may end a Polish line when “w domu” has no room: a plain leaflet is better than none."""
    width = measure([Span("domu")], Style(12), SCRIPTS["pl"], LIBRARY) + 1
    assert [line.text for line in set_text("pl", "w domu", width=width).lines] == ["w", "domu"]
    assert [line.text for line in set_text("pl", "jest w domu", width=width * 1.6).lines] == [
        "jest",
        "w domu",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "If you are worried about a child call the free helpline at any time of day or night",
        "Ask the licensing officer of the council or a manager if the place is not well-known",
    ],
)
def test_no_word_alone_on_the_last_line(text: str) -> None:
    """A single word under a paragraph, or the second half of one, is avoided wherever any measure
    down to four fifths does so without a further line."""
    (galley,) = set_galleys([Span(text)], Style(12), SCRIPTS["en"], LIBRARY)
    cured = 0
    for room in range(8, 40):
        plain = lines._fill(galley, room)
        ends = lines.break_lines(galley, room, balance=False)
        tried = [lines._fill(galley, room * part / 500) for part in range(400, 501)]
        possible = any(len(other) == len(plain) and not lines.has_runt(galley, other) for other in tried)
        assert len(ends) == len(plain)
        assert lines.has_runt(galley, ends) == (lines.has_runt(galley, plain) and not possible)
        cured += lines.has_runt(galley, plain) and possible
    assert cured > 2


def test_headline_is_balanced() -> None:
    """Evened lines: no further line, and the longest as short as it can be."""
    text = "It can happen to any child, in any family and anywhere"
    plain = set_text("en", text, size=24, weight="heavy", heading=True)
    even = set_text("en", text, size=24, weight="heavy", heading=True, balance=True)
    assert len(even.lines) == len(plain.lines) > 2
    widths = [line.width for line in even.lines]
    assert max(widths) - min(widths) < max(line.width for line in plain.lines) - min(
        line.width for line in plain.lines
    )
    narrower = set_text("en", text, size=24, weight="heavy", heading=True, width=max(widths) - 1)
    assert len(narrower.lines) > len(even.lines)


def test_leading_is_the_scripts_own() -> None:
    """Fallback faces, bold and Latin in the line never change it; headings and scale do."""
    for lang, foreign in (("en", "Nguyễn"), ("bn", "NSPCC 0808")):
        script = SCRIPTS[lang]
        paragraph = set_text(lang, corpus(lang)[0], Span(f" {foreign} ", bold=True), corpus(lang)[0])
        assert paragraph.leading == pytest.approx(12 * script.size_ratio * script.leading_ratio)
        assert paragraph.height == pytest.approx(len(paragraph.lines) * paragraph.leading)
        assert paragraph.size == pytest.approx(12 * script.size_ratio)
    heading = set_text("en", "Help", heading=True, leading_scale=1.5)
    assert heading.leading == pytest.approx(12 * SCRIPTS["en"].heading_leading_ratio * 1.5)


def test_sizes_of_runs() -> None:
    """The language's own face is set at its ratio; Latin among it at the fallback ratio of that, and
    never smaller than the size the layout asked for: the clear-print minimum counts for numbers."""
    for lang in (lang for lang in LANGUAGES if SCRIPTS[lang].script != "Latn"):
        script = SCRIPTS[lang]
        for run in set_text(lang, corpus(lang)[0], " 999").lines[0].runs:
            own = run.face == script.faces["regular"][0]
            expected = 12 * script.size_ratio * (1 if own else script.fallback_ratio)
            assert run.size == pytest.approx(expected)
            assert run.size >= 12


def test_forced_lines() -> None:
    """ "\\n" begins a new line, an empty line stays, and the runs' order goes on."""
    paragraph = set_text("en", "One\nTwo ", Span("bold\nThree", bold=True), "\n\nFive")
    assert [line.text for line in paragraph.lines] == ["One", "Two bold", "Three", "", "Five"]
    assert [run.order for line in paragraph.lines for run in line.runs] == list(range(5))
    assert paragraph.text == "One\nTwo bold\nThree\n\nFive"


@pytest.mark.parametrize("text", ["", " ", "\n", " \n "])
def test_nothing_to_set(text: str) -> None:
    """An empty text takes no room."""
    paragraph = set_text("en", text)
    assert (paragraph.lines, paragraph.height, paragraph.text) == ((), 0, text)
    assert measure([Span(text)], Style(12), SCRIPTS["en"], LIBRARY) == 0


def test_measure_is_the_width_of_the_one_line() -> None:
    """What is measured is what is set; one hair less and it breaks."""
    for lang in LANGUAGES:
        spans = [Span(corpus(lang)[0]), Span(" 0808 800 5000", bold=True)]
        width = measure(spans, Style(12), SCRIPTS[lang], LIBRARY)
        assert len(set_paragraph(spans, Style(12), width, SCRIPTS[lang], LIBRARY).lines) == 1
        assert len(set_paragraph(spans, Style(12), width - 0.1, SCRIPTS[lang], LIBRARY).lines) == 2
    assert measure([Span("a\nlonger\nb")], Style(12), SCRIPTS["en"], LIBRARY) == pytest.approx(
        measure([Span("longer")], Style(12), SCRIPTS["en"], LIBRARY)
    )


def test_bold_and_kind_reach_the_runs() -> None:
    """The writer tags and links by these."""
    paragraph = set_text("en", "Call ", Span("101", bold=True, kind="phone", ref="police"), " now")
    call, number, now = paragraph.lines[0].runs
    assert (call.bold, number.bold, now.bold) == (False, True, False)
    assert (number.face, number.kind, number.ref, number.text) == ("atkinson-bold", "phone", "police", "101")
    assert (call.text, now.text) == ("Call ", " now")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_result_hangs_on_nothing_but_the_input(lang: str) -> None:
    """Same input, same lines, whatever was set before and at whatever size and width."""
    text = " ".join(corpus(lang))
    first = set_text(lang, text)
    others = random.Random(1)
    for _ in range(5):
        set_text(lang, text, width=others.uniform(150, 400), size=others.uniform(9, 14))
    assert set_text(lang, text) == first
    LIBRARY.memo.clear()
    assert set_text(lang, text) == first
