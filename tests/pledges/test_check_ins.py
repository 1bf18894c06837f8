"""At the door: codes, walk-ins, slips."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.rules import Person, Role
from campaigns.tally import DoorSums
from campaigns.values import Campaign, Decided, State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.money import Money
from pledges import queries, service
from pledges.values import Arrival, CheckIn, PledgeState
from tests.pledges.acts import (
    arrive,
    confirm,
    join,
    kinds,
    move_to,
    open_campaign,
    pledge,
    pledge_and_confirm,
    scan,
    stored,
    sums,
    withdraw,
)
from tests.stages import euro


def begin(database: Database, clock: FixedClock, campaign: Campaign) -> Person:
    """The mob has begun; gives somebody of the crew."""
    decided = Decided(0, euro("0"), clock.instant)
    move_to(database, campaign, State.MOBBING, decided=decided)
    clock.set(campaign.windows[0].opens_at)
    return join(database, campaign, Role.CREW)


def door(database: Database, campaign: Campaign) -> DoorSums:
    with database.reading() as session:
        return queries.door(session, campaign.id, campaign.currency)


def undo(database: Database, crew: Person, came: CheckIn) -> CheckIn:
    with database.writing() as session:
        return service.undo_check_in(session, database.clock, crew, came.id)


def test_a_code_is_checked_in_once(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign, party=2)
    crew = begin(database, clock, campaign)
    first, already = scan(database, campaign, crew, made, spent=euro("12.50"))
    clock.advance(minutes=5)
    second, again = scan(database, campaign, crew, made)
    assert (already, again) == (False, True)
    assert second == first
    assert door(database, campaign) == DoorSums(2, euro("12.50"), 1)
    assert kinds(database, campaign)[-1] == "PersonCheckedIn"


def test_a_code_may_be_typed_badly(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    crew = begin(database, clock, campaign)
    typed = f" {made.code[:3].lower()}-{made.code[3:]}"
    assert arrive(database, campaign, crew, Arrival(code=typed))[0].pledge == made.id


def test_what_was_not_noted_at_first_is_added_by_a_second_scan(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    crew = begin(database, clock, campaign)
    scan(database, campaign, crew, made)
    noted, already = scan(database, campaign, crew, made, spent=euro("8"), anyway=True)
    assert (noted.spent, noted.anyway, already) == (euro("8"), True, True)
    assert scan(database, campaign, crew, made, spent=euro("99"))[0].spent == euro("8")
    assert door(database, campaign) == DoorSums(1, euro("8"), 1, asked=1, anyway=1)
    assert kinds(database, campaign).count("SpendNoted") == 1


def test_an_unconfirmed_code_is_confirmed_by_arriving_and_has_joined_late(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    written, spoken = pledge(database, campaign), pledge(database, campaign, email="")
    crew = begin(database, clock, campaign)
    for made in (written, spoken):
        scan(database, campaign, crew, made)
        assert stored(database, made).state == PledgeState.CONFIRMED
    totals = sums(database, campaign)
    assert (totals.confirmed.people, totals.joined_late.people, totals.without_address.people) == (0, 1, 1)
    assert kinds(database, campaign).count("PledgeConfirmed") == 2


def test_walk_ins_are_counted_and_a_repeated_one_is_one(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    crew = begin(database, clock, campaign)
    first, already = arrive(database, campaign, crew, Arrival(walk_in=True, party=3, nonce="n"))
    second, again = arrive(database, campaign, crew, Arrival(walk_in=True, party=3, nonce="n", spent=euro("5")))
    arrive(database, campaign, crew, Arrival(walk_in=True))
    assert (already, again, second.id) == (False, True, first.id)
    assert first.walk_in
    assert door(database, campaign) == DoorSums(4, euro("5"), 1)


def test_crew_learn_what_is_wrong_with_a_code(database: Database, clock: FixedClock):
    campaign, other = open_campaign(database), open_campaign(database)
    gone = withdraw(database, pledge(database, campaign))
    old = pledge_and_confirm(database, campaign, "20")
    new = pledge_and_confirm(database, campaign, "30")
    elsewhere = pledge(database, other)
    crew = begin(database, clock, campaign)
    with pytest.raises(Conflict, match="was withdrawn: count a walk-in"):
        scan(database, campaign, crew, gone)
    with pytest.raises(Conflict, match=f"take the code {new.code[:3]} {new.code[3:]}"):
        scan(database, campaign, crew, old)
    with pytest.raises(NotFound, match="belongs to another campaign"):
        scan(database, campaign, crew, elsewhere)
    with pytest.raises(NotFound, match="Nobody pledged with the code 222 222"):
        arrive(database, campaign, crew, Arrival(code="222222"))
    with pytest.raises(Invalid, match="look at the O again"):
        arrive(database, campaign, crew, Arrival(code="OOO OOO"))
    with pytest.raises(Invalid, match="this campaign counts in EUR"):
        scan(database, campaign, crew, new, spent=Money.parse("1", "USD"))


def test_only_the_team_stands_at_the_door(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    begin(database, clock, campaign)
    for stranger in (
        join(database, campaign, Role.MONITOR),
        join(database, open_campaign(database), Role.CREW, "x@y.org"),
    ):
        with pytest.raises(Forbidden):
            scan(database, campaign, stranger, made)


def test_the_door_closes_with_the_final_tally(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    crew = begin(database, clock, campaign)
    move_to(database, campaign, State.COUNTING)
    came, _ = scan(database, campaign, crew, made)
    move_to(database, campaign, State.FINAL)
    with pytest.raises(Conflict, match="The campaign is final"):
        scan(database, campaign, crew, made)
    with pytest.raises(Conflict, match="The campaign is final"):
        undo(database, crew, came)


def test_a_slip_can_be_undone_and_the_code_scanned_again(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    crew = begin(database, clock, campaign)
    came, _ = scan(database, campaign, crew, made, spent=euro("8"))
    assert undo(database, crew, came) == undo(database, crew, came)
    assert door(database, campaign) == DoorSums(0, euro("0"), 0)
    with database.reading() as session:
        assert queries.newest_check_ins(session, campaign.id) == []
    again, already = scan(database, campaign, crew, made)
    assert (already, again.id == came.id) == (False, False)
    with database.reading() as session:
        assert queries.newest_check_ins(session, campaign.id) == [again]
        assert [line.check_in for line in queries.listing(session, campaign.id)] == [again]


def test_undoing_takes_back_the_confirmation_at_the_door(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge(database, campaign)
    before = sums(database, campaign)
    crew = begin(database, clock, campaign)
    came, _ = scan(database, campaign, crew, made)
    assert sums(database, campaign) != before
    undo(database, crew, came)
    assert sums(database, campaign) == before
    assert kinds(database, campaign)[-2:] == ["CheckInUndone", "PledgeUnconfirmed"]


def test_undoing_leaves_a_pledge_that_its_mail_has_confirmed_since(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge(database, campaign)
    crew = begin(database, clock, campaign)
    came, _ = scan(database, campaign, crew, made)
    assert confirm(database, made).person is not None
    undo(database, crew, came)
    assert stored(database, made).state == PledgeState.CONFIRMED


def test_who_is_inside_can_no_longer_withdraw(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    crew = begin(database, clock, campaign)
    scan(database, campaign, crew, made)
    with pytest.raises(Conflict, match="checked in"):
        withdraw(database, made)


def test_the_door_needs_no_worker(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    crew = join(database, campaign, Role.CREW)
    clock.set(campaign.windows[0].opens_at - timedelta(seconds=1))
    with pytest.raises(Conflict, match="The campaign is pledging"):
        scan(database, campaign, crew, made)
    clock.set(campaign.windows[0].opens_at)
    assert scan(database, campaign, crew, made)[1] is False
