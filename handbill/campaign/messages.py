"""Messages: the blocks that pieces are made of, one class a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, field_validator

from handbill.campaign.records import Identifier, Name, Prose, ProseMark, Record

IconName = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
Marker = Literal["dot", "tick", "cross", "number"]
Address = Literal["phone", "text", "web", "email"]
Path = tuple[str | int, ...]


class _Block(Record):
    """``facts`` a reader of this block learns; ``note`` is for translators.

    A block with ``critical`` carries words on which somebody's safety hangs (brief, terminology.md
    rule 2): who to call, what not to do, whose fault it is, what stays private. Both its wordings
    are translated back by somebody who has not seen the English before they are released.
    A block with ``optional`` may be left out where room is short, the smallest number first.
    ``short`` is the same message in fewer words, as a block of any kind: pieces that have little
    room name it ``<block>/short``.
    """

    facts: tuple[int, ...] = ()
    note: str | None = None
    critical: bool = False
    optional: Annotated[int, Field(ge=1, le=99)] | None = None
    short: Block | None = None

    @field_validator("short")
    @classmethod
    def _one_step(cls, short: Block | None) -> Block | None:
        if short is not None and short.short is not None:
            raise ValueError("a short wording has a short wording of its own | Keep one “short:”.")
        if short is not None and short.critical:
            raise ValueError(
                "a short wording says “critical:” | Write it at the block: it holds for both wordings."
            )
        return short


class _Headed(_Block):
    heading: Prose | None = None
    lead: Prose | None = None


class Cover(_Block):
    """The front: a title, a line below it, and short lines that call to act."""

    kind: Literal["cover"]
    title: Prose
    sub: Prose | None = None
    call: tuple[Prose, ...] = ()


class Paragraphs(_Headed):
    """Running text."""

    kind: Literal["text"]
    paragraphs: Annotated[tuple[Prose, ...], Field(min_length=1)]


class MarkedList(_Headed):
    """A list with a marker. Items under a cross say what not to do."""

    kind: Literal["list"]
    marker: Marker = "dot"
    items: Annotated[tuple[Prose, ...], Field(min_length=1)]


class GroupItem(Record):
    """An icon, a bold title and the text that runs in after it."""

    icon: IconName
    title: Prose
    text: Prose


class Groups(_Headed):
    """Groups of signs, each beside its icon."""

    kind: Literal["groups"]
    items: Annotated[tuple[GroupItem, ...], Field(min_length=1)]


class IconItem(Record):
    """A big icon with few words."""

    icon: IconName
    label: Prose


class Icons(_Headed):
    """A poster's big icons."""

    kind: Literal["icons"]
    items: Annotated[tuple[IconItem, ...], Field(min_length=1)]


class ColumnItem(Record):
    """One short list of several side by side."""

    title: Prose
    marker: Marker = "dot"
    items: Annotated[tuple[Prose, ...], Field(min_length=1)]


class Columns(_Headed):
    """A poster's side-by-side lists."""

    kind: Literal["columns"]
    items: Annotated[tuple[ColumnItem, ...], Field(min_length=1)]


class FlipItem(Record):
    """Something people say, and what is so."""

    question: Prose
    answer: Prose


class Flips(_Headed):
    """True or not true."""

    kind: Literal["flips"]
    items: Annotated[tuple[FlipItem, ...], Field(min_length=1)]


class StepItem(Record):
    """A situation or a short order in bold, then what to do."""

    title: Prose
    text: Prose


class Steps(_Headed):
    """What to do, step by step or by situation."""

    kind: Literal["steps"]
    items: Annotated[tuple[StepItem, ...], Field(min_length=1)]


class Callout(_Headed):
    """A strong box, such as danger: 999."""

    kind: Literal["callout"]
    icon: IconName | None = None
    title: Prose
    text: Prose


class Card(Record):
    """A contact with when to use it and what happens then.

    ``claims`` are ids of claims in the register: nothing else may be promised about a service.
    ``shows`` are the numbers and addresses to print; all that the contact has if left out.
    """

    contact: Identifier
    when: Prose
    then: Prose | None = None
    claims: tuple[Identifier, ...] = ()
    shows: Annotated[tuple[Address, ...], Field(min_length=1)] | None = None


class Contacts(_Headed):
    """Cards with numbers."""

    kind: Literal["contacts"]
    cards: Annotated[tuple[Card, ...], Field(min_length=1)]


class Qr(_Headed):
    """A code to scan, with the address beside it in words."""

    kind: Literal["qr"]
    contact: Identifier
    text: Prose


class Strip(_Headed):
    """The quiet strip for a young reader."""

    kind: Literal["strip"]
    title: Prose
    text: Prose


class Tabs(_Headed):
    """Tear-off tabs with a number and no topic."""

    kind: Literal["tabs"]
    contact: Identifier


Block = Annotated[
    Cover
    | Paragraphs
    | MarkedList
    | Groups
    | Icons
    | Columns
    | Flips
    | Steps
    | Callout
    | Contacts
    | Qr
    | Strip
    | Tabs,
    Field(discriminator="kind"),
]


SHORT = "/short"
"""What the name of a block's short wording ends in."""

for _kind in _Block.__subclasses__() + _Headed.__subclasses__():
    _kind.model_rebuild()


class MessagesFile(Record):
    """A file of ``content/messages/``."""

    blocks: dict[Name, Block]


def walk_prose(record: BaseModel, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a record that readers see, with its path, in the order of the fields.

    The short wording of a block is a block by itself, and its texts are not among them.
    """
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        yield from _walk_value(value, (*path, name), any(isinstance(m, ProseMark) for m in _marks(field)))


def _marks(field: Any) -> Iterator[Any]:
    yield from field.metadata
    stack = [field.annotation]
    while stack:
        kind = stack.pop()
        yield from getattr(kind, "__metadata__", ())
        stack.extend(getattr(kind, "__args__", ()))


def _walk_value(value: Any, path: Path, prose: bool) -> Iterator[tuple[Path, str]]:
    if isinstance(value, _Block):
        return
    if isinstance(value, BaseModel):
        yield from walk_prose(value, path)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk_value(item, (*path, index), prose)
    elif isinstance(value, str) and prose:
        yield path, value
