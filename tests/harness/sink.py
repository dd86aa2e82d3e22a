"""Sink: an SMTP server that accepts everything and writes down what it got.

In:  SMTP from the mail server under test
Out: ledger L2, FOLDER/index.jsonl, one line a mail and recipient set, and FOLDER/<n>.eml
A mail is on disk (fsync) before its 250. The sink can be told to be slow or to refuse.
As a program:  python3 -m harness.sink FOLDER PORT
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from dataclasses import asdict, dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from .mail import body_hash
from .process import free_port, wait_until


@dataclass
class Received:
    id: str                 # Message-ID without angle brackets
    sender: str
    recipients: list[str]
    body_sha256: str
    file: str
    time: float


class Sink:
    def __init__(self, folder: Path, port: int = 0):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = port or free_port()
        self.delay_s = 0.0        # before each 250 to a message
        self.refuse = ""          # "451 4.3.0 not now": the answer instead of 250
        self._index = folder / "index.jsonl"
        self._index.touch()
        self._count = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> Sink:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self.serve(ready)),
                                        daemon=True)
        self._thread.start()
        wait_until(ready.is_set, 10, "the sink")
        return self

    def stop(self) -> None:
        if self._loop and self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join(10)

    def received(self) -> list[Received]:
        return [Received(**json.loads(line)) for line in
                self._index.read_text(encoding="utf-8").splitlines()]

    def raw(self, mail: Received) -> bytes:
        return (self.folder / mail.file).read_bytes()

    def find(self, id: str) -> list[Received]:
        return [mail for mail in self.received() if mail.id == id]

    async def serve(self, ready: threading.Event | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        server = await asyncio.start_server(self._session, "127.0.0.1", self.port,
                                            backlog=500, limit=1 << 20)
        async with server:
            if ready:
                ready.set()
            await self._stopped.wait()

    async def _session(self, reader: asyncio.StreamReader,
                       writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader, writer) -> None:
        async def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        sender, recipients = "", []
        await say("220 sink.test ESMTP")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb in (b"EHLO", b"LHLO"):
                await say("250-sink.test\r\n250-8BITMIME\r\n250 SIZE 0")
            elif verb == b"MAIL":
                sender, recipients = _address(line), []
                await say("250 2.1.0 ok")
            elif verb == b"RCPT":
                recipients.append(_address(line))
                await say("250 2.1.5 ok")
            elif verb == b"DATA":
                await say("354 go on")
                raw = await _content(reader)
                await asyncio.sleep(self.delay_s)
                if not self.refuse:
                    self._keep(sender, recipients, raw)
                await say(self.refuse or "250 2.0.0 kept")
            elif verb == b"QUIT":
                await say("221 2.0.0 bye")
                return
            else:
                await say("250 2.0.0 ok")

    def _keep(self, sender: str, recipients: list[str], raw: bytes) -> None:
        self._count += 1
        file = f"{self._count}.eml"
        _write_durably(self.folder / file, raw)
        message_id = BytesHeaderParser().parsebytes(raw)["Message-ID"] or ""
        mail = Received(message_id.strip().strip("<>"), sender, recipients, body_hash(raw),
                        file, time.time())
        _write_durably(self._index, json.dumps(asdict(mail)).encode() + b"\n")


def _address(line: bytes) -> str:
    text = line.decode(errors="replace")
    return text[text.find("<") + 1:text.find(">")]


async def _content(reader: asyncio.StreamReader) -> bytes:
    lines: list[bytes] = []
    while (line := await reader.readuntil(b"\n")) != b".\r\n":
        lines.append(line[1:] if line.startswith(b".") else line)
    return b"".join(lines)


def _write_durably(path: Path, octets: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        os.write(file, octets)
        os.fsync(file)
    finally:
        os.close(file)


if __name__ == "__main__":
    asyncio.run(Sink(Path(sys.argv[1]), int(sys.argv[2])).serve())
