"""Stack: noshare, a mail server and a sink, wired together and counted.

In:  a folder, settings of noshare      Out: a running set-up; at the end, the ledger's word
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import ledger
from .mail import Mail
from .noshare import Noshare
from .postfix import PostfixInstance
from .sendmail import SendmailInstance
from .sender import Sender, Sent
from .sink import Sink

SERVERS = {"postfix": PostfixInstance, "sendmail": SendmailInstance}


class Stack:
    def __init__(self, root: Path, server: str = "postfix", settings: dict | None = None, *,
                 server_options: dict | None = None, **noshare_options):
        self.root = root
        self.sink = Sink(root / "sink")
        self.noshare = Noshare(root / "noshare", settings, **noshare_options)
        self.server = SERVERS[server](root / "mta", self.sink.port, self.noshare.socket,
                                      **(server_options or {}))
        self.sender = Sender(self.server.port)

    def __enter__(self) -> Stack:
        self.sink.start()
        try:
            self.noshare.start()
            self.server.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def stop(self) -> None:
        self.server.stop()
        self.noshare.stop()
        self.sink.stop()

    def send(self, *mails: Mail, connections: int = 1, **options) -> list[Sent]:
        return self.sender.send(mails, connections, **options)

    def submit(self, *mails: Mail) -> list[Sent]:
        return [self.sender.submit(mail, self.server.submit) for mail in mails]

    def settle(self, seconds: float = 60) -> None:
        """Waits until the mail server has nothing left to do."""
        self.server.flush()
        self.server.wait_quiet(seconds)

    def books(self) -> ledger.Books:
        books = ledger.Books(self.sender.records, self.sink.received(), self.server.queue(),
                             self.server.events(), self.noshare.verdicts())
        books.save(self.root / "books")
        return books

    def violations(self, seconds: float = 60) -> list[str]:
        """The ledger's check once all is quiet, its control run included."""
        self.settle(seconds)
        books = self.books()
        unnoticed = ledger.control(books)
        return ledger.check(books) + [f"the ledger is blind to {fault}" for fault in unnoticed]


def codes(sent: Iterable[Sent]) -> set[int | None]:
    return {one.code for one in sent}
