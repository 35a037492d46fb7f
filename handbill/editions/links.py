"""Live links: from the numbers and addresses of a piece, as printed, to what a telephone can open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote, urlsplit, urlunsplit

from handbill.geometry import Rect
from handbill.glyphs import Run
from handbill.scene import Group, Item, Link, TextLine

FEWEST_DIGITS = 3
"""Shorter numbers are keys to press in a call, as the 55 after 999, and never dialled."""
ABOVE, BELOW = 0.95, 0.3
"""How far the live area reaches over and under the baseline, in em of the words."""
LEFT_TO_RIGHT_ISOLATE, END_OF_ISOLATE = "\u2066", "\u2069"

_NUMBER = re.compile(r"\+?[0-9][0-9 ()\u00a0-]*")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def target_of(kind: str, text: str) -> str | None:
    """The URI (ASCII, ISO 32000-1, 12.6.4.7) of a number or address as printed, None where it has none.

    "phone" gives ``tel:``, "text" ``sms:``, "email" ``mailto:`` and "web" ``https:``. What is no
    plain number ("SHOUT to 85258"), is not dialled by itself, or is of another kind (a
    placeholder) gives nothing.
    """
    text = text.strip()
    if kind in ("phone", "text"):
        digits = re.sub(r"[^0-9+]", "", text)
        if not _NUMBER.fullmatch(text) or len(digits) < FEWEST_DIGITS:
            return None
        return f"{'tel' if kind == 'phone' else 'sms'}:{digits}"
    if kind == "email":
        return f"mailto:{quote(text, safe='@+')}" if _EMAIL.fullmatch(text) else None
    return _web(text) if kind == "web" else None


def _web(text: str) -> str | None:
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host or " " in text:
        return None
    path, query, fragment = (quote(part, safe="/%=&+,;:@?~!$'()*") for part in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))


def make_live(group: Group, words: Mapping[str, str], *, rtl: bool) -> Group:
    """The group with a Link over each number and address in it, at every depth.

    ``words`` says by kind what an address is, in the language of the piece ("Phone:"); it goes
    before the address in the link's description. ``rtl`` is the direction of the piece.
    """
    items: list[Item] = [
        make_live(item, words, rtl=rtl) if isinstance(item, Group) and item.tag.role != "Artifact" else item
        for item in group.items
    ]
    lines = [item for item in group.items if isinstance(item, TextLine)]
    return replace(group, items=(*items, *_links(lines, words, rtl)))


def _links(lines: list[TextLine], words: Mapping[str, str], rtl: bool) -> Iterator[Link]:
    """An address is never broken across lines, but it may be set in several runs, of several faces."""
    for line in lines:
        runs = sorted(line.line.runs, key=lambda run: run.order)
        for (kind, _), stretch in groupby(runs, lambda run: (run.kind, run.ref)):
            pieces = list(stretch)
            text = "".join(run.text for run in pieces).strip()
            uri = target_of(kind, text)
            if uri is not None:
                yield Link(_area(line, pieces), uri, _describe(words.get(kind), text, rtl))


def _area(line: TextLine, runs: list[Run]) -> Rect:
    left = min(run.x for run in runs)
    right = max(run.x + run.width for run in runs)
    size = max(run.size for run in runs)
    return Rect(line.x + left, line.y - BELOW * size, right - left, (ABOVE + BELOW) * size)


def _describe(word: str | None, text: str, rtl: bool) -> str:
    """In a tip under the pointer a number after Arabic letters would be shown with its groups
    reversed: it stands in an isolate (text-engine.md, trap 1)."""
    shown = f"{LEFT_TO_RIGHT_ISOLATE}{text}{END_OF_ISOLATE}" if rtl else text
    return f"{word} {shown}" if word else text
