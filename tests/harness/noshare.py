"""The daemon under test: its configuration, its life, and what it says.

In:  settings as a dictionary (each value written in YAML's flow form, JSON), a folder
Out: a running noshare-milter; its log, verdicts (ledger L5), incidents, metrics, status
A supervisor restarts it after a crash, as systemd does (Restart=always).
"""

from __future__ import annotations

import json
import re
import signal
import threading
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .milter_client import connect_socket
from .paths import program
from .process import (Background, HarnessError, descendants, free_port, run, tail,
                      wait_until)


@dataclass
class Judged:
    """One verdict, as the daemon logged it."""
    queue_id: str
    action: str
    rule: str = ""
    carried_out: str = ""  # differs from action in monitor mode
    config: str = ""       # version of the configuration it was judged by
    packs: str = ""
    dropped: list[int] = field(default_factory=list)   # RCPT indices the mail was kept from


def deep_merge(base: dict, over: dict) -> dict:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = deep_merge(merged[key], value) if both else value
    return merged


class Noshare:
    """Start it, use `socket`, stop it.

    `settings` are merged over what a test run needs; `policy` is YAML text added as it is.
    """

    def __init__(self, folder: Path, settings: dict | None = None, *, inet: bool = False,
                 policy: str = "", worker: Path | None = None, supervised: bool = False,
                 cache: Path | None = None, launcher: Sequence[str] = ()):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.socket = f"inet:127.0.0.1:{free_port()}" if inet else f"unix:{folder}/noshare.sock"
        self.metrics_port = free_port()
        self.config = folder / "noshare.yaml"
        self.log = folder / "noshare.log"
        self.settings = deep_merge(self._defaults(cache or folder / "cache"), settings or {})
        self.starts = 0
        self.policy = policy
        self._launcher = list(launcher)
        self._worker = worker
        self._supervised = supervised
        self._process: Background | None = None
        self._stopping = threading.Event()
        self._guard: threading.Thread | None = None

    def start(self) -> Noshare:
        self.write_config()
        self._stopping.clear()
        if self._supervised:
            # The guard thread starts the process: it dies with that thread.
            self._guard = threading.Thread(target=self._supervise, daemon=True)
            self._guard.start()
        else:
            self._launch()
        self.wait_serving()
        return self

    def stop(self, seconds: float = 30) -> int:
        """SIGTERM and the exit status (0: it drained and ended by itself)."""
        self._stopping.set()
        status = 0
        if self._process:
            status = self._process.stop(seconds)
        if self._guard:
            self._guard.join(10)
            self._guard = None
        self._process = None
        return status

    def kill(self) -> None:
        """kill -9 of the daemon alone, not of its workers. On return its socket is dead."""
        process = self.process
        process.signal(signal.SIGKILL)
        wait_until(lambda: not process.alive(), 10, "the end of the killed noshare-milter")

    def signal(self, number: int) -> None:
        self.process.signal(number)

    @property
    def process(self) -> Background:
        if not self._process:
            raise HarnessError("noshare-milter is not running")
        return self._process

    def wait_serving(self, seconds: float = 60) -> None:
        def serving() -> bool:
            try:
                connect_socket(self.socket, 1).close()
                # A killed one leaves the file, so its being there tells nothing.
                connect_socket(f"unix:{self.settings['control']}", 1).close()
                return True
            except OSError:
                return False
        if self._supervised:
            try:
                wait_until(serving, seconds, "noshare-milter")
            except HarnessError as error:
                raise HarnessError(f"{error}\n{tail(self.log)}") from None
        else:
            self.process.wait_ready(serving, seconds, "noshare-milter")

    def write_config(self, **changes) -> None:
        self.settings = deep_merge(self.settings, changes)
        new = self.config.with_suffix(".new")
        lines = [f"{key}: {json.dumps(value)}\n" for key, value in self.settings.items()]
        new.write_text("".join(lines) + self.policy)
        new.rename(self.config)

    def reload(self) -> dict:
        """Reload and its outcome: {"ok": true, "config": ...} or {"ok": false, "error": ...}."""
        return self.control("reload")

    # -- what it says --

    def log_lines(self) -> list[dict]:
        lines = []
        for line in self.log.read_text(errors="replace").splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                lines.append({"event": "not-json", "text": line})
        return lines

    def events(self, name: str) -> list[dict]:
        return [line for line in self.log_lines() if line.get("event") == name]

    def verdicts(self) -> list[Judged]:
        """One a message answered at its end, "no verdict could be reached" included."""
        judged = []
        for line in self.log_lines():
            if line.get("event") == "verdict":
                dropped = [int(index) for index in line["dropped"].split(",") if index]
                judged.append(Judged(line["queue_id"], line["action"], line["rule"],
                                     line["carried_out"], line["config"], line["packs"],
                                     dropped))
            elif line.get("event") == "no_verdict":
                judged.append(Judged(line["queue_id"], line["answered"],
                                     carried_out=line["answered"]))
        return judged

    def incidents(self) -> list[dict]:
        done = run([program("noshare"), "incident", "list", "--config", self.config,
                    "--format", "json", "--most", "1000000"])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def status(self) -> dict:
        return self.control("status")

    def control(self, command: str) -> dict:
        """One request on the control socket, without the command line program between."""
        with connect_socket(f"unix:{self.settings['control']}", 120) as control:
            control.sendall(json.dumps({"command": command}).encode() + b"\n")
            return json.loads(control.makefile("rb").readline())

    def metrics(self) -> dict[str, float]:
        """Prometheus samples: name{labels} to value."""
        url = f"http://127.0.0.1:{self.metrics_port}/metrics"
        with urllib.request.urlopen(url, timeout=5) as answer:
            text = answer.read().decode()
        samples = re.findall(r"^([a-z_]+(?:\{[^}]*\})?) (\S+)$", text, re.M)
        return {name: float(value) for name, value in samples}

    def process_groups(self) -> list[int]:
        return [self.process.pid]

    def worker_pids(self) -> list[int]:
        return descendants(self.process.pid)

    # -- its life --

    def _launch(self) -> None:
        command: list[str | Path] = [*self._launcher, program("noshare-milter"), "--config",
                                     self.config, "--foreground"]
        if self._worker:
            command += ["--worker", self._worker]
        self._process = Background(command, self.log)
        self.starts += 1

    def _supervise(self) -> None:
        while not self._stopping.is_set():
            self._launch()
            while self.process.alive() and not self._stopping.wait(0.02):
                pass
            if self._stopping.is_set():
                # Its stop() waits for the process; this thread must outlive it.
                self.process.process.wait()

    def _defaults(self, cache: Path) -> dict:
        return {
            "mode": "enforce",
            "milter": {"socket": self.socket, "socket_mode": "0666"},
            "workers": 2,
            "store": {"sqlite": str(self.folder / "noshare.db")},
            "metrics": f"127.0.0.1:{self.metrics_port}",
            "fingerprint_key": str(self.folder / "fingerprint.key"),
            "control": str(self.folder / "control.sock"),
            "cache": str(cache),
            "organisation": {"domains": ["example.com", "*.example.com"],
                             "networks": ["127.0.0.0/8"]},
        }
