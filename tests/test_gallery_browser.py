"""The gallery in a real Chromium, in a wide and in a phone's window: by keyboard, by ear, on paper."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest
from gallery_site import NOT_BUILT, rewrite

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 720}
WINDOWS = pytest.mark.parametrize("window", [WIDE, PHONE], ids=["wide", "phone"])
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


@pytest.fixture(scope="module")
def site(workshop, gallery, tmp_path_factory):
    """Real files and one that could not be made."""
    folder = tmp_path_factory.mktemp("with-missing")
    return rewrite(workshop, gallery, folder, lambda manifest: manifest["not_built"].append(NOT_BUILT))


@pytest.fixture(scope="module")
def browser(oracle):
    from playwright.sync_api import sync_playwright

    program = oracle("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*SWITCHES])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, site):
    """Opens the gallery; at the end no page may have complained, or asked for what is not there."""
    contexts, faults = [], []

    def go(address="", window=WIDE, folder=site.folder, **options):
        context = browser.new_context(viewport=window, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.on("request", lambda request: request.url.startswith("file:") or faults.append(request.url))
        page.goto(f"file://{folder}/index.html{address}")
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def cards(page):
    """Title, language and format of the cards that are shown."""
    return page.locator(".card:visible").evaluate_all("nodes => nodes.map(node => node.id)")


def said(page):
    return page.get_by_role("status").inner_text()


def focused(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


# By ear and by eye


@pytest.fixture(scope="module")
def axe():
    path = os.environ.get("HANDBILL_AXE")
    if path is None or not Path(path).is_file():
        message = "axe-core is not at hand: HANDBILL_AXE names its axe.min.js (see .ci/run)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return Path(path).read_text("utf-8")


def violations(page, axe):
    page.evaluate(axe)
    found = page.evaluate("options => axe.run(document, options)", AXE)
    return [
        f"{rule['id']}: {node['html'][:150]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@WINDOWS
def test_axe_finds_no_fault(open_page, axe, window):
    """As it opens, with a piece opened, with the guide open, with the questions open, and with nothing
    that fits: a fault in any of these shuts somebody out."""
    page = open_page(window=window)
    assert violations(page, axe) == []
    if window is PHONE:
        page.locator(".filters summary").click()
        assert violations(page, axe) == []
    page.locator("#piece-ur-parents-dl-roll-fold summary").click()
    assert violations(page, axe) == []
    page.locator("#piece-ur-parents-dl-roll-fold .how").first.click()
    assert page.get_by_role("dialog").is_visible()
    assert violations(page, axe) == []
    page = open_page("#audience=young-people&language=ur", window)
    assert page.get_by_text("No pieces match.").is_visible()
    assert violations(page, axe) == []


def test_axe_is_awake(open_page, axe):
    """An oracle that finds nothing in a spoilt page proves nothing."""
    page = open_page()
    page.evaluate(
        "document.querySelector('.card img').removeAttribute('alt');"
        "document.querySelector('.card .what').style.color = '#666';"
    )
    found = " ".join(violations(page, axe))
    assert "image-alt" in found and "color-contrast-enhanced" in found


@pytest.mark.parametrize("width", [320, 375])
def test_a_phone_need_not_scroll_sideways(open_page, width):
    """At 375 px, and at the 320 px of WCAG 2.2, 1.4.10, with everything opened."""
    page = open_page(window={"width": width, "height": 700})

    def across():
        return page.evaluate("document.scrollingElement.scrollWidth")

    assert across() == width
    page.locator(".filters summary").click()
    assert across() == width
    for card in page.locator(".card").all():
        card.locator("summary").click()
        assert across() == width
        inside = card.locator(".inside").bounding_box()
        assert inside["x"] >= 0 and inside["x"] + inside["width"] <= width
    page.locator(".card .how:visible").first.click()
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width
    for guide in page.locator(".guides .guide").all():
        assert guide.bounding_box()["width"] <= width


def test_each_picture_comes_when_it_is_wanted_and_no_sooner(open_page, site):
    """Five hundred pieces would else be read from the disk before anything is seen."""
    page = open_page(window=PHONE)
    page.wait_for_load_state("networkidle")
    loaded = "nodes => nodes.filter(node => node.complete && node.naturalWidth).length"
    images = page.locator(".spreads img")
    assert images.evaluate_all(loaded) == 0
    for card in page.locator(".card").all():
        card.locator("summary").click()
        for image in card.locator("img").all():
            if image.is_visible():
                image.scroll_into_view_if_needed()
                image.evaluate("node => node.decode()")
                assert image.evaluate("node => node.naturalWidth === Number(node.getAttribute('width'))")


# By keyboard


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, words):
    """Press Tab until the focus is on what has these words; the focus must be seen on its way."""
    for _ in range(60):
        press(page, "Tab")
        if words in focused(page):
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen == "solid", f"the focus on {words} is not seen"
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def test_filtering_by_keyboard_alone(open_page):
    """Who cannot use a mouse finds the Urdu leaflet, is told how many there are, and gets back."""
    page = open_page()
    everything = cards(page)
    tab_to(page, 'value="ur"')
    press(page, "Space")
    assert said(page) == f"3 of {len(everything)} pieces shown"
    assert all(card.startswith("piece-ur-") for card in cards(page))
    tab_to(page, 'value="dl-roll-fold"')
    press(page, "Space")
    assert cards(page) == ["piece-ur-parents-dl-roll-fold"]
    assert urlsplit(page.url).fragment == "language=ur&format=dl-roll-fold"
    tab_to(page, 'type="reset"')
    press(page, "Enter")
    assert cards(page) == everything and said(page) == f"{len(everything)} pieces shown"
    assert urlsplit(page.url).fragment == ""


def test_two_languages_at_once(open_page):
    """A practice with Urdu and English patients wants both; answers to one question add up."""
    page = open_page()
    page.get_by_role("checkbox", name="اردو").check()
    page.get_by_role("checkbox", name="English").check()
    page.get_by_role("checkbox", name="Office printer").check()
    shown = cards(page)
    assert {card.split("-")[1] for card in shown} == {"en", "ur"}
    assert not any("large-print" in card for card in shown)
    count = page.locator("label", has_text="Parents and carers").locator(".count")
    assert count.inner_text() == str(sum("parents" in card for card in shown))


def test_the_address_keeps_the_choice(open_page):
    """A link that was sent shows what its sender saw; one with nonsense in it shows everything."""
    page = open_page("#language=ur&audience=parents,young-people&format=a4-poster")
    assert cards(page) == ["piece-ur-parents-a4-poster"]
    assert page.get_by_role("checkbox", name="اردو").is_checked()
    page.evaluate("location.hash = 'language=en'")
    page.wait_for_function("document.querySelector('[value=en]').checked")
    assert all(card.startswith("piece-en-") for card in cards(page))
    page = open_page("#language=tlh&colour=%E0%A4%A&=")
    assert said(page).endswith("pieces shown") and " of " not in said(page)


def test_nothing_that_fits_is_said_and_undone(open_page):
    """An empty page without a word is taken for a fault."""
    page = open_page("#audience=young-people&language=ur")
    assert cards(page) == [] and said(page).startswith("0 of ")
    tab_to(page, 'class="reset"')
    press(page, "Enter")
    assert len(cards(page)) > 3 and not page.get_by_text("No pieces match.").is_visible()
    assert 'id="pieces"' in focused(page)


def test_skipping_to_the_pieces_keeps_the_choice(open_page):
    """The first stop of the keyboard leads past the questions, and the address stays what it was."""
    page = open_page("#language=ur")
    press(page, "Tab")
    assert 'class="skip"' in focused(page)
    assert page.locator(".skip").bounding_box()["y"] >= 0
    press(page, "Enter")
    assert 'id="pieces"' in focused(page) and page.url.endswith("#language=ur")
    assert len(cards(page)) == 3
    press(page, "Tab", "Tab")
    assert "summary" in focused(page)


@WINDOWS
def test_how_to_print_opens_and_closes_by_keyboard(open_page, window):
    """The guide comes to the reader, takes the focus and gives it back; the choice is kept."""
    page = open_page("#language=ur", window)
    page.locator("#piece-ur-parents-dl-roll-fold summary").focus()
    press(page, "Enter")
    for name in ("Printing company", "Office printer"):
        link = page.locator("#piece-ur-parents-dl-roll-fold .offers li", has_text=name).locator(".how")
        link.focus()
        press(page, "Enter")
        dialog = page.get_by_role("dialog")
        assert name in dialog.get_by_role("heading").inner_text()
        assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
        assert dialog.locator("svg[role=img]").count() >= 2
        press(page, "Escape")
        assert not dialog.is_visible() and 'class="how"' in focused(page)
    assert page.url.endswith("#language=ur") and len(cards(page)) == 3


def test_a_picture_opens_its_piece(open_page):
    """Who points at a leaflet wants to see more of it."""
    page = open_page()
    card = page.locator("#piece-en-parents-dl-roll-fold")
    card.locator(".face").click()
    captions = card.locator("figcaption").all_inner_texts()
    assert captions == [
        "Folded, as it lies in the hand: front and back",
        "Opened flat: inside",
        "Opened flat: outside",
    ]
    assert card.locator("figure.joined").first.locator("img").evaluate_all(
        "nodes => nodes.map(node => node.alt)"
    ) == ["Inside 1", "Inside 2", "Inside 3"]
    tops = (
        card.locator("figure.joined")
        .first.locator("img")
        .evaluate_all("nodes => nodes.map(node => Math.round(node.getBoundingClientRect().bottom))")
    )
    assert max(tops) - min(tops) <= 1, "panels of one sheet end at one edge"


# Without a script, and on paper


def test_without_javascript_everything_is_there(open_page, site):
    """Some offices forbid scripts in local files: all pieces, all links and all guides are seen."""
    page = open_page("#language=ur", java_script_enabled=False)
    assert page.locator(".card:visible").count() == page.locator(".card").count() > 4
    assert not page.locator(".filters").is_visible() and not page.locator(".print").is_visible()
    page.locator("#piece-ur-parents-dl-roll-fold summary").click()
    for link in page.locator("#piece-ur-parents-dl-roll-fold .offers a:not(.how)").all():
        assert link.is_visible()
        assert (site.folder / unquote(link.get_attribute("href"))).is_file()
    how = page.locator("#piece-ur-parents-dl-roll-fold .how").first
    name = how.get_attribute("href")
    how.click()
    assert page.url.endswith(name)
    box = page.locator(name).bounding_box()
    assert -5 <= box["y"] < WIDE["height"]


def test_the_contact_sheet_prints_what_is_shown(open_page):
    """On paper: a picture, the code, the title, the language and the format of each piece, nothing else."""
    page = open_page("#language=ur", PHONE)
    page.evaluate("window.print = () => { window.asked = true; }")
    page.get_by_role("button", name="Print a contact sheet").click()
    page.wait_for_function("window.asked")
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible() and not page.locator(".guides").is_visible()
    columns = page.locator(".cards:visible").evaluate("node => getComputedStyle(node).gridTemplateColumns")
    assert len(columns.split()) == 4
    card = page.locator("#piece-ur-parents-dl-roll-fold")
    for name in (".code", "h3", ".what", ".state", ".face img"):
        assert card.locator(name).is_visible(), name
    assert not card.locator("summary").is_visible()
    assert "Urdu" in card.locator(".what").inner_text()
    pdf = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    sheet = pdf[0]
    pictures = [item for item in sheet.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(pdf) == 1 and len(pictures) == 3
    words = sheet.get_textpage().get_text_range()
    assert "NOTICE-P-L" in words and "3 of" in words and "How to print" not in words


def test_the_whole_contact_sheet_has_every_picture(open_page):
    """Pictures further down have not been fetched when somebody prints; they are then."""
    page = open_page(window=PHONE)
    page.evaluate("window.print = () => { window.asked = true; }")
    page.get_by_role("button", name="Print a contact sheet").click()
    page.wait_for_function("window.asked")
    assert page.locator(".face img").evaluate_all(
        "nodes => nodes.every(node => node.complete && node.naturalWidth)"
    )


def test_hostile_words_do_nothing(open_page, workshop, site, tmp_path):
    """A title is written by somebody else; it must not run in the officer's browser."""
    hurt = "<img src=x onerror=\"document.title='hurt'\"></h3><script>document.title='hurt'</script>"

    def spoil(manifest):
        for record in manifest["documents"]:
            record["titles"], record["problems"] = dict.fromkeys(record["titles"], hurt), [hurt]

    made = rewrite(workshop, site, tmp_path, spoil)
    page = open_page(folder=made.folder)
    assert page.locator("h3", has_text="<img src=x").count() >= 5
    assert "hurt" not in page.title()


def test_the_choice_offers_what_there_is(open_page, site):
    """Each question with the numbers of its pieces, languages in their own name."""
    page = open_page()
    told = json.loads(
        page.evaluate(
            "JSON.stringify([...document.querySelectorAll('.filters input')].map(box =>"
            " [box.name, box.value, box.closest('label').querySelector('.count').textContent]))"
        )
    )
    pieces = {
        (record["audience"], record["language"], record["layout"]) for record in site.manifest["documents"]
    }
    for question, place in (("audience", 0), ("language", 1), ("format", 2)):
        counts = {value: int(count) for name, value, count in told if name == question}
        assert counts == {
            value: sum(piece[place] == value for piece in pieces)
            for value in {piece[place] for piece in pieces}
        }
    urdu = page.locator("label:has([value=ur]) [lang=ur]")
    assert urdu.inner_text() == "اردو" and urdu.get_attribute("dir") == "rtl"
