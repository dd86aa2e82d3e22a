"""Sign-in by a proxy before the review server: whom it is believed from, and what it opens."""

import json

import pytest

from harness import mail
from harness.review import PASSWORD, Review, Session
from harness.rules import card_rule


@pytest.fixture
def server_kind():
    return "postfix"


@pytest.fixture
def review(make_stack, root):
    stack = make_stack({"vault": str(root / "vault")}, rules=[card_rule("hold")])
    server = Review(stack, root / "review")
    server.account("anna")
    yield server
    server.stop()


def behind_a_proxy_of(review, network):
    review.stack.noshare.write_config(review={"proxy_header": "X-Remote-User",
                                              "proxy_networks": [network]})
    review.start()
    held = mail.with_card("held@test")
    held.kind = "any"
    review.stack.send(held)


def test_a_proxy_signs_people_in_and_opens_no_vault(review):
    behind_a_proxy_of(review, "127.0.0.0/8")
    anna = Session(review.port)
    plain = {"Content-Type": "application/json"}
    as_anna = plain | {"X-Remote-User": "anna"}

    def enter(headers):
        status, got, text = anna.raw("POST", "/api/sign-in/proxy", b"{}", headers)
        if status == 200:
            anna.cookie = got["Set-Cookie"].partition(";")[0]
            anna.token = json.loads(text)["csrf_token"]
        return status
    assert enter(plain) == 404
    assert enter(plain | {"X-Remote-User": "nobody"}) == 401
    assert enter(as_anna) == 200
    assert anna.raw("GET", "/api/me", headers={"X-Remote-User": "anna"})[0] == 200
    assert anna.raw("GET", "/api/me", headers={"X-Remote-User": "ben"})[0] == 401
    assert anna.raw("GET", "/api/me")[0] == 401, "not through the proxy"
    case = anna.ask("GET", "/api/queue", headers=as_anna)[1]["incidents"][0]["case"]

    def post(path, **body):
        return anna.ask("POST", path, body, as_anna)
    assert post(f"/api/incidents/{case}/reveal", reason="to see")[0] == 422
    assert post("/api/unlock", password="a wrong password here")[0] == 422
    assert post("/api/unlock", password=PASSWORD)[1]["has_key"] is True
    assert post(f"/api/incidents/{case}/reveal", reason="to see")[0] == 200
    acts = [entry["act"] for entry in anna.ask("GET", "/api/audit", headers=as_anna)[1]["entries"]]
    assert {"sign_in", "unlock", "read"} <= set(acts)


def test_the_word_of_a_proxy_elsewhere_is_worth_nothing(review):
    behind_a_proxy_of(review, "192.0.2.0/24")
    someone = Session(review.port)
    status, _, text = someone.raw("POST", "/api/sign-in/proxy", b"{}",
                                  {"Content-Type": "application/json", "X-Remote-User": "anna"})
    assert status == 404, text
    assert someone.raw("GET", "/api/me", headers={"X-Remote-User": "anna"})[0] == 401
