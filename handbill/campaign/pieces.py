"""Pieces: which blocks an audience's leaflet, poster or card is made of, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from handbill.campaign.records import Name, Prose, Record

Wording = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/short)?$", max_length=66)]
"""The name of a block, or of its short wording."""


class Reading(Record):
    """How easy the English has to be: Flesch-Kincaid grade (US school years), words a sentence."""

    max_grade: Annotated[float, Field(gt=0, le=20)]
    max_sentence_words: Annotated[int, Field(gt=0, le=60)]


class Piece(Record):
    """One printed thing. ``regions`` holds block ids by region of the layout.

    ``reader`` is the audience whose register, look and rules of language it follows, where that is
    another than the one it is handed out by: a shop's poster for its young customers.
    """

    code: Annotated[str, Field(pattern=r"^[A-Z0-9-]+$")]
    title: Prose
    reader: Name | None = None
    regions: dict[Name, tuple[Wording, ...]]

    def placed(self) -> Iterator[tuple[str, int, str]]:
        """Region, position in it and block id, in reading order."""
        for region, ids in self.regions.items():
            for index, block in enumerate(ids):
                yield region, index, block


class Audience(Record):
    """``content/pieces/<audience>.yaml``: who it is for, and their pieces.

    ``voice`` tells translators how these readers are spoken to.
    """

    audience: Name
    name: Prose
    voice: Prose | None = None
    reading: Reading
    pieces: dict[Name, Piece]
