#!/usr/bin/python3
"""Writes milter/detect/checks/code_tables.inc: top-level domains and country codes.

In:  the Debian packages publicsuffix (its ICANN section lists the delegated top-level
     domains) and iso-codes (ISO 3166-1)
Out: the tables as C++ text, kept in the repository so that a build needs neither package
Run it by hand when the packages have news; `git diff` then shows what was delegated.
"""

import json
import pathlib
import textwrap

SUFFIXES = pathlib.Path("/usr/share/publicsuffix/public_suffix_list.dat")
COUNTRIES = pathlib.Path("/usr/share/iso-codes/json/iso_3166-1.json")
TARGET = pathlib.Path(__file__).parents[2] / "milter/detect/checks/code_tables.inc"


def top_level_domains():
    """The names of all top-level domains, in lower case, as Unicode and as punycode."""
    text = SUFFIXES.read_text(encoding="utf-8")
    section = text[text.index("\n", text.index("BEGIN ICANN DOMAINS")):text.index("END ICANN DOMAINS")]
    names = set()
    for line in section.splitlines():
        line = line.strip()
        if not line or not line[0].isalnum() and line[0] != "*":
            continue
        name = line.split(".")[-1]
        names.add(name)
        names.add(name.encode("idna").decode("ascii"))
    return sorted(name for name in names if name.isprintable())


def table(name, words):
    """A C++ array of strings, in the byte order that a binary search needs."""
    ordered = sorted(set(words), key=lambda word: word.encode("utf-8"))
    body = textwrap.wrap(", ".join(f'"{word}"' for word in ordered), 88,
                         break_on_hyphens=False, break_long_words=False)
    return f"constexpr std::string_view {name}[] = {{\n" + "\n".join(body) + "};\n"


def main():
    countries = json.loads(COUNTRIES.read_text(encoding="utf-8"))["3166-1"]
    TARGET.write_text(
        "// Written by deploy/data/code_tables.py. Sources: IANA root zone, ISO 3166-1.\n"
        + table("kTopLevelDomains", top_level_domains())
        + table("kCountries2", [country["alpha_2"] for country in countries])
        + table("kCountries3", [country["alpha_3"] for country in countries]),
        encoding="utf-8")


if __name__ == "__main__":
    main()
