"""Languages that nobody speaks: longer, right to left, without spaces, with tall marks.

Whatever language comes next, every layout fits or says where not: never a word lost, cut off or turned round.
"""

from __future__ import annotations

import re
import shutil
from typing import NamedTuple

import pytest
from readers import squeeze
from structure_text import hear, plain

from handbill.campaign.bound import walk_texts
from handbill.campaign.pseudo import pseudo
from handbill.compose.flow import compose_flow
from handbill.plan import Selection, plan
from handbill.problems import PieceError
from handbill.scene import Group, TextLine, walk
from handbill.survey.survey import spots
from handbill.text.extent import inked_box
from handbill.workshop import Workshop, middle_of
from handbill.writers.pdf import write_pdf


class Pseudo(NamedTuple):
    """A language like an existing one, and letters of its words for one of the English."""

    like: str
    growth: float


LANGUAGES = {
    "qaa": Pseudo("pl", 1.4),  # long words
    "qab": Pseudo("ar", 1.3),  # right to left
    "qac": Pseudo("zh-Hans", 0.6),  # no spaces
    "qad": Pseudo("ur", 1.0),  # tall marks, right to left
    "qae": Pseudo("bn", 1.2),  # signs on all sides of a letter
}
"""Tags are of ISO 639's range for private use."""


@pytest.fixture(scope="module")
def shop(root, tmp_path_factory):
    """A workshop whose campaign has the pseudo-languages too."""
    project = tmp_path_factory.mktemp("pseudo")
    for name in ("content", "layouts"):
        shutil.copytree(root / name, project / name)
    (project / "fonts").symlink_to(root / "fonts")
    records = project / "content/languages.yaml"
    text = records.read_text("utf-8").rstrip("\n")
    for tag, (like, _) in LANGUAGES.items():
        record = re.search(rf"^  {like}:\n(?:    .*\n|\n|      .*\n)+", text + "\n", re.M)
        assert record
        made = record[0].replace(f"  {like}:", f"  {tag}:", 1).rstrip("\n")
        text += (
            "\n\n" + re.sub(r"    name: .*", f"    name: Like {like}", made) + "\n    in_preparation: true"
        )
    records.write_text(text + "\n", "utf-8")
    return Workshop(project)


def bind(shop, language, audience, layout):
    """The piece in a pseudo-language."""
    growth = LANGUAGES[language].growth
    record = shop.campaign.languages[language]

    def stand_in(context, english):
        return pseudo(english, record, growth)

    return shop.campaign.bind(audience, shop.design.piece_of(layout), language, None, stand_in)


def by_turns(shop, language):
    """Each layout with one of its audiences, each language with the next one."""
    turn = list(LANGUAGES).index(language)
    kept = {}
    for spot in spots(shop, language):
        kept.setdefault(spot.layout, []).append(spot)
    assert len(kept) >= 11
    return [of_layout[turn % len(of_layout)] for of_layout in kept.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layout_fits_or_says_where_not(shop, language):
    """A piece is made with all its words inside its sheet, or it is not made and the panel is named."""
    made = refused = 0
    looked_at = by_turns(shop, language)
    for spot in looked_at:
        piece = bind(shop, language, spot.audience, spot.layout)
        layout = shop.design.layouts[spot.layout]
        middle = middle_of(shop.campaign.languages[language])
        try:
            composed = shop.composer.compose(piece, layout, shop.scripts[language], middle)
        except PieceError as error:
            refused += 1
            for problem in error.problems:
                assert problem.code in ("text/overset", "text/too-wide"), problem
                assert problem.place is not None and problem.place.file.startswith("content/"), problem
                if problem.code == "text/overset":
                    said = re.escape(f"{piece.language_name}, {spot.audience}")
                    assert re.search(rf"{said}.* panel “.+”.* [0-9]+ letters", str(problem)), problem
                else:
                    assert re.search(r"“.+” cannot be broken.* mm wide", str(problem)), problem
            continue
        made += 1
        assert all(fit.used_mm <= fit.room_mm + fit.free_mm + 0.01 for fit in composed.fits), spot
        said = squeeze(" ".join(tag_texts(composed.scene)))
        for block in composed.blocks:
            short = layout.spec.display or layout.spec.numbers == "column"
            for text in walk_texts(block):
                assert text in names(block, "name" if short else "short") or squeeze(text.plain) in said, (
                    f"{spot}: {text.plain}"
                )
        for page in composed.scene.pages:
            for line in (item for item in walk(page.items) if isinstance(item, TextLine)):
                ink = inked_box(line.line, shop.library)
                if ink is not None:
                    assert line.x + ink.x >= 0 and line.x + ink.x + ink.width <= page.width, spot
                    assert line.y + ink.y >= 0 and line.y + ink.y + ink.height <= page.height, spot
    assert made and made + refused == len(looked_at)


def names(block, field):
    """The long or short names on a block's cards, of which one is printed."""
    return [getattr(card, field) for card in getattr(block, "cards", ())]


def tag_texts(scene):
    """What the scene's tags say."""
    for page in scene.pages:
        for item in walk(page.items):
            if isinstance(item, Group) and item.tag.text:
                yield item.tag.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_words_come_out_of_the_finished_file(shop, language, tmp_path):
    """Large print takes the pages it needs, so that every string is there: none swapped, none reversed."""
    (variant,) = plan(
        shop.campaign,
        shop.design,
        Selection(("parents",), (language,), ("a4-large-print",), ("large-print",)),
    )
    piece = bind(shop, language, variant.audience, variant.layout)
    flow = shop.design.flows[variant.layout]
    middle = middle_of(shop.campaign.languages[language])
    composed = compose_flow(shop.composer, piece, flow, shop.scripts[language], middle)
    edited = shop.edit(variant, piece, composed)
    path = tmp_path / "pseudo.pdf"
    path.write_bytes(write_pdf(edited.scene, shop.library, edited.options))
    heard = squeeze(" ".join(plain(item.text) for item in hear(path)))
    for block in composed.blocks:
        for text in walk_texts(block):
            assert text in names(block, "short") or squeeze(plain(text.plain)) in heard, text.plain
    for contact in ("999", "0800 1111", "0808 800 5000"):
        assert contact in composed.contacts and squeeze(contact) in heard, contact


def test_pseudo_text_is_never_printed(shop, tmp_path, capsys):
    """What says nothing in any language must not leave by a normal build."""
    from handbill.cli import main

    code = main(
        ["--output", str(tmp_path), "--jobs", "1", "--language", "qaa", "--layout", "till-card"], shop.root
    )
    out = capsys.readouterr().out
    assert code == 1 and "translation/no-catalogue" in out
    assert not list(tmp_path.rglob("*.pdf"))
