"""Processes, ports and waiting.

In:  command lines           Out: processes that end with the test, logs in files
Errors: HarnessError, with the tail of the log of whatever did not come up.
"""

from __future__ import annotations

import fcntl
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path


class HarnessError(RuntimeError):
    """The harness itself could not do its work; not a finding about noshare."""


# Ports below the range the kernel hands out for outgoing connections (ip_local_port_range).
_PORTS = range(20000, 32000)
_reserved: list[int] = []  # lock file descriptors, held until this process ends


def free_port() -> int:
    """A loopback port nobody listens on, kept for this process: runs may go side by side."""
    folder = Path(tempfile.gettempdir()) / "noshare-test-ports"
    folder.mkdir(mode=0o777, exist_ok=True)
    for port in random.sample(_PORTS, 200):
        lock = os.open(folder / str(port), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
        except OSError:
            os.close(lock)
            continue
        _reserved.append(lock)
        return port
    raise HarnessError("no free loopback port found")


def wait_until(true: Callable[[], object], seconds: float, what: str, every: float = 0.02):
    """Calls `true` until it answers something true, and returns that."""
    end = time.monotonic() + seconds
    while True:
        answer = true()
        if answer:
            return answer
        if time.monotonic() > end:
            raise HarnessError(f"waited {seconds} s for {what}")
        time.sleep(every)


def port_answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(command: Sequence[str | Path], *, env: dict[str, str] | None = None,
        data: bytes | None = None, timeout: float = 120, check: bool = True):
    """Runs a command to its end. Errors: HarnessError with its output."""
    done = subprocess.run([str(word) for word in command], input=data, env=env,
                          stdin=subprocess.DEVNULL if data is None else None,
                          capture_output=True, timeout=timeout, check=False)
    if check and done.returncode != 0:
        said = (done.stdout + done.stderr).decode(errors="replace")[-2000:]
        raise HarnessError(f"{' '.join(map(str, command))}: status {done.returncode}\n{said}")
    return done


class Background:
    """A program that runs beside the test, its output in a file.

    It is killed with the thread that started it, so that an interrupted test run leaves
    nothing behind (prctl PR_SET_PDEATHSIG, set by util-linux's setpriv).
    """

    ends_with_starter = True    # False: leave programs running (deploy/demo --keep)

    def __init__(self, command: Sequence[str | Path], log: Path,
                 env: dict[str, str] | None = None):
        guard = ["setpriv", "--pdeathsig", "KILL", "--"] if self.ends_with_starter else []
        self.command = [str(word) for word in command]
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*guard, *self.command], env=env,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True)

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        return self.process.poll() is None

    def wait_ready(self, ready: Callable[[], object], seconds: float, what: str) -> None:
        def ready_or_dead():
            if not self.alive():
                raise HarnessError(f"{what} ended with status {self.process.returncode}:\n"
                                   f"{tail(self.log)}")
            return ready()
        try:
            wait_until(ready_or_dead, seconds, what)
        except HarnessError as error:
            raise HarnessError(f"{error}\n{tail(self.log)}") from None

    def signal(self, number: int) -> None:
        if self.alive():
            os.kill(self.pid, number)

    def stop(self, seconds: float = 20) -> int:
        """SIGTERM, then SIGKILL to its whole session. Returns the exit status."""
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
        kill_group(self.pid)
        return self.process.wait(10)


def kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def tail(log: Path, characters: int = 3000) -> str:
    try:
        return log.read_text(errors="replace")[-characters:]
    except OSError as error:
        return str(error)


def descendants(pid: int) -> list[int]:
    """Every process below `pid`, from /proc."""
    children: dict[int, list[int]] = {}
    for stat_file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat_file.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it just ended
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(stat_file.parent.name))
    found: list[int] = []
    todo = [pid]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


def command_line(pid: int) -> str:
    """Empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""
