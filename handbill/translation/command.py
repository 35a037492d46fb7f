"""The verbs ``translations ...``: one module a verb, each with its ``add_parser`` and its ``run``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from handbill.arguments import Parser
from handbill.translation import check, exchange, new, proof, review, status, update

VERBS = (
    new.add_parser,
    update.add_parser,
    status.add_parser,
    check.add_parser,
    proof.add_parser,
    exchange.add_export_parser,
    exchange.add_import_parser,
    review.add_parser,
)
"""In the order in which ``--help`` lists them."""


def translate(arguments: Sequence[str], root: Path, out: TextIO) -> int:
    """Runs the verb that the arguments name on the project at ``root``; returns the exit code.

    What is said goes to ``out``. Raises InputError for a command or content that is wrong.
    """
    parser = Parser(
        prog="make_pdfs.py translations",
        description="What translators, agencies and reviewers work with.",
        allow_abbrev=False,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for add_parser in VERBS:
        add_parser(verbs)
    options = parser.parse_args(arguments)
    code: int = options.run(options, root, out)
    return code
