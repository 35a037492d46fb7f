"""The smallest letters can be read: by the height of a small letter on paper, not by points."""

import statistics
from collections.abc import Iterator

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.fonts import Font
from handbill.checks.marks import Words
from handbill.checks.subject import Subject
from handbill.checks.tally import At, shorten, tally
from handbill.problems import Severity
from handbill.units import to_mm

FLAT = "xzvwanmuroesc"
"""Letters as high as an x, flattest first."""
SCRIPTS = (
    ((0x0980, 0x09FF), 0.62), ((0x0A00, 0x0A7F), 0.62), ((0x0A80, 0x0AFF), 0.60), ((0x0B80, 0x0BFF), 0.55),
    ((0x0E00, 0x0E7F), 0.55), ((0x1200, 0x139F), 0.76), ((0x3040, 0x30FF), 0.80), ((0x4E00, 0x9FFF), 0.84),
    ((0x0600, 0x06FF), 0.50),
)  # fmt: skip
"""Height of the base letters of a script in parts of the size (print-spec 6.1, measured on Noto;
Arabic by the tooth and loop of sin and mim), for letters whose ink cannot be told from the file."""


def _find(subject: Subject) -> Iterator[Fault]:
    least = subject.profile.letter_height_mm
    for number, (height, size, text), at, others in tally(_small(subject, least)):
        yield Fault(
            f"Small letters are {height:.1f} mm high ({size:g} pt, “{text}”); "
            f"{least:g} mm is the least{others}.",
            number,
            at,
        )


def _small(subject: Subject, least: float) -> Iterator[tuple[PageView, tuple[float, float, str], At]]:
    heights: dict[tuple[int, str], float | None] = {}
    for page in subject.document.pages:
        for mark in page.contents.marks:
            if not isinstance(mark, Words) or not mark.letters or mark.render in (3, 7):
                continue
            first = mark.letters[0]
            text = mark.text
            letter = next((letter for letter in text if letter.isalpha()), None)
            if letter is None or not page.bleed.x0 <= first.x <= page.bleed.x1:
                continue
            if not page.bleed.y0 <= first.y <= page.bleed.y1:
                continue
            key = (id(mark.font), _script(letter))
            if key not in heights:
                heights[key] = _height(mark.font, letter)
            part = heights[key]
            if part is not None and round(to_mm(part * mark.size), 2) < least:
                found = (round(to_mm(part * mark.size), 1), round(mark.size, 1), shorten(text, 24))
                yield page, found, (first.x, first.y)


def _script(letter: str) -> str:
    known = next((str(span) for span, _ in SCRIPTS if span[0] <= ord(letter) <= span[1]), None)
    return known or ("latin" if ord(letter) < 0x250 else "other")


def _height(font: Font, letter: str) -> float | None:
    """The height of a font's small letters in parts of the size; None where it is not known."""
    for (low, high), part in SCRIPTS:
        if low <= ord(letter) <= high:
            return part
    if not font.measurable or _script(letter) != "latin":
        return None
    found = {}
    for code, text in font.unicode.items():
        if text in FLAT and text:
            drawn = font.decode(code.to_bytes(2 if font.composite else 1, "big"))
            ink = font.extents(drawn[0]) if drawn else None
            if ink:
                found[text] = ink[3] / 1000
    if not found:
        return None
    flat = [found[text] for text in FLAT[:3] if text in found]
    return min(flat) if flat else statistics.median(found.values())


CHECK = Check(
    "letter-height",
    Severity.WARNING,
    "The smallest letters are large enough",
    "Points compare badly between scripts and fonts; what counts is how high a small letter is on paper.",
    "UKAAF G003 and RNIB (2 mm for clear print); print-spec 5.4; the floor for imprints is a house limit",
    "Set it larger.",
    _find,
)
