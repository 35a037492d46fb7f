"""The job sheet as pages: A4 portrait, for any office printer, in black and night ink.

Order of the page: whose order it is, what must not happen (drafts to press), who orders; then each
job with its drawing, its facts and its files; last what to look at on the proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.colour import BLACK, WHITE
from handbill.compose.boxes import Box, Cell, Drawing, Framed, Row, Stack, rounded, stack
from handbill.compose.symbols import dots
from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.jobs.drawing import draw_job
from handbill.jobs.job import Job, JobFile, JobSheet
from handbill.jobs.setting import Setter, rule
from handbill.scene import ARTIFACT, Group, Item, Page, Path, Scene, Tag, TextLine
from handbill.units import mm

PAGE = (mm(210), mm(297))
SIDES = mm(13)
HEAD = mm(12)
FOOT = mm(18)
"""Words end this far above the foot of the page, the page number stands below; office printers
reach no closer than 7 mm there (print-spec 3.6)."""
FOLIO = mm(14)
UNDER = 11.0
"""Points: from the foot's line to one under it, where three do not stand side by side."""
MEASURE = PAGE[0] - 2 * SIDES

TITLE, HEADING, BODY, SMALL, NOTE = 25.0, 13.0, 9.5, 8.5, 7.5
"""The sizes of type, in points."""
SECTION_GAP = 13.0
FACT_GAP = 1.5
COLUMN_GAP = 16.0
LABEL_WIDTH = 66.0
"""The measure of a fact's label."""
WIDE_DRAWING = 0.6
"""A drawing that takes more of the measure than this has the facts below it, not beside it."""
QUANTITY = (62.0, 24.0)
"""The box for a quantity."""
FILE_GAP = 12.0
TITLE_SHARE = 0.38
"""Of a file's row for its title."""
BY_HAND = 21.0
"""Room for a line written by hand."""
NUMBERS = "Numbers: the order in which a reader meets the panels. Dashed lines: folds."
DOTS = (2.0, 7.5, 5, 3)
"""The campaign's device: radius and pitch in points, how many dots, which one differs."""


@dataclass(frozen=True)
class _Section:
    """Parts that belong together; they are parted only if a page does not hold them."""

    parts: tuple[Box, ...]
    gap: float


def compose_sheet(sheet: JobSheet, setter: Setter) -> Scene:
    """The job sheet as a scene, on as many pages as it takes."""
    sections = [_opening(sheet, setter)]
    sections += [_job(job, number, sheet, setter) for number, job in enumerate(sheet.jobs, 1)]
    sections.append(_proof(sheet, setter))
    filled = _fill(sections)
    pages = tuple(_page(boxes, number, len(filled), sheet, setter) for number, boxes in enumerate(filled))
    site = f", {sheet.site}" if sheet.site else ""
    return Scene(
        name=f"job sheet {sheet.folder}",
        title=f"Job sheet: {sheet.campaign} {sheet.version}, {sheet.language}{site}",
        lang="en",
        direction="ltr",
        pages=pages,
        subject=f"Order for a printer: {len(sheet.files)} files in {sheet.folder}",
    )


# Pages

_Placed = tuple[Box, float]
"""A box and where its top stands."""


def _fill(sections: Sequence[_Section]) -> list[list[_Placed]]:
    """The sections laid on pages. A section that does not fit below the last one goes whole to the
    next page, unless it would leave most of this one empty."""
    room = PAGE[1] - HEAD - FOOT
    pages: list[list[_Placed]] = [[]]
    used = 0.0
    for section in sections:
        whole = sum(part.height for part in section.parts) + section.gap * (len(section.parts) - 1)
        gap = SECTION_GAP if used else 0.0
        if used + gap + whole > room and used > room / 2:
            pages.append([])
            used, gap = 0.0, 0.0
        for part in section.parts:
            if used and used + gap + part.height > room:
                pages.append([])
                used, gap = 0.0, 0.0
            used += gap
            pages[-1].append((part, PAGE[1] - HEAD - used))
            used += part.height
            gap = section.gap
    return pages


def _page(boxes: list[_Placed], number: int, count: int, sheet: JobSheet, setter: Setter) -> Page:
    groups = [
        Group(Tag("Sect"), box.draw(SIDES, top), order=number * 1000 + at)
        for at, (box, top) in enumerate(boxes)
    ]
    return Page(f"page {number + 1}", *PAGE, (*groups, _folio(number, count, sheet, setter)))


def _folio(number: int, count: int, sheet: JobSheet, setter: Setter) -> Group:
    """What the page is, at its foot: sheets of paper part."""
    left = setter.line(f"Job sheet · {sheet.folder}", SMALL)
    right = setter.line(f"Page {number + 1} of {count}", SMALL)
    draft = [setter.line(sheet.warning[0], SMALL, "heavy")] if sheet.warning else []
    items: tuple[Item, ...] = (
        Path(
            (("M", (SIDES, FOLIO + 12)), ("L", (SIDES + MEASURE, FOLIO + 12))), stroke=setter.night, width=0.5
        ),
        TextLine(left, SIDES, FOLIO, setter.night),
        *(
            TextLine(
                line,
                (PAGE[0] - line.width) / 2,
                FOLIO - (0 if _is_apart(left, line, right) else UNDER),
                BLACK,
            )
            for line in draft
        ),
        TextLine(right, SIDES + MEASURE - right.width, FOLIO, setter.night),
    )
    return Group(ARTIFACT, items)


def _is_apart(left: Line, middle: Line, right: Line) -> bool:
    """Whether a centred line stands clear of those at both sides of it."""
    free = (MEASURE - middle.width) / 2 - UNDER
    return max(left.width, right.width) <= free


# Opening


def _opening(sheet: JobSheet, setter: Setter) -> _Section:
    parts: list[Box] = [_head(sheet, setter)]
    if sheet.warning:
        parts.append(_warning(*sheet.warning, setter))
    parts.append(_customer(setter))
    return _Section(tuple(parts), 7.0)


def _head(sheet: JobSheet, setter: Setter) -> Box:
    radius, pitch, count, odd = DOTS
    device = dots(count, odd, radius, pitch, setter.pale, setter.night, False)
    left_width = MEASURE * 0.6
    words = f"{sheet.campaign}, version {sheet.version}"
    left = Stack(
        (
            device,
            setter.box("Job sheet", TITLE, left_width, Tag("H1"), weight="heavy", ink=setter.night),
            setter.box(words, BODY + 1, left_width, Tag("P"), weight="bold"),
            setter.box(f"For: {sheet.printer}", BODY, left_width, Tag("P")),
        ),
        (0.0, 3.0, 0.0, 0.0),
        left_width,
    )
    width = MEASURE - left_width
    name = sheet.language if sheet.site is None else f"{sheet.language}, {sheet.site}"
    boxes: list[Box] = [
        setter.box(name, HEADING + 3, width, Tag("P"), weight="heavy", ink=setter.night, align="end")
    ]
    for tag, language in sheet.tongue.spoken:
        if language.endonym != language.name:
            natural = min(width, setter.own_width(language.endonym, tag, HEADING, "bold") + 1)
            own = setter.own_box(language.endonym, tag, HEADING, natural, "P", weight="bold")
            boxes.append(Row((Cell(width - natural, own),), width, own.height))
    way, weight = ("RIGHT TO LEFT", "bold") if sheet.rtl else ("left to right", "regular")
    boxes.append(setter.box(f"Read from {way}", BODY, width, Tag("P"), weight=weight, align="end"))
    right = stack(boxes, 2.0, width)
    height = max(left.height, right.height)
    return Row((Cell(0.0, left), Cell(left_width, right, height - right.height)), MEASURE, height)


def _warning(cry: str, words: str, setter: Setter) -> Box:
    """White on black: what is not approved must not go to press by mistake."""
    inner = MEASURE - 24
    strong = setter.box(cry, HEADING + 3, inner, Tag("P"), weight="heavy", ink=WHITE)
    reason = setter.box(words, BODY, inner, Tag("P"), weight="bold", ink=WHITE)
    return Framed(stack([strong, reason], 0.0, inner), MEASURE, 12.0, 7.0, setter.night, 3.0)


def _customer(setter: Setter) -> Box:
    """Lines to be filled in by hand."""
    third = (MEASURE - 2 * COLUMN_GAP) / 3
    first = [_blank(label, third, setter) for label in ("Name", "Telephone", "Date wanted")]
    row = Row(
        tuple(Cell(at * (third + COLUMN_GAP), box) for at, box in enumerate(first)), MEASURE, first[0].height
    )
    return stack([row, _blank("Deliver to", MEASURE, setter)], 1.0, MEASURE)


def _blank(label: str, width: float, setter: Setter) -> Box:
    """A label and the line to write on."""
    words = setter.box(f"{label}:", SMALL, width, Tag("P"), weight="bold", ink=setter.night)
    lead = words.paragraph.lines[0].width + 5

    def paint(x: float, top: float) -> tuple[Item, ...]:
        y = top - BY_HAND + 3
        line = Path((("M", (x + lead, y)), ("L", (x + width, y))), stroke=setter.night, width=0.6)
        return (Group(ARTIFACT, (line,)),)

    return Row(
        (Cell(0.0, words, BY_HAND - words.height), Cell(0.0, Drawing(width, BY_HAND, paint))), width, BY_HAND
    )


# Jobs


def _job(job: Job, number: int, sheet: JobSheet, setter: Setter) -> _Section:
    title = _job_title(job, number, setter)
    head = stack([rule(MEASURE, setter.night, 1.6), title, _figure_and_facts(job, setter)], 4.0, MEASURE)
    files = [_file(file, sheet, setter) for file in job.files]
    first = stack([_files_head(setter), files[0]], 3.0, MEASURE)
    return _Section((stack([head, first], 9.0, MEASURE), *files[1:]), 5.0)


def _job_title(job: Job, number: int, setter: Setter) -> Box:
    """The job's name; opposite, what no printer may overlook."""
    half = MEASURE / 2
    name = setter.box(f"{number}  {job.name}", HEADING, half, Tag("H2"), weight="heavy", ink=setter.night)
    cells = [Cell(0.0, name)]
    if job.is_folded and job.rtl:
        words = f"Opens to the {job.opens_to}"
        cells.append(Cell(half, setter.box(words, HEADING, half, Tag("P"), weight="heavy", align="end")))
    return Row(tuple(cells), MEASURE, name.height)


def _figure_and_facts(job: Job, setter: Setter) -> Box:
    drawing = draw_job(job, setter, MEASURE)
    if drawing.width > WIDE_DRAWING * MEASURE:
        boxes: list[Box] = [drawing]
        if job.is_folded:
            boxes.append(setter.box(NUMBERS, SMALL, MEASURE, Tag("P"), ink=setter.night))
        return Stack((*boxes, _facts(job.facts, 2, MEASURE, setter)), (0.0, *[6.0] * len(boxes)), MEASURE)
    beside = drawing.width + 2 * COLUMN_GAP
    facts = _facts(job.facts, 1, MEASURE - beside, setter)
    height = max(drawing.height, facts.height + 15)
    return Row((Cell(0.0, drawing), Cell(beside, facts, 15.0)), MEASURE, height)


def _facts(facts: Sequence[tuple[str, str]], columns: int, width: float, setter: Setter) -> Box:
    """Labels and values, down one column and then the next; a list to those who hear it."""
    measure = (width - (columns - 1) * COLUMN_GAP) / columns
    rows = [_fact(label, value, measure, setter) for label, value in facts]
    stacks = [stack(column, FACT_GAP, measure) for column in _columns(rows, columns)]
    cells = tuple(Cell(at * (measure + COLUMN_GAP), box) for at, box in enumerate(stacks))
    return Row(cells, width, max(box.height for box in stacks), Tag("L"))


def _columns(rows: list[Box], columns: int) -> list[list[Box]]:
    """The rows in one column, or in two of which the taller is as short as can be."""
    if columns == 1:
        return [rows]
    ways = [(rows[:at], rows[at:]) for at in range(1, len(rows))]
    return list(min(ways, key=lambda way: max(sum(row.height for row in column) for column in way)))


def _fact(label: str, value: str, width: float, setter: Setter) -> Box:
    name = setter.box(label, BODY, LABEL_WIDTH, Tag("Lbl"), ink=setter.night)
    room = width - LABEL_WIDTH - 4
    says = setter.box(value, BODY, room, Tag("LBody"), weight="bold")
    return Row(
        (Cell(0.0, name), Cell(LABEL_WIDTH + 4, says)), width, max(name.height, says.height), Tag("LI")
    )


# Files


def _files_head(setter: Setter) -> Box:
    room = MEASURE - QUANTITY[0] - FILE_GAP
    files = setter.box(
        "Files, with their titles and their checksums", SMALL, room, Tag("P"), ink=setter.night
    )
    quantity = setter.box("Quantity", SMALL, QUANTITY[0], Tag("P"), ink=setter.night)
    return Row((Cell(0.0, quantity), Cell(QUANTITY[0] + FILE_GAP, files)), MEASURE, files.height)


def _file(file: JobFile, sheet: JobSheet, setter: Setter) -> Box:
    """A row: the box for a quantity, what the file is, its title in its own language, its checksum."""
    left = QUANTITY[0] + FILE_GAP
    room = MEASURE - left
    title_width = room * TITLE_SHARE
    width = room - title_width - FILE_GAP
    state = "bold" if file.is_draft else "regular"
    words = [
        setter.box(file.name, BODY + 0.5, width, Tag("H3"), weight="bold", ink=setter.night),
        setter.box(_about(file, sheet), SMALL, width, Tag("P")),
        setter.box(file.state_words, SMALL, width, Tag("P"), weight=state),
    ]
    titles = [setter.own_box(words, lang, SMALL, title_width, "P") for lang, words in file.titles]
    title = stack(list(titles), 2.0, title_width)
    cells = (
        Cell(0.0, _quantity(setter), 3.0),
        Cell(left, stack(list(words), 0.0, width)),
        Cell(left + width + FILE_GAP, title, 1.0),
    )
    height = max(QUANTITY[1] + 3.0, sum(box.height for box in words), title.height + 1.0)
    digest = setter.box(f"SHA-256  {' '.join(file.digest)}", SMALL, room, Tag("P"))
    below = Row((Cell(left, digest),), MEASURE, digest.height)
    return stack([Row(cells, MEASURE, height), below, rule(MEASURE, setter.pale, 0.8)], 1.0, MEASURE)


def _about(file: JobFile, sheet: JobSheet) -> str:
    pages = "1 page" if file.pages == 1 else f"{file.pages} pages"
    return f"{file.audience} · {file.code} · version {sheet.version} · {pages}"


def _quantity(setter: Setter) -> Box:
    """An empty box for the number of copies."""

    def paint(x: float, top: float) -> tuple[Item, ...]:
        area = Rect(x, top - QUANTITY[1], *QUANTITY)
        return (Group(ARTIFACT, (Path(rounded(area, 2), stroke=setter.night, width=0.8),)),)

    return Drawing(*QUANTITY, paint)


# Proof


def _proof(sheet: JobSheet, setter: Setter) -> _Section:
    words = "Before you say yes to the proof"
    head = setter.box(words, HEADING, MEASURE, Tag("H2"), weight="heavy", ink=setter.night)
    items = list(_ticks(sheet, setter))
    listed = Stack(tuple(items), (0.0, *[2.0] * (len(items) - 1)), MEASURE, Tag("L"))
    half = (MEASURE - COLUMN_GAP) / 2
    blanks = [_blank(label, half, setter) for label in ("Proof approved by", "Date")]
    signed = Row((Cell(0.0, blanks[0]), Cell(half + COLUMN_GAP, blanks[1])), MEASURE, BY_HAND)
    return _Section((stack([rule(MEASURE, setter.night, 1.6), head, listed, signed], 4.0, MEASURE),), 0.0)


def _ticks(sheet: JobSheet, setter: Setter) -> Iterator[Box]:
    for words in sheet.checks:
        text = setter.box(words, BODY, MEASURE - 16, Tag("LBody"))
        yield Row((Cell(0.0, _tick_box(setter), 2.5), Cell(16.0, text)), MEASURE, text.height, Tag("LI"))


def _tick_box(setter: Setter) -> Box:
    side = 8.0

    def paint(x: float, top: float) -> tuple[Item, ...]:
        box = Path(rounded(Rect(x, top - side, side, side), 1), stroke=setter.night, width=0.8)
        return (Group(Tag("Lbl", text="•"), (box,)),)

    return Drawing(side, side, paint)
