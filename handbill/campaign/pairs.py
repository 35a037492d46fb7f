"""Pairs: a piece in two languages, each half bound by itself, and what must be so of the pairs declared.

Wales prints Welsh beside English, at equal size and normally first (brief, terminology.md, Welsh).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbill.campaign.bound import BoundPiece
from handbill.campaign.tongues import AND, join_names, weaker_state
from handbill.problems import PieceError, Problem, did_you_mean

if TYPE_CHECKING:
    from handbill.campaign.campaign import Campaign

TITLES = " / "
"""Stands between the two titles of a file."""
ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
END_OF_ISOLATE = "\u2069"
"""Marks that keep words in their own direction on a line of the other (Unicode UAX 9, 2.4)."""


@dataclass(frozen=True)
class BoundPair:
    """One audience's piece in two languages; ``halves`` hold the same blocks, the first language's first."""

    halves: tuple[BoundPiece, BoundPiece]

    @property
    def language(self) -> str:
        """As on the command line: ``cy+en``."""
        return AND.join(half.language for half in self.halves)

    @property
    def language_name(self) -> str:
        """The languages' names in English."""
        return join_names(half.language_name for half in self.halves)

    @property
    def title(self) -> str:
        """Both titles as one, each kept in its direction where the two are not read in the same."""
        if len({half.direction for half in self.halves}) == 1:
            return TITLES.join(half.title.plain for half in self.halves)
        return TITLES.join(
            f"{ISOLATES[half.direction]}{half.title.plain}{END_OF_ISOLATE}" for half in self.halves
        )

    @property
    def code(self) -> str:
        """The code of the piece, which is the same in both."""
        return self.halves[0].code

    @property
    def version(self) -> str:
        """The version of the words."""
        return self.halves[0].version

    @property
    def state(self) -> str:
        """The state of the half that is less ready."""
        return weaker_state(half.state for half in self.halves)

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl": how the sheet opens, as its first language does."""
        return self.halves[0].direction

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The linter's warnings on both."""
        return tuple(problem for half in self.halves for problem in half.warnings)


def bind_pair(
    campaign: Campaign, audience: str, piece: str, languages: tuple[str, ...], site: str | None
) -> BoundPair:
    """One piece in both languages.

    Raises PieceError naming every string of either that keeps it from being made; InputError as
    ``Campaign.bind`` does.
    """
    halves: list[BoundPiece] = []
    problems: list[Problem] = []
    for language in languages:
        try:
            halves.append(campaign.bind(audience, piece, language, site))
        except PieceError as error:
            problems.extend(error.problems)
    if problems:
        raise PieceError(dict.fromkeys(problems))
    first, second = halves
    return BoundPair((first, second))


def check_pairs(campaign: Campaign) -> Iterator[Problem]:
    """A pair is two different languages that there are, and stands once."""
    declared = campaign.file.model.bilingual
    for index, pair in enumerate(declared):
        place = campaign.file.place("bilingual", index)
        tags = pair.split(AND)
        if len(tags) != 2 or not all(tags):
            yield Problem(
                "content/bilingual",
                f"“{pair}” is no pair of languages.",
                f"Write two joined by “{AND}”, the one that comes first first, such as cy{AND}en.",
                place,
            )
            continue
        for tag in dict.fromkeys(tags):
            if tag not in campaign.languages:
                yield Problem(
                    "content/unknown-language",
                    f"There is no language “{tag}”, which the pair “{pair}” names.",
                    did_you_mean(tag, campaign.languages),
                    place,
                )
        if tags[0] == tags[1]:
            yield Problem(
                "content/bilingual",
                f"The pair “{pair}” names the same language twice.",
                "Name two languages, or take the pair out: every language has pieces of its own.",
                place,
            )
        if pair in declared[:index]:
            yield Problem("content/bilingual", f"The pair “{pair}” stands here twice.", "Keep one.", place)
