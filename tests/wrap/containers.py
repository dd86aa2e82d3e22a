"""Archives that real programs make around a file, and a few that none makes any more.

In:  a file's bytes     Out: the archive's; CONTAINERS, by name
"""

import binascii
import pathlib
import struct
import subprocess
import tempfile

SHELL = ["sh", "-c"]
KEYS = ("openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -subj /CN=a && ")
GPG = "mkdir -m 700 home && GNUPGHOME=$PWD/home gpg --batch --quiet --no-autostart "

# The name of the archive, and the command that makes it of "card.txt".
COMMANDS = {
    "a.zip": ["zip", "-q", "a.zip", "card.txt"],
    "stored.zip": ["zip", "-q", "-0", "stored.zip", "card.txt"],
    "stream.zip": SHELL + ["cat card.txt | zip -q stream.zip -"],
    "lzma.zip": ["7z", "a", "-tzip", "-mm=LZMA", "lzma.zip", "card.txt"],
    "bzip2.zip": ["7z", "a", "-tzip", "-mm=BZip2", "bzip2.zip", "card.txt"],
    "a.7z": ["7z", "a", "a.7z", "card.txt"],
    "ppmd.7z": ["7z", "a", "-m0=PPMd", "ppmd.7z", "card.txt"],
    "bzip2.7z": ["7z", "a", "-m0=BZip2", "bzip2.7z", "card.txt"],
    "copy.7z": ["7z", "a", "-m0=Copy", "copy.7z", "card.txt"],
    "a.tar": ["tar", "cf", "a.tar", "card.txt"],
    "v7.tar": ["tar", "--format=v7", "-cf", "v7.tar", "card.txt"],
    "pax.tar": ["tar", "--format=pax", "-cf", "pax.tar", "card.txt"],
    "a.tar.gz": ["tar", "czf", "a.tar.gz", "card.txt"],
    "a.tar.xz": ["tar", "cJf", "a.tar.xz", "card.txt"],
    "a.tar.bz2": ["tar", "cjf", "a.tar.bz2", "card.txt"],
    "card.txt.gz": ["gzip", "-k", "card.txt"],
    "two.gz": SHELL + ["echo hi | gzip > two.gz; gzip -c card.txt >> two.gz"],
    "card.txt.bz2": ["bzip2", "-k", "card.txt"],
    "card.txt.xz": ["xz", "-k", "card.txt"],
    "card.txt.lzma": ["xz", "-k", "--format=lzma", "card.txt"],
    "card.txt.zst": ["zstd", "-q", "card.txt"],
    "a.cab": ["gcab", "-c", "a.cab", "card.txt"],
    "a.iso": ["genisoimage", "-quiet", "-J", "-o", "a.iso", "card.txt"],
    "plain.iso": ["genisoimage", "-quiet", "-o", "plain.iso", "card.txt"],
    "a.cpio": SHELL + ["echo card.txt | cpio -o -H newc > a.cpio"],
    "odc.cpio": SHELL + ["echo card.txt | cpio -o -H odc > odc.cpio"],
    "a.ar": ["ar", "q", "a.ar", "card.txt"],
    "zip.zip": SHELL + ["zip -q a.zip card.txt && zip -q zip.zip a.zip"],
    "five.zip": SHELL + ["zip -q 1.zip card.txt; for i in 1 2 3 4; do "
                         "zip -q $((i+1)).zip $i.zip; done; mv 5.zip five.zip"],
    "tar.7z": SHELL + ["tar cf a.tar card.txt && 7z a tar.7z a.tar"],
    "gz.gz.gz": SHELL + ["gzip -c card.txt | gzip | gzip > gz.gz.gz"],
    "self.exe": SHELL + ["zip -q a.zip card.txt && cat /bin/true a.zip > self.exe"],
    "wrong.jpg": SHELL + ["zip -q a.zip card.txt && mv a.zip wrong.jpg"],
    "behind.zip": SHELL + ["echo hi > b && zip -q behind.zip b && cat card.txt >> behind.zip"],
    "before.zip": SHELL + ["echo hi > b && zip -q b.zip b && cat card.txt b.zip > before.zip"],
    "comment.zip": SHELL + ["echo hi > b && zip -q comment.zip b && zip -q -z comment.zip < card.txt"],
    "two.zip": SHELL + ["echo hi > b && zip -q b.zip b && zip -q c.zip card.txt && "
                        "cat c.zip b.zip > two.zip"],
    "locked.zip": ["zip", "-q", "-P", "Rubin.7", "locked.zip", "card.txt"],
    "aes.zip": ["7z", "a", "-tzip", "-mem=AES256", "-pRubin.7", "aes.zip", "card.txt"],
    "signed.p7m": SHELL + [KEYS + "openssl cms -sign -nodetach -binary -in card.txt -signer c "
                           "-inkey k -outform DER -out signed.p7m"],
    "signed.pem": SHELL + [KEYS + "openssl cms -sign -nodetach -binary -in card.txt -signer c "
                           "-inkey k -outform PEM -out signed.pem"],
    "packed.gpg": SHELL + [GPG + "--store -o packed.gpg card.txt"],
    "packed.asc": SHELL + [GPG + "--armor --store -o packed.asc card.txt"],
}

# What cannot be read must be said.
UNREADABLE = {
    "secret.7z": ["7z", "a", "-pSmaragd9", "secret.7z", "card.txt"],
    "hidden.7z": ["7z", "a", "-pSmaragd9", "-mhe=on", "hidden.7z", "card.txt"],
    "secret.zip": ["zip", "-q", "-P", "Smaragd9", "secret.zip", "card.txt"],
    "ppmd.zip": ["7z", "a", "-tzip", "-mm=PPMd", "ppmd.zip", "card.txt"],
    "a.wim": ["7z", "a", "-twim", "a.wim", "card.txt"],
    "secret.p7m": SHELL + [KEYS + "openssl cms -encrypt -binary -in card.txt -outform DER "
                           "-out secret.p7m c"],
    "secret.bin": ["openssl", "enc", "-aes-256-cbc", "-pbkdf2", "-k", "Smaragd9", "-in", "card.txt",
                   "-out", "secret.bin"],
}


def arj(content):
    def header(kind, name, size):
        first = struct.pack("<BBBBBBBBIIIIHHH", 30, 11, 1, 0, 0, 0, kind, 0, 0, size, size,
                            binascii.crc32(content), 0, 0x20, 0)
        basic = first + name + b"\0\0"
        return (b"\x60\xea" + struct.pack("<H", len(basic)) + basic
                + struct.pack("<IH", binascii.crc32(basic), 0))
    return (header(2, b"a.arj", 0) + header(0, b"card.txt", len(content)) + content
            + b"\x60\xea\0\0")


def rar(content):
    def block(kind, flags, body, data=b""):
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", binascii.crc32(head) & 0xFFFF) + head + data
    file = struct.pack("<IIBIIBBHI", len(content), len(content), 3, binascii.crc32(content),
                       0x5A000000, 20, 0x30, 8, 0x20) + b"card.txt"
    return (b"Rar!\x1a\x07\0" + block(0x73, 0, b"\0" * 6) + block(0x74, 0x8000, file, content)
            + block(0x7B, 0x4000, b""))


def binhex(content):
    alphabet = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
    raw = (b"\x08card.txt\0TEXTttxt\0\0" + struct.pack(">II", len(content), 0) + b"\0\0" + content
           + b"\0\0\0\0").replace(b"\x90", b"\x90\0")
    bits = "".join(f"{byte:08b}" for byte in raw)
    bits += "0" * (-len(bits) % 6)
    text = ":" + "".join(alphabet[int(bits[i:i + 6], 2)] for i in range(0, len(bits), 6)) + ":"
    return ("(This file must be converted with BinHex 4.0)\n\n"
            + "\n".join(text[i:i + 64] for i in range(0, len(text), 64)) + "\n").encode()


BY_HAND = {"a.arj": arj, "a.rar": rar, "a.hqx": binhex}


def contained(name, content):
    """The bytes of the archive that holds `content`."""
    if name in BY_HAND:
        return BY_HAND[name](content)
    command = COMMANDS.get(name) or UNREADABLE[name]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "card.txt").write_bytes(content)
        subprocess.run(command, cwd=path, check=True, capture_output=True)
        return (path / name).read_bytes()
