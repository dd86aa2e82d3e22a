"""What the tests of converters share: running `noshare scan` on a file, and looking at its report.

NOSHARE_BIN names the program, whose converters lie beside it.
"""
import json
import os
import subprocess

NOSHARE = os.environ["NOSHARE_BIN"]
CARD = "4111 1111 1111 1111"
TWIN = "4111 1111 1111 1112"
IBAN = "GB29 NWBK 6016 1331 9268 19"


def scan(file, config=None):
    command = [NOSHARE, "scan", "--reveal", "--format", "json", "--as", "file", file]
    if config:
        command += ["--config", config]
    result = subprocess.run(command, text=True, capture_output=True, timeout=120)
    assert result.returncode in (0, 1), result.stderr
    return json.loads(result.stdout)


def found(report):
    """Entity, value and where it stood, without the file's name."""
    return {(one["entity"], one["value"], one["path"].partition(" › ")[2])
            for one in report["findings"]}


def loud(report):
    """What a rule would look at: a low confidence is kept for the record only."""
    return [one for one in report["findings"] if one["level"] != "low"]


def unread(report):
    return {(one["path"].partition(" › ")[2], one["reason"]) for one in report["unreadable"]}


def run(*command, **options):
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=60, **options)


def config_with(folder, limits):
    """A configuration whose section of limits holds that line."""
    file = folder / "noshare.yaml"
    file.write_text('milter: {socket: "unix:/run/noshare/noshare.sock"}\n'
                    'organisation: {domains: [example.com]}\nlimits: {' + limits + '}\n')
    return file
