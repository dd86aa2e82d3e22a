"""Faults 5 and 6: a storm of reloads under load, half of them invalid; signals during scans."""

import signal
import threading
import time

import pytest

from harness import mail
from harness.load import Load
from harness.milter_client import MilterClient
from harness.process import wait_until
from harness.rules import CARD_REPLY, card_rule
from harness.stack import codes


def test_a_storm_of_reloads_disturbs_no_mail(make_stack):
    stack = make_stack()
    outcomes = {True: 0, False: 0}
    with Load(stack, "storm"):
        end = time.monotonic() + 60
        for number in range(1000):
            valid = number % 2 == 0
            stack.noshare.policy = f"# {number}\n" if valid else "nonsense: true\n"
            stack.noshare.write_config()
            outcomes[stack.noshare.reload()["ok"]] += 1
            if time.monotonic() > end:
                break
    assert outcomes[True] >= 20 and abs(outcomes[True] - outcomes[False]) <= 1, outcomes
    assert codes(stack.sender.records) == {250, 550}
    assert all(one.config and one.packs for one in stack.noshare.verdicts())
    assert stack.violations() == []


def test_every_verdict_names_the_configuration_that_made_it(make_stack):
    rules = {"a": card_rule("reject", id="a", reply=CARD_REPLY),
             "b": card_rule("reject", id="b", reply=CARD_REPLY)}
    stack = make_stack({"rules": [rules["a"]]})
    version = {stack.noshare.status()["config"]: "a"}
    with Load(stack, "versions"):
        for name in "bababa":
            stack.noshare.write_config(rules=[rules[name]])
            version[stack.noshare.reload()["config"]] = name
            time.sleep(0.3)
    refused = [one for one in stack.noshare.verdicts() if one.action == "reject"]
    assert {one.rule for one in refused} == {"a", "b"}
    assert all(version[one.config] == one.rule for one in refused)
    assert stack.violations() == []


SCANS = 50


@pytest.fixture
def scans(make_stack):
    """A set-up with fifty scans of three seconds under way, and a plain mail behind it."""
    stack = make_stack({"workers": SCANS}, faulty=True)
    stack.send(mail.clean("before@test"))
    slow = [mail.faulty(f"{number}.slow@test", "sleep=3") for number in range(SCANS)]
    thread = threading.Thread(target=lambda: stack.send(*slow, connections=SCANS))
    thread.start()
    wait_until(lambda: stack.noshare.status()["busy"] == SCANS, 20, "fifty scans", every=0.05)
    yield stack, thread
    thread.join()


def test_hang_up_does_not_stop_the_daemon(scans):
    stack, thread = scans
    stack.noshare.signal(signal.SIGHUP)
    time.sleep(0.5)
    assert stack.noshare.process.alive()
    thread.join()
    stack.send(mail.clean("after@test"))
    assert codes(stack.sender.records) == {250}
    assert stack.violations() == []


def test_the_reload_signal_lets_scans_end_on_their_own_configuration(scans):
    stack, thread = scans
    before = stack.noshare.status()["config"]
    stack.noshare.policy = "# new\n"
    stack.noshare.write_config()
    stack.noshare.signal(signal.SIGUSR1)
    thread.join()
    wait_until(lambda: stack.noshare.status()["config"] != before, 20, "the reload")
    assert codes(stack.sender.records) == {250}
    assert {one.config for one in stack.noshare.verdicts()} == {before}
    assert stack.violations() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda n: n.name)
def test_a_stopping_daemon_finishes_the_scans_that_run(scans, number):
    stack, thread = scans
    stack.noshare.signal(number)
    thread.join()
    assert codes(stack.sender.records) == {250}
    assert stack.noshare.process.process.wait(20) == 0
    with pytest.raises(OSError):
        MilterClient(stack.noshare.socket)
    assert stack.violations() == []
