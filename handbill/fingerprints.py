"""Fingerprints: what a variant is made from, as one short text that changes when any of it does.

Two makings of a variant with the same fingerprint give the same bytes, so that a file in the output
that has it need not be made again. A fingerprint is taken of what was loaded, without binding or
setting anything: records, translations, numbers, art, faces, and the program itself. Where something
stands in its file (a line further down) and notes to translators are no part of it.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from handbill import __version__
from handbill.campaign.campaign import Campaign, PlacedBlock
from handbill.campaign.contacts import ADDRESSES, Contact
from handbill.campaign.faithfulness import read_allowances
from handbill.campaign.fill import find_lookups
from handbill.campaign.messages import walk_prose
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.strings import CAMPAIGN_CONTEXT, contact_context, piece_context
from handbill.campaign.style import LONGEST_NUMBER
from handbill.design.layouts import Design
from handbill.plan import Variant
from handbill.problems import Place
from handbill.text.faces import Library

SETTERS = ("reportlab", "uharfbuzz", "icu4py", "fonttools", "segno", "pikepdf")
"""The packages whose next release may set or write the same words otherwise."""

UNPRINTED = {"note", "short", "critical"}
"""Fields of a block that its own words do not show: a short wording is a block by itself."""


class Fingerprints:
    """The fingerprints of one loaded project. Each part is worked out once.

    ``art`` are the digests of the drawings by their path from the folder ``layouts``
    (``digest_art``), taken before anything was loaded: a drawing that is saved meanwhile then makes
    one piece too many, never one too few.
    """

    def __init__(
        self, campaign: Campaign, design: Design, library: Library, art: Mapping[str, str], date: datetime
    ) -> None:
        self._campaign = campaign
        self._design = design
        self._library = library
        self._art = art
        self._date = date
        self._known: dict[tuple[object, ...], str] = {}

    def of(self, variant: Variant) -> str:
        """The fingerprint of a variant: 64 hexadecimal digits."""
        campaign, design = self._campaign, self._design
        audience = campaign.audiences[variant.audience].record
        name = design.piece_of(variant.layout)
        piece = audience.pieces[name]
        reader = piece.reader or variant.audience
        site = variant.site
        parts = [
            repr(variant),
            self._common,
            self._part("publisher", site),
            self._part("layout", variant.layout, reader),
        ]
        for language in campaign.tongue(variant.language).tags:
            parts += [
                self._part("language", language),
                self._part("piece", variant.audience, name, language, site),
                self._part("reader", reader, language, site),
                *(
                    self._part("block", block, language, site)
                    for block in dict.fromkeys(block for _, _, block in piece.placed())
                ),
            ]
        if variant.printer is not None:
            parts.append(design.printers[variant.printer].model_dump_json())
        return _digest(parts)

    def _part(self, kind: str, *names: Any) -> str:
        """The digest of a part that variants share."""
        key = (kind, *names)
        if key not in self._known:
            self._known[key] = _digest(getattr(self, f"_tell_{kind}")(*names))
        return self._known[key]

    @cached_property
    def _common(self) -> str:
        """What every variant is made from."""
        file = self._campaign.file.model
        return _digest(
            (
                digest_program(),
                self._date.isoformat(),
                file.model_dump_json(exclude={"name", "publisher", "words", "release"}),
                self._design.theme.file.model_dump_json(),
                *self._tell_setting(SOURCE_LANGUAGE),
            )
        )

    def _tell_setting(self, language: str) -> Iterator[str]:
        """How a language is set: its record and its faces."""
        record = self._campaign.languages[language]
        yield record.model_dump_json()
        for names in record.faces.model_dump().values():
            for name in names:
                yield self._library.records[name].model_dump_json()  # with the file's SHA-256

    def _tell_language(self, language: str) -> Iterator[str]:
        """What all pieces of a language share. Every one of the program's own words is among it, as
        one that is not translated keeps each piece back."""
        yield from self._tell_setting(language)
        for word, english in self._campaign.words.items():
            yield word
            yield from self._strings(language, CAMPAIGN_CONTEXT, english)
        if language != SOURCE_LANGUAGE:
            catalogue = self._campaign.catalogues[language]
            yield catalogue.state
            # What may stay English decides whether a string is kept back.
            yield self._campaign.glossary.model_dump_json(include={"latin", "kept"})
            yield from self._campaign.terms_of(language).latin
            yield from map(str, catalogue.problems)
            yield from sorted(_short_numbers(self._campaign.contacts))

    def _tell_publisher(self, site: str | None) -> Iterator[str]:
        own = self._campaign.sites[site].publisher if site is not None else None
        yield own or self._campaign.file.model.publisher or ""

    def _tell_layout(self, layout: str, reader: str) -> Iterator[str]:
        """A layout or flow with the drawings that it names for an audience."""
        design = self._design
        found = design.layouts[layout] if layout in design.layouts else design.flows[layout]
        spec = found.spec
        yield spec.model_dump_json()
        for text in _texts(spec.model_dump()):
            name = posixpath.normpath(text.replace("{audience}", reader))
            yield self._art.get(name, "")

    def _tell_piece(self, audience: str, name: str, language: str, site: str | None) -> Iterator[str]:
        """What a piece says of itself: its code, its title, which blocks stand where."""
        piece = self._campaign.audiences[audience].record.pieces[name]
        yield piece.model_dump_json()
        yield from self._strings(language, piece_context(audience), piece.title)
        yield from self._values(find_lookups(piece.title, _NOWHERE), language, site)

    def _tell_reader(self, audience: str, language: str, site: str | None) -> Iterator[str]:
        """The name of who reads it, and the rules that a translation for them has to keep."""
        name = self._campaign.audiences[audience].record.name
        yield from self._strings(language, piece_context(audience), name)
        yield from self._values(find_lookups(name, _NOWHERE), language, site)
        if language != SOURCE_LANGUAGE:
            for rule in self._campaign.rules:
                if language in rule.languages and (not rule.audiences or audience in rule.audiences):
                    yield rule.model_dump_json()
            for barred in self._campaign.terms_of(language).avoid:
                if not barred.audiences or audience in barred.audiences:
                    yield barred.model_dump_json()

    def _tell_block(self, name: str, language: str, site: str | None) -> Iterator[str]:
        """A block in a language, with all that it prints from the register."""
        block = self._campaign.blocks[name]
        yield block.record.model_dump_json(exclude=UNPRINTED)
        for _, english in walk_prose(block.record):
            # A short wording ("p-do/short") is translated beside the whole.
            yield from self._strings(language, block.name, english)
        yield from self._claims(block, language, site)
        yield from self._values(sorted(block.uses), language, site)
        yield from self._icons(block.record)

    def _claims(self, block: PlacedBlock, language: str, site: str | None) -> Iterator[str]:
        """What cards promise about a service; and all its addresses where they do not say which to show."""
        for record in _records(block.record):
            contact = getattr(record, "contact", None)
            if contact is None:
                continue
            for claim in getattr(record, "claims", ()):
                english = self._campaign.contacts[contact].claims[claim]
                yield from self._strings(language, contact_context(contact), english)
                yield from self._values(find_lookups(english, _NOWHERE), language, site)
            if getattr(record, "shows", ()) is None:
                yield from self._values([(contact, field) for field in ADDRESSES], language, site)

    def _values(self, lookups: Iterable[tuple[str, str]], language: str, site: str | None) -> Iterator[str]:
        """What the register, the site and the catalogue give for lookups."""
        for name, field in lookups:
            contact = self._campaign.contacts[name]
            yield f"{name}.{field} {contact.local} {contact.generic} {getattr(contact, field)}"
            fields = ("name", "short") if field == "short" else (field,)
            if contact.local and site is not None:
                own = self._campaign.sites[site].contacts.get(name)
                yield own.model_dump_json() if own is not None else ""
            for key in fields:
                value = getattr(contact, key)
                yield repr(value)
                if value and contact.translated and key not in ADDRESSES:
                    yield from self._strings(language, contact_context(name), value)

    def _strings(self, language: str, context: str, english: str) -> Iterator[str]:
        """A string with its translation."""
        yield english
        if language == SOURCE_LANGUAGE:
            return
        entry = self._campaign.catalogues[language].find(context, english)
        yield "absent" if entry is None else f"{entry.fuzzy} {entry.translation}"
        if entry is not None:
            yield from read_allowances(entry.comment)

    def _icons(self, record: BaseModel) -> Iterator[str]:
        """The icons that a record names, each under a key “icon”."""
        for inner in _records(record):
            name = getattr(inner, "icon", None)
            yield self._art.get(f"{self._design.icons.name}/{name}.svg", "")


_NOWHERE = Place("")
"""For texts whose lookups were looked over when the campaign was loaded."""


def digest_art(folder: Path) -> dict[str, str]:
    """The digest of every drawing under ``folder``, by its path from there; those that vanish while
    they are read are left out."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.svg")):
        try:
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            continue
    return found


@cache
def digest_program() -> str:
    """The digest of this program: its files and what it sets and writes with. Once a process."""
    package = Path(__file__).resolve().parent
    parts = [__version__]
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".pyo"):
            parts += [path.relative_to(package).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()]
    for name in SETTERS:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:  # built into the interpreter by a packager who left out its record
            parts.append(f"{name} unknown")
    return _digest(parts)


def _digest(parts: Iterable[str]) -> str:
    """One digest over texts, each told apart from its neighbours by its length."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        whole.update(f"{len(raw)}:".encode())
        whole.update(raw)
    return whole.hexdigest()


def _texts(value: object) -> Iterator[str]:
    """Every text in what pydantic dumps, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _records(value: object) -> Iterator[BaseModel]:
    """A record and those inside it, without its short wording."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            if name not in UNPRINTED:
                yield from _records(getattr(value, name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _records(item)


def _short_numbers(contacts: Mapping[str, Contact]) -> set[str]:
    """The numbers of the register that are as short as an age: only these decide whether a number
    that is typed into a translation passes (``find_typed``), as longer ones never do."""
    digits = {
        re.sub(r"\D", "", value)
        for contact in contacts.values()
        for value in (contact.phone, contact.text)
        if value
    }
    return {number for number in digits if len(number) <= 2 * LONGEST_NUMBER}
