"""The page of preview in a real Chromium: it follows what is saved, and stays where it is."""

from __future__ import annotations

import json
from collections import deque

import pytest
from projects import edit

from handbill.plan import Selection
from handbill.preview.page import PAGE, STATE
from handbill.preview.session import Session

CHOSEN = Selection(audiences=("drivers",), languages=("en", "ur"), layouts=("dl-roll-fold",))


@pytest.fixture
def open_page(oracle):
    from playwright.sync_api import sync_playwright

    program = oracle("chromium")
    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or faults.append(request.url))

        def go(path):
            page.goto(f"file://{path}")
            return page

        yield go
        browser.close()
    assert faults == []


def test_the_open_page_follows_what_is_saved(project, open_page):
    """An editor looks at one panel while they write: its picture changes under their eyes and does not
    move, also while a fault is told above it."""
    session = Session(project, CHOSEN, project / "output", lambda line: None)
    session.open()
    steps = deque()

    class Saves:
        def take(self, wait):
            if not wait:
                return frozenset()
            return steps.popleft() if steps else None

    def save(name, old, new):
        edit(project / name, old, new)
        steps.append(frozenset({project / name}))
        session.run(Saves())
        text = (project / "output" / STATE).read_text("utf-8")
        line = json.loads(text[text.index("(") + 1 : text.rindex(")")])["line"]
        page.wait_for_function("line => document.getElementById('live').textContent === line", arg=line)

    session.run(Saves())
    page = open_page(project / "output" / PAGE)
    seen = page.locator(".pages img").nth(4)
    seen.evaluate("image => window.scrollTo(0, image.getBoundingClientRect().top + window.scrollY - 300)")
    at = seen.bounding_box()["y"]
    assert page.evaluate("window.scrollY") > 300
    sources = pictures(page)
    assert len(sources) == 12
    assert page.locator(".pages").nth(1).get_attribute("dir") == "rtl"
    first, second = page.locator(".pages").nth(1).locator("img").all()[:2]
    assert first.bounding_box()["x"] > second.bounding_box()["x"], "Urdu panels run from the right"

    save("content/campaign.yaml", "publisher: null", 'publisher: "Somewhere Council"')
    changed = [now for now, before in zip(pictures(page), sources, strict=True) if now != before]
    assert 0 < len(changed) == page.locator(".changed").count() < 12
    assert seen.bounding_box()["y"] == pytest.approx(at, abs=1)
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 100)")

    save("content/campaign.yaml", 'publisher: "Somewhere Council"', 'publisher: "Somewhere')
    fault = page.locator("header .problems")
    assert fault.is_visible()
    assert "content/campaign.yaml:" in fault.inner_text() and "[yaml/" in fault.inner_text()
    assert fault.bounding_box()["y"] >= 0, "told where the editor looks, however far down the page"
    assert seen.bounding_box()["y"] == pytest.approx(at, abs=1)
    assert "cannot be used" in page.title()

    save("content/campaign.yaml", 'publisher: "Somewhere', "publisher: null")
    assert fault.count() == 0
    assert pictures(page) == sources
    session.close()
    page.wait_for_function("document.title.startsWith('Preview has ended')")


def pictures(page):
    return [image.get_attribute("src") for image in page.locator(".pages img").all()]
