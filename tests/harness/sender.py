"""Sender: real mails over SMTP or the sendmail command, every answer recorded, no retries.

In:  Mails     Out: ledger L1, one record a mail (also as JSON lines)
A mail whose connection was lost before an answer has code None: its fate is unknown to the
sender, and the ledger allows it to have arrived or not.
"""

from __future__ import annotations

import json
import queue
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .mail import Mail, body_hash
from .smtp import Reply, SmtpSession

# "2.0.0 Ok: queued as 4XyZ" (Postfix), "2.0.0 6AO0 Message accepted for delivery" (Sendmail)
_QUEUE_ID = re.compile(r"queued as (\w+)|^2\.0\.0 (\w+) Message accepted", re.M)


@dataclass
class Sent:
    id: str
    kind: str
    sender: str
    recipients: dict[str, int | None]   # answer to each RCPT
    code: int | None                    # the last answer
    reply: str
    stage: str                          # connect, mail, rcpt, data, local
    body_sha256: str
    queue_id: str = ""
    time: float = field(default_factory=time.time)
    seconds: float = 0.0                # end of data to answer


class Sender:
    def __init__(self, port: int, record: Path | None = None, timeout: float = 120):
        self.port = port
        self.timeout = timeout
        self.records: list[Sent] = []
        self._file = record.open("a", encoding="utf-8") if record else None
        self._lock = threading.Lock()

    def send(self, mails: Iterable[Mail], connections: int = 1,
             per_session: int = 1_000_000) -> list[Sent]:
        """Sends all mails over parallel connections; returns their records as they ended."""
        todo: queue.SimpleQueue[Mail] = queue.SimpleQueue()
        for mail in mails:
            todo.put(mail)
        first = len(self.records)
        threads = [threading.Thread(target=self._serve, args=(todo, per_session))
                   for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.records[first:]

    def submit(self, mail: Mail, command: Callable[[Mail], int]) -> Sent:
        """Hands a mail to a sendmail command; status 0 counts as 250 (it is in the queue)."""
        start = time.monotonic()
        status = command(mail)
        code = 250 if status == 0 else 451
        sent = Sent(mail.id, mail.kind, mail.sender, {r: code for r in mail.recipients}, code,
                    f"exit status {status}", "local", body_hash(mail.raw),
                    seconds=time.monotonic() - start)
        self._record(sent)
        return sent

    def note_unanswered(self, mail: Mail, answers: dict[str, int | None]) -> None:
        """Records a mail whose connection the test itself cut."""
        self._record(_sent(mail, "data", Reply(None, "cut by the test", 0), answers))

    def _serve(self, todo: queue.SimpleQueue[Mail], per_session: int) -> None:
        session: SmtpSession | None = None
        used = 0
        while True:
            try:
                mail = todo.get_nowait()
            except queue.Empty:
                break
            if session is not None and used >= per_session:
                session.quit()
                session = None
            if session is None:
                session, failure = self._open()
                used = 0
                if session is None:
                    self._record(_sent(mail, "connect", failure, {}))
                    continue
            used += 1
            sent = self._one(session, mail)
            self._record(sent)
            if sent.code is None or sent.code == 421:
                session.close()
                session = None
            elif sent.stage != "data" or sent.code >= 400:
                session.rset()
        if session is not None:
            session.quit()

    def _open(self) -> tuple[SmtpSession | None, Reply]:
        try:
            session = SmtpSession(self.port, timeout=self.timeout)
        except OSError as error:
            return None, Reply(None, str(error), 0)
        hello = session.ehlo() if session.greeting.ok else session.greeting
        if hello.ok:
            return session, hello
        session.close()
        return None, hello

    def _one(self, session: SmtpSession, mail: Mail) -> Sent:
        reply = session.mail(mail.sender)
        if not reply.ok:
            return _sent(mail, "mail", reply, {})
        answers: dict[str, int | None] = {}
        for recipient in mail.recipients:
            reply = session.rcpt(recipient)
            answers[recipient] = reply.code
            if reply.code is None or reply.code == 421:
                return _sent(mail, "rcpt", reply, answers)
        if not any(code == 250 for code in answers.values()):
            return _sent(mail, "rcpt", reply, answers)
        return _sent(mail, "data", session.data(mail.raw), answers)

    def _record(self, sent: Sent) -> None:
        with self._lock:
            self.records.append(sent)
            if self._file:
                self._file.write(json.dumps(asdict(sent)) + "\n")
                self._file.flush()


def _sent(mail: Mail, stage: str, reply: Reply, answers: dict[str, int | None]) -> Sent:
    match = _QUEUE_ID.search(reply.text) if reply.code == 250 and stage == "data" else None
    return Sent(mail.id, mail.kind, mail.sender, answers, reply.code, reply.text, stage,
                body_hash(mail.raw), (match[1] or match[2]) if match else "",
                seconds=reply.seconds)
