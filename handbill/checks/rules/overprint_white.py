"""White is never set to overprint."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Picture, Words
from handbill.checks.subject import Subject
from handbill.checks.tally import tally
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    white = (
        (page, "words" if isinstance(mark, Words) else "shapes", mark.box.middle if mark.box else None)
        for page, mark in subject.printed()
        if not isinstance(mark, Picture)
        and mark.ink.overprint
        and mark.ink.colour.is_white
        and not (isinstance(mark, Words) and not mark.inked)
    )
    for number, kind, at, others in tally(white):
        severity = Severity.ERROR if kind == "words" else Severity.WARNING
        yield Fault(f"White {kind} are set to overprint and will not be seen{others}.", number, at, severity)


CHECK = Check(
    "overprint-white",
    Severity.ERROR,
    "Nothing white overprints",
    "White that overprints is no ink over other inks: the words vanish, though the screen shows them.",
    "GWG 2015 and 2022 (white overprint: text error, paths warning)",
    "Take overprint off for everything white.",
    _find,
)
