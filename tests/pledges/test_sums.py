"""Totals: summed from the rows, equal to the record's, and as they stood at an instant."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from accounts.rules import Person, Role
from campaigns.tally import Crowd, DoorSums, PledgeSums
from campaigns.values import Campaign, Decided, State
from core import record
from core.clock import FixedClock
from core.db import Database
from core.errors import DomainError
from pledges import jobs, queries, service
from pledges.rules.recount import Recount
from pledges.values import Arrival, CheckIn, Pledge
from tests.harness.databases import NOW
from tests.pledges.acts import (
    arrive,
    change,
    confirm,
    join,
    move_to,
    open_campaign,
    pledge,
    pledge_and_confirm,
    scan,
    sums,
    withdraw,
)
from tests.stages import euro

NOTHING = Crowd(0, euro("0"))


def as_it_stood(database: Database, campaign: Campaign) -> PledgeSums:
    with database.reading() as session:
        return queries.sums(session, campaign.id, "EUR", confirmed_before=campaign.go_ahead_at)


def recount(database: Database, campaign: Campaign) -> Recount:
    record.publish(database)
    with database.reading() as session:
        return Recount("EUR").read((fact.kind, fact.body) for fact in record.read(session, campaign.id))


def test_each_crowd_is_counted_apart(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    pledge(database, campaign, "5", "ada@example.org")
    pledge_and_confirm(database, campaign, "20", "ben@example.org", party=2)
    pledge(database, campaign, "7", "", party=3)
    move_to(database, campaign, State.TIPPED, decided=Decided(2, euro("20"), clock.instant))
    pledge_and_confirm(database, campaign, "11", "cleo@example.org")
    pledge(database, campaign, "13", "dan@example.org")
    assert sums(database, campaign) == PledgeSums(
        pledged=Crowd(3, euro("25")),
        confirmed=Crowd(2, euro("20")),
        joined_late=Crowd(1, euro("11")),
        without_address=Crowd(3, euro("7")),
    )


def test_a_campaign_without_pledges_sums_to_zero(database: Database):
    campaign = open_campaign(database)
    assert sums(database, campaign) == PledgeSums(NOTHING, NOTHING, NOTHING, NOTHING)


def test_many_campaigns_take_one_query(database: Database):
    campaigns = [open_campaign(database) for _ in range(3)]
    pledge_and_confirm(database, campaigns[1])
    with database.writing() as session:
        service.roll_up(session, campaigns[1].id, database.clock.now(session))
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    currencies = {c.id: "EUR" for c in campaigns}
    with database.reading() as session:
        live = queries.rolled_up(session, currencies)
        exact = queries.sums_of(session, currencies)
    assert len([s for s in seen if s.startswith("SELECT")]) == 2
    assert {id_: totals.pledges for id_, totals in live.items()} == exact
    assert [live[c.id].pledges.confirmed.people for c in campaigns] == [0, 1, 0]
    assert live[campaigns[0].id].door == DoorSums(0, euro("0"), 0)


def test_a_rollup_follows_what_is_counted(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    move_to(database, campaign, State.MOBBING)
    clock.set(campaign.windows[0].opens_at)
    crew = join(database, campaign, Role.CREW)
    for spent in (None, euro("8")):
        scan(database, campaign, crew, made, spent=spent)
        with database.writing() as session:
            service.roll_up(session, campaign.id, clock.instant)
            live = queries.rolled_up(session, {campaign.id: "EUR"})[campaign.id]
            assert live.pledges == queries.sums(session, campaign.id, "EUR")
            assert live.door == queries.door(session, campaign.id, "EUR")


def test_a_rollup_of_the_door_alone_leaves_the_pledges_as_they_were(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    move_to(database, campaign, State.MOBBING)
    clock.set(campaign.windows[0].opens_at)
    crew = join(database, campaign, Role.CREW)

    def roll_up() -> queries.Live:
        with database.writing() as session:
            service.roll_up(session, campaign.id, clock.instant, door_only=True)
            return queries.rolled_up(session, {campaign.id: "EUR"})[campaign.id]

    first = roll_up()
    assert first.pledges == sums(database, campaign), "the first one sums everything"
    scan(database, campaign, crew, made, spent=euro("8"))
    pledge_and_confirm(database, campaign, "11", "cleo@example.org")
    second = roll_up()
    assert (second.pledges, second.door.people) == (first.pledges, 1)


def test_live_sums_are_those_rolled_up_and_the_rows_own_before(database: Database):
    campaign = open_campaign(database)
    pledge_and_confirm(database, campaign)

    def live() -> int:
        with database.reading() as session:
            return queries.live_sums(session, campaign.id, "EUR").confirmed.people

    assert live() == 1
    record.publish(database)
    jobs.roll_up_changed(database)
    pledge_and_confirm(database, campaign, "11", "cleo@example.org")
    assert live() == 1, "a moment old"
    record.publish(database)
    jobs.roll_up_changed(database)
    assert live() == 2


def test_the_go_ahead_counts_what_stood_at_its_instant_however_late_the_worker(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    names = ("ada", "ben", "cleo", "dan")
    made = [pledge_and_confirm(database, campaign, "10", f"{name}@example.org") for name in names]
    slow = pledge(database, campaign, "10", "eve@example.org")
    assert campaign.go_ahead_at
    clock.set(campaign.go_ahead_at)
    withdraw(database, made[0])
    change(database, made[1], "99", 9)
    pledge_and_confirm(database, campaign, "50", "cleo@example.org")
    confirm(database, slow)
    assert as_it_stood(database, campaign).confirmed == Crowd(4, euro("40"))
    assert sums(database, campaign).confirmed == Crowd(10, euro("109"))
    assert sums(database, campaign).joined_late == Crowd(2, euro("60"))


Step = tuple[str, int, int]
STEPS = st.tuples(
    st.sampled_from(("pledge", "pledge", "confirm", "confirm", "change", "withdraw", "scan", "undo", "walk_in")),
    st.integers(0, 7),
    st.integers(1, 9),
)


class Day:
    """Whatever people do, in any order; what is refused changes nothing."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        clock.set(NOW)
        self.database, self.clock = database, clock
        self.campaign = open_campaign(database)
        self.crew: Person = join(database, self.campaign, Role.CREW)
        self.made: list[Pledge] = []
        self.came: list[CheckIn] = []

    def take(self, steps: list[Step]) -> None:
        for kind, which, number in steps:
            self.clock.advance(seconds=1)
            with suppress(DomainError):
                self._take(kind, which, number)

    def _take(self, kind: str, which: int, number: int) -> None:
        acts: dict[str, Callable[[], None]] = {
            "pledge": lambda: self._pledge(which, number),
            "walk_in": lambda: self._walk_in(number),
        }
        act = acts.get(kind)
        if act is None and kind == "undo" and self.came:
            act = partial(self._undo, self.came[which % len(self.came)])
        elif act is None and self.made:
            act = partial(self._change, kind, self.made[which % len(self.made)], number)
        if act:
            act()

    def _pledge(self, who: int, number: int) -> None:
        email = f"{who}@example.org" if who % 4 else ""
        self.made.append(pledge(self.database, self.campaign, str(number), email, party=number))

    def _walk_in(self, number: int) -> None:
        arrival = Arrival(walk_in=True, party=number, spent=euro(str(number)), anyway=number > 4)
        self.came.append(arrive(self.database, self.campaign, self.crew, arrival)[0])

    def _undo(self, came: CheckIn) -> None:
        with self.database.writing() as session:
            service.undo_check_in(session, self.clock, self.crew, came.id)

    def _change(self, kind: str, made: Pledge, number: int) -> None:
        match kind:
            case "confirm":
                confirm(self.database, made)
            case "change":
                change(self.database, made, str(number + 10), number)
            case "withdraw":
                withdraw(self.database, made)
            case "scan":
                spent = euro(str(number)) if number % 2 else None
                self.came.append(scan(self.database, self.campaign, self.crew, made, spent=spent)[0])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(STEPS, max_size=14), after=st.lists(STEPS, max_size=14))
def test_the_record_alone_gives_the_same_sums_and_the_past_stays(
    database: Database, clock: FixedClock, before: list[Step], after: list[Step]
):
    day = Day(database, clock)
    day.take(before)
    clock.set(day.campaign.windows[0].opens_at - timedelta(microseconds=1))
    stood = sums(database, day.campaign)
    clock.advance(microseconds=1)
    day.take(after)
    assert as_it_stood(database, day.campaign).confirmed == stood.confirmed
    counted = recount(database, day.campaign)
    assert counted.pledge_sums() == sums(database, day.campaign)
    with database.reading() as session:
        assert counted.door_sums() == queries.door(session, day.campaign.id, "EUR")
