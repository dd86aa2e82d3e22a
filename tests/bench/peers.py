"""Other filters that a mail server may run, started as noshare is, for comparison.

In:  an empty folder     Out: a running filter with a milter socket, or HarnessError
rspamd runs with its own rules, less what asks the network (block lists, SPF, fuzzy hashes),
which would measure timeouts. ClamAV runs with "StructuredDataDetection", its search for cards
and social security numbers, and one signature instead of its database of viruses: what is
measured is reading and searching, not a virus scan. Both come as Debian packages.
"""

from __future__ import annotations

import os
from pathlib import Path

from harness.process import Background, HarnessError, wait_until

OFF_LINE = ("arc", "asn", "bimi", "clickhouse", "dcc", "dkim", "dkim_signing", "dmarc", "elastic",
            "fuzzy_check", "greylist", "mx_check", "neural", "p0f", "phishing", "ratelimit", "rbl",
            "replies", "reputation", "rspamd_update", "spf", "surbl", "url_redirector", "whitelist")
# The test file of the antivirus trade (EICAR), by its MD5 and length: no message holds it.
SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n"


def installed(path: str) -> str:
    if not os.access(path, os.X_OK):
        raise HarnessError(f"{path} is missing; deploy/install-packages peers installs it")
    return path


class Peer:
    """Start it, use `socket`, stop it."""
    name = ""

    def __init__(self, folder: Path, cores: int):
        self.folder = folder
        self.cores = cores
        folder.mkdir(parents=True)
        self.socket = f"unix:{folder}/milter.sock"
        self._processes: list[Background] = []

    def start(self) -> Peer:
        raise NotImplementedError

    def pids(self) -> list[int]:
        return [one.pid for one in self._processes]

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.stop()

    def _run(self, command: list[str], ready: Path) -> None:
        process = Background(command, self.folder / f"{Path(command[0]).name}.log")
        self._processes.append(process)
        process.wait_ready(ready.exists, 300, command[0])


class Rspamd(Peer):
    name = "rspamd"

    def start(self) -> Peer:
        local = self.folder / "etc"
        (local / "override.d").mkdir(parents=True)
        for module in OFF_LINE:
            (local / "override.d" / f"{module}.conf").write_text("enabled = false;\n")
        config = self.folder / "rspamd.conf"
        config.write_text(f"""
.include "$CONFDIR/common.conf"
options {{
  .include "$CONFDIR/options.inc"
  filters = "chartable,regexp";
  pidfile = "{self.folder}/rspamd.pid";
  dns {{ nameserver = ["127.0.0.1:9"]; timeout = 0.01s; retransmits = 1; }}
}}
logging {{ type = "file"; filename = "{self.folder}/rspamd.err"; level = "info"; }}
worker "rspamd_proxy" {{
  bind_socket = "{self.folder}/milter.sock mode=0666";
  milter = yes;
  timeout = 120s;
  count = {self.cores};
  upstream "local" {{ default = yes; self_scan = yes; }}
}}
""")
        folders = {"LOCAL_CONFDIR": local, "DBDIR": self.folder, "RUNDIR": self.folder,
                   "LOGDIR": self.folder}
        self._run([installed("/usr/bin/rspamd"), "-f", "-i", "-c", str(config),
                   *(f"--var={name}={value}" for name, value in folders.items())],
                  self.folder / "milter.sock")
        # Until a process of its own has compiled them, its expressions run one by one.
        wait_until(self._has_compiled, 300, "rspamd to compile its expressions", every=0.5)
        return self

    def _has_compiled(self) -> bool:
        lines = (self.folder / "rspamd.err").read_text(errors="replace").splitlines()
        return sum("(rspamd_proxy)" in line and "hyperscan database" in line
                   and "has been loaded" in line for line in lines) >= self.cores


class ClamAv(Peer):
    name = "ClamAV"

    def start(self) -> Peer:
        database = self.folder / "signatures"
        database.mkdir()
        (database / "one.hdb").write_text(SIGNATURE)
        (self.folder / "clamd.conf").write_text(f"""
LocalSocket {self.folder}/clamd.sock
DatabaseDirectory {database}
TemporaryDirectory {self.folder}
Foreground yes
MaxThreads {self.cores}
StructuredDataDetection yes
StructuredMinCreditCardCount 1
StructuredMinSSNCount 1
ConcurrentDatabaseReload no
""")
        (self.folder / "clamav-milter.conf").write_text(f"""
MilterSocket {self.socket}
ClamdSocket unix:{self.folder}/clamd.sock
TemporaryDirectory {self.folder}
Foreground yes
OnInfected Reject
MaxFileSize 100M
""")
        self._run([installed("/usr/sbin/clamd"), "-c", str(self.folder / "clamd.conf")],
                  self.folder / "clamd.sock")
        self._run([installed("/usr/sbin/clamav-milter"), "-c",
                   str(self.folder / "clamav-milter.conf")], self.folder / "milter.sock")
        return self


PEERS = (Rspamd, ClamAv)
