"""Findings on a file of ours in words for those who wrote it: with their line of content, and each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handbill.checks.expected import Expected
from handbill.checks.findings import Finding
from handbill.problems import Problem


def tell_findings(findings: Iterable[Finding], file: str, expected: Expected) -> list[Problem]:
    """The findings on ``file`` as problems, in their order.

    One at a place names the line of content whose words stand there. What a check finds several
    times on one page in the words of one such line is told by its first place, with how often.
    """
    alike: dict[object, list[Problem]] = {}
    for number, finding in enumerate(findings):
        source = expected.source_at(finding.page, finding.where)
        problem = finding.to_problem(file, source)
        key = (finding.check, finding.severity, finding.page, source.partition("words from")[2])
        alike.setdefault(key if source else number, []).append(problem)
    return [
        replace(first, what=f"{first.what} It is so at {_count(len(others))} in these words.")
        if others
        else first
        for first, *others in alike.values()
    ]


def _count(more: int) -> str:
    return "one more place" if more == 1 else f"{more} more places"
