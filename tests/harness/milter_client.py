"""A mail server's side of the milter protocol, by hand, for tests without a mail server.

In:  events, or octets that no mail server would send     Out: the filter's answers, parsed
Version 6 of the protocol as libmilter's mfdef.h has it: a frame is a 32-bit length (network
order), one command octet and data. A closed connection raises MilterClosed.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass, field

# Protocol flags (SMFIP_*): steps the filter does not want, and steps it will not answer.
NO_CONNECT, NO_HELO, NO_MAIL, NO_RCPT, NO_BODY, NO_HDRS, NO_EOH = (1 << n for n in range(7))
NR_HDR, NO_UNKNOWN, NO_DATA = 1 << 7, 1 << 8, 1 << 9
SKIP, RCPT_REJ, NR_CONN, NR_HELO, NR_MAIL, NR_RCPT, NR_DATA, NR_UNKN, NR_EOH, NR_BODY = (
    1 << n for n in range(10, 20))
HDR_LEADSPC = 1 << 20
ALL_STEPS = (1 << 21) - 1
ALL_ACTIONS = 0x1FF

# step: (command, not wanted, not answered)
_STEPS = {
    "connect": (b"C", NO_CONNECT, NR_CONN), "helo": (b"H", NO_HELO, NR_HELO),
    "mail": (b"M", NO_MAIL, NR_MAIL), "rcpt": (b"R", NO_RCPT, NR_RCPT),
    "data": (b"T", NO_DATA, NR_DATA), "header": (b"L", NO_HDRS, NR_HDR),
    "eoh": (b"N", NO_EOH, NR_EOH), "body": (b"B", NO_BODY, NR_BODY),
}
_FINAL = {b"a": "accept", b"c": "continue", b"d": "discard", b"r": "reject",
          b"t": "tempfail", b"y": "reply", b"s": "skip", b"4": "shutdown"}
CHUNK = 65535


class MilterClosed(ConnectionError):
    """The filter closed the connection, or did not answer in time."""


@dataclass
class Answer:
    """What the filter said to one step."""
    action: str                       # accept, continue, reject, tempfail, reply, none, ...
    text: str = ""                    # "550 5.7.1 ..." when action is reply
    changes: list[tuple[str, list[str]]] = field(default_factory=list)
    body: bytes = b""                 # replaced body
    progress: int = 0                 # progress frames
    seconds: float = 0.0

    def changed(self, what: str) -> list[list[str]]:
        return [values for name, values in self.changes if name == what]

    @property
    def code(self) -> int:
        return int(self.text[:3]) if self.text[:3].isdigit() else 0


_CHANGES = {b"+": "add_recipient", b"-": "delete_recipient", b"e": "change_sender",
            b"h": "add_header", b"i": "insert_header", b"m": "change_header",
            b"q": "quarantine", b"2": "add_recipient"}


def _connect_unix(path: str, timeout: float) -> socket.socket:
    """Waits as long as the queue of connections is full: the kernel says so at once."""
    until = time.monotonic() + timeout
    while True:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(timeout)
        try:
            connection.connect(path)
            return connection
        except BlockingIOError:
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        except OSError:
            connection.close()
            raise


def connect_socket(address: str, timeout: float) -> socket.socket:
    """`unix:/path` or `inet:host:port`, as noshare.yaml writes it."""
    kind, _, rest = address.partition(":")
    if kind == "unix":
        return _connect_unix(rest, timeout)
    host, _, port = rest.rpartition(":")
    connection = socket.create_connection((host, int(port)), timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class MilterClient:
    def __init__(self, address: str, timeout: float = 60):
        self.socket = connect_socket(address, timeout)
        self.protocol = 0     # what the filter asked for
        self.actions = 0

    def __enter__(self) -> MilterClient:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        self.socket.close()

    # -- one step each --

    def negotiate(self, version: int = 6, actions: int = ALL_ACTIONS,
                  protocol: int = ALL_STEPS) -> None:
        self.frame(b"O", struct.pack("!III", version, actions, protocol))
        command, data = self.read_frame()
        if command != b"O":
            raise MilterClosed(f"negotiation answered with {command!r}")
        _, self.actions, self.protocol = struct.unpack("!III", data[:12])

    def macros(self, step: bytes, **values: str) -> None:
        """{name} for names of several letters is written as it is: macros(b"M", i="4X", ...)."""
        pairs = []
        for name, value in values.items():
            pairs += [name if len(name) == 1 else "{" + name + "}", value]
        self.frame(b"D", step + _strings(pairs))

    def connect(self, host: str = "client.example.com", address: str = "127.0.0.1",
                port: int = 40000) -> Answer:
        data = host.encode() + b"\0" + b"4" + struct.pack("!H", port) + _strings([address])
        return self.step("connect", data)

    def helo(self, name: str = "client.example.com") -> Answer:
        return self.step("helo", _strings([name]))

    def mail(self, sender: str, *parameters: str) -> Answer:
        return self.step("mail", _strings([f"<{sender}>", *parameters]))

    def rcpt(self, recipient: str, *parameters: str) -> Answer:
        return self.step("rcpt", _strings([f"<{recipient}>", *parameters]))

    def data(self) -> Answer:
        return self.step("data", b"")

    def header(self, name: str, value: str) -> Answer:
        space = " " if self.protocol & HDR_LEADSPC else ""
        return self.step("header", _strings([name, space + value]))

    def eoh(self) -> Answer:
        return self.step("eoh", b"")

    def body(self, octets: bytes) -> Answer:
        return self.step("body", octets)

    def end_of_message(self) -> Answer:
        self.frame(b"E", b"")
        return self.read_answer()

    def abort(self) -> None:
        self.frame(b"A", b"")

    def quit(self) -> None:
        self.frame(b"Q", b"")
        self.close()

    # -- whole sequences --

    def open(self, **connect) -> MilterClient:
        """Negotiation, connect and HELO, with the macros Postfix sends."""
        self.negotiate()
        self.macros(b"C", j="mail.example.com", daemon_name="mail.example.com")
        self.connect(**connect)
        self.helo()
        return self

    def envelope(self, sender: str, recipients: list[str], queue_id: str = "4TEST0") -> Answer:
        self.macros(b"M", mail_addr=sender)
        answer = self.mail(sender)
        for recipient in recipients:
            self.macros(b"R", rcpt_addr=recipient, rcpt_mailer="smtp")
            answer = self.rcpt(recipient)
        self.macros(b"T", i=queue_id)
        self.data()
        return answer

    def content(self, raw: bytes) -> Answer:
        """Header, body and end of message of a message in CRLF form."""
        head, _, body = raw.partition(b"\r\n\r\n")
        for line in head.decode("latin-1").replace("\r\n ", "\n ").split("\r\n"):
            name, _, value = line.partition(":")
            answer = self.header(name, value.removeprefix(" "))
            if answer.action not in ("continue", "none"):
                return answer
        self.eoh()
        for start in range(0, len(body), CHUNK):
            self.body(body[start:start + CHUNK])
        return self.end_of_message()

    def message(self, raw: bytes, sender: str, recipients: list[str],
                queue_id: str = "4TEST0") -> Answer:
        self.envelope(sender, recipients, queue_id)
        return self.content(raw)

    # -- octets --

    def step(self, name: str, data: bytes) -> Answer:
        command, unwanted, unanswered = _STEPS[name]
        if self.protocol & unwanted:
            return Answer("none")
        self.frame(command, data)
        return Answer("none") if self.protocol & unanswered else self.read_answer()

    def frame(self, command: bytes, data: bytes) -> None:
        self.send(struct.pack("!I", 1 + len(data)) + command + data)

    def send(self, octets: bytes) -> None:
        try:
            self.socket.sendall(octets)
        except OSError as error:
            raise MilterClosed(str(error)) from None

    def read_frame(self) -> tuple[bytes, bytes]:
        length = struct.unpack("!I", self._read(4))[0]
        content = self._read(length)
        return content[:1], content[1:]

    def read_answer(self) -> Answer:
        start = time.monotonic()
        answer = Answer("none")
        while True:
            command, data = self.read_frame()
            if command in _FINAL:
                answer.action = _FINAL[command]
                answer.text = data.rstrip(b"\0").decode("latin-1") if command == b"y" else ""
                answer.seconds = time.monotonic() - start
                return answer
            if command == b"p":
                answer.progress += 1
            elif command == b"b":
                answer.body += data
            else:
                skip = 4 if command in b"im" else 0
                values = data[skip:].rstrip(b"\0").decode("latin-1").split("\0")
                answer.changes.append((_CHANGES.get(command, repr(command)), values))

    def _read(self, count: int) -> bytes:
        octets = b""
        while len(octets) < count:
            try:
                more = self.socket.recv(count - len(octets))
            except OSError as error:
                raise MilterClosed(str(error) or "timed out") from None
            if not more:
                raise MilterClosed("the filter closed the connection")
            octets += more
        return octets


def _strings(values: list[str]) -> bytes:
    return b"".join(value.encode("latin-1", "replace") + b"\0" for value in values)
