"""What counts as sharing, end to end: own customers, permission, what the recipient has sent,
what the law asks for, and senders who overrule a refusal. The mail server makes no difference
here, so it is Postfix; it tells the filter of a client outside by XCLIENT."""

import itertools
import json
import re
import subprocess
import time

import pytest

from harness.mail import Mail, compose, with_card
from harness.paths import program
from harness.process import wait_until
from harness.redis import Redis
from harness.rules import card_rule
from harness.smtp import SmtpSession

SSN = "536-22-8726"  # made up: the example of the pack
PERSON = "Ada Quill <ada@customer.test>, born 3 April 1980"
THIRD_PARTY = "bob@else.test"

RULES = [
    {"id": "customers", "when": {"entity": "customer_record", "confidence": "high"},
     "then": "hold"},
    {"id": "ids", "when": {"entity": "us_ssn", "confidence": "high"}, "then": "reject",
     "override": True},
]


@pytest.fixture
def server_kind():
    return "postfix"


class Office:
    """A running set-up and the commands of those who work with it."""

    def __init__(self, make_stack, root):
        self.root = root
        both_ways = {"smtpd_authorized_xclient_hosts": "127.0.0.0/8",
                     "relay_domains": "example.com",
                     "smtpd_recipient_restrictions":
                         "permit_mynetworks, reject_unauth_destination"}
        self.stack = make_stack(
            {"received": {"keep_days": 30},
             "authorities": [{"domain": "police.test", "name": "State Police"}]},
            rules=RULES, server_options={"settings": both_ways})
        self.count = 0

    def run(self, *arguments):
        done = subprocess.run(
            [program("noshare"), *map(str, arguments), "--config", self.stack.noshare.config],
            capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def index(self):
        """The filter is told of the index by its configuration, and reloaded by the command."""
        table = self.root / "customers.csv"
        table.write_text("customer_no,e-mail,first_name,last_name,birth_date\n"
                         "C-100042,ada@customer.test,Ada,Quill,1980-04-03\n"
                         "C-100043,bo@customer.test,Bo,Thistle,1975-12-24\n")
        self.stack.noshare.write_config(
            customers={"index": str(self.root / "customers.index"), "key": "customer_no"})
        return self.run("customers", "index", table)

    def send(self, body, *, to=THIRD_PARTY, subject="what you asked for"):
        """Sends a mail out; returns the answer to it and the filter's verdict."""
        self.count += 1
        name = f"sharing-{self.count}@test"
        mail = Mail(name, "any", compose(name, body + "\r\n", to=to, subject=subject),
                    recipients=[to])
        sent, = self.stack.send(mail)
        return sent, self.stack.noshare.verdicts()[-1]

    def receive(self, body, *, sender):
        """A mail from a client outside."""
        raw = compose("inbound@else.test", body + "\r\n", sender=sender, to="alice@example.com")
        with SmtpSession(self.stack.server.port) as session:
            session.ehlo()
            assert session.command("XCLIENT ADDR=198.51.100.7 NAME=mx.else.test").ok
            session.ehlo()
            assert session.mail(sender).ok and session.rcpt("alice@example.com").ok
            assert session.data(raw).ok


@pytest.fixture
def office(make_stack, root):
    return Office(make_stack, root)


def test_a_customers_record_is_held_unless_its_owner_permits(office):
    assert "taken it up" in office.index()
    _, held = office.send(PERSON)
    assert (held.carried_out, held.rule) == ("hold", "customers")

    permission = office.run("permission", "grant", "--subject", "customer=C-100042",
                            "--to", "else.test", "--purpose", "delivery")
    assert re.fullmatch(r"PM-\w{8}", permission)
    sent, verdict = office.send(PERSON)
    assert (sent.code, verdict.carried_out) == (250, "deliver")
    _, other = office.send("Bo Thistle <bo@customer.test>, born 1975-12-24")
    assert other.carried_out == "hold"
    _, elsewhere = office.send(PERSON, to="carl@third.test")
    assert elsewhere.carried_out == "hold"

    office.run("permission", "revoke", permission)
    _, again = office.send(PERSON)
    assert (again.carried_out, again.rule) == ("hold", "customers")
    office.stack.settle()
    assert [mail.id for mail in office.stack.sink.received()] == ["sharing-2@test"]


def test_an_opt_out_wins_over_a_permission(office):
    office.index()
    subject = ("--subject", "customer=C-100042")
    office.run("permission", "grant", *subject)
    assert office.send(PERSON)[1].carried_out == "deliver"
    office.run("permission", "grant", "--never", *subject)
    assert office.send(PERSON)[1].carried_out == "hold"


def test_the_index_and_the_register_hold_no_value(office):
    office.index()
    office.run("permission", "grant", "--subject", "ada@customer.test", "--to", "else.test")
    office.send(PERSON)
    for file in [*office.root.rglob("customers.index*"), *office.root.rglob("noshare.db*")]:
        content = file.read_bytes().lower()
        for value in (b"ada@customer", b"quill", b"c-100042", b"1980-04-03"):
            assert value not in content, file


def test_what_a_recipient_has_sent_is_no_news_to_it(office):
    sent, _ = office.send(f"the SSN is {SSN}")
    assert sent.code == 550
    office.receive(f"my SSN is {SSN}", sender="carol@else.test")
    sent, verdict = office.send(f"the SSN is {SSN}")
    assert (sent.code, verdict.carried_out) == (250, "deliver")
    sent, _ = office.send(f"the SSN is {SSN}", to="carl@third.test")
    assert sent.code == 550


def test_what_the_law_asks_for_goes_out_and_is_registered(office):
    asked = {"to": "clerk@police.test"}
    assert office.send(f"the SSN is {SSN}", **asked)[0].code == 550
    token = office.run("disclosure", "open", "--to", "police.test", "--case", "12 B 345/26",
                       "--approver", "A. Counsel").splitlines()[0]
    sent, _ = office.send(f"the SSN is {SSN}", subject=f"your request {token}", **asked)
    assert sent.code == 250
    assert office.send(f"the SSN is {SSN}", subject=token)[0].code == 550  # to somebody else

    record, = map(json.loads,
                  office.run("disclosure", "list", "--format", "json").splitlines())
    assert record["authority"] == "State Police" and record["approver"] == "A. Counsel"
    assert (record["messages"], record["data_subjects"]) == ("1", "1")
    office.run("disclosure", "close", record["id"])
    assert office.send(f"the SSN is {SSN}", subject=token, **asked)[0].code == 550


def test_a_sender_overrules_a_refusal_once_with_a_reason(office):
    refused, _ = office.send(f"the SSN is {SSN}")
    assert refused.code == 550
    case, tag = re.search(r"case (NS-\w{8}); .* add (\[override NS-\w{8} REASON\])",
                          refused.reply).groups()
    assert case in tag
    subject = tag.replace("REASON", "it is my own")
    assert office.send(f"{SSN} and the SSN 212-65-4321", subject=subject)[0].code == 550
    assert office.send(f"the SSN is {SSN}", subject=tag.replace(" REASON", ""))[0].code == 550
    sent, _ = office.send(f"the SSN is {SSN}", subject=subject)
    assert sent.code == 250
    assert office.send(f"the SSN is {SSN}", subject=subject)[0].code == 550
    told = office.run("incident", "list", "--format", "json")
    overruled = [json.loads(line) for line in told.splitlines() if '"deliver"' in line]
    assert len(overruled) == 1
    assert "it is my own" in office.run("incident", "show", overruled[0]["case"])


def test_many_small_mails_count_as_one_large_one(office):
    slowly = {"id": "slowly", "when": {"entity": "email_address", "volume":
              {"subjects": ">= 4", "window": "1h"}}, "then": "hold"}
    office.stack.noshare.write_config(rules=[slowly])
    assert office.stack.noshare.reload()["ok"]
    assert office.send("write to one@a.test and two@b.test")[1].carried_out == "deliver"
    assert office.send("write to one@a.test again")[1].carried_out == "deliver"
    assert office.send("and to three@c.test")[1].carried_out == "deliver"
    assert office.send("and to four@d.test")[1].carried_out == "hold"
    assert office.send("nobody at all")[1].carried_out == "deliver"


def test_a_card_on_an_encrypted_route_is_sent_over_tls_or_not_at_all(make_stack, root):
    transports = root / "transport"
    stack = make_stack(
        {"encrypted_routes": ["partner.test"]},
        rules=[card_rule("reject", unless={"encrypted": True})],
        server_options={"services": ["smtp-tls unix - - n - 5 smtp"
                                     " -o smtp_tls_security_level=encrypt"],
                        "settings": {"transport_maps": f"texthash:{transports}"}})
    transports.write_text(f"partner.test smtp-tls:[127.0.0.1]:{stack.sink.port}\n")
    to_partner = with_card("tls@test", recipients=["ann@partner.test"])
    to_others = with_card("clear@test")
    to_partner.kind = "any"
    sent, refused = stack.send(to_partner, to_others)
    assert (sent.code, refused.code) == (250, 550)
    # The sink offers no TLS, so the mail waits.
    wait_until(lambda: "TLS is required" in stack.server.log.read_text(), 30,
               "Postfix to insist on TLS")
    assert stack.sink.received() == []


def test_a_filled_in_form_is_known_again(office):
    rule = {"id": "forms", "when": {"entity": "known_document", "confidence": ">= 50"},
            "then": "hold"}
    office.stack.noshare.write_config(forms={"index": str(office.root / "forms.json")},
                                      rules=[rule])
    form = office.root / "form.txt"
    form.write_text("Application for a residence permit. Please fill in all fields in block "
                    "letters. Family name: ____ Given names: ____ I declare that to the best "
                    "of my knowledge all particulars supplied by me are correct and complete, "
                    "and that I shall tell the office of every change at once.\n")
    assert "is known by" in office.run("forms", "add", "residence permit", form)
    filled = form.read_text().replace("____", "EXAMPLE", 1).replace("____", "ANN")
    assert office.send(filled)[1].carried_out == "hold"
    assert office.send("Please fill in all fields in block letters.")[1].carried_out == "deliver"
    assert office.run("forms", "list").startswith("residence permit")
    office.run("forms", "remove", "residence permit")
    assert office.send(filled)[1].carried_out == "deliver"


def test_acts_are_in_the_audit_log(office):
    permission = office.run("permission", "grant", "--subject", "ada@customer.test",
                            "--evidence", "form 7")
    office.run("permission", "revoke", permission)
    office.run("disclosure", "open", "--to", "police.test", "--case", "12 B", "--approver", "A")
    told = office.run("audit", "list")
    for act in ("permission_granted", "permission_revoked", "disclosure_opened"):
        assert act in told
    assert "ada@customer.test" not in told


SLOWLY = {"id": "slowly", "when": {"entity": "email_address", "volume":
          {"subjects": ">= 4", "window": "1h"}}, "then": "hold"}


@pytest.fixture
def redis():
    server = Redis()
    yield server
    server.close()


def test_redis_that_is_away_at_the_start_or_later_is_asked_again(make_stack, root, redis):
    """Two mail hosts count in one Redis. While it is away each counts what it has sent itself."""
    settings = {"volumes": {"redis": f"unix:{redis.socket}"},
                "fingerprint_key": str(root / "key")}
    first, second = (make_stack(settings, rules=[SLOWLY]) for _ in range(2))
    number = itertools.count()

    def send(stack, body):
        name = f"volume-{next(number)}@test"
        stack.send(Mail(name, "any", compose(name, body + "\r\n", to=THIRD_PARTY),
                        recipients=[THIRD_PARTY]))
        return stack.noshare.verdicts()[-1].carried_out

    assert send(first, "write to one@a.test and two@b.test") == "deliver"
    assert first.noshare.events("redis_away")
    redis.start()
    time.sleep(5.5)  # it is asked again after five seconds
    assert send(first, "and to three@c.test") == "deliver"
    assert first.noshare.events("redis_back")
    # The other host has sent nothing yet; Redis has been told of all three people.
    assert send(second, "write to four@d.test") == "hold"
    assert send(second, "write to one@a.test") == "deliver"

    redis.stop()
    assert send(second, "write to four@d.test") == "deliver"  # its own store counts two
    assert second.noshare.events("redis_away")
    redis.start()  # it has forgotten everything
    time.sleep(5.5)
    # What this host has sent itself counts, whatever Redis knows.
    assert send(first, "write to five@e.test") == "hold"
    assert send(second, "write to five@e.test") == "deliver"
    assert second.noshare.events("redis_back")


def test_a_reload_takes_up_redis(make_stack, root, redis):
    redis.start()
    key = {"fingerprint_key": str(root / "key")}
    first, second = (make_stack(key, rules=[SLOWLY]) for _ in range(2))
    for stack in (first, second):
        stack.noshare.write_config(volumes={"redis": f"unix:{redis.socket}"})
        assert stack.noshare.reload()["ok"]
    people = Mail("three@test", "any", compose("three@test", "a@a.test b@b.test c@c.test\r\n",
                                               to=THIRD_PARTY), recipients=[THIRD_PARTY])
    first.send(people)
    assert first.noshare.verdicts()[-1].carried_out == "deliver"
    fourth = Mail("fourth@test", "any", compose("fourth@test", "write to d@d.test\r\n",
                                                to=THIRD_PARTY), recipients=[THIRD_PARTY])
    second.send(fourth)
    assert second.noshare.verdicts()[-1].carried_out == "hold"
