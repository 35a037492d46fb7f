"""Problems: what is wrong, where, and what to do about it; and the exceptions that carry them.

A problem reads: place, what is wrong in plain words, what to do, [code]. Codes are stable
(``text/overset``) and each is explained in ``docs/problems.md``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """``ERROR`` keeps the file from leaving the program, ``WARNING`` asks a human to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a file (relative to the project), a line from 1, a key."""

    file: str
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where} ({self.key})" if self.key else where


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``what`` and ``remedy`` are full sentences in words that a receptionist knows; ``code`` is
    ``area/name``; ``place`` is None only where there is no file to point at.
    """

    code: str
    what: str
    remedy: str = ""
    place: Place | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        tail = f" {self.remedy}" if self.remedy else ""
        return f"{head}{self.what}{tail} [{self.code}]"


class HandbillError(Exception):
    """Something that the user can mend. Carries one or more problems."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[HandbillError], tuple[tuple[Problem, ...]]]:
        return (type(self), (self.problems,))


class InputError(HandbillError):
    """The command, the content or a layout is wrong: nothing is written, exit code 2."""


class PieceError(HandbillError):
    """One piece cannot be made in one language: it is not built, the others are, exit code 1."""


class StoppedError(HandbillError):
    """A build had to stop half-way: what was made is whole and stays, exit code 1."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``, or None when nothing is close."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return found[0] if found else None


MOST_LISTED = 16
"""Names that a remedy lists: there are dozens of blocks, and nobody reads dozens of names."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A remedy sentence for an unknown name: the nearest known one, or those that there are."""
    names = sorted(known)
    close = nearest(name, names)
    if close:
        return f"Did you mean “{close}”?"
    if not names:
        return "There is none to choose from."
    more = len(names) - MOST_LISTED
    return f"Known: {', '.join(names[:MOST_LISTED])}{f' and {more} more' if more > 0 else ''}."
