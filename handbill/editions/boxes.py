"""Page boxes: the one module that computes them (print-spec 1.1 and 3.1).

MediaBox holds BleedBox holds TrimBox; no CropBox, no ArtBox. In a Scene the trim stays at the
origin; the writer moves a page so that its MediaBox starts there.
"""

from __future__ import annotations

from dataclasses import replace

from handbill.geometry import Rect
from handbill.scene import Page


def with_bleed(page: Page, bleed: float, margin: float = 0.0) -> Page:
    """The page with ``bleed`` around its trim and ``margin`` around the bleed, in points."""
    around = page.trim.outset(bleed)
    return replace(page, bleed_box=around, media=around.outset(margin))


def bleed_of(page: Page) -> Rect:
    """As far as art reaches: the bleed box, or the trim where no edition has set one."""
    return page.bleed_box or page.trim


def media_of(page: Page) -> Rect:
    """The sheet: what an edition has set, else the bleed."""
    return page.media or bleed_of(page)


def common(first: Rect, second: Rect) -> Rect:
    """Where two rectangles overlap; without width or height where they do not."""
    x, y = max(first.x, second.x), max(first.y, second.y)
    right, top = min(first.right, second.right), min(first.top, second.top)
    return Rect(x, y, max(right - x, 0.0), max(top - y, 0.0))
