"""The album: which edition of a piece its pictures are drawn of, and where they lie.

A piece looks the same in most of its editions, so one of them stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from handbill.files import remove
from handbill.gallery.pictures import draw_pictures, windows_of

FOLDER = "gallery/pictures"
"""Where pictures lie in the output folder: below it as their files lie in that."""

PREFERENCE = ("web", "screen", "large-print", "press", "office")
"""Which edition of a piece is drawn: the first that there is. Those for screens come first, as they
hold the colours that a screen shows; the office sheet last, as it may hold several copies."""

Pictured = Mapping[tuple[str, ...], Mapping[str, Any]]
"""By piece, a record of an earlier build whose pictures still hold."""


def piece_of(record: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """What the editions of a piece share, as ``Variant.piece`` has it."""
    return record["language"], record["site"] or "", record["audience"], record["layout"]


def _choose(records: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The record, of those of one piece, whose file is drawn; None if there are none.

    An edition that PREFERENCE does not know comes last.
    """

    def rank(record: Mapping[str, Any]) -> tuple[int, str]:
        edition = record["edition"]
        known = PREFERENCE.index(edition) if edition in PREFERENCE else len(PREFERENCE)
        return known, str(record["file"])

    return min(records, key=rank, default=None)


def _is_pictured(record: Mapping[str, Any], output: Path) -> bool:
    pictures = record["pictures"]
    return bool(pictures) and all((output / picture["file"]).is_file() for picture in pictures)


def find_pictured(records: Iterable[Mapping[str, Any]], output: Path) -> Pictured:
    """Those of the records whose pictures all lie in the folder, by piece."""
    return {piece_of(record): record for record in records if _is_pictured(record, output)}


def draw_piece(made: Sequence[dict[str, Any]], earlier: Mapping[str, Any] | None, output: Path) -> None:
    """Draw the pictures of a piece and enter them into the record of the edition that they are of.

    ``made`` are the records of its files made now, ``earlier`` one of an edition that is left as
    it was: where that is the one to show, its pictures stay. Raises StoppedError
    (``output/unwritable``).
    """
    chosen = _choose([*made, *([earlier] if earlier else [])])
    for record in made:
        if record is chosen:
            place = PurePosixPath(FOLDER, record["file"]).with_suffix("")
            drawn = draw_pictures(
                output / record["file"], output / place.parent, place.name, windows_of(record)
            )
            record["pictures"] = [
                {**picture, "file": str(place.parent / picture["file"])} for picture in drawn
            ]


def draw_missing(
    made: Iterable[dict[str, Any]], untouched: Iterable[Mapping[str, Any]], output: Path
) -> None:
    """Draw the pictures of pieces of which files were made one by one (preview), not with
    ``draw_piece``; ``untouched`` are the records of an earlier build."""
    earlier = find_pictured(untouched, output)
    by_piece: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for record in made:
        by_piece.setdefault(piece_of(record), []).append(record)
    for piece, records in by_piece.items():
        if not any(record["pictures"] for record in records):
            draw_piece(records, earlier.get(piece), output)


def keep_pictures(records: Iterable[dict[str, Any]], output: Path) -> None:
    """Leave each piece the pictures of one edition, and take away the files that no record names.

    Pictures that somebody has taken away are forgotten, so that the page has no holes. Raises
    StoppedError (``output/unwritable``).
    """
    by_piece: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for record in records:
        if _is_pictured(record, output):
            by_piece.setdefault(piece_of(record), []).append(record)
        else:
            record["pictures"] = []
    kept: set[Path] = set()
    for rivals in by_piece.values():
        chosen = _choose(rivals)
        for record in rivals:
            if record is chosen:
                kept |= {output / picture["file"] for picture in record["pictures"]}
            else:
                record["pictures"] = []
    for path in sorted((output / FOLDER).rglob("*")):
        if path.is_file() and path not in kept:
            remove(path)
