"""The file is what it says: PDF/X-4."""

import re
from collections.abc import Iterator
from typing import Any

from handbill.checks.document import Document
from handbill.checks.findings import Check, Fault
from handbill.checks.objects import dictionary, flag, items_of, stream_bytes, text_of
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten
from handbill.problems import Severity

NAME = re.compile(r"[^\s].{0,58}[^\s]")
"""A name of a printing condition in a registry: one line, as "FOGRA39" or "CGATS TR 001"."""
HIDDEN_FILTERS = {"/LZWDecode": "LZW", "/JPXDecode": "JPEG 2000", "/JBIG2Decode": "JBIG2"}


def _find(subject: Subject) -> Iterator[Fault]:
    document = subject.document
    if not document.is_x4:
        yield Fault("The file does not say that it is PDF/X-4.", remedy="Export it again as PDF/X-4.")
        # Without the claim, further clauses would only repeat it; what prints badly has checks of its own.
        return
    if not re.match(rb"%PDF-1\.[3-6]", document.data) or document.pdf.pdf_version > "1.6":
        yield Fault(f"The file is PDF {document.pdf.pdf_version}; PDF/X-4 is 1.6 at most.")
    if len(items_of(document.pdf.trailer.get("/ID"))) != 2:
        yield Fault("The file has no identifier (/ID).")
    yield from _intents(document)
    yield from _metadata(document)
    yield from _live(document)
    for page in document.pages:
        for state in page.contents.states:
            if "/TR" in state or text_of(state.get("/TR2", "/Default")) != "/Default":
                yield Fault("A transfer function changes the inks.", page.number)
            if "/HTP" in state:
                yield Fault("A halftone phase is set.", page.number)
        if page.contents.postscript:
            yield Fault("The page holds PostScript.", page.number)
    yield from _objects(document)


def _intents(document: Document) -> Iterator[Fault]:
    intents = [dictionary(item) for item in items_of(document.root.get("/OutputIntents"))]
    ours = [intent for intent in intents if text_of(intent.get("/S")) == "/GTS_PDFX"]
    if len(ours) != 1:
        yield Fault(f"The file names {len(ours)} printing conditions (output intents); it has to be one.")
        return
    identifier = text_of(ours[0].get("/OutputConditionIdentifier"))
    if not identifier:
        yield Fault("The printing condition has no identifier.")
    elif not NAME.fullmatch(identifier):
        yield Fault(
            f"The printing condition is not named but described: “{shorten(identifier)}”.",
            severity=Severity.WARNING,
            remedy="Give it the name by which printers know it, as FOGRA39 (registry at color.org).",
        )
    data = stream_bytes(ours[0].get("/DestOutputProfile"))
    if data[12:20] != b"prtrCMYK":
        yield Fault("The colour profile of the printing condition is missing, or is not one of a CMYK press.")


def _metadata(document: Document) -> Iterator[Fault]:
    xmp = document.xmp
    for key in (
        "xmp:CreateDate",
        "xmp:ModifyDate",
        "xmp:MetadataDate",
        "xmpMM:DocumentID",
        "xmpMM:VersionID",
    ):
        if not xmp.get(key):
            yield Fault(f"The description of the file (XMP) lacks {key}.")
    trapped = document.info.get("/Trapped", "").lstrip("/")
    if trapped not in ("True", "False") or xmp.get("pdf:Trapped") != trapped:
        yield Fault("The file does not say, twice and alike, whether it is trapped.")
    if "/Filter" in dictionary(document.root.get("/Metadata")):
        yield Fault("The description of the file (XMP) is compressed.")


def _live(document: Document) -> Iterator[Fault]:
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
        for annotation in items_of(entries.get("/Annots")):
            kind = text_of(dictionary(annotation).get("/Subtype")).lstrip("/")
            if kind not in ("PrinterMark", "TrapNet"):
                yield Fault(f"An annotation ({kind or 'of no kind'}) lies on the page.", page.number)
                break
    configs = dictionary(root.get("/OCProperties"))
    if "/Configs" in configs:
        yield Fault("Layers have several configurations.")


def _objects(document: Document) -> Iterator[Fault]:
    """Images and forms wherever they hide."""
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
    yield from (Fault(words) for words in sorted(seen))


CHECK = Check(
    "x4-structure",
    Severity.ERROR,
    "The file keeps PDF/X-4",
    "Printers ask for PDF/X-4 because such a file holds all it needs and does nothing by itself.",
    "ISO 15930-7; print-spec 1.1",
    "Export the file again as PDF/X-4; its maker's program has a preset for it.",
    _find,
)
