"""A private Postfix: own configuration, queue, log and port, nothing of the system's.

In:  the milter's socket, the sink's port     Out: a running mail server on loopback
Needs the postfix package (no configuration of its own) and root: Postfix's master starts as
root, as it does in real life. Source: postconf(5), MILTER_README.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .mail import Mail
from .process import (Background, HarnessError, free_port, port_answers, run, tail,
                      wait_until)

_MASTER_PROGRAM = "/usr/lib/postfix/sbin/master"
_MASTER = """\
127.0.0.1:{port} inet n - {chroot} - 200 smtpd
pickup    unix n - n 60 1 pickup
cleanup   unix n - {chroot} - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp      unix - - n - 50 smtp
relay     unix - - n - 50 smtp
showq     unix n - n - - showq
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
local     unix - n n - - local
virtual   unix - n n - - virtual
lmtp      unix - - n - - lmtp
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""

# Short back-offs, no politeness towards one busy test client, loopback only, no DNS. Long queue
# ids, for short ones come again among a few thousand messages of one run.
_MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/queue
enable_long_queue_ids = yes
data_directory = {root}/data
maillog_file = {root}/mail.log
maillog_file_prefixes = {root}
myhostname = mail.example.com
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relayhost = [127.0.0.1]:{sink}
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_peername_lookup = no
smtputf8_enable = no
alias_maps = texthash:{root}/aliases
alias_database =
virtual_alias_maps = texthash:{root}/virtual
local_recipient_maps =
smtpd_recipient_restrictions = permit_mynetworks, reject
message_size_limit = 0
mailbox_size_limit = 0
in_flow_delay = 0
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 100000
smtpd_hard_error_limit = 100000
smtpd_junk_command_limit = 100000
smtpd_client_connection_count_limit = 0
default_process_limit = 200
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
service_throttle_time = 1s
notify_classes =
"""


@dataclass
class QueueEvents:
    """What the log says of one queue id: ledger L4."""
    queue_id: str
    message_id: str = ""
    milter: list[str] = field(default_factory=list)    # "reject", "hold", "discard", ...
    sent: list[str] = field(default_factory=list)      # recipients
    bounced: list[str] = field(default_factory=list)


class PostfixInstance:
    """Start it, use `port` and `submit`, stop it. `settings` and `services` are extra lines
    of main.cf and master.cf."""

    def __init__(self, root: Path, sink_port: int, milter: str | None = None, *,
                 default_action: str = "tempfail", settings: dict[str, str] | None = None,
                 virtual: dict[str, str] | None = None, chroot: bool = False,
                 services: Sequence[str] = ()):
        if os.geteuid() != 0:
            raise HarnessError("Postfix starts as root only: run as root or through sudo")
        if not shutil.which("postfix"):
            raise HarnessError("postfix is not installed: deploy/install-packages")
        self.root = root
        self.port = free_port()
        self.log = root / "mail.log"
        self._config = root / "etc"
        self._master: Background | None = None
        self._settings = dict(settings or {})
        if milter:
            filters = f"{{ {_postfix_socket(milter)}, default_action={default_action} }}"
            self._settings |= {"smtpd_milters": filters, "non_smtpd_milters": filters}
        self._services = services
        self._write_configuration(sink_port, virtual or {}, chroot)

    def start(self) -> PostfixInstance:
        # `postfix start` would leave a daemon behind when the test is killed; the master in
        # the foreground ends with the test, and its children with the master.
        self._postfix("check")
        self._master = Background([_MASTER_PROGRAM, "-c", self._config, "-s"],
                                  self.root / "master.log")
        self._master.wait_ready(lambda: port_answers(self.port), 20, "Postfix")
        return self

    def stop(self) -> None:
        """Ends the master and, with its process group, every child at once."""
        if self._master:
            self._master.stop()
            self._master = None
            wait_until(lambda: not port_answers(self.port), 10, "Postfix to end")

    def process_groups(self) -> list[int]:
        return [self._master.pid] if self._master else []

    def flush(self) -> None:
        run(["postqueue", "-c", self._config, "-f"], check=False)

    def submit(self, mail: Mail) -> int:
        """Hands a mail to the sendmail command; returns its exit status."""
        done = subprocess.run(
            ["/usr/sbin/sendmail", "-C", self._config, "-i", "-f", mail.sender, "--",
             *mail.recipients],
            input=mail.raw.replace(b"\r\n", b"\n"), capture_output=True, timeout=60, check=False)
        return done.returncode

    def queue(self) -> list[dict]:
        """Ledger L3: `postqueue -j`, one object a queued mail, maildrop included."""
        done = run(["postqueue", "-c", self._config, "-j"])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def maildrop(self) -> int:
        return sum(1 for _ in (self.root / "queue" / "maildrop").iterdir())

    def release_all(self) -> None:
        """Lets every mail in the hold queue go (postsuper -H)."""
        run(["postsuper", "-c", self._config, "-H", "ALL"])

    def wait_quiet(self, seconds: float = 60) -> None:
        """Until nothing but held mail is queued."""
        def quiet() -> bool:
            waiting = [entry for entry in self.queue() if entry["queue_name"] != "hold"]
            return not waiting and self.maildrop() == 0
        wait_until(quiet, seconds, f"an empty queue in {self.root}", every=0.2)

    def events(self) -> list[QueueEvents]:
        """Ledger L4, from the log."""
        return parse_log(self.log.read_text(errors="replace"))

    def _write_configuration(self, sink_port: int, virtual: dict[str, str],
                             chroot: bool) -> None:
        self._config.mkdir(parents=True)
        for folder in ("queue", "data"):
            (self.root / folder).mkdir()
        shutil.chown(self.root / "data", "postfix")
        settings = "".join(f"{name} = {value}\n" for name, value in self._settings.items())
        (self._config / "main.cf").write_text(
            _MAIN.format(root=self.root, sink=sink_port) + settings)
        (self._config / "master.cf").write_text(
            _MASTER.format(port=self.port, chroot="y" if chroot else "n") +
            "".join(f"{line}\n" for line in self._services))
        (self.root / "aliases").touch()
        (self.root / "virtual").write_text(
            "".join(f"{address} {target}\n" for address, target in virtual.items()))

    def _postfix(self, verb: str) -> None:
        done = run(["postfix", "-c", self._config, verb], check=False)
        if done.returncode:
            said = done.stderr.decode(errors="replace")
            raise HarnessError(f"postfix {verb}: status {done.returncode}\n{said}{tail(self.log)}")


_LINE = re.compile(r"postfix\S*/(?P<daemon>\w+)\[\d+\]: (?P<queue>[0-9A-Za-z]{6,}): (?P<rest>.*)")
_TO = re.compile(r"to=<(?P<to>[^>]*)>.*status=(?P<status>\w+)")


def parse_log(text: str) -> list[QueueEvents]:
    events: dict[str, QueueEvents] = {}
    for line in text.splitlines():
        match = _LINE.search(line)
        if not match:
            continue
        entry = events.setdefault(match["queue"], QueueEvents(match["queue"]))
        rest = match["rest"]
        if rest.startswith("message-id=") and not entry.message_id:
            entry.message_id = rest.removeprefix("message-id=").strip("<> ")
        elif rest.startswith("milter-"):
            entry.milter.append(rest.removeprefix("milter-").partition(":")[0])
        elif to := _TO.search(rest):
            if to["status"] in ("sent", "bounced"):
                getattr(entry, to["status"]).append(to["to"])
    return [entry for entry in events.values() if entry.message_id or entry.bounced]


def _postfix_socket(milter: str) -> str:
    """noshare's notation as Postfix's: unix:/path stays, inet:host:port stays."""
    if not milter.startswith(("unix:/", "inet:")):
        raise HarnessError(f"milter socket '{milter}': expected unix:/path or inet:host:port")
    return milter
