"""The verbs of translation: ``update`` writes a language's catalogue, ``status`` counts what is done."""

from __future__ import annotations

import contextlib
import difflib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polib

from handbill.campaign.catalogue import CLOSE_ENOUGH, parse_catalogue
from handbill.campaign.notes import note
from handbill.campaign.records import SOURCE_LANGUAGE, fold
from handbill.campaign.strings import CAMPAIGN_CONTEXT, SourceString, list_strings, piece_context
from handbill.problems import InputError, Place, Problem, did_you_mean

if TYPE_CHECKING:
    from handbill.campaign.campaign import Campaign

Key = tuple[str, str]

WRAP = 100
"""Columns of a line of a catalogue."""


@dataclass(frozen=True)
class Update:
    """What an update did to a catalogue, in numbers of strings.

    ``changed`` ones are fuzzy now: their English is new, the old translation is kept to start
    from. ``removed`` ones were translated and are kept as obsolete. ``state_dropped`` tells that
    a reviewed or approved catalogue went back to draft, because words were added or changed.
    """

    file: str
    kept: int
    added: int
    changed: int
    removed: int
    state_dropped: bool


@dataclass(frozen=True)
class Status:
    """How far one audience's pieces are in one language, in numbers of strings; all pieces together where
    ``audience`` is empty.

    ``state`` is the catalogue's; ``problems`` counts faults of the catalogue as a whole.
    """

    language: str
    audience: str
    total: int
    translated: int
    fuzzy: int
    stale: int
    missing: int
    state: str
    problems: int

    @property
    def complete(self) -> bool:
        """Whether every string is there and current."""
        return self.translated == self.total and not self.problems


def update(campaign: Campaign, language: str, rooms: Mapping[Key, str] | None = None) -> Update:
    """Bring a language's catalogue up to the English, or begin it. The file is replaced in one step.

    Translations whose English stands are kept; new strings are empty; where the English changed
    the old translation is kept, marked fuzzy, with the former English beside it; translations no
    longer needed become obsolete. ``rooms`` says for context and English, in words, how long a string
    may be (handbill/survey). Raises InputError for an unknown language, a catalogue that
    cannot be read (it is left alone) or written.
    """
    if language == SOURCE_LANGUAGE or language not in campaign.languages:
        known = [name for name in campaign.languages if name != SOURCE_LANGUAGE]
        what = (
            "English is what content is written in, so it has no catalogue."
            if language == SOURCE_LANGUAGE
            else f"There is no language “{language}”."
        )
        raise InputError(Problem("command/unknown-language", what, did_you_mean(language, known)))
    path = campaign.catalogue_path(language)
    file = f"content/translations/{path.name}"
    old = polib.POFile()
    if path.exists():
        parsed = parse_catalogue(path, file)
        if isinstance(parsed, Problem):
            raise InputError(parsed)
        old = parsed
    new, counts = _merge(campaign, old, rooms or {})
    dropped = _write_header(new, old, campaign, language, changed=bool(counts["added"] + counts["changed"]))
    write_catalogue(path, render(new), file)
    return Update(file, **counts, state_dropped=dropped)


def _merge(
    campaign: Campaign, old: polib.POFile, rooms: Mapping[Key, str]
) -> tuple[polib.POFile, dict[str, int]]:
    """A catalogue of the campaign's strings in their order, with what ``old`` has for them."""
    strings = list(list_strings(campaign))
    new = polib.POFile(wrapwidth=WRAP)
    current = {(string.context, string.english) for string in strings}
    held: dict[Key, polib.POEntry] = {}
    for entry in old:
        key = (entry.msgctxt or "", fold(entry.msgid))
        # A living entry goes before an obsolete one with the same English.
        if key not in held or (held[key].obsolete and not entry.obsolete):
            held[key] = entry
    former = {key: entry for key, entry in held.items() if key not in current and entry.msgstr}
    counts = {"kept": 0, "added": 0, "changed": 0, "removed": 0}
    for string in strings:
        entry = polib.POEntry(
            msgctxt=string.context,
            msgid=string.english,
            comment=note(campaign, string, rooms.get((string.context, string.english))),
            occurrences=[(string.place.file, "")],
        )
        match = held.get((string.context, string.english))
        if match is not None:
            entry.msgstr, entry.flags, entry.tcomment = match.msgstr, _flags(match), match.tcomment
            entry.previous_msgctxt, entry.previous_msgid = match.previous_msgctxt, match.previous_msgid
            counts["kept"] += 1
        elif source := _find_former(string, former):
            entry.msgstr, entry.tcomment, entry.flags = source.msgstr, source.tcomment, ["fuzzy"]
            # After several changes the English that was really translated is the first.
            entry.previous_msgid = source.previous_msgid or source.msgid
            counts["changed"] += 1
        else:
            counts["added"] += 1
        new.append(entry)
    for entry in former.values():
        entry.obsolete = True
        new.append(entry)
        counts["removed"] += 1
    return new, counts


def _find_former(string: SourceString, former: dict[Key, polib.POEntry]) -> polib.POEntry | None:
    """Take from ``former`` the entry whose English this string has replaced."""
    candidates = sorted(english for context, english in former if context == string.context)
    close = difflib.get_close_matches(string.english, candidates, n=1, cutoff=CLOSE_ENOUGH)
    return former.pop((string.context, close[0])) if close else None


def _flags(entry: polib.POEntry) -> list[str]:
    return ["fuzzy"] if entry.fuzzy else []


def _write_header(
    new: polib.POFile, old: polib.POFile, campaign: Campaign, language: str, *, changed: bool
) -> bool:
    """Fill in the header. Returns whether the state fell back to draft."""
    dropped = changed and back_to_draft(old)
    kept = dict(old.metadata)
    state = kept.pop("X-Handbill-State", "draft")
    by, on = kept.pop("X-Handbill-By", ""), kept.pop("X-Handbill-On", "")
    new.header = old.header or (
        f"{campaign.name}: English to {campaign.languages[language].name}.\n"
        "X-Handbill-State is draft, reviewed or approved; the last two need By (a name) and On (a date)."
    )
    new.metadata = kept | {
        "Project-Id-Version": f"{campaign.id} {campaign.version}",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Handbill-State": state,
        "X-Handbill-By": by,
        "X-Handbill-On": on,
    }
    return dropped


def back_to_draft(catalogue: polib.POFile) -> bool:
    """Nobody has approved words that are new: takes state, name and date away. Whether there was one."""
    metadata = catalogue.metadata
    if metadata.get("X-Handbill-State", "draft") == "draft":
        return False
    catalogue.metadata = metadata | {"X-Handbill-State": "draft", "X-Handbill-By": "", "X-Handbill-On": ""}
    return True


def render(catalogue: polib.POFile) -> str:
    """The catalogue as it is written: one form, whoever writes it."""
    catalogue.wrapwidth = WRAP
    return str(catalogue).rstrip("\n") + "\n"


def write_catalogue(path: Path, text: str, file: str) -> None:
    """Write beside the file, then rename: the old catalogue or the new one, never half of one.

    Raises InputError (``translation/unwritable``).
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as stream:
            temporary = stream.name
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        reason = error.strerror or "no reason given"
        raise InputError(
            Problem(
                "translation/unwritable",
                f"The catalogue cannot be written: {reason}.",
                "Check the permissions of the folder and the room on the disk.",
                Place(file),
            )
        ) from None


def status(campaign: Campaign, languages: Iterable[str] = ()) -> tuple[Status, ...]:
    """Counts for each language (all but English when none is named) and audience, in their order."""
    strings = list(list_strings(campaign))
    current = frozenset((string.context, string.english) for string in strings)
    rows: list[Status] = []
    for language in languages or campaign.catalogues:
        if language not in campaign.catalogues:
            raise InputError(
                Problem(
                    "command/unknown-language",
                    f"There is no translation into “{language}”.",
                    did_you_mean(language, campaign.catalogues),
                )
            )
        for audience in campaign.audiences.values():
            contexts = {CAMPAIGN_CONTEXT, piece_context(audience.id)}
            for piece in audience.record.pieces.values():
                for _, _, block in piece.placed():
                    contexts.add(campaign.blocks[block].name)
                    contexts.update(f"contact/{contact}" for contact, _ in campaign.blocks[block].uses)
            mine = [string for string in strings if string.context in contexts]
            rows.append(_count(campaign, language, audience.id, mine, current))
    return tuple(rows)


def overall(campaign: Campaign, language: str) -> Status:
    """The counts of a translation for all audiences together, each string once."""
    strings = list(list_strings(campaign))
    current = frozenset((string.context, string.english) for string in strings)
    return _count(campaign, language, "", strings, current)


def _count(
    campaign: Campaign,
    language: str,
    audience: str,
    strings: Sequence[SourceString],
    current: frozenset[Key],
) -> Status:
    catalogue = campaign.catalogues[language]
    counts = {"translated": 0, "fuzzy": 0, "stale": 0, "missing": 0}
    for string in strings:
        entry = catalogue.find(string.context, string.english)
        if entry and entry.translation:
            counts["fuzzy" if entry.fuzzy else "translated"] += 1
        elif not entry and catalogue.find_former(string.context, string.english, current):
            counts["stale"] += 1
        else:
            counts["missing"] += 1
    return Status(
        language,
        audience,
        len(strings),
        **counts,
        state=catalogue.state,
        problems=len(catalogue.problems),
    )
