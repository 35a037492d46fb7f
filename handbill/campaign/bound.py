"""A bound piece: what ``compose`` sets. Every string is in its language, every number in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import RichSpan, flatten
from handbill.campaign.languages import Language
from handbill.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Text:
    """A string as it is printed.

    ``source`` is its English as written. ``place`` is where the printed words stand: for a
    translation the catalogue, so that a line too long sends its reader to who can mend it.
    """

    spans: tuple[RichSpan, ...]
    source: str
    place: Place

    @property
    def plain(self) -> str:
        """The text without its marks."""
        return flatten(self.spans)


def walk_texts(part: object) -> Iterator[Text]:
    """Every text inside a block or a part of one, in the order of its fields."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from walk_texts(item)
    elif is_dataclass(part) and not isinstance(part, type | Place | RichSpan):
        for entry in fields(part):
            yield from walk_texts(getattr(part, entry.name))


@dataclass(frozen=True, kw_only=True)
class BoundBlock:
    """What every block has. ``optional`` blocks may be dropped, the smallest number first."""

    id: str
    kind: str
    facts: tuple[int, ...]
    optional: int | None
    place: Place
    heading: Text | None = None
    lead: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CoverBlock(BoundBlock):
    """The front: title, a line below it, short lines that call to act."""

    title: Text
    sub: Text | None
    call: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class TextBlock(BoundBlock):
    """Running text."""

    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class ListBlock(BoundBlock):
    """``marker`` is "dot", "tick", "cross" or "number"."""

    marker: str
    items: tuple[Text, ...]


@dataclass(frozen=True)
class BoundGroup:
    """An icon, a bold title and the text that runs in after it."""

    icon: str
    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class GroupsBlock(BoundBlock):
    """Groups of signs."""

    items: tuple[BoundGroup, ...]


@dataclass(frozen=True)
class BoundIcon:
    """A big icon with few words."""

    icon: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class IconsBlock(BoundBlock):
    """A poster's big icons."""

    items: tuple[BoundIcon, ...]


@dataclass(frozen=True)
class BoundColumn:
    """One short list of several side by side."""

    title: Text
    marker: str
    items: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class ColumnsBlock(BoundBlock):
    """A poster's side-by-side lists."""

    items: tuple[BoundColumn, ...]


@dataclass(frozen=True)
class BoundFlip:
    """Something people say, and what is so."""

    question: Text
    answer: Text


@dataclass(frozen=True, kw_only=True)
class FlipsBlock(BoundBlock):
    """True or not true."""

    items: tuple[BoundFlip, ...]


@dataclass(frozen=True)
class BoundStep:
    """A situation or order in bold, then what to do."""

    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class StepsBlock(BoundBlock):
    """What to do, step by step or by situation."""

    items: tuple[BoundStep, ...]


@dataclass(frozen=True, kw_only=True)
class CalloutBlock(BoundBlock):
    """A strong box."""

    icon: str | None
    title: Text
    text: Text


@dataclass(frozen=True)
class BoundCard:
    """A contact. ``shows`` are its numbers and addresses, one span each, the biggest first.

    ``short`` is its short name, for a poster.
    """

    contact: str
    name: Text
    short: Text
    shows: tuple[Text, ...]
    when: Text
    then: Text | None
    claims: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class ContactsBlock(BoundBlock):
    """Cards with numbers."""

    cards: tuple[BoundCard, ...]


@dataclass(frozen=True, kw_only=True)
class QrBlock(BoundBlock):
    """``payload`` is the address that the code holds; None while a local address is not filled in."""

    contact: str
    text: Text
    address: Text
    payload: str | None


@dataclass(frozen=True, kw_only=True)
class StripBlock(BoundBlock):
    """The quiet strip for a young reader."""

    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class TabsBlock(BoundBlock):
    """``number`` is one span: the number that each tab carries."""

    contact: str
    number: Text


@dataclass(frozen=True)
class BoundPiece:
    """One audience's piece in one language, for one site or none.

    ``audience`` is who reads it, which gives it its look.
    ``regions`` hold the blocks by region, in reading order. ``state`` is "source" or "approved"
    for English, "draft", "reviewed" or "approved" for a translation; ``review`` says so in the
    words of the imprint. ``contacts`` is every number and address printed, as printed, in
    reading order; ``facts`` the numbers of the facts that the piece covers; ``words`` the
    program's own words. ``publisher`` is a placeholder span while nobody is named. ``warnings``
    are the linter's on a translation (those on the English are the campaign's).
    """

    campaign: str
    audience: str
    piece: str
    language: str
    site: str | None
    code: str
    title: Text
    record: Language
    regions: Mapping[str, tuple[BoundBlock, ...]]
    state: str
    contacts: tuple[str, ...]
    facts: tuple[int, ...]
    words: Mapping[str, Text]
    version: str
    checked: str | None
    date: date
    publisher: Text
    audience_name: Text
    warnings: tuple[Problem, ...] = ()

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return self.record.direction

    @property
    def language_name(self) -> str:
        """The language's name in English."""
        return self.record.name

    @property
    def endonym(self) -> str:
        """The language's name in itself."""
        return self.record.endonym

    @property
    def halves(self) -> tuple[BoundPiece, ...]:
        """The piece by language: itself alone (a bilingual one has two, pairs.py)."""
        return (self,)

    @property
    def review(self) -> Text:
        """The words for its state, as the imprint says it."""
        return self.words[f"review_{self.state}"]

    @property
    def blocks(self) -> tuple[BoundBlock, ...]:
        """Every block in reading order."""
        return tuple(block for blocks in self.regions.values() for block in blocks)

    @property
    def qr(self) -> tuple[str, ...]:
        """Every QR payload."""
        return tuple(block.payload for block in self.blocks if isinstance(block, QrBlock) and block.payload)


def list_contacts(blocks: Iterable[BoundBlock]) -> tuple[str, ...]:
    """Every number and address of the blocks as printed, in reading order, each once."""
    spans = (span for block in blocks for text in walk_texts(block) for span in text.spans)
    return tuple(dict.fromkeys(span.text for span in spans if span.kind in ADDRESSES))
