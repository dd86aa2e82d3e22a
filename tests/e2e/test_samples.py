"""The samples of deploy/postfix and deploy/sendmail do what docs/attach-*.md say of them."""

import re
import shutil

import pytest

from harness import mail
from harness.paths import SOURCE, program
from harness.postfix import PostfixInstance
from harness.process import Background, run
from harness.sendmail import SendmailInstance
from harness.sender import Sender
from harness.sink import Sink


@pytest.fixture
def sink(root):
    sink = Sink(root / "sink").start()
    yield sink
    sink.stop()


def settings_of(sample):
    lines = (SOURCE / "deploy" / "postfix" / sample).read_text().splitlines()
    return dict(line.split(" = ", 1) for line in lines if " = " in line and line[0] != "#")


def outcome(server, *mails):
    return [sent.code for sent in Sender(server.port).send(mails)]


@pytest.mark.parametrize("chroot", [True, False], ids=["chrooted", "plain"])
def test_the_postfix_sample_reaches_a_socket_below_the_queue_folder(root, sink, chroot):
    server = PostfixInstance(root / "mta", sink.port, settings=settings_of("main.cf"),
                             chroot=chroot)
    folder = root / "mta" / "queue" / "noshare"
    folder.mkdir(mode=0o710)
    shutil.chown(folder, group="postfix")
    server.start()
    try:
        assert outcome(server, mail.clean("before@test")) == [451], "no filter, no mail"
        null_milter = Background([program("null_milter"), f"unix:{folder}/noshare.sock"],
                                 root / "null.log")
        null_milter.wait_ready((folder / "noshare.sock").exists, 10, "null_milter")
        assert outcome(server, mail.clean("after@test")) == [250]
        assert server.submit(mail.clean("local@test")) == 0
        server.wait_quiet()
        null_milter.stop()
    finally:
        server.stop()
    assert {one.id for one in sink.received()} == {"after@test", "local@test"}


def test_the_master_cf_sample_is_understood_by_postfix(root):
    for sample in ("main.cf", "master.cf"):
        shutil.copy(SOURCE / "deploy" / "postfix" / sample, root)
    said = run(["postconf", "-c", root, "-P"])
    assert b"milter_macro_daemon_name = ORIGINATING" in said.stdout
    assert said.stderr == b""


def test_the_sendmail_sample_answers_451_while_the_filter_is_down(root, sink):
    sample = (SOURCE / "deploy" / "sendmail" / "noshare.m4").read_text()
    line = next(line for line in sample.splitlines() if line.startswith("INPUT_MAIL_FILTER"))
    line = line.replace("/run/noshare/noshare.sock", f"{root}/noshare.sock")
    server = SendmailInstance(root / "mta", sink.port, filter_line=line)
    server.start()
    try:
        assert outcome(server, mail.clean("before@test")) == [451]
    finally:
        server.stop()
    assert re.search(r"Milter \(noshare\): local socket name .* unsafe", server.log.read_text())


@pytest.mark.parametrize("server, flag", [("postfix", "accept"), ("sendmail", "")])
def test_the_settings_we_warn_of_really_let_mail_through(root, sink, server, flag):
    """Fault 2: the documentation's warning, proved."""
    nobody = f"unix:{root}/nobody.sock"
    instance = (PostfixInstance(root / "mta", sink.port, nobody, default_action=flag)
                if server == "postfix" else
                SendmailInstance(root / "mta", sink.port, nobody, on_failure=flag))
    instance.start()
    try:
        assert outcome(instance, mail.with_card("unread@test")) == [250]
    finally:
        instance.stop()
