"""Lines: where a galley is broken. First fit, then made better without costing a line.

A headline is evened out; a paragraph's last line is kept from holding a single word. A list of
line ends counts segments: [7, 12] is two lines, segments 0 to 6 and 7 to 11. Lengths are in em.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from math import inf

from handbill.text.breaks import AFTER_SENTENCE
from handbill.text.galley import Galley

SLACK = 1e-6
"""How much wider than the room a line may be: the rounding of sums."""

_LEAST_MEASURE = 0.8
"""What a measure may shrink to, at most, to make the breaks better."""

_PRECISION = 1000
"""Measures are searched to the room divided by this."""


_NARROW = 15.0
"""A measure of fewer em than this holds labels and the words of cards more than running text."""

_FURTHER_LINE = 0.9
_SENTENCE_INSIDE = 1.0
"""What a line more costs in a headline, and a sentence that ends inside a line, where a break between
two words costs 1 (`price_break`)."""


def break_lines(galley: Galley, room: float, balance: bool) -> list[int]:
    """The ends of as few lines as there can be, none wider than ``room``.

    A segment that is wider than the room stands alone. ``balance`` evens the lines out; without it
    the last line gets a second word where lines a little narrower allow that. Where breaks have
    prices, headlines and narrow measures break at the cheapest places, and a headline may take one
    line more than it must, to break where its sense does.
    """
    ends = _fill(galley, room)
    if len(ends) < 2:
        return ends
    if galley.priced and (balance or room < _NARROW):
        return _cheapest(galley, room, len(ends), balance)
    if balance:
        # The narrowest measure that takes no further line leaves the lines as even as they can be.
        return _narrowest(galley, room, len(ends))
    if has_runt(galley, ends):

        def still_short(tried: list[int]) -> bool:
            return len(tried) == len(ends) and has_runt(galley, tried)

        # Going narrower, a runt is first cured and only then a further line begun; the narrowest
        # measure with the runt is therefore just above the widest that could be without.
        low, high = _least(galley, room), room
        while high - low > room / _PRECISION:
            middle = (low + high) / 2
            low, high = (low, middle) if still_short(_fill(galley, middle)) else (middle, high)
        cured = _fill(galley, low)
        if len(cured) == len(ends) and not has_runt(galley, cured):
            return cured
    return ends


def variants(galley: Galley, room: float, ends: list[int]) -> Iterator[list[int]]:
    """Other breaks into the same number of lines, from measures ever narrower, none with a runt
    unless ``ends`` has one."""
    seen = [ends]
    runt = has_runt(galley, ends)
    least = _least(galley, room)
    for step in range(1, 21):
        tried = _fill(galley, max(least, room * (1 - step / 100)))
        if len(tried) > len(ends):
            return
        if tried not in seen and (runt or not has_runt(galley, tried)):
            seen.append(tried)
            yield tried


def has_runt(galley: Galley, ends: list[int]) -> bool:
    """True if the last of several lines holds a single word, or the end of one."""
    if len(ends) < 2:
        return False
    return not any(segment.starts_word for segment in galley.segments[ends[-2] + 1 : ends[-1]])


def _fill(galley: Galley, room: float) -> list[int]:
    ends: list[int] = []
    start, count = 0, len(galley.segments)
    while start < count:
        limit = galley.lefts[start] + room + SLACK
        start = max(start + 1, bisect_right(galley.rights, limit, start))
        ends.append(start)
    return ends


def _cheapest(galley: Galley, room: float, least: int, headline: bool) -> list[int]:
    """The breaks into ``least`` lines that cost least: bad places and unevenness. A ``headline`` may
    have one line more, and its sentences should not begin in the middle of a line.
    """
    count = len(galley.segments)

    def best(lines: int) -> tuple[float, list[int]]:
        even = galley.rights[-1] / lines
        # costs[i] is the least cost of segments 0 to i - 1 on the lines so far, with its line ends.
        costs: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
        for line in range(1, lines + 1):
            following: dict[int, tuple[float, list[int]]] = {}
            for start, (cost, ends) in costs.items():
                inside = 0.0
                for end in range(start + 1, count + 1):
                    width = galley.rights[end - 1] - galley.lefts[start]
                    if width > room + SLACK and end > start + 1:
                        break
                    if (end == count) == (line == lines):
                        price = 0.0 if end == count else galley.segments[end - 1].price
                        uneven = ((width - even) / room) ** 2
                        total = cost + price + uneven + inside
                        if end not in following or total < following[end][0]:
                            following[end] = (total, [*ends, end])
                    if headline and galley.segments[end - 1].price == AFTER_SENTENCE:
                        inside += _SENTENCE_INSIDE
            costs = following
        return costs.get(count, (inf, []))

    few = best(least)
    if not headline:
        return few[1]
    more = best(least + 1)
    return few[1] if few[0] <= more[0] + _FURTHER_LINE else more[1]


def _least(galley: Galley, room: float) -> float:
    widest = max(segment.bare_width for segment in galley.segments)
    return min(room, max(widest, room * _LEAST_MEASURE))


def _narrowest(galley: Galley, room: float, count: int) -> list[int]:
    """The breaks at the narrowest measure that gives ``count`` lines, as ``room`` does."""
    best = _fill(galley, room)
    low, high = max(segment.bare_width for segment in galley.segments), room
    while high - low > room / _PRECISION:
        middle = (low + high) / 2
        tried = _fill(galley, middle)
        if len(tried) == count:
            best, high = tried, middle
        else:
            low = middle
    return best
