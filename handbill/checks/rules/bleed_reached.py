"""Art that meets the cut goes on to the end of the bleed."""

from collections.abc import Iterator

import numpy
from numpy.typing import NDArray

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity
from handbill.units import mm, to_mm

PER_MM = 5
"""Pixels a millimetre."""
INSIDE_MM = 0.6
"""How far inside the cut the search begins: art that stops before the cut by less is meant to reach it."""
PAPER = 250
"""Grey that still counts as bare paper."""
LEAST_MM = 2.0
"""Art has to stop along at least this length, straight along the edge, to be a fault: an outline
that slopes through the bleed stops at a different distance everywhere."""
SHORT_MM = 0.5
"""Art may end this much before the bleed does."""


def _find(subject: Subject) -> Iterator[Fault]:
    bleed_mm = subject.profile.bleed_mm
    for page in subject.document.pages:
        if not page.is_trimmed:
            continue  # the check of the boxes speaks
        pixels = subject.document.raster(page, PER_MM)
        if pixels is None:
            continue
        scale = pixels.shape[0] / to_mm(page.media.height)
        for side, strip in _strips(page, pixels, scale, bleed_mm):
            reach = _reach(strip)
            found = _straight_end(reach, scale, INSIDE_MM + bleed_mm - SHORT_MM)
            if found is not None:
                at, depth = found
                stops = depth / scale - INSIDE_MM
                where = (
                    "at the cut"
                    if abs(stops) < 0.3
                    else f"{abs(stops):.1f} mm {'after' if stops > 0 else 'before'} the cut"
                )
                yield Fault(
                    f"Art stops {where} on the {side}, {at / scale:.0f} mm along that side, instead of "
                    f"going on {bleed_mm:g} mm beyond it.",
                    page.number,
                )


def _strips(
    page: PageView, pixels: NDArray[numpy.uint8], scale: float, bleed_mm: float
) -> Iterator[tuple[str, NDArray[numpy.uint8]]]:
    """For each side the pixels from just inside the cut to the end of the bleed: rows go outwards,
    columns along the side."""
    media, trim = page.media, page.trim
    unit = scale / mm(1)
    left, right = round((trim.x0 - media.x0) * unit), round((trim.x1 - media.x0) * unit)
    top, bottom = round((media.y1 - trim.y1) * unit), round((media.y1 - trim.y0) * unit)
    inside, outside = round(INSIDE_MM * scale), round(bleed_mm * scale)
    level, upright = slice(max(left, 0), right), slice(max(top, 0), bottom)
    for side, strip in (
        ("left", pixels[upright, max(left - outside, 0) : left + inside].T[::-1]),
        ("right", pixels[upright, max(right - inside, 0) : right + outside].T),
        ("top", pixels[max(top - outside, 0) : top + inside, level][::-1]),
        ("bottom", pixels[max(bottom - inside, 0) : bottom + outside, level]),
    ):
        if strip.size:
            yield side, strip


def _reach(strip: NDArray[numpy.uint8]) -> NDArray[numpy.intp]:
    """How many rows outwards each column's ink goes on without a break; 0 where there is none."""
    bare = strip > PAPER
    ends: NDArray[numpy.intp] = numpy.where(bare.any(axis=0), bare.argmax(axis=0), strip.shape[0])
    return ends


def _straight_end(reach: NDArray[numpy.intp], scale: float, enough_mm: float) -> tuple[int, int] | None:
    """The middle and the depth of a stretch along which ink ends straight and too early."""
    short = (reach > 0) & (reach < enough_mm * scale)
    run = 0
    for index in range(len(reach)):
        goes_on = short[index] and (run == 0 or abs(int(reach[index]) - int(reach[index - 1])) == 0)
        run = run + 1 if goes_on else int(short[index])
        if run >= LEAST_MM * scale:
            return index - run // 2, int(reach[index])
    return None


CHECK = Check(
    "bleed-reached",
    Severity.ERROR,
    "Art that meets the cut fills the bleed on all four sides",
    "A bleed box without art in it promises what is not there: a white edge shows after cutting.",
    "print-spec 3.1 (3 mm bleed) and 0; GWG has no bleed rule, so it is tested here",
    "Draw grounds and pictures 3 mm beyond the cut. A side that is bare paper needs none.",
    _find,
)
