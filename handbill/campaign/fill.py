"""Filling: a message's text to spans, with contacts looked up and ``**bold**`` read.

Text may hold plain lookups ``{{ contact.field }}`` and nothing else of Jinja's language: what a
campaign officer types, or a translator pastes, is never run as a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from handbill.campaign.contacts import ADDRESSES, FIELDS, Contact
from handbill.campaign.records import LONGEST_TEXT
from handbill.campaign.sites import LocalContact
from handbill.problems import InputError, Place, Problem, did_you_mean

Lookup = tuple[str, str]
"""Contact id and field."""

_OPEN, _CLOSE = "\ue000", "\ue001"
# A rendered lookup is its number between two private-use letters, which no text may hold.
_TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")

# What is never printed, or would reorder what is: control characters, line and paragraph
# separators, bidi marks and overrides (the engine sets its own isolates), private use, U+FFFD.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff\ue000-\uf8ff"
    "\ud800-\udfff\U000f0000-\U0010ffff]"
)

_ALLOWED_TOKENS = {"data", "variable_begin", "variable_end", "whitespace", "name", "operator"}

_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.globals.clear()

HOW_TO_LOOK_UP = (
    "Write a lookup as {{ nspcc.phone }}: a contact, a full stop and a field between double braces."
)


@dataclass(frozen=True, slots=True)
class RichSpan:
    """A stretch of filled text in one manner.

    ``kind`` is "" for words, "phone", "text", "web" or "email" for a number or address of the
    register, "name" for a service's name that stays as it is in every language, "placeholder"
    for a local field that nobody has filled in. ``ref`` is the lookup, as ``nspcc.phone``.
    """

    text: str
    bold: bool = False
    kind: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Register:
    """What lookups find, for one language and site.

    ``local`` holds the site's values by contact; ``word(contact id, field)`` gives the words (in
    this language) for a name that is translated, or for the placeholder of a local field.
    """

    contacts: Mapping[str, Contact]
    word: Callable[[str, str], str]
    local: Mapping[str, LocalContact]

    def span(self, lookup: Lookup, place: Place) -> RichSpan:
        """The span for a lookup. Raises InputError when there is no such contact, field or value."""
        name, field = lookup
        contact = self.find(name, place)
        if field not in FIELDS:
            raise InputError(
                Problem(
                    "content/unknown-field",
                    f"A contact has no field “{field}” to look up.",
                    did_you_mean(field, FIELDS),
                    place,
                )
            )
        ref = f"{name}.{field}"
        if contact.local:
            return self._local_span(name, field, ref)
        if contact.generic and field not in ADDRESSES:
            return RichSpan(self.word(name, field))
        value = getattr(contact, field) or (contact.name if field == "short" else None)
        if value is None:
            held = [known for known in FIELDS if getattr(contact, known)]
            raise InputError(
                Problem(
                    "contact/no-value",
                    f"The register has nothing under “{field}” for “{name}”.",
                    f"It has: {', '.join(held)}.",
                    place,
                )
            )
        return RichSpan(value, kind=field if field in ADDRESSES else "name", ref=ref)

    def find(self, name: str, place: Place) -> Contact:
        """The contact with this id. Raises InputError with the nearest one when there is none."""
        if name not in self.contacts:
            raise InputError(
                Problem(
                    "content/unknown-contact",
                    f"There is no contact “{name}” in the register.",
                    did_you_mean(name, self.contacts),
                    place,
                )
            )
        return self.contacts[name]

    def _local_span(self, name: str, field: str, ref: str) -> RichSpan:
        here = self.local.get(name)
        value = getattr(here, field) if here else None
        if field not in ADDRESSES:
            return RichSpan(value, kind="name", ref=ref) if value else RichSpan(self.word(name, field))
        if value:
            return RichSpan(value, kind=field, ref=ref)
        return RichSpan(self.word(name, field), kind="placeholder", ref=ref)


def find_lookups(source: str, place: Place) -> tuple[Lookup, ...]:
    """The lookups of a text, in order.

    Raises InputError (``content/template``, ``content/character``) when the text holds anything
    of Jinja's but plain lookups, or a character that must not be printed.
    """
    found = _parse(source)
    if isinstance(found, Problem):
        raise InputError(replace(found, place=place))
    return found


@lru_cache(maxsize=8192)
def _parse(source: str) -> tuple[Lookup, ...] | Problem:
    """The lookups of a text, or what is wrong with it; once a process, as pieces share their words."""
    try:
        return _find_lookups(source)
    except InputError as error:
        return error.problems[0]


def _find_lookups(source: str) -> tuple[Lookup, ...]:
    if bad := _FORBIDDEN.search(source):
        raise InputError(
            Problem(
                "content/character",
                f"The text holds the invisible or private character U+{ord(bad.group()):04X}.",
                "Delete it; where text runs right to left the program sets its own marks.",
            )
        )
    if len(source) > LONGEST_TEXT:
        raise InputError(
            Problem("content/too-long", f"The text has more than {LONGEST_TEXT} letters.", "Shorten it.")
        )
    _check_tokens(source)
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError:
        raise _refuse() from None
    found: list[Lookup] = []
    for output in tree.body:
        if not isinstance(output, nodes.Output):
            raise _refuse()
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                continue
            if not (isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)):
                raise _refuse()
            found.append((node.node.name, node.attr))
    return tuple(found)


def _check_tokens(source: str) -> None:
    """Refuse what the parsed tree no longer shows (comments, ``{{-``) or could not bear to parse."""
    try:
        tokens = list(_ENVIRONMENT.lex(source))
    except TemplateSyntaxError:
        raise _refuse() from None
    for _, kind, value in tokens:
        if kind not in _ALLOWED_TOKENS or (kind == "operator" and value != "."):
            raise _refuse()
        if kind in ("variable_begin", "variable_end") and value not in ("{{", "}}"):
            raise _refuse()
        if kind == "data" and ("{" in value or "}" in value):
            raise InputError(
                Problem("content/template", "There is a single brace in the text.", HOW_TO_LOOK_UP)
            )


def _refuse() -> InputError:
    return InputError(Problem("content/template", "Braces may hold a plain lookup only.", HOW_TO_LOOK_UP))


@lru_cache(maxsize=2048)
def _template(source: str) -> Template:
    """The text as Jinja renders it; once a process, as pieces share their words."""
    return _ENVIRONMENT.from_string(source)


def fill(source: str, place: Place, register: Register) -> tuple[RichSpan, ...]:
    """The spans of a text, in logical order, empty ones left out.

    Raises InputError: what ``find_lookups`` and ``Register.span`` raise, and ``content/bold``
    for ``**`` without its partner.
    """
    lookups = find_lookups(source, place)
    spans = [register.span(lookup, place) for lookup in lookups]
    rendered = source
    if lookups:
        values: dict[str, dict[str, str]] = {}
        for number, (name, field) in enumerate(lookups):
            values.setdefault(name, {})[field] = f"{_OPEN}{number}{_CLOSE}"
        rendered = _template(source).render(values)
    parts = rendered.split("**")
    if len(parts) % 2 == 0 or any(not part.strip() for part in parts[1::2]):
        raise InputError(
            Problem(
                "content/bold",
                "Two stars “**” stand without their partner, or with nothing between them.",
                "Write bold words as **words**, with two stars before and two after.",
                place,
            )
        )
    filled: list[RichSpan] = []
    for index, part in enumerate(parts):
        bold = index % 2 == 1
        # Splitting by a pattern with one group gives text, number, text, number, ..., text.
        for odd, piece in enumerate(_TOKEN.split(part)):
            if odd % 2:
                span = spans[int(piece)]
                filled.append(RichSpan(span.text, bold, span.kind, span.ref))
            elif piece:
                filled.append(RichSpan(piece, bold))
    return _merge(filled)


def _merge(spans: list[RichSpan]) -> tuple[RichSpan, ...]:
    """Neighbouring words in one manner as one span."""
    merged: list[RichSpan] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and not last.kind and not span.kind and last.bold == span.bold:
            merged[-1] = RichSpan(last.text + span.text, span.bold)
        else:
            merged.append(span)
    return tuple(merged)


def flatten(spans: tuple[RichSpan, ...]) -> str:
    """The text of spans as it is printed."""
    return "".join(span.text for span in spans)
