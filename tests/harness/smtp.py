"""An SMTP client that says exactly what it is told (RFC 5321).

In:  commands and raw messages     Out: every reply with the time it took
A lost connection is a reply with code None, not an exception: it is what faults look like.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import NamedTuple


class Reply(NamedTuple):
    code: int | None    # None: the connection was lost before an answer came
    text: str
    seconds: float

    @property
    def ok(self) -> bool:
        return self.code is not None and 200 <= self.code < 400


class SmtpSession:
    def __init__(self, port: int, helo: str = "client.example.com", timeout: float = 120):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._input = self._socket.makefile("rb")
        self.helo_name = helo
        self.greeting = self._reply()

    def __enter__(self) -> SmtpSession:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def ehlo(self) -> Reply:
        return self.command(f"EHLO {self.helo_name}")

    def mail(self, sender: str) -> Reply:
        return self.command(f"MAIL FROM:<{sender}>")

    def rcpt(self, recipient: str) -> Reply:
        return self.command(f"RCPT TO:<{recipient}>")

    def rset(self) -> Reply:
        return self.command("RSET")

    def quit(self) -> Reply:
        reply = self.command("QUIT")
        self.close()
        return reply

    def data(self, raw: bytes) -> Reply:
        """DATA, the message and the final dot."""
        go = self.command("DATA")
        if go.code != 354:
            return go
        self.send(dot_stuffed(raw) + b".\r\n")
        return self._reply()

    def command(self, line: str) -> Reply:
        self.send(line.encode() + b"\r\n")
        return self._reply()

    def send(self, octets: bytes) -> None:
        try:
            self._socket.sendall(octets)
        except OSError:
            pass  # the missing reply tells

    def close(self) -> None:
        self._input.close()
        self._socket.close()

    def cut(self) -> None:
        """Resets the connection, as a crashed client would."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def read_reply(self) -> Reply:
        return self._reply()

    def _reply(self) -> Reply:
        start = time.monotonic()
        lines: list[str] = []
        while True:
            try:
                line = self._input.readline().decode(errors="replace").rstrip("\r\n")
            except OSError as error:
                return Reply(None, str(error), time.monotonic() - start)
            if len(line) < 3 or not line[:3].isdigit():
                return Reply(None, "connection closed", time.monotonic() - start)
            lines.append(line[4:])
            if line[3:4] != "-":
                return Reply(int(line[:3]), "\n".join(lines), time.monotonic() - start)


def dot_stuffed(raw: bytes) -> bytes:
    if not raw.endswith(b"\r\n"):
        raw += b"\r\n"
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed
