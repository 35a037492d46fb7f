"""Room: how full regions are, how many letters are left or too many, and how long each string may be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbill.campaign.pseudo import count_letters
from handbill.compose.boxes import Box, Framed, Row, Stack, TextBox, round_up
from handbill.compose.context import Context
from handbill.compose.panels import SetPanel, SetRegion
from handbill.design.layouts import LayoutFile
from handbill.text.model import Paragraph
from handbill.units import to_mm

ROLES = ("title", "heading", "number", "body", "small")
USUAL_LINE = 40
"""Letters a line where a panel has none to measure."""
MARGIN = 0.93
"""Share of a line's mean number of letters that is promised: words are wider and narrower. With it, texts
of so many letters, put together at random from a language's own words, take a line more in 2 to 5 of 100
cases (tests/test_survey.py holds this)."""


@dataclass(frozen=True)
class RegionFit:
    """How full a region is, as it was set: lengths in mm, sizes nominal, in points.

    ``room_mm`` is the region's own, ``used_mm`` what its words take; ``free_mm`` is what they could take
    more, which is shared with the other regions of the panel; negative where the panel is too full.
    ``role`` is what most of its letters are set as: ``size_pt`` now, ``wanted_pt`` if there were room,
    ``floor_pt`` at the least. ``letters_left`` is how many letters that would be; negative: to cut.
    """

    panel: str
    region: str
    room_mm: float
    used_mm: float
    free_mm: float
    role: str
    size_pt: float
    wanted_pt: float
    floor_pt: float
    lines: int
    letters: int
    letters_left: int

    @property
    def share(self) -> float:
        """The part of all it could have that it uses; more than 1 where it is too full."""
        room = self.used_mm + self.free_mm
        return self.used_mm / room if room > 0 else math.inf


@dataclass(frozen=True)
class Excess:
    """By how much the words of a panel are too long: lines of body text, and letters in so many lines."""

    lines: int
    letters: int


def walk_text(box: Box, block: str | None = None) -> Iterator[tuple[TextBox, str | None]]:
    """Every set text in a box, with the id of the block that it stands in."""
    match box:
        case TextBox():
            yield box, block
        case Stack(boxes=boxes, tag=tag):
            for one in boxes:
                yield from walk_text(one, tag.block if tag and tag.block else block)
        case Row(cells=cells):
            for cell in cells:
                yield from walk_text(cell.box, block)
        case Framed(inner=inner):
            yield from walk_text(inner, block)


def texts_of(region: SetRegion) -> list[tuple[TextBox, str | None]]:
    """Every set text of a region, with its block."""
    return [found for stack in region.stacks for found in walk_text(stack)]


def excess_of(panel: SetPanel, leading: float) -> Excess:
    """What is to be cut from a panel that is too full; ``leading`` is that of its body text in points."""
    lines = max(1, math.ceil(panel.excess / leading - 1e-6))
    boxes = [box for region in panel.regions for box, _ in texts_of(region)]
    return Excess(lines, letters_a_line(boxes) * lines)


def letters_a_line(boxes: Iterable[TextBox]) -> int:
    """Mean number of letters of the full lines of some texts."""
    counts = []
    for box in boxes:
        lines = [count_letters(line.text) for line in box.paragraph.lines]
        counts += lines[:-1] or lines
    return round(sum(counts) / len(counts)) if counts else USUAL_LINE


def region_fit(
    panel: SetPanel, region: SetRegion, room: float, context: Context, layout: LayoutFile
) -> RegionFit:
    """How full a region is that was given ``room`` points of height."""
    boxes = [box for box, _ in texts_of(region)]
    role = _role(boxes, context)
    free = region.needs - region.content - region.top - region.foot + max(0.0, -panel.excess)
    if panel.excess > 0.01:
        free = -panel.excess
        left = -excess_of(panel, context.leading).letters
    else:
        left = _letters_in(free, boxes, context)
    return RegionFit(
        panel=panel.spec.name,
        region=region.spec.region or ("imprint" if region.spec.imprint else "tabs"),
        room_mm=round(to_mm(room), 1),
        used_mm=round(to_mm(region.content), 1),
        free_mm=round(to_mm(free), 1),
        role=role,
        size_pt=context.size(role),
        wanted_pt=context.scale.size(role).steps[0],
        floor_pt=floor_of(role, context, layout),
        lines=sum(len(box.paragraph.lines) for box in boxes),
        letters=sum(map(_letters, boxes)),
        letters_left=left,
    )


def page_fit(name: str, boxes: Sequence[TextBox], room: float, used: float, context: Context) -> RegionFit:
    """How full a page is of a piece that runs over as many as it needs, its sizes fixed."""
    size = context.size("body")
    return RegionFit(
        panel=name,
        region="text",
        room_mm=round(to_mm(room), 1),
        used_mm=round(to_mm(used), 1),
        free_mm=round(to_mm(room - used), 1),
        role="body",
        size_pt=size,
        wanted_pt=size,
        floor_pt=size,
        lines=sum(len(box.paragraph.lines) for box in boxes),
        letters=sum(map(_letters, boxes)),
        letters_left=_letters_in(room - used, boxes, context),
    )


def _letters_in(free: float, boxes: Sequence[TextBox], context: Context) -> int:
    """How many letters go into a free height, in lines like those of the texts that are set as most are."""
    main = max(boxes, key=_letters, default=None)
    leading = main.paragraph.leading if main else context.leading
    like = [box for box in boxes if main and box.paragraph.size == main.paragraph.size]
    return math.floor(max(0.0, free) / leading + 1e-6) * letters_a_line(like)


def floor_of(role: str, context: Context, layout: LayoutFile) -> float:
    """The smallest nominal size in points that a role may take in this script; where it may not give
    way, the size that it has."""
    steps = context.scale.size(role).steps
    if context.scale.role(role) not in layout.give:
        return steps[0]
    own = context.scale.role(role)
    least = 0.0
    if own == "body":
        least = layout.least_body / context.script.size_ratio
    elif own == "number":
        least = layout.number_to_body * floor_of("body", context, layout)
    return min((step for step in steps if step >= least), default=steps[0])


def _letters(box: TextBox) -> int:
    return count_letters(box.paragraph.text)


def _role(boxes: Sequence[TextBox], context: Context) -> str:
    """What most letters of the texts are set as."""
    letters: dict[float, int] = defaultdict(int)
    for box in boxes:
        letters[box.paragraph.size] += _letters(box)
    if not letters:
        return "body"
    size = max(letters, key=lambda size: letters[size])
    roles = [role for role in ROLES if context.scale.role(role) == role]
    ratio = context.script.size_ratio
    return min(
        roles, key=lambda role: min(abs(context.size(role) * ratio - size), abs(context.size(role) - size))
    )


# -- strings ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """How long one string may be where it stands, its numbers filled in.

    ``lines`` are those of its paragraph, each of about ``a_line`` letters; ``letters`` is what the string
    may have without a further line, ``now`` what it has. ``shares`` says that other words stand in the
    same paragraph. ``free`` counts the lines by which the panel's words together may grow, negative where
    they are too long.
    """

    lines: int
    a_line: int
    letters: int
    now: int
    shares: bool
    free: int

    @property
    def reach(self) -> float:
        """By what factor it could grow if it had all that is free: the least is the tightest place."""
        return (self.letters + self.free * self.a_line) / max(1, self.now)


class LetterWidths:
    """The mean width of a language's letters in each face, in em of the size, as its texts have been set.

    Lines that hold another face too, of a Latin name in Chinese or a number, tell nothing of its letters;
    they count where there are no others.
    """

    def __init__(self) -> None:
        self._pure: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._mixed: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._words: list[int] = []

    def add(self, boxes: Iterable[TextBox]) -> None:
        """Take in texts that have been set."""
        for box in boxes:
            paragraph = box.paragraph
            face = _main_face(paragraph)
            for line in paragraph.lines:
                pure = all(run.face == face and not run.kind for run in line.runs)
                sums = (self._pure if pure else self._mixed)[face]
                sums[0] += line.width / paragraph.size
                sums[1] += count_letters(line.text)
            self._words += [count_letters(word) for word in paragraph.text.split()]

    def of(self, paragraph: Paragraph) -> float:
        """The mean width of a letter of a paragraph, in points."""
        face = _main_face(paragraph)
        width, letters = self._pure[face] if face in self._pure else self._mixed[face]
        return width / max(1.0, letters) * paragraph.size

    @property
    def half_word(self) -> float:
        """What a full line loses where its last word does not fit: half a word, in letters."""
        return sum(self._words) / len(self._words) / 2 if self._words else 0.0


def _main_face(paragraph: Paragraph) -> str:
    widths: dict[str, float] = defaultdict(float)
    for line in paragraph.lines:
        for run in line.runs:
            widths[run.face] += run.width
    return max(widths, key=lambda face: widths[face], default="")


def measure_string(
    plain: str, boxes: Sequence[TextBox], panel: SetPanel, widths: LetterWidths, excess: Excess | None
) -> Measured | None:
    """How long the string ``plain`` may be in the tightest of the boxes of its block that hold it; None if
    none does. ``excess`` is that of its panel where it is too full."""
    found: dict[int, list[TextBox]] = defaultdict(list)
    for box in boxes:
        text = box.paragraph.text
        if plain in text:
            found[len(plain)].append(box)
        elif text in plain and any(not run.kind for line in box.paragraph.lines for run in line.runs):
            found[len(text)].append(box)  # the number of a call stands apart from its words
    if not found:
        return None
    held = found[max(found)]
    return min((_measure(plain, box, panel, widths, excess) for box in held), key=lambda one: one.reach)


def _measure(
    plain: str, box: TextBox, panel: SetPanel, widths: LetterWidths, excess: Excess | None
) -> Measured:
    paragraph = box.paragraph
    lines = max(1, len(paragraph.lines))
    width = max(widths.of(paragraph), 1e-6)
    a_line = max(1, math.floor((paragraph.width + box.may_widen) / width * MARGIN))
    whole = math.floor(a_line * lines - (lines - 1) * widths.half_word)
    set_now, now = count_letters(paragraph.text), count_letters(plain)
    letters = max(now, whole - max(0, set_now - now))
    if excess is not None:
        all_letters = sum(_letters(one) for region in panel.regions for one, _ in texts_of(region))
        letters = max(1, now - math.ceil(now * excess.letters / max(1, all_letters)))
        return Measured(lines, a_line, letters, now, set_now > now, -excess.lines)
    room = -panel.excess + 1e-6
    free = 0
    while free < MOST_FREE and _grown(box, free + 1) <= room:
        free += 1
    return Measured(lines, a_line, letters, now, set_now > now, free)


MOST_FREE = 9
"""More free lines than this are not counted."""


def _grown(box: TextBox, lines: int) -> float:
    """By how many points a text grows with so many lines more."""
    paragraph = box.paragraph
    return round_up(paragraph.height + lines * paragraph.leading, box.unit) - round_up(
        paragraph.height, box.unit
    )
