"""Back-translations: what somebody who had not seen the English made of each critical translation.

``content/translations/review/<language>.yaml`` keeps them as data. Whether one is still about the
words that are printed is computed from its texts, never typed: a record counts while its English and
its translation (or what this was mended to) are those of the content and the catalogue.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from handbill.campaign.catalogue import Catalogue
from handbill.campaign.records import Prose, Record
from handbill.campaign.strings import SourceString
from handbill.problems import Place
from handbill.yamlsource import Sourced, load_model

Verdict = Literal["same", "mended", "doubt"]
Words = Annotated[str, Field(min_length=1, max_length=200)]


class BackTranslation(Record):
    """One string as it was read, and what its reader took it to say.

    ``translation`` is the catalogue's at that time, lookups and all. ``verdict`` is given by who
    compares ``back`` with the English: the same meaning; or mended, when the translation was
    changed to ``mended`` for what the reading showed; or a doubt that somebody else must settle.
    """

    context: str
    english: Prose
    translation: Prose
    back: Prose
    verdict: Verdict | None = None
    mended: Prose | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _mended_says_to_what(self) -> BackTranslation:
        if (self.verdict == "mended") != (self.mended is not None):
            raise ValueError(
                "“verdict: mended” and the new translation at “mended:” go together | Write both, or neither."
            )
        return self

    @property
    def stands(self) -> str:
        """The translation as it is after the comparison."""
        return self.mended or self.translation


class Reading(Record):
    """What one reader read on one day. ``method`` says how, above all what the reader did not see."""

    reader: Words
    on: datetime.date
    method: Words
    strings: Annotated[tuple[BackTranslation, ...], Field(min_length=1)]


class ReviewFile(Record):
    """``content/translations/review/<language>.yaml``, the newest reading last."""

    language: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
    readings: tuple[Reading, ...]


class Standing(StrEnum):
    """Where a critical string is on its way. Only ``COMPARED`` lets it be released."""

    COMPARED = "compared"
    DOUBT = "in doubt"
    UNJUDGED = "without a verdict"
    STALE = "changed since it was read back"
    UNREAD = "not read back"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A critical string, its present translation and the record that speaks of it.

    ``record`` and ``place`` are those of the newest back-translation of these words; of former
    words if it is stale; None if there never was one. ``translation`` is "" for a string that the
    catalogue has not, or has marked as needing work.
    """

    string: SourceString
    translation: str
    standing: Standing
    record: BackTranslation | None = None
    place: Place | None = None


def review_file(language: str) -> str:
    """Where a language's back-translations are kept, relative to the project."""
    return f"content/translations/review/{language}.yaml"


def load_review(root: Path, language: str) -> Sourced[ReviewFile] | None:
    """A language's back-translations; None if there is no such file.

    Raises InputError (``yaml/...``) for a file that is wrong.
    """
    path = root / review_file(language)
    return load_model(path, root, ReviewFile) if path.is_file() else None


def judge_strings(
    strings: Iterable[SourceString], catalogue: Catalogue, review: Sourced[ReviewFile] | None
) -> tuple[Reviewed, ...]:
    """Every critical string of ``strings`` with where it stands, in their order."""
    kept = _by_string(review)
    return tuple(_judge(string, catalogue, kept) for string in strings if string.critical)


_Kept = Mapping[tuple[str, str], list[tuple[BackTranslation, Place]]]


def _by_string(review: Sourced[ReviewFile] | None) -> _Kept:
    """The records of each context and English, the newest first."""
    kept: dict[tuple[str, str], list[tuple[BackTranslation, Place]]] = {}
    if review is not None:
        for number, reading in enumerate(review.model.readings):
            for index, record in enumerate(reading.strings):
                place = review.place("readings", number, "strings", index)
                kept.setdefault((record.context, record.english), []).insert(0, (record, place))
    return kept


def _judge(string: SourceString, catalogue: Catalogue, kept: _Kept) -> Reviewed:
    entry = catalogue.find(string.context, string.english)
    translation = entry.translation if entry and not entry.fuzzy else ""
    records = kept.get((string.context, string.english), [])
    for record, place in records:
        if record.stands == translation:
            standing = {None: Standing.UNJUDGED, "doubt": Standing.DOUBT}.get(
                record.verdict, Standing.COMPARED
            )
            return Reviewed(string, translation, standing, record, place)
    if records:
        return Reviewed(string, translation, Standing.STALE, *records[0])
    return Reviewed(string, translation, Standing.UNREAD)
