"""The file of a flow: what a designer may change in large print, and what is refused and how."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handbill.agreement import check_agreement
from handbill.campaign import bound
from handbill.campaign.bound import Text
from handbill.campaign.campaign import load_campaign
from handbill.campaign.fill import RichSpan
from handbill.compose.flow import compose_flow
from handbill.design.layouts import load_design
from handbill.problems import InputError, Place
from handbill.scene import Group, TextLine, walk
from handbill.text.faces import Library
from handbill.units import mm
from handbill.workshop import middle_of

AUDIENCES = ("parents", "young-people", "drivers", "shop-workers")
FILE = "layouts/a4-large-print/flow.yaml"


def spoil(project, old, new):
    path = project / FILE
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


def refusal(project):
    with pytest.raises(InputError) as raised:
        load_design(project, AUDIENCES)
    return raised.value.problems


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("body:    {steps: [18]", "body:    {steps: [16]", "18 points or more"),
        ("number:  {steps: [30]", "number:  {steps: [30, 26]", "one size"),
        ("sides: 20}", "sides: 10}", "15"),
        ("reading: [cover, flap,", "reading: [cover, cover,", "once"),
        ("view: [0, 0, 210, 87]", "view: [0, 0, 20, 87]", "too little room"),
        ("qr: 38", "qr: 38\ncolour: red", "colour"),
    ],
)
def test_what_large_print_forbids_is_refused(project, old, new, says):
    """16 pt, thin margins, words read twice: the file is refused with its name and line."""
    spoil(project, old, new)
    (problem, *_) = refusal(project)
    assert says in str(problem) and problem.place.file == FILE and problem.place.line


def test_name_is_the_folder(project):
    """Two names for one thing send whoever looks for it to the wrong place."""
    spoil(project, "flow: a4-large-print", "flow: a4-big")
    (problem,) = refusal(project)
    assert problem.code == "layout/name" and problem.place.line


def test_missing_picture_is_named(project):
    """A drawing that was renamed must not end a build half-way."""
    spoil(project, "{audience}-poster.svg", "{audience}-house.svg")
    (problem, *_) = refusal(project)
    assert problem.code == "layout/no-art" and "parents-house.svg" in problem.what


def agreement(project):
    campaign = load_campaign(project)
    design = load_design(project, tuple(campaign.audiences))
    with pytest.raises(InputError) as raised:
        check_agreement(campaign, design, Library.load(project / "fonts"))
    return raised.value.problems


def test_region_that_is_not_read_is_named(project):
    """The words of that region would be missing from large print, and nobody would see it."""
    spoil(project, "inside-2, inside-3", "inside-3")
    (problem,) = agreement(project)
    assert problem.code == "layout/flow-leaves-out" and "inside-2" in problem.what
    assert problem.place.file == FILE and problem.place.line


def test_region_that_no_piece_has_is_named(project):
    """A slip of the pen in “reading” is told with the nearest name."""
    spoil(project, "inside-3, back]", "inside-3, back, inside-33]")
    (problem,) = agreement(project)
    assert problem.code == "layout/flow-unknown-region" and "inside-3" in problem.remedy


# What the flow does with pieces that are not there yet


def compose(workshop, piece, flow):
    middle = middle_of(workshop.campaign.languages[piece.language])
    return compose_flow(workshop.composer, piece, flow, workshop.scripts[piece.language], middle)


def test_title_that_needs_the_page_goes_without_a_picture(workshop):
    """Words come first: a long title and its numbers are never set over the foot of the page."""
    flow = workshop.design.flows["a4-large-print"]
    picture = flow.spec.picture.model_copy(update={"view": (0.0, 0.0, 100.0, 110.0)})
    spec = flow.spec.model_copy(update={"picture": picture})
    tall = replace(flow, source=replace(flow.source, model=spec))
    piece = workshop.campaign.bind("drivers", "leaflet", "ur")
    for one, pictures in ((flow, 1), (tall, 0)):
        composed = compose(workshop, piece, one)
        first = composed.scene.pages[0]
        assert len([item for item in walk(first.items) if getattr(item, "clip", None)]) == pictures
        assert all(fit.used_mm <= fit.room_mm for fit in composed.fits)


def test_tabs_to_tear_off_become_their_number(workshop):
    """Nobody cuts tabs from large print; the number that they carry must still be there, once."""
    piece = workshop.campaign.bind("young-people", "leaflet", "en")
    number = Text((RichSpan("0800 1111", kind="phone", ref="childline.phone"),), "0800 1111", Place("x"))
    tabs = bound.TabsBlock(
        id="tabs", kind="tabs", facts=(), optional=None, place=Place("x"), contact="childline", number=number
    )
    regions = {**piece.regions, "back": (*piece.regions["back"], tabs)}
    composed = compose(workshop, replace(piece, regions=regions), workshop.design.flows["a4-large-print"])
    groups = [
        item for page in composed.scene.pages for item in walk(page.items)
        if isinstance(item, Group) and item.tag.block == "tabs"
    ]  # fmt: skip
    (line,) = [item for group in groups for item in walk(group.items) if isinstance(item, TextLine)]
    assert line.line.text == "0800 1111" and line.x == mm(20)
