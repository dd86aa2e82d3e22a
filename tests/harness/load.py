"""Load: mails sent in the background while a test does harm, and probes that measure delay."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from collections.abc import Callable

from . import mail
from .milter_client import MilterClient
from .stack import Stack


def _one_card_in_four(number: int, message_id: str) -> mail.Mail:
    return (mail.with_card if number % 4 == 3 else mail.clean)(message_id)


class Load:
    """Sends mails over a few connections until told to stop; `make` gets number and id of each."""

    def __init__(self, stack: Stack, run: str, connections: int = 4, per_session: int = 5,
                 make: Callable[[int, str], mail.Mail] = _one_card_in_four):
        self._stack = stack
        self._make = make
        self._run = run
        self._connections = connections
        self._per_session = per_session
        self._numbers = itertools.count()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Load:
        self._threads = [threading.Thread(target=self._send) for _ in range(self._connections)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        while not self._stop.is_set():
            self._stack.sender.send(self._batch(), 1, self._per_session)

    def _batch(self):
        for number in itertools.islice(self._numbers, self._per_session):
            yield self._make(number, f"{number}.{self._run}@test")


class Probe:
    """A new milter connection every 100 ms: how long until HELO is through?"""

    def __init__(self, socket: str):
        self._socket = socket
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.seconds: list[float] = []
        self.failures: list[str] = []

    def __enter__(self) -> Probe:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def worst(self) -> float:
        return max(self.seconds)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def _run(self) -> None:
        while not self._stop.wait(0.1):
            start = time.monotonic()
            try:
                with MilterClient(self._socket, timeout=30) as client:
                    client.open()
                    client.envelope("alice@example.com", ["bob@else.test"])
                    client.abort()
            except OSError as error:
                self.failures.append(str(error))
            self.seconds.append(time.monotonic() - start)
