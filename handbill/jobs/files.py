"""The two files of a job sheet, for the build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.tongues import Tongue
from handbill.design.layouts import LayoutFile
from handbill.design.printers import Printer
from handbill.design.theme import Theme
from handbill.jobs.job import JobSheet, collect_job_sheet
from handbill.jobs.setting import Setter
from handbill.jobs.sheet import compose_sheet
from handbill.jobs.text import write_text
from handbill.text.faces import Library
from handbill.text.model import Script
from handbill.writers.pdf import PdfOptions, write_pdf


def job_sheet_files(
    records: Sequence[Mapping[str, Any]],
    layouts: Mapping[str, LayoutFile],
    tongue: Tongue,
    printer: Printer,
    *,
    campaign: str,
    version: str,
    audiences: Mapping[str, str],
    site: str | None,
    library: Library,
    scripts: Mapping[str, Script],
    theme: Theme,
    date: datetime,
) -> tuple[bytes, str] | None:
    """The job sheet of one folder as a PDF/UA-1 file and as text, None where the folder has no files.

    The first arguments are those of `collect_job_sheet`. ``scripts`` are those of all languages by tag;
    ``date`` is the document's.
    """
    sheet = collect_job_sheet(
        records,
        layouts,
        tongue,
        printer,
        campaign=campaign,
        version=version,
        audiences=audiences,
        site=site,
    )
    if sheet is None:
        return None
    return write_sheet(sheet, library, scripts, theme, date), write_text(sheet)


def write_sheet(
    sheet: JobSheet, library: Library, scripts: Mapping[str, Script], theme: Theme, date: datetime
) -> bytes:
    """The sheet as a PDF/UA-1 file in sRGB: what an office printer takes (print-spec 3.6)."""
    english = scripts[SOURCE_LANGUAGE]
    setter = Setter(library, english, scripts, night=theme.inks["night"], pale=theme.inks["mist"])
    options = PdfOptions(date=date, standard="PDF/UA-1", colour="rgb")
    return write_pdf(compose_sheet(sheet, setter), library, options)
