#!/usr/bin/python3
"""Includes go down, never up or sideways; outside libraries stay in their rooms.

In:  the source tree; with --program, noshare-milter as built     Out: one line per breach,
exit status 1 if there is any. --self-test plants breaches and fails unless each is found.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from floors import (MAY_INCLUDE, NOT_IN_THE_DAEMON, OUTSIDE, PROGRAMS, SYSTEM, SYSTEM_FILES)

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
CODE = {".h", ".cc", ".c", ".inc"}


def sources(folder: Path):
    return sorted(path for path in folder.rglob("*") if path.suffix in CODE)


def room_of_include(name: str) -> tuple[str, bool] | None:
    """The room a quoted header belongs to, and whether it is a public one."""
    parts = name.split("/")
    if parts[0] == "noshare" and len(parts) > 2:
        return parts[1], True
    if len(parts) > 1 and parts[0] in MAY_INCLUDE:
        return parts[0], False
    return None


def inside_breach(room: str, public_header: bool, name: str) -> str | None:
    found = room_of_include(name)
    if found is None:
        return None  # a header beside the file
    target, public = found
    if target == room:
        return "a public header includes a private one" if public_header and not public else None
    if target not in MAY_INCLUDE:
        return f"there is no room {target}"
    if target not in MAY_INCLUDE[room]:
        return f"{room} must not include {target}"
    return None if public else f"{target} is entered by include/noshare/{target}/ only"


def outside_breach(room: str, name: str) -> str | None:
    for beginning, rooms in OUTSIDE.items():
        if name.startswith(beginning):
            return None if room in rooms else f"belongs to {', '.join(rooms)}"
    is_system = name.startswith(SYSTEM) or name in SYSTEM_FILES
    is_cxx = "/" not in name and "." not in name
    return None if is_system or is_cxx else "is in no room's list (tests/architecture/floors.py)"


def include_breaches(root: Path):
    for base, public in ((root / "include" / "noshare", True), (root / "milter", False)):
        for folder in sorted(path for path in base.iterdir() if path.is_dir()):
            room = folder.name
            if room not in MAY_INCLUDE:
                yield f"{folder.relative_to(root)}: an unknown room"
                continue
            if public and room in PROGRAMS:
                yield f"{folder.relative_to(root)}: a program has no public headers"
            for path in sources(folder):
                for kind, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
                    breach = (inside_breach(room, public, name) if kind == '"'
                              else outside_breach(room, name))
                    if breach:
                        yield f"{path.relative_to(root)}: {kind}{name}: {breach}"


def room_breaches(root: Path):
    for room in MAY_INCLUDE:
        if not (root / "milter" / room / "README.md").is_file():
            yield f"milter/{room}: no README.md"
        if not list((root / "tests" / "unit" / room).glob("*_test.cc")):
            yield f"tests/unit/{room}: no unit tests"


def word_breaches(root: Path):
    """thread_local is a trap in a process whose connections change threads."""
    for path in sources(root / "milter" / "daemon"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"\bthread_local\b", line.split("//")[0]):
                yield f"{path.relative_to(root)}:{number}: thread_local"


def link_breaches(program: Path):
    # All libraries that come along, not only those that are named in the program itself.
    direct = subprocess.run(["readelf", "-d", program], check=True, capture_output=True, text=True)
    for library in re.findall(r"\(NEEDED\).*\[(.+)\]", direct.stdout):
        if any(word in library for word in NOT_IN_THE_DAEMON):
            yield f"{program.name} is linked with {library}"


def self_test() -> int:
    """Each planted breach must be found, in a tree that has none otherwise."""
    planted = {
        'milter/model/a.cc': '#include "noshare/scan/scanner.h"\n',
        'milter/policy/a.cc': '#include "noshare/store/incident_store.h"\n',
        'milter/daemon/a.cc': '#include "noshare/extract/extract.h"\n',
        'milter/cli/a.cc': '#include "policy/rule_set.h"\n',
        'milter/store/a.cc': '#include <gmime/gmime.h>\n',
        'milter/scan/a.cc': '#include <some/other_library.h>\n',
        'include/noshare/pool/a.h': '#include "pool/crew.h"\n',
        'milter/daemon/b.cc': 'static thread_local int count = 0;\n',
    }
    missed = 0
    for place, text in planted.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for base in ("milter", "include/noshare"):
                (root / base).mkdir(parents=True)
            (root / "milter" / "daemon").mkdir()
            (root / place).parent.mkdir(parents=True, exist_ok=True)
            (root / place).write_text(text, encoding="utf-8")
            if not [*include_breaches(root), *word_breaches(root)]:
                print(f"not found: {place}: {text.strip()}")
                missed += 1
    return 1 if missed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--program", type=Path)
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    if arguments.program:
        found = list(link_breaches(arguments.program))
    else:
        root = arguments.root
        found = [*include_breaches(root), *room_breaches(root), *word_breaches(root)]
    print("\n".join(found) or "no breach")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
