"""``translations review``: translations read back by somebody who has not seen the English.

1. ``translations review LANG --blind FILE`` writes a worksheet: a number and a translation a row, in
   the order of print, numbers and names filled in, nothing in English that is not printed in English.
   It holds the critical strings that nobody has read back as they stand now; ``--all`` holds every one.
2. The reader fills in ``reader``, ``on``, ``method`` and each ``back``: in plain English what the words
   say, not what they ought to say::

       language: pl
       reader: "A. Reader, interpreter"
       on: 2026-11-23
       method: "without the English"
       strings:
         1:
           text: "To nie twoja wina"
           back: "It is not your fault"

   A row with an empty ``back`` is left for another time.
3. ``translations review LANG --take FILE`` puts the rows beside the English, as a new reading in
   ``content/translations/review/LANG.yaml``. Rows are known by their text, so that numbers may shift.
4. Somebody who knows both compares and writes a ``verdict`` there: ``same``, ``doubt``, or ``mended``
   with the new words at ``mended`` (those of the catalogue) and a ``note`` if there is more to say.
5. ``translations review LANG`` tells what is left.
"""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, TextIO

from pydantic import Field

from handbill.campaign.campaign import Campaign, load_campaign
from handbill.campaign.catalogue import shorten
from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import Register, fill, flatten
from handbill.campaign.records import Record, fold
from handbill.campaign.registers import placeholder_word
from handbill.campaign.reviews import (
    BackTranslation,
    Reading,
    Reviewed,
    ReviewFile,
    Standing,
    judge_strings,
    load_review,
    review_file,
)
from handbill.campaign.strings import CAMPAIGN_CONTEXT, contact_context, list_strings
from handbill.files import write_whole
from handbill.problems import InputError, Place, Problem
from handbill.translation.reviewtext import format_review, format_worksheet
from handbill.translation.update import add_languages, asked_for
from handbill.yamlsource import Sourced, load_model

OK, INCOMPLETE = 0, 1
STDOUT = "-"


class Row(Record):
    """One text of a worksheet and what it says in English."""

    text: str
    back: str | None = None


class Worksheet(Record):
    """What a second reader gets and hands back."""

    language: str
    reader: str | None = None
    on: datetime.date | None = None
    method: str | None = None
    strings: Annotated[dict[int, Row], Field(min_length=1)]


def add_parser(verbs: Any) -> None:
    """Adds the verb to argparse's ``verbs``."""
    parser = verbs.add_parser(
        "review", help="critical words, translated back by somebody else", allow_abbrev=False
    )
    add_languages(parser)
    work = parser.add_mutually_exclusive_group()
    work.add_argument(
        "--blind",
        nargs="?",
        const=STDOUT,
        metavar="FILE",
        help="write a worksheet of the translations alone (to the screen without FILE)",
    )
    work.add_argument("--take", metavar="FILE", type=Path, help="take a filled worksheet in")
    parser.add_argument(
        "--all", action="store_true", help="with --blind: also what has been read back already"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Writes or takes a worksheet, or tells how far each language is.

    The exit code says whether every critical string is read back, compared and without a doubt;
    of ``--take``, whether every row was taken.
    """
    campaign = load_campaign(root)
    languages = asked_for(options, tuple(campaign.catalogues))
    if (options.blind or options.take) and not (
        len(languages) == 1 and (options.languages or options.language)
    ):
        raise InputError(
            Problem(
                "command/arguments",
                "A worksheet is of one language.",
                "Name it: translations review pl --blind.",
            )
        )
    if options.blind:
        return _hand_out(campaign, languages[0], options.blind, options.all, out)
    if options.take:
        return _take_in(campaign, languages[0], options.take, out)
    codes = [_tell(campaign, language, out) for language in languages]
    return max(codes, default=OK)


def _judged(campaign: Campaign, language: str) -> tuple[Reviewed, ...]:
    return judge_strings(
        list_strings(campaign), campaign.catalogues[language], load_review(campaign.root, language)
    )


def _hand_out(campaign: Campaign, language: str, file: str, everything: bool, out: TextIO) -> int:
    wanted = [
        found
        for found in _judged(campaign, language)
        if found.translation and (everything or found.standing in (Standing.UNREAD, Standing.STALE))
    ]
    texts = list(dict.fromkeys(_as_printed(campaign, language, wanted).values()))
    if not texts:
        print(f"{language}: nothing to read back.", file=out)
        return OK
    worksheet = format_worksheet(language, texts)
    if file == STDOUT:
        out.write(worksheet)
    else:
        write_whole(Path(file), worksheet.encode("utf-8"))
        print(f"{file}: {len(texts)} texts to read back.", file=out)
    return OK


def _as_printed(
    campaign: Campaign, language: str, wanted: Iterable[Reviewed]
) -> Mapping[tuple[str, str], str]:
    """The translations by context and English, with names and numbers in place of lookups."""
    catalogue = campaign.catalogues[language]

    def translated(context: str, english: str) -> str:
        entry = catalogue.find(context, english)
        return entry.translation if entry and entry.translation else "[…]"

    def word(contact: str, field: str) -> str:
        if field in ADDRESSES:
            return translated(CAMPAIGN_CONTEXT, campaign.words[placeholder_word(campaign, contact, field)])
        record = campaign.contacts[contact]
        name = (record.short if field == "short" else None) or record.name
        return translated(contact_context(contact), name)

    register = Register(campaign.contacts, word, {})
    return {
        (found.string.context, found.string.english): flatten(
            fill(found.translation, _place(campaign, language, found), register)
        )
        for found in wanted
    }


def _place(campaign: Campaign, language: str, found: Reviewed) -> Place:
    catalogue = campaign.catalogues[language]
    entry = catalogue.find(found.string.context, found.string.english)
    return catalogue.place(entry) if entry else Place(catalogue.file, None, found.string.context)


def _take_in(campaign: Campaign, language: str, path: Path, out: TextIO) -> int:
    source = load_model(path, path.parent, Worksheet)
    sheet = source.model
    problems = _check_head(source, language)
    if problems:
        raise InputError(problems)
    assert sheet.reader and sheet.on and sheet.method
    judged = [found for found in _judged(campaign, language) if found.translation]
    printed = _as_printed(campaign, language, judged)
    by_text: dict[str, list[Reviewed]] = {}
    for found in judged:
        by_text.setdefault(printed[found.string.context, found.string.english], []).append(found)
    taken: list[BackTranslation] = []
    unknown: list[Problem] = []
    empty = 0
    for number, row in sheet.strings.items():
        back = fold(row.back or "")
        if not back:
            empty += 1
        elif fold(row.text) not in by_text:
            unknown.append(
                Problem(
                    "review/unknown-text",
                    f"No critical string reads “{shorten(row.text)}” any more.",
                    "It has changed since the worksheet was written: hand it out anew with --blind.",
                    source.place("strings", number),
                )
            )
        else:
            taken += [
                BackTranslation(
                    context=found.string.context,
                    english=found.string.english,
                    translation=found.translation,
                    back=back,
                )
                for found in by_text[fold(row.text)]
            ]
    if taken:
        kept = load_review(campaign.root, language)
        readings = kept.model.readings if kept else ()
        reading = Reading(reader=sheet.reader, on=sheet.on, method=sheet.method, strings=tuple(taken))
        write_whole(
            campaign.root / review_file(language),
            format_review(ReviewFile(language=language, readings=(*readings, reading))).encode("utf-8"),
        )
    for problem in unknown:
        print(problem, file=out)
    print(
        f"{review_file(language)}: {len(taken)} taken in, {empty} rows without a back-translation"
        + (f", {len(unknown)} no longer known" if unknown else "")
        + ". Compare each with the English and write its verdict.",
        file=out,
    )
    return INCOMPLETE if unknown else OK


def _check_head(source: Sourced[Worksheet], language: str) -> list[Problem]:
    sheet = source.model
    problems = [
        Problem(
            "review/worksheet",
            f"The worksheet does not say {what}.",
            f"Fill in “{key}:”.",
            source.place(key),
        )
        for key, what in (
            ("reader", "who has read"),
            ("on", "on which day it was read"),
            ("method", "how it was read"),
        )
        if not getattr(sheet, key)
    ]
    if sheet.language != language:
        problems.append(
            Problem(
                "review/worksheet",
                f"This is a worksheet for “{sheet.language}”, not for “{language}”.",
                f"Take it in with: translations review {sheet.language} --take.",
                source.place("language"),
            )
        )
    return problems


def _tell(campaign: Campaign, language: str, out: TextIO) -> int:
    judged = _judged(campaign, language)
    counts = Counter(found.standing for found in judged)
    mended = sum(
        found.standing is Standing.COMPARED and found.record is not None and found.record.verdict == "mended"
        for found in judged
    )
    said = ", ".join(f"{counts[standing]} {standing}" for standing in Standing)
    print(f"{language}: {len(judged)} critical strings: {said} ({mended} of the compared mended)", file=out)
    for found in judged:
        if found.standing in (Standing.COMPARED, Standing.UNREAD):
            continue
        where: Place | None = found.place
        print(f"  {where}: “{shorten(found.string.english)}” is {found.standing}.", file=out)
    return OK if len(judged) == counts[Standing.COMPARED] else INCOMPLETE
