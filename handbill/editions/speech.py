"""Speech: what a scene's structure says is made fit to be heard: headings without a skipped level
(PDF/UA-1, 7.4.2), the language of each word, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handbill.glyphs import Run
from handbill.scene import ARTIFACT, Group, Item, Page, TextLine

LANGUAGE_OF_NAMES = "en"
"""Names of services stay English in every language (content/contacts.yaml)."""
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def make_heard(pages: Sequence[Page], lang: str, *, hush: bool = True) -> tuple[Page, ...]:
    """The pages with all that is read out in order made fit for it; ``lang`` is the language of the piece,
    where a group does not say that it is in another.

    With ``hush`` what is said again at once becomes decoration. A file for the press keeps it as
    words: in one, all ink within the trim that is words has to be told as such (writers/breaches.py).
    """
    ranks = _Ranks()
    spoken: dict[tuple[int, int], Group] = {}
    for page, position in _in_reading_order(pages):
        spoken[page, position] = _say(pages[page].items[position], lang, ranks, hush)
    return tuple(
        replace(page, items=tuple(spoken.get((number, at), group) for at, group in enumerate(page.items)))
        for number, page in enumerate(pages)
    )


def _in_reading_order(pages: Sequence[Page]) -> list[tuple[int, int]]:
    """Page and position of each group that is read, as the writer sorts the tree."""
    places = [
        (group.order, number, position)
        for number, page in enumerate(pages)
        for position, group in enumerate(page.items)
        if group.tag.role != "Artifact"
    ]
    return [(number, position) for _, number, position in sorted(places)]


class _Ranks:
    """The levels of headings as they come: each at most one below the heading that it stands under.

    A poster has a headline and then headings made for a leaflet's panels, H1 and H3: the H3 are
    raised, alike among themselves.
    """

    def __init__(self) -> None:
        self._open: list[int] = []

    def rank(self, role: str) -> str:
        """The role that a heading of this role takes here."""
        level = HEADINGS.index(role)
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return HEADINGS[len(self._open) - 1]


def _say(group: Group, lang: str, ranks: _Ranks, hush: bool) -> Group:
    """The group with its headings in rank, its runs in their language and, hushed, no sentence twice."""
    if group.tag.role == "Artifact":
        return group
    tag = group.tag
    lang = tag.lang or lang
    if tag.role in HEADINGS:
        tag = replace(tag, role=ranks.rank(tag.role))
    items: list[Item] = []
    before: Group | None = None
    for item in group.items:
        if isinstance(item, TextLine):
            item = _in_language(item, lang)
        elif isinstance(item, Group) and item.tag.role != "Artifact":
            if hush and before is not None and item.tag.text and item.tag == before.tag:
                item = replace(item, tag=ARTIFACT)  # as the tabs of a poster, each of which has the number
            else:
                before, item = item, _say(item, lang, ranks, hush)
        items.append(item)
    return replace(group, tag=tag, items=tuple(items))


def _in_language(line: TextLine, lang: str) -> TextLine:
    runs = tuple(run._replace(lang=_language(run, lang)) for run in line.line.runs)
    return replace(line, line=line.line._replace(runs=runs))


def _language(run: Run, lang: str) -> str:
    """Numbers and punctuation are read in the language of the piece; names are English."""
    if not any(character.isalpha() for character in run.text):
        return lang
    return LANGUAGE_OF_NAMES if run.kind == "name" else run.lang
