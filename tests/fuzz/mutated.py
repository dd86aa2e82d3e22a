"""Mutated messages through the whole filter: none without an answer, none that ends it.

In:  the folder of the programs under test, how many messages, a seed for the dice
Out: exit status 0, or 1 and what went wrong; the rate, the answers and the peak of memory
Each message is one of the golden mails or of the fuzz corpus, broken in a few places. The
daemon and its workers run as installed; a mail server's side is played by several
sessions at once.
"""

import argparse
import collections
import pathlib
import random
import re
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.milter_client import MilterClient, MilterClosed  # noqa: E402
from harness.noshare import Noshare  # noqa: E402

MOST_BYTES = 200_000
TOKENS = [b"\0", b"\r", b"\n", b"\r\n\r\n", b"--", b"=", b"=?utf-8?B?", b"?=", b"<", b"</b>", b"&#",
          b"%", b"\\u", b"\xff", b"PK\x03\x04", b"Content-Type: multipart/mixed; boundary=x\r\n",
          b"Content-Transfer-Encoding: base64\r\n", b"\xe2\x80\xae", b"4111 1111 1111 1111"]


def seeds():
    files = sorted((HERE.parent / "golden" / "mails").glob("*.eml"))
    files += sorted((HERE / "corpus" / "mime").iterdir())
    contents = [file.read_bytes()[:MOST_BYTES] for file in files]
    for folder in ("containers", "documents", "html"):
        for file in sorted((HERE / "corpus" / folder).iterdir()):
            contents.append(b"Subject: a\r\nMIME-Version: 1.0\r\nContent-Type: application/x; name=\""
                            + file.name.encode() + b"\"\r\n\r\n" + file.read_bytes()[:MOST_BYTES])
    return contents


def mutated(content, others, dice):
    """A few changes: bytes flipped, cut, doubled, swapped with another's, tokens put in."""
    octets = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8, 20))):
        at = dice.randrange(len(octets) + 1)
        length = dice.choice((1, 2, 4, 16, 64, 500))
        kind = dice.randrange(6)
        if kind == 0 and at < len(octets):
            octets[at] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del octets[at:at + length]
        elif kind == 2:
            octets[at:at] = octets[at:at + length] * dice.choice((1, 2, 50))
        elif kind == 3:
            other = dice.choice(others)
            begin = dice.randrange(len(other) + 1)
            octets[at:at + length] = other[begin:begin + length]
        elif kind == 4:
            octets[at:at] = dice.choice(TOKENS) * dice.choice((1, 1, 3, 100))
        else:
            octets[at:at + length] = dice.randbytes(length)
    return bytes(octets[:MOST_BYTES])


FIELD = re.compile(rb"[!-9;-~]+:")


def as_mail_servers_send(octets):
    """With CRLF at line ends; the first line that is no field begins the body, and fields
    are cut at NUL, as Postfix does: the milter protocol knows nothing else."""
    head, body = [], []
    lines = octets.replace(b"\r\n", b"\n").replace(b"\r", b" ").split(b"\n")
    for i, line in enumerate(lines):
        folded = head and line[:1] in (b" ", b"\t")
        if not folded and not FIELD.match(line):
            body = lines[i + 1:] if not line else lines[i:]
            break
        head.append(line.partition(b"\0")[0])
    head = head or [b"Subject: none"]
    return b"\r\n".join(head) + b"\r\n\r\n" + b"\r\n".join(body)


class Session(threading.Thread):
    """Sends its share of the messages, one after the other."""

    def __init__(self, address, messages):
        super().__init__()
        self.address, self.messages = address, messages
        self.answers = collections.Counter()
        self.slowest = 0.0
        self.faults = []

    def run(self):
        with MilterClient(self.address, timeout=120) as client:
            client.open()
            for name, message in self.messages:
                start = time.monotonic()
                try:
                    answer = client.message(as_mail_servers_send(message), "a@example.com",
                                            ["b@example.org"])
                except (MilterClosed, OSError) as fault:
                    self.faults.append(f"{name}: {fault!r}")
                    return
                self.slowest = max(self.slowest, time.monotonic() - start)
                self.answers[answer.action] += 1


def peak_memory(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sessions", type=int, default=4)
    parser.add_argument("--most-mib", type=int, default=768, help="of any process, at its peak")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    contents = seeds()
    faults, answers, slowest = [], collections.Counter(), 0.0
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        noshare = Noshare(pathlib.Path(folder), {}).start()
        try:
            for begin in range(0, options.count, 2000):
                batch = [(f"message {i}", mutated(dice.choice(contents), contents, dice))
                         for i in range(begin, min(begin + 2000, options.count))]
                sessions = [Session(noshare.socket, batch[i::options.sessions])
                            for i in range(options.sessions)]
                for session in sessions:
                    session.start()
                for session in sessions:
                    session.join()
                    faults += session.faults
                    answers += session.answers
                    slowest = max(slowest, session.slowest)
                if faults:
                    break
            if not noshare.process.alive():
                faults.append("the daemon has ended")
            pids = [noshare.process.pid, *noshare.worker_pids()]
            memory = {pid: peak_memory(pid) for pid in pids}
            faults += [f"a process took {mib} MiB" for mib in memory.values()
                       if mib > options.most_mib]
            died = [event for event in noshare.events("worker_died")]
        finally:
            noshare.stop()
    seconds = time.monotonic() - start
    total = sum(answers.values())
    print(f"{total} messages in {seconds:.0f} s, {total / seconds:.0f}/s, slowest {slowest:.1f} s, "
          f"answers {dict(answers)}, peak {max(memory.values(), default=0)} MiB, "
          f"workers that died: {len(died)}")
    faults += [f"a worker died: {event}" for event in died]
    if total != options.count and not faults:
        faults.append(f"{options.count - total} messages without an answer")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
