"""Art: the drawings that layouts name, found and read."""

from __future__ import annotations

from pathlib import Path

from handbill.design.drawing import Drawing
from handbill.design.measures import Positive, Strict
from handbill.design.svg import load_svg
from handbill.design.theme import Theme
from handbill.problems import InputError, Place, Problem


class Art(Strict):
    """A drawing behind a region or panel; ``frame`` is x, y (down), width, height in the panel."""

    file: str
    frame: tuple[float, float, Positive, Positive] | None = None


def load_art(path: Path, root: Path, name: str, theme: Theme, place: Place) -> Drawing:
    """The drawing ``name``, a path from the folder ``layouts``, for the layout file at ``path``.

    Raises InputError (``layout/no-art``) if it is not there, or as ``load_svg`` does.
    """
    file = (path.parent.parent / name).resolve()
    if not file.is_relative_to((root / "layouts").resolve()) or not file.is_file():
        raise InputError(no_art(name, place))
    return load_svg(file, root, theme.by_hex)


def no_art(name: str, place: Place) -> Problem:
    """The drawing ``name`` is not there."""
    return Problem(
        "layout/no-art",
        f"The drawing “{name}” is not in the folder “layouts”.",
        "Check the name, or put the SVG file there.",
        place,
    )
