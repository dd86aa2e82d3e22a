"""What arrives, what is refused, and what the sender is told: one mail at a time."""

import email
import io
import json
import re
import subprocess
import zipfile
from xml.etree import ElementTree

import pytest

from harness import mail
from harness.mail import CARD, Mail, body_of
from harness.paths import program
from harness.rules import card_rule

IN_AND_OUT = ["carol@example.com", "bob@else.test"]


def header_lines(raw):
    return raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


def test_clean_mail_arrives_byte_identical_over_smtp(stack):
    clean = mail.clean("clean@test", size=200_000)
    sent, = stack.send(clean)
    stack.settle()
    assert sent.code == 250
    arrived, = stack.sink.find(clean.id)
    assert body_of(stack.sink.raw(arrived)) == body_of(clean.raw)
    assert [line for line in header_lines(stack.sink.raw(arrived))
            if line in header_lines(clean.raw)] == header_lines(clean.raw)
    assert b"noshare" not in stack.sink.raw(arrived).lower()
    assert stack.violations() == []


def test_clean_mail_arrives_byte_identical_from_local_submission(stack):
    clean = mail.clean("local@test", size=5_000)
    stack.submit(clean)
    stack.settle()
    arrived, = stack.sink.find(clean.id)
    assert body_of(stack.sink.raw(arrived)) == body_of(clean.raw)
    assert stack.violations() == []


def test_unusual_but_legal_bytes_arrive_unchanged(stack):
    body = (b"8-bit \xc3\xa9 and latin \xe9, tabs\t, trailing space \r\n.leading dot\r\n..two\r\n"
            + b"=" * 900 + b"\r\n\r\n\r\nlast line without text after it\r\n\r\n")
    odd = Mail("odd@test", "clean", mail.compose("odd@test", body, headers=(
        "X-Spaces:  two spaces", "X-Folded: first\r\n second\r\n\tthird", "X-Empty:")))
    stack.send(odd)
    stack.settle()
    arrived, = stack.sink.find(odd.id)
    assert body_of(stack.sink.raw(arrived)) == body
    assert b"X-Folded: first\r\n second\r\n\tthird" in stack.sink.raw(arrived)


@pytest.mark.parametrize("make", [mail.with_card, mail.with_card_base64],
                         ids=["plain", "base64"])
def test_a_card_number_is_refused_with_a_reason_and_no_value(stack, make):
    sent, = stack.send(make("card@test"))
    assert sent.code == 550
    assert sent.reply.startswith("5.7.1 ")
    assert "1 payment card number" in sent.reply and "else.test" in sent.reply
    assert re.search(r"\*+1111", sent.reply)
    assert CARD not in sent.reply and CARD.replace(" ", "") not in sent.reply
    stack.send(mail.clean("clean@test"))
    assert stack.violations() == []


@pytest.mark.parametrize("name", sorted(mail.attachments_with_card()))
def test_a_card_number_in_an_attachment_is_refused(stack, name):
    sent, = stack.send(mail.with_attachment("file@test", name, mail.attachments_with_card()[name]))
    assert sent.code == 550
    assert "1 payment card number" in sent.reply
    stack.send(mail.clean("clean@test"))
    assert stack.violations() == []


def test_the_case_number_in_the_reply_is_the_incident_s(stack):
    sent, = stack.send(mail.with_card("card@test"))
    case = re.search(r"case (NS-\w+)", sent.reply)[1]
    assert case in [incident["case"] for incident in stack.noshare.incidents()]


def test_a_card_number_from_local_submission_is_not_delivered(stack):
    stack.submit(mail.with_card("local-card@test"))
    stack.settle()
    assert stack.sink.find("local-card@test") == []
    notices = [arrived for arrived in stack.sink.received() if arrived.sender == ""]
    assert notices, "the sender is told by a bounce"


def test_a_card_number_to_colleagues_only_is_delivered(stack):
    inside = mail.with_card("inside@test", recipients=["carol@example.com"])
    sent, = stack.send(inside)
    stack.settle()
    assert sent.code == 250
    assert len(stack.sink.find(inside.id)) == 1


def test_mixed_recipients_get_their_own_verdicts(make_stack):
    stack = make_stack(rules=[card_rule("drop_recipient")])
    mixed = mail.with_card("mixed@test", recipients=IN_AND_OUT)
    mixed.kind = "any"      # delivered to some is what is wanted here
    clean = mail.clean("clean@test", recipients=IN_AND_OUT)
    stack.send(mixed, clean)
    stack.settle()
    to = {arrived.id: [] for arrived in stack.sink.received()}
    for arrived in stack.sink.received():
        to[arrived.id] += arrived.recipients
    assert sorted(to[mixed.id]) == ["carol@example.com"]
    assert sorted(to[clean.id]) == sorted(IN_AND_OUT)
    assert stack.violations() == []


def test_a_tag_marks_the_mail_and_changes_nothing_else(make_stack):
    stack = make_stack(rules=[card_rule("tag", id="mark", subject_prefix="[personal data]")])
    tagged = mail.with_card("tagged@test", subject="Your order")
    tagged.kind = "any"
    stack.send(tagged)
    stack.settle()
    arrived, = stack.sink.find(tagged.id)
    raw = stack.sink.raw(arrived)
    assert b"Subject: [personal data] Your order" in raw
    assert re.search(rb"^X-Noshare[\w-]*: .*mark", raw, re.M | re.I)
    assert body_of(raw) == body_of(tagged.raw)


def test_redaction_masks_the_value_and_keeps_the_rest(make_stack):
    stack = make_stack(rules=[card_rule("redact")])
    masked = mail.with_card("masked@test")
    masked.kind = "any"
    stack.send(masked, mail.clean("clean@test"))
    stack.settle()
    arrived, = stack.sink.find(masked.id)
    body = body_of(stack.sink.raw(arrived))
    assert CARD.encode() not in body
    assert b"please charge my Visa card" in body and body.endswith(b"Alice\r\n")
    assert stack.violations() == []


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def letter(*runs, more=None):
    """A Word document with one paragraph of these runs."""
    text = "".join(f"<w:r><w:t xml:space=\"preserve\">{run}</w:t></w:r>" for run in runs)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("_rels/.rels", "<Relationships/>")
        file.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body><w:p>{text}</w:p>'
                                           "</w:body></w:document>")
        for name, text in (more or {}).items():
            file.writestr(name, text)
    return made.getvalue()


def test_redaction_reaches_into_office_documents(make_stack):
    stack = make_stack(rules=[card_rule("redact")])
    masked = mail.with_attachment("letter@test", "letter.docx",
                                  letter("card ", CARD[:6], CARD[6:], " and thanks"))
    masked.kind = "any"
    stack.send(masked)
    stack.settle()
    arrived, = stack.sink.find(masked.id)
    message = email.message_from_bytes(stack.sink.raw(arrived))
    document = message.get_payload()[1].get_payload(decode=True)
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        assert file.testzip() is None
        xml = ElementTree.fromstring(file.read("word/document.xml"))
    text = "".join(run.text for run in xml.iter(f"{{{W}}}t"))
    assert text.startswith("card *") and text.endswith(" and thanks")
    assert text.count("*") == sum(c.isdigit() for c in CARD) - 4 and CARD[-4:] in text


def open_document(kind, body):
    """An OpenDocument file: its type first and not packed (ISO/IEC 26300-2, section 3.3)."""
    names = "".join(f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                    for prefix, name in [("office", "office"), ("text", "text"),
                                         ("table", "table")])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}",
                      zipfile.ZIP_STORED)
        file.writestr("content.xml", f"<office:document-content{names}><office:body>"
                                     f"<office:{kind}>{body}</office:{kind}></office:body>"
                                     "</office:document-content>")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
    return made.getvalue()


CELL = ('<table:table table:name="A"><table:table-row><table:table-cell '
        'office:value-type="string"><text:p>credit card</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
        "</table:table-row></table:table>")


@pytest.mark.parametrize("name, content", [
    ("letter.docx", letter("my credit card ", CARD[:6], CARD[6:])),
    ("letter.odt", open_document("text", f"<text:p>my credit card {CARD[:6]}<text:span>"
                                         f"{CARD[6:]}</text:span></text:p>")),
    ("cards.ods", open_document("spreadsheet", CELL.format(CARD.replace(" ", "")))),
    ("cards.csv", f"name,credit card\r\nAda,{CARD}\r\n".encode()),
], ids=["docx", "odt", "ods", "csv"])
def test_what_was_masked_shows_nothing_when_it_is_read_again(make_stack, name, content):
    stack = make_stack(rules=[card_rule("redact")])
    masked = mail.with_attachment("masked@test", name, content)
    masked.kind = "any"
    stack.send(masked)
    stack.settle()
    arrived, = stack.sink.find(masked.id)
    before, after = (json.loads(subprocess.run(
        [program("noshare"), "scan", "--config", stack.noshare.config, "--format", "json",
         "--as", "message", "-"],
        input=raw, capture_output=True, timeout=60, check=False).stdout)
        for raw in (masked.raw, stack.sink.raw(arrived)))
    cards = [[one for one in told["findings"] if one["entity"] == "payment_card_number"]
             for told in (before, after)]
    assert cards[0] and not cards[1]


def test_a_signed_mail_is_held_and_not_masked(make_stack):
    """RFC 8551 section 3.5.3: what was signed is what must arrive."""
    stack = make_stack(rules=[card_rule("redact")])
    body = ("--s\r\nContent-Type: text/plain\r\n\r\n" f"my credit card {CARD}\r\n--s\r\n"
            "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\nMIIB\r\n--s--\r\n")
    kind = ('Content-Type: multipart/signed; protocol="application/pkcs7-signature"; '
            "micalg=sha-256; boundary=s")
    held = Mail("smime@test", "any", mail.compose("smime@test", body, headers=(kind,)))
    sent, = stack.send(held)
    assert sent.code == 250
    stack.settle()
    assert stack.sink.find(held.id) == []
    assert [entry["queue_name"] for entry in stack.server.queue()] == ["hold"]


def test_a_signed_document_is_held_and_not_masked(make_stack):
    stack = make_stack(rules=[card_rule("redact")])
    signed = letter("card ", CARD, more={"_xmlsignatures/sig1.xml": "<Signature/>"})
    held = mail.with_attachment("signed@test", "letter.docx", signed)
    held.kind = "any"
    sent, = stack.send(held)
    assert sent.code == 250
    stack.settle()
    assert stack.sink.find(held.id) == []
    assert [entry["queue_name"] for entry in stack.server.queue()] == ["hold"]


def test_a_held_mail_waits_in_the_mail_servers_hold_queue(make_stack):
    stack = make_stack(rules=[card_rule("hold", hold="mta")])
    sent, _ = stack.send(mail.with_card("held@test"), mail.clean("clean@test"))
    assert sent.code == 250
    stack.settle()
    assert [entry["queue_name"] for entry in stack.server.queue()] == ["hold"]
    assert stack.violations() == []


def test_a_discarded_mail_is_gone_and_on_record(make_stack):
    stack = make_stack(rules=[card_rule("discard")])
    sent, _ = stack.send(mail.with_card("gone@test"), mail.clean("clean@test"))
    assert sent.code == 250
    assert stack.violations() == []
    assert len(stack.noshare.incidents()) == 1


def test_a_deferred_mail_gets_451(make_stack):
    stack = make_stack(rules=[card_rule("defer")])
    sent, _ = stack.send(mail.with_card("later@test"), mail.clean("clean@test"))
    assert sent.code == 451
    assert stack.violations() == []


def test_percent_signs_in_a_reply_reach_the_sender(make_stack):
    stack = make_stack(rules=[card_rule("reject", reply="we are 100% sure of it, %s and %% too")])
    sent, = stack.send(mail.with_card("percent@test"))
    assert sent.code == 550
    assert "100% sure of it, %s and %% too" in sent.reply


def test_monitor_mode_delivers_and_records(make_stack):
    stack = make_stack({"mode": "monitor"})
    seen = mail.with_card("seen@test")
    seen.kind = "any"
    sent, = stack.send(seen)
    stack.settle()
    assert sent.code == 250
    arrived, = stack.sink.find(seen.id)
    assert body_of(stack.sink.raw(arrived)) == body_of(seen.raw)
    incident, = stack.noshare.incidents()
    assert incident["action"] == "reject"


def test_a_number_across_two_chunks_of_the_protocol_is_found(stack):
    text = "our card: "
    padding = mail.prose(70_000)[:65_535 - len(text) - 8]
    body = padding[:-2] + "\r\n" + text + CARD + " thank you\r\n" + mail.prose(2_000)
    sent, = stack.send(Mail("chunks@test", "pii", mail.compose("chunks@test", body)))
    assert sent.code == 550


def test_a_large_clean_mail_passes(stack):
    sent, = stack.send(mail.clean("large@test", size=8_000_000))
    assert sent.code == 250
    assert stack.violations() == []


def test_the_filter_works_over_an_inet_socket(make_stack):
    stack = make_stack(inet=True)
    refused, passed = stack.send(mail.with_card("card@test"), mail.clean("clean@test"))
    assert (refused.code, passed.code) == (550, 250)
    assert stack.violations() == []
