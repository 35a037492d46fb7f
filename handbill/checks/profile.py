"""Profiles: which checks run for which use of a file, with which limits (print-spec 0.8)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from handbill.problems import InputError, Problem, Severity, did_you_mean
from handbill.yamlsource import load_model

FOLDER = Path(__file__).parent / "profiles"
Standard = Literal["PDF/X-4", "PDF/X-1a:2003", "PDF/UA-1"]


class Profile(BaseModel):
    """One profile. Lengths in mm, type in points, inks in percent, images in ppi.

    ``checks`` names the checks that run, ``severities`` those that count otherwise than usual.
    ``safe_foot_mm`` is the safe zone at the foot where it differs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str
    name: str
    standard: Standard | None
    checks: tuple[str, ...]
    severities: dict[str, Severity] = Field(default_factory=dict)
    bleed_mm: float = Field(ge=0)
    safe_mm: float = Field(ge=0)
    safe_foot_mm: float | None = Field(default=None, ge=0)
    fold_clear_mm: float = Field(ge=0)
    hairline_pt: float = Field(ge=0)
    multi_ink_text_pt: float = Field(ge=0)
    overprint_text_pt: float = Field(ge=0)
    overprint_line_pt: float = Field(ge=0)
    tac_percent: float = Field(gt=0)
    ppi_error: float = Field(ge=0)
    ppi_warning: float = Field(ge=0)
    bitmap_ppi_error: float = Field(ge=0, default=0)
    bitmap_ppi_warning: float = Field(ge=0)
    letter_height_mm: float = Field(ge=0)
    contrast: float = Field(ge=1)
    contrast_large: float = Field(ge=1)
    grey_contrast: float = Field(default=4.5, ge=1)
    grey_tint_percent: float = Field(default=15, ge=0)
    quiet_modules: float = Field(ge=0)
    largest_mb: float = Field(gt=0)

    @property
    def is_press(self) -> bool:
        """Whether it is for files that go to a press, whose colours are inks."""
        return self.standard is not None and self.standard.startswith("PDF/X-")


class ProfileLike(BaseModel):
    """A profile that is another but for its standard and some checks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str
    name: str
    like: str
    standard: Standard | None
    without: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def of(self, other: Profile) -> Profile:
        """The other profile with the differences."""
        kept = tuple(check for check in other.checks if check not in self.without)
        return other.model_copy(
            update={
                "profile": self.profile,
                "name": self.name,
                "standard": self.standard,
                "checks": (*kept, *self.also),
            }
        )


def profile_for(edition: str, standard: str | None) -> Profile:
    """The profile of an edition whose files keep ``standard``: the edition's own, or its variant for
    another standard (``press`` for PDF/X-4, ``press-x1a`` for PDF/X-1a:2003)."""
    own = load_profile(edition)
    if own.standard == standard:
        return own
    for name in names():
        found = load_profile(name)
        if name.startswith(f"{edition}-") and found.standard == standard:
            return found
    raise InputError(
        Problem(
            "command/unknown-name",
            f"There is no profile for files of the edition “{edition}” that keep {standard}.",
            did_you_mean(edition, names()),
        )
    )


def names() -> tuple[str, ...]:
    """The profiles there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load_profile(name: str) -> Profile:
    """A profile by its name. Raises InputError (``command/unknown-name``) for another."""
    if name not in names():
        raise InputError(
            Problem(
                "command/unknown-name",
                f"There is no profile called “{name}”.",
                did_you_mean(name, names()),
            )
        )
    path = FOLDER / f"{name}.yaml"
    if "\nlike:" in path.read_text("utf-8"):
        variant = load_model(path, FOLDER, ProfileLike).model
        return variant.of(load_profile(variant.like))
    return load_model(path, FOLDER, Profile).model
