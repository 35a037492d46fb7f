"""Links lead where their words say, and are told to who cannot see them."""

import re
from collections.abc import Iterator

from handbill.checks.document import PageView
from handbill.checks.findings import Check, Fault
from handbill.checks.marks import Box, Words
from handbill.checks.objects import dictionary, items_of, key_of, numbers, text_of
from handbill.checks.structure import read_structure
from handbill.checks.subject import Subject
from handbill.checks.tally import shorten
from handbill.problems import Severity

ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s]*)?)", re.I)
TELEPHONE = re.compile(r"\+?\d[\d ()\u00a0-]+\d")


def _find(subject: Subject) -> Iterator[Fault]:
    tagged = None
    for page in subject.document.pages:
        for annotation in items_of(page.source.obj.get("/Annots")):
            entries = dictionary(annotation)
            if text_of(entries.get("/Subtype")) != "/Link":
                continue
            uri = text_of(dictionary(entries.get("/A")).get("/URI"))
            sides = numbers(entries.get("/Rect"))
            if not uri or len(sides) != 4:
                continue
            box = Box(min(sides[0::2]), min(sides[1::2]), max(sides[0::2]), max(sides[1::2]))
            yield from _judge(page, uri, box)
            if subject.profile.standard == "PDF/UA-1":
                if not text_of(entries.get("/Contents")):
                    yield Fault(
                        f"The link to {uri} does not say in words where it leads.", page.number, box.middle
                    )
                if not subject.document.is_tagged:
                    continue  # the check of the tags speaks
                if tagged is None:
                    tagged = {
                        key
                        for element in read_structure(subject.document).walk()
                        if element.role == "Link"
                        for key in element.annotations
                    }
                if key_of(annotation) not in tagged:
                    yield Fault(f"The link to {uri} is not tagged.", page.number, box.middle)


def _judge(page: PageView, uri: str, box: Box) -> Iterator[Fault]:
    text = _under(page, box)
    kind, _, rest = uri.partition(":")
    if kind.lower() == "tel" and (digits := _digits(text)) and digits not in _digits(rest):
        yield Fault(f"The words “{shorten(text)}” are a link that dials {rest}.", page.number, box.middle)
    elif kind.lower() == "mailto" and "@" in text and rest.split("?")[0].lower() not in text.lower():
        yield Fault(f"The words “{shorten(text)}” are a link that writes to {rest}.", page.number, box.middle)
    elif kind.lower() in ("http", "https") and "@" not in text:
        shown = ADDRESS.search(text.replace(" ", ""))
        if shown and not _plain(uri).startswith(_plain(shown[0])):
            yield Fault(
                f"The words “{shorten(text)}” are a link that leads to {uri}.", page.number, box.middle
            )


def _under(page: PageView, box: Box) -> str:
    """The words whose middle lies in a box, from left to right and from the top."""
    found = []
    for mark in page.contents.marks:
        if isinstance(mark, Words) and mark.ink.marked.actual_text != "":
            for letter in mark.letters:
                middle = (letter.x + letter.end) / 2
                if box.x0 <= middle <= box.x1 and box.y0 - 1 <= letter.y <= box.y1:
                    found.append((-round(letter.y), min(letter.x, letter.end), letter.code.text or ""))
    return "".join(text for _, _, text in sorted(found))


def _digits(text: str) -> str:
    found = TELEPHONE.search(text)
    return "".join(re.findall(r"\d", found[0].replace("+44", "0", 1))) if found else ""


def _plain(uri: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", uri.strip().lower()).rstrip("/.")


CHECK = Check(
    "links",
    Severity.ERROR,
    "Links match their words",
    "A link that leads elsewhere than it says sends a frightened person to the wrong place.",
    "ISO 14289-1, 7.18.5 (Contents, Link tag); WCAG 2.2, 2.4.4",
    "Correct the link's address, or its words.",
    _find,
)
