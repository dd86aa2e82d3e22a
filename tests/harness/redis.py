"""A Redis server of the test's own, on a socket in a folder of its own.

In:  nothing      Out: a running server; `socket` for noshare's `volumes.redis`
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from .process import Background


class Redis:
    def __init__(self):
        # The path of a socket is short.
        self.folder = Path(tempfile.mkdtemp(prefix="noshare-redis-", dir="/tmp"))
        self.socket = self.folder / "redis.sock"
        self._process: Background | None = None

    def start(self) -> Redis:
        """Without what an earlier one knew: nothing is kept on disk."""
        self._process = Background(
            ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--save", "",
             "--dir", str(self.folder)], self.folder / "log")
        self._process.wait_ready(self.socket.exists, 30, "redis-server")
        return self

    def stop(self) -> None:
        if self._process:
            self._process.stop()
            self._process = None
        self.socket.unlink(missing_ok=True)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
