"""The verb ``fit``: how full each region is, as a table, the worst first. Nothing is written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from handbill.arguments import Parser, add_name
from handbill.plan import choose
from handbill.survey.survey import Row, Survey, survey
from handbill.survey.words import tell_letters, tell_share, tell_sizes
from handbill.workshop import Workshop

OK, OVERSET = 0, 1
WORST = 5
"""How many regions of a language are listed, besides those that are too full."""
WIDTH = 100
"""Columns of a table that goes into a file or another program."""


def report_fit(arguments: Sequence[str], root: Path, out: TextIO) -> int:
    """Lays out what the arguments name and prints how it fits; returns 1 if words are too long.

    Raises InputError for a command or content that is wrong.
    """
    options = _parse(arguments)
    workshop = Workshop(root)
    campaign, design = workshop.campaign, workshop.design
    asked = [*options.languages, *options.language]
    languages = choose("language", asked, tuple(campaign.languages))
    if not asked:
        languages = tuple(tag for tag in languages if not campaign.languages[tag].in_preparation)
    audiences = choose("audience", options.audience, tuple(campaign.audiences))
    layouts = choose("layout", options.layout, tuple(design.layouts))
    surveys = [survey(workshop, language, audiences, layouts) for language in languages]
    _print(surveys, console_for(out), all_regions=options.all)
    return OVERSET if any(one.overset for one in surveys) else OK


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        prog="make_pdfs.py fit",
        description="How full each region of each piece is, the worst first; nothing is made.",
        allow_abbrev=False,
    )
    parser.add_argument("languages", nargs="*", metavar="LANG", help="only this language (en, pl, ...)")
    add_name(parser, "language", "the same")
    add_name(parser, "audience", "only this audience")
    add_name(parser, "layout", "only this layout")
    parser.add_argument(
        "--all", action="store_true", help=f"every region, not only the {WORST} fullest of each language"
    )
    return parser.parse_args(arguments)


def console_for(out: TextIO) -> Console:
    """A console on ``out``: as wide as the terminal, else so wide that tables stay readable."""
    return Console(file=out, highlight=False, width=None if out.isatty() else WIDTH)


def _print(surveys: Sequence[Survey], console: Console, *, all_regions: bool) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name in ("language", "audience", "layout", "region", "used", "now/wanted/floor", "letters"):
        table.add_column(name, justify="right" if name == "used" else "left", no_wrap=True)
    for one in surveys:
        for index, row in enumerate(one.worst):
            if all_regions or row.overset or index < WORST:
                table.add_row(*map(escape, _cells(row)))
    console.print(table)
    for one in surveys:
        for spot, problem in one.problems:
            said = f"{one.language}, {spot.audience}, {spot.layout} cannot be laid out: {problem}"
            console.print(escape(said), soft_wrap=True)
        if one.stood_in:
            words = f"{len(one.stood_in)} strings that are not translated: pseudo-text stands in for them"
            console.print(escape(f"* {one.language} has {words}."), soft_wrap=True)


def _cells(row: Row) -> tuple[str, ...]:
    fit = row.fit
    language = f"{row.language} *" if row.stood_in else row.language
    share = tell_share(row)
    return (
        language,
        row.spot.audience,
        row.spot.layout,
        fit.region,
        share,
        tell_sizes(fit),
        tell_letters(fit),
    )
