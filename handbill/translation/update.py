"""``translations update``: bring catalogues up to the English."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, TextIO

from handbill.campaign.campaign import load_campaign
from handbill.campaign.translations import update
from handbill.plan import choose

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
    for language in asked_for(options, tuple(campaign.catalogues)):
        done = update(campaign, language)
        print(
            f"{done.file}: {done.kept} kept, {done.added} new, {done.changed} to look at again, "
            f"{done.removed} no longer used"
            + ("; back to draft, because words are new" if done.state_dropped else ""),
            file=out,
        )
    return OK
