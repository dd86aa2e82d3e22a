"""The review server under test, and somebody who talks to it.

In:  a running Stack with a vault      Out: a running noshare-review, accounts, sessions
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import re
import subprocess
import time
from base64 import b32decode
from collections.abc import Callable, Sequence
from pathlib import Path

from .paths import program
from .process import Background, free_port, port_answers
from .rules import card_rule
from .stack import Stack

PASSWORD = "a long password for tests"


def totp(secret: str, at: float | None = None) -> str:
    """RFC 6238 with SHA-1, six digits, thirty seconds."""
    step = int((time.time() if at is None else at) // 30).to_bytes(8, "big")
    mac = hmac.new(b32decode(secret), step, hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


class Review:
    def __init__(self, stack: Stack, folder: Path, launcher: Sequence[str] = ()):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.stack = stack
        self.port = free_port()
        self.launcher = list(launcher)
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text(PASSWORD + "\n")
        stack.noshare.write_config(review={"listen": f"127.0.0.1:{self.port}"},
                                   release={"smtp": f"127.0.0.1:{stack.server.port}"})
        self.process: Background | None = None

    def start(self) -> Review:
        self.process = Background([*self.launcher, program("noshare-review"), "--config",
                                   self.stack.noshare.config], self.folder / "review.log")
        self.process.wait_ready(lambda: port_answers(self.port), 60, "noshare-review")
        return self

    def stop(self) -> int:
        return self.process.stop() if self.process else 0

    def noshare(self, *arguments: object, status: int = 0) -> str:
        done = subprocess.run(
            [program("noshare"), *map(str, arguments), "--config", self.stack.noshare.config],
            capture_output=True, timeout=120)
        assert done.returncode == status, done.stderr.decode()
        return done.stdout.decode()

    def account(self, name: str, role: str = "officer", *more: str, code: bool = False) -> str:
        """Makes one; gives the secret of its one-time codes, if it has any."""
        said = self.noshare("account", "create", name, "--role", role, "--passphrase-file",
                            self.passphrase, *more, *([] if code else ["--no-code"]))
        found = re.search(r"secret=([A-Z2-7]+)", said)
        return found[1] if found else ""

    def session(self, name: str, **more) -> Session:
        session = Session(self.port)
        status, answer = session.sign_in(name, **more)
        assert status == 200, answer
        return session

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Reviews:
    """Review servers over stacks that hold cards; stop() ends them all."""

    def __init__(self, make_stack: Callable[..., Stack], root: Path):
        self._make_stack = make_stack
        self._root = root
        self._servers: list[Review] = []

    def make(self, *accounts: Sequence[str], settings: dict, **review: str) -> Review:
        """A running one; `accounts` are what account() takes, `{url}` in `review` is its own."""
        stack = self._make_stack({"vault": str(self._root / "vault")} | settings,
                                 rules=[card_rule("hold")])
        server = Review(stack, self._root / "review")
        self._servers.append(server)
        if review:
            stack.noshare.write_config(
                review={key: text.format(url=server.url) for key, text in review.items()})
        for account in accounts:
            server.account(*account)
        return server.start()

    def stop(self) -> None:
        for server in self._servers:
            server.stop()


class Session:
    """Somebody with a cookie jar of one."""

    def __init__(self, port: int):
        self.port = port
        self.cookie = ""
        self.token = ""

    def raw(self, method: str, path: str, body: bytes | None = None,
            headers: dict[str, str] | None = None) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = {"Cookie": self.cookie} if self.cookie else {}
            connection.request(method, path, body, sent | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def ask(self, method: str, path: str, body: object = None,
            headers: dict[str, str] | None = None) -> tuple[int, dict]:
        given = {"Content-Type": "application/json", "X-CSRF-Token": self.token} | (headers or {})
        status, _, text = self.raw(method, path, None if body is None else
                                   json.dumps(body).encode(), given)
        return status, json.loads(text)

    def get(self, path: str) -> tuple[int, dict]:
        return self.ask("GET", path)

    def post(self, path: str, **body: object) -> tuple[int, dict]:
        return self.ask("POST", path, body)

    def sign_in(self, name: str, password: str = PASSWORD, code: str = "") -> tuple[int, dict]:
        status, headers, text = self.raw(
            "POST", "/api/sign-in",
            json.dumps({"name": name, "password": password, "code": code}).encode(),
            {"Content-Type": "application/json"})
        answer = json.loads(text)
        if status == 200:
            self.cookie = headers["Set-Cookie"].partition(";")[0]
            self.token = answer["csrf_token"]
        return status, answer
