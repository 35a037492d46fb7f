"""A fingerprint changes when what is printed does: a file that is taken for fresh must be fresh."""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import contextmanager

import polib
import pytest
from projects import edit

from handbill.campaign.messages import walk_prose
from handbill.plan import Selection, plan
from handbill.problems import PieceError
from handbill.workshop import Workshop

CHOSEN = Selection(
    audiences=("drivers", "shop-workers"),
    languages=("en", "pl"),
    layouts=("a4-poster", "dl-roll-fold"),
    editions=("web", "press"),
)


def variants_of(workshop, selection=CHOSEN):
    found = plan(workshop.campaign, workshop.design, selection)
    return [
        one for one in found if one.edition != "press" or (one.language, one.layout) == ("en", "a4-poster")
    ]


def take(workshop, selection=CHOSEN):
    return {variant: workshop.fingerprints.of(variant) for variant in variants_of(workshop, selection)}


def make(workshop):
    """What comes of each variant: its bytes, or what keeps it back."""
    made = {}
    for variant in variants_of(workshop):
        try:
            made[variant] = hashlib.sha256(workshop.make(variant).data).hexdigest()
        except PieceError as error:
            made[variant] = [(problem.code, problem.what) for problem in error.problems]
    return made


def differences(before, after):
    return {variant for variant in before.keys() | after.keys() if before.get(variant) != after.get(variant)}


@pytest.fixture(scope="module")
def shipped(workshop):
    """The project as it comes: fingerprints and what is made."""
    return take(workshop), make(workshop)


def own_block(workshop, audience="drivers"):
    """A block that one audience alone reads, with a text that stands in its file as it is read."""
    placed = {
        name: {block for piece in one.record.pieces.values() for _, _, block in piece.placed()}
        for name, one in workshop.campaign.audiences.items()
    }
    others = set().union(*(blocks for name, blocks in placed.items() if name != audience))
    for name in sorted(placed[audience] - others):
        block = workshop.campaign.blocks[name]
        written = (workshop.root / block.source.file).read_text("utf-8")
        for _, english in walk_prose(block.record):
            if written.count(f'"{english}"') == 1 and "{{" not in english:
                return block, english
    raise AssertionError("no block with a text of its own")


def change_message(project, workshop):
    block, english = own_block(workshop)
    edit(project / block.source.file, f'"{english}"', f'"{english} Soon."')


def change_translation(project, workshop):
    with entry_of(project, workshop) as entry:
        entry.msgstr += " Dobrze."


def mark_fuzzy(project, workshop):
    with entry_of(project, workshop) as entry:
        entry.flags.append("fuzzy")


@contextmanager
def entry_of(project, workshop):
    """The Polish entry of the drivers' own text, saved afterwards as Poedit does."""
    block, english = own_block(workshop)
    path = project / "content/translations/pl.po"
    catalogue = polib.pofile(str(path))
    yield next(entry for entry in catalogue if entry.msgctxt == block.id and entry.msgid == english)
    catalogue.save()


def review_catalogue(project, workshop):
    path = project / "content/translations/pl.po"
    edit(path, "X-Handbill-State: draft", "X-Handbill-State: reviewed")
    edit(path, "X-Handbill-By: ", "X-Handbill-By: A. Reader")
    edit(path, "X-Handbill-On: ", "X-Handbill-On: 2026-11-20")


def change_number(project, workshop):
    number = workshop.campaign.contacts["crimestoppers"].phone
    edit(project / "content/contacts.yaml", f'phone: "{number}"', f'phone: "{number[:-1]}2"')


def name_publisher(project, workshop):
    edit(project / "content/campaign.yaml", "publisher: null", 'publisher: "Somewhere Council"')


def raise_version(project, workshop):
    edit(project / "content/campaign.yaml", f'version: "{workshop.campaign.version}"', 'version: "9.9"')


def change_placeholder(project, workshop):
    edit(project / "content/campaign.yaml", "[LICENSING NUMBER]", "[NUMBER]")


def change_title(project, workshop):
    title = workshop.campaign.audiences["drivers"].record.pieces["leaflet"].title
    edit(project / "content/pieces/drivers.yaml", title, f"{title}!")


def drop_block(project, workshop):
    regions = workshop.campaign.audiences["drivers"].record.pieces["leaflet"].regions
    names = next(blocks for blocks in regions.values() if len(blocks) > 1)
    path = project / "content/pieces/drivers.yaml"
    edit(path, f"[{', '.join(names)}]", f"[{', '.join(names[:-1])}]")


def change_language(project, workshop):
    endonym = workshop.campaign.languages["pl"].endonym
    edit(project / "content/languages.yaml", f"endonym: {endonym}", f"endonym: {endonym} (PL)")


def avoid_a_word(project, workshop):
    rule = "  - {id: G99, avoid: ['polic\\w*'], say: x, level: E, languages: [pl], audiences: [drivers]}\n"
    path = project / "content/style.yaml"
    path.write_text(path.read_text("utf-8") + rule, "utf-8")


def bar_a_word(project, workshop):
    rule = "  - {avoid: ['polic\\w*'], why: x, say: x, audiences: [drivers]}\n"
    path = project / "content/terms/pl.yaml"
    path.write_text(path.read_text("utf-8") + rule, "utf-8")


def change_layout(project, workshop):
    layout = project / "layouts/a4-poster/layout.yaml"
    layout.write_text(
        re.sub(r"(?m)^(spacing: .*block: )[0-9.]+", r"\g<1>9", layout.read_text("utf-8")), "utf-8"
    )


def change_ink(project, workshop):
    theme = project / "layouts/theme.yaml"
    written = re.search(r"night: +\{cmyk: \[[^]]*", theme.read_text("utf-8")).group()
    edit(theme, written, written[:-1] + ("3" if written[-1] != "3" else "4"))


def change_art(project, workshop):
    art = project / "layouts/art/drivers-poster.svg"
    ink = re.search(r'fill="(#[0-9a-f]{6})"', art.read_text("utf-8")).group(1)
    edit(art, "</svg>", f'<circle cx="60" cy="40" r="7" fill="{ink}"/></svg>')


def change_icon(project, workshop):
    names = set()
    for piece in workshop.campaign.audiences["drivers"].record.pieces.values():
        for _, _, block in piece.placed():
            items = getattr(workshop.campaign.blocks[block].record, "items", ())
            names |= {icon for item in items if (icon := getattr(item, "icon", None))}
    edit(project / f"layouts/icons/{min(names)}.svg", "</svg>", '<path d="M 3 3 h 4" /></svg>')


def change_printer(project, workshop):
    edit(project / "layouts/printers/upload.yaml", "marks: false", "marks: true")


@pytest.mark.parametrize(
    ("change", "exactly"),
    [
        (change_message, True),
        (change_translation, True),
        (mark_fuzzy, True),
        (review_catalogue, True),
        (change_number, True),
        (name_publisher, True),
        (raise_version, True),
        (change_placeholder, False),
        (change_title, True),
        (drop_block, True),
        (change_language, True),
        (avoid_a_word, False),
        (bar_a_word, False),
        (change_layout, False),
        (change_ink, False),
        (change_art, True),
        (change_icon, True),
        (change_printer, True),
    ],
)
def test_what_comes_out_otherwise_has_another_fingerprint(project, workshop, shipped, change, exactly):
    """A piece that is not made again although its words or its look changed is wrong on the wall; one
    that is made for nothing costs a second. Where ``exactly``, not even that."""
    change(project, workshop)
    changed = Workshop(project)
    named = differences(shipped[0], take(changed))
    really = differences(shipped[1], make(changed))
    assert really, "the change shows nowhere: this test would pass whatever is named"
    assert really <= named
    if exactly:
        assert really == named


def test_a_word_of_a_block_touches_the_pieces_that_place_it(workshop, project):
    """In every layout and edition that there is, in three languages; every fifth block, to be quick."""
    some = Selection(languages=("en", "pl", "ur"))
    before = take_all(workshop, some)
    for block in list(workshop.campaign.blocks.values())[::5]:
        path = project / block.source.file
        shipped = path.read_text("utf-8")
        own = [text for _, text in walk_prose(block.record) if shipped.count(f'"{text}"') == 1]
        if not own:
            continue
        edit(path, f'"{own[0]}"', f'"{own[0]} Ok."')
        touched = differences(before, take_all(Workshop(project, workshop), some))
        assert touched == {variant for variant in before if places(workshop, variant, block.id)}
        path.write_text(shipped, "utf-8")


def places(workshop, variant, block):
    audience = workshop.campaign.audiences[variant.audience].record
    piece = audience.pieces[workshop.design.piece_of(variant.layout)]
    return any(placed == block for _, _, placed in piece.placed())


EVERYTHING = Selection()


def take_all(workshop, selection=EVERYTHING):
    return {
        variant: workshop.fingerprints.of(variant)
        for variant in plan(workshop.campaign, workshop.design, selection)
    }


def test_what_nobody_prints_touches_nothing(project, workshop):
    """A note for translators, a comment, a line further down, where a number was found: an editor who
    writes these is not kept waiting."""
    block, _ = own_block(workshop)
    path = project / block.source.file
    path.write_text("# Looked over.\n\n" + path.read_text("utf-8"), "utf-8")
    edit(path, '    note: "', '    note: "Read this first. ')
    edit(project / "content/contacts.yaml", 'source: "', 'source: "Looked at again. ')
    catalogue = project / "content/translations/pl.po"
    catalogue.write_text(catalogue.read_text("utf-8").replace("msgctxt", "# Good.\nmsgctxt"), "utf-8")
    for icon in (project / "layouts/icons").glob("*.svg"):
        if not any(icon.stem == name for name in all_icons(workshop)):
            edit(icon, "</svg>", '<path d="M 3 3 h 4" /></svg>')
    changed = Workshop(project)
    assert take_all(changed) == take_all(workshop)
    assert make(changed) == make(workshop)


def all_icons(workshop):
    for block in workshop.campaign.blocks.values():
        yield getattr(block.record, "icon", None)
        for item in getattr(block.record, "items", ()):
            yield getattr(item, "icon", None)


def test_a_site_and_its_numbers_touch_its_own_pieces(project, workshop):
    """A council's new number is no reason to make another council's leaflets again."""
    sites = project / "content/sites.yaml"
    two = "sites:\n  here: {name: Here, council: {phone: '01632 960 000'}}\n  there: {name: There}\n"
    sites.write_text(two, "utf-8")
    before = take_all(Workshop(project))
    edit(sites, "960 000", "960 009")
    after = take_all(Workshop(project))
    touched = {variant for variant in before if before[variant] != after[variant]}
    assert {variant.site for variant in touched} == {"here"}
    uses = {
        (audience.id, name)
        for audience in workshop.campaign.audiences.values()
        for name, piece in audience.record.pieces.items()
        if any(
            contact == "council"
            for _, _, block in piece.placed()
            for contact, _ in workshop.campaign.blocks[block].uses
        )
    }
    assert {(one.audience, workshop.design.piece_of(one.layout)) for one in touched} == uses


def test_another_font_touches_the_languages_that_are_set_in_it(project, workshop):
    """A face that is replaced under its old name is another face; what is shaped with the others stays
    known."""
    (project / "fonts").unlink()
    (project / "fonts").mkdir()
    for path in (workshop.root / "fonts").iterdir():
        (project / "fonts" / path.name).symlink_to(path)
    before = Workshop(project)
    assert Workshop(project, before).library is before.library
    name = before.campaign.languages["bn"].faces.regular[0]
    record = before.library.records[name]
    folder = project / "fonts" / record.file.split("/")[0]
    shipped = folder.resolve()
    folder.unlink()
    shutil.copytree(shipped, folder)
    font = (shipped.parent / record.file).read_bytes() + b"\0"
    (project / "fonts" / record.file).write_bytes(font)
    listed = (workshop.root / "fonts" / "fonts.yaml").read_text(encoding="utf-8")
    (project / "fonts" / "fonts.yaml").unlink()
    (project / "fonts" / "fonts.yaml").write_text(
        listed.replace(record.sha256, hashlib.sha256(font).hexdigest()), encoding="utf-8"
    )
    after = Workshop(project, before)
    assert after.library is not before.library
    changed = {variant.language for variant in differences(take_all(before), take_all(after))}
    assert changed == {"bn"}
