"""Mail goes out over a real server: at least once, rarely twice, never lost, whatever the server answers."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from accounts import service as accounts
from core import outbox
from core.clock import FixedClock
from core.db import Database
from core.errors import Forbidden
from notifications import queries
from notifications.gateway import MailboxTransport, Post, SmtpTransport
from notifications.jobs import LEASE, deliver_due
from tests.harness.mail import Mailbox
from tests.notifications.senders import ask, make_mailer, next_due, outcomes, waiting

ROOT = Path(__file__).resolve().parents[2]
LEA = "lea@example.org"


def link_in(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    return str(next(line for line in part.get_content().splitlines() if line.startswith("https://")))


def test_a_sign_in_link_is_minted_when_it_is_sent_and_works_once(database: Database, smtp_server: Mailbox):
    ask(database, next_path="/campaigns/new")
    assert deliver_due(database, make_mailer(smtp_server.url)) == ["mail sign_in: sent"]
    (message,) = smtp_server.sent_to(LEA)
    token = link_in(message).partition("?token=")[2]
    with database.writing() as session:
        _, person, next_path = accounts.use_link(session, database.clock, token)
        assert (person.email, next_path) == (LEA, "/campaigns/new")
        with pytest.raises(Forbidden):
            accounts.use_link(session, database.clock, token)


def test_what_was_sent_is_sent_once_and_forgets_to_whom(database: Database, smtp_server: Mailbox):
    ask(database)
    for _ in range(2):
        deliver_due(database, make_mailer(smtp_server.url))
    assert len(smtp_server.received) == 1
    assert outcomes(database) == ["sent"]
    assert next_due(database) is None


def test_mail_is_not_sent_before_it_is_due(database: Database, smtp_server: Mailbox, clock: FixedClock):
    with database.writing() as session:
        outbox.enqueue(session, "sign_in", LEA, clock.instant + timedelta(days=3), next_path="/")
    assert deliver_due(database, make_mailer(smtp_server.url)) == []
    clock.advance(days=3)
    assert deliver_due(database, make_mailer(smtp_server.url)) == ["mail sign_in: sent"]


def test_a_server_that_says_later_is_asked_later_under_the_same_message_id(
    database: Database, smtp_server: Mailbox, clock: FixedClock
):
    ask(database)
    smtp_server.answers += ["451 greylisted", "451 greylisted"]
    mailer = make_mailer(smtp_server.url)
    assert deliver_due(database, mailer) == ["mail sign_in: later: 451 greylisted"]
    assert next_due(database) == clock.instant + timedelta(minutes=1)
    assert deliver_due(database, mailer) == []
    clock.advance(minutes=1)
    deliver_due(database, mailer)
    assert next_due(database) == clock.instant + timedelta(minutes=2)
    clock.advance(minutes=2)
    assert deliver_due(database, mailer) == ["mail sign_in: sent"]
    assert len(smtp_server.received) == 1


def test_after_five_days_of_later_it_is_given_up(database: Database, smtp_server: Mailbox, clock: FixedClock):
    ask(database)
    clock.advance(days=5, minutes=1)
    smtp_server.answers.append("451 still no")
    deliver_due(database, make_mailer(smtp_server.url))
    assert outcomes(database) == ["given up: 451 still no"]


def test_an_address_that_refuses_gets_nothing_more_but_what_it_asks_for(database: Database, smtp_server: Mailbox):
    mailer = make_mailer(smtp_server.url)
    ask(database)
    smtp_server.answers.append(f"550 <{LEA}>: no such user")
    assert deliver_due(database, mailer) == ["mail sign_in: refused: 550 (address) no such user"]
    ask(database, "team_invited", campaign="c", role="crew")
    assert deliver_due(database, mailer) == ["mail team_invited: not sent: the address refuses mail"]
    ask(database, to=LEA)
    assert deliver_due(database, mailer) == ["mail sign_in: sent"]
    ask(database, "team_invited", campaign="c", role="crew")
    (line,) = deliver_due(database, mailer)
    assert "refuses" not in line


def test_without_a_server_nothing_is_lost_and_all_of_it_comes_later(
    database: Database, smtp_server: Mailbox, clock: FixedClock
):
    for n in range(3):
        ask(database, to=f"person-{n}@example.org")
    assert deliver_due(database, make_mailer("smtp://127.0.0.1:1")) == []
    assert len(waiting(database)) == 3
    assert next_due(database) == clock.instant + timedelta(minutes=1)
    clock.advance(minutes=1)
    assert len(deliver_due(database, make_mailer(smtp_server.url))) == 3


class Killed(BaseException):
    """The process ends here."""


@dataclass(frozen=True)
class KilledAfterData:
    """Hands the message to the server, and is killed before it can note that."""

    real: SmtpTransport

    @contextmanager
    def session(self) -> Iterator[Post]:
        with self.real.session() as post:

            def post_and_die(message: EmailMessage) -> None:
                post(message)
                raise Killed

            yield post_and_die


def test_a_sender_killed_after_data_leaves_mail_that_comes_twice_and_is_recognised(
    database: Database, smtp_server: Mailbox, clock: FixedClock
):
    ask(database)
    with pytest.raises(Killed):
        deliver_due(database, make_mailer(KilledAfterData(SmtpTransport(smtp_server.url))))
    mailer = make_mailer(smtp_server.url)
    assert deliver_due(database, mailer) == [], "the lease still holds"
    clock.advance(seconds=LEASE.total_seconds())
    assert deliver_due(database, mailer) == ["mail sign_in: sent"]
    first, second = smtp_server.sent_to(LEA)
    assert first["Message-ID"] == second["Message-ID"]
    clock.advance(days=1)
    assert deliver_due(database, mailer) == []


def test_a_mail_that_cannot_be_written_holds_up_no_other(database: Database, smtp_server: Mailbox):
    ask(database, "team_invited", campaign="c")  # no such campaign: what it was about is gone
    ask(database, "no_such_kind")
    ask(database)
    lines = deliver_due(database, make_mailer(smtp_server.url))
    assert sorted(line.partition(":")[0] for line in lines) == [
        "mail no_such_kind",
        "mail sign_in",
        "mail team_invited",
    ]
    assert waiting(database) == [("no_such_kind", LEA)]
    assert sorted(outcomes(database)) == ["not sent: gone: There is no such campaign", "sent"]


@pytest.mark.parametrize("to", ["jörg@example.org", "lea@b..c", "a..b@example.org"])
def test_what_no_mail_can_be_addressed_to_is_not_tried_for_ever(database: Database, smtp_server: Mailbox, to: str):
    ask(database, to=to)
    deliver_due(database, make_mailer(smtp_server.url))
    assert outcomes(database) == ["refused: no mail can be addressed so"]


def test_one_connection_carries_a_batch(database: Database, smtp_server: Mailbox):
    for n in range(25):
        ask(database, to=f"person-{n}@example.org")
    assert len(deliver_due(database, make_mailer(smtp_server.url))) == 25
    assert len({tuple(mail.recipients) for mail in smtp_server.received}) == 25


def test_two_claimers_never_take_the_same_mail(database: Database, database_url: str, clock: FixedClock):
    for n in range(60):
        ask(database, to=f"person-{n}@example.org")
    taken: list[str] = []

    def claim_all() -> None:
        other = Database(database_url, clock)
        while True:
            with other.writing() as session:
                batch = outbox.claim(session, clock.instant, LEASE, 5)
            if not batch:
                break
            taken.extend(mail.id for mail in batch)
        other.dispose()

    threads = [threading.Thread(target=claim_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(taken) == len(set(taken)) == 60


def test_without_a_lease_the_same_mail_would_be_taken_twice(database: Database, clock: FixedClock):
    ask(database)
    taken = []
    for _ in range(2):
        with database.writing() as session:
            taken += outbox.claim(session, clock.instant, timedelta(0), 5)
    assert [mail.attempts for mail in taken] == [1, 2]


def test_two_processes_send_each_mail_once(
    database: Database, database_url: str, smtp_server: Mailbox, clock: FixedClock
):
    clock.set(datetime(2020, 1, 1, tzinfo=UTC))  # due by the wall clock that the processes read
    for n in range(30):
        ask(database, to=f"person-{n}@example.org")
    command = [sys.executable, "-m", "tests.notifications.send", database_url, smtp_server.url]
    workers = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    sent = [mail.message["Message-ID"] for mail in smtp_server.received]
    assert len(sent) == len(set(sent)) == 30


def test_without_a_server_set_mail_lies_in_the_mailbox_newest_first(database: Database, clock: FixedClock):
    mailer = make_mailer(MailboxTransport(database))
    for to in (LEA, "max@example.org"):
        ask(database, to=to)
        deliver_due(database, mailer)
        clock.advance(hours=1)
    with database.reading() as session:
        newest, oldest = queries.mailbox(session)
        assert (newest.to, oldest.to) == ("max@example.org", LEA)
        assert queries.mailbox(session, " LEA@example.org ") == [oldest]
        assert queries.kept_mail(session, oldest.id) == oldest
        assert queries.kept_mail(session, 999) is None
    assert oldest.subject == "Your link to sign in"
    assert oldest.headers["To"] == LEA
    assert "?token=" in oldest.text
    assert "<h1" in oldest.html
    assert oldest.at == clock.instant - timedelta(hours=2)


def test_the_mailbox_keeps_a_message_once_however_often_it_is_delivered(database: Database, clock: FixedClock):
    @dataclass(frozen=True)
    class Dying:
        @contextmanager
        def session(self) -> Iterator[Post]:
            with MailboxTransport(database).session() as post:

                def post_and_die(message: EmailMessage) -> None:
                    post(message)
                    raise Killed

                yield post_and_die

    ask(database)
    with pytest.raises(Killed):
        deliver_due(database, make_mailer(Dying()))
    clock.advance(seconds=LEASE.total_seconds())
    deliver_due(database, make_mailer(MailboxTransport(database)))
    with database.reading() as session:
        assert len(queries.mailbox(session)) == 1
