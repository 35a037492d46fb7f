"""``translations check``: every string of a catalogue held to its English, without building anything."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, TextIO

from handbill.campaign.campaign import Campaign, load_campaign
from handbill.campaign.consistency import lint_spans, readers
from handbill.campaign.faithfulness import LOOKUP, read_allowances
from handbill.campaign.fill import RichSpan
from handbill.campaign.strings import list_strings
from handbill.problems import Problem, Severity
from handbill.translation.update import add_languages, asked_for

OK, FAULTY = 0, 1


def add_parser(verbs: Any) -> None:
    """Adds the verb to argparse's ``verbs``."""
    parser = verbs.add_parser(
        "check", help="faults and doubtful places of a catalogue, without building", allow_abbrev=False
    )
    add_languages(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Prints what is wrong, and what a person who knows the language should look at.

    The exit code says whether anything keeps a piece back; strings that are missing or marked as
    needing work are the matter of ``translations status``.
    """
    campaign = load_campaign(root)
    faulty = False
    for language in asked_for(options, tuple(campaign.catalogues)):
        problems = examine(campaign, language)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
        for problem in errors:
            print(problem, file=out)
        for problem in warnings:
            print(f"Look at: {problem}", file=out)
        allowed = _list_allowances(campaign, language)
        for line in allowed:
            print(line, file=out)
        print(
            f"{language}: {len(errors)} wrong, {len(warnings)} to look at, {len(allowed)} allowed by comment",
            file=out,
        )
        faulty = faulty or bool(errors)
    return FAULTY if faulty else OK


def examine(campaign: Campaign, language: str) -> tuple[Problem, ...]:
    """Everything that is wrong or doubtful in a language's translations, in the order of the content."""
    catalogue, scrutiny = campaign.catalogues[language], campaign.scrutiny(language)
    audiences = readers(campaign)
    problems = list(catalogue.problems)
    for string in list_strings(campaign):
        entry = catalogue.find(string.context, string.english)
        if entry is None or not entry.translation or entry.fuzzy:
            continue
        problems += scrutiny.find_faults(entry)
        words = (RichSpan(LOOKUP.sub("\ufffc", entry.translation).replace("**", "")),)
        problems += lint_spans(
            campaign, words, audiences.get(string.context, ("",)), language, catalogue.place(entry)
        )
        problems += scrutiny.find_advice(entry)
    return tuple(dict.fromkeys(problems))


def _list_allowances(campaign: Campaign, language: str) -> list[str]:
    """What translators have allowed, with their reasons, for the reviewer to agree or not."""
    catalogue = campaign.catalogues[language]
    return [
        f"Allowed: {catalogue.place(entry)}: {word}, because {reason}"
        for entry in catalogue.entries.values()
        for word, reason in read_allowances(entry.comment).items()
    ]
