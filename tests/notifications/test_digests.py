"""News find their readers: at their own hour, in one mail, once; and one click stops it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text

from accounts import service as accounts
from accounts.rules import Person
from businesses.followthrough import Verdict
from campaigns import service as campaigns
from campaigns.facts import CampaignCancelled, PledgingOpened
from campaigns.values import Campaign
from core import record
from core.clock import FixedClock
from core.db import Database
from core.errors import Invalid, NotFound
from core.facts import Fact
from notifications import jobs, service
from notifications.rules import ALL, Frequency, Subscription
from tests.harness.mail import Mailbox
from tests.notifications.senders import make_mailer, publish, waiting
from tests.notifications.walk import Walk
from tests.stages import KEYS, make_campaign, make_person

LEA = "lea@example.org"
MONDAY = datetime(2027, 3, 8, 8, tzinfo=UTC)
"""The first Monday, eight o'clock, after the harness's clock begins (Monday 1 March, nine o'clock)."""


def a_campaign(database: Database, title: str = "Coffee") -> Campaign:
    with database.writing() as session:
        return make_campaign(session, database.clock, title=title)


def a_reader(
    database: Database,
    *campaigns: Campaign,
    email: str = LEA,
    frequency: Frequency = Frequency.WEEKLY,
    **settings: str | int,
) -> Person:
    with database.writing() as session:
        person = make_person(session, database.clock, email)
        person = accounts.update_person(session, person, settings) if settings else person
        for campaign in campaigns:
            service.follow(session, database.clock, person, campaign.id, frequency)
        return person


def happen(database: Database, campaign: Campaign, *facts: Fact) -> None:
    with database.writing() as session:
        record.append(session, campaign.id, facts or [PledgingOpened(1)], database.clock.now(session))
    publish(database)


def slots(database: Database) -> list[datetime]:
    """When digests wait to be gathered."""
    with database.reading() as session:
        rows = session.execute(text("SELECT next_at FROM follow WHERE next_at IS NOT NULL ORDER BY next_at")).scalars()
        return [datetime.fromisoformat(str(at)).replace(tzinfo=UTC) for at in rows]


def test_a_confirmed_pledge_with_updates_follows_weekly_from_then_on(walk: Walk):
    walk.agreed()
    walk.pledge("tom@example.org", confirm=False)
    walk.pledge(LEA)
    with walk.database.reading() as session:
        followers = session.execute(text("SELECT frequency, seen_position, next_at FROM follow")).all()
        newest = record.last_position(session)
    assert followers == [("weekly", newest, None)]


def test_news_wait_for_the_readers_own_hour(database: Database):
    coffee = a_campaign(database)
    a_reader(database, coffee)
    a_reader(
        database, coffee, email="kim@example.org", frequency=Frequency.DAILY, timezone="Asia/Tokyo", digest_hour=20
    )
    happen(database, coffee)
    assert slots(database) == [datetime(2027, 3, 1, 11, tzinfo=UTC), MONDAY]


def test_what_is_no_news_schedules_nothing(database: Database):
    coffee, tea = a_campaign(database), a_campaign(database, "Tea")
    a_reader(database, coffee)
    happen(database, tea)
    assert slots(database) == []


def test_scheduling_costs_one_statement_per_rhythm_however_many_follow(database: Database):
    coffee = a_campaign(database)
    for n in range(12):
        a_reader(database, coffee, email=f"reader-{n}@example.org", digest_hour=7 + n % 2)
    with statements(database) as seen:
        happen(database, coffee)
    assert len([s for s in seen if s.startswith("UPDATE follow")]) == 2
    assert len(slots(database)) == 12


def test_one_mail_tells_of_all_campaigns_newest_first_and_once(
    database: Database, clock: FixedClock, smtp_server: Mailbox
):
    coffee, tea = a_campaign(database), a_campaign(database, "Tea")
    lea = a_reader(database, coffee, tea)
    happen(database, coffee)
    clock.advance(hours=1)
    happen(database, tea)
    mailer = make_mailer(smtp_server.url)
    assert jobs.gather_digests(database) == []
    clock.set(MONDAY)
    assert jobs.gather_digests(database) == ["digest: Pledges are open: Tea"]
    assert jobs.deliver_due(database, mailer) == ["mail digest: sent"]
    (digest,) = smtp_server.sent_to(LEA)
    assert digest["Subject"] == "Pledges are open: Tea"
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = KEYS.token("unsubscribe", f"{lea.id}:all")
    unfolded = f"\r\nList-Unsubscribe: <https://mob.example/unsubscribe?who={lea.id}&list=all&token={token}>\r\n"
    assert unfolded.encode() in smtp_server.received[0].raw
    part = digest.get_body(("plain",))
    assert part
    assert "Coffee" in part.get_content()
    clock.advance(days=7)
    assert jobs.gather_digests(database) == []
    assert jobs.deliver_due(database, mailer) == []


def test_what_was_told_is_not_told_again_next_week(database: Database, clock: FixedClock, smtp_server: Mailbox):
    coffee = a_campaign(database)
    a_reader(database, coffee)
    for week, fact in enumerate((PledgingOpened(1), CampaignCancelled("Rain."))):
        happen(database, coffee, fact)
        clock.set(MONDAY + timedelta(days=7 * week))
        jobs.gather_digests(database)
        jobs.deliver_due(database, make_mailer(smtp_server.url))
    first, second = smtp_server.sent_to(LEA)
    assert first["Subject"] == "Pledges are open: Coffee"
    assert second["Subject"] == "Cancelled: Coffee"
    part = second.get_body(("plain",))
    assert part
    assert "You can pledge now" not in part.get_content()


def test_a_worker_that_comes_late_sends_one_digest_with_everything(
    database: Database, clock: FixedClock, smtp_server: Mailbox
):
    coffee = a_campaign(database)
    a_reader(database, coffee, frequency=Frequency.DAILY)
    for _ in range(3):
        happen(database, coffee, PledgingOpened(1), CampaignCancelled("Rain."))
        clock.advance(days=1)
    jobs.gather_digests(database)
    jobs.deliver_due(database, make_mailer(smtp_server.url))
    assert len(smtp_server.sent_to(LEA)) == 1


def test_a_reader_who_stops_before_the_mail_leaves_gets_none(
    database: Database, clock: FixedClock, smtp_server: Mailbox
):
    coffee = a_campaign(database)
    lea = a_reader(database, coffee)
    happen(database, coffee)
    clock.set(MONDAY)
    jobs.gather_digests(database)
    everything = Subscription(lea.id, ALL)
    with database.writing() as session:
        service.unsubscribe(session, KEYS, everything, KEYS.token("unsubscribe", everything.subject))
    assert jobs.deliver_due(database, make_mailer(smtp_server.url)) == [
        "mail digest: not sent: the reader follows nothing of this any more"
    ]
    happen(database, coffee)
    assert slots(database) == []


def test_one_click_stops_one_campaign_or_all_and_can_be_repeated(database: Database):
    coffee, tea = a_campaign(database), a_campaign(database, "Tea")
    lea = a_reader(database, coffee, tea)
    one = Subscription(lea.id, coffee.id)
    for _ in range(2):
        with database.writing() as session:
            service.unsubscribe(session, KEYS, one, KEYS.token("unsubscribe", one.subject))
    with database.reading() as session:
        held = {f.campaign: f.frequency for f in service.preferences(session, lea).follows}
    assert held == {coffee.id: "off", tea.id: "weekly"}


def test_a_token_stops_nothing_but_its_own(database: Database):
    coffee = a_campaign(database)
    lea = a_reader(database, coffee)
    token = KEYS.token("unsubscribe", Subscription(lea.id, coffee.id).subject)
    with database.writing() as session, pytest.raises(NotFound):
        service.unsubscribe(session, KEYS, Subscription(lea.id, ALL), token)


def test_another_frequency_moves_what_waits(database: Database):
    coffee, tea = a_campaign(database), a_campaign(database, "Tea")
    lea = a_reader(database, coffee, tea)
    happen(database, coffee)
    with database.writing() as session:
        service.set_frequency(session, database.clock, lea, "daily")
    assert slots(database) == [datetime(2027, 3, 2, 8, tzinfo=UTC)]
    with database.writing() as session:
        service.set_frequency(session, database.clock, lea, "off", coffee.id)
    assert slots(database) == []
    with database.reading() as session:
        held = {f.campaign: f.frequency for f in service.preferences(session, lea).follows}
    assert held == {coffee.id: "off", tea.id: "daily"}


def test_an_unknown_frequency_is_refused(database: Database):
    lea = a_reader(database)
    with database.writing() as session, pytest.raises(Invalid):
        service.set_frequency(session, database.clock, lea, "hourly")


def test_another_hour_moves_what_waits(database: Database):
    coffee, tea = a_campaign(database), a_campaign(database, "Tea")
    lea = a_reader(database, coffee, tea)
    happen(database, coffee)
    with database.writing() as session:
        lea = accounts.update_person(session, lea, {"digest_hour": 18, "timezone": "Europe/Berlin"})
        service.reschedule(session, database.clock, lea)
    assert slots(database) == [datetime(2027, 3, 1, 17, tzinfo=UTC)]


def test_who_follows_again_is_not_told_what_they_missed_meanwhile(
    database: Database, clock: FixedClock, smtp_server: Mailbox
):
    coffee = a_campaign(database)
    lea = a_reader(database, coffee, frequency=Frequency.OFF)
    happen(database, coffee)
    with database.writing() as session:
        service.follow(session, database.clock, lea, coffee.id, Frequency.WEEKLY)
    happen(database, coffee, CampaignCancelled("Rain."))
    clock.set(MONDAY)
    jobs.gather_digests(database)
    jobs.deliver_due(database, make_mailer(smtp_server.url))
    (digest,) = smtp_server.sent_to(LEA)
    part = digest.get_body(("plain",))
    assert part
    assert "You can pledge now" not in part.get_content()


def test_gathering_asks_the_same_few_questions_for_many_readers(database: Database, clock: FixedClock):
    coffee, tea = a_campaign(database), a_campaign(database, "Tea")
    counts = []
    for readers in (1, 20):
        for n in range(readers):
            a_reader(database, coffee, tea, email=f"reader-{readers}-{n}@example.org")
        happen(database, coffee)
        clock.advance(days=7)
        with statements(database) as seen:
            jobs.gather_digests(database)
        counts.append(len([s for s in seen if not s.startswith("INSERT INTO outbox")]))
    assert counts[0] == counts[1]
    assert len(waiting(database)) == 1 + 21


def test_the_verdict_reaches_the_supporter_in_the_subject(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    walk.count()
    walk.file("27")
    walk.judge(Verdict.KEPT)
    walk.move(walk.clock.instant + timedelta(days=8))
    digest = walk.mail(LEA)[-1]
    assert digest.subject == "Kept: Bella stocks 15 more certified local producers"
    assert "Kept, by the parties' own account" not in digest.text
    assert "came in" not in digest.text  # told before, with the thanks
    assert len(digest.html) < 30_000
    assert re.search(r"List-Unsubscribe", str(digest.headers))


def test_due_work_says_when_it_is_due(database: Database, clock: FixedClock):
    coffee = a_campaign(database)
    a_reader(database, coffee)
    happen(database, coffee)
    digests, mail = jobs.due_work(database, KEYS, make_mailer("smtp://unused").settings)
    with database.reading() as session:
        assert (digests.next_at(session), mail.next_at(session)) == (MONDAY, None)
    clock.set(MONDAY)
    assert digests.run(database) == ["digest: Pledges are open: Coffee"]
    with database.reading() as session:
        assert (digests.next_at(session), mail.next_at(session)) == (None, MONDAY)
    assert mail.run(database) == ["mail digest: sent"]


def test_a_campaign_that_is_edited_without_matter_is_no_news(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    walk.do(campaigns.edit, walk.owner, walk.campaign.slug, {"story": "Another story, the same day."})
    before = walk.subjects(LEA)
    walk.move(walk.clock.instant + timedelta(days=8))
    assert walk.subjects(LEA) == before


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is asked of the database inside the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)
