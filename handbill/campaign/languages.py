"""The record of a language: how it is named and how it is set."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handbill.campaign.records import Prose, Record

Ratio = Annotated[float, Field(gt=0, le=5)]
Sign = Annotated[str, Field(min_length=1, max_length=1)]
Signs = Annotated[str, Field(min_length=1, max_length=2)]
LanguageId = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Faces(Record):
    """Names of faces by weight, in order of preference: the language's own, then the fallbacks."""

    regular: Annotated[tuple[str, ...], Field(min_length=1)]
    bold: Annotated[tuple[str, ...], Field(min_length=1)]
    heavy: Annotated[tuple[str, ...], Field(min_length=1)]


class Quotes(Record):
    """Opening and closing quotation marks."""

    outer: tuple[str, str]
    inner: tuple[str, str]


class SmallestLetter(Record):
    """The letter the eye needs largest, and its inked height in em of the regular face."""

    char: str
    height: Annotated[float, Field(gt=0, le=2)]


class Language(Record):
    """One language. Ratios as ``handbill.text.model.Script`` explains them.

    ``not_used`` are letters and marks of a relative, each with what this language writes instead.
    """

    name: Prose
    endonym: Prose
    script: Annotated[str, Field(pattern=r"^[A-Z][a-z]{3}$")]
    direction: Literal["ltr", "rtl"]
    faces: Faces
    size_ratio: Ratio
    leading_ratio: Ratio
    heading_leading_ratio: Ratio
    fallback_ratio: Ratio
    quotes: Quotes
    exemplars: str
    full_stop: Annotated[str, Field(min_length=1, max_length=2)] = "."
    after_name: Annotated[str, Field(min_length=1, max_length=2)] | None = None
    colon: Annotated[str, Field(min_length=1, max_length=2)] = ":"
    not_used: dict[Sign, Signs] = Field(default_factory=dict)
    smallest_letter: SmallestLetter | None = None
    in_preparation: bool = False
    """Whether it is made only when it is named: its translation has only begun."""

    @property
    def name_stop(self) -> str:
        """What stands between a service's name and when to use it."""
        return self.after_name or self.full_stop

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.direction == "rtl"


class LanguagesFile(Record):
    """``content/languages.yaml``."""

    languages: dict[LanguageId, Language]
