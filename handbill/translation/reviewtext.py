"""Worksheets and review files as YAML that people edit: one key a line, every text in quotes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator

from handbill.campaign.reviews import Reading, ReviewFile

_JOINERS = "\u200c\u200d"

_WORKSHEET = """\
# What do these words say? Write in plain English behind each “back:” what a reader of the language
# takes the text to mean, not what it ought to say. Do not look at the English leaflet first.
# Fill in your name, the day and how you read; leave a “back:” empty if you cannot tell.
"""
_REVIEW = """\
# Critical words translated back by somebody who had not seen the English; see docs/translations.md.
# “verdict” is same, doubt, or mended (then “mended” holds the words as they are in the catalogue now).
"""


def quote(text: str) -> str:
    """A text as YAML's double-quoted scalar, on one line. Signs that nobody sees are written as numbers,
    but for the joiners that belong to spelling.
    """
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(
        sign
        if sign in _JOINERS or unicodedata.category(sign) not in ("Cf", "Cc", "Co", "Zl", "Zp")
        else f"\\u{ord(sign):04x}"
        for sign in shown
    )


def format_worksheet(language: str, texts: Iterable[str]) -> str:
    """An empty worksheet for the texts, numbered from 1."""
    lines = [f"language: {quote(language)}", "reader:", "on:", "method:", "strings:"]
    for number, text in enumerate(texts, 1):
        lines += [f"  {number}:", f"    text: {quote(text)}", '    back: ""']
    return _WORKSHEET + "\n".join(lines) + "\n"


def format_review(review: ReviewFile) -> str:
    """A language's review file."""
    lines = [f"language: {quote(review.language)}", "readings:"]
    for reading in review.readings:
        lines += _reading(reading)
    return _REVIEW + "\n".join(lines) + "\n"


def _reading(reading: Reading) -> Iterator[str]:
    yield f"  - reader: {quote(reading.reader)}"
    yield f"    on: {reading.on.isoformat()}"
    yield f"    method: {quote(reading.method)}"
    yield "    strings:"
    for record in reading.strings:
        yield f"      - context: {quote(record.context)}"
        for key in ("english", "translation", "back"):
            yield f"        {key}: {quote(getattr(record, key))}"
        yield f"        verdict: {record.verdict or ''}".rstrip()
        if record.mended is not None:
            yield f"        mended: {quote(record.mended)}"
        yield f"        note: {quote(record.note) if record.note else ''}".rstrip()
