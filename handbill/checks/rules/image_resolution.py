"""Images have enough pixels for their size."""

import math
from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Picture
from handbill.checks.subject import Subject
from handbill.problems import Severity

LEAST_PIXELS = 16
"""GWG leaves out images of 16 pixels or fewer: rules and flat patches."""


def _find(subject: Subject) -> Iterator[Fault]:
    profile = subject.profile
    for page, image in subject.pictures():
        width, height = image.size
        if width * height <= LEAST_PIXELS:
            continue
        ppi = round(_resolution(image))
        if image.bits == 1:
            if ppi < profile.bitmap_ppi_warning:
                yield Fault(
                    f"A drawing in pixels has {ppi} of them an inch; "
                    f"edges show below {profile.bitmap_ppi_warning:g}.",
                    page.number,
                    image.box.middle,
                    Severity.ERROR if ppi < profile.bitmap_ppi_error else Severity.WARNING,
                )
        elif ppi < profile.ppi_warning:
            grave = ppi < profile.ppi_error
            yield Fault(
                f"An image has {ppi} pixels an inch at its size; "
                f"{profile.ppi_error if grave else profile.ppi_warning:g} is the least"
                f"{'' if grave else ' to look sharp'}.",
                page.number,
                image.box.middle,
                Severity.ERROR if grave else Severity.WARNING,
            )


def _resolution(image: Picture) -> float:
    """Pixels an inch along the side that has fewer of them."""
    a, b, c, d, _, _ = image.matrix
    across, down = math.hypot(a, b) / 72, math.hypot(c, d) / 72
    return min(image.size[0] / max(across, 1e-6), image.size[1] / max(down, 1e-6))


CHECK = Check(
    "image-resolution",
    Severity.ERROR,
    "Images have enough pixels",
    "Too few pixels print as visible squares.",
    "GWG 2022 (149 and 224 ppi, one-bit 549 and 799); print-spec 2",
    "Put in a larger original, or show it smaller.",
    _find,
)
