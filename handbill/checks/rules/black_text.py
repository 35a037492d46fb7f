"""Black text is one ink."""

from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten, tally
from handbill.problems import Severity

BLACK_FROM = 0.85
RICH_PERCENT = 280


def _find(subject: Subject) -> Iterator[Fault]:
    rich = (
        (page, round(coverage), words.box.middle if words.box else None, words.text)
        for page, words in subject.words()
        if (cmyk := words.ink.colour.cmyk) is not None
        and cmyk[3] >= BLACK_FROM
        and (coverage := sum(cmyk) * 100) > RICH_PERCENT
    )
    listed = list(rich)
    for number, coverage, at, others in tally((page, coverage, at) for page, coverage, at, _ in listed):
        text = next(text for page, c, _, text in listed if page.number == number and c == coverage)
        yield Fault(
            f"Black words are built of several inks, {coverage} % together{_quoted(text)}{others}.",
            number,
            at,
        )


def _quoted(text: str) -> str:
    return f" (“{shorten(text)}”)" if text.strip("\u200b ") else ""


CHECK = Check(
    "black-text",
    Severity.WARNING,
    "Black text is black ink alone",
    "Four inks never lie exactly on each other: small letters get coloured edges and fill in.",
    "GWG 2015 and 2022 (rich-black text: K from 85 %, more than 280 %); print-spec 0.2",
    "Set the text in black ink alone (0 0 0 100).",
    _find,
)
