"""What to say when words do not fit: the language, the panel, how much too long."""

from __future__ import annotations

import math

from handbill.campaign.bound import BoundPiece, walk_texts
from handbill.compose.context import Context
from handbill.compose.panels import SetPanel
from handbill.problems import Problem
from handbill.scene import Group, TextLine, walk


def describe(panel: SetPanel, piece: BoundPiece, context: Context, layout: str) -> Problem:
    """The problem for a panel that is too full, with the lines and letters to cut."""
    lines = max(1, math.ceil(panel.excess / context.leading - 1e-6))
    letters = _letters_a_line(panel) * lines
    blocks = (block for region in panel.regions for block in piece.regions.get(region.spec.region or "", ()))
    first = next(blocks, None)
    return Problem(
        "text/overset",
        f"{piece.language_name}, {piece.audience}, {layout}: the words of the panel “{panel.spec.name}” "
        f"are too long by about {lines} line{'s' if lines > 1 else ''}.",
        f"Cut about {letters} letters from that panel (all sizes are at their smallest already)"
        + (
            f", or from what content/sites.yaml gives for “{piece.site}”: its publisher, a name."
            if piece.site
            else "."
        ),
        next((text.place for text in walk_texts(first)), None),
    )


def _letters_a_line(panel: SetPanel) -> int:
    """Mean number of letters of the full lines of the panel's text."""
    counts = []
    for region in panel.regions:
        for part in region.stacks:
            for item in walk(part.draw(0.0, 0.0)):
                if isinstance(item, Group) and item.tag.text:
                    lines = [line.line.text for line in item.items if isinstance(line, TextLine)]
                    counts += [len(text) for text in lines[:-1]] or [len(text) for text in lines]
    return round(sum(counts) / len(counts)) if counts else 40
