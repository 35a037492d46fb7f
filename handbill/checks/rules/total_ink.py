"""Nowhere too much ink."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    most = subject.profile.tac_percent
    for page in subject.document.pages:
        percent, at = subject.proof(page).heaviest()
        if round(percent) > most:
            yield Fault(f"The inks add up to {percent:.0f} %; {most:g} % is the most.", page.number, at)


CHECK = Check(
    "total-ink",
    Severity.WARNING,
    "The inks together stay below the limit (TAC)",
    "Too much ink does not dry: it smears and sticks to the next sheet.",
    "GWG 2022 R0026 (average over 15 mm2); print-spec 2 and 3.2 (300 % coated, 280 % uncoated)",
    "Choose a colour with less ink under the black.",
    _find,
)
