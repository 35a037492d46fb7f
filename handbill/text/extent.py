"""Extent: the box around the ink of a set line, for those who must know what a printer's edge cuts off."""

from __future__ import annotations

from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.text.faces import Library


def inked_box(line: Line, library: Library) -> Rect | None:
    """The box around the ink of a line whose baseline begins at 0, 0, in points; None where it has none."""
    boxes: list[tuple[float, float, float, float]] = []
    for run in line.runs:
        face = library.face(run.face)
        scale = run.size / face.upem
        x = run.x
        for atom in run.atoms:
            pen = 0
            for glyph in atom.glyphs:
                left, low, right, high = face.ink(glyph.gid)
                if right > left:
                    at = x + (pen + glyph.dx) * scale
                    up = glyph.dy
                    boxes.append(
                        (at + left * scale, (up + low) * scale, at + right * scale, (up + high) * scale)
                    )
                pen += glyph.advance
            x += atom.advance * scale
    if not boxes:
        return None
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return Rect(x0, y0, max(box[2] for box in boxes) - x0, max(box[3] for box in boxes) - y0)
