#!/usr/bin/python3
"""Writes a gazetteer of personal names as a C++ hash table.

In:  the name lists of python3-fake-factory (Expat licence) for all its countries; the names of
     a census (census_names.tsv, public domain) and of the world (world_names.tsv, MIT); the common English words of wamerican (public
     domain), to tell names that are also words
Out: the file named on the command line, the definitions that name_table.h declares
"""
import importlib
import pathlib
import pkgutil
import re
import struct
import sys
import unicodedata

import faker.providers.person as person

FIRST, LAST, COMMON, FREQUENT, WELL_KNOWN = 1, 2, 4, 8, 16
LISTS = [pathlib.Path(__file__).with_name(name) for name in ("census_names.tsv", "world_names.tsv")]
LIST_BITS = {"well_known": FIRST | WELL_KNOWN, "given": FIRST, "frequent": LAST | FREQUENT,
               "family": LAST}
WORDS = "/usr/share/dict/american-english"
# "first_names_female", "last_romanized_names", "male_last_names"
ATTRIBUTE = re.compile(r"(?:(?:fe)?male_|unisex_)?(?P<kind>first|last)_(?:romanized_)?names.*")
PLAIN = re.compile(r"[^\W\d_]{2,24}")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe"})
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
# Ukrainian resolution 55/2010, ICAO Doc 9303-3 (Russian), ELOT 743, and what is usual beside them.
CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґё'’",
                    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g e".split(" ")))
CYRILLIC_WAYS = (
    {},
    {"й": "i", "ю": "iu", "я": "ia", "ъ": "ie"},
    {"г": "h", "и": "y", "й": "i", "ю": "iu", "я": "ia", "ї": "i", "є": "ie"},
    {"г": "h", "и": "y"},
    {"х": "h", "ъ": "a", "щ": "sht"},
)
GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω",
                 "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split()))
GREEK_DIGRAPHS = {"ου": "ou", "αυ": "av", "ευ": "ev", "γγ": "ng", "γκ": "gk", "μπ": "b", "ντ": "nt"}
GREEK_PAIRS = re.compile("|".join(GREEK_DIGRAPHS))
MOST_BYTES = 48
SLOT_BITS = 18
MOST_LOAD = 0.75  # of the slots


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


def polish_forms(name):
    """Family names that are adjectives agree with the person: Wiśniewski, Wiśniewska."""
    return [name, name[:-1] + "a"] if name.endswith(("ski", "cki", "dzki")) else [name]


def plain_forms(word):
    """As the word is written without its marks: "müller" as "muller" and "mueller"."""
    for source in (word, word.translate(UMLAUTS)):
        letters = unicodedata.normalize("NFD", source.translate(STROKES))
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        if plain != word and plain.isascii() and len(plain) <= MOST_BYTES:
            yield plain


def latin_forms(word):
    """A Cyrillic or Greek name in Latin letters, as passports and as people write it:
    "наталія" as "nataliia" and "nataliya", "γιώργος" as "giorgos"."""
    if "\u0370" <= word[0] <= "\u03ff":
        yield "".join(GREEK.get(letter, letter) for letter in unaccented(GREEK_PAIRS.sub(
            lambda pair: GREEK_DIGRAPHS[pair.group()], unaccented(word))))
    elif "\u0400" <= word[0] <= "\u04ff":
        for special in CYRILLIC_WAYS:
            way = {**CYRILLIC, **special}
            ending = "".join(way.get(letter, letter) for letter in word)
            yield ending
            if word.endswith(("ий", "ый", "ій")):
                yield "".join(way.get(letter, letter) for letter in word[:-2]) + "y"


def unaccented(word):
    return "".join(letter for letter in unicodedata.normalize("NFD", word)
                   if not unicodedata.combining(letter))


def add_plain_forms(bits):
    kinds = FIRST | LAST | FREQUENT
    for word, known in list(bits.items()):
        if not word.isascii():
            for plain in (*plain_forms(word), *latin_forms(word)):
                if plain.isascii() and plain.isalpha():
                    bits[plain] = bits.get(plain, 0) | known & kinds


def gazetteer():
    bits = {}
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            lists = ATTRIBUTE.fullmatch(attribute)
            if lists:
                kind = FIRST if lists["kind"] == "first" else LAST | FREQUENT
                for word in pieces(getattr(provider, attribute)):
                    for form in polish_forms(word) if module.name == "pl_PL" else [word]:
                        bits[form] = bits.get(form, 0) | kind
    lines = (line for path in LISTS for line in path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if not line.startswith("#"):
            kind, names = line.split("\t")
            for word in names.split():
                bits[word] = bits.get(word, 0) | LIST_BITS[kind]
    add_plain_forms(bits)
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
    if len(bits) > size * MOST_LOAD:
        sys.exit(f"{len(bits)} words need a larger table")
    slots = [0] * size
    pool = bytearray(b"\0")  # offset 0 stands for an empty slot
    for word in sorted(bits):
        at = hash_of(word) & (size - 1)
        while slots[at]:
            at = (at + 1) & (size - 1)
        slots[at] = len(pool)
        encoded = word.encode()
        pool += bytes([len(encoded), bits[word]]) + encoded
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("// Written by make_name_table.py.\n"
                  '#include "detect/recognizers/name_table.h"\n\n'
                  "namespace noshare::detect::name_table {\n\n"
                  f"const std::uint32_t kSlotMask = {size - 1};\n")
        write_bytes(out, "kSlots", struct.pack(f"<{size}I", *slots))
        write_bytes(out, "kPool", bytes(pool))
        out.write("\n}  // namespace noshare::detect::name_table\n")


def write_bytes(out, name, data):
    """As string literals: compilers read them many times faster than lists of numbers."""
    out.write(f"const char {name}[] =\n")
    for start in range(0, len(data), 64):
        line = "".join(f"\\{byte:03o}" for byte in data[start:start + 64])
        out.write(f'"{line}"\n')
    out.write(";\n")


if __name__ == "__main__":
    main()
