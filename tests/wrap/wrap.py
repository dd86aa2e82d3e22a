"""One card number in every wrapping: found in each, and in no benign twin.

In:  the path of noshare; zip, 7z, tar, ... installed by deploy/packages/test.txt
Out: exit status 0, or 1 and a line for each combination that fails
"""

import argparse
import base64
import json
import pathlib
import quopri
import subprocess
import sys
import tempfile

from hostile import hostile_mails

CARD = "4111111111111111"  # a published specimen
TWIN = "4111111111111112"  # its check digit is wrong


def groups(number, separator):
    return separator.join(number[i:i + 4] for i in range(0, 16, 4))


# Text tricks: a number to how it is written in plain text.
TEXTS = {
    "plain": lambda n: n,
    "groups": lambda n: groups(n, " "),
    "no-break": lambda n: groups(n, "\u00a0"),
    "spaced": lambda n: " ".join(n),
    "dotted": lambda n: ".".join(n),
    "wrapped": lambda n: n[:4] + " " + n[4:8] + "\n" + n[8:12] + " " + n[12:],
    "quoted": lambda n: "\n> " + n[:4] + " " + n[4:8] + "\n> " + n[8:12] + " " + n[12:],
    "cells": lambda n: groups(n, "\t"),
    "look-alikes": lambda n: groups(n[0] + n[1:].replace("1", "l"), " "),
    "zero-width": lambda n: "\u200b".join(n),
    "soft-hyphen": lambda n: "\u00ad".join(n),
    "full-width": lambda n: "".join(chr(0xFF10 + int(d)) for d in n),
    "mathematical": lambda n: "".join(chr(0x1D7CE + int(d)) for d in n),
    "arabic": lambda n: "".join(chr(0x660 + int(d)) for d in n),
    "struck": lambda n: "\u0336".join(n),
    "words": lambda n: " ".join(
        "zero one two three four five six seven eight nine".split()[int(d)] for d in n),
    "override": lambda n: "\u202e" + n[::-1] + "\u202c",
    "base64": lambda n: base64.b64encode(f"the card {n} of mine".encode()).decode(),
    "hexadecimal": lambda n: f"the card {n} of mine".encode().hex(),
    "percent": lambda n: "".join(f"%{ord(c):02X}" for c in f"the card {n}"),
}

# HTML tricks: a number to how it is written in HTML.
HTMLS = {
    "html": lambda n: n,
    "entities": lambda n: "".join(f"&#{ord(d)};" for d in n),
    "tags": lambda n: "</b><b>".join(n),
    "comments": lambda n: "<!-- x -->".join(n),
    "decoys": lambda n: '<span style="display:none">7</span>'.join(n),
    "shy": lambda n: "&shy;".join(n),
    "table": lambda n: "<table><tr><td>" + "</td><td>".join(
        n[i:i + 4] for i in range(0, 16, 4)) + "</td></tr></table>",
    "data-uri": lambda n: '<a href="data:text/plain;base64,' + base64.b64encode(
        f"the card {n} of mine".encode()).decode() + '">x</a>',
}

CHARSETS = ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "iso-8859-1"]

# Programs: the name of the archive, and the command that makes it of "card.txt".
CONTAINERS = {
    "a.zip": ["zip", "-q", "a.zip", "card.txt"],
    "stored.zip": ["zip", "-q", "-0", "stored.zip", "card.txt"],
    "lzma.zip": ["7z", "a", "-tzip", "-mm=LZMA", "lzma.zip", "card.txt"],
    "bzip2.zip": ["7z", "a", "-tzip", "-mm=BZip2", "bzip2.zip", "card.txt"],
    "a.7z": ["7z", "a", "a.7z", "card.txt"],
    "a.tar": ["tar", "cf", "a.tar", "card.txt"],
    "a.tar.gz": ["tar", "czf", "a.tar.gz", "card.txt"],
    "a.tar.xz": ["tar", "cJf", "a.tar.xz", "card.txt"],
    "a.tar.bz2": ["tar", "cjf", "a.tar.bz2", "card.txt"],
    "card.txt.gz": ["gzip", "-k", "card.txt"],
    "card.txt.bz2": ["bzip2", "-k", "card.txt"],
    "card.txt.xz": ["xz", "-k", "card.txt"],
    "card.txt.zst": ["zstd", "-q", "card.txt"],
    "a.cab": ["gcab", "-c", "a.cab", "card.txt"],
    "a.iso": ["genisoimage", "-quiet", "-J", "-o", "a.iso", "card.txt"],
    "a.cpio": ["sh", "-c", "echo card.txt | cpio -o -H newc > a.cpio"],
    "a.ar": ["ar", "q", "a.ar", "card.txt"],
    "zip.zip": ["sh", "-c", "zip -q a.zip card.txt && zip -q zip.zip a.zip"],
    "tar.7z": ["sh", "-c", "tar cf a.tar card.txt && 7z a tar.7z a.tar"],
    "self.exe": ["sh", "-c", "zip -q a.zip card.txt && cat /bin/true a.zip > self.exe"],
    "wrong.jpg": ["sh", "-c", "zip -q a.zip card.txt && mv a.zip wrong.jpg"],
    "locked.zip": ["zip", "-q", "-P", "Rubin.7", "locked.zip", "card.txt"],
    "aes.zip": ["7z", "a", "-tzip", "-mem=AES256", "-pRubin.7", "aes.zip", "card.txt"],
    "smime.p7m": ["sh", "-c",
                  "openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -subj /CN=a"
                  " && openssl cms -sign -nodetach -binary -in card.txt -signer c -inkey k"
                  " -outform DER -out smime.p7m"],
}


def contained(name, content):
    """The bytes of the archive that holds `content`, made by its program."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "card.txt").write_bytes(content)
        subprocess.run(CONTAINERS[name], cwd=path, check=True, capture_output=True)
        return (path / name).read_bytes()


def part(kind, body, encoding):
    lines = [f"Content-Type: {kind}"]
    if encoding == "base64":
        lines.append("Content-Transfer-Encoding: base64")
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        lines.append("Content-Transfer-Encoding: quoted-printable")
        body = quopri.encodestring(body)
    elif encoding == "unlabelled base64":
        body = base64.encodebytes(body)
    return "\n".join(lines).encode() + b"\n\n" + body + b"\n"


def mail(parts):
    head = b"From: a@example.com\nTo: b@example.org\nSubject: note\nMIME-Version: 1.0\n"
    if len(parts) == 1:
        return head + parts[0]
    joined = b"".join(b"--wrap\n" + one for one in parts)
    return head + b"Content-Type: multipart/mixed; boundary=wrap\n\n" + joined + b"--wrap--\n"


def mails(number):
    """Names and bytes of all combinations, with that number."""
    for trick, write in TEXTS.items():
        text = f"Hello,\nmy card is {write(number)} thanks\n"
        for encoding in ("8bit", "base64", "quoted-printable", "unlabelled base64"):
            yield (f"{trick} in {encoding}",
                   mail([part("text/plain; charset=utf-8", text.encode(), encoding)]))
        yield (f"{trick} in a.zip",
               mail([part("text/plain", b"see file\n", "8bit"),
                     part("application/zip; name=a.zip",
                          contained("a.zip", text.encode()), "base64")]))
        yield (f"{trick} in format=flowed",
               mail([part("text/plain; charset=utf-8; format=flowed", text.encode(), "8bit")]))
    for trick, write in HTMLS.items():
        html = f"<html><body><p>my card is <b>{write(number)}</b></p></body></html>\n"
        for encoding in ("8bit", "base64", "quoted-printable"):
            for kind in ("text/html; charset=utf-8", "image/png; name=a.png",
                         "application/octet-stream; name=a.bin"):
                yield f"{trick} as {kind} in {encoding}", mail(
                    [part(kind, html.encode(), encoding)])
    text = f"Hello,\nmy card is {groups(number, ' ')} thanks\n"
    for charset in CHARSETS:
        for label in (charset, "us-ascii", "unknown-9"):
            if charset == "utf-7" and label != charset:
                continue  # without its label it is plain ASCII text
            yield f"{charset} labelled {label}", mail(
                [part(f"text/plain; charset={label}", text.encode(charset), "base64")])
    yield from hostile_mails(number)
    note = b"The password of the archive is Rubin.7\n"
    for name in CONTAINERS:
        packed = contained(name, text.encode())
        for kind in ("application/octet-stream", "text/plain", "image/png"):
            yield f"{name} as {kind}", mail(
                [part(f"{kind}; name={name}", packed, "base64"),
                 part("text/plain", note, "8bit")])


def scan(noshare, cases, folder):
    """Findings of each mail, as lists of entities."""
    lines = []
    for index, (_, content) in enumerate(cases):
        path = folder / f"{index}.eml"
        path.write_bytes(content)
        lines.append(json.dumps({"id": index, "path": str(path)}))
    run = subprocess.run([noshare, "scan", "--batch"], input="\n".join(lines) + "\n",
                         capture_output=True, text=True, check=False)
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    if len(reports) != len(cases):
        raise SystemExit(f"{len(reports)} reports for {len(cases)} mails: {run.stderr}")
    return [[f["entity"] for f in report["findings"] if f["level"] != "low"]
            for report in reports]


def both_line_ends(cases):
    for name, content in cases:
        yield name + ", LF", content
        if b"in 8bit" not in name.encode() or b"\r" not in content:
            yield name + ", CRLF", content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("noshare")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    failed = 0
    total = 0
    for number, expected in ((CARD, True), (TWIN, False)):
        cases = list(both_line_ends(mails(number)))
        total += len(cases)
        with tempfile.TemporaryDirectory() as folder:
            found = scan(options.noshare, cases, pathlib.Path(folder))
        for (name, _), entities in zip(cases, found):
            if options.list:
                print(name)
            if ("payment_card_number" in entities) != expected:
                failed += 1
                print(("not found: " if expected else "found in the twin: ") + name)
    print(f"{total} mails, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
