"""PDF files of real producers through `noshare scan`: what is found, and what is said of the rest.

reportlab, cairo, qpdf and ghostscript make the files while the test runs.
"""
import os
import zlib

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import SimpleDocTemplate, Table

from support import CARD, IBAN, TWIN, config_with, found, loud, run, scan, unread


@pytest.fixture
def make(tmp_path):
    """make(draw) is a PDF that reportlab makes; draw(canvas) puts things on it."""
    def make_pdf(draw, name="a.pdf"):
        page = canvas.Canvas(str(tmp_path / name), pagesize=A4)
        draw(page)
        page.save()
        return tmp_path / name
    return make_pdf


def card_page(page, number=CARD):
    page.drawString(100, 700, f"Please charge my credit card {number}.")


def picture():
    """A page-sized picture with dark bars, as of a scanner."""
    from PIL import Image
    image = Image.new("L", (400, 600), 255)
    for row in range(50, 550, 20):
        image.paste(60, (40, row, 360, row + 8))
    return ImageReader(image)


def test_text_of_a_page_is_found_with_its_number(make):
    def draw(page):
        page.drawString(100, 700, "Nothing here")
        page.showPage()
        card_page(page)
    report = scan(make(draw))
    assert ("payment_card_number", CARD, "page 2") in found(report)
    assert not report["unreadable"]


def test_the_twin_is_clean(make):
    report = scan(make(lambda page: card_page(page, TWIN)))
    assert not loud(report) and not report["unreadable"]


def test_digits_drawn_one_by_one_are_one_number(make):
    def draw(page):
        page.drawString(50, 720, "Credit card:")
        for place, digit in enumerate(CARD.replace(" ", "")):
            page.drawString(50 + 7 * place, 700, digit)
    assert any(entity == "payment_card_number" for entity, _, _ in found(scan(make(draw))))


def test_a_table_is_read_row_by_row(tmp_path):
    rows = [["Name", "E-Mail", "Card"]] + [
        [f"Person {i}", f"p{i}@example.org", CARD if i == 3 else "none"] for i in range(8)]
    SimpleDocTemplate(str(tmp_path / "t.pdf")).build([Table(rows)])
    report = scan(tmp_path / "t.pdf")
    emails = [one for one in report["findings"] if one["entity"] == "email_address"]
    assert len(emails) == 8
    assert ("payment_card_number", CARD, "page 1") in found(report)


def test_properties_comments_fields_links_and_bookmarks_are_read(make):
    def draw(page):
        page.setSubject("IBAN " + IBAN)
        page.textAnnotation("pay with card 5555 5555 5555 4444", Rect=(10, 10, 50, 50))
        page.acroForm.textfield(name="card", value="4012888888881881", x=100, y=600, width=200,
                                height=20)
        page.linkURL("mailto:someone@example.net", (100, 700, 200, 712))
        page.bookmarkPage("a")
        page.addOutlineEntry("card 378282246310005", "a")
        page.drawString(100, 500, "text")
    values = {value.replace(" ", ""): where for _, value, where in found(scan(make(draw)))}
    assert values[IBAN.replace(" ", "")] == "properties"
    assert values["5555555555554444"] == "page 1, comments"
    assert values["4012888888881881"].startswith("page 1")
    assert values["someone@example.net"] == "page 1, links"
    assert values["378282246310005"] == "bookmarks"


def test_a_file_inside_is_read(make, tmp_path):
    (tmp_path / "list.csv").write_text(f"card\n{CARD}\n")
    outer = make(lambda page: page.drawString(100, 700, "see the list"))
    run("qpdf", outer, "--add-attachment", tmp_path / "list.csv", "--", tmp_path / "b.pdf")
    assert ("payment_card_number", CARD, "list.csv") in found(scan(tmp_path / "b.pdf"))


def test_a_file_with_a_password_is_encrypted(make, tmp_path):
    run("qpdf", "--encrypt", "secret", "owner", "256", "--", make(card_page), tmp_path / "b.pdf")
    report = scan(tmp_path / "b.pdf")
    assert unread(report) == {("", "encrypted")} and not report["findings"]


@pytest.mark.parametrize("bits", ["40", "128", "256"])
def test_a_file_that_anybody_may_open_is_read(make, tmp_path, bits):
    weak = ["--allow-weak-crypto"] if bits != "256" else []
    run("qpdf", *weak, "--encrypt", "", "owner", bits, "--", make(card_page), tmp_path / "b.pdf")
    assert ("payment_card_number", CARD, "page 1") in found(scan(tmp_path / "b.pdf"))


@pytest.mark.parametrize("form", [["--object-streams=generate"], ["--linearize"], ["--qdf"],
                                  ["--stream-data=uncompress"]])
def test_every_form_of_file_is_read(make, tmp_path, form):
    run("qpdf", *form, make(card_page), tmp_path / "b.pdf")
    assert ("payment_card_number", CARD, "page 1") in found(scan(tmp_path / "b.pdf"))


def test_a_file_of_ghostscript_is_read(tmp_path):
    (tmp_path / "a.ps").write_text(
        "%!PS\n/Helvetica findfont 12 scalefont setfont 50 700 moveto\n"
        f"(credit card {CARD}) show showpage\n")
    run("ps2pdf", tmp_path / "a.ps", tmp_path / "a.pdf")
    assert ("payment_card_number", CARD, "page 1") in found(scan(tmp_path / "a.pdf"))


def test_a_file_of_cairo_is_read(tmp_path):
    import cairo
    surface = cairo.PDFSurface(str(tmp_path / "a.pdf"), 400, 400)
    context = cairo.Context(surface)
    context.move_to(50, 100)
    context.show_text(f"credit card {CARD}")
    surface.finish()
    assert ("payment_card_number", CARD, "page 1") in found(scan(tmp_path / "a.pdf"))


def test_white_small_and_turned_text_is_read(make):
    def draw(page):
        page.setFillColorRGB(1, 1, 1)
        page.setFont("Helvetica", 2)
        card_page(page)
        page.setFont("Helvetica", 12)
        page.rotate(90)
        page.drawString(100, -300, "IBAN " + IBAN)
    values = {value for _, value, _ in found(scan(make(draw)))}
    assert {CARD, IBAN} <= values


def test_a_page_that_shows_only_a_picture_is_unreadable(make):
    def draw(page):
        page.drawString(100, 700, "first")
        page.showPage()
        page.drawImage(picture(), 50, 50, 500, 700)
    assert unread(scan(make(draw))) == {("page 2", "unsupported")}


def test_a_scan_with_a_line_of_text_on_it_is_unreadable(make):
    def draw(page):
        page.drawImage(picture(), 20, 20, 550, 780)
        page.drawString(100, 810, "Scanned by copier 7")
    assert ("page 1", "unsupported") in unread(scan(make(draw)))


def test_text_drawn_as_lines_is_unreadable(make):
    def draw(page):
        for x in range(100, 300, 10):
            page.line(x, 700, x + 5, 712)
    assert unread(scan(make(draw))) == {("page 1", "unsupported")}


def test_blank_pages_and_a_logo_are_no_news(make):
    def draw(page):
        page.drawImage(picture(), 500, 780, 40, 40)
        page.drawString(100, 700, "An ordinary letter with a logo. " * 2)
        page.showPage()
        page.showPage()
        page.drawString(100, 700, "end")
    report = scan(make(draw))
    assert not report["unreadable"] and not loud(report)


def test_a_file_cut_short_gives_what_is_there_or_says_so(make, tmp_path):
    whole = make(card_page).read_bytes()
    for part in (0.3, 0.6, 0.9):
        (tmp_path / "cut.pdf").write_bytes(whole[:int(len(whole) * part)])
        report = scan(tmp_path / "cut.pdf")
        assert report["unreadable"] or found(report)


def test_junk_before_the_header_does_not_hide_a_file(make, tmp_path):
    (tmp_path / "b.pdf").write_bytes(b"\x00\x01junk\xff\n" * 20 + make(card_page).read_bytes())
    assert any(entity == "payment_card_number" for entity, _, _ in found(scan(tmp_path / "b.pdf")))


def test_what_is_no_pdf_behind_its_header_is_corrupt(tmp_path):
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(3000))
    assert unread(scan(tmp_path / "b.pdf")) == {("", "corrupt")}


def test_a_layer_that_is_switched_off_is_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes(LAYERED.encode())
    report = scan(tmp_path / "a.pdf")
    assert ("payment_card_number", CARD, "page 1, hidden layers") in found(report)


CONTENT = f"BT /F1 12 Tf 10 100 Td (shown) Tj ET /OC /L1 BDC BT /F1 12 Tf 10 50 Td (credit card {CARD}) Tj ET EMC"
LAYERED = f"""%PDF-1.5
1 0 obj<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</Order[6 0 R]/OFF[6 0 R]>>>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/Properties<</L1 6 0 R>>>>>>endobj
4 0 obj<</Length {len(CONTENT)}>>stream
{CONTENT}
endstream
endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj
6 0 obj<</Type/OCG/Name(hidden)>>endobj
trailer<</Root 1 0 R/Size 7>>
%%EOF
"""


def test_a_bomb_costs_its_time_and_no_more(tmp_path, make):
    """A hundred thousand nested forms: the converter is stopped, the rest of the mail is read."""
    content = "/X Do " * 2000
    forms = [f"{6 + i} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {7 + i} 0 R>>>>"
             f"/Length {len(content)}>>stream\n{content}\nendstream endobj" for i in range(6)]
    body = LAYERED.replace(CONTENT, content).replace(f"/Length {len(CONTENT)}", f"/Length {len(content)}")
    body = body.replace("/Font<</F1 5 0 R>>", "/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>").replace(
        "6 0 obj<</Type/OCG/Name(hidden)>>endobj", "\n".join(forms)).replace("/OCProperties<</OCGs[6 0 R]/D<</Order[6 0 R]/OFF[6 0 R]>>>>", "")
    (tmp_path / "bomb.pdf").write_text(body)
    config = config_with(tmp_path, "converter_time: 2s")
    assert unread(scan(tmp_path / "bomb.pdf", config)) == {("", "timed_out")}


def with_catalog(entries, streams=()):
    """A PDF of one empty page whose catalog has these entries; streams are objects 4, 5, ..."""
    objects = [f"<</Type/Catalog/Pages 2 0 R{entries}>>".encode(),
               b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"]
    for dictionary, data in streams:
        objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (dictionary, len(data), data))
    body = b"%PDF-1.7\n"
    for number, one in enumerate(objects, 1):
        body += b"%d 0 obj%s\nendobj\n" % (number, one)
    return body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(objects) + 1)


STORED = {
    "script": ("/OpenAction<</S/JavaScript/JS(var card = '%s')>>", ()),
    "script in a stream": ("/OpenAction<</S/JavaScript/JS 4 0 R>>", [(b"", b"var card = '%s'")]),
    "alternative text": ("/StructTreeRoot<</K<</S/Figure/Alt(card %s \\(of Kim\\))>>>>", ()),
    "label of pages": ("/PageLabels<</Nums[0<</P(card %s)>>]>>", ()),
    "data of a program": ("/PieceInfo<</A<</Private<</Note(card %s)>>>>>>", ()),
    "form": ("/AcroForm<</Fields[]/XFA 4 0 R>>", [(b"", b"<xdp><card>%s</card></xdp>")]),
    "packed": ("/AcroForm<</Fields[]/XFA 4 0 R>>",
               [(b"/Filter/FlateDecode", b"<xdp><card>%s</card></xdp>")]),
    "objects in a stream": ("", [(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
                                  b"9 0 <</JS(card %s)>>")]),
    "drawn where nobody looks": ("", [(b"", b"BT /F1 9 Tf 72 5000 Td (my credit card %s) Tj ET")]),
    "drawn with spaces by their width": ("", [(b"/Filter/FlateDecode",
                                               b"BT /F1 9 Tf [(my) -300 (credit) -300 (card %s)] TJ ET")]),
    "drawn among white digits": ("", [(b"", b"BT /F1 9 Tf (my credit card ) Tj 1 g (77) Tj 0 g (%s) Tj ET")]),
    "rich text of a note": ("/Note(<body><p>card <b>%s</b></p></body>)", ()),
}


@pytest.mark.parametrize("name", STORED)
def test_texts_that_no_page_shows_are_read(tmp_path, name):
    entries, streams = STORED[name]

    def filled(number):
        made = []
        for dictionary, data in streams:
            data = data % number.encode()
            made.append((dictionary, zlib.compress(data) if b"Flate" in dictionary else data))
        (tmp_path / "a.pdf").write_bytes(with_catalog(entries.replace("%s", number), made))
        return scan(tmp_path / "a.pdf")
    assert any(entity == "payment_card_number" for entity, _, _ in found(filled(CARD)))
    assert not loud(filled(TWIN))


def test_what_a_page_draws_is_told_once(make):
    report = scan(make(card_page))
    assert len([one for one in found(report) if one[0] == "payment_card_number"]) == 1
