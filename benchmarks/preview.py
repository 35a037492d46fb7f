"""Seconds from saving one word to the picture of the page, as an editor waits for it.

Run from the project's folder: ``python benchmarks/preview.py [--runs 7]``. A copy of the project is
watched by a real ``preview`` in a process of its own. An editor's save (a copy beside the file, renamed)
changes one word of one message; the clock stops when the changed page's picture lies on the disk and
the state that names it is written. The browser asks for that state every 0.4 s, so that up to that much
comes on top. The first save of a session meets words and faces that it has not seen yet.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from handbill.campaign.campaign import load_campaign  # noqa: E402
from handbill.campaign.messages import walk_prose  # noqa: E402

RUN = (
    f"import sys; from pathlib import Path; sys.path.insert(0, {str(ROOT)!r}); "
    "from handbill.cli import main; sys.exit(main(sys.argv[2:], Path(sys.argv[1])))"
)
PATIENCE = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    block, english = choose_message()
    print(f"One word changed in “{block}” or its translation.")
    print(f"{'language':10} {'watched':14} {'first':>7} {'median':>7} {'worst':>7}   touched")
    for language, narrowed in (("en", ["en"]), ("en", []), ("ur", ["ur"]), ("ur", [])):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name in ("content", "layouts", "fonts"):
                shutil.copytree(ROOT / name, root / name)
            change = (
                change_message(root, block, english)
                if language == "en"
                else change_translation(root, language, block, english)
            )
            first, rest, touched = measure(root, narrowed, change, runs)
        told = f"{first:7.2f} {statistics.median(rest):7.2f} {max(rest):7.2f}   {touched}"
        print(f"{language:10} {', '.join(narrowed) or 'all languages':14} {told}")


def choose_message() -> tuple[str, str]:
    """A message that one leaflet alone uses, and a text of it as it stands in its file."""
    campaign = load_campaign(ROOT)
    placed = [
        block
        for audience in campaign.audiences.values()
        for piece in audience.record.pieces.values()
        for _, _, block in piece.placed()
    ]
    for piece in campaign.audiences["parents"].record.pieces.values():
        for _, _, name in piece.placed():
            block = campaign.blocks[name]
            written = (ROOT / block.source.file).read_text("utf-8")
            for path, english in walk_prose(block.record):
                if path[0] == "items" and placed.count(name) == 1 and written.count(f'"{english}"') == 1:
                    return name, english
    raise SystemExit("No message is used by one piece alone.")


def measure(
    root: Path, languages: list[str], change: Callable[[int], None], runs: int
) -> tuple[float, list[float], str]:
    """Seconds for the first save of a session, for further ones, and what the last one touched."""
    arguments = [word for language in languages for word in ("--language", language)]
    build = [sys.executable, "-c", RUN, str(root), "--edition", "web", *arguments]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    watch = [sys.executable, "-c", RUN, str(root), "preview", *arguments]
    process = subprocess.Popen(watch, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    state = root / "output" / "preview-state.js"
    try:
        wait(lambda: state.exists() and "up to date" in read(state)["title"])
        wait_for_rest(state)  # the first pieces have been shown
        took = []
        for run in range(runs + 1):
            before = pictures(state)
            start = time.perf_counter()
            change(run)
            wait(lambda old=before: bool(pictures(state) - old))
            took.append(time.perf_counter() - start)
            wait_for_rest(state)
        return took[0], took[1:], read(state)["line"]
    finally:
        process.terminate()
        process.wait()


def change_message(root: Path, block: str, english: str) -> Callable[[int], None]:
    """Adds a word to the English message, another time takes it out."""
    path = root / load_campaign(root).blocks[block].source.file
    shipped = path.read_text("utf-8")
    changed = shipped.replace(f'"{english}"', f'"{english} Now."')
    return lambda run: save(path, changed if run % 2 == 0 else shipped)


def change_translation(root: Path, language: str, block: str, english: str) -> Callable[[int], None]:
    """Takes a word out of the message's translation, another time puts it back."""
    path = root / "content/translations" / f"{language}.po"
    shipped = path.read_text("utf-8")
    catalogue = polib.pofile(str(path))
    entry = next(one for one in catalogue if (one.msgctxt, one.msgid) == (block, english))
    words = entry.msgstr.split()
    entry.msgstr = " ".join(words[:1] + words[2:])
    changed = str(catalogue)
    return lambda run: save(path, changed if run % 2 == 0 else shipped)


def save(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, "utf-8")
    aside.replace(path)


def read(state: Path) -> dict[str, str]:
    text = state.read_text("utf-8")
    found: dict[str, str] = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    return found


def pictures(state: Path) -> set[str]:
    """The pictures that the page shows; a page that looks otherwise has another file."""
    return set(re.findall(r'<img src="([^"]+)"', read(state)["body"]))


def wait_for_rest(state: Path) -> None:
    """Waits until the page has stayed as it is for two seconds."""
    number, since = "", time.perf_counter()
    while time.perf_counter() - since < 2:
        if (now := read(state)["number"]) != number:
            number, since = now, time.perf_counter()
        time.sleep(0.05)


def wait(done: Callable[[], bool]) -> None:
    end = time.perf_counter() + PATIENCE
    while not done():
        assert time.perf_counter() < end, "no picture came"
        time.sleep(0.005)


if __name__ == "__main__":
    main()
