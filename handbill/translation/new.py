"""``translations new``: begin a language's catalogue."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, TextIO

from handbill.campaign.campaign import Campaign, load_campaign
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.translations import update
from handbill.problems import InputError, Place, Problem
from handbill.translation.update import measure_rooms, open_workshop

OK = 0


def add_parser(verbs: Any) -> None:
    """Adds the verb to argparse's ``verbs``."""
    parser = verbs.add_parser("new", help="begin a language's catalogue", allow_abbrev=False)
    parser.add_argument("language", metavar="LANG", help="a language of content/languages.yaml")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Writes an empty catalogue of every string, and says what comes next."""
    campaign = load_campaign(root)
    language: str = options.language
    _check(campaign, language)
    begun = update(campaign, language, measure_rooms(open_workshop(root, out), language))
    print(f"{begun.file}: {begun.added} strings to translate, as a draft.", file=out)
    print(f"A proof shows where each of them stands: translations proof {language}", file=out)
    return OK


def _check(campaign: Campaign, language: str) -> None:
    """Raises InputError unless the language has a record and no catalogue."""
    if language == SOURCE_LANGUAGE:
        raise InputError(
            Problem(
                "command/unknown-language",
                "English is what content is written in, so it has no catalogue.",
                "Name another language.",
            )
        )
    if language not in campaign.languages:
        raise InputError(
            Problem(
                "command/unknown-language",
                f"“{language}” has no record, so nobody has said yet how it is set.",
                "Put its font into fonts/ with a line in fonts/fonts.yaml, then add a record here, like the "
                "one of a language in the same or a similar script. docs/translations.md shows each step.",
                Place("content/languages.yaml"),
            )
        )
    path = campaign.catalogue_path(language)
    if path.exists():
        raise InputError(
            Problem(
                "translation/exists",
                "This language has a catalogue already.",
                f"Bring it up to the English with: python make_pdfs.py translations update {language}.",
                Place(f"content/translations/{path.name}"),
            )
        )
