"""What happens reaches a SIEM: a file, syslog, a webhook; and waits for none of them."""

import http.server
import json
import socket
import threading
import time

import pytest

from harness import mail
from harness.mail import CARD
from harness.process import free_port, wait_until
from harness.review import Review
from harness.rules import card_rule


@pytest.fixture
def server_kind():
    return "postfix"


class Hook:
    """A webhook that refuses until it is told not to."""

    def __init__(self, port):
        self.events, self.tokens, self.works = [], set(), False
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.tokens.add(self.headers["Authorization"])
                if hook.works:
                    hook.events += json.loads(body)
                self.send_response(200 if hook.works else 503)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def test_events_reach_every_receiver_in_order_and_none_is_waited_for(make_stack, root):
    (root / "token").write_text("a-token-of-tests\n")
    hook = Hook(port := free_port())
    syslog = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    syslog.bind(("127.0.0.1", 0))
    syslog.settimeout(20)
    file = root / "events.jsonl"
    stack = make_stack({"vault": str(root / "vault"), "feeds": [
        {"name": "file", "file": str(file)},
        {"name": "siem", "syslog": f"udp:127.0.0.1:{syslog.getsockname()[1]}", "format": "cef"},
        {"name": "hook", "webhook": f"http://127.0.0.1:{port}/x",
         "token_file": str(root / "token")}]}, rules=[card_rule("hold")])
    review = Review(stack, root / "review")
    review.account("anna")
    time.sleep(2)  # the feeds begin with what comes from now on
    began = time.monotonic()
    for i in range(3):
        held = mail.with_card(f"held{i}@test")
        held.kind = "any"
        sent, = stack.send(held)
        assert sent.code == 250
    assert time.monotonic() - began < 10
    lines = lambda: [json.loads(line) for line in file.read_text().splitlines()] \
        if file.exists() else []
    wait_until(lambda: len(lines()) >= 3, 20, "three events in the file")
    ids = [one["message_id"] for one in lines() if one["event"] == "incident"]
    assert ids == [f"held{i}@test" for i in range(3)]
    assert "****" not in file.read_text() and CARD not in file.read_text()
    message = syslog.recv(65536).decode()
    while " incident " not in message:
        message = syslog.recv(65536).decode()
    assert "CEF:0|noshare|noshare|" in message and "act=hold" in message
    hook.works = True
    wait_until(lambda: len([1 for one in hook.events if one["event"] == "incident"]) >= 3, 60,
               "three events at the webhook")
    assert hook.tokens == {"Bearer a-token-of-tests"}
    review.start()
    try:
        review.session("anna")
        wait_until(lambda: any(one.get("act") == "sign_in" for one in hook.events), 30,
                   "the sign-in at the webhook")
    finally:
        review.stop()
