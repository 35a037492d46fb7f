"""The slide of a waiting room, and the flyer: few words, large, in their place, in every language."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from io import BytesIO

import numpy
import pytest
from PIL import Image
from projects import edit
from structure_text import hear, plain

from handbill.build import make_file, read_fresh
from handbill.plan import Selection, Variant, plan
from handbill.scene import Group, Path, TextLine, walk
from handbill.slides import draw_slide
from handbill.units import to_mm
from handbill.workshop import Workshop

SLIDE, FLYER = "waiting-room-slide", "a5-flyer"
MOST_WORDS = 36
"""Read aloud without haste in 12 seconds, at 180 words a minute."""
HAN, WIDE = re.compile("[\u3400-\u9fff]"), re.compile("[\u3000-\u9fff\uff00-\uffef]")
LEAST_LETTER_MM = 2.0
"""Clear print: the height of a small letter (print-spec 5.4)."""
LIST = ["--layout", SLIDE, "--audience", "parents", "--language", "en", "--jobs", "1"]


@pytest.fixture(scope="module")
def composed(workshop):
    """Every slide, and of the flyers two in each language, audiences taking turns, as composed:
    {(layout, audience, language): Composition}."""
    found = {}
    audiences, languages = list(workshop.campaign.audiences), list(workshop.campaign.languages)
    once = Selection(layouts=(SLIDE, FLYER), editions=("web", "screen"))
    for variant in plan(workshop.campaign, workshop.design, once):
        turn = audiences.index(variant.audience) + languages.index(variant.language)
        if variant.layout == SLIDE or turn % 2 == 0:
            key = variant.layout, variant.audience, variant.language
            found[key] = workshop.compose(variant, workshop.bind(variant))
    assert len(found) == (4 + 2) * len(languages)
    return found


@pytest.fixture(scope="module")
def slide(workshop, tmp_path_factory):
    """The parents' slide in English, made: its record, its PDF and its picture."""
    folder = tmp_path_factory.mktemp("slide")
    outcome = make_file(workshop, Variant("screen", "en", None, "parents", SLIDE), folder)
    assert outcome.record is not None, outcome.problems
    return outcome.record, folder / outcome.record["file"], folder / outcome.record["picture_file"]


def of(composed, layout):
    """The compositions of a layout with their audience and language."""
    return [(key[1:], made) for key, made in composed.items() if key[0] == layout]


def lines(composition, page=0):
    """The lines of a page that carry words of the message: the imprint is left out."""

    def down(items):
        for item in items:
            if isinstance(item, Group) and item.tag.block == "imprint":
                continue
            if isinstance(item, Group):
                yield from down(item.items)
            elif isinstance(item, TextLine):
                yield item

    return list(down(composition.scene.pages[page].items))


def numbers(composition, page=0):
    """The lines of a page that are a telephone number and nothing else."""
    return [one for one in lines(composition, page) if {run.kind for run in one.line.runs} == {"phone"}]


def size_of(line):
    return max(run.size for run in line.line.runs)


# -- the slide ----------------------------------------------------------------------------------


def test_the_picture_has_the_pixels_of_the_screen(slide):
    """A picture of another size is scaled by the player and comes out soft; one that does not say its
    colours may come out in others."""
    _, _, picture = slide
    with Image.open(picture) as image:
        assert image.size == (1920, 1080) and image.mode == "RGB"
    head = picture.read_bytes().split(b"IDAT")[0]
    assert b"sRGB\x00" in head


def test_the_picture_shows_what_the_pdf_shows(slide, oracle, tmp_path):
    """Another reader of the PDF sees the same page."""
    _, pdf, picture = slide
    stem = tmp_path / "page"
    size = ["-scale-to-x", "1920", "-scale-to-y", "1080"]
    subprocess.run([oracle("pdftoppm"), *size, "-png", "-singlefile", str(pdf), str(stem)], check=True)
    with Image.open(picture) as ours, Image.open(stem.with_suffix(".png")) as theirs:
        # Readers smooth the edges of letters in ways of their own: that is gone at a quarter of the size.
        pixels = [numpy.asarray(image.convert("L").reduce(4), dtype=int) for image in (ours, theirs)]
    assert pixels[0].std() > 20  # there is something to see
    apart = abs(pixels[0] - pixels[1])
    assert apart.mean() < 1 and (apart > 64).mean() < 0.0005


def test_the_same_slide_gives_the_same_picture(slide):
    """Nobody has to look again at a picture that did not change."""
    record, pdf, picture = slide
    assert draw_slide(pdf) == picture.read_bytes()
    assert hashlib.sha256(picture.read_bytes()).hexdigest() == record["picture_sha256"]
    assert record["pages"] == 1 and record["edition"] == "screen"


def test_a_slide_is_heard_in_order(slide):
    """Who cannot see the slide hears the question first, then each number after its words."""
    heard = [plain(one.text) for one in hear(slide[1])]
    assert heard[:6] == [
        "Your child seems different", "Trust that feeling. Call today.",
        "Danger now:", "999", "Worried: NSPCC", "0808 800 5000",
    ]  # fmt: skip
    assert heard[6].startswith("NOTICE-P-SL")


def test_few_words_on_a_slide(composed):
    """A slide is gone after 12 seconds. Two Chinese letters count as a word, beside the Latin ones."""
    for (audience, language), made in of(composed, SLIDE):
        said = " ".join(one.line.text for one in lines(made))
        words = len(HAN.findall(said)) / 2 + len(WIDE.sub(" ", said).split())
        assert words <= MOST_WORDS, (audience, language, said)


def test_a_slide_is_read_from_across_the_room(composed):
    """Headline and numbers stand out from the body, which is read at 5 m (see the layout)."""
    for key, made in of(composed, SLIDE):
        sizes = made.sizes
        assert sizes["body"] * 1.5 <= sizes["title"] and sizes["title"] >= 40, (key, sizes)
        assert sizes["number"] >= 2 * sizes["body"] and sizes["body"] >= 19, (key, sizes)
        assert sizes["small"] >= 12 and made.smallest_pt >= 12, (key, sizes)
        assert numbers(made), key
        assert {round(size_of(one), 2) for one in numbers(made)} == {sizes["number"]}, key


def test_words_and_art_have_their_sides(composed, workshop):
    """Art stands where lines begin, the odd dot among it, and no word stands on it: in a right-to-left
    language that is the right side."""
    signal = workshop.design.theme.inks["signal"]
    for (audience, language), made in of(composed, SLIDE):
        page = made.scene.pages[0]
        words = [(one.x, one.x + one.line.width) for one in lines(made)]
        odd = [
            [point for op, points in item.ops for point in points[::2]]
            for item in walk(page.items)
            if isinstance(item, Path) and item.fill == signal
        ]
        assert len(odd) == 1, (audience, language)
        middle = (min(odd[0]) + max(odd[0])) / 2
        if workshop.scripts[language].rtl:
            assert middle > 0.6 * page.width and max(words)[1] < min(odd[0]), (audience, language)
        else:
            assert middle < 0.4 * page.width and min(words)[0] > max(odd[0]), (audience, language)


def test_a_stale_slide_goes_with_its_picture(project, run, tmp_path):
    """A picture left behind would be shown on, with words that no longer hold."""
    out = tmp_path / "out"
    pdf = out / f"screen/en/parents-{SLIDE}.pdf"
    code, said, _ = run(project, *LIST, "--output", str(out))
    assert code == 0 and pdf.exists() and pdf.with_suffix(".png").exists(), said
    edit(project / "content/messages/parents.yaml", "Your child seems different", "Different " * 40)
    code, said, _ = run(project, *LIST, "--output", str(out))
    assert code == 1 and "text/overset" in said
    assert not pdf.exists() and not pdf.with_suffix(".png").exists()


def test_a_slide_whose_picture_was_changed_is_no_longer_ours(project, run, tmp_path):
    """The manifest vouches for what lies in the folder, pictures too."""
    out = tmp_path / "out"
    assert run(project, *LIST, "--output", str(out))[0] == 0
    blank = BytesIO()
    Image.new("RGB", (1920, 1080)).save(blank, "PNG")
    (out / f"screen/en/parents-{SLIDE}.png").write_bytes(blank.getvalue())
    others = [word if word != "parents" else "drivers" for word in LIST]
    assert run(project, *others, "--output", str(out))[0] == 0
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert [record["audience"] for record in manifest["documents"]] == ["drivers"]


def test_a_slide_without_its_picture_is_not_fresh(project, run, tmp_path):
    """The preview makes it again: who shows the picture would wait for it in vain."""
    assert run(project, *LIST, "--output", str(tmp_path))[0] == 0
    file = f"screen/en/parents-{SLIDE}.pdf"
    assert list(read_fresh(tmp_path)) == [file]
    (tmp_path / file).with_suffix(".png").unlink()
    assert read_fresh(tmp_path) == {}


# -- the flyer ----------------------------------------------------------------------------------


def test_a_flyer_can_be_read_by_tired_eyes(composed, workshop):
    """No letter is smaller than clear print allows, in the height of the script's own small letters."""
    for (audience, language), made in of(composed, FLYER):
        record = workshop.campaign.languages[language]
        letter = made.sizes["body"] * record.size_ratio * record.smallest_letter.height
        assert to_mm(letter) >= LEAST_LETTER_MM, (audience, language, made.sizes)
        least = min(size_of(one) for page in (0, 1) for one in lines(made, page))
        assert least >= made.sizes["body"], (audience, language)
        assert made.dropped == (), (audience, language)


def test_a_flyer_has_four_sizes(composed):
    """More than four sizes of type look like noise."""
    for (audience, language), made in of(composed, FLYER):
        used = {
            round(run.size, 2)
            for page in made.scene.pages
            for item in walk(page.items)
            if isinstance(item, TextLine)
            for run in item.line.runs
        }
        assert len(made.sizes) == 4, (audience, language)
        if language in ("en", "pl"):  # other scripts set Latin words at a ratio of their own
            assert used <= set(made.sizes.values()), (audience, language, used)


def test_the_front_of_a_flyer_carries_message_and_number(composed, workshop):
    """The side that lies up says what it is about and whom to ring; words keep clear of the art."""
    signal = workshop.design.theme.inks["signal"]
    for (audience, language), made in of(composed, FLYER):
        front = made.scene.pages[0]
        big = numbers(made)
        assert {round(size_of(one), 2) for one in big} == {made.sizes["number"]}, (audience, language)
        assert made.sizes["number"] >= 2 * made.sizes["body"], (audience, language)
        titles = [item for item in walk(front.items) if isinstance(item, Group) and item.tag.role == "H1"]
        assert len(titles) == 1, (audience, language)
        head = [item.y for item in titles[0].items if isinstance(item, TextLine)]
        assert min(head) > max(one.y for one in big), (audience, language)
        dot = min(
            point
            for item in walk(front.items)
            if isinstance(item, Path) and item.fill == signal
            for op, points in item.ops
            for point in points[1::2]
        )
        assert dot > max(head), (audience, language)


def test_numbers_stand_in_a_column_on_the_back(composed, workshop):
    """One edge for the numbers, so that the eye finds the second one where it left the first."""
    for (audience, language), made in of(composed, FLYER):
        rtl = workshop.scripts[language].rtl
        edges = {round(one.x + one.line.width * rtl, 1) for one in numbers(made, 1)}
        assert len(numbers(made, 1)) >= 2 and len(edges) == 1, (audience, language, edges)


# -- the calls of a cover -----------------------------------------------------------------------


def test_calls_stand_side_by_side_where_they_fit(composed):
    """Two short numbers share a line; a long one has its own, so that it can be as large."""
    heights = {
        audience: len({round(one.y) for one in numbers(composed[SLIDE, audience, "en"])})
        for audience in ("drivers", "parents")
    }
    assert heights == {"drivers": 1, "parents": 2}


def test_a_call_that_does_not_end_in_its_number_stays_a_line(project):
    """Words taken apart round a number would say something else."""
    old = 'call:\n      - "Danger now: {{ emergency.phone }}"\n      - "Worried: {{ nspcc'
    edit(project / "content/messages/parents.yaml", old, old.replace("phone }}", "phone }} at once", 1))
    workshop = Workshop(project)
    variant = Variant("screen", "en", None, "parents", SLIDE)
    made = workshop.compose(variant, workshop.bind(variant))
    said = [one.line.text.strip() for one in lines(made)]
    assert "Danger now: 999 at once" in said and numbers(made) == []
