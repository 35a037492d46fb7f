"""The summary of a build: what was made, what a person should look at, what was not made and why."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from handbill.build import MANIFEST, Outcome, Report
from handbill.campaign.campaign import Campaign
from handbill.plan import Variant
from handbill.problems import Problem

MOST_ALIKE = 20
"""Causes of one code that are told one by one: of hundreds of strings nobody has read back, the first
few say what is to be done."""

MOST_PIECES = 24
"""Pieces named below a cause. The manifest names every file with every cause."""


def summarise(campaign: Campaign, report: Report, output: Path) -> Iterator[str]:
    """The summary, line by line. A cause that keeps several files out is told once, with their number."""
    shown = os.path.relpath(output) if not os.path.relpath(output).startswith("..") else str(output)
    made = len(report.documents)
    yield f"{made} PDF{'' if made == 1 else 's'} made in {shown}"
    for sheet in report.sheets:
        if sheet.record is None:
            yield f"The job sheet of {sheet.folder} could not be made:"
            yield from (f"    {problem}" for problem in sheet.problems)
    for problem in campaign.warnings:
        yield f"Look at: {problem}"
    drafts = sorted(
        {
            campaign.tongue(str(record["language"])).name
            for record in report.documents
            if record["state"] == "draft"
        }
    )
    if drafts:
        yield f"Draft translations, marked as such: {', '.join(drafts)}."
    yield from _let_through(report)
    for file in report.removed:
        yield f"Removed the earlier {file}: it is no longer what the content says or allows."
    if report.not_built:
        yield f"{len(report.not_built)} not made:"
        yield from _group(report.not_built)


def _let_through(report: Report) -> Iterator[str]:
    """What a loosened policy overlooked, each once with the number of its files."""
    found = Counter(said for record in report.documents for said in record["let_through"])
    if found:
        yield "Let through only because “release:” in content/campaign.yaml says so:"
    told = _Told()
    for said, count in found.items():
        if told.take(said[said.rindex("[") + 1 : -1]):
            yield f"  {said} ({_files(count)})"
    yield from told.rest()


def _group(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Each cause once, below it the pieces that it keeps out."""
    kept: dict[Problem, list[Variant]] = {}
    for outcome in outcomes:
        for problem in outcome.problems:
            kept.setdefault(problem, []).append(outcome.variant)
    told = _Told()
    for problem, variants in kept.items():
        if told.take(problem.code):
            yield f"  {problem}"
            yield from (f"    {line}" for line in _name_pieces(variants))
    yield from told.rest()


class _Told:
    """Counts causes by their code."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def take(self, code: str) -> bool:
        """Whether one more cause of this code is to be told."""
        self._counts[code] += 1
        return self._counts[code] <= MOST_ALIKE

    def rest(self) -> Iterator[str]:
        """How many were not told."""
        for code, count in self._counts.items():
            if count > MOST_ALIKE:
                more = f"{count - MOST_ALIKE} more causes like these [{code}]"
                yield f"  and {more}: {MANIFEST} tells all of them."


def _name_pieces(variants: Iterable[Variant]) -> Iterator[str]:
    """The files by piece: ``pl/parents-a4-poster.pdf: office, press, web``."""
    pieces: dict[str, list[str]] = {}
    for variant in variants:
        edition, _, rest = variant.file.partition("/")
        pieces.setdefault(rest, []).append(edition)
    if len(pieces) <= MOST_PIECES:
        yield from (f"{piece}: {', '.join(editions)}" for piece, editions in pieces.items())
        return
    yield f"{_files(sum(map(len, pieces.values())))}, among them {', '.join(list(pieces)[:3])}"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
