"""Letters and marks that look like those of a language but belong to another.

Arabic and Persian each have a kaf and a yeh of their own, Romanian writes a comma below its s and t
where Turkish has a cedilla, and a Latin comma in Urdu leans the wrong way. Keyboards give one for the
other, and to an eye that cannot read the script they look alike; but searching and reading aloud fail,
and the letter joins or is dotted otherwise than readers know it. Which they are is data: ``not_used`` of
the language's record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from handbill.campaign.fill import RichSpan
from handbill.campaign.languages import Language
from handbill.problems import Place, Problem

LATIN = "Latn"

_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[A-Za-z][^()（）\[\]]*[)）\]]")
"""An English term in brackets after the words of the language: its marks are its own."""


def find_foreign_letters(spans: tuple[RichSpan, ...], language: Language, place: Place) -> list[Problem]:
    """A problem for each sign of a filled text that the language does not use, once each.

    Names, numbers and addresses of the register are out of reach. A letter counts wherever it stands; a
    mark counts where the words before it are of the language's own script, since English words keep
    English marks.
    """
    if not language.not_used:
        return []
    words = "".join("\ufffc" if span.kind else span.text for span in spans)
    found = dict.fromkeys(_foreign(words, language))
    return [
        Problem(
            "translation/foreign-letter",
            f"The {language.name} text has {_named(sign)}, in “{_around(words, sign)}”.",
            f"{language.name} is written with {_named(language.not_used[sign])}.",
            place,
        )
        for sign in found
    ]


def _foreign(words: str, language: Language) -> Iterator[str]:
    for sign in language.not_used:
        if sign.isalpha() and sign in words:
            yield sign
    own = _BRACKETS.sub("", words)
    for number, sign in enumerate(own):
        if sign in language.not_used and not sign.isalpha() and _is_own(own[:number], language.script):
            between_digits = own[number - 1 : number].isdigit() and own[number + 1 : number + 2].isdigit()
            if not between_digits:
                yield sign


def _is_own(before: str, script: str) -> bool:
    """Whether a mark after these words belongs to text of the script."""
    if script == LATIN:
        return True
    letter = next((sign for sign in reversed(before) if sign.isalpha()), "")
    return bool(letter) and not unicodedata.name(letter, "").startswith("LATIN")


def _around(words: str, sign: str) -> str:
    """The first word that holds the sign."""
    return next(word for word in words.split() if sign in word).replace("\ufffc", "…")


def _named(text: str) -> str:
    """Signs with their names, since some look the same or draw nothing."""
    names = " and ".join(unicodedata.name(sign).lower() for sign in text)
    shown = f"“{text}” " if unicodedata.category(text[0])[0] != "C" else ""
    return f"{shown}({', '.join(f'U+{ord(sign):04X}' for sign in text)}, {names})"
