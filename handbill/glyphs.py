"""Shaped text: the common currency of the text engine, the Scene and the writers.

An *atom* is the text between two break opportunities inside one run of one direction, script and
face (reference text-engine.md, "Pipeline that worked"). It is the unit of shaping, caching,
breaking and drawing, and it does not depend on size: its numbers are in font units. A *run* places
atoms of one face and size side by side on a line.
"""

from __future__ import annotations

from typing import NamedTuple


class Glyph(NamedTuple):
    """One glyph of a shaped atom, in font units, in visual order (left to right).

    ``text`` is the text of the whole cluster on the cluster's base glyph and "" on its others, so
    that every character of the source is carried by exactly one glyph.
    """

    gid: int
    dx: int
    dy: int
    advance: int
    text: str


class Atom(NamedTuple):
    """A shaped piece of text. ``text`` is in logical order, ``glyphs`` in visual order."""

    face: str
    text: str
    rtl: bool
    glyphs: tuple[Glyph, ...]
    advance: int


class Run(NamedTuple):
    """Atoms of one face and size, set from ``x`` (points from the line's left edge) rightwards.

    ``atoms`` are in visual order. ``lang`` is the BCP 47 tag of the words. ``kind`` is the role
    of the words in the content ("", "phone", "text", "web", "email", "name", "placeholder") and
    ``ref`` the contact they belong to; ``order`` is the run's place in the logical order of its
    paragraph, so that a writer may paint or tag in reading order.
    """

    face: str
    size: float
    x: float
    atoms: tuple[Atom, ...]
    width: float
    lang: str
    kind: str
    ref: str
    order: int
    bold: bool

    @property
    def rtl(self) -> bool:
        """Direction of the run's letters."""
        return self.atoms[0].rtl if self.atoms else False

    @property
    def text(self) -> str:
        """The run's words in logical order."""
        atoms = reversed(self.atoms) if self.rtl else self.atoms
        return "".join(atom.text for atom in atoms)


class Line(NamedTuple):
    """A set line: runs in visual order from x = 0, baseline at y = 0, in points.

    ``text`` is the line's source text in logical order without isolates and without the space
    that the break swallowed. ``width`` is the set width; ``indent`` moves the whole line right
    inside its measure, according to alignment and direction.
    """

    runs: tuple[Run, ...]
    width: float
    indent: float
    text: str
