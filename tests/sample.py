"""Which pieces the close looks are given: they cost a second a piece, and there are hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from handbill.plan import Selection, Variant, plan

CLOSE = ("dl-roll-fold", "a4-large-print", "a4-poster")
"""Layouts that are looked at in every language: with every audience in the first language of the scripts
that differ most, in the others with one, taking turns. Each of the other layouts with each of its audiences
in one language, taking turns as well. All that is said of every file is in test_full_run.py."""

SCRIPTS = ("Latn", "Arab", "Beng", "Hans")
"""Spaced letters, right to left with tall marks, a headline with signs on all sides, no spaces: Cyrillic
behaves as Latin does, Gurmukhi and Gujarati as Bengali."""


def first_of_scripts(workshop, scripts: Sequence[str] = SCRIPTS) -> set[str]:
    """The first language of each of ``scripts``: what another script makes hard shows in it."""
    languages = workshop.campaign.languages
    first = {record.script: tag for tag, record in reversed(languages.items())}
    return {first[script] for script in scripts}


def sample(workshop, *editions: str, scripts: Sequence[str] = SCRIPTS) -> list[Variant]:
    """The variants of ``editions`` for a close look, every audience in the first language of ``scripts``;
    bilingual ones have theirs in test_bilingual.py."""
    everything = plan(workshop.campaign, workshop.design, Selection(editions=editions))
    variants = [variant for variant in everything if variant.language in workshop.campaign.languages]
    chosen = set()
    whole = first_of_scripts(workshop, scripts)
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
