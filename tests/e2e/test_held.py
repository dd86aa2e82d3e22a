"""Messages held in the vault: sealed, released by officers once and unchanged, or denied."""

import json
import subprocess

import pytest

from harness import mail
from harness.mail import CARD, body_of
from harness.paths import program
from harness.rules import card_rule


THIRD_PARTY = "bob@else.test"


class Desk:
    """The officers' side of a running set-up: `noshare held` and `noshare officer`."""

    def __init__(self, stack, folder):
        self.stack = stack
        self.folder = folder
        folder.mkdir()
        self.vault = stack.noshare.settings["vault"]
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text("a passphrase for tests\n")
        stack.noshare.write_config(release={"smtp": f"127.0.0.1:{stack.server.port}"})

    def run(self, *arguments, status=0):
        done = subprocess.run(
            [program("noshare"), *map(str, arguments), "--config", self.stack.noshare.config],
            capture_output=True, timeout=120)
        assert done.returncode == status, done.stderr.decode()
        return done.stdout if status == 0 else done.stderr

    def officer(self, name):
        self.run("officer", "create", name, "--key", self.folder / name,
                 "--passphrase-file", self.passphrase)

    def act(self, act, case, officer="anna", *more, status=0):
        return self.run("held", act, case, "--key", self.folder / officer,
                        "--passphrase-file", self.passphrase, "--reason", "asked for", *more,
                        status=status).decode()

    def held(self, state="held"):
        lines = self.run("held", "list", "--state", state, "--format", "json").splitlines()
        return [json.loads(line)["case"] for line in lines]


@pytest.fixture
def desk(make_stack, root):
    def make(**settings):
        vault = root / "vault"
        stack = make_stack({"vault": str(vault)} | settings, rules=[card_rule("hold")])
        desk = Desk(stack, root / "desk")
        desk.officer("anna")
        return desk
    return make


def waiting_for(stack):
    """Whom the mail server's queue has something for; the letter to the sender may be there."""
    addresses = [one["address"] for waiting in stack.server.queue()
                 for one in waiting["recipients"]]
    return [one for one in addresses if one == THIRD_PARTY]


def hold_one(desk, id="held@test"):
    held = mail.with_card(id)
    held.kind = "any"
    sent, = desk.stack.send(held)
    assert sent.code == 250
    desk.stack.settle()
    assert desk.stack.sink.find(held.id) == []
    case, = desk.held()
    return held, case


def test_a_held_mail_is_sealed_and_reaches_nobody(desk):
    desk = desk()
    hold_one(desk)
    assert THIRD_PARTY not in waiting_for(desk.stack)
    files = [path for path in (desk.stack.root.parent / "vault").rglob("*") if path.is_file()]
    assert any(path.suffix == ".sealed" for path in files)
    for path in files:
        assert CARD.encode() not in path.read_bytes(), path
    assert b"all as they were written" in desk.run("held", "check")


def test_a_released_mail_arrives_once_and_unchanged(desk):
    desk = desk()
    held, case = hold_one(desk)
    assert "released" in desk.act("release", case)
    desk.stack.settle()
    arrived, = desk.stack.sink.find(held.id)
    raw = desk.stack.sink.raw(arrived)
    assert arrived.sender == held.sender and arrived.recipients == held.recipients
    assert body_of(raw) == body_of(held.raw)
    for line in held.raw.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        assert line in raw.split(b"\r\n"), line
    assert b"x-noshare-release" not in raw.lower()
    assert desk.held() == [] and desk.held("released") == [case]
    assert b"0 message(s)" in desk.run("held", "check")


def test_a_release_is_not_repeated(desk):
    desk = desk()
    held, case = hold_one(desk)
    desk.act("release", case)
    desk.act("release", case, status=2)
    desk.stack.settle()
    assert len(desk.stack.sink.find(held.id)) == 1


def test_a_denied_mail_stays_where_it_is(desk):
    desk = desk()
    held, case = hold_one(desk)
    desk.act("deny", case)
    assert "denied" in desk.act("release", case, status=2)
    desk.stack.settle()
    assert desk.stack.sink.find(held.id) == []


def test_one_officer_of_two_releases_nothing(desk):
    desk = desk(release={"officers": 2})
    desk.officer("ben")
    held, case = hold_one(desk)
    assert "1 more officer" in desk.act("release", case, "anna")
    assert "1 more officer" in desk.act("release", case, "anna")
    desk.stack.settle()
    assert desk.stack.sink.find(held.id) == []
    assert "released" in desk.act("release", case, "ben")
    desk.stack.settle()
    assert len(desk.stack.sink.find(held.id)) == 1


def test_an_officer_reads_the_mail_and_it_is_on_record(desk):
    desk = desk()
    held, case = hold_one(desk)
    assert CARD in desk.act("read", case)
    assert b"anna: read, asked for" in desk.run("held", "show", case)


def test_a_forged_release_header_opens_nothing(desk):
    desk = desk()
    forged = mail.with_card("forged@test", headers=("X-Noshare-Release: " + "0" * 32 + "."
                                                     + "0" * 32,))
    forged.kind = "any"
    sent, = desk.stack.send(forged)
    assert sent.code == 250
    desk.stack.settle()
    assert desk.stack.sink.find(forged.id) == []
    assert len(desk.held()) == 1


def test_while_the_filter_is_down_a_release_fails_and_the_mail_stays_held(desk):
    desk = desk()
    held, case = hold_one(desk)
    desk.stack.noshare.stop()
    assert "held again" in desk.act("release", case, status=2)
    assert desk.held() == [case]
    desk.stack.noshare.start()
    desk.act("release", case)
    desk.stack.settle()
    assert len(desk.stack.sink.find(held.id)) == 1


def test_without_an_officer_the_mail_server_holds(make_stack, root):
    stack = make_stack({"vault": str(root / "vault")}, rules=[card_rule("hold")])
    held = mail.with_card("held@test")
    held.kind = "any"
    stack.send(held)
    stack.settle()
    assert stack.sink.find(held.id) == []
    assert waiting_for(stack) == [THIRD_PARTY]
