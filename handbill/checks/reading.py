"""What a screen reader hears of a tagged file, as text: for editors, who cannot all run one.

An element speaks its ActualText; a picture its description; anything else what it holds, in the
order of the tags (ISO 32000-1, 14.8 and 14.9). What has no tag is not heard.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from handbill.checks.document import Document
from handbill.checks.lines import INVISIBLE
from handbill.checks.objects import dictionary, items_of, key_of, text_of
from handbill.checks.structure import Element, Spoken, read_structure, spoken_by_content

INDENT = "  "
INLINE = ("Span", "Link", "Quote", "Reference", "Code", "Annot")
OTHER_LINE = 0.8
"""A baseline that differs by more than this part of the size is that of another line."""


def read_out(document: Document) -> list[str]:
    """A line for the title, for each page as its reading begins, and for each tag: its role, its
    language where that changes, and what is heard for it as a whole.

    Indents show depth. Lines under a line with words are parts of it (links with where they lead,
    words in another language), not heard again; a Span that changes nothing has no line. Empty for a
    file without tags.
    """
    if not document.is_tagged:
        return []
    return list(_Reading(document).lines())


class _Reading:
    def __init__(self, document: Document) -> None:
        self._root = read_structure(document)
        self._lang = text_of(document.root.get("/Lang"))
        self._title = document.xmp.get("dc:title") or document.info.get("/Title", "")
        self._targets = _targets(document)
        self._pieces = spoken_by_content(document)
        self._page = 0

    def lines(self) -> Iterator[str]:
        yield f"Title{_tongue(self._lang, '')} {self._title}"
        for kid in self._root.kids:
            if isinstance(kid, Element):
                yield from self._element(kid, 0, self._lang, False)

    def _element(self, element: Element, depth: int, outer: str, inside: bool) -> Iterator[str]:
        """The lines of an element; ``inside`` one whose words have been told."""
        page = next((number for number, _ in element.contents), self._page)
        if page > self._page:
            self._page = page
            yield f"page {page}"
        speaks = inside or self._speaks(element)
        lang = element.lang or outer
        targets = [self._targets[key] for key in element.annotations if key in self._targets]
        told = element.role != "Span" or not inside or lang != outer or bool(targets)
        if told:
            said = self._said(element) if speaks else ""
            head = f"{INDENT * depth}{element.role}{_tongue(lang, outer)} {said}".rstrip()
            yield head + "".join(f" -> {target}" for target in targets)
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from self._element(kid, depth + told, lang, speaks)

    def _speaks(self, element: Element) -> bool:
        """Whether an element has words of its own, so that it is heard as one."""
        if element.actual_text is not None or element.alt is not None:
            return True
        return any(
            isinstance(kid, tuple) or (kid.role in INLINE and self._speaks(kid)) for kid in element.kids
        )

    def _said(self, element: Element) -> str:
        text = ""
        before: Spoken | None = None
        for piece in self._spoken(element):
            if before is not None and _on_another_line(before, piece) and _are_words(text, piece.text):
                text += " "
            text += piece.text
            before = piece
        return " ".join(INVISIBLE.sub("", text).split())

    def _spoken(self, element: Element) -> Iterator[Spoken]:
        replaced = element.actual_text if element.actual_text is not None else element.alt
        if replaced is not None:
            yield Spoken(replaced)
            return
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from self._spoken(kid)
            else:
                yield from self._pieces.get(kid, ())


def _tongue(lang: str, outer: str) -> str:
    return f" [{lang}]" if lang and lang != outer else ""


def _are_words(before: str, after: str) -> bool:
    """Whether a line's end between two texts parts words: not where there is a space already, nor
    between the squares of Chinese, which stand without spaces (UAX 11, wide and full width)."""
    ends = before[-1:], after[:1]
    if any(end.isspace() for end in ends):
        return False
    widths = [unicodedata.east_asian_width(end) for end in ends if end]
    return not (any(width in "WF" for width in widths) and all(width in "WFA" for width in widths))


def _on_another_line(one: Spoken, other: Spoken) -> bool:
    if one.end is None or other.start is None:
        return False
    return abs(one.end - other.start) > OTHER_LINE * max(one.size, other.size)


def _targets(document: Document) -> dict[object, str]:
    """Where each link leads, by its annotation."""
    found = {}
    for page in document.pages:
        for annotation in items_of(page.source.obj.get("/Annots")):
            uri = text_of(dictionary(dictionary(annotation).get("/A")).get("/URI"))
            if uri:
                found[key_of(annotation)] = uri
    return found
