"""QR codes can be read, lead where they should, and have air around them."""

from collections.abc import Iterator
from typing import Any

import numpy
from numpy.typing import NDArray

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Box
from handbill.checks.subject import Subject
from handbill.problems import Severity
from handbill.units import mm

try:
    import zxingcpp
except ModuleNotFoundError:  # the one reader of codes; without it the check says that it did not run
    zxingcpp = None  # type: ignore[assignment]

PER_MM = 5
CLOSE_PER_MM = 12
FINDER = 7
"""Modules of the square in a code's corner (ISO/IEC 18004, 6.3.3)."""
LEAST_MODULE_MM = 0.4
LIGHT = 170


def _find(subject: Subject) -> Iterator[Fault]:
    expected = subject.expected
    if expected is not None and not expected.qr:
        return
    if zxingcpp is None:
        yield Fault(
            "QR codes were not looked at: the Python package “zxing-cpp” is missing.",
            severity=Severity.WARNING,
            remedy="Install it and check again.",
        )
        return
    payloads = []
    for page in subject.document.pages:
        for payload, box in _codes(subject, page):
            payloads.append(payload)
            yield from _judge(subject, page, payload, box)
    if expected is None:
        return
    for wanted in expected.qr:
        if wanted not in payloads:
            yield Fault(f"No QR code that can be read leads to {wanted}.")
    for payload in payloads:
        if payload not in expected.qr:
            yield Fault(f"A QR code leads to {payload}, which was not asked for.")


def _codes(subject: Subject, page: PageView) -> Iterator[tuple[str, Box]]:
    """The codes of a page: what they say, and their box in points."""
    pixels = subject.document.raster(page, PER_MM)
    if pixels is None:
        return
    scale = pixels.shape[0] / page.media.height
    for code in zxingcpp.read_barcodes(pixels, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        corners = [
            getattr(code.position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left")
        ]
        xs = [page.media.x0 + corner.x / scale for corner in corners]
        ys = [page.media.y1 - corner.y / scale for corner in corners]
        yield code.text, Box(min(xs), min(ys), max(xs), max(ys))


def _judge(subject: Subject, page: PageView, payload: str, box: Box) -> Iterator[Fault]:
    known = subject.expected_page(page)
    for fold in known.folds if known else ():
        if box.x0 < page.trim.x0 + fold < box.x1:
            yield Fault(f"The QR code to {payload} lies across a fold.", page.number, box.middle)
    if not page.trim.grown(-mm(subject.profile.safe_mm)).holds(box, mm(0.3)):
        yield Fault(f"The QR code to {payload} is too close to the cut.", page.number, box.middle)
    area = box.grown(box.width / 4)
    pixels = subject.document.raster(page, CLOSE_PER_MM, area)
    if pixels is None:
        return
    measured = _measure(pixels)
    if measured is None:
        return
    module, margin = measured
    if module / CLOSE_PER_MM < LEAST_MODULE_MM - 0.02:
        yield Fault(
            f"The squares of the QR code to {payload} are {module / CLOSE_PER_MM:.2f} mm; "
            f"{LEAST_MODULE_MM:g} mm is the least.",
            page.number,
            box.middle,
            Severity.WARNING,
            "Make it larger, or its address shorter.",
        )
    if margin / module < subject.profile.quiet_modules - 0.5:
        yield Fault(
            f"The QR code to {payload} has {margin / module:.0f} squares of light around it; "
            f"{subject.profile.quiet_modules:g} is the least.",
            page.number,
            box.middle,
        )


def _measure(pixels: NDArray[numpy.uint8]) -> tuple[float, float] | None:
    """Size of a module and width of the light margin, in pixels, of an upright code in the middle."""
    dark = pixels < LIGHT
    middle = dark.shape[0] // 2, dark.shape[1] // 2
    found: Any = zxingcpp.read_barcodes(pixels, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    if not found:
        return None
    corner = found[0].position
    left, right = corner.top_left.x, corner.top_right.x
    top, bottom = corner.top_left.y, corner.bottom_left.y
    if abs(corner.top_left.y - corner.top_right.y) > (right - left) / 20 or not top < middle[0] < bottom:
        return None  # turned or mirrored: its margin cannot be measured along rows
    row = dark[min(int(top + (bottom - top) * 0.01) + 1, dark.shape[0] - 1)]
    start = int(numpy.argmax(row[max(int(left) - 3, 0) :])) + max(int(left) - 3, 0)
    light = numpy.flatnonzero(~row[start:])
    if not len(light):
        return None
    module = float(light[0]) / FINDER
    if module < 1:
        return None
    margin = 0
    most = int(min(left, top, dark.shape[1] - right, dark.shape[0] - bottom))
    slack = 2
    for step in range(slack, most):
        x0, x1, y0, y1 = int(left) - step, int(right) + step, int(top) - step, int(bottom) + step
        if (
            dark[y0, x0:x1].any()
            or dark[y1 - 1, x0:x1].any()
            or dark[y0:y1, x0].any()
            or dark[y0:y1, x1 - 1].any()
        ):
            break
        margin = step
    return module, float(margin)


CHECK = Check(
    "qr",
    Severity.ERROR,
    "QR codes can be read and have a quiet zone",
    "A code that a telephone cannot read, or that leads elsewhere, is worse than none.",
    "ISO/IEC 18004 (4 modules of quiet zone); DENSO WAVE; print-spec 3.5",
    "Make it larger, dark on light, with nothing close to it.",
    _find,
)
