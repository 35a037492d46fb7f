"""The Unicode Bidirectional Algorithm (UAX #9, revision 46): which way each character runs.

Levels come out of `levels`; a line's pieces are put into visual order by `visual_order`. Even
levels run left to right, odd ones right to left. Rule L1 (spaces at a line's end) has no work
here, since a set line ends in no space. The classes of characters are those of Python's
own ``unicodedata``; the bracket pairs are in `_BRACKETS`, since Python has no table of them.

The rules are named as in the standard. Conformance: tests/test_text_bidi.py runs the whole of
BidiCharacterTest.txt and BidiTest.txt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

MAX_DEPTH = 125

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""What steers this algorithm and has no glyph, as the inside of a regular expression's set."""

# BidiBrackets.txt: the opening brackets whose closing one is the next character; the others are
# listed with theirs below. U+2329 and U+232A stand for U+3008 and U+3009 (BD16).
_OPENERS = (
    "\u0028\u0f3a\u0f3c\u169b\u2045\u207d\u208d\u2308\u230a\u2329\u2768\u276a\u276c\u276e"
    "\u2770\u2772\u2774\u27c5\u27e6\u27e8\u27ea\u27ec\u27ee\u2983\u2985\u2987\u2989\u298b"
    "\u2991\u2993\u2995\u2997\u29d8\u29da\u29fc\u2e22\u2e24\u2e26\u2e28\u2e55\u2e57\u2e59"
    "\u2e5b\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\ufe59\ufe5b\ufe5d\uff08\uff5f\uff62"
)
_BRACKETS = {opener: chr(ord(opener) + 1) for opener in _OPENERS} | {
    "[": "]",
    "{": "}",
    "\u298d": "\u2990",
    "\u298f": "\u298e",
    "\uff3b": "\uff3d",
    "\uff5b": "\uff5d",
}
_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}
_OPENING = {opener: _CANONICAL.get(close, close) for opener, close in _BRACKETS.items()}
_CLOSING = {close: _CANONICAL.get(close, close) for close in _BRACKETS.values()}

_REMOVED = frozenset(["BN", "LRE", "RLE", "LRO", "RLO", "PDF"])
_EXPLICIT = _REMOVED | {"LRI", "RLI", "FSI", "PDI"}
_ISOLATES = frozenset(["LRI", "RLI", "FSI"])
_NEUTRAL = frozenset(["B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"])
_STRONG = frozenset(["L", "R", "AL"])
# Sequences of these alone need no rule: everything takes the direction of the sequence.
_ALL_RIGHT = _NEUTRAL | {"R", "AL", "NSM", "ES", "ET", "CS"}
_ALL_LEFT = _NEUTRAL | {"L", "NSM", "EN", "ES", "ET", "CS"}
_RIGHTWARD = frozenset(["R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"])

# Characters of class R, AL, AN and explicit controls lie in these blocks (DerivedBidiClass.txt).
_MAYBE_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class _Classes(dict[str, str]):
    """Memo of each character's class. What Unicode has not assigned counts as L: it has no glyph
    in any face either, and is refused for that."""

    def __missing__(self, char: str) -> str:
        found = self[char] = unicodedata.bidirectional(char) or "L"
        return found


_classes = _Classes()


@lru_cache(maxsize=4096)
def levels(text: str, base: int) -> tuple[int, ...]:
    """The level of each character of one paragraph, before rule L1.

    ``base`` is the paragraph's own level, 0 or 1: taken from the language, never guessed. Cached:
    the answer hangs on nothing else.
    """
    if base == 0 and not _MAYBE_RTL.search(text):
        return (0,) * len(text)
    resolved = resolve([_classes[char] for char in text], base, text)
    last = base
    whole: list[int] = []
    for level in resolved:
        last = last if level is None else level  # removed by X9: goes with what stands before it
        whole.append(last)
    return tuple(whole)


def first_strong(classes: Sequence[str], start: int = 0, stop: int | None = None) -> int | None:
    """The level that the first strong character calls for (P2, P3), or None if there is none."""
    depth = 0
    for index in range(start, len(classes) if stop is None else stop):
        kind = classes[index]
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in _STRONG:
            return 0 if kind == "L" else 1
    return None


def resolve(classes: Sequence[str], base: int, text: Sequence[str] = ()) -> list[int | None]:
    """Rules X1 to I2 on one paragraph of classes; None for what rule X9 removes.

    ``text`` gives the characters, for the bracket pairs of rule N0; without it there are none.
    """
    kinds = list(classes)
    present = set(kinds)
    found = _explicit(kinds, base) if present & _EXPLICIT else [base] * len(kinds)
    result: list[int | None] = [
        None if kind in _REMOVED else level for kind, level in zip(classes, found, strict=True)
    ]
    if base == 0 and not present & _RIGHTWARD:
        return result
    for sequence, start, end in _sequences(classes, kinds, found, base):
        level = found[sequence[0]]
        _resolve_sequence(kinds, sequence, level, start, end, text, result)
    return result


def _explicit(kinds: list[str], base: int) -> list[int]:
    """X1 to X8: levels from embeddings, overrides and isolates. Overrides replace the kinds."""
    partner = _matching(kinds)
    found = [base] * len(kinds)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    over_isolates = over_embeddings = valid_isolates = 0
    for index, kind in enumerate(list(kinds)):
        level, override, _ = stack[-1]
        found[index] = level
        if kind in _ISOLATES or kind in ("RLE", "LRE", "RLO", "LRO"):
            right = kind[0] == "R"
            isolate = kind in _ISOLATES
            if kind == "FSI":  # X5c
                right = first_strong(kinds, index + 1, partner.get(index, len(kinds))) == 1
            if isolate and override:
                kinds[index] = override
            following = (level + 1) | 1 if right else (level + 2) & ~1
            if following <= MAX_DEPTH and not over_isolates and not over_embeddings:
                valid_isolates += isolate
                entered = ("R" if right else "L") if kind[-1] == "O" else ""
                stack.append((following, entered, isolate))
            elif isolate:
                over_isolates += 1
            elif not over_isolates:
                over_embeddings += 1
        elif kind == "PDI":  # X6a
            if over_isolates:
                over_isolates -= 1
            elif valid_isolates:
                over_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            level, override, _ = stack[-1]
            found[index] = level
            if override:
                kinds[index] = override
        elif kind == "PDF":  # X7
            if not over_isolates:
                if over_embeddings:
                    over_embeddings -= 1
                elif not stack[-1][2] and len(stack) > 1:
                    stack.pop()
        elif kind == "B":  # X8
            found[index] = base
        elif override and kind != "BN":  # X6
            kinds[index] = override
    return found


def _matching(kinds: Sequence[str]) -> dict[int, int]:
    """BD9: each isolate initiator with a matching PDI, and that PDI."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for index, kind in enumerate(kinds):
        if kind in _ISOLATES:
            opened.append(index)
        elif kind == "PDI" and opened:
            pairs[opened.pop()] = index
    return pairs


def _sequences(
    classes: Sequence[str], kinds: Sequence[str], found: Sequence[int], base: int
) -> Iterable[tuple[list[int], str, str]]:
    """X10 and BD13: the isolating run sequences, each with its sos and eos."""
    kept = [index for index, kind in enumerate(classes) if kind not in _REMOVED]
    runs: list[list[int]] = []
    for index in kept:
        if runs and found[runs[-1][-1]] == found[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    partner = _matching(classes)
    closers = set(partner.values())
    by_start = {run[0]: run for run in runs}
    position = {index: place for place, index in enumerate(kept)}
    for run in runs:
        if run[0] in closers:
            continue
        sequence = run
        while sequence[-1] in partner:
            sequence = sequence + by_start[partner[sequence[-1]]]
        level = found[sequence[0]]
        before = position[sequence[0]] - 1
        after = position[sequence[-1]] + 1
        unclosed = classes[sequence[-1]] in _ISOLATES
        previous = found[kept[before]] if before >= 0 else base
        following = found[kept[after]] if after < len(kept) and not unclosed else base
        yield sequence, "LR"[max(level, previous) & 1], "LR"[max(level, following) & 1]


def _resolve_sequence(
    kinds: list[str],
    sequence: list[int],
    level: int,
    start: str,
    end: str,
    text: Sequence[str],
    result: list[int | None],
) -> None:
    """W1 to I2 on one isolating run sequence; writes the levels into ``result``."""
    own = [kinds[index] for index in sequence]
    present = set(own)
    rightward = "R" in (start, end) or "R" in present or "AL" in present
    if level & 1 and rightward and present <= _ALL_RIGHT and own[0] != "NSM":
        return
    if not level & 1 and start == "L" and present <= _ALL_LEFT:
        return
    before = list(own)
    _resolve_weak(own, start)
    if text:
        _resolve_brackets(own, before, [text[index] for index in sequence], level, start)
    _resolve_neutral(own, level, start, end)
    for index, kind in zip(sequence, own, strict=True):
        if level & 1:  # I2
            result[index] = level + (kind != "R")
        else:  # I1
            result[index] = level + (0 if kind == "L" else 1 if kind == "R" else 2)


def _resolve_weak(own: list[str], start: str) -> None:
    """W1 to W7, in place."""
    last = start
    for index, kind in enumerate(own):  # W1
        if kind == "NSM":
            own[index] = "ON" if last in _ISOLATES or last == "PDI" else last
        last = own[index]
    strong = start
    for index, kind in enumerate(own):  # W2, W3
        if kind in _STRONG:
            strong = kind
            if kind == "AL":
                own[index] = "R"
        elif kind == "EN" and strong == "AL":
            own[index] = "AN"
    for index in range(1, len(own) - 1):  # W4
        if own[index] in ("ES", "CS") and own[index - 1] == own[index + 1]:
            around = own[index - 1]
            if around == "EN" or (around == "AN" and own[index] == "CS"):
                own[index] = around
    index = 0
    while index < len(own):  # W5, W6
        if own[index] == "ET":
            stop = index
            while stop < len(own) and own[stop] == "ET":
                stop += 1
            number = (index > 0 and own[index - 1] == "EN") or (stop < len(own) and own[stop] == "EN")
            own[index:stop] = ["EN" if number else "ON"] * (stop - index)
            index = stop
        else:
            if own[index] in ("ES", "CS"):
                own[index] = "ON"
            index += 1
    strong = start
    for index, kind in enumerate(own):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            own[index] = "L"


def _side(kind: str) -> str:
    """Strong direction for rules N0 to N2: numbers count as R; "" for what has none."""
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def _resolve_brackets(own: list[str], before: list[str], chars: list[str], level: int, start: str) -> None:
    """N0, in place. ``before`` holds the kinds as they were before W1, for the marks that follow
    a bracket."""
    embedding = "LR"[level & 1]
    for opener, closer in _bracket_pairs(own, chars):
        inside = {_side(kind) for kind in own[opener + 1 : closer]}
        if embedding in inside:
            direction = embedding
        elif inside - {""}:
            context = next((side for side in map(_side, reversed(own[:opener])) if side), start)
            direction = context if context != embedding else embedding
        else:
            continue
        for bracket in (opener, closer):
            own[bracket] = direction
            for index in range(bracket + 1, len(own)):
                if before[index] != "NSM":
                    break
                own[index] = direction


def _bracket_pairs(own: list[str], chars: list[str]) -> list[tuple[int, int]]:
    """BD16: the bracket pairs by their opening bracket's place."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(chars):
        if own[index] != "ON":
            continue
        if char in _OPENING:
            if len(stack) == 63:
                return []
            stack.append((_OPENING[char], index))
        elif char in _CLOSING:
            wanted = _CLOSING[char]
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == wanted:
                    pairs.append((stack[depth][1], index))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _resolve_neutral(own: list[str], level: int, start: str, end: str) -> None:
    """N1 and N2, in place."""
    embedding = "LR"[level & 1]
    index = 0
    while index < len(own):
        if own[index] not in _NEUTRAL:
            index += 1
            continue
        stop = index
        while stop < len(own) and own[stop] in _NEUTRAL:
            stop += 1
        left = _side(own[index - 1]) if index else start
        right = _side(own[stop]) if stop < len(own) else end
        own[index:stop] = [left if left == right else embedding] * (stop - index)
        index = stop


def visual_order(found: Sequence[int]) -> list[int]:
    """L2: the places 0..n-1 of a line's pieces, from left to right, by their levels."""
    order = list(range(len(found)))
    if not found:
        return order
    odd = [level for level in found if level & 1]
    if not odd:
        return order
    for level in range(max(found), min(odd) - 1, -1):
        index = 0
        while index < len(order):
            if found[order[index]] < level:
                index += 1
                continue
            stop = index
            while stop < len(order) and found[order[stop]] >= level:
                stop += 1
            order[index:stop] = reversed(order[index:stop])
            index = stop
    return order
