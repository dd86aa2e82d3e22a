"""Old Excel files of a real producer, and what stands beside them, through `noshare scan`."""
import datetime
from pathlib import Path

import xlwt

from support import CARD, IBAN, found, scan, unread

LETTER = Path(__file__).parents[1] / "extract" / "files" / "letter.doc"


def workbook(tmp_path, card):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Customers")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for column, title in enumerate(["Name", "Born", "Card"]):
        sheet.write(0, column, title)
    for row in range(1, 200):
        sheet.write(row, 0, f"Item {row} " + "x" * 100)  # the shared texts fill several records
        sheet.write(row, 1, datetime.date(1980, 1, row % 28 + 1), day)
        sheet.write(row, 2, card if row == 150 else row)
    hidden = book.add_sheet("Hidden")
    hidden.visibility = 2
    hidden.write(5, 5, "IBAN " + IBAN)
    book.save(str(tmp_path / "list.xls"))
    return tmp_path / "list.xls"


def test_cells_of_all_sheets_are_found(tmp_path):
    report = scan(workbook(tmp_path, int(CARD.replace(" ", ""))))
    places = found(report)
    assert ("payment_card_number", CARD.replace(" ", ""), "Customers") in places
    assert ("iban", IBAN, "Hidden") in places
    assert not report["unreadable"]


def test_the_twin_has_no_card(tmp_path):
    report = scan(workbook(tmp_path, 4111111111111112))
    assert not any(one["entity"] == "payment_card_number" for one in report["findings"])


def test_a_letter_is_read_with_its_footnotes_and_comments():
    places = found(scan(LETTER))
    assert ("payment_card_number", CARD, "text") in places
    assert ("iban", IBAN, "footnotes") in places
    assert ("payment_card_number", "5555 5555 5555 4444", "comments") in places
    assert ("payment_card_number", "378282246310005", "headers and footers") in places
    assert ("payment_card_number", "4012888888881881", "properties") in places


def test_half_a_letter_is_corrupt_or_gives_what_is_there(tmp_path):
    whole = LETTER.read_bytes()
    for part in (0.2, 0.5, 0.8):
        (tmp_path / "cut.doc").write_bytes(whole[:int(len(whole) * part)])
        report = scan(tmp_path / "cut.doc")
        assert unread(report) or found(report)
