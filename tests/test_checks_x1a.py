"""PDF/X-1a:2003: our files keep it, and each of its rules is found broken where it is broken."""

from __future__ import annotations

import io
import subprocess

import numpy
import pikepdf
import pytest
from pdf_faults import image, paint, patch, place, spoil
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from handbill.checks.command import check
from handbill.checks.expected import expected_of
from handbill.checks.profile import load_profile, profile_for
from handbill.checks.run import check_file, check_foreign
from handbill.editions.press import PressSpec, to_press
from handbill.problems import InputError, Severity
from handbill.writers.pdf import PdfOptions, write_pdf

PROFILE = load_profile("press-x1a")


@pytest.fixture(scope="session")
def leaflets(workshop):
    """A leaflet by its language: the scene for the press, and what its file ought to hold."""
    from handbill.workshop import middle_of

    found = {}
    for language in ("en", "pl", "ur", "bn"):
        layout = workshop.design.layouts["dl-roll-fold"]
        piece = workshop.campaign.bind("young-people", layout.spec.piece, language, None)
        composed = workshop.composer.compose(
            piece, layout, workshop.scripts[language], middle_of(workshop.campaign.languages[language])
        )
        scene = to_press(composed.scene, PressSpec(), composed.slug)
        found[language] = (scene, expected_of(composed.scene, composed.contacts, composed.qr))
    return found


def written(workshop, scene, standard="PDF/X-1a:2003", condition="FOGRA39"):
    options = PdfOptions(date=workshop.date, standard=standard, condition=condition)
    return write_pdf(scene, workshop.library, options)


@pytest.fixture(scope="session")
def good(workshop, leaflets):
    return written(workshop, leaflets["en"][0]), leaflets["en"][1]


# Our files


@pytest.mark.parametrize("condition", ["FOGRA39", "FOGRA47"])
@pytest.mark.parametrize("language", ["en", "pl", "ur", "bn"])
def test_a_good_file_has_no_finding(workshop, leaflets, tmp_path, oracle, language, condition):
    """On coated and uncoated paper, and in scripts whose words have to be read without the help of
    replacement texts in the content, which PDF 1.4 does not know."""
    scene, expected = leaflets[language]
    path = tmp_path / "good.pdf"
    path.write_bytes(written(workshop, scene, condition=condition))
    assert check_file(path, PROFILE, expected) == ()
    done = subprocess.run([oracle("qpdf"), "--check", path], capture_output=True, check=True, text=True)
    assert "No syntax or stream encoding errors found" in done.stdout


@pytest.mark.parametrize("language", ["en", "ur"])
def test_plates_are_those_of_the_x4_file(workshop, leaflets, tmp_path, oracle, language):
    """The same ink on the same dots, to the last value: only what the file says of itself differs."""
    plates = {}
    for standard in ("PDF/X-1a:2003", "PDF/X-4"):
        folder = tmp_path / standard[4:7]
        folder.mkdir()
        (folder / "x.pdf").write_bytes(written(workshop, leaflets[language][0], standard))
        subprocess.run(
            [
                oracle("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r50",
                f"-sOutputFile={folder}/p%d.tif", folder / "x.pdf",
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        plates[standard] = {
            path.name: numpy.array(Image.open(path)) for path in sorted(folder.glob("p*.tif"))
        }
    one, other = plates.values()
    assert set(one) == set(other) and len(one) == 10  # four plates and their sum for each side
    assert all(numpy.array_equal(one[name], other[name]) for name in one)
    assert any(plate.min() == 0 for plate in one.values())


KNOWN_TO_PDF_1_4 = {
    "/Catalog": "Type Pages PageMode ViewerPreferences StructTreeRoot MarkInfo Lang OutputIntents Metadata",
    "/Catalog/ViewerPreferences": "DisplayDocTitle Direction",
    "/Catalog/MarkInfo": "Marked",
    "/Pages": "Type Count Kids",
    "/Page": "Type Parent Resources MediaBox BleedBox TrimBox Contents Rotate StructParents",
    "/Page/Resources": "ExtGState Font ProcSet",
    "/ExtGState": "Type OP op OPM",
    "/Font": "Type Subtype BaseFont Encoding DescendantFonts ToUnicode CIDSystemInfo DW W FontDescriptor "
    "CIDToGIDMap",
    "/Font/CIDSystemInfo": "Registry Ordering Supplement",
    "/FontDescriptor": "Type FontName Flags FontBBox ItalicAngle Ascent Descent CapHeight StemV FontFile2",
    "/OutputIntent": "Type S OutputCondition OutputConditionIdentifier RegistryName Info DestOutputProfile",
    "/Metadata": "Type Subtype Length",
    "/StructTreeRoot": "Type K ParentTree ParentTreeNextKey",
    "/StructElem": "Type S P Pg K A Alt ActualText Lang",
    "/StructElem/A": "O Placement BBox WritingMode ListNumbering",
    "/MCR": "Type Pg MCID",
    # The trailer's dictionaries and streams have no type of their own.
    "": "Size Root Info ID Title Author Subject Keywords Creator Producer CreationDate ModDate Trapped "
    "GTS_PDFXVersion Length Length1 Filter N Alternate Nums DisplayDocTitle Direction GSo GSl GSk "
    "F1 F2 F3 F4 F5 F6",
}
"""Keys by dictionary that ISO 32000-1 dates 1.4 or earlier; GTS_PDFXVersion is ISO 15930's."""


def keys_in(value, label):
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        label = str(value.get("/Type", label))
        for key, inner in value.items():
            yield label, str(key).lstrip("/")
            if not (isinstance(inner, pikepdf.Object) and inner.is_indirect):
                yield from keys_in(inner, label + str(key))
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            if not (isinstance(inner, pikepdf.Object) and inner.is_indirect):
                yield from keys_in(inner, "")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_nothing_in_the_file_is_newer_than_pdf_1_4(workshop, leaflets, language):
    """An old press stops at what it does not know, or, worse, leaves it out."""
    data = written(workshop, leaflets[language][0])
    assert data.startswith(b"%PDF-1.4\n")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = {pair for item in [pdf.trailer, *pdf.objects] for pair in keys_in(item, "")}
        new = {(label, key) for label, key in found if key not in KNOWN_TO_PDF_1_4.get(label, "").split()}
        assert new == set()
        for page in pdf.pages:
            # A replacement text in the content is of PDF 1.5 (14.9.4), one of an element of 1.4.
            assert b"/ActualText" not in page.Contents.read_bytes()
    assert b"/ObjStm" not in data and b"/XRef" not in data


# Faults


def claim(**keys):
    def fault(pdf):
        for key, value in keys.items():
            if value is None:
                del pdf.docinfo[Name("/" + key)]
            else:
                pdf.docinfo[Name("/" + key)] = value

    return fault


def xmp(old, new):
    def fault(pdf):
        packet = pdf.Root.Metadata.read_bytes()
        assert old in packet
        pdf.Root.Metadata = Stream(pdf, packet.replace(old, new), Type=Name.Metadata, Subtype=Name.XML)

    return fault


def later_claim(pdf):
    old = b"</rdf:RDF>"
    new = (
        b'<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">'
        b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></rdf:Description></rdf:RDF>"
    )
    xmp(old, new)(pdf)


def page_group(pdf):
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


def form_group(pdf):
    form = Stream(
        pdf, b"0.1 0 0 0 k 0 0 20 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 20, 20]),
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK),
    )  # fmt: skip
    paint(pdf, "1 0 0 1 200 220 cm /Fm Do", XObject={"/Fm": pdf.make_indirect(form)})


def state(**entries):
    def fault(pdf):
        paint(pdf, f"/T gs {patch(60, 80, 5, 5, '0.1 0 0 0 k')}", ExtGState={"/T": Dictionary(**entries)})

    return fault


def soft_mask(pdf):
    mask = Stream(
        pdf, b"0 0 200 200 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 999, 999]),
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK),
    )  # fmt: skip
    state(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=pdf.make_indirect(mask)))(pdf)


def faded_image(pdf):
    picture = image(pdf, 400)
    picture.SMask = pdf.make_indirect(image(pdf, 400, Name.DeviceGray, 1))
    place(pdf, picture, 60, 80, 30)


def deep_image(pdf):
    picture = image(pdf, 400, Name.DeviceCMYK, 8)
    picture.BitsPerComponent = 16
    place(pdf, picture, 60, 80, 30)


def packed_image(filter_name):
    def fault(pdf):
        picture = image(pdf, 400)
        picture.write(picture.read_bytes(), filter=Name("/" + filter_name))
        place(pdf, picture, 60, 80, 30)

    return fault


def layers(pdf):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("English")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


def opentype(pdf):
    font = pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0].FontDescriptor
    data = font.FontFile2.read_bytes()
    del font["/FontFile2"]
    font.FontFile3 = pdf.make_indirect(Stream(pdf, data, Subtype=Name.OpenType))


def stand_in_space(pdf):
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(DefaultCMYK=Array([Name.ICCBased, profile]))


def outside(operators):
    """Paint in the slug, where the check of colours does not look."""
    return lambda pdf: paint(pdf, operators)


def rgb_spot(pdf):
    tint = Stream(pdf, b"{dup dup}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1, 0, 1, 0, 1]))
    space = Array([Name.Separation, Name("/Gold"), Name.DeviceRGB, pdf.make_indirect(tint)])
    paint(pdf, f"/S cs {patch(60, 80, 20, 20, '0.1 scn')}", ColorSpace={"/S": space})


def lab(pdf):
    space = Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])
    paint(pdf, f"/L cs {patch(60, 80, 20, 20, '90 0 0 scn')}", ColorSpace={"/L": space})


def icc(pdf):
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    space = Array([Name.ICCBased, profile])
    paint(pdf, f"/I cs {patch(60, 80, 20, 20, '0.1 0 0 0 scn')}", ColorSpace={"/I": space})


def annotation(kind, box):
    def fault(pdf):
        item = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array(box))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(item)])

    return fault


def intent(change):
    return lambda pdf: change(pdf, pdf.Root.OutputIntents[0])


def drop_profile_and_registry(pdf, found):
    del found["/DestOutputProfile"]
    del found["/RegistryName"]


def newer_profile(pdf, found):
    data = bytearray(found.DestOutputProfile.read_bytes())
    data[8] = 4
    found.DestOutputProfile = pdf.make_indirect(Stream(pdf, bytes(data), N=4))


def second_intent(pdf, found):
    pdf.Root.OutputIntents.append(pdf.make_indirect(Dictionary({key: found[key] for key in list(found)})))


def bookmark(pdf):
    entry = Dictionary(Title=String("Web"), A=Dictionary(S=Name.URI, URI=String("https://example.org")))
    entry = pdf.make_indirect(entry)
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=entry, Last=entry, Count=1))
    entry.Parent = pdf.Root.Outlines


def postscript(pdf):
    paint(pdf, "(showpage) PS")


FAULTS = {
    "no claim": (claim(GTS_PDFXVersion=None), "does not say that it is PDF/X-1a"),
    "key of 2001, value of 2003": (claim(GTS_PDFXConformance="PDF/X-1a:2001"), "mixes two generations"),
    "value of 2001 in the key of 2003": (claim(GTS_PDFXVersion="PDF/X-1a:2001"), "mixes two generations"),
    "another claim in XMP": (xmp(b"PDF/X-1a:2003</pdfx:", b"PDF/X-3:2003</pdfx:"), "in its description"),
    "also PDF/X-4": (later_claim, "a later PDF/X too"),
    "trapping not known": (claim(Trapped=Name.Unknown), "trapped"),
    "trapping told as words": (claim(Trapped=String("False")), "trapped"),
    "trapping told twice": (xmp(b"<pdf:Trapped>False", b"<pdf:Trapped>True"), "trapped"),
    "no date of change": (claim(ModDate=None), "no date of change"),
    "two printing conditions": (intent(second_intent), "2 printing conditions"),
    "no profile and no registry": (intent(drop_profile_and_registry), "colour profile"),
    "profile of ICC version 4": (intent(newer_profile), "version 4"),
    "page group": (page_group, "set up for transparency"),
    "form group": (form_group, "set up for transparency"),
    "alpha": (state(ca=0.5), "see-through (alpha)"),
    "stroke alpha": (state(CA=0.5), "see-through (alpha)"),
    "blend mode": (state(BM=Name.Multiply), "blend mode"),
    "soft mask": (soft_mask, "soft mask"),
    "image with a soft mask": (faded_image, "see-through (soft mask)"),
    "image of 16 bits": (deep_image, "16 bits"),
    "layers": (layers, "layers"),
    "OpenType": (opentype, "OpenType"),
    "default colour space": (stand_in_space, "stands in for plain inks"),
    "RGB in the slug": (outside("0.5 0.6 0.7 rg 2 2 10 4 re f"), "Outside the bleed"),
    "spot ink in RGB": (rgb_spot, "“Gold” is described in DeviceRGB"),
    "note on the piece": (annotation("Text", [200, 200, 220, 220]), "annotation (Text)"),
    "printer's mark on the piece": (annotation("PrinterMark", [200, 200, 220, 220]), "(PrinterMark)"),
    "transfer function": (state(TR=Name.Identity), "transfer function"),
    "halftone phase": (state(HTP=Array([0, 0])), "halftone phase"),
    "halftone of type 6": (state(HT=Dictionary(Type=Name.Halftone, HalftoneType=6)), "of a type"),
    "halftone by name": (
        state(HT=Dictionary(Type=Name.Halftone, HalftoneType=1, HalftoneName=String("own"))), "maker's own",
    ),
    "PostScript": (postscript, "PostScript"),
    "acting bookmark": (bookmark, "bookmark acts"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found(good, tmp_path, name):
    """There is no free validator for PDF/X: what is not found here is found by the printer."""
    fault, words = FAULTS[name]
    path = spoil(good[0], fault, tmp_path / "faulty.pdf")
    found = [finding for finding in check_file(path, PROFILE, good[1]) if finding.check == "x1a-structure"]
    assert len(found) == 1, [finding.what for finding in found]
    assert words in found[0].what
    assert found[0].severity is Severity.ERROR


SHARED = (
    "two printing conditions",
    "note on the piece",
    "transfer function",
    "halftone phase",
    "halftone of type 6",
    "halftone by name",
    "PostScript",
    "acting bookmark",
)


@pytest.mark.parametrize("name", SHARED)
def test_what_all_parts_forbid_is_found_in_x4_too(workshop, leaflets, tmp_path, name):
    """One walk serves both standards; a rule that fell out of it would be lost to both at once."""
    fault, words = FAULTS[name]
    scene, expected = leaflets["en"]
    path = spoil(written(workshop, scene, "PDF/X-4"), fault, tmp_path / "faulty.pdf")
    found = [finding for finding in check_file(path, load_profile("press"), expected)]
    assert [finding.check for finding in found] == ["x4-structure"]
    assert words in found[0].what


def test_an_x4_file_without_a_rendition_is_found(workshop, leaflets, tmp_path):
    """Preflights ask for three entries that tell versions of a file apart; nothing else depends on them."""
    drop = xmp(b"<xmpMM:RenditionClass>default</xmpMM:RenditionClass>", b"")
    path = spoil(written(workshop, leaflets["en"][0], "PDF/X-4"), drop, tmp_path / "faulty.pdf")
    found = check_file(path, load_profile("press"), leaflets["en"][1])
    assert [finding.what for finding in found] == [
        "The description of the file (XMP) lacks xmpMM:RenditionClass."
    ]


@pytest.mark.parametrize("filter_name", ["LZWDecode", "JPXDecode", "JBIG2Decode"])
def test_packings_that_presses_refuse_are_found(good, tmp_path, filter_name):
    """They cannot be unpacked here either, as the data is none; the name is enough."""
    path = spoil(good[0], packed_image(filter_name), tmp_path / "packed.pdf")
    found = [finding.what for finding in check_file(path, PROFILE, good[1])]
    assert any("is packed with" in what for what in found), found


@pytest.mark.parametrize(("name", "fault"), [("Lab", lab), ("a colour profile", icc)])
def test_colours_that_are_no_inks_are_found(good, tmp_path, name, fault):
    """By the check of colours, which other profiles for the press have as well."""
    path = spoil(good[0], fault, tmp_path / "colour.pdf")
    found = [finding for finding in check_file(path, PROFILE, good[1]) if finding.check == "colour-spaces"]
    assert len(found) == 1 and name in found[0].what


def test_packed_objects_and_a_newer_version_are_found(good, tmp_path):
    """What most programs write today when they save a file again."""
    path = spoil(
        good[0], lambda pdf: None, tmp_path / "new.pdf", min_version="1.5",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )  # fmt: skip
    found = [finding.what for finding in check_file(path, PROFILE, good[1])]
    assert found == [
        "The file is PDF 1.5; PDF/X-1a:2003 is 1.4 at most.",
        "Objects are packed together (object streams), which is of PDF 1.5.",
    ]


def test_the_older_generation_is_named_and_let_through(good, tmp_path):
    """PDF/X-1a:2001 is a standard of its own; who asked for 2003 may want to know."""
    older = claim(GTS_PDFXVersion="PDF/X-1:2001", GTS_PDFXConformance="PDF/X-1a:2001")
    path = spoil(good[0], older, tmp_path / "older.pdf")
    (finding,) = check_file(path, PROFILE, good[1])
    assert finding.severity is Severity.WARNING and "2001" in finding.what


def test_what_the_standard_allows_is_not_a_fault(good, tmp_path):
    """A check that is stricter than the standard sends good files back to people who cannot mend them."""

    def allowed(pdf):
        del pdf.Root.OutputIntents[0]["/DestOutputProfile"]  # named from the registry instead
        pdf.docinfo["/GTS_PDFXConformance"] = "PDF/X-1a:2003"  # needless, and what many programs write
        annotation("Text", [2, 2, 12, 12])(pdf)  # a note in the slug
        state(ca=1, CA=1, SMask=Name("/None"), BM=Name.Normal)(pdf)

    path = spoil(good[0], allowed, tmp_path / "allowed.pdf")
    # The page paints an artifact in a state that is already the usual one, so nothing else is found.
    assert [
        finding.what
        for finding in check_file(path, PROFILE, good[1])
        if finding.check in ("x1a-structure", "colour-spaces")
    ] == []


# Which profile


def test_the_profile_is_guessed_from_what_the_file_says(good, workshop, leaflets, tmp_path, root):
    """Nobody who types “check” should have to know which standard a file keeps."""
    path = tmp_path / "x1a.pdf"
    path.write_bytes(good[0])
    out = io.StringIO()
    assert check([str(path)], root, out, out) == 0
    assert out.getvalue().endswith("nothing found (profile press-x1a)\n")
    path.write_bytes(written(workshop, leaflets["en"][0], "PDF/X-4"))
    assert check_foreign(path, None) == ("press", ())
    mixed = spoil(path.read_bytes(), claim(GTS_PDFXVersion="PDF/X-1a:2003"), tmp_path / "mixed.pdf")
    name, found = check_foreign(mixed, None)
    assert (name, [finding.check for finding in found]) == ("press", ["x4-structure"])


def test_each_standard_is_judged_by_its_own_profile():
    """The build asks by edition and standard; the limits are the press's for both."""
    x4, x1a = profile_for("press", "PDF/X-4"), profile_for("press", "PDF/X-1a:2003")
    assert (x4.profile, x1a.profile) == ("press", "press-x1a")
    assert set(x4.checks) ^ set(x1a.checks) == {"x4-structure", "x1a-structure", "blend-space"}
    same = {"profile", "name", "standard", "checks"}
    assert x4.model_dump(exclude=same) == x1a.model_dump(exclude=same)
    assert x1a.is_press and not profile_for("office", None).is_press
    with pytest.raises(InputError):
        profile_for("web", "PDF/X-4")
