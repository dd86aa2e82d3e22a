"""Each route of the review server's API: without a session, with a wrong role, from another
site, with hostile input. The routes are those of the OpenAPI document, so that none is left out."""

import json
import re

import pytest

from harness import mail
from harness.mail import CARD
from harness.paths import SOURCE
from harness.review import PASSWORD, Review, Session
from harness.rules import card_rule

OFFICERS = {"ada", "anna"}
CONTROLLERS = OFFICERS | {"otto"}
EVERYBODY = CONTROLLERS | {"rita"}
# Who may use what, told here a second time: the first is milter/review/api.cc.
ALLOWED = {
    "POST /api/sign-out": EVERYBODY,
    "POST /api/unlock": EVERYBODY,
    "GET /api/me": EVERYBODY,
    "GET /api/queue": EVERYBODY,
    "GET /api/incidents": EVERYBODY,
    "GET /api/incidents/{case}": EVERYBODY,
    "POST /api/incidents/{case}/release": OFFICERS,
    "POST /api/incidents/{case}/deny": OFFICERS | {"rita"},
    "POST /api/incidents/{case}/confirm": OFFICERS,
    "POST /api/incidents/{case}/reveal": OFFICERS,
    "GET /api/links/{link}": EVERYBODY,
    "POST /api/decisions": OFFICERS | {"rita"},
    "GET /api/incidents/{case}/replay": CONTROLLERS,
    "GET /api/incidents/{case}/exclusions": OFFICERS,
    "POST /api/incidents/{case}/exclusions": OFFICERS,
    "GET /api/exclusions": CONTROLLERS,
    "GET /api/exclusions/{exclusion}": CONTROLLERS,
    "POST /api/exclusions/{exclusion}/approve": OFFICERS,
    "POST /api/exclusions/{exclusion}/reject": OFFICERS,
    "POST /api/exclusions/{exclusion}/revoke": OFFICERS,
    "GET /api/report": CONTROLLERS,
    "GET /api/documents/{kind}": CONTROLLERS,
    "GET /api/policy": CONTROLLERS,
    "GET /api/policy/what-if": CONTROLLERS,
    "POST /api/playground": CONTROLLERS,
    "GET /api/audit": CONTROLLERS,
    "GET /api/audit/check": CONTROLLERS,
    "GET /api/accounts": {"ada"},
}
HOSTILE = ["..%2F..%2F..%2Fetc%2Fpasswd", "%2e%2e%2fnoshare.db", "NS-1%00", "'%20OR%201=1--",
           "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "A" * 5000, "%F0%9F%92%A9", "%FF%FE",
           "%0d%0aSet-Cookie:%20x=y"]


def documented():
    text = (SOURCE / "docs" / "review-api.yaml").read_text().partition("\ncomponents:")[0]
    path, routes = "", []
    for line in text.splitlines():
        if found := re.match(r"  (/\S+):$", line):
            path = found[1]
        elif found := re.match(r"    (get|post):$", line):
            routes.append(f"{found[1].upper()} {path}")
    # Whoever asks these two has nobody's rights yet; test_review and test_proxy are about them.
    return [route for route in routes if not route.startswith("POST /api/sign-in")]


@pytest.fixture
def server_kind():
    return "postfix"


@pytest.fixture
def review(make_stack, root):
    stack = make_stack({"vault": str(root / "vault")}, rules=[card_rule("hold")])
    server = Review(stack, root / "review")
    server.account("anna")
    server.account("ada", "admin")
    server.account("otto", "auditor")
    server.account("rita", "reviewer", "--senders", "alice@example.com")
    yield server.start()
    server.stop()


def hold(review, id="held@test", **more):
    before = {line["case"] for line in review.stack.noshare.incidents()}
    held = mail.with_card(id, **more)
    held.kind = "any"
    review.stack.send(held)
    review.stack.settle()
    new, = {line["case"] for line in review.stack.noshare.incidents()} - before
    return new


def ask(session, route, values):
    method, path = route.split()
    for name, value in values.items():
        path = path.replace("{" + name + "}", value)
    return session.raw(method, path, b"{}" if method == "POST" else None, {
        "X-CSRF-Token": session.token, "Content-Type": "application/json"})[0]


def test_this_test_knows_every_route():
    assert sorted(documented()) == sorted(ALLOWED)


def test_no_route_answers_without_a_session_or_with_a_made_up_one(review):
    values = {"case": hold(review), "exclusion": "FP-00000000", "kind": "summary"}
    stranger = Session(review.port)
    for cookie in ("", "noshare_session=" + "0" * 64, "noshare_session=", "noshare_session=a;b"):
        stranger.cookie = cookie
        for route in documented():
            assert ask(stranger, route, values) == 401, (route, cookie)


def test_each_route_is_for_its_roles_only(review):
    values = {"case": hold(review), "exclusion": "FP-00000000", "kind": "summary"}
    for name in sorted(EVERYBODY):
        session = review.session(name)
        for route in documented():
            if route == "POST /api/sign-out":
                continue
            status = ask(session, route, values)
            assert (status == 403) == (name not in ALLOWED[route]), (name, route, status)


def test_nothing_changes_without_the_sessions_own_token(review):
    values = {"case": hold(review), "exclusion": "FP-00000000", "kind": "summary"}
    anna, other = review.session("anna"), review.session("anna")
    for token in ("", "0" * 64, other.token):
        anna.token = token
        for route in documented():
            if route.startswith("POST"):
                assert ask(anna, route, values) == 403, (route, token)


def test_hostile_paths_and_parameters_get_an_error(review):
    ada = review.session("ada")
    for route in documented():
        if route == "POST /api/sign-out":
            continue
        method, path = route.split()
        for text in HOSTILE:
            asked = re.sub(r"\{\w+\}", text, path)
            if asked == path:
                asked = "&".join([f"{path}?a={text}", *(f"{name}={text}" for name in
                                 ("state", "sender", "rule", "before", "since", "finding"))])
            body = json.dumps({"reason": text, "text": text, "as": "text"}).encode()
            status, headers, answer = ada.raw(method, asked, body if method == "POST" else None, {
                "X-CSRF-Token": ada.token, "Content-Type": "application/json"})
            assert status < 500, (route, text, status, answer[:200])
            assert "x" not in (headers.get("Set-Cookie") or "")
            assert b"root:" not in answer and b"SQLite format" not in answer
            assert b"<script>" not in answer or headers["Content-Type"].startswith("application")


def test_bodies_that_are_too_large_or_no_object_are_refused(review):
    values = {"case": hold(review), "exclusion": "FP-00000000"}
    ada = review.session("ada")
    for route in documented():
        method, path = route.split()
        if method != "POST" or path == "/api/sign-out":
            continue
        for name, value in values.items():
            path = path.replace("{" + name + "}", value)
        given = {"X-CSRF-Token": ada.token, "Content-Type": "application/json"}
        assert ada.raw("POST", path, b"x" * (2 << 20), given)[0] == 413, route
        for body in (b"[]", b"{", b'"text"', b"\xff\xfe", b"{" * 50_000, b'{"reason": null}'):
            assert ada.raw("POST", path, body, given)[0] == 422, (route, body[:10])


def test_nothing_secret_is_logged(review):
    case = hold(review)
    anna = review.session("anna")
    anna.post(f"/api/incidents/{case}/reveal", reason="asked for")
    anna.post("/api/playground", text=f"card {CARD}", **{"as": "text"})
    Session(review.port).sign_in("anna", "a wrong secret word")
    logs = (review.folder / "review.log").read_bytes() + review.stack.noshare.log.read_bytes()
    for secret in (CARD, CARD.replace(" ", ""), PASSWORD, "a wrong secret word", anna.token,
                   anna.cookie.partition("=")[2]):
        assert secret.encode() not in logs, secret
