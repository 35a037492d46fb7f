"""Like faults of a page told once, with the place of the first and the number of the others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from handbill.checks.document import PageView

K = TypeVar("K", bound=Hashable)
At = tuple[float, float]


def tally(items: Iterable[tuple[PageView, K, At | None]]) -> Iterator[tuple[int, K, At | None, str]]:
    """Page number, key, place of the first, and words for the others ("" or " (and 3 more)")."""
    found: dict[tuple[int, K], list[At | None]] = {}
    for page, key, at in items:
        found.setdefault((page.number, key), []).append(at)
    for (number, key), places in found.items():
        others = len(places) - 1
        yield number, key, places[0], f" (and {others} more on this page)" if others else ""


def shorten(text: str, most: int = 40) -> str:
    """A few words of a text, for a message."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
