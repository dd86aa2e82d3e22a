"""Where things are: the source tree, the built programs, unpacked packages.

NOSHARE_BIN  folder of the built programs; default: the newest build/*/bin that has them
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .process import HarnessError

SOURCE = Path(__file__).resolve().parents[2]


def bin_dir() -> Path:
    chosen = os.environ.get("NOSHARE_BIN")
    if chosen:
        return Path(chosen).resolve()
    built = [path.parent for path in SOURCE.glob("build/*/bin/noshare-milter")]
    if not built:
        raise HarnessError("noshare-milter is not built: cmake --workflow --preset dev, "
                           "or set NOSHARE_BIN")
    return max(built, key=lambda folder: (folder / "noshare-milter").stat().st_mtime)


def program(name: str) -> Path:
    """A program of the build: in bin/, or in tests/ beside it."""
    folder = bin_dir()
    for path in (folder / name, folder.parent / "tests" / name):
        if path.exists():
            return path
    raise HarnessError(f"{name} is not built in {folder}")


def unpacked_sendmail() -> Path:
    """The folder with Debian's sendmail packages unpacked, fetched when first asked for."""
    folder = Path(os.environ.get("NOSHARE_SENDMAIL", SOURCE / "build" / "sendmail"))
    if not (folder / ".unpacked").exists():
        subprocess.run([SOURCE / "deploy" / "install-packages", "--unpack", "sendmail", folder],
                       check=True, capture_output=True)
    return folder
