"""Mail that is to be written: asked for once, claimed by one, never lost."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from core import outbox
from core.clock import FixedClock
from core.db import Database
from core.outbox import Mail
from core.tables import MailRow
from tests.at_once import at_once
from tests.factories import NOW, eur

LEASE = timedelta(minutes=5)


def ask_for(database: Database, to: str = "lea@example.org", **options: object) -> None:
    with database.writing() as session:
        outbox.enqueue(session, "confirm_pledge", to, database.clock.now(session), **options)  # type: ignore[arg-type]  # payload by name


def claim(database: Database, limit: int = 10) -> list[Mail]:
    with database.writing() as session:
        return outbox.claim(session, database.clock.now(session), LEASE, limit)


def finish(database: Database, mail: Mail) -> None:
    with database.writing() as session:
        outbox.finish(session, mail, "sent", database.clock.now(session))


def test_a_mail_is_claimed_with_what_it_is_about(database: Database):
    ask_for(database, locale="de", pledge="p1", amount=eur("20"))
    (mail,) = claim(database)
    assert (mail.kind, mail.to, mail.locale, mail.attempts) == ("confirm_pledge", "lea@example.org", "de", 1)
    assert mail.payload == {"pledge": "p1", "amount": {"amount": "20.00", "currency": "EUR"}}


def test_the_same_key_is_asked_for_once(database: Database):
    for _ in range(3):
        ask_for(database, key="confirm_pledge:p1")
    at_once(4, lambda _: ask_for(database, key="confirm_pledge:p2"))
    assert sorted(mail.key for mail in claim(database)) == ["confirm_pledge:p1", "confirm_pledge:p2"]


def test_a_mail_without_a_key_is_a_mail_each_time(database: Database):
    ask_for(database)
    ask_for(database)
    assert len(claim(database)) == 2


def test_a_claimed_mail_is_nobody_elses_until_the_lease_ends(database: Database, clock: FixedClock):
    ask_for(database)
    (first,) = claim(database)
    assert claim(database) == []
    clock.advance(minutes=5)
    (second,) = claim(database)
    assert (second.id, second.attempts) == (first.id, 2)


def test_of_many_claiming_at_once_each_gets_other_mails(database: Database):
    for n in range(12):
        ask_for(database, f"{n}@example.org")
    claimed = [mail.id for mails in at_once(4, lambda _: claim(database, 3)) for mail in mails]
    claimed += [mail.id for mail in claim(database, 12)]
    assert len(claimed) == len(set(claimed)) == 12


def test_a_sent_mail_is_done_and_sending_it_twice_changes_nothing(database: Database, clock: FixedClock):
    ask_for(database)
    (mail,) = claim(database)
    finish(database, mail)
    clock.advance(days=1)
    finish(database, mail)
    assert claim(database) == []
    with database.reading() as session:
        assert session.scalars(select(MailRow.done_at)).one() == NOW
        assert outbox.next_due(session) is None


def test_a_mail_that_could_not_be_sent_is_tried_again_later(database: Database, clock: FixedClock):
    ask_for(database)
    (mail,) = claim(database)
    with database.writing() as session:
        outbox.postpone(session, mail, NOW + timedelta(hours=1), "451 later")
    with database.reading() as session:
        assert outbox.next_due(session) == NOW + timedelta(hours=1)
    clock.advance(hours=1)
    assert [again.id for again in claim(database)] == [mail.id]


def test_whoever_lost_the_lease_does_not_postpone_it_for_its_new_holder(database: Database, clock: FixedClock):
    ask_for(database)
    (lost,) = claim(database)
    clock.advance(minutes=5)
    claim(database)
    with database.writing() as session:
        outbox.postpone(session, lost, NOW + timedelta(days=9), "timed out")
    clock.advance(minutes=5)
    assert len(claim(database)) == 1


def test_the_earliest_is_claimed_first(database: Database, clock: FixedClock):
    ask_for(database, "first@example.org")
    clock.advance(minutes=1)
    ask_for(database, "second@example.org")
    assert [mail.to for mail in claim(database, 1)] == ["first@example.org"]
