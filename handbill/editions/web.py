"""The web edition: what a council, school or practice puts on its site, for eyes and for ears.

One panel is one page, in the order of reading, cropped to the panel. Numbers and addresses are
live. What the structure says is made fit to be heard: headings without a skipped level (PDF/UA-1,
7.4.2), the language of each word, nothing twice. Tags, colour and the standard are the writer's part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from handbill.editions.links import make_live
from handbill.editions.moving import cut, move
from handbill.geometry import Rect
from handbill.glyphs import Run
from handbill.scene import ARTIFACT, Group, Item, Page, Panel, Scene, TextLine, walk

FEWEST_PAGES_WITH_BOOKMARKS = 4
LANGUAGE_OF_NAMES = "en"
"""Names of services stay English in every language (content/contacts.yaml)."""
_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


class Bookmark(NamedTuple):
    """An entry of the outline: its words and the page, counted from 0."""

    title: str
    page: int


def to_web(scene: Scene, words: Mapping[str, str]) -> Scene:
    """The scene as pages to be read on a screen, a page for each panel.

    ``words`` says by kind ("phone", "text", "email", "web") what an address is, in the language
    of the piece ("Phone:"), for the descriptions of links; without it the address stands alone.
    """
    pages = [page for sheet in scene.pages for page in _pages_of(sheet)]
    pages.sort(key=_first_order)
    ranks = _Ranks()
    spoken: dict[tuple[int, int], Group] = {}
    for page, position in _in_reading_order(pages):
        said = _say(pages[page].items[position], scene.lang, ranks)
        spoken[page, position] = make_live(said, words, rtl=scene.direction == "rtl")
    made = (
        replace(page, items=tuple(spoken.get((number, at), group) for at, group in enumerate(page.items)))
        for number, page in enumerate(pages)
    )
    return replace(scene, pages=tuple(made))


def bookmarks_of(scene: Scene, *, every_heading: bool = False) -> tuple[Bookmark, ...]:
    """A bookmark for each page that has a heading; none for a piece of few pages (print-spec 5.1).

    With ``every_heading`` there is one for each, where pages are not ideas of their own, as panels
    are, but what the words have run over.
    """
    if len(scene.pages) < FEWEST_PAGES_WITH_BOOKMARKS:
        return ()
    return tuple(
        Bookmark(title, number)
        for number, page in enumerate(scene.pages)
        for title in islice(_headings(page), None if every_heading else 1)
    )


def _headings(page: Page) -> Iterator[str]:
    for group in sorted(page.items, key=lambda group: group.order):
        for item in walk((group,)):
            if isinstance(item, Group) and item.tag.role in ("H1", "H2") and item.tag.text:
                yield item.tag.text


# Pages


def _pages_of(sheet: Page) -> Iterator[Page]:
    """A page for each panel of a sheet; the whole sheet where it has no panels."""
    panels = sheet.panels or (Panel(sheet.name, sheet.trim),)
    for panel in panels:
        rect = panel.rect
        groups = [group for group in sheet.items if group.region == panel.name or _is_shared(group, panels)]
        yield Page(
            panel.name,
            rect.width,
            rect.height,
            tuple(move(cut(group, rect), -rect.x, -rect.y) for group in groups),
            (Panel(panel.name, Rect(0.0, 0.0, rect.width, rect.height)),),
        )


def _is_shared(group: Group, panels: tuple[Panel, ...]) -> bool:
    """What belongs to no panel is the sheet's own; words must belong to one, or be read twice."""
    if group.region is not None:
        return False
    if len(panels) > 1 and group.tag.role != "Artifact":
        raise ValueError(f"a {group.tag.role} on a sheet of several panels belongs to none of them")
    return True


def _first_order(page: Page) -> float:
    """Where a page stands in reading order; one without words comes last."""
    return min((group.order for group in page.items if group.tag.role != "Artifact"), default=float("inf"))


def _in_reading_order(pages: list[Page]) -> list[tuple[int, int]]:
    """Page and position of each group that is read, as the writer sorts the tree."""
    places = [
        (group.order, number, position)
        for number, page in enumerate(pages)
        for position, group in enumerate(page.items)
        if group.tag.role != "Artifact"
    ]
    return [(number, position) for _, number, position in sorted(places)]


# What is heard


class _Ranks:
    """The levels of headings as they come: each at most one below the heading that it stands under.

    A poster has a headline and then headings made for a leaflet's panels, H1 and H3: the H3 are
    raised, alike among themselves.
    """

    def __init__(self) -> None:
        self._open: list[int] = []

    def rank(self, role: str) -> str:
        """The role that a heading of this role takes here."""
        level = _HEADINGS.index(role)
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return _HEADINGS[len(self._open) - 1]


def _say(group: Group, lang: str, ranks: _Ranks) -> Group:
    """The group with its headings in rank, its runs in their language and no sentence twice."""
    if group.tag.role == "Artifact":
        return group
    tag = group.tag
    if tag.role in _HEADINGS:
        tag = replace(tag, role=ranks.rank(tag.role))
    items: list[Item] = []
    before: Group | None = None
    for item in group.items:
        if isinstance(item, TextLine):
            item = _in_language(item, lang)
        elif isinstance(item, Group) and item.tag.role != "Artifact":
            item, before = _hushed(item, before, lang, ranks)
        items.append(item)
    return replace(group, tag=tag, items=tuple(items))


def _hushed(item: Group, before: Group | None, lang: str, ranks: _Ranks) -> tuple[Group, Group]:
    """The group, as decoration if it says the same as the one before it, as the tabs of a poster do;
    and the group that the next one is to be compared with."""
    if before is not None and item.tag.text and item.tag == before.tag:
        return replace(item, tag=ARTIFACT), before
    return _say(item, lang, ranks), item


def _in_language(line: TextLine, lang: str) -> TextLine:
    runs = tuple(run._replace(lang=_language(run, lang)) for run in line.line.runs)
    return replace(line, line=line.line._replace(runs=runs))


def _language(run: Run, lang: str) -> str:
    """Numbers and punctuation are read in the language of the piece; names are English."""
    if not any(character.isalpha() for character in run.text):
        return lang
    return LANGUAGE_OF_NAMES if run.kind == "name" else run.lang
