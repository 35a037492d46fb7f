"""Preflight on our own files: a good file has no finding, and each fault is found by its own check alone."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest
from office_pieces import make_office
from pdf_faults import (
    copied_font,
    image,
    paint,
    patch,
    place,
    spoil,
    trim_mm,
    type3_font,
    write,
    write_on_dark,
)
from pikepdf import Array, Dictionary, Name, Stream

from handbill.checks.expected import expected_of
from handbill.checks.profile import load_profile
from handbill.checks.rules import CHECKS
from handbill.checks.run import check_file, check_foreign
from handbill.plan import Variant
from handbill.problems import Severity
from handbill.units import mm

PRESS = load_profile("press")


@pytest.fixture(scope="session")
def good(workshop):
    """The English young people' leaflet and what it ought to hold."""
    from handbill.workshop import middle_of

    variant = Variant("press", "en", None, "young-people", "dl-roll-fold")
    made = workshop.make(variant)
    layout = workshop.design.layouts[variant.layout]
    piece = workshop.campaign.bind(variant.audience, layout.spec.piece, variant.language, None)
    composed = workshop.composer.compose(
        piece, layout, workshop.scripts["en"], middle_of(workshop.campaign.languages["en"])
    )
    return made.data, expected_of(composed.scene, composed.contacts, composed.qr)


def drop_intent(pdf):
    del pdf.Root.OutputIntents


def add_link(pdf):
    pdf.pages[0].obj.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([100, 100, 120, 120]))
            )
        ]
    )


def drop_trim(pdf):
    del pdf.pages[0].obj.TrimBox


def narrow_bleed(pdf):
    x0, y0, x1, y1 = (float(side) for side in pdf.pages[0].obj.BleedBox)
    pdf.pages[0].obj.BleedBox = Array([x0 + mm(2), y0, x1, y1])


def stop_art_at(side):
    def fault(pdf):
        x0, y0, x1, y1 = trim_mm(pdf)
        strips = {
            "left": (0, 0, x0, y1 + 20), "right": (x1, 0, 20, y1 + 20),
            "bottom": (0, 0, x1 + 20, y0), "top": (0, y1, x1 + 20, 20),
        }  # fmt: skip
        # A frame first, so that the side has art even where the leaflet leaves it bare.
        for frame in (
            (x0 - 3, y0 - 3, 5, y1 - y0 + 6), (x1 - 2, y0 - 3, 5, y1 - y0 + 6),
            (x0 - 3, y0 - 3, x1 - x0 + 6, 5), (x0 - 3, y1 - 2, x1 - x0 + 6, 5),
        ):  # fmt: skip
            paint(pdf, patch(*frame, "0.2 0 0 0 k"))
        paint(pdf, patch(*strips[side], "0 0 0 0 k"))

    return fault


def retitle(pdf):
    pdf.docinfo["/Title"] = "Another title"


def change_language(pdf):
    pdf.Root.Lang = pikepdf.String("pl")


def drop_font_file(pdf):
    del pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0].FontDescriptor["/FontFile2"]


def write_in(font_maker, codes, extra=""):
    def fault(pdf):
        x0, y0, _, _ = trim_mm(pdf)
        paint(
            pdf,
            f"BT /GSo gs 0 0 0 1 k /X 20 Tf {mm(x0 + 40):.1f} {mm(y0 + 100):.1f} Td {codes} Tj ET{extra}",
            Font={"/X": font_maker(pdf)},
        )

    return fault


def without_unicode(pdf):
    return copied_font(pdf, ToUnicode=None)


def with_notdef(pdf):
    return copied_font(pdf, ToUnicode=Stream(pdf, b"1 beginbfchar <0000> <0041> endbfchar"))


def painted(operators, **resources):
    """Operators in the middle of the flap, at (80, 80) mm from the sheet's corner."""

    def fault(pdf):
        paint(pdf, operators, **{key: make(pdf) for key, make in resources.items()})

    return fault


def spot(pdf):
    tint = Stream(
        pdf, b"{0 exch 0 exch dup 0 exch}", FunctionType=4, Domain=Array([0, 1]),
        Range=Array([0, 1, 0, 1, 0, 1, 0, 1]),
    )  # fmt: skip
    return {"/S": Array([Name.Separation, Name("/Fluorescent"), Name.DeviceCMYK, pdf.make_indirect(tint)])}


def rgb_group(pdf):
    pdf.pages[0].obj.Group.CS = Name.DeviceRGB


def coarse_image(pdf):
    place(pdf, image(pdf, 40), 60, 80, 30)


def rgb_image(pdf):
    place(pdf, image(pdf, 400, Name.DeviceRGB, 3), 60, 80, 30)


def misread_letter(pdf):
    """The letter Y reads as X in every font: the page looks as before."""
    for page in pdf.pages:
        for _, font in page.obj.Resources.Font.items():
            data = font.ToUnicode.read_bytes()
            font.ToUnicode.write(data.replace(b"<0059>", b"<0058>"))


def dirty_quiet_zone(expected_box):
    def fault(pdf):
        page, x, y = expected_box(pdf)
        paint(pdf, patch(x, y, 1, 6, "0 0 0 1 k"), page)

    return fault


def qr_corner(pdf):
    """The page and the point 1 mm left of the code's lower left corner, in mm from the sheet's corner."""
    import pypdfium2
    import zxingcpp

    stream = io.BytesIO()
    pdf.save(stream)
    document = pypdfium2.PdfDocument(stream.getvalue())
    for number, page in enumerate(document):
        picture = page.render(scale=5 * 25.4 / 72, grayscale=True).to_numpy().squeeze()
        for code in zxingcpp.read_barcodes(picture):
            corner = code.position.bottom_left
            return number, corner.x / 5 - 1.7, (picture.shape[0] - corner.y) / 5 + 8
    raise LookupError("no code")


def untagged(pdf):
    paint(pdf, patch(60, 80, 5, 5, "0.1 0 0 0 k"))
    contents = pdf.pages[0].obj.Contents[-1]
    contents.write(contents.read_bytes().replace(b"/Artifact BMC", b"/Span BMC"))


def bitmap(pdf, pixels=96):
    place(pdf, image(pdf, pixels, Name.DeviceGray, 1, bits=1), 60, 80, 30)


def see_through(pdf):
    del pdf.pages[0].obj.Group
    paint(pdf, f"/T gs {patch(60, 80, 5, 5, '0.1 0 0 0 k')}", ExtGState={"/T": Dictionary(ca=0.5)})


def add_empty_page(pdf):
    pdf.pages.append(pdf.pages[1])
    pdf.pages[2].obj.Contents = Stream(pdf, b"")
    del pdf.pages[2].obj.StructParents


FAULTS = {
    "no output intent": (drop_intent, {"x4-structure"}),
    "annotation on the page": (add_link, {"x4-structure"}),
    "no trim": (drop_trim, {"boxes"}),
    "1 mm of bleed on the left": (narrow_bleed, {"boxes"}),
    "art stops at the left": (stop_art_at("left"), {"bleed-reached"}),
    "art stops at the right": (stop_art_at("right"), {"bleed-reached"}),
    "art stops at the top": (stop_art_at("top"), {"bleed-reached"}),
    "art stops at the bottom": (stop_art_at("bottom"), {"bleed-reached"}),
    "two titles": (retitle, {"metadata"}),
    "another language": (change_language, {"language"}),
    "font not embedded": (drop_font_file, {"fonts-embedded"}),
    "Type 3 font": (write_in(type3_font, "<41>"), {"fonts-type3"}),
    "no ToUnicode": (write_in(without_unicode, "<00010002>"), {"fonts-unicode"}),
    "missing letter": (write_in(with_notdef, "<0000>"), {"notdef"}),
    "RGB area": (painted(patch(60, 80, 20, 20, "1 0.9 0.9 rg")), {"colour-spaces"}),
    "RGB image": (rgb_image, {"colour-spaces"}),
    "spot ink": (painted(f"/S cs {patch(60, 80, 20, 20, '0.1 scn')}", ColorSpace=spot), {"spot-colours"}),
    "RGB blend space": (rgb_group, {"blend-space"}),
    "inline image": (
        painted("60 0 0 60 200 220 cm BI /W 2 /H 2 /CS /CMYK /BPC 8 ID " + " " * 16 + " EI"),
        {"inline-images"},
    ),
    "34 ppi": (coarse_image, {"image-resolution"}),
    "four-ink black": (lambda pdf: write(pdf, "help", 40, 100, 20, "0.7 0.7 0.6 1 k"), {"black-text"}),
    "black text knocks out": (
        lambda pdf: write(pdf, "help", 40, 100, 10, state="/GSk gs"),
        {"overprint-black"},
    ),
    "thin black line knocks out": (painted("0 0 0 1 K 1 w 200 300 m 240 300 l S"), {"overprint-black"}),
    "white text overprints": (
        lambda pdf: write_on_dark(pdf, "help", 20, "/GSo gs"),
        {"overprint-white"},
    ),
    "hairline": (painted("1 0 0 0 K 0.1 w 200 300 m 240 300 l S"), {"hairlines"}),
    "small text in two inks": (
        lambda pdf: write(pdf, "help", 40, 100, 7.5, "1 0.9 0 0.4 k"),
        {"multi-ink-text"},
    ),
    "340 % of ink": (painted(patch(60, 80, 5, 5, "1 1 1 0.4 k")), {"total-ink"}),
    "words 2 mm from the cut": (lambda pdf: write(pdf, "help", 2, 100, 20), {"safe-zone"}),
    "words across the cut": (lambda pdf: write(pdf, "help", -2, 100, 20), {"safe-zone"}),
    "words across the fold": (lambda pdf: write(pdf, "help", 92, 190, 30), {"folds"}),
    "a letter reads as another": (misread_letter, {"text-equals-source"}),
    "a number that nobody knows": (
        lambda pdf: write_on_dark(pdf, "0800 555 1119"),
        {"numbers"},
    ),
    "pale words": (lambda pdf: write(pdf, "help", 40, 100, 12, "0 0 0 0.3 k", "/GSk gs"), {"contrast"}),
    "words of 4 pt": (lambda pdf: write(pdf, "help", 40, 100, 4), {"letter-height"}),
    "art without a tag": (untagged, {"tags"}),
    "drawing of 81 ppi": (bitmap, {"image-resolution"}),
    "grey overprints": (painted("/GSo gs 0.9 g 200 300 40 40 re f"), {"overprint-black"}),
    "see-through without a blend space": (see_through, {"blend-space"}),
    "an empty page": (add_empty_page, {"file-whole"}),
    "no quiet zone": (dirty_quiet_zone(qr_corner), {"qr"}),
}


def test_a_good_file_has_no_finding(good, tmp_path):
    """A check that cries wolf is switched off by the first person who meets it."""
    path = tmp_path / "good.pdf"
    path.write_bytes(good[0])
    assert check_file(path, PRESS, good[1]) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_by_its_own_check_alone(good, tmp_path, name):
    """A fault that several checks report hides what is wrong; one that none reports goes to print."""
    fault, wanted = FAULTS[name]
    path = spoil(good[0], fault, tmp_path / "faulty.pdf")
    findings = check_file(path, PRESS, good[1])
    assert {finding.check for finding in findings} == wanted, [
        finding.to_problem("f") for finding in findings
    ]


@pytest.mark.parametrize(
    ("name", "change", "wanted"),
    [
        ("register", {"contacts": ("0800 1112",)}, {"numbers"}),
        ("title", {"title": "Another"}, {"metadata"}),
        ("code", {"qr": ("https://example.org/",)}, {"qr"}),
        ("language", {"lang": "ur"}, {"language"}),
    ],
)
def test_a_file_that_differs_from_what_was_asked_for_is_found(good, tmp_path, name, change, wanted):
    """The same fault from the other side: the source says one thing and the file another."""
    path = tmp_path / "good.pdf"
    path.write_bytes(good[0])
    expected = dataclasses.replace(good[1], **change)
    assert {finding.check for finding in check_file(path, PRESS, expected)} == wanted


def test_words_out_of_order_and_words_too_many_are_found(good, tmp_path):
    """Two paragraphs that change places, or a stray one, leave every single letter right."""
    data, expected = good
    path = tmp_path / "good.pdf"
    path.write_bytes(data)
    first, second, *rest = expected.paragraphs
    for paragraphs in ((second, first, *rest), (first, *rest)):
        changed = dataclasses.replace(expected, paragraphs=paragraphs)
        assert {finding.check for finding in check_file(path, PRESS, changed)} == {"text-equals-source"}


def test_groups_of_a_number_that_changed_places_are_named(good, tmp_path):
    """What bidi does to a number without isolates: no digit is wrong, and nobody can ring it."""
    data, expected = good
    path = spoil(data, lambda pdf: write_on_dark(pdf, "1119 555 0800"), tmp_path / "groups.pdf")
    changed = dataclasses.replace(expected, contacts=(*expected.contacts, "0800 555 1119"))
    findings = check_file(path, PRESS, changed)
    assert [finding.what for finding in findings] == ["The groups of 0800 555 1119 stand from right to left."]


@pytest.mark.parametrize(
    ("pixels", "severity"), [(647, Severity.ERROR), (648, Severity.WARNING), (944, None)]
)
def test_drawings_in_pixels_are_held_to_their_two_limits(good, tmp_path, pixels, severity):
    """On 30 mm: below 549 pixels an inch every edge is a staircase, below 799 only slanting ones.
    The limits meet whole numbers, as GWG has it: 548.6 is 549."""
    path = spoil(good[0], lambda pdf: bitmap(pdf, pixels), tmp_path / "bitmap.pdf")
    found = [finding for finding in check_file(path, PRESS, good[1]) if finding.check == "image-resolution"]
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_a_locked_file_that_opens_is_named(good, tmp_path):
    """An owner's password lets everybody read, and printers refuse the file all the same."""
    path = spoil(good[0], lambda pdf: None, tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x"))
    found = check_file(path, PRESS, good[1])
    assert "file-whole" in {finding.check for finding in found}
    assert "encrypted" in " ".join(finding.what for finding in found)


def test_a_large_file_is_named(good, tmp_path):
    """The limit is the profile's: upload forms and mail refuse large files."""
    path = tmp_path / "good.pdf"
    path.write_bytes(good[0])
    small = PRESS.model_copy(update={"largest_mb": 0.01})
    assert {finding.check for finding in check_file(path, small, good[1])} == {"file-size"}


def test_every_check_has_a_file_that_fails_it(good):
    """A check without a failing file may have stopped looking long ago."""
    here = {check for _, wanted in FAULTS.values() for check in wanted}
    # The size below; those on pages for screens and by others in test_checks_foreign; the other
    # press standard in test_checks_x1a.
    elsewhere = {"file-size", "links", "text-direction", "x1a-structure"}
    office = {check for _, check in OFFICE_FAULTS.values()}
    assert {check.id for check in CHECKS} - here - office - elsewhere == set()


OFFICE = load_profile("office")
OFFICE_FAULTS = {
    "yellow words on purple": (
        lambda pdf: write_on_patch(pdf, "0.36 0.23 0.61 rg", "1 0.76 0.05 rg"),
        "grey-contrast",
    ),
    "black words on a tint of 20 %": (lambda pdf: write_on_patch(pdf, "0.8 g", "0 g"), "grey-contrast"),
    "words 6 mm from the foot": (
        lambda pdf: write(pdf, "on", 40, 6, 12, "0 g", "/GSk gs", page=1),
        "safe-zone",
    ),
    "words 4 mm from the side": (
        lambda pdf: write(pdf, "on", 4, 100, 12, "0 g", "/GSk gs", page=1),
        "safe-zone",
    ),
}


def write_on_patch(pdf, ground, ink):
    """Words on a patch at the foot of the inside, clear of all other words."""
    paint(pdf, patch(60, 8, 30, 12, ground), 1)
    write(pdf, "on", 65, 12, 14, ink, "/GSk gs", page=1)


@pytest.fixture(scope="session")
def good_office(workshop, tmp_path_factory):
    """The English drivers' leaflet for an office printer and what it ought to hold."""
    made = make_office(
        workshop, Variant("press", "en", None, "drivers", "dl-roll-fold"), tmp_path_factory.mktemp("office")
    )
    return made.path.read_bytes(), expected_of(made.scene, made.composed.contacts, made.composed.qr)


def test_a_good_office_file_has_no_finding(good_office, tmp_path):
    """Nor is the line that only shows on the screen taken for words at the edge of the paper."""
    path = tmp_path / "good.pdf"
    path.write_bytes(good_office[0])
    assert check_file(path, OFFICE, good_office[1]) == ()
    assert check_foreign(path, None) == ("office", ())


@pytest.mark.parametrize("name", OFFICE_FAULTS)
def test_each_fault_of_an_office_file_is_found_by_its_own_check_alone(good_office, tmp_path, name):
    """What an office printer loses, at its edge or in its greys, passes on a screen and in print."""
    fault, wanted = OFFICE_FAULTS[name]
    path = spoil(good_office[0], fault, tmp_path / "faulty.pdf")
    findings = check_file(path, OFFICE, good_office[1])
    assert [finding.check for finding in findings] == [wanted], [one.to_problem("f") for one in findings]
