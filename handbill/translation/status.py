"""``translations status``: how far each language is."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, TextIO

from handbill.campaign.campaign import load_campaign
from handbill.campaign.translations import status
from handbill.translation.update import add_languages, asked_for

OK, INCOMPLETE = 0, 1


def add_parser(verbs: Any) -> None:
    """Adds the verb to argparse's ``verbs``."""
    parser = verbs.add_parser("status", help="what is translated, missing, stale", allow_abbrev=False)
    add_languages(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Prints a line a language and audience; the exit code says whether all is complete."""
    campaign = load_campaign(root)
    rows = status(campaign, asked_for(options, tuple(campaign.catalogues)))
    for row in rows:
        print(
            f"{row.language} {row.audience}: {row.translated} of {row.total} translated, "
            f"{row.missing} missing, {row.stale} stale, {row.fuzzy} to look at again; {row.state}",
            file=out,
        )
    return OK if all(row.complete for row in rows) else INCOMPLETE
