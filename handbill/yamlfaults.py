"""What pydantic finds wrong in a file, in the words of the person who wrote the file."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from handbill.problems import Place, Problem, did_you_mean

KeyPath = tuple[str | int, ...]
PlaceOf = Callable[..., Place]

_SHOWN = 40
"""Letters of a wrong value that a message repeats."""


def key_words(path: KeyPath) -> str:
    """A path as people write it: ``blocks.signs.items[2]``, list positions from 1."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f"[{part + 1}]"
        else:
            words += f".{part}" if words else part
    return words


def explain(error: ValidationError, model: type[BaseModel], place_of: PlaceOf) -> list[Problem]:
    """One problem for each fault, in the order of the file.

    ``place_of(*path)`` gives the place of a path in the file.
    """
    told: dict[tuple[KeyPath, str], Problem] = {}
    for fault in error.errors(include_url=False):
        spot = _follow(model, fault)
        problem = _tell(fault, spot, place_of)
        # Each member of a union complains about the same value: one problem is enough.
        told.setdefault((spot.path, "union" if spot.members else str(problem)), problem)
    return sorted(told.values(), key=lambda problem: (problem.place and problem.place.line) or 0)


@dataclass(frozen=True)
class _Spot:
    """Where a fault lies: its path in the file, without the labels that pydantic adds for unions.

    ``owner`` is the model that the last key belongs to, ``members`` the types of a plain union
    that refused the value, ``tags`` the choices of a union told apart by a key.
    """

    path: KeyPath
    owner: type[BaseModel] | None = None
    members: tuple[Any, ...] = ()
    tags: tuple[str, ...] = ()


def _follow(model: type[BaseModel], fault: ErrorDetails) -> _Spot:
    """Walk a fault's location through the model."""
    kind: Any = model
    path: list[str | int] = []
    owner: type[BaseModel] | None = None
    for part in fault["loc"]:
        kind = _strip(kind)
        if isinstance(kind, _Tagged):
            kind = kind.member(part)
            continue
        if _is_union(kind) or part == "[key]":
            break
        path.append(part)
        owner = kind if _is_model(kind) else None
        kind = _field_type(kind, str(part)) if owner else _element_type(kind, part)
    kind = _strip(kind)
    if isinstance(kind, _Tagged):
        return _Spot(tuple(path), tags=kind.tags())
    if _is_union(kind):
        return _Spot(tuple(path), members=get_args(kind))
    if fault["type"] == "missing":
        path.pop()
    return _Spot(tuple(path), owner)


class _Tagged:
    """A union whose members are told apart by one of their keys."""

    def __init__(self, members: tuple[Any, ...], key: str) -> None:
        self._members = {
            tag: member for member in members for tag in get_args(member.model_fields[key].annotation)
        }

    def member(self, tag: Any) -> Any:
        """The member that carries ``tag``."""
        return self._members[tag]

    def tags(self) -> tuple[str, ...]:
        """Every tag, in the order of the members."""
        return tuple(self._members)


def _strip(kind: Any) -> Any:
    """A type without ``Annotated`` and ``| None``; a union with a discriminator as ``_Tagged``."""
    discriminator = ""
    while True:
        if get_origin(kind) is Annotated:
            kind, *marks = get_args(kind)
            for mark in marks:
                discriminator = getattr(mark, "discriminator", None) or discriminator
        elif isinstance(kind, FieldInfo):
            discriminator = str(kind.discriminator or "")
            kind = kind.annotation
        elif _is_union(kind):
            members = tuple(member for member in get_args(kind) if member is not type(None))
            if len(members) > 1:
                return _Tagged(members, discriminator) if discriminator else kind
            kind = members[0]
        else:
            return kind


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _field_type(model: type[BaseModel], key: str) -> Any:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return field
    if model.model_config.get("extra") != "allow":
        return None
    return get_args(get_type_hints(model)["__pydantic_extra__"])[-1]


def _element_type(kind: Any, part: str | int) -> Any:
    arguments = get_args(kind)
    if get_origin(kind) is dict:
        return arguments[1]
    if get_origin(kind) is tuple and Ellipsis not in arguments:
        return arguments[part] if isinstance(part, int) and part < len(arguments) else None
    return arguments[0] if arguments else None


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _tell(fault: ErrorDetails, spot: _Spot, place_of: PlaceOf) -> Problem:
    path = spot.path
    code, value = fault["type"], fault["input"]
    limits = fault.get("ctx", {})
    if code == "extra_forbidden":
        name = str(path[-1])
        known = list(_keys(spot.owner)) if spot.owner else []
        place = place_of(*path)
        around = Place(place.file, place.line, key_words(path[:-1]) or None)
        return Problem("yaml/unknown-key", f"unknown key “{name}”.", did_you_mean(name, known), around)
    place = place_of(*path)
    if code == "missing":
        name = str(fault["loc"][-1])
        return Problem("yaml/missing-key", f"the key “{name}” is missing.", f"Add a line “{name}: …”.", place)
    if fault["loc"][-1:] == ("[key]",):
        return Problem(
            "yaml/key",
            f"“{value}” cannot be the name of a key here.",
            _key_remedy(code, limits),
            place_of(*path, str(value)),
        )
    if code == "union_tag_not_found":
        name = str(limits["discriminator"]).strip("'")
        return Problem(
            "yaml/missing-key",
            f"the key “{name}” is missing.",
            f"Add a line “{name}: …” with one of: {', '.join(spot.tags)}.",
            place,
        )
    if code == "union_tag_invalid":
        name = str(limits["discriminator"]).strip("'")
        tag = str(limits["tag"])
        return Problem(
            "yaml/value",
            f"there is no {name} “{tag}”.",
            did_you_mean(tag, spot.tags),
            place_of(*path, name),
        )
    if code in ("literal_error", "enum"):
        known = [word.strip("'") for word in str(limits["expected"]).replace(" or ", ", ").split(", ")]
        if not isinstance(value, str):
            return Problem(
                "yaml/type", f"{_show(value)} does not fit here.", f"Write one of: {', '.join(known)}.", place
            )
        return Problem("yaml/value", f"“{value}” does not fit here.", did_you_mean(value, known), place)
    if spot.members:
        wanted = " or ".join(
            dict.fromkeys(_name_type(kind) for kind in spot.members if kind is not type(None))
        )
        return Problem("yaml/type", f"this should be {wanted}, not {_show(value)}.", _quotes(value), place)
    wanted = _WANTED.get(code, "")
    if wanted:
        return Problem(
            "yaml/type", f"this should be {wanted}, not {_show(value)}.", _remedy(code, value), place
        )
    if code in ("value_error", "assertion_error"):
        said = str(limits.get("error", fault["msg"]))
        what, _, remedy = said.partition(" | ")
        return Problem("yaml/value", what.rstrip(".") + ".", remedy, place)
    what, remedy = _limit(code, limits, value)
    return Problem("yaml/value", what, remedy, place)


_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a group of keys",
    "mapping_type": "a group of keys",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "dataclass_type": "a group of keys",
    "date_type": "a date such as 2026-11-22",
    "date_parsing": "a date such as 2026-11-22",
    "date_from_datetime_parsing": "a date such as 2026-11-22",
    "date_from_datetime_inexact": "a date such as 2026-11-22",
}


def _remedy(code: str, value: Any) -> str:
    if code == "string_type":
        return _quotes(value)
    if code.startswith("bool"):
        return "Write true or false, in small letters and without quotes."
    if code in ("list_type", "tuple_type"):
        return "Begin each item on a line of its own with “- ”."
    if code in ("dict_type", "mapping_type", "model_type", "model_attributes_type"):
        return "Write lines of “key: value”, indented by two spaces."
    if code.startswith("date"):
        return "Write year, month and day in this form, without quotes."
    return "Write the digits alone, with a full stop before decimals."


def _quotes(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return f'Put it in quotes: "{_plain(value)}".'
    if isinstance(value, dict):
        return "If it is a text with a colon or a “{” in it, put the whole text in quotes."
    if isinstance(value, list):
        return "If it is a text that begins with “[” or “-”, put the whole text in quotes."
    return "Write a text in quotes, or leave the whole key out if it may be left out."


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _show(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    words = _plain(value)
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}”"


def _name_type(kind: Any) -> str:
    kind = _strip(kind)
    if _is_model(kind):
        return "a group of keys"
    if get_origin(kind) is Literal:
        return " or ".join(f"“{word}”" for word in get_args(kind))
    names = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
    names |= {list: "a list", tuple: "a list", dict: "a group of keys"}
    return names.get(get_origin(kind) or kind, "something else")


def _key_remedy(code: str, limits: dict[str, Any]) -> str:
    if code.startswith("int"):
        return "Use a whole number."
    if code == "string_pattern_mismatch":
        return f"Use only {_pattern_words(str(limits['pattern']))}."
    return "Use a name that the other files know."


_PATTERNS = {
    "^[a-z0-9-]+$": "small letters a to z, digits and hyphens",
    "^[a-z0-9_]+$": "small letters a to z, digits and underscores",
    "^[a-z][a-z0-9_]*$": "small letters a to z, digits and underscores, a letter first",
    "^#[0-9a-f]{6}$": "a hash sign and six digits 0-9 or a-f",
}


def _pattern_words(pattern: str) -> str:
    return _PATTERNS.get(pattern, f"what fits the pattern {pattern}")


def _limit(code: str, limits: dict[str, Any], value: Any) -> tuple[str, str]:
    """What is wrong and what to do for a value of the right type that is out of bounds."""
    shown = _show(value)
    if code == "string_pattern_mismatch":
        return f"{shown} has a form that does not fit here.", f"Use {_pattern_words(str(limits['pattern']))}."
    if code == "string_too_short":
        return "this text is empty.", "Write the text, or leave the whole key out if it may be left out."
    if code == "string_too_long":
        return f"this text has more than {limits['max_length']} letters.", "Shorten it."
    if code == "too_short":
        return (
            f"this has {limits['actual_length']} items, at least {limits['min_length']} are needed.",
            "Add the missing ones.",
        )
    if code == "too_long":
        return f"this has more than {limits['max_length']} items.", "Take some out."
    bounds = {
        "greater_than": ("more than", "gt"),
        "greater_than_equal": ("at least", "ge"),
        "less_than": ("less than", "lt"),
        "less_than_equal": ("at most", "le"),
    }
    if code in bounds:
        words, name = bounds[code]
        return f"{shown} is out of range.", f"Use a number that is {words} {limits[name]:g}."
    return f"{shown} does not fit here.", "Compare it with the other entries of this kind."
