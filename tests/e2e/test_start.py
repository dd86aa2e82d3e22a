"""Starting, refusing to start, reloading: what an administrator sees."""

import pytest

from harness import mail
from harness.noshare import Noshare
from harness.paths import program
from harness.process import run


@pytest.fixture
def noshare(root, cache):
    noshare = Noshare(root / "noshare", cache=cache)
    yield noshare
    noshare.stop()


def start_failing(noshare):
    noshare.write_config()
    return run([program("noshare-milter"), "--config", noshare.config, "--foreground"],
               check=False, timeout=60)


def test_an_unknown_key_is_named_with_its_place_and_stops_the_start(noshare):
    noshare.policy = "organization: {}\n"
    done = start_failing(noshare)
    said = done.stderr.decode()
    assert done.returncode == 78
    assert f"{noshare.config.name}:" in said
    assert "organization" in said and "did you mean" in said and "organisation" in said


def test_a_missing_configuration_file_is_an_error_not_a_default(noshare):
    done = run([program("noshare-milter"), "--config", noshare.folder / "none.yaml",
                "--foreground"], check=False, timeout=60)
    assert done.returncode == 78
    assert b"none.yaml" in done.stderr


def test_a_refused_reload_says_why_and_changes_nothing(make_stack):
    stack = make_stack()
    good = stack.noshare.status()["config"]
    stack.noshare.policy = "rules_: []\n"
    stack.noshare.write_config()
    answer = stack.noshare.reload()
    assert not answer["ok"]
    assert "noshare.yaml:" in answer["error"] and "rules_" in answer["error"]
    assert stack.noshare.status()["config"] == good
    refused, passed = stack.send(mail.with_card("card@test"), mail.clean("clean@test"))
    assert (refused.code, passed.code) == (550, 250)


def test_a_stopped_filter_leaves_no_process_and_no_socket(noshare):
    noshare.start()
    pids = noshare.worker_pids()
    assert pids
    assert noshare.stop() == 0
    assert not any(alive(pid) for pid in pids)
    assert not (noshare.folder / "noshare.sock").exists()


def test_metrics_count_messages_and_verdicts(stack):
    stack.send(mail.with_card("card@test"), mail.clean("clean@test"))
    metrics = stack.noshare.metrics()
    verdicts = {name: value for name, value in metrics.items() if "verdicts_total" in name}
    assert sum(value for name, value in verdicts.items() if "reject" in name) == 1
    assert sum(verdicts.values()) == 2


def test_the_log_holds_no_personal_value(stack):
    stack.send(mail.with_card("card@test"), mail.clean("clean@test"))
    text = stack.noshare.log.read_text()
    assert "4111" not in text
    assert all(line["event"] != "not-json" for line in stack.noshare.log_lines())


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
