"""What the records of content/ have in common: strictness, names and prose."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

SOURCE_LANGUAGE = "en"
"""The language that content/ is written in; every other is a translation of it."""

_BLANKS = re.compile("[ \n\r]+")


def fold(text: str) -> str:
    """Line breaks and runs of spaces as one space, none at the ends; no-break spaces stay.

    It makes the English of a YAML file and the ``msgid`` of a catalogue comparable however
    either of them was wrapped.
    """
    return _BLANKS.sub(" ", text).strip(" ")


class Record(BaseModel):
    """A record of a file under content/: an unknown key is a fault, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


LONGEST_TEXT = 2000
"""Letters. A longer paragraph fits no panel, so it is a mistake."""


class ProseMark:
    """Marks a field as words that readers see, hence translated and checked."""


def _folded(text: str) -> str:
    folded = fold(text)
    if not folded:
        raise ValueError(
            "this text is empty | Write the text, or leave the whole key out if it may be left out."
        )
    return folded


Prose = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_folded), ProseMark()]


def _plain(text: str) -> str:
    if set(text) & set("{}") or "**" in text:
        raise ValueError("this text is printed as it stands | Take the braces or stars out of it.")
    return text


Plain = Annotated[Prose, AfterValidator(_plain)]
"""Prose that other texts look up: a lookup in it could go round in circles."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
