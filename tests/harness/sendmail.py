"""A private Sendmail, unpacked from Debian's packages into a folder of its own.

In:  the milter's socket, the sink's port     Out: a running mail server on loopback
Debian's sendmail and postfix exclude each other, hence unpacked and not installed. Both ways
in exist: SMTP to `port`, and the submission agent (`submit`), whose queue leads to the daemon.
Source: sendmail's cf/README and doc/op (op.me).
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from .mail import Mail
from .paths import program, unpacked_sendmail
from .postfix import QueueEvents
from .process import Background, HarnessError, free_port, port_answers, run, wait_until

HOST = "mail.example.com"
_SUBMIT_USER = "mail"   # the submission agent must not run as root; Debian has this user

_COMMON = """\
divert(0)dnl
VERSIONID(`noshare test')dnl
OSTYPE(`linux')dnl
undefine(`PROCMAIL_MAILER_PATH')dnl
define(`confDOMAIN_NAME', `{host}')dnl
define(`confSERVICE_SWITCH_FILE', `{root}/etc/service.switch')dnl
define(`confHOSTS_FILE', `{root}/etc/hosts')dnl
define(`confDONT_PROBE_INTERFACES', `True')dnl
define(`confDONT_BLAME_SENDMAIL', `GroupWritableDirPathSafe,TrustStickyBit')dnl
define(`confTO_QUEUEWARN', `')dnl
define(`confMIN_QUEUE_AGE', `0')dnl
"""

_DAEMON = _COMMON + """\
define(`QUEUE_DIR', `{root}/queue')dnl
define(`STATUS_FILE', `{root}/statistics')dnl
define(`ALIAS_FILE', `{root}/etc/aliases')dnl
define(`confPID_FILE', `{root}/daemon.pid')dnl
define(`confMAX_DAEMON_CHILDREN', `100')dnl
define(`confQUEUE_LA', `1000')dnl
define(`confREFUSE_LA', `1000')dnl
define(`confCONNECTION_RATE_THROTTLE', `0')dnl
define(`SMART_HOST', `relay:[127.0.0.1]')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {sink}')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
DAEMON_OPTIONS(`Name=MTA, Addr=127.0.0.1, Port={port}')dnl
{milter}MAILER(`local')dnl
MAILER(`smtp')dnl
LOCAL_CONFIG
CR127.0.0.1 localhost
"""

_SUBMIT = _COMMON + """\
define(`MSP_QUEUE_DIR', `{root}/clientqueue')dnl
define(`STATUS_FILE', `{root}/client-statistics')dnl
define(`confPID_FILE', `{root}/client.pid')dnl
define(`confRUN_AS_USER', `{submit_user}')dnl
define(`confTRUSTED_USER', `{submit_user}')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {port}')dnl
define(`SMTP_MAILER_ARGS', `TCP $h {port}')dnl
FEATURE(`msp', `[127.0.0.1]')dnl
"""


class SendmailInstance:
    """Start it, use `port` and `submit`, stop it.

    on_failure   the filter's F= flag; "" leaves it out
    filter_line  a whole INPUT_MAIL_FILTER line instead of `milter`
    """

    def __init__(self, root: Path, sink_port: int, milter: str | None = None, *,
                 on_failure: str = "T", filter_line: str = ""):
        if os.geteuid() != 0:
            raise HarnessError("Sendmail starts as root only: run as root or through sudo")
        self.root = root
        self.port = free_port()
        self.log = root / "mail.log"
        self._program = _program(unpacked_sendmail())
        self._environment = os.environ | {
            "LD_PRELOAD": str(program("sendmail_shim.so")),
            "NOSHARE_SHIM_HOST": HOST, "NOSHARE_SHIM_LOG": str(self.log)}
        self._daemon: Background | None = None
        self._runner: Background | None = None
        if milter:
            filter_line = _filter_line(milter, on_failure)
        self._write_configuration(sink_port, filter_line)

    def start(self) -> SendmailInstance:
        self._daemon = self._background([*self._command("sendmail.cf"), "-bD"])
        self._daemon.wait_ready(lambda: port_answers(self.port), 20, "Sendmail")
        # Sendmail's own queue runners leave their process group and would outlive a killed
        # test; one loop over both queues does not.
        once = " ; ".join(shlex.join([*self._command(name), *options, "-q"])
                          for name, options in (("submit.cf", ["-Ac"]), ("sendmail.cf", [])))
        self._runner = self._background(["sh", "-c", f"while sleep 0.5; do {once} ; done"])
        return self

    def stop(self) -> None:
        for process in (self._runner, self._daemon):
            if process:
                process.stop()
        self._runner = self._daemon = None

    def submit(self, mail: Mail) -> int:
        """Hands a mail to the sendmail command; returns its exit status."""
        done = subprocess.run(
            [*self._command("submit.cf"), "-Ac", "-i", "-f", mail.sender, "--",
             *mail.recipients],
            input=mail.raw.replace(b"\r\n", b"\n"), capture_output=True, timeout=60,
            check=False, env=self._environment)
        return done.returncode

    def queue(self) -> list[dict]:
        """Ledger L3 in the form of Postfix's `postqueue -j`, with the Message-ID."""
        entries = []
        for folder, name in (("queue", "deferred"), ("clientqueue", "client")):
            for file in sorted((self.root / folder).glob("[qh]f*")):
                try:
                    entries.append(_queue_entry(file, name))
                except FileNotFoundError:
                    pass  # sent while we looked
        return entries

    def wait_quiet(self, seconds: float = 60) -> None:
        """Until nothing but held mail is queued."""
        def quiet() -> bool:
            return all(entry["queue_name"] == "hold" for entry in self.queue())
        wait_until(quiet, seconds, f"an empty queue in {self.root}", every=0.2)

    def flush(self) -> None:
        """The queue runner looks twice a second; nothing to do."""

    def events(self) -> list[QueueEvents]:
        """Ledger L4, from the log."""
        return parse_log(self.log.read_text(errors="replace") if self.log.exists() else "")

    def _command(self, configuration: str) -> list[str]:
        return [str(self._program), "-C", str(self.root / "etc" / configuration)]

    def _background(self, command: list[str]) -> Background:
        return Background(command, self.root / "sendmail.out", self._environment)

    def _write_configuration(self, sink_port: int, filter_line: str) -> None:
        etc = self.root / "etc"
        etc.mkdir(parents=True)
        (self.root / "queue").mkdir(mode=0o700)
        (self.root / "clientqueue").mkdir(mode=0o770)
        shutil.chown(self.root / "clientqueue", _SUBMIT_USER, _SUBMIT_USER)
        self.log.touch()
        self.log.chmod(0o666)  # written by root and by the submission agent's user
        (etc / "service.switch").write_text("hosts files\naliases files\n")
        (etc / "hosts").write_text(f"127.0.0.1 localhost {HOST}\n")
        (etc / "aliases").touch()
        values = {"root": self.root, "host": HOST, "port": self.port, "sink": sink_port,
                  "submit_user": _SUBMIT_USER,
                  "milter": filter_line + "\n" if filter_line else ""}
        for name, template in (("sendmail", _DAEMON), ("submit", _SUBMIT)):
            (etc / f"{name}.mc").write_text(template.format(**values))
            macros = unpacked_sendmail() / "usr" / "share" / "sendmail" / "cf"
            made = run(["m4", f"-D_CF_DIR_={macros}/", macros / "m4" / "cf.m4",
                        etc / f"{name}.mc"])
            (etc / f"{name}.cf").write_bytes(made.stdout)


def _program(unpacked: Path) -> Path:
    path = unpacked / "usr" / "libexec" / "sendmail" / "sendmail"
    # Set-group-ID as packaged; the loader ignores LD_PRELOAD for such programs.
    path.chmod(0o755)
    return path


def _filter_line(milter: str, flag: str) -> str:
    kind, _, rest = milter.partition(":")
    if kind == "inet":
        host, _, port = rest.rpartition(":")
        rest = f"{port}@{host}"
    flags = f"F={flag}, " if flag else ""
    return (f"INPUT_MAIL_FILTER(`noshare', `S={kind}:{rest}, {flags}"
            "T=C:5m;S:10s;R:10s;E:5m')dnl")


def _queue_entry(file: Path, queue_name: str) -> dict:
    text = file.read_text(errors="replace")
    message_id = re.search(r"^H\?[^?]*\?Message-ID:\s*<([^>]*)>", text, re.M | re.I)
    return {"queue_name": "hold" if file.name.startswith("h") else queue_name,
            "queue_id": file.name[2:], "message_id": message_id[1] if message_id else "",
            "recipients": [{"address": address} for address in
                           re.findall(r"^R[^:\n]*:<?([^>\n]*)>?", text, re.M)]}


_LINE = re.compile(r"^(?P<queue>[0-9A-Za-z]{14}): (?P<rest>.*)")
_TO = re.compile(r"^to=(?P<to>.*?), .*stat=(?P<status>.*)")
_MILTER = re.compile(r"^[Mm]ilter: .*?(?P<what>reject|discard|quarantine)")


_WAITING = ("Deferred", "queued", "quarantined")


def refused_in_session(entry: QueueEvents) -> bool:
    """The filter's refusal went to the client; the recipients' lines only repeat it."""
    return bool({"reject", "tempfail"} & set(entry.milter))


def parse_log(text: str) -> list[QueueEvents]:
    events: dict[str, QueueEvents] = {}
    for line in text.splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        entry = events.setdefault(match["queue"], QueueEvents(match["queue"]))
        rest = match["rest"]
        if "msgid=<" in rest and not entry.message_id:
            entry.message_id = rest.partition("msgid=<")[2].partition(">")[0]
        elif milter := _MILTER.match(rest):
            entry.milter.append({"quarantine": "hold"}.get(milter["what"], milter["what"]))
        elif to := _TO.match(rest):
            addresses = [address.strip("<>") for address in to["to"].split(",")]
            if to["status"].startswith("Sent"):
                entry.sent += addresses
            elif not refused_in_session(entry) and not to["status"].startswith(_WAITING):
                entry.bounced += addresses
    return list(events.values())
