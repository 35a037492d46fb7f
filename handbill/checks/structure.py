"""The tree of tags, and the words under each tag (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf

from handbill.checks.document import Document
from handbill.checks.marks import Words
from handbill.checks.objects import dictionary, key_of, text_of

MOST_ELEMENTS = 200_000
DEEPEST = 60


@dataclass
class Element:
    """One tag. ``kids`` are elements and pairs of page number and MCID in reading order;
    ``annotations`` are the annotations it holds."""

    role: str
    lang: str | None = None
    alt: str | None = None
    actual_text: str | None = None
    kids: list[Element | tuple[int, int]] = field(default_factory=list)
    annotations: list[object] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all inside."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    @property
    def contents(self) -> Iterator[tuple[int, int]]:
        """All marked content inside."""
        for element in self.walk():
            yield from (kid for kid in element.kids if isinstance(kid, tuple))


def read_structure(document: Document) -> Element:
    """The tree of tags under an element "StructTreeRoot"; empty for an untagged file."""
    pages = {page.source.obj.objgen: page.number for page in document.pages}
    tree = dictionary(document.root.get("/StructTreeRoot"))
    roles = dictionary(tree.get("/RoleMap"))
    root = Element("StructTreeRoot")
    _Walk(pages, roles).add(root, tree.get("/K"), None, 0)
    return root


class _Walk:
    def __init__(self, pages: dict[Any, int], roles: Any) -> None:
        self._pages = pages
        self._roles = roles
        self._seen: set[object] = set()
        self._count = 0

    def add(self, parent: Element, kid: Any, page: int | None, depth: int) -> None:
        self._count += 1
        if depth > DEEPEST or self._count > MOST_ELEMENTS:
            return
        if isinstance(kid, pikepdf.Array):
            for item in kid:
                self.add(parent, item, page, depth + 1)
        elif isinstance(kid, int) and not isinstance(kid, bool):
            if page is not None:
                parent.kids.append((page, kid))
        elif isinstance(kid, pikepdf.Dictionary):
            page = (
                self._pages.get(kid.Pg.objgen, page)
                if isinstance(kid.get("/Pg"), pikepdf.Dictionary)
                else page
            )
            if isinstance(kid.get("/MCID"), int):
                if page is not None:
                    parent.kids.append((page, int(kid["/MCID"])))
            elif "/Obj" in kid:
                parent.annotations.append(key_of(kid["/Obj"]))
            elif kid.objgen == (0, 0) or kid.objgen not in self._seen:
                self._seen.add(kid.objgen)
                element = Element(
                    self._role(text_of(kid.get("/S"))),
                    _text(kid.get("/Lang")),
                    _text(kid.get("/Alt")),
                    _text(kid.get("/ActualText")),
                )
                parent.kids.append(element)
                self.add(element, kid.get("/K"), page, depth + 1)

    def _role(self, name: str) -> str:
        for _ in range(10):
            mapped = text_of(self._roles.get(name)) if name in self._roles else ""
            if not mapped or mapped == name:
                break
            name = mapped
        return name.lstrip("/")


def _text(value: Any) -> str | None:
    return None if value is None else text_of(value)


class Spoken(NamedTuple):
    """Words of one marked content, and the baselines at which they begin and end (None without ink)."""

    text: str
    start: float | None = None
    end: float | None = None
    size: float = 0.0


def spoken_by_content(document: Document) -> dict[tuple[int, int], list[Spoken]]:
    """What each marked content says, in the order of painting; an ActualText of its own counts once."""
    found: dict[tuple[int, int], list[Spoken]] = {}
    told: set[tuple[int, int]] = set()
    for page in document.pages:
        for mark in page.contents.marks:
            marked = mark.ink.marked
            if marked.mcid is None or marked.artifact:
                continue
            spoken = found.setdefault((page.number, marked.mcid), [])
            if marked.actual_text is not None:
                if (page.number, marked.serial) not in told:
                    told.add((page.number, marked.serial))
                    spoken.append(Spoken(marked.actual_text))
            elif isinstance(mark, Words):
                first, last = (mark.letters[0], mark.letters[-1]) if mark.letters else (None, None)
                spoken.append(
                    Spoken(mark.text, first.y if first else None, last.end_y if last else None, mark.size)
                )
    return found


def words_by_content(document: Document) -> dict[tuple[int, int], str]:
    """What each marked content says as one text."""
    return {key: "".join(part.text for part in parts) for key, parts in spoken_by_content(document).items()}


def read_aloud(element: Element, words: dict[tuple[int, int], str]) -> str:
    """What a screen reader says for an element: its ActualText, else what is inside, in order."""
    if element.actual_text is not None:
        return element.actual_text
    return " ".join(
        read_aloud(kid, words) if isinstance(kid, Element) else words.get(kid, "") for kid in element.kids
    )
