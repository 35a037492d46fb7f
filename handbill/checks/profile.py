"""Profiles: which checks run for which use of a file, with which limits (print-spec 0.8)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from handbill.problems import InputError, Problem, Severity, did_you_mean
from handbill.yamlsource import load_model

FOLDER = Path(__file__).parent / "profiles"


class Profile(BaseModel):
    """One profile. Lengths in mm, type in points, inks in percent, images in ppi.

    ``checks`` names the checks that run, ``severities`` those that count otherwise than usual.
    ``safe_foot_mm`` is the safe zone at the foot where it differs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str
    name: str
    standard: Literal["PDF/X-4", "PDF/UA-1"] | None
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
    bitmap_ppi_warning: float = Field(ge=0)
    letter_height_mm: float = Field(ge=0)
    contrast: float = Field(ge=1)
    contrast_large: float = Field(ge=1)
    grey_contrast: float = Field(default=4.5, ge=1)
    grey_tint_percent: float = Field(default=15, ge=0)
    quiet_modules: float = Field(ge=0)
    largest_mb: float = Field(gt=0)


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
    return load_model(FOLDER / f"{name}.yaml", FOLDER, Profile).model
