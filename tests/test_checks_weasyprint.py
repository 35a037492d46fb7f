"""WeasyPrint's output as files of others: free, widespread, and with faults that are known
(print-spec 1.3). What is asserted here was looked up with pdfinfo, pdffonts and qpdf."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
from PIL import Image

from handbill.checks.run import check_foreign
from handbill.problems import Severity

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Someone to talk to</title><style>
{rules}
@font-face {{ font-family: Latin; src: url({fonts}/noto-sans/NotoSans_400Regular.ttf) }}
@font-face {{ font-family: Arabic; src: url({fonts}/noto-nastaliq-urdu/NotoNastaliqUrdu_400Regular.ttf) }}
@page {{ size: 99mm 210mm; margin: 12mm }}
h1 {{ color: rgb(180, 40, 20); font: 24pt Latin }}
p {{ font: 11pt Latin }}
p[lang=ar] {{ font-family: Arabic }}
img {{ width: 30mm }}
</style></head><body>
<h1>Someone to talk to</h1>
<p>Call Childline free on <a href="tel:08001111">0800 1111</a> at any time.</p>
<p><img src="{image}" alt="A gift"></p>
<p lang="ar" dir="rtl">اتصل بنا على الرقم 0808 800 5000 والمكالمة مجانية في أي وقت.</p>
</body></html>"""
BLEED = "@page { bleed: 3mm; marks: crop }"
INKS = "@color-profile device-cmyk {{ src: url({icc}); components: cyan, magenta, yellow, black }}"
NUMBER = (
    "numbers",
    "The groups of a number stand from right to left: “5000 800 0808” instead of 0808 800 5000.",
)
COARSE = ("image-resolution", "An image has 51 pixels an inch at its size; {} is the least.")
SILENT = ("fonts-unicode", "Letters in the font *+Arabic do not say which they are (ToUnicode)*")
IN_RGB = [
    ("colour-spaces", "Words are in RGB*"),
    ("colour-spaces", "Lines are in RGB*"),
    ("colour-spaces", "Images are in RGB."),
]
BACKWARDS = ("text-direction", "Screen readers hear Arabic words backwards: *")


@pytest.fixture(scope="module")
def weasyprint():
    """The program; without it, or its libraries, tests fail in CI and are skipped aloud elsewhere."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        message = f"WeasyPrint cannot be used: {str(error).splitlines()[0]} (see .ci/run)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return weasyprint


@pytest.fixture(scope="module")
def files(weasyprint, root, tmp_path_factory):
    """The same leaflet thrice: without options, as PDF/X-4 with bleed, marks and a press profile, and
    as PDF/UA-1 with bleed and marks."""
    folder = tmp_path_factory.mktemp("weasyprint")
    picture = folder / "gift.png"
    Image.new("RGB", (60, 60), (220, 90, 30)).save(picture)
    inks = INKS.format(icc=(root / "handbill/writers/icc/FOGRA39L_coated.icc").as_uri())
    found = {}
    for name, rules, variant in (
        ("plain", "", None),
        ("x4", BLEED + inks, "pdf/x-4"),
        ("ua", BLEED, "pdf/ua-1"),
    ):
        html = PAGE.format(rules=rules, fonts=(root / "fonts").as_uri(), image=picture.as_uri())
        found[name] = folder / f"{name}.pdf"
        weasyprint.HTML(string=html).write_pdf(found[name], pdf_variant=variant)
    return found


CASES = {
    ("plain", "press"): [
        ("x4-structure", "The file does not say that it is PDF/X-4."),
        ("boxes", "There is less than 3 mm of bleed on the left, bottom, right and top."),
        SILENT,
        *IN_RGB,
        (COARSE[0], COARSE[1].format(149)),
        NUMBER,
    ],
    ("plain", "web"): [
        SILENT,
        (COARSE[0], COARSE[1].format(72)),
        NUMBER,
        ("tags", "The file is not tagged."),
        ("links", "The link to tel:08001111 does not say in words where it leads."),
    ],
    ("x4", "press"): [
        ("x4-structure", "The printing condition is not named but described: “This profile is used*”."),
        ("x4-structure", "An annotation (Link) lies on the page."),
        ("x4-structure", "An image asks to be smoothed (Interpolate)."),
        ("boxes", "The sheet does not begin at 0, 0."),
        SILENT,
        *IN_RGB,
        ("blend-space", "Transparency of a group on the page is mixed in ICCBased."),
        ("blend-space", "There is transparency on the page, but nothing says in which colours it is mixed."),
        (COARSE[0], COARSE[1].format(149)),
        NUMBER,
    ],
    ("ua", "web"): [
        SILENT,
        (COARSE[0], COARSE[1].format(72)),
        BACKWARDS,
        NUMBER,
    ],
    ("ua", "press"): [
        ("x4-structure", "The file does not say that it is PDF/X-4."),
        ("boxes", "The sheet does not begin at 0, 0."),
        SILENT,
        *IN_RGB,
        ("blend-space", "Transparency of a group on the page is mixed in DeviceRGB."),
        ("blend-space", "There is transparency on the page, but nothing says in which colours it is mixed."),
        (COARSE[0], COARSE[1].format(149)),
        BACKWARDS,
        NUMBER,
    ],
}  # fmt: skip
WARNINGS = ("The printing condition is not named", "The sheet does not begin")


@pytest.mark.parametrize(("name", "profile"), CASES)
def test_real_faults_are_named_and_none_is_invented(files, name, profile):
    """A designer sends what a free program made: each fault once, by the check whose matter it is, in
    words; and nothing that is not so, as a printer's time goes there."""
    _, findings = check_foreign(files[name], profile)
    wanted = CASES[name, profile]
    told = [(finding.check, finding.what) for finding in findings]
    for check, pattern in wanted:
        shape = ".*".join(re.escape(part) for part in pattern.split("*"))
        said = [words for its_check, words in told if its_check == check and re.fullmatch(shape, words)]
        assert len(said) == 1, f"{check}: {pattern}"
        told.remove((check, said[0]))
    assert told == [], "invented"
    light = [finding.what for finding in findings if finding.severity is Severity.WARNING]
    assert all(words.startswith(WARNINGS) for words in light), light


def test_each_file_is_judged_by_what_it_says_it_is(files):
    """Who gives no profile gets the right one."""
    assert [check_foreign(files[name], None)[0] for name in ("plain", "x4", "ua")] == [
        "press",
        "press",
        "web",
    ]


def test_others_see_what_the_checks_see(files, oracle):
    """The findings rest on facts: poppler and qpdf look at the same files."""
    boxes = subprocess.run(
        [oracle("pdfinfo"), "-box", files["x4"]], check=True, capture_output=True, text=True
    ).stdout
    sides = {
        line.split(":")[0]: [float(side) for side in line.split()[1:]]
        for line in boxes.splitlines()
        if "Box:" in line
    }
    assert sides["MediaBox"] == sides["BleedBox"] == [-8.5, -8.5, 289.13, 603.78]
    assert sides["TrimBox"] == [0, 0, 280.63, 595.28]

    heard = subprocess.run(
        [oracle("pdfinfo"), "-struct-text", files["ua"]], check=True, capture_output=True, text=True
    ).stdout
    assert "5000 800 0808" in heard and "ةيفاجم"[:2] in heard and "مجا" not in heard

    fonts = subprocess.run(
        [oracle("pdffonts"), files["x4"]], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert len(fonts) == 2 and all(row.split()[-5] == "yes" for row in fonts), "all embedded: no finding"

    plain = subprocess.run(
        [oracle("qpdf"), "--qdf", "--object-streams=disable", files["x4"], "-"],
        check=True,
        capture_output=True,
    ).stdout.decode("latin-1")
    assert re.search(r"^[\d. ]+ rg$", plain, re.M) and not re.search(r"^[\d. ]+ k$", plain, re.M)
    assert "/Interpolate true" in plain and "/OutputConditionIdentifier (\\n  This profile" in plain
    assert re.search(r"/Group <<\s+/CS \[\s+/ICCBased", plain)
    # The fills of the crop marks are wholly transparent: no “areas in RGB” among the findings, but
    # transparency there is, and the page itself has no group.
    assert "/a0.0 gs" in plain and re.search(r"/a0.0 <<\s+/ca 0\s", plain) and plain.count("/Group <<") == 1
