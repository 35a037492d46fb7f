"""The file is what it says: PDF/X-1a:2003."""

from collections.abc import Iterator

import pikepdf

from handbill.checks.colours import NOT_INKS, Space
from handbill.checks.document import Document, PageView
from handbill.checks.exchange import Entries, Part, find_common
from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Mark, Picture
from handbill.checks.objects import dictionary, number_of, text_of
from handbill.checks.subject import Subject
from handbill.checks.tally import tally
from handbill.problems import Severity

X1A = Part("PDF/X-1a:2003", "1.4", 2, by_name=True, marks_on_trim=False)
OPAQUE = ("/Normal", "/Compatible", "")


def _find(subject: Subject) -> Iterator[Fault]:
    document = subject.document
    if not document.is_x1a:
        yield Fault(
            "The file does not say that it is PDF/X-1a:2003.", remedy="Export it again as PDF/X-1a:2003."
        )
        return
    yield from _claims(document)
    yield from find_common(document, X1A, _newer)
    yield from _metadata(document)
    if "/OCProperties" in document.root:
        yield Fault("The file has layers.")
    for page in document.pages:
        yield from _transparency(page)
    yield from _colours(subject)


def _claims(document: Document) -> Iterator[Fault]:
    """The generation of 2001 says it in two keys, that of 2003 in one; a mixture is neither (print-spec
    1.2)."""
    version = document.info.get("/GTS_PDFXVersion", "")
    conformance = document.info.get("/GTS_PDFXConformance")
    if (version, conformance) == ("PDF/X-1:2001", "PDF/X-1a:2001"):
        yield Fault("The file is of the older generation, PDF/X-1a:2001.", severity=Severity.WARNING)
    elif version != X1A.name or conformance not in (None, X1A.name):
        said = " and ".join(f"“{value}”" for value in (version, conformance) if value)
        yield Fault(f"The file says that it is {said}, which mixes two generations of PDF/X-1a.")
    elif document.xmp.get("pdfx:GTS_PDFXVersion", version) != version:
        yield Fault(
            f"The file says that it is {version}, and in its description (XMP) "
            f"that it is {document.xmp['pdfx:GTS_PDFXVersion']}."
        )
    if document.xmp.get("pdfxid:GTS_PDFXVersion"):
        yield Fault("The file says that it is PDF/X-1a and a later PDF/X too; it can be one only.")


def _metadata(document: Document) -> Iterator[Fault]:
    for key, words in (
        ("/Title", "title"),
        ("/CreationDate", "date of making"),
        ("/ModDate", "date of change"),
    ):
        if not document.info.get(key, "").strip():
            yield Fault(f"The file's properties (Info) have no {words}.")
    repeated = document.xmp.get("pdf:Trapped", document.trapped)
    if not document.is_trapping_told or repeated != document.trapped:
        yield Fault("The file does not say whether it is trapped, or says it twice and not alike.")


def _newer(entries: Entries) -> Iterator[str]:
    """What no reader of PDF 1.4 knows, and colours and see-through images wherever they hide."""
    if text_of(entries.get("/Type")) in ("/ObjStm", "/XRef"):
        yield "Objects are packed together (object streams), which is of PDF 1.5."
    if text_of(entries.get("/Subtype")) == "/OpenType":
        yield "A font is embedded as OpenType, which is of PDF 1.6."
    if text_of(entries.get("/Subtype")) == "/Image":
        if number_of(entries.get("/BitsPerComponent")) > 8:
            yield "An image has 16 bits a colour, which is of PDF 1.5."
        if isinstance(entries.get("/SMask"), pikepdf.Stream) or number_of(entries.get("/SMaskInData")):
            yield "An image is see-through (soft mask)."
    for holder in (entries, dictionary(entries.get("/Resources"))):
        spaces = dictionary(holder.get("/ColorSpace"))
        if any(key in spaces for key in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")):
            yield "A colour space stands in for plain inks (Default...)."


def _transparency(page: PageView) -> Iterator[Fault]:
    contents = page.contents
    for where in dict.fromkeys(where for where, _ in contents.groups):
        words = {"page": "The page is", "form": "Something on the page is"}.get(where)
        if words:
            yield Fault(f"{words} set up for transparency (group).", page.number)
    if contents.blends - set(OPAQUE):
        yield Fault("Colours on the page are mixed with what lies below (blend mode).", page.number)
    for state in contents.states:
        if any(number_of(state.get(key), 1.0) != 1.0 for key in ("/ca", "/CA")):
            yield Fault("Something on the page is see-through (alpha).", page.number)
            break
    if any(isinstance(state.get("/SMask"), pikepdf.Dictionary) for state in contents.states):
        yield Fault("Something on the page fades away (soft mask).", page.number)


def _colours(subject: Subject) -> Iterator[Fault]:
    """What the check of colours does not look at: paint outside the bleed, and how spot inks are
    described for presses without them."""
    inside = {id(mark) for _, mark in subject.printed()}
    outside = (
        (page, family, mark.box.middle if mark.box else None)
        for page in subject.document.pages
        for mark in page.contents.marks
        if id(mark) not in inside
        for family in _space(mark).families
        if family in NOT_INKS
    )
    for number, family, at, others in tally(outside):
        yield Fault(f"Outside the bleed something is painted in {family}{others}.", number, at)
    described = (
        (page, (inks, base.family), mark.box.middle if mark.box else None)
        for page in subject.document.pages
        for mark in page.contents.marks
        for inks, base in _described(_space(mark))
        if base.family not in ("DeviceCMYK", "DeviceGray")
    )
    for number, (inks, family), at, others in tally(described):
        yield Fault(f"The ink “{', '.join(inks)}” is described in {family}, not in CMYK{others}.", number, at)


def _space(mark: Mark) -> Space:
    if isinstance(mark, Picture) and mark.space is not None:
        return mark.space
    return mark.ink.colour.space


def _described(space: Space | None) -> Iterator[tuple[tuple[str, ...], Space]]:
    while space is not None:
        if space.inks and space.base is not None:
            yield space.inks, space.base
        space = space.base


CHECK = Check(
    "x1a-structure",
    Severity.ERROR,
    "The file keeps PDF/X-1a:2003",
    "Printers with old presses ask for PDF/X-1a because nothing in it is left for the press to work out.",
    "ISO 15930-4; CGATS application notes for PDF/X, version 4; print-spec 1.2; docs/pdf-x.md",
    "Export the file again as PDF/X-1a:2003; its maker's program has a preset for it.",
    _find,
)
