"""Orders for the tests of job sheets: records as the manifest has them, layouts and a printer."""

from __future__ import annotations

import hashlib

from handbill.jobs.job import collect_job_sheet

AUDIENCES = {"parents": "Parents and carers", "young-people": "Young people"}
TITLES = {
    "en": {"parents": "Your child seems different", "young-people": "Does it feel right?"},
    "ur": {"parents": "آپ کا بچہ بدلا بدلا لگتا ہے", "young-people": "کیا یہ ٹھیک لگتا ہے؟"},
}


def record(language, audience, layout, **changes):
    """The record of a press file; its checksum is that of its name."""
    leaflet = layout == "dl-roll-fold"
    file = f"press/{language}/{audience}-{layout}.pdf"
    made = {
        "file": file,
        "audience": audience,
        "language": language,
        "layout": layout,
        "titles": {language: TITLES[language][audience]},
        "code": f"NOTICE-{audience[0].upper()}-{'L' if leaflet else 'A4'}",
        "pages": 2 if leaflet else 1,
        "bleed_mm": 3.0,
        "standard": "PDF/X-4",
        "state": "source" if language == "en" else "draft",
        "qr": ["https://example.org"] if audience == "young-people" else [],
        "tabs": 5 if layout == "tear-off-poster" else 0,
        "unfinished": [],
        "version": "1.0",
        "sha256": hashlib.sha256(file.encode()).hexdigest(),
    }
    return made | changes


def records(language, **changes):
    return [
        record(language, audience, layout, **changes)
        for audience in AUDIENCES
        for layout in ("a4-poster", "dl-roll-fold")
    ]


def specs(workshop, printer="upload"):
    """The layouts as this printer folds them."""
    profile = workshop.design.printers[printer]
    return {name: layout.adapted(profile).spec for name, layout in workshop.design.layouts.items()}


def order(workshop, given, language, printer="upload", **changes):
    """The job sheet of these records."""
    return collect_job_sheet(
        given,
        specs(workshop, printer) | changes.pop("layouts", {}),
        workshop.campaign.tongue(language),
        changes.pop("profile", workshop.design.printers[printer]),
        campaign="Notice",
        version="1.0",
        audiences=AUDIENCES,
        **changes,
    )
