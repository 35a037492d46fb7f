"""A language that is not there yet: its font, its record, and no Python (docs/translations.md, the steps)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import polib
import pytest
from fontTools.ttLib import TTFont
from projects import assert_told

FACES = {"regular": "NotoSansTamil_400Regular.ttf", "bold": "NotoSansTamil_700Bold.ttf"}
SOURCE = "@expo-google-fonts/noto-sans-tamil 0.4.3"


@pytest.fixture
def tamil(project, root):
    """A project whose language lead has put in a font and a record for Tamil."""
    fonts = project / "fonts"
    fonts.unlink()
    shutil.copytree(root / "fonts", fonts)
    folder = fonts / "noto-sans-tamil"
    folder.mkdir()
    for name in (*FACES.values(), "OFL.txt"):
        shutil.copy(root / "tests/tamil" / name, folder / name)
    manifest = fonts / "fonts.yaml"
    for weight, name in FACES.items():
        done = subprocess.run(
            [sys.executable, str(fonts / "describe.py"), str(folder / name), SOURCE, f"tamil-{weight}"],
            capture_output=True,
            text=True,
            check=True,
        )
        manifest.write_text(manifest.read_text("utf-8").rstrip("\n") + "\n" + done.stdout, "utf-8")
    records = project / "content/languages.yaml"
    record = (root / "tests/tamil/record.yaml").read_text("utf-8")
    records.write_text(records.read_text("utf-8").rstrip("\n") + "\n\n" + record, "utf-8")
    return project


def test_the_record_is_true_of_the_font(root):
    """The height in the record is that of the letter in the font: limits on small type hang on it."""
    record = (root / "tests/tamil/record.yaml").read_text("utf-8")
    found = re.search(r'smallest_letter: \{char: "(.)", height: ([0-9.]+)\}', record)
    assert found
    font = TTFont(root / "tests/tamil" / FACES["regular"])
    glyph = font["glyf"][font.getBestCmap()[ord(found[1])]]
    assert glyph.yMax / font["head"].unitsPerEm == pytest.approx(float(found[2]), abs=0.002)


def test_a_proof_of_a_new_language(tamil, run):
    """Font, record, “new”, “proof”: a reviewer sees where each string will stand."""
    code, out, err = run(tamil, "translations", "new", "ta")
    assert code == 0, out + err
    strings = len(polib.pofile(str(tamil / "content/translations/ta.po")))
    assert f"{strings} strings to translate" in out

    code, out, err = run(tamil, "translations", "proof", "ta", "--audience", "drivers")
    assert code == 1, out + err
    assert "t-cover: “You see what others do not.”: not translated" in out
    page = (tamil / "output/proofs/ta-drivers.html").read_text("utf-8")
    assert 'lang="ta"' in page and len(re.findall("[\u0b80-\u0bff]", page)) > 500
    assert "0800 1111" in page and "999" in page

    code, out, _ = run(tamil, "translations", "status", "ta", "--no-fit")
    assert code == 1 and re.search(r"\bta\b +0%", out)


def test_what_is_not_translated_does_not_leave(tamil, run, tmp_path):
    """Pseudo-text is for proofs; a build of the new language makes nothing and names what is missing."""
    run(tamil, "translations", "new", "ta")
    narrowed = ("--language", "ta", "--layout", "till-card", "--output", str(tmp_path / "out"), "--jobs", "1")
    code, out, _ = run(tamil, *narrowed)
    assert code == 1 and not list((tmp_path / "out").rglob("*.pdf"))
    assert_told(out, "translation/missing", "content/translations/ta.po:")
    code, out, _ = run(tamil, "--list")
    assert code == 0 and "/ta/" not in out  # it is in preparation: nobody else's build is touched


def test_a_font_that_was_changed_is_refused(tamil, run):
    """A font swapped without a word may lack a letter, or draw another one."""
    path = tamil / "fonts/noto-sans-tamil" / FACES["bold"]
    path.write_bytes(path.read_bytes() + b"\0")
    code, _, err = run(tamil, "--list")
    assert code == 2
    assert_told(err, "text/font-changed", "fonts/fonts.yaml", "describe.py")
