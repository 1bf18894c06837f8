"""Many at once: nobody is lost, nobody counts twice, and a deadline is one instant for all."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from accounts.rules import Role
from accounts.tables import PersonRow
from campaigns import service as campaigns
from campaigns.values import Campaign, GoAhead, GoAheadKind, State
from core.clock import DatabaseClock, FixedClock
from core.db import Database
from core.errors import Conflict
from core.tables import MailRow
from pledges import queries, service
from pledges.values import Arrival, Pledge, PledgeState, TillFigures
from tests.pledges.acts import (
    arrive,
    confirm,
    join,
    kinds,
    mail_token,
    move_to,
    open_campaign,
    pledge,
    pledge_and_confirm,
    scan,
    stored,
    sums,
)
from tests.stages import KEYS, SHOP, euro

Result = TypeVar("Result")


def at_once(number: int, act: Callable[[int], Result]) -> list[Result]:
    """The results of ``act(0)`` and so on, begun at the same moment in as many threads."""
    ready = threading.Barrier(number)

    def begin(index: int) -> Result:
        ready.wait(10)
        return act(index)

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(begin, range(number)))


def test_sixteen_people_pledging_at_once_are_all_counted(database: Database):
    campaign = open_campaign(database)
    made = at_once(16, lambda n: [pledge(database, campaign, email=f"{n}.{k}@example.org") for k in range(5)])
    assert len({p.code for several in made for p in several}) == 80
    assert sums(database, campaign).pledged.people == 80
    assert kinds(database, campaign) == ["PledgeMade"] * 80


def test_a_double_click_is_one_pledge_and_one_mail(database: Database):
    campaign = open_campaign(database)
    made = at_once(8, lambda _: pledge(database, campaign))
    spoken = at_once(8, lambda _: pledge(database, campaign, email="", repeat_of="a-uuid"))
    assert (len({p.id for p in made}), len({p.id for p in spoken})) == (1, 1)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MailRow)) == 1
    assert kinds(database, campaign) == ["PledgeMade", "PledgeMade"]


def test_a_double_click_on_confirm_confirms_once(database: Database):
    campaign = open_campaign(database)
    made = pledge(database, campaign)
    assert len(set(at_once(8, lambda _: confirm(database, made)))) == 1
    assert kinds(database, campaign) == ["PledgeMade", "PledgeConfirmed"]


def test_of_two_pledges_of_one_address_confirmed_at_once_one_stands(database: Database):
    campaign = open_campaign(database)
    made = [pledge(database, campaign, str(amount)) for amount in range(10, 16)]

    def confirm_or_not(n: int) -> None:
        try:
            confirm(database, made[n])
        except Conflict as refused:
            assert "replaced" in str(refused)  # noqa: PT017 - a refusal is one of two right outcomes here

    at_once(6, confirm_or_not)
    assert Counter(stored(database, p).state for p in made)[PledgeState.CONFIRMED] == 1
    assert sums(database, campaign).confirmed.people == 1
    with database.reading() as session:
        same = select(func.count()).where(PersonRow.email == "lea@example.org")
        assert session.scalar(same) == 1


def test_two_scanners_of_one_code_let_one_person_in(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    move_to(database, campaign, State.MOBBING)
    clock.set(campaign.windows[0].opens_at)
    crew = join(database, campaign, Role.CREW)
    scans = at_once(8, lambda _: scan(database, campaign, crew, made))
    walks = at_once(8, lambda _: arrive(database, campaign, crew, Arrival(walk_in=True, nonce="n")))
    for results in (scans, walks):
        assert len({came.id for came, _ in results}) == 1
        assert Counter(already for _, already in results) == {False: 1, True: 7}
    assert Counter(kinds(database, campaign))["PersonCheckedIn"] == 2


def test_two_organizers_with_different_answers_give_the_first(database: Database, clock: FixedClock):
    campaign = open_campaign(database, State.MOBBING)
    clock.set(campaign.windows[0].closes_at)
    people = [join(database, campaign, Role.CO_ORGANIZER, f"{n}@example.org") for n in range(4)]
    with database.writing() as session:
        window = campaign.windows[0].id
        figures = TillFigures(euro("100"))
        till = service.declare_till(session, clock, campaign.slug, SHOP, window, figures)

    def answer(n: int) -> str:
        correction = euro("90") if n % 2 else None
        try:
            with database.writing() as session:
                return service.confirm_till(session, clock, people[n], till.id, correction, "counted").state
        except Conflict:
            return "refused"

    outcomes = Counter(at_once(4, answer))
    assert outcomes["refused"] == 2
    assert sorted(outcomes.values()) == [2, 2]
    assert len(kinds(database, campaign)) == 2


class SlowConfirmation:
    """A confirmation that has looked at the clock in time, and commits only after the deadline."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        go_ahead = GoAhead(GoAheadKind.HEADCOUNT, Decimal(1), clock.instant + timedelta(days=1))
        self.campaign = open_campaign(database, go_ahead=go_ahead)
        self.made = pledge(database, self.campaign)
        self.looked, self.deadline_passed = threading.Event(), threading.Event()

    def run(self) -> None:
        with self.database.writing() as session:
            service.confirm(session, self.clock, KEYS, self.made.id, mail_token(self.made))
            self.looked.set()
            self.deadline_passed.wait(10)
            time.sleep(0.3)

    def decide_meanwhile(self) -> Campaign:
        """The go-ahead is decided while the confirmation is on its way; gives the campaign as decided."""
        with ThreadPoolExecutor(1) as threads:
            confirming = threads.submit(self.run)
            assert self.looked.wait(10)
            self.clock.advance(days=1)
            self.deadline_passed.set()
            decided = decide(self.database, self.campaign)
            confirming.result()
        return decided


def decide(database: Database, campaign: Campaign) -> Campaign:
    with database.writing() as session:
        held, now = campaigns.lock(session, database.clock, campaign.slug)
        stood = queries.sums(session, held.id, held.currency, confirmed_before=held.go_ahead_at).confirmed
        return campaigns.decide(session, held, stood.people, stood.amount, now)


def test_who_confirms_in_time_is_decided_on(database: Database, clock: FixedClock):
    decided = SlowConfirmation(database, clock).decide_meanwhile()
    assert decided.state == State.TIPPED
    assert decided.decided
    assert decided.decided.people == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_lock_they_would_be_missed(database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("campaigns.store.lock", lambda *_args, **_options: None)
    assert SlowConfirmation(database, clock).decide_meanwhile().state == State.MISSED


@pytest.fixture
def running(database_url: str) -> Iterator[Database]:
    """The same database with its own clock, which runs."""
    running = Database(database_url, DatabaseClock())
    yield running
    running.dispose()


def test_a_spike_at_the_deadline_is_decided_to_the_instant(running: Database):
    with running.reading() as session:
        at = running.clock.now(session) + timedelta(seconds=0.5)
    campaign = open_campaign(running, go_ahead=GoAhead(at=at))

    def pledge_until_later(n: int) -> list[Pledge]:
        made: list[Pledge] = []
        while not made or (made[-1].confirmed_at or at) < at + timedelta(seconds=0.3):
            made.append(pledge_and_confirm(running, campaign, email=f"{n}.{len(made)}@example.org"))
        return made

    def decide_at_the_instant(_: int) -> list[Pledge]:
        with running.reading() as session:
            time.sleep((at - running.clock.now(session)).total_seconds() + 0.01)
        decide(running, campaign)
        return []

    made = at_once(9, lambda n: pledge_until_later(n) if n else decide_at_the_instant(n))
    with running.reading() as session:
        decided = campaigns.lock(session, running.clock, campaign.slug, shared=True)[0].decided
    in_time = [p for several in made for p in several if p.confirmed_at and p.confirmed_at < at]
    assert decided
    assert decided.people == len(in_time) > 0
    assert sums(running, campaign).confirmed.people == len(in_time)
    assert sums(running, campaign).joined_late.people == sum(map(len, made)) - len(in_time) > 0
