"""What only the maker of a file knows of it, for the checks that compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.scene import Group, Scene, TextLine


@dataclass(frozen=True, slots=True)
class ExpectedParagraph:
    """The source text of one block, in logical order and without isolates."""

    text: str
    lang: str
    block: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """One page. Lengths in points: the trim, and folds by their distance from its left edge."""

    width: float
    height: float
    folds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """A whole file. ``paragraphs`` stand in reading order; ``contacts`` are the numbers and
    addresses of the register as they are to be printed; ``qr`` are the payloads."""

    title: str
    lang: str
    pages: tuple[ExpectedPage, ...]
    paragraphs: tuple[ExpectedParagraph, ...]
    contacts: tuple[str, ...] = ()
    qr: tuple[str, ...] = ()


def expected_of(scene: Scene, contacts: Sequence[str] = (), qr: Sequence[str] = ()) -> Expected:
    """What a scene's file ought to hold: its tagged words in reading order (``Group.order``)."""
    groups = sorted((group for page in scene.pages for group in page.items), key=lambda group: group.order)
    paragraphs = tuple(
        ExpectedParagraph(group.tag.text, group.tag.lang or scene.lang, group.tag.block or "")
        for top in groups
        for group in _told(top)
        if group.tag.text
    )
    pages = tuple(ExpectedPage(page.width, page.height, page.folds) for page in scene.pages)
    return Expected(scene.title, scene.lang, pages, paragraphs, tuple(contacts), tuple(qr))


def _told(group: Group) -> Iterator[Group]:
    """The groups inside that hold lines and are read out."""
    if group.tag.role == "Artifact":
        return
    if any(isinstance(item, TextLine) for item in group.items):
        yield group
    for item in group.items:
        if isinstance(item, Group):
            yield from _told(item)
