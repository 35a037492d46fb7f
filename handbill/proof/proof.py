"""The proof of a language: lays out pieces, draws them and gathers what their page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from handbill.files import write_whole
from handbill.problems import InputError, PieceError, Problem
from handbill.proof.inventory import Key, String, take_stock
from handbill.proof.numbers import Reader, Sight, list_numbers
from handbill.proof.page import Chapter, Proof, Unseen, draw_page
from handbill.proof.pictures import draw
from handbill.proof.pieces import Laid, Setter, choose, layouts_of
from handbill.proof.rows import Rows
from handbill.proof.shots import Shot
from handbill.workshop import Workshop

FOLDER = "proofs"
"""Where proofs lie in the output folder."""


def make_proof(workshop: Workshop, language: str, audiences: Sequence[str], layouts: Sequence[str]) -> Proof:
    """The proof of a language for ``audiences``, in ``layouts`` or, if none is named, in the fewest that
    show every string. Raises InputError for a catalogue that is not there or cannot be read, and
    when no audience has a piece in the layouts."""
    campaign = workshop.campaign
    catalogue = campaign.catalogues[language]
    if not catalogue.entries and catalogue.problems:
        raise InputError(catalogue.problems)
    stock = take_stock(campaign, language, audiences)
    setter = Setter(workshop, language, stock)
    pieces = [piece for name in audiences for piece in _lay_out(workshop, setter, name, layouts)]
    if not pieces:
        raise InputError(
            Problem(
                "command/nothing",
                "There is nothing to prove: no audience that you named has a piece in these layouts.",
                "Name fewer, and see with --list what there is.",
            )
        )
    unusable = frozenset(key for key in setter.stood_in & stock.keys() if not stock[key].fault)
    rows = Rows(stock, unusable, campaign.languages[language])
    sights: list[Sight] = []
    chapters = tuple(_draw(setter, piece, rows, sights) for piece in pieces)
    unseen = _list_unseen(stock, rows) if not layouts else ()
    shown = set(stock) if not layouts else rows.shown
    return Proof(
        campaign=campaign,
        tag=language,
        language=campaign.languages[language],
        catalogue=catalogue,
        scope="; ".join(
            ", ".join(names)
            for names in (
                [campaign.audiences[name].record.name for name in audiences],
                [workshop.design.name_of(name) for name in layouts],
            )
            if names
        ),
        chapters=chapters,
        unseen=unseen,
        faults=tuple((stock[key], fault) for key in stock if key in shown and (fault := rows.fault(key))),
        numbers=tuple(list_numbers(sights, campaign.contacts)),
        total=len(shown),
    )


def write_proof(proof: Proof, workshop: Workshop, path: Path) -> None:
    """Writes the proof's page, whole. Raises StoppedError (``output/unwritable``)."""
    write_whole(path, draw_page(proof, workshop.library).encode("utf-8"))


def _lay_out(workshop: Workshop, setter: Setter, audience: str, layouts: Sequence[str]) -> list[Laid]:
    known = layouts_of(workshop, audience)
    if layouts:
        return [setter.lay_out(audience, name) for name in known if name in layouts]
    # Large print has no words of its own.
    return list(choose([setter.lay_out(audience, name) for name in known if name in workshop.design.layouts]))


def _draw(setter: Setter, laid: Laid, rows: Rows, sights: list[Sight]) -> Chapter:
    """The chapter of a piece; where its numbers stand is added to ``sights``."""
    campaign = setter.workshop.campaign
    audience = campaign.audiences[laid.variant.audience].record.name
    problems = (*laid.refused, *laid.problems)
    if laid.composition is None:
        return Chapter(audience, laid, (), problems)
    try:
        pdf, names = setter.write(laid)
    except PieceError as error:
        return Chapter(audience, laid, (), (*problems, *error.problems))
    pictures = list(draw(pdf))
    reader = Reader(pdf)
    shots = []
    for view, paragraphs in sorted(laid.views, key=lambda one: names.index(one[0].name)):
        page = names.index(view.name)
        picture = pictures[page]
        made = tuple(rows.make(paragraph, picture.height) for paragraph in paragraphs)
        shot = Shot(
            made[0].number,
            view,
            picture,
            made,
            tuple(_rooms(laid, view.name)),
            picture.height - laid.taller if laid.taller else None,
        )
        shots.append(shot)
        sights += (
            Sight(f"{audience}, {laid.name}", shot, found, reader.read(page, found.box))
            for row in made
            for found in row.paragraph.numbers
        )
    return Chapter(audience, laid, tuple(shots), problems)


def _rooms(laid: Laid, panel: str) -> Iterator[str]:
    assert laid.composition is not None
    for fit in laid.composition.fits:
        if fit.panel == panel and not laid.taller:
            yield f"{fit.region}: {fit.used_mm:g} of {fit.room_mm:g} mm used"


def _list_unseen(stock: Mapping[Key, String], rows: Rows) -> tuple[Unseen, ...]:
    """The strings that have had no row, numbered on."""
    rest = [string for key, string in stock.items() if key not in rows.shown]
    return tuple(
        Unseen(number, string, rows.fault(string.key)) for number, string in enumerate(rest, rows.count + 1)
    )
