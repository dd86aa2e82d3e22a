"""Many mails at once, with the filter killed and reloaded meanwhile: each ends exactly once."""

import threading
import time

from harness import mail
from harness.load import Load
from harness.rules import CARD_REPLY, card_rule
from harness.stack import codes


def mixed_load(count, run):
    """Three clean mails to one with a card number, some to several recipients."""
    for number in range(count):
        make = mail.with_card if number % 4 == 3 else mail.clean
        recipients = [f"r{n}@else.test" for n in range(1 + number % 3)]
        yield make(f"{number}.{run}@test", recipients=recipients)


def test_500_mails_over_20_connections_all_end_exactly_once(stack):
    sent = stack.send(*mixed_load(500, "load"), connections=20, per_session=7)
    assert {one.code for one in sent if one.kind == "pii"} == {550}
    assert {one.code for one in sent if one.kind == "clean"} == {250}
    assert stack.violations() == []


def test_a_killed_filter_means_deferral_and_delivery_after_its_restart(make_stack):
    stack = make_stack(supervised=True)
    load = threading.Thread(
        target=lambda: stack.send(*mixed_load(150, "kill"), connections=6, per_session=5))
    load.start()
    for _ in range(3):
        time.sleep(0.4)
        stack.noshare.kill()
        stack.noshare.wait_serving()
    load.join()
    assert stack.noshare.starts > 1
    assert codes(stack.sender.records) <= {250, 550, 451, 421, None}
    retried = [one for one in stack.sender.records if one.code in (451, 421)]
    # What a real client does with a 4xx: the same mail again, here under a new id.
    again = stack.send(*(mail.clean(f"again.{one.id}") for one in retried))
    assert codes(again) <= {250}
    assert stack.violations() == []


def test_local_mail_waits_while_the_filter_is_down(make_stack):
    stack = make_stack()
    stack.noshare.stop()
    stack.submit(*(mail.clean(f"{number}.down@test") for number in range(5)))
    time.sleep(1.5)
    assert stack.sink.received() == []
    stack.noshare.start()
    assert stack.violations(seconds=120) == []
    assert len(stack.sink.received()) == 5


def test_reload_under_load_loses_nothing_and_mixes_no_configurations(make_stack):
    """Under A only the card counts, under B only the IBAN; every mail holds both.

    A scan by A judged by B's rules finds nothing to refuse, and the mail would be delivered.
    """
    a = {"disabled_entities": ["iban"], "rules": [card_rule("reject", id="card-a", reply=CARD_REPLY)]}
    b = {"disabled_entities": ["payment_card_number"],
         "rules": [{"id": "iban-b", "when": {"entity": "iban", "confidence": "high"},
                    "then": "reject", "reply": "an account number; case {case}"}]}
    stack = make_stack(a)
    both = "Card 4111 1111 1111 1111, bank account IBAN GB29 NWBK 6016 1331 9268 19.\r\n"
    versions = {}

    def one_clean_in_seven(number, message_id):
        if number % 7 == 6:
            return mail.clean(message_id)
        return mail.Mail(message_id, "pii", mail.compose(message_id, both))

    with Load(stack, "reload", per_session=9, make=one_clean_in_seven):
        for config, rule in [(b, "iban-b"), (a, "card-a")] * 4:
            stack.noshare.write_config(**config)
            answer = stack.noshare.reload()
            assert answer["ok"], answer
            versions[answer["config"]] = rule
            time.sleep(0.2)
    assert {one.code for one in stack.sender.records if one.kind == "pii"} == {550}
    judged = [one for one in stack.noshare.verdicts() if one.action == "reject"]
    first = stack.noshare.events("started")[0].get("config")
    versions.setdefault(first, "card-a")
    assert {one.rule for one in judged} == {"card-a", "iban-b"}
    assert all(versions[one.config] == one.rule for one in judged)
    assert stack.violations() == []
