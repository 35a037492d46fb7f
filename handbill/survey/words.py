"""Words for room: what a translator reads beside a string, and a table says of a region."""

from __future__ import annotations

from handbill.compose.room import MOST_FREE, RegionFit
from handbill.survey.survey import Key, Room, Row, Spot, Survey
from handbill.workshop import Workshop


def room_notes(workshop: Workshop, survey: Survey) -> dict[Key, str]:
    """For each string that was measured, a line that says how long it may be."""
    return {key: tell_room(workshop, room) for key, room in survey.rooms.items()}


def tell_room(workshop: Workshop, room: Room) -> str:
    """How long a string may be where it stands tightest, numbers and names counted as printed."""
    measured = room.measured
    lines = f"{_count(measured.lines, 'line')} of about {measured.a_line}"
    now = "not translated yet" if room.now is None else f"now {room.now}"
    if measured.shares:
        said = f"{measured.letters} letters, in a paragraph of {lines} that other words share; {now}."
    else:
        said = f"{lines} letters, {measured.letters} in all; {now}."
    return f"Room ({tell_spot(workshop, room.spot)}, {room.region}): {said} {_tell_more(room)}"


def _tell_more(room: Room) -> str:
    """What happens to words that take another line."""
    free = room.measured.free
    if free < 0:
        return f"This panel is too full by {_count(-free, 'line')}."
    if free:
        more = "or more " if free == MOST_FREE else ""
        return f"The words of this panel may together take {_count(free, 'line')} {more}more."
    if room.may_shrink:
        return "A line more makes the type of the whole piece smaller."
    return "There is no room for a line more."


def tell_spot(workshop: Workshop, spot: Spot) -> str:
    """A piece as people name it."""
    audience = workshop.campaign.audiences[spot.audience].record.name
    return f"{audience}: {workshop.design.name_of(spot.layout)}"


def tell_letters(fit: RegionFit) -> str:
    """What there is to cut from a region, or left to write."""
    if fit.letters_left < 0:
        return f"cut {_count(-fit.letters_left, 'letter')}"
    if fit.letters_left == 0:
        return "none left"
    return f"about {_count(fit.letters_left, 'letter')} left"


def tell_share(row: Row) -> str:
    """How much of its room a region uses, or that its words are too long."""
    return "overset" if row.overset else f"{row.fit.share:.0%}"


def tell_sizes(fit: RegionFit) -> str:
    """The size that holds, the one that is wanted, and the floor, in points."""
    return f"{fit.size_pt:g}/{fit.wanted_pt:g}/{fit.floor_pt:g}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
