"""What a file says about itself: XMP and Info (always equal), output intent, viewer preferences."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from handbill import __version__
from handbill.editions.office import Duplex
from handbill.problems import InputError, Problem
from handbill.scene import Scene, list_halves
from handbill.writers.objects import Written, deflate, dictionary, reference, stream, text_string

PRODUCER = f"Handbill {__version__}"
Standard = Literal["PDF/X-4", "PDF/X-1a:2003", "PDF/UA-1"]
PRESS_STANDARDS = frozenset[Standard | None](["PDF/X-4", "PDF/X-1a:2003"])
"""The parts of ISO 15930: CMYK, an output intent, nothing live."""

_CLAIMS: dict[Standard, tuple[str, str, str, str]] = {
    "PDF/X-4": ("pdfxid", "http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion", "PDF/X-4"),
    # XMP repeats what Info says, the claim included, in the namespace for Info's own keys; Acrobat
    # and LaTeX's pdfx package do so. The claim that counts is the one in Info.
    "PDF/X-1a:2003": ("pdfx", "http://ns.adobe.com/pdfx/1.3/", "GTS_PDFXVersion", "PDF/X-1a:2003"),
    "PDF/UA-1": ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", "part", "1"),
}
"""What a file says in XMP that it keeps: prefix, namespace, property and value."""


@dataclass(frozen=True, slots=True)
class PrintCondition:
    """A characterised print condition (print-spec 3.2), the profile file that stands for it, and the
    most ink in percent that its paper takes (print-spec 2, house limits)."""

    identifier: str
    condition: str
    profile: str
    tac_percent: float


CONDITIONS = {
    "FOGRA39": PrintCondition(
        "FOGRA39",
        "Offset printing on gloss or matt coated paper, ISO 12647-2:2004/Amd 1",
        "FOGRA39L_coated.icc",
        300.0,
    ),
    "FOGRA47": PrintCondition(
        "FOGRA47",
        "Offset printing on uncoated white paper, ISO 12647-2:2004/Amd 1",
        "FOGRA47L_uncoated.icc",
        280.0,
    ),
}


@cache
def _deflated_profile(file: str) -> bytes:
    """A profile ready for embedding; deflated once a process, as it takes 13 ms."""
    return deflate(files("handbill.writers").joinpath("icc", file).read_bytes())


def output_intent(document: PDFDocument, condition: PrintCondition) -> str:
    """The one GTS_PDFX intent with its profile inside (ISO 32000-1, 14.11.5; print-spec 1.1); its
    array. The profiles are of ICC version 2, which PDF 1.4 knows too (table 67)."""
    profile = stream(_deflated_profile(condition.profile), {"N": "4", "Alternate": "/DeviceCMYK"})
    intent = Written(
        dictionary(
            {
                "Type": "/OutputIntent",
                "S": "/GTS_PDFX",
                "OutputConditionIdentifier": text_string(condition.identifier),
                "OutputCondition": text_string(condition.condition),
                "RegistryName": text_string("http://www.color.org"),
                "Info": text_string(f"{condition.identifier}: {condition.condition}"),
                "DestOutputProfile": reference(document, profile),
            }
        )
    )
    return f"[{reference(document, intent)}]"


def condition_of(name: str) -> PrintCondition:
    """A print condition by its identifier. An unknown one raises InputError."""
    found = CONDITIONS.get(name)
    if found is None:
        raise InputError(
            Problem(
                "writer/print-condition",
                f"There is no colour profile for the print condition “{name}”.",
                f"Known: {', '.join(sorted(CONDITIONS))}.",
            )
        )
    return found


def content_id(scene: Scene, options: str, streams: list[bytes]) -> bytes:
    """A digest of what the file holds and how it was written: the source of its /ID and XMP ids."""
    digest = hashlib.sha256(repr((PRODUCER, scene.name, scene.title, scene.lang, options)).encode("utf-8"))
    for item in streams:
        digest.update(hashlib.sha256(item).digest())
    return digest.digest()


class Information(PDFObject):  # type: ignore[misc]
    """The Info dictionary (14.3.3), in place of ReportLab's, which fills gaps with “anonymous”."""

    invariant = 1

    def __init__(self, scene: Scene, date: datetime, standard: Standard | None) -> None:
        self._scene = scene
        self._date = date
        self._standard = standard

    def digest(self, signature: object) -> None:
        """Nothing to add: the file's /ID is fed from the content (ReportLab's protocol)."""

    def format(self, document: PDFDocument) -> bytes:
        """The dictionary (ReportLab's protocol)."""
        scene = self._scene
        date = text_string(pdf_date(self._date))
        return dictionary(
            {
                "Title": text_string(scene.title),
                "Author": text_string(scene.author) if scene.author else None,
                "Subject": text_string(scene.subject) if scene.subject else None,
                "Keywords": text_string(", ".join(scene.keywords)) if scene.keywords else None,
                "Creator": text_string(PRODUCER),
                "Producer": text_string(PRODUCER),
                "CreationDate": date,
                "ModDate": date,
                "Trapped": "/False",
                # Of the 2003 generation only this key: GTS_PDFXConformance is of 2001 (CGATS
                # application notes 4, 2.3; print-spec 1.2).
                "GTS_PDFXVersion": (
                    text_string(self._standard) if self._standard == "PDF/X-1a:2003" else None
                ),
            }
        ).encode("latin-1")


def pdf_date(date: datetime) -> str:
    """A date as PDF writes it, with its zone (7.9.4)."""
    minutes = int(date.utcoffset().total_seconds() // 60)  # type: ignore[union-attr]
    sign = "-" if minutes < 0 else "+"
    return f"D:{date:%Y%m%d%H%M%S}{sign}{abs(minutes) // 60:02d}'{abs(minutes) % 60:02d}'"


def xmp(scene: Scene, date: datetime, standard: Standard | None, identity: bytes) -> Written:
    """The metadata stream (14.3.2), never compressed, so that a preflight can read it in the raw file."""
    document_id = uuid.UUID(bytes=identity[:16], version=4)
    instance_id = uuid.UUID(bytes=identity[16:32], version=4)
    stamp = date.isoformat(timespec="seconds")
    alternatives = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
    tongues = dict.fromkeys((scene.lang, *(tag.lang or "" for tag in list_halves(scene))))
    languages = "".join(f"<rdf:li>{escape(lang)}</rdf:li>" for lang in tongues)
    fields = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{alternatives.format(escape(scene.title))}</dc:title>",
        f"<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>",
        f"<xmp:CreateDate>{stamp}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{stamp}</xmp:ModifyDate>",
        f"<xmp:MetadataDate>{stamp}</xmp:MetadataDate>",
        f"<xmp:CreatorTool>{escape(PRODUCER)}</xmp:CreatorTool>",
        f"<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>",
        "<pdf:Trapped>False</pdf:Trapped>",
        f"<xmpMM:DocumentID>uuid:{document_id}</xmpMM:DocumentID>",
        f"<xmpMM:InstanceID>uuid:{instance_id}</xmpMM:InstanceID>",
        "<xmpMM:VersionID>1</xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
    ]
    if scene.author:
        fields.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(scene.author)}</rdf:li></rdf:Seq></dc:creator>")
    if scene.subject:
        fields.append(f"<dc:description>{alternatives.format(escape(scene.subject))}</dc:description>")
    if scene.keywords:
        items = "".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in scene.keywords)
        fields.append(f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>")
        fields.append(f"<pdf:Keywords>{escape(', '.join(scene.keywords))}</pdf:Keywords>")
    known = ""
    if standard is not None:
        prefix, namespace, key, value = _CLAIMS[standard]
        fields.append(f"<{prefix}:{key}>{value}</{prefix}:{key}>")
        known = f' xmlns:{prefix}="{namespace}"'
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
        f' xmlns:pdf="http://ns.adobe.com/pdf/1.3/"{known}>\n'
        + "\n".join(fields)
        + '\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    )
    return stream(packet.encode("utf-8"), {"Type": "/Metadata", "Subtype": "/XML"}, deflated=False)


def viewer_preferences(*, rtl: bool, duplex: Duplex | None = None) -> Written:
    """The title in the window's bar, pages turned from right to left if ``rtl`` (12.2); with ``duplex``
    also what the dialogue for printing proposes."""
    printing = {"PrintScaling": "/None", "Duplex": f"/{duplex}", "PickTrayByPDFSize": "true"}
    return Written(
        dictionary(
            {
                "DisplayDocTitle": "true",
                "Direction": "/R2L" if rtl else None,
                **(printing if duplex else {}),
            }
        )
    )
