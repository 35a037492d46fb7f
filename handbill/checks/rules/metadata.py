"""Title, dates and their copies tell the truth."""

import re
from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.subject import Subject
from handbill.problems import Severity

EMPTY_TITLES = ("", "untitled", "untitled document", "(anonymous)", "unspecified")
PAIRS = (("/Title", "dc:title", "title"), ("/Producer", "pdf:Producer", "producer"))
DATES = (
    ("/CreationDate", "xmp:CreateDate", "date of making"),
    ("/ModDate", "xmp:ModifyDate", "date of change"),
)


def _find(subject: Subject) -> Iterator[Fault]:
    document = subject.document
    title = document.xmp.get("dc:title") or document.info.get("/Title", "")
    if title.strip().lower() in EMPTY_TITLES:
        yield Fault("The file has no title.")
    elif subject.expected is not None and title != subject.expected.title:
        yield Fault(f"The title is “{title}”, but should be “{subject.expected.title}”.")
    for key, name, words in PAIRS:
        one, other = document.info.get(key), document.xmp.get(name)
        if one is not None and other is not None and one.strip() != other:
            yield Fault(f"The file has two {words}s: “{one}” and “{other}”.")
    for key, name, words in DATES:
        one, other = document.info.get(key), document.xmp.get(name)
        if one and other and not _same_time(one, other):
            yield Fault(f"The file has two {words}s: {one} and {other}.")


def _same_time(info: str, xmp: str) -> bool:
    """Whether two dates agree as far as both go. Zones are compared as they are written."""
    one = re.sub(r"\D", "", info.split("+")[0].split("-")[0])
    other = re.sub(r"\D", "", re.split(r"(?<=\d\d:\d\d)[+-]|Z", xmp)[0].split(".")[0])
    length = min(len(one), len(other))
    return length >= 4 and one[:length] == other[:length]


CHECK = Check(
    "metadata",
    Severity.ERROR,
    "Title and dates are there and agree",
    "Screen readers say the title first, and searches list it; two different ones mislead archives.",
    "ISO 14289-1, 7.1 (dc:title); ISO 15930-7 (Info equals XMP); print-spec 1.1",
    "Give the document a title in its properties and export it again.",
    _find,
)
