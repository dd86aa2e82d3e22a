"""Several mails, resets and broken-off mails in one SMTP session: each is judged on its own."""

import pytest

from harness import mail
from harness.rules import card_rule
from harness.smtp import SmtpSession


def begin(session, one):
    assert session.mail(one.sender).code == 250
    for recipient in one.recipients:
        assert session.rcpt(recipient).code == 250


@pytest.fixture
def session(stack):
    with SmtpSession(stack.server.port) as session:
        assert session.ehlo().code == 250
        yield session


@pytest.mark.parametrize("break_off", ["RSET", "EHLO again.example.com"])
def test_a_broken_off_mail_leaves_nothing_behind(session, break_off):
    begin(session, mail.with_card("first@test"))
    assert session.command(break_off).code == 250
    begin(session, mail.clean("second@test"))
    assert session.data(mail.clean("second@test").raw).code == 250


def test_verdicts_alternate_with_the_mails_of_one_session(session):
    answers = []
    for number in range(12):
        make = mail.with_card if number % 2 else mail.clean
        one = make(f"{number}@test")
        begin(session, one)
        answers.append(session.data(one.raw).code)
        if number % 3 == 2:
            session.rset()
    assert answers == [250, 550] * 6


def test_recipients_of_a_reset_mail_do_not_count_for_the_next(session):
    begin(session, mail.with_card("outside@test"))
    session.rset()
    inside = mail.with_card("inside@test", recipients=["carol@example.com"])
    begin(session, inside)
    assert session.data(inside.raw).code == 250


def test_a_session_without_mail_and_one_without_data_harm_nobody(stack):
    for _ in range(20):
        SmtpSession(stack.server.port).close()
        with SmtpSession(stack.server.port) as session:
            session.ehlo()
            begin(session, mail.clean("never@test"))
            session.cut()
    sent, = stack.send(mail.clean("after@test"))
    assert sent.code == 250


def test_each_recipient_is_judged_when_a_mail_has_many(stack):
    many = [f"r{number}@else.test" for number in range(99)]
    clean, card = (make(f"{make.__name__}@test", recipients=many)
                   for make in (mail.clean, mail.with_card))
    assert [sent.code for sent in stack.send(clean, card)] == [250, 550]
    assert stack.violations() == []


@pytest.mark.parametrize("action", ["drop_recipient", "redact", "hold"])
def test_a_reload_to_another_kind_of_action_holds_for_sessions_that_are_open(
        stack, session, action):
    inside = "carol@example.com"
    begin(session, mail.clean("before@test"))
    assert session.data(mail.clean("before@test").raw).code == 250
    more = {"hold": "mta"} if action == "hold" else {}
    stack.noshare.write_config(rules=[card_rule(action, **more)])
    assert stack.noshare.reload()["ok"]
    one = mail.with_card("after@test", recipients=["bob@else.test", inside])
    begin(session, one)
    assert session.data(one.raw).code == 250
    assert stack.noshare.verdicts()[-1].carried_out == action
