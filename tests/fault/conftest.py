"""Set-ups of the fault tests: noshare behind Postfix, with the worker that misbehaves on order.

A mail with the header `X-Fault: sleep=4 | crash | hang | oom | garbage` makes faulty_worker do
that; any other mail is scanned as always.
"""

import itertools

import pytest

from harness.paths import program
from harness.rules import REFUSE_CARDS
from harness.stack import Stack

UNREAD = {"id": "unread", "then": "hold", "hold": "mta",
          "when": {"unreadable": ["timed_out", "worker_died", "out_of_memory"]}}


@pytest.fixture(scope="session")
def cache(session_root):
    return session_root / "cache"


@pytest.fixture
def make_stack(root, cache):
    """make_stack(settings, faulty=True, ...): a running set-up that is stopped after the test."""
    stacks = []
    numbers = itertools.count()

    def make(settings=None, *, faulty=False, **options):
        settings = {"rules": [REFUSE_CARDS, UNREAD]} | (settings or {})
        if faulty:
            options["worker"] = program("faulty-worker")
        stack = Stack(root / str(next(numbers)), "postfix", settings, cache=cache, **options)
        stacks.append(stack)
        return stack.__enter__()

    yield make
    for stack in stacks:
        stack.stop()
