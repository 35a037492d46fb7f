"""Pseudo-text: letters of a language, as long as its words may become, in place of a translation.

For proofs of a language that is not translated yet, for measuring how much room its strings will have,
and for tests. It says nothing in any language, so it must never be printed: only who binds a piece with
a stand-in (``Campaign.bind``) gets it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from handbill.campaign.languages import Language

GROWTH, ARAB_GROWTH, SIGNS_GROWTH, HAN_GROWTH = 1.3, 1.05, 0.85, 0.45
"""Letters of a translation for one of the English: in general (W3C's "Text size in translation", after IBM,
for texts of more than 70 letters), where short vowels are not written, where vowels are signs that do not
count, and where a letter is a word or half of one. The first translations of the first campaign had 1.26
(Polish), 1.01 (Urdu), 0.74 (Bengali) and 0.44 (Chinese)."""
LONGEST = 12
"""No pseudo-word has more letters, in a script that takes as many as English does: few real ones have, and
one word too wide for its column would keep a whole piece from being measured."""
HAN = frozenset({"Hans", "Hant", "Hani", "Jpan"})
UNSPACED = HAN | {"Thai", "Laoo", "Khmr", "Mymr"}
"""Scripts that set no space between words."""

_PARTS = re.compile(r"(?P<kept>\{\{.*?\}\}|\*\*)|(?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)*)|(?P<space>\s+)|.")
# Unicode names consonants of Indian scripts by their sound: KA, NYA; and vowels: A, II, VOCALIC R.
_CONSONANT = re.compile(r".* LETTER [B-DF-HJ-NP-TV-Z][A-Z]*")


def count_letters(text: str) -> int:
    """How long a text is for who writes it: letters, spaces and marks, a vowel sign not for itself."""
    return sum(not unicodedata.category(char).startswith("M") for char in text)


def growth_of(language: Language) -> float:
    """How many letters of a language to expect for one of the English, where nothing is translated."""
    if language.script in HAN:
        return HAN_GROWTH
    if _letters(language.exemplars)[1]:
        return SIGNS_GROWTH
    return ARAB_GROWTH if language.script == "Arab" else GROWTH


def pseudo(english: str, language: Language, growth: float | None = None) -> str:
    """Words of the language's letters for those of an English string.

    ``growth`` is the number of letters for one of the English, else ``growth_of`` the language. Lookups
    (``{{ }}``), ``**``, digits and punctuation stay as they are; the full stop is the language's own. The
    same word always becomes the same.
    """
    letters = _letters(language.exemplars)
    factor = growth_of(language) if growth is None else growth
    longest = round(LONGEST * min(1.0, growth_of(language)))
    made: list[str] = []
    owed = 0.0
    for match in _PARTS.finditer(english):
        part = match.group()
        if match["word"]:
            owed += len(part) * factor
            length = max(1, round(owed))
            owed -= length
            count = 1 if language.script in UNSPACED else -(-length // longest)
            ends = [length * at // count for at in range(count + 1)]
            spelt = _spell(part, length, letters)
            word = " ".join("".join(spelt[start:end]) for start, end in pairwise(ends))
            made.append(word[0].upper() + word[1:] if part[0].isupper() else word)
        elif match["space"]:
            made.append("" if language.script in UNSPACED else part)
        else:
            made.append(language.full_stop if part == "." else part)
    return "".join(made)


@lru_cache(maxsize=64)
def _letters(exemplars: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The letters that a language is written with, and the vowel signs that follow consonants.

    Signs with a combining class are left out: they are points that few texts have, and marks (virama,
    nukta) that change the letters beside them.
    """
    single = [item for item in dict.fromkeys(exemplars.split()) if len(item) == 1]
    letters = tuple(item for item in single if item.isalpha())
    signs = tuple(
        item
        for item in single
        if unicodedata.category(item).startswith("M") and not unicodedata.combining(item)
    )
    return letters, signs


def _spell(word: str, length: int, letters: tuple[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    """A word's ``length`` letters, about every second consonant with a vowel sign where there are such.

    The word itself where the language's record has no letters.
    """
    bases, signs = letters
    if not bases:
        return [*word]
    chance = hashlib.shake_256(word.encode()).digest(3 * length)
    spelt = []
    for at in range(length):
        letter = bases[int.from_bytes(chance[3 * at : 3 * at + 2]) % len(bases)]
        sign = chance[3 * at + 2]
        takes_sign = signs and sign % 2 and _CONSONANT.fullmatch(unicodedata.name(letter, ""))
        spelt.append(letter + (signs[sign // 2 % len(signs)] if takes_sign else ""))
    return spelt
