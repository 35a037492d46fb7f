"""Art and icons: the committed files keep their promises, and the reader keeps its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.misc.bezierTools import calcCubicBounds
from hypothesis import given, settings
from hypothesis import strategies as st

from handbill.colour import BLACK, Ink, contrast_in_grey
from handbill.design import outlines
from handbill.design.drawing import Drawing, merged
from handbill.design.svg import load_icon, load_svg
from handbill.design.theme import Theme, load_theme
from handbill.geometry import Rect
from handbill.problems import InputError
from handbill.scene import Path as Outline
from handbill.scene import PathOp
from handbill.units import mm

ROOT = Path(__file__).resolve().parent.parent
ART = sorted((ROOT / "layouts" / "art").glob("*.svg"))
FIELDS = [path for path in ART if not path.stem.endswith("-band")]
ICONS = sorted((ROOT / "layouts" / "icons").glob("*.svg"))
AUDIENCES = ("parents", "young-people", "drivers", "shop-workers")
SIZES = {
    "cover": (100, 210),
    "poster": (210, 297),
    "flyer": (148, 210),
    "slide": (338.67, 190.5),
    "card": (85, 55),
    "visor": (148, 105),
    "till": (105, 148),
}
"""Finished size in mm by the last word of a drawing's name."""
FIELD_ENDS = {"cover": 95, "poster": 85, "flyer": 67, "card": 23, "visor": 18, "till": 22}
"""How far down the field may reach in mm; words stand below. On the slide they stand beside it."""
SLIDE_FIELD_ENDS = 0.4
ON_SOME = {
    "young-people": ["card"],
    "drivers": ["card", "visor"],
    "shop-workers": ["card", "till"],
}
DRAWN = [(a, k) for a in AUDIENCES for k in ("cover", "poster", "flyer", "slide", "band")]
DRAWN += [(a, k) for a, kinds in ON_SOME.items() for k in kinds]

RED = Ink("red", (0.0, 1.0, 1.0, 0.0), "#ff0000")
BLUE = Ink("blue", (1.0, 1.0, 0.0, 0.0), "#0000ff")
INKS = {ink.rgb: ink for ink in (RED, BLUE, BLACK)}


def names(paths: list[Path]) -> list[str]:
    return [path.stem for path in paths]


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT / "layouts" / "theme.yaml", ROOT)


@pytest.fixture
def drawn(tmp_path):
    """Reads an SVG body, in millimetres on a sheet of 100 x 50, into its drawing."""

    def read(body: str, head: str = 'viewBox="0 0 100 50"') -> Drawing:
        file = tmp_path / "art.svg"
        file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {head}>\n{body}\n</svg>', "utf-8")
        return load_svg(file, tmp_path, INKS)

    return read


def bounds(ops: tuple[PathOp, ...] | list[PathOp]) -> Rect:
    """The true box of an outline, curves measured and not their handles."""
    boxes: list[tuple[float, float, float, float]] = []
    at = (0.0, 0.0)
    for name, given_ in ops:
        if name == "C":
            pairs = list(zip(given_[::2], given_[1::2], strict=True))
            boxes.append(calcCubicBounds(at, *pairs))
        if given_:
            at = (given_[-2], given_[-1])
            boxes.append((*at, *at))
    left, low, right, top = (pick(box[i] for box in boxes) for i, pick in enumerate((min, min, max, max)))
    return Rect(left, low, right - left, top - low)


def in_mm(rect: Rect, height: float = 0.0) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in the drawing's own millimetres."""
    one = mm(1)
    return (rect.x / one, -rect.top / one, rect.right / one, -rect.y / one)


# The committed art


@pytest.mark.parametrize(("audience", "kind"), DRAWN)
def test_each_audience_has_its_art(audience: str, kind: str) -> None:
    """A missing file would stop every piece of that audience, in all languages."""
    assert (ROOT / "layouts" / "art" / f"{audience}-{kind}.svg") in ART


@pytest.mark.parametrize("path", ART, ids=names(ART))
def test_art_is_in_the_themes_inks_and_shows_the_odd_dot_whole(path: Path, theme: Theme) -> None:
    """Only the theme's inks reach the press, and the one odd element is neither trimmed off nor
    folded over: it stays 8 mm clear of every edge (7 mm on the till card, which has
    no more room; 5 mm inside a band, which no edge cuts)."""
    drawing = load_svg(path, ROOT, theme.by_hex)
    used = {ink for item in drawing.paths for ink in (item.fill, item.stroke) if ink}
    assert used <= set(theme.inks.values())
    signals = [bounds(item.ops) for item in drawing.paths if item.fill == theme.inks["signal"]]
    assert signals
    safe = drawing.trim.outset(-mm({"band": 5, "till": 7}.get(path.stem.rpartition("-")[2], 8)))
    assert all(safe.contains(signal) for signal in signals)


@pytest.mark.parametrize("path", FIELDS, ids=names(FIELDS))
def test_ground_reaches_past_the_trim_on_all_four_sides(path: Path, theme: Theme) -> None:
    """A guillotine is out by up to 3 mm; without bleed a white sliver shows at the edge."""
    drawing = load_svg(path, ROOT, theme.by_hex)
    ground = drawing.paths[0]
    assert ground.fill
    assert ground.stroke is None
    assert bounds(ground.ops).contains(drawing.trim.outset(mm(3)))
    width, height = SIZES[path.stem.rpartition("-")[2]]
    assert (drawing.trim.width, drawing.trim.height) == pytest.approx((mm(width), mm(height)))
    assert (drawing.trim.x, drawing.trim.top) == pytest.approx((0, 0))


@pytest.mark.parametrize("path", FIELDS, ids=names(FIELDS))
def test_words_have_plain_ground_clear_of_the_field(path: Path, theme: Theme) -> None:
    """Words stand on one flat ink, the audience's hero ground, or their contrast is not the one that
    the theme measures."""
    audience, _, kind = path.stem.rpartition("-")
    drawing = load_svg(path, ROOT, theme.by_hex)
    assert drawing.paths[0].fill == theme.ink("hero", audience)
    field = [bounds(item.ops) for item in drawing.paths[1:]]
    if kind == "slide":
        assert max(box.right for box in field) <= SLIDE_FIELD_ENDS * drawing.trim.width
    else:
        assert min(box.y for box in field) >= -mm(FIELD_ENDS[kind])


@pytest.mark.parametrize("path", FIELDS, ids=names(FIELDS))
def test_the_odd_dot_is_seen_without_colour(path: Path, theme: Theme) -> None:
    """On a black-and-white print it stands out from all of the picture by 3:1 (WCAG 2.2, 1.4.11), and
    nothing lies over it but its own three dots, which make it a message being written."""
    drawing = load_svg(path, ROOT, theme.by_hex)
    signal = theme.inks["signal"]
    (at,) = (index for index, item in enumerate(drawing.paths) if item.fill == signal)
    for item in drawing.paths:
        for ink in (item.fill, item.stroke):
            assert ink in (None, signal) or contrast_in_grey(signal, ink) >= 3, ink
    dot = bounds(drawing.paths[at].ops)
    assert all(dot.contains(bounds(item.ops)) for item in drawing.paths[at + 1 :])


@pytest.mark.parametrize("path", ART, ids=names(ART))
def test_art_holds_no_words(path: Path) -> None:
    """Art is mirrored for right-to-left and the same in all languages, so it carries no letters;
    its title is for people who open the file."""
    elements = set(re.findall(r"<([A-Za-z]+)", path.read_text("utf-8")))
    assert elements <= {"svg", "title", "g", "rect", "circle", "ellipse", "path"}


# The committed icons


@pytest.mark.parametrize("path", ICONS, ids=names(ICONS))
def test_icons_share_one_grid_and_one_stroke(path: Path) -> None:
    """Icons of mixed weight beside each other look like a mistake."""
    drawing = load_icon(path, ROOT, RED)
    assert (drawing.view.width, drawing.view.height) == (mm(24), mm(24))
    for item in drawing.paths:
        assert item.stroke == RED
        assert item.fill in (None, RED)
        assert item.width == pytest.approx(mm(2), abs=1e-3)
    assert all(drawing.view.contains(bounds(item.ops)) for item in drawing.paths)


def test_every_icon_that_content_names_is_there() -> None:
    """A name without a file is an error message to the next editor who builds."""
    files = (ROOT / "content" / "messages").glob("*.yaml")
    texts = [file.read_text("utf-8") for file in files]
    wanted = {name for text in texts for name in re.findall(r"\bicon:\s*\"?([a-z0-9-]+)", text)}
    assert wanted
    assert wanted <= set(names(ICONS))


def test_icons_come_with_their_licence() -> None:
    """ISC lets us copy the icons as long as the notice goes with them."""
    text = (ROOT / "layouts" / "icons" / "LICENSE").read_text("utf-8")
    assert "ISC License" in text
    assert "Lucide" in text


def test_icon_takes_the_ink_it_is_given(tmp_path: Path) -> None:
    """The same file is deep teal for parents and white on a dark field; a colour of its own
    would stay behind."""
    file = tmp_path / "own.svg"
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{}">{}</svg>'
    file.write_text(head.format("currentColor", '<path d="M4 4h16"/>'), "utf-8")
    assert load_icon(file, tmp_path, BLUE).paths[0].stroke == BLUE
    file.write_text(head.format("#ff0000", '<path d="M4 4h16"/>'), "utf-8")
    with pytest.raises(InputError, match="write currentColor"):
        load_icon(file, tmp_path, BLUE)


# What is refused

REFUSED = {
    "words": ("<text x='1' y='9'>Hi</text>", "unsupported", "“text”", 2),
    "photograph": ("<image href='a.png'/>", "unsupported", "“image”", 2),
    "gradient": ("<defs>\n<linearGradient id='a'/></defs>", "unsupported", "“linearGradient”", 3),
    "hidden shape": ("<defs><path id='a' d='M0 0h9'/></defs>", "unsupported", "“path”", 2),
    "filter": ("<rect width='9' height='9' filter='url(#f)'/>", "unsupported", "filter: url(#f)", 2),
    "opacity": ("<g opacity='.5'><rect width='9' height='9'/></g>", "unsupported", "opacity: .5", 2),
    "opacity in style": ("<rect width='9' height='9' style='fill-opacity:.2'/>", "unsupported", "fill-op", 2),
    "blend": ("<rect width='9' height='9' style='mix-blend-mode:multiply'/>", "unsupported", "multiply", 2),
    "script": ("<script>x()</script>", "unsupported", "“script”", 2),
    "style sheet": ("<style>rect{fill:red}</style>", "unsupported", "“style”", 2),
    "clone": ("<use href='#a'/>", "unsupported", "“use”", 2),
    "marker": ("<path d='M0 0h9' stroke='#f00' marker-end='url(#m)'/>", "unsupported", "marker-end", 2),
    "inner svg": ("<svg viewBox='0 0 9 9'/>", "unsupported", "“svg”", 2),
    "stylesheet link": ("<?xml-stylesheet href='a.css'?><path d='M0 0h9v9'/>", "unsupported", "xml-", 2),
    "unknown colour": ("<path d='M0 0h9v9' fill='#fe0101'/>", "unknown-ink", "is red (#ff0000)", 2),
    "colour by name": ("<rect width='9' height='9' fill='red'/>", "unknown-ink", "“red”", 2),
    "gradient paint": ("<rect width='9' height='9' fill='url(#g)'/>", "unknown-ink", "url(#g)", 2),
    "current colour": ("<rect width='9' height='9' fill='currentColor'/>", "unknown-ink", "icons", 2),
    "slip of the key": ("<rect width='9' heigth='9'/>\n<path d='M0 0h9v9'/>", "unknown", "“height”", 2),
    "percent": ("\n\n<rect width='100%' height='9'/>", "geometry", "“100%”", 4),
    "negative": ("<circle r='-3'/>", "geometry", "negative", 2),
    "not a number": ("<circle r='nan'/>", "geometry", "“nan”", 2),
    "endless": ("<circle r='1e999'/>", "geometry", "too large", 2),
    "broken path": ("<path d='M0 0 L5'/>", "geometry", "“L” has 1 numbers", 2),
    "path without start": ("<path d='L5 5'/>", "geometry", "“L5 5”", 2),
    "path with rubbish": ("<path d='M0 0 h9 x 3'/>", "geometry", "“x 3”", 2),
    "bad arc flag": ("<path d='M0 0a5 5 0 2 0 5 5'/>", "geometry", "“a” has 3", 2),
    "odd points": ("<polygon points='0,0 5,5 9'/>", "geometry", "pairs", 2),
    "broken transform": ("<rect width='9' height='9' transform='spin(3)'/>", "geometry", "“spin”", 2),
    "thrown away": ("<path d='M0 0h9' transform='translate(1e6)'/>", "geometry", "metres", 2),
    "bad dash": ("<path d='M0 0h9' stroke='#f00' stroke-dasharray='a b'/>", "geometry", "“a b”", 2),
    "bad line end": ("<path d='M0 0h9' stroke='#f00' stroke-linecap='flat'/>", "unsupported", "'flat'", 2),
    "uneven pen": ("<circle r='9' stroke='#f00' transform='scale(2 1)'/>", "uneven-stroke", "circle", 2),
    "nothing": ("<g/>", "empty", "shows nothing", 1),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_cannot_be_printed_is_refused_in_one_message(drawn, case: str) -> None:
    """Left out in silence, it would be missed only on paper. The designer gets one message that
    names the file, the line, the thing and a way out."""
    body, code, words, line = REFUSED[case]
    with pytest.raises(InputError) as caught:
        drawn(body)
    (problem,) = caught.value.problems
    assert problem.code == f"art/{code}"
    assert words in str(problem)
    assert problem.remedy
    assert problem.place
    assert (problem.place.file, problem.place.line) == ("art.svg", line)


def test_a_fault_met_a_hundred_times_is_told_once(drawn) -> None:
    """A hundred dots in a wrong colour are one mistake."""
    with pytest.raises(InputError) as caught:
        drawn("<circle r='1' fill='#123456'/>\n" * 100 + "<text/>")
    assert [problem.code for problem in caught.value.problems] == ["art/unknown-ink", "art/unsupported"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        # Each file is broken, foreign or dangerous in one way.
        (b"", "malformed", "no element found"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><g></svg>", "malformed", "tag"),
        (b"<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg>", "malformed", "not an SVG"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "malformed", "not an SVG"),
        (b"\x89PNG\r\n\x1a\n", "malformed", "not well-formed"),
        (b"<?xml version='1.0' encoding='klingon'?><svg/>", "malformed", "encoding"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9'/></svg>", "view-box", "viewBox"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 9'/>", "view-box", "viewBox"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' width='100mm' viewBox='0 0 378 794'>"
            b"<path d='M0 0h9v9'/></svg>",
            "view-box",
            "not millimetres",
        ),
        (
            b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
            "doctype",
            "DOCTYPE",
        ),
        (
            b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><svg>&b;</svg>",
            "doctype",
            "DOCTYPE",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_drawing_is_refused(tmp_path: Path, content: bytes, code: str, words: str) -> None:
    """Broken, foreign and booby-trapped files end in a sentence, and no other file is opened."""
    file = tmp_path / "art.svg"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_svg(file, tmp_path, INKS)
    (problem,) = caught.value.problems
    assert problem.code == f"art/{code}"
    assert words in problem.what


def test_a_missing_file_is_named_with_its_nearest_neighbour(tmp_path: Path) -> None:
    """Most missing icons are misspelt ones."""
    (tmp_path / "phone.svg").touch()
    with pytest.raises(InputError, match=r"no file phoen\.svg.*phone\.svg.*art/missing"):
        load_icon(tmp_path / "phoen.svg", tmp_path, RED)


def test_what_drawing_programs_write_beside_the_picture_is_let_be(drawn) -> None:
    """A file straight from Inkscape loads: its notes, its own attributes and its neutral
    properties change nothing on paper."""
    drawing = drawn(
        "<title>A dot</title><metadata><any/></metadata><defs id='d'/>"
        "<i:view xmlns:i='urn:inkscape' i:zoom='2'><i:grid/></i:view>"
        "<g xmlns:i='urn:inkscape' i:label='Layer 1' style='display:inline;opacity:1'>"
        "<circle cx='5' cy='5' r='2' style='fill:#ff0000;stroke:none;font-size:3px;-inkscape-x:1'/></g>"
        "<g style='display:none'><circle r='9' fill='#0000ff'/></g>",
    )
    (path,) = drawing.paths
    assert in_mm(bounds(path.ops)) == pytest.approx((3, 3, 7, 7), abs=0.01)


@settings(max_examples=300, deadline=None)
@given(
    data=st.text("MmLlHhVvCcSsQqTtAaZz0123456789.,-+e \n", max_size=30),
    turn=st.sampled_from(["", "scale(1e-9)", "matrix(1 0 0 0 0 0)", "skewX(90)", "rotate(45) scale(-1 1)"]),
)
def test_no_path_ends_in_a_traceback(tmp_path_factory, data: str, turn: str) -> None:
    """Whatever stands in a file, it is drawn or refused."""
    file = tmp_path_factory.getbasetemp() / "any.svg"
    body = f'<path d="{data}" transform="{turn}"/>'
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{body}</svg>', "utf-8")
    try:
        drawing = load_svg(file, file.parent, INKS)
    except InputError as error:
        assert all(problem.code.startswith("art/") for problem in error.problems)
    else:
        assert all(abs(value) < mm(10_000) for path in drawing.paths for _, at in path.ops for value in at)


# Geometry

SHAPES = {
    "rect": ("<rect x='10' y='5' width='30' height='20'/>", (10, 5, 40, 25)),
    "round rect": ("<rect x='10' y='5' width='30' height='20' rx='99'/>", (10, 5, 40, 25)),
    "circle": ("<circle cx='20' cy='20' r='7'/>", (13, 13, 27, 27)),
    "ellipse": ("<ellipse cx='20' cy='20' rx='7' ry='3'/>", (13, 17, 27, 23)),
    "polygon": ("<polygon points='1,2 9,2,9,8'/>", (1, 2, 9, 8)),
    "all the path letters": ("<path d='M1 1h4v3H2V2l1 1L9 9z m1 1 2 2'/>", (1, 1, 9, 9)),
    "half circle": ("<path d='M10 20A8 8 0 0 1 26 20'/>", (10, 12, 26, 20)),
    "half circle the other way": ("<path d='M10 20A8 8 0 0 0 26 20'/>", (10, 20, 26, 28)),
    "long way round": ("<path d='M20 10a10 10 0 1 1-10 10'/>", (10, 10, 30, 30)),
    "short way round": ("<path d='M20 10a10 10 0 0 1 10 10'/>", (20, 10, 30, 20)),
    "flags without spaces": ("<path d='M10 20a8 8 0 0116 0'/>", (10, 12, 26, 20)),
    "arc over two lines": ("<path d='M10 20a8\n8 0\n0\n1\n16\n0'/>", (10, 12, 26, 20)),
    "radius too small": ("<path d='M10 20a1 1 0 0 1 16 0'/>", (10, 12, 26, 20)),
    "no radius": ("<path d='M10 20a0 5 0 0 1 16 8'/>", (10, 20, 26, 28)),
    "turned ellipse": ("<path d='M3 20a3 7 90 0 1 14 0a3 7 90 0 1-14 0z'/>", (3, 17, 17, 23)),
    "quadratic": ("<path d='M0 10Q10 0 20 10T40 10'/>", (0, 5, 40, 15)),
    "smooth cubic": ("<path d='M0 10C0 4 10 4 10 10S20 16 20 10'/>", (0, 5.5, 20, 14.5)),
    "after a close": ("<path d='M5 5h4v4zl-3-3'/>", (2, 2, 9, 9)),
    "moved": ("<rect width='4' height='2' transform='translate(3,5)'/>", (3, 5, 7, 7)),
    "turned about": ("<rect width='4' height='2' transform='rotate(90 0 0)'/>", (-2, 0, 0, 4)),
    "turned about a point": ("<rect width='4' height='2' transform='rotate(180 10 10)'/>", (16, 18, 20, 20)),
    "slanted": ("<rect width='4' height='2' transform='skewX(45)'/>", (0, 0, 6, 2)),
    "last is first": ("<rect width='4' height='2' transform='translate(10) scale(2)'/>", (10, 0, 18, 4)),
    "matrix": ("<rect width='4' height='2' transform='matrix(0 1 -1 0 9 0)'/>", (7, 0, 9, 4)),
    "nested": (
        "<g transform='translate(10 10)'><g transform='scale(2)'><circle r='3'/></g></g>",
        (4, 4, 16, 16),
    ),
}


@pytest.mark.parametrize("case", SHAPES, ids=str)
def test_shapes_come_out_where_they_were_drawn(drawn, case: str) -> None:
    """Measured by the true box of the curves, in the drawing's own millimetres."""
    body, box = SHAPES[case]
    (path,) = drawn(body).paths
    assert in_mm(bounds(path.ops)) == pytest.approx(box, abs=0.01)


def test_a_circle_is_round(drawn) -> None:
    """Four cubics stray from the circle by less than a thousandth of its radius."""
    (path,) = drawn("<circle cx='50' cy='25' r='20'/>").paths
    at = path.ops[0][1]
    for name, given_ in path.ops[1:]:
        if name != "C":
            continue
        x1, y1, x2, y2, x, y = given_
        for t in (0.2, 0.5, 0.8):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            px = sum(w * v for w, v in zip(weights, (at[0], x1, x2, x), strict=True))
            py = sum(w * v for w, v in zip(weights, (at[1], y1, y2, y), strict=True))
            assert ((px - mm(50)) ** 2 + (py + mm(25)) ** 2) ** 0.5 == pytest.approx(mm(20), rel=1e-3)
        at = (x, y)


def test_strokes_scale_with_their_shape(drawn) -> None:
    """A hairline in a group drawn at double size prints at double weight, and so do its dashes."""
    (path,) = drawn(
        "<g transform='rotate(30) scale(2)' style='stroke:#00f;fill:none' stroke-linecap='round'>"
        "<path d='M0 0h9' stroke-width='.5' stroke-dasharray='1,2' stroke-linejoin='bevel'/></g>"
    ).paths
    assert path.fill is None
    assert path.stroke == BLUE
    assert path.width == pytest.approx(mm(1), abs=1e-4)
    assert path.dash == pytest.approx((mm(2), mm(4)), abs=1e-4)
    assert (path.cap, path.join) == (1, 2)


def test_no_width_means_no_stroke(drawn) -> None:
    """In a PDF a width of 0 is the thinnest line the device can draw, in SVG it is none."""
    (path,) = drawn("<rect width='9' height='9' fill='#f00' stroke='#00f' stroke-width='0'/>").paths
    assert path.stroke is None


number = st.decimals(-999, 999, places=2)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(number, number), min_size=1, max_size=6))
def test_numbers_may_be_written_as_tersely_as_svg_allows(points) -> None:
    """Optimisers write ``-.5.5-3`` for what people write ``-0.5, 0.5, -3``: the same points."""

    def terse(value) -> str:
        text = f"{value:f}".rstrip("0").rstrip(".")
        return re.sub(r"^(-?)0(?=\.)", r"\1", text) or "0"

    short = ""
    for text in (terse(value) for pair in points for value in pair):
        before = re.split("[ -]", short)[-1]
        runs_on = text.startswith("-") or (text.startswith(".") and "." in before)
        short += text if runs_on or not short else f" {text}"
    plain = ",\n".join(f"{float(x)} , {float(y)}" for x, y in points)
    assert outlines.path(f"M{short}") == outlines.path(f"M {plain}")


# Placing


def test_art_is_placed_trim_on_trim_with_its_bleed_outside(drawn) -> None:
    """The panel's corners get the art's corners; what bleeds hangs over by its own measure."""
    drawing = drawn("<rect x='-5' y='-5' width='110' height='60'/>", 'viewBox="-5 -5 110 60"')
    target = Rect(mm(200), mm(10), mm(100), mm(50))
    (path,) = drawing.placed(target, view=drawing.trim)
    found = bounds(path.ops)
    assert (found.x, found.y, found.right, found.top) == pytest.approx(
        (target.x - mm(5), target.y - mm(5), target.right + mm(5), target.top + mm(5)), abs=1e-3
    )


def test_circles_stay_circles_where_the_target_has_other_proportions(drawn) -> None:
    """The art covers the target, hangs over evenly at the sides and keeps its head."""
    drawing = drawn("<circle cx='50' cy='10' r='10'/>")
    (path,) = drawing.placed(Rect(0, 0, mm(100), mm(100)))
    found = bounds(path.ops)
    assert (found.width, found.height) == pytest.approx((mm(40), mm(40)), abs=0.01)
    assert (found.x, found.top) == pytest.approx((mm(30), mm(100)), abs=0.01)


def test_mirrored_art_swaps_left_and_right_inside_its_place(drawn) -> None:
    """For Urdu and Arabic the odd dot moves to the side where reading starts; nothing leaves
    the place, nothing turns upside down, the pen keeps its weight."""
    drawing = drawn("<path d='M10 10h20v5' stroke='#f00' stroke-width='2' fill='none'/>")
    target = Rect(mm(200), 0, mm(100), mm(50))
    (plain,) = drawing.placed(target)
    (turned,) = drawing.placed(target, mirror=True)
    middle = 2 * target.x + target.width
    assert turned.width == plain.width
    for (_, one), (_, other) in zip(plain.ops, turned.ops, strict=True):
        assert other == pytest.approx((middle - one[0], one[1]), abs=1e-3)


# Joining


def square(x: float, clockwise: bool = True, fill: Ink | None = RED, stroke: Ink | None = None) -> Outline:
    corners = [(x, 0.0), (x, 9.0), (x + 9, 9.0), (x + 9, 0.0)]
    ops = [("L" if i else "M", c) for i, c in enumerate(corners if clockwise else corners[::-1])]
    return Outline((*ops, ("Z", ())), fill, stroke, 1.0 if stroke else 0.0)


def test_a_field_of_dots_is_one_path() -> None:
    """Hundreds of dots of one ink are one fill in the file, not hundreds."""
    (path,) = merged(square(20.0 * i) for i in range(50))
    assert sum(name == "M" for name, _ in path.ops) == 50


def test_joining_never_cuts_a_hole() -> None:
    """Two overlapping fills that turn opposite ways would cancel where they meet."""
    assert len(merged([square(0), square(5, clockwise=False)])) == 2


def test_joining_keeps_what_lies_on_top_on_top() -> None:
    """Only neighbours are joined: the blue square between two red ones stays between them."""
    assert [path.fill for path in merged([square(0), square(5, fill=BLUE), square(30)])] == [RED, BLUE, RED]


def test_crossing_strokes_of_one_pen_are_one_path() -> None:
    """An icon's strokes overlap, and opaque paint on itself shows nothing."""
    strokes = [square(x, fill=None, stroke=BLUE) for x in (0.0, 5.0)]
    assert len(merged(strokes)) == 1
    assert len(merged([*strokes, square(0, fill=RED, stroke=BLUE)])) == 2
