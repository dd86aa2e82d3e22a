"""Set-ups of the end-to-end tests: noshare behind a real Postfix and a real Sendmail."""

import itertools

import pytest

from harness.browser import install_scripts
from harness.rules import REFUSE_CARDS
from harness.stack import Stack


@pytest.fixture(scope="session")
def cache(session_root):
    """Compiled patterns, shared by all set-ups of a run."""
    return session_root / "cache"


@pytest.fixture(scope="session")
def browser_scripts(session_root):
    """A folder with the scripts that drive a browser."""
    return install_scripts(session_root / "browser")


@pytest.fixture(params=["postfix", "sendmail"])
def server_kind(request):
    return request.param


@pytest.fixture
def make_stack(root, server_kind, cache):
    """make_stack(rules=[...], ...): a running set-up that is stopped after the test."""
    stacks = []
    numbers = itertools.count()

    def make(settings=None, *, rules=(REFUSE_CARDS,), **options):
        settings = {"rules": list(rules)} | (settings or {})
        stack = Stack(root / str(next(numbers)), server_kind, settings, cache=cache, **options)
        stacks.append(stack)
        return stack.__enter__()

    yield make
    for stack in stacks:
        stack.stop()


@pytest.fixture
def stack(make_stack):
    return make_stack()
