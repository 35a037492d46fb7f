"""Jobs: what is ordered, told from the manifest's records, the layouts and the printer's profile.

A job is all files of one layout: they are printed, cut and folded alike. The sheet says of them
what a printer asks (print-spec 3), in words and numbers that the PDF and the plain text share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from handbill.campaign.tongues import Tongue
from handbill.design.layouts import LayoutFile
from handbill.design.panels import PanelSpec, SideSpec
from handbill.design.printers import Printer
from handbill.jobs.folds import FOLDS, Fold

CREASE_ABOVE_GSM = 150
"""Heavier paper cracks in a fold that is not creased first (print-spec 3.2)."""

STATES = {
    "source": "English original, not yet approved",
    "draft": "translation, not yet reviewed or approved",
    "reviewed": "translation, reviewed but not yet approved",
    "approved": "Approved",
}
"""What a record's state means, for those who do not know the campaign."""

CONDITIONS = {
    "FOGRA39": "FOGRA39 coated",
    "FOGRA47": "FOGRA47 uncoated",
}
"""Print conditions in words (print-spec 3.2)."""

GROUP = 8
"""Letters of a checksum in a group: few enough for the eye, too many for one of a telephone number."""


@dataclass(frozen=True)
class PanelPlan:
    """A panel as printed. ``step`` is its place in the order of reading, from 1."""

    name: str
    width_mm: float
    step: int
    front: bool
    tucked: bool


@dataclass(frozen=True)
class MovePlan:
    """A fold on a side as printed: the panel that moves and the one that it covers, from the left."""

    start: int
    end: int
    turn: int


@dataclass(frozen=True)
class SidePlan:
    """A side as printed, its panels from left to right; ``page`` counts from 1."""

    name: str
    page: int
    panels: tuple[PanelPlan, ...]
    moves: tuple[MovePlan, ...]

    @property
    def folds_mm(self) -> tuple[float, ...]:
        """Where the folds lie, from the left edge."""
        at = 0.0
        found = []
        for panel in self.panels[:-1]:
            at += panel.width_mm
            found.append(at)
        return tuple(found)


@dataclass(frozen=True)
class JobFile:
    """A file of a job. ``titles`` are its titles by language; ``tabs`` counts its tear-off tabs, ``codes``
    its QR codes; ``unfinished`` says what is still to be filled in or checked."""

    name: str
    audience: str
    titles: tuple[tuple[str, str], ...]
    code: str
    state: str
    pages: int
    sha256: str
    tabs: int
    codes: int
    unfinished: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """True unless a named person has approved the words and nothing is left to fill in."""
        return self.state != "approved" or bool(self.unfinished)

    @property
    def state_words(self) -> str:
        """The state in plain words."""
        if not self.is_draft:
            return STATES[self.state]
        unfinished = f" ({', '.join(self.unfinished)})" if self.unfinished else ""
        return f"DRAFT: {STATES[self.state]}{unfinished}"

    @property
    def digest(self) -> tuple[str, str]:
        """The whole checksum in two halves, in groups that can be compared by eye."""
        groups = [self.sha256[at : at + GROUP] for at in range(0, len(self.sha256), GROUP)]
        half = len(groups) // 2
        return " ".join(groups[:half]), " ".join(groups[half:])


@dataclass(frozen=True)
class Job:
    """All files of one layout. ``facts`` are what a printer asks, as label and value, in his order."""

    layout: str
    name: str
    flat_mm: tuple[float, float]
    finished_mm: tuple[float, float]
    fold: str
    rtl: bool
    sides: tuple[SidePlan, ...]
    facts: tuple[tuple[str, str], ...]
    files: tuple[JobFile, ...]
    tab_height_mm: float

    @property
    def is_folded(self) -> bool:
        """Whether the sheet is folded at all."""
        return self.fold != "none"

    @property
    def opens_to(self) -> str:
        """The side to which the front turns when it is opened; the spine is on that side."""
        return "RIGHT" if self.rtl else "left"

    @property
    def tabs(self) -> int:
        """The most tear-off tabs that a file has."""
        return max(file.tabs for file in self.files)


@dataclass(frozen=True)
class JobSheet:
    """One folder of press files. ``folder`` is relative to the output folder; ``checks`` are what to look at
    on the proof."""

    campaign: str
    version: str
    tongue: Tongue
    site: str | None
    folder: str
    printer: str
    jobs: tuple[Job, ...]
    checks: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of the files or both, in English."""
        return self.tongue.name

    @property
    def rtl(self) -> bool:
        """Whether what is folded opens to the right."""
        return self.tongue.rtl

    @property
    def files(self) -> tuple[JobFile, ...]:
        """All files."""
        return tuple(file for job in self.jobs for file in job.files)

    @property
    def warning(self) -> tuple[str, str] | None:
        """What keeps files from the press, in capitals and in a sentence; None if all are approved."""
        drafts, count = sum(file.is_draft for file in self.files), len(self.files)
        if not drafts:
            return None
        if drafts == count:
            return (
                "DRAFT: NOT TO BE PRINTED",
                "These files are not approved and finished yet. They are for a quotation or a proof only.",
            )
        return (
            f"{drafts} OF {count} FILES {'IS A DRAFT' if drafts == 1 else 'ARE DRAFTS'}: NOT TO BE PRINTED",
            "Those marked DRAFT are not approved and finished yet. They are for a quotation or a proof only.",
        )


def collect_job_sheet(
    records: Sequence[Mapping[str, Any]],
    layouts: Mapping[str, LayoutFile],
    tongue: Tongue,
    printer: Printer,
    *,
    campaign: str,
    version: str,
    audiences: Mapping[str, str],
    site: str | None = None,
) -> JobSheet | None:
    """The job sheet of one folder of press files, None where there are none.

    ``records`` are the manifest's (workshop.py); ``layouts`` by id, their panels as wide as the
    printer folds them; ``audiences`` says in English who each audience is; ``site`` is the local
    site's name. Records of several folders are a fault of the caller: ValueError.
    """
    if not records:
        return None
    folders = {str(PurePosixPath(record["file"]).parent) for record in records}
    tags = {record["language"] for record in records}
    if len(folders) != 1 or len(tags) != 1:
        raise ValueError(f"a job sheet is for one folder and language, not {sorted(folders)}, {sorted(tags)}")
    by_layout: dict[str, list[Mapping[str, Any]]] = {}
    for record in sorted(records, key=lambda record: str(record["file"])):
        by_layout.setdefault(record["layout"], []).append(record)
    order = sorted(by_layout, key=lambda name: (layouts[name].fold == "none", name))
    jobs = tuple(_job(layouts[name], by_layout[name], printer, tongue, audiences=audiences) for name in order)
    return JobSheet(
        campaign=campaign,
        version=version,
        tongue=tongue,
        site=site,
        folder=folders.pop(),
        printer=printer.name,
        jobs=jobs,
        checks=tuple(_checks(jobs, tongue, version)),
    )


def _job(
    spec: LayoutFile,
    records: Sequence[Mapping[str, Any]],
    printer: Printer,
    tongue: Tongue,
    *,
    audiences: Mapping[str, str],
) -> Job:
    fold = FOLDS[spec.fold]
    sides = plan_sides(spec, tongue)
    # Folded flat, panels lie on each other: the widest is what is seen.
    widest = max(panel.width_mm for panel in sides[0].panels)
    finished = (widest, spec.trim[1]) if spec.fold != "none" else spec.trim
    files = tuple(_file(record, audiences) for record in records)
    job = Job(
        spec.layout, spec.name, spec.trim, finished, spec.fold, tongue.rtl, sides, (), files, spec.tab_height
    )
    return replace(job, facts=tuple(_facts(job, spec, fold, records[0], printer, tongue)))


def plan_sides(spec: LayoutFile, tongue: Tongue) -> tuple[SidePlan, ...]:
    """The sides of a layout as printed: for a right-to-left language panels stand in the opposite order.
    The panels of a bilingual layout are called by what they hold and in which language.
    """
    fold = FOLDS[spec.fold]
    return tuple(_side(spec, number, fold, tongue) for number in range(len(spec.sides)))


def _side(spec: LayoutFile, number: int, fold: Fold, tongue: Tongue) -> SidePlan:
    side: SideSpec = spec.sides[number]
    first, rtl = number == 0, tongue.rtl
    panels = [
        PanelPlan(
            name=_name(panel, tongue),
            width_mm=panel.width,
            step=spec.reading.index(panel.name) + 1,
            front=first and index == fold.front,
            tucked=first and index == fold.tucked,
        )
        for index, panel in enumerate(side.panels)
    ]
    last = len(panels) - 1
    moves = tuple(
        MovePlan(last - move.start, last - move.end, turn) if rtl else MovePlan(move.start, move.end, turn)
        for turn, move in enumerate(fold.moves, 1)
        if move.side == number
    )
    return SidePlan(
        side.name.capitalize(), number + 1, tuple(reversed(panels)) if rtl else tuple(panels), moves
    )


def _name(panel: PanelSpec, tongue: Tongue) -> str:
    name = (panel.like or panel.name).replace("-", " ").capitalize()
    return f"{name}, {tongue.languages[panel.like is not None].name}" if tongue.is_pair else name


def _file(record: Mapping[str, Any], audiences: Mapping[str, str]) -> JobFile:
    return JobFile(
        name=PurePosixPath(record["file"]).name,
        audience=audiences[record["audience"]],
        titles=tuple(record["titles"].items()),
        code=record["code"],
        state=record["state"],
        pages=record["pages"],
        sha256=record["sha256"],
        tabs=record["tabs"],
        codes=len(record["qr"]),
        unfinished=tuple(record["unfinished"]),
    )


def _facts(
    job: Job,
    spec: LayoutFile,
    fold: Fold,
    record: Mapping[str, Any],
    printer: Printer,
    tongue: Tongue,
) -> Iterable[tuple[str, str]]:
    bleed: float = record["bleed_mm"]
    yield "Finished size", f"{size(job.finished_mm)}{', folded' if job.is_folded else ''}"
    if job.is_folded:
        yield "Flat size", size(job.flat_mm)
    yield (
        "With bleed",
        f"{size((job.flat_mm[0] + 2 * bleed, job.flat_mm[1] + 2 * bleed))} ({bleed:g} mm all round)",
    )
    yield "Marks", _marks(job, printer)
    if len(job.sides) == 2:
        yield "Print", "2 sides, 4/4 CMYK, head to head"
    else:
        yield "Print", "1 side, 4/0 CMYK, back blank"
    yield "Colour", f"{CONDITIONS[printer.condition]}, no spot inks"
    yield "Files", f"{record['standard']}, {_pages(len(job.sides))}, ink up to {printer.tac_percent:g} %"
    stock = printer.stock.get(spec.piece)
    yield "Paper", stock or "as agreed with the printer"
    if job.is_folded:
        if not re.search("creas", stock or "", re.IGNORECASE):
            yield "Crease", f"before folding, above {CREASE_ABOVE_GSM} gsm"
        yield "Fold", fold.words
        yield "Folds at", _folds_at(job.sides[0])
        yield from (("Goes inside", _inside(panel)) for panel in job.sides[0].panels if panel.tucked)
    if job.tabs:
        yield "Tear-off tabs", _tabs(job)
    if job.is_folded:
        yield "Opens", _opens(job)
    if spec.is_bilingual:
        yield "Two covers", _covers(tongue)


def _marks(job: Job, printer: Printer) -> str:
    """What stands outside the bleed: the page of the file is larger by its room."""
    marks = f"crop {'and fold ' if job.is_folded else ''}marks" if printer.marks else ""
    outside = " and ".join(filter(None, (marks, "a line of text" if printer.slug else "")))
    return f"{outside}, outside the bleed" if outside else "none, the page ends with the bleed"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _folds_at(side: SidePlan) -> str:
    at = " and ".join(f"{fold:g}" for fold in side.folds_mm)
    return f"{at} mm, {side.name.lower()}, from the left"


def _inside(panel: PanelPlan) -> str:
    return f"the {panel.name.lower()}, {panel.width_mm:g} mm wide, folded in first"


def _covers(tongue: Tongue) -> str:
    """Both outer panels are covers: no back is missing, and neither goes inside."""
    first, second = tongue.languages
    if first.rtl != second.rtl:
        return f"{first.name} and {second.name}, each a front to those who read it"
    return f"{first.name} is the front, {second.name} the back"


def _opens(job: Job) -> str:
    if job.rtl:
        return "to the RIGHT, spine on the right: the other way round from an English leaflet"
    return "to the left, spine on the left"


def _tabs(job: Job) -> str:
    with_tabs = [file for file in job.files if file.tabs]
    words = f"cut between the {job.tabs} tabs at the foot, up to the dashed line above them"
    if len(with_tabs) == len(job.files):
        return words
    return f"{words}, on {' and '.join(file.name for file in with_tabs)} alone"


def _checks(jobs: Sequence[Job], tongue: Tongue, version: str) -> Iterable[str]:
    """What to look at on the proof, the costliest mistakes first."""
    files = [file for job in jobs for file in job.files]
    for job in jobs:
        if not job.is_folded:
            continue
        side = "right" if job.rtl else "left"
        yield (
            f"Ask for a folded dummy of the leaflet ({size(job.finished_mm)}). With the front towards you "
            f"the spine is on the {side}, and it opens to the {job.opens_to}."
        )
        yield "Open it panel by panel: the numbers of the drawing come in turn, and no word lies in a fold."
    for language in (language for language in tongue.languages if language.rtl):
        yield (
            f"{language.name} is read from right to left: lines begin at the right edge, and lists have "
            "their marks there."
        )
    yield "Dial every telephone number on the proof; read web addresses letter by letter."
    if any(file.codes for file in files):
        yield "Scan every QR code on the printed proof with a telephone."
    if any(file.tabs for file in files):
        yield "The tabs are cut apart, and each has its whole number."
    yield "No red words in square brackets are left: they stand for a number that nobody has filled in."
    yield "Where colour runs off the sheet, no white line shows at the cut."
    yield f"The code and version {version} in the small print are those of this sheet."


def size(sides_mm: tuple[float, float]) -> str:
    """A size in words: width × height."""
    return f"{sides_mm[0]:g} × {sides_mm[1]:g} mm"
