"""Saves: which files under content/, layouts/ and fonts/ were saved, as the computer tells of them."""

from __future__ import annotations

import queue
import re
import threading
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from watchfiles import Change, watch

from handbill.problems import InputError, Place, Problem, StoppedError

FOLDERS = ("content", "layouts", "fonts")
"""What is watched, in the project's folder."""

SETTLED_MS = 50
"""Milliseconds without a further change after which a save counts as done. Editors write a file in
several steps (a copy beside it, then a new name for that), a few milliseconds apart."""

LONGEST_MS = 1000
"""Milliseconds after which what has changed is told although more keeps coming."""

_OURS = (".yaml", ".po", ".svg", ".ttf", ".otf", ".txt")
# Copies that editors keep while they work end otherwise, or begin with a full stop. A name without an
# ending is a folder, or vim's trial file "4913", or the one that sed writes to.
_NO_FOLDER = re.compile(r"\d+|sed\w{6}")


class Saves(Protocol):
    """Where word of saved files comes from."""

    def take(self, wait: bool) -> frozenset[Path] | None:
        """The files that changed since the last call, none of them if nothing did; waits for the first
        with ``wait``. None when there will be no more."""


class Watch:
    """Word of saves from the file system, gathered in a thread of its own while pieces are made.

    Use it as a context. Raises InputError (``preview/no-folder``) if one of the folders is not there.
    """

    def __init__(self, root: Path) -> None:
        missing = [name for name in FOLDERS if not (root / name).is_dir()]
        if missing:
            raise InputError(
                Problem(
                    "preview/no-folder",
                    f"There is no folder “{name}” here.",
                    "Run the program in the folder that holds “content” and “layouts”.",
                    Place(name),
                )
                for name in missing
            )
        self._folders = [root / name for name in FOLDERS]
        self._found: queue.Queue[frozenset[Path] | Exception] = queue.Queue()
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="handbill-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        try:
            for changes in watch(
                *self._folders,
                watch_filter=is_ours,
                debounce=LONGEST_MS,
                step=SETTLED_MS,
                stop_event=self._stop,
                rust_timeout=100,
                yield_on_timeout=True,  # the first time, this says that the watch stands
            ):
                self._ready.set()
                if changes:
                    self._found.put(frozenset(Path(path) for _, path in changes))
        except Exception as error:
            self._found.put(error)
        self._ready.set()

    def take(self, wait: bool) -> frozenset[Path] | None:
        """See ``Saves``. Raises StoppedError (``preview/watch``) if the computer no longer tells."""
        found: frozenset[Path] = frozenset()
        while True:
            try:
                # Windows lets nobody interrupt a wait without an end.
                one = self._found.get(block=wait and not found, timeout=0.5)
            except queue.Empty:
                if found or not wait:
                    return found
                continue
            if isinstance(one, Exception):
                raise StoppedError(
                    Problem(
                        "preview/watch",
                        f"The computer does not tell which files are saved: {one}.",
                        "Start it again; if that does not help, set WATCHFILES_FORCE_POLLING=1 before.",
                    )
                )
            found |= one


def is_ours(change: Change, path: str) -> bool:
    """Whether a change may matter to what is printed."""
    name = Path(path).name
    if name.startswith(".") or name.endswith("~"):
        return False
    suffix = Path(path).suffix.lower()
    return suffix in _OURS or (not suffix and not _NO_FOLDER.fullmatch(name))
