"""Art that meets the cut goes on to the end of the bleed."""

from collections.abc import Iterator

import numpy
from numpy.typing import NDArray

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity
from handbill.units import to_mm

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
        for side, strip, along, outwards in _strips(page, pixels, bleed_mm):
            enough = (INSIDE_MM + bleed_mm - SHORT_MM) * outwards
            found = _straight_end(_reach(strip), LEAST_MM * along, enough)
            if found is not None:
                at, depth = found
                stops = depth / outwards - INSIDE_MM
                where = (
                    "at the cut"
                    if abs(stops) < 0.3
                    else f"{abs(stops):.1f} mm {'after' if stops > 0 else 'before'} the cut"
                )
                yield Fault(
                    f"Art stops {where} on the {side}, {at / along:.0f} mm along that side, instead of "
                    f"going on {bleed_mm:g} mm beyond it.",
                    page.number,
                )


def _strips(
    page: PageView, pixels: NDArray[numpy.uint8], bleed_mm: float
) -> Iterator[tuple[str, NDArray[numpy.uint8], float, float]]:
    """For each side the pixels from just inside the cut to the end of the bleed: rows go outwards,
    columns along the side; and the pixels a millimetre along it and outwards.

    A picture has whole pixels, and the last ones stand for less than a millimetre's share. On a
    low wide sheet that share is another in height than in width, so each is measured.
    """
    media, trim = page.media, page.trim
    wide, high = pixels.shape[1] / to_mm(media.width), pixels.shape[0] / to_mm(media.height)
    left, right = (round(to_mm(x - media.x0) * wide) for x in (trim.x0, trim.x1))
    top, bottom = (round(to_mm(media.y1 - y) * high) for y in (trim.y1, trim.y0))
    across, down = ((round(INSIDE_MM * each), round(bleed_mm * each)) for each in (wide, high))
    level, upright = slice(max(left, 0), right), slice(max(top, 0), bottom)
    for side, strip, along, outwards in (
        ("left", pixels[upright, max(left - across[1], 0) : left + across[0]].T[::-1], high, wide),
        ("right", pixels[upright, max(right - across[0], 0) : right + across[1]].T, high, wide),
        ("top", pixels[max(top - down[1], 0) : top + down[0], level][::-1], wide, high),
        ("bottom", pixels[max(bottom - down[0], 0) : bottom + down[1], level], wide, high),
    ):
        if strip.size:
            yield side, strip, along, outwards


def _reach(strip: NDArray[numpy.uint8]) -> NDArray[numpy.intp]:
    """How many rows outwards each column's ink goes on without a break; 0 where there is none."""
    bare = strip > PAPER
    ends: NDArray[numpy.intp] = numpy.where(bare.any(axis=0), bare.argmax(axis=0), strip.shape[0])
    return ends


def _straight_end(reach: NDArray[numpy.intp], least: float, enough: float) -> tuple[int, int] | None:
    """The middle and the depth of a stretch, at least ``least`` pixels long, along which ink ends
    straight and before ``enough`` pixels."""
    short = (reach > 0) & (reach < enough)
    run = 0
    for index in range(len(reach)):
        goes_on = short[index] and (run == 0 or abs(int(reach[index]) - int(reach[index - 1])) == 0)
        run = run + 1 if goes_on else int(short[index])
        if run >= least:
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
