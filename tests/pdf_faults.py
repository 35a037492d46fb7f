"""Makers of faulty PDFs: each takes a good press file, as pikepdf opened it, and spoils one thing."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from handbill.checks.fonts import Font
from handbill.units import mm

ROOT = Path(__file__).resolve().parent.parent
Fault = Callable[[pikepdf.Pdf], None]


def spoil(good: bytes, fault: Fault, path: Path, **saving) -> Path:
    """The good file with one fault, at ``path``."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        fault(pdf)
        pdf.save(path, **saving)
    return path


def paint(pdf: pikepdf.Pdf, operators: str, page: int = 0, **resources) -> None:
    """Operators as an artifact on top of a page, in points from the sheet's corner. ``resources``
    are entries by category, as ``Font={"/T3": font}``."""
    target = pdf.pages[page]
    target.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    target.contents_add(pdf.make_stream(f"\nQ q /Artifact BMC\n{operators}\nEMC Q".encode("latin-1")))
    own = target.obj.Resources
    for category, entries in resources.items():
        key = Name("/" + category)
        if key not in own:
            own[key] = Dictionary()
        for name, value in entries.items():
            own[key][name] = value


def letters(pdf: pikepdf.Pdf, text: str, page: int = 0) -> str:
    """``/F.. size`` is not set here: the font that holds all letters of ``text``, and its codes in hex,
    as ``/F1|<0001...>``."""
    for name, source in pdf.pages[page].obj.Resources.Font.items():
        codes: dict[str, int] = {}
        font = Font(source)
        for code, words in font.unicode.items():
            # The same letter may stand twice: once with ink and once as a blank that is only read.
            drawn = font.decode(code.to_bytes(2, "big"))[0]
            if words == " " or font.extents(drawn):
                codes.setdefault(words, code)
        if all(letter in codes for letter in text):
            return f"{name}|<{''.join(f'{codes[letter]:04X}' for letter in text)}>"
    raise LookupError(text)


def write(pdf, text, x, y, size=14.0, colour="0 0 0 1 k", state="/GSo gs", page=0) -> None:
    """Words in a font of the file, ``x`` and ``y`` in mm from the trim's lower left corner."""
    name, codes = letters(pdf, text, page).split("|")
    left, bottom = (float(side) for side in list(pdf.pages[page].obj.TrimBox)[:2])
    paint(
        pdf,
        f"BT {state} {colour} {name} {size} Tf {left + mm(x):.2f} {bottom + mm(y):.2f} Td {codes} Tj ET",
        page,
    )


def write_on_dark(pdf, text, size=14.0, state="/GSk gs") -> None:
    """White words on a dark patch on the cover, clear of all other words."""
    left, bottom = (float(side) / mm(1) for side in list(pdf.pages[0].obj.TrimBox)[:2])
    paint(pdf, patch(left + 225, bottom + 145, 60, 15, "1 0.7 0 0.65 k"))
    write(pdf, text, 230, 150, size, "0 0 0 0 k", state)


def patch(x, y, width, height, colour) -> str:
    """A filled rectangle in mm from the sheet's corner."""
    return f"{colour} {mm(x):.2f} {mm(y):.2f} {mm(width):.2f} {mm(height):.2f} re f"


def trim_mm(pdf, page=0) -> tuple[float, float, float, float]:
    return tuple(float(side) * 25.4 / 72 for side in pdf.pages[page].obj.TrimBox)  # type: ignore[return-value]


def image(pdf, pixels: int, space=Name.DeviceCMYK, parts: int = 4, bits: int = 8) -> Stream:
    data = (
        bytes([40] * (pixels * pixels * parts)) if bits == 8 else bytes([0xAA] * (-(-pixels // 8) * pixels))
    )
    return Stream(
        pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=pixels, Height=pixels,
        ColorSpace=space, BitsPerComponent=bits,
    )  # fmt: skip


def place(pdf, picture: Stream, x, y, width, page=0) -> None:
    """An image, in mm from the sheet's corner."""
    paint(
        pdf,
        f"{mm(width):.2f} 0 0 {mm(width):.2f} {mm(x):.2f} {mm(y):.2f} cm /Im Do",
        page,
        XObject={"/Im": pdf.make_indirect(picture)},
    )


def type3_font(pdf) -> Dictionary:
    square = Stream(pdf, b"600 0 0 0 500 500 d1 0 0 500 500 re f")
    unicode = Stream(pdf, b"1 beginbfchar <41> <0041> endbfchar")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 600, 600]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=65, LastChar=65, Widths=Array([600]),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name("/A")])),
            CharProcs=Dictionary(A=square), Resources=Dictionary(), ToUnicode=unicode,
        )
    )  # fmt: skip


def first_font(pdf, page=0) -> tuple[str, Dictionary]:
    name, source = next(iter(pdf.pages[page].obj.Resources.Font.items()))
    return str(name), source


def copied_font(pdf, **changes) -> Dictionary:
    """A second Type 0 dictionary over the first font's shapes; None takes an entry out."""
    _, source = first_font(pdf)
    entries = Dictionary({key: value for key, value in source.items()})
    for key, value in changes.items():
        if value is None:
            del entries[Name("/" + key)]
        else:
            entries[Name("/" + key)] = value
    return pdf.make_indirect(entries)


def foreign(path: Path, *, type3: bool = False) -> Path:
    """What an office program makes: A4, RGB, Helvetica that is not embedded, no boxes; ReportLab's work."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595.276, 841.89), invariant=1)
    canvas.setTitle("Office")
    canvas.setFillColorRGB(0.2, 0.4, 0.8)
    canvas.rect(0, 700, 595.276, 142, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(72, 600, "Call 0800 1111 at any time.")
    canvas.save()
    if type3:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            paint(pdf, "BT 0 g /T3 20 Tf 100 400 Td (AAA) Tj ET", Font={"/T3": type3_font(pdf)})
            pdf.save(path)
    return path


def reading_page(path: Path, letters_from_left: str) -> Path:
    """A page on which the given letters stand one after the other from the left."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595.276, 841.89))
    codes = {letter: index for index, letter in enumerate(dict.fromkeys(letters_from_left), 1)}
    rows = "\n".join(f"<{code:04X}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    unicode = Stream(pdf, f"{len(codes)} beginbfchar\n{rows}\nendbfchar".encode())
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Letters"), DW=500,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name("/Letters"), Flags=4),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Letters"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_indirect(unicode),
    )  # fmt: skip
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    shown = "".join(f"{codes[letter]:04X}" for letter in letters_from_left)
    page.obj.Contents = Stream(pdf, f"BT /F1 12 Tf 72 600 Td <{shown}> Tj ET".encode())
    pdf.save(path)
    return path


def latin_font(words: str) -> tuple[bytes, dict[str, int], dict[int, int]]:
    """A cut of Noto Sans with the letters of ``words``: its bytes, their glyphs, the glyphs' widths."""
    program = TTFont(ROOT / "fonts/noto-sans/NotoSans_400Regular.ttf")
    cutter = Subsetter()
    cutter.populate(text=words)
    cutter.subset(program)
    glyphs = {letter: program.getGlyphID(program.getBestCmap()[ord(letter)]) for letter in words}
    widths = {
        glyph: round(program["hmtx"][program.getGlyphName(glyph)][0] * 1000 / program["head"].unitsPerEm)
        for glyph in glyphs.values()
    }
    stream = io.BytesIO()
    program.save(stream)
    return stream.getvalue(), glyphs, widths


def web_page(
    path: Path,
    *,
    untagged: bool = False,
    uri: str = "https://www.example.org/help",
    colour: str = "0 0 0 rg",
    size: float = 14,
    lang: str | None = "en",
) -> Path:
    """A small tagged page with a link, right in all that the profile ``web`` looks at, but for one thing."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595.276, 841.89))
    words = "example.org/help"
    data, gids, widths = latin_font(words)
    rows = "\n".join(f"<{gid:04X}> <{ord(letter):04X}>" for letter, gid in gids.items())
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/Web"), Flags=4, FontBBox=Array([0, -200, 1000, 900]),
        ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
        FontFile2=pdf.make_indirect(Stream(pdf, data)),
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Web"), CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), DW=500,
        W=Array([item for gid, width in sorted(widths.items()) for item in (gid, Array([width]))]),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Web"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(Stream(pdf, f"{len(gids)} beginbfchar\n{rows}\nendbfchar".encode())),
    )  # fmt: skip
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    codes = "".join(f"{gids[letter]:04X}" for letter in words)
    page.obj.Contents = Stream(
        pdf, f"/Link <</MCID 0>> BDC BT {colour} /F1 {size} Tf 72 600 Td <{codes}> Tj ET EMC".encode()
    )
    link = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([70, 590, 320, 620]), Contents="Help on the web",
            A=Dictionary(S=Name.URI, URI=uri), StructParent=1,
        )
    )  # fmt: skip
    page.obj.Annots = Array([link])
    page.obj.StructParents = 0
    element = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Link, Pg=page.obj, K=Array([0, Dictionary(Type=Name.OBJR, Obj=link)])
        )
    )
    paragraph = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=Array([element])))
    if not untagged:
        pdf.Root.StructTreeRoot = pdf.make_indirect(
            Dictionary(Type=Name.StructTreeRoot, K=Array([paragraph]))
        )
        pdf.Root.MarkInfo = Dictionary(Marked=True)
    if lang:
        pdf.Root.Lang = pikepdf.String(lang)
    with pdf.open_metadata() as meta:
        meta["dc:title"] = "Help"
        meta["pdfuaid:part"] = "1"
    pdf.save(path)
    return path
