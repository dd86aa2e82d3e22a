"""Letters: to senders in their languages, and the daily one to officers with its links."""

import email
import email.policy
import re

import pytest

from harness import mail
from harness.process import wait_until
from harness.review import Reviews


@pytest.fixture
def server_kind():
    return "postfix"


@pytest.fixture
def review(make_stack, root):
    reviews = Reviews(make_stack, root)
    anna = ("anna", "officer", "--email", "anna@example.com")
    yield lambda **settings: reviews.make(anna, settings=settings, url="{url}")
    reviews.stop()


def hold_one(review, id, **more):
    held = mail.with_card(id, **more)
    held.kind = "any"
    sent, = review.stack.send(held)
    assert sent.code == 250
    review.stack.settle()


def letters_to(review, address):
    """Letters of noshare that arrived there, as they are read."""
    review.stack.settle()
    return [email.message_from_bytes(review.stack.sink.raw(one), policy=email.policy.default)
            for one in review.stack.sink.received() if one.recipients == [address]]


def case_of(review, session, id):
    for line in session.get("/api/queue")[1]["incidents"]:
        if session.get(f"/api/incidents/{line['case']}")[1]["message_id"].strip("<>") == id:
            return line["case"]
    raise AssertionError(id)


def test_officers_get_one_letter_a_day_whose_links_need_them(review):
    review = review()
    review.account("ben", "officer", "--email", "ben@example.com")
    review.account("rita", "reviewer", "--senders", "carol@example.com", "--email",
                   "rita@example.com")
    review.account("otto", "auditor", "--email", "otto@example.com")
    review.account("nora")
    hold_one(review, "held@test")
    for _ in range(2):
        assert "1 message(s) wait, 2 letter(s)" in review.noshare("digest", "send")
    letter, = wait_until(lambda: letters_to(review, "anna@example.com"), 60, "the letter", 0.5)
    assert len(letters_to(review, "ben@example.com")) == 1
    for nobody in ("rita@example.com", "otto@example.com"):
        assert letters_to(review, nobody) == []
    assert letter["Subject"] == "noshare: 1 message(s) wait for a decision"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert "alice@example.com" not in text and "else.test" not in text and "1111" not in text
    links = re.findall(re.escape(review.url) + r"/go/(\S+)", text)
    assert len(links) == 3

    anna, ben = review.session("anna"), review.session("ben")
    case = case_of(review, anna, "held@test")
    found = [anna.get(f"/api/links/{link}")[1] for link in links]
    assert found == [{"case": case, "act": act} for act in ("open", "release", "deny")]
    assert ben.get(f"/api/links/{links[0]}")[0] == 422, "it was written to anna"
    forged = links[0].replace(".open.", ".release.")
    assert anna.get(f"/api/links/{forged}")[0] == 422
    assert anna.get("/api/queue")[1]["incidents"][0]["hold"]["state"] == "held"
    assert "anna@example.com" in review.noshare("account", "list")
    review.noshare("account", "email", "anna", "none")
    assert "1 letter(s)" in review.noshare("digest", "send")
    review.noshare("account", "email", "anna", "no address", status=2)


def test_letters_come_in_several_languages_and_in_own_words(review, root):
    own = root / "letters"
    own.mkdir()
    (own / "held.de.txt").write_text("Subject: Angehalten für später: {case}\n\n"
                                     "Müssen prüfen:\n{findings}\n")
    review = review(languages=["de", "fr"], notices={"templates": str(own)})
    hold_one(review, "held@test")
    letter, = wait_until(lambda: letters_to(review, "alice@example.com"), 60, "the letter", 0.5)
    case = case_of(review, review.session("anna"), "held@test")
    assert letter["Subject"] == f"Angehalten für später: {case}"
    text = letter.get_content().replace("\r\n", "\n")
    assert "Müssen prüfen:\n  payment_card_number  ************1111  in body" in text
    assert "Votre message a été retenu" in text and "Your message" not in text
    (own / "held.de.txt").write_text("Subject: {cas}\n\n{findings}\n")
    fault = f"{own}/held.de.txt:1:10: unknown placeholder '{{cas}}'"
    answer = review.stack.noshare.reload()
    assert not answer["ok"] and answer["error"].startswith(fault)
