"""The noshare program as its users call it: arguments in, output and exit status out.

NOSHARE_BIN names the program. No network, no mail server.
"""
import json
import os
import subprocess

import pytest

NOSHARE = os.environ["NOSHARE_BIN"]
CARD = "Please charge my credit card 4111 1111 1111 1111."
MAIL = "From: Jane <jane@example.com>\nTo: x@else.test\nSubject: order\n\n" + CARD + "\n"


@pytest.fixture(autouse=True)
def private_cache(tmp_path_factory, monkeypatch):
    """Compiled patterns are kept for the whole run, away from the user's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def noshare(*arguments, stdin=""):
    return subprocess.run([NOSHARE, *map(str, arguments)], input=stdin, text=True,
                          capture_output=True, timeout=120)


@pytest.fixture
def mail(tmp_path):
    file = tmp_path / "card.eml"
    file.write_text(MAIL)
    return file


@pytest.fixture
def config(tmp_path):
    file = tmp_path / "noshare.yaml"
    file.write_text('milter: {socket: "unix:/run/noshare/noshare.sock"}\n'
                    'organisation: {domains: [example.com]}\n')
    return file


def test_scan_shows_a_mask_and_never_the_value(mail):
    result = noshare("scan", mail)
    assert result.returncode == 1, result.stderr
    assert "payment_card_number" in result.stdout and "1111" in result.stdout
    assert "4111 1111" not in result.stdout + result.stderr


def test_scan_reveals_when_asked(mail):
    result = noshare("scan", "--reveal", "--format", "json", mail)
    values = [one["value"] for one in json.loads(result.stdout)["findings"]]
    assert "4111 1111 1111 1111" in values


def test_scan_of_a_clean_text_finds_nothing():
    result = noshare("scan", "--as", "text", "-", stdin="Shall we meet at noon?")
    assert result.returncode == 0, result.stdout + result.stderr


def test_scan_decides_for_a_third_party(mail, config):
    result = noshare("scan", "--config", config, "--format", "json",
                     "--from", "jane@example.com", "--to", "x@else.test", mail)
    verdict = json.loads(result.stdout)["verdict"]
    assert verdict["action"] == "reject"
    assert verdict["reply"].startswith("550 5.7.1 ")
    assert verdict["recipients"][0]["party"] == "third"


def test_scan_lets_a_colleague_have_it(mail, config):
    result = noshare("scan", "--config", config, "--format", "json",
                     "--from", "jane@example.com", "--to", "pat@example.com", mail)
    assert json.loads(result.stdout)["verdict"]["action"] == "deliver"


def test_batch_answers_in_order_with_code_points():
    lines = [{"id": 1, "text": "Überweisung: " + CARD}, {"id": "two", "text": "nothing"}]
    result = noshare("scan", "--batch", "--reveal",
                     stdin="".join(json.dumps(line) + "\n" for line in lines))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "two"]
    finding = answers[0]["findings"][0]
    text = lines[0]["text"]
    assert text[finding["start"]:finding["end"]] == finding["value"] == "4111 1111 1111 1111"
    assert answers[1] == {"id": "two", "findings": [], "unreadable": []}
    assert result.returncode == 1


def test_batch_answers_each_line_at_once():
    """A driver that waits for each answer must not wait for ever."""
    with subprocess.Popen([NOSHARE, "scan", "--batch"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as program:
        for number in range(3):
            program.stdin.write(json.dumps({"id": number, "text": CARD}) + "\n")
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["id"] == number
        program.stdin.close()
        assert program.wait(timeout=60) == 1


def test_batch_tells_which_line_is_wrong():
    result = noshare("scan", "--batch", stdin='{"id":1}\nnot json\n{"id":2,"text":"x"}\n')
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert "error" in answers[0] and "error" in answers[1]
    assert answers[2]["findings"] == []
    assert result.returncode == 2


@pytest.mark.parametrize("arguments, expected", [
    (["scna"], "did you mean 'scan'"),
    ([], "noshare"),
    (["scan"], "FILE"),
    (["scan", "/nonexistent"], "/nonexistent"),
    (["scan", "--format", "xml", "x"], "xml"),
    (["scan", "--config", "/nonexistent.yaml", "-"], "/nonexistent.yaml"),
    (["pack", "explain", "ibna"], "did you mean 'iban'"),
    (["config", "explain", "milter.soket"], "milter.socket"),
    (["incident", "list", "--store", "/nonexistent.db"], "/nonexistent.db"),
    (["incident", "list", "--since", "yesterday"], "yesterday"),
    (["status", "--socket", "/nonexistent.sock"], "is noshare-milter running"),
    (["completion", "tcsh"], "tcsh"),
])
def test_bad_input_is_told_and_ends_with_2(arguments, expected):
    result = noshare(*arguments)
    assert result.returncode == 2
    assert expected in result.stderr
    assert result.stdout == ""


def test_config_faults_carry_their_place(tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text('milter: {soket: "unix:/run/x.sock"}\norganisation: {domains: [a.test]}\n')
    result = noshare("config", "check", file)
    assert result.returncode == 2
    assert f"{file}:1:10: " in result.stderr and "did you mean 'socket'" in result.stderr


def test_config_check_accepts_a_short_file(config):
    result = noshare("config", "check", config)
    assert (result.returncode, result.stderr) == (0, "")


def test_pack_test_passes():
    result = noshare("pack", "test")
    assert result.returncode == 0, result.stderr
    assert " 0 failed examples" in result.stdout


def test_pack_list_names_every_entity_once():
    result = noshare("pack", "list", "--format", "json")
    ids = [json.loads(line)["entity"] for line in result.stdout.splitlines()]
    assert len(ids) == len(set(ids)) and "iban" in ids and len(ids) >= 35


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_the_commands(shell):
    result = noshare("completion", shell)
    assert result.returncode == 0
    assert "incident" in result.stdout and "--batch" in result.stdout


def test_bash_completion_completes(tmp_path):
    script = tmp_path / "completion.bash"
    script.write_text(noshare("completion", "bash").stdout)
    probe = (f'source {script}; COMP_WORDS=(noshare incident s); COMP_CWORD=2; _noshare; '
             'echo "${COMPREPLY[*]}"')
    result = subprocess.run(["bash", "-c", probe], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "show"


def test_help_teaches_by_examples():
    for arguments in (["--help"], ["scan", "--help"]):
        result = noshare(*arguments)
        assert result.returncode == 0 and "Examples:" in result.stdout


@pytest.mark.parametrize("arguments, said", [
    ([], "expected a command"),
    (["frobnicate"], "unknown command 'frobnicate'"),
    (["scan", "--as", "letter", "-"], "--as: letter not in {file,message,text}"),
    (["scan", "--format", "xml", "-"], "--format: xml not in {text,json}"),
    (["scan"], "expected a FILE to scan"),
    (["scan", "/nowhere.eml"], "cannot open /nowhere.eml"),
], ids=lambda value: "-".join(value) if isinstance(value, list) else "")
def test_a_wrong_command_line_is_told_in_one_line_and_is_an_error(arguments, said):
    result = noshare(*arguments)
    assert result.returncode == 2
    assert said in result.stderr.splitlines()[0]
    assert "Traceback" not in result.stderr and "terminate" not in result.stderr


KNOWN = ("country\tentity_id\tdescription\n# a comment\n"
         "INT\tiban\tBank account\nINT\tip_address\tIP address\nXX\tsoul_number\tSouls\n")


def test_coverage_counts_by_country_and_names_what_nobody_explains(tmp_path):
    known = tmp_path / "known.tsv"
    known.write_text(KNOWN)
    result = noshare("pack", "coverage", "--against", known)
    assert result.returncode == 1, result.stderr
    assert "INT\t2\t2\n" in result.stdout and "all\t2\t3\n" in result.stdout
    assert "XX\tsoul_number\tno reason is written down" in result.stdout


def test_coverage_counts_an_umbrella_by_what_stands_under_it(tmp_path):
    known = tmp_path / "known.tsv"
    known.write_text(KNOWN)
    lines = noshare("pack", "coverage", "--against", known, "--format", "json").stdout.splitlines()
    rows = {row["entity"]: row for row in map(json.loads, lines)}
    assert rows["ip_address"]["members"] == ["ipv4_address", "ipv6_address"]
    assert rows["ip_address"]["state"] == "found"
    assert rows["soul_number"] == {"country": "XX", "entity": "soul_number",
                                   "description": "Souls", "state": "not_found", "reason": ""}


def test_coverage_refuses_a_list_without_fields(tmp_path):
    known = tmp_path / "known.tsv"
    known.write_text("INT\tiban\nno fields\n")
    result = noshare("pack", "coverage", "--against", known)
    assert result.returncode == 2 and f"{known}:2: expected 2 fields" in result.stderr
