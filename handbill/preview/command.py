"""The verb ``preview``: watches the project and makes what a save touches, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TextIO

from handbill.arguments import Parser, add_selection, selection_of
from handbill.preview.page import PAGE
from handbill.preview.saves import Saves, Watch
from handbill.preview.session import Session

OK = 0


def preview(
    arguments: Sequence[str],
    root: Path,
    out: TextIO,
    watch: Callable[[Path], AbstractContextManager[Saves]] = Watch,
) -> int:
    """Runs a session over the project at ``root`` until Ctrl-C, which is its good end: returns 0.

    What is said goes to ``out``. Raises InputError for a command that is wrong, StoppedError if files
    can no longer be watched or written.
    """
    parser = Parser(
        prog="make_pdfs.py preview",
        description="Watch content/, layouts/ and fonts/, make what a save touches and show it. "
        "Without --edition: the web edition. Ctrl-C ends it.",
        allow_abbrev=False,
    )
    add_selection(parser)
    options = parser.parse_args(arguments)
    output = options.output if options.output is not None else root / "output"

    def tell(line: str) -> None:
        print(line, file=out, flush=True)

    session = Session(root, selection_of(options), output, tell)
    # Watching begins before the project is read, so that nothing is saved unheard.
    with watch(root) as saves:
        try:
            session.open()
            tell(f"Open {output / PAGE} in a browser: it follows what you save. Ctrl-C ends the preview.")
            try:
                session.run(saves)
            finally:
                session.close()
        except KeyboardInterrupt:
            tell("Preview has ended. The files that are there are whole.")
    return OK
