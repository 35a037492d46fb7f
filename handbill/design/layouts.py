"""Layouts: sheets, folds, panels, regions and how they may give way, read from ``layouts/``.

All lengths in the files are millimetres. Left and right are given as seen in a left-to-right
language; a right-to-left language mirrors the order of the panels (print-spec 3.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handbill.design.art import load_art
from handbill.design.drawing import Drawing
from handbill.design.flow import Flow, load_flow
from handbill.design.measures import Positive, Role, Spacing, Strict, TypeScale
from handbill.design.panels import PanelSpec, SideSpec, match_twins
from handbill.design.printers import Printer, load_printers
from handbill.design.theme import Theme, check_theme, load_theme
from handbill.problems import InputError, Place, Problem, did_you_mean
from handbill.yamlsource import Sourced, load_model

Name = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
Edition = Literal["press", "office", "web", "screen"]
"""What a layout can be made for; large print has flows of its own (flow.py)."""

SCREEN_RATIO = 16 / 9
"""Sides of the screens in waiting rooms: 1920 x 1080 pixels."""

PANELS = {"none": None, "roll": 3, "half": 2}
"""Panels on each side by fold; a sheet that is not folded may be divided as it likes (print-spec 3.3)."""


def tucks_in(widths: list[float]) -> bool:
    """Whether the first panel of a roll fold is narrow enough to lie inside the others without buckling
    (print-spec 3.3; some shops fold 98/99/100)."""
    return widths[0] <= min(widths[1:]) - 1


class LayoutFile(Strict):
    """``layouts/<name>/layout.yaml``.

    ``give`` lists what may give way: the size of a role, or the ``space`` between parts;
    ``number_to_body`` is the least size of numbers as a multiple of the body's; ``least_body`` the
    least size in points of body text in any script's own size (its ratio included), so that a
    script which is set larger may take a step more; ``qr`` the side of a QR code in mm, ``icon``
    that of an icon with a label; ``tabs`` counts the tear-off tabs, ``tab_height`` mm tall.

    ``piece`` names the piece of an audience that it sets: who has none has nothing in this layout.
    ``leaves_out`` are regions of that piece which it has no room for, said on purpose. A
    ``display`` is read from a distance, by few words: ``numbers`` stand ``beside`` theirs, in one
    column, or ``above`` them, two short ones side by side, as large as a small sheet allows. What is
    read in the hand has them ``beside`` where they are short, or in one ``column`` too. With
    ``large_calls`` the numbers on a cover are as large as any, under their words, not in their line.
    What is made for the edition ``screen`` is one panel of 16:9. A bilingual layout has for each
    panel one that is ``like`` it.
    """

    layout: Name
    name: str
    piece: Name
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)] = ("press", "office", "web")
    leaves_out: tuple[Name, ...] = ()
    display: bool = False
    numbers: Literal["beside", "above", "column"] = "beside"
    large_calls: bool = False
    trim: tuple[Positive, Positive]
    fold: Literal["roll", "half", "none"]
    type: TypeScale
    give: list[Role]
    number_to_body: Annotated[float, Field(ge=1, le=10)] = 1
    least_body: Annotated[float, Field(ge=6, le=200)] = 6
    spacing: Spacing
    sides: list[SideSpec] = Field(min_length=1, max_length=2)
    reading: list[str]
    qr: Positive
    icon: Positive = 22
    tabs: Annotated[int, Field(ge=0, le=20)] = 0
    tab_height: Positive = 24

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        for side in self.sides:
            total = sum(panel.width for panel in side.panels)
            if abs(total - self.trim[0]) > 0.001:
                raise ValueError(
                    f"the panels of the side “{side.name}” are {total:g} mm wide together, "
                    f"the sheet is {self.trim[0]:g} mm"
                )
        panels = PANELS[self.fold]
        if panels and [len(side.panels) for side in self.sides] != [panels, panels]:
            raise ValueError(f"a sheet with the fold “{self.fold}” has two sides of {panels} panels each")
        if self.fold == "roll" and not tucks_in([panel.width for panel in self.sides[0].panels]):
            raise ValueError("the first panel outside is tucked in and must be 1 mm narrower than the others")
        if missing := [role for role in self.give if role != "space" and getattr(self.type, role) is None]:
            raise ValueError(f"“give” names “{missing[0]}”, which has no sizes of its own under “type”")
        names = [panel.name for panel in self.panels]
        tabbed = [region for panel in self.panels for region in panel.regions]
        if bool(self.tabs) != any(region.tabs for region in tabbed):
            raise ValueError("“tabs” is their number: give it, with a region “tabs: true”, or neither")
        if sum(region.tabs for region in tabbed) > 1:
            raise ValueError("the layout has two regions “tabs: true”; keep one, or each tab is there twice")
        named = [region.region for region in tabbed if region.region]
        if twice := sorted({name for name in named if named.count(name) > 1}):
            raise ValueError(f"the region “{twice[0]}” stands here twice; keep one")
        if both := sorted(set(named) & set(self.leaves_out)):
            raise ValueError(f"“leaves_out” names the region “{both[0]}”, which the layout has")
        if sorted(names) != sorted(self.reading):
            raise ValueError("“reading” must name each panel once: " + ", ".join(names))
        if "screen" in self.editions:
            self._check_screen(names)
        return self.model_copy(update={"sides": match_twins(self.sides)}) if self.is_bilingual else self

    @property
    def panels(self) -> list[PanelSpec]:
        """The panels of all sides."""
        return [panel for side in self.sides for panel in side.panels]

    @property
    def is_bilingual(self) -> bool:
        """Whether it sets pieces in two languages."""
        return any(panel.like for panel in self.panels)

    @property
    def twins(self) -> dict[str, str]:
        """In a bilingual layout, by the name of each panel the one that holds the same in the other
        language."""
        pairs = [(panel.name, panel.like) for panel in self.panels if panel.like]
        return {name: twin for one, other in pairs for name, twin in ((one, other), (other, one))}

    def _check_screen(self, panels: list[str]) -> None:
        """A picture has one page: the words of further panels would not be on it. A page of another
        shape than the screen's would be shown small, between bars."""
        if len(panels) != 1:
            raise ValueError(
                f"a layout for the edition “screen” is one panel on one side; this has {len(panels)} panels"
            )
        if abs(max(self.trim) / min(self.trim) - SCREEN_RATIO) > 0.005:
            raise ValueError(
                f"a layout for the edition “screen” is 16:9, lying or upright; "
                f"this is {self.trim[0]:g} × {self.trim[1]:g} mm"
            )


@dataclass(frozen=True)
class Layout:
    """A layout with its art loaded. ``drawings`` is keyed by file name."""

    source: Sourced[LayoutFile]
    theme: Theme
    drawings: dict[str, Drawing]

    @property
    def spec(self) -> LayoutFile:
        """The layout file."""
        return self.source.model

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions of a piece that it has room for, each once."""
        return tuple(
            region.region
            for panel in self.spec.panels
            for region in panel.regions
            if region.region and panel.like is None
        )

    @property
    def id(self) -> str:
        """The layout's name on the command line and in file names."""
        return self.spec.layout

    def half(self) -> Layout:
        """Of a bilingual layout what one language has of it, for measuring; any other as it is."""
        if not self.spec.is_bilingual:
            return self
        sides = [
            side.model_copy(update={"panels": [panel for panel in side.panels if panel.like is None]})
            for side in self.spec.sides
        ]
        reading = [name for name in self.spec.reading if any(p.name == name for s in sides for p in s.panels)]
        spec = self.spec.model_copy(update={"sides": sides, "reading": reading})
        return replace(self, source=replace(self.source, model=spec))

    def adapted(self, printer: Printer) -> Layout:
        """The layout with panels as wide as the printer folds them.

        The widths are a leaf's, so the other side has them in the opposite order (print-spec 3.3).
        """
        widths = printer.panels.get(self.id)
        if widths is None or widths == [panel.width for panel in self.spec.sides[0].panels]:
            return self
        sides = [
            side.model_copy(
                update={
                    "panels": [
                        panel.model_copy(update={"width": width})
                        for panel, width in zip(side.panels, order, strict=True)
                    ]
                }
            )
            for side, order in zip(self.spec.sides, (widths, widths[::-1]), strict=False)
        ]
        spec = self.spec.model_copy(update={"sides": sides})
        return replace(self, source=replace(self.source, model=spec))

    def drawing(self, name: str, audience: str) -> Drawing:
        """The drawing called ``name`` (``{audience}`` filled in)."""
        return self.drawings[name.replace("{audience}", audience)]


@dataclass(frozen=True)
class Design:
    """Everything under ``layouts/``."""

    theme: Theme
    layouts: dict[str, Layout]
    flows: dict[str, Flow]
    printers: dict[str, Printer]
    icons: Path

    def piece_of(self, name: str) -> str:
        """The kind of piece that the layout or flow of a name is for."""
        return (self.layouts[name] if name in self.layouts else self.flows[name]).spec.piece

    def is_bilingual(self, name: str) -> bool:
        """Whether the layout of a name sets pieces in two languages; a flow never does."""
        return name in self.layouts and self.layouts[name].spec.is_bilingual

    def name_of(self, name: str) -> str:
        """What people call the layout or flow of a name."""
        return (self.layouts[name] if name in self.layouts else self.flows[name]).spec.name


def load_design(root: Path, audiences: tuple[str, ...]) -> Design:
    """Read the theme, the layouts, the flows and their art, and the printers.

    Raises InputError naming file and line for anything that is wrong in them; all layouts and
    flows are read before it is raised, so that every fault is told at once.
    """
    folder = root / "layouts"
    problems: list[Problem] = []
    theme = load_theme(folder / "theme.yaml", root)
    check_theme(theme, audiences)
    layouts: dict[str, Layout] = {}
    for path in sorted(folder.glob("*/layout.yaml")):
        try:
            layout = _load_layout(path, root, theme, audiences)
            layouts[layout.id] = layout
        except InputError as error:
            problems.extend(error.problems)
    flows: dict[str, Flow] = {}
    for path in sorted(folder.glob("*/flow.yaml")):
        try:
            flow = load_flow(path, root, theme, audiences)
            flows[flow.id] = flow
        except InputError as error:
            problems.extend(error.problems)
    printers: dict[str, Printer] = {}
    try:
        printers = load_printers(folder / "printers", root)
    except InputError as error:
        problems.extend(error.problems)
    problems.extend(_check_panels(layouts, printers))
    problems.extend(
        Problem(
            "layout/name",
            f"There is a layout and a flow called “{name}”.",
            "A name stands for one of them: put one into a folder of another name.",
            flows[name].source.place("flow"),
        )
        for name in layouts.keys() & flows.keys()
    )
    if problems:
        raise InputError(problems)
    if not layouts:
        raise InputError(
            Problem(
                "layout/none",
                "There is no layout in the folder “layouts”.",
                "Put back the folders that came with Handbill, each with a file layout.yaml.",
                Place("layouts"),
            )
        )
    return Design(theme, layouts, flows, printers, folder / "icons")


def _check_panels(layouts: dict[str, Layout], printers: dict[str, Printer]) -> Iterator[Problem]:
    """A printer's widths must be those of a layout and make up its sheet."""
    for printer in printers.values():
        for name, widths in printer.panels.items():
            place = Place(f"layouts/printers/{printer.printer}.yaml", None, f"panels.{name}")
            if name not in layouts:
                yield Problem(
                    "layout/printer-panels",
                    f"There is no layout called “{name}” to give panels to.",
                    did_you_mean(name, layouts),
                    place,
                )
                continue
            panels, across = layouts[name].spec.sides[0].panels, layouts[name].spec.trim[0]
            alike = all(len(side.panels) == len(panels) for side in layouts[name].spec.sides)
            if layouts[name].spec.fold == "roll" and not tucks_in(widths):
                yield Problem(
                    "layout/printer-panels",
                    f"The first panel, which is tucked in, is {widths[0]:g} mm wide and would buckle.",
                    "Make it 1 mm narrower than the others, or more.",
                    place,
                )
            if not alike or len(widths) != len(panels) or abs(sum(widths) - across) > 0.001:
                yield Problem(
                    "layout/printer-panels",
                    f"The printer’s panels are {' + '.join(f'{width:g}' for width in widths)} mm, but "
                    f"“{name}” has {len(panels)} panels and is {across:g} mm wide.",
                    "Give as many widths as each side has panels, which add up to the sheet.",
                    place,
                )


def _load_layout(path: Path, root: Path, theme: Theme, audiences: tuple[str, ...]) -> Layout:
    source = load_model(path, root, LayoutFile)
    spec = source.model
    if spec.layout != path.parent.name:
        raise InputError(
            Problem(
                "layout/name",
                f"The layout calls itself “{spec.layout}”, its folder is “{path.parent.name}”.",
                "Give both the same name.",
                source.place("layout"),
            )
        )
    drawings: dict[str, Drawing] = {}
    for s, side in enumerate(spec.sides):
        for p, panel in enumerate(side.panels):
            if panel.like is not None:
                continue
            at = ("sides", s, "panels", p)
            for audience in audiences:
                theme.ink(panel.ground, audience, source.place(*at, "ground"))
                for r, region in enumerate(panel.regions):
                    for key in ("ground", "on"):
                        if name := getattr(region, key):
                            theme.ink(name, audience, source.place(*at, "regions", r, key))
                for key, art in (("art", panel.art), ("band", panel.band)):
                    if art:
                        name = art.file.replace("{audience}", audience)
                        if name != art.file and not (path.parent.parent / name).is_file():
                            continue  # an audience without such a piece: the agreement tells
                        drawings[name] = load_art(path, root, name, theme, source.place(*at, key, "file"))
    return Layout(source, theme, drawings)
