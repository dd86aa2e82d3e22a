"""The scripts that drive a real browser (tests/browser) and what they run with.

In:  a folder     Out: the scripts in it, with what they need from npm by its lock file
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from .paths import SOURCE

CHROMIUM = "/usr/bin/chromium"   # Debian's


def install_scripts(folder: Path) -> Path:
    shutil.copytree(SOURCE / "tests" / "browser", folder,
                    ignore=shutil.ignore_patterns("node_modules"))
    subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True, timeout=300)
    return folder
