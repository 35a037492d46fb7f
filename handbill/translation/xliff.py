"""XLIFF 2: a catalogue as agencies' programs read it, and what comes back from them.

After the OASIS standard XLIFF 2.0 of 5 August 2014, core only, so that every program that knows
XLIFF 2 can work on it. One unit a string: its id is drawn from context and English, its name is the
context. What stands between double braces travels as ``ph`` and bold words as ``pc``, with the
original in ``originalData``: a translator moves them but cannot mistype them.

Reading and writing only; catalogues are none of its business. lxml does the XML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from handbill.campaign.records import fold
from handbill.problems import InputError, Place, Problem

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
VERSIONS = ("2.0", "2.1")
"""Both have the same core and namespace."""

LARGEST_FILE = 20_000_000
"""Bytes. A whole catalogue with its notes takes a fiftieth of this."""

NEEDS_WORK = "handbill:fuzzy"
"""Sub-state of a translation that somebody has to look at again."""

_PREFIXES: Any = {None: NAMESPACE}  # lxml's stubs know no namespace without a prefix
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LOOKUP = re.compile(r"\{\{.*?\}\}")
_DONE = ("translated", "reviewed", "final")


@dataclass(frozen=True, slots=True)
class Unit:
    """One string. ``notes`` are pairs of category and text.

    ``done`` is whether its translator counts it as finished; a translation may be there although it is not.
    ``line`` is where it stands in the file it was read from, 0 before it is written.
    """

    context: str
    english: str
    translation: str = ""
    done: bool = False
    notes: tuple[tuple[str, str], ...] = ()
    line: int = 0

    @property
    def id(self) -> str:
        """Stays the same as long as context and English do (XLIFF 2.0, 4.3.1.14: an NMTOKEN)."""
        return "u" + hashlib.sha256(f"{self.context}\0{self.english}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A file: target language (BCP 47), id of the campaign, its units in their order."""

    language: str
    campaign: str
    units: tuple[Unit, ...]


def write_xliff(exchange: Exchange, original: str, printed: Mapping[str, str]) -> bytes:
    """The file as UTF-8. The same exchange gives the same bytes.

    ``original`` names the catalogue; ``printed`` says for a lookup (``childline.phone``) what is
    printed in its place, which translators are shown.
    """
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap=_PREFIXES)
    root.set("version", VERSIONS[0])
    root.set("srcLang", "en")
    root.set("trgLang", exchange.language)
    file = etree.SubElement(root, f"{{{NAMESPACE}}}file", id=exchange.campaign, original=original)
    for unit in exchange.units:
        file.append(_write_unit(unit, printed))
    _indent(root)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _indent(element: etree._Element, depth: int = 1) -> None:
    """An element a line. Not inside texts, where a space would be one of the words."""
    if element.tag in (f"{{{NAMESPACE}}}{kind}" for kind in ("source", "target", "note", "data")):
        return
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * depth
    if len(element):
        element.text = "\n" + "  " * depth
        element[-1].tail = "\n" + "  " * (depth - 1)


def _write_unit(unit: Unit, printed: Mapping[str, str]) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}unit", id=unit.id, name=unit.context, canResegment="no")
    if unit.notes:
        notes = etree.SubElement(element, f"{{{NAMESPACE}}}notes")
        for category, text in unit.notes:
            etree.SubElement(notes, f"{{{NAMESPACE}}}note", category=category).text = text
    data: dict[str, str] = {}
    source = _write_text("source", unit.english, data, printed)
    target = _write_text("target", unit.translation, data, printed) if unit.translation else None
    if data:
        originals = etree.SubElement(element, f"{{{NAMESPACE}}}originalData")
        for text, name in data.items():
            etree.SubElement(originals, f"{{{NAMESPACE}}}data", id=name).text = text
    segment = etree.SubElement(element, f"{{{NAMESPACE}}}segment", id="s1")
    segment.set("state", "translated" if unit.done else "initial")
    if target is not None and not unit.done:
        segment.set("subState", NEEDS_WORK)
    segment.append(source)
    if target is not None:
        segment.append(target)
    return element


def _write_text(kind: str, text: str, data: dict[str, str], printed: Mapping[str, str]) -> etree._Element:
    """A source or target; ``data`` gathers the originals of what is not words, by their text."""
    element = etree.Element(f"{{{NAMESPACE}}}{kind}")
    element.set(f"{_XML}space", "preserve")
    parts = text.split("**")
    # Stars without a partner are left to be seen as they are: binding tells of them.
    bold = len(parts) % 2 == 1
    seen: dict[str, int] = {}

    def code(tag: str, parent: etree._Element, original: str) -> etree._Element:
        name = data.setdefault(original, f"d{len(data) + 1}")
        seen[name] = seen.get(name, 0) + 1
        # Source and target name the same code alike, however the words around it are ordered.
        return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", id=f"{name[1:]}-{seen[name]}")

    for number, part in enumerate(parts if bold else [text]):
        parent = element
        if number % 2:
            parent = code("pc", element, "**")
            for attribute in ("dataRefStart", "dataRefEnd"):
                parent.set(attribute, data["**"])
            parent.set("type", "fmt")
            parent.set("subType", "xlf:b")
        end = 0
        for match in _LOOKUP.finditer(part):
            _append(parent, part[end : match.start()])
            placeholder = code("ph", parent, match.group())
            placeholder.set("dataRef", data[match.group()])
            shown = printed.get(match.group().strip("{ }"), match.group())
            placeholder.set("disp", shown)
            placeholder.set("equiv", shown)
            placeholder.set("canDelete", "no")
            placeholder.set("canCopy", "no")
            end = match.end()
        _append(parent, part[end:])
    return element


def _append(parent: etree._Element, text: str) -> None:
    """Text after whatever the element holds already."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def read_xliff(data: bytes, file: str) -> Exchange:
    """What a file says, named ``file`` in problems.

    A unit that a program has cut into several segments is joined again. Raises InputError
    (``xliff/unreadable``, ``xliff/version``, ``xliff/language``, ``xliff/code``, ``xliff/repeated``)
    with the line.
    """
    root = _parse(data, file)
    if root.tag != f"{{{NAMESPACE}}}xliff" or root.get("version") not in VERSIONS:
        found = root.get("version")
        raise _problem(
            "version",
            f"This is not a file of XLIFF {' or '.join(VERSIONS)}"
            + (f": it says version “{found}”." if found else "."),
            "Ask for XLIFF 2.0, the format of the file that was sent out.",
            Place(file, _line(root)),
        )
    language = root.get("trgLang")
    if not language or root.get("srcLang") != "en":
        raise _problem(
            "language",
            f"The file translates from “{root.get('srcLang')}” to “{language}”.",
            "It must say srcLang=“en” and trgLang with the language's tag, as the file that was sent out.",
            Place(file, _line(root)),
        )
    files = root.findall(f"{{{NAMESPACE}}}file")
    units: dict[tuple[str, str], Unit] = {}
    for element in root.iter(f"{{{NAMESPACE}}}unit"):
        unit = _read_unit(element, file)
        key = (unit.context, unit.english)
        if key in units:
            raise _problem(
                "repeated",
                f"“{unit.english}” is in the file twice, first on line {units[key].line}.",
                "Delete one of the two.",
                Place(file, unit.line, unit.context),
            )
        units[key] = unit
    return Exchange(language, files[0].get("id") or "" if files else "", tuple(units.values()))


def _parse(data: bytes, file: str) -> etree._Element:
    if len(data) > LARGEST_FILE:
        raise _problem(
            "unreadable",
            f"The file has more than {LARGEST_FILE // 1_000_000} MB.",
            "Check that it is the translation.",
            Place(file),
        )
    # Files come from outside: nothing in them may name other files or grow when read.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise _problem(
            "unreadable",
            "The file is not whole XML.",
            "Have it sent again, or exported again by the program it comes from.",
            Place(file, line or None),
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _problem(
            "unreadable",
            "The file has a DOCTYPE, which XLIFF 2 has no use for.",
            "Have it exported again as plain XLIFF 2.0.",
            Place(file),
        )
    return root


def _read_unit(element: etree._Element, file: str) -> Unit:
    data = {
        item.get("id"): item.text or ""
        for item in element.iterfind(f"{{{NAMESPACE}}}originalData/{{{NAMESPACE}}}data")
    }
    place = Place(file, _line(element), element.get("name"))
    sources: list[str] = []
    targets: list[tuple[int, str]] = []
    states: list[bool] = []
    for part in element:
        if part.tag not in (f"{{{NAMESPACE}}}segment", f"{{{NAMESPACE}}}ignorable"):
            continue
        source, target = part.find(f"{{{NAMESPACE}}}source"), part.find(f"{{{NAMESPACE}}}target")
        sources.append("" if source is None else _read_text(source, data, place))
        is_segment = part.tag == f"{{{NAMESPACE}}}segment"
        if is_segment:
            states.append(target is not None and part.get("state", "initial") in _DONE)
        order = len(sources)
        if target is not None:
            said = target.get("order")
            order = int(said) if said and said.isdigit() else order
            targets.append((order, _read_text(target, data, place)))
        elif not is_segment:
            targets.append((order, sources[-1]))  # the space between two segments
    translation = fold("".join(text for _, text in sorted(targets, key=lambda item: item[0])))
    notes = tuple(
        (note.get("category", ""), note.text or "")
        for note in element.iterfind(f"{{{NAMESPACE}}}notes/{{{NAMESPACE}}}note")
    )
    return Unit(
        context=element.get("name") or "",
        english=fold("".join(sources)),
        translation=translation,
        done=bool(states) and all(states) and bool(translation),
        notes=notes,
        line=_line(element),
    )


def _read_text(element: etree._Element, data: Mapping[str | None, str], place: Place) -> str:
    """The words with the originals of the codes among them."""

    def original(node: etree._Element, attribute: str) -> str:
        name = node.get(attribute)
        if name not in data:
            raise _problem(
                "code",
                f"A code ({etree.QName(node).localname}) of this unit stands for nothing that was sent out.",
                "Put it back as it was, or have the unit translated again from the file that was sent out.",
                place,
            )
        return data[name]

    parts: list[str] = [element.text or ""]
    for node in element:
        kind = etree.QName(node).localname if isinstance(node.tag, str) else ""
        match kind:
            case "ph":
                parts.append(original(node, "dataRef"))
            case "pc":
                inner = _read_text(node, data, place)
                parts.append(original(node, "dataRefStart") + inner + original(node, "dataRefEnd"))
            case "sc" | "ec":
                parts.append(original(node, "dataRef"))
            case "cp":
                parts.append(_character(node.get("hex", ""), place))
            case "mrk":
                parts.append(_read_text(node, data, place))
            case _:
                pass  # marks of annotations, comments: no words of the text
        parts.append(node.tail or "")
    return "".join(parts)


def _character(code: str, place: Place) -> str:
    """A character that XML cannot hold, kept so that binding can tell of it."""
    try:
        character = chr(int(code, 16))
        character.encode()  # half of a pair (U+D800 and on) is no character
    except (ValueError, OverflowError):
        raise _problem(
            "code", f"“{code}” is no character.", "Have the unit translated again.", place
        ) from None
    return character


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _problem(code: str, what: str, remedy: str, place: Place) -> InputError:
    return InputError(Problem(f"xliff/{code}", what, remedy, place))
