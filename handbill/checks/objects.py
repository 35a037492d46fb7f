"""PDF objects as plain values. Foreign files hold anything anywhere, so nothing here raises."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pikepdf

LARGEST = 1e7
"""No length of a real page is larger; a damaged number is cut to it."""


def dictionary(value: Any) -> Mapping[str, Any]:
    """A dictionary, or a stream's dictionary; an empty one for anything else."""
    if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        return value  # type: ignore[return-value]
    return {}


def number_of(value: Any, otherwise: float = 0.0) -> float:
    """A number, ``otherwise`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return otherwise
    found = float(value)
    return max(-LARGEST, min(LARGEST, found)) if math.isfinite(found) else otherwise


def numbers(value: Any) -> list[float]:
    """The numbers of an array, 0 for what is none."""
    return [number_of(item) for item in value] if isinstance(value, pikepdf.Array) else []


def items_of(value: Any) -> list[Any]:
    """The items of an array; none for anything else."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def text_of(value: Any) -> str:
    """A name (with its slash), an operator or a text string; "" for anything else."""
    if not isinstance(value, pikepdf.Name | pikepdf.String | pikepdf.Operator | str):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:  # a name may hold any bytes
        return value.unparse().decode("latin-1") if isinstance(value, pikepdf.Object) else ""


def flag(value: Any) -> bool:
    """True only for the PDF value true."""
    return value is True or (isinstance(value, pikepdf.Object) and value == True)  # noqa: E712


def stream_bytes(value: Any) -> bytes:
    """A stream's decoded bytes, empty if it is none or cannot be decoded."""
    if not isinstance(value, pikepdf.Stream):
        return b""
    try:
        return bytes(value.read_bytes())
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return b""


def key_of(value: Any) -> object:
    """What is the same for the same indirect object; the object's own identity for a direct one."""
    number = value.objgen if isinstance(value, pikepdf.Object) else (0, 0)
    return number if number != (0, 0) else id(value)
