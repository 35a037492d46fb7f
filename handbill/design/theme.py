"""The theme: inks by role, the contrast they must hold. Read from ``layouts/theme.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from handbill.colour import Ink, contrast, contrast_in_grey
from handbill.design.measures import Strict
from handbill.problems import InputError, Place, Problem, did_you_mean
from handbill.yamlsource import Sourced, load_model

MOST_INKS = 3
MOST_COVERAGE = 240.0
"""Swatches: at most three inks and 240 % in sum (print-spec 4), so that they register and dry."""

OWN_INKS = ("white", "night", "signal", "tint-{audience}")
"""Inks that the program itself asks a theme for."""

LEAST_CONTRAST = {"body": 7.0, "large": 4.5}
LEAST_IN_GREY = 4.5
"""Of any text once a black-and-white printer has made greys of the screen colours (print-spec 3.6)."""
"""Design brief: text at least 7:1 (WCAG 2.2, 1.4.6), large type 4.5:1."""

Percent = Annotated[float, Field(ge=0, le=100)]
Hex = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class InkRecord(Strict):
    """One ink of the theme file: CMYK in percent and its sRGB twin."""

    cmyk: tuple[Percent, Percent, Percent, Percent]
    rgb: Hex


class RoleSet(Strict):
    """Which ink plays which part on one kind of ground."""

    text: str
    heading: str
    marker: str
    number: str
    rule: str
    dot: str


class RoleSets(Strict):
    """The parts on light and on dark grounds."""

    light: RoleSet
    dark: RoleSet


class ContrastPair(Strict):
    """An ink on a ground that the pieces use, and for what."""

    ink: str
    on: str
    purpose: Literal["body", "large"] = Field(alias="for")


class ThemeFile(Strict):
    """``layouts/theme.yaml``."""

    inks: dict[str, InkRecord]
    roles: RoleSets
    dark_grounds: list[str]
    grounds: dict[str, dict[str, str]]
    placeholder: str
    contrast: list[ContrastPair]


@dataclass(frozen=True)
class Palette:
    """The inks of one ground for one audience, by the part they play."""

    text: Ink
    heading: Ink
    marker: Ink
    number: Ink
    rule: Ink
    dot: Ink
    ground: Ink
    signal: Ink
    placeholder: Ink
    dark: bool


@dataclass(frozen=True)
class Theme:
    """A loaded theme. ``by_hex`` finds an ink by its sRGB twin, as SVG art names it."""

    source: Sourced[ThemeFile]
    inks: dict[str, Ink]

    @property
    def file(self) -> ThemeFile:
        """The theme file."""
        return self.source.model

    @property
    def by_hex(self) -> dict[str, Ink]:
        """Ink by lower-case ``#rrggbb``."""
        return {ink.rgb: ink for ink in self.inks.values()}

    def ink(self, name: str, audience: str, place: Place | None = None) -> Ink:
        """The ink called ``name``, in which ``{audience}`` stands for the audience's id.

        A ground that differs by audience ("hero") gives that audience's ink.
        """
        full = self._ground(name, audience)
        if full not in self.inks:
            raise InputError(
                Problem(
                    "layout/unknown-ink",
                    f"The theme has no ink called “{full}”.",
                    did_you_mean(full, self.inks),
                    place,
                )
            )
        return self.inks[full]

    def _ground(self, name: str, audience: str) -> str:
        by_audience = self.file.grounds.get(name)
        if by_audience is not None:
            name = by_audience.get(audience, by_audience.get("default", name))
        return name.replace("{audience}", audience)

    def palette(self, ground: str, audience: str) -> Palette:
        """The inks that go with a ground."""
        dark = self._ground(ground, audience) in self.file.dark_grounds
        roles = self.file.roles.dark if dark else self.file.roles.light
        parts = {part: self.ink(name, audience) for part, name in roles.model_dump().items()}
        if parts["dot"] == self.ink(ground, audience):  # dots in the ground's own ink would not be seen
            parts["dot"] = self.ink("white", audience)
        return Palette(
            **parts,
            ground=self.ink(ground, audience),
            signal=self.ink("signal", audience),
            placeholder=self.ink(self.file.placeholder, audience),
            dark=dark,
        )

    def measure_contrast(self, audience: str) -> list[tuple[str, str, str, float, float]]:
        """For each declared pair: ink, ground, purpose, its ratio, the least ratio allowed."""
        rows: list[tuple[str, str, str, float, float]] = []
        for pair in self.file.contrast:
            front, back = self.ink(pair.ink, audience), self.ink(pair.on, audience)
            least = LEAST_CONTRAST[pair.purpose]
            rows.append((front.name, back.name, pair.purpose, contrast(front, back), least))
        return rows


def check_theme(theme: Theme, audiences: tuple[str, ...]) -> None:
    """Every ink that the theme names must be there for every audience, and every pair readable.

    Raises InputError with all faults found.
    """
    problems: list[Problem] = []
    file, place = theme.file, theme.source.place

    def find(name: str, audience: str, *path: str | int) -> Ink | None:
        try:
            return theme.ink(name, audience, place(*path))
        except InputError as error:
            problems.extend(error.problems)
            return None

    for audience in audiences:
        for ground in ("light", "dark"):
            for part, name in getattr(file.roles, ground).model_dump().items():
                find(name, audience, "roles", ground, part)
        for name in file.grounds:
            find(name, audience, "grounds", name)
        find(file.placeholder, audience, "placeholder")
        for name in OWN_INKS:
            find(name, audience, "inks")
        for index, pair in enumerate(file.contrast):
            front = find(pair.ink, audience, "contrast", index, "ink")
            back = find(pair.on, audience, "contrast", index, "on")
            if front is None or back is None:
                continue
            for ratio, least, how in (
                (contrast(front, back), LEAST_CONTRAST[pair.purpose], ""),
                (contrast_in_grey(front, back), LEAST_IN_GREY, " when printed in grey"),
            ):
                if ratio < least:
                    problems.append(
                        Problem(
                            "layout/low-contrast",
                            f"{front.name} on {back.name} has a contrast of {ratio:.2f}:1{how}.",
                            f"Type for {pair.purpose} text needs {least}:1 or more{how}.",
                            place("contrast", index),
                        )
                    )
    if problems:
        raise InputError(dict.fromkeys(problems))


def load_theme(path: Path, root: Path) -> Theme:
    """Read and check a theme. Raises InputError for any ink that cannot be printed well."""
    source = load_model(path, root, ThemeFile)
    file = source.model
    inks = {
        name: Ink(name, tuple(part / 100 for part in record.cmyk), record.rgb)  # type: ignore[arg-type]
        for name, record in file.inks.items()
    }
    problems = []
    twins: dict[str, str] = {}
    for name, ink in inks.items():
        place = source.place("inks", name)
        if sum(part > 0 for part in ink.cmyk) > MOST_INKS or ink.coverage > MOST_COVERAGE + 0.01:
            problems.append(
                Problem(
                    "layout/heavy-ink",
                    f"The ink “{name}” lays down {ink.coverage:.0f} % in "
                    f"{sum(part > 0 for part in ink.cmyk)} inks.",
                    f"Use at most {MOST_INKS} inks and {MOST_COVERAGE:.0f} % in sum.",
                    place,
                )
            )
        if ink.rgb in twins:
            problems.append(
                Problem(
                    "layout/twin-ink",
                    f"The inks “{name}” and “{twins[ink.rgb]}” have the same screen colour {ink.rgb}.",
                    "SVG art names an ink by its screen colour, so each needs its own.",
                    place,
                )
            )
        twins[ink.rgb] = name
    if problems:
        raise InputError(problems)
    return Theme(source, inks)
