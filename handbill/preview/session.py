"""A session of preview: loads what was saved, makes what that touches, and tells and shows it.

What is touched is a matter of fingerprints (handbill/fingerprints.py): a piece is made when what it is
made from differs from what it was made from last, in this session or in the build before. So a save
that comes in the middle of work, or while the content could not be used, loses nothing.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from handbill.build import Outcome, make_file, read_fresh, settle
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.files import prepare
from handbill.plan import Selection, Variant, plan
from handbill.preview.page import Page, Shown, View
from handbill.preview.pictures import Picture, draw_pictures
from handbill.preview.saves import Saves
from handbill.problems import HandbillError, InputError, Problem, StoppedError
from handbill.workshop import Workshop

MOST_SHOWN = 12
"""Pieces with pictures on the page; those touched as well are only named."""
MOST_NAMED = 12
"""Pieces named in a line of the terminal; the page names all."""


@dataclass(frozen=True)
class Loaded:
    """A state of the project that can be used: what is to be made from it, and the fingerprint of each."""

    workshop: Workshop
    variants: tuple[Variant, ...]
    prints: dict[Variant, str]


@dataclass(frozen=True)
class Batch:
    """What saves have set going: their files, the pieces that they touch, and the clock when the last
    save was noticed."""

    files: tuple[str, ...]
    touched: tuple[Variant, ...]
    since: float


class Session:
    """One session over the project at ``root``, for the pieces that ``selection`` names.

    ``tell`` gets what is said, a line at a time.
    """

    def __init__(self, root: Path, selection: Selection, output: Path, tell: Callable[[str], None]) -> None:
        self._root = root
        self._selection = selection
        self._output = output
        self._tell = tell
        self._page = Page(output)
        self._loaded: Loaded | None = None
        self._faults: tuple[Problem, ...] = ()
        # By file: from what it was made, what came of it in this session, its pages when last drawn.
        self._made: dict[str, str] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._looks: dict[str, tuple[Picture, ...]] = {}
        self._shown: dict[str, Shown] = {}
        self._files: tuple[str, ...] = ()
        self._batch = Batch((), (), 0.0)
        self._waiting: deque[Variant] = deque()
        self._to_show: deque[Variant] = deque()
        self._unsettled = False

    def open(self) -> None:
        """Loads the project and works out what has to be made.

        Raises InputError if the command is wrong or the output cannot be written to; faults of the
        content are told, and waited for to be mended.
        """
        since = time.perf_counter()
        try:
            loaded = self._load()
        except InputError as error:
            if any(problem.code.startswith("command/") for problem in error.problems):
                raise
            prepare(self._output)
            self._tell_faults(error.problems)
            return
        prepare(self._output)
        self._use(loaded)
        self._begin(since)
        if self._loaded and not self._waiting:
            self._to_show.extend(self._loaded.variants[:MOST_SHOWN])

    def run(self, saves: Saves) -> None:
        """Goes on until ``saves`` has no more, one piece at a time, so that a new save is heard at once."""
        while (changed := saves.take(wait=not (self._waiting or self._to_show))) is not None:
            if changed:
                self._take_up(changed)
            elif self._waiting:
                self._make_next()
            elif self._to_show:
                self._show_next()

    def close(self) -> None:
        """Leaves the output folder in order, and says on the page that it no longer changes."""
        self._settle()
        self._write("ended", "Preview has ended", f"Ended at {_now()}. Start it again to go on.")

    # -- loading ----------------------------------------------------------------------------

    def _load(self) -> Loaded:
        workshop = Workshop(self._root, self._loaded.workshop if self._loaded else None)
        variants = choose_variants(workshop, self._selection)
        return Loaded(workshop, variants, {one: workshop.fingerprints.of(one) for one in variants})

    def _use(self, loaded: Loaded) -> None:
        """Takes a state that can be used for the present one, and forgets the pieces that it has not."""
        if self._loaded is None:
            self._made = read_fresh(self._output)
        elif gone := {one.file for one in self._loaded.variants} - {one.file for one in loaded.variants}:
            known: dict[str, Any]
            for known in (self._made, self._outcomes, self._looks, self._shown):
                for file in gone & known.keys():
                    del known[file]
            self._unsettled = True
        self._loaded, self._faults = loaded, ()

    def _take_up(self, changed: frozenset[Path]) -> None:
        """Loads the project again and begins to make what the change touches."""
        since = time.perf_counter()
        files = sorted({_shown_path(path, self._root) for path in changed})
        self._files = tuple(dict.fromkeys((*self._files, *files)))
        mended = bool(self._faults)
        try:
            self._use(self._load())
        except HandbillError as error:
            self._tell_faults(error.problems)
            return
        if mended:
            self._tell(f"{_now()}  The content can be used again.")
        self._begin(since)

    def _begin(self, since: float) -> None:
        """Begins to make what has to be made."""
        self._to_show.clear()
        self._batch = Batch(self._files, self._find_stale(), since)
        self._waiting = deque(self._batch.touched)
        if not self._waiting:
            self._finish()
            return
        if len(self._waiting) > MOST_NAMED:
            self._tell(f"{_now()}  {self._cause()}: {_pieces(len(self._waiting))} to make.")
        self._write_making()

    def _find_stale(self) -> tuple[Variant, ...]:
        """What has to be made: what is made from something else than last time, and what was kept out
        for something in a file that changed, which may now stand on another line."""
        loaded = self._loaded
        assert loaded is not None
        languages = loaded.workshop.campaign.tongues

        def is_stale(variant: Variant) -> bool:
            if self._made.get(variant.file) != loaded.prints[variant]:
                return True
            outcome = self._outcomes.get(variant.file)
            problems = outcome.problems if outcome is not None else ()
            return any(
                problem.place is not None and problem.place.file in self._files for problem in problems
            )

        def order(variant: Variant) -> tuple[bool, int, tuple[str, ...], str]:
            # English first, since its editors wait for it; editions of a piece share its composition.
            at = languages.index(variant.language)
            return variant.language != SOURCE_LANGUAGE, at, variant.piece, variant.edition

        return tuple(sorted(filter(is_stale, loaded.variants), key=order))

    # -- making -----------------------------------------------------------------------------

    def _make_next(self) -> None:
        """Makes the piece that is next."""
        assert self._loaded is not None
        variant = self._waiting.popleft()
        try:
            outcome = make_file(self._loaded.workshop, variant, self._output)
        except (InputError, StoppedError) as error:
            # A drawing was damaged meanwhile, or the disk is full: all are tried again at the next save.
            self._waiting.clear()
            self._tell_faults(error.problems)
            return
        self._outcomes[variant.file] = outcome
        self._made[variant.file] = self._loaded.prints[variant]
        self._unsettled = True
        at = self._batch.touched.index(variant)
        if at < MOST_SHOWN:
            self._shown[variant.file] = self._show(variant, outcome.problems, mark=True)
        if self._waiting:
            self._write_making()
        else:
            self._finish()

    def _show_next(self) -> None:
        """Shows a piece as it lies in the output."""
        variant = self._to_show.popleft()
        self._shown[variant.file] = self._show(variant, (), mark=False)
        self._write("good", f"{_now()}: up to date", "What you save is shown here.")

    def _show(self, variant: Variant, problems: tuple[Problem, ...], *, mark: bool) -> Shown:
        """The piece as the page shows it, with what looks otherwise than before marked on demand."""
        assert self._loaded is not None
        rtl = self._loaded.workshop.campaign.tongue(variant.language).rtl
        made = self._outcomes.get(variant.file)
        if made is not None and made.record is None:
            return Shown(variant.words, variant.file, rtl, problems=problems)
        stem = "-".join(PurePosixPath(variant.file).with_suffix("").parts)
        pictures = tuple(draw_pictures(self._output / variant.file, self._page.pictures, stem))
        before = self._looks.get(variant.file)
        self._looks[variant.file] = pictures
        changed = frozenset(
            number
            for number, picture in enumerate(pictures, 1)
            if mark and before is not None and picture not in before
        )
        return Shown(variant.words, variant.file, rtl, pictures, changed)

    def _settle(self) -> None:
        """Brings manifest, job sheets and removed files in line with what was made."""
        if self._unsettled:
            assert self._loaded is not None
            settle(self._loaded.workshop, list(self._outcomes.values()), self._output)
            self._unsettled = False

    # -- telling ----------------------------------------------------------------------------

    def _finish(self) -> None:
        """Tells and shows what came of a batch, and leaves the folder in order."""
        assert self._loaded is not None
        batch = self._batch
        took = f"{time.perf_counter() - batch.since:.2f} s"
        if batch.touched:
            names = tell_names(batch.touched)
            touched = " touched" if batch.files else ""
            line = f"{self._cause()}: {_pieces(len(batch.touched))}{touched} ({names}), {took}."
        elif batch.files:
            line = f"{self._cause()}: no piece touched of those asked for, {took}."
        else:
            line = f"{_pieces(len(self._loaded.variants))}, all as they should be."
        self._tell(f"{_now()}  {line}")
        out = [one for one in batch.touched if self._outcomes[one.file].record is None]
        if out:
            self._tell(f"    not made: {tell_names(out)}")
            for problem in dict.fromkeys(p for one in out for p in self._outcomes[one.file].problems):
                self._tell(f"    {problem}")
        if batch.touched:
            here = [one.file for one in batch.touched]
            self._shown = {file: self._shown[file] for file in here[:MOST_SHOWN]}
            done = f"{_now()}: {_pieces(len(batch.touched) - len(out))} made"
            kept_out = f", {len(out)} not" if out else ""
            self._write("kept-out" if out else "good", done + kept_out, line, here[MOST_SHOWN:])
        else:
            self._write("good", f"{_now()}: up to date", line)
        self._files = tuple(file for file in self._files if file not in batch.files)
        try:
            self._settle()
        except StoppedError as error:
            self._tell_faults(error.problems)

    def _write_making(self) -> None:
        """The page while pieces are made: those that are done, and the others as they were."""
        count = len(self._batch.touched)
        headline = f"Making {count - len(self._waiting) + 1} of {count}"
        self._write("making", headline, f"{self._cause()}: {tell_names(self._batch.touched)}")

    def _cause(self) -> str:
        return ", ".join(self._batch.files) or "Missing or out of date"

    def _tell_faults(self, problems: Iterable[Problem]) -> None:
        self._faults = tuple(problems)
        what = ", ".join(self._files) or "The content"
        self._tell(f"{_now()}  {what}: cannot be used yet; the last good state stays.")
        for problem in self._faults:
            self._tell(f"    {problem}")
        self._write("faults", f"{_now()}: cannot be used yet", what)

    def _write(self, mood: str, headline: str, line: str, listed: Sequence[str] = ()) -> None:
        if self._faults and mood != "ended":
            mood = "faults"
        self._page.write(View(mood, headline, line, self._faults, tuple(self._shown.values()), tuple(listed)))


def choose_variants(workshop: Workshop, selection: Selection) -> tuple[Variant, ...]:
    """What the selection asks for: where it names no edition, the web edition, and of a layout that it
    names and that has none, those that there are.

    Raises InputError as ``plan`` does.
    """
    campaign, design = workshop.campaign, workshop.design
    if selection.editions:
        return tuple(plan(campaign, design, selection))
    if not selection.layouts:
        return tuple(plan(campaign, design, replace(selection, editions=("web",))))
    found = plan(campaign, design, selection)
    on_web = {variant.layout for variant in found if variant.edition == "web"}
    return tuple(one for one in found if one.edition == "web" or one.layout not in on_web)


def tell_names(variants: Sequence[Variant]) -> str:
    """The names of variants by folder, no more than a line can bear."""
    told = [
        f"{place}: {', '.join(PurePosixPath(one.file).stem for one in group)}"
        for place, group in groupby(variants[:MOST_NAMED], lambda one: one.place)
    ]
    more = len(variants) - MOST_NAMED
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def _pieces(count: int) -> str:
    return f"{count} piece{'' if count == 1 else 's'}"


def _now() -> str:
    return f"{datetime.now():%H:%M:%S}"


def _shown_path(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
