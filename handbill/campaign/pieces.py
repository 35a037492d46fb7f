"""Pieces: which blocks an audience's leaflet and poster are made of, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from handbill.campaign.records import Name, Prose, Record


class Reading(Record):
    """How easy the English has to be: Flesch-Kincaid grade (US school years), words a sentence."""

    max_grade: Annotated[float, Field(gt=0, le=20)]
    max_sentence_words: Annotated[int, Field(gt=0, le=60)]


class Piece(Record):
    """One printed thing. ``regions`` holds block ids by region of the layout."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9-]+$")]
    title: Prose
    regions: dict[Name, tuple[Name, ...]]

    def placed(self) -> Iterator[tuple[str, int, str]]:
        """Region, position in it and block id, in reading order."""
        for region, ids in self.regions.items():
            for index, block in enumerate(ids):
                yield region, index, block


class Audience(Record):
    """``content/pieces/<audience>.yaml``: who it is for, and their pieces."""

    audience: Name
    name: Prose
    reading: Reading
    pieces: dict[Name, Piece]
