"""How easy a piece reads: words a sentence and the Flesch-Kincaid grade.

The grade is that of Kincaid and others (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59,
in US school years; grade 6 is read at age 11 to 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from handbill.campaign.bound import BoundCard, BoundPiece, Text
from handbill.campaign.pieces import Reading
from handbill.problems import Problem, Severity

FEWEST_WORDS = 20
"""Fewer words have no grade: a single name of five syllables would move it by three years."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"’']?\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a heading, an item of a list) and the text that it stands in."""

    words: tuple[str, ...]
    text: Text


def list_texts(piece: BoundPiece) -> tuple[Text, ...]:
    """Every text of a piece in reading order, without the names and numbers on contact cards."""
    return tuple(text for block in piece.blocks for text in _texts(block))


def check_reading(piece: BoundPiece, limits: Reading) -> list[Problem]:
    """Warnings where an English piece is harder to read than its audience's limits."""
    sentences = split_sentences(list_texts(piece))
    problems = [
        Problem(
            "content/long-sentence",
            f"This sentence has {len(sentence.words)} words: “{' '.join(sentence.words[:6])} …”.",
            f"Make it two; this audience reads at most {limits.max_sentence_words} at a time.",
            sentence.text.place,
            Severity.WARNING,
        )
        for sentence in sentences
        if len(sentence.words) > limits.max_sentence_words
    ]
    words = sum(len(sentence.words) for sentence in sentences)
    grade = measure_grade(sentences) if words >= FEWEST_WORDS else 0.0
    if grade > limits.max_grade:
        problems.append(
            Problem(
                "content/hard-to-read",
                f"The {piece.piece} for “{piece.audience_name.plain}” reads at grade {grade:.1f}.",
                f"Use shorter words and sentences, down to grade {limits.max_grade:g}.",
                piece.title.place,
                Severity.WARNING,
            )
        )
    return problems


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        if any(not span.kind for span in value.spans):
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if not (isinstance(value, BoundCard) and name in ("name", "shows")):
                yield from _texts(getattr(value, name))


def split_sentences(texts: Iterable[Text]) -> tuple[Sentence, ...]:
    """The sentences of texts. Numbers and addresses count as no word, a service's name as its words."""
    found: list[Sentence] = []
    for text in texts:
        said = "".join(
            "" if span.kind in ("phone", "text", "web", "email") else span.text for span in text.spans
        )
        for sentence in _SENTENCE_END.split(said):
            if words := tuple(_WORD.findall(sentence)):
                found.append(Sentence(words, text))
    return tuple(found)


def measure_grade(sentences: Iterable[Sentence]) -> float:
    """The Flesch-Kincaid grade; 0 when there is no sentence."""
    counted = list(sentences)
    words = [word for sentence in counted for word in sentence.words]
    if not words:
        return 0.0
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(counted) + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str) -> int:
    """Syllables of an English word, by its groups of vowels.

    A silent final e, -es or -ed is no syllable ("gave", "moved", but "wanted", "little"). Right for
    some nine words in ten, which is as near as the grade itself.
    """
    if word.isupper() and len(word) > 1:
        return len(word)
    total = 0
    for part in re.split(r"['’-]", word.lower()):
        count = len(_VOWELS.findall(part))
        silent = (
            (re.search(r"[^aeiouy]e$", part) and not re.search(r"[^aeiouylr]le$", part))
            or (re.search(r"[^aeiouy]ed$", part) and not re.search(r"[td]ed$", part))
            or (
                re.search(r"[^aeiouy]es$", part) and not re.search(r"(?:[sxzcg]|sh|ch|[^aeiouylr]l)es$", part)
            )
        )
        total += max(count - bool(silent), 1 if count else 0)
    return max(total, 1)
