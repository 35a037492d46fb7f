"""Layers of a file that are kept from being printed (optional content, ISO 32000-1, 8.11)."""

from __future__ import annotations

from typing import Any

import pikepdf

from handbill.checks.objects import dictionary, text_of


def unprinted_layers(root: Any) -> frozenset[tuple[int, int]]:
    """The layers, by object number, that viewers leave out when they print the file.

    Only a layer whose usage says so and that the usual configuration tells viewers to switch for
    printing (8.11.4.4, AS) counts: a usage that nobody heeds prints after all.
    """
    found: set[tuple[int, int]] = set()
    for rule in _items(dictionary(dictionary(root.get("/OCProperties")).get("/D")).get("/AS")):
        rule = dictionary(rule)
        if text_of(rule.get("/Event")) != "/Print":
            continue
        if "/Print" not in [text_of(category) for category in _items(rule.get("/Category"))]:
            continue
        for layer in _items(rule.get("/OCGs")):
            state = dictionary(dictionary(dictionary(layer).get("/Usage")).get("/Print")).get("/PrintState")
            if text_of(state) == "/OFF" and layer.objgen != (0, 0):
                found.add(layer.objgen)
    return frozenset(found)


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else []
