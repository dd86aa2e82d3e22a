"""The register in PostgreSQL: the same officer's work, and what a killed server costs."""

import json

import pytest

from harness import mail
from harness.mail import CARD, body_of
from harness.postgres import Postgres
from harness.process import wait_until
from harness.review import Review
from harness.rules import card_rule


@pytest.fixture
def server_kind():
    return "postfix"


@pytest.fixture
def postgres():
    server = Postgres().start()
    yield server
    server.stop()


@pytest.fixture
def review(make_stack, root, postgres):
    stack = make_stack({"vault": str(root / "vault"),
                        "store": {"postgresql": postgres.conninfo,
                                  "spool": str(root / "spool.db")}}, rules=[card_rule("hold")])
    server = Review(stack, root / "review")
    for name in ("anna", "ben"):
        server.account(name)
    yield server.start()
    server.stop()


def held(id):
    one = mail.with_card(id)
    one.kind = "any"
    return one


def test_held_read_released_excluded_reported_and_verified(review, postgres):
    first = held("first@test")
    review.stack.send(first)
    review.stack.settle()
    anna, ben = review.session("anna"), review.session("ben")
    line, = anna.get("/api/queue")[1]["incidents"]
    case = line["case"]
    assert CARD in anna.post(f"/api/incidents/{case}/reveal", reason="to see it")[1]["message"]
    assert anna.post(f"/api/incidents/{case}/release", reason="fine")[1]["outcome"] == "released"
    review.stack.settle()
    arrived, = review.stack.sink.find("first@test")
    assert body_of(review.stack.sink.raw(arrived)) == body_of(first.raw)
    _, made = anna.post(f"/api/incidents/{case}/exclusions", finding=0, reach="here", reason="x")
    assert ben.post(f"/api/exclusions/{made['id']}/approve", reason="yes")[0] == 200
    review.stack.send(held("second@test"))
    review.stack.settle()
    assert len(review.stack.sink.find("second@test")) == 1
    assert anna.get("/api/report")[1]["incidents"] == 1
    for query, many in [("sender=alice@example.com", 1), ("recipient=*@else.test", 1),
                        ("rule=cards&entity=payment_card_number", 1), ("sender=b*", 0)]:
        assert len(anna.get(f"/api/incidents?{query}")[1]["incidents"]) == many, query
    assert anna.get("/api/audit/check")[1]["whole"] is True
    assert "the same verdict" in review.noshare("incident", "replay", case)
    assert "Messages that left with personal data,1" in review.noshare(
        "report", "breach", "--format", "csv")
    months = postgres.sql("SELECT count(*) FROM pg_inherits WHERE inhparent = "
                          "'incidents'::regclass")
    assert int(months) == 2  # this month's, and the one for everything else
    assert postgres.sql("SELECT count(*) FROM incidents_other") == "0"


def test_a_dump_of_the_database_shows_no_value(review, postgres):
    review.stack.send(held("first@test"))
    review.stack.settle()
    tables = postgres.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for table in tables.split():
        rows = postgres.sql(f"SELECT * FROM {table}")
        for secret in (CARD, CARD.replace(" ", ""), "please charge my Visa"):
            assert secret not in rows, table


def test_a_killed_server_costs_no_record_and_no_mail(review, postgres):
    review.stack.send(held("before@test"))
    review.stack.settle()
    postgres.kill()
    during, = review.stack.send(held("during@test"))
    assert during.code == 250, "it is in the vault; its record waits in the spool"
    clean = mail.clean("clean@test")
    sent, = review.stack.send(clean)
    assert sent.code == 250
    postgres.start()
    again, = review.stack.send(held("during@test"))
    assert again.code == 250, review.stack.noshare.log.read_text()[-3000:]
    wait_until(lambda: review.stack.noshare.status()["spool"] == 0, 30, "an empty spool")
    review.stack.settle()
    anna = review.session("anna")
    ids = sorted(anna.get(f"/api/incidents/{line['case']}")[1]["message_id"]
                 for line in anna.get("/api/queue")[1]["incidents"])
    assert ids == ["before@test", "during@test"]
    assert anna.get("/api/audit/check")[1]["whole"] is True
    assert len(review.stack.sink.find("clean@test")) == 1
    assert review.stack.sink.find("during@test") == []
    assert json.loads(review.noshare("incident", "list", "--format", "json").splitlines()[0])
