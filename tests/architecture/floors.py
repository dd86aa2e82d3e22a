"""The rooms of noshare, their floors, and the outside libraries that each alone may include.

In:  nothing     Out: tables for check_floors.py; docs/architecture.md tells the same to people
"""

GROUND = ["base", "model", "config"]

# A room may include itself and the rooms named here, and no other. `daemon` has neither scan
# nor extract nor detect: it parses no message.
MAY_INCLUDE = {
    "base": [],
    "model": ["base"],
    "config": ["model", "base"],
    "extract": GROUND,
    "detect": GROUND,
    "policy": GROUND,
    "store": GROUND,
    "customers": GROUND,
    "forms": GROUND,
    "outbox": ["store", *GROUND],
    "report": ["store", *GROUND],
    "scan": ["extract", "detect", "customers", "forms", *GROUND],
    "pool": GROUND,
    "sandbox": ["base"],
    "convert": ["extract", "pool", "sandbox", *GROUND],
    "daemon": ["pool", "policy", "store", "outbox", *GROUND],
    "review": ["pool", "policy", "store", "report", "outbox", *GROUND],
    "worker": ["pool", "sandbox", "convert", "scan", "extract", "detect", "customers", "forms",
               *GROUND],
    "cli": ["convert", "scan", "extract", "detect", "customers", "forms", "policy", "store", "report", "outbox",
            "pool", *GROUND],
}

# Rooms that are programs: nothing may include them, so they have no public headers.
PROGRAMS = ["daemon", "worker", "review", "cli"]

# Beginning of an outside header's name, and the only rooms that may include it.
OUTSIDE = {
    "tl/": ["base"],
    "nlohmann/": ["base"],
    "sodium": ["base", "store"],
    "systemd/sd-journal.h": ["base"],
    "systemd/sd-daemon.h": ["daemon"],
    "syslog.h": ["base"],
    "fmt/": list(MAY_INCLUDE),       # text formatting belongs to everyone
    "yaml-cpp/": ["config"],
    "gmime/": ["extract"],
    "glib": ["extract", "convert"],
    "unicode/": ["extract"],
    "zlib.h": ["extract", "convert"],
    "archive": ["extract"],
    "expat": ["extract"],
    "hs/": ["detect"],
    "hs.h": ["detect"],
    "sqlite3": ["store"],
    "libpq-fe.h": ["store"],
    "hiredis/": ["store"],
    "curl/": ["outbox"],
    "openssl/": ["store"],
    "boost/": ["review"],
    "libmilter/": ["daemon"],
    "prometheus/": ["daemon"],
    "seccomp": ["sandbox"],
    "linux/landlock.h": ["sandbox"],
    "poppler": ["convert"],
    "zbar": ["convert"],
    "tesseract/": ["convert"],
    "leptonica/": ["convert"],
    "CLI/": ["cli", "review"],
}

# Headers of the C library and the kernel: every room may include them.
SYSTEM = ("sys/", "netinet/", "arpa/", "linux/", "bits/")
SYSTEM_FILES = {
    "dlfcn.h", "dirent.h", "errno.h", "fcntl.h", "getopt.h", "grp.h", "locale.h", "immintrin.h",
    "emmintrin.h", "smmintrin.h", "tmmintrin.h", "avx2intrin.h", "x86intrin.h", "malloc.h",
    "netdb.h", "poll.h", "pthread.h", "pwd.h", "sched.h", "signal.h", "spawn.h", "stdlib.h",
    "strings.h", "sysexits.h", "termios.h", "time.h", "unistd.h", "fnmatch.h", "glob.h",
}

# What noshare-milter must not be linked with: whatever reads mail.
NOT_IN_THE_DAEMON = ["gmime", "glib", "gobject", "icu", "libhs", "vectorscan", "archive", "expat",
                     "poppler", "phonenumber", "tesseract", "lept", "zbar", "seccomp"]
