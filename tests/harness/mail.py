"""Mails the tests send.

A Mail knows its Message-ID and its kind: `clean` must arrive, `pii` must not reach a third
party, `any` may end either way. Card numbers are the payment networks' published test
numbers, addresses lie in reserved domains (RFC 2606).
"""

from __future__ import annotations

import base64
import hashlib
import io
import random
import tarfile
import zipfile
import zlib
from dataclasses import dataclass, field

OWN = "example.com"
CARD = "4111 1111 1111 1111"

_WORDS = ("the shipment leaves on time and the agenda for our next meeting is ready please "
          "read the draft before we talk about the plan for spring with everybody who wrote "
          "it since some parts need another look and a few pictures are missing").split()


@dataclass
class Mail:
    id: str                 # Message-ID without angle brackets
    kind: str               # clean, pii or any
    raw: bytes              # RFC 5322, CRLF
    sender: str = f"alice@{OWN}"
    recipients: list[str] = field(default_factory=lambda: ["bob@else.test"])


def body_of(raw: bytes) -> bytes:
    """What follows the first empty line."""
    return raw.partition(b"\r\n\r\n")[2]


def body_hash(raw: bytes) -> str:
    return hashlib.sha256(body_of(raw)).hexdigest()


def prose(size: int, seed: int = 1) -> str:
    """About `size` bytes of English without personal data, in lines under 78 characters."""
    pick = random.Random(seed)
    lines: list[str] = []
    length = 0
    while length < size:
        line = " ".join(pick.choice(_WORDS) for _ in range(12))[:76]
        lines.append(line.capitalize() + ".")
        length += len(lines[-1]) + 2
    return "\r\n".join(lines) + "\r\n"


def compose(id: str, body: str | bytes, *, sender: str = f"alice@{OWN}",
            to: str = "bob@else.test", subject: str = "Our next meeting",
            headers: tuple[str, ...] = ()) -> bytes:
    lines = [f"From: Alice Example <{sender}>", f"To: <{to}>", f"Subject: {subject}",
             f"Message-ID: <{id}>", "Date: Tue, 03 Feb 2026 09:00:00 +0000",
             "MIME-Version: 1.0"]
    if not any(line.lower().startswith("content-type:") for line in headers):
        lines.append("Content-Type: text/plain; charset=utf-8")
    text = body.encode() if isinstance(body, str) else body
    return "\r\n".join([*lines, *headers]).encode() + b"\r\n\r\n" + text


def clean(id: str, size: int = 800, **more) -> Mail:
    return _mail(id, "clean", prose(size, seed=zlib.crc32(id.encode())), **more)


def with_card(id: str, number: str = CARD, **more) -> Mail:
    text = f"Dear Bob,\r\n\r\nplease charge my Visa card {number}, thank you.\r\n\r\nAlice\r\n"
    return _mail(id, "pii", text, **more)


def with_card_base64(id: str, **more) -> Mail:
    text = f"Dear Bob, please charge my Visa card {CARD}, thank you.\r\n"
    body = base64.encodebytes(text.encode()).replace(b"\n", b"\r\n").decode()
    return _mail(id, "pii", body, headers=("Content-Transfer-Encoding: base64",), **more)


def faulty(id: str, fault: str, **more) -> Mail:
    """Makes the test-only worker misbehave (tests/fault/faulty_worker.cc)."""
    return _mail(id, "any", prose(400), headers=(f"X-Fault: {fault}",), **more)


def _mail(id: str, kind: str, body: str, *, sender: str = f"alice@{OWN}",
          recipients: list[str] | None = None, **more) -> Mail:
    recipients = recipients or ["bob@else.test"]
    raw = compose(id, body, sender=sender, to=recipients[0], **more)
    return Mail(id, kind, raw, sender, recipients)


def with_attachment(id: str, name: str, content: bytes) -> Mail:
    """A mail whose only personal data stands in an attached file."""
    boundary = "=_noshare-test"
    coded = base64.encodebytes(content).decode().replace("\n", "\r\n")
    body = (f"--{boundary}\r\nContent-Type: text/plain\r\n\r\nThe file you asked for.\r\n"
            f"--{boundary}\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Transfer-Encoding: base64\r\n"
            f"Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{coded}"
            f"--{boundary}--\r\n")
    kind = f"Content-Type: multipart/mixed; boundary=\"{boundary}\""
    return Mail(id, "pii", compose(id, body, headers=(kind,)))


def _zipped(members: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return made.getvalue()


def _tarred(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def attachments_with_card() -> dict[str, bytes]:
    """Files with the card number, one for each kind of reader that a worker has."""
    line = f"Visa card {CARD}, valid thru 12/29"
    word = _zipped({"word/document.xml":
                    '<w:document xmlns:w="urn:w"><w:p><w:r><w:t>' + line[:15] +
                    "</w:t></w:r><w:r><w:t>" + line[15:] + "</w:t></w:r></w:p></w:document>"})
    return {"letter.docx": word,
            "letter.rtf": b"{\\rtf1\\ansi " + line.encode() + b"}",
            "letters.zip": _zipped({"letter.txt": line}),
            "letters.tar.gz": _tarred("letter.docx", word)}
