"""The file is what it says: PDF/X-4."""

from collections.abc import Iterator

from handbill.checks.document import Document
from handbill.checks.exchange import Part, find_common
from handbill.checks.findings import Check, Fault
from handbill.checks.objects import dictionary
from handbill.checks.subject import Subject
from handbill.problems import Severity

X4 = Part("PDF/X-4", "1.6", 4, by_name=False, marks_on_trim=True)


def _find(subject: Subject) -> Iterator[Fault]:
    document = subject.document
    if not document.is_x4:
        yield Fault("The file does not say that it is PDF/X-4.", remedy="Export it again as PDF/X-4.")
        # Without the claim, further clauses would only repeat it; what prints badly has checks of its own.
        return
    if document.is_x1a:
        yield Fault("The file says that it is PDF/X-4 and PDF/X-1a; it can be one only.")
    yield from find_common(document, X4)
    yield from _metadata(document)
    if "/Configs" in dictionary(document.root.get("/OCProperties")):
        yield Fault("Layers have several configurations.")


def _metadata(document: Document) -> Iterator[Fault]:
    xmp = document.xmp
    for key in (
        "xmp:CreateDate",
        "xmp:ModifyDate",
        "xmp:MetadataDate",
        "xmpMM:DocumentID",
        "xmpMM:VersionID",
        "xmpMM:RenditionClass",
    ):
        if not xmp.get(key):
            yield Fault(f"The description of the file (XMP) lacks {key}.")
    if not document.is_trapping_told or xmp.get("pdf:Trapped") != document.trapped:
        yield Fault("The file does not say, twice and alike, whether it is trapped.")
    if "/Filter" in dictionary(document.root.get("/Metadata")):
        yield Fault("The description of the file (XMP) is compressed.")


CHECK = Check(
    "x4-structure",
    Severity.ERROR,
    "The file keeps PDF/X-4",
    "Printers ask for PDF/X-4 because such a file holds all it needs and does nothing by itself.",
    "ISO 15930-7; print-spec 1.1; docs/pdf-x.md",
    "Export the file again as PDF/X-4; its maker's program has a preset for it.",
    _find,
)
