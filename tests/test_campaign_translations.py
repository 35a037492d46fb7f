"""Translations: what is missing, in doubt or out of date keeps back just the piece that prints it."""

from __future__ import annotations

from dataclasses import replace

import polib
import pytest
from campaign_tree import foreign, load_sample, plant
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbill.campaign.bound import ContactsBlock, CoverBlock, ListBlock, QrBlock
from handbill.campaign.campaign import load_campaign
from handbill.campaign.catalogue import read_catalogue
from handbill.campaign.records import fold
from handbill.campaign.translations import status, update
from handbill.problems import InputError, PieceError

SHARED = "messages/shared.yaml"


def po(root):
    return root / "content/translations/pl.po"


def translate(root, change=None, header=None):
    """A complete Polish catalogue (``foreign`` English); ``change(entry)`` spoils an entry."""
    if not po(root).exists():
        update(load_campaign(root), "pl")
    catalogue = polib.pofile(str(po(root)))
    for entry in catalogue:
        entry.msgstr = foreign(entry.msgid)
        if change:
            change(entry)
    catalogue.metadata |= header or {}
    catalogue.save(str(po(root)))
    return load_campaign(root)


def spoil(context, words, **fields):
    """A change for ``translate``: set fields of the one entry whose English holds ``words``."""

    def change(entry):
        if entry.msgctxt == context and words in entry.msgid:
            for name, value in fields.items():
                setattr(entry, name, value)

    return change


def kept_back(campaign, piece="leaflet"):
    with pytest.raises(PieceError) as caught:
        campaign.bind("parents", piece, "pl")
    return caught.value.problems


def test_whole_catalogue_binds(tmp_path):
    """Every word of a bound piece is Polish; numbers and names are the register's own."""
    plant(tmp_path)
    piece = translate(tmp_path).bind("parents", "leaflet", "pl")
    cover, what, call, code = piece.blocks
    assert isinstance(cover, CoverBlock) and isinstance(what, ListBlock)
    assert isinstance(call, ContactsBlock) and isinstance(code, QrBlock)
    assert cover.title.plain == foreign("Something is not right")
    assert cover.call[0].plain == foreign("Danger now: 999")
    assert what.heading is not None and what.heading.plain == foreign("What it is")
    assert [span.text for span in what.items[0].spans if span.bold] == ["alwaysą"]
    nspcc, council = call.cards
    assert nspcc.name.plain == "NSPCC Helpline"
    assert [text.plain for text in nspcc.shows] == ["0808 800 5000", "help@nspcc.org.uk", "nspcc.org.uk"]
    assert [text.plain for text in nspcc.claims] == [foreign("Free to call.")]
    assert council.name.plain == foreign("Children's social care")
    assert [(span.kind, span.text) for span in council.shows[0].spans] == [
        ("placeholder", foreign("[COUNCIL NUMBER]"))
    ]
    assert code.payload == "https://nspcc.org.uk"
    assert (piece.title.plain, piece.audience_name.plain) == (foreign("For parents"), foreign("Parents"))
    assert (piece.state, piece.review.plain, piece.facts) == ("draft", foreign("Draft"), (1, 2))
    assert piece.contacts == ("999", "0808 800 5000", "help@nspcc.org.uk", "nspcc.org.uk")


def test_places_of_a_translation_are_in_its_catalogue(tmp_path):
    """A Polish line that is too long sends its reader to the Polish file, not to the English one."""
    plant(tmp_path)
    cover = translate(tmp_path).bind("parents", "leaflet", "pl").blocks[0]
    assert isinstance(cover, CoverBlock)
    place = cover.title.place
    assert place.file == "content/translations/pl.po" and place.key == "cover"
    lines = po(tmp_path).read_text("utf-8").splitlines()
    assert place.line is not None
    assert lines[place.line - 1] == 'msgid "Something is not right"'


def test_site_fills_in_local_contacts(tmp_path):
    """With a site its numbers, names and publisher are printed; without one the placeholders are."""
    campaign = load_sample(tmp_path)
    here = campaign.bind("parents", "leaflet", "en", "exampleshire")
    nowhere = campaign.bind("parents", "leaflet", "en")
    assert {"01632 960 000", "exampleshire.example"} <= set(here.contacts)
    assert here.publisher.plain == "Exampleshire Council"
    assert [span.kind for span in nowhere.publisher.spans] == ["placeholder"]
    block = here.blocks[2]
    assert isinstance(block, ContactsBlock)
    assert block.cards[1].name.spans[0] == replace(
        block.cards[1].name.spans[0], text="Exampleshire Children", kind="name"
    )


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (spoil("cover", "Something", msgstr=""), "translation/missing", "Something is not right"),
        (spoil("cover", "Something", flags=["fuzzy"]), "translation/fuzzy", "Something is not right"),
        (spoil("cover", "Danger", msgstr="Teraz"), "translation/placeholder", "lost {{ emergency.phone }}"),
        (
            spoil("cover", "Danger", msgstr="{{ nspcc.phone }}"),
            "translation/placeholder",
            "has {{ nspcc.phone }}",
        ),
        (
            spoil("cover", "Danger", msgstr="{{emergency.phone}}{{emergency.phone}}"),
            "translation/placeholder",
            "not",
        ),
        (spoil("cover", "Danger", msgstr="{{ emergency.telefon }}"), "translation/placeholder", "telefon"),
        (spoil("cover", "Danger", msgstr="{{ emergency.phone() }}"), "content/template", "lookup"),
        (spoil("cover", "Danger", msgstr="{% x %}{{ emergency.phone }}"), "content/template", "lookup"),
        (spoil("cover", "Something", msgstr="**a"), "content/bold", "partner"),
        (spoil("cover", "Something", msgstr="a\u202eb"), "content/character", "U+202E"),
        (spoil("cover", "Something", msgstr="0800 1111"), "content/typed-number", "0800 1111"),
        (spoil("cover", "Something", msgstr="٩٩٩"), "translation/digits", "٩"),
        (spoil("cover", "Something", msgstr="a nspcc.org.uk b"), "content/typed-number", "nspcc.org.uk"),
        (spoil("campaign", "Draft", msgstr=""), "translation/missing", "Draft"),
        (spoil("contact/nspcc", "Free", msgstr=""), "translation/missing", "Free to call."),
        (spoil("piece/parents", "For parents", msgstr=""), "translation/missing", "For parents"),
    ],
)
def test_bad_string_keeps_the_piece_back(tmp_path, change, code, words):
    """One string that must not be printed: the piece is not made; file, line and English are named."""
    plant(tmp_path)
    problems = kept_back(translate(tmp_path, change))
    (problem,) = problems
    assert problem.code == code
    assert words in problem.what
    assert problem.place is not None
    assert problem.place.file == "content/translations/pl.po" and problem.place.line
    assert problem.remedy


def test_only_that_piece_is_kept_back(tmp_path):
    """A string of the leaflet does not touch the poster, nor the English."""
    plant(tmp_path)
    campaign = translate(tmp_path, spoil("what", "any child", msgstr=""))
    assert kept_back(campaign)
    assert campaign.bind("parents", "poster", "pl").blocks
    assert campaign.bind("parents", "leaflet", "en").blocks


def test_all_bad_strings_are_listed(tmp_path):
    """A translator sees the whole list at once."""
    plant(tmp_path)

    def change(entry):
        if entry.msgctxt in ("cover", "what"):
            entry.msgstr = ""

    assert len(kept_back(translate(tmp_path, change))) == 5


def test_stale_string(tmp_path):
    """English that changed after it was translated: said so, with the former wording."""
    plant(tmp_path)
    translate(tmp_path)
    changed = (SHARED, "It can be any child.", "It can be any child at all.")
    campaign = load_sample(tmp_path, changed)
    (problem,) = kept_back(campaign)
    assert problem.code == "translation/stale"
    assert "It can be any child at all." in problem.what and "“It can be any child.”" in problem.what
    assert problem.place is not None and problem.place.line
    assert campaign.bind("parents", "poster", "pl").blocks
    counts = status(campaign)[0]
    assert (counts.stale, counts.missing) == (1, 0)


def test_new_string_is_missing_not_stale(tmp_path):
    """A line that was never there is not taken for a change of another that still stands."""
    plant(tmp_path)
    translate(tmp_path)
    (problem,) = kept_back(
        load_sample(tmp_path, (SHARED, 'any child."', 'any child."\n      - "It can be any boy."'))
    )
    assert problem.code == "translation/missing"


def test_update_makes_changed_english_fuzzy(tmp_path):
    """After an update the old Polish stands beside the new English, marked, with the former English."""
    plant(tmp_path)
    translate(tmp_path)
    campaign = load_sample(tmp_path, (SHARED, "It can be any child.", "It can be any child at all."))
    done = update(campaign, "pl")
    assert (done.changed, done.added, done.removed) == (1, 0, 0)
    entry = polib.pofile(str(po(tmp_path))).find("It can be any child at all.")
    assert entry is not None and entry.fuzzy
    assert (entry.previous_msgid, entry.msgstr) == ("It can be any child.", foreign("It can be any child."))
    assert "#| msgid" in po(tmp_path).read_text("utf-8")
    # A second change keeps the English that was really translated.
    update(load_sample(tmp_path, (SHARED, "It can be any child.", "It could be any child at all.")), "pl")
    entry = polib.pofile(str(po(tmp_path))).find("It could be any child at all.")
    assert entry is not None and entry.previous_msgid == "It can be any child."
    (problem,) = kept_back(load_campaign(tmp_path))
    assert problem.code == "translation/fuzzy"


def test_removed_string_becomes_obsolete_and_comes_back(tmp_path):
    """Work is not lost: a line taken out is kept aside, and whole again when the line returns."""
    plant(tmp_path)
    translate(tmp_path)
    done = update(load_sample(tmp_path, (SHARED, '      - "It can be any child."\n', "")), "pl")
    assert done.removed == 1
    assert [entry.msgid for entry in polib.pofile(str(po(tmp_path))).obsolete_entries()] == [
        "It can be any child."
    ]
    update(load_sample(tmp_path), "pl")
    assert load_campaign(tmp_path).bind("parents", "leaflet", "pl").blocks


def test_update_twice_is_the_same_bytes(tmp_path):
    """Nothing changes where nothing changed: version control stays quiet, a translator's notes stay."""
    plant(tmp_path)
    translate(tmp_path, spoil("cover", "Something", tcomment="Ask Ewa."))
    update(load_campaign(tmp_path), "pl")
    first = po(tmp_path).read_bytes()
    assert b"Ask Ewa." in first
    update(load_campaign(tmp_path), "pl")
    assert po(tmp_path).read_bytes() == first
    assert list(po(tmp_path).parent.iterdir()) == [po(tmp_path)]


def test_translators_see_note_place_and_room(tmp_path):
    """Beside each string: the note of its block, where it stands, how its readers are spoken to, how much
    room it has."""
    campaign = load_sample(
        tmp_path, ("pieces/parents.yaml", 'name: "Parents"\n', 'name: "Parents"\nvoice: "Be kind."\n')
    )
    update(campaign, "pl", {("what", "It is **always** abuse."): "Room: 23 letters."})
    entry = polib.pofile(str(po(tmp_path))).find("It is **always** abuse.", msgctxt="what")
    assert entry is not None
    for words in (
        "Keep it calm.",
        "Parents: leaflet, inside",
        "Register (Parents): Be kind.",
        "Room: 23 letters.",
        "**",
    ):
        assert words in entry.comment
    number = polib.pofile(str(po(tmp_path))).find("Danger now: {{ emergency.phone }}", msgctxt="cover")
    assert number is not None and "double braces" in number.comment


def test_new_words_take_the_approval_back(tmp_path):
    """An approved catalogue with a new line is a draft again: nobody has approved that line."""
    plant(tmp_path)
    approved = {"X-Handbill-State": "approved", "X-Handbill-By": "Ewa", "X-Handbill-On": "2026-11-01"}
    assert translate(tmp_path, header=approved).bind("parents", "leaflet", "pl").state == "approved"
    assert not update(load_campaign(tmp_path), "pl").state_dropped
    more = (SHARED, 'any child."', 'any child."\n      - "You are not alone with this."')
    assert update(load_sample(tmp_path, more), "pl").state_dropped
    assert load_campaign(tmp_path).catalogues["pl"].state == "draft"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"X-Handbill-State": "aproved"}, "“approved”?"),
        ({"X-Handbill-State": "approved"}, "X-Handbill-By"),
        ({"X-Handbill-State": "reviewed", "X-Handbill-By": "Ewa"}, "X-Handbill-On"),
        ({"X-Handbill-On": "1 November"}, "2026-11-22"),
    ],
)
def test_header_is_checked(tmp_path, header, words):
    """An approval without a name and a date is none; a misspelt state does not pass for a draft."""
    plant(tmp_path)
    problem = kept_back(translate(tmp_path, header=header), "poster")[0]
    assert problem.code == "translation/header"
    assert words in problem.remedy


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (None, "translation/no-catalogue"),
        (b'msgid "a"\nmsgstr "b\xff"\n', "translation/unreadable"),
        (b'msgid "a\nmsgstr b\n', "translation/unreadable"),
        (b'msgid "a"\nmsgstr "lost quot\n', "translation/unreadable"),
        (b"this is not a catalogue\n", "translation/unreadable"),
        (
            b'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "d"\n',
            "translation/repeated",
        ),
    ],
)
def test_broken_catalogue_keeps_back_its_language_only(tmp_path, raw, code):
    """A file that Poedit would refuse stops Polish and nothing else; update leaves it alone."""
    plant(tmp_path)
    if raw is not None:
        po(tmp_path).parent.mkdir()
        po(tmp_path).write_bytes(raw)
    campaign = load_campaign(tmp_path)
    assert [problem.code for problem in kept_back(campaign)] == [code]
    assert campaign.bind("parents", "leaflet", "en").blocks
    if code == "translation/unreadable":
        with pytest.raises(InputError, match=code):
            update(campaign, "pl")
        assert po(tmp_path).read_bytes() == raw


def test_update_of_unknown_language(tmp_path):
    """English has no catalogue, and a language needs its record first."""
    campaign = load_sample(tmp_path)
    for language in ("en", "xx"):
        with pytest.raises(InputError, match="command/unknown-language"):
            update(campaign, language)
    with pytest.raises(InputError, match="command/unknown-language"):
        status(campaign, ["xx"])


def test_update_that_cannot_write(tmp_path):
    """Where the folder is a file, the problem says so; nothing half-written is left."""
    campaign = load_sample(tmp_path)
    (tmp_path / "content/translations").write_text("in the way")
    with pytest.raises(InputError, match="translation/unwritable"):
        update(campaign, "pl")


def test_status_counts(tmp_path):
    """The table that a coordinator looks at adds up."""
    plant(tmp_path)
    (row,) = status(translate(tmp_path))
    assert row.complete and row.total == row.translated > 20
    campaign = translate(tmp_path, spoil("cover", "Something", msgstr=""))
    (row,) = status(campaign, ["pl"])
    assert (row.language, row.audience, row.missing, row.complete) == ("pl", "parents", 1, False)


CLEAN = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cf", "Zl", "Zp"), exclude_characters="{}*\ufffd"),
    max_size=60,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CLEAN, min_size=1, max_size=5), CLEAN)
def test_catalogue_round_trip(tmp_path, translations, comment):
    """What polib writes (any script, quotes, backslashes, long lines) reads back as it was."""
    catalogue = polib.POFile(wrapwidth=40)
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for number, text in enumerate(translations):
        catalogue.append(polib.POEntry(msgctxt="x", msgid=f"English {number}", msgstr=text, tcomment=comment))
    path = tmp_path / "pl.po"
    catalogue.save(str(path))
    read = read_catalogue(path, "pl.po")
    assert not read.problems
    for number, text in enumerate(translations):
        entry = read.find("x", f"English {number}")
        assert entry is not None and entry.translation == fold(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "msgid",
                    "msgstr",
                    "msgctxt",
                    " ",
                    '"',
                    "\n",
                    "#",
                    "#~ ",
                    "#| ",
                    "#, fuzzy",
                    "a",
                    "\\",
                    "[0]",
                    "msgid_plural",
                    ":",
                ]
            ),
            max_size=25,
        ).map(lambda parts: "".join(parts).encode()),
    )
)
def test_no_catalogue_raises(tmp_path, raw):
    """Whatever stands in a .po file, reading it ends in a catalogue that may carry problems."""
    path = tmp_path / "pl.po"
    path.write_bytes(raw)
    assert read_catalogue(path, "pl.po").file == "pl.po"
