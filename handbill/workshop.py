"""The workshop: everything loaded once, and the making of one variant's bytes."""

from __future__ import annotations

import itertools
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handbill.agreement import check_agreement
from handbill.campaign.bound import BoundPiece
from handbill.campaign.campaign import Campaign, load_campaign
from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.languages import Language
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.release import find_hindrances
from handbill.checks.expected import Expected, expected_of
from handbill.compose.pieces import Composer, Composition
from handbill.design.layouts import Design, load_design
from handbill.editions.press import PressSpec, to_press
from handbill.editions.web import bookmarks_of, to_web
from handbill.plan import Variant
from handbill.problems import InputError, PieceError, Problem
from handbill.scene import Scene
from handbill.text.faces import Library
from handbill.text.model import Script
from handbill.units import to_mm
from handbill.writers.pdf import PdfOptions, write_pdf

PRESS = PressSpec()
"""What printers are given: 3 mm bleed, crop and fold marks, a slug."""


@dataclass(frozen=True)
class Made:
    """A finished file in memory and what the manifest says about it.

    ``expected`` is what checks of the finished file compare it with; ``stages`` are seconds by
    stage, for benchmarks.
    """

    variant: Variant
    data: bytes
    record: dict[str, Any]
    expected: Expected = field(repr=False)
    stages: dict[str, float] = field(default_factory=dict, compare=False)


class Workshop:
    """What all variants share, loaded from the project's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.campaign: Campaign = load_campaign(root)
        self.design: Design = load_design(root, tuple(self.campaign.audiences))
        self.library = Library.load(root / "fonts")
        check_agreement(self.campaign, self.design, self.library)
        self.scripts = {tag: script_of(tag, language) for tag, language in self.campaign.languages.items()}
        self.composer = Composer(self.design, self.library, root, self.scripts[SOURCE_LANGUAGE])
        self.date = content_date(self.campaign)

    def make(self, variant: Variant) -> Made:
        """Make one variant. Raises PieceError if it cannot be made as it should be."""
        clock = [time.perf_counter()]
        layout = self.design.layouts[variant.layout]
        piece = self.campaign.bind(variant.audience, layout.spec.piece, variant.language, variant.site)
        clock.append(time.perf_counter())
        language = self.campaign.languages[variant.language]
        composition = self.composer.compose(
            piece, layout, self.scripts[variant.language], middle_of(language)
        )
        clock.append(time.perf_counter())
        scene, options = self._edit(variant, piece, composition)
        clock.append(time.perf_counter())
        data = write_pdf(scene, self.library, options)
        clock.append(time.perf_counter())
        stages = dict(
            zip(
                ("bind", "compose", "edition", "write"),
                (b - a for a, b in itertools.pairwise(clock)),
                strict=True,
            )
        )
        record = self._record(variant, piece, composition, scene, options)
        return Made(variant, data, record, expected_of(scene, composition.contacts, composition.qr), stages)

    def _edit(
        self, variant: Variant, piece: BoundPiece, composition: Composition
    ) -> tuple[Scene, PdfOptions]:
        """The scene as the variant's edition has it, and how to write it."""
        if variant.edition == "web":
            words = {kind: piece.words[f"link_{kind}"].plain for kind in ADDRESSES}
            scene = to_web(composition.scene, words)
            return scene, PdfOptions(
                standard="PDF/UA-1",
                date=self.date,
                colour="rgb",
                links=True,
                page_direction=True,
                bookmarks=bookmarks_of(scene),
            )
        scene = to_press(composition.scene, PRESS, composition.slug)
        return scene, PdfOptions(standard="PDF/X-4", date=self.date)

    def find_hindrances(self, variant: Variant) -> tuple[Problem, ...]:
        """Why a variant may not be released today; nothing if it may."""
        piece_name = self.design.layouts[variant.layout].spec.piece
        try:
            piece = self.campaign.bind(variant.audience, piece_name, variant.language, variant.site)
        except PieceError as error:
            return error.problems
        return tuple(find_hindrances(self.campaign, piece, datetime.now(UTC).date()))

    def _record(
        self, variant: Variant, piece: BoundPiece, composition: Composition, scene: Scene, options: PdfOptions
    ) -> dict[str, Any]:
        """The file's entry in the manifest (DESIGN.md, "output/manifest.json")."""
        layout = self.design.layouts[variant.layout]
        press = variant.edition == "press"
        return {
            "file": variant.file,
            "audience": variant.audience,
            "language": variant.language,
            "layout": variant.layout,
            "edition": variant.edition,
            "site": variant.site,
            "title": composition.scene.title,
            "code": piece.code,
            "pages": len(scene.pages),
            "trim_mm": [round(to_mm(side), 2) for side in (scene.pages[0].width, scene.pages[0].height)],
            "bleed_mm": PRESS.bleed_mm if press else 0.0,
            "fold": layout.spec.fold if press else "none",
            "standard": options.standard,
            "state": piece.state,
            "contacts": list(composition.contacts),
            "qr": list(composition.qr),
            "facts": sorted({fact for block in composition.blocks for fact in block.facts}),
            "smallest_text_pt": composition.smallest_pt,
            "sizes_pt": composition.sizes,
            "dropped": list(composition.dropped),
            "fit": [
                {"panel": fit.panel, "region": fit.region, "room_mm": fit.room_mm, "used_mm": fit.used_mm}
                for fit in composition.fits
            ],
            "problems": [str(problem) for problem in piece.warnings],
        }


def script_of(tag: str, language: Language) -> Script:
    """A language's record as the text engine takes it."""
    return Script(
        lang=tag,
        script=language.script,
        rtl=language.direction == "rtl",
        faces={weight: tuple(names) for weight, names in language.faces.model_dump().items()},
        size_ratio=language.size_ratio,
        leading_ratio=language.leading_ratio,
        heading_leading_ratio=language.heading_leading_ratio,
        fallback_ratio=language.fallback_ratio,
    )


def middle_of(language: Language) -> float:
    """Half the height of a small letter in em: where the eye sees the middle of a line."""
    return language.smallest_letter.height / 2 if language.smallest_letter else 0.25


def content_date(campaign: Campaign) -> datetime:
    """The date that files carry: SOURCE_DATE_EPOCH, else the newest date of the content."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime(campaign.date.year, campaign.date.month, campaign.date.day, tzinfo=UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            Problem(
                "command/source-date",
                f"SOURCE_DATE_EPOCH is “{epoch}”, which is no time.",
                "Give whole seconds since 1970, or unset it.",
            )
        ) from None
