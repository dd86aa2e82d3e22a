"""A value in every wrapping: found in each, with a readable path, and in no benign twin.

In:  the path of noshare; zip, 7z, tar, ... installed by deploy/packages/test.txt
Out: exit status 0, or 1 and a line for each combination that fails
"""

import argparse
import base64
import dataclasses
import json
import pathlib
import quopri
import subprocess
import sys
import tempfile

from containers import BY_HAND, COMMANDS, UNREADABLE, contained
from documents import documents
from hostile import hostile_mails
from htmls import HTMLS
from texts import DIGITS, TEXTS
from values import CARD, VALUES

CHARSETS = ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "iso-8859-1",
            "iso-2022-jp", "cp1252", "cp037"]

# What is not found, by the value's name and a part of the case's, and why.
ANY = "any value"
HIDDEN = "the detector gives little weight to what nobody sees"
MISSES = {
    (ANY, "look-alikes |"): "a bar is a sign between cells, too",
    (ANY, "link in"): "the detector leaves numbers in addresses of the web alone",
    (ANY, "link as"): "the detector leaves numbers in addresses of the web alone",
    (ANY, "link, escaped"): "the detector leaves numbers in addresses of the web alone",
    (ANY, "message-id"): "ids hold numbers of programs",
    (ANY, "content-id"): "ids hold numbers of programs",
    (ANY, "references, "): "ids hold numbers of programs",
    (ANY, "cte b64 but qp"): "no program shows it",
    ("card", "NULs in unlabelled base64"): "what no header declares must be clean to be text",
    ("card", "terminal in unlabelled base64"): "what no header declares must be clean to be text",
    ("card", "numbered groups in format=flowed"): "the list's lines are joined by then",
    ("card", "hex dump in format=flowed"): "the dump's lines are joined by then",
    ("card", "octal dump in format=flowed"): "the dump's lines are joined by then",
    ("iban", "labelled groups"): "letters and digits with words between are prose",
    ("iban", "phrase between"): "letters and digits with words between are prose",
    ("iban", "alternative texts by"): "pictures' texts are read for digits alone",
    ("iban", "list header"): "fields of programs are read near words for cards and persons",
    ("iban", "received"): "fields of programs are read near words for cards and persons",
    ("iban", "user-agent"): "fields of programs are read near words for cards and persons",
    ("iban", "content-type param"): "fields of programs are read near words for cards and persons",
    ("iban", "boundary is the value"): "fields of programs are read near words for cards and "
                                       "persons",
    ("ssn", "decimals"): "nine digits and a fraction are an amount",
    ("ssn", "scientific"): "nine digits and a power of ten are a measure",
    ("ssn", "number with digits in its format"): "a literal of four digits is no SSN's",
    ("ssn", "shown to Outlook"): HIDDEN,
    ("ssn", "in a hidden element"): HIDDEN,
    ("ssn", "written by a script"): HIDDEN,
    ("ssn", "generated from an attribute"): HIDDEN,
    ("ssn", "link to mail"): HIDDEN,
    ("ssn", "noframes"): HIDDEN,
    ("ssn", "number of a meter"): HIDDEN,
    ("ssn", "formula joined"): "a formula stands apart from what the column says",
    ("ssn", "b64 comment lines"): "the comment's letters shift what follows",
}

# What is found in the twins, since it is there, or looks like it by chance.
ALARMS = {
    "with colons": "bytes with colons between read as addresses of networks",
    "with hyphens": "bytes with hyphens between read as addresses of devices",
    "parentheses in": "four digits in brackets read as a telephone number",
    "hexadecimal in words": "its digits make a card's number by chance",
    "hex dump in": "letters of a dump read as an address",
    "hidden: details": "letters between digits read as an address",
    "hidden: option": "letters between digits read as an address",
    "percent twice": "its digits make a card's number by chance",
    "inside.bin": "its digits and those that hide among them make another number by chance",
    "codes in octal": "its digits make another number by chance",
}


@dataclasses.dataclass
class Case:
    """One mail: what it is called, and how its value is told."""

    name: str
    content: bytes
    expected: str  # found, unreadable
    file: str = ""  # that the path of a finding must name


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


def text_cases(value, groups):
    tricks = TEXTS if any(c.isalpha() for c in "".join(groups)) else TEXTS | DIGITS
    encodings = ["8bit"]
    if value is CARD:
        encodings += ["base64", "quoted-printable", "unlabelled base64"]
    for trick, write in tricks.items():
        text = f"Hello,\n{value.before} {write(groups)} thanks\n"
        for encoding in encodings:
            yield Case(f"{trick} in {encoding}",
                       mail([part("text/plain; charset=utf-8", text.encode(), encoding)]), "found")
        if value is not CARD:
            continue
        yield Case(f"{trick} in a.zip",
                   mail([part("text/plain", b"see file\n", "8bit"),
                         part("application/zip; name=a.zip", contained("a.zip", text.encode()),
                              "base64")]), "found", "a.zip")
        yield Case(f"{trick} in format=flowed",
                   mail([part("text/plain; charset=utf-8; format=flowed", text.encode(), "8bit")]),
                   "found")


def html_cases(value, groups):
    for trick, write in HTMLS.items():
        try:
            page = f"<html><body><p>{value.before} {write(groups)} thanks</p></body></html>\n"
        except ValueError:
            continue  # a trick for digits alone
        yield Case(f"{trick} in HTML",
                   mail([part("text/html; charset=utf-8", page.encode(), "8bit")]), "found")
        if value is not CARD:
            continue
        for kind in ("text/html; charset=utf-8", "image/png; name=a.png",
                     "application/octet-stream; name=a.bin"):
            for encoding in ("base64", "quoted-printable"):
                yield Case(f"{trick} as {kind} in {encoding}",
                           mail([part(kind, page.encode(), encoding)]), "found")


def document_cases(value, groups):
    for name, make in documents(groups, value.before).items():
        content = make()
        content = content.encode() if isinstance(content, str) else content
        yield Case(name, mail([part("application/octet-stream; name=file.bin", content,
                                    "base64")]), "found", "file.bin")


def charset_cases(value, groups):
    text = f"Hello,\n{value.before} {value.dash.join(groups)} thanks\n"
    for charset in CHARSETS:
        for label in (charset, "us-ascii", "unknown-9", "utf-8"):
            yield Case(f"{charset} labelled {label}",
                       mail([part(f"text/plain; charset={label}", text.encode(charset),
                                  "base64")]), "found")


def container_cases(value, groups):
    text = f"Hello,\n{value.before} {value.dash.join(groups)} thanks\n".encode()
    note = b"The password of the archive is Rubin.7\n"
    for name in [*COMMANDS, *BY_HAND, *UNREADABLE]:
        packed = contained(name, text)
        for kind in ("application/octet-stream", "text/plain", "image/png"):
            yield Case(f"{name} as {kind}",
                       mail([part(f"{kind}; name={name}", packed, "base64"),
                             part("text/plain", note, "8bit")]),
                       "unreadable" if name in UNREADABLE else "found", name)


def mail_cases(value, groups):
    for name, content in hostile_mails(f"{value.before} {value.dash.join(groups)} ok"):
        yield Case(name, content, "found")


def cases(value, real):
    groups = value.groups_of(real)
    for make in (text_cases, html_cases, document_cases, mail_cases, charset_cases):
        yield from make(value, groups)
    if value is CARD:
        yield from container_cases(value, groups)


def both_line_ends(all_cases):
    for case in all_cases:
        yield dataclasses.replace(case, name=case.name + ", LF")
        content = case.content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        yield dataclasses.replace(case, name=case.name + ", CRLF", content=content)


def scan(noshare, all_cases, folder):
    """A report for each mail."""
    names = []
    for index, case in enumerate(all_cases):
        names.append(str(folder / f"{index}.eml"))
        pathlib.Path(names[-1]).write_bytes(case.content)
    run = subprocess.run([noshare, "scan", "--format", "json", *names],
                         capture_output=True, text=True, check=False)
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    if len(reports) != len(all_cases):
        raise SystemExit(f"{len(reports)} reports for {len(all_cases)} mails: {run.stderr}")
    return reports


def is_readable(path):
    return bool(path) and path.isprintable()


def fault_of(case, value, real, report):
    """What is wrong with the report, or ""."""
    found = [f for f in report["findings"] if f["level"] != "low"]
    if not real:
        known = any(part in case.name for part in ALARMS)
        return f"found in the twin: {found[0]['entity']}" if found and not known else ""
    if case.expected == "unreadable":
        return "" if report["unreadable"] else "neither found nor unreadable"
    if not any(f["entity"] == value.entity for f in found):
        # Text full of NULs is said to be none.
        if "NULs in a.zip" in case.name or "null characters" in case.name:
            return "" if report["unreadable"] else "neither found nor unreadable"
        known = any(name in (ANY, value.name) and part in case.name for name, part in MISSES)
        return "" if known else "not found"
    paths = [f["path"] for f in found]
    if not all(is_readable(path) for path in paths):
        return "a path that nobody can read"
    return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("noshare")
    parser.add_argument("--list", action="store_true", help="the combinations")
    parser.add_argument("--only", default="", help="those whose name holds this text")
    options = parser.parse_args()
    failed = 0
    total = 0
    for real in (True, False):
        for value in VALUES:
            chosen = [case for case in both_line_ends(cases(value, real))
                      if options.only in case.name]
            total += len(chosen)
            with tempfile.TemporaryDirectory() as folder:
                reports = scan(options.noshare, chosen, pathlib.Path(folder))
            for case, report in zip(chosen, reports):
                if options.list and real:
                    print(f"{value.name}: {case.name}")
                fault = fault_of(case, value, real, report)
                if fault:
                    failed += 1
                    print(f"{value.name}: {case.name}: {fault}")
    print(f"{total} mails, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
