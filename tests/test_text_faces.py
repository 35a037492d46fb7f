"""The fonts: all there, all what they say, and able to set every language that is listed."""

from __future__ import annotations

import importlib.util
import shutil
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from text_setting import LIBRARY, RECORDS, ROOT, SCRIPTS, WEIGHTS

from handbill.problems import InputError
from handbill.text.faces import Library
from handbill.text.itemise import script_of
from handbill.text.shape import shape

LANGUAGES = sorted(RECORDS)


def exemplars(lang: str) -> list[str]:
    return RECORDS[lang]["exemplars"].split()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("weight", WEIGHTS)
def test_faces_cover_the_language(lang: str, weight: str) -> None:
    """Every letter, digit and mark that a language is written with draws something, in small and in
    capitals; a missing glyph would leave a hole in a word."""
    faces = [LIBRARY.face(name) for name in SCRIPTS[lang].faces[weight]]
    wanted = {char for text in exemplars(lang) for char in text + text.upper() + text.title()}
    missing = [
        f"U+{ord(char):04X} {unicodedata.name(char)}"
        for char in sorted(wanted)
        if not any(face.hb_font.get_nominal_glyph(ord(char)) for face in faces)
        and char != "\u2011"  # HarfBuzz sets the non-breaking hyphen as U+2010
    ]
    assert not missing


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("weight", WEIGHTS)
def test_own_letters_come_from_the_own_face(lang: str, weight: str) -> None:
    """The letters of the language's own script need no fallback: a word of two faces looks broken."""
    script = SCRIPTS[lang]
    own = LIBRARY.face(script.faces[weight][0])
    letters = {
        char
        for text in exemplars(lang)
        for char in text + text.upper()
        if script_of(char, script.script) == script.script and char.isalpha()
    }
    assert len(letters) > 30
    assert {char for char in letters if not own.covers(char)} == set()


@pytest.fixture(scope="module")
def describer():
    spec = importlib.util.spec_from_file_location("describe", ROOT / "fonts" / "describe.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(LIBRARY.records))
def test_list_says_what_the_file_says(name: str, describer) -> None:
    """Version, scripts and SHA-256 are those of the file; the line is the one that the script for new
    fonts prints, so that whoever adds a font need not write any of it."""
    record = LIBRARY.records[name]
    lines = (ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8").splitlines()
    assert describer.describe(ROOT / "fonts" / record.file, record.source, name) in lines
    own = {SCRIPTS[lang].script for lang in LANGUAGES if SCRIPTS[lang].faces["regular"][0] == name}
    assert {{"Hans": "Hani"}.get(script, script) for script in own} <= set(record.scripts)


@pytest.mark.parametrize("name", sorted(LIBRARY.records))
def test_list_tells_the_truth(name: str) -> None:
    """Family, weight and licence in fonts.yaml are those in the file itself: whoever checks the
    licences of a release reads the list, not the binaries."""
    record = LIBRARY.records[name]
    font = TTFont(ROOT / "fonts" / record.file)
    family = font["name"].getBestFamilyName()
    assert family == record.family
    assert font["OS/2"].usWeightClass == record.weight
    assert "Open Font License" in font["name"].getDebugName(13)
    assert font["OS/2"].fsType == 0, "embedding must be allowed without limits"
    licence = (ROOT / "fonts" / record.licence).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert name == LIBRARY.face(name).name


def test_describing_says_what_it_wants(describer, capsys) -> None:
    """A font in the wrong place, without its licence or of unknown origin gets a sentence, no line."""
    for arguments, words in (
        ([], "describe.py FILE"),
        ([str(ROOT / "README.md")], "not a file in a folder of its own"),
        ([str(ROOT / "fonts" / "noto-sans" / "OFL.txt")], "does not list noto-sans/OFL.txt yet"),
        ([str(ROOT / "fonts" / "noto-sans" / "OFL.txt"), "somewhere"], "cannot be read as a font"),
    ):
        assert describer.main(arguments) == 2
        assert words in capsys.readouterr().out
    assert describer.main([str(ROOT / "fonts" / LIBRARY.records["arabic-bold"].file)]) == 0
    assert capsys.readouterr().out.startswith("  arabic-bold: {file: noto-sans-arabic/")


def test_every_font_file_is_listed() -> None:
    """A font file that no line names would be shipped without anyone knowing why."""
    files = {path.relative_to(ROOT / "fonts").as_posix() for path in (ROOT / "fonts").glob("*/*.ttf")}
    assert files == {record.file for record in LIBRARY.records.values()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_smallest_letter_is_as_high_as_it_says(lang: str) -> None:
    """Layouts hang bullets and rules on this height."""
    letter, script = RECORDS[lang]["smallest_letter"], SCRIPTS[lang]
    face = LIBRARY.face(script.faces["regular"][0])
    shaped = shape(face, letter["char"], script.rtl, script.script, lang)
    assert shaped.top / face.upem == pytest.approx(letter["height"], abs=0.0006)


def test_measures_of_a_face() -> None:
    """Atkinson's own numbers (OS/2 and hhea) reach whoever aligns capitals."""
    face = LIBRARY.face("atkinson-regular")
    assert (face.upem, face.x_height, face.cap_height) == (1000, 496, 668)
    assert (face.ascent, face.descent) == (984, 316)
    gid = face.hb_font.get_nominal_glyph(ord("x"))
    assert face.ink(gid)[3] == 496
    assert face.ink(face.hb_font.get_nominal_glyph(ord(" "))) == (0, 0, 0, 0)


def test_faces_are_opened_once_a_process() -> None:
    """Two libraries of one folder share their faces, and with them the shaped words."""
    assert Library.load(ROOT / "fonts").face("noto-sans-bold") is LIBRARY.face("noto-sans-bold")


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    folder = tmp_path / "fonts"
    shutil.copytree(ROOT / "fonts" / "noto-sans", folder / "noto-sans")
    lines = (ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith("  ") or "noto-sans/" in line)
    (folder / "fonts.yaml").write_text(kept, encoding="utf-8")
    return folder


def problem_of(error: pytest.ExceptionInfo[InputError]) -> str:
    return str(error.value)


def test_missing_font_file(fonts: Path) -> None:
    """A font that was not copied along is named with its face, its file and where to get it."""
    (fonts / "noto-sans" / "NotoSans_700Bold.ttf").unlink()
    with pytest.raises(InputError) as error:
        Library.load(fonts)
    (problem,) = error.value.problems
    assert problem.code == "text/font-missing"
    for part in ("noto-sans-bold", "fonts/noto-sans/NotoSans_700Bold.ttf", "@expo-google-fonts/noto-sans"):
        assert part in str(problem)
    assert problem.place and problem.place.file == "fonts/fonts.yaml" and problem.place.line


def test_missing_licence(fonts: Path) -> None:
    """A font without its licence text may not be shipped."""
    (fonts / "noto-sans" / "OFL.txt").unlink()
    with pytest.raises(InputError, match=r"licence text"):
        Library.load(fonts)


@pytest.mark.parametrize("data", [b"", b"not a font at all", b"\x00\x01\x00\x00" + b"\xff" * 64])
def test_broken_font_file(fonts: Path, data: bytes) -> None:
    """A half-copied font is told as such when it is first needed, never as a traceback."""
    (fonts / "noto-sans" / "NotoSans_700Bold.ttf").write_bytes(data)
    library = Library.load(fonts)
    assert library.face("noto-sans-regular").covers("A")
    with pytest.raises(InputError) as error:
        library.face("noto-sans-bold")
    assert error.value.problems[0].code == "text/font-broken"
    assert "NotoSans_700Bold.ttf" in problem_of(error) and "noto-sans-bold" in problem_of(error)


def test_changed_font_file(fonts: Path) -> None:
    """A font that was damaged but still opens, or replaced by another version, would print words that
    nobody has looked at: it is told, with both ways out."""
    bold = fonts / "noto-sans" / "NotoSans_700Bold.ttf"
    bold.write_bytes(bold.read_bytes() + b"\0")
    library = Library.load(fonts)
    for _ in range(2):  # nor is it taken the second time it is asked for
        with pytest.raises(InputError) as error:
            library.face("noto-sans-bold")
        (problem,) = error.value.problems
        assert problem.code == "text/font-changed"
        assert problem.place and problem.place.file == "fonts/fonts.yaml" and problem.place.line
        for part in ("fonts/noto-sans/NotoSans_700Bold.ttf", "@expo-google-fonts", "fonts/describe.py"):
            assert part in str(problem)


def test_replaced_font_file_is_read_again(fonts: Path) -> None:
    """A broken font that is mended on disk works in the same process."""
    path = fonts / "noto-sans" / "NotoSans_700Bold.ttf"
    whole = path.read_bytes()
    path.write_bytes(b"broken")
    with pytest.raises(InputError):
        Library.load(fonts).face("noto-sans-bold")
    path.write_bytes(whole)
    assert Library.load(fonts).face("noto-sans-bold").covers("A")


def test_unknown_face(fonts: Path) -> None:
    """A slip in a face's name is answered with the nearest one there is."""
    with pytest.raises(InputError, match="Did you mean “noto-sans-bold”") as error:
        Library.load(fonts).face("noto-sans-blod")
    assert error.value.problems[0].code == "text/unknown-face"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("weight: 700", "weight: bold", "weight"),
        ("family: Noto Sans, weight: 700", "familly: Noto Sans, weight: 700", "familly"),
        ("faces:", "fonts:", "fonts"),
    ],
)
def test_faulty_list(fonts: Path, before: str, after: str, words: str) -> None:
    """Faults in fonts.yaml are told with their line."""
    path = fonts / "fonts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(InputError) as error:
        Library.load(fonts)
    assert words in problem_of(error)
    assert all(problem.place and problem.place.line for problem in error.value.problems)
