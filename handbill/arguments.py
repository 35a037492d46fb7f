"""Arguments: what the verbs of the command line have in common."""

from __future__ import annotations

import argparse
from pathlib import Path

from handbill.plan import EDITIONS, Selection
from handbill.problems import InputError, Problem

_NARROWING = (
    ("audience", "only this audience"),
    ("language", "only this language (en, pl, ...)"),
    ("layout", "only this layout"),
    ("edition", f"only this edition ({', '.join(EDITIONS)})"),
    ("site", "only this local site"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are Problems like all others."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Raises InputError (``command/arguments``)."""
        raise InputError(Problem("command/arguments", f"{message[:1].upper()}{message[1:]}.", "See --help."))


def add_selection(parser: Parser) -> None:
    """Options that say which pieces, and where their files go."""
    for name, words in _NARROWING:
        add_name(parser, name, words)
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="put the files there instead of into output/"
    )


def add_name(parser: Parser, name: str, words: str) -> None:
    """An option that takes a name and may be repeated."""
    parser.add_argument(
        f"--{name}", action="append", default=[], metavar="NAME", help=f"{words}; may be repeated"
    )


def selection_of(options: argparse.Namespace) -> Selection:
    """What the options say; a verb without --printer asks for none."""
    return Selection(
        tuple(options.audience),
        tuple(options.language),
        tuple(options.layout),
        tuple(options.edition),
        tuple(options.site),
        tuple(getattr(options, "printer", ())),
    )
