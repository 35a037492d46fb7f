"""The verb ``check``: judges PDFs, ours or others', and says what is wrong, a line a finding."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from handbill.checks.document import Document, UnreadableError
from handbill.checks.findings import Finding
from handbill.checks.profile import load_profile, names
from handbill.checks.reading import read_out
from handbill.checks.run import UNREADABLE, check_foreign, unreadable
from handbill.problems import InputError, Place, Problem, Severity

OK, FAULTS, WRONG = 0, 1, 2
UNTAGGED = Finding(
    "tags",
    Severity.ERROR,
    "The file is not tagged: screen readers guess what to read, and in which order.",
    "Export it again as tagged PDF (PDF/UA).",
    "ISO 14289-1, 7.1",
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise InputError(Problem("command/arguments", f"{message[:1].upper()}{message[1:]}.", "See --help."))


def check(arguments: Sequence[str], root: Path, out: TextIO, err: TextIO) -> int:
    """Checks the files named in ``arguments``; file names count from the current folder.

    Findings go to ``out``. Returns 0 if no file has an error, 1 if one has, 2 if a file cannot be
    opened. Raises InputError for a command that is wrong. ``root`` is the project's folder; files
    inside it are named from there.
    """
    parser = _Parser(
        prog="make_pdfs.py check", description="Check PDF files, ours or others'.", allow_abbrev=False
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--profile", metavar="NAME", help=f"{', '.join(names())}; otherwise guessed from the file"
    )
    ways.add_argument(
        "--read", action="store_true", help="tell what a screen reader hears, instead of what is wrong"
    )
    options = parser.parse_args(arguments)
    if options.profile is not None:
        load_profile(options.profile)  # a wrong name is told before any file is opened
    if options.read:
        return max(_read(path, _shown(path, root), out, err) for path in options.files)
    worst = OK
    for path in options.files:
        shown = _shown(path, root)
        profile, findings = check_foreign(path, options.profile)
        unreadable = any(finding.check == UNREADABLE for finding in findings)
        for finding in findings:
            print(_line(finding, shown), file=err if unreadable else out)
        if not unreadable:
            print(_summary(findings, profile, shown), file=out)
        if unreadable:
            worst = WRONG
        elif any(finding.severity is Severity.ERROR for finding in findings):
            worst = max(worst, FAULTS)
    return worst


def _read(path: Path, shown: str, out: TextIO, err: TextIO) -> int:
    """Tells what is heard of one file; the code as for ``check``."""
    try:
        with Document(path) as document:
            lines = read_out(document)
    except UnreadableError as error:
        print(_line(unreadable(error), shown), file=err)
        return WRONG
    if not lines:
        print(_line(UNTAGGED, shown), file=out)
        return FAULTS
    for line in lines:
        print(_plain(line), file=out)
    return OK


def _shown(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)


def _line(finding: Finding, file: str) -> str:
    """One line of a report."""
    problem = finding.to_problem(file)
    assert isinstance(problem.place, Place)
    return _plain(f"{finding.severity.value}: {problem}")


def _plain(text: str) -> str:
    """What a PDF says may hold anything, so controls are left out."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _summary(findings: Sequence[Finding], profile: str, file: str) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return f"{file}: nothing found (profile {profile})"
    counts = [
        f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n
    ]
    return f"{file}: {', '.join(counts)} (profile {profile})"
