"""Every wait has a clock and an exit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from campaigns import rules, waits
from campaigns.values import Campaign, Criterion, Pledging, Rule, State, TieBreak
from tests.factories import CLOSING, LAST, NOW, OPENING, campaign_in, make_award, make_bidding, money_go_ahead

EARLY = OPENING - timedelta(days=3)
WITHOUT = {State.DRAFT, State.FOLLOWING, State.DONE, State.CANCELLED}
"""A draft waits for nobody, the last two are over, and following waits by the promises' own dates."""


@pytest.mark.parametrize("state", sorted(set(State) - WITHOUT))
def test_every_state_that_waits_has_its_clock(state: State):
    wait = waits.next_wait(campaign_in(state))
    assert wait is not None
    assert wait.kind


@pytest.mark.parametrize("state", sorted(WITHOUT))
def test_the_others_wait_for_no_clock_of_the_campaign(state: State):
    assert waits.next_wait(campaign_in(state)) is None


@pytest.mark.parametrize(
    ("campaign", "kind", "at"),
    [
        (campaign_in(State.BIDDING), "bidding_closes", CLOSING),
        (campaign_in(State.CHOOSING), "waiting_for_bid", CLOSING + timedelta(days=14)),
        (campaign_in(State.CHOOSING, award=make_award()), "agreement_term_ends", CLOSING + timedelta(days=14)),
        (campaign_in(State.AGREED), "pledging_opens", NOW),
        (campaign_in(State.AGREED, pledging=Pledging(EARLY)), "pledging_opens", EARLY),
        (campaign_in(State.PLEDGING), "go_ahead", OPENING),
        (campaign_in(State.PLEDGING, go_ahead=money_go_ahead("5", EARLY)), "go_ahead", EARLY),
        (campaign_in(State.MISSED, since=NOW), "proceed_ends", NOW + timedelta(days=7)),
        (campaign_in(State.MISSED, since=EARLY), "proceed_ends", OPENING),
        (campaign_in(State.TIPPED), "mob_opens", OPENING),
        (campaign_in(State.MOBBING), "mob_closes", LAST),
        (campaign_in(State.COUNTING), "till_term_ends", LAST + timedelta(days=7)),
        (campaign_in(State.FINAL, since=LAST), "following_begins", LAST),
    ],
)
def test_the_clock_of_each_wait(campaign: Campaign, kind: str, at: datetime):
    assert waits.next_wait(campaign) == waits.Wait(kind, at)


def test_an_award_outranks_what_was_waited_for_before():
    awarded = replace(campaign_in(State.CHOOSING), award=make_award(at=EARLY))
    wait = waits.next_wait(awarded)
    assert wait == waits.Wait("agreement_term_ends", EARLY + rules.AGREEMENT_TERM)


@pytest.mark.parametrize(
    ("bidding", "choice", "tie"),
    [
        ({"rule": Rule.HIGHEST_SHARE, "tie_break": TieBreak.EARLIEST}, 0, 0),
        ({"rule": Rule.HIGHEST_SHARE, "tie_break": TieBreak.VOTE}, 0, 7),
        ({"rule": Rule.HIGHEST_SHARE, "tie_break": TieBreak.ORGANIZER}, 0, 14),
        ({"rule": Rule.JURY, "criteria": (Criterion("climate", 1),)}, 7, 0),  # type: ignore[arg-type]  # weighs one
        ({"rule": Rule.VOTE}, 7, 0),
        ({"rule": Rule.ORGANIZER}, 14, 0),
    ],
)
def test_who_chooses_has_a_term_from_the_closing_instant(bidding: dict[str, Any], choice: int, tie: int):
    choosing = campaign_in(State.CHOOSING, bidding=make_bidding(**bidding))
    assert waits.choice_term(choosing) == CLOSING + timedelta(days=choice)
    assert waits.tie_term(choosing) == CLOSING + timedelta(days=tie)


def test_without_an_auction_nobody_has_to_choose():
    named = campaign_in(State.CHOOSING, bidding=None)
    assert waits.choice_term(named) is None
    assert waits.tie_term(named) is None
