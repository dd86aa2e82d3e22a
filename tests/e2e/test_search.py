"""Searches that look at more incidents than one question does: the page goes on by itself."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing

import pytest

from harness.browser import CHROMIUM
from harness.registers import fill_sqlite
from harness.review import PASSWORD, Review

LOOKED_AT = 20_000     # by one question: milter/review/answers.cc
INCIDENTS = 8 * LOOKED_AT + 4_000   # a fourth of them is of the rule: three questions
# Each is frequent, and no incident of the made register has both.
RULE, ENTITY = "contact-list", "person_name"
OLD = "NS-00000003"    # of this rule


@pytest.fixture
def server_kind():
    return "postfix"


def test_a_page_goes_on_until_something_is_found(make_stack, root, browser_scripts):
    register = root / "register.db"
    stack = make_stack({"store": {"sqlite": str(register)}})
    review = Review(stack, root / "review")
    review.account("anna", "auditor")
    fill_sqlite(register, INCIDENTS)
    with closing(sqlite3.connect(register)) as database:
        database.execute("INSERT INTO incident_keys (kind, key, time_us, incident) SELECT 6, ?, "
                         "time_us, id FROM incidents WHERE case_number = ?", (ENTITY, OLD))
        database.commit()
    review.start()
    try:
        status, answer = review.session("anna").get(
            f"/api/incidents?rule={RULE}&entity={ENTITY}")
        assert status == 200
        assert answer["incidents"] == []
        assert answer["next"]
        search = {"url": review.url, "browser": CHROMIUM, "name": "anna", "password": PASSWORD,
                  "rule": RULE, "entity": ENTITY, "found": OLD}
        done = subprocess.run(["node", "search.mjs"], cwd=browser_scripts, capture_output=True,
                              env=os.environ | {"SEARCH": json.dumps(search)}, text=True,
                              timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        review.stop()
