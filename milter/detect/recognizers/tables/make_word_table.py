#!/usr/bin/python3
"""Writes a list of classed words as a C++ table.

In:  tables/<list>.tsv: class, language and words, separated by tabs and spaces
Out: the file named on the command line: kWords, sorted, each with the bits of its classes and
     of the languages whose streets it names
Errors: a class that the header does not name stops the build.
"""
import sys

LISTS = {
    "address": ("street", "feature", "route", "lead", "ending", "soft", "trail", "link", "direction",
                "unit", "box", "state", "country", "veto", "number", "soft_trail"),
    "name": ("title", "rank", "greeting", "link", "suffix", "given", "lead_in", "not_name", "label",
             "head_full", "head_given", "head_family", "place", "thing", "of_names", "article"),
}
# The languages of words that tell a country (address_words.h, Language); others say nothing.
LANGUAGES = ("en", "fr", "it", "es", "pt", "pl", "ro", "ru", "bg", "de", "nl", "sv", "da", "no", "fi", "is",
             "hu", "lv", "lt", "et", "cz", "sk", "sl", "hr", "tr", "el")
# Classes of words that stand in a street's name and are of its language.
OF_STREETS = {"street", "lead", "ending", "soft", "trail", "soft_trail"}


def read(path, classes):
    bits, languages = {}, {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or not line.strip():
                continue
            kind, language, words = line.rstrip("\n").split("\t")
            if kind not in classes:
                sys.exit(f"{path}:{number}: unknown class '{kind}', expected one of {classes}")
            for word in words.split():
                bits[word] = bits.get(word, 0) | 1 << classes.index(kind)
                if kind in OF_STREETS and language in LANGUAGES:
                    languages[word] = languages.get(word, 0) | 1 << LANGUAGES.index(language)
    return bits, languages


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in LISTS:
        sys.exit("usage: make_word_table.py address|name WORDS.tsv OUTPUT.cc")
    name, source, target = sys.argv[1:]
    bits, languages = read(source, LISTS[name])
    with open(target, "w", encoding="utf-8") as out:
        out.write(f"// Written by make_word_table.py from {name}_words.tsv.\n"
                  f'#include "detect/recognizers/{name}_words.h"\n\n'
                  f"namespace noshare::detect::{name}_words {{\n\n"
                  "const ClassedWord kWords[] = {\n")
        for word in sorted(bits, key=lambda text: text.encode()):
            out.write(f'{{"{word}",{bits[word]},{languages.get(word, 0)}}},\n')
        out.write("};\nconst std::size_t kWordCount = sizeof kWords / sizeof kWords[0];\n\n"
                  f"}}  // namespace noshare::detect::{name}_words\n")


if __name__ == "__main__":
    main()
