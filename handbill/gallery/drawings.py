"""Small drawings of how a sheet is turned, cut and folded, worked out from what the manifest says.

Lengths in the drawing's own units, y down, as SVG has it. ``kind`` is what the style sheet knows a
shape by; ``words`` say the same as the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handbill.gallery.words import SAME_MM

HEIGHT = 110.0
"""A sheet is drawn at most this high ..."""
WIDTH = 210.0
"""... and at most this wide."""
EDGE = 8.0
"""Room around a sheet, for its outline and the lines that reach beyond it."""
ARCS = 30.0
"""Room over a sheet for the arcs of its folds."""
LABEL_LEADING = 13.0
"""Line to line, where the name of a panel takes two."""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Stroke:
    """An outline in SVG's path language."""

    kind: str
    path: str


@dataclass(frozen=True)
class Label:
    """A word, centred on x, its baseline at y."""

    kind: str
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Drawing:
    """A drawing, its caption, and what it shows in words."""

    caption: str
    words: str
    width: float
    height: float
    shapes: tuple[Box | Stroke | Label, ...]


def draw_sheet(
    sheet_mm: Sequence[float], cell_mm: Sequence[float], copies: int, duplex: str, caption: str
) -> Drawing:
    """A sheet of an office printer: the copies on it, where to cut, and the edge on which it is turned.

    ``duplex`` is the manifest's: "Simplex", "DuplexFlipShortEdge" or "DuplexFlipLongEdge".
    """
    scale = min(HEIGHT / sheet_mm[1], WIDTH / sheet_mm[0])
    width, height = (round(side * scale, 2) for side in sheet_mm)
    shapes: list[Box | Stroke | Label] = [Box("sheet", EDGE, EDGE, width, height)]
    words = [f"A sheet, {'lying' if width > height else 'upright'}"]
    columns, rows = grid(sheet_mm, cell_mm, copies)
    cell = (cell_mm[0] * scale, cell_mm[1] * scale)
    left, top = EDGE + (width - columns * cell[0]) / 2, EDGE + (height - rows * cell[1]) / 2
    is_cut = any(sheet - own > SAME_MM for sheet, own in zip(sheet_mm, cell_mm, strict=True))
    if is_cut:
        words.append(f"with {copies} {'copy' if copies == 1 else 'copies'} and dashed lines to cut along")
        shapes += _cuts(left, top, columns, rows, cell, (width, height))
    for row in range(rows):
        for column in range(columns):
            x, y = left + (column + 0.5) * cell[0], top + (row + 0.5) * cell[1]
            if is_cut:
                shapes.append(Label("copy", round(x, 2), round(y + 4, 2), str(row * columns + column + 1)))
    if not is_cut:
        shapes.append(Label("copy", round(EDGE + width / 2, 2), round(EDGE + height / 2 + 4, 2), "Side 1"))
    if duplex != "Simplex":
        at_side = (width > height) == (duplex == "DuplexFlipShortEdge")
        run = f"V{EDGE + height:g}" if at_side else f"H{EDGE + width:g}"
        shapes.append(Stroke("turn", f"M{EDGE:g} {EDGE:g}{run}"))
        words.append(f"turned over on its {'left edge' if at_side else 'upper edge'}, drawn thick")
    return Drawing(
        caption, f"{', '.join(words)}.", width + 2 * EDGE, round(height + 2 * EDGE, 2), tuple(shapes)
    )


def grid(sheet_mm: Sequence[float], cell_mm: Sequence[float], copies: int) -> tuple[int, int]:
    """Columns and rows of the copies on a sheet."""
    columns = max(1, min(copies, int((sheet_mm[0] + SAME_MM) / cell_mm[0])))
    return columns, max(1, copies // columns)


def _cuts(
    left: float,
    top: float,
    columns: int,
    rows: int,
    cell: tuple[float, float],
    sheet: tuple[float, float],
) -> Iterator[Stroke]:
    for column in range(columns + 1):
        x = left + column * cell[0]
        if EDGE + 1 < x < EDGE + sheet[0] - 1:
            yield Stroke("cut", f"M{x:.2f} {EDGE - 5:g}V{EDGE + sheet[1] + 5:.2f}")
    for row in range(rows + 1):
        y = top + row * cell[1]
        if EDGE + 1 < y < EDGE + sheet[1] - 1:
            yield Stroke("cut", f"M{EDGE - 5:g} {y:.2f}H{EDGE + sheet[0] + 5:.2f}")


def draw_fold(flat: Mapping[str, Any]) -> Iterator[Drawing]:
    """How a flat piece is folded, from its entry in the manifest: each side that a fold begins from, and
    the folded result."""
    for side in flat["sides"]:
        if side["moves"]:
            yield _draw_side(flat, side)
    yield _draw_folded(flat)


def _draw_side(flat: Mapping[str, Any], side: Mapping[str, Any]) -> Drawing:
    scale = min(HEIGHT / flat["size_mm"][1], WIDTH / flat["size_mm"][0])
    height = flat["size_mm"][1] * scale
    top = EDGE + ARCS
    across = flat["size_mm"][0] * scale
    shapes: list[Box | Stroke | Label] = [Box("sheet", EDGE, top, round(across, 2), round(height, 2))]
    middles = []
    x = EDGE
    for panel in side["panels"]:
        width = panel["width_mm"] * scale
        middles.append(x + width / 2)
        shapes += _name_panel("panel", panel, x + width / 2, top + height / 2)
        x += width
        if panel is not side["panels"][-1]:
            shapes.append(Stroke("fold", f"M{x:.2f} {top - 6:g}V{top + height + 6:.2f}"))
    for move in side["moves"]:
        shapes += _arc(middles[move["start"]], middles[move["end"]], top - 4, move["turn"])
    return Drawing(
        f"Lay it with the {side['name'].lower()} towards you",
        " ".join(fold_steps(flat)),
        round(x + EDGE, 2),
        round(top + height + EDGE, 2),
        tuple(shapes),
    )


def _name_panel(kind: str, panel: Mapping[str, Any], x: float, y: float) -> Iterator[Label]:
    """The panel's name around a point; that of a bilingual piece is long and takes a line for each part."""
    lines = panel["name"].split(", ")
    for number, words in enumerate(lines):
        down = (number - (len(lines) - 1) / 2) * LABEL_LEADING
        yield Label(kind, round(x, 2), round(y + 4 + down, 2), words)


def _arc(start: float, end: float, y: float, turn: int) -> Iterator[Stroke | Label]:
    """An arrow from one panel over to another, with its turn at its beginning."""
    ways = 1 if end > start else -1
    start, end = start + ways * 2, end - ways * 10
    middle, rise = (start + end) / 2, y - 2 * (ARCS - 8)
    yield Stroke("arc", f"M{start:.2f} {y:g}Q{middle:.2f} {rise:g} {end:.2f} {y - 3:g}")
    yield Stroke("head", f"M{end:.2f} {y:g}l{-ways * 6.5:g} -3.5l{ways * 5.2:g} -4.5z")
    yield Label("turn", round(start - ways * 7, 2), y, str(turn))


def _draw_folded(flat: Mapping[str, Any]) -> Drawing:
    scale = min(HEIGHT / flat["size_mm"][1], WIDTH / flat["size_mm"][0])
    panels = flat["sides"][0]["panels"]
    front = next(panel for panel in panels if panel["front"])
    width, height = (round(side * scale, 2) for side in (front["width_mm"], flat["size_mm"][1]))
    top = EDGE + ARCS
    leaf = 4.0
    left = EDGE + (0.0 if flat["rtl"] else leaf)
    spine, edge = (left + width, left) if flat["rtl"] else (left, left + width)
    out = -leaf if flat["rtl"] else leaf
    under = f"M{edge:.2f} {top + 3:g}l{out:g} 2V{top + height + 3:.2f}H{spine:.2f}V{top + height:.2f}"
    side = "right" if flat["rtl"] else "left"
    return Drawing(
        f"Folded: the fold is on the {side}",
        f"The folded piece with the {front['name'].lower()} towards you and the fold on the {side}.",
        round(width + leaf + 2 * EDGE, 2),
        round(top + height + EDGE, 2),
        (
            Stroke("leaf", under),
            Box("front", left, top, width, height),
            *_name_panel("front", front, left + width / 2, top + height / 2),
            Stroke("spine", f"M{spine:.2f} {top:g}V{top + height:.2f}"),
        ),
    )


def fold_steps(flat: Mapping[str, Any]) -> tuple[str, ...]:
    """How to fold, a sentence a fold, by the names and the places of the panels."""
    moves = sorted(
        ((move["turn"], side, move) for side in flat["sides"] for move in side["moves"]),
        key=lambda one: one[0],
    )
    told = []
    for number, (_, side, move) in enumerate(moves):
        start = _in_place(side["panels"], move["start"])
        before = "" if number else f"Lay the sheet with the {side['name'].lower()} towards you. "
        end = side["panels"][move["end"]]["name"]
        told.append(f"{before}Fold {start} over “{end}”.")
    return tuple(told)


def _in_place(panels: Sequence[Mapping[str, Any]], index: int) -> str:
    place = "left-hand" if index == 0 else "right-hand" if index == len(panels) - 1 else "middle"
    return f"the {place} panel, “{panels[index]['name']}”,"
