"""Notes: what a translator sees beside a string in the catalogue."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import find_lookups
from handbill.campaign.registers import source_register
from handbill.campaign.strings import SourceString

if TYPE_CHECKING:
    from handbill.campaign.campaign import Campaign


def note(campaign: Campaign, string: SourceString, room: str | None) -> str:
    """The lines of the note: what the string is, where it stands, who reads it and how they are spoken to,
    what the lookups print, what the marks mean, and how much ``room`` there is, if that is known.
    """
    lines = [string.note, f"Where: {string.where}." if string.where else ""]
    lines += _tell_voices(campaign, string)
    lines += _tell_lookups(campaign, string)
    if "**" in string.english:
        lines.append("Words between ** and ** are printed bold.")
    lines.append(room or "")
    return "\n".join(line for line in lines if line)


def _tell_voices(campaign: Campaign, string: SourceString) -> list[str]:
    """How those who read it are spoken to, each manner once."""
    voices: dict[str, list[str]] = defaultdict(list)
    for reader in string.readers:
        record = campaign.audiences[reader].record
        if record.voice:
            voices[record.voice].append(record.name)
    return [f"Register ({', '.join(names)}): {voice}" for voice, names in voices.items()]


def _tell_lookups(campaign: Campaign, string: SourceString) -> list[str]:
    """What each lookup is printed as, and that it stays as it is."""
    told = []
    register = source_register(campaign)
    for contact, field in dict.fromkeys(find_lookups(string.english, string.place)):
        span = register.span((contact, field), string.place)
        written = f"{{{{ {contact}.{field} }}}}"
        record = campaign.contacts[contact]
        if record.local:
            told.append(f"{written} is printed as what each place fills in, until then {span.text}.")
        elif not span.kind:
            told.append(f"{written} is printed as your translation of “{span.text}”.")
        elif field in ADDRESSES:
            told.append(f"{written} is printed as {span.text}.")
        else:
            told.append(f"{written} is printed as {span.text}, in these letters.")
    if told:
        told.append("Copy what stands between double braces as it is.")
    return told
