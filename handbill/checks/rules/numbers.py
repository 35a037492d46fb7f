"""Numbers and addresses stand as in the register, from left to right."""

import re
from collections.abc import Iterator

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.lines import SeenLine, seen_lines, squeeze
from handbill.checks.subject import Subject
from handbill.problems import Severity

TELEPHONE = re.compile(r"(?<!\d)(?:\+44|0)[\d \u00a0-]{8,}\d")
"""A telephone number of the United Kingdom, in any grouping."""
BACKWARDS = re.compile(
    r"(?<![\dA-Za-z+])((?!0[1-9])\d{2,6}(?:[ \u00a0]\d{2,6}){0,3}"
    r"[ \u00a0](?:0[1-9]\d{0,4}|\+?44\+?))(?![\dA-Za-z])"
)
"""Groups of digits of which the last, and not the first, is one that a number of the United Kingdom
begins with."""
WHOLE = (8, 10, 11)
"""Digits of a number with its 0: 0800 1111; most; most of the rest."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
LONG = 7
"""Digits. Shorter numbers could be a part of any."""


def _find(subject: Subject) -> Iterator[Fault]:
    expected = subject.expected
    lines = [(page, line) for page in subject.document.pages for line in seen_lines(page)]
    if expected is None:
        yield from _turned_round(lines)
        return
    seen = "\n".join(_plain(line) for _, line in lines)
    together = seen.replace("\n", "")
    for contact in expected.contacts:
        wanted = squeeze(contact).lower()
        if wanted in seen or (not wanted.isdigit() and wanted in together):
            continue
        groups = "".join(reversed(contact.lower().split()))
        if len(contact.split()) > 1 and groups in seen:
            yield Fault(f"The groups of {contact} stand from right to left.")
        elif wanted[::-1] in seen:
            yield Fault(f"{contact} stands backwards.")
        else:
            yield Fault(f"{contact} is not printed as the register has it.")
    # Known ones go first: on strips to tear off, one number stands close to the next.
    known = _pattern(expected.contacts)
    for page, line in lines:
        for match in TELEPHONE.finditer(known.sub("|", line.text)):
            yield Fault(f"{match[0].strip()} is not in the register.", page.number, line.at)


def _turned_round(lines: list[tuple[PageView, SeenLine]]) -> Iterator[Fault]:
    """Numbers that end in the group that they should begin with, on pages with words from right to
    left: all that can be said of a file without its register."""
    pages = {page.number for page, line in lines if RIGHT_TO_LEFT.search(line.text)}
    for page, line in lines:
        if page.number not in pages:
            continue
        for match in BACKWARDS.finditer(line.text):
            number = " ".join(reversed(match[1].split()))
            digits = re.sub(r"\D", "", re.sub(r"^\+?44\+? ?", "0", number))
            if len(digits) in WHOLE:
                yield Fault(
                    f"The groups of a number stand from right to left: “{match[1]}” instead of {number}.",
                    page.number,
                    line.at,
                    remedy="Put the number into marks that keep it from left to right (an isolate), or use "
                    "a program that does; do not print this file.",
                )


def _plain(line: SeenLine) -> str:
    return squeeze(line.text).lower()


def _pattern(contacts: tuple[str, ...]) -> re.Pattern[str]:
    """Matches every long number of the register that stands by itself, however its groups are spaced."""
    numbers = sorted(("".join(re.findall(r"\d", contact)) for contact in contacts), key=len, reverse=True)
    listed = "|".join(r"[ \u00a0]?".join(number) for number in numbers if len(number) >= LONG)
    return re.compile(rf"(?<!\d)(?:{listed})(?!\d)" if listed else r"(?!)")


CHECK = Check(
    "numbers",
    Severity.ERROR,
    "Numbers and addresses equal the register and stand left to right",
    "Who needs help dials what is printed; in right-to-left lines groups of digits change places silently.",
    "print-spec 6.4 (bidi, measured) and 0.7",
    "Report it: do not print this file.",
    _find,
)
