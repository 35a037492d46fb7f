"""The command line: arguments, progress, summary, exit codes.

Exit codes: 0 all good; 1 built, but something was kept out (each named); 2 the command or the
content is wrong and nothing was written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from handbill import __version__
from handbill.arguments import Parser, add_name, add_selection, selection_of
from handbill.build import Outcome, build
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.tongues import weaker_state
from handbill.checks.command import check
from handbill.plan import Variant, plan
from handbill.preview.command import preview
from handbill.problems import HandbillError, Problem, StoppedError
from handbill.summary import summarise
from handbill.survey.command import report_fit
from handbill.translation.command import translate
from handbill.workshop import Workshop

OK, KEPT_OUT, WRONG = 0, 1, 2


def main(arguments: Sequence[str], root: Path) -> int:
    """Run the command in the project at ``root``; returns the exit code."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        if arguments and arguments[0] == "check":
            return check(arguments[1:], root, sys.stdout, sys.stderr)
        if arguments and arguments[0] == "preview":
            return preview(arguments[1:], root, sys.stdout)
        if arguments and arguments[0] == "fit":
            return report_fit(arguments[1:], root, sys.stdout)
        if arguments and arguments[0] == "translations":
            return translate(arguments[1:], root, sys.stdout)
        return _build(arguments, root)
    except HandbillError as error:
        for problem in error.problems:
            errors.print(escape(str(problem)))
        if isinstance(error, StoppedError):
            errors.print("Stopped half-way. The files that are there are whole.")
            return KEPT_OUT
        if not (arguments and arguments[0] == "check"):
            errors.print("Nothing was written.")
        return WRONG
    except BrokenPipeError:
        # Whoever reads the output has read enough, as “head” does; what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        errors.print("Stopped. The files that are there are whole.")
        return 130


def _build(arguments: Sequence[str], root: Path) -> int:
    options = _build_parser().parse_args(arguments)
    workshop = Workshop(root)
    variants = plan(workshop.campaign, workshop.design, selection_of(options))
    out = Console(highlight=False, soft_wrap=True)
    if options.list:
        _list(workshop, variants, out)
        return OK
    output = options.output if options.output is not None else root / "output"
    return _build_all(workshop, variants, output, options.jobs, options.release, out)


def _build_parser() -> Parser:
    parser = Parser(
        prog="make_pdfs.py",
        description="Make the campaign's leaflets and posters as PDF files. Without options: all of them.",
        epilog="Further commands: preview (make and show what you save); check FILE... (judge PDF files); "
        "fit (how full the pieces are); "
        "translations VERB (what translators work with).",
        allow_abbrev=False,
    )
    add_selection(parser)
    add_name(
        parser, "printer", "press files for this kind of printer (layouts/printers/) instead of the usual one"
    )
    parser.add_argument(
        "--jobs", type=_count, default=os.cpu_count() or 1, metavar="N", help="processes to use"
    )
    parser.add_argument("--release", action="store_true", help="only what is approved, current and checked")
    parser.add_argument("--list", action="store_true", help="say what would be made, make nothing")
    parser.add_argument("--version", action="version", version=f"Handbill {__version__}")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of processes from 1 to 256")
    return int(text)


def _list(workshop: Workshop, variants: list[Variant], out: Console) -> None:
    for variant in variants:
        name = workshop.design.name_of(variant.layout)
        tongue = workshop.campaign.tongue(variant.language)
        catalogues = [workshop.campaign.catalogues[tag] for tag in tongue.tags if tag != SOURCE_LANGUAGE]
        state = weaker_state(catalogue.state for catalogue in catalogues) if catalogues else "the English"
        out.print(escape(f"{variant.file}  ({name}; {tongue.name}, {state})"))


def _build_all(
    workshop: Workshop, variants: list[Variant], output: Path, jobs: int, release: bool, out: Console
) -> int:
    kept_back: list[Outcome] = []
    let_through: dict[str, tuple[Problem, ...]] | None = None
    if release:
        let_through = {}
        for variant in variants:
            judgement = workshop.judge_release(variant)
            if judgement.hindrances:
                kept_back.append(Outcome(variant, None, judgement.hindrances))
            else:
                let_through[variant.file] = judgement.let_through
        variants = [variant for variant in variants if variant.file in let_through]
    with Progress(
        TextColumn("Making"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=out,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=len(variants))

        def tell(outcome: Outcome) -> None:
            progress.update(task, advance=1, description=escape(outcome.variant.words))

        report = build(workshop, variants, output, jobs, kept_back, let_through, tell)
    for line in summarise(workshop.campaign, report, output):
        out.print(escape(line))
    return report.exit_code


if __name__ == "__main__":
    sys.exit("Run make_pdfs.py instead.")
