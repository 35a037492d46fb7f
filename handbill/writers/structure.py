"""The structure tree: what is a heading, a list, a figure, and in which order it is read.

ISO 32000-1, 14.7 and 14.8. Elements come from the Scene's groups; the top-level groups are sorted
by their reading order over all pages, whatever the order in which they were painted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFDocument

from handbill.geometry import Rect
from handbill.problems import PieceError, Place, Problem, did_you_mean
from handbill.scene import Tag
from handbill.writers.objects import (
    Written,
    dictionary,
    name,
    page_reference,
    rectangle,
    reference,
    text_string,
)

WRITING_MODES = {"ltr": "/LrTb", "rtl": "/RlTb"}

STANDARD_ROLES = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "Code",
        "Link",
        "Figure",
        "Formula",
    ]
)
"""Structure types that need no role map (14.8.4)."""


@dataclass(slots=True)
class Content:
    """Marked content on a page: page index and MCID."""

    page: int
    mcid: int


@dataclass(slots=True)
class Annotation:
    """An annotation that belongs to an element: page index and its reference."""

    page: int
    ref: str


@dataclass(eq=False, slots=True)
class Element:
    """A structure element while the document is being written.

    ``lang`` is what it says of its language, ``tongue`` the language that holds in it, its own or
    its parent's. ``direction`` ("ltr" or "rtl") is said by what is read otherwise than its parent.
    ``numbering`` is what labels the items of a list.
    """

    role: str
    lang: str | None = None
    alt: str | None = None
    actual_text: str | None = None
    bounds: Rect | None = None
    tongue: str | None = None
    numbering: str | None = None
    direction: str | None = None
    kids: list[Element | Content | Annotation] = field(default_factory=list)
    rank: tuple[int, int, int] = (0, 0, 0)

    @property
    def is_leaf(self) -> bool:
        """True if no element lies below."""
        return not any(isinstance(kid, Element) for kid in self.kids)

    @property
    def attributes(self) -> str | None:
        """Attributes: the box of a figure and the direction of a document or of half of it (14.8.5.4),
        how the items of a list are labelled (14.8.5.5)."""
        if self.bounds is not None:
            return dictionary({"O": "/Layout", "Placement": "/Block", "BBox": rectangle(self.bounds)})
        if self.direction:
            return dictionary({"O": "/Layout", "WritingMode": WRITING_MODES[self.direction]})
        if self.numbering:
            return dictionary({"O": "/List", "ListNumbering": name(self.numbering)})
        return None


class Structure:
    """The tree of one document, filled while its pages are painted."""

    def __init__(self, lang: str, *, rtl: bool, links: bool) -> None:
        self.root = Element("Document", lang=lang, tongue=lang, direction="rtl" if rtl else None)
        self._links = links
        self._owners: list[list[Element]] = []
        self._annotations: list[Element] = []

    def begin_page(self) -> None:
        """Starts the next page's marked-content numbers."""
        self._owners.append([])

    def element(
        self, tag: Tag, parent: Element, rank: tuple[int, int, int], place: Place | None = None
    ) -> Element:
        """A new element below ``parent``, or the one that ``tag`` resumes. An unknown role raises
        PieceError.

        ``rank`` orders the children of the document. A Link without its annotation is only a Span.
        """
        if tag.role not in STANDARD_ROLES:
            raise PieceError(
                Problem(
                    "writer/unknown-role",
                    f"“{tag.role}” is not a role that readers of PDF files know.",
                    did_you_mean(tag.role, STANDARD_ROLES),
                    place,
                )
            )
        role = tag.role if self._links or tag.role != "Link" else "Span"
        if tag.resumes:
            before = (kid for kid in reversed(parent.kids) if isinstance(kid, Element) and kid.role == role)
            if (resumed := next(before, None)) is not None:
                return resumed
        made = Element(
            role, tag.lang, tag.alt, rank=rank, tongue=tag.lang or parent.tongue, direction=tag.direction
        )
        parent.kids.append(made)
        return made

    def mark(self, element: Element) -> int:
        """The number (MCID) of the next marked content of the current page, owned by ``element``."""
        owners = self._owners[-1]
        element.kids.append(Content(len(self._owners) - 1, len(owners)))
        owners.append(element)
        return len(owners) - 1

    def annotate(self, element: Element, ref: str) -> None:
        """Gives ``element`` an annotation of the current page by its reference."""
        element.kids.append(Annotation(len(self._owners) - 1, ref))
        self._annotations.append(element)

    def next_key(self, pages: int) -> int:
        """The StructParent number of the next annotation; pages take the first numbers."""
        return pages + len(self._annotations)

    def write(self, document: PDFDocument) -> str:
        """Adds all elements and the parent tree (14.7.4.4); gives the reference of StructTreeRoot."""
        pages = [page_reference(document, index) for index in range(len(document.Pages.pages))]
        tree = Written()
        tree_ref = reference(document, tree)
        self.root.kids.sort(key=lambda kid: kid.rank if isinstance(kid, Element) else (0, 0, 0))
        refs: dict[int, str] = {}
        # ReportLab asks for each object's bytes when the file is saved, after all have their numbers.
        root_ref = self._write_element(document, self.root, tree_ref, pages, refs)
        numbers = [
            f"{page} [{' '.join(refs[id(owner)] for owner in owners)}]"
            for page, owners in enumerate(self._owners)
        ]
        numbers += [
            f"{len(self._owners) + index} {refs[id(owner)]}" for index, owner in enumerate(self._annotations)
        ]
        tree.body = dictionary(
            {
                "Type": "/StructTreeRoot",
                "K": root_ref,
                "ParentTree": reference(document, Written(f"<< /Nums [{' '.join(numbers)}] >>")),
                "ParentTreeNextKey": str(len(numbers)),
            }
        )
        return tree_ref

    def _write_element(
        self, document: PDFDocument, element: Element, parent: str, pages: list[str], refs: dict[int, str]
    ) -> str:
        written = Written()
        ref = refs[id(element)] = reference(document, written)
        home = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._write_element(document, kid, ref, pages, refs))
            elif isinstance(kid, Content):
                kids.append(
                    str(kid.mcid)
                    if kid.page == home
                    else f"<< /Type /MCR /Pg {pages[kid.page]} /MCID {kid.mcid} >>"
                )
            else:
                kids.append(f"<< /Type /OBJR /Pg {pages[kid.page]} /Obj {kid.ref} >>")
        written.body = dictionary(
            {
                "Type": "/StructElem",
                "S": name(element.role),
                "P": parent,
                "Pg": pages[home] if home is not None else None,
                "Lang": text_string(element.lang) if element.lang else None,
                "Alt": text_string(element.alt) if element.alt is not None else None,
                "ActualText": text_string(element.actual_text) if element.actual_text else None,
                "A": element.attributes,
                "K": f"[{' '.join(kids)}]" if kids else None,
            }
        )
        return ref
