"""Files: whole or not at all, and words for a folder that cannot be written to."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from handbill.problems import InputError, Problem, StoppedError


def prepare(output: Path) -> None:
    """Make the output folder and prove that it can be written to.

    Raises InputError (``output/unwritable``) before anything is built.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        handle, probe = tempfile.mkstemp(prefix=".handbill-", dir=output)
        os.close(handle)
        os.unlink(probe)
    except OSError as error:
        raise InputError(_unwritable(output, error)) from None


def write_whole(path: Path, data: bytes, judge: Callable[[Path], None] = lambda path: None) -> None:
    """Write ``data`` beside its place and rename it, so that only whole files are ever seen.

    ``judge`` looks at the file before it gets its name; what it raises keeps the file out.

    Raises StoppedError (``output/unwritable``) if there is no room or no right to write.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".handbill-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        judge(Path(temporary))
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise StoppedError(_unwritable(path.parent, error)) from None
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def remove(path: Path) -> None:
    """Take a file away, and its folder if nothing else lies there.

    Raises StoppedError (``output/unwritable``) if it is held open or protected.
    """
    try:
        path.unlink(missing_ok=True)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()
    except OSError as error:
        raise StoppedError(_unwritable(path, error)) from None


def _unwritable(path: Path, error: OSError) -> Problem:
    """The problem for a place that cannot be written to."""
    return Problem(
        "output/unwritable",
        f"Nothing can be written to “{path}”: {error.strerror or error}.",
        "Choose another folder with --output, or make room and allow writing there.",
    )
