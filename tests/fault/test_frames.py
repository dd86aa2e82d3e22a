"""Faults 19 and 21: octets that are no milter protocol, and transactions broken off anywhere."""

import os
import random
import struct

import pytest

from harness import mail
from harness.load import Probe
from harness.milter_client import MilterClient, MilterClosed, connect_socket
from harness.noshare import Noshare
from harness.rules import REFUSE_CARDS

# Fewer under sanitizers, where each costs more.
SESSIONS = int(os.environ.get("NOSHARE_RANDOM_SESSIONS", "5000"))
CARD, CLEAN = mail.with_card("card@test"), mail.clean("clean@test")


@pytest.fixture
def noshare(root, cache):
    noshare = Noshare(root / "noshare", {"rules": [REFUSE_CARDS]}, cache=cache).start()
    yield noshare
    assert noshare.process.alive()
    noshare.stop()


def judge(client, one):
    answer = client.message(one.raw, one.sender, one.recipients)
    return answer.code or answer.action


def frame(command, data=b""):
    return struct.pack("!I", len(data) + 1) + command + data


NEGOTIATE = frame(b"O", struct.pack("!III", 6, 0x1FF, 0x1FFFFF))
GARBAGE = {
    "http": b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
    "huge length": struct.pack("!I", 0xFFFFFFFF) + b"O",
    "zero length": struct.pack("!I", 0) * 3,
    "short negotiation": frame(b"O", b"\0\0"),
    "body first": frame(b"B", b"x" * 100),
    "end of message first": NEGOTIATE + frame(b"E"),
    "recipient before sender": NEGOTIATE + frame(b"R", b"<b@else.test>\0"),
    "no NUL at the end": NEGOTIATE + frame(b"M", b"<a@example.com>"),
    "header without value": NEGOTIATE + frame(b"M", b"<a@example.com>\0") + frame(b"L", b"X\0"),
    "odd macros": NEGOTIATE + frame(b"D", b"Mi") + frame(b"D", b"") + frame(b"D", b"\xff\0\0"),
    "unknown command": NEGOTIATE + frame(b"\x01", b"abc"),
    "two negotiations": NEGOTIATE + NEGOTIATE,
}


@pytest.mark.parametrize("octets", GARBAGE.values(), ids=GARBAGE.keys())
def test_a_malformed_session_harms_nobody_else(noshare, octets):
    with connect_socket(noshare.socket, 2) as broken:
        broken.sendall(octets)
        with MilterClient(noshare.socket) as client:
            client.open()
            assert judge(client, CARD) == 550
            assert judge(client, CLEAN) in ("accept", "continue")


def test_thousands_of_random_sessions_leave_the_daemon_as_it_was(noshare):
    pick = random.Random(7)
    before = resident_kb(noshare.process.pid)
    for _ in range(SESSIONS):
        with connect_socket(noshare.socket, 5) as broken:
            octets = NEGOTIATE if pick.random() < 0.7 else b""
            for _ in range(pick.randrange(6)):
                data = pick.randbytes(pick.randrange(64))
                octets += frame(pick.choice(b"OCHMRTLNBEAQKD\x00z").to_bytes(), data)
            try:
                broken.sendall(octets[:pick.randrange(len(octets) + 1)])
            except OSError:
                pass  # it hung up on us, rightly
    with MilterClient(noshare.socket) as client:
        client.open()
        assert judge(client, CARD) == 550
    assert resident_kb(noshare.process.pid) - before < 30_000


def test_half_frames_held_open_delay_nobody(noshare):
    held = []
    for number in range(40):
        connection = connect_socket(noshare.socket, 5)
        connection.sendall(NEGOTIATE + frame(b"M", b"<a@example.com>\0")[:3 + number % 10])
        held.append(connection)
    with Probe(noshare.socket) as probe:
        with MilterClient(noshare.socket) as client:
            client.open()
            for _ in range(20):
                assert judge(client, CLEAN) in ("accept", "continue")
    for connection in held:
        connection.close()
    assert probe.failures == []
    assert probe.seconds == [] or probe.worst < 0.5


STEPS = ["mail", "rcpt", "data", "header", "eoh", "body"]


def begin(client, one, upto):
    client.macros(b"M", i="4HALF")
    head, _, body = one.raw.partition(b"\r\n\r\n")
    for step in STEPS[:STEPS.index(upto) + 1]:
        if step == "mail":
            client.mail(one.sender)
        elif step == "rcpt":
            client.rcpt(one.recipients[0])
        elif step == "header":
            for line in head.decode().split("\r\n"):
                client.header(*line.split(": ", 1))
        elif step == "body":
            client.body(body)
        else:
            getattr(client, step)()


@pytest.mark.parametrize("upto", STEPS)
def test_a_transaction_broken_off_leaves_nothing_to_the_next(noshare, upto):
    with MilterClient(noshare.socket) as client:
        client.open()
        for broken, whole, expected in ((CARD, CLEAN, ("accept", "continue")),
                                        (CLEAN, CARD, (550,))):
            begin(client, broken, upto)
            client.abort()
            assert judge(client, whole) in expected
            # Without an abort, too: MAIL begins anew.
            begin(client, broken, upto)
            assert judge(client, whole) in expected


@pytest.mark.parametrize("upto", STEPS)
def test_a_connection_closed_at_any_step_harms_nobody(noshare, upto):
    for _ in range(5):
        client = MilterClient(noshare.socket).open()
        begin(client, CARD, upto)
        client.close()
    with MilterClient(noshare.socket) as client:
        client.open()
        assert judge(client, CLEAN) in ("accept", "continue")
    assert noshare.verdicts() != []


def test_a_closed_connection_is_noticed_by_the_client(noshare):
    with MilterClient(noshare.socket, timeout=5) as client:
        client.send(GARBAGE["http"])
        with pytest.raises(MilterClosed):
            client.read_frame()


def resident_kb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
