"""``translations status``: how far each language is, and how it fits, as a table."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from handbill.campaign.campaign import Campaign, load_campaign
from handbill.campaign.translations import Status, overall, status
from handbill.survey.command import console_for
from handbill.survey.survey import Survey, survey
from handbill.survey.words import tell_share
from handbill.translation.update import add_languages, asked_for, open_workshop

OK, INCOMPLETE = 0, 1


def add_parser(verbs: Any) -> None:
    """Adds the verb to argparse's ``verbs``."""
    parser = verbs.add_parser(
        "status",
        help="what is translated, missing, stale; whether it fits",
        description="What is translated, by whom, and whether it fits. Where something is missing, stale or "
        "fuzzy, each audience has a line too.",
        allow_abbrev=False,
    )
    add_languages(parser)
    parser.add_argument("--no-fit", action="store_true", help="count only: do not lay the pieces out")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Prints the table; the exit code says whether all is complete and fits."""
    campaign = load_campaign(root)
    languages = asked_for(options, tuple(campaign.catalogues))
    rows = [row for language in languages for row in _rows(campaign, language)]
    workshop = None if options.no_fit else open_workshop(root, out)
    surveys = {language: survey(workshop, language) for language in languages} if workshop else {}
    _print(campaign, rows, surveys, console_for(out))
    fits = (workshop is not None or options.no_fit) and not any(one.overset for one in surveys.values())
    return OK if fits and all(row.complete for row in rows) else INCOMPLETE


def _rows(campaign: Campaign, language: str) -> list[Status]:
    """A language's counts, and those of its audiences where something is to be done."""
    whole = overall(campaign, language)
    return [whole] if whole.complete else [whole, *status(campaign, [language])]


def _print(
    campaign: Campaign, rows: Sequence[Status], surveys: Mapping[str, Survey], console: Console
) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("language", no_wrap=True)
    for name in ("done", "missing", "stale", "fuzzy"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("by")
    table.add_column("when", no_wrap=True)
    if surveys:
        table.add_column("fullest region")
    for row in rows:
        cells = [f"  {row.audience}" if row.audience else row.language, *_counts(row)]
        if not row.audience:
            catalogue = campaign.catalogues[row.language]
            when = catalogue.on.isoformat() if catalogue.on else ""
            cells += [catalogue.state, catalogue.by, when]
            cells += [_tell_fit(surveys[row.language])] if surveys else []
        table.add_row(*map(escape, cells))
    console.print(table)
    for language in dict.fromkeys(row.language for row in rows):
        for problem in campaign.catalogues[language].problems:
            console.print(escape(f"{language}: {problem}"), soft_wrap=True)
        if language in surveys and surveys[language].stood_in:
            console.print(f"* {language}: with pseudo-text for what is not translated", soft_wrap=True)


def _counts(row: Status) -> list[str]:
    done = 100 * row.translated // max(1, row.total)  # rounded down: 100 % is said of nothing less
    return [f"{done}%", str(row.missing), str(row.stale), str(row.fuzzy)]


def _tell_fit(found: Survey) -> str:
    """The region of a language that is fullest, and how full."""
    mark = " *" if found.stood_in else ""
    if found.problems:
        spot, _ = found.problems[0]
        return f"{spot.audience}, {spot.layout}: cannot be laid out{mark}"
    worst = found.worst[0]
    return f"{worst.spot.audience}, {worst.spot.layout}, {worst.fit.region}: {tell_share(worst)}{mark}"
