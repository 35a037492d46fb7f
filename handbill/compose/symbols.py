"""Marks drawn as vectors: list markers, the row of dots, QR codes, icons.

No text face has ticks or arrows (text-engine.md, "Fonts"), and a drawn mark prints in one plain
outline on every device.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path as File

import segno

from handbill.colour import BLACK, WHITE, Ink
from handbill.compose.boxes import Drawing, disc, rounded
from handbill.design.drawing import Drawing as Art
from handbill.design.svg import load_icon
from handbill.geometry import Rect
from handbill.scene import ARTIFACT, Group, Item, Path, PathOp, Tag

QUIET_MODULES = 4
"""Light modules kept free around a QR code (print-spec 3.5)."""

HEARD = {"dot": "•", "tick": "✓", "cross": "✗"}
"""What a marker is read as. Screen readers say "check mark" and "ballot X" or the like in their own
language: a list of don'ts must not sound like one of do's to who jumps over its heading."""


def marker_ops(marker: str, x: float, y: float, size: float) -> tuple[Path, ...]:
    """A marker centred on (x, y) for text of ``size`` points; inks are set by the caller."""
    if marker == "dot":
        return (Path(disc(x, y, size * 0.17)),)
    arm = size * 0.26
    if marker == "tick":
        ops: tuple[PathOp, ...] = (
            ("M", (x - arm, y - arm * 0.05)),
            ("L", (x - arm * 0.3, y - arm * 0.75)),
            ("L", (x + arm, y + arm * 0.8)),
        )
    elif marker == "cross":
        arm *= 0.8
        ops = (
            ("M", (x - arm, y - arm)),
            ("L", (x + arm, y + arm)),
            ("M", (x - arm, y + arm)),
            ("L", (x + arm, y - arm)),
        )
    else:
        raise ValueError(f"no marker is called {marker}")
    return (Path(ops, width=size * 0.15, cap=1, join=1),)


def paint_marker(marker: str, x: float, y: float, size: float, ink: Ink) -> tuple[Item, ...]:
    """A list marker as the label of its item, heard as what it is."""
    paths = tuple(
        Path(path.ops, fill=ink)
        if marker == "dot"
        else Path(path.ops, stroke=ink, width=path.width, cap=1, join=1)
        for path in marker_ops(marker, x, y, size)
    )
    return (Group(Tag("Lbl", text=HEARD[marker]), paths),)


def dots(count: int, odd: int, radius: float, pitch: float, ink: Ink, signal: Ink, rtl: bool) -> Drawing:
    """A row of regular dots of which one differs: the campaign's device, as a panel's head.

    ``odd`` counts from 0 in reading direction.
    """
    width = (count - 1) * pitch + 2 * radius * 1.45
    height = 2 * radius * 1.45

    def paint(x: float, top: float) -> tuple[Item, ...]:
        y = top - height / 2
        paths = []
        for index in range(count):
            place = count - 1 - index if rtl else index
            centre = x + radius * 1.45 + place * pitch
            paths.append(
                Path(disc(centre, y, radius * 1.45), fill=signal)
                if index == odd
                else Path(disc(centre, y, radius), fill=ink)
            )
        return (Group(ARTIFACT, tuple(paths)),)

    return Drawing(width, height, paint)


@lru_cache(maxsize=64)
def _modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a QR code, level M, rows from the top (print-spec 3.5)."""
    code = segno.make(payload, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(cell) for cell in row) for row in code.matrix)


def qr(payload: str, side: float, alt: str) -> Drawing:
    """A QR code as vector squares in black ink on a white field, quiet zone inside ``side``.

    Runs of dark modules of a row are one rectangle, so that no hairline of white shows between.
    """
    rows = _modules(payload)
    module = side / (len(rows) + 2 * QUIET_MODULES)

    def paint(x: float, top: float) -> tuple[Item, ...]:
        ops: list[PathOp] = []
        for row_number, row in enumerate(rows):
            y = top - (QUIET_MODULES + row_number + 1) * module
            column = 0
            while column < len(row):
                if not row[column]:
                    column += 1
                    continue
                start = column
                while column < len(row) and row[column]:
                    column += 1
                rect = Rect(x + (QUIET_MODULES + start) * module, y, (column - start) * module, module)
                ops.extend(rounded(rect, 0))
        field = Path(rounded(Rect(x, top - side, side, side), 3), fill=WHITE)
        return (
            Group(ARTIFACT, (field,)),
            Group(Tag("Figure", alt=alt), (Path(tuple(ops), fill=BLACK),)),
        )

    return Drawing(side, side, paint)


@lru_cache(maxsize=256)
def _load(path: File, root: File, ink: Ink, saved: tuple[int, int]) -> Art:
    """An icon in an ink, as it was ``saved`` (when, how large): fitting draws the same one many times."""
    return load_icon(path, root, ink)


def _saved(path: File) -> tuple[int, int]:
    """When the file was saved, and its size; nothing of a file that is not there, as who reads it says so."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def icon(folder: File, root: File, name: str, side: float, ink: Ink, field: Ink | None = None) -> Drawing:
    """An icon, on a round field if one is given; decoration, because words stand beside it."""
    path = folder / f"{name}.svg"
    drawing = _load(path, root, ink, _saved(path))
    inner = side * 0.58 if field else side

    def paint(x: float, top: float) -> tuple[Item, ...]:
        inset = (side - inner) / 2
        paths = drawing.placed(Rect(x + inset, top - side + inset, inner, inner))
        if field:
            paths = (Path(disc(x + side / 2, top - side / 2, side / 2), fill=field), *paths)
        return (Group(ARTIFACT, paths),)

    return Drawing(side, side, paint)
