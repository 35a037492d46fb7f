"""The office edition: what the printer down the corridor of a school or practice makes (print-spec 3.6).

Such printers leave the edge of the paper white, so everything stands clear of it: a piece as large
as a sheet is that sheet, smaller ones stand several on a sheet, to be cut apart. Words are neither
parted nor scaled; the whole content rises a little where the foot needs it, alike on both sides.
How to print the sheet is written in its head, where no ink reaches, for the screen only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from handbill.colour import Ink
from handbill.editions.boxes import common
from handbill.editions.fields import coloured, fields_of, fit_ground
from handbill.editions.imposition import Imposition, impose
from handbill.editions.marks import cut_lines, fold_ticks
from handbill.editions.moving import cut, extent_of, move
from handbill.editions.speech import make_heard
from handbill.geometry import Rect
from handbill.glyphs import Line
from handbill.problems import PieceError, Place, Problem
from handbill.scene import ARTIFACT, Group, Item, Page, Path, Scene, TextLine
from handbill.units import mm, to_mm

EDGE, FOOT = mm(5), mm(7)
"""What no office printer need reach: 4.2 mm (HP LaserJet) and 6.7 mm at the foot (HP 7210), rounded up."""
CUT_CLEAR = mm(3)
"""Words and fields keep this clear of a cut: scissors wander."""
PADDING = mm(3)
"""Words on a field should stand this far from its head and foot."""
NOTE = Ink("note", (0.0, 0.0, 0.0, 0.65), "#595959")
NOTE_BASELINE = mm(3.4)
"""From the head of the sheet to the baseline of the line that is only seen on a screen."""

FOLDING = {"roll": "Fold at the ticks, the narrow panel inwards first."}
"""How to fold, where there is more to it than the ticks show, by the layout's fold (print-spec 3.3)."""

Duplex = Literal["Simplex", "DuplexFlipShortEdge", "DuplexFlipLongEdge"]
InkOf = Callable[[Line], Rect | None]
"""The box around a line's ink, its baseline beginning at the origin; None where it has none."""


@dataclass(frozen=True, slots=True)
class OfficeSheet:
    """How a piece is printed: on what, how many copies a sheet, on which sides; ``instruction`` says so to
    whoever prints it, in English."""

    imposition: Imposition
    duplex: Duplex
    instruction: str


def office_sheet(scene: Scene, fold: str = "none") -> OfficeSheet:
    """How the piece is printed; ``fold`` is its layout's.

    Raises PieceError (``office/too-large``) if it is larger than A3.
    """
    imposition = _imposed(scene)
    duplex: Duplex = "Simplex"
    if len(scene.pages) > 1:
        duplex = "DuplexFlipShortEdge" if imposition.is_landscape else "DuplexFlipLongEdge"
    return OfficeSheet(imposition, duplex, _instruction(scene, imposition, duplex, fold))


def _imposed(scene: Scene) -> Imposition:
    first = scene.pages[0]
    imposition = impose((to_mm(first.width), to_mm(first.height)))
    if imposition is None:
        raise PieceError(
            Problem(
                "office/too-large",
                f"The piece is {to_mm(first.width):.0f} x {to_mm(first.height):.0f} mm; "
                "office printers take A4 and A3.",
                "Have it printed, or make a smaller layout of it.",
            )
        )
    return imposition


def to_office(scene: Scene, how_to: Line, ink: InkOf) -> Scene:
    """The scene as sheets for an office printer.

    ``how_to`` is the sheet's instruction, set. Only one copy of the words is read out, the others
    are artifacts. Raises PieceError: ``office/outside-printable`` for words that the printer
    would lose, each with its place; ``office/how-to-too-long``; ``office/too-large``.
    """
    imposition = _imposed(scene)
    room = _room(imposition)
    lift = _lift(scene, room, ink)
    _refuse_outside(scene, room, lift, ink)
    pages = make_heard(scene.pages, scene.lang)
    note = _note(how_to, imposition)
    return replace(
        scene,
        pages=tuple(
            _sheet_page(
                _copy(page, room, lift, ink),
                page,
                imposition,
                heard=imposition.behind(0) if side % 2 else 0,
                note=note,
            )
            for side, page in enumerate(pages)
        ),
    )


def printable(imposition: Imposition) -> Rect:
    """What any office printer reaches of the sheet."""
    return Rect(EDGE, FOOT, imposition.width - 2 * EDGE, imposition.height - EDGE - FOOT)


def _room(imposition: Imposition) -> Rect:
    """Where a copy may have ink, from its own corner: the same for all copies, which look alike."""
    reach = printable(imposition)
    width, height = imposition.cell
    room = Rect(0.0, 0.0, width, height)
    if not room.contains(Rect(0.0, 0.0, imposition.width, imposition.height)):
        room = room.outset(-CUT_CLEAR)
    for cell in imposition.cells:
        room = common(room, reach.moved(-cell.x, -cell.y))
    return room


# One copy


def _sheet_page(copy: list[Group], page: Page, imposition: Imposition, *, heard: int, note: Group) -> Page:
    """A side of the sheet with the copies of a page; ``heard`` is the cell whose words are read out."""
    reach = printable(imposition)
    items: list[Group] = []
    ticks: list[Path] = []
    for number, cell in enumerate(imposition.cells):
        groups = copy if number == heard else [replace(group, tag=ARTIFACT) for group in copy]
        items += [move(group, cell.x, cell.y) for group in groups]
        ticks += fold_ticks(page.folds, cell, reach)
    for marks in (tuple(ticks), cut_lines(imposition, reach)):
        if marks:
            items.append(Group(ARTIFACT, marks))
    items.append(note)
    folds = {round(cell.x + fold, 4) for cell in imposition.cells for fold in page.folds}
    return Page(page.name, imposition.width, imposition.height, tuple(items), folds=tuple(sorted(folds)))


def _copy(page: Page, room: Rect, lift: float, ink: InkOf) -> list[Group]:
    """The groups of a page as they stand in each cell, from the cell's corner."""
    fields = fields_of(page, room, [box for box, _, _ in _contents(page, ink)])
    groups = []
    for group in page.items:
        moved = move(group, 0.0, lift)
        if group.tag.role == "Artifact":
            groups.append(fit_ground(moved, fields.get(group.region or "", room)))
        else:
            groups.append(cut(moved, room))
    return groups


# Where words stand


def _contents(page: Page, ink: InkOf) -> Iterator[tuple[Rect, Place | None, str]]:
    """What must not be lost: each line and each drawing with a meaning, its box, place and words."""
    for group in page.items:
        yield from _inside(group, None, ink)


def _inside(group: Group, place: Place | None, ink: InkOf) -> Iterator[tuple[Rect, Place | None, str]]:
    if group.tag.role == "Artifact":
        return
    place = group.place or place
    for item in group.items:
        if isinstance(item, Group):
            yield from _inside(item, place, ink)
        elif isinstance(item, TextLine):
            box = ink(item.line)
            if box is not None:
                yield box.moved(item.x, item.y), place, item.line.text
        elif isinstance(item, Path) and item.ops:
            yield extent_of(item), place, group.tag.alt or ""


def _lift(scene: Scene, room: Rect, ink: InkOf) -> float:
    """By how much the content rises, in points: so much that the lowest words are printed, and, if the
    head has room for it, stand clear of the foot of their field."""
    needed = wanted = 0.0
    spare = float("inf")
    for page in scene.pages:
        boxes = [box for box, _, _ in _contents(page, ink)]
        grounds = list(coloured(page, fields_of(page, room, boxes)))
        for box in boxes:
            on = [area for area in grounds if area.overlaps(box)]
            over = PADDING if any(area.top >= room.top - 0.01 for area in on) else 0.0
            under = PADDING if any(area.y <= room.y + 0.01 for area in on) else 0.0
            needed = max(needed, room.y - box.y)
            wanted = max(wanted, room.y + under - box.y)
            spare = min(spare, room.top - over - box.top)
    return max(needed, min(wanted, spare))


def _refuse_outside(scene: Scene, room: Rect, lift: float, ink: InkOf) -> None:
    problems: dict[tuple[Place | None, str], Problem] = {}
    for page in scene.pages:
        for box, place, words in _contents(page, ink):
            where = box.moved(0.0, lift)
            if not room.contains(where):
                problems.setdefault((place, page.name), _outside(page, where, room, place, words))
    if problems:
        raise PieceError(problems.values())


def _outside(page: Page, box: Rect, room: Rect, place: Place | None, words: str) -> Problem:
    gaps = {
        "left edge": room.x - box.x,
        "right edge": box.right - room.right,
        "foot": room.y - box.y,
        "head": box.top - room.top,
    }
    side = max(gaps, key=lambda name: gaps[name])
    what = f"“{words}”" if words else "A drawing"
    return Problem(
        "office/outside-printable",
        f"{what} on the page “{page.name}” stands {to_mm(gaps[side]):.1f} mm too close to the {side}: "
        "office printers leave the edge of the paper white.",
        "Shorten the words around it, or widen the margins in the layout.",
        place,
    )


# What the user is told


def _instruction(scene: Scene, imposition: Imposition, duplex: Duplex, fold: str) -> str:
    """How to print the sheet and what to do with it, in English, from what is on it."""
    sides = {
        "Simplex": "one side",
        "DuplexFlipShortEdge": "both sides, turned on the short edge",
        "DuplexFlipLongEdge": "both sides, turned on the long edge",
    }[duplex]
    told = [f"How to print: {imposition.sheet.name}, {sides}, actual size (100 %)."]
    if cut_lines(imposition, printable(imposition)):
        told.append(
            "Cut along the dashed lines"
            + (f": {imposition.copies} copies." if imposition.copies > 1 else ".")
        )
    if scene.pages[0].folds:
        told.append(FOLDING.get(fold, "Fold at the ticks."))
        if scene.direction == "rtl":
            told.append("It opens to the right.")
    return " ".join(told)


def _note(how_to: Line, imposition: Imposition) -> Group:
    """The instruction at the head of the sheet, on a screen."""
    room = imposition.width - 2 * EDGE
    if how_to.width > room:
        raise PieceError(
            Problem(
                "office/how-to-too-long",
                f"The line that says how to print is {to_mm(how_to.width):.0f} mm long, "
                f"the sheet has room for {to_mm(room):.0f} mm.",
                "Report it, with the layout’s name.",
            )
        )
    line = TextLine(how_to, EDGE, imposition.height - NOTE_BASELINE, NOTE)
    items: tuple[Item, ...] = (line,)
    return Group(ARTIFACT, items, screen_only=True)
