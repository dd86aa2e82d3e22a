"""Makes `harness` importable in all Python tests, and gives each its own folder."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session")
def session_root():
    """A short path (unix sockets allow 107 octets) that mail servers' users may enter."""
    root = Path(tempfile.mkdtemp(prefix="noshare-", dir="/tmp"))
    root.chmod(0o755)
    yield root
    if not os.environ.get("NOSHARE_KEEP_RUNS"):
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def root(session_root):
    """A fresh folder for one test."""
    folder = Path(tempfile.mkdtemp(dir=session_root))
    folder.chmod(0o755)
    return folder
