"""The drawing of a job: both sides of the sheet in their real proportions, and the folded result.

Panels stand as printed, each with its name, its width and the number by which a reader meets it;
arcs show which panel is folded over which, and in which order. All of it is one figure, whose
description says the same in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from handbill.colour import BLACK, WHITE, Ink
from handbill.compose.boxes import Drawing, disc, rounded
from handbill.geometry import Rect
from handbill.jobs.job import Job, MovePlan, PanelPlan, SidePlan, size
from handbill.jobs.setting import Setter
from handbill.scene import Group, Item, Path, PathOp, Tag, TextLine

MOST_HEIGHT = 132.0
"""A sheet is drawn at most this high, in points."""
CAPTION = 14.0
"""Room for the caption above a sheet."""
ARCS = 18.0
"""Room for the arcs of the folds, between caption and sheet."""
WIDTHS = 17.0
"""Room for the widths below a sheet."""
GAP = 16.0
"""Between the two sides."""
FOLDED_GAP = 44.0
"""Between a side and the folded sheet, and beside it: its spine is named there."""
LABEL = 8.5
SMALL = 8.0
OUTLINE = 1.0
FINE = 0.6
FOLD_DASH = (4.0, 2.6)
HEAD = 4.5
"""An arc ends this far behind the tip of its head."""
LOW = 90.0
"""A sheet drawn lower than this, as a card, has room for small labels only."""
BEYOND = 7.0
"""A fold line reaches this far beyond the sheet."""


@dataclass(frozen=True)
class _Plan:
    """How large everything is drawn: points for a millimetre, and where each part begins."""

    scale: float
    width: float
    height: float
    head: float
    sheet: float
    starts: tuple[float, ...]
    folded_at: float | None


def draw_job(job: Job, setter: Setter, width: float) -> Drawing:
    """The job as a figure at most ``width`` points wide."""
    plan = _plan(job, width)
    pen = _Pen(setter)

    def paint(x: float, top: float) -> tuple[Item, ...]:
        items: list[Item] = []
        for side, start in zip(job.sides, plan.starts, strict=True):
            items.extend(_side(pen, job, side, plan, x + start, top))
        if plan.folded_at is not None:
            items.extend(_folded(pen, job, plan, x + plan.folded_at, top))
        return (Group(Tag("Figure", alt=describe(job)), tuple(items)),)

    return Drawing(plan.width, plan.height, paint)


def describe(job: Job) -> str:
    """The drawing in words."""
    parts = []
    for side in job.sides:
        names = ", ".join(_in_words(panel) for panel in side.panels)
        parts.append(f"{side.name}, page {side.page}, {size(job.flat_mm)}, from left to right: {names}.")
    moves = {move.turn: (side, move) for side in job.sides for move in side.moves}
    for turn in sorted(moves):
        side, move = moves[turn]
        parts.append(
            f"Fold {turn}: with the {side.name.lower()} towards you, {side.panels[move.start].name} is laid "
            f"over {side.panels[move.end].name}."
        )
    if job.is_folded:
        spine = "right" if job.rtl else "left"
        parts.append(
            f"Folded: {size(job.finished_mm)}, front towards you, spine on the {spine}, opens to the "
            f"{job.opens_to}."
        )
    return " ".join(parts)


def _in_words(panel: PanelPlan) -> str:
    """A panel with its place in reading order."""
    words = f"{panel.name}, {panel.width_mm:g} mm, read {_ordinal(panel.step)}"
    return f"{words}, goes inside" if panel.tucked else words


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"


def _plan(job: Job, width: float) -> _Plan:
    flat_width, flat_height = job.flat_mm
    sides = len(job.sides)
    rooms = (sides - 1) * GAP + (2 * FOLDED_GAP if job.is_folded else 0.0)
    drawn_mm = sides * flat_width + (job.finished_mm[0] if job.is_folded else 0.0)
    scale = min((width - rooms) / drawn_mm, MOST_HEIGHT / flat_height)
    head = CAPTION + (ARCS if job.is_folded else 0.0)
    sheet = flat_height * scale
    starts = tuple(number * (flat_width * scale + GAP) for number in range(sides))
    end = starts[-1] + flat_width * scale
    folded_at = end + FOLDED_GAP if job.is_folded else None
    whole = end if folded_at is None else folded_at + job.finished_mm[0] * scale + FOLDED_GAP
    return _Plan(scale, whole, head + sheet + WIDTHS, head, sheet, starts, folded_at)


class _Pen:
    """Lines, arcs and labels in the sheet's inks."""

    def __init__(self, setter: Setter) -> None:
        self.setter = setter
        self.night = setter.night
        self.pale = setter.pale

    def label(
        self, words: str, x: float, y: float, size: float, *, weight: str = "regular", ink: Ink = BLACK,
        align: float = 0.5,
    ) -> TextLine:  # fmt: skip
        """Words on the baseline y; ``align`` is the share of their width that lies left of x."""
        line = self.setter.line(words, size, weight)
        return TextLine(line, x - align * line.width, y, ink)

    def stroke(self, ops: tuple[PathOp, ...], width: float = FINE, dash: tuple[float, ...] = ()) -> Path:
        """A line in night ink."""
        return Path(ops, stroke=self.night, width=width, dash=dash, cap=0, join=1)

    def arrow(self, start: float, end: float, y: float, rise: float) -> tuple[Path, ...]:
        """An arc from (start, y) to (end, y) with a head at its end."""
        reach = (end - start) * 0.16
        angle = math.atan2(-rise, reach)
        base = _rounded((end - HEAD * math.cos(angle), y - HEAD * math.sin(angle)))
        bend = (start + reach, y + rise, end - reach, y + rise)
        arc: tuple[PathOp, ...] = (("M", (start, y)), ("C", (*bend, *base)))
        return self.stroke(arc, 1.1), self.head(end, y, angle)

    def head(self, x: float, y: float, angle: float, length: float = 5.5) -> Path:
        """The head of an arrow with its tip at (x, y), pointing along ``angle``."""
        points = [(x, y)]
        for turn in (math.pi - 0.45, math.pi + 0.45):
            points.append((x + length * math.cos(angle + turn), y + length * math.sin(angle + turn)))
        ops = [("M" if at == 0 else "L", _rounded(point)) for at, point in enumerate(points)]
        return Path((*ops, ("Z", ())), fill=self.night)


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    """To a thousandth of a point, far above what one machine's sine differs from another's."""
    return round(point[0], 3), round(point[1], 3)


def _side(pen: _Pen, job: Job, side: SidePlan, plan: _Plan, x: float, top: float) -> Iterator[Item]:
    """One side: caption, folds, panels and their widths."""
    sheet = Rect(x, top - plan.head - plan.sheet, job.flat_mm[0] * plan.scale, plan.sheet)
    title = pen.label(side.name, x, top - 9, 10, weight="bold", ink=pen.night, align=0)
    yield title
    after = title.line.width + 5
    of_page = pen.label(f"page {side.page}, {size(job.flat_mm)}", x + after, top - 9, LABEL, align=0)
    if after + of_page.line.width > sheet.width + GAP / 2 and len(job.sides) > 1:
        # The sheet's size stands among the facts as well; here it would run into the next caption.
        of_page = pen.label(f"page {side.page}", x + after, top - 9, LABEL, align=0)
    yield of_page
    rects = list(_rects(side, sheet, plan.scale))
    for panel, rect in zip(side.panels, rects, strict=True):
        yield Path(rounded(rect, 0), fill=_ground(pen, panel, folded=job.is_folded))
    yield pen.stroke(rounded(sheet, 0), OUTLINE)
    for rect in rects[1:]:
        line = (("M", (rect.x, sheet.y - BEYOND)), ("L", (rect.x, sheet.top + BEYOND)))
        yield pen.stroke(line, 0.9, FOLD_DASH)
    for panel, rect in zip(side.panels, rects, strict=True):
        if panel.name != side.name:
            yield from _panel(pen, panel, rect, folded=job.is_folded)
        yield from _width(pen, panel, rect)
    if job.tabs:
        yield from _tabs(pen, job, sheet, plan.scale)
    for move in side.moves:
        yield from _move(pen, move, side, rects, sheet.top)


def _rects(side: SidePlan, sheet: Rect, scale: float) -> Iterator[Rect]:
    x = sheet.x
    for panel in side.panels:
        yield Rect(x, sheet.y, panel.width_mm * scale, sheet.height)
        x += panel.width_mm * scale


def _ground(pen: _Pen, panel: PanelPlan, *, folded: bool) -> Ink:
    if folded and panel.front:
        return pen.night
    return pen.pale if panel.tucked else WHITE


def _panel(pen: _Pen, panel: PanelPlan, rect: Rect, *, folded: bool) -> Iterator[Item]:
    """A panel's number in a dot, and its name; of a sheet that is not folded the name alone."""
    dark = folded and panel.front
    if not folded:
        yield pen.label(
            panel.name, rect.x + rect.width / 2, rect.y + rect.height * 0.6, LABEL + 0.5, weight="bold"
        )
        return
    low = rect.height < LOW
    radius, digit = (8.5, 10.0) if low else (12.0, 14.0)
    x, y = rect.x + rect.width / 2, rect.top - radius - 3 if low else rect.y + rect.height * 0.62
    yield Path(disc(x, y, radius), fill=WHITE if dark else pen.night)
    ink = pen.night if dark else WHITE
    yield pen.label(str(panel.step), x, y - digit * 0.34, digit, weight="heavy", ink=ink)
    words = WHITE if dark else BLACK
    below = y - radius - (10 if low else 13)
    yield pen.label(panel.name, x, below, LABEL + 0.5, weight="bold", ink=words)
    note = "goes inside" if panel.tucked else "front" if dark and panel.name != "Front" else ""
    if note:
        yield pen.label(note, x, below - 11, SMALL, ink=words)


def _width(pen: _Pen, panel: PanelPlan, rect: Rect) -> Iterator[Item]:
    """The panel's width between two arrow heads, below the sheet."""
    y = rect.y - 11
    label = pen.label(f"{panel.width_mm:g} mm", rect.x + rect.width / 2, y - 2.9, SMALL)
    left, right = label.x - 3, label.x + label.line.width + 3
    for start, end, angle in ((left, rect.x + 1.5, math.pi), (right, rect.right - 1.5, 0.0)):
        yield pen.stroke((("M", (start, y)), ("L", (end, y))), 0.5)
        yield pen.head(end, y, angle, 3.5)
    yield label


def _tabs(pen: _Pen, job: Job, sheet: Rect, scale: float) -> Iterator[Item]:
    """The cuts between tear-off tabs."""
    count, height = job.tabs, job.tab_height_mm * scale
    cell = sheet.width / count
    ops: list[PathOp] = [("M", (sheet.x, sheet.y + height)), ("L", (sheet.right, sheet.y + height))]
    for number in range(1, count):
        at = sheet.x + number * cell
        ops += [("M", (at, sheet.y)), ("L", (at, sheet.y + height))]
    yield pen.stroke(tuple(ops), FINE, (2.0, 1.6))


def _move(pen: _Pen, move: MovePlan, side: SidePlan, rects: list[Rect], top: float) -> Iterator[Item]:
    """An arc from the panel that is folded to the one that it covers, with its turn."""
    start, end = rects[move.start], rects[move.end]
    ways = 1 if end.x > start.x else -1
    begin = start.x + start.width / 2 + ways * 4
    finish = end.x + end.width / 2 - ways * 9
    yield from pen.arrow(begin, finish, top + 3, 19.0)
    words = f"fold {_ordinal(move.turn)}"
    at = begin - ways * 4
    yield pen.label(words, at, top + 6, SMALL, weight="bold", align=1.0 if ways > 0 else 0.0)


def _folded(pen: _Pen, job: Job, plan: _Plan, x: float, top: float) -> Iterator[Item]:
    """The folded sheet seen from the front: spine, the edges that open, and which way they turn."""
    width = job.finished_mm[0] * plan.scale
    front = Rect(x, top - plan.head - plan.sheet, width, plan.sheet)
    ways = 1 if job.rtl else -1
    spine, edge = (front.right, front.x) if job.rtl else (front.x, front.right)
    yield pen.label("Folded", x + width / 2, top - 9, 10, weight="bold", ink=pen.night)
    for leaf in (2, 1):
        shift = -ways * 2.2 * leaf
        yield Path(rounded(front.moved(shift, 0), 0), fill=WHITE, stroke=pen.night, width=FINE)
    yield Path(rounded(front, 0), fill=pen.night, stroke=pen.night, width=OUTLINE)
    bar = Rect(spine if job.rtl else spine - 4.0, front.y - 3, 4.0, front.height + 6)
    yield Path(rounded(bar, 2), fill=BLACK)
    middle, level = front.x + width / 2, front.y + front.height * 0.62 - 3
    side = 0.0 if job.rtl else 1.0
    yield pen.label("spine", spine + ways * 9, level, LABEL, weight="bold", align=side)
    yield pen.label("front", middle, level, LABEL + 0.5, weight="bold", ink=WHITE)
    yield from pen.arrow(edge, spine + ways * 26, front.top + 4, 20.0)
    yield pen.label(size(job.finished_mm), middle, front.y - 13.9, SMALL)
    if front.height < LOW:
        yield pen.label(f"opens {job.opens_to}", middle, front.y + 15, LABEL, weight="bold", ink=WHITE)
    else:
        yield pen.label("opens to the", middle, front.y + 33, LABEL, weight="bold", ink=WHITE)
        yield pen.label(job.opens_to, middle, front.y + 18, 13, weight="heavy", ink=WHITE)
    yield _sweep(pen, front, ways)


def _sweep(pen: _Pen, front: Rect, ways: int) -> Path:
    """A straight arrow over the front, towards the side on which the spine is."""
    y = front.y + 9
    reach = front.width * 0.32
    middle = front.x + front.width / 2
    tail, tip = middle - ways * reach, middle + ways * reach
    body, half = tip - ways * 7, 1.1
    ops: tuple[PathOp, ...] = (
        ("M", (tail, y - half)),
        ("L", (body, y - half)),
        ("L", (body, y - 4)),
        ("L", (tip, y)),
        ("L", (body, y + 4)),
        ("L", (body, y + half)),
        ("L", (tail, y + half)),
        ("Z", ()),
    )
    return Path(ops, fill=WHITE)
