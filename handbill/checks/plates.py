"""A proof: the four inks as they lie on the paper, painted from the content itself.

pdfium turns inks into screen colours, so the amount of ink has to be counted by other means. What
this covers: fills, thick strokes, CMYK images that stand upright, overprint (OPM 1), constant
alpha, rectangular clips. A clip of another shape counts as the box around it; letters count as
their box filled to ``LETTER_COVER``, which a window of 15 mm2 cannot tell from their true shape.
RGB, ICC and spot colours and shadings are ``unknown``: no check speaks about what lies there.
"""

from __future__ import annotations

import contextlib
import warnings
from itertools import pairwise

import numpy
import pikepdf
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from handbill.checks.document import PageView
from handbill.checks.marks import Box, Ink, Letter, Outline, Picture, Point, Words
from handbill.units import mm, to_mm

WINDOW_MM = 15**0.5
"""Side of the square over which ink is averaged (GWG 2022, R0026: 15 mm2)."""
WINDOW = 16
PER_MM = WINDOW / WINDOW_MM
LETTER_COVER = 0.6
MOST_PIXELS = 12_000_000
CMYK = tuple[float, float, float, float]


class Proof:
    """One page's plates inside the bleed. ``inks`` is rows (top first) x columns x 4, in 0..250 for
    0..100 %; ``unknown`` is true where the inks are not known. ``grounds`` holds, for each mark of
    words, the colours that its letters stand on, each with one of the letters. ``screen`` takes RGB
    as the complement of inks: right for contrast, meaningless for ink sums."""

    def __init__(self, page: PageView, *, screen: bool = False) -> None:
        self._screen = screen
        area = page.bleed
        pixels = to_mm(area.width) * to_mm(area.height) * PER_MM**2
        self.scale = PER_MM * min(1.0, (MOST_PIXELS / max(pixels, 1.0)) ** 0.5) / mm(1)
        self._area = area
        self.width = max(1, round(area.width * self.scale))
        self.height = max(1, round(area.height * self.scale))
        self.inks: NDArray[numpy.uint8] = numpy.zeros((self.height, self.width, 4), numpy.uint8)
        self.unknown: NDArray[numpy.bool_] = numpy.zeros((self.height, self.width), bool)
        self.grounds: list[tuple[Words, dict[CMYK, Letter]]] = []
        self._waiting: list[tuple[Words, Box]] = []
        for mark in page.contents.marks:
            if isinstance(mark, Words):
                self._note_ground(mark)
                continue
            self._lay_words(under=mark.box)
            if isinstance(mark, Outline):
                self._outline(mark)
            else:
                self._picture(mark)
        self._lay_words(under=None)

    def point(self, row: int, column: int) -> Point:
        """The place on the page of a pixel."""
        return (self._area.x0 + column / self.scale, self._area.y1 - row / self.scale)

    def heaviest(self) -> tuple[float, Point]:
        """The largest ink sum in percent, averaged over the window, and its middle on the page."""
        total = self.inks.sum(axis=2, dtype=numpy.uint32)
        side = max(1, min(round(WINDOW_MM * mm(1) * self.scale), self.width, self.height))
        table = numpy.zeros((self.height + 1, self.width + 1), numpy.uint64)
        table[1:, 1:] = total.cumsum(axis=0, dtype=numpy.uint64).cumsum(axis=1)
        # Each window's sum from four corners of the summed table; unsigned sums stay positive.
        sums = table[side:, side:] + table[:-side, :-side] - table[:-side, side:] - table[side:, :-side]
        row, column = numpy.unravel_index(int(sums.argmax()), sums.shape)
        mean = float(sums[row, column]) / side**2 / 2.5
        return mean, self.point(int(row) + side // 2, int(column) + side // 2)

    def _pixels(self, box: Box, clip: Box | None) -> tuple[int, int, int, int] | None:
        """Rows and columns (top, bottom, left, right) of a box; None if nothing of it is seen."""
        seen = box.common(self._area)
        if seen is not None and clip is not None:
            seen = seen.common(clip)
        if seen is None:
            return None
        left = round((seen.x0 - self._area.x0) * self.scale)
        right = round((seen.x1 - self._area.x0) * self.scale)
        top = round((self._area.y1 - seen.y1) * self.scale)
        bottom = round((self._area.y1 - seen.y0) * self.scale)
        if right <= left or bottom <= top:
            return None
        return max(top, 0), min(bottom, self.height), max(left, 0), min(right, self.width)

    def _lay(
        self,
        where: tuple[int, int, int, int],
        ink: Ink,
        mask: NDArray[numpy.bool_] | None,
        cover: float = 1.0,
    ) -> None:
        """Puts ink on a region, inside ``mask`` if given."""
        top, bottom, left, right = where
        cmyk = ink.colour.cmyk or (ink.colour.complement if self._screen else None)
        unknown = self.unknown[top:bottom, left:right]
        if cmyk is None:
            unknown[... if mask is None else mask] = True
            return
        weight = max(0.0, min(1.0, ink.alpha)) * cover
        region = self.inks[top:bottom, left:right]
        through = ink.overprint and ink.mode == 1 and ink.colour.space.family == "DeviceCMYK"
        for plate, value in enumerate(cmyk):
            if through and value == 0:
                continue
            amount = max(0.0, min(1.0, value)) * 250
            plane = region[:, :, plate]
            if weight > 0.999:
                plane[... if mask is None else mask] = round(amount)
            else:
                mixed = (plane * (1 - weight) + amount * weight).astype(numpy.uint8)
                plane[...] = mixed if mask is None else numpy.where(mask, mixed, plane)
        if weight > 0.999 and not through:
            unknown[... if mask is None else mask] = False

    def _outline(self, mark: Outline) -> None:
        where = self._pixels(mark.box, mark.ink.clip)
        if where is None:
            return
        if mark.width is not None:
            thick = mark.width * self.scale
            if thick >= 1:
                self._lay(where, mark.ink, self._stroke_mask(mark, where, round(thick)))
            return
        if len(mark.contours) == 1 and _is_upright(mark.contours[0]):
            self._lay(where, mark.ink, None)
            return
        self._lay(where, mark.ink, self._fill_mask(mark, where))

    def _flat(self, points: list[Point], top: int, left: int) -> list[Point]:
        x0, y1, scale = self._area.x0, self._area.y1, self.scale
        # Pillow counts a pixel as covered from its middle.
        return [((x - x0) * scale - left - 0.5, (y1 - y) * scale - top - 0.5) for x, y in points]

    def _fill_mask(self, mark: Outline, where: tuple[int, int, int, int]) -> NDArray[numpy.bool_]:
        """Which pixels a fill covers, by the winding numbers of its contours."""
        top, bottom, left, right = where
        winding = numpy.zeros((bottom - top, right - left), numpy.int16)
        for contour in mark.contours:
            points = self._flat(contour, top, left)
            x0 = max(0, int(min(x for x, _ in points)))
            y0 = max(0, int(min(y for _, y in points)))
            x1 = min(right - left, int(max(x for x, _ in points)) + 2)
            y1 = min(bottom - top, int(max(y for _, y in points)) + 2)
            if x1 <= x0 or y1 <= y0 or len(points) < 3:
                continue
            image = Image.new("1", (x1 - x0, y1 - y0))
            ImageDraw.Draw(image).polygon([(x - x0, y - y0) for x, y in points], fill=1)
            turn = 1 if mark.even_odd or _area(points) >= 0 else -1
            winding[y0:y1, x0:x1] += numpy.array(image, numpy.int16) * turn
        covered: NDArray[numpy.bool_] = winding % 2 == 1 if mark.even_odd else winding != 0
        return covered

    def _stroke_mask(
        self, mark: Outline, where: tuple[int, int, int, int], thick: int
    ) -> NDArray[numpy.bool_]:
        top, bottom, left, right = where
        image = Image.new("1", (right - left, bottom - top))
        draw = ImageDraw.Draw(image)
        for contour in mark.contours:
            draw.line(self._flat(contour, top, left), fill=1, width=thick)
        return numpy.array(image)

    def _note_ground(self, mark: Words) -> None:
        """Notes what words stand on. Their ink waits, so that letters that touch each other, as marks
        and joined letters do, are no ground of each other."""
        box = mark.box
        if box is None:
            return
        found: dict[CMYK, Letter] = {}
        for letter in mark.inked:
            where = self._pixels(letter.box, mark.ink.clip) if letter.box else None
            if where is None:
                continue
            row, column = (where[0] + where[1]) // 2, (where[2] + where[3]) // 2
            if not self.unknown[row, column]:
                c, m, y, k = (float(value) / 250 for value in self.inks[row, column])
                found.setdefault((c, m, y, k), letter)
        if found:
            self.grounds.append((mark, found))
        self._waiting.append((mark, box))

    def _lay_words(self, under: Box | None) -> None:
        """Lays the waiting words that something at ``under`` is about to cover, or all."""
        waiting, self._waiting = self._waiting, []
        for mark, box in waiting:
            if under is not None and not box.meets(under):
                self._waiting.append((mark, box))
                continue
            for letter in mark.inked:
                where = self._pixels(letter.box, mark.ink.clip) if letter.box else None
                if where is not None:
                    self._lay(where, mark.ink, None, LETTER_COVER)

    def _picture(self, mark: Picture) -> None:
        where = self._pixels(mark.box, mark.ink.clip)
        if where is None:
            return
        top, bottom, left, right = where
        whole = self._pixels(mark.box, None)
        image = _upright_cmyk(mark)
        if image is None or whole != where:
            self.unknown[top:bottom, left:right] = True
            return
        small = image.resize((right - left, bottom - top), Image.Resampling.BOX)
        self.inks[top:bottom, left:right] = numpy.array(small, numpy.float32) / 255 * 250
        self.unknown[top:bottom, left:right] = False


def _area(points: list[Point]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*points, points[0]]))


def _is_upright(points: list[Point]) -> bool:
    """Whether a contour is a rectangle with level sides."""
    if len(points) not in (4, 5):
        return False
    xs = {round(x, 2) for x, _ in points}
    ys = {round(y, 2) for _, y in points}
    level = all(abs(x0 - x1) < 0.01 or abs(y0 - y1) < 0.01 for (x0, y0), (x1, y1) in pairwise(points))
    return len(xs) == 2 and len(ys) == 2 and level


def _upright_cmyk(mark: Picture) -> Image.Image | None:
    """A DeviceCMYK image that is neither turned nor mirrored; None for any other."""
    a, b, c, d, _, _ = mark.matrix
    if mark.kind != "image" or mark.space is None or mark.space.family != "DeviceCMYK" or mark.source is None:
        return None
    if abs(b) + abs(c) > 0.01 or a <= 0 or d <= 0:
        return None
    # A damaged or unusual image is unknown ground, not a fault of this check.
    with contextlib.suppress(Exception), warnings.catch_warnings():
        # Of an image that is see-through or has 16 bits a colour pikepdf warns on the user's screen.
        warnings.simplefilter("ignore")
        image = pikepdf.PdfImage(mark.source).as_pil_image()
        return image if image.mode == "CMYK" else None
    return None
