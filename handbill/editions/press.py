"""The press edition: what a commercial printer gets (print-spec 3.1).

Bleed on all sides, art cut at it, crop and fold marks and a slug line outside it, all of these
artifacts that no reader reads out. Colour and the standard are the writer's part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from handbill.colour import BLACK
from handbill.editions.boxes import bleed_of, common, media_of, with_bleed
from handbill.editions.marks import GAP, LENGTH, crop_marks, fold_marks
from handbill.editions.speech import make_heard
from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.problems import PieceError, Problem
from handbill.scene import ARTIFACT, Group, Item, Page, Path, Scene, TextLine, walk
from handbill.units import mm, to_mm

SLUG_ROOM_MM = 10.0
"""Room around the bleed for marks and slug: MediaBox >= bleed + 10 mm each side."""
SLUG_BASELINE = GAP + LENGTH + mm(2.5)
"""Below the bleed: clear of the marks, with room for 7 pt letters above and below."""


@dataclass(frozen=True, slots=True)
class PressSpec:
    """What a printer asks for. Lengths in millimetres; ``room_mm`` is kept only for marks or slug."""

    bleed_mm: float = 3.0
    marks: bool = True
    room_mm: float = SLUG_ROOM_MM


def to_press(scene: Scene, spec: PressSpec, slug: Line | None = None) -> Scene:
    """The scene with bleed, marks and slug on every page.

    ``slug`` is a set line (what, which language, which state) to print outside the bleed. A slug
    wider than the sheet raises PieceError.
    """
    pages = make_heard(scene.pages, scene.lang, hush=False)
    return replace(scene, pages=tuple(_press_page(page, spec, slug) for page in pages))


def _press_page(page: Page, spec: PressSpec, slug: Line | None) -> Page:
    outside = spec.marks or slug is not None
    sheet = with_bleed(page, mm(spec.bleed_mm), mm(spec.room_mm) if outside else 0.0)
    bleed = bleed_of(sheet)
    items = [_cut(group, bleed) for group in page.items]
    if spec.marks:
        items.append(Group(ARTIFACT, crop_marks(page.trim, bleed)))
        if page.folds:
            items.append(Group(ARTIFACT, fold_marks(page.folds, bleed)))
    if slug is not None:
        items.append(_slug(slug, sheet, bleed))
    return replace(sheet, items=tuple(items))


def _slug(slug: Line, sheet: Page, bleed: Rect) -> Group:
    """The slug line, from the trim's left edge, or centred where it is longer than the trim."""
    media = media_of(sheet)
    if slug.width > media.width:
        raise PieceError(
            Problem(
                "press/slug-too-long",
                f"The line outside the trim of page “{sheet.name}” is {to_mm(slug.width):.0f} mm long, "
                f"the sheet only {to_mm(media.width):.0f} mm wide.",
                "Shorten it, or set it smaller.",
            )
        )
    x = 0.0 if slug.width <= sheet.width else media.x + (media.width - slug.width) / 2
    return Group(ARTIFACT, (TextLine(slug, x, bleed.y - SLUG_BASELINE, BLACK),))


def _cut(group: Group, bleed: Rect) -> Group:
    """The group, cut at the bleed if any of its outlines reaches beyond it."""
    if _within(group.items, bleed):
        return group
    return replace(group, clip=common(group.clip, bleed) if group.clip else bleed)


def _within(items: tuple[Item, ...], bleed: Rect) -> bool:
    """True if no outline, control points and stroke included, leaves the bleed."""
    for item in walk(items):
        if isinstance(item, Path):
            room = bleed.outset(-item.width / 2 if item.stroke else 0.0)
            for _, values in item.ops:
                xs, ys = values[0::2], values[1::2]
                if xs and not room.contains(Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))):
                    return False
    return True
