"""The tags are complete: everything is either read out or an artifact, in a tree that makes sense."""

import re
from collections.abc import Iterator

from handbill.checks.findings import Check, Fault
from handbill.checks.structure import Element, read_structure
from handbill.checks.subject import Subject
from handbill.checks.tally import tally
from handbill.problems import Severity

GROUPING = frozenset(["StructTreeRoot", "Document", "Part", "Art", "Sect", "Div", "NonStruct"])
PARENTS = {
    "LI": {"L"}, "Lbl": {"LI", "Note", "BibEntry", "Caption", "Link"}, "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
}  # fmt: skip
"""ISO 32000-1, 14.8.4.3."""


def _find(subject: Subject) -> Iterator[Fault]:
    document = subject.document
    needed = subject.profile.standard == "PDF/UA-1"
    if not document.is_tagged:
        if needed or document.is_ua:
            yield Fault("The file is not tagged.")
        return
    if needed and not document.is_ua:
        yield Fault("The file does not say that it is PDF/UA.", severity=Severity.WARNING)
    root = read_structure(document)
    claimed = set(root.contents)
    if not claimed:
        yield Fault("The tree of tags holds no content.")
        return
    yield from _tree(root)
    stray = (
        (page, "outside", mark.box.middle if mark.box else None)
        for page in document.pages
        for mark in page.contents.marks
        if mark.box is not None
        and not mark.ink.marked.artifact
        and (mark.ink.marked.mcid is None or (page.number, mark.ink.marked.mcid) not in claimed)
    )
    for number, _, at, others in tally(stray):
        yield Fault(f"Something on the page is neither tagged nor marked as decoration{others}.", number, at)
    present = {(page.number, mcid) for page in document.pages for mcid in page.contents.mcids}
    if missing := sorted(claimed - present):
        leads = "tag leads" if len(missing) == 1 else "tags lead"
        yield Fault(f"{len(missing)} {leads} to content that is not there.", missing[0][0])


def _tree(root: Element) -> Iterator[Fault]:
    level = 0
    for element in root.walk():
        if element.role in ("Figure", "Formula") and not (element.alt or element.actual_text):
            yield Fault("A picture has no description (Alt).")
        if heading := re.fullmatch(r"H([1-6])", element.role):
            depth = int(heading[1])
            if depth > level + 1:
                before = f"a heading of level {level}" if level else "no heading"
                yield Fault(f"A heading of level {depth} follows {before}.")
            level = depth
        for kid in element.kids:
            if isinstance(kid, Element) and kid.role in PARENTS and element.role not in PARENTS[kid.role]:
                yield Fault(f"A tag {kid.role} stands in {element.role}.")
        if element.role in GROUPING and any(isinstance(kid, tuple) for kid in element.kids):
            yield Fault(f"Words stand directly in a tag {element.role}, without a paragraph around them.")


CHECK = Check(
    "tags",
    Severity.ERROR,
    "Tags are complete",
    "Screen readers read what is tagged, in the order of the tags, and nothing else.",
    "ISO 14289-1, 7.1 to 7.4; Matterhorn Protocol 01, 09, 13, 14; print-spec 5.1",
    "Tag everything that has a meaning; mark the rest as an artifact.",
    _find,
)
