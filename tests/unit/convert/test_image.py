"""What pictures show and what stands in them, through `noshare scan`: ghostscript draws the letters,
qrencode the codes, Pillow writes Exif."""
import pytest
from PIL import Image, ImageOps
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from support import CARD, config_with, found, run, scan, unread


@pytest.fixture
def ocr(tmp_path):
    return config_with(tmp_path, "ocr: true")


@pytest.fixture
def letter(tmp_path):
    """A page of letters, as a scanner gives it."""
    (tmp_path / "a.ps").write_text(
        "%!PS\n/Helvetica findfont 14 scalefont setfont 60 700 moveto\n"
        f"(Please charge my credit card {CARD}.) show showpage\n")
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pnggray", "-r150", "-dTextAlphaBits=4",
        f"-sOutputFile={tmp_path / 'a.png'}", tmp_path / "a.ps")
    return tmp_path / "a.png"


def cards(report):
    return [one for one in report["findings"] if one["entity"] == "payment_card_number"]


def test_a_picture_is_media_as_long_as_reading_is_off(letter):
    report = scan(letter)
    assert unread(report) == {("", "media")} and not report["findings"]


def test_letters_are_read_when_reading_is_on(letter, ocr):
    report = scan(letter, ocr)
    assert [one["zone"] for one in cards(report)] == ["ocr"], report
    assert not report["unreadable"]


@pytest.mark.parametrize("form", ["JPEG", "TIFF", "GIF", "BMP", "WEBP"])
def test_every_form_of_picture_is_read(letter, ocr, tmp_path, form):
    Image.open(letter).crop((0, 0, 1240, 600)).convert("RGB").save(tmp_path / "b", form)
    assert cards(scan(tmp_path / "b", ocr))


def test_light_letters_on_dark_are_read(letter, ocr, tmp_path):
    ImageOps.invert(Image.open(letter).convert("L").crop((0, 0, 1240, 600))).save(tmp_path / "b.png")
    assert cards(scan(tmp_path / "b.png", ocr))


def test_qr_codes_are_read(tmp_path, ocr):
    run("qrencode", "-o", tmp_path / "a.png", f"credit card {CARD}")
    assert ("payment_card_number", CARD, "codes") in found(scan(tmp_path / "a.png", ocr))


def test_a_page_that_shows_only_a_picture_is_read(letter, ocr, tmp_path):
    page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    page.drawImage(str(letter), 0, 0, *A4)
    page.save()
    report = scan(tmp_path / "a.pdf", ocr)
    assert [one["path"].endswith("page 1 › text") for one in cards(report)] == [True]
    assert unread(scan(tmp_path / "a.pdf")) == {("page 1", "unsupported")}


def test_pictures_beyond_the_time_are_media(letter, tmp_path):
    config = config_with(tmp_path, "ocr: true, ocr_time: 1ms")
    reasons = {reason for _, reason in unread(scan(letter, config))}
    assert reasons <= {"timed_out", "media"} and reasons


def test_where_a_photo_was_taken_and_by_whom_is_found(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = f"card {CARD}"
    exif[0x013B] = "Jane Roe"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", exif=exif.tobytes())
    report = scan(tmp_path / "a.jpg")
    assert ("payment_card_number", CARD, "metadata") in found(report)
    assert ("person_name", "Jane Roe", "metadata") in found(report)
