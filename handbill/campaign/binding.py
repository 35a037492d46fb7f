"""Binding: one audience's piece in one language and for one site, with every string in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from handbill.campaign import bound
from handbill.campaign import messages as written
from handbill.campaign.bound import BoundBlock, BoundPiece, Text
from handbill.campaign.catalogue import Catalogue, shorten
from handbill.campaign.consistency import lint_spans
from handbill.campaign.contacts import ADDRESSES
from handbill.campaign.fill import Register, RichSpan, fill
from handbill.campaign.letters import find_foreign_letters
from handbill.campaign.records import SOURCE_LANGUAGE
from handbill.campaign.registers import placeholder_word
from handbill.campaign.strings import CAMPAIGN_CONTEXT, contact_context, list_strings, piece_context
from handbill.problems import InputError, PieceError, Place, Problem, Severity, did_you_mean

if TYPE_CHECKING:
    from handbill.campaign.campaign import Campaign, PlacedBlock
    from handbill.campaign.sites import Site


StandIn = Callable[[str, str], str]
"""Gives, for the context and the English of a string that has no usable translation, what stands in
its place: with the English's lookups, as ``handbill.campaign.pseudo.pseudo`` writes it."""


def bind_piece(
    campaign: Campaign,
    audience: str,
    piece: str,
    language: str,
    site: str | None,
    stand_in: StandIn | None = None,
) -> BoundPiece:
    """See ``Campaign.bind``."""
    _find("audience", audience, campaign.audiences)
    _find("piece", piece, campaign.audiences[audience].record.pieces)
    _find("language", language, campaign.languages)
    if site is not None:
        _find("site", site, campaign.sites)
    return _Binder(campaign, audience, language, site, stand_in).bind(piece)


def _find(kind: str, name: str, known: Iterable[Any]) -> None:
    if name not in known:
        raise InputError(
            Problem(f"command/unknown-{kind}", f"There is no {kind} “{name}”.", did_you_mean(name, known))
        )


class _Binder:
    """Turns English strings into what is printed, and gathers what keeps the piece back. One use."""

    def __init__(
        self, campaign: Campaign, audience: str, language: str, site: str | None, stand_in: StandIn | None
    ) -> None:
        self._campaign = campaign
        self._audience = campaign.audiences[audience]
        self._reader = self._audience
        self._language = language
        self._site_id = site
        self._site: Site | None = campaign.sites[site] if site is not None else None
        self._catalogue: Catalogue | None = (
            None if language == SOURCE_LANGUAGE else campaign.catalogues[language]
        )
        self._stand_in = stand_in
        self._stood_in = False
        self._problems: list[Problem] = []
        self._current: frozenset[tuple[str, str]] | None = None
        self._register = Register(campaign.contacts, self._word, self._site.contacts if self._site else {})

    def bind(self, name: str) -> BoundPiece:
        campaign = self._campaign
        if self._catalogue is not None and self._catalogue.problems:
            if self._stand_in is None:
                raise PieceError(self._catalogue.problems)
            self._problems += self._catalogue.problems
        piece = self._audience.record.pieces[name]
        self._reader = campaign.audiences[piece.reader or self._audience.id]
        context = piece_context(self._audience.id)
        title = self._text(context, piece.title, self._audience.place("pieces", name, "title"))
        audience_name = self._text(
            piece_context(self._reader.id), self._reader.record.name, self._reader.place("name")
        )
        regions = {
            region: tuple(self._block(campaign.blocks[block]) for block in ids)
            for region, ids in piece.regions.items()
        }
        words = {
            word: self._text(CAMPAIGN_CONTEXT, english, campaign.word_place(word))
            for word, english in campaign.words.items()
        }
        errors = [problem for problem in self._problems if problem.severity is Severity.ERROR]
        if errors and self._stand_in is None:
            raise PieceError(dict.fromkeys(errors))
        blocks = [block for region in regions.values() for block in region]
        file = campaign.file.model
        return BoundPiece(
            campaign=campaign.id,
            audience=self._reader.id,
            piece=name,
            language=self._language,
            site=self._site_id,
            code=piece.code,
            title=title,
            record=campaign.languages[self._language],
            regions=regions,
            state=self._state(),
            contacts=bound.list_contacts(blocks),
            facts=tuple(sorted({fact for block in blocks for fact in block.facts})),
            words=words,
            version=file.version,
            checked=file.checked,
            date=file.date,
            publisher=self._publisher(words),
            audience_name=audience_name,
            warnings=tuple(dict.fromkeys(self._problems)),
        )

    def _state(self) -> str:
        if self._stood_in:  # nobody has approved what stands in
            return "draft"
        if self._catalogue is not None:
            return self._catalogue.state
        return "approved" if self._campaign.file.model.approved else "source"

    def _publisher(self, words: Mapping[str, Text]) -> Text:
        """A body's name, which stays as it is in every language; or the placeholder."""
        name = (self._site.publisher if self._site else None) or self._campaign.file.model.publisher
        place = self._campaign.file.place("publisher")
        if self._site and self._site.publisher:
            place = Place("content/sites.yaml", None, "publisher")
        if name:
            return Text((RichSpan(name, kind="name", ref="publisher"),), name, place)
        word = words["placeholder_publisher"]
        return Text((RichSpan(word.plain, kind="placeholder", ref="publisher"),), word.source, word.place)

    # Strings

    def _text(self, context: str, english: str, place: Place) -> Text:
        """The string as printed; what keeps it from being printed goes to the problems."""
        words, place = self._translate(context, english, place)
        try:
            spans = None if words is None else fill(words, place, self._register)
        except InputError as error:
            self._problems.extend(error.problems)
            spans = None
        if spans is None:
            return Text(self._fill_stand_in(context, english, place), english, place)
        if self._catalogue is not None:
            self._problems += lint_spans(self._campaign, spans, (self._reader.id,), self._language, place)
            self._problems += find_foreign_letters(spans, self._campaign.languages[self._language], place)
        return Text(spans, english, place)

    def _fill_stand_in(self, context: str, english: str, place: Place) -> tuple[RichSpan, ...]:
        """What stands in for a string; nothing where nothing may."""
        if self._stand_in is None:
            return ()
        self._stood_in = True
        return fill(self._stand_in(context, english), place, self._register)

    def _translate(self, context: str, english: str, place: Place) -> tuple[str | None, Place]:
        """The words to fill and where they stand; None after telling what is wrong with them."""
        if self._catalogue is None:
            return english, place
        entry = self._catalogue.find(context, english)
        said = f"“{shorten(english)}”"
        if entry is None:
            self._problems.append(self._tell_absent(context, english))
            return None, place
        at = self._catalogue.place(entry)
        if not entry.translation:
            self._problems.append(
                Problem("translation/missing", f"{said} is not translated.", "Translate it.", at)
            )
            return None, at
        if entry.fuzzy:
            self._problems.append(
                Problem(
                    "translation/fuzzy",
                    f"The translation of {said} is marked as needing work.",
                    "Read it against the English, correct it, and take the mark “fuzzy” off.",
                    at,
                )
            )
            return None, at
        faults = self._campaign.scrutiny(self._language).find_faults(entry)
        self._problems += faults
        if any(fault.severity is Severity.ERROR for fault in faults):
            return None, at
        return entry.translation, at

    def _tell_absent(self, context: str, english: str) -> Problem:
        assert self._catalogue is not None
        if self._current is None:
            self._current = frozenset(
                (string.context, string.english) for string in list_strings(self._campaign)
            )
        former = self._catalogue.find_former(context, english, self._current)
        said = f"“{shorten(english)}”"
        update = f"python make_pdfs.py translations update --language {self._language}"
        if former:
            return Problem(
                "translation/stale",
                f"The English has changed to {said} since “{shorten(former.english)}” was translated.",
                f"Run: {update}. Then look the translation over.",
                self._catalogue.place(former),
            )
        return Problem(
            "translation/missing",
            f"{said} is not in the catalogue.",
            f"Run: {update}. Then translate it.",
            Place(self._catalogue.file, None, context),
        )

    def _word(self, contact: str, field: str) -> str:
        """A translated name, or the placeholder for a local field. Asked for by the register."""
        campaign = self._campaign
        if field in ADDRESSES:
            word = placeholder_word(campaign, contact, field)
            return self._text(CAMPAIGN_CONTEXT, campaign.words[word], campaign.word_place(word)).plain
        record = campaign.contacts[contact]
        key = "short" if field == "short" and record.short else "name"
        english = getattr(record, key)
        return self._text(contact_context(contact), english, campaign.contact_place(contact, key)).plain

    # Blocks

    def _block(self, block: PlacedBlock) -> BoundBlock:
        record = block.record

        def maybe(*path: str | int) -> Text | None:
            value: Any = record
            for part in path:
                value = value[part] if isinstance(part, int) else getattr(value, part)
            return None if value is None else self._text(block.name, value, block.place(*path))

        def text(*path: str | int) -> Text:
            found = maybe(*path)
            assert found is not None
            return found

        def texts(values: tuple[str, ...], *path: str | int) -> tuple[Text, ...]:
            return tuple(text(*path, index) for index in range(len(values)))

        head: dict[str, Any] = {
            "id": block.id,
            "kind": record.kind,
            "facts": record.facts,
            "optional": record.optional,
            "place": block.place(),
        }
        if not isinstance(record, written.Cover):
            head |= {"heading": maybe("heading"), "lead": maybe("lead")}
        match record:
            case written.Cover():
                return bound.CoverBlock(
                    **head, title=text("title"), sub=maybe("sub"), call=texts(record.call, "call")
                )
            case written.Paragraphs():
                return bound.TextBlock(**head, paragraphs=texts(record.paragraphs, "paragraphs"))
            case written.MarkedList():
                return bound.ListBlock(**head, marker=record.marker, items=texts(record.items, "items"))
            case written.Groups():
                groups = tuple(
                    bound.BoundGroup(item.icon, text("items", i, "title"), text("items", i, "text"))
                    for i, item in enumerate(record.items)
                )
                return bound.GroupsBlock(**head, items=groups)
            case written.Icons():
                icons = tuple(
                    bound.BoundIcon(item.icon, text("items", i, "label"))
                    for i, item in enumerate(record.items)
                )
                return bound.IconsBlock(**head, items=icons)
            case written.Columns():
                columns = tuple(
                    bound.BoundColumn(
                        text("items", i, "title"), item.marker, texts(item.items, "items", i, "items")
                    )
                    for i, item in enumerate(record.items)
                )
                return bound.ColumnsBlock(**head, items=columns)
            case written.Flips():
                flips = tuple(
                    bound.BoundFlip(text("items", i, "question"), text("items", i, "answer"))
                    for i in range(len(record.items))
                )
                return bound.FlipsBlock(**head, items=flips)
            case written.Steps():
                steps = tuple(
                    bound.BoundStep(text("items", i, "title"), text("items", i, "text"))
                    for i in range(len(record.items))
                )
                return bound.StepsBlock(**head, items=steps)
            case written.Callout():
                return bound.CalloutBlock(**head, icon=record.icon, title=text("title"), text=text("text"))
            case written.Contacts():
                cards = tuple(
                    bound.BoundCard(
                        contact=card.contact,
                        name=self._value(card.contact, "name", block.place("cards", i, "contact")),
                        short=self._value(card.contact, "short", block.place("cards", i, "contact")),
                        shows=self._shows(card, block.place("cards", i, "contact")),
                        when=text("cards", i, "when"),
                        then=maybe("cards", i, "then"),
                        claims=self._claims(card),
                    )
                    for i, card in enumerate(record.cards)
                )
                return bound.ContactsBlock(**head, cards=cards)
            case written.Qr():
                address = self._value(record.contact, "web", block.place("contact"))
                payload = (
                    f"https://{address.plain}" if address.spans and address.spans[0].kind == "web" else None
                )
                return bound.QrBlock(
                    **head, contact=record.contact, text=text("text"), address=address, payload=payload
                )
            case written.Strip():
                return bound.StripBlock(**head, title=text("title"), text=text("text"))
            case written.Tabs():
                number = self._value(record.contact, "phone", block.place("contact"))
                return bound.TabsBlock(**head, contact=record.contact, number=number)

    def _value(self, contact: str, field: str, place: Place) -> Text:
        """One value of the register as a text of one span."""
        span = self._register.span((contact, field), place)
        return Text((span,), f"{{{{ {contact}.{field} }}}}", place)

    def _shows(self, card: written.Card, place: Place) -> tuple[Text, ...]:
        """What a card shows: what it names, or all there is; of a local contact at least the number."""
        fields: tuple[str, ...]
        if card.shows is not None:
            fields = cast(tuple[str, ...], card.shows)
        else:
            holder: Any = self._campaign.contacts[card.contact]
            if holder.local:
                holder = self._site.contacts.get(card.contact) if self._site else None
            fields = tuple(field for field in ADDRESSES if holder and getattr(holder, field)) or ("phone",)
        return tuple(self._value(card.contact, field, place) for field in fields)

    def _claims(self, card: written.Card) -> tuple[Text, ...]:
        held = self._campaign.contacts[card.contact].claims
        return tuple(
            self._text(
                contact_context(card.contact),
                held[claim],
                self._campaign.contact_place(card.contact, "claims", claim),
            )
            for claim in card.claims
        )
