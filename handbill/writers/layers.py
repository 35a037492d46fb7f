"""The layer that is seen on a screen and never printed (optional content, ISO 32000-1, 8.11).

The usage of the layer says so, and the configuration's AS array tells a viewer to heed it: once when
it shows the file, once when it prints (8.11.4.4). PDF/UA-1 (7.10) forbids that array, and a printer's
system need not read it, so only files of no standard may have the layer.
"""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFResourceDictionary

from handbill.writers.objects import Written, dictionary, reference, text_string

NAME = "Screen"
"""The layer's name in a page's resources."""
TITLE = "How to print (not printed)"


class ScreenLayer:
    """The one such layer of a document, made when a page first needs it."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._ref: str | None = None

    def resources(self, states: Written) -> PDFResourceDictionary:
        """The resources of a page that has the layer: ReportLab knows of none but fonts and ``states``."""
        if self._ref is None:
            usage = "<< /Print << /PrintState /OFF >> /View << /ViewState /ON >> >>"
            group = {"Type": "/OCG", "Name": text_string(TITLE), "Intent": "/View", "Usage": usage}
            self._ref = reference(self._document, Written(dictionary(group)))
        made = PDFResourceDictionary(Properties={NAME: self._ref})
        made.basicFonts()
        made.basicProcs()
        made.ExtGState = states
        return made

    def properties(self) -> str | None:
        """The catalogue's OCProperties (8.11.4.2); None if no page has the layer."""
        if self._ref is None:
            return None
        heeded = " ".join(
            f"<< /Event /{event} /Category [/{event}] /OCGs [{self._ref}] >>" for event in ("View", "Print")
        )
        usual = {
            "Name": text_string("Screen and print"),
            "BaseState": "/ON",
            "Order": f"[{self._ref}]",
            "AS": f"[{heeded}]",
        }
        return dictionary({"OCGs": f"[{self._ref}]", "D": dictionary(usual)})
