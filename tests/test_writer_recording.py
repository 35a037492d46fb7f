"""The recording writer: scenes as text, for kept copies that people can read."""

from __future__ import annotations

from writer_scenes import BLACK, NIGHT, RED, WEB, rectangle, scene, set_text

from handbill.editions.press import PressSpec, to_press
from handbill.geometry import Rect
from handbill.scene import ARTIFACT, Group, Link, Page, Panel, Path, Tag, TextLine
from handbill.text.model import Span
from handbill.writers.recording import record

EXPECTED = """\
scene "parents test en" en ltr "Test leaflet – en"
page one 300.00 x 200.00
  panel cover 0.00,0.00 100.00 x 200.00
  folds 100.00
  group Artifact clip=0.00,0.00 50.00 x 50.00
    path fill=night even-odd 5 ops 0.00,0.00 to 60.00,60.00
    path stroke=red 0.50 dashed 2 ops 0.00,0.00 to 10.00,0.00
  group Sect region=body order=2
    group P "sign-1" lang=en
      text 20.00,100.00 atkinson-regular 12.00 black "See "
      text 43.38,100.00 atkinson-regular 12.00 red web "nspcc.org.uk"
      link 10.00,90.00 50.00 x 20.00 https://nspcc.org.uk "NSPCC \\"site\\""
"""


def small():
    (words,) = set_text("en", (Span("See "), Span(WEB, kind="web"))).lines
    art = Group(
        ARTIFACT,
        (
            rectangle(0, 0, 60, 60, fill=NIGHT, even_odd=True),
            Path((("M", (0, 0)), ("L", (10, 0))), stroke=RED, width=0.5, dash=(1, 1)),
        ),
        clip=Rect(0, 0, 50, 50),
    )
    link = Link(Rect(10, 90, 50, 20), "https://nspcc.org.uk", 'NSPCC "site"')
    line = TextLine(words, 20, 100, BLACK, (("web", RED),))
    paragraph = Group(Tag("P", lang="en", block="sign-1"), (line, link))
    body = Group(Tag("Sect"), (paragraph,), order=2, region="body")
    panel = Panel("cover", Rect(0, 0, 100, 200))
    return scene("en", Page("one", 300, 200, (art, body), (panel,), (100,)))


def test_record_reads_like_a_list_of_what_is_on_the_page():
    """A changed golden must tell a reviewer what moved, without opening a PDF."""
    assert record(small()) == EXPECTED


def test_record_shows_the_boxes_of_an_edition():
    """Sheet and bleed are part of what an edition decides."""
    text = record(to_press(small(), PressSpec()))
    assert "  media -36.85,-36.85 373.70 x 273.70\n  bleed -8.50,-8.50 317.01 x 217.01\n" in text


def test_a_change_too_small_to_see_does_not_show():
    """Goldens must not fail on the last digit of a sum."""
    (words,) = set_text("en", "words").lines

    def recorded(x):
        return record(scene("en", Page("one", 1, 1, (Group(Tag("P"), (TextLine(words, x, 0, BLACK),)),))))

    assert recorded(10.0001) == recorded(10)
    assert recorded(10.1) != recorded(10)
