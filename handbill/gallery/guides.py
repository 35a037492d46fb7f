"""How to print a file, in plain words, worked out from its record in the manifest.

Nothing here knows a layout by name: sizes, folds, copies on a sheet, tabs and the printer's wishes
all come from the record and the printer's profile. Files that are printed alike share a guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbill.design.layouts import Design
from handbill.gallery.drawings import Drawing, draw_fold, draw_sheet, fold_steps
from handbill.gallery.words import (
    PAPERS,
    SAME_MM,
    edition_words,
    list_words,
    paper_name,
    size_words,
)

Record = Mapping[str, Any]

EXAMPLE = 100
"""How many pieces the sheets are counted for."""
SCREEN_SECONDS = 12
"""A slide has words for so long a look."""


@dataclass(frozen=True)
class Guide:
    """How to print the files of a layout in an edition.

    ``about`` narrows it down where files of one layout and edition are printed differently;
    ``facts`` are label and value, ``steps`` what to do in turn, ``tell`` what to say to whoever
    prints it.
    """

    layout: str
    format: str
    edition: str
    heading: str
    about: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    tell: str
    drawings: tuple[Drawing, ...]


def guide_of(record: Record, design: Design, *, office: bool) -> Guide:
    """The guide to a file; ``office`` says whether there is an office file of the same piece."""
    make = {"press": _press, "office": _office, "large-print": _pages, "screen": _screen, "web": _web}
    facts, steps, tell, drawings = make.get(record["edition"], _pages)(record, design, office)
    heading = edition_words(record["edition"])
    if record["edition"] == "press":
        heading = f"{heading} ({design.printers[record['printer']].name})"
    return Guide(
        record["layout"],
        design.name_of(record["layout"]),
        record["edition"],
        heading,
        "; ".join(_about(record)),
        tuple(facts),
        tuple(steps),
        tell,
        tuple(drawings),
    )


Parts = tuple[Iterator[tuple[str, str]], Iterator[str], str, Iterator[Drawing]]


def _about(record: Record) -> Iterator[str]:
    if record["edition"] in ("press", "office"):
        if _is_folded(record) and record["flat"]["rtl"]:
            yield "in a language read from right to left"
        if record["tabs"]:
            yield "with tear-off tabs"


def _is_folded(record: Record) -> bool:
    return bool(record["flat"]) and record["fold"] != "none"


def _flat(record: Record) -> tuple[float, float]:
    """The size of one copy, open, in mm."""
    width, height = record["flat"]["size_mm"] if record["flat"] else record["trim_mm"]
    return width, height


def _finished(record: Record) -> tuple[float, float]:
    """The size of one copy as it is handed out: folded, its widest panel is what is seen."""
    width, height = _flat(record)
    if _is_folded(record):
        width = max(panel["width_mm"] for panel in record["flat"]["sides"][0]["panels"])
    return width, height


def _is_two_sided(record: Record) -> bool:
    return bool(record["flat"]) and len(record["flat"]["sides"]) > 1


def _folding(record: Record) -> Iterator[str]:
    """How to fold one copy, and how it then opens."""
    if not _is_folded(record):
        return
    yield from fold_steps(record["flat"])
    front = next(panel["name"] for panel in record["flat"]["sides"][0]["panels"] if panel["front"])
    side = "right" if record["flat"]["rtl"] else "left"
    yield f"“{front}” is now in front, with the fold on the {side}."


# A printing company


def _press(record: Record, design: Design, office: bool) -> Parts:
    return (
        _press_facts(record, design),
        _press_steps(record),
        _press_order(record, design),
        draw_fold(record["flat"]) if _is_folded(record) else iter(()),
    )


def _press_facts(record: Record, design: Design) -> Iterator[tuple[str, str]]:
    printer = design.printers[record["printer"]]
    yield "Finished size", size_words(_finished(record)) + (", folded" if _is_folded(record) else "")
    if _is_folded(record):
        yield "Open size", size_words(_flat(record))
        yield "Fold", record["flat"]["fold_words"]
    yield "Print", "both sides, full colour" if _is_two_sided(record) else "one side, full colour"
    stock = printer.stock.get(design.piece_of(record["layout"]))
    if stock:
        yield "Paper", stock
    yield "Bleed", f"{record['bleed_mm']:g} mm on all sides"
    yield "File", f"{record['standard']}, {printer.condition}"


def _press_steps(record: Record) -> Iterator[str]:
    yield "Fill in the job sheet that lies beside the files, and send both, the file just as it is."
    yield "Say or choose what stands below. Ask for the exact size: nothing may be scaled."
    if _is_folded(record):
        yield "Ask for a folded sample before the whole run is printed."
    if record["tabs"]:
        yield f"Ask for cuts between the {record['tabs']} tabs, up to the dashed line, or cut them by hand."
    yield "On the proof, dial every number and scan every code. Nothing in red brackets may be left."


def _press_order(record: Record, design: Design) -> str:
    """The order in a few sentences, to be read out or copied."""
    printer = design.printers[record["printer"]]
    sides = "both sides" if _is_two_sided(record) else "one side"
    folded = " folded" if _is_folded(record) else ""
    told = [f"{size_words(_finished(record))}{folded}, {sides}, full colour."]
    if _is_folded(record):
        flat = record["flat"]
        told.append(f"Open size {size_words(_flat(record))}. {flat['fold_words']}.")
        tucked = [panel for panel in flat["sides"][0]["panels"] if panel["tucked"]]
        told += [f"The narrow panel of {panel['width_mm']:g} mm goes inside." for panel in tucked]
        if flat["rtl"]:
            told.append("It is read from right to left: the fold is on the right, and it opens to the right.")
    wishes = (("crop marks", printer.marks), ("a line of text", printer.slug))
    outside = [words for words, wanted in wishes if wanted]
    marks = f"{list_words(outside)} outside it" if outside else "no crop marks"
    told.append(f"The file is {record['standard']} with {record['bleed_mm']:g} mm bleed and {marks}.")
    if record["tabs"]:
        told.append(f"{record['tabs']} tear-off tabs at the foot, cut apart up to the dashed line.")
    return " ".join(told)


# The office printer


def _office(record: Record, design: Design, office: bool) -> Parts:
    sheet = record["sheet"]
    return (
        _office_facts(record),
        _office_steps(record),
        f"{sheet['paper']}, {_turned(sheet['duplex'])}, actual size (100 %), not fitted to the page.",
        _office_drawings(record),
    )


def _turned(duplex: str) -> str:
    return {
        "DuplexFlipShortEdge": "both sides, turned on the short edge",
        "DuplexFlipLongEdge": "both sides, turned on the long edge",
    }.get(duplex, "one side")


def _is_cut(record: Record) -> bool:
    return any(sheet - own > SAME_MM for sheet, own in zip(record["trim_mm"], _flat(record), strict=True))


def _office_facts(record: Record) -> Iterator[tuple[str, str]]:
    sheet = record["sheet"]
    yield "Paper", f"{size_words(PAPERS[sheet['paper']])}, plain white"
    yield "Sides", _turned(sheet["duplex"])
    yield "Size", "actual size, 100 %"
    if sheet["copies"] > 1:
        sheets = -(-EXAMPLE // sheet["copies"])
        yield "Copies", f"{sheet['copies']} on a sheet: {EXAMPLE} copies take {sheets} sheets"
    yield "Colour", "colour, or black and white"


def _office_steps(record: Record) -> Iterator[str]:
    sheet = record["sheet"]
    yield f"Put {sheet['paper']} paper in, open the file and choose Print."
    yield "Choose “actual size” or 100 %. “Fit to page” would make it smaller."
    if sheet["duplex"] != "Simplex":
        yield f"Choose {_turned(sheet['duplex'])}."
        yield "Print one sheet first, and look whether both sides stand upright."
    else:
        yield "Choose one side. Print one first, and look whether anything is cut off."
    if _is_cut(record):
        copies = f" You get {sheet['copies']} copies." if sheet["copies"] > 1 else ""
        yield f"Cut along the dashed lines.{copies}"
    if _is_folded(record):
        told = list(_folding(record))
        yield f"{told[0]} Little lines at the head and foot of the sheet show where."
        yield from told[1:]
    if record["tabs"]:
        yield f"Cut between the {record['tabs']} tabs at the foot, up to the dashed line."


def _office_drawings(record: Record) -> Iterator[Drawing]:
    sheet = record["sheet"]
    if _is_cut(record) or sheet["duplex"] != "Simplex":
        hints = (
            ("cut along the dashed lines", _is_cut(record)),
            ("turn on the thick edge", sheet["duplex"] != "Simplex"),
        )
        words = list_words([hint for hint, wanted in hints if wanted])
        yield draw_sheet(
            record["trim_mm"], _flat(record), sheet["copies"], sheet["duplex"], words[:1].upper() + words[1:]
        )
    if _is_folded(record):
        yield from draw_fold(record["flat"])


# Pages, screens


def _pages(record: Record, design: Design, office: bool) -> Parts:
    return _pages_facts(record), _pages_steps(record), _pages_order(record), iter(())


def _sheet_of(record: Record) -> str:
    return paper_name(record["trim_mm"]) or size_words(record["trim_mm"])


def _pages_facts(record: Record) -> Iterator[tuple[str, str]]:
    yield "Paper", f"{size_words(record['trim_mm'])}, matt, white or cream"
    yield "Size", "actual size, 100 %"
    yield "Sides", "one side, or both sides turned on the long edge"
    yield "Colour", "colour, or black and white"


def _pages_steps(record: Record) -> Iterator[str]:
    yield f"Put {_sheet_of(record)} paper in, thick enough that the other side does not show through."
    yield "Choose “actual size” or 100 %. “Fit to page” would make the letters smaller."
    yield "Choose one side, or both sides turned on the long edge."
    yield "Staple the pages once, at the upper corner where reading begins."


def _pages_order(record: Record) -> str:
    return f"{_sheet_of(record)}, actual size (100 %), matt paper, not reduced."


def _screen(record: Record, design: Design, office: bool) -> Parts:
    return _screen_facts(record), _screen_steps(), "", iter(())


def _screen_facts(record: Record) -> Iterator[tuple[str, str]]:
    width, height = record["trim_mm"]
    yield "Screen", "16:9, lying" if width > height else "16:9, upright"
    yield "Time", f"{SCREEN_SECONDS} seconds or longer"


def _screen_steps() -> Iterator[str]:
    yield "Give the picture (PNG) to whoever looks after the screen, or copy it to the player."
    yield f"Let it stand for {SCREEN_SECONDS} seconds or longer, so that slow readers reach the number."
    yield "Show it whole, from edge to edge. From the farthest chair, can you read the number?"


def _web(record: Record, design: Design, office: bool) -> Parts:
    return _web_facts(record), _web_steps(office), "", iter(())


def _web_facts(record: Record) -> Iterator[tuple[str, str]]:
    yield "File", f"{record['standard'] or 'PDF'}, made to be read on a screen and read aloud"
    if record["flat"] and record["pages"] > len(record["flat"]["sides"]):
        yield "Pages", "one panel a page, in the order of reading"


def _web_steps(office: bool) -> Iterator[str]:
    yield "Put it on a web site, or send it by e-mail."
    yield "Screen readers read it aloud, and numbers and links work when they are touched."
    yield (
        "To print it, take the file for the office printer instead."
        if office
        else "It is not made for paper: take one of the other files to print it."
    )


def guide_id(guide: Guide, number: int) -> str:
    """Where a guide stands on the page; ``number`` tells apart those of one layout and edition, from 0."""
    return f"how-{guide.layout}-{guide.edition}{f'-{number + 1}' if number else ''}"
