"""Breaches found while drawing: what must not be printed is refused, with the line of the content.

Each thing is looked at where it is drawn, so nothing is walked twice and nothing is let through that
a standard or a press forbids. A finished file is judged again, by readers that had no part in making it
(checks/); but those can only name a place on the paper, and here the place in the content is known.

All of these raise PieceError without a place; ``located`` gives them that of the innermost group
that has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from handbill.colour import Ink
from handbill.geometry import Rect
from handbill.glyphs import Run
from handbill.problems import PieceError, Place, Problem
from handbill.scene import Group, Path, PathOp, TextLine

GROUPING = frozenset(
    [
        "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "TOC", "Index", "NonStruct",
        "L", "LI", "Table", "TR", "THead", "TBody", "TFoot",
    ]
)  # fmt: skip
"""Roles that only hold other elements (14.8.4.2, 14.8.4.3.3 and 14.8.4.3.4): words straight in one of
them belong to no paragraph."""

_VALUES = {"M": 2, "L": 2, "C": 6, "Z": 0}
_RGB = re.compile("#[0-9a-fA-F]{6}")
REPORT = "Report it, with the layout's name."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a press takes: the sum of inks in percent, the width of a line in points."""

    tac_percent: float
    hairline_pt: float


def located(error: PieceError, place: Place | None) -> PieceError:
    """The error with ``place`` for those of its problems that have none yet."""
    if place is None or all(problem.place for problem in error.problems):
        return error
    return PieceError(
        problem if problem.place else replace(problem, place=place) for problem in error.problems
    )


def on_page(error: PieceError, page: str) -> PieceError:
    """The error with the page's name where nothing around the fault knows where it was written, as
    with art of the layout."""
    return PieceError(
        problem if problem.place else replace(problem, what=f"Page “{page}”: {problem.what}")
        for problem in error.problems
    )


def check_ink(ink: Ink, *, cmyk: bool) -> None:
    """Refuses an ink that has not four parts from 0 to 100 %, or for a screen no colour.

    Outside those, a press prints something else than was meant (8.6.4.4 cuts the values off).
    """
    if cmyk and not (len(ink.cmyk) == 4 and all(0 <= part <= 1 for part in ink.cmyk)):
        parts = ", ".join(f"{part * 100:g}" for part in ink.cmyk)
        raise PieceError(
            Problem(
                "writer/ink",
                f"The ink “{ink.name}” is mixed of {parts} %; a press needs four parts from 0 to 100 %.",
                "Mend the ink in layouts/theme.yaml.",
            )
        )
    if not cmyk and not _RGB.fullmatch(ink.rgb):
        raise PieceError(
            Problem(
                "writer/ink",
                f"The ink “{ink.name}” has the screen colour “{ink.rgb}”, which is none.",
                "Mend the ink in layouts/theme.yaml: a colour is written as #0b1d3a.",
            )
        )


def check_load(ink: Ink, limits: Limits | None, printed: Callable[[], bool]) -> None:
    """Refuses more ink than the paper takes (print-spec 2). ``printed`` tells whether it lies on what is
    printed and not outside the bleed, as the marks for the cutter do, which have to show on every
    plate (print-spec 3.1); it is asked only of an ink that is too heavy."""
    if limits is not None and ink.coverage > limits.tac_percent + 0.01 and printed():
        what = f"The ink “{ink.name}” lays down {ink.coverage:.0f} %; this paper takes "
        raise PieceError(
            Problem(
                "writer/heavy-ink",
                f"{what}{limits.tac_percent:g} %.",
                "Lower the ink's parts in layouts/theme.yaml.",
            )
        )


def check_stroke(path: Path, limits: Limits | None) -> None:
    """Refuses a line that no press holds: thinner than the least width (GWG, print-spec 2), of no
    width, which every device draws as thin as it can (8.4.3.2), or dashed with nothing (8.4.3.6)."""
    least = limits.hairline_pt if limits else 0.0
    if path.width <= 0 or round(path.width, 3) < least:
        raise PieceError(
            Problem(
                "writer/hairline",
                f"A line is {path.width:g} pt thick; "
                + (f"{least:g} pt is the least that prints." if least else "it has to have a thickness."),
                "Make the line thicker in the layout or its drawing.",
            )
        )
    if path.dash and (min(path.dash) < 0 or sum(path.dash) <= 0):
        raise PieceError(
            Problem("writer/dash", f"A line is dashed with {path.dash}, which cannot be drawn.", REPORT)
        )


def check_outline(ops: tuple[PathOp, ...]) -> None:
    """Refuses an outline that is empty, does not begin with a point, or has an unknown or incomplete
    piece (8.5.2): viewers stop at such a page or leave the rest of it out."""
    if not ops or ops[0][0] != "M" or any(_VALUES.get(op) != len(values) for op, values in ops):
        raise PieceError(
            Problem("writer/outline", "An outline is empty, incomplete or begins nowhere.", REPORT)
        )


def check_clip(clip: Rect) -> None:
    """Refuses a cut-out of no size: all that stands in it would vanish without a word."""
    if clip.width <= 0 or clip.height <= 0:
        raise PieceError(
            Problem(
                "writer/empty-clip",
                "Something is cut off so far that nothing is left of it.",
                "Move it onto the page, or take it out.",
            )
        )


def check_run(run: Run) -> None:
    """Refuses words of no size: they can be searched for and not be read."""
    if not run.size > 0:
        raise PieceError(
            Problem(
                "writer/type-size",
                f"“{run.text.strip()}” is set in letters of {run.size:g} pt.",
                "Give the text a size in layouts/theme.yaml.",
            )
        )


def check_tagged(group: Group, lines: list[TextLine], role: str | None, trim: Rect | None) -> None:
    """Refuses words that nothing reads out: straight in an element that only holds others, or, given
    the ``trim`` of a sheet for the press, printed on the piece as an artifact.

    ``role`` is None in an artifact. Outside the trim an artifact may say what it likes (the slug).
    """
    if role is not None:
        lost = lines if role in GROUPING else []
    else:
        lost = [item for item in lines if trim is not None and item.extent.overlaps(trim)]
    if lost:
        raise PieceError(
            Problem(
                "writer/untagged-words",
                f"“{lost[0].line.text.strip()}” stands in no paragraph, so that nobody hears it read.",
                "Report it, with the place in the message.",
                group.place,
            )
        )
