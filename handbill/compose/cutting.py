"""Cutting a box that is taller than its page, between lines.

It is the last resort: items, paragraphs, cards and callouts stay whole wherever a page can hold them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handbill.compose.boxes import Bar, Box, Cell, Framed, Row, Stack, TextBox
from handbill.text.model import Paragraph

FEWEST_LINES = 2
"""No page begins or ends with a single line of a paragraph."""


def cut(box: Box, room: float) -> tuple[Box, Box] | None:
    """The box as two, the first at most ``room`` points high; None where no cut can be made.

    Words are cut between lines, stacks between or inside their boxes; what stands beside words
    (a marker, an icon) stays with the first, a bar runs on.
    """
    if isinstance(box, TextBox):
        return _cut_text(box, room)
    if isinstance(box, Stack):
        return _cut_stack(box, room)
    if isinstance(box, Row):
        return _cut_row(box, room)
    if isinstance(box, Framed):
        parts = cut(box.inner, room - 2 * box.pad_y)
        return (replace(box, inner=parts[0]), replace(box, inner=parts[1])) if parts else None
    return None


def _cut_text(box: TextBox, room: float) -> tuple[Box, Box] | None:
    whole = replace(box, snug=False)  # what a snug box gives up lies above its first line
    lines = len(box.paragraph.lines)
    for count in range(lines - FEWEST_LINES, FEWEST_LINES - 1, -1):
        head, tail = _part_paragraph(box.paragraph, count)
        first = replace(whole, paragraph=head)
        if first.height <= room:
            return first, replace(whole, paragraph=tail)
    return None


def _part_paragraph(paragraph: Paragraph, count: int) -> tuple[Paragraph, Paragraph]:
    """The first ``count`` lines and the rest, each with its share of the source text."""
    at = list(_starts(paragraph))[count]
    lines, leading = paragraph.lines, paragraph.leading
    head = replace(paragraph, lines=lines[:count], height=count * leading, text=paragraph.text[:at].rstrip())
    tail = replace(
        paragraph, lines=lines[count:], height=(len(lines) - count) * leading, text=paragraph.text[at:]
    )
    return head, tail


def _starts(paragraph: Paragraph) -> Iterator[int]:
    """Where each line begins in the source text."""
    at = 0
    for line in paragraph.lines:
        words = line.text.strip()
        at = max(at, paragraph.text.find(words, at))
        yield at
        at += len(words)


def _cut_stack(box: Stack, room: float) -> tuple[Box, Box] | None:
    used, index = 0.0, 0
    while index < len(box.boxes) and used + box.gaps[index] + box.boxes[index].height <= room:
        used += box.gaps[index] + box.boxes[index].height
        index += 1
    if index == len(box.boxes):
        return None
    pair = cut(box.boxes[index], room - used - box.gaps[index])
    if pair:
        head = replace(box, boxes=(*box.boxes[:index], pair[0]), gaps=box.gaps[: index + 1])
        tail = replace(box, boxes=(pair[1], *box.boxes[index + 1 :]), gaps=(0.0, *box.gaps[index + 1 :]))
        return head, tail
    if index == 0:
        return None
    head = replace(box, boxes=box.boxes[:index], gaps=box.gaps[:index])
    tail = replace(box, boxes=box.boxes[index:], gaps=(0.0, *box.gaps[index + 1 :]))
    return head, tail


def _cut_row(box: Row, room: float) -> tuple[Box, Box] | None:
    cuts: dict[int, tuple[Box, Box]] = {}
    for index, cell in enumerate(box.cells):
        if isinstance(cell.box, TextBox | Stack | Row | Framed) and cell.drop + cell.box.height > room:
            pair = cut(cell.box, room - cell.drop)
            if pair is None:
                return None
            cuts[index] = pair
    if not cuts:
        return None
    first = max(box.cells[index].drop + head.height for index, (head, _) in cuts.items())
    rest = max(tail.height for _, tail in cuts.values())
    heads: list[Cell] = []
    tails: list[Cell] = []
    for index, cell in enumerate(box.cells):
        head: Box = cell.box
        tail: Box | None = None
        if index in cuts:
            head, tail = cuts[index]
        elif isinstance(cell.box, Bar):
            head, tail = replace(cell.box, height=first), replace(cell.box, height=rest)
        heads.append(replace(cell, box=head))
        if tail:
            tails.append(replace(cell, box=tail, drop=0.0))
    return replace(box, cells=tuple(heads), height=first), replace(box, cells=tuple(tails), height=rest)
