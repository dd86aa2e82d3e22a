"""Faults 10, 13, 17 and 18: slow scans, no processes left, clients and servers that vanish."""

import os
import signal
import threading
import time
from pathlib import Path

from harness import mail
from harness.load import Probe
from harness.milter_client import MilterClient
from harness.process import descendants, wait_until
from harness.smtp import SmtpSession, dot_stuffed
from harness.stack import codes


def test_eight_scans_of_four_seconds_delay_nobody_elses_helo(make_stack):
    stack = make_stack({"workers": 8}, faulty=True)
    slow = [mail.faulty(f"{number}.slow@test", "sleep=4") for number in range(8)]
    sending = threading.Thread(target=lambda: stack.send(*slow, connections=8))
    start = time.monotonic()
    with Probe(stack.noshare.socket) as probe:
        sending.start()
        wait_until(lambda: stack.noshare.status()["busy"] == 8, 3, "eight scans at a time")
        sending.join()
    took = time.monotonic() - start
    assert 4 <= took < 6, "the eight ran side by side"
    stack.send(mail.clean("after@test"))
    assert codes(stack.sender.records) == {250}
    assert stack.violations() == []
    assert probe.failures == [] and len(probe.seconds) > 20
    assert probe.worst < 0.1, f"median {probe.median:.4f} s, worst {probe.worst:.4f} s"


def test_a_scan_past_its_deadline_is_unread_and_progress_keeps_the_server_patient(make_stack):
    stack = make_stack({"limits": {"scan_time": "3s"}}, faulty=True)
    with MilterClient(stack.noshare.socket) as client:
        client.open()
        hang = mail.faulty("hang@test", "hang")
        start = time.monotonic()
        answer = client.message(hang.raw, hang.sender, hang.recipients)
        took = time.monotonic() - start
        assert 2.5 <= took < 6
        assert answer.progress >= 4, "two a second"
        assert answer.changed("quarantine"), answer
        clean = mail.clean("next@test")
        assert client.message(clean.raw, clean.sender, clean.recipients).action in (
            "accept", "continue")
    wait_until(lambda: stack.noshare.status()["busy"] == 0, 5, "the worker to be replaced")


def test_scans_of_any_length_end_at_the_deadline_and_delay_no_other_session(make_stack):
    stack = make_stack({"limits": {"scan_time": "3s"}, "workers": 5}, faulty=True)
    slow = [mail.faulty(f"{seconds}.slow@test", f"sleep={seconds}")
            for seconds in (1, 2, 5, 30, 120)]
    with Probe(stack.noshare.socket) as probe:
        sent = stack.send(*slow, connections=5)
    stack.send(mail.clean("after@test"))
    assert codes(stack.sender.records) == {250}
    assert max(one.seconds for one in sent) < 6
    held = [one for one in stack.noshare.events("verdict") if one["rule"] == "unread"]
    assert [one["unreadable"] for one in held] == ["timed_out"] * 3
    assert stack.violations() == []
    assert probe.failures == [] and probe.worst < 0.1, probe.worst


def test_more_mails_than_the_queue_takes_are_deferred_early(make_stack):
    stack = make_stack({"workers": 1, "milter": {"max_queue": 2}}, faulty=True)
    slow = [mail.faulty(f"{number}.slow@test", "sleep=2") for number in range(8)]
    sent = stack.send(*slow, connections=8)
    deferred = [one for one in sent if one.code == 451]
    assert codes(sent) == {250, 451} and len(deferred) >= 4
    assert all(one.reply.startswith("4.7.1") for one in deferred)
    assert max(one.seconds for one in deferred) < 1, "at once, not after a wait"
    assert codes(stack.send(mail.clean("after@test"))) == {250}
    assert stack.violations() == []


def test_no_thread_to_be_had_means_refusal_and_recovery_not_silence(make_stack, root):
    """A user of its own with few processes; root itself is not bound by the limit."""
    packs = root / "packs"
    packs.mkdir()
    user = 64_999
    few = (f"chown -R {user} {packs} {root}/0/noshare && exec setpriv --reuid={user} --regid={user} "
           '--clear-groups prlimit --nproc=40:40 "$@"')
    stack = make_stack({"workers": 1, "cache": str(packs)},
                       launcher=["sh", "-c", few, "sh"])
    idle = []
    for _ in range(60):
        client = MilterClient(stack.noshare.socket, timeout=5)
        idle.append(client)
        try:
            client.open()
        except OSError:
            client.close()
    # Served with what is left, or refused; never without an answer, never unread.
    many = [(mail.with_card if number % 2 else mail.clean)(f"{number}.many@test")
            for number in range(60)]
    assert codes(stack.send(*many, connections=30)) <= {250, 550, 451, 421}
    for client in idle:
        client.close()
    card, clean = mail.with_card("card@test"), mail.clean("after@test")
    assert [one.code for one in stack.send(card, clean)] == [550, 250]
    assert stack.violations() == []


def test_a_client_that_leaves_mid_body_or_after_the_dot_is_accounted_for(make_stack):
    stack = make_stack()
    for number in range(20):
        one = mail.clean(f"{number}.leaves@test", size=50_000)
        session = SmtpSession(stack.server.port)
        session.ehlo()
        session.mail(one.sender)
        answers = {to: session.rcpt(to).code for to in one.recipients}
        session.command("DATA")
        octets = dot_stuffed(one.raw)
        session.send(octets[:20_000] if number % 2 else octets + b".\r\n")
        if number % 2 == 0:
            time.sleep(0.01 * (number % 7))
        session.cut()
        stack.sender.note_unanswered(one, answers)
    stack.send(mail.clean("after@test"))
    assert stack.violations() == []
    arrived = {received.id for received in stack.sink.received()}
    assert not any(f"{number}.leaves@test" in arrived for number in range(1, 20, 2))


def test_a_mail_server_that_vanishes_mid_scan_frees_the_worker(make_stack):
    stack = make_stack({"workers": 2}, faulty=True)
    slow = [mail.faulty(f"{number}.gone@test", "sleep=20") for number in range(2)]
    sending = threading.Thread(target=lambda: stack.send(*slow, connections=2))
    sending.start()
    wait_until(lambda: stack.noshare.status()["busy"] == 2, 5, "two scans")
    for pid in descendants(stack.server.process_groups()[0]):
        if name_of(pid) in ("smtpd", "cleanup"):
            os.kill(pid, signal.SIGKILL)
    start = time.monotonic()
    wait_until(lambda: stack.noshare.status()["busy"] == 0, 5, "the scans to be given up")
    assert time.monotonic() - start < 1
    sending.join()
    assert codes(stack.send(mail.clean("after@test"))) == {250}
    assert stack.violations() == []


def name_of(pid):
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
