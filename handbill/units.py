"""Lengths. Layout files speak millimetres, everything inside speaks points (1/72 inch)."""

from __future__ import annotations

POINTS_PER_MM = 72 / 25.4


def mm(value: float) -> float:
    """Millimetres to points."""
    return value * POINTS_PER_MM


def to_mm(points: float) -> float:
    """Points to millimetres."""
    return points / POINTS_PER_MM
