"""Fault 28: the PostgreSQL server is away. What is held goes on being held, in a bounded spool."""

import json

import pytest

from harness import mail
from harness.mail import body_of
from harness.postgres import Postgres
from harness.process import wait_until
from harness.review import Review
from harness.rules import card_rule


@pytest.fixture
def postgres():
    server = Postgres().start()
    yield server
    server.stop()


@pytest.fixture
def review(make_stack, root, postgres):
    stack = make_stack({"vault": str(root / "vault"),
                        "rules": [card_rule("hold")],
                        "store": {"postgresql": postgres.conninfo, "spool_incidents": 3,
                                  "spool": str(root / "spool.db")}}, supervised=True)
    server = Review(stack, root / "review")
    server.account("anna")
    yield server
    server.stop()


def held(id, **more):
    one = mail.with_card(id, **more)
    one.kind = "any"
    return one


def ids_by_age(review):
    lines = [json.loads(line) for line in
             review.noshare("incident", "list", "--format", "json").splitlines()]
    return [line["message_id"].strip("<>") for line in reversed(lines)]


def test_holds_go_on_to_a_bound_and_are_handed_over_in_order(review, postgres):
    stack = review.stack
    stack.send(held("0@test"))
    # Its letter is out and marked: of one on the way, nobody could tell after the kill below.
    wait_until(lambda: postgres.sql("SELECT count(*) FROM notices WHERE ended_us > 0") == "1", 60,
               "the first letter")
    postgres.kill()
    sent = stack.send(*(held(f"{number}@test") for number in (1, 2, 3)))
    assert {one.code for one in sent} == {250}
    assert stack.noshare.status()["spool"] == 3
    assert stack.noshare.metrics()["noshare_spool_length"] == 3
    refused, again = stack.send(held("4@test"), held("3@test"))
    assert refused.code == 451, "beyond the bound, mail waits with its sender"
    assert again.code == 250, "a retry needs no more room"
    clean, = stack.send(mail.clean("clean@test"))
    assert clean.code == 250
    stack.settle()
    assert [one.id for one in stack.sink.received() if one.id.endswith("@test")] == ["clean@test"]

    stack.noshare.kill()     # what is spooled outlives the filter
    postgres.start()
    stack.noshare.wait_serving()
    wait_until(lambda: stack.noshare.status()["spool"] == 0, 30, "an empty spool")
    assert stack.noshare.metrics()["noshare_spool_length"] == 0
    late, = stack.send(held("4@test"))
    assert late.code == 250
    assert ids_by_age(review) == [f"{number}@test" for number in range(5)]

    review.start()
    anna = review.session("anna")
    queue = anna.get("/api/queue")[1]["incidents"]
    assert len(queue) == 5 and all(line["hold"]["in_vault"] for line in queue)
    for line in queue:
        detail = anna.get(f"/api/incidents/{line['case']}")[1]
        done = anna.post(f"/api/incidents/{line['case']}/release", reason="fine")[1]
        assert done["outcome"] == "released", done
        assert "the same verdict" in review.noshare("incident", "replay", line["case"])
        assert detail["findings"]
    stack.settle()
    for number in range(5):
        arrived, = stack.sink.find(f"{number}@test")
        assert body_of(stack.sink.raw(arrived)) == body_of(held(f"{number}@test").raw)
    wait_until(lambda: postgres.sql("SELECT count(*) FROM notices WHERE ended_us > 0") == "5", 60,
               "all letters")
    stack.settle()
    letters = [one for one in stack.sink.received() if one.id.startswith("held-")]
    assert len(letters) == len({one.id for one in letters}) == 5
    assert anna.get("/api/audit/check")[1]["whole"] is True


def test_what_may_not_be_held_waits_for_the_store(review, postgres):
    stack = review.stack
    stack.noshare.write_config(rules=[card_rule("reject")])
    assert stack.noshare.reload()["ok"]
    postgres.kill()
    refused, = stack.send(held("refused@test"))
    assert refused.code == 451, "permissions could not be asked for, so it is not refused for good"
    postgres.start()

    def refused_now():
        again, = stack.send(held("refused@test"))
        return again.code == 550
    wait_until(refused_now, 30, "the verdict", every=0.5)
    assert ids_by_age(review) == ["refused@test"]
