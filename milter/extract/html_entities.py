#!/usr/bin/python3
"""Writes the table of HTML's named character references as C++ initialisers.

In:  Python's html.entities.html5 (the list of the HTML standard)
Out: one line per name, sorted by bytes: {"amp", "\\x26", true},
     `true`: also valid without a semicolon (the old names)
Usage: html_entities.py OUTPUT
"""
import html.entities
import sys


def main() -> None:
    names = {}
    for key, text in html.entities.html5.items():
        name = key.rstrip(";")
        names[name] = (text, names.get(name, ("", False))[1] or not key.endswith(";"))
    with open(sys.argv[1], "w", encoding="ascii") as out:
        for name in sorted(names, key=lambda n: n.encode("ascii")):
            text, bare = names[name]
            escaped = "".join(f"\\x{byte:02x}" for byte in text.encode("utf-8"))
            out.write(f'{{"{name}", "{escaped}", {str(bare).lower()}}},\n')


main()
