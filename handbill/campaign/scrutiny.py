"""Scrutiny: one language's translations held to everything that the program knows about it.

Faults keep pieces back and are looked for whenever a string is bound. Advice is for a person who knows
the language and is given by ``translations check`` alone: in every summary it would only be overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from handbill.campaign.catalogue import Catalogue, Entry, shorten
from handbill.campaign.contacts import Contact
from handbill.campaign.faithfulness import (
    ALLOWANCES,
    LOOKUP,
    Yardstick,
    compare,
    read_allowances,
)
from handbill.campaign.glossary import GlossaryFile, TermsFile, find_other_terms
from handbill.campaign.languages import Language
from handbill.problems import Problem, Severity

_SENTENCE = re.compile(r"[.!?؟۔।]+(?=\s|$|[”“»’])|[。！？]+|[:：]\s")
_END = re.compile(r"[.!?؟۔।。！？…][”“»’’)）]*$")
_QUOTES = '"“”„‟«»‹›‘‚‛「」『』'
_HAN = re.compile(r"[\u3400-\u9fff]")

WORDS_TO_ONE = 1.6
"""Words that a language may need for one of English: agglutinating ones need fewer, Welsh and Polish up to
a third more (terminology.md, rule 10); what lies well beyond is two thoughts in one sentence."""
CHARACTERS_TO_ONE = 3.0
"""Chinese characters for one English word: about 1.6 in plain text, and commas join what English parts."""
SHORT_SENTENCE = 12
"""English words that a sentence may have whatever it says: its translation is then held to no fewer."""

_ASCII_MARKS = {"Arab": ",;?", "Hans": ",;?!:.", "Hant": ",;?!:."}
"""Marks that a script has signs of its own for: after its letters the Latin ones are slips."""
_LETTERS = {"Arab": r"[\u0620-\u064a\u066e-\u06d3]", "Hans": r"[\u3400-\u9fff]", "Hant": r"[\u3400-\u9fff]"}


class Scrutiny:
    """Judges the entries of one language. Faults are worked out once for each text."""

    def __init__(
        self,
        catalogue: Catalogue,
        record: Language,
        contacts: Mapping[str, Contact],
        glossary: GlossaryFile,
        terms: TermsFile,
    ) -> None:
        self._catalogue = catalogue
        self._record = record
        self._glossary = glossary
        self._terms = terms
        names = (
            name
            for contact in contacts.values()
            if not contact.translated
            for name in (contact.name, contact.short)
            if name
        )
        latin = {
            word.replace("’", "'").casefold()
            for text in (*glossary.latin, *terms.latin, *names)
            for word in text.split()
        }
        self._yardstick = Yardstick(record.script, frozenset(latin), glossary.kept)
        self._faults: dict[Entry, tuple[Problem, ...]] = {}

    def find_faults(self, entry: Entry) -> tuple[Problem, ...]:
        """What is wrong with an entry's translation, whoever reads it; errors keep it from print."""
        if entry not in self._faults:
            found = compare(entry.english, entry.translation, self._yardstick)
            self._faults[entry] = self._placed(entry, found)
        return self._faults[entry]

    def find_advice(self, entry: Entry) -> tuple[Problem, ...]:
        """Warnings for a person to look at: terms, length and marks."""
        return self._placed(
            entry,
            [
                *self._advise_terms(entry),
                *self._advise_length(entry),
                *self._advise_marks(entry.english, entry.translation),
            ],
        )

    def _placed(self, entry: Entry, found: Iterable[Problem]) -> tuple[Problem, ...]:
        """What was found, at its place, but for what the translator allows with a reason."""
        allowed = {ALLOWANCES[word] for word in read_allowances(entry.comment)}
        place = self._catalogue.place(entry)
        return tuple(replace(problem, place=place) for problem in found if problem.code not in allowed)

    def _advise_terms(self, entry: Entry) -> Iterator[Problem]:
        english, translation = (LOOKUP.sub(" ", text) for text in (entry.english, entry.translation))
        for said, stems in find_other_terms(english, translation, self._glossary, self._terms):
            yield Problem(
                "translation/term",
                f"“{said}” of “{shorten(entry.english)}” is in none of its agreed forms.",
                f"Agreed: {', '.join(stems)}. If another word is right here, say why: “allow term: …”.",
                severity=Severity.WARNING,
            )

    def _advise_length(self, entry: Entry) -> Iterator[Problem]:
        han = self._record.script in ("Hans", "Hant")
        wanted = _longest(entry.english, False)
        found = _longest(entry.translation, han)
        ratio = CHARACTERS_TO_ONE if han else WORDS_TO_ONE
        if found > ratio * max(wanted, SHORT_SENTENCE):
            yield Problem(
                "translation/long-sentence",
                f"A sentence of the translation of “{shorten(entry.english)}” has {found} "
                f"{'characters' if han else 'words'}; the longest of the English has {wanted} words.",
                "Make two sentences of it, or say why not: “allow length: …”.",
                severity=Severity.WARNING,
            )

    def _advise_marks(self, english: str, translation: str) -> Iterator[Problem]:
        said = LOOKUP.sub("0", translation)
        quotes = self._record.quotes
        own = {*quotes.outer, *quotes.inner, "’"}
        wrong = sorted({sign for sign in said if sign in _QUOTES} - own)
        if wrong:
            yield _mark(
                f"has the quotation mark{'s' if len(wrong) > 1 else ''} {' '.join(wrong)}",
                f"This language writes {quotes.outer[0]}…{quotes.outer[1]}, inside them "
                f"{quotes.inner[0]}…{quotes.inner[1]}.",
                translation,
            )
        script, stop = self._record.script, self._record.full_stop
        if script in _LETTERS:
            found = re.findall(rf"{_LETTERS[script]}([{re.escape(_ASCII_MARKS[script])}])", said)
            if found:
                yield _mark(
                    f"has Latin marks: {' '.join(sorted(set(found)))}",
                    "Type the marks of the language's own script.",
                    translation,
                )
        if stop != "." and re.search(r"[^\x00-\x7f]\.(?:\s|$)", said):
            yield _mark("ends a sentence in “.”", f"This language ends it in “{stop}”.", translation)
        if _END.search(english) and not _END.search(said) and not said.endswith("0"):
            # After a number some scripts leave their stop out: a danda looks like one more digit.
            yield _mark(
                "has no full stop or question mark at its end, though the English has",
                "End it as the language does.",
                translation,
            )


def _mark(what: str, remedy: str, translation: str) -> Problem:
    return Problem(
        "translation/marks", f"“{shorten(translation)}” {what}.", remedy, severity=Severity.WARNING
    )


def _longest(text: str, han: bool) -> int:
    """Words of the longest sentence; of Chinese its characters. A lookup counts as one."""
    sentences = _SENTENCE.split(LOOKUP.sub("0", text))
    if han:
        return max(len(_HAN.findall(sentence)) for sentence in sentences)
    return max(len(sentence.split()) for sentence in sentences)
