"""Faithfulness: what can be seen to be wrong with a translation by who cannot read the language.

Each check compares a translation with its English as texts: the lookups and their order, numbers, bold
words, scripts, English left in. What they find keeps the pieces that print the string back. A grammar
may ask for what a check forbids; then the translator says so beside the string, with the reason, in a
comment such as ``# allow order: the number stands before its verb``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from handbill.campaign.catalogue import shorten
from handbill.campaign.fill import Lookup, find_lookups
from handbill.problems import InputError, Place, Problem, Severity

ALLOWANCES = {
    "order": "translation/order",
    "english": "translation/untranslated",
    "latin": "translation/latin",
    "term": "translation/term",
    "length": "translation/long-sentence",
    "marks": "translation/marks",
}
"""What a comment may allow, and the code that it then silences. Never a lost lookup or another number."""

LEFT_IN = 4
"""English words in a row that no language has by chance."""

ALIKE = 3
"""Words that are the same in both languages by chance at most twice: "Online", "Alcohol"."""

LOOKUP = re.compile(r"\{\{.*?\}\}")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
"""Numbers as the English may type them; of longer ones ``style.find_typed`` tells."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:[’'-][A-Za-z\u00c0-\u024f]+)*\+?")
_ALLOWANCE = re.compile(r"^allow ([a-z]+):[ \t]*(\S.*)$", re.MULTILINE)

_SCRIPTS = {
    "Latn": "Latin letters",
    "Arab": "Arabic letters",
    "Beng": "Bengali letters",
    "Guru": "Gurmukhi letters",
    "Gujr": "Gujarati letters",
    "Cyrl": "Cyrillic letters",
    "Hans": "Chinese characters",
    "Hant": "Chinese characters",
    "Taml": "Tamil letters",
    "Deva": "Devanagari letters",
    "Grek": "Greek letters",
}
_NAMED = {
    "LATIN": "Latn",
    "ARABIC": "Arab",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "CYRILLIC": "Cyrl",
    "CJK": "Hans",
    "TAMIL": "Taml",
    "DEVANAGARI": "Deva",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "HANGUL": "Hang",
    "TELUGU": "Telu",
    "THAI": "Thai",
}
"""The first word of a letter's Unicode name, and its script (ISO 15924)."""


@dataclass(frozen=True)
class Yardstick:
    """What translations into one language are held to.

    ``script`` is the language's (ISO 15924). ``latin`` are words that stay in Latin letters, in lower
    case; ``kept`` whole English phrases that a translation may hold.
    """

    script: str
    latin: frozenset[str] = frozenset()
    kept: tuple[str, ...] = ()


def read_allowances(comment: str) -> dict[str, str]:
    """What a translator's comment allows, by its word, and why.

    A word that is not known, or without a reason, allows nothing.
    """
    return {word: reason for word, reason in _ALLOWANCE.findall(comment) if word in ALLOWANCES}


def compare(english: str, translation: str, yardstick: Yardstick) -> tuple[Problem, ...]:
    """Everything that makes a translation another message than its English, still without a place."""
    try:
        wanted, found = (find_lookups(text, _NOWHERE) for text in (english, translation))
    except InputError as error:
        return tuple(replace(problem, place=None) for problem in error.problems)
    lookups = _compare_lookups(english, wanted, found)
    # A lost lookup is not told a second time as a changed order.
    return (
        *(lookups or _compare_order(english, wanted, found)),
        *_compare_numbers(english, translation),
        *_compare_bold(english, translation),
        *_find_english(english, translation, yardstick),
        *_find_scripts(translation, yardstick),
    )


_NOWHERE = Place("")


def _compare_lookups(english: str, wanted: Sequence[Lookup], found: Sequence[Lookup]) -> tuple[Problem, ...]:
    """A translation looks up what the English does, each as often: else what differs."""
    lost, added = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    parts = [f"has lost {_listed(lost.elements())}"] if lost else []
    parts += [f"has {_listed(added.elements())}, which the English has not"] if added else []
    if not parts:
        return ()
    return (
        Problem(
            "translation/placeholder",
            f"The translation of “{shorten(english)}” {' and '.join(parts)}.",
            "Copy what stands between double braces from the English, letter for letter.",
        ),
    )


def _listed(lookups: Iterator[Lookup] | Sequence[Lookup]) -> str:
    return ", ".join(f"{{{{ {name}.{field} }}}}" for name, field in lookups)


def _compare_order(english: str, wanted: Sequence[Lookup], found: Sequence[Lookup]) -> tuple[Problem, ...]:
    """Numbers come in the order of the English: 999 before 101, the number to call before the one to press.

    Only the name of a service may change places with its own number beside it.
    """
    if _steps(wanted) == _steps(found):
        return ()
    return (
        Problem(
            "translation/order",
            f"The translation of “{shorten(english)}” looks up {_listed(found)}, in another order.",
            f"Keep the order of the English: {_listed(wanted)}. If the grammar forbids it, say why in a "
            "translator's comment: “allow order: …”.",
        ),
    )


def _steps(lookups: Sequence[Lookup]) -> list[tuple[str, int, tuple[str, ...]]]:
    """The lookups by service, as they follow each other: how often named, and the ways to reach it."""
    steps = []
    for name, group in groupby(lookups, lambda lookup: lookup[0]):
        fields = [field for _, field in group]
        ways = tuple(field for field in fields if field not in ("name", "short"))
        steps.append((name, len(fields) - len(ways), ways))
    return steps


def _compare_numbers(english: str, translation: str) -> Iterator[Problem]:
    """The same numbers, in the digits that stand on the keys of a telephone in Britain."""
    typed = LOOKUP.sub(" ", translation)
    foreign = sorted({sign for sign in typed if sign.isdigit() and not "0" <= sign <= "9"})
    if foreign:
        many = "s" if len(foreign) > 1 else ""
        yield Problem(
            "translation/digits",
            f"The translation of “{shorten(english)}” has the digit{many} {' '.join(foreign)}.",
            "Type 0 to 9: those are on the keys of every telephone here.",
        )
        typed = "".join(str(unicodedata.digit(sign)) if sign in foreign else sign for sign in typed)
    wanted = Counter(_NUMBER.findall(LOOKUP.sub(" ", english)))
    found = Counter(_NUMBER.findall(typed))
    if wanted != found:
        lost, added = sorted((wanted - found).elements()), sorted((found - wanted).elements())
        parts = [f"has lost the number {', '.join(lost)}"] if lost else []
        parts += [f"has the number {', '.join(added)}, which the English has not"] if added else []
        yield Problem(
            "translation/number",
            f"The translation of “{shorten(english)}” {' and '.join(parts)}.",
            "Give the numbers of the English, in digits.",
        )


def _compare_bold(english: str, translation: str) -> Iterator[Problem]:
    wanted, found = english.count("**"), translation.count("**")
    if wanted != found and found % 2 == 0:  # of a mark without its partner ``fill`` tells
        yield Problem(
            "translation/bold",
            f"The translation of “{shorten(english)}” has {found} marks “**”, the English {wanted}.",
            "Put ** before and after the words that say what is bold in the English.",
        )


def _find_english(english: str, translation: str, yardstick: Yardstick) -> Iterator[Problem]:
    """A sentence that nobody translated, or the end of one."""
    said = LOOKUP.sub(" | ", translation).replace("'", "’")
    for phrase in yardstick.kept:
        said = re.sub(re.escape(phrase), " | ", said, flags=re.IGNORECASE)
    source = [word.casefold() for word in _WORD.findall(LOOKUP.sub(" ", english).replace("'", "’"))]
    words = [word.casefold() for word in _WORD.findall(said)]
    own = [word for word in words if word not in yardstick.latin]
    if own and words == source:
        yield _untranslated(
            english,
            "is the English itself",
            Severity.ERROR if len(source) >= ALIKE else Severity.WARNING,
        )
        return
    runs = {tuple(source[at : at + LEFT_IN]) for at in range(len(source) - LEFT_IN + 1)}
    for at in range(len(words) - LEFT_IN + 1):
        if tuple(words[at : at + LEFT_IN]) in runs:
            left = " ".join(words[at : at + LEFT_IN])
            yield _untranslated(english, f"still has the English words “{left}”", Severity.ERROR)
            return


def _untranslated(english: str, what: str, severity: Severity) -> Problem:
    return Problem(
        "translation/untranslated",
        f"The translation of “{shorten(english)}” {what}.",
        "Translate it. If it has to stay, say why in a translator's comment: “allow english: …”.",
        severity=severity,
    )


def _find_scripts(translation: str, yardstick: Yardstick) -> Iterator[Problem]:
    """Latin words among letters that are not, but for names; and letters of any third script."""
    said = LOOKUP.sub(" ", translation)
    for phrase in yardstick.kept:
        said = re.sub(re.escape(phrase.replace("’", "'")), " ", said.replace("’", "'"), flags=re.IGNORECASE)
    own = "Hans" if yardstick.script == "Hant" else yardstick.script
    if own != "Latn":
        left = [word for word in _LATIN_WORD.findall(said) if _stray(word, yardstick.latin)]
        if left:
            yield Problem(
                "translation/latin",
                f"English is left in the translation: {', '.join(dict.fromkeys(left))}.",
                "Translate it. What stays in Latin letters is listed in content/glossary.yaml; if it "
                "must stay here alone, say why in a translator's comment: “allow latin: …”.",
            )
    strange = sorted(
        {sign for sign in said if sign.isalpha() and _script_of(sign) not in (own, "Latn", None)}
    )
    if strange and own in _NAMED.values():
        scripts = sorted({_SCRIPTS.get(str(_script_of(sign)), "letters") for sign in strange})
        yield Problem(
            "translation/letters",
            f"The translation holds {' and '.join(scripts)}: {' '.join(strange)}.",
            f"Type them as {_SCRIPTS.get(own, 'letters of the language')}; some only look alike.",
        )


def _stray(word: str, latin: frozenset[str]) -> bool:
    plain = word.replace("’", "'").casefold()
    return plain not in latin and not all(part in latin for part in plain.rstrip("+").split("-"))


def _script_of(sign: str) -> str | None:
    """A letter's script; None for one of no script, or of one that is not listed."""
    if sign < "\u0250":
        return "Latn" if sign.isalpha() and sign not in "ªº" else None
    return _NAMED.get(unicodedata.name(sign, "").partition(" ")[0])
