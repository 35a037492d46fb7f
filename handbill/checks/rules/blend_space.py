"""Transparency is mixed in inks."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity

PLACES = {"page": "the page", "form": "a group on the page", "soft mask": "a soft mask"}


def _find(subject: Subject) -> Iterator[Fault]:
    for page in subject.document.pages:
        contents = page.contents
        for where, space in dict.fromkeys(contents.groups):
            allowed = ("DeviceCMYK", "DeviceGray") if where == "soft mask" else ("DeviceCMYK",)
            if space is not None and space.family not in allowed:
                yield Fault(f"Transparency of {PLACES[where]} is mixed in {space.family}.", page.number)
        see_through = contents.blends - {"/Normal", "/Compatible", ""} or any(
            mark.ink.alpha < 0.999 for mark in contents.marks
        )
        if see_through and not any(where == "page" and space for where, space in contents.groups):
            yield Fault(
                "There is transparency on the page, but nothing says in which colours it is mixed.",
                page.number,
            )


CHECK = Check(
    "blend-space",
    Severity.ERROR,
    "Transparency is mixed in CMYK",
    "Mixed in RGB, colours shift around every see-through thing; printers' checks refuse such files.",
    "GWG 2022 R0030; print-spec 0.3 and 1.3",
    "Set the transparency blend space to CMYK and export again.",
    _find,
)
