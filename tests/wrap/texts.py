"""Ways to write a number in plain text so that people read it and programs may not.

In:  the groups of a number     Out: text; TEXTS and DIGITS, by name
Those in DIGITS make no sense for letters.
"""

import base64
import binascii
import gzip


def joined(separator):
    return lambda g: separator.join(g)


def single(separator):
    return lambda g: separator.join("".join(g))


def digits_as(first):
    """Digits of another alphabet, whose zero is `first`."""
    return lambda g: " ".join(
        "".join(chr(ord(first) + int(c)) if c.isdigit() else c for c in part) for part in g)


def digits_from(alphabet):
    return lambda g: " ".join(
        "".join(alphabet[int(c)] if c.isdigit() else c for c in part) for part in g)


def words_of(words, separator=" "):
    words = words.split()
    return lambda g: separator.join(
        words[int(c)] if c.isdigit() else c for c in "".join(g))


def sentence(g):
    words = "social security number" if len(g) == 3 and len(g[0]) == 3 else "card number"
    return f"the {words} " + ("-" if words[0] == "s" else " ").join(g) + " of mine"


def encoded(encoder):
    return lambda g: encoder(sentence(g).encode())


SEPARATORS = {
    "spaces": " ", "hyphens": "-", "two spaces": "  ", "three spaces": "   ", "tabs": "\t",
    "dots": ".", "commas": ",", "commas and spaces": ", ", "colons": ":", "semicolons": "; ",
    "slashes": "/", "backslashes": "\\", "bars": "|", "bars with spaces": " | ",
    "underscores": "_", "stars": "*", "plus signs": "+", "equal signs": "=", "tildes": "~",
    "hashes": "#", "carets": "^", "ellipses": "...", "spaced hyphens": " - ",
    "double hyphens": "--", "spaced double hyphens": " -- ", "spaced slashes": " / ",
    "spaced dots": " . ", "arrows": " -> ", "angle brackets": "><", "brackets": "][",
    "parentheses": ") (", "quotes": '" "', "apostrophes": "'", "exclamation marks": "!",
    "no-break spaces": "\u00a0", "thin spaces": "\u2009", "ideographic spaces": "\u3000",
    "en dashes": "\u2013", "spaced em dashes": " \u2014 ", "no-break hyphens": "\u2011",
    "minus signs": "\u2212", "middle dots": "\u00b7", "bullets": " \u2022 ",
    "katakana dots": "\u30fb", "full stops, wide": "\uff0e", "heavy arrows": "\u2192",
    "braille blanks": "\u2800", "hangul fillers": "\u3164", "emoji": "\U0001f600",
    "boxes": "\u2502", "section signs": "\u00a7",
    "dash in words": " dash ", "dash in brackets": " (dash) ", "dot in brackets": "[dot]",
    "space in brackets": "<space>", "hyphen in words": " hyphen ", "at line ends": "\n",
    "at blank lines": "\n\n", "quote marks": "\n> ", "two quote marks": "\n>> ",
    "quote bars": "\n| ", "indents": "\n    ", "bullets of a list": "\n* ",
    "hyphens of a list": "\n- ", "CSV fields": '","', "pipe table": " | ",
}

SINGLES = {
    "one by one": " ", "one by one, two spaces": "  ", "one by one, dots": ".",
    "one by one, hyphens": "-", "one by one, commas": ",", "one by one, commas and spaces": ", ",
    "one by one, slashes": "/", "one by one, bars": "|", "one by one, stars": "*",
    "one by one, underscores": "_", "one by one, tabs": "\t", "one by one, lines": "\n",
    "one by one, quoted lines": "\n> ", "one by one, middle dots": "\u00b7",
    "one by one, brackets": "][", "one by one, plus": "+", "one by one, spaced bars": " | ",
    "zero-width spaces": "\u200b", "joiners": "\u200d", "non-joiners": "\u200c",
    "word joiners": "\u2060", "byte order marks": "\ufeff", "soft hyphens": "\u00ad",
    "struck through": "\u0336", "underlined": "\u0332", "accents": "\u0301",
    "stacked accents": "\u0301\u0302\u0303\u0304", "grapheme joiners": "\u034f",
    "left-to-right marks": "\u200e", "invisible times": "\u2062",
    "variation selectors": "\ufe0f", "mongolian separators": "\u180e", "hair spaces": "\u200a",
    "enclosing circles": "\u20dd", "tag characters": "\U000e0041",
}

ALPHABETS = {
    "full-width digits": "\uff10", "bold digits": "\U0001d7ce",
    "double-struck digits": "\U0001d7d8", "sans-serif digits": "\U0001d7e2",
    "bold sans-serif digits": "\U0001d7ec", "monospace digits": "\U0001d7f6",
    "arabic digits": "\u0660", "persian digits": "\u06f0", "devanagari digits": "\u0966",
    "bengali digits": "\u09e6", "tamil digits": "\u0be6", "thai digits": "\u0e50",
    "lao digits": "\u0ed0", "tibetan digits": "\u0f20", "khmer digits": "\u17e0",
    "mongolian digits": "\u1810", "osmanya digits": "\U000104a0",
    "segmented digits": "\U0001fbf0", "subscripts": "\u2080",
}

LISTS = {
    "superscripts": "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079",
    "circled digits": "\u24ea\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u2467\u2468",
    "black circled digits": "\u24ff\u2776\u2777\u2778\u2779\u277a\u277b\u277c\u277d\u277e",
    "sans circled digits": "\U0001f10b\u2780\u2781\u2782\u2783\u2784\u2785\u2786\u2787\u2788",
    "black sans circled digits":
        "\U0001f10c\u278a\u278b\u278c\u278d\u278e\u278f\u2790\u2791\u2792",
    "double circled digits": "\u24ea\u24f5\u24f6\u24f7\u24f8\u24f9\u24fa\u24fb\u24fc\u24fd",
    "digits in parentheses": "0\u2474\u2475\u2476\u2477\u2478\u2479\u247a\u247b\u247c",
    "digits with full stops": "\U0001f100\u2488\u2489\u248a\u248b\u248c\u248d\u248e\u248f\u2490",
    "keycaps": [f"{d}\ufe0f\u20e3" for d in range(10)],
    "chinese digits": "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d",
    "bank digits": "\u96f6\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396",
}

WORDS = {
    "english words": "zero one two three four five six seven eight nine",
    "english words, oh": "oh one two three four five six seven eight nine",
    "german words": "null eins zwei drei vier f\u00fcnf sechs sieben acht neun",
    "french words": "z\u00e9ro un deux trois quatre cinq six sept huit neuf",
    "spanish words": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "italian words": "zero uno due tre quattro cinque sei sette otto nove",
    "portuguese words": "zero um dois tr\u00eas quatro cinco seis sete oito nove",
    "dutch words": "nul een twee drie vier vijf zes zeven acht negen",
    "polish words": "zero jeden dwa trzy cztery pi\u0119\u0107 sze\u015b\u0107 siedem osiem "
                    "dziewi\u0119\u0107",
    "swedish words": "noll ett tv\u00e5 tre fyra fem sex sju \u00e5tta nio",
    "danish words": "nul en to tre fire fem seks syv otte ni",
    "czech words": "nula jedna dva t\u0159i \u010dty\u0159i p\u011bt \u0161est sedm osm "
                   "dev\u011bt",
    "russian words": "\u043d\u043e\u043b\u044c \u043e\u0434\u0438\u043d \u0434\u0432\u0430 "
                     "\u0442\u0440\u0438 \u0447\u0435\u0442\u044b\u0440\u0435 "
                     "\u043f\u044f\u0442\u044c \u0448\u0435\u0441\u0442\u044c "
                     "\u0441\u0435\u043c\u044c \u0432\u043e\u0441\u0435\u043c\u044c "
                     "\u0434\u0435\u0432\u044f\u0442\u044c",
    "turkish words": "s\u0131f\u0131r bir iki \u00fc\u00e7 d\u00f6rt be\u015f alt\u0131 yedi "
                     "sekiz dokuz",
    "japanese words": "rei ichi ni san yon go roku nana hachi kyuu",
}


def repeated_words(g):
    """"four, triple one": as people read numbers out."""
    names = WORDS["english words"].split()
    times = {2: "double ", 3: "triple "}
    text = []
    for part in g:
        run = 0
        while run < len(part):
            size = 1
            while run + size < len(part) and size < 3 and part[run + size] == part[run]:
                size += 1
            text.append(times.get(size, "") + names[int(part[run])])
            run += size
    return " ".join(text)


def look_alikes(table):
    """Digits behind the first of each group, as letters."""
    return lambda g: " ".join(
        part[0] + "".join(table.get(c, c) for c in part[1:]) for part in g)


def labelled(g):
    ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"]
    return "\n".join(f"{ordinals[i]} group: {part}" for i, part in enumerate(g))


def hex_dump(content):
    lines = []
    for at in range(0, len(content), 16):
        row = content[at:at + 16]
        pairs = " ".join(row[i:i + 2].hex() for i in range(0, len(row), 2))
        shown = "".join(chr(c) if 32 <= c < 127 else "." for c in row)
        lines.append(f"{at:08x}: {pairs:<39}  {shown}")
    return "\n" + "\n".join(lines) + "\n"


def in_groups(text, size, sign):
    return sign.join(text[i:i + size] for i in range(0, len(text), size))


def base58(content):
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = int.from_bytes(content, "big")
    text = ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return text


MORSE = ["-----", ".----", "..---", "...--", "....-", ".....", "-....", "--...", "---..",
         "----."]
BRAILLE = "\u281a\u2801\u2803\u2809\u2819\u2811\u280b\u281b\u2813\u280a"


def octal_dump(b):
    """As od writes it: words of two bytes, the lower one first."""
    b += b"\n" * (2 - len(b) % 2)
    return "\n" + "\n".join(
        f"{i:07o} " + " ".join(f"{b[j] + 256 * b[j + 1]:06o}"
                              for j in range(i, min(i + 16, len(b)), 2))
        for i in range(0, len(b), 16)) + f"\n{len(b):07o}\n"


def binary_dump(b):
    """As xxd -b writes it."""
    return "\n" + "\n".join(
        f"{i:08x}: " + " ".join(f"{c:08b}" for c in b[i:i + 6]).ljust(55)
        + "".join(chr(c) if 32 <= c < 127 else "." for c in b[i:i + 6])
        for i in range(0, len(b), 6)) + "\n"


ENCODERS = {
    "base64": lambda b: base64.b64encode(b).decode(),
    "base64 in lines": lambda b: "\n" + base64.encodebytes(b * 4).decode(),
    "base64 in short lines": lambda b: "\n" + "\n".join(
        base64.b64encode(b).decode()[i:i + 16] for i in range(0, 60, 16)) + "\n",
    "base64 in quoted lines": lambda b: "\n> " + base64.encodebytes(b * 4).decode().strip()
                              .replace("\n", "\n> ") + "\n",
    "base64 for links": lambda b: base64.urlsafe_b64encode(b"???>>>" + b).decode(),
    "base64 twice": lambda b: base64.b64encode(base64.b64encode(b)).decode(),
    "base64 three times": lambda b: base64.b64encode(
        base64.b64encode(base64.b64encode(b))).decode(),
    "base64 of UTF-16": lambda b: base64.b64encode(b.decode().encode("utf-16-le")).decode(),
    "base64 of gzip": lambda b: base64.b64encode(gzip.compress(b)).decode(),
    "base64 behind a label": lambda b: "data=" + base64.b64encode(b).decode() + ";",
    "base32": lambda b: base64.b32encode(b).decode(),
    "base32 in lower case": lambda b: base64.b32encode(b).decode().lower(),
    "base64 in groups": lambda b: in_groups(base64.b64encode(b).decode(), 4, " "),
    "base64 in groups with hyphens": lambda b: in_groups(base64.b64encode(b).decode(), 8, "-"),
    "base64 sign by sign": lambda b: in_groups(base64.b64encode(b).decode(), 1, " "),
    "base32 in groups": lambda b: in_groups(base64.b32encode(b).decode(), 8, " "),
    "base32 of the other alphabet": lambda b: base64.b32hexencode(b).decode(),
    "hexadecimal in words": lambda b: in_groups(b.hex(), 4, " "),
    "hexadecimal behind 0x": lambda b: "0x" + b.hex(),
    "base58": base58,
    "base85": lambda b: "<~" + base64.a85encode(b).decode() + "~>",
    "base85 without marks": lambda b: base64.a85encode(b).decode(),
    "base85 of RFC 1924": lambda b: base64.b85encode(b).decode(),
    "hexadecimal": lambda b: b.hex(),
    "hexadecimal, capitals": lambda b: b.hex().upper(),
    "hexadecimal in pairs": lambda b: b.hex(" "),
    "hexadecimal with colons": lambda b: b.hex(":"),
    "hexadecimal with hyphens": lambda b: b.hex("-"),
    "hexadecimal with 0x": lambda b: ", ".join(f"0x{c:02x}" for c in b),
    "hexadecimal as \\x": lambda b: "".join(f"\\x{c:02x}" for c in b),
    "hexadecimal in lines": lambda b: "\n" + "\n".join(
        b.hex()[i:i + 32] for i in range(0, 2 * len(b), 32)) + "\n",
    "hex dump": hex_dump,
    "octal dump": octal_dump,
    "binary dump": binary_dump,
    "base64 in a path": lambda b: "https://example.org/p/" + base64.urlsafe_b64encode(b)
                        .decode().rstrip("=") + "/view",
    "hexadecimal of base64": lambda b: base64.b64encode(b).hex(),
    "base64 of hexadecimal": lambda b: base64.b64encode(b.hex().encode()).decode(),
    "escapes as \\u": lambda b: "".join(f"\\u{c:04x}" for c in b),
    "escapes as \\u{}": lambda b: "".join(f"\\u{{{c:x}}}" for c in b),
    "octal escapes": lambda b: "".join(f"\\{c:03o}" for c in b),
    "U+ notation": lambda b: " ".join(f"U+{c:04X}" for c in b),
    "percent": lambda b: "".join(f"%{c:02X}" for c in b),
    "percent twice": lambda b: "".join(f"%25{c:02X}" for c in b),
    "percent in a link": lambda b: "https://example.org/?q=" + "".join(f"%{c:02x}" for c in b),
    "percent as %u": lambda b: "".join(f"%u{c:04X}" for c in b),
    "entities": lambda b: "".join(f"&#{c};" for c in b),
    "entities, hexadecimal": lambda b: "".join(f"&#x{c:x};" for c in b),
    "quoted-printable": lambda b: "".join(f"={c:02X}" for c in b),
    "codes in decimal": lambda b: " ".join(str(c) for c in b),
    "codes in decimal with commas": lambda b: ",".join(str(c) for c in b),
    "codes in octal": lambda b: " ".join(f"{c:03o}" for c in b),
    "codes in binary": lambda b: " ".join(f"{c:08b}" for c in b),
    "codes in binary, no spaces": lambda b: "".join(f"{c:08b}" for c in b),
    "encoded word": lambda b: "=?utf-8?B?" + base64.b64encode(b).decode() + "?=",
    "uuencoded": lambda b: "\nbegin 644 note.txt\n" + "".join(
        binascii.b2a_uu(b[i:i + 45]).decode() for i in range(0, len(b), 45)) + "`\nend\n",
    "UTF-7": lambda b: "+" + base64.b64encode(b.decode().encode("utf-16-be")).decode()
             .rstrip("=") + "-",
    "data URI": lambda b: "data:text/plain;base64," + base64.b64encode(b).decode(),
    "data URI, percent": lambda b: "data:text/plain," + "".join(f"%{c:02X}" for c in b),
    "rot47": lambda b: "rot47: " + "".join(
        chr(33 + (c - 33 + 47) % 94) if 33 <= c < 127 else chr(c) for c in b),
    "reversed": lambda b: b.decode()[::-1],
    "punched JSON": lambda b: '{"note":"' + "".join(f"\\u{c:04x}" for c in b) + '"}',
}

# Tricks for any value, with letters in it or not.
TEXTS = {name: joined(s) for name, s in SEPARATORS.items()}
TEXTS |= {name: single(s) for name, s in SINGLES.items()}
TEXTS |= {name: encoded(e) for name, e in ENCODERS.items()}
TEXTS |= {name: digits_as(first) for name, first in ALPHABETS.items()}
TEXTS |= {name: digits_from(a) for name, a in LISTS.items()}
TEXTS |= {
    "unbroken": joined(""),
    "mixed separators": lambda g: "".join(p + "._|/-"[i % 5] for i, p in enumerate(g))[:-1],
    "mixed blanks": lambda g: "".join(
        p + ["\u2003", "\u00a0", "  ", "\t"][i % 4] for i, p in enumerate(g))[:-1],
    "wrapped in the middle": lambda g: " ".join(g[:2]) + "\n" + " ".join(g[2:]),
    "wrapped unbroken": lambda g: "".join(g)[:7] + "\n" + "".join(g)[7:],
    "wrapped in a quotation": lambda g: "\n> " + " ".join(g[:2]) + "\n> " + " ".join(g[2:]),
    "wrapped with CRLF": lambda g: " ".join(g[:2]) + "\r\n" + " ".join(g[2:]),
    "wrapped with bare CR": lambda g: " ".join(g[:2]) + "\r" + " ".join(g[2:]),
    "wrapped at a line separator": lambda g: " ".join(g[:2]) + "\u2028" + " ".join(g[2:]),
    "wrapped at a next line": lambda g: " ".join(g[:2]) + "\u0085" + " ".join(g[2:]),
    "wrapped at a form feed": lambda g: " ".join(g[:2]) + "\f" + " ".join(g[2:]),
    "wrapped with a hyphen": lambda g: " ".join(g[:2]) + " -\n" + " ".join(g[2:]),
    "wrapped with a backslash": lambda g: " ".join(g[:2]) + " \\\n" + " ".join(g[2:]),
    "labelled groups": labelled,
    "numbered groups": lambda g: "\n" + "\n".join(f"{i}. {p}" for i, p in enumerate(g, 1)),
    "override": lambda g: "\u202e" + " ".join(g)[::-1] + "\u202c",
    "override by group": lambda g: " ".join("\u202e" + p[::-1] + "\u202c" for p in g),
    "override without end": lambda g: "\u202e" + " ".join(g)[::-1] + "\n",
    "isolated override": lambda g: "\u2066\u202e" + " ".join(g)[::-1] + "\u202c\u2069",
    "bracketed groups": lambda g: "".join(f"[{p}]" for p in g),
    "groups in quotes": lambda g: " ".join(f'"{p}"' for p in g),
    "groups in stars": lambda g: " ".join(f"*{p}*" for p in g),
    "groups in a JSON list": lambda g: '["' + '", "'.join(g) + '"]',
    "groups in table rows": lambda g: "\n| part | value |\n" + "\n".join(
        f"| {i} | {p} |" for i, p in enumerate(g, 1)) + "\n",
    "groups with keys": lambda g: " ".join(f"p{i}={p}" for i, p in enumerate(g, 1)),
    "groups in tags": lambda g: "".join(f"<b>{p}</b>" for p in g),
    "signs in tags": lambda g: "".join(f"[b]{c}[/b]" for c in "".join(g)),
    "coloured on a terminal": lambda g: "".join(f"\x1b[1m{p}\x1b[0m" for p in g),
    "calls of CHAR": lambda g: "&".join(f"CHAR({ord(c)})" for c in "".join(g)),
    "escapes of RTF": lambda g: "".join(f"\\'{ord(c):02x}" for c in " ".join(g)),
    "escapes of CSS": lambda g: "".join(f"\\{ord(c):06x}" for c in " ".join(g)),
    "groups in a program": lambda g: '"' + '" + "'.join(g) + '"',
    "markdown table": lambda g: "\n| a | b |\n|---|---|\n| " + " | ".join(g) + " |\n",
    "ASCII table": lambda g: "\n+----+\n| " + " | ".join(g) + " |\n+----+\n",
    "markdown bold": lambda g: " ".join(f"**{p}**" for p in g),
    "NULs": single("\0"),
}

# Tricks for digits alone.
DIGITS = {name: words_of(words) for name, words in WORDS.items()}
DIGITS |= {
    "parted by a letter": joined("x"),
    "a letter behind each digit": lambda g: "".join(
        c + chr(ord("a") + i % 20) for i, c in enumerate("".join(g))),
    "words with hyphens": words_of(WORDS["english words"], "-"),
    "words with commas": words_of(WORDS["english words"], ", "),
    "words in capitals": words_of(WORDS["english words"].upper()),
    "words in lines": words_of(WORDS["english words"], "\n"),
    "words run together": words_of(WORDS["english words"], ""),
    "words, camel case": words_of(WORDS["english words"].title(), ""),
    "words and digits": lambda g: " ".join(
        WORDS["english words"].split()[int(c)] if i % 2 else c
        for i, c in enumerate("".join(g))),
    "words for one group": lambda g: " ".join(
        [" ".join(WORDS["english words"].split()[int(c)] for c in g[0])] + list(g[1:])),
    "doubles and triples": repeated_words,
    "look-alikes l": look_alikes({"1": "l", "0": "O"}),
    "look-alikes I": look_alikes({"1": "I", "0": "o"}),
    "look-alikes |": look_alikes({"1": "|"}),
    "look-alikes, several": look_alikes({"1": "l", "0": "O", "5": "S", "8": "B", "2": "Z"}),
    "look-alikes, cyrillic": look_alikes({"1": "\u0406", "0": "\u041e", "3": "\u0417"}),
    "look-alikes, unbroken": lambda g: look_alikes({"1": "l", "0": "O"})(
        ["".join(g)]).replace(" ", ""),
    "wide spaces and hyphens": lambda g: " \u2013 ".join(
        "".join(chr(0xFF10 + int(c)) for c in p) for p in g),
    "alphabets by turns": lambda g: " ".join(
        "".join(chr([0x30, 0xFF10, 0x660, 0x1D7CE][i % 4] + int(c)) for i, c in enumerate(p))
        for p in g),
    "backwards, said so": lambda g: "(read it backwards) " + " ".join(g)[::-1],
    "reverse the digits": lambda g: "".join(g)[::-1] + " (digits reversed)",
    "pairs": lambda g: " ".join("".join(g)[i:i + 2] for i in range(0, len("".join(g)), 2)),
    "threes": lambda g: " ".join("".join(g)[i:i + 3] for i in range(0, len("".join(g)), 3)),
    "fives": lambda g: " ".join("".join(g)[i:i + 5] for i in range(0, len("".join(g)), 5)),
    "eights": lambda g: " ".join("".join(g)[i:i + 8] for i in range(0, len("".join(g)), 8)),
    "threes with dots": lambda g: ".".join(
        "".join(g)[i:i + 3] for i in range(0, len("".join(g)), 3)),
    "thousands": lambda g: f"{int(''.join(g)):,}",
    "thousands with quotes": lambda g: f"{int(''.join(g)):,}".replace(",", "'"),
    "decimals": lambda g: "".join(g) + ".00",
    "Morse code": lambda g: " / ".join(" ".join(MORSE[int(c)] for c in p) for p in g),
    "Braille": lambda g: " ".join("\u283c" + "".join(BRAILLE[int(c)] for c in p) for p in g),
    "scientific": lambda g: f"{int(''.join(g)) / 10 ** (len(''.join(g)) - 1):.15f}E+"
                            f"{len(''.join(g)) - 1}",
    "phrase between": lambda g: " ".join(g[:2]) + " and then " + " ".join(g[2:]),
}
