"""A finished PDF, opened by readers that had no part in making it: pikepdf for what it says,
pdfium for how it looks."""

from __future__ import annotations

import contextlib
import re
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy
import pikepdf
import pypdfium2
from numpy.typing import NDArray

from handbill.checks.contents import Reader
from handbill.checks.fonts import Font
from handbill.checks.marks import Box
from handbill.checks.objects import dictionary, flag, numbers, stream_bytes, text_of
from handbill.checks.state import PageContents
from handbill.units import to_mm

A4 = Box(0.0, 0.0, 595.276, 841.89)
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NAMESPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}
LARGEST_RASTER, LONGEST_SIDE = 30_000_000, 60_000
"""Pixels in all and along a side, the second as readers of QR codes allow. A page that would need
more is drawn coarser."""


class UnreadableError(Exception):
    """The file cannot be opened; the message is a sentence, ``kind`` one word for tests."""

    def __init__(self, kind: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.remedy = kind, what, remedy


class PageView:
    """One page: its boxes in points and what it paints."""

    def __init__(self, number: int, page: pikepdf.Page, fonts: dict[object, tuple[Any, Font]]) -> None:
        self.number = number
        self.source = page
        self._fonts = fonts

    @cached_property
    def contents(self) -> PageContents:
        """All that is painted, read once."""
        return Reader(self._fonts).read(self.source)

    def box(self, key: str) -> Box | None:
        """A page box by its key, inherited ones too; None where it is missing or has no size."""
        entries: Any = self.source.obj
        for _ in range(50):
            sides = numbers(entries.get(key)) if key in entries else []
            if len(sides) == 4:
                x0, x1 = sorted(sides[0::2])
                y0, y1 = sorted(sides[1::2])
                return Box(x0, y0, x1, y1) if x1 - x0 > 0.1 and y1 - y0 > 0.1 else None
            if key not in ("/MediaBox", "/CropBox"):
                return None
            entries = dictionary(entries.get("/Parent"))
            if not entries:
                return None
        return None

    @cached_property
    def media(self) -> Box:
        """The sheet; A4 where the file gives none."""
        return self.box("/MediaBox") or A4

    @cached_property
    def trim(self) -> Box:
        """What is left after cutting: TrimBox, else ArtBox, CropBox or the sheet (14.11.2)."""
        return self.box("/TrimBox") or self.box("/ArtBox") or self.box("/CropBox") or self.media

    @property
    def is_trimmed(self) -> bool:
        """Whether the file says where the page is cut."""
        return self.box("/TrimBox") is not None or self.box("/ArtBox") is not None

    @cached_property
    def bleed(self) -> Box:
        """As far as art reaches: BleedBox, else the trim (unlike the standard's default, the CropBox:
        a printer is not helped by a bleed that nobody meant)."""
        return self.box("/BleedBox") or self.trim

    def spot(self, at: tuple[float, float]) -> tuple[float, float]:
        """A point on the page as mm from the left and from the top of the trim."""
        return (round(to_mm(at[0] - self.trim.x0), 1), round(to_mm(self.trim.y1 - at[1]), 1))


class Document:
    """An opened file. ``close`` it, or use it in a ``with`` statement.

    Raises UnreadableError if it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = _read(path)
        self.pdf = _open(path, self.data)
        self._fonts: dict[object, tuple[Any, Font]] = {}
        self._rasters: dict[tuple[int, float, Box], NDArray[numpy.uint8]] = {}
        try:
            self.pages = tuple(
                PageView(number, page, self._fonts) for number, page in enumerate(self.pdf.pages, 1)
            )
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
            self.pdf.close()
            raise UnreadableError(
                "damaged", "The list of its pages is damaged.", "Make or fetch the file again."
            ) from error

    def __enter__(self) -> Document:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        if "_pdfium" in self.__dict__ and self._pdfium is not None:
            self._pdfium.close()
        self.pdf.close()

    @cached_property
    def root(self) -> Any:
        """The catalogue."""
        return dictionary(self.pdf.trailer.get("/Root"))

    @cached_property
    def info(self) -> dict[str, str]:
        """The Info dictionary as texts."""
        entries = dictionary(self.pdf.trailer.get("/Info"))
        return {str(key): text_of(value) for key, value in entries.items()}

    @cached_property
    def xmp(self) -> dict[str, str]:
        """XMP properties by prefixed name, with the first value of each; empty where there are none."""
        try:
            tree = ElementTree.fromstring(stream_bytes(self.root.get("/Metadata")).strip(b"\0 \n\r\t"))
        except (ElementTree.ParseError, ValueError, LookupError):
            return {}
        found: dict[str, str] = {}
        for description in tree.iter(f"{RDF}Description"):
            for key, value in description.attrib.items():
                found.setdefault(_prefixed(key), value.strip())
            for item in description:
                first = item.find(f".//{RDF}li")
                text = (first if first is not None else item).text
                found.setdefault(_prefixed(item.tag), (text or "").strip())
        return found

    @property
    def fonts(self) -> tuple[Font, ...]:
        """Every font that any page shows words in."""
        seen: dict[object, Font] = {}
        for page in self.pages:
            seen.update(page.contents.fonts)
        return tuple(seen.values())

    @cached_property
    def is_x4(self) -> bool:
        """Whether it says that it is PDF/X-4."""
        return self.xmp.get("pdfxid:GTS_PDFXVersion", "").startswith("PDF/X-4")

    @cached_property
    def is_x1a(self) -> bool:
        """Whether it says that it is PDF/X-1a of any generation, alone or mixed up with another."""
        said = (self.info.get("/GTS_PDFXVersion", ""), self.info.get("/GTS_PDFXConformance", ""))
        return any(value.startswith("PDF/X-1") for value in said)

    @property
    def trapped(self) -> str:
        """What it says of trapping in its properties: "True", "False" or something else."""
        return self.info.get("/Trapped", "").lstrip("/")

    @property
    def is_trapping_told(self) -> bool:
        """Whether it says by a name, as it has to, if its colours overlap at their edges (14.11.6)."""
        value = dictionary(self.pdf.trailer.get("/Info")).get("/Trapped")
        return isinstance(value, pikepdf.Name) and self.trapped in ("True", "False")

    @cached_property
    def is_ua(self) -> bool:
        """Whether it says that it is PDF/UA."""
        return bool(self.xmp.get("pdfuaid:part"))

    @property
    def is_for_office(self) -> bool:
        """Whether it proposes to the print window on which sides to print (ISO 32000-1, 12.2): a file
        for a commercial printer is imposed, a page for a screen is not printed."""
        return "/Duplex" in dictionary(self.root.get("/ViewerPreferences"))

    @cached_property
    def is_tagged(self) -> bool:
        """Whether it says that its content is tagged."""
        marked = dictionary(self.root.get("/MarkInfo")).get("/Marked")
        return flag(marked) and "/StructTreeRoot" in self.root

    @cached_property
    def _pdfium(self) -> Any:
        with contextlib.suppress(pypdfium2.PdfiumError, ValueError):
            return pypdfium2.PdfDocument(self.data)
        return None

    def text(self, page: PageView) -> str | None:
        """The page's words as pdfium reads them; None if it cannot."""
        if self._pdfium is None:
            return None
        with contextlib.suppress(pypdfium2.PdfiumError, IndexError, ValueError, UnicodeError):
            return str(self._pdfium[page.number - 1].get_textpage().get_text_bounded())
        return None

    def raster(self, page: PageView, per_mm: float, area: Box | None = None) -> NDArray[numpy.uint8] | None:
        """The page, or an area of it, as pdfium shows it: grey, row 0 on top; None if it cannot.

        ``per_mm`` are pixels a millimetre.
        """
        area = area or page.media
        size = to_mm(area.width) * to_mm(area.height)
        longest = to_mm(max(area.width, area.height, 1.0))
        per_mm = min(per_mm, (LARGEST_RASTER / max(size, 1.0)) ** 0.5, LONGEST_SIDE / longest)
        key = (page.number, per_mm, area)
        if key not in self._rasters:
            if self._pdfium is None:
                return None
            try:
                self._rasters[key] = _render(self._pdfium[page.number - 1], page, per_mm, area)
            except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError):
                return None
        return self._rasters[key]


def _render(drawn: Any, page: PageView, per_mm: float, area: Box) -> NDArray[numpy.uint8]:
    media = page.box("/CropBox") or page.media
    drawn.set_cropbox(area.x0, area.y0, area.x1, area.y1)
    drawn.set_rotation(0)
    try:
        image = drawn.render(scale=per_mm * 25.4 / 72, grayscale=True, draw_annots=False)
        pixels: NDArray[numpy.uint8] = numpy.array(image.to_numpy()).reshape(image.height, image.width, -1)[
            :, :, 0
        ]
        return pixels
    finally:
        drawn.set_cropbox(media.x0, media.y0, media.x1, media.y1)


def _prefixed(name: str) -> str:
    """``{namespace}name`` as ``prefix:name``; unknown namespaces stay."""
    found = re.fullmatch(r"\{(.*)\}(.*)", name)
    return f"{NAMESPACES[found[1]]}:{found[2]}" if found and found[1] in NAMESPACES else name


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError("missing", "There is no such file.", "Check its name.") from None
    except OSError as error:
        raise UnreadableError(
            "unreadable",
            f"It cannot be read: {error.strerror or 'no reason given'}.",
            "Check its name and its permissions.",
        ) from None


def _open(path: Path, data: bytes) -> pikepdf.Pdf:
    again = "Make or fetch the file again."
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError(
            "not-a-pdf",
            "This is not a PDF.",
            "Give the name of a PDF file; a renamed picture or letter is none.",
        )
    try:
        return pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise UnreadableError(
            "encrypted",
            "The file is locked with a password.",
            "Ask its maker for a copy without a password; printers refuse locked files.",
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError):
        if b"%%EOF" not in data[-2048:]:
            raise UnreadableError(
                "truncated", "The end of the file is missing, and it cannot be opened.", again
            ) from None
        raise UnreadableError("damaged", "The file is damaged and cannot be opened.", again) from None
