"""Chinese: marks in their squares, lines that begin and end as they should, headlines that break
where their sense does, faces that hold every character."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_setting import COLUMN, LIBRARY, ROOT, SCRIPTS, WEIGHTS, corpus, set_text

from handbill.text.faces import Face
from handbill.text.itemise import itemise
from handbill.text.model import Span, Style
from handbill.text.paragraph import measure

ZH = "zh-Hans"
NEVER_FIRST = "，。、；：？！”’）》】…—·"
NEVER_LAST = "“‘（《【"
CATALOGUE = ROOT / "content" / "translations" / f"{ZH}.po"
SCRIPT = ROOT / "fonts" / "subset_chinese.py"


def em(text: str | tuple[Span, ...]) -> float:
    """The width of a text on one line, in em."""
    spans = (Span(text),) if isinstance(text, str) else text
    return measure(spans, Style(10), SCRIPTS[ZH], LIBRARY) / 10


def broken(text: str, squares: float, **style: object) -> list[str]:
    """The lines of a text in a measure of so many squares."""
    return [line.text for line in set_text(ZH, text, width=squares * 12, **style).lines]


def faces(*spans: str | Span) -> list[tuple[str, str]]:
    given = [Span(span) if isinstance(span, str) else span for span in spans]
    found = itemise(given, SCRIPTS[ZH], LIBRARY, "regular", "bold")
    return [(found.text[item.start : item.end], item.face.name) for item in found.items]


# Lines

WORDS = st.sampled_from(["NSPCC", "Childline", "24/7", "101", "18", "UK’s"])
HAN = st.text(st.sampled_from("孩子有人在利用你吗不要害怕请打电话一个口的了和我们"), min_size=1, max_size=8)
BETWEEN = st.sampled_from(["，", "。", "、", "：", "？", "！", "；", "——", "……", "", " "])
PHRASES = st.builds(
    lambda opening, words, closing, after: opening + words + closing + after,
    st.sampled_from(["", "", "“", "（", "《", "“‘"]),
    st.one_of(HAN, HAN, st.builds("{} {} {}".format, HAN, WORDS, HAN)),
    st.sampled_from(["", "", "”", "）", "》", "。”", "？”）"]),
    BETWEEN,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PHRASES, min_size=1, max_size=12).map("".join), st.floats(12, 30), st.booleans())
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str, squares: float, balance: bool) -> None:
    """Kinsoku, in text and in headlines: a closing mark at a line's start, an opening one at its end, a
    Latin word, a number or a dash in two halves look like misprints to every Chinese reader."""
    for one, other in zip(found := broken(text, squares, balance=balance), found[1:], strict=False):
        assert other[0] not in NEVER_FIRST, found
        assert one[-1] not in NEVER_LAST, found
        for pair in (r"[A-Za-z0-9][A-Za-z0-9]", "——", "……"):
            assert not re.fullmatch(pair, one[-1] + other[0]) or text.count(one[-1] + " " + other[0]), found


@pytest.mark.parametrize("squares", range(10, 21))
def test_no_lone_character_on_the_last_line(squares: int) -> None:
    """A paragraph that ends in one character and its full stop looks unfinished; where lines a little
    shorter can help it, it has a companion."""
    for text in corpus(ZH):
        *_, last = broken(text, squares)
        if len(text) > 2 * squares and "http" not in text:
            assert len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9]+", last)) > 1, (text, last)


@pytest.mark.parametrize("words", ["18 岁", "18岁", "55 号"])
def test_a_short_number_stays_with_what_it_counts(words: str) -> None:
    """“18” at a line's end and “岁” at the next one's start is read twice."""
    for squares in range(9, 16):
        text = f"任何还没有满{words}的孩子都可能遇到这样的事情"
        assert any(words in line for line in broken(text, squares)), squares


def test_a_placeholder_stays_whole_where_it_can() -> None:
    """Whoever fills the number in looks for the whole of it; in a column too narrow it wraps."""
    given = (Span("请拨打"), Span("[地方政府电话]", kind="placeholder"), Span("。"))
    lines = [line.text for line in set_text(ZH, *given, width=120).lines]
    assert lines == ["请拨打", "[地方政府电话]。"]
    assert len(set_text(ZH, *given, width=60).lines) > 2


@pytest.mark.parametrize(
    ("text", "squares", "lines"),
    [
        ("这趟车感觉不对劲？请打电话。", 7.2, ["这趟车感觉", "不对劲？", "请打电话。"]),
        ("您看到的，比您以为的更多。", 9, ["您看到的，", "比您以为的更多。"]),
        ("孩子好像和以前不一样了", 7.2, ["孩子好像", "和以前不一样了"]),
        ("来源不明的新东西", 6, ["来源不明的", "新东西"]),
        ("请相信您的感觉。今天就打电话。", 12, ["请相信您的感觉。", "今天就打电话。"]),
        ("这感觉对吗？", 12, ["这感觉对吗？"]),
    ],
)
def test_headlines_break_where_their_sense_does(text: str, squares: float, lines: list[str]) -> None:
    """A poster is read in a glance: a word cut in two, or a new sentence begun at a line's end, costs
    the glance."""
    assert broken(text, squares, balance=True, heading=True, weight="heavy") == lines


def test_words_of_cards_break_between_words() -> None:
    """Beside a big number there is room for few characters; 不|必 and 任|何 were seen on posters."""
    assert broken("地方政府（council）：任何担忧", 10.5) == ["地方政府（council）：", "任何担忧"]


# Marks


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("口口", 2),
        ("口，口", 3),
        ("口，“口", 3.5),  # one blank between two marks, not two
        ("口：“口”口", 5.5),
        ("口。”口", 3.5),
        ("口）。口", 3.5),
        ("口”（口", 3.5),
        ("口“（口", 3.5),
        ("口？”，口", 4),
        ("口——口", 4),  # an unbroken stroke of two squares
        ("口……口", 4),
        ("口·口", 3),
        ("口。", 1.5),  # at a line's end
        ("口”）", 2),
        ("口　口", 3),
    ],
)
def test_marks_take_a_square_or_half_of_it(text: str, width: float) -> None:
    """GB/T 15834 and clreq: a mark has a square; where two meet, one blank is enough."""
    assert em(text) == pytest.approx(width, abs=0.001)


def test_marks_meet_across_bold() -> None:
    """A bold name in brackets before a colon: the blank between the two marks is one."""
    bold = (Span("警察（紧急）", bold=True), Span("：口口"))
    assert em(bold) == pytest.approx(8.5, abs=0.001)


def test_an_opening_mark_does_not_indent_its_line() -> None:
    """The blank of an opening mark at a line's start looks like an indent."""
    first, second = set_text(ZH, "口" * 16 + "“口口口口”口", width=16.2 * 12).lines
    assert second.text.startswith("“")
    assert first.width == pytest.approx(12 * 16, abs=0.01)
    assert second.width == pytest.approx(12 * 6.5, abs=0.01)
    assert second.runs[0].atoms[0].glyphs[0].dx < 0


def test_marks_of_chinese_come_from_its_face() -> None:
    """Quotes, dash, ellipsis and middle dot are full-width in Chinese, also around and after Latin words;
    an apostrophe inside a Latin word is the word's."""
    for mark in "“”‘’—…·，。、：？！（）《》":
        assert faces(f"对{mark}好") == [(f"对{mark}好", "chinese-regular")]
    assert faces("“Childline”，") == [
        ("“", "chinese-regular"),
        ("Childline", "atkinson-regular"),
        ("”，", "chinese-regular"),
    ]
    assert ("Children’s Services", "atkinson-regular") in faces("（Children’s Services）")
    assert faces("满18岁")[1] == ("18", "atkinson-regular")


def test_space_beside_a_latin_word_is_narrow() -> None:
    """The house style of translators has a space between Chinese and Latin; it is at most a quarter of an
    em (clreq), narrower than that between Latin words."""
    beside = em("打 NSPCC 吧") - em("打NSPCC吧")
    latin = em("NSPCC Helpline") - em("NSPCCHelpline")
    assert beside / 2 <= 0.25 < latin


# Faces


def own(weight: str) -> Face:
    return LIBRARY.face(SCRIPTS[ZH].faces[weight][0])


@pytest.fixture(scope="module")
def subset_script():
    spec = importlib.util.spec_from_file_location("subset_chinese", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("weight", WEIGHTS)
def test_faces_hold_gb_2312_and_the_catalogue(weight: str) -> None:
    """Any translator may write any everyday character, and all that was written can be printed."""
    cells = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    standard = {char for cell in cells for char in cell.decode("gb2312", errors="ignore")}
    assert len(standard) == 6763
    written = {char for entry in polib.pofile(str(CATALOGUE)) for char in entry.msgstr if char.isprintable()}
    assert written
    assert {char for char in standard | written if not own(weight).covers(char)} == set()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_faces_hold_what_their_script_says(weight: str, subset_script) -> None:
    """A face that someone cut in another way, or a catalogue that has outgrown it, is found."""
    missing = {char for char in subset_script.wanted(CATALOGUE) if not own(weight).covers(char)}
    assert missing == set()


def test_script_says_what_it_wants(subset_script, tmp_path: Path, capsys) -> None:
    """Pointed at the wrong folder it names what it looked for and writes nothing."""
    before = {path: path.stat().st_mtime_ns for path in subset_script.TARGET.iterdir()}
    assert subset_script.main([str(tmp_path)]) == 2
    assert "LICENSE_FONT" in capsys.readouterr().out
    assert subset_script.main([]) == 2
    assert "subset_chinese.py PATH_OF_PACKAGE" in capsys.readouterr().out
    assert before == {path: path.stat().st_mtime_ns for path in subset_script.TARGET.iterdir()}


def test_script_lists_what_it_has_cut(subset_script, tmp_path: Path) -> None:
    """A face that was cut anew is the one listed, without anybody copying numbers; no other line changes."""
    folder = tmp_path / "noto-sans-sc"
    folder.mkdir()
    fresh = folder / "NotoSansSC_700Bold.ttf"
    fresh.write_bytes(b"cut anew")
    listed = (ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8")
    (tmp_path / "fonts.yaml").write_text(listed, encoding="utf-8")
    subset_script.list_anew(tmp_path / "fonts.yaml", [fresh])
    digest = hashlib.sha256(b"cut anew").hexdigest()
    assert (tmp_path / "fonts.yaml").read_text(encoding="utf-8") == listed.replace(
        LIBRARY.records["chinese-bold"].sha256, digest
    )
    assert digest not in listed


@pytest.mark.skipif("NOTO_SANS_SC" not in os.environ, reason="NOTO_SANS_SC names no unpacked npm package")
def test_script_gives_the_faces_of_the_repository(subset_script, tmp_path: Path) -> None:
    """Letter for letter the same outlines, widths and features as from the package."""
    package = Path(os.environ["NOTO_SANS_SC"])
    for weight in subset_script.WEIGHTS:
        name = f"NotoSansSC_{weight}.ttf"
        subset_script.cut(package / weight / name, tmp_path / name, subset_script.wanted(CATALOGUE))
        assert (tmp_path / name).read_bytes() == (subset_script.TARGET / name).read_bytes()


# Pieces


def test_parts_of_a_piece_are_joined_as_in_chinese(workshop) -> None:
    """What the program puts between names, titles and texts fits what stands beside it: no Latin colon
    or full stop after a character, and no space after a mark that has its own."""
    from handbill.plan import Selection, plan
    from handbill.scene import Group, walk
    from handbill.workshop import middle_of

    texts = []
    for variant in plan(workshop.campaign, workshop.design, Selection(languages=(ZH,), editions=("press",))):
        layout = workshop.design.layouts[variant.layout]
        piece = workshop.campaign.bind(variant.audience, layout.spec.piece, ZH)
        middle = middle_of(workshop.campaign.languages[ZH])
        composed = workshop.composer.compose(piece, layout, workshop.scripts[ZH], middle)
        groups = (item for page in composed.scene.pages for item in walk(page.items))
        texts += [group.tag.text or group.tag.alt or "" for group in groups if isinstance(group, Group)]
    assert len(texts) > 200
    wrong = re.compile(r"[，。、：；？！）] |[\u4e00-\u9fff][:;,.?!]|。[：。，]|：[：。]")
    assert [text for text in texts if wrong.search(text)] == []
    assert any("紧急求助：" in text for text in texts), "a name leads to its text by a colon"


def test_lines_are_no_wider_than_their_measure_allows() -> None:
    """A mark that is half as wide at a line's end lets the line take it in, never more."""
    for text in corpus(ZH):
        for line in set_text(ZH, text, width=COLUMN).lines:
            assert line.width <= COLUMN + 0.001
