"""Tongues: what a piece is written in, one language or two side by side, and how people call it.

A bilingual piece is named by its two languages, the one that comes first first: ``cy+en``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handbill.campaign.languages import Language

AND = "+"
LEAST_READY_FIRST = ("draft", "source", "reviewed", "approved")
"""States of words (release.py). English that nobody has approved is nearer to print than a draft of it."""


@dataclass(frozen=True)
class Tongue:
    """The language of a piece or its two, by tag and by record, in reading order."""

    tags: tuple[str, ...]
    languages: tuple[Language, ...]

    @property
    def is_pair(self) -> bool:
        """Whether the piece is bilingual."""
        return len(self.tags) > 1

    @property
    def tag(self) -> str:
        """As on the command line and in folders: ``cy``, ``cy+en``."""
        return AND.join(self.tags)

    @property
    def name(self) -> str:
        """What it is called in English."""
        return join_names(language.name for language in self.languages)

    @property
    def endonym(self) -> str:
        """What it is called by those who read it."""
        return join_names(language.endonym for language in self.languages)

    @property
    def spoken(self) -> tuple[tuple[str, Language], ...]:
        """Tag and record of each."""
        return tuple(zip(self.tags, self.languages, strict=True))

    @property
    def first(self) -> Language:
        """The record of the only language, or of the one that comes first."""
        return self.languages[0]

    @property
    def in_preparation(self) -> bool:
        """Whether a language of it is not made unless it is named."""
        return any(language.in_preparation for language in self.languages)

    @property
    def rtl(self) -> bool:
        """Whether the piece opens to the right: the language that comes first has the front."""
        return self.first.rtl


def join_names(names: Iterable[str]) -> str:
    """The names of the languages of a bilingual piece as one."""
    return f" {AND} ".join(names)


def weaker_state(states: Iterable[str]) -> str:
    """The state of a piece whose words stand in these states."""
    return min(states, key=LEAST_READY_FIRST.index)
