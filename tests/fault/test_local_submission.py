"""Fault 23: the filter is down while programs submit mail by the sendmail command."""

import time
from concurrent.futures import ThreadPoolExecutor

from harness import mail
from harness.rules import card_rule


def test_mail_submitted_while_the_filter_is_down_arrives_once_with_one_incident(make_stack):
    stack = make_stack({"rules": [card_rule("tag")]})
    stack.noshare.stop()
    marked = [mail.with_card(f"{number}.down@test") for number in range(1000)]
    for one in marked:
        one.kind = "any"    # the rule only tags
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(stack.submit, [*marked, mail.clean("clean@test")]))
    time.sleep(2)           # pickup tries again and again, under new queue ids
    assert stack.sink.received() == []
    assert stack.server.maildrop() > 0
    stack.noshare.start()
    assert stack.violations(seconds=300) == []
    assert len(stack.sink.received()) == 1001
    incidents = stack.noshare.incidents()
    assert len(incidents) == 1000
