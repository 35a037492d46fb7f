"""Small layouts as a project may add them: A5, A6, DL, a card and a folded card, from a poster's words."""

from __future__ import annotations

from pathlib import Path

import yaml


def region(name: str, top: float, sides: float, **more: object) -> dict[str, object]:
    return {"region": name, "margins": {"top": top, "bottom": 6, "sides": sides}, **more}


def panel(name: str, width: float, *regions: dict[str, object], hero: bool = False) -> dict[str, object]:
    found: dict[str, object] = {"name": name, "width": width, "regions": list(regions)}
    if hero:
        art = {"file": "art/{audience}-cover.svg", "frame": [0, 0, width, 2.1 * width]}
        found |= {"ground": "hero", "art": art}
    return found


STEPS = (1, 0.9, 0.8, 0.7)


def sheet(
    trim: tuple[float, float], body: float, sides: dict[str, list[dict[str, object]]], fold: str = "none"
):
    """A layout with type in proportion to its body; it is read in the order of ``sides``."""
    sizes = {"title": 1.9, "number": 1.8, "body": 1.0, "small": 1.0}
    drawn = {one["region"] for panels in sides.values() for part in panels for one in part["regions"]}
    return {
        "name": "Small", "piece": "poster", "trim": list(trim), "fold": fold, "display": True,
        "leaves_out": sorted({"headline", "main", "numbers", "foot"} - drawn), 
        "type": {
            role: {
                "steps": [11.5] if role == "small" else [round(body * part * share, 2) for share in STEPS],
                "weight": "regular" if role in ("body", "small") else "heavy",
            }
            for role, part in sizes.items()
        },
        "give": ["body", "number", "title", "space"],
        "spacing": {"block": 5, "item": 2, "part": 2, "pad": 4, "tight": 0.6}, "qr": 18,
        "sides": [{"name": name, "panels": panels} for name, panels in sides.items()],
        "reading": [str(one["name"]) for panels in sides.values() for one in panels],
    }  # fmt: skip


def head(name: str, width: float, down: float, sides: float = 8) -> dict[str, object]:
    return panel(name, width, region("headline", down, sides, on="hero", grow=1), hero=True)


SMALL = {
    "a5": sheet((148, 210), 18, {
        "front": [head("front", 148, 120, 10)],
        "back": [
            panel("back", 148, region("main", 10, 10), region("numbers", 8, 10), region("foot", 8, 10)),
        ],
    }),
    "a6": sheet((105, 148), 14, {"front": [head("front", 105, 95)]}),
    "dl": sheet((99, 210), 13, {
        "front": [head("front", 99, 120)],
        "back": [panel("back", 99, region("numbers", 12, 9, ground="night"), region("foot", 8, 9, grow=1))],
    }),
    "card": sheet((85, 55), 9, {
        "front": [panel("front", 85, region("headline", 12, 8, grow=1), hero=False) | {"ground": "hero"}],
        "back": [panel("back", 85, region("numbers", 9, 9, grow=1))],
    }),
    "folded-card": sheet((170, 55), 9, {
        "outside": [
            panel("back", 85, region("numbers", 9, 9, grow=1)),
            panel("cover", 85, region("headline", 12, 8, grow=1)) | {"ground": "hero"},
        ],
        "inside": [
            panel("left", 85, region("main", 9, 9, grow=1)),
            panel("right", 85, region("foot", 9, 9, grow=1)),
        ],
    }, fold="half"),
}  # fmt: skip
COPIES = {"a5": (2, 1), "a6": (2, 2), "dl": (3, 1), "card": (2, 5), "folded-card": (1, 5)}
"""Columns and rows on A4 (print-spec 3.6)."""


def add_small_layouts(project: Path) -> None:
    """Writes the layouts into a copy of the project."""
    for name, layout in SMALL.items():
        folder = project / "layouts" / name
        folder.mkdir()
        (folder / "layout.yaml").write_text(
            yaml.safe_dump({"layout": name, **layout}, sort_keys=False), "utf-8"
        )
