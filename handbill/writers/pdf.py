"""Writes a Scene as PDF, through ReportLab's canvas and nothing after it.

ReportLab keeps the objects, pages and cross-references; text, fonts, structure and metadata are
ours (text-engine.md, "ReportLab 5.1.0: the hooks"). The bytes depend on the scene, the options
and the fonts alone.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFPage
from reportlab.pdfgen.canvas import Canvas

from handbill.editions.office import Duplex
from handbill.geometry import Rect
from handbill.problems import InputError, PieceError, Problem
from handbill.scene import Page, Scene, list_halves
from handbill.writers.breaches import Limits
from handbill.writers.content import GRAPHICS_STATES, ContentOptions, PageContent
from handbill.writers.fonts import FontSet
from handbill.writers.lettering import Lettering
from handbill.writers.metadata import (
    PRESS_STANDARDS,
    Information,
    Standard,
    condition_of,
    content_id,
    output_intent,
    viewer_preferences,
    xmp,
)
from handbill.writers.notes import add_note
from handbill.writers.objects import Written, deflate, dictionary, rectangle, reference, stream, text_string
from handbill.writers.outline import add_outline
from handbill.writers.parts import LiveLink
from handbill.writers.structure import Structure

if TYPE_CHECKING:
    from handbill.text.faces import Library


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """How to write. ``date`` is the document's date, with its zone: the writer never asks the clock.

    ``condition`` is the print condition of a CMYK file (metadata.CONDITIONS). ``page_direction``
    says in the file that pages are turned from right to left where the script runs so (12.2): of no
    use on a sheet, and PDFium then reverses web addresses (not numbers) in the text that it gives,
    though neither what is seen, nor the structure, nor where a link leads.
    ``tac_percent`` is the most ink that the paper takes, None for what the print condition says, and
    ``hairline_pt`` the thinnest line that the press holds; both are kept where a press standard is.
    ``bookmarks`` are the entries of the outline: words and page, counted from 0. ``duplex`` is for a
    file that people print themselves: viewers then propose these sides, the actual size, and the
    paper that the pages have.
    """

    date: datetime
    standard: Standard | None = "PDF/X-4"
    colour: Literal["cmyk", "rgb"] = "cmyk"
    condition: str = "FOGRA39"
    overprint_black: bool = True
    tagged: bool = True
    links: bool = False
    page_direction: bool = False
    bookmarks: tuple[tuple[str, int], ...] = ()
    tac_percent: float | None = None
    hairline_pt: float = 0.25
    duplex: Duplex | None = None


class _NoFont:
    """Stands in for Helvetica, which ReportLab would otherwise name, unembedded, on every page."""

    fontName = "HandbillNoFont"
    _dynamicFont = 1
    _multiByte = 0


pdfmetrics._fonts[_NoFont.fontName] = _NoFont()


def write_pdf(scene: Scene, library: Library, options: PdfOptions) -> bytes:
    """The scene as a PDF file, the same bytes for the same scene.

    Raises InputError for options and notes that the standard forbids, and PieceError, with the place in the
    content, for what must not be printed (breaches.py), a glyph that a font lacks or a role that
    readers do not know.
    """
    _check(scene, options)
    cmyk = options.colour == "cmyk"
    press = options.standard in PRESS_STANDARDS
    x1a = options.standard == "PDF/X-1a:2003"
    condition = condition_of(options.condition)
    rtl = scene.direction == "rtl"
    canvas = Canvas(
        io.BytesIO(),
        pdfVersion=(1, 4) if x1a else (1, 6),
        pageCompression=0,
        invariant=1,
        initialFontName=_NoFont.fontName,
        lang=scene.lang,
        enforceColorSpace="CMYK" if cmyk else "RGB",
    )
    document = canvas._doc
    fonts = FontSet(library)
    document.delayedFonts.append(fonts)
    structure = Structure(scene.lang, rtl=rtl, links=options.links) if options.tagged else None
    lettering = Lettering(fonts, rtl=rtl or any(tag.direction == "rtl" for tag in list_halves(scene)))
    states = Written(GRAPHICS_STATES)
    how = ContentOptions(
        cmyk=cmyk,
        overprint_black=options.overprint_black,
        links=options.links,
        parts=options.links or options.standard == "PDF/UA-1",
        replacements=not x1a,
        limits=Limits(options.tac_percent or condition.tac_percent, options.hairline_pt) if press else None,
    )
    streams: list[bytes] = []
    for index, page in enumerate(scene.pages):
        if structure:
            structure.begin_page()
        boxes = _boxes(page)
        content = PageContent(lettering, structure, how)
        origin = boxes.trim.x, boxes.trim.y
        notes = [group for group in page.items if group.screen_only]
        printed = replace(page, items=tuple(group for group in page.items if not group.screen_only))
        code = content.paint(printed, index, origin).encode("latin-1")
        streams.append(code)
        canvas.showPage()
        made: PDFPage = document.Pages.pages[-1]
        made.Contents = stream(deflate(code))
        made.ExtGState = states
        made.Trans = None
        made.MediaBox = rectangle(boxes.media)
        made.BleedBox = rectangle(boxes.bleed) if boxes.bleed else None
        made.TrimBox = rectangle(boxes.trim)
        extra = {}
        if cmyk and not x1a:
            # Nothing here is transparent, but a page without a blending space leaves an imposer or
            # a viewer to guess one (print-spec 1.1, GWG R0030). PDF/X-1a knows no such group.
            extra["Group"] = "<< /S /Transparency /CS /DeviceCMYK /I true >>"
        if structure:
            extra["StructParents"] = str(index)
        if structure and options.links:
            extra["Tabs"] = "/S"
        annotations = _links(document, content.links, boxes, structure, len(scene.pages))
        annotations += [add_note(document, note, origin, lettering, how) for note in notes]
        if annotations:
            made.Annots = Written(f"[{' '.join(annotations)}]")
        _set(made, extra)
    identity = content_id(scene, repr(options), streams)
    document.updateSignature(identity)
    document.info = Information(scene, options.date, options.standard)
    catalog = document.Catalog
    catalog.Metadata = xmp(scene, options.date, options.standard, identity)
    catalog.ViewerPreferences = viewer_preferences(rtl=rtl and options.page_direction, duplex=options.duplex)
    if structure:
        catalog.MarkInfo = "<< /Marked true >>"
        catalog.StructTreeRoot = structure.write(document)
    if options.bookmarks:
        add_outline(document, options.bookmarks, [_boxes(page).media.height for page in scene.pages])
    if press:
        _set(catalog, {"OutputIntents": output_intent(document, condition)})
    data: bytes = canvas.getpdfdata()
    return data


@dataclass(frozen=True, slots=True)
class _Boxes:
    """A page's boxes with the lower left corner of the MediaBox at the origin, in points."""

    media: Rect
    trim: Rect
    bleed: Rect | None


def _boxes(page: Page) -> _Boxes:
    """The boxes that an edition set, moved: a negative origin shifts the artwork in some programs
    (print-spec 1.1, "Origin")."""
    media = page.media or page.trim
    bleed = page.bleed_box
    if not (media.contains(bleed or page.trim) and (bleed or page.trim).contains(page.trim)):
        raise PieceError(
            Problem(
                "writer/boxes",
                f"On page “{page.name}” the trim lies outside the bleed, or the bleed off the sheet.",
                "Give the page a sheet that holds its trim and bleed.",
            )
        )
    dx, dy = -media.x, -media.y
    return _Boxes(media.moved(dx, dy), page.trim.moved(dx, dy), bleed.moved(dx, dy) if bleed else None)


def _links(
    document: PDFDocument, links: list[LiveLink], boxes: _Boxes, structure: Structure | None, pages: int
) -> list[str]:
    """The page's link annotations (12.5.6.5), each with its description and its structure parent."""
    refs = []
    for live in links:
        link, element = live.link, live.element
        annotation = Written(
            dictionary(
                {
                    "Type": "/Annot",
                    "Subtype": "/Link",
                    "Rect": rectangle(link.rect.moved(boxes.trim.x, boxes.trim.y)),
                    "Border": "[0 0 0]",
                    "F": "4",
                    "Contents": text_string(link.contents),
                    "A": f"<< /S /URI /URI {text_string(link.uri)} >>",
                    "StructParent": str(structure.next_key(pages)) if structure and element else None,
                }
            )
        )
        refs.append(reference(document, annotation))
        if structure and element:
            structure.annotate(element, refs[-1])
    return refs


def _set(holder: object, entries: dict[str, str]) -> None:
    """Gives one ReportLab dictionary keys that its class does not know (text-engine.md, hooks)."""
    holder.__NoDefault__ = [*holder.__NoDefault__, *entries]  # type: ignore[attr-defined]
    for key, value in entries.items():
        setattr(holder, key, value)


def _check(scene: Scene, options: PdfOptions) -> None:
    wrong = []
    if options.date.utcoffset() is None:
        wrong.append(("writer/date", "The document's date has no time zone.", "Give a date with its zone."))
    press = options.standard in PRESS_STANDARDS
    if press and options.colour != "cmyk":
        what = f"A {options.standard} file for the press is in CMYK."
        wrong.append(("writer/colour", what, "Set the colour to cmyk."))
    if press and options.links:
        what = f"A {options.standard} file has no live links."
        wrong.append(("writer/links", what, "Switch links off for the press."))
    if options.standard == "PDF/UA-1" and not options.tagged:
        wrong.append(("writer/untagged", "A PDF/UA-1 file is tagged.", "Switch tags on."))
    if options.standard and any(group.screen_only for page in scene.pages for group in page.items):
        wrong.append(
            (
                "writer/screen-only",
                f"A {options.standard} file has nothing that is seen on a screen and not printed.",
                "Leave it out.",
            )
        )
    if wrong:
        raise InputError(Problem(*problem) for problem in wrong)
