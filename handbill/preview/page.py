"""The page that an editor keeps open: the pieces touched last, and in words what is wrong.

It opens from disk, without a server or a network. A browser does not let such a page read a file, but
it may run a script: so what is to be seen lies in ``preview-state.js``, which the page asks for again
and again, and takes over when its number has changed.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from handbill.files import write_whole
from handbill.preview.pictures import Picture
from handbill.problems import Problem

PAGE = "preview.html"
STATE = "preview-state.js"
PICTURES = "preview"
"""Names in the output folder: the page, what it shows at present, the folder of pictures."""


@dataclass(frozen=True)
class Shown:
    """A piece on the page. ``pictures`` are its pages, ``changed`` the numbers (from 1) of those that
    look otherwise than before; a piece that could not be made has ``problems`` instead."""

    title: str
    file: str
    rtl: bool
    pictures: tuple[Picture, ...] = ()
    changed: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class View:
    """What the page shows.

    ``mood`` is "making", "good", "faults" (the content cannot be used), "kept-out" (pieces cannot be
    made) or "ended"; ``headline`` says it in a few words, ``line`` what it comes from. ``faults`` are
    what keeps the content from being used, ``shown`` the pieces with their pictures, ``listed`` the
    files of those touched as well that are only named.
    """

    mood: str
    headline: str
    line: str
    faults: tuple[Problem, ...]
    shown: tuple[Shown, ...]
    listed: tuple[str, ...]

    @property
    def has_changes(self) -> bool:
        """Whether a page is marked as changed."""
        return any(shown.changed for shown in self.shown)


class Page:
    """The page in the folder ``output``."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._before: set[str] = set()
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._page = environment.get_template("page.html.j2")
        self._view = environment.get_template("view.html.j2")

    @property
    def pictures(self) -> Path:
        """The folder of pictures."""
        return self.output / PICTURES

    def write(self, view: View) -> None:
        """Shows ``view``. Pictures that neither it nor the view before it has are removed."""
        body = self._view.render(view=view, pictures=PICTURES)
        state = {
            "number": str(time.time_ns()),  # tells it from all others, also from those of an earlier run
            "title": f"{view.headline} · Handbill",
            "line": view.line,
            "body": body,
        }
        page = self._page.render(state=state, script=STATE, body=Markup(body))
        write_whole(self.output / STATE, f"showHandbill({json.dumps(state)});\n".encode())
        write_whole(self.output / PAGE, page.encode("utf-8"))
        used = {picture.file for shown in view.shown for picture in shown.pictures}
        for path in self.pictures.glob("*.png"):
            if path.name not in self._before | used:
                path.unlink(missing_ok=True)
        self._before = used
