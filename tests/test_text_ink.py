"""Ink: lines of Nastaliq, which climbs and hangs far, never touch, and stand no wider than needed.

The judge here is a picture of the lines, painted by HarfBuzz's outlines and Pillow, which knows
nothing of the engine's own reckoning by columns.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw
from text_setting import COLUMN, LIBRARY, SCRIPTS, WEIGHTS, corpus, set_text

from handbill.glyphs import Line
from handbill.text.faces import Face
from handbill.text.model import Paragraph
from handbill.units import mm

DOTS = 4
"""Dots to the point."""


class _Outline:
    """A pen that keeps a glyph's contours as polygons in font units."""

    def __init__(self) -> None:
        self.contours: list[list[tuple[float, float]]] = []

    def moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([point])

    def lineTo(self, point: tuple[float, float]) -> None:
        self.contours[-1].append(point)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        start = self.contours[-1][-1]
        for step in range(1, 9):
            a, b, c = (1 - step / 8) ** 2, 2 * (1 - step / 8) * step / 8, (step / 8) ** 2
            self.contours[-1].append(
                (a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1])
            )

    def curveTo(self, *points: tuple[float, float]) -> None:
        raise AssertionError("the shipped faces are TrueType, without cubic curves")

    def closePath(self) -> None:
        """A polygon closes by itself."""

    endPath = closePath


@cache
def outline(face: Face, gid: int) -> list[list[tuple[float, float]]]:
    pen = _Outline()
    face.hb_font.draw_glyph_with_pen(gid, pen)
    return pen.contours


def picture(paragraph: Paragraph, number: int, margin: float = 60) -> np.ndarray:
    """One line of the paragraph in its place on the page, True where there is ink."""
    line: Line = paragraph.lines[number]
    size = (round((paragraph.width + 2 * margin) * DOTS), round((paragraph.height + 2 * margin) * DOTS))
    image = Image.new("1", size)
    draw = ImageDraw.Draw(image)
    baseline = margin + paragraph.ascent + number * paragraph.leading
    for run in line.runs:
        face = LIBRARY.face(run.face)
        scale = run.size / face.upem
        pen = margin + line.indent + run.x
        for glyph in (glyph for atom in run.atoms for glyph in atom.glyphs):
            for contour in outline(face, glyph.gid):
                points = [
                    (
                        (pen + (glyph.dx + x) * scale) * DOTS,
                        (baseline - (glyph.dy + y) * scale) * DOTS,
                    )
                    for x, y in contour
                ]
                draw.polygon(points, fill=1)
            pen += glyph.advance * scale
    return np.array(image)


def touching(paragraph: Paragraph) -> list[str]:
    pictures = [picture(paragraph, number) for number in range(len(paragraph.lines))]
    return [
        f"{paragraph.lines[number].text} | {paragraph.lines[number + 1].text}"
        for number, (upper, lower) in enumerate(pairwise(pictures))
        if (upper & lower).any()
    ]


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("width", [mm(60), COLUMN, mm(93)])
def test_ink_of_urdu_lines_never_touches(weight: str, width: float) -> None:
    """Every sentence by itself and all of them in one paragraph, at 12 pt, on narrow and wide panels."""
    found = []
    sentences = corpus("ur")
    for text in (*sentences, " ".join(sentences)):
        found += touching(set_text("ur", text, width=width, weight=weight))
    assert not found


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
def test_ink_of_headlines_never_touches(lang: str) -> None:
    """Headlines are set tighter than text, in every language."""
    found = []
    for text in corpus(lang):
        found += touching(set_text(lang, text, size=22, weight="heavy", heading=True, balance=True))
    assert not found


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
def test_ink_reaches_as_far_as_it_says(lang: str) -> None:
    """ink_top, ink_bottom and overhang are those of the picture, to a dot: layouts keep the room."""
    for text in corpus(lang):
        paragraph = set_text(lang, text)
        tops, bottoms, sides = [], [], []
        for number in range(len(paragraph.lines)):
            rows, columns = np.nonzero(picture(paragraph, number))
            baseline = 60 + paragraph.ascent + number * paragraph.leading
            tops.append(baseline - rows.min() / DOTS)
            bottoms.append(rows.max() / DOTS - baseline)
            sides += [60 - columns.min() / DOTS, columns.max() / DOTS - 60 - paragraph.width]
        assert max(tops) == pytest.approx(paragraph.ink_top, abs=2 / DOTS)
        assert max(bottoms) == pytest.approx(paragraph.ink_bottom, abs=2 / DOTS)
        assert max(0.0, *sides) <= paragraph.overhang + 2 / DOTS


def test_leading_opens_only_where_it_must() -> None:
    """Nineteen in twenty Urdu paragraphs keep the leading that languages.yaml gives; the others open
    by no more than a fifth of the size. A leading for the worst pair would cost every panel a line."""
    script = SCRIPTS["ur"]
    opened = []
    sentences = corpus("ur")[:-1]  # the last line is a list of the worst words there are
    for width in (mm(70), COLUMN, mm(90)):
        for first, second, third in zip(sentences, sentences[7:], sentences[13:], strict=False):
            paragraph = set_text("ur", f"{first} {second} {third}", width=width)
            opened.append(paragraph.leading / paragraph.size - script.leading_ratio)
    assert sum(more > 0.001 for more in opened) <= len(opened) * 0.1
    assert max(opened) < 0.3
