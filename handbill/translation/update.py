"""``translations update``: bring catalogues up to the English."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, TextIO

from handbill.campaign.campaign import load_campaign
from handbill.campaign.translations import update
from handbill.plan import choose
from handbill.problems import InputError
from handbill.survey.survey import Key, survey
from handbill.survey.words import room_notes
from handbill.workshop import Workshop

OK = 0


def add_parser(verbs: Any) -> None:
    """Adds the verb to argparse's ``verbs``."""
    parser = verbs.add_parser("update", help="bring catalogues up to the English", allow_abbrev=False)
    add_languages(parser)
    parser.set_defaults(run=run)


def add_languages(parser: argparse.ArgumentParser) -> None:
    """The languages a verb works on: named as they are or with --language; all if none is named."""
    parser.add_argument("languages", nargs="*", metavar="LANG", help="only this language (pl, ur, ...)")
    parser.add_argument(
        "--language", action="append", default=[], metavar="TAG", help="the same; may be repeated"
    )


def asked_for(options: argparse.Namespace, known: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that the options name, in the order of the campaign; all of ``known`` if none.

    Raises InputError for one that is not among them.
    """
    return tuple(choose("translation", [*options.languages, *options.language], known))


def run(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Updates the languages' catalogues and tells in numbers what that did."""
    campaign = load_campaign(root)
    languages = asked_for(options, tuple(campaign.catalogues))
    workshop = open_workshop(root, out)
    for language in languages:
        done = update(campaign, language, measure_rooms(workshop, language))
        print(
            f"{done.file}: {done.kept} kept, {done.added} new, {done.changed} to look at again, "
            f"{done.removed} no longer used"
            + ("; back to draft, because words are new" if done.state_dropped else ""),
            file=out,
        )
    return OK


def open_workshop(root: Path, out: TextIO) -> Workshop | None:
    """What measuring needs; None after saying why room cannot be told: a catalogue can be brought up to
    the English all the same."""
    try:
        return Workshop(root)
    except InputError as error:
        print("The catalogues do not say how much room there is, because nothing can be laid out:", file=out)
        for problem in error.problems:
            print(f"    {problem}", file=out)
        return None


def measure_rooms(workshop: Workshop | None, language: str) -> dict[Key, str]:
    """For each of the language's strings a line that says how long it may be; nothing without a workshop."""
    return room_notes(workshop, survey(workshop, language)) if workshop else {}
