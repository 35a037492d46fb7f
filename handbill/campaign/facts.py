"""The facts that readers are to learn, and which piece covers which."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from handbill.campaign.records import Prose, Record


class Fact(Record):
    """A fact of the brief, in our words.

    ``need`` says for each audience whether its leaflet has to cover it ("must") or may
    ("light"); a fact with ``out`` is kept off print, for the reason given.
    """

    text: Prose
    need: dict[str, Literal["must", "light"]] = Field(default_factory=dict)
    out: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _out_is_not_needed(self) -> Fact:
        if self.out and self.need:
            raise ValueError("this fact is both “out” and needed | Keep “out” or “need”, not both.")
        return self


class FactsFile(Record):
    """``content/facts.yaml``."""

    facts: dict[int, Fact]


def find_uncovered(facts: dict[int, Fact], audience: str, covered: frozenset[int]) -> tuple[int, ...]:
    """The numbers of the facts that ``audience`` must be told and that are not in ``covered``."""
    return tuple(
        number
        for number, fact in sorted(facts.items())
        if fact.need.get(audience) == "must" and number not in covered
    )
