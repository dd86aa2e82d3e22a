"""Halt: stops a program before its n-th step, and does something to it or its database there.

In:  a folder, the program's name      Out: a launcher for it; steps that were met
`tests/fault/halt_shim.c` is the other half. A step is a call by which something becomes durable or
known to somebody else, so "killed at every step" means every n, until a run needs fewer.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from .paths import program

WRITE, SYNC, DATABASE, SEND, ANSWER = 1, 2, 4, 8, 16
_HALTED, _GO = 1, 2
_SIZE = 64


class Halt:
    def __init__(self, folder: Path, name: str):
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"{name}.halt"
        self._file.write_bytes(bytes(_SIZE))
        self._file.chmod(0o666)
        self._program = name
        with self._file.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self.met = ""    # the step at which it was halted; empty: it went through
        self.counted = 0    # steps of the last `with`, those after a halt not among them

    @property
    def launcher(self) -> list[str]:
        return ["env", f"LD_PRELOAD={program('halt_shim.so')}", f"NOSHARE_HALT_FILE={self._file}",
                f"NOSHARE_HALT_PROGRAM={self._program}"]

    def at(self, number: int, kinds: int, then: Callable[[], None] | None = None) -> Halt:
        """`with halt.at(5, SYNC):` kills it before the fifth such step; or calls `then` there,
        and lets it go on."""
        self._number, self._kinds, self._then = number, kinds, then
        return self

    def __enter__(self) -> Halt:
        self.met = ""
        self._ending.clear()
        self._put(1, self._kinds, 0, 0, 0)
        self._put(0, self._number)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.counted, = struct.unpack_from("i", self._map, 8)
        self._put(0, 0)
        self._ending.set()
        self._thread.join(120)
        if not self.met:
            self._put(3, _GO)

    def _watch(self) -> None:
        while True:
            ending = self._ending.wait(0.002)
            state, pid = struct.unpack_from("2i", self._map, 12)
            if state == _HALTED:
                break
            if ending:
                return
        self.met = self._map[20:_SIZE].split(b"\0")[0].decode()
        self._put(0, 0)
        if self._then:
            self._then()
            self._put(3, _GO)
        else:
            os.kill(pid, signal.SIGKILL)

    def _put(self, place: int, *numbers: int) -> None:
        struct.pack_into(f"{len(numbers)}i", self._map, 4 * place, *numbers)
