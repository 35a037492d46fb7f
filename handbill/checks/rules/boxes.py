"""Page boxes say where to cut, with bleed around it."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Box
from handbill.checks.objects import number_of
from handbill.checks.subject import Subject
from handbill.problems import Severity
from handbill.units import mm, to_mm

SLACK = mm(0.05)
SIDES = ("left", "bottom", "right", "top")


def gaps(inner: Box, outer: Box) -> tuple[float, float, float, float]:
    """How far the outer box reaches beyond the inner at the left, bottom, right and top."""
    return (inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1)


def _find(subject: Subject) -> Iterator[Fault]:
    least = mm(subject.profile.bleed_mm)
    sizes = set()
    for page in subject.document.pages:
        number = page.number
        media, trim, bleed = page.box("/MediaBox"), page.box("/TrimBox"), page.box("/BleedBox")
        crop, art = page.box("/CropBox"), page.box("/ArtBox")
        if media is None:
            yield Fault("The page has no size (MediaBox).", number)
            continue
        if trim is None and art is None:
            yield Fault("The page does not say where it is cut (TrimBox), so it has no bleed.", number)
            continue
        if trim is not None and art is not None:
            yield Fault("The page has both a TrimBox and an ArtBox; one is allowed.", number)
        sizes.add((round(page.trim.width), round(page.trim.height)))
        outer = bleed or media
        short = [side for side, gap in zip(SIDES, gaps(page.trim, outer), strict=True) if gap < least - SLACK]
        if bleed is None:
            yield Fault("The page does not say how far its bleed goes (BleedBox).", number)
        if short:
            yield Fault(
                f"There is less than {subject.profile.bleed_mm:g} mm of bleed on the {_listed(short)}.",
                number,
            )
        if bleed is not None and not media.holds(bleed, SLACK):
            yield Fault("The bleed is larger than the sheet.", number)
        if not outer.holds(page.trim, SLACK):
            yield Fault("The page is cut outside its bleed.", number)
        if crop is not None and not _same(crop, media):
            yield Fault("The page has a CropBox that differs from the sheet.", number)
        if abs(media.x0) > SLACK or abs(media.y0) > SLACK:
            yield Fault("The sheet does not begin at 0, 0.", number, severity=Severity.WARNING)
        if number_of(page.source.obj.get("/UserUnit"), 1.0) != 1.0:
            yield Fault("The page is scaled by a UserUnit.", number)
        if number_of(page.source.obj.get("/Rotate")) % 360:
            yield Fault("The page is turned (Rotate).", number, severity=Severity.WARNING)
    if len(sizes) > 1:
        listed = ", ".join(f"{to_mm(width):.0f} x {to_mm(height):.0f} mm" for width, height in sorted(sizes))
        yield Fault(f"The pages have different sizes: {listed}.", severity=Severity.WARNING)


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= SLACK for a, b in zip(one, other, strict=True))


def _listed(sides: list[str]) -> str:
    return sides[0] if len(sides) == 1 else f"{', '.join(sides[:-1])} and {sides[-1]}"


CHECK = Check(
    "boxes",
    Severity.ERROR,
    "TrimBox and BleedBox are there, nested, with enough bleed",
    "A cutter wanders by half a millimetre: without art beyond the cut a white edge shows.",
    "ISO 15930-7; GWG 2022 R0002, R0003; print-spec 1.1 and 3.1 (3 mm, all UK printers read)",
    "Export the file with bleed on all four sides, and with its boxes.",
    _find,
)
