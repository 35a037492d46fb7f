"""The glossary: what English terms are called in each language, and words that must never be said.

``content/glossary.yaml`` lists the terms, ``content/terms/<language>.yaml`` how a language says them and
which renderings are barred, each with its reason. Both come from the brief's terminology.md; a language
without a file is held to the general rules only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import Field

from handbill.campaign.records import Identifier, Prose, Record
from handbill.campaign.style import Patterns, Wording, find_wording, find_words
from handbill.problems import Place, Problem, Severity


class Term(Record):
    """A term of the English. ``row`` is its row in terminology.md; ``english`` finds it, whole words in
    any case.
    """

    row: Annotated[int, Field(ge=1, le=60)]
    english: Patterns


class GlossaryFile(Record):
    """``content/glossary.yaml``. ``latin`` are words that stay in Latin letters in every script, ``kept``
    English phrases that a translation may hold beside its own words.
    """

    terms: dict[Identifier, Term] = Field(default_factory=dict)
    latin: tuple[Prose, ...] = ()
    kept: tuple[Prose, ...] = ()


class Barred(Wording):
    """A rendering that is never right in this language. ``why`` says what it does to a reader; ``row`` is
    the term's row in terminology.md, if it is one of those.
    """

    level: Literal["E", "W"] = "E"
    why: Prose
    row: Annotated[int, Field(ge=1, le=60)] | None = None


class TermsFile(Record):
    """``content/terms/<language>.yaml``. ``terms`` has, by term, stems of which a translation should hold
    one; ``latin`` further words that stay in Latin letters.
    """

    language: str
    terms: dict[Identifier, Patterns] = Field(default_factory=dict)
    latin: tuple[Prose, ...] = ()
    avoid: tuple[Barred, ...] = ()


def find_barred(words: str, audience: str, terms: TermsFile, place: Place | None) -> list[Problem]:
    """What of a filled text the language must not say to ``audience``, one problem a rule."""
    problems = []
    words = normalize("NFC", words)
    for rule in terms.avoid:
        if rule.audiences and audience not in rule.audiences:
            continue
        if found := find_wording(words, rule):
            problems.append(
                Problem(
                    "translation/barred",
                    f"The text says “{found}”: {rule.why}.",
                    f"Say instead: {rule.say}.",
                    place,
                    Severity.ERROR if rule.level == "E" else Severity.WARNING,
                )
            )
    return problems


def find_other_terms(
    english: str, translation: str, glossary: GlossaryFile, terms: TermsFile
) -> list[tuple[str, tuple[str, ...]]]:
    """The terms of the English that the translation has in none of their agreed forms: each as the English
    has it, with those forms.
    """
    found = []
    translation = normalize("NFC", translation)
    for name, stems in terms.terms.items():
        term = glossary.terms.get(name)
        if term is None:
            continue  # such a file was refused
        said = next((match for pattern in term.english for match in find_words(pattern, english)), None)
        if said and not any(_stem(stem).search(translation) for stem in stems):
            found.append((said.group(), stems))
    return found


@lru_cache(maxsize=2048)
def _stem(stem: str) -> re.Pattern[str]:
    """A stem is found inside words too: languages put beginnings and endings to it."""
    return re.compile(stem, re.IGNORECASE)
