"""Places in arrival times: whoever comes first has one, however many ask at once, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.slots import Slot
from campaigns.values import Campaign, Slots
from core.clock import FixedClock
from core.db import Database
from core.errors import Invalid
from pledges import queries
from tests.at_once import outcomes
from tests.pledges.acts import change, confirm, kinds, open_campaign, pledge, pledge_and_confirm, stored, withdraw


def with_room_for(database: Database, cap: int) -> tuple[Campaign, Slot, Slot]:
    campaign = open_campaign(database, slots=Slots(60, cap))
    window = campaign.windows[0].id
    return campaign, Slot(window, 0), Slot(window, 60)


def people_in(database: Database, campaign: Campaign, slot: Slot) -> int:
    with database.reading() as session:
        return queries.chosen_slots(session, campaign.id, database.clock.now(session)).get(slot, 0)


def test_of_many_who_pledge_at_once_no_more_than_its_cap_get_into_a_time(database: Database):
    campaign, first, _ = with_room_for(database, 5)
    done, refused = outcomes(12, lambda n: pledge(database, campaign, email=f"{n}@example.org", slot=first))
    assert (len(done), len(refused)) == (5, 7)
    assert {error.fields for error in map(Refusal, refused)} == {("slot",)}
    assert people_in(database, campaign, first) == 5
    assert kinds(database, campaign) == ["PledgeMade"] * 5


class Refusal:
    """The fields that a refusal names."""

    def __init__(self, error: Exception) -> None:
        assert isinstance(error, Invalid)
        self.fields = tuple(held.field for held in error.errors)


def test_changing_to_a_time_at_once_keeps_its_cap_too(database: Database):
    campaign, first, second = with_room_for(database, 3)
    mine = [pledge_and_confirm(database, campaign, email=f"{n}@example.org") for n in range(6)]
    done, refused = outcomes(6, lambda n: change(database, mine[n], "20", party=2 if n else 1, slot=str(first)))
    assert people_in(database, campaign, first) <= 3
    assert len(done) in {1, 2}
    assert len(done) + len(refused) == 6
    assert people_in(database, campaign, second) == 0


def test_a_party_takes_as_many_places_as_it_has_heads(database: Database):
    campaign, first, _ = with_room_for(database, 5)
    pledge(database, campaign, slot=first, party=4)
    with pytest.raises(Invalid, match="this time is full"):
        pledge(database, campaign, email="ben@example.org", slot=first, party=2)
    pledge(database, campaign, email="ben@example.org", slot=first)


def test_who_withdraws_or_moves_gives_the_place_back(database: Database):
    campaign, first, second = with_room_for(database, 1)
    lea = pledge_and_confirm(database, campaign, slot=first)
    ben = pledge_and_confirm(database, campaign, email="ben@example.org", slot=second)
    withdraw(database, lea)
    change(database, ben, "20", slot=str(first))
    assert (people_in(database, campaign, first), people_in(database, campaign, second)) == (1, 0)
    assert stored(database, change(database, ben, "20", slot="")).slot is None


def test_made_up_pledges_hold_a_time_for_a_day_and_a_late_confirmation_counts_without_it(
    database: Database, clock: FixedClock
):
    campaign, first, second = with_room_for(database, 1)
    slow = pledge(database, campaign, slot=first)
    other = pledge(database, campaign, email="ida@example.org", slot=second)
    clock.advance(hours=24)
    pledge_and_confirm(database, campaign, email="ben@example.org", slot=first)
    assert confirm(database, slow).slot is None
    assert confirm(database, other).slot == second
    assert kinds(database, campaign)[-3:] == ["PledgeConfirmed", "PledgeChanged", "PledgeConfirmed"]


def test_a_smaller_cap_sends_nobody_away(database: Database, clock: FixedClock):
    campaign, first, _ = with_room_for(database, 4)
    lea = pledge_and_confirm(database, campaign, slot=first, party=3)
    clock.advance(seconds=timedelta(hours=1).total_seconds())
    assert change(database, lea, "25", party=2).slot == first
    with pytest.raises(Invalid, match="this time is full"):
        change(database, lea, "25", party=5)
