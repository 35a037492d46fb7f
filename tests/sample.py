"""Which pieces the close looks are given: they cost a second a piece, and there are hundreds."""

from __future__ import annotations

from itertools import cycle

from handbill.plan import Selection, Variant, plan

CLOSE = ("dl-roll-fold", "a4-large-print", "a4-poster")
"""Layouts that are looked at in every language: with every audience in the first language of the scripts
that differ most, in the others with one, taking turns. Each of the other layouts with each of its audiences
in one language, taking turns as well. All that is said of every file is in test_full_run.py."""

SCRIPTS = ("Latn", "Arab")
"""The two that differ most: spaced letters, and tall marks from right to left. The fourteen other languages
have all audiences among them."""


def first_of_scripts(workshop) -> set[str]:
    """The first language of each of `SCRIPTS`."""
    languages = workshop.campaign.languages
    first = {record.script: tag for tag, record in reversed(languages.items())}
    return {first[script] for script in SCRIPTS}


def sample(workshop, *editions: str) -> list[Variant]:
    """The variants of ``editions`` for a close look; bilingual ones have theirs in test_bilingual.py."""
    everything = plan(workshop.campaign, workshop.design, Selection(editions=editions))
    variants = [variant for variant in everything if variant.language in workshop.campaign.languages]
    chosen = set()
    whole = first_of_scripts(workshop)
    for place, language in enumerate(workshop.campaign.languages):
        for layout in CLOSE:
            audiences = sorted(
                {one.audience for one in variants if (one.language, one.layout) == (language, layout)}
            )
            turn = place % len(audiences) if audiences else 0
            chosen |= {
                (layout, audience, language)
                for audience in (audiences if language in whole else audiences[turn : turn + 1])
            }
    turns = cycle(workshop.campaign.languages)
    for key in sorted({(one.layout, one.audience) for one in variants if one.layout not in CLOSE}):
        chosen.add((*key, next(turns)))
    return [one for one in variants if (one.layout, one.audience, one.language) in chosen]
