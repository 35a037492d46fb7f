"""The small PDF vocabulary that the other modules of this package share.

ReportLab asks of an object only ``format(document)``; these write their bytes themselves, so that
numbers and strings look the same on every machine and a stream is deflated once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from handbill.geometry import Rect
from handbill.problems import PieceError, Problem

LARGEST = 32_767
"""The largest real number that a reader of PDF 1.4 has to know (PDF Reference 1.4, appendix C): 11 metres."""


def number(value: float) -> str:
    """A PDF number with at most four decimals (0.0001 pt is far below any device's grid).

    Raises PieceError for one that cannot be written, or lies metres off every sheet.
    """
    if not abs(value) <= LARGEST:  # not a number is not smaller than anything either
        raise PieceError(
            Problem(
                "writer/number",
                f"Something would be drawn with the measure {value:g} pt, which lies off every sheet.",
                "Report it, with the place in the message.",
            )
        )
    rounded = round(value, 4)
    whole = int(rounded)
    return str(whole) if whole == rounded else repr(rounded)


def name(text: str) -> str:
    """A PDF name object (ISO 32000-1, 7.3.5): anything but plain characters becomes ``#xx``."""
    return "/" + "".join(
        chr(byte) if 0x21 <= byte <= 0x7E and chr(byte) not in "%()<>{}[]#/" else f"#{byte:02X}"
        for byte in text.encode("utf-8")
    )


def text_string(text: str) -> str:
    """A PDF text string (7.9.2): ASCII as it stands, everything else in UTF-16 with a byte order mark."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def array(values: Iterable[float]) -> str:
    """Numbers as a PDF array."""
    return f"[{' '.join(number(value) for value in values)}]"


def rectangle(rect: Rect) -> str:
    """A rectangle as PDF wants it: lower left and upper right corner (7.9.5)."""
    return array((rect.x, rect.y, rect.right, rect.top))


def dictionary(entries: Mapping[str, str | None]) -> str:
    """Keys without their slash and written values; None leaves a key out."""
    inner = " ".join(f"/{key} {value}" for key, value in entries.items() if value is not None)
    return f"<< {inner} >>"


class Written(PDFObject):  # type: ignore[misc]
    """An indirect object whose bytes are already written.

    ``body`` may be filled in after the object was registered, so that objects can refer to each other.
    """

    __RefOnly__ = 1

    def __init__(self, body: str | bytes = "") -> None:
        self.body = body

    def format(self, document: PDFDocument) -> bytes:
        """The bytes (ReportLab's protocol)."""
        return self.body if isinstance(self.body, bytes) else self.body.encode("latin-1")


def deflate(data: bytes) -> bytes:
    """zlib at level 6: 9 costs twice the time for under one percent (text-engine.md, trap 10)."""
    return zlib.compress(data, 6)


def stream(data: bytes, entries: Mapping[str, str | None] | None = None, *, deflated: bool = True) -> Written:
    """A stream object (7.3.8) of ``data``, which is deflated already unless ``deflated`` is False."""
    head = {
        **(entries or {}),
        "Filter": "/FlateDecode" if deflated else None,
        "Length": str(len(data)),
    }
    return Written(dictionary(head).encode("latin-1") + b"\nstream\n" + data + b"\nendstream")


def reference(document: PDFDocument, item: PDFObject, label: str | None = None) -> str:
    """Registers ``item`` with the document and gives its reference, ``12 0 R``."""
    registered = document.Reference(item, label)
    serial, generation = document.idToObjectNumberAndVersion[registered.name]
    return f"{serial} {generation} R"


def page_reference(document: PDFDocument, index: int) -> str:
    """The reference of a page that has been shown, counted from 0."""
    shown = document.Pages.pages[index]
    serial, generation = document.idToObjectNumberAndVersion[shown.__InternalName__]
    return f"{serial} {generation} R"
