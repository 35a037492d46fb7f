"""YAML files read with the line of every key, checked against a pydantic model, faults told in words.

A smaller YAML than the standard's, because editors are not programmers: only ``true`` and
``false`` are booleans (so the language ``no`` stays a word), dates and times stay texts, and
anchors, tags, tabs and repeated keys are faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from handbill.problems import InputError, Place, Problem
from handbill.yamlfaults import KeyPath, explain, key_words

LARGEST_FILE = 1_000_000
"""Bytes. The largest file of a campaign is a tenth of this; more is a file put there by mistake."""

DEEPEST = 20
"""Levels of nesting. The files of this project use eight."""

M = TypeVar("M", bound=BaseModel)

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# libyaml where the wheel has it (ten times faster), the same grammar in Python otherwise.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Sourced(Generic[M]):
    """A model and where it was written: ``file`` relative to the project, ``lines`` by path.

    A path is the keys (as written) and list positions (from 0) that lead to a value.
    """

    model: M
    file: str
    lines: Mapping[KeyPath, int] = field(default_factory=dict, repr=False, compare=False)

    def line_of(self, path: KeyPath) -> int:
        """The line, from 1, of a key or list item, or of the nearest thing around it."""
        known: KeyPath = ()
        for part in path:
            # A numeric key (`12:`) is kept as the text that was written.
            here = next((step for step in ((*known, part), (*known, str(part))) if step in self.lines), None)
            if here is None:
                break
            known = here
        return self.lines.get(known, 1)

    def place(self, *path: str | int) -> Place:
        """The place of a key or list item, for a problem to point at."""
        return Place(self.file, self.line_of(path), key_words(path) or None)


def load_model(path: Path, root: Path, model: type[M]) -> Sourced[M]:
    """Read the file at ``path`` as a ``model``; places name it relative to ``root``.

    Raises InputError with every fault of the file at once (a file that is not YAML at all has
    only its first). Codes: ``yaml/...``.
    """
    file = _relative(path, root)
    text = _read_text(path, file)
    kept = _kept.get((file, model))
    if kept is not None and kept[0] == text:
        return cast(Sourced[M], kept[1])
    data, lines = _Reader(file, text).read()
    try:
        found = model.model_validate(data)
    except ValidationError as error:
        located = Sourced(model.model_construct(), file, lines)
        raise InputError(explain(error, model, located.place)) from None
    source = Sourced(found, file, lines)
    _kept[file, model] = text, source
    return source


_kept: dict[tuple[str, type[BaseModel]], tuple[str, Sourced[Any]]] = {}
"""What each file held when it was last read, and what that meant: who loads a project again, after a
change of one file, need not read the others."""


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def _read_text(path: Path, file: str) -> str:
    """The text of a file, its line ends as they are. Raises InputError."""

    def refuse(code: str, what: str, remedy: str, line: int | None = None) -> InputError:
        return InputError(Problem(f"yaml/{code}", what, remedy, Place(file, line)))

    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse("no-file", "There is no such file.", "Put it back, or check its name.") from None
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise refuse(
            "unreadable", f"The file cannot be read: {reason}.", "Check its name and its permissions."
        ) from None
    if len(raw) > LARGEST_FILE:
        raise refuse(
            "too-large",
            f"The file is larger than {LARGEST_FILE // 1000} kB.",
            "Check that it is the right file; split it if it is.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(
            "not-utf-8",
            "The file is not saved as UTF-8, so its letters cannot be read for certain.",
            "Open it in your editor and save it again with the encoding UTF-8.",
            raw.count(b"\n", 0, error.start) + 1,
        ) from None
    for pattern, code, what, remedy in (
        (re.compile("\t"), "tab", "There is a tab in this line.", "Use spaces instead, two for each step."),
        (_UNPRINTABLE, "control", "There is an invisible control character in this line.", "Delete it."),
    ):
        if found := pattern.search(text):
            raise refuse(code, what, remedy, text.count("\n", 0, found.start()) + 1)
    if not text.strip():
        raise refuse("empty", "The file is empty.", "Put its content back, for instance from a copy.")
    return text


class _Reader:
    """Builds plain data from YAML events, noting lines. One use."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._events: Iterator[Event] = iter(())
        self._lines: dict[KeyPath, int] = {}
        self._repeated: list[Problem] = []

    def read(self) -> tuple[Any, dict[KeyPath, int]]:
        """The data and the line of each path. Raises InputError."""
        data: Any = None
        documents = 0
        try:
            self._events = iter(yaml.parse(self._text, Loader=_LOADER))
            for event in self._events:
                if isinstance(event, DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise self._refuse(
                            "documents",
                            "A line of three dashes starts a second document in this file.",
                            "Delete the line.",
                            event,
                        )
                    data = self._value(next(self._events), ())
        except yaml.MarkedYAMLError as error:
            raise InputError(self._syntax(error)) from None
        except yaml.YAMLError:
            raise InputError(
                Problem(
                    "yaml/syntax",
                    "The file cannot be read as YAML.",
                    "Compare it with a copy that worked.",
                    Place(self._file),
                )
            ) from None
        if self._repeated:
            raise InputError(self._repeated)
        if data is None:
            raise InputError(
                Problem(
                    "yaml/empty", "The file holds no content.", "Put its content back.", Place(self._file)
                )
            )
        return data, self._lines

    def _value(self, event: Event, path: KeyPath) -> Any:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._refuse(
                "anchor",
                "This line uses “&” or “*” to copy another part of the file.",
                "Write the text out, in quotes if it begins with “&” or “*”.",
                event,
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise self._refuse("tag", "This line begins a value with “!”.", "Put the text in quotes.", event)
        if len(path) >= DEEPEST:
            raise self._refuse(
                "too-deep",
                f"More than {DEEPEST} levels inside each other.",
                "Check brackets and indents.",
                event,
            )
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        assert isinstance(event, ScalarEvent)
        # `implicit[0]` is true for a plain scalar only: quoted and folded ones are texts as they stand.
        return _resolve(event.value) if event.implicit[0] else event.value

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                # An anchor or alias as a key gets its own words.
                if isinstance(event, AliasEvent):
                    self._value(event, path)
                raise self._refuse(
                    "key",
                    "A list or a group stands where the name of a key should be.",
                    "If the text begins with “{” or “[”, put it in quotes.",
                    event,
                )
            line = _line(event)
            key = event.value
            self._value(event, path)
            here = (*path, key)
            if key in found:
                self._repeated.append(
                    Problem(
                        "yaml/repeated-key",
                        f"The key “{key}” stands here twice; it is first on line {self._lines[here]}.",
                        "Keep one of the two.",
                        Place(self._file, line, key_words(path) or None),
                    )
                )
            else:
                self._lines[here] = line
            found[key] = self._value(next(self._events), here)
        return found

    def _sequence(self, path: KeyPath) -> list[Any]:
        found: list[Any] = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*path, len(found))
            self._lines[here] = _line(event)
            found.append(self._value(event, here))
        return found

    def _refuse(self, code: str, what: str, remedy: str, event: Event) -> InputError:
        line = _line(event)
        return InputError([*self._repeated, Problem(f"yaml/{code}", what, remedy, Place(self._file, line))])

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        said = f"{error.context or ''} {error.problem or ''}"
        what, remedy = next((words for part, *words in _SYNTAX if part in said), _SYNTAX_OTHER)
        return Problem("yaml/syntax", what, remedy, Place(self._file, line))


def _line(event: Event) -> int:
    """The line that an event begins on, from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


_SYNTAX_OTHER = (
    "The line cannot be read, or the one before it.",
    "Check quotes, colons and the spaces at the beginning; put a text with special signs in quotes.",
)

# By what PyYAML and libyaml say.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "There is a colon in a text without quotes, or the line is indented too far.",
        "Put the whole text in quotes, or line the key up with its neighbours.",
    ),
    (
        "quoted scalar",
        "A quotation mark is opened here and never closed, or a sign inside it does not belong there.",
        "Close it; inside quotes “\\” must be written twice.",
    ),
    (
        "could not find expected ':'",
        "A key without its colon, or a text that goes on in the wrong column.",
        "Write “key: value”; indent the further lines of a long text.",
    ),
    (
        "cannot start any token",
        "A text here begins with a sign that needs quotes.",
        "Put the whole text in quotes.",
    ),
    (
        "flow",
        "A bracket is opened and never closed, or a comma is missing.",
        "Close the bracket, or put the text in quotes.",
    ),
    (
        "block mapping",
        "This line is not in the same column as its neighbours, or something stands behind a closing quote.",
        "Line it up with spaces; put the whole text into one pair of quotes.",
    ),
    (
        "block collection",
        "This list item is not in the same column as its neighbours.",
        "Line the dashes up with spaces.",
    ),
    (
        "block scalar",
        "Something stands behind “>” or “|”, or the text below is not indented.",
        "Begin the text on the next line, two spaces further in.",
    ),
)


def _resolve(value: str) -> str | int | float | bool | None:
    """What a scalar without quotes means."""
    if value in ("", "~", "null"):
        return None
    if value in ("true", "false"):
        return value == "true"
    if _INTEGER.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return float(value)
    return value
