"""What to say when words do not fit: the language, the panel, how much too long."""

from __future__ import annotations

from handbill.campaign.bound import BoundPiece, walk_texts
from handbill.compose.context import Context
from handbill.compose.panels import SetPanel
from handbill.compose.room import excess_of
from handbill.problems import Problem


def describe(panel: SetPanel, piece: BoundPiece, context: Context, layout: str) -> Problem:
    """The problem for a panel that is too full, with the lines and letters to cut."""
    excess = excess_of(panel, context.leading)
    lines, letters = excess.lines, excess.letters
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
