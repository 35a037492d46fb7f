"""The family of formats: type by reading distance, tabs that are cut apart, codes that a telephone reads."""

from __future__ import annotations

import numpy
import pytest
import zxingcpp
from readers import pdfium_chars, raster

from handbill.plan import Selection, plan
from handbill.scene import TextLine, walk
from handbill.units import mm

FLOORS = {
    "a4-poster": (40, 18),
    "customer-poster": (40, 18),
    "tear-off-poster": (40, 18),
    "a3-poster": (53, 24),
    "a2-poster": (77, 32),
}
"""Least size of headline and body in points: headlines for 3, 5 and 10 m, bodies for 1 m and more."""


def by_turns(variants, turn):
    """Of each language one audience, of each language the next one."""
    audiences = sorted({variant.audience for variant in variants})
    languages = sorted({variant.language for variant in variants})
    return [
        variant
        for variant in variants
        if variant.audience == audiences[(languages.index(variant.language) + turn) % len(audiences)]
    ]


@pytest.mark.parametrize("layout", FLOORS)
def test_posters_are_read_from_their_distance(workshop, layout):
    """Every poster in every language, its audiences taking turns, in the script's own size: a headline or a
    body below its floor is lost on the wall, and a number that is less than twice the body does not
    stand out."""
    least_title, least_body = FLOORS[layout]
    seen = set()
    every = plan(workshop.campaign, workshop.design, Selection(layouts=(layout,), editions=("press",)))
    turn = list(FLOORS).index(layout)
    for variant in by_turns(every, turn):
        sizes = workshop.compose(variant, workshop.bind(variant)).sizes
        ratio = workshop.scripts[variant.language].size_ratio
        assert sizes["title"] * ratio >= least_title, variant.words
        assert sizes["body"] * ratio >= least_body, variant.words
        assert sizes["number"] >= 2 * sizes["body"], variant.words
        seen.add(variant.language)
    assert seen == set(workshop.campaign.languages)


def test_a_larger_poster_is_no_zoom(workshop):
    """Scaling A4 to A2 would double the small print and every margin; each format has sizes of its own."""
    a4, a3, a2 = (workshop.design.layouts[f"{name}-poster"].spec for name in ("a4", "a3", "a2"))
    for small, large, growth in ((a4, a3, 2**0.5), (a3, a2, 2**0.5)):
        ratios = {
            role: large.type.size(role).steps[0] / small.type.size(role).steps[0]
            for role in ("title", "number", "body", "small")
        }
        assert max(ratios.values()) - min(ratios.values()) > 0.02, ratios
        assert ratios["small"] < growth


@pytest.mark.parametrize("audience", ["parents", "young-people", "drivers", "shop-workers"])
def test_no_piece_has_more_than_four_sizes_of_type(workshop, audience):
    """Five sizes are four decisions and a slip (design brief)."""
    for variant in plan(
        workshop.campaign, workshop.design, Selection((audience,), ("en",), (), ("web", "screen"))
    ):
        scene = workshop.compose(variant, workshop.bind(variant)).scene
        sizes = {
            round(run.size, 2)
            for page in scene.pages
            for item in walk(page.items)
            if isinstance(item, TextLine)
            for run in item.line.runs
        }
        assert len(sizes) <= 4, f"{variant.words}: {sorted(sizes)}"


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(("audience", "number"), [("parents", "08088005000"), ("young-people", "08001111")])
def test_each_tab_carries_the_whole_number(workshop, tmp_path, language, audience, number):
    """A tab is all that somebody takes home. Cut apart on the lines, each has the number, clear of the
    scissors, and nothing else: nothing on it tells whom it rings."""
    (variant,) = plan(
        workshop.campaign,
        workshop.design,
        Selection((audience,), (language,), ("tear-off-poster",), ("press",)),
    )
    path = tmp_path / "poster.pdf"
    path.write_bytes(workshop.make(variant).data)
    spec = workshop.design.layouts["tear-off-poster"].spec
    bleed = mm(workshop.printer(variant).bleed_mm)
    sides = next(
        region.margins.sides
        for side in spec.sides
        for panel in side.panels
        for region in panel.regions
        if region.tabs
    )
    top, left = bleed + mm(spec.tab_height), bleed + mm(sides)
    cell = mm(spec.trim[0] - 2 * sides) / spec.tabs
    on_tabs = [(text, box) for text, box in pdfium_chars(path)[0] if box[3] <= top and text.strip()]
    for tab in range(spec.tabs):
        start, end = left + tab * cell, left + (tab + 1) * cell
        mine = [(text, box) for text, box in on_tabs if start <= (box[0] + box[2]) / 2 < end]
        mine.sort(key=lambda one: one[1][0])
        assert "".join(text for text, _ in mine) == number, (tab, language)
        assert mine[0][1][0] - start > mm(1.5) and end - mine[-1][1][2] > mm(1.5)
    assert len(on_tabs) == spec.tabs * len(number)


def test_codes_are_read_from_a_coarse_grey_print(workshop, tmp_path):
    """From the office printer, in grey, at 150 ppi: as bad as a code is ever printed (print-spec 3.5)."""
    seen = set()
    for variant in plan(workshop.campaign, workshop.design, Selection((), ("en",), (), ("web", "screen"))):
        made = workshop.make(variant)
        if not made.record["qr"]:
            continue
        path = tmp_path / "code.pdf"
        path.write_bytes(made.data)
        found = {
            code.text
            for page in raster(path, 150)
            for code in zxingcpp.read_barcodes(numpy.ascontiguousarray(page))
        }
        assert found == set(made.record["qr"]), variant.words
        seen.add(variant.layout)
    assert {"a4-poster", "a3-poster", "a2-poster", "tear-off-poster", "customer-poster"} <= seen
