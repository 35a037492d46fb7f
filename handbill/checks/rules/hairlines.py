"""Lines are thick enough to print."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.checks.tally import tally
from handbill.problems import Severity


def _find(subject: Subject) -> Iterator[Fault]:
    least = subject.profile.hairline_pt
    thin = (
        (page, round(outline.width, 3), outline.box.middle)
        for page, outline in subject.outlines()
        if outline.width is not None and round(outline.width, 3) < least
    )
    for number, width, at, others in tally(thin):
        yield Fault(
            f"A line is {width:g} pt thick; below {least:g} pt lines break or vanish{others}.", number, at
        )


CHECK = Check(
    "hairlines",
    Severity.WARNING,
    "No line is thinner than a hairline",
    "A line that the screen shows at one pixel is a few hundredths of a millimetre on the plate.",
    "GWG 2015 and 2022 (0.25 pt); print-spec 2 (0.3 pt positive, 0.5 pt reversed as house limits)",
    "Draw it thicker.",
    _find,
)
