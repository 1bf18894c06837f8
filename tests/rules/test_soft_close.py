"""A bid in the last minutes moves the closing, as often as the published rule allows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.rules import has_risen
from campaigns import rules
from campaigns.values import Campaign, Mode, State
from core.errors import Invalid
from tests.factories import CLOSING, NOW, OPENING, action, campaign_in, make_bid, make_bidding, share

MINUTE = timedelta(minutes=1)


def bidding_campaign(**changes: Any) -> Campaign:
    return campaign_in(State.BIDDING, bidding=make_bidding(**changes))


def after(campaign: Campaign, *bids: datetime) -> datetime | None:
    """When bidding closes after bids at these instants."""
    for at in bids:
        campaign, _ = rules.move_closing(campaign, at)
    return campaign.bids_close_at


def test_a_bid_in_the_last_five_minutes_moves_the_closing_by_five():
    assert after(bidding_campaign(), CLOSING - 5 * MINUTE) == CLOSING + 5 * MINUTE
    assert after(bidding_campaign(), CLOSING - MINUTE) == CLOSING + 5 * MINUTE


def test_a_bid_before_that_moves_nothing_and_says_nothing():
    campaign = bidding_campaign()
    assert rules.move_closing(campaign, CLOSING - 5 * MINUTE - timedelta(seconds=1)) == (campaign, [])


def test_the_published_instant_stays_beside_the_moved_one():
    moved, (fact,) = rules.move_closing(bidding_campaign(), CLOSING - MINUTE)
    assert moved.bidding == make_bidding()
    assert fact.body() == {"closes_at": "2027-03-15T12:05:00Z"}
    assert rules.takes_bids(moved, CLOSING + 4 * MINUTE)
    assert not rules.takes_bids(moved, CLOSING + 5 * MINUTE)


def test_bids_in_the_same_minutes_each_move_it():
    assert after(bidding_campaign(), CLOSING - MINUTE, CLOSING + MINUTE) == CLOSING + 10 * MINUTE
    assert after(bidding_campaign(), CLOSING - MINUTE, CLOSING - MINUTE) == CLOSING + 5 * MINUTE


@given(st.lists(st.integers(-90, 90)), st.integers(0, 60), st.integers(0, 240))
def test_however_many_come_it_moves_by_no_more_than_the_rule_allows(minutes: list[int], by: int, most: int):
    held = bidding_campaign(extend_by=by, extend_at_most=most)
    closing = after(held, *(CLOSING + n * MINUTE for n in sorted(minutes)))
    assert closing
    assert CLOSING <= closing <= CLOSING + most * MINUTE


@pytest.mark.parametrize("changes", [{"extend_by": 0}, {"extend_at_most": 0}, {"mode": Mode.SEALED}])
def test_it_moves_nowhere_where_it_is_switched_off_or_bids_are_sealed(changes: dict[str, Any]):
    assert after(bidding_campaign(**changes), CLOSING - MINUTE) == CLOSING


def test_it_never_moves_into_the_day():
    held = bidding_campaign(closes_at=OPENING - 3 * MINUTE)
    assert after(held, OPENING - 4 * MINUTE) == OPENING


def test_a_new_closing_date_after_no_bid_begins_afresh():
    held = campaign_in(State.CHOOSING, moved_to=CLOSING + 5 * MINUTE)
    later = CLOSING + timedelta(days=3)
    assert rules.extend_bidding(held, later, CLOSING)[0].bids_close_at == later


@pytest.mark.parametrize(
    ("field", "minutes"), [("extend_by", -1), ("extend_by", 61), ("extend_at_most", -1), ("extend_at_most", 241)]
)
def test_minutes_outside_of_what_can_be_set_are_refused(field: str, minutes: int):
    with pytest.raises(Invalid) as wrong:
        make_bidding(**{field: minutes})
    assert wrong.value.field == field


def test_only_who_promises_more_answers_anybody():
    held = make_bid(share("22"))
    assert has_risen(None, held)
    assert has_risen(held, make_bid(share("23")))
    assert has_risen(held, make_bid(share("22"), action()))
    assert has_risen(make_bid(share("22"), withdrawn_at=NOW), held)
    assert not has_risen(held, make_bid(share("22")))
