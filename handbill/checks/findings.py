"""What a check is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbill.problems import Place, Problem, Severity

if TYPE_CHECKING:
    from handbill.checks.subject import Subject


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one file.

    ``page`` counts from 1. ``where`` is in mm from the left and from the top of the trimmed page,
    None where the fault has no place. ``what`` and ``remedy`` are sentences; ``source`` says where
    the rule is written.
    """

    check: str
    severity: Severity
    what: str
    remedy: str
    source: str
    page: int | None = None
    where: tuple[float, float] | None = None

    @property
    def spot(self) -> str:
        """Page and place in words, "" for a fault of the whole file."""
        if self.page is None:
            return ""
        if self.where is None:
            return f"page {self.page}"
        return f"page {self.page}, {self.where[0]:.0f} mm from the left, {self.where[1]:.0f} mm from the top"

    def to_problem(self, file: str, source: str = "") -> Problem:
        """The finding as the rest of Handbill speaks of faults; its code is ``check/<id>``.

        ``source`` is a sentence that says from where in content/ the words come, if that is known.
        """
        return Problem(
            f"check/{self.check}",
            f"{self.what} {source}".rstrip(),
            self.remedy,
            Place(file, key=self.spot or None),
            self.severity,
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for.

    ``severity`` holds unless a profile says otherwise. ``rationale`` tells whom the fault hurts,
    ``source`` where the rule is written, ``proposal`` what to do about it. ``find`` takes the
    subject and yields findings.
    """

    id: str
    severity: Severity
    title: str
    rationale: str
    source: str
    proposal: str
    find: Callable[[Subject], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check's ``find`` yields; ``run`` makes a Finding of it.

    ``at`` is in points on the page of the file. ``severity`` and ``remedy`` stand in for those of
    the check where one fault is graver, or mended otherwise, than the others.
    """

    what: str
    page: int | None = None
    at: tuple[float, float] | None = None
    severity: Severity | None = None
    remedy: str | None = None
