"""Build: variants to whole files, on all cores, with a manifest of what was made and what was not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import Any

from handbill.checks.profile import load_profile
from handbill.checks.run import check_file
from handbill.checks.telling import tell_findings
from handbill.files import prepare, remove, write_whole
from handbill.gallery.album import Pictured, draw_missing, draw_piece, find_pictured, keep_pictures
from handbill.gallery.page import write_gallery
from handbill.plan import SCREEN, Selection, Variant, plan
from handbill.problems import PieceError, Problem, Severity, StoppedError
from handbill.slides import draw_slide
from handbill.workshop import Made, Workshop

MANIFEST = "manifest.json"
JOB_SHEET = "job-sheet"
"""What goes with an order to the printer lies under this name beside the files, as PDF and as text."""

RECORD_KEYS = {
    *("file", "audience", "language", "layout", "edition", "printer", "title", "titles", "code", "version"),
    *("pages", "trim_mm", "bleed_mm", "fold", "flat", "tabs", "sheet", "standard"),
    *("picture_file", "state", "unfinished", "qr", "pictures", "sha256"),
}
"""What a record of an earlier manifest must tell to be of use to this build."""

NOT_BUILT_KEYS = ("file", "audience", "language", "layout", "edition", "printer", "site")
"""What the manifest tells of a variant that could not be made, beside the reasons."""

_workshop: Workshop | None = None
"""One workshop a worker process: faces and shaped words are worth keeping between pieces."""


@dataclass(frozen=True)
class Outcome:
    """What came of one variant: its manifest record, or the problems that kept it out."""

    variant: Variant
    record: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The job sheet of a folder of press files: its manifest record, or the problems that kept it out."""

    folder: str
    record: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Report:
    """What came of a build. ``removed`` are files of earlier builds that no longer hold."""

    documents: tuple[dict[str, Any], ...]
    not_built: tuple[Outcome, ...]
    removed: tuple[str, ...]
    sheets: tuple[Sheet, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 all good, 1 something was kept out (DESIGN.md, "Command line")."""
        return 1 if self.not_built or any(sheet.problems for sheet in self.sheets) else 0


def build(
    workshop: Workshop,
    variants: list[Variant],
    output: Path,
    jobs: int,
    kept_back: Sequence[Outcome] = (),
    let_through: Mapping[str, Sequence[Problem]] | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> Report:
    """Make ``variants`` into ``output`` with ``jobs`` processes; ``tell`` hears of each as it ends.

    ``kept_back`` are variants that were asked for but may not be made (not approved, say).
    ``let_through`` tells, in a release, what only a loosened policy overlooks in a file; it is None
    in any other build, which holds files to nothing.

    A variant that cannot be made is left out, and a file of it from an earlier build is removed:
    what lies in the folder is right. Raises InputError if the folder cannot be written to.
    """
    prepare(output)
    asked = [*variants, *(outcome.variant for outcome in kept_back)]
    untouched = _untouched(_read_manifest(output / MANIFEST).get("documents"), asked, output)
    outcomes: list[Outcome] = list(kept_back)
    for outcome in _run(workshop, variants, output, jobs, find_pictured(untouched, output)):
        if outcome.record is not None and let_through is not None:
            overlooked = [str(problem) for problem in let_through.get(outcome.variant.file, ())]
            outcome = replace(outcome, record={**outcome.record, "release": True, "let_through": overlooked})
        outcomes.append(outcome)
        tell(outcome)
    return settle(workshop, outcomes, output)


def settle(workshop: Workshop, outcomes: Sequence[Outcome], output: Path) -> Report:
    """Bring the output folder in line with what came of its variants: earlier files that no longer
    hold are removed, the job sheets, the manifest and the gallery written anew.

    Raises StoppedError if the folder cannot be written to.
    """
    outcomes = sorted(outcomes, key=lambda outcome: outcome.variant)
    removed = []
    for outcome in outcomes:
        stale = output / outcome.variant.file
        if outcome.record is None and stale.exists():
            _remove_document(output, outcome.variant.file)
            removed.append(outcome.variant.file)
    documents = tuple(outcome.record for outcome in outcomes if outcome.record is not None)
    asked = [outcome.variant for outcome in outcomes]
    before = _read_manifest(output / MANIFEST)
    untouched = _untouched(before.get("documents"), asked, output)
    # A layout, a site, a printer or a pattern of names that is gone has left files behind that
    # nothing holds to the content any more.
    selection = Selection(printers=tuple(workshop.design.printers))
    ours = {variant.file for variant in plan(workshop.campaign, workshop.design, selection)}
    for record in untouched:
        if record["file"] not in ours:
            _remove_document(output, record["file"])
            removed.append(record["file"])
    everything = [*(record for record in untouched if record["file"] in ours), *documents]
    sheets = tuple(_write_job_sheets(workshop, everything, asked, output))
    report = Report(
        documents, tuple(outcome for outcome in outcomes if outcome.record is None), tuple(removed), sheets
    )
    draw_missing(documents, untouched, output)
    keep_pictures(everything, output)
    manifest = _write_manifest(workshop, report, everything, before, ours, output)
    write_gallery(output, manifest, workshop.campaign, workshop.design)
    return report


def _run(
    workshop: Workshop, variants: list[Variant], output: Path, jobs: int, pictured: Pictured
) -> Iterator[Outcome]:
    # The editions of a piece share its composition; neighbouring pieces share a language, so that a
    # worker meets words it has shaped before.
    variants = sorted(variants, key=lambda variant: variant.piece)
    if jobs <= 1 or len(variants) <= 1:
        for piece in _pieces(variants):
            yield from make_piece(workshop, piece, output, pictured)
        return
    chunks = _chunks(variants, jobs)
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_open_workshop, initargs=(workshop.root,)) as pool:
        waiting = {pool.submit(_make_chunk, chunk, output, pictured): chunk for chunk in chunks}
        for done in as_completed(waiting):
            try:
                yield from done.result()
            except BrokenProcessPool:
                raise StoppedError(
                    Problem(
                        "build/worker-lost",
                        "A working process was ended from outside, most often for want of memory.",
                        "Run the command again with --jobs 1.",
                    )
                ) from None


def _chunks(variants: list[Variant], jobs: int) -> list[list[Variant]]:
    """The variants, sorted by piece, in portions for the workers: whole pieces, and several portions a
    worker, so that none idles long at the end."""
    pieces = _pieces(variants)
    size = max(1, -(-len(pieces) // (jobs * 4)))
    return [
        [variant for piece in pieces[start : start + size] for variant in piece]
        for start in range(0, len(pieces), size)
    ]


def _pieces(variants: list[Variant]) -> list[list[Variant]]:
    """The variants, sorted by piece, by piece."""
    return [list(group) for _, group in groupby(variants, lambda variant: variant.piece)]


def _open_workshop(root: Path) -> None:
    global _workshop
    _workshop = Workshop(root)


def _make_chunk(variants: list[Variant], output: Path, pictured: Pictured) -> list[Outcome]:
    assert _workshop is not None
    return [
        outcome for piece in _pieces(variants) for outcome in make_piece(_workshop, piece, output, pictured)
    ]


def make_piece(
    workshop: Workshop, variants: list[Variant], output: Path, pictured: Pictured
) -> list[Outcome]:
    """Make the variants of one piece, and draw its pictures for the gallery."""
    outcomes = [make_file(workshop, variant, output) for variant in variants]
    made = [outcome.record for outcome in outcomes if outcome.record is not None]
    draw_piece(made, pictured.get(variants[0].piece), output)
    return outcomes


def make_file(workshop: Workshop, variant: Variant, output: Path) -> Outcome:
    """Make one variant, judge the finished file, and put it in place whole if it is good."""
    findings: list[Problem] = []
    digests: dict[str, str] = {}

    def look(path: Path) -> None:
        """Judge the file before it gets its name; its picture goes in place first, so that no slide
        lies without the picture of its present words."""
        findings.extend(_judge(path, made))
        if variant.edition == SCREEN:
            picture = draw_slide(path)
            write_whole(output / variant.picture, picture)
            digests["picture_sha256"] = hashlib.sha256(picture).hexdigest()

    try:
        made = workshop.make(variant)
        write_whole(output / variant.file, made.data, look)
    except PieceError as error:
        return Outcome(variant, None, error.problems)
    record = {
        **made.record,
        **digests,
        "problems": [*made.record["problems"], *(str(finding) for finding in findings)],
        "pictures": [],
        "release": False,
        "let_through": [],
        "sha256": hashlib.sha256(made.data).hexdigest(),
    }
    return Outcome(variant, record)


def _judge(path: Path, made: Made) -> list[Problem]:
    """What readers that had no part in making the file find in it, warnings only; where words are
    at fault or next to it, with the line of content that they come from.

    Raises PieceError with every finding if one is grave: such a file does not leave.
    """
    findings = check_file(path, made.profile, made.expected)
    problems = tell_findings(findings, made.variant.file, made.expected)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise PieceError(problems)
    return problems


def _remove_document(output: Path, file: str) -> None:
    """Take a file away, with the picture beside it if it is a slide's."""
    if PurePosixPath(file).parts[0] == SCREEN:
        remove(output / PurePosixPath(file).with_suffix(".png"))
    remove(output / file)


def _write_job_sheets(
    workshop: Workshop, documents: list[dict[str, Any]], variants: list[Variant], output: Path
) -> Iterator[Sheet]:
    """A job sheet for each folder of press files that this build touched, over all that lies in it in
    the words' present version: nobody should order an older one."""
    folders = {variant.place: variant for variant in variants if variant.edition == "press"}
    for folder, variant in sorted(folders.items()):
        records = [
            record
            for record in documents
            if record["edition"] == "press"
            and str(PurePosixPath(record["file"]).parent) == folder
            and record["version"] == workshop.campaign.version
        ]
        sheet = _write_job_sheet(workshop, variant, records, output)
        if sheet is not None:
            yield sheet


def _write_job_sheet(
    workshop: Workshop, variant: Variant, records: list[dict[str, Any]], output: Path
) -> Sheet | None:
    """The job sheet over ``records`` in the variant's folder; None, and no files, where there are none."""
    folder = variant.place
    pdf, text = (f"{folder}/{JOB_SHEET}{ending}" for ending in (".pdf", ".txt"))
    problems: tuple[Problem, ...] = ()
    try:
        made = workshop.make_job_sheet(variant, records)
        if made is not None:
            write_whole(output / pdf, made[0], partial(_judge_job_sheet, pdf))
            write_whole(output / text, made[1].encode("utf-8"))
            record = {
                "file": pdf,
                "text": text,
                "language": variant.language,
                "site": variant.site,
                "printer": variant.printer,
                "sha256": hashlib.sha256(made[0]).hexdigest(),
            }
            return Sheet(folder, record)
    except PieceError as error:
        problems = error.problems
    for name in (pdf, text):
        remove(output / name)
    return Sheet(folder, None, problems) if problems else None


def _judge_job_sheet(file: str, path: Path) -> None:
    """Raises PieceError if the finished sheet has a grave fault."""
    problems = [finding.to_problem(file) for finding in check_file(path, load_profile("office"))]
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise PieceError(problems)


def _untouched(
    records: list[dict[str, Any]] | None, variants: list[Variant], output: Path
) -> list[dict[str, Any]]:
    """Documents of an earlier manifest that this build did not touch, if their files are as they were.

    A narrowed build must not make the manifest forget what lies in the folder. A manifest of an
    earlier Handbill, whose records tell less, is no longer ours.
    """
    touched = {variant.file for variant in variants}
    return [
        record
        for record in records or ()
        if record["file"] not in touched and record.keys() >= RECORD_KEYS and _is_whole(record, output)
    ]


def _is_whole(record: dict[str, Any], output: Path) -> bool:
    """Whether a document lies in the folder as it was made, with the picture of a slide."""
    picture = record.get("picture_file")
    return _matches(output / record["file"], record.get("sha256")) and (
        not picture or _matches(output / picture, record.get("picture_sha256"))
    )


def _write_manifest(
    workshop: Workshop,
    report: Report,
    documents: list[dict[str, Any]],
    before: dict[str, list[dict[str, Any]]],
    ours: set[str],
    output: Path,
) -> dict[str, Any]:
    """Write, and give, the manifest of everything that lies in the folder, made now or before.

    What an earlier build could not make stays on record until it is asked for again; ``ours`` are
    the files that the content calls for.
    """
    folders = {sheet.folder for sheet in report.sheets}
    kept = [
        record
        for record in before.get("job_sheets", ())
        if str(PurePosixPath(record["file"]).parent) not in folders
        and _matches(output / record["file"], record.get("sha256"))
    ]
    pressed = {str(PurePosixPath(record["file"]).parent) for record in documents}
    for record in [record for record in kept if str(PurePosixPath(record["file"]).parent) not in pressed]:
        kept.remove(record)  # all that it ordered is gone
        for name in (record["file"], record["text"]):
            remove(output / name)
    sheets = [*kept, *(sheet.record for sheet in report.sheets if sheet.record is not None)]
    told = {record["file"] for record in documents} | {outcome.variant.file for outcome in report.not_built}
    missing = [
        record
        for record in before.get("not_built", ())
        if record["file"] in ours
        and record["file"] not in told
        and record.keys() >= {*NOT_BUILT_KEYS, "because"}
    ]
    manifest: dict[str, Any] = {
        "campaign": workshop.campaign.id,
        "version": workshop.campaign.version,
        "documents": sorted(documents, key=_by_file),
        "job_sheets": sorted(sheets, key=_by_file),
        "not_built": sorted([*missing, *map(_tell_not_built, report.not_built)], key=_by_file),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    write_whole(output / MANIFEST, text.encode("utf-8"))
    return manifest


def _tell_not_built(outcome: Outcome) -> dict[str, Any]:
    """What could not be made, and why, for the manifest."""
    variant = outcome.variant
    return {
        **{key: getattr(variant, key) for key in NOT_BUILT_KEYS},
        "because": [str(problem) for problem in outcome.problems],
    }


def _by_file(record: dict[str, Any]) -> str:
    return str(record["file"])


def _read_manifest(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The records of an earlier manifest by their list; empty if it is missing or not ours."""
    try:
        lists = json.loads(path.read_text("utf-8"))
        return {
            name: [record for record in lists.get(name, ()) if isinstance(record.get("file"), str)]
            for name in ("documents", "job_sheets", "not_built")
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def read_fresh(output: Path) -> dict[str, str]:
    """The fingerprint that each whole file in the output folder was made with, by its name there."""
    return {
        record["file"]: record["fingerprint"]
        for record in _read_manifest(output / MANIFEST).get("documents", ())
        if isinstance(record.get("fingerprint"), str) and _is_whole(record, output)
    }


def _matches(path: Path, digest: str | None) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False
