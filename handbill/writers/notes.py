"""What is told on the screen and never printed: annotations without the flag that lets them be printed
(ISO 32000-1, 12.5.3).

An optional content group with the usage “not printed” (8.11.4.4) would do by the standard, but
Ghostscript 10.00 and poppler 22.12 print it all the same (PDFium does not), and CUPS prints by them.
The flag of an annotation is heeded by all three; a test prints with each.
"""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObjectReference

from handbill.geometry import Rect
from handbill.scene import Group, Page, TextLine, walk
from handbill.writers.content import ContentOptions, PageContent
from handbill.writers.lettering import Lettering
from handbill.writers.objects import Written, deflate, dictionary, rectangle, reference, stream, text_string

FLAGS = 64 + 128 + 512
"""Read only, locked, contents locked; bit 3, Print, is not set (12.5.3, table 165)."""
ABOVE, BELOW = 1.0, 0.4
"""How far a note reaches over and under its baselines, in em."""


def add_note(
    document: PDFDocument,
    group: Group,
    origin: tuple[float, float],
    lettering: Lettering,
    how: ContentOptions,
) -> str:
    """Adds the words of a group as an annotation that looks as they do; its reference.

    ``origin`` is where the trim's corner lies on the PDF page, in points.
    """
    lines = [item for item in walk((group,)) if isinstance(item, TextLine)]
    place = _around(lines).moved(*origin)
    page = Page("note", place.width, place.height, (group,))
    code = PageContent(lettering, None, how).paint(page, 0, origin)
    fonts = PDFObjectReference("BasicFonts").format(document).decode("latin-1")
    look = stream(
        deflate(code.encode("latin-1")),
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": rectangle(place),
            "Resources": f"<< /Font {fonts} >>",
        },
    )
    note = Written(
        dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/FreeText",
                "Rect": rectangle(place),
                "F": str(FLAGS),
                "Contents": text_string(" ".join(line.line.text for line in lines)),
                "DA": "(0 g)",
                "BS": "<< /W 0 >>",
                "AP": f"<< /N {reference(document, look)} >>",
            }
        )
    )
    return reference(document, note)


def _around(lines: list[TextLine]) -> Rect:
    sizes = [max(run.size for run in item.line.runs) for item in lines]
    x = min(item.x for item in lines)
    y = min(item.y - BELOW * size for item, size in zip(lines, sizes, strict=True))
    right = max(item.x + item.line.width for item in lines)
    top = max(item.y + ABOVE * size for item, size in zip(lines, sizes, strict=True))
    return Rect(x, y, right - x, top - y)
