"""The linter of words: appropriate language (section G of the brief) and typed numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import AfterValidator, Field

from handbill.campaign.contacts import ADDRESSES, Contact
from handbill.campaign.records import SOURCE_LANGUAGE, Prose, Record
from handbill.problems import Place, Problem, Severity

Text = Annotated[str, Field(min_length=1)]


def _compiled(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses what is no regular expression."""
    for pattern in patterns:
        try:
            _compile(pattern)
        except re.error as error:
            raise ValueError(
                f"“{pattern}” is not a regular expression: {error.msg}"
                " | Check its brackets; write “\\.” for a full stop."
            ) from None
    return tuple(normalize("NFC", pattern) for pattern in patterns)


Patterns = Annotated[tuple[Text, ...], Field(min_length=1), AfterValidator(_compiled)]
"""Regular expressions. A letter with a dot below may be typed as one sign or as two: both are found in
words that are in NFC."""


class Wording(Record):
    """Words to avoid. ``avoid`` are regular expressions that match whole words in any case.

    Level E blocks, W asks a human. ``except_after`` allows the wording right after these words
    ("do not"); ``audiences`` says where the rule holds (everywhere when empty).
    """

    avoid: Patterns
    say: Prose
    level: Literal["E", "W"]
    audiences: tuple[str, ...] = ()
    except_after: tuple[Text, ...] = ()


class Rule(Wording):
    """A wording to avoid in ``languages``."""

    id: Annotated[str, Field(pattern=r"^G[0-9]+$")]
    languages: tuple[str, ...] = (SOURCE_LANGUAGE,)


class StyleFile(Record):
    """``content/style.yaml``."""

    rules: tuple[Rule, ...]


def _marks() -> str:
    """Vowel signs and other marks that stand on letters, as ranges for a set: ``\\w`` has only letters and
    digits, so that in Indian scripts and vowelled Arabic a word would end at the first of them."""
    codes = [code for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M"]
    starts = [code for code in codes if unicodedata.category(chr(code - 1))[0] != "M"]
    ends = [code for code in codes if unicodedata.category(chr(code + 1))[0] != "M"]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(starts, ends, strict=True))


_LETTER = rf"(?-i:(?:[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[{_marks()}\u200c\u200d]))"
"""A letter, digit, mark or joiner of a word that spaces or signs mark off: Chinese and Japanese words, and
Latin names among them, begin and end next to any letter. None of these has case; IGNORECASE would
fold each of them for each pattern, so that it is switched off for the set."""


@cache
def _compile(pattern: str, around: str = "") -> re.Pattern[str]:
    """A pattern in any case, with no ``around`` before and behind it. Raises re.error."""
    edges = (f"(?<!{around})", f"(?!{around})") if around else ("", "")
    return re.compile(f"{edges[0]}(?:{pattern}){edges[1]}", re.IGNORECASE)


def find_words(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """Where whole words of a text match a regular expression, in any case.

    The set of letters takes milliseconds to compile, and there are a thousand patterns: that is done
    only for those that match something, be it a part of a word.
    """
    return _compile(pattern, _LETTER).finditer(text) if _compile(pattern).search(text) else iter(())


def lint(
    text: str, audience: str, language: str, rules: Iterable[Rule], place: Place | None = None
) -> list[Problem]:
    """What the rules have against a text: one problem a rule, in the order of the rules.

    ``text`` is plain, without the marks of bold. E rules give errors, W rules warnings.
    """
    problems: list[Problem] = []
    for rule in rules:
        if language not in rule.languages or (rule.audiences and audience not in rule.audiences):
            continue
        found = find_wording(text, rule)
        if found:
            problems.append(
                Problem(
                    "style/" + rule.id.lower(),
                    f"The text says “{found}”.",
                    "Take it out." if rule.say == "(delete)" else f"Say instead: {rule.say}.",
                    place,
                    Severity.ERROR if rule.level == "E" else Severity.WARNING,
                )
            )
    return problems


def find_wording(text: str, rule: Wording) -> str | None:
    """The first wording that the rule objects to."""
    for pattern in rule.avoid:
        for match in find_words(pattern, text):
            before = text[: match.start()].replace("’", "'").rstrip(" ,").lower()
            if not any(_ends_with_words(before, allowed.lower()) for allowed in rule.except_after):
                return match.group()
    return None


def _ends_with_words(text: str, words: str) -> bool:
    return text.endswith(words) and not text[: -len(words)][-1:].isalnum()


def find_typed_names(text: str, place: Place, contacts: Mapping[str, Contact]) -> list[Problem]:
    """Warnings for names of services that are typed: looked up, they are set whole in every script.

    A warning only, since some names ("Shout") are also words.
    """
    return [
        Problem(
            "content/typed-name",
            f"The name “{value}” is typed into the text.",
            f"Write {{{{ {name}.{field} }}}} instead.",
            place,
            Severity.WARNING,
        )
        for name, contact in contacts.items()
        for field in ("name", "short")
        if not contact.translated
        and (value := getattr(contact, field))
        and value in text
        and re.search(rf"(?<!{_LETTER}){re.escape(value)}(?!{_LETTER})", text)
    ]


# An address as people type it. Two letters after the full stop, so that "e.g." passes.
_ADDRESS = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)?[\w.+-]*@?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.I | re.A
)
# Digits of any script with what is put between the groups of a telephone number.
_DIGITS = re.compile(r"\d(?:[ \u00a0\u202f().\-\u2010-\u2013/]{0,2}\d)*")

LONGEST_NUMBER = 2
"""Digits a typed number may have: ages, "18", "24". More is a telephone number, a code or a year."""


def find_typed(text: str, place: Place, contacts: Mapping[str, Contact]) -> list[Problem]:
    """Numbers and addresses typed into a text instead of looked up in the register.

    ``text`` has its lookups taken out already. Ages and other numbers of two digits pass unless
    the register holds them ("55" of the silent call).
    """
    held = {
        re.sub(r"\D", "", value): f"{{{{ {name}.{field} }}}}"
        for name, contact in contacts.items()
        for field in ADDRESSES
        if (value := getattr(contact, field)) and field in ("phone", "text")
    }
    problems: list[Problem] = []

    def refuse(typed: str, lookup: str | None) -> None:
        remedy = (
            f"Write {lookup} instead." if lookup else "Put it in contacts.yaml and look it up from there."
        )
        problems.append(Problem("content/typed-number", f"“{typed}” is typed into the text.", remedy, place))

    for match in _DIGITS.finditer(text):
        typed = match.group()
        digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
        runs = re.findall(r"\d+", typed)
        if digits in held:
            refuse(typed, held[digits])
        elif (
            any(run in held or len(run) > LONGEST_NUMBER for run in runs) or len(digits) > 2 * LONGEST_NUMBER
        ):
            refuse(typed, next((held[run] for run in runs if run in held), None))
    for match in _ADDRESS.finditer(text):
        typed = match.group()
        lookups = (
            f"{{{{ {name}.{field} }}}}"
            for name, contact in contacts.items()
            for field in ("web", "email")
            if getattr(contact, field) and getattr(contact, field).lower() in typed.lower()
        )
        refuse(typed, next(lookups, None))
    return problems
