"""The job sheet as plain text: for mail, and for those who copy a number out of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbill.jobs.job import Job, JobSheet, SidePlan
from handbill.text.bidi import PDI, RLI

WIDTH = 76
"""Letters in a line: mail programs break longer ones."""
LABEL = 16
"""Letters in a fact's label."""
PANEL = 22
"""Letters in the widest panel of the drawing."""


def write_text(sheet: JobSheet) -> str:
    """The sheet as text in UTF-8, lines of at most WIDTH letters but for file names and titles."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["fold"] = _fold
    rtl = {tag for tag, language in sheet.tongue.spoken if language.rtl}
    environment.filters["title_of"] = lambda words, lang: f"{RLI}{words}{PDI}" if lang in rtl else words
    template = environment.get_template("job-sheet.txt.j2")
    return template.render(sheet=sheet, fact=_fact, draw=draw_text, width=WIDTH)


def _fold(words: str, indent: str = "") -> str:
    """Words in lines; those after the first begin under the first letter after ``indent``."""
    return textwrap.fill(words, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def _fact(label: str, value: str) -> str:
    return _fold(value, f"{label}:".ljust(LABEL))


def draw_text(job: Job) -> str:
    """The sides of a folded sheet in letters, panels as printed."""
    return "\n\n".join("\n".join(_draw(side)) for side in job.sides)


def _draw(side: SidePlan) -> Iterator[str]:
    widest = max(panel.width_mm for panel in side.panels)
    cells = [round(PANEL * panel.width_mm / widest) for panel in side.panels]
    edge = f"+{'+'.join('-' * cell for cell in cells)}+"
    yield f"{side.name}, page {side.page}, as printed:"
    yield edge
    rows = [
        [str(panel.step) for panel in side.panels],
        [panel.name for panel in side.panels],
        [f"{panel.width_mm:g} mm" for panel in side.panels],
        ["goes inside" if panel.tucked else "front" if panel.front else "" for panel in side.panels],
    ]
    for row in rows:
        if any(row):
            yield f"|{'|'.join(words.center(cell) for words, cell in zip(row, cells, strict=True))}|".rstrip()
    yield edge
