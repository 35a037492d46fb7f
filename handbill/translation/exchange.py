"""``translations export`` and ``translations import``: XLIFF for agencies, out and in."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import polib

from handbill.campaign.campaign import Campaign, load_campaign
from handbill.campaign.catalogue import parse_catalogue, shorten
from handbill.campaign.fill import find_lookups
from handbill.campaign.records import fold
from handbill.campaign.registers import source_register
from handbill.campaign.strings import list_strings
from handbill.campaign.translations import back_to_draft, render, write_catalogue
from handbill.files import write_whole
from handbill.problems import InputError, Place, Problem
from handbill.translation.update import add_languages, asked_for
from handbill.translation.xliff import Exchange, Unit, read_xliff, write_xliff

OK, LEFT_OUT = 0, 1

TRANSLATOR = "translator"
"""Category of the translator's own notes, which come back; all others are ours and do not."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Intake:
    """What a file brought, in numbers of strings.

    ``changed`` are new or other translations; ``unfinished`` ones are there, but not counted as done by
    their translator, so that they are marked fuzzy. ``unknown`` are units whose English is no longer in the
    content, ``absent`` strings of the catalogue that the file does not have.
    """

    file: str
    same: int
    changed: int
    unfinished: int
    absent: int
    unknown: tuple[Unit, ...]
    state_dropped: bool


def add_export_parser(verbs: Any) -> None:
    """Adds ``export`` to argparse's ``verbs``."""
    parser = verbs.add_parser("export", help="write XLIFF 2 for an agency", allow_abbrev=False)
    add_languages(parser)
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="put the files there instead of into output/xliff/"
    )
    parser.set_defaults(run=run_export)


def add_import_parser(verbs: Any) -> None:
    """Adds ``import`` to argparse's ``verbs``."""
    parser = verbs.add_parser("import", help="take in XLIFF 2 from an agency", allow_abbrev=False)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.set_defaults(run=run_import)


def run_export(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Writes a file a language, named ``<language>.xlf``."""
    campaign = load_campaign(root)
    folder = options.output if options.output is not None else root / "output" / "xliff"
    for language in asked_for(options, tuple(campaign.catalogues)):
        exchange = export(campaign, language)
        path = folder / f"{language}.xlf"
        write_whole(path, write_xliff(exchange, f"content/translations/{language}.po", printed(campaign)))
        todo = sum(not unit.done for unit in exchange.units)
        print(f"{path}: {len(exchange.units)} strings, {todo} to translate", file=out)
    return OK


def run_import(options: argparse.Namespace, root: Path, out: TextIO) -> int:
    """Takes each file into its language's catalogue; all are read before any is taken in."""
    campaign = load_campaign(root)
    read = [(path, _read(path)) for path in options.files]
    for path, exchange in read:
        _check(campaign, exchange, path)
    left_out = False
    for path, exchange in read:
        done = take_in(campaign, exchange)
        print(
            f"{done.file}: {done.changed} taken in, {done.same} as they were, "
            f"{done.unfinished} of these marked as needing work, {done.absent} not in {path.name}"
            + ("; back to draft, because words have changed" if done.state_dropped else ""),
            file=out,
        )
        for unit in done.unknown:
            problem = Problem(
                "xliff/unknown",
                f"“{shorten(unit.english)}” is no longer in the content: its English was changed or removed.",
                "Nothing was taken from it. Send out a new file with: "
                f"python make_pdfs.py translations export {exchange.language}.",
                Place(str(path), unit.line, unit.context or None),
            )
            print(problem, file=out)
            left_out = True
    return LEFT_OUT if left_out else OK


def export(campaign: Campaign, language: str) -> Exchange:
    """The language's catalogue, strings in the order of the content.

    Raises InputError where the catalogue cannot be read, or is behind the content.
    """
    catalogue = _open(campaign, language)
    entries = _entries(catalogue)
    units: list[Unit] = []
    for string in list_strings(campaign):
        entry = entries.get((string.context, string.english))
        if entry is None:
            raise InputError(
                Problem(
                    "translation/behind",
                    f"“{shorten(string.english)}” is not in the catalogue.",
                    f"Run first: python make_pdfs.py translations update {language}.",
                    Place(_file(campaign, language), None, string.context),
                )
            )
        notes = [("instruction", line) for line in entry.comment.splitlines() if line.strip()]
        if entry.previous_msgid:
            notes.append(("previous-english", fold(entry.previous_msgid)))
        if entry.tcomment:
            notes.append((TRANSLATOR, entry.tcomment))
        translation = fold(entry.msgstr)
        units.append(
            Unit(
                string.context,
                string.english,
                translation,
                bool(translation) and not entry.fuzzy,
                tuple(notes),
            )
        )
    return Exchange(language, campaign.id, tuple(units))


def printed(campaign: Campaign) -> dict[str, str]:
    """What is printed for each lookup of the content, as English without a site prints it."""
    register = source_register(campaign)
    found: dict[str, str] = {}
    for string in list_strings(campaign):
        for lookup in find_lookups(string.english, string.place):
            found[".".join(lookup)] = register.span(lookup, string.place).text
    return found


def take_in(campaign: Campaign, exchange: Exchange) -> Intake:
    """Put a file's translations into its language's catalogue, which is replaced in one step.

    A translation that is not finished is taken in and marked fuzzy; an empty one leaves the catalogue as
    it is. New words put a reviewed or approved catalogue back to draft.
    """
    catalogue = _open(campaign, exchange.language)
    entries = _entries(catalogue)
    known = {(unit.context, unit.english): unit for unit in exchange.units}
    same = changed = unfinished = 0
    for key, unit in known.items():
        entry = entries.get(key)
        if entry is None or not unit.translation:
            continue
        own = "\n".join(text for category, text in unit.notes if category == TRANSLATOR)
        if own:
            entry.tcomment = own
        flags = [] if unit.done else ["fuzzy"]
        if fold(entry.msgstr) == unit.translation and entry.fuzzy is not unit.done:
            same += 1
        else:
            if fold(entry.msgstr) != unit.translation:
                entry.msgstr = unit.translation
            changed += 1
            if unit.done:
                entry.previous_msgid = entry.previous_msgctxt = None
        unfinished += not unit.done
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"] + flags
    dropped = bool(changed) and back_to_draft(catalogue)
    file = _file(campaign, exchange.language)
    write_catalogue(campaign.catalogue_path(exchange.language), render(catalogue), file)
    return Intake(
        file,
        same,
        changed,
        unfinished,
        sum(key not in known for key in entries),
        tuple(unit for key, unit in known.items() if key not in entries),
        dropped,
    )


def _read(path: Path) -> Exchange:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            Problem(
                "xliff/unreadable",
                f"The file cannot be read: {error.strerror or error}.",
                "Check its name and its permissions.",
                Place(str(path)),
            )
        ) from None
    return read_xliff(data, str(path))


def _check(campaign: Campaign, exchange: Exchange, path: Path) -> None:
    """Raises InputError for a file of another campaign or language."""
    if exchange.language not in campaign.catalogues:
        raise InputError(
            Problem(
                "xliff/language",
                f"The file translates to “{exchange.language}”, which is none of this campaign's languages.",
                f"They are: {', '.join(campaign.catalogues)}.",
                Place(str(path), 1),
            )
        )
    if exchange.campaign != campaign.id:
        raise InputError(
            Problem(
                "xliff/campaign",
                f"The file belongs to the campaign “{exchange.campaign}”; this one is “{campaign.id}”.",
                "Take it in where it was sent out.",
                Place(str(path)),
            )
        )


def _open(campaign: Campaign, language: str) -> polib.POFile:
    path, file = campaign.catalogue_path(language), _file(campaign, language)
    if not path.is_file():
        raise InputError(campaign.catalogues[language].problems)
    parsed = parse_catalogue(path, file)
    if isinstance(parsed, Problem):
        raise InputError(parsed)
    return parsed


def _entries(catalogue: polib.POFile) -> dict[Key, polib.POEntry]:
    return {(entry.msgctxt or "", fold(entry.msgid)): entry for entry in catalogue if not entry.obsolete}


def _file(campaign: Campaign, language: str) -> str:
    return f"content/translations/{campaign.catalogue_path(language).name}"
