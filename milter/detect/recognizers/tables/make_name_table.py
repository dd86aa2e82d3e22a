#!/usr/bin/python3
"""Writes a gazetteer of personal names as a C++ hash table.

In:  the name lists of python3-fake-factory (Expat licence) for all its countries; the common
     English words of wamerican (public domain), to tell names that are also words
Out: the file named on the command line, the definitions that name_table.h declares
"""
import importlib
import pkgutil
import re
import sys

import faker.providers.person as person

FIRST, LAST, COMMON = 1, 2, 4
WORDS = "/usr/share/dict/american-english"
PLAIN = re.compile(r"[^\W\d_]{2,24}")
SLOT_BITS = 18  # at most half of the slots are taken


def hash_of(word):
    """FNV-1a, 32 bits; name_table.cc has the same."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def pieces(names):
    """Single words of names, folded: "Anna-Maria" gives "anna" and "maria"."""
    for name in names:
        for word in re.split(r"[\s\-'.]+", name):
            if PLAIN.fullmatch(word) and word[0].isupper():
                yield word.lower()


def gazetteer():
    bits = {}
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            kind = (FIRST if attribute.startswith("first_names") else
                    LAST if attribute.startswith("last_names") else 0)
            if kind:
                for word in pieces(getattr(provider, attribute)):
                    bits[word] = bits.get(word, 0) | kind
    with open(WORDS, encoding="utf-8") as words:
        for line in words:
            word = line.strip()
            if PLAIN.fullmatch(word) and word.islower():
                bits[word] = bits.get(word, 0) | COMMON
    return bits


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make_name_table.py OUTPUT.cc")
    bits = gazetteer()
    size = 1 << SLOT_BITS
    if len(bits) * 2 > size:
        sys.exit(f"{len(bits)} words need a larger table")
    slots = [(0, 0, 0)] * size
    pool = bytearray()
    for word in sorted(bits):
        at = hash_of(word) & (size - 1)
        while slots[at][1]:
            at = (at + 1) & (size - 1)
        encoded = word.encode()
        slots[at] = (len(pool), len(encoded), bits[word])
        pool += encoded
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("// Written by make_name_table.py from python3-fake-factory and wamerican.\n"
                  '#include "detect/recognizers/name_table.h"\n\n'
                  "namespace noshare::detect::name_table {\n\nconst unsigned char kPool[] = {\n")
        for start in range(0, len(pool), 32):
            out.write(",".join(map(str, pool[start:start + 32])) + ",\n")
        out.write(f"}};\n\nconst std::uint32_t kSlotMask = {size - 1};\nconst Slot kSlots[] = {{\n")
        for start in range(0, size, 8):
            out.write(",".join(f"{{{o},{n},{b}}}" for o, n, b in slots[start:start + 8]) + ",\n")
        out.write("};\n\n}  // namespace noshare::detect::name_table\n")


if __name__ == "__main__":
    main()
