"""Reading YAML: each fault names its file and line and what to do, in words without jargon."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from handbill.problems import InputError, Problem
from handbill.yamlsource import LARGEST_FILE, Sourced, load_model


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Dots(_Strict):
    kind: Literal["dots"]
    items: tuple[str, ...]


class _Words(_Strict):
    kind: Literal["text"]
    text: str


class _Size(_Strict):
    width: Annotated[float, Field(gt=0, le=100)]
    side: Literal["left", "right"] = "left"
    wide: bool = False


class _File(_Strict):
    name: str = "x"
    day: date | None = None
    size: _Size | None = None
    steps: list[float] = Field(default_factory=list, max_length=3)
    amount: float | str = 1
    blocks: dict[str, Annotated[_Dots | _Words, Field(discriminator="kind")]] = Field(default_factory=dict)
    numbered: dict[int, _Size] = Field(default_factory=dict)


def read(tmp_path: Path, text: str | bytes) -> Sourced[_File]:
    path = tmp_path / "content" / "sample.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_model(path, tmp_path, _File)


def problems(tmp_path: Path, text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return caught.value.problems


JARGON = ("Input", "pydantic", "valid ", "union", "discriminator", "tag", "str", "dict", "NoneType", "yaml.")


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        ("blocks:\n  x:\n    kind: dots\n    itmes: []\n    items: []\n", 4, "yaml/unknown-key", "“items”?"),
        ("blocks:\n  x:\n    kind: text\n    text: a\n    txt: b\n", 5, "yaml/unknown-key", "“text”?"),
        ("nmae: x\n", 1, "yaml/unknown-key", "“name”?"),
        ("size:\n  width: 1\n  wdie: true\n", 3, "yaml/unknown-key", "“wide”?"),
        ("blocks:\n  x:\n    kind: dots\n", 2, "yaml/missing-key", "“items: …”"),
        ("blocks:\n  x:\n    items: []\n", 2, "yaml/missing-key", "dots, text"),
        ("blocks:\n  x:\n    kind: dost\n", 3, "yaml/value", "“dots”?"),
        ("blocks:\n  x: 3\n", 2, "yaml/type", "a group of keys"),
        ("name: 999\n", 1, "yaml/type", 'quotes: "999"'),
        ("name: 1.0\n", 1, "yaml/type", 'quotes: "1.0"'),
        ("name: true\n", 1, "yaml/type", 'quotes: "true"'),
        ("name:\n", 1, "yaml/type", "empty"),
        ("name: {{ nspcc.phone }}\n", 1, "yaml/key", "quotes"),
        ("blocks:\n  x:\n    kind: dots\n    items:\n      - a\n      - b: c\n", 6, "yaml/type", "colon"),
        ("blocks:\n  x:\n    kind: dots\n    items: a\n", 4, "yaml/type", "“- ”"),
        ("size: {width: wide}\n", 1, "yaml/type", "a number"),
        ("size: {width: 101}\n", 1, "yaml/value", "at most 100"),
        ("size: {width: 0}\n", 1, "yaml/value", "more than 0"),
        ("size:\n  width: 1\n  side: lfet\n", 3, "yaml/value", "“left”?"),
        ("size:\n  width: 1\n  side: 3\n", 3, "yaml/type", "left, right"),
        ("size:\n  width: 1\n  wide: maybe\n", 3, "yaml/type", "true or false"),
        ("day: yesterday\n", 1, "yaml/type", "2026-11-22"),
        ("steps: [1, 2, 3, 4]\n", 1, "yaml/value", "Take some out"),
        ("steps:\n- 1\n- x\n", 3, "yaml/type", "a number"),
        ("amount: [1]\n", 1, "yaml/type", "a number or a text"),
        ("numbered:\n  one: {width: 1}\n", 2, "yaml/key", "whole number"),
        ("- a\n", 1, "yaml/type", "a group of keys"),
        ("name: a\nname: b\n", 2, "yaml/repeated-key", "first on line 1"),
        ("name: &a x\n", 1, "yaml/anchor", "quotes"),
        ("name: x\nsteps: *a\n", 2, "yaml/anchor", "quotes"),
        ("&a name: x\n", 1, "yaml/anchor", "quotes"),
        ("name: !!python/object/apply:os.system ['echo']\n", 1, "yaml/tag", "quotes"),
        ("name: x\n\tday: y\n", 2, "yaml/tab", "spaces"),
        ("name: Call: now\n", 1, "yaml/syntax", "quotes"),
        ('name: "open\nday: x\n', None, "yaml/syntax", "Close it"),
        ("name: @home\n", 1, "yaml/syntax", "quotes"),
        ("steps: [1, 2\nname: x\n", None, "yaml/syntax", "bracket"),
        ('name: "a" b\n', 1, "yaml/syntax", "quotes"),
        ("name: x\n---\nname: y\n", 2, "yaml/documents", "Delete"),
        ("name: a\x07b\n", 1, "yaml/control", "Delete"),
        ("", None, "yaml/empty", "Put its content back"),
        ("  \n\n", None, "yaml/empty", "Put its content back"),
        ("# only a note\n", None, "yaml/empty", "Put its content back"),
        ("? [a]\n: b\n", 1, "yaml/key", "quotes"),
    ],
)
def test_fault_names_line_and_remedy(
    tmp_path: Path, text: str, line: int | None, code: str, words: str
) -> None:
    """An editor who slips is sent to the line, told what is wrong and how to mend it."""
    found = problems(tmp_path, text)
    first = next((problem for problem in found if problem.code == code), None)
    assert first is not None, [str(problem) for problem in found]
    assert first.place is not None and first.place.file == "content/sample.yaml"
    if line is not None:
        assert first.place.line == line, str(first)
    assert words in f"{first.what} {first.remedy}"
    assert first.remedy
    assert not any(jargon in f"{first.what} {first.remedy}" for jargon in JARGON), str(first)


def test_unknown_key_reads_as_promised(tmp_path: Path) -> None:
    """The wording is a contract: place with the key around it, the nearest key, the code."""
    (problem,) = problems(tmp_path, "blocks:\n  x:\n    kind: dots\n    items: [a]\n    itmes: [b]\n")
    assert str(problem) == (
        "content/sample.yaml:5 (blocks.x): unknown key “itmes”. Did you mean “items”? [yaml/unknown-key]"
    )


def test_all_faults_of_a_file_at_once(tmp_path: Path) -> None:
    """Five slips are mended in one go, not in five runs; they come in the order of the lines."""
    found = problems(
        tmp_path, "name: 9\nday: x\nsize: {width: -1}\nblocks:\n  x: {kind: dots}\n  y: {kind: dost}\n"
    )
    assert [problem.place.line for problem in found if problem.place] == [1, 2, 3, 5, 6]


def test_union_of_plain_types_is_one_problem(tmp_path: Path) -> None:
    """One wrong value is one problem, though every member of the union refuses it."""
    assert len(problems(tmp_path, "amount: {a: 1}\n")) == 1


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "Yes", "TRUE", "2026-11-22", "1_000", "0x1f", "012", ".5", "1e3"]
)
def test_plain_words_stay_words(tmp_path: Path, word: str) -> None:
    """YAML's surprises do not happen: Norwegian is not false, a number with leading zero is kept."""
    assert read(tmp_path, f"name: {word}\n").model.name == word


def test_key_no_stays_a_word(tmp_path: Path) -> None:
    """The language ``no`` can be a key."""
    assert "no" in read(tmp_path, "blocks:\n  no: {kind: text, text: a}\n").model.blocks


def test_byte_order_mark_is_nothing(tmp_path: Path) -> None:
    """Notepad's UTF-8 has a mark in front: the file reads as any other."""
    assert read(tmp_path, b"\xef\xbb\xbfname: abc\r\n").model.name == "abc"


def test_not_utf_8(tmp_path: Path) -> None:
    """A file saved in a Windows code page is refused with the line of the first bad letter."""
    (problem,) = problems(tmp_path, "day: null\nname: café\n".encode("cp1252"))
    assert (problem.code, problem.place and problem.place.line) == ("yaml/not-utf-8", 2)


def test_too_large(tmp_path: Path) -> None:
    """A film saved as YAML is refused before anything is parsed."""
    (problem,) = problems(tmp_path, b"#" * (LARGEST_FILE + 1))
    assert problem.code == "yaml/too-large"


@pytest.mark.parametrize(
    "text", ["name: " + "[" * 5000, "name: " + "{a: " * 3000, "".join(" " * i + "a:\n" for i in range(60))]
)
def test_too_deep(tmp_path: Path, text: str) -> None:
    """Nesting beyond reason ends in a problem, not in a recursion error."""
    (problem,) = problems(tmp_path, text)
    assert problem.code == "yaml/too-deep"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is told as such."""
    for name in ("gone.yaml", "."):
        with pytest.raises(InputError) as caught:
            load_model(tmp_path / name, tmp_path, _File)
        assert caught.value.problems[0].code in ("yaml/no-file", "yaml/unreadable")


def test_lines_for_later_problems(tmp_path: Path) -> None:
    """A loaded file knows its lines, so that later checks can point at them; a numeric key too."""
    source = read(
        tmp_path,
        "blocks:\n  x:\n    kind: dots\n    items:\n      - a\n      - >\n        b\n        c\n"
        "numbered:\n  7:\n    width: 1\n",
    )
    assert source.line_of(("blocks", "x", "items", 1)) == 6
    assert source.line_of(("numbered", 7, "width")) == 11
    assert source.line_of(("blocks", "x", "gone", "deeper")) == 2
    assert str(source.place("blocks", "x", "items", 1)) == "content/sample.yaml:6 (blocks.x.items[2])"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=80), st.binary(max_size=80), st.text("{}[]:-?&*!|>'\"%@` \n\tab,#", max_size=60)
    )
)
def test_nothing_but_problems(tmp_path: Path, text: str | bytes) -> None:
    """Whatever is in the file, it loads or it is a problem of that file: never a traceback."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    try:
        read(tmp_path, raw)
    except InputError as error:
        assert all(
            problem.place and problem.place.file == "content/sample.yaml" for problem in error.problems
        )
