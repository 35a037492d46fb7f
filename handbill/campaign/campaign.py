"""The campaign: everything under content/, loaded and checked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, Field

from handbill.campaign.binding import StandIn, bind_piece
from handbill.campaign.catalogue import Catalogue, read_catalogue
from handbill.campaign.consistency import check_consistency
from handbill.campaign.contacts import Contact, ContactsFile
from handbill.campaign.facts import Fact, FactsFile
from handbill.campaign.glossary import GlossaryFile, TermsFile
from handbill.campaign.languages import Language, LanguagesFile
from handbill.campaign.messages import SHORT, Block, MessagesFile
from handbill.campaign.pairs import BoundPair, bind_pair
from handbill.campaign.pieces import Audience
from handbill.campaign.policy import STRICT, Policy
from handbill.campaign.reading import check_reading
from handbill.campaign.records import SOURCE_LANGUAGE, Identifier, Name, Plain, Prose, Record
from handbill.campaign.scrutiny import Scrutiny
from handbill.campaign.sites import Site, SitesFile
from handbill.campaign.strings import block_uses
from handbill.campaign.style import Rule, StyleFile
from handbill.campaign.tongues import AND, Tongue
from handbill.problems import InputError, Place, Problem, Severity, did_you_mean
from handbill.yamlsource import Sourced, load_model

if TYPE_CHECKING:
    from handbill.campaign.bound import BoundPiece

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


class CampaignFile(Record):
    """``content/campaign.yaml``. ``approved`` is the date on which the English was approved;
    ``bilingual`` are the pairs of languages in which pieces are made side by side (pairs.py)."""

    id: Name
    name: Prose
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,19}$")]
    date: datetime.date
    checked: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")] | None
    publisher: Plain | None
    approved: datetime.date | None = None
    bilingual: tuple[Plain, ...] = ()
    release: Policy = STRICT
    words: dict[Identifier, Plain]


@dataclass(frozen=True)
class PlacedBlock:
    """A block of the messages, or its short wording, with its id and the file that it stands in.

    ``name`` is the block's, for both of its wordings: translators know them by it. ``uses`` are
    contact and field of everything it prints from the register.
    """

    id: str
    record: Block
    source: Sourced[MessagesFile] = field(repr=False)
    uses: frozenset[tuple[str, str]] = frozenset()

    @property
    def name(self) -> str:
        """The block's name, whichever wording this is; ``msgctxt`` of its strings."""
        return self.id.removesuffix(SHORT)

    @property
    def is_short(self) -> bool:
        """Whether this is the short wording of a block."""
        return self.id.endswith(SHORT)

    def place(self, *path: str | int) -> Place:
        """The place of the block, or of something in it."""
        return self.source.place("blocks", self.name, *(("short",) if self.is_short else ()), *path)


@dataclass(frozen=True)
class PlacedAudience:
    """An audience, with the file that it stands in."""

    source: Sourced[Audience] = field(repr=False)

    @property
    def id(self) -> str:
        """Its id, as on the command line."""
        return self.source.model.audience

    @property
    def record(self) -> Audience:
        """What the file says."""
        return self.source.model

    def place(self, *path: str | int) -> Place:
        """The place of something in its file."""
        return self.source.place(*path)


@dataclass(frozen=True)
class Campaign:
    """A campaign, loaded and checked: its English can be printed as it stands.

    ``blocks`` by id in the order of the files, a short wording after its block, ``audiences`` by id
    in the order of their names, ``catalogues`` by language without the source language. ``warnings``
    are for a human to look at.
    """

    root: Path
    file: Sourced[CampaignFile] = field(repr=False)
    register: Sourced[ContactsFile] = field(repr=False)
    blocks: Mapping[str, PlacedBlock] = field(repr=False)
    audiences: Mapping[str, PlacedAudience] = field(repr=False)
    facts: Mapping[int, Fact] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    languages: Mapping[str, Language] = field(repr=False)
    sites: Mapping[str, Site] = field(repr=False)
    catalogues: Mapping[str, Catalogue] = field(repr=False)
    glossary: GlossaryFile = field(default_factory=GlossaryFile, repr=False)
    terms: Mapping[str, Sourced[TermsFile]] = field(default_factory=dict, repr=False)
    warnings: tuple[Problem, ...] = ()
    _scrutinies: dict[str, Scrutiny] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By language, made when first asked for: each keeps what it has found."""

    @property
    def id(self) -> str:
        """Short name, as in file names."""
        return self.file.model.id

    @property
    def name(self) -> str:
        """Working name, in English."""
        return self.file.model.name

    @property
    def version(self) -> str:
        """Version of the words, as printed."""
        return self.file.model.version

    @property
    def date(self) -> datetime.date:
        """Date of the newest content."""
        return self.file.model.date

    @property
    def words(self) -> Mapping[str, str]:
        """The program's own words, in English."""
        return self.file.model.words

    @property
    def contacts(self) -> Mapping[str, Contact]:
        """The register."""
        return self.register.model.contacts

    @property
    def policy(self) -> Policy:
        """What must be so before a file may be released."""
        return self.file.model.release

    @property
    def tongues(self) -> tuple[str, ...]:
        """What pieces are made in: every language, then every pair of them."""
        return (*self.languages, *self.file.model.bilingual)

    @property
    def paired(self) -> frozenset[str]:
        """The languages that a pair has."""
        return frozenset(tag for pair in self.file.model.bilingual for tag in pair.split(AND))

    def tongue(self, tag: str) -> Tongue:
        """The language or pair of a tag of ``tongues``."""
        tags = tuple(tag.split(AND))
        return Tongue(tags, tuple(self.languages[one] for one in tags))

    def word_place(self, word: str) -> Place:
        """Where one of the program's own words stands."""
        return self.file.place("words", word)

    def contact_place(self, contact: str, *path: str) -> Place:
        """Where something about a contact stands."""
        return self.register.place("contacts", contact, *path)

    def catalogue_path(self, language: str) -> Path:
        """The file that holds a language's translations."""
        return self.root / "content" / "translations" / f"{language}.po"

    def scrutiny(self, language: str) -> Scrutiny:
        """What judges the translations into a language."""
        if language not in self._scrutinies:
            self._scrutinies[language] = Scrutiny(
                self.catalogues[language],
                self.languages[language],
                self.contacts,
                self.glossary,
                self.terms_of(language),
            )
        return self._scrutinies[language]

    def terms_of(self, language: str) -> TermsFile:
        """The agreed and the barred words of a language; none where there is no file."""
        source = self.terms.get(language)
        return source.model if source else TermsFile(language=language)

    def bind(
        self,
        audience: str,
        piece: str,
        language: str,
        site: str | None = None,
        stand_in: StandIn | None = None,
    ) -> BoundPiece:
        """One piece in one language with every word and number in place.

        ``stand_in`` is for proofs and measuring, never for what is printed: it gives the words of each
        string whose translation is missing, stale, fuzzy or cannot be filled in. Nothing then keeps
        the piece back: what would have is in its ``warnings``, and its state is draft.

        Raises InputError when there is no such audience, piece, language or site, and, without
        ``stand_in``, PieceError naming every string that keeps the piece from being made in this language.
        """
        return bind_piece(self, audience, piece, language, site, stand_in)

    def bind_tongue(
        self, audience: str, piece: str, tongue: Tongue, site: str | None = None
    ) -> BoundPiece | BoundPair:
        """One piece in one language or two, as ``bind`` does each of them."""
        if tongue.is_pair:
            return bind_pair(self, audience, piece, tongue.tags, site)
        return self.bind(audience, piece, tongue.tag, site)


def load_campaign(root: Path) -> Campaign:
    """Read and check everything under ``root/content``.

    Raises InputError with all problems found, each with file and line. Faults of a translation
    do not count here: they keep back only the pieces of that language, when these are bound.
    """
    content = root / "content"
    if not content.is_dir():
        raise InputError(
            Problem(
                "content/no-folder",
                "There is no folder “content” here.",
                "Run the program in the folder that holds “content” and “layouts”.",
                Place("content"),
            )
        )
    loader = _Loader(root)
    file = loader.load(content / "campaign.yaml", CampaignFile)
    register = loader.load(content / "contacts.yaml", ContactsFile)
    facts = loader.load(content / "facts.yaml", FactsFile)
    style = loader.load(content / "style.yaml", StyleFile)
    languages = loader.load(content / "languages.yaml", LanguagesFile)
    sites = loader.load(content / "sites.yaml", SitesFile)
    messages = loader.load_all(content / "messages", MessagesFile)
    audiences = loader.load_all(content / "pieces", Audience)
    glossary, terms = loader.load_glossary(content)
    blocks = loader.gather_blocks(messages)
    loader.check_audiences(audiences)
    loader.stop_if_wrong()
    assert file and register and facts and style and languages and sites
    campaign = Campaign(
        root=root,
        file=file,
        register=register,
        blocks=blocks,
        audiences={source.model.audience: PlacedAudience(source) for source in audiences},
        facts=facts.model.facts,
        rules=style.model.rules,
        languages=languages.model.languages,
        sites=sites.model.sites,
        catalogues={
            language: read_catalogue(
                content / "translations" / f"{language}.po", f"content/translations/{language}.po"
            )
            for language in languages.model.languages
            if language != SOURCE_LANGUAGE
        },
        glossary=glossary,
        terms=terms,
    )
    problems = check_consistency(campaign, facts, languages, sites)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)
    for audience in campaign.audiences.values():
        for piece in audience.record.pieces:
            bound = campaign.bind(audience.id, piece, SOURCE_LANGUAGE)
            problems += check_reading(bound, campaign.audiences[bound.audience].record.reading)
    return replace(campaign, warnings=tuple(dict.fromkeys(problems)))


def _list_uses(block: PlacedBlock) -> frozenset[tuple[str, str]]:
    return frozenset(use for use, _ in block_uses(block))


class _Loader:
    """Loads files and gathers their problems, so that all are told at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._problems: list[Problem] = []

    def load(self, path: Path, model: type[M]) -> Sourced[M] | None:
        return self._gather(lambda: load_model(path, self._root, model))

    def load_all(self, folder: Path, model: type[M]) -> list[Sourced[M]]:
        found = [self.load(path, model) for path in sorted(folder.glob("*.yaml"))]
        if not found:
            name = folder.relative_to(self._root).as_posix()
            self._problems.append(
                Problem(
                    "content/no-files",
                    "There is no file *.yaml in this folder.",
                    "Put them back.",
                    Place(name),
                )
            )
        return [source for source in found if source is not None]

    def load_glossary(self, content: Path) -> tuple[GlossaryFile, dict[str, Sourced[TermsFile]]]:
        """The glossary and each language's words; a campaign may do without."""
        path = content / "glossary.yaml"
        glossary = self.load(path, GlossaryFile) if path.exists() else None
        terms: dict[str, Sourced[TermsFile]] = {}
        known = glossary.model if glossary else GlossaryFile()
        for path in sorted((content / "terms").glob("*.yaml")):
            source = self.load(path, TermsFile)
            if source is None:
                continue
            terms[source.model.language] = source
            if source.model.language != path.stem:
                self._problems.append(
                    Problem(
                        "content/terms-name",
                        f"The file is called “{path.stem}”, but it says “language: {source.model.language}”.",
                        "Give both the same name.",
                        source.place("language"),
                    )
                )
            self._problems += [
                Problem(
                    "content/unknown-term",
                    f"There is no term “{term}” in content/glossary.yaml.",
                    did_you_mean(term, known.terms),
                    source.place("terms", term),
                )
                for term in source.model.terms
                if term not in known.terms
            ]
        return known, terms

    def gather_blocks(self, files: list[Sourced[MessagesFile]]) -> dict[str, PlacedBlock]:
        blocks: dict[str, PlacedBlock] = {}
        for source in files:
            for name, record in source.model.blocks.items():
                block = PlacedBlock(name, record, source)
                if name in blocks:
                    self._problems.append(
                        Problem(
                            "content/repeated-block",
                            f"There is a block “{name}” already, at {blocks[name].place()}.",
                            "Give one of them another name.",
                            block.place(),
                        )
                    )
                    continue
                wordings = [block]
                if record.short is not None:
                    wordings.append(PlacedBlock(name + SHORT, record.short, source))
                for wording in wordings:
                    uses = self._gather(partial(_list_uses, wording))
                    blocks[wording.id] = replace(wording, uses=uses or frozenset())
        return blocks

    def check_audiences(self, files: list[Sourced[Audience]]) -> None:
        for source in files:
            name = Path(source.file).stem
            if source.model.audience != name:
                self._problems.append(
                    Problem(
                        "content/audience-name",
                        f"The file is called “{name}”, but it says “audience: {source.model.audience}”.",
                        "Give both the same name.",
                        source.place("audience"),
                    )
                )

    def stop_if_wrong(self) -> None:
        if self._problems:
            raise InputError(self._problems)

    def _gather(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except InputError as error:
            self._problems.extend(error.problems)
            return None
