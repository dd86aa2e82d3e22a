#!/usr/bin/python3
"""Writes the gazetteers of cities and countries as C++ tables.

In:  city_names.tsv and country_names.tsv beside this file: a country's code, a tab, names
     separated by ", "
Out: the file named on the command line: kCities and kCountries of place_table.h, sorted by hash.
     A name with accents stands there without them as well, and in German with "ae" for "ä".
Errors: a line of another form stops the build.
"""
import pathlib
import sys
import unicodedata

FOLDER = pathlib.Path(__file__).parent
NO_MARK = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "œ": "oe", "þ": "th", "ð": "d"})
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa"})


def hash_of(word):
    """FNV-1a, 32 bits; place_table.cc has the same."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def lower(name):
    """Letter by letter, so that no letter becomes two: as unicode.h folds."""
    return "".join("i" if c == "İ" else c.lower() for c in name)


def without_marks(name):
    letters = unicodedata.normalize("NFD", name.translate(NO_MARK))
    return "".join(c for c in letters if not unicodedata.combining(c))


def entries(name):
    found = set()
    path = FOLDER / name
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        country, _, names = line.partition("\t")
        if len(country) != 2 or not country.isupper() or not names:
            sys.exit(f"{path}:{number}: expected a country's code, a tab and names")
        for one in map(lower, names.split(", ")):
            for form in (one, without_marks(one), one.translate(GERMAN)):
                found.add((hash_of(form), ord(country[0]) << 8 | ord(country[1])))
    return sorted(found)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make_place_table.py OUTPUT.cc")
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write('// Written by make_place_table.py.\n#include "detect/recognizers/place_table.h"\n\n'
                  "namespace noshare::detect::place_table {\n\n")
        for table, source in (("kCities", "city_names.tsv"), ("kCountries", "country_names.tsv")):
            rows = entries(source)
            out.write(f"const Entry {table}[] = {{\n")
            for start in range(0, len(rows), 6):
                out.write("".join(f"{{{word},{country}}}," for word, country in rows[start:start + 6]) + "\n")
            out.write(f"}};\nconst std::size_t {table}Count = {len(rows)};\n")
        out.write("\n}  // namespace noshare::detect::place_table\n")


if __name__ == "__main__":
    main()
