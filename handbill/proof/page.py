"""The page of a proof: one HTML file that holds its pictures and fonts, to be printed on A4 or marked on
a screen.

HTML rather than a PDF of our own setter: the words beside a picture are then shaped by a browser, that
is by another program than the one that is proved, from the catalogue. Where both show the same shapes,
two makers agree. It opens from the disk, runs no script and asks no network for anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from handbill.campaign.campaign import Campaign
from handbill.campaign.catalogue import Catalogue
from handbill.campaign.languages import Language
from handbill.problems import Problem
from handbill.proof.fonts import embed
from handbill.proof.inventory import String
from handbill.proof.numbers import Listed
from handbill.proof.pieces import Laid
from handbill.proof.rows import Row, leading_faces
from handbill.proof.shots import Shot
from handbill.text.faces import Library

UI_FACES = ("regular", "bold")


@dataclass(frozen=True)
class Chapter:
    """A piece of a proof: whom it is for, and its pictures."""

    audience: str
    laid: Laid
    shots: tuple[Shot, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Unseen:
    """A string that stands in no picture; ``fault`` is what is wrong with it in words, "" if nothing."""

    number: int
    string: String
    fault: str


@dataclass(frozen=True)
class Proof:
    """All that a proof shows of a language."""

    campaign: Campaign
    tag: str
    language: Language
    catalogue: Catalogue
    scope: str
    chapters: tuple[Chapter, ...]
    unseen: tuple[Unseen, ...]
    faults: tuple[tuple[String, str], ...]
    numbers: tuple[Listed, ...]
    total: int

    @property
    def rows(self) -> Iterator[Row]:
        """Every row in order."""
        return (row for chapter in self.chapters for shot in chapter.shots for row in shot.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why pieces cannot be printed as they are, and what is wrong with the catalogue as a whole."""
        found = [*self.catalogue.problems, *(one for chapter in self.chapters for one in chapter.problems)]
        return tuple(dict.fromkeys(found))

    @property
    def is_good(self) -> bool:
        """Whether nothing is known to be wrong."""
        return not (
            self.faults
            or self.problems
            or any(row.is_wrong for row in self.rows)
            or any(listed.others for listed in self.numbers)
        )


def draw_page(proof: Proof, library: Library) -> str:
    """The proof as a page. The same proof gives the same text."""
    environment = Environment(
        loader=PackageLoader("handbill.proof"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = lambda length: f"{length:.2f}".rstrip("0").rstrip(".")
    return environment.get_template("proof.html.j2").render(
        proof=proof,
        campaign=proof.campaign,
        language=proof.language,
        fonts=list(_fonts(proof, library)),
        stack=_Stacks(proof.language),
        problems=[row for row in proof.rows if row.is_wrong],
        looks=[row for row in proof.rows if any(check.mood == "look" for check in row.checks)],
    )


# Fonts


@dataclass(frozen=True)
class Font:
    """A face as the style sheet names it; ``adjust`` its size as a share of the others'."""

    name: str
    address: str
    adjust: float


def _fonts(proof: Proof, library: Library) -> Iterator[Font]:
    """The faces of the language, and the English ones, each with the letters it is needed for."""
    faces = proof.language.faces
    held: dict[str, set[str]] = {name: set() for name in [*faces.regular, *faces.bold, *faces.heavy]}
    for row in proof.rows:
        for name, text, _ in row.paragraph.letters:
            held.setdefault(name, set()).update(text)
    for letter in set("".join(_unset_words(proof))):
        # As words are set: those of another script take the faces behind the language's own.
        foreign = letter.isascii() and letter.isalnum() and proof.language.script != "Latn"
        stack = faces.regular[1:] if foreign else faces.regular
        name = next((name for name in stack if library.face(name).covers(letter)), faces.regular[0])
        held[name].add(letter)
    for name, letters in held.items():
        adjust = 1.0 if name in leading_faces(proof.language) else proof.language.fallback_ratio
        yield Font(name, embed(library.face(name), letters | {" "}), adjust)
    english = proof.campaign.languages["en"].faces
    written = set(_BASIC) | {letter for text in _english_words(proof) for letter in text}
    for weight in UI_FACES:
        face = library.face(getattr(english, weight)[0])
        yield Font(f"page-{weight}", embed(face, {one for one in written if face.covers(one)}), 1.0)


_BASIC = "".join(map(chr, range(0x20, 0x7F))) + "£–—‘’“”…·×•"


def _unset_words(proof: Proof) -> Iterator[str]:
    """Words of the language that stand in no picture."""
    yield proof.language.endonym
    for unseen in proof.unseen:
        yield unseen.string.translation
    for string, _ in proof.faults:
        yield string.translation


def _english_words(proof: Proof) -> Iterator[str]:
    yield proof.campaign.name
    yield proof.catalogue.by
    for row in proof.rows:
        yield from (span.text for item in row.items for span in item.english)
    for unseen in proof.unseen:
        yield unseen.string.source.english
    for string, _ in proof.faults:
        yield string.source.english


class _Stacks:
    """Font stacks of a language by one of its faces, as the style sheet writes them."""

    def __init__(self, language: Language) -> None:
        self._weights: Sequence[Sequence[str]] = (
            language.faces.regular,
            language.faces.bold,
            language.faces.heavy,
        )
        self._by_face: Mapping[str, Sequence[str]] = {
            name: weight for weight in reversed(self._weights) for name in reversed(weight)
        }

    def __call__(self, face: str) -> str:
        """The stack that has the face: the language's own of that weight first."""
        return ", ".join(f"'{name}'" for name in self._by_face.get(face, self._weights[0]))
