"""The ledger's own tests: it must see what it is there for."""

import copy

import pytest

from harness.ledger import Books, check, control
from harness.noshare import Judged
from harness.postfix import QueueEvents, parse_log
from harness.sender import Sent
from harness.sink import Received


def sent(id, *, kind="clean", code=250, to=("b@else.test",), queue_id=None):
    return Sent(id, kind, "alice@example.com", {r: 250 for r in to}, code, "", "data", "hash",
                queue_id if queue_id is not None else f"Q{id}")


def received(id, *, to=("b@else.test",), body="hash", sender="alice@example.com"):
    return Received(id, sender, list(to), body, "1.eml", 0.0)


def judged(id, action="deliver", dropped=()):
    return Judged(f"Q{id}", action, carried_out=action, dropped=list(dropped))


def good_books():
    """One mail of each fate, all accounted for."""
    return Books(
        sent=[sent("delivered"), sent("refused", kind="pii", code=550, queue_id=""),
              sent("held", kind="pii"), sent("bounced"), sent("withheld", kind="pii"),
              sent("cut", code=None, queue_id=""), sent("split", to=("a@else.test", "b@x.test"))],
        received=[received("delivered"), received("split", to=("a@else.test",))],
        queue=[{"queue_name": "hold", "queue_id": "Qheld", "message_id": "held",
                "recipients": [{"address": "b@else.test"}]}],
        events=[QueueEvents("Qbounced", "bounced", bounced=["b@else.test"])],
        verdicts=[judged("delivered"), judged("held", "hold"), judged("bounced", "reject"),
                  judged("withheld", "discard"), judged("split", "drop_recipient", [1])])


def test_finds_nothing_in_good_books():
    assert check(good_books()) == []


def test_control_run_finds_its_three_faults():
    assert control(good_books()) == []


def test_books_survive_being_written_and_read(tmp_path):
    books = good_books()
    books.save(tmp_path)
    assert Books.load(tmp_path) == books


def lose(books):
    books.received.pop(0)


def duplicate(books):
    books.received.append(copy.deepcopy(books.received[0]))


def deliver_refused(books):
    books.received.append(received("refused"))


def deliver_held_too(books):
    books.received.append(received("held"))


def deliver_to_dropped_recipient(books):
    books.received.append(received("split", to=("b@x.test",)))


def forget_verdict(books):
    books.verdicts.pop(0)


def judge_twice(books):
    books.verdicts.append(judged("delivered"))


def change_body(books):
    books.received[0].body_sha256 = "other"


def invent(books):
    books.received.append(received("never-sent"))


def refuse_clean(books):
    books.sent.append(sent("clean-refused", code=550, queue_id=""))


def deliver_unanswered_twice(books):
    books.received += [received("cut"), received("cut")]


FAULTS = [lose, duplicate, deliver_refused, deliver_held_too, deliver_to_dropped_recipient,
          forget_verdict, judge_twice, change_body, invent, refuse_clean,
          deliver_unanswered_twice]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_finds_fault(fault):
    books = good_books()
    fault(books)
    assert check(books) != []


def test_redaction_may_change_a_body():
    books = good_books()
    books.received[0].body_sha256 = "other"
    books.verdicts[0] = judged("delivered", "redact")
    assert check(books) == []


def test_bounce_notices_are_not_deliveries():
    books = good_books()
    books.received.append(received("notice-7", sender=""))
    assert check(books) == []


def test_postfix_log_gives_fates_by_queue_id():
    log = """\
Nov 24 00:00:01 mail postfix/cleanup[9]: 4A1B2C3: message-id=<one@test>
Nov 24 00:00:01 mail postfix/smtp[9]: 4A1B2C3: to=<b@else.test>, relay=x, delay=0, status=sent (250 ok)
Nov 24 00:00:02 mail postfix/cleanup[9]: 5A1B2C3: message-id=<two@test>
Nov 24 00:00:02 mail postfix/cleanup[9]: 5A1B2C3: milter-reject: END-OF-MESSAGE from localhost: 5.7.1 no
Nov 24 00:00:02 mail postfix/cleanup[9]: 5A1B2C3: to=<c@else.test>, relay=none, status=bounced (no)
"""
    one, two = parse_log(log)
    assert (one.message_id, one.sent) == ("one@test", ["b@else.test"])
    assert (two.milter, two.bounced) == (["reject"], ["c@else.test"])
