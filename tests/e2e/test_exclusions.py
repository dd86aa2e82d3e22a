"""False positives: from a finding that is none to an exclusion that the filter knows."""

import json

import pytest

from harness import mail
from harness.review import Review
from harness.rules import card_rule

OTHER_CARD = "5500 0055 5555 5559"


@pytest.fixture
def server_kind():
    return "postfix"


@pytest.fixture
def review(make_stack, root):
    stack = make_stack({"vault": str(root / "vault")}, rules=[card_rule("hold")])
    server = Review(stack, root / "review")
    for name in ("anna", "ben"):
        server.account(name)
    server.account("otto", "auditor")
    yield server.start()
    server.stop()


def send(review, id, **more):
    """The id arrived, or the case number under which it is held."""
    before = {line["case"] for line in review.stack.noshare.incidents()}
    sent = mail.with_card(id, **more)
    sent.kind = "any"
    review.stack.send(sent)
    review.stack.settle()
    if review.stack.sink.find(sent.id):
        return id
    new, = {line["case"] for line in review.stack.noshare.incidents()} - before
    return new


def exclude(review, session, case, reach="here"):
    return session.post(f"/api/incidents/{case}/exclusions", finding=0, reach=reach,
                        reason="our order number")


def test_a_false_positive_becomes_an_exclusion_that_the_running_filter_follows(review):
    case = send(review, "first@test")
    also = send(review, "also@test", recipients=["carl@other.test"])
    anna, ben = review.session("anna"), review.session("ben")
    status, possible = anna.get(f"/api/incidents/{case}/exclusions?finding=0")
    assert status == 200
    reaches = {one["reach"]: one for one in possible["exclusions"]}
    assert list(reaches) == ["here", "sender", "everywhere", "kind"]
    assert all((one["now"], one["then"]) == ("hold", "deliver") for one in reaches.values())
    changed = {name: [line["case"] for line in one["what_if"]["incidents"]]
               for name, one in reaches.items()}
    assert changed == {"here": [], "sender": [also], "everywhere": [also], "kind": []}

    status, made = exclude(review, anna, case)
    assert (status, made["state"]) == (200, "proposed")
    assert send(review, "second@test") != "second@test"
    id = made["id"]
    assert anna.post(f"/api/exclusions/{id}/approve", reason="mine")[0] == 422
    status, seen = ben.get(f"/api/exclusions/{id}")
    assert status == 200 and seen["what_if"]["changed"] == 1
    assert ben.post(f"/api/exclusions/{id}/approve", reason="I agree")[0] == 200

    assert send(review, "third@test") == "third@test"
    assert send(review, "other@test", number=OTHER_CARD) != "other@test"
    assert send(review, "else@test", recipients=["carl@other.test"]) != "else@test"
    assert send(review, "stranger@test", sender="carol@example.com") != "stranger@test"

    assert ben.post(f"/api/exclusions/{id}/revoke", reason="it was a card")[0] == 200
    assert send(review, "fourth@test") != "fourth@test"
    acts = [entry["act"] for entry in anna.get("/api/audit")[1]["entries"]]
    steps = [act for act in acts if act.startswith("exclusion_")]
    assert steps == ["exclusion_revoked", "exclusion_approved", "exclusion_proposed"]
    assert anna.get("/api/audit/check")[1]["whole"] is True


def test_a_verdict_is_the_same_again_until_the_policy_changes(review):
    case = send(review, "first@test")
    said = review.noshare("incident", "replay", case)
    assert "the same verdict, hold by rule cards" in said
    version = json.loads(review.noshare("incident", "show", case, "--format", "json"))[
        "policy_version"]
    review.stack.noshare.write_config(rules=[card_rule("reject", id="stricter")])
    again = json.loads(review.noshare("incident", "replay", case, "--format", "json"))
    assert again["same"] is True and again["policy_version"] == version
    now = review.noshare("incident", "replay", case, "--current", status=1)
    assert "another verdict, reject by rule stricter; recorded is hold by rule cards" in now
    status, both = review.session("otto").get(f"/api/incidents/{case}/replay")
    assert status == 200 and both["again"]["same"] is True
    assert (both["now"]["action"], both["now"]["same"]) == ("reject", False)


def test_who_may_not_decide_does_not(review):
    case = send(review, "first@test")
    anna, otto = review.session("anna"), review.session("otto")
    _, made = exclude(review, anna, case)
    assert exclude(review, otto, case)[0] == 403
    for act in ("approve", "reject", "revoke"):
        assert otto.post(f"/api/exclusions/{made['id']}/{act}", reason="x")[0] == 403
    assert otto.get("/api/exclusions")[0] == 200
    ben = review.session("ben")
    ben.token = ""
    assert ben.post(f"/api/exclusions/{made['id']}/approve", reason="x")[0] == 403


def test_nonsense_is_refused(review):
    case = send(review, "first@test")
    anna = review.session("anna")
    base = f"/api/incidents/{case}/exclusions"
    for query in ("", "?finding=9", "?finding=-1", "?finding=x"):
        assert anna.get(base + query)[0] == 422, query
    for body in ({}, {"finding": 0, "reach": "everything", "reason": "x"},
                 {"finding": "0", "reach": "here", "reason": "x"},
                 {"finding": 0, "reach": "here"}, {"finding": 2 ** 70, "reach": "here",
                                                   "reason": "x"}):
        assert anna.post(base, **body)[0] == 422, body
    assert anna.get("/api/exclusions/FP-NOTTHERE")[0] == 404
    assert anna.post("/api/exclusions/FP-NOTTHERE/approve", reason="x")[0] == 404
    assert anna.get("/api/exclusions?state=odd")[0] == 422
    assert exclude(review, anna, case)[0] == 200
    assert exclude(review, anna, case)[0] == 422
