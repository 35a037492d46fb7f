"""Runs the checks of a profile on one file."""

from __future__ import annotations

from pathlib import Path

from handbill.checks.document import Document, UnreadableError
from handbill.checks.expected import Expected
from handbill.checks.findings import Check, Fault, Finding
from handbill.checks.profile import Profile, load_profile
from handbill.checks.rules import CHECKS
from handbill.checks.subject import Subject
from handbill.problems import Severity

UNREADABLE = "file"
"""The check id of a file that cannot be opened at all; its finding is the only one."""


def check_file(path: Path, profile: Profile, expected: Expected | None = None) -> tuple[Finding, ...]:
    """All findings on the file at ``path`` by ``profile``, in the order of the checks.

    ``expected`` is what the maker of the file knows of it; without it the checks that compare are
    silent. Nothing in the file makes this raise: one that cannot be opened has one finding,
    ``file``.
    """
    try:
        document = Document(path)
    except UnreadableError as error:
        return (unreadable(error),)
    with document:
        return _check(document, profile, expected)


def check_foreign(path: Path, name: str | None) -> tuple[str, tuple[Finding, ...]]:
    """The findings on a file of unknown origin, and the profile by name that it was judged by: the
    one asked for, or the one that it seems made for."""
    try:
        document = Document(path)
    except UnreadableError as error:
        return name or "press", (unreadable(error),)
    with document:
        name = name or guess_profile(document)
        return name, _check(document, load_profile(name), None)


def guess_profile(document: Document) -> str:
    """By what a file says of itself: ``press-x1a`` for PDF/X-1a, ``office`` for one that says how it is
    to be printed, ``web`` for PDF/UA that is not also for paper; else ``press``, the strictest."""
    if document.is_x4:
        return "press"
    if document.is_x1a:
        return "press-x1a"
    if document.is_for_office:
        return "office"
    return "web" if document.is_ua else "press"


def unreadable(error: UnreadableError) -> Finding:
    """The one finding on a file that cannot be opened."""
    return Finding(UNREADABLE, Severity.ERROR, error.what, error.remedy, "ISO 32000-1, 7.5")


def _check(document: Document, profile: Profile, expected: Expected | None) -> tuple[Finding, ...]:
    subject = Subject(document, profile, expected)
    return tuple(
        _finding(check, fault, subject)
        for check in CHECKS
        if check.id in profile.checks
        for fault in _look(check, subject)
    )


def _look(check: Check, subject: Subject) -> list[Fault]:
    """What a check finds. A damaged file may raise anything anywhere, as objects are read only when
    they are asked for; that it could not be looked at is a finding too, and never a silent pass."""
    try:
        return list(check.find(subject))
    except Exception as error:
        kind = type(error).__name__
        return [
            Fault(
                f"It could not be looked at whether this holds: “{check.title}” ({kind}).",
                severity=Severity.ERROR,
                remedy="The file is damaged at some place; make or fetch it again.",
            )
        ]


def _finding(check: Check, fault: Fault, subject: Subject) -> Finding:
    where = None
    if fault.page is not None and fault.at is not None:
        where = subject.document.pages[fault.page - 1].spot(fault.at)
    usual = fault.severity or check.severity
    return Finding(
        check.id,
        subject.profile.severities.get(check.id, usual),
        fault.what,
        fault.remedy or check.proposal,
        check.source,
        fault.page,
        where,
    )
