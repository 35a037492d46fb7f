"""What the gallery calls things, in words for whoever orders and prints."""

from __future__ import annotations

import math
from collections.abc import Sequence

EDITIONS = {
    "press": "Printing company",
    "office": "Office printer",
    "web": "Screen and e-mail",
    "screen": "Waiting-room screen",
    "large-print": "Large print",
}
"""What an edition is for, in the order in which the page lists them."""

STATES = {
    "source": "English original, not approved",
    "draft": "Draft translation, not approved",
    "reviewed": "Reviewed translation, not approved",
    "approved": "Approved",
}
"""A record's state, least ready first."""

PAPERS = {
    "A6": (105.0, 148.0),
    "A5": (148.0, 210.0),
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
    "DL": (99.0, 210.0),
    "card": (85.0, 55.0),
}
"""Sizes that have a name, in mm (print-spec 3.1)."""

NEAR_MM = 1.01
"""A DL leaflet is 98 to 100 mm wide, by the shop (print-spec 3.1)."""


SAME_MM = 0.5
"""Two lengths that differ less are one length."""


def edition_words(edition: str) -> str:
    """What an edition is for; one that this page does not know is called by its name."""
    return EDITIONS.get(edition, edition.replace("-", " ").capitalize())


def edition_rank(edition: str) -> int:
    """The place of an edition in a list; unknown ones come last."""
    known = list(EDITIONS)
    return known.index(edition) if edition in EDITIONS else len(known)


def state_words(state: str, *, finished: bool) -> str:
    """The state of a piece in a few words."""
    if state == "approved" and not finished:
        return "Wording approved, not finished"
    return STATES.get(state, state)


def state_rank(state: str) -> int:
    """How far words have come: the lowest is the least ready; an unknown state is not ready."""
    known = list(STATES)
    return known.index(state) if state in STATES else 0


def paper_name(size_mm: Sequence[float]) -> str | None:
    """The name of a size in mm, upright or lying; None if it has none."""
    sides = sorted(size_mm)
    for name, paper in PAPERS.items():
        if all(abs(side - own) <= NEAR_MM for side, own in zip(sides, sorted(paper), strict=True)):
            return name
    return None


def size_words(size_mm: Sequence[float]) -> str:
    """A size in words: its name, if it has one, and width × height."""
    name = paper_name(size_mm)
    measured = f"{size_mm[0]:g} × {size_mm[1]:g} mm"
    return f"{name}, {measured}" if name and name != "card" else measured


def weight_words(count: int) -> str:
    """The weight of a file: kB below a million bytes, MB from there."""
    if count < 1_000_000:
        return f"{max(1, math.ceil(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 page, 6 pages."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def list_words(words: Sequence[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
