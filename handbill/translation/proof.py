"""``translations proof``: a proof for review, also by someone who cannot read the script."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from handbill.arguments import add_name
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.files import prepare
from handbill.plan import choose
from handbill.problems import InputError, Problem
from handbill.proof.page import Proof
from handbill.proof.proof import FOLDER, make_proof, write_proof
from handbill.workshop import Workshop

OK, NOT_READY = 0, 1


def add_parser(verbs: Any) -> None:
    """Adds the verb to argparse's ``verbs``."""
    parser = verbs.add_parser(
        "proof",
        help="a page to review a translation by: English, translation and pictures side by side",
        allow_abbrev=False,
    )
    parser.add_argument("languages", nargs="+", metavar="LANG", help="the language (pl, ur, ...)")
    add_name(parser, "audience", "only this audience")
    add_name(parser, "layout", "this layout, instead of the fewest that show every string")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help=f"put it into DIR/{FOLDER}/ instead of output/{FOLDER}/"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Makes the proof of each language; the exit code says whether all is translated and fits."""
    workshop = Workshop(root)
    campaign, design = workshop.campaign, workshop.design
    if SOURCE_LANGUAGE in options.languages:
        raise InputError(
            Problem(
                "command/unknown-language",
                "English is what content is written in, so there is no translation to prove.",
                f"Name another language: {', '.join(campaign.catalogues)}.",
            )
        )
    languages = choose("translation", options.languages, tuple(campaign.catalogues))
    audiences = choose("audience", options.audience, tuple(campaign.audiences))
    names = (*design.layouts, *design.flows)
    layouts = choose("layout", options.layout, names) if options.layout else ()
    proofs = [make_proof(workshop, language, audiences, layouts) for language in languages]
    output: Path = options.output if options.output is not None else root / "output"
    prepare(output)
    for proof in proofs:
        path = output / FOLDER / name_file(proof.tag, options.audience and audiences, layouts)
        write_proof(proof, workshop, path)
        for line in tell(proof, path):
            print(line, file=out)
    return OK if all(proof.is_good for proof in proofs) else NOT_READY


def name_file(language: str, audiences: Iterable[str], layouts: Iterable[str]) -> str:
    """The file of a proof: one that shows less than all is no other's place."""
    return "-".join((language, *audiences, *layouts)) + ".html"


def tell(proof: Proof, path: Path) -> Iterable[str]:
    """What came of a proof, in words: the file, and each thing that is wrong."""
    rows = sum(1 for _ in proof.rows)
    yield f"{path}: {proof.total} strings, {rows} rows, {len(proof.unseen)} in no picture"
    for string, fault in proof.faults:
        yield f"  {string.source.context}: “{string.source.english}”: {fault[:1].lower()}{fault[1:]}"
    for problem in proof.problems:
        yield f"  {problem}"
    for row in proof.rows:
        for check in row.checks:
            if check.mood == "wrong":
                yield f"  row {row.number} ({row.block}): {check.words}"
    for listed in proof.numbers:
        if listed.others:
            yield f"  {listed.name}, {listed.value}: printed as {', '.join(listed.others)}"
