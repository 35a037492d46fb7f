"""What the parts of ISO 15930 have in common: a file that holds all it needs and does nothing by itself.

A part's own check says which file claims it and adds what it alone forbids (rules/x4_structure.py,
rules/x1a_structure.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbill.checks.document import Document, PageView
from handbill.checks.findings import Fault
from handbill.checks.marks import Box
from handbill.checks.objects import dictionary, flag, items_of, number_of, numbers, stream_bytes, text_of
from handbill.checks.tally import shorten
from handbill.problems import Severity

NAME = re.compile(r"[^\s].{0,58}[^\s]")
"""A name of a printing condition in a registry: one line, as "FOGRA39" or "CGATS TR 001"."""
HIDDEN_FILTERS = {"/LZWDecode": "LZW", "/JPXDecode": "JPEG 2000", "/JBIG2Decode": "JBIG2"}
Entries = Mapping[str, Any]
Inspector = Callable[[Entries], Iterator[str]]
"""Looks at one dictionary of the file and says in sentences what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of ISO 15930 in what its files differ.

    ``newest`` is the newest version of PDF, and ``icc`` of colour profiles, that a reader of such
    files has to know (ISO 32000-1, table 67). ``by_name`` allows a printing condition that is only
    named from a registry. ``marks_on_trim`` allows printers' marks as annotations on the piece.
    """

    name: str
    newest: str
    icc: int
    by_name: bool
    marks_on_trim: bool


def find_common(document: Document, part: Part, also: Inspector | None = None) -> Iterator[Fault]:
    """What all parts forbid. ``also`` looks at every dictionary on the same walk, for the part's own
    rules."""
    version = document.pdf.pdf_version
    if not re.match(rb"%PDF-1\.\d", document.data) or version > part.newest:
        yield Fault(f"The file is PDF {version}; {part.name} is {part.newest} at most.")
    if len(items_of(document.pdf.trailer.get("/ID"))) != 2:
        yield Fault("The file has no identifier (/ID).")
    yield from _intents(document, part)
    yield from _live(document, part)
    for page in document.pages:
        yield from _states(page)
        if page.contents.postscript:
            yield Fault("The page holds PostScript.", page.number)
    yield from _objects(document, also)


def _intents(document: Document, part: Part) -> Iterator[Fault]:
    intents = [dictionary(item) for item in items_of(document.root.get("/OutputIntents"))]
    ours = [intent for intent in intents if text_of(intent.get("/S")) == "/GTS_PDFX"]
    if len(ours) != 1:
        yield Fault(f"The file names {len(ours)} printing conditions (output intents); it has to be one.")
        return
    (intent,) = ours
    identifier = text_of(intent.get("/OutputConditionIdentifier"))
    if not identifier:
        yield Fault("The printing condition has no identifier.")
    elif not NAME.fullmatch(identifier):
        yield Fault(
            f"The printing condition is not named but described: “{shorten(identifier)}”.",
            severity=Severity.WARNING,
            remedy="Give it the name by which printers know it, as FOGRA39 (registry at color.org).",
        )
    if part.by_name and "/DestOutputProfile" not in intent and text_of(intent.get("/RegistryName")):
        return
    data = stream_bytes(intent.get("/DestOutputProfile"))
    if data[12:20] != b"prtrCMYK":
        yield Fault("The colour profile of the printing condition is missing, or is not one of a CMYK press.")
    elif data[8] > part.icc:
        yield Fault(f"The colour profile is of version {data[8]}; {part.name} knows {part.icc} at most.")


def _live(document: Document, part: Part) -> Iterator[Fault]:
    """What acts or stands above the page."""
    root = document.root
    names = dictionary(root.get("/Names"))
    for holder, key, words in (
        (root, "/AA", "actions"),
        (root, "/AcroForm", "a form"),
        (root, "/OpenAction", "an action on opening"),
        (names, "/JavaScript", "scripts"),
        (names, "/EmbeddedFiles", "attached files"),
    ):
        found = holder.get(key)
        # A destination to open at is an array, not an action.
        if found is not None and not (key == "/OpenAction" and "/S" not in dictionary(found)):
            yield Fault(f"The file holds {words}.")
    for page in document.pages:
        entries: Any = page.source.obj
        if "/AA" in entries:
            yield Fault("The page holds actions.", page.number)
        kinds = [
            kind for item in items_of(entries.get("/Annots")) if (kind := _on_the_page(item, page, part))
        ]
        if kinds:
            yield Fault(f"An annotation ({kinds[0]}) lies on the page.", page.number)


def _on_the_page(annotation: Any, page: PageView, part: Part) -> str | None:
    """The kind of an annotation that stands where it must not; None for one that may be there.

    Notes outside the bleed are nobody's trouble (CGATS application notes 4, 2.28).
    """
    entries = dictionary(annotation)
    kind = text_of(entries.get("/Subtype")).lstrip("/")
    if kind == "TrapNet" or (kind == "PrinterMark" and part.marks_on_trim):
        return None
    sides = numbers(entries.get("/Rect"))
    if len(sides) == 4:
        (x0, x1), (y0, y1) = sorted(sides[0::2]), sorted(sides[1::2])
        area = page.trim if kind == "PrinterMark" else page.bleed
        if not Box(x0, y0, x1, y1).meets(area):
            return None
    return kind or "of no kind"


def _states(page: PageView) -> Iterator[Fault]:
    """What changes the dots of the press from inside the file (ISO 32000-1, 10.4 and 10.5)."""
    for state in page.contents.states:
        if "/TR" in state or text_of(state.get("/TR2", "/Default")) != "/Default":
            yield Fault("A transfer function changes the inks.", page.number)
        if "/HTP" in state:
            yield Fault("A halftone phase is set.", page.number)
        halftone = dictionary(state.get("/HT"))
        if halftone and number_of(halftone.get("/HalftoneType")) not in (1, 5):
            yield Fault("A halftone is of a type that other presses do not know.", page.number)
        if "/HalftoneName" in halftone:
            yield Fault("A halftone is one of the maker's own device.", page.number)


def _objects(document: Document, also: Inspector | None) -> Iterator[Fault]:
    """Images, forms and bookmarks wherever they hide."""
    seen = set()
    for item in document.pdf.objects:
        entries = dictionary(item)
        filters = entries.get("/Filter")
        listed = [text_of(filters)] if text_of(filters) else [text_of(name) for name in items_of(filters)]
        for name in listed:
            if name in HIDDEN_FILTERS:
                seen.add(f"Something is packed with {HIDDEN_FILTERS[name]}, which printers' systems refuse.")
        for key, words in (("/Alternates", "another version for the screen"), ("/OPI", "a stand-in (OPI)")):
            if key in entries:
                seen.add(f"An image has {words}.")
        if flag(entries.get("/Interpolate")):
            seen.add("An image asks to be smoothed (Interpolate).")
        if text_of(entries.get("/Subtype")) == "/Form" and "/Ref" in entries:
            seen.add("A form refers to another file.")
        if "/Title" in entries and "/Parent" in entries and "/A" in entries:
            seen.add("A bookmark acts, instead of leading to a page.")
        if also is not None:
            seen.update(also(entries))
    yield from (Fault(words) for words in sorted(seen))
