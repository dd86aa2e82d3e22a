"""Reports, pages of the list, and the playground."""

import json

import pytest

from harness import mail
from harness.mail import CARD
from harness.review import Review
from harness.rules import card_rule


@pytest.fixture
def server_kind():
    return "postfix"


@pytest.fixture
def review(make_stack, root):
    stack = make_stack({"vault": str(root / "vault")},
                       rules=[card_rule("hold"), card_rule("tag", id="seen")])
    server = Review(stack, root / "review")
    server.account("anna")
    yield server.start()
    server.stop()


def send(review, *ids, **more):
    for id in ids:
        one = mail.with_card(id, **more)
        one.kind = "any"
        review.stack.send(one)
    review.stack.settle()


def test_the_report_counts_by_day_rule_entity_and_domain(review):
    send(review, "one@test", "two@test")
    send(review, "three@test", sender="carol@example.com", recipients=["x@other.test"])
    anna = review.session("anna")
    status, report = anna.get("/api/report")
    assert status == 200 and report["incidents"] == 3
    counted = {key: {row["name"]: row["count"] for row in report[key]} for key in
               ("by_action", "by_rule", "by_sender", "by_recipient_domain")}
    assert counted["by_action"] == {"hold": 3} and counted["by_rule"] == {"cards": 3}
    assert counted["by_sender"] == {"alice@example.com": 2, "carol@example.com": 1}
    assert counted["by_recipient_domain"] == {"else.test": 2, "other.test": 1}
    assert [(one["name"], one["count"]) for one in report["action_by_day"]] == [("hold", 3)]
    case = anna.get("/api/queue")[1]["incidents"][0]["case"]
    anna.post(f"/api/incidents/{case}/exclusions", finding=0, reach="here", reason="an order")
    rate, = [one for one in anna.get("/api/report")[1]["false_by_rule"] if one["name"] == "cards"]
    assert (rate["incidents"], rate["wrong"]) == (3, 1)
    assert anna.get("/api/report?since=2020-01-01&until=2020-02-01")[1]["incidents"] == 0
    assert anna.get("/api/report?since=yesterday")[0] == 422


def test_documents_are_files_without_values_and_addresses(review):
    send(review, "one@test")
    anna = review.session("anna")
    for kind in ("summary", "breach", "recipients", "pci"):
        for form, type in (("html", "text/html"), ("csv", "text/csv")):
            status, headers, body = anna.raw("GET", f"/api/documents/{kind}?format={form}")
            assert status == 200 and headers["Content-Type"].startswith(type)
            assert headers["Content-Disposition"].startswith("attachment")
            for secret in (b"1111", b"alice@", b"bob@"):
                assert secret not in body, (kind, form, secret)
    assert anna.get("/api/documents/nonsense")[0] == 404
    assert anna.get("/api/documents/pci?format=exe")[0] == 422
    said = review.noshare("report", "pci", "--format", "csv")
    assert "Messages in which card numbers were found,1" in said
    assert "Of these left unencrypted,0" in said
    assert "<table>" in review.noshare("report")
    review.noshare("report", "--since", "tomorrow", status=2)


def test_the_policy_page_counts_hits_and_replays_a_change(review):
    send(review, "one@test", "two@test")
    anna = review.session("anna")
    status, policy = anna.get("/api/policy")
    assert status == 200 and policy["mode"] == "enforce"
    assert [(one["id"], one["then"], one["hits"]) for one in policy["rules"]] == [
        ("cards", "hold", 2), ("seen", "tag", 0)]
    assert any("payment_card_number" in one for one in policy["rules"][0]["when"])
    _, same = anna.get("/api/policy/what-if?rule=seen&then=off")
    assert (same["replayed"], same["changed"]) == (2, 0)
    _, off = anna.get("/api/policy/what-if?rule=cards&then=off")
    assert off["changed"] == 2
    assert {(one["now"], one["then"]) for one in off["incidents"]} == {("hold", "tag")}
    assert anna.get("/api/policy/what-if?rule=none&then=off")[0] == 404
    assert anna.get("/api/policy/what-if?rule=cards&then=explode")[0] == 422


def test_old_incidents_are_removed_on_record(review):
    send(review, "one@test")
    anna = review.session("anna")
    case = anna.get("/api/queue")[1]["incidents"][0]["case"]
    said = review.noshare("incident", "purge", "--before", "2100-01-01")
    assert said.startswith("0 incidents") and "1 still wait" in said
    anna.post(f"/api/incidents/{case}/deny", reason="no")
    assert review.noshare("incident", "purge", "--before", "2100-01-01").startswith("1 incidents")
    assert anna.get(f"/api/incidents/{case}")[0] == 404
    acts = [one["act"] for one in anna.get("/api/audit")[1]["entries"]]
    assert acts[:2] == ["purged", "purge_begun"]
    review.noshare("incident", "purge", status=2)


def test_the_list_is_read_page_by_page_and_searched(review):
    send(review, *[f"many{i}@test" for i in range(53)])
    send(review, "last@test", sender="Carol.B@example.com", recipients=["x@other.test"])
    anna = review.session("anna")
    _, first = anna.get("/api/incidents")
    assert len(first["incidents"]) == 50 and first["next"] == first["incidents"][-1]["case"]
    _, rest = anna.get(f"/api/incidents?before={first['next']}")
    assert len(rest["incidents"]) == 4 and "next" not in rest
    cases = {line["case"] for page in (first, rest) for line in page["incidents"]}
    assert len(cases) == 54
    for query, many in [("sender=carol.b@EXAMPLE.com", 1), ("sender=*@example.com", 50),
                        ("sender=carol*", 1), ("recipient=*@other.test", 1),
                        ("recipient=x@other.test&rule=seen", 1), ("rule=nothing", 0),
                        ("entity=payment_card_number&action=hold&sender=car*", 1),
                        ("sender=carol.b@example.com&recipient=bob@else.test", 0)]:
        assert len(anna.get(f"/api/incidents?{query}")[1]["incidents"]) == many, query
    assert anna.get("/api/incidents?before=NS-NOTTHERE")[0] == 404


def test_the_playground_says_what_the_filter_would_and_stores_nothing(review):
    anna = review.session("anna")
    text = f"Grüße,\nplease charge my Visa card {CARD}, thank you"
    status, tried = anna.post("/api/playground", text=text, **{"as": "text"})
    assert status == 200, tried
    assert (tried["verdict"]["action"], tried["verdict"]["rule"]) == ("hold", "cards")
    found, = [one for one in tried["findings"] if one["entity"] == "payment_card_number"]
    assert text[found["start"]:found["end"]] == CARD and found["why"]
    _, inside = anna.post("/api/playground", text=text, recipient="ann@example.com",
                          **{"as": "text"})
    assert inside["verdict"]["action"] == "deliver"
    whole = mail.with_card_base64("x@test").raw.decode()
    _, tried = anna.post("/api/playground", text=whole, **{"as": "mail"})
    assert tried["verdict"]["action"] == "hold"
    assert anna.get("/api/incidents")[1]["incidents"] == []
    review.stop()
    for path in review.stack.root.parent.rglob("*"):
        if path.is_file():
            assert b"4111" not in path.read_bytes(), path


def test_the_playground_follows_a_changed_configuration(review):
    anna = review.session("anna")
    asked = {"text": f"my Visa card {CARD}", "as": "text"}
    assert anna.post("/api/playground", **asked)[1]["verdict"]["action"] == "hold"
    review.stack.noshare.write_config(disabled_entities=["payment_card_number"])
    assert anna.post("/api/playground", **asked)[1]["verdict"]["action"] == "deliver"


def test_what_the_playground_cannot_take_is_refused(review):
    anna = review.session("anna")
    assert anna.post("/api/playground", text="x")[0] == 422
    large = json.dumps({"text": "x" * (2 << 20), "as": "text"}).encode()
    assert anna.raw("POST", "/api/playground", large, {"X-CSRF-Token": anna.token})[0] == 413
    anna.token = ""
    assert anna.post("/api/playground", text="x", **{"as": "text"})[0] == 403
