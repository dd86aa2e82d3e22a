"""Ledger: adds up who sent what and where it went; every mail must have ended exactly once.

In:  five books
     L1 sent      the sender's record, one a mail (sender.Sent)
     L2 received  the sink's index, one a delivery (sink.Received)
     L3 queue     `postqueue -j` at the end, one a queued mail
     L4 events    the mail server's log by queue id (postfix.QueueEvents)
     L5 verdicts  noshare's verdicts by queue id (noshare.Judged)
Out: violations, one sentence each
The rules, recipient by recipient:
  - a mail answered 250 is in exactly one place: delivered, in the queue, bounced, or withheld
    by a verdict (hold, discard, drop_recipient)
  - a mail answered 4xx or 5xx is nowhere
  - a mail without an answer (connection cut) is in at most one place
  - what was delivered or is held has exactly one verdict for its queue id
  - what a verdict withheld was not delivered
  - kind `pii` was never delivered; kind `clean` was never refused for good
  - a delivered body is the one that was sent, unless the verdict was to redact
As a program:  python3 -m harness.ledger FOLDER    exit status: the number of violations
(at most 100), or 101 when the control run fails to find planted faults.
"""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .noshare import Judged
from .postfix import QueueEvents
from .sender import Sent
from .sink import Received

WITHHELD = {"hold", "discard"}


@dataclass
class Books:
    sent: list[Sent]
    received: list[Received]
    queue: list[dict] = field(default_factory=list)
    events: list[QueueEvents] = field(default_factory=list)
    verdicts: list[Judged] | None = None    # None: no noshare in this run

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, entries in (("l1-sent", self.sent), ("l2-received", self.received),
                              ("l3-queue", self.queue), ("l4-events", self.events),
                              ("l5-verdicts", self.verdicts)):
            if entries is not None:
                lines = (json.dumps(e if isinstance(e, dict) else asdict(e)) for e in entries)
                (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))

    @staticmethod
    def load(folder: Path) -> Books:
        def read(name: str, make):
            lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
            return [make(**json.loads(line)) for line in lines]
        judged = (folder / "l5-verdicts.jsonl").exists()
        return Books(read("l1-sent", Sent), read("l2-received", Received),
                     read("l3-queue", dict), read("l4-events", QueueEvents),
                     read("l5-verdicts", Judged) if judged else None)


class Ledger:
    def __init__(self, books: Books):
        self.books = books
        self.violations: list[str] = []
        self._message_ids = {e.queue_id: e.message_id for e in books.events if e.message_id}
        self._verdicts: dict[str, list[Judged]] = {}
        for judged in books.verdicts or []:
            self._verdicts.setdefault(judged.queue_id, []).append(judged)
        self._queue_ids: dict[str, set[str]] = {}
        for queue_id, message_id in self._message_ids.items():
            self._queue_ids.setdefault(message_id, set()).add(queue_id)
        for sent in books.sent:
            if sent.queue_id:
                self._queue_ids.setdefault(sent.id, set()).add(sent.queue_id)

    def check(self) -> list[str]:
        self._delivered = Counter((mail.id, recipient) for mail in self.books.received
                                  for recipient in mail.recipients if mail.sender)
        self._queued = Counter((self._id_of(entry), recipient["address"])
                               for entry in self.books.queue
                               for recipient in entry["recipients"])
        self._bounced = Counter((event.message_id, recipient)
                                for event in self.books.events for recipient in event.bounced)
        for sent in self.books.sent:
            for recipient, answer in sent.recipients.items():
                self._check_recipient(sent, recipient, answer)
            self._check_kind(sent)
            self._check_verdicts(sent)
        self._check_bodies()
        self._check_origin()
        return self.violations

    def _check_recipient(self, sent: Sent, recipient: str, answer: int | None) -> None:
        key = (sent.id, recipient)
        places = {"delivered": self._delivered[key], "queued": self._queued[key],
                  "bounced": self._bounced[key]}
        total = sum(places.values())
        where = ", ".join(f"{count} {name}" for name, count in places.items() if count)
        accepted = sent.code is not None and sent.code < 300 and answer == 250
        if sent.code is None:
            if total > 1:
                self._violation(sent, f"no answer, but to {recipient}: {where}")
        elif not accepted:
            if total:
                self._violation(sent, f"answered {sent.code}, but to {recipient}: {where}")
        elif total == 0 and not self._withheld(sent, recipient):
            self._violation(sent, f"lost: accepted, but {recipient} has it nowhere")
        elif total > 1:
            self._violation(sent, f"more than once to {recipient}: {where}")
        elif places["delivered"] and self._withheld(sent, recipient):
            self._violation(sent, f"withheld by a verdict, but delivered to {recipient}")

    def _withheld(self, sent: Sent, recipient: str) -> bool:
        accepted = [r for r, answer in sent.recipients.items() if answer == 250]
        index = accepted.index(recipient)
        return any(judged.carried_out in WITHHELD or index in judged.dropped
                   for judged in self._verdicts_of(sent.id))

    def _check_kind(self, sent: Sent) -> None:
        delivered = any(self._delivered[(sent.id, r)] for r in sent.recipients)
        if sent.kind == "pii" and delivered:
            self._violation(sent, "personal data was delivered")
        if sent.kind == "clean" and sent.code is not None and sent.code >= 500:
            self._violation(sent, f"clean, but refused for good: {sent.code} {sent.reply}")

    def _check_verdicts(self, sent: Sent) -> None:
        if self.books.verdicts is None:
            return
        shown = any(self._delivered[(sent.id, r)] or self._queued[(sent.id, r)]
                    for r in sent.recipients)
        if shown and not self._verdicts_of(sent.id):
            self._violation(sent, "delivered or queued without a verdict")
        for queue_id in self._queue_ids.get(sent.id, ()):
            if len(self._verdicts.get(queue_id, [])) > 1:
                self._violation(sent, f"several verdicts for queue id {queue_id}")

    def _check_bodies(self) -> None:
        bodies = {sent.id: sent.body_sha256 for sent in self.books.sent}
        for mail in self.books.received:
            changed = mail.id in bodies and mail.body_sha256 != bodies[mail.id]
            if changed and not any(judged.carried_out == "redact"
                                   for judged in self._verdicts_of(mail.id)):
                self.violations.append(f"{mail.id}: its body changed on the way")

    def _check_origin(self) -> None:
        known = {sent.id for sent in self.books.sent}
        for mail in self.books.received:
            if mail.sender and mail.id not in known:
                self.violations.append(f"{mail.id}: delivered, but nobody sent it")

    def _verdicts_of(self, id: str) -> list[Judged]:
        return [judged for queue_id in self._queue_ids.get(id, ())
                for judged in self._verdicts.get(queue_id, [])]

    def _id_of(self, entry: dict) -> str:
        return entry.get("message_id") or self._message_ids.get(entry["queue_id"], "?")

    def _violation(self, sent: Sent, what: str) -> None:
        self.violations.append(f"{sent.id}: {what}")


def check(books: Books) -> list[str]:
    return Ledger(books).check()


def control(books: Books) -> list[str]:
    """Plants a fault in a copy of the books, three times; returns those it did not notice."""
    def drop_delivery(copied: Books) -> None:
        copied.received.remove(_one_delivered(copied))

    def add_delivery(copied: Books) -> None:
        copied.received.append(copy.deepcopy(_one_delivered(copied)))

    def flip_kind(copied: Books) -> None:
        delivered = _one_delivered(copied).id
        next(sent for sent in copied.sent if sent.id == delivered).kind = "pii"

    before = len(check(books))
    unnoticed = []
    for fault in (drop_delivery, add_delivery, flip_kind):
        copied = copy.deepcopy(books)
        fault(copied)
        if len(check(copied)) <= before:
            unnoticed.append(fault.__name__)
    return unnoticed


def _one_delivered(books: Books) -> Received:
    """A delivery of a clean mail that was answered 250."""
    answered = {sent.id for sent in books.sent if sent.code == 250 and sent.kind == "clean"}
    return next(mail for mail in books.received if mail.id in answered)


def main() -> int:
    books = Books.load(Path(sys.argv[1]))
    violations = check(books)
    for violation in violations:
        print(violation)
    unnoticed = control(books)
    if unnoticed:
        print(f"the ledger did not notice: {', '.join(unnoticed)}", file=sys.stderr)
        return 101
    print(f"{len(books.sent)} mails, {len(violations)} violations", file=sys.stderr)
    return min(len(violations), 100)


if __name__ == "__main__":
    sys.exit(main())
