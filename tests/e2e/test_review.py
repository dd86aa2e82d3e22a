"""The review server's API: who may see and do what, and what becomes of held mail."""

import json
import sqlite3
import time
from collections import Counter

import pytest

from harness import mail
from harness.mail import CARD, body_of
from harness.review import PASSWORD, Reviews, Session, totp

CASE_ROUTES = ["release", "deny", "reveal", "confirm"]
READ_ROUTES = ["/api/me", "/api/queue", "/api/incidents", "/api/report", "/api/audit",
               "/api/audit/check", "/api/accounts"]


@pytest.fixture
def server_kind():
    """One kind of mail server is enough here: what differs between them is tested by test_held."""
    return "postfix"


@pytest.fixture
def review(make_stack, root):
    reviews = Reviews(make_stack, root)
    yield lambda **settings: reviews.make(("anna",), settings=settings)
    reviews.stop()


def hold_one(review, id="held@test", **more):
    held = mail.with_card(id, **more)
    held.kind = "any"
    sent, = review.stack.send(held)
    assert sent.code == 250
    review.stack.settle()
    return held


def case_of(session):
    _, queue = session.get("/api/queue")
    line, = queue["incidents"]
    return line["case"]


def test_an_officer_sees_a_held_mail_reads_it_and_releases_it_once(review):
    review = review()
    held = hold_one(review)
    anna = review.session("anna")
    case = case_of(anna)
    status, incident = anna.get(f"/api/incidents/{case}")
    assert status == 200 and incident["findings"][0]["masked"].endswith("1111")
    assert CARD not in json.dumps(incident)
    status, read = anna.post(f"/api/incidents/{case}/reveal", reason="asked by the customer")
    assert status == 200 and CARD in read["message"]
    status, answer = anna.post(f"/api/incidents/{case}/release", reason="the customer agreed")
    assert (status, answer["outcome"]) == (200, "released")
    status, answer = anna.post(f"/api/incidents/{case}/release", reason="once more")
    assert status in (404, 422)
    review.stack.settle()
    arrived, = review.stack.sink.find(held.id)
    assert body_of(review.stack.sink.raw(arrived)) == body_of(held.raw)
    acts = [entry["act"] for entry in anna.get("/api/audit")[1]["entries"]]
    assert acts[:3] == ["released", "release", "read"]
    assert anna.get("/api/audit/check")[1]["whole"] is True


def test_a_held_mail_is_in_the_queue_within_a_second(review):
    review = review()
    anna = review.session("anna")
    held = mail.with_card("held@test")
    held.kind = "any"
    review.stack.send(held)
    time.sleep(1)
    assert len(anna.get("/api/queue")[1]["incidents"]) == 1


def test_two_officers_release_what_one_cannot(review):
    review = review(release={"officers": 2})
    review.account("ben")
    held = hold_one(review)
    anna, ben = review.session("anna"), review.session("ben")
    case = case_of(anna)
    for _ in range(2):
        _, answer = anna.post(f"/api/incidents/{case}/release", reason="fine")
        assert (answer["outcome"], answer["officers_missing"]) == ("more_officers", 1)
    assert ben.post(f"/api/incidents/{case}/release", reason="fine")[1]["outcome"] == "released"
    review.stack.settle()
    assert len(review.stack.sink.find(held.id)) == 1


def test_many_are_decided_with_one_reason_and_each_is_on_record(review):
    review = review()
    review.account("rita", "reviewer", "--senders", "carol@example.com")
    sent = [hold_one(review, f"{number}@test") for number in range(3)]
    own = hold_one(review, "own@test", sender="carol@example.com")
    anna, rita = review.session("anna"), review.session("rita")
    cases = {anna.get(f"/api/incidents/{line['case']}")[1]["message_id"].strip("<>"): line["case"]
             for line in anna.get("/api/queue")[1]["incidents"]}
    first, second, third = (cases[one.id] for one in sent)

    def decide(who, decision, *which, reason="a mailing"):
        status, answer = who.post("/api/decisions", cases=list(which), decision=decision,
                                  reason=reason)
        assert status == 200, answer
        return [(one["case"], one["outcome"]) for one in answer["results"]]

    assert decide(anna, "deny", first, "NS-00000000", first) == [
        (first, "denied"), ("NS-00000000", "error")]
    assert decide(anna, "release", first, second, third) == [
        (first, "error"), (second, "released"), (third, "released")]
    assert decide(rita, "deny", second, cases[own.id]) == [
        (second, "error"), (cases[own.id], "denied")], "other senders' mail is not there for her"
    for wrong in ({"cases": []}, {"cases": [first] * 101}, {"cases": [7]}, {"cases": first},
                  {"decision": "burn"}, {"decision": 7}, {"reason": " "}):
        body = {"cases": [first], "decision": "deny", "reason": "x"} | wrong
        assert anna.post("/api/decisions", **body)[0] == 422, wrong
    assert rita.post("/api/decisions", cases=[second], decision="release", reason="x")[0] == 422
    review.stack.settle()
    assert [len(review.stack.sink.find(one.id)) for one in [*sent, own]] == [0, 1, 1, 0]
    acts = Counter((entry["act"], entry["object"]) for entry in anna.get("/api/audit")[1]["entries"])
    assert acts["deny", first] == acts["release", second] == acts["release", third] == 1
    assert acts["deny", cases[own.id]] == 1


def test_nobody_gets_anything_without_a_session(review):
    review = review()
    hold_one(review)
    case = case_of(review.session("anna"))
    stranger = Session(review.port)
    for path in [*READ_ROUTES, f"/api/incidents/{case}"]:
        assert stranger.get(path)[0] == 401, path
    for act in CASE_ROUTES:
        assert stranger.post(f"/api/incidents/{case}/{act}", reason="x")[0] == 401, act
    stranger.cookie = "noshare_session=" + "0" * 64
    assert stranger.get("/api/queue")[0] == 401


def test_each_role_gets_what_is_meant_for_it(review):
    review = review()
    hold_one(review)
    review.account("ada", "admin")
    review.account("otto", "auditor")
    review.account("rita", "reviewer", "--senders", "alice@example.com")
    case = case_of(review.session("anna"))
    allowed = {
        "ada": {*READ_ROUTES}, "anna": {*READ_ROUTES} - {"/api/accounts"},
        "otto": {*READ_ROUTES} - {"/api/accounts"},
        "rita": {"/api/me", "/api/queue", "/api/incidents"}}
    for name, paths in allowed.items():
        session = review.session(name)
        for path in READ_ROUTES:
            assert session.get(path)[0] == (200 if path in paths else 403), (name, path)
    for name, forbidden in {"otto": CASE_ROUTES, "rita": ["release", "reveal"]}.items():
        session = review.session(name)
        for act in forbidden:
            assert session.post(f"/api/incidents/{case}/{act}", reason="x")[0] == 403, (name, act)
    assert review.session("rita").post(f"/api/incidents/{case}/deny", reason="x")[0] == 200


def test_a_reviewer_does_not_see_other_peoples_mail(review):
    review = review()
    review.account("rita", "reviewer", "--senders", "carol@example.com")
    hold_one(review)
    case = case_of(review.session("anna"))
    rita = review.session("rita")
    assert rita.get("/api/queue")[1]["incidents"] == []
    assert rita.get("/api/incidents")[1]["incidents"] == []
    assert rita.get(f"/api/incidents/{case}")[0] == 404
    assert rita.post(f"/api/incidents/{case}/deny", reason="x")[0] == 404


def test_a_request_from_another_site_changes_nothing(review):
    review = review()
    hold_one(review)
    anna = review.session("anna")
    case = case_of(anna)
    anna.token = ""
    for act in CASE_ROUTES:
        assert anna.post(f"/api/incidents/{case}/{act}", reason="x")[0] == 403, act
    assert anna.ask("POST", "/api/sign-out", {})[0] == 403
    assert len(anna.get("/api/queue")[1]["incidents"]) == 1
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert Session(review.port).raw("POST", "/api/sign-in", b"name=anna", form)[0] == 415


def test_a_code_from_the_app_is_needed_and_works_once(review):
    review = review()
    secret = review.account("cora", code=True)
    assert Session(review.port).sign_in("cora")[0] == 401
    code = totp(secret)
    assert Session(review.port).sign_in("cora", code=code)[0] == 200
    assert Session(review.port).sign_in("cora", code=code)[0] == 401


def test_guessing_passwords_ends_after_five_tries(review):
    review = review()
    guesser = Session(review.port)
    answers = [guesser.sign_in("anna", "wrong password")[0] for _ in range(6)]
    assert answers == [401] * 5 + [429]
    assert guesser.sign_in("anna", PASSWORD)[0] == 429


def test_a_session_ends_with_sign_out_and_with_the_account(review):
    review = review()
    anna = review.session("anna")
    other = review.session("anna")
    assert anna.post("/api/sign-out")[0] == 200
    assert anna.get("/api/me")[0] == 401
    assert other.get("/api/me")[0] == 200
    review.noshare("account", "disable", "anna")
    assert other.get("/api/me")[0] == 401
    assert Session(review.port).sign_in("anna")[0] == 401


def test_no_message_is_sealed_for_a_disabled_account(review):
    review = review()
    review.account("ben")
    review.noshare("account", "disable", "anna")
    hold_one(review)
    ben = review.session("ben")
    case = case_of(ben)
    assert ben.post(f"/api/incidents/{case}/reveal", reason="to see it")[0] == 200
    assert "anna" not in review.noshare("officer", "list")
    review.noshare("account", "enable", "anna")
    assert "anna" in review.noshare("officer", "list")
    anna = review.session("anna")
    assert anna.post(f"/api/incidents/{case}/reveal", reason="to see it")[0] == 422
    hold_one(review, "later@test")
    later, = {line["case"] for line in anna.get("/api/queue")[1]["incidents"]} - {case}
    assert anna.post(f"/api/incidents/{later}/reveal", reason="to see it")[0] == 200


def test_hostile_requests_get_an_error_and_no_file(review):
    review = review()
    anna = review.session("anna")
    for path in ["/api/incidents/..%2F..%2Fetc%2Fpasswd", "/api/incidents/NS-NOTTHERE",
                 "/api/incidents/%27%20OR%201=1--"]:
        assert anna.get(path)[0] == 404, path
    for path in ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"]:
        assert b"root:" not in anna.raw("GET", path)[2]
    assert anna.raw("GET", "/a%00b")[0] == 400
    assert anna.raw("POST", "/api/sign-in", b"x" * (2 << 20))[0] == 413
    assert anna.ask("POST", "/api/incidents/NS-1/deny", ["not", "an", "object"])[0] == 422
    assert anna.raw("DELETE", "/api/queue", headers={"X-CSRF-Token": anna.token})[0] == 405
    assert anna.get("/api/queue?state=nonsense")[0] == 422


def test_every_answer_forbids_what_a_page_does_not_need(review):
    review = review()
    for path in ["/", "/incidents/NS-1", "/api/me"]:
        _, headers, _ = Session(review.port).raw("GET", path)
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    _, headers, _ = Session(review.port).raw(
        "POST", "/api/sign-in", json.dumps({"name": "anna", "password": PASSWORD}).encode(),
        {"Content-Type": "application/json"})
    for word in ("HttpOnly", "Secure", "SameSite=Strict"):
        assert word in headers["Set-Cookie"]


def test_neither_store_nor_vault_nor_log_show_a_value(review):
    review = review()
    hold_one(review)
    anna = review.session("anna")
    anna.post(f"/api/incidents/{case_of(anna)}/reveal", reason="to see it")
    secrets = [CARD.encode(), CARD.replace(" ", "").encode(), PASSWORD.encode(),
               b"please charge my Visa"]
    root = review.stack.root.parent
    for path in root.rglob("*"):
        if not path.is_file() or path == review.passphrase or "mta" in path.parts:
            continue
        content = path.read_bytes()
        for secret in secrets:
            assert secret not in content, path


def test_a_changed_audit_log_is_noticed(review):
    review = review()
    anna = review.session("anna")
    assert anna.get("/api/audit/check")[1]["whole"] is True
    with sqlite3.connect(review.stack.noshare.folder / "noshare.db") as database:
        database.execute("UPDATE audit SET detail = 'nothing' WHERE number = 1")
    check = anna.get("/api/audit/check")[1]
    assert check["whole"] is False and check["broken_at"] == 1
    review.noshare("audit", "verify", status=1)
