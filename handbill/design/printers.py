"""Printers: what each kind of printer asks of a file, read from ``layouts/printers/``.

Public sources disagree on nearly every limit, so all of them stand in one table per printer
(print-spec 0.8, 2 and 3.1), and a new printer is one file of data.
"""

from __future__ import annotations

import string
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handbill.design.measures import Strict
from handbill.problems import InputError, Place, Problem
from handbill.yamlsource import load_model

DEFAULT_PRINTER = "upload"
"""Whose files are made when the command names no printer."""

MOST_BLEED_MM = 5.0
"""Grounds and art hang this far over the trim (compose/grounds.py), so no bleed can be wider."""

FILE_NAME_PARTS = ("audience", "layout", "language", "code", "version")
"""What a pattern of file names may hold, in braces."""

Millimetres = Annotated[float, Field(ge=0, le=50)]
Points = Annotated[float, Field(ge=0, le=72)]
Width = Annotated[float, Field(gt=0, le=2000)]


class Printer(Strict):
    """``layouts/printers/<id>.yaml``. Lengths in mm, type and lines in points, inks in percent.

    ``panels`` gives, by layout, the widths of a sheet's panels as the outside has them from left to
    right in a left-to-right language;
    ``file_name`` is a pattern of FILE_NAME_PARTS in braces; ``stock`` suggests paper by the kind
    of piece. ``marks`` are crop and fold marks, ``slug`` the line outside the trim.
    """

    printer: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    name: Annotated[str, Field(min_length=1)]
    standard: Literal["PDF/X-4", "PDF/X-1a:2003"]
    condition: Literal["FOGRA39", "FOGRA47"]
    bleed_mm: Annotated[float, Field(ge=2, le=MOST_BLEED_MM)]
    safe_mm: Millimetres
    fold_clear_mm: Millimetres
    marks: bool
    slug: bool
    tac_percent: Annotated[float, Field(ge=100, le=400)]
    least_line_pt: Points
    least_reversed_line_pt: Points
    least_text_pt: Points
    least_reversed_text_pt: Points
    panels: dict[str, Annotated[list[Width], Field(min_length=2)]] = Field(default_factory=dict)
    file_name: str = "{audience}-{layout}"
    stock: dict[str, str] = Field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The folder of its files inside the output: the usual printer's has no name of its own."""
        return "press" if self.printer == DEFAULT_PRINTER else f"press-{self.printer}"

    def name_file(self, parts: dict[str, str]) -> str:
        """The name of a file, without its ending, from the parts that FILE_NAME_PARTS lists."""
        return self.file_name.format(**parts)

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        """A name must be one on any system, and say what the file is."""
        try:
            named = list(string.Formatter().parse(self.file_name))
        except ValueError:
            raise ValueError("“file_name” has a brace without its partner") from None
        parts = {part for _, part, _, _ in named if part is not None}
        if wrong := sorted(parts - set(FILE_NAME_PARTS)):
            raise ValueError(f"“file_name” may hold {', '.join(FILE_NAME_PARTS)} in braces, not “{wrong[0]}”")
        if any(form or conversion for _, _, form, conversion in named):
            raise ValueError("“file_name” holds its parts as they are, with nothing after their names")
        if not {"audience", "layout"} <= parts:
            raise ValueError("“file_name” must hold {audience} and {layout}")
        written = "".join(text for text, _, _, _ in named)
        if not all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in written):
            raise ValueError("“file_name” may hold letters, digits, - _ and . beside its parts")
        return self


def load_printers(folder: Path, root: Path) -> dict[str, Printer]:
    """The printers in ``folder`` by their id.

    Raises InputError for a file that is wrong, with every fault of all files, and if the usual
    printer is missing (``layout/no-printer``).
    """
    printers: dict[str, Printer] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            source = load_model(path, root, Printer)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if source.model.printer != path.stem:
            problems.append(
                Problem(
                    "layout/printer-name",
                    f"The printer calls itself “{source.model.printer}”, its file “{path.stem}”.",
                    "Give both the same name.",
                    source.place("printer"),
                )
            )
        printers[path.stem] = source.model
    if DEFAULT_PRINTER not in printers and not problems:
        problems.append(
            Problem(
                "layout/no-printer",
                f"There is no printer “{DEFAULT_PRINTER}”, whose files are made when none is named.",
                f"Put back the file “{DEFAULT_PRINTER}.yaml” that came with Handbill.",
                Place("layouts/printers"),
            )
        )
    if problems:
        raise InputError(problems)
    return printers
