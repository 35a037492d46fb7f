"""Which pieces the close looks are given: they cost a second a piece, and there are hundreds."""

from __future__ import annotations

from itertools import cycle

from handbill.plan import Selection, Variant, plan

CLOSE = ("dl-roll-fold", "a4-large-print", "a4-poster")
"""Layouts that are looked at in every language; each of the others with each of its audiences in one,
the languages taking turns. All that is said of every file is in test_full_run.py."""


def sample(workshop, *editions: str) -> list[Variant]:
    """The variants of ``editions`` for a close look; bilingual ones have theirs in test_bilingual.py."""
    everything = plan(workshop.campaign, workshop.design, Selection(editions=editions))
    variants = [variant for variant in everything if variant.language in workshop.campaign.languages]
    turns = cycle(workshop.campaign.languages)
    turn = {}
    for variant in variants:
        turn.setdefault((variant.layout, variant.audience), None)
    for key in sorted(key for key in turn if key[0] not in CLOSE):
        turn[key] = next(turns)
    return [
        variant for variant in variants if turn[variant.layout, variant.audience] in (None, variant.language)
    ]
