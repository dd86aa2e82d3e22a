"""An officer's day in a real browser, on a real stack: Postfix, filter, review server, sink."""

import json
import os
import subprocess

import pytest

from harness import mail
from harness.browser import CHROMIUM
from harness.mail import CARD, body_of
from harness.review import PASSWORD, Review
from harness.rules import card_rule

ORDER = "5500 0055 5555 5559"  # looks like a card number
SHOTS = "NOSHARE_SCREENSHOTS"   # folder for the screenshots; the README's come from here


def hostile_mail():
    """Markup wherever a mail has a field."""
    body = "\r\n".join([
        "--b", "Content-Type: text/plain", "", f"card {CARD} <script>alert(2)</script>",
        "--b", 'Content-Type: text/plain; name="<img src=x onerror=alert(4)>.txt"',
        'Content-Disposition: attachment; filename="<img src=x onerror=alert(4)>.txt"', "",
        f"my Visa card {CARD} <svg onload=alert(3)>", "--b--", ""])
    raw = mail.compose("<script>alert(1)</script>@test", body,
                       subject=f"<script>alert(0)</script> card {CARD}",
                       headers=('Content-Type: multipart/mixed; boundary="b"',))
    return mail.Mail("<script>alert(1)</script>@test", "any", raw,
                     recipients=['"<b onclick=alert(5)>"@else.test'])


@pytest.fixture
def server_kind():
    return "postfix"


def test_an_officers_day(make_stack, root, browser_scripts):
    stack = make_stack({"vault": str(root / "vault"), "release": {"officers": 2}},
                       rules=[card_rule("hold")])
    review = Review(stack, root / "review")
    for name in ("anna", "ben"):
        review.account(name)
    review.start()
    try:
        cases = {}
        for what in ("released", "denied", "order", "hostile", "bulk0", "bulk1"):
            more = {"number": ORDER, "recipients": ["desk@shop.test"]} if what == "order" else {}
            held = hostile_mail() if what == "hostile" else mail.with_card(f"{what}@test", **more)
            held.kind = "any"
            stack.send(held)
            stack.settle()
            new = {line["case"] for line in stack.noshare.incidents()} - set(cases.values())
            cases[what], = new
        day = {"url": review.url, "browser": CHROMIUM, "password": PASSWORD, "value": CARD,
               "shots": os.environ.get(SHOTS, str(root / "shots")),
               "first": "anna", "second": "ben", "bulk": [cases["bulk0"], cases["bulk1"]],
               **cases}
        done = subprocess.run(["node", "officers_day.mjs"], cwd=browser_scripts,
                              env=os.environ | {"DAY": json.dumps(day)}, capture_output=True,
                              text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "ok: no request went elsewhere" in done.stdout
        stack.settle()
        arrived, = stack.sink.find("released@test")
        assert CARD.encode() in body_of(stack.sink.raw(arrived))
        assert stack.sink.find("denied@test") == []
        again = mail.with_card("again@test", number=ORDER, recipients=["desk@shop.test"])
        again.kind = "any"
        stack.send(again)
        stack.settle()
        assert len(stack.sink.find("again@test")) == 1
    finally:
        review.stop()
