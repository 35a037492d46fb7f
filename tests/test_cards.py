"""Cards: read in the hand after cutting and folding, by people who have no time."""

from __future__ import annotations

import pytest
from folded_card import RIGHT_TO_LEFT, fold
from pdf_faults import paint, patch, spoil, trim_mm
from readers import pdfium_chars, squeeze

from handbill.checks.run import check_file
from handbill.plan import Selection, Variant, plan
from handbill.problems import InputError
from handbill.scene import TextLine, walk
from handbill.units import mm
from handbill.workshop import Workshop

CARDS = ("wallet-card", "visor-card", "till-card")
CLEAR = mm(5)
HAIR = 0.05
"""Points: what a box loses by rounding."""


@pytest.fixture(scope="module")
def cards(workshop):
    """Every card in every language, composed."""
    variants = plan(workshop.campaign, workshop.design, Selection(layouts=CARDS, editions=("web",)))
    return {variant: workshop.compose(variant, workshop.bind(variant)) for variant in variants}


def press(language, audience="drivers", layout="wallet-card"):
    return Variant("press", language, None, audience, layout)


def letters(workshop, variant, tmp_path):
    """What pdfium finds on the finished file: for each page [(letter, box)], from the trimmed edge."""
    made = workshop.make(variant)
    path = tmp_path / "card.pdf"
    path.write_bytes(made.data)
    bleed = mm(made.record["bleed_mm"])
    return [
        [
            (text, tuple(side - bleed for side in box))
            for text, box in page
            if text.strip() and box[2] > box[0]
        ]
        for page in pdfium_chars(path)
    ]


def on(half, pages):
    """The letters whose middle stands on a half of the sheet, in no order: readers differ in Nastaliq's."""
    found = [text for text, box in pages[half.page] if half.left <= (box[0] + box[2]) / 2 < half.right]
    return sorted(squeeze("".join(found)))


def printed(workshop, variant, panel):
    """The letters that a panel of the composition holds."""
    scene = workshop.compose(variant, workshop.bind(variant)).scene
    lines = [
        item.line.text
        for page in scene.pages
        for group in page.items
        if group.region == panel
        for item in walk((group,))
        if isinstance(item, TextLine)
    ]
    return sorted(squeeze("".join(lines)))


@pytest.mark.parametrize("language", ["en", "pl", "ur"])
def test_the_wallet_card_folds_with_its_cover_in_front(workshop, tmp_path, language):
    """Printed on both sides, turned on the short edge and folded once, the cover is in front with its
    spine where a reader of the language expects it; the steps are behind it, then the numbers, and
    the imprint is on the back. Read from the finished file by pdfium, without the layout."""
    variant = press(language)
    pages = letters(workshop, variant, tmp_path)
    width = mm(170)
    folded = fold(width, language)
    for panel, half in {
        "cover": folded.front, "inside-1": folded.first, "inside-2": folded.second, "back": folded.back,
    }.items():  # fmt: skip
        words = printed(workshop, variant, panel)
        assert len(words) > 15
        assert on(half, pages) == words, panel
    assert folded.front.left == (0 if language in RIGHT_TO_LEFT else width / 2)


@pytest.mark.parametrize("language", ["en", "ur", "bn"])
@pytest.mark.parametrize("audience", ["young-people", "shop-workers"])
def test_no_letter_stands_at_the_fold_or_the_cut(workshop, tmp_path, language, audience):
    """Folds wander 2 to 3 mm and cuts 2: what stands nearer than 5 mm is bent or gone (print-spec 3.1)."""
    for page in letters(workshop, press(language, audience), tmp_path):
        for text, (left, low, right, top) in page:
            assert min(abs(left - mm(85)), abs(right - mm(85))) >= CLEAR - HAIR, text
            assert min(left, low, mm(170) - right, mm(55) - top) >= CLEAR - HAIR, text


@pytest.mark.parametrize("language", ["en", "ur"])
def test_copies_on_an_office_sheet_are_back_to_back(workshop, tmp_path, language):
    """Five cards a sheet, printed on both sides and cut: behind each cover lie its own steps."""
    path = tmp_path / "sheet.pdf"
    path.write_bytes(workshop.make(Variant("office", language, None, "drivers", "wallet-card")).data)
    outside, inside = pdfium_chars(path)
    left = mm((210 - 170) / 2)
    cover = fold(mm(170), language).front
    for copy in range(5):
        low = mm((297 - 5 * 55) / 2 + copy * 55)

        def inked(page, start, end, low=low):
            return [
                text
                for text, box in page
                if text.strip() and start <= (box[0] + box[2]) / 2 < end and low <= box[1] < low + mm(55)
            ]

        front = inked(outside, left + cover.left, left + cover.right)
        # The sheet stands upright and turns on its long edge: left and right change places.
        behind = inked(inside, mm(210) - left - cover.right, mm(210) - left - cover.left)
        assert sorted(squeeze("".join(front))) == printed(workshop, press(language), "cover")
        assert sorted(squeeze("".join(behind))) == printed(workshop, press(language), "inside-1")


def test_every_card_fits_and_its_numbers_dominate(cards):
    """The number is what a card is for; nothing on it is smaller than an x-height of 2 mm, and nothing is
    left out for room."""
    assert {variant.layout for variant in cards} == set(CARDS)
    for variant, made in cards.items():
        sizes = made.sizes
        assert sizes["number"] >= 1.9 * sizes["body"], variant.words
        assert sizes["small"] >= 11.5 and made.smallest_pt >= 11.5, variant.words
        assert not made.dropped, variant.words


@pytest.mark.parametrize(("language", "first"), [("en", "999"), ("ur", "101")])
def test_short_numbers_stand_side_by_side(workshop, language, first):
    """Two short numbers share a row, the first where reading begins, so that all three can be large."""
    variant = press(language, layout="visor-card")
    page = workshop.compose(variant, workshop.bind(variant)).scene.pages[0]
    lines = {squeeze(item.line.text): item for item in walk(page.items) if isinstance(item, TextLine)}
    assert lines["999"].y == lines["101"].y > lines["0800555111"].y
    assert min(("999", "101"), key=lambda text: lines[text].x + lines[text].line.indent) == first


def test_a_low_wide_sheet_reaches_its_bleed(workshop, tmp_path):
    """A picture of whole pixels is a little longer than the page; on a card of 170 x 55 mm that passed for
    art that stops too early, and good press files were refused. Art that does stop is still found."""
    made = workshop.make(press("en"))
    path = tmp_path / "card.pdf"

    def found(data):
        path.write_bytes(data)
        return {finding.check for finding in check_file(path, made.profile, made.expected)}

    def stop_short(pdf):
        _, _, right, top = trim_mm(pdf)
        paint(pdf, patch(right + 2, 0, 20, top + 20, "0 0 0 0 k"))

    assert "bleed-reached" not in found(made.data)
    assert "bleed-reached" in found(spoil(made.data, stop_short, path).read_bytes())


def test_an_audience_with_a_card_has_its_art(project):
    """Art that is missing for one of the audiences is told before anything is made, with its name."""
    (project / "layouts/art/drivers-card.svg").unlink()
    with pytest.raises(InputError) as caught:
        Workshop(project)
    (problem,) = caught.value.problems
    assert problem.code == "layout/no-art" and "drivers-card.svg" in problem.what
