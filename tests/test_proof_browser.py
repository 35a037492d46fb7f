"""The proof in a real Chromium: its words look as the pictures do, by eye, by ear and on paper."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from handbill.proof.proof import make_proof, write_proof

SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
"""Everything that axe knows, at its strictest: text at 7:1 and targets for fingers."""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 720}

WIDTHS = """() => [...document.querySelectorAll(".row")].map(row => {
  const range = document.createRange();
  return [row.id, [...row.querySelectorAll(".line")].map(line => {
    range.selectNodeContents(line);
    return range.getBoundingClientRect().width;
  })];
})"""


@pytest.fixture(scope="module")
def proofs(workshop, tmp_path_factory):
    """A proof of a leaflet, as a file."""
    folder = tmp_path_factory.mktemp("proofs")
    made = {}

    def go(language):
        if language not in made:
            proof = make_proof(workshop, language, ("parents",), ("dl-roll-fold",))
            path = folder / f"{language}.html"
            write_proof(proof, workshop, path)
            made[language] = proof, path
        return made[language]

    return go


@pytest.fixture(scope="module")
def browser(oracle):
    from playwright.sync_api import sync_playwright

    program = oracle("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*SWITCHES])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens a proof; at the end it may not have complained, or asked for anything outside itself."""
    contexts, faults = [], []

    def go(path, window=WIDE):
        context = browser.new_context(viewport=window)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.startswith(("file:", "data:")) or faults.append(request.url),
        )
        page.goto(f"file://{path}")
        page.evaluate("document.fonts.ready")
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def count_loose_marks(line):
    """Full-width marks that stand at an edge of a line or beside another."""
    marks = [unicodedata.east_asian_width(char) in "FWA" and not char.isalnum() for char in f"。{line}。"]
    return sum(
        here and (before or after) for before, here, after in zip(marks, marks[1:], marks[2:], strict=False)
    )


@pytest.mark.parametrize("language", ["pl", "ur", "bn", "zh-Hans"])
def test_words_are_as_wide_as_in_the_picture(proofs, open_page, language):
    """The browser sets the words with the fonts that the page carries: were letters missing there, or
    taken from another font, shapes would differ where nothing is wrong, or agree where something is."""
    proof, path = proofs(language)
    set_wide = dict(open_page(path).evaluate(WIDTHS))
    compared = 0
    for row in proof.rows:
        lines = zip(row.paragraph.lines, row.paragraph.widths, set_wide[f"row-{row.number}"], strict=True)
        for line, printed, width in lines:
            shown = printed * row.strip.scale * 96 / 72
            # Of full-width marks at an edge, or beside each other, setters drop the empty half.
            spare = count_loose_marks("".join(span.text for span in line)) * row.size / 2 * 96 / 72
            slack = max(3, shown * 0.04)
            assert shown - slack < width < shown + spare + slack, (row.number, row.block, shown, width)
            compared += 1
    assert compared > 80


@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["pl", "ur"])
def test_axe_finds_no_fault(proofs, open_page, language, window):
    """Reviewers use screen readers and magnifiers too."""
    path = os.environ.get("HANDBILL_AXE")
    if path is None or not Path(path).is_file():
        message = "axe-core is not at hand: HANDBILL_AXE names its axe.min.js (see .ci/run)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    page = open_page(proofs(language)[1], window)
    page.evaluate(Path(path).read_text("utf-8"))
    found = page.evaluate("options => axe.run(document, options)", AXE)["violations"]
    assert [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]] == []


def test_paper_shows_every_row_whole(proofs, open_page, tmp_path):
    """Most proofs are printed, marked by hand and sent back."""
    proof, path = proofs("ur")
    page = open_page(path)
    file = tmp_path / "proof.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    with pypdfium2.PdfDocument(file) as document:
        assert [round(side) for side in document[0].get_size()] == [842, 595], "not A4 across"
        words = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    assert len(words) < 30
    assert sum(text.count("sameshapes,starttoend") for text in words) == sum(1 for _ in proof.rows)
    assert "Signedoff" in words[0]
