"""The workshop: everything loaded once, and the making of one variant's bytes."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from handbill.agreement import check_agreement
from handbill.campaign.bound import BoundPiece
from handbill.campaign.campaign import Campaign, load_campaign
from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.languages import Language
from handbill.campaign.pairs import BoundPair
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.release import Gate, Judgement, find_unfinished
from handbill.campaign.tongues import Tongue
from handbill.checks.expected import Expected, expected_of
from handbill.checks.profile import Profile, load_profile, profile_for
from handbill.compose.flow import compose_flow
from handbill.compose.imprint import set_note
from handbill.compose.pieces import Composer, Composition, Half
from handbill.design.flow import Flow
from handbill.design.layouts import Design, Layout, LayoutFile, load_design
from handbill.design.printers import DEFAULT_PRINTER, Printer
from handbill.editions.limits import Limits, find_breaches
from handbill.editions.office import OfficeSheet, office_sheet, to_office
from handbill.editions.press import PressSpec, to_press
from handbill.editions.web import bookmarks_of, to_web
from handbill.fingerprints import Fingerprints, digest_art
from handbill.jobs.files import job_sheet_files
from handbill.jobs.folds import FOLDS
from handbill.jobs.job import plan_sides
from handbill.plan import LARGE_PRINT, SCREEN, Variant
from handbill.problems import InputError, PieceError, Problem
from handbill.scene import Scene
from handbill.text.extent import inked_box
from handbill.text.faces import Library
from handbill.text.model import Script
from handbill.units import to_mm
from handbill.writers.pdf import PdfOptions, write_pdf


@dataclass(frozen=True)
class Made:
    """A finished file in memory and what the manifest says about it.

    ``profile`` is what the finished file is judged by, ``expected`` what it is compared with;
    ``stages`` are seconds by stage, for benchmarks.
    """

    variant: Variant
    data: bytes
    record: dict[str, Any]
    profile: Profile = field(repr=False)
    expected: Expected = field(repr=False)
    stages: dict[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Edited:
    """A scene as an edition has it, how to write it, and the profile that its file is judged by.

    ``sheet`` is how an office file is printed, None in the other editions.
    """

    scene: Scene
    options: PdfOptions
    profile: Profile
    sheet: OfficeSheet | None = None


class Workshop:
    """What all variants share, loaded from the project's folder.

    ``before`` is a workshop of the same folder as it was earlier: the faces, and what has been shaped
    with them, are taken over from it unless the fonts have changed.
    """

    def __init__(self, root: Path, before: Workshop | None = None) -> None:
        self.root = root
        self._art = digest_art(root / "layouts")
        self.campaign: Campaign = load_campaign(root)
        self.design: Design = load_design(root, tuple(self.campaign.audiences))
        self.library: Library = before.library.renewed() if before else Library.load(root / "fonts")
        check_agreement(self.campaign, self.design, self.library)
        self.scripts = {tag: script_of(tag, language) for tag, language in self.campaign.languages.items()}
        self.composer = Composer(self.design, self.library, root, self.scripts[SOURCE_LANGUAGE])
        self.date = content_date(self.campaign)
        self._bound: tuple[object, BoundPiece | BoundPair] | None = None
        self._composed: tuple[object, Composition] | None = None

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """What tells whether a file would come out as it did before."""
        return Fingerprints(self.campaign, self.design, self.library, self._art, self.date)

    def make(self, variant: Variant) -> Made:
        """Make one variant. Raises PieceError if it cannot be made as it should be."""
        clock = [time.perf_counter()]
        piece = self.bind(variant)
        clock.append(time.perf_counter())
        composition = self.compose(variant, piece)
        clock.append(time.perf_counter())
        edited = self.edit(variant, piece, composition)
        clock.append(time.perf_counter())
        data = write_pdf(edited.scene, self.library, edited.options)
        clock.append(time.perf_counter())
        stages = dict(
            zip(
                ("bind", "compose", "edition", "write"),
                (b - a for a, b in itertools.pairwise(clock)),
                strict=True,
            )
        )
        record = self._record(variant, piece, composition, edited)
        expected = expected_of(edited.scene, composition.contacts, composition.qr)
        return Made(variant, data, record, edited.profile, expected, stages)

    def bind(self, variant: Variant) -> BoundPiece | BoundPair:
        """The variant's words, in its language or its two, and with its numbers. Raises PieceError."""
        piece = self.design.piece_of(variant.layout)
        key = (variant.audience, piece, variant.language, variant.site)
        if self._bound is None or self._bound[0] != key:
            tongue = self.campaign.tongue(variant.language)
            bound = self.campaign.bind_tongue(variant.audience, piece, tongue, variant.site)
            self._bound = (key, bound)
        return self._bound[1]

    def compose(self, variant: Variant, piece: BoundPiece | BoundPair) -> Composition:
        """The variant's piece laid out, for all its editions alike. Raises PieceError.

        The last one is kept, as the editions of a piece are made one after the other.
        """
        flow = self.design.flows.get(variant.layout)
        layout = None if flow else self._layout(variant)
        key = (piece, layout.spec if layout else flow)
        if self._composed is None or self._composed[0] != key:
            self._composed = (key, self._compose(piece, layout, flow))
        return self._composed[1]

    def _compose(
        self, piece: BoundPiece | BoundPair, layout: Layout | None, flow: Flow | None
    ) -> Composition:
        if isinstance(piece, BoundPair):
            assert layout is not None  # no flow is bilingual (plan.py)
            first, second = (Half(half, *self._setting(half.language)) for half in piece.halves)
            return self.composer.compose_pair(piece, layout, (first, second))
        script, middle = self._setting(piece.language)
        if layout:
            return self.composer.compose(piece, layout, script, middle)
        assert flow is not None
        return compose_flow(self.composer, piece, flow, script, middle)

    def _setting(self, language: str) -> tuple[Script, float]:
        """How a language is set, as the composer takes it."""
        return self.scripts[language], middle_of(self.campaign.languages[language])

    def forget(self) -> None:
        """Forget the last piece, for who measures what making one takes."""
        self._bound = self._composed = None

    def printer(self, variant: Variant) -> Printer:
        """Whose press file a variant is, the usual printer's if it does not say."""
        return self.design.printers[variant.printer or DEFAULT_PRINTER]

    def _layout(self, variant: Variant) -> Layout:
        """The layout, in a press file with panels as wide as the printer folds them."""
        layout = self.design.layouts[variant.layout]
        return layout.adapted(self.printer(variant)) if variant.edition == "press" else layout

    def edit(self, variant: Variant, piece: BoundPiece | BoundPair, composition: Composition) -> Edited:
        """The scene as the variant's edition has it, how to write it and what to judge it by."""
        if variant.edition == "press":
            return self._edit_press(variant, composition)
        if variant.edition == "office":
            return self._edit_office(variant, composition)
        words = {
            half.language: {kind: half.words[f"link_{kind}"].plain for kind in ADDRESSES}
            for half in piece.halves
        }
        scene = to_web(composition.scene, words[composition.scene.lang], words)
        options = PdfOptions(
            standard="PDF/UA-1",
            date=self.date,
            colour="rgb",
            links=True,
            page_direction=True,
            bookmarks=bookmarks_of(scene, every_heading=variant.edition == LARGE_PRINT),
        )
        return Edited(scene, options, load_profile("web" if variant.edition == SCREEN else variant.edition))

    def _edit_press(self, variant: Variant, composition: Composition) -> Edited:
        """The sheet that the variant's printer asks for. Raises PieceError for what it cannot print."""
        printer = self.printer(variant)
        spec = PressSpec(printer.bleed_mm, printer.marks)
        scene = to_press(composition.scene, spec, composition.slug if printer.slug else None)
        breaches = list(find_breaches(scene, limits_of(printer)))
        if breaches:
            raise PieceError(breaches)
        options = PdfOptions(
            standard=printer.standard,
            date=self.date,
            condition=printer.condition,
            tac_percent=printer.tac_percent,
        )
        return Edited(scene, options, press_profile(printer))

    def _edit_office(self, variant: Variant, composition: Composition) -> Edited:
        """The sheet for an office printer. Raises PieceError for words that it cannot reach."""
        sheet = office_sheet(composition.scene, self.design.layouts[variant.layout].spec.fold)
        how_to = set_note(sheet.instruction, self.scripts[SOURCE_LANGUAGE], self.library)
        scene = to_office(composition.scene, how_to, lambda line: inked_box(line, self.library))
        options = PdfOptions(standard=None, date=self.date, colour="rgb", duplex=sheet.duplex)
        return Edited(scene, options, load_profile("office"), sheet)

    def make_job_sheet(
        self, variant: Variant, records: Sequence[Mapping[str, Any]]
    ) -> tuple[bytes, str] | None:
        """What goes with an order of the press files in the variant's folder: a PDF and a text.

        ``records`` are those of the manifest; None where there are none. Raises PieceError.
        """
        printer = self.printer(variant)
        tongue = self.campaign.tongue(variant.language)
        return job_sheet_files(
            records,
            {name: layout.adapted(printer).spec for name, layout in self.design.layouts.items()},
            tongue,
            printer,
            campaign=self.campaign.name,
            version=self.campaign.version,
            audiences={name: audience.record.name for name, audience in self.campaign.audiences.items()},
            site=self.campaign.sites[variant.site].name if variant.site else None,
            library=self.library,
            scripts=self.scripts,
            theme=self.design.theme,
            date=self.date,
        )

    @cached_property
    def gate(self) -> Gate:
        """Judges what may be released today."""
        return Gate(self.campaign, datetime.now(UTC).date())

    def judge_release(self, variant: Variant) -> Judgement:
        """Why a variant may not be released today, and what only a loosened policy lets through."""
        try:
            piece = self.bind(variant)
        except PieceError as error:
            return Judgement(error.problems)
        judgements = [self.gate.judge(half) for half in piece.halves]
        return Judgement(
            tuple(dict.fromkeys(problem for one in judgements for problem in one.hindrances)),
            tuple(dict.fromkeys(problem for one in judgements for problem in one.let_through)),
        )

    def _record(
        self, variant: Variant, piece: BoundPiece | BoundPair, composition: Composition, edited: Edited
    ) -> dict[str, Any]:
        """The file's entry in the manifest (DESIGN.md, "output/manifest.json")."""
        press = variant.edition == "press"
        on_sheets = press or edited.sheet is not None
        layout = None if variant.layout in self.design.flows else self._layout(variant).spec
        scene = edited.scene
        return {
            "file": variant.file,
            "audience": variant.audience,
            "language": variant.language,
            "layout": variant.layout,
            "edition": variant.edition,
            "printer": self.printer(variant).printer if press else None,
            "site": variant.site,
            "picture_file": variant.picture if variant.edition == SCREEN else None,
            "title": composition.scene.title,
            "titles": {half.language: half.title.plain for half in piece.halves},
            "code": piece.code,
            "version": piece.version,
            "pages": len(scene.pages),
            "trim_mm": [round(to_mm(side), 2) for side in (scene.pages[0].width, scene.pages[0].height)],
            "bleed_mm": self.printer(variant).bleed_mm if press else 0.0,
            "fold": layout.fold if layout and on_sheets else "none",
            "sheet": tell_sheet(edited.sheet) if edited.sheet else None,
            "flat": tell_flat(layout, self.campaign.tongue(variant.language)) if layout else None,
            "tabs": layout.tabs if layout and any(fit.region == "tabs" for fit in composition.fits) else 0,
            "standard": edited.options.standard,
            "state": piece.state,
            "unfinished": list(
                dict.fromkeys(word for half in piece.halves for word in find_unfinished(half))
            ),
            "contacts": list(composition.contacts),
            "qr": list(composition.qr),
            "facts": sorted({fact for block in composition.blocks for fact in block.facts}),
            "smallest_text_pt": composition.smallest_pt,
            "sizes_pt": composition.sizes,
            "dropped": list(composition.dropped),
            "fit": [asdict(fit) for fit in composition.fits],
            "problems": [str(problem) for problem in piece.warnings],
            "fingerprint": self.fingerprints.of(variant),
        }


def tell_sheet(sheet: OfficeSheet) -> dict[str, Any]:
    """How an office file is printed, for the manifest."""
    return {
        "paper": sheet.imposition.sheet.name,
        "copies": sheet.imposition.copies,
        "duplex": sheet.duplex,
        "how_to_print": sheet.instruction,
    }


def tell_flat(layout: LayoutFile, tongue: Tongue) -> dict[str, Any]:
    """The piece as it lies flat, for the manifest: its size, its fold, and on each side its panels as
    printed from left to right, with their place in reading order and the moves that fold them."""
    sides = [asdict(side) for side in plan_sides(layout, tongue)]
    return {
        "size_mm": list(layout.trim),
        "fold": layout.fold,
        "fold_words": FOLDS[layout.fold].words,
        "rtl": tongue.rtl,
        "sides": sides,
    }


def limits_of(printer: Printer) -> Limits:
    """How fine the printer can print, for the look at the scene."""
    return Limits(
        printer.least_line_pt,
        printer.least_reversed_line_pt,
        printer.least_text_pt,
        printer.least_reversed_text_pt,
    )


def press_profile(printer: Printer) -> Profile:
    """The press profile with the printer's own limits."""
    return profile_for("press", printer.standard).model_copy(
        update={
            "bleed_mm": printer.bleed_mm,
            "safe_mm": printer.safe_mm,
            "fold_clear_mm": printer.fold_clear_mm,
            "tac_percent": printer.tac_percent,
        }
    )


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
