"""The outline: bookmarks that a reader shows beside the pages (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfdoc import PDFDocument

from handbill.writers.objects import Written, dictionary, number, page_reference, reference, text_string


class _Outline(Written):
    """ReportLab asks its own outline to get ready, and leaves an empty one out of the file."""

    ready = 1

    def prepare(self, document: PDFDocument, canvas: object) -> None:
        """Nothing to do (ReportLab's protocol)."""


def add_outline(
    document: PDFDocument, bookmarks: Sequence[tuple[str, int]], heights: Sequence[float]
) -> None:
    """Gives the document an outline of one level: words and page, counted from 0.

    ``heights`` are those of the pages. A bookmark leads to the head of its page and leaves the
    size as the reader has set it: whoever reads enlarged wants to stay so.
    """
    outline = _Outline()
    entries = [Written() for _ in bookmarks]
    refs = [reference(document, entry) for entry in entries]
    parent = reference(document, outline)
    for index, (entry, (title, page)) in enumerate(zip(entries, bookmarks, strict=True)):
        entry.body = dictionary(
            {
                "Title": text_string(title),
                "Parent": parent,
                "Prev": refs[index - 1] if index else None,
                "Next": refs[index + 1] if index + 1 < len(refs) else None,
                "Dest": f"[{page_reference(document, page)} /XYZ 0 {number(heights[page])} null]",
            }
        )
    outline.body = dictionary(
        {"Type": "/Outlines", "Count": str(len(refs)), "First": refs[0], "Last": refs[-1]}
    )
    document.Outlines = document.Catalog.Outlines = outline
