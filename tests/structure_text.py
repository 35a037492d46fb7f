"""What a screen reader hears: a walk over the structure tree of a finished PDF, with pikepdf alone.

An element speaks its ActualText; a Figure its Alt; anything else what its children speak, and
marked content what its glyphs say through their ToUnicode maps (ISO 32000-1, 14.8 and 14.9).
veraPDF does not look at words: it passes a file whose Urdu runs backwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

INVISIBLE = re.compile("[\u200b\u200e\u200f]")
"""Zero-width space and the two direction marks: what our writer adds for readers of pages."""
BLOCKS = frozenset(["P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "Figure"])


@dataclass(frozen=True)
class Link:
    """A Link element: what it speaks, where its annotations lead and how they describe that."""

    text: str
    lang: str
    targets: tuple[str, ...]
    contents: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """A paragraph, heading, label or figure: what is heard, and in which languages.

    ``tongues`` are (language, words) in order; ``pages`` the pages that its content stands on,
    ``path`` the roles from the document down, ``bounds`` the box of a figure.
    """

    role: str
    text: str
    tongues: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    pages: tuple[int, ...]
    path: tuple[str, ...]
    bounds: tuple[float, ...] | None


def plain(text: str) -> str:
    """Text as it is compared: no zero-width characters, any stretch of space one space."""
    return " ".join(INVISIBLE.sub("", text).split())


def hear(path: Path) -> list[Heard]:
    """All that is heard, in the order of the tree."""
    with pikepdf.open(path) as pdf:
        return list(_Walker(pdf).blocks())


class _Walker:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.content = [_marked_text(page) for page in pdf.pages]
        self.root = pdf.Root.StructTreeRoot
        self.lang = str(pdf.Root.Lang)

    def blocks(self) -> Iterator[Heard]:
        kids = self.root.K
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from self._down(kid, self.lang, ())

    def _down(self, element: pikepdf.Object, lang: str, path: tuple[str, ...]) -> Iterator[Heard]:
        lang = str(element.get("/Lang", lang))
        role = str(element.S)[1:]
        path = (*path, role)
        inner = [kid for kid in _kids(element) if _is_element(kid)]
        if role in BLOCKS and not any(str(kid.S)[1:] in BLOCKS for kid in inner):
            tongues = tuple(self._spoken(element, lang))
            yield Heard(
                role,
                "".join(words for _, words in tongues),
                tongues,
                tuple(self._links(element, lang)),
                tuple(sorted(set(self._pages(element)))),
                path,
                _bounds(element),
            )
            return
        stray = [kid for kid in _kids(element) if not _is_element(kid)]
        assert not stray or role == "Link", f"{role} holds content outside any paragraph"
        for kid in inner:
            yield from self._down(kid, lang, path)

    def _spoken(self, element: pikepdf.Object, lang: str) -> Iterator[tuple[str, str]]:
        lang = str(element.get("/Lang", lang))
        for key in ("/ActualText", "/Alt"):
            if key in element:
                yield lang, str(element[key])
                return
        for kid in _kids(element):
            if _is_element(kid):
                yield from self._spoken(kid, lang)
            elif (place := self._place(kid, element)) is not None:
                page, mcid = place
                yield lang, self.content[page][mcid]

    def _place(self, kid: object, element: pikepdf.Object) -> tuple[int, int] | None:
        """Page and number of marked content; None for an annotation."""
        if isinstance(kid, int):
            return self.pages[element.Pg.objgen], kid
        if isinstance(kid, pikepdf.Dictionary) and kid.Type == "/MCR":
            return self.pages[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)
        return None

    def _pages(self, element: pikepdf.Object) -> Iterator[int]:
        for kid in _kids(element):
            if _is_element(kid):
                yield from self._pages(kid)
            elif (place := self._place(kid, element)) is not None:
                yield place[0]

    def _links(self, element: pikepdf.Object, lang: str) -> Iterator[Link]:
        for kid in _kids(element):
            if not _is_element(kid):
                continue
            own = str(kid.get("/Lang", lang))
            if kid.S == "/Link":
                areas = [
                    item.Obj for item in _kids(kid) if isinstance(item, pikepdf.Dictionary) and "/Obj" in item
                ]
                yield Link(
                    "".join(words for _, words in self._spoken(kid, own)),
                    own,
                    tuple(str(area.A.URI) for area in areas),
                    tuple(str(area.Contents) for area in areas),
                )
            yield from self._links(kid, own)


def _kids(element: pikepdf.Object) -> list[object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _bounds(element: pikepdf.Object) -> tuple[float, ...] | None:
    """The box that the Layout attributes give (14.8.5.4): left, low, right, top."""
    box = element.get("/A", {}).get("/BBox")
    return None if box is None else tuple(float(edge) for edge in box)


def _is_element(kid: object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page, by its number."""
    fonts = {name: _unicode_map(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    current: dict[int, str] = {}
    mark: int | None = None
    said: str | None = None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "BDC":
                facts = operands[1]
                mark = int(facts.MCID) if "/MCID" in facts else None
                said = str(facts.ActualText) if "/ActualText" in facts else None
                if mark is not None:
                    found[mark] = said or ""
            case "EMC":
                mark = said = None
            case "Tj" | "TJ" if mark is not None and said is None:
                strings = operands[0] if str(operator) == "TJ" else [operands[0]]
                for item in strings:
                    if isinstance(item, pikepdf.String):
                        codes = bytes(item)
                        pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
                        found[mark] += "".join(current[int.from_bytes(pair)] for pair in pairs)
    return found


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    """A font's ToUnicode map (9.10.3): code to text."""
    source = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = _text(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = _text(text)
            for offset, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = start[:-1] + chr(ord(start[-1]) + offset)
    return found


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")
