"""Small real scenes for the tests of the writer and the press edition, and what readers make of them."""

from __future__ import annotations

import difflib
import re
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pypdfium2
import yaml

from handbill.campaign.languages import LanguagesFile
from handbill.colour import BLACK, Ink
from handbill.glyphs import Line
from handbill.scene import ARTIFACT, Group, Item, Page, Scene, Tag, TextLine
from handbill.scene import Path as Outline
from handbill.text.faces import Library
from handbill.text.model import Paragraph, Script, Span, Style
from handbill.text.paragraph import set_paragraph
from handbill.units import mm
from handbill.writers.pdf import PdfOptions, write_pdf

ROOT = Path(__file__).resolve().parent.parent
DATE = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
NIGHT = Ink("night", (1.0, 0.8, 0.0, 0.4), "#001a4d")
RED = Ink("red", (0.0, 1.0, 1.0, 0.0), "#d00000")
PHONE = "0808 800 5000"
WEB = "nspcc.org.uk"

SPANS = {
    "en": ("If you are worried, call ", "phone", " at any time. We listen, it is free, and you decide."),
    "pl": ("Jeśli się niepokoisz, zadzwoń: ", "phone", ", o każdej porze. Źdźbło, łąka, bądź bezpieczny."),
    "ur": (
        "اگر آپ کو فکر ہو تو ",
        "phone",
        " پر فون کریں، دن ہو یا رات۔ ہم سنتے ہیں، کال مفت ہے۔ مُشکِل وقت میں بھی۔",
    ),
    "bn": ("আপনি চিন্তিত হলে ", "phone", " নম্বরে ফোন করুন। প্রার্থনা, স্ত্রী, র‍্যাব, শিশুর কিছু কথা।"),
    "cy": ("Os ydych chi’n poeni, ffoniwch ", "phone", " unrhyw bryd: tŷ, dŵr, gŵyl, ‘i’r ysgol’."),
    "ro": ("Dacă vă faceți griji, sunați la ", "phone", ", oricând. Știință, țară, „și «atât»”."),
    "pt": ("Se está preocupado, ligue ", "phone", ", a qualquer hora. «Não», coração, põe, à noite."),
    "es": ("Si le preocupa algo, llame al ", "phone", ", a cualquier hora. ¿Y después? ¡Niños, pingüinos!"),
    "pa": ("ਜੇ ਤੁਸੀਂ ਚਿੰਤਤ ਹੋ ਤਾਂ ", "phone", " ’ਤੇ ਫ਼ੋਨ ਕਰੋ। ਪ੍ਰਾਈਵੇਟ, ਉਨ੍ਹਾਂ, ਸ਼ੋਸ਼ਣ, ਖ਼ਤਰਾ।"),
    "gu": ("જો તમને ચિંતા હોય, તો ", "phone", " પર ફોન કરો. ક્ષમા, જ્ઞાન, શ્રદ્ધા, કર્યું, હૃદય."),
    "ar": ("إذا كنت قلقًا، فاتصل بالرقم ", "phone", " في أي وقت؛ نستمع إليك. المسؤولون، لأنّ، شيئًا، للأطفال."),
    "so": ("Haddii aad walaacsan tahay, wac ", "phone", " wakhti kasta. Go’aan, su’aal, lo’, xuquuq."),
    "uk": ("Якщо ви хвилюєтеся, телефонуйте ", "phone", " будь-коли. Сім’я, їжа, ґанок: «так, „саме так“»."),
    "tr": ("Endişeleniyorsanız ", "phone", " numarasını arayın. Işık, ilik, İstanbul, çığlık, 999’u, fikir."),
    "fa": ("اگر نگران هستید، با ", "phone", " تماس بگیرید؛ می‌شنویم. بچه‌ها، نمی‌دانم، شمارهٔ رایگان، گرگ."),
    "zh-Hans": ("如果您担心，请拨打 ", "phone", "（免费）。对方说：“这是秘密。”——不要害怕，我们在听……"),
}
"""A sentence a language with a number in it, with what a script makes hard."""

LANGUAGES = tuple(SPANS)


@cache
def library() -> Library:
    return Library.load(ROOT / "fonts")


@cache
def script(lang: str) -> Script:
    raw = yaml.safe_load((ROOT / "content/languages.yaml").read_text("utf-8"))
    record = LanguagesFile.model_validate(raw).languages[lang]
    return Script(
        lang=lang,
        script=record.script,
        rtl=record.rtl,
        faces={weight: tuple(names) for weight, names in record.faces},
        size_ratio=record.size_ratio,
        leading_ratio=record.leading_ratio,
        heading_leading_ratio=record.heading_leading_ratio,
        fallback_ratio=record.fallback_ratio,
    )


def corpus(lang: str) -> list[str]:
    lines = (ROOT / f"tests/corpus/{lang}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def spans(lang: str) -> tuple[Span, ...]:
    return tuple(
        Span(PHONE, bold=True, kind="phone", ref="helpline") if text == "phone" else Span(text)
        for text in SPANS[lang]
    )


def set_text(lang: str, words: str | tuple[Span, ...], size: float = 12, width: float = mm(83)) -> Paragraph:
    given = (Span(words),) if isinstance(words, str) else words
    return set_paragraph(given, Style(size=size), width, script(lang), library())


def line(text: str, size: float = 6.5) -> Line:
    return set_text("en", text, size, mm(400)).lines[0]


def block(paragraph: Paragraph, x: float, top: float, ink: Ink = BLACK, role: str = "P") -> Group:
    lines = tuple(
        TextLine(item, x + item.indent, top - paragraph.ascent - number * paragraph.leading, ink)
        for number, item in enumerate(paragraph.lines)
    )
    return Group(Tag(role, text=paragraph.text), lines)


def rectangle(x: float, y: float, width: float, height: float, **kwargs: object) -> Outline:
    ops = (
        ("M", (x, y)),
        ("L", (x + width, y)),
        ("L", (x + width, y + height)),
        ("L", (x, y + height)),
        ("Z", ()),
    )
    return Outline(ops, **kwargs)  # type: ignore[arg-type]


def page(*items: Group, name: str = "outside", width: float = mm(148), height: float = mm(210)) -> Page:
    return Page(name, width, height, items, folds=(width / 2,))


def scene(lang: str, *pages: Page) -> Scene:
    direction = "rtl" if script(lang).rtl else "ltr"
    return Scene(f"parents test {lang}", f"Test leaflet – {lang}", lang, direction, pages, subject="A test")


def text_page(lang: str, *paragraphs: Paragraph) -> Page:
    """Paragraphs one under the other on a page high enough to hold them."""
    height = sum(item.height for item in paragraphs) + mm(40)
    top = height - mm(20)
    groups: list[Group] = []
    for number, item in enumerate(paragraphs):
        groups.append(Group(Tag("Sect"), (block(item, mm(10), top),), order=number))
        top -= item.height
    return page(*groups, width=mm(110), height=height)


def leaflet(lang: str) -> Scene:
    """Art over the bleed, white words on dark, a path, the language's sentence with its number."""
    art: tuple[Item, ...] = (rectangle(-mm(20), -mm(20), mm(200), mm(80), fill=NIGHT),)
    figure = Group(Tag("Figure", alt="A dot"), (rectangle(mm(100), mm(100), 30, 30, fill=RED),))
    paragraph = set_text(lang, spans(lang))
    front = page(
        Group(ARTIFACT, art),
        Group(Tag("Sect"), (block(set_text("en", "White on dark"), mm(10), mm(40), ink=WHITE_INK),), order=3),
        Group(Tag("Sect"), (block(paragraph, mm(10), mm(190)), figure), order=1, region="body"),
    )
    back = page(Group(Tag("Sect"), (block(paragraph, mm(30), mm(190)),), order=2), name="inside")
    return scene(lang, front, back)


WHITE_INK = Ink("white", (0.0, 0.0, 0.0, 0.0), "#ffffff")


def pdf(given: Scene, **options: object) -> bytes:
    return write_pdf(given, library(), PdfOptions(date=DATE, **options))  # type: ignore[arg-type]


# Readers


def plain(text: str) -> str:
    """Text without bidi and zero-width controls, every stretch of space one space."""
    return " ".join(re.sub("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\f]", "", text).split())


def pdfium_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(item.get_textpage().get_text_range() for item in document)


def run(program: str, *arguments: str | Path) -> str:
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def struct_text(pdfinfo: str, path: Path) -> str:
    return "".join(re.findall(r'^\s*"(.*)"$', run(pdfinfo, "-struct-text", path), re.MULTILINE))


def likeness(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
