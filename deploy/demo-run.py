#!/usr/bin/python3
"""The demo itself: starts the servers, sends the mails, compares and prints.

In:  deploy/demo-mails/expected.json, policy.yaml and the mails; NOSHARE_BIN
Out: the table on standard output; exit status as deploy/demo says, which calls this
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from harness.mail import Mail                                         # noqa: E402
from harness.noshare import Judged, Noshare                           # noqa: E402
from harness.postfix import PostfixInstance                           # noqa: E402
from harness.process import (Background, HarnessError, command_line,  # noqa: E402
                             kill_group, port_answers)
from harness.sender import Sender, Sent                               # noqa: E402
from harness.sink import Received, Sink                               # noqa: E402

MAILS = HERE / "demo-mails"
WIDTHS = (30, 52, 30)


@dataclass
class Outcome:
    expected: dict
    sent: Sent
    judged: Judged | None
    arrived: list[Received]
    texts: list[str]        # what arrived, as text

    def differences(self) -> list[str]:
        """What is not as expected, a sentence each."""
        want = self.expected
        got = {"answer": self.sent.code,
               "action": self.judged.action if self.judged else "no verdict",
               "rule": self.judged.rule if self.judged else "",
               "arrives": sorted(to for mail in self.arrived for to in mail.recipients)}
        found = [f"{key} is {got[key]!r}, expected {want[key]!r}" for key in got
                 if got[key] != (sorted(want[key]) if key == "arrives" else want[key])]
        found += [f"arrived without {text!r}" for text in want.get("shows", ())
                  if not all(text in arrived for arrived in self.texts)]
        found += [f"arrived with {text!r}" for text in want.get("hides", ())
                  if any(text in arrived for arrived in self.texts)]
        return found


def read_mails() -> list[tuple[dict, Mail]]:
    pairs = []
    for expected in json.loads((MAILS / "expected.json").read_text()):
        raw = (MAILS / expected["file"]).read_bytes().replace(b"\n", b"\r\n")
        id = BytesHeaderParser().parsebytes(raw)["Message-ID"].strip("<>")
        pairs.append((expected, Mail(id, "any", raw, "alice@example.com", expected["to"])))
    return pairs


class Demo:
    """The three servers. With `keep` they outlive this program."""

    def __init__(self, root: Path, keep: bool):
        Background.ends_with_starter = not keep
        self.root = root
        self.sink = Sink(root / "sink")
        self.noshare = Noshare(root / "noshare", policy=(MAILS / "policy.yaml").read_text())
        del self.noshare.settings["organisation"]      # policy.yaml has it
        self.server = PostfixInstance(root / "postfix", self.sink.port, self.noshare.socket)
        self._sink_process: Background | None = None

    def start(self) -> None:
        environment = os.environ | {"PYTHONPATH": str(HERE.parent / "tests")}
        self._sink_process = Background(
            [sys.executable, "-m", "harness.sink", self.root / "sink", self.sink.port],
            self.root / "sink.log", environment)
        self._sink_process.wait_ready(lambda: port_answers(self.sink.port), 20, "the sink")
        self.noshare.start()
        self.server.start()

    def stop(self) -> None:
        self.server.stop()
        self.noshare.stop()
        if self._sink_process:
            self._sink_process.stop()

    def play(self) -> list[Outcome]:
        pairs = read_mails()
        records = Sender(self.server.port).send([mail for _, mail in pairs])
        self.server.wait_quiet()
        verdicts = {judged.queue_id: judged for judged in self.noshare.verdicts()}
        queue_ids = {event.message_id: event.queue_id for event in self.server.events()}
        outcomes = []
        for (expected, mail), sent in zip(pairs, records, strict=True):
            arrived = self.sink.find(mail.id)
            outcomes.append(Outcome(
                expected, sent, verdicts.get(sent.queue_id or queue_ids.get(mail.id, "")),
                arrived, [self.sink.raw(one).decode(errors="replace") for one in arrived]))
        return outcomes

    def remember_processes(self) -> None:
        groups = [self._sink_process.pid, *self.noshare.process_groups(),
                  *self.server.process_groups()]
        (self.root / "processes").write_text("\n".join(map(str, groups)) + "\n")

    def describe(self) -> str:
        return textwrap.dedent(f"""
            It is still running:
              mail server   127.0.0.1:{self.server.port}  (SMTP; everything goes to the sink)
              filter        {self.noshare.socket}
              metrics       http://127.0.0.1:{self.noshare.metrics_port}/metrics
              config        {self.noshare.config}
              incidents     noshare incident list --config {self.noshare.config}
              what arrived  {self.root}/sink
            Stop it with:   deploy/demo --stop {self.root}""")


def print_table(outcomes: list[Outcome]) -> None:
    print_row(("sent", "what the filter answered, and why", "arrived at"))
    print("  ".join("-" * width for width in WIDTHS))
    for outcome in outcomes:
        judged, sent = outcome.judged, outcome.sent
        why = f"{judged.action}, rule {judged.rule}" if judged and judged.rule else (
            judged.action if judged else "no verdict")
        answer = f"{sent.code} {sent.reply}" if sent.code != 250 else "250"
        arrived = ", ".join(to for mail in outcome.arrived for to in mail.recipients)
        print_row((outcome.expected["about"], f"{why}: {answer}" if sent.code != 250 else why,
                   arrived or "nobody"))
        for difference in outcome.differences():
            print(f"    NOT AS EXPECTED: {difference}")


def print_row(cells: tuple[str, ...]) -> None:
    wrapped = [textwrap.wrap(cell, width) or [""]
               for cell, width in zip(cells, WIDTHS, strict=True)]
    for line in range(max(map(len, wrapped))):
        print("  ".join((cell[line] if line < len(cell) else "").ljust(width)
                        for cell, width in zip(wrapped, WIDTHS, strict=True)).rstrip())


def stop_kept(folder: Path) -> int:
    try:
        groups = [int(line) for line in (folder / "processes").read_text().split()]
    except (OSError, ValueError):
        print(f"demo: {folder} is not the folder of a running demo", file=sys.stderr)
        return 2
    # A number may belong to another program by now; ours name the folder.
    groups = [group for group in groups if str(folder) in command_line(group)]
    for group in groups:
        os.kill(group, signal.SIGTERM)
    time.sleep(1)
    for group in groups:
        kill_group(group)
    shutil.rmtree(folder)
    return 0


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--keep", action="store_true")
    arguments.add_argument("--stop", type=Path)
    chosen = arguments.parse_args()
    if chosen.stop:
        return stop_kept(chosen.stop)

    root = Path(tempfile.mkdtemp(prefix="noshare-demo-", dir="/tmp"))
    root.chmod(0o755)   # Postfix's processes run as their own user
    demo = None
    kept = False
    try:
        demo = Demo(root, chosen.keep)
        demo.start()
        outcomes = demo.play()
        print_table(outcomes)
        wrong = sum(bool(outcome.differences()) for outcome in outcomes)
        print(f"\n{len(outcomes)} mails, {len(outcomes) - wrong} as expected")
        if chosen.keep:
            demo.remember_processes()
            print(demo.describe())
            kept = True
        return 1 if wrong else 0
    except HarnessError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2
    finally:
        if not kept:
            if demo:
                demo.stop()
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
