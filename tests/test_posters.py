"""Posters: what can be read from where, in every script (print-spec 5.5)."""

from __future__ import annotations

import pytest

from handbill.plan import Selection, plan
from handbill.workshop import middle_of

FLOORS = {
    "a4-poster": (40, 18),
    "customer-poster": (40, 18),
    "tear-off-poster": (40, 18),
    "a3-poster": (53, 24),
    "a2-poster": (77, 32),
}
"""Least size of headline and body in points: headlines for 3, 5 and 10 m, bodies for 1 m and more."""


@pytest.mark.parametrize("layout", FLOORS)
def test_posters_are_read_from_their_distance(workshop, layout):
    """Every poster in every language, in the script's own size: a headline or a body below its floor
    is lost on the wall, and a number that is less than twice the body does not stand out."""
    least_title, least_body = FLOORS[layout]
    spec = workshop.design.layouts[layout]
    seen = set()
    posters = Selection(layouts=(layout,), editions=("press",))
    for variant in plan(workshop.campaign, workshop.design, posters):
        piece = workshop.campaign.bind(variant.audience, spec.spec.piece, variant.language)
        script = workshop.scripts[variant.language]
        middle = middle_of(workshop.campaign.languages[variant.language])
        sizes = workshop.composer.compose(piece, spec, script, middle).sizes
        assert sizes["title"] * script.size_ratio >= least_title, variant.words
        assert sizes["body"] * script.size_ratio >= least_body, variant.words
        assert sizes["number"] >= 2 * sizes["body"], variant.words
        assert len(sizes) == 4, "four sizes of type, no more"
        seen.add(variant.language)
    assert seen == set(workshop.campaign.languages)
