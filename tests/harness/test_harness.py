"""The harness's own tests, with a filter that does nothing (tests/bench/milter/null_milter)."""

import os
import time

import pytest

from harness import mail
from harness.ledger import Books, check, control
from harness.milter_client import MilterClient, MilterClosed
from harness.paths import program
from harness.postfix import PostfixInstance
from harness.process import (Background, command_line, descendants, free_port,
                             port_answers)
from harness.sendmail import SendmailInstance
from harness.sender import Sender
from harness.sink import Sink
from harness.smtp import SmtpSession


@pytest.fixture
def null_milter(root):
    socket = f"unix:{root}/null.sock"
    process = Background([program("null_milter"), socket], root / "null.log")
    process.wait_ready(lambda: os.path.exists(root / "null.sock"), 10, "null_milter")
    yield socket
    process.stop()


@pytest.fixture
def sink(root):
    sink = Sink(root / "sink").start()
    yield sink
    sink.stop()


@pytest.fixture(params=[PostfixInstance, SendmailInstance], ids=["postfix", "sendmail"])
def server(request, root, sink, null_milter):
    server = request.param(root / "mta", sink.port, null_milter).start()
    yield server
    server.stop()


def test_a_mail_server_passes_mail_unchanged_from_smtp_and_local_submission(server, sink):
    sender = Sender(server.port)
    sender.send([mail.clean(f"{n}.smtp@test", recipients=["a@else.test", "b@other.test"])
                 for n in range(30)], connections=5)
    sender.submit(mail.clean("local@test"), server.submit)
    server.wait_quiet()
    books = Books(sender.records, sink.received(), server.queue(), server.events())
    assert check(books) == []
    assert control(books) == []
    assert len(sink.find("local@test")) == 1
    assert {sent.code for sent in sender.records} == {250}


def test_a_mail_server_answers_451_while_the_filter_is_gone(root, sink):
    server = PostfixInstance(root / "mta", sink.port, f"unix:{root}/nobody.sock").start()
    try:
        sent, = Sender(server.port).send([mail.clean("unfiltered@test")])
    finally:
        server.stop()
    assert sent.code == 451
    assert sink.received() == []


def test_a_stopped_mail_server_leaves_no_process(root, sink):
    before = set(descendants(1))
    for kind in (PostfixInstance, SendmailInstance):
        server = kind(root / kind.__name__, sink.port).start()
        Sender(server.port).send([mail.clean(f"{kind.__name__}@test")])
        server.stop()
        assert not port_answers(server.port)
    time.sleep(0.2)
    ours = [pid for pid in set(descendants(1)) - before if str(root) in command_line(pid)]
    assert ours == []


def test_the_sink_can_refuse_and_mail_waits_in_the_queue(root, sink):
    server = PostfixInstance(root / "mta", sink.port).start()
    try:
        sink.refuse = "451 4.3.0 not now"
        Sender(server.port).send([mail.clean("later@test")])
        time.sleep(1)
        assert sink.received() == [] and len(server.queue()) == 1
        sink.refuse = ""
        server.flush()
        server.wait_quiet()
    finally:
        server.stop()
    assert len(sink.find("later@test")) == 1


def test_a_cut_connection_is_a_reply_without_a_code(root, sink):
    session = SmtpSession(sink.port)
    session.ehlo()
    sink.stop()
    session.cut()
    assert Sender(sink.port).send([mail.clean("x@test")])[0].code is None


def test_the_milter_client_speaks_to_libmilter(null_milter):
    with MilterClient(null_milter) as client:
        client.open()
        raw = mail.clean("m@test", size=200_000).raw
        answers = [client.message(raw, "a@example.com", ["b@else.test"]) for _ in range(3)]
        assert [answer.action for answer in answers] == ["accept"] * 3
        client.send(b"GET / HTTP/1.0\r\n\r\n")
        with pytest.raises(MilterClosed):
            client.read_frame()


def test_free_ports_are_not_given_twice():
    ports = [free_port() for _ in range(20)]
    assert len(set(ports)) == 20
