"""A PostgreSQL server of the test's own, on a socket in its folder; no other server is touched.

In:  nothing, or a folder that is kept      Out: a running server; `conninfo` for `store.postgresql`
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_TOOLS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class Postgres:
    def __init__(self, keep: Path | None = None):
        # Not in the test's folder: the path of a socket is short, and the server's user must
        # reach it.
        self.folder = keep.resolve() if keep else \
            Path(tempfile.mkdtemp(prefix="noshare-pg-", dir="/tmp"))
        self._keep = keep is not None
        self.data = self.folder / "data"
        # PostgreSQL refuses to run as root.
        self._as = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"] \
            if os.geteuid() == 0 else []
        if self.data.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._as:
            shutil.chown(self.folder, "nobody", "nogroup")
        self.folder.chmod(0o711)
        self._run("initdb", "-D", self.data, "-U", "noshare", "-A", "trust", "-E", "UTF8",
                  "--no-sync")

    @property
    def conninfo(self) -> str:
        return f"host={self.folder} dbname=postgres user=noshare"

    def start(self) -> Postgres:
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.data / "log", "-o",
                  f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'", "start")
        return self

    def kill(self) -> None:
        """As if the power went: no shutdown, no checkpoint."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def sql(self, text: str, timeout: float = 60) -> str:
        done = subprocess.run([_TOOLS[-1] / "psql", "-AtqX", self.conninfo, "-c", text],
                              capture_output=True, text=True, check=True,
                              timeout=timeout)
        return done.stdout.strip()

    def backends(self) -> list[int]:
        """Process ids of the connections of others."""
        return [int(pid) for pid in self.sql(
            "SELECT pid FROM pg_stat_activity WHERE client_port = -1 AND "
            "pid <> pg_backend_pid()").split()]

    def stop(self) -> None:
        subprocess.run([*self._as, _TOOLS[-1] / "pg_ctl", "-D", self.data, "-m",
                        "fast" if self._keep else "immediate", "-w", "stop"], capture_output=True,
                       cwd="/tmp", timeout=300, check=False)
        if not self._keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, tool: str, *arguments: object) -> None:
        done = subprocess.run([*self._as, _TOOLS[-1] / tool, *map(str, arguments)], cwd="/tmp",
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=120, check=False)
        assert done.returncode == 0, f"{tool}: exit status {done.returncode}"
