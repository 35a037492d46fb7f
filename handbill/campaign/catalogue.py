"""Catalogues: what a translator wrote, read from ``content/translations/<language>.po``.

``msgctxt`` is the id of the block, ``msgid`` the English that was translated. So a translation
whose English has changed since is known by itself: its ``msgid`` is no longer in the content.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, cast

import polib

from handbill.campaign.records import fold
from handbill.problems import Place, Problem, did_you_mean

State = Literal["draft", "reviewed", "approved"]
STATES: tuple[State, ...] = ("draft", "reviewed", "approved")

CLOSE_ENOUGH = 0.5
"""Least likeness (difflib ratio) for an old English text to count as the former wording of a new one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One string of a catalogue, whitespace folded. ``line`` from 1; ``comment`` is the translator's."""

    context: str
    english: str
    translation: str
    fuzzy: bool
    line: int
    comment: str = ""


@dataclass(frozen=True)
class Catalogue:
    """One language's translations.

    ``problems`` are those of the file as a whole; with any, no piece can be made from it.
    ``by`` and ``on`` say who gave the state and when.
    """

    file: str
    state: State = "draft"
    by: str = ""
    on: date | None = None
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = ()

    def find(self, context: str, english: str) -> Entry | None:
        """The entry for a string, or None."""
        return self.entries.get((context, english))

    def find_former(self, context: str, english: str, current: Collection[tuple[str, str]]) -> Entry | None:
        """The translated entry whose English most resembles ``english`` and is no longer in the content.

        ``current`` holds context and English of every string of the content.
        """
        former = {
            entry.english: entry
            for (known, _), entry in self.entries.items()
            if known == context and (known, entry.english) not in current and entry.translation
        }
        close = difflib.get_close_matches(english, sorted(former), n=1, cutoff=CLOSE_ENOUGH)
        return former[close[0]] if close else None

    def place(self, entry: Entry) -> Place:
        """Where an entry stands."""
        return Place(self.file, entry.line, entry.context)


def read_catalogue(path: Path, file: str) -> Catalogue:
    """The catalogue at ``path``, named ``file`` in problems.

    Never raises for a bad file: what is wrong is in ``problems``, so that only pieces of this
    language are kept back. Codes: ``translation/no-catalogue``, ``/unreadable``, ``/header``, ``/repeated``.
    """
    if not path.is_file():
        return Catalogue(
            file,
            problems=(
                Problem(
                    "translation/no-catalogue",
                    "There is no catalogue of translations for this language.",
                    f"Make one with: python make_pdfs.py translations update --language {path.stem}.",
                    Place(file),
                ),
            ),
        )
    held = _held(path)
    kept = _kept.get(path)
    if kept is not None and held is not None and kept[0] == held:
        return kept[1]
    parsed = parse_catalogue(path, file)
    if isinstance(parsed, Problem):
        return Catalogue(file, problems=(parsed,))
    catalogue = _read_entries(parsed, file)
    if held is not None and held == _held(path):  # else it was saved while it was read
        _kept[path] = held, catalogue
    return catalogue


_kept: dict[Path, tuple[bytes, Catalogue]] = {}
"""What each file held when it was last read, and what that meant: who loads a campaign again, after a
change of one file, need not read the others."""


def _held(path: Path) -> bytes | None:
    """What is in the file at present; None if it cannot be read, of which its reader tells."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read_entries(parsed: polib.POFile, file: str) -> Catalogue:
    problems: list[Problem] = []
    entries: dict[tuple[str, str], Entry] = {}
    for raw in parsed:
        if raw.obsolete:
            continue
        entry = Entry(
            raw.msgctxt or "", fold(raw.msgid), fold(raw.msgstr), raw.fuzzy, raw.linenum or 1, raw.tcomment
        )
        key = (entry.context, entry.english)
        if key in entries:
            problems.append(
                Problem(
                    "translation/repeated",
                    f"“{shorten(entry.english)}” is translated twice, first on line {entries[key].line}.",
                    "Delete one of the two.",
                    Place(file, entry.line, entry.context or None),
                )
            )
        entries.setdefault(key, entry)
    state, by, on, wrong = _read_header(parsed.metadata, file)
    return Catalogue(file, state, by, on, entries, (*wrong, *problems))


def parse_catalogue(path: Path, file: str) -> polib.POFile | Problem:
    """The file as polib holds it, or what keeps it from being read.

    Each entry's ``linenum`` is that of its ``msgid``.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        return Problem(
            "translation/unreadable",
            "The catalogue is not saved as UTF-8.",
            "Save it again with the encoding UTF-8.",
            Place(file),
        )
    except OSError as error:
        reason = error.strerror or "no reason given"
        return Problem(
            "translation/unreadable",
            f"The catalogue cannot be read: {reason}.",
            "Check its permissions.",
            Place(file),
        )
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line.strip()):
            return _malformed(file, number)
    try:
        parsed = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=False)
    # OSError is polib's word for bad syntax; the others slip through from files in the wrong order.
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        found = re.search(r"line (\d+)", str(error))
        return _malformed(file, int(found.group(1)) if found else None)
    for entry in parsed:
        # polib counts from the first comment of an entry.
        start = entry.linenum or 1
        entry.linenum = next(
            (number for number in range(start, len(lines) + 1) if _MSGID.match(lines[number - 1])), start
        )
    return parsed


# polib takes the first and last sign of a string for its quotes whatever they are, so that a
# forgotten quote would cost the last letter of a translation. Hence a stricter look beforehand.
_LINE = re.compile(r'(?:#.*)?|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"')
_MSGID = re.compile(r"\s*(?:#~\s*)?msgid\s")


def _malformed(file: str, line: int | None) -> Problem:
    return Problem(
        "translation/unreadable",
        "The catalogue cannot be read: this line, or the one before it, is not written as PO.",
        "Check its quotation marks, or open and save the file in Poedit.",
        Place(file, line),
    )


def _read_header(metadata: dict[str, str], file: str) -> tuple[State, str, date | None, list[Problem]]:
    """State, by whom, when. A header without a state means draft."""
    problems: list[Problem] = []

    def refuse(what: str, remedy: str) -> None:
        problems.append(Problem("translation/header", what, remedy, Place(file, 1)))

    state = metadata.get("X-Handbill-State", "draft").strip()
    by = metadata.get("X-Handbill-By", "").strip()
    said = metadata.get("X-Handbill-On", "").strip()
    on: date | None = None
    if state not in STATES:
        refuse(f"The header X-Handbill-State says “{state}”.", did_you_mean(state, STATES))
        state = "draft"
    if said:
        try:
            on = date.fromisoformat(said)
        except ValueError:
            refuse(f"The header X-Handbill-On says “{said}”.", "Write the date as 2026-11-22.")
    if state != "draft" and not (by and said):
        refuse(
            f"The catalogue says “{state}”, but not by whom and when.",
            "Fill in X-Handbill-By with a name and X-Handbill-On with a date, or go back to draft.",
        )
    return cast(State, state), by, on, problems


def shorten(text: str, letters: int = 60) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
