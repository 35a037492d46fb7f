"""A small content tree that loads without a word of complaint, for tests to break one thing in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbill.campaign.campaign import Campaign, load_campaign
from handbill.problems import HandbillError, Problem

LANGUAGE = """\
  {id}:
    name: {name}
    endonym: {name}
    script: Latn
    direction: ltr
    faces: {{regular: [a], bold: [a], heavy: [a]}}
    size_ratio: 1.0
    leading_ratio: 1.4
    heading_leading_ratio: 1.15
    fallback_ratio: 1.0
    quotes: {{outer: ["“", "”"], inner: ["‘", "’"]}}
    exemplars: "a b c"
"""

FILES = {
    "campaign.yaml": """\
id: sample
name: "Sample"
version: "1.0"
date: 2026-11-22
checked: null
publisher: null
words:
  checked: "Checked"
  not_checked: "Not checked"
  qr_alt: "QR code for"
  link_phone: "Phone:"
  link_text: "Text:"
  link_email: "Email:"
  link_web: "Website:"
  published_by: "Published by"
  review_draft: "Draft"
  review_source: "English original"
  review_reviewed: "Reviewed"
  review_approved: "Approved"
  placeholder_publisher: "[PUBLISHER]"
  placeholder_council: "[COUNCIL NUMBER]"
""",
    "contacts.yaml": """\
contacts:
  emergency:
    name: "Emergency services"
    phone: "999"
    source: "All pages"
    certainty: A
    generic: true
  nspcc:
    name: "NSPCC Helpline"
    short: "NSPCC"
    phone: "0808 800 5000"
    email: "help@nspcc.org.uk"
    web: "nspcc.org.uk"
    claims:
      free: "Free to call."
    source: "Its pages"
    certainty: A
  council:
    name: "Children's social care"
    source: "Its pages"
    certainty: A
    local: true
  samaritans:
    name: "Samaritans"
    phone: "116 123"
    source: "Not seen"
    certainty: C
  nightwatch:
    name: "Nightwatch"
    phone: "0800 389 0131"
    source: "Old pages"
    certainty: X
""",
    "facts.yaml": """\
facts:
  1: {text: "It is abuse", need: {parents: must}}
  2: {text: "It can be any child", need: {parents: light}}
  22: {text: "One story", out: "It is overseas."}
""",
    "style.yaml": """\
rules:
  - {id: G27, avoid: ['strangers?'], say: "people they know or meet", level: E}
  - {id: G18, avoid: ['victims?'], say: "you", level: W}
  - id: G33
    avoid: ['confront']
    say: "tell"
    level: E
    audiences: [drivers]
    except_after: ['do not']
""",
    "sites.yaml": """\
sites:
  exampleshire:
    name: "Exampleshire"
    publisher: "Exampleshire Council"
    council: {name: "Exampleshire Children", phone: "01632 960 000", web: "exampleshire.example"}
""",
    "languages.yaml": "languages:\n"
    + LANGUAGE.format(id="en", name="English")
    + LANGUAGE.format(id="pl", name="Polish"),
    "messages/shared.yaml": """\
blocks:
  cover:
    kind: cover
    title: "Something is not right"
    call:
      - "Danger now: {{ emergency.phone }}"
  what:
    kind: list
    facts: [1, 2]
    heading: "What it is"
    items:
      - "It is **always** abuse."
      - "It can be any child."
    note: "Keep it calm."
  call:
    kind: contacts
    cards:
      - contact: nspcc
        when: "You are worried."
        claims: [free]
      - contact: council
        when: "You want to tell."
  code:
    kind: qr
    contact: nspcc
    text: "Read more"
  poster-head:
    kind: cover
    title: "Is something not right?"
""",
    "pieces/parents.yaml": """\
audience: parents
name: "Parents"
reading: {max_grade: 9, max_sentence_words: 16}
pieces:
  leaflet:
    code: "S-P-L"
    title: "For parents"
    regions:
      cover: [cover]
      inside: [what]
      back: [call, code]
  poster:
    code: "S-P-A4"
    title: "Poster for parents"
    regions:
      headline: [poster-head]
""",
}


def foreign(english: str) -> str:
    """A stand-in for a translation: every word of the English in another form, numbers and lookups as they
    are. The English itself would be taken for a string that nobody translated.
    """
    parts = re.split(r"(\{\{.*?\}\})", english)
    return (
        "«"
        + "".join(part if part.startswith("{{") else re.sub(r"[^\W\d_]+", r"\g<0>ą", part) for part in parts)
        + "»"
    )


def plant(root: Path, *changes: tuple[str, str, str]) -> Path:
    """Write the tree under ``root``, with ``changes``: file, words in it, what replaces them."""
    files = dict(FILES)
    for file, old, new in changes:
        assert old in files[file], f"“{old}” is not in the sample {file}"
        files[file] = files[file].replace(old, new, 1)
    for file, text in files.items():
        path = root / "content" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def load_broken(root: Path, *changes: tuple[str, str, str]) -> tuple[Problem, ...]:
    """The problems of the tree with ``changes``; fails when there are none."""
    plant(root, *changes)
    with pytest.raises(HandbillError) as caught:
        load_campaign(root)
    return caught.value.problems


def load_sample(root: Path, *changes: tuple[str, str, str]) -> Campaign:
    """The tree with ``changes``, loaded."""
    return load_campaign(plant(root, *changes))


def line_of(file: str, words: str, *changes: tuple[str, str, str]) -> int:
    """The line, from 1, on which ``words`` first stand in a file of the tree with ``changes``."""
    text = FILES[file]
    for changed, old, new in changes:
        if changed == file:
            text = text.replace(old, new, 1)
    return text[: text.index(words)].count("\n") + 1
