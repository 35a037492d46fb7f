"""Paragraphs: what a laid-out piece shows, each set paragraph with the strings that it is made of.

The words come from the catalogue, the places from the Scene. Both are laid side by side here letter by
letter, so that a line that was cut, swapped or turned round on its way into the Scene is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import RichSpan
from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.proof.inventory import IMPRINT, Key, Source
from handbill.scene import Group, Page, Scene, TextLine, walk
from handbill.text.extent import inked_box
from handbill.text.faces import Library

_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
"""What may differ between words as written and as set: spaces, and what only steers line breaks."""


@dataclass(frozen=True)
class View:
    """What one picture shows: a page of the web edition, that is a panel or an unfolded sheet.

    ``rect`` is its part of the sheet ``page`` of the Scene, counted from 0; ``name`` is the panel's.
    """

    name: str
    page: int
    rect: Rect


@dataclass(frozen=True)
class Number:
    """A number or address as set on one line: its lookup (``nspcc.phone``), its letters and its box."""

    ref: str
    text: str
    box: Rect


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is set in a view; boxes in points from the view's lower left corner.

    ``words`` are those of the catalogue, ``lines`` the same broken where the Scene breaks them;
    ``sources`` the texts that they come from, in order, ``stray`` letters that come from none. ``agrees``
    is False where the Scene's letters are not the catalogue's: then ``lines`` are not broken. ``box`` is
    the ink of all lines, ``first`` and ``last`` those of the first and last; ``leading`` is from line
    to line, in points; ``faces`` its plain and its bold face,
    ``letters`` each face with what is set in it and its size; ``widths`` those of the lines.
    """

    block: str
    role: str
    sources: tuple[Source, ...]
    words: tuple[RichSpan, ...]
    lines: tuple[tuple[RichSpan, ...], ...]
    agrees: bool
    stray: str
    rtl: bool
    box: Rect
    first: Rect
    last: Rect
    leading: float
    faces: tuple[str, str]
    letters: tuple[tuple[str, str, float], ...]
    widths: tuple[float, ...]
    numbers: tuple[Number, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """The strings in it, each once."""
        return tuple(dict.fromkeys(key for source in self.sources for key in source.keys))


def list_views(scene: Scene) -> list[View]:
    """The views of a piece, in the order of its sheets."""
    views = []
    for number, page in enumerate(scene.pages):
        if page.folds:
            views += [View(panel.name, number, panel.rect) for panel in page.panels]
        else:
            name = page.panels[0].name if len(page.panels) == 1 else page.name
            views.append(View(name, number, page.trim))
    return views


def read_view(
    scene: Scene, view: View, sources: Mapping[str, Sequence[Source]], library: Library
) -> list[Paragraph]:
    """The paragraphs of a view in reading order. ``sources`` are the piece's texts by block."""
    groups = sorted(_groups(scene.pages[view.page], view), key=lambda group: group.order)
    found = [paragraph for top in groups for paragraph in _paragraphs(top, "")]
    read = []
    while found:
        count = _belonging(found, sources)
        parts, found = found[:count], found[count:]
        read.append(_read([group for group, _ in parts], parts[0][1], sources, view.rect, library))
    return read


def _belonging(found: Sequence[tuple[Group, str]], sources: Mapping[str, Sequence[Source]]) -> int:
    """How many of the first paragraphs are one text: a call that is set large has its words and its
    number in paragraphs of their own."""
    group, block = found[0]
    together = _squeeze(group.tag.text or "")
    whole = {_squeeze(source.text.plain) for source in sources.get(block, ())}
    for count, (other, other_block) in enumerate(found[1:], 2):
        if together in whole or other_block != block or other.place != group.place:
            break
        together += _squeeze(other.tag.text or "")
        if together in whole:
            return count
    return 1


def _groups(page: Page, view: View) -> Iterator[Group]:
    for group in page.items:
        if group.tag.role != "Artifact" and (not page.folds or group.region == view.name):
            yield group


def _paragraphs(group: Group, block: str) -> Iterator[tuple[Group, str]]:
    block = group.tag.block or block
    if group.tag.role == "Lbl":
        return  # the number of a step: its words follow
    if group.tag.text and any(isinstance(item, TextLine) for item in group.items):
        yield group, block
        return
    for item in group.items:
        if isinstance(item, Group) and item.tag.role != "Artifact":
            yield from _paragraphs(item, block)


def _read(
    groups: Sequence[Group],
    block: str,
    sources: Mapping[str, Sequence[Source]],
    rect: Rect,
    library: Library,
) -> Paragraph:
    text = " ".join(group.tag.text or "" for group in groups)
    lines = [item for group in groups for item in walk(group.items) if isinstance(item, TextLine)]
    spans, used, stray = match(text, sources.get(block, ()))
    broken = break_like(spans, [_letters_of(line.line) for line in lines])
    boxes = [_ink(line, library).moved(-rect.x, -rect.y) for line in lines]
    runs = [run for line in lines for run in line.line.runs]
    plain = next((run for run in runs if not run.bold), runs[0])
    bold = next((run for run in runs if run.bold), plain)
    gaps = [above.y - below.y for above, below in pairwise(lines)]
    return Paragraph(
        block=block,
        role=groups[0].tag.role,
        sources=used,
        words=spans,
        lines=broken or (spans,),
        agrees=broken is not None,
        stray="" if block == IMPRINT else stray,
        rtl=any(run.rtl for run in runs),
        box=_union(boxes),
        first=boxes[0],
        last=boxes[-1],
        leading=max(gaps, default=0.0),
        faces=(plain.face, bold.face),
        letters=tuple((run.face, run.text, run.size) for run in runs),
        widths=tuple(line.line.width for line in lines),
        numbers=tuple(number for line in lines for number in _numbers(line, rect)),
    )


def match(text: str, sources: Sequence[Source]) -> tuple[tuple[RichSpan, ...], tuple[Source, ...], str]:
    """What a set text is made of: its spans as the catalogue has them, the texts they come from, and the
    letters that come from none (punctuation that the program sets between texts is no letter)."""
    held = [(_squeeze(source.text.plain), source) for source in sources]
    held = sorted(
        ((plain, source) for plain, source in held if plain), key=lambda one: len(one[0]), reverse=True
    )
    at = [index for index, char in enumerate(text) if not _UNSEEN.fullmatch(char)]
    squeezed = "".join(text[index] for index in at)
    spans: list[RichSpan] = []
    used: list[Source] = []
    stray = ""
    position = passed = 0
    while position < len(squeezed):
        found = next((one for one in held if squeezed.startswith(one[0], position)), None)
        if found is None:
            end = at[position] + 1
            spans.append(RichSpan(text[passed:end]))
            stray += squeezed[position] if squeezed[position].isalnum() else ""
            position += 1
        else:
            plain, source = found
            spans.append(RichSpan(text[passed : at[position]]))
            spans.extend(source.text.spans)
            used.extend(one for same, one in held if same == plain)
            end = at[position + len(plain) - 1] + 1
            position += len(plain)
        passed = end
    return tuple(span for span in spans if span.text), tuple(dict.fromkeys(used)), stray


def break_like(
    spans: Sequence[RichSpan], lines: Sequence[Sequence[tuple[str, bool]]]
) -> tuple[tuple[RichSpan, ...], ...] | None:
    """``spans`` broken into lines as ``lines`` are, and bold where those are; None where their letters are
    not the same. A line is its letters without spaces, each with whether it is bold."""
    written = [(char, span) for span in spans for char in span.text]
    letters = "".join(char for char, _ in written)
    if _squeeze(letters) != "".join(char for line in lines for char, _ in line):
        return None
    broken: list[tuple[RichSpan, ...]] = []
    at = 0
    for line in lines:
        taken: list[tuple[str, RichSpan, bool]] = []
        for _, bold in line:
            while _UNSEEN.fullmatch(written[at][0]):
                taken.append((*written[at], bold))
                at += 1
            taken.append((*written[at], bold))
            at += 1
        broken.append(_join(taken))
    return tuple(broken)


def _join(letters: Sequence[tuple[str, RichSpan, bool]]) -> tuple[RichSpan, ...]:
    """Letters, each with its span and whether it is bold, as spans, without spaces at the ends."""
    while letters and letters[0][0].isspace():
        letters = letters[1:]
    spans: list[RichSpan] = []
    for (span, bold), group in groupby(letters, lambda letter: (letter[1], letter[2])):
        spans.append(RichSpan("".join(char for char, *_ in group), bold, span.kind, span.ref))
    return tuple(spans)


def _letters_of(line: Line) -> list[tuple[str, bool]]:
    """The letters of a set line in the order of reading, each with whether it is bold."""
    runs = sorted(line.runs, key=lambda run: run.order)
    return [(char, run.bold) for run in runs for char in _squeeze(run.text)]


def _squeeze(text: str) -> str:
    return _UNSEEN.sub("", text)


def _ink(line: TextLine, library: Library) -> Rect:
    """The box of a line's ink, or its extent if it has none."""
    box = inked_box(line.line, library)
    return box.moved(line.x, line.y) if box else line.extent


def _union(boxes: Sequence[Rect]) -> Rect:
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Rect(x, y, max(box.right for box in boxes) - x, max(box.top for box in boxes) - y)


def _numbers(line: TextLine, rect: Rect) -> Iterator[Number]:
    """Numbers and addresses on a line, each as its neighbouring runs together."""
    runs = sorted((run for run in line.line.runs if run.kind in ADDRESSES), key=lambda run: run.order)
    by_ref: dict[str, list[int]] = {}
    for index, run in enumerate(runs):
        by_ref.setdefault(run.ref, []).append(index)
    for ref, indices in by_ref.items():
        mine = [runs[index] for index in indices]
        left, right = min(run.x for run in mine), max(run.x + run.width for run in mine)
        size = max(run.size for run in mine)
        box = Rect(line.x + left - rect.x, line.y - rect.y - size / 4, right - left, size * 1.1)
        yield Number(ref, "".join(run.text for run in mine), box)
