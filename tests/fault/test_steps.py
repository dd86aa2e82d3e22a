"""Faults 24 to 27: the filter, the review server or the database dies at each single step of
hold, notice, reveal and release. No incident and no held mail is lost, nothing goes out twice.

NOSHARE_STOPS: so many steps of each test, evenly spread, the first one by chance; default: all.
"""

import http.client
import json
import os
import random
import time
from collections import Counter

import pytest

from harness import mail
from harness.halt import ANSWER, DATABASE, SEND, SYNC, WRITE, Halt
from harness.mail import CARD, body_of
from harness.paths import program
from harness.postgres import Postgres
from harness.process import run, wait_until
from harness.review import Review
from harness.rules import card_rule

STOPS = int(os.environ.get("NOSHARE_STOPS", "0"))
MOST = 2000     # steps; more would be a loop
DEAD = (OSError, http.client.HTTPException, json.JSONDecodeError)


@pytest.fixture
def postgres():
    server = Postgres().start()
    yield server
    server.stop()


@pytest.fixture
def make_desk(make_stack, root):
    """make_desk(store=...): a stack that holds cards, its review server and one officer; both
    programs can be halted."""
    desks = []

    def make(**settings):
        desk = Desk(make_stack, root, settings)
        desks.append(desk)
        return desk

    yield make
    for desk in desks:
        desk.review.stop()


class Desk:
    def __init__(self, make_stack, root, settings):
        self.filter = Halt(root / "halt", "noshare-milter")
        self.server = Halt(root / "halt", "noshare-review")
        self.stack = make_stack({"vault": str(root / "vault"), "rules": [card_rule("hold")]}
                                | settings, supervised=True, launcher=self.filter.launcher)
        self.review = Review(self.stack, root / "review", self.server.launcher)
        self.review.account("anna")
        self.review.start()
        self.anna = self.review.session("anna")
        self.steps = Counter()

    def hold(self, id):
        """Sends it as a mail server does: until it has been taken."""
        one = mail.with_card(id)
        one.kind = "any"

        def taken():
            sent, = self.stack.send(one)
            return sent.code == 250
        wait_until(taken, 60, f"{id} to be taken", every=0.2)
        return one

    def ask(self, *command):
        """What `noshare` prints, once the database answers."""
        def answer():
            done = run([program("noshare"), *command, "--format", "json", "--config",
                        self.stack.noshare.config], check=False)
            return [json.loads(line) for line in done.stdout.splitlines()] \
                if done.returncode == 0 else None
        return wait_until(answer, 60, " ".join(command), every=0.2)

    def case_of(self, id):
        def known():
            cases = [line["case"] for line in self.ask("incident", "list", "--most", "5")
                     if line["message_id"].strip("<>") == id]
            assert len(cases) <= 1, f"{id} became {cases}"
            return cases
        return wait_until(known, 30, f"the incident of {id}", every=0.1)[0]

    def state_of(self, case):
        return self.ask("held", "show", case)[0]

    def letters(self, case):
        """Letters to the sender about a case that the mail server has passed on."""
        return [one for one in self.stack.sink.received() if one.id.startswith(f"held-{case}@")]

    def has_empty_spool(self):
        try:
            return self.stack.noshare.status()["spool"] == 0
        except OSError:
            return False    # it was killed a moment ago

    def arrived(self, id):
        self.stack.settle()
        return self.stack.sink.find(id)

    def come_back(self):
        """The review server, after it was killed."""
        if not self.review.process.alive():
            self.review.start()
            self.anna = self.review.session("anna")

    def release(self, case, id):
        """As a careful officer does, who looks before releasing again. Until it is out."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            self.come_back()
            try:
                hold = self.anna.get(f"/api/incidents/{case}")[1]["hold"]
                if hold["state"] == "released":
                    return
                if hold["may_have_gone_out"] and self.arrived(id):
                    self.anna.post(f"/api/incidents/{case}/confirm", reason="it is in the log")
                else:
                    self.stack.noshare.wait_serving()
                    self.anna.post(f"/api/incidents/{case}/release", reason="fine",
                                   again=hold["may_have_gone_out"])
            except DEAD + (KeyError,):
                time.sleep(0.2)     # the server or its database is not back yet
        raise AssertionError(f"{case} could not be released: {self.state_of(case)}")

    def check_released(self, case, one):
        self.come_back()
        arrived = self.arrived(one.id)
        assert len(arrived) == 1, f"{one.id} arrived {len(arrived)} times"
        assert body_of(self.stack.sink.raw(arrived[0])) == body_of(one.raw)
        assert self.state_of(case)["state"] == "released"
        self.review.noshare("held", "purge")
        assert not self.state_of(case)["in_vault"]

    def check_whole(self):
        self.come_back()
        assert "all as they were written" in self.review.noshare("held", "check")
        assert self.anna.get("/api/audit/check")[1]["whole"] is True
        assert self.stack.noshare.status()["spool"] == 0
        incidents = self.ask("incident", "list", "--most", "1000000")
        assert len({line["message_id"] for line in incidents}) == len(incidents)


def each_step(halt, kinds, what, counted, then=None):
    """what(name) with `halt` armed for the n-th step, until a run needs fewer steps."""
    take_steps(halt, kinds, what, counted, then)
    # Threads make the n-th step another one in the next run: so what makes something durable, a
    # few steps among many, has a turn of its own.
    if kinds & SYNC and not STOPS:
        take_steps(halt, SYNC, lambda number, armed: what(f"sync-{number}", armed), counted, then)


def take_steps(halt, kinds, what, counted, then):
    """First what(0), in which nobody is killed and the steps are counted."""
    what(0, halt.at(MOST, kinds, then))
    assert 0 < halt.counted < MOST
    stride = max(1, halt.counted // STOPS) if STOPS else 1
    number = random.randint(1, stride)
    print(f"{halt.counted} steps, from {number} by {stride}", flush=True)
    while number < MOST:
        what(number, halt.at(number, kinds, then))
        if not halt.met:
            break
        counted[halt.met] += 1
        number += stride
    print(f"{number - 1} steps: {dict(counted)}", flush=True)
    assert counted and number < MOST


def hold_at(desk, number, armed):
    id = f"hold-{number}@test"
    with armed:
        desk.hold(id)
        case = desk.case_of(id)
        wait_until(lambda: desk.letters(case), 60, f"the letter about {case}", every=0.1)
        wait_until(lambda: desk.state_of(case)["state"] == "held", 20, "the hold", every=0.2)
    hold = desk.state_of(case)
    assert hold["state"] == "held" and hold["in_vault"]
    assert desk.stack.sink.find(id) == []
    # One letter; a second one only if nobody lived to hear that the mail server had the first.
    assert len(desk.letters(case)) <= (2 if armed.met else 1)


def release_at(desk, number, armed):
    one = desk.hold(f"release-{number}@test")
    case = desk.case_of(one.id)
    desk.come_back()
    shown = None
    with armed:
        try:
            shown = desk.anna.post(f"/api/incidents/{case}/reveal", reason="to see it")[1]
            desk.anna.post(f"/api/incidents/{case}/release", reason="fine")
        except DEAD:
            pass
        desk.release(case, one.id)
    desk.check_released(case, one)
    if shown and "message" in shown:
        assert CARD in shown["message"]
        assert "read" in [entry["decision"] for entry in desk.state_of(case)["decisions"]]


def test_the_filter_killed_at_each_step_of_hold_and_notice(make_desk):
    desk = make_desk()
    each_step(desk.filter, SYNC | WRITE | SEND,
              lambda number, armed: hold_at(desk, number, armed), desk.steps)
    desk.check_whole()
    assert {"fdatasync", "fsync", "rename"} <= set(desk.steps) or STOPS


def test_the_review_server_killed_at_each_step_of_reveal_and_release(make_desk):
    desk = make_desk()
    each_step(desk.server, SYNC | WRITE | SEND,
              lambda number, armed: release_at(desk, number, armed), desk.steps)
    desk.check_whole()
    assert {"fdatasync", "unlink"} <= set(desk.steps) or STOPS


def test_the_filter_killed_at_each_step_of_a_release(make_desk):
    desk = make_desk()

    def release(number, armed):
        one = desk.hold(f"release-{number}@test")
        case = desk.case_of(one.id)
        wait_until(lambda: desk.letters(case), 60, "its letter", every=0.1)
        with armed:
            desk.release(case, one.id)
        desk.stack.noshare.wait_serving()
        desk.check_released(case, one)
    each_step(desk.filter, SYNC | WRITE | SEND, release, desk.steps)
    desk.check_whole()


def on_postgres(make_desk, root, postgres):
    return make_desk(store={"postgresql": postgres.conninfo, "spool": str(root / "spool.db")})


def restarted(postgres):
    def restart():
        postgres.kill()
        postgres.start()
    return restart


def test_postgresql_killed_at_each_step_of_hold_and_notice(make_desk, root, postgres):
    desk = on_postgres(make_desk, root, postgres)
    each_step(desk.filter, DATABASE | ANSWER,
              lambda number, armed: hold_at(desk, number, armed), desk.steps,
              restarted(postgres))
    desk.check_whole()


def test_postgresql_killed_at_each_step_of_reveal_and_release(make_desk, root, postgres):
    desk = on_postgres(make_desk, root, postgres)
    each_step(desk.server, DATABASE | ANSWER,
              lambda number, armed: release_at(desk, number, armed), desk.steps,
              restarted(postgres))
    desk.check_whole()


def test_the_filter_killed_at_each_step_while_postgresql_is_away(make_desk, root, postgres):
    desk = on_postgres(make_desk, root, postgres)

    def hold(number, armed):
        id = f"away-{number}@test"
        postgres.kill()
        with armed:
            # It cannot come back while the database is away, so one try is enough.
            one = mail.with_card(id)
            one.kind = "any"
            desk.stack.send(one)
            postgres.start()
            desk.stack.noshare.wait_serving()
            desk.hold(id)
            case = desk.case_of(id)
            wait_until(desk.has_empty_spool, 60, "an empty spool", every=0.2)
            wait_until(lambda: desk.letters(case), 60, f"the letter about {case}", every=0.1)
        assert desk.state_of(case)["state"] == "held" and desk.state_of(case)["in_vault"]
    each_step(desk.filter, SYNC | WRITE, hold, desk.steps)
    desk.check_whole()
