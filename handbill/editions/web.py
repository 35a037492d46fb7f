"""The web edition: what a council, school or practice puts on its site, for eyes and for ears.

A sheet that is folded is taken apart: one panel is one page, in the order of reading, cropped to
the panel. Numbers and addresses are
live, and what the structure says is made fit to be heard (speech.py). Tags, colour and the standard
are the writer's part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from handbill.editions.links import make_live
from handbill.editions.moving import cut, move
from handbill.editions.speech import make_heard
from handbill.geometry import Rect
from handbill.scene import Group, Page, Panel, Scene, walk

FEWEST_PAGES_WITH_BOOKMARKS = 4


class Bookmark(NamedTuple):
    """An entry of the outline: its words and the page, counted from 0."""

    title: str
    page: int


def to_web(
    scene: Scene, words: Mapping[str, str], others: Mapping[str, Mapping[str, str]] | None = None
) -> Scene:
    """The scene as pages to be read on a screen, a page for each panel of a folded sheet.

    ``words`` says by kind ("phone", "text", "email", "web") what an address is, in the language
    of the piece ("Phone:"), for the descriptions of links; without it the address stands alone.
    ``others`` are such words by language, for what a bilingual piece says in its second.
    """
    pages = [page for sheet in scene.pages for page in _pages_of(sheet)]
    pages.sort(key=_first_order)

    def live(group: Group) -> Group:
        if group.tag.role == "Artifact":
            return group
        told = words if group.tag.lang is None else (others or {}).get(group.tag.lang, {})
        return make_live(group, told, rtl=(group.tag.direction or scene.direction) == "rtl")

    made = (
        replace(page, items=tuple(live(group) for group in page.items))
        for page in make_heard(pages, scene.lang)
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
    """A page for each panel of a folded sheet; the whole sheet where it is not folded."""
    if not sheet.folds:
        name = sheet.panels[0].name if len(sheet.panels) == 1 else sheet.name
        cropped = tuple(cut(group, sheet.trim) for group in sheet.items)
        yield replace(sheet, name=name, items=cropped, panels=(Panel(name, sheet.trim),))
        return
    panels = sheet.panels
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
