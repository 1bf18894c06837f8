"""A campaign's life, one step at a time: only the listed changes of state exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from campaigns import rules
from campaigns.rules import BEFORE_FINAL, TRANSITIONS
from campaigns.values import NamedBusiness, State, Window
from core.errors import Conflict, Invalid
from tests.factories import (
    CLOSING,
    LAST,
    NOW,
    OPENING,
    campaign_in,
    eur,
    make_award,
    make_campaign,
    make_window,
    winner,
    with_named_business,
)

EARLY = OPENING - timedelta(days=3)


def kinds(change: rules.Change) -> list[str]:
    return [fact.kind for fact in change[1]]


# Opening


def test_a_complete_draft_opens_for_bids():
    opened, facts = rules.open_(make_campaign(), [{"role": "owner"}], NOW)
    assert (opened.state, opened.opened_at) == (State.BIDDING, NOW)
    assert [fact.kind for fact in facts] == ["CampaignOpened"]


def test_with_one_named_business_there_is_no_auction_but_a_term():
    opened, _ = rules.open_(with_named_business(), [], NOW)
    assert opened.state == State.CHOOSING
    assert (opened.waiting, opened.wait_until) == ("bid", NOW + rules.NO_BID_TERM)


def test_the_named_businesss_contact_is_never_public():
    _, (fact,) = rules.open_(with_named_business(), [], NOW)
    assert "cafe@example.org" not in str(fact.body())


def test_an_incomplete_draft_names_every_gap():
    with pytest.raises(Invalid) as wrong:
        rules.open_(make_campaign(story="", windows=(), disclosure=None), [], NOW)
    assert [e.field for e in wrong.value.errors] == ["story", "windows", "disclosure"]


# Bidding


def test_bidding_takes_bids_up_to_its_closing_instant_worker_or_not():
    bidding = campaign_in(State.BIDDING)
    assert rules.takes_bids(bidding, CLOSING - timedelta(microseconds=1))
    assert not rules.takes_bids(bidding, CLOSING)


def test_a_named_business_may_bid_within_its_term():
    asked, _ = rules.open_(with_named_business(), [], NOW)
    assert rules.takes_bids(asked, NOW + timedelta(days=13))
    assert not rules.takes_bids(asked, NOW + rules.NO_BID_TERM)
    assert not rules.takes_bids(replace(asked, award=make_award()), NOW)


@pytest.mark.parametrize("state", sorted(set(State) - {State.BIDDING, State.CHOOSING}))
def test_no_other_state_takes_bids(state: State):
    assert not rules.takes_bids(campaign_in(state), NOW)


def test_bidding_closes_at_its_instant_however_late_the_worker_looks():
    closed, _ = rules.close_bidding(campaign_in(State.BIDDING), 3, CLOSING + timedelta(days=2))
    assert (closed.state, closed.since) == (State.CHOOSING, CLOSING)


def test_without_a_valid_bid_bidding_is_extended_once():
    later = CLOSING + timedelta(days=7)
    extended, _ = rules.extend_bidding(campaign_in(State.CHOOSING), later, CLOSING)
    assert (extended.state, extended.waiting) == (State.BIDDING, "")
    assert extended.bidding is not None
    assert extended.bidding.closes_at == later
    again, _ = rules.close_bidding(extended, 0, later)
    with pytest.raises(Conflict, match="extended once"):
        rules.extend_bidding(again, later + timedelta(days=1), later)


def test_an_extension_still_ends_before_the_day():
    with pytest.raises(Invalid) as wrong:
        rules.extend_bidding(campaign_in(State.CHOOSING), OPENING, CLOSING)
    assert wrong.value.field == "bidding"


def test_without_a_valid_bid_one_business_can_be_named():
    named, _ = rules.name_business(campaign_in(State.CHOOSING), NamedBusiness("Cafe Morgenrot"), CLOSING)
    assert named.bidding is None
    assert (named.waiting, named.wait_until) == ("bid", CLOSING + rules.NO_BID_TERM)
    assert rules.takes_bids(named, CLOSING)


def test_while_there_are_bids_to_choose_from_the_published_rule_decides():
    jury = rules.wait_for(campaign_in(State.CHOOSING), "choice", CLOSING + rules.CHOICE_TERM)
    with pytest.raises(Conflict, match="the published rule decides"):
        rules.demand_no_bid(jury, CLOSING)
    rules.demand_no_bid(campaign_in(State.CHOOSING), CLOSING)
    with pytest.raises(Conflict, match="The term for another try has passed"):
        rules.demand_no_bid(campaign_in(State.CHOOSING), CLOSING + rules.NO_BID_TERM)


# Award, succession, agreement


def test_an_award_names_winners_and_who_would_follow():
    awarded, (fact,) = rules.award(campaign_in(State.CHOOSING), [winner("a")], [winner("b")], "", CLOSING)
    assert awarded.state == State.CHOOSING
    assert [w.bid for w in awarded.winners] == ["a"]
    assert fact.body()["order"] == ["a", "b"]


@pytest.mark.parametrize(
    ("winners", "message"), [([], "at least one"), (["a", "b"], "1 winners"), (["a", "a"], "1 winners")]
)
def test_an_award_keeps_to_the_published_number_of_winners(winners: list[str], message: str):
    with pytest.raises(Invalid, match=message):
        rules.award(campaign_in(State.CHOOSING), [winner(bid) for bid in winners], [], "", CLOSING)


def test_a_winner_is_named_once():
    awarded = campaign_in(State.CHOOSING, award=make_award())
    with pytest.raises(Conflict, match="already"):
        rules.award(awarded, [winner("b")], [], "", CLOSING)
    with pytest.raises(Conflict, match="already"):
        rules.extend_bidding(awarded, OPENING, NOW)
    with pytest.raises(Conflict, match="already"):
        rules.name_business(awarded, NamedBusiness("Cafe Morgenrot"), NOW)


def test_with_both_sides_acceptance_the_campaign_is_agreed():
    agreed = rules.agree(campaign_in(State.CHOOSING, award=make_award()), "bid-1", CLOSING)
    assert agreed[0].state == State.AGREED
    assert kinds(agreed) == ["CampaignAgreed"]


def test_with_several_winners_the_last_agreement_makes_it_agreed():
    two = campaign_in(State.CHOOSING, award=make_award(bids=("a", "b")))
    one_agreed, none_yet = rules.agree(two, "a", CLOSING)
    assert (one_agreed.state, none_yet) == (State.CHOOSING, [])
    assert rules.agree(one_agreed, "b", CLOSING)[0].state == State.AGREED


def test_nothing_is_agreed_before_there_is_an_award():
    with pytest.raises(Conflict, match="no award"):
        rules.agree(campaign_in(State.CHOOSING), "bid-1", CLOSING)


@pytest.mark.parametrize("state", [State.CHOOSING, State.AGREED, State.PLEDGING, State.TIPPED])
def test_the_runner_up_succeeds_and_supporters_are_asked_again(state: State):
    held = campaign_in(state, award=make_award("second", "third", agreed=frozenset({"bid-1"})))
    changed, (fact,) = rules.replace_winner(held, "bid-1", "withdrawn", EARLY)
    assert changed.state == State.CHOOSING
    assert [w.bid for w in changed.winners] == ["second"]
    assert changed.award is not None
    assert (changed.award.at, changed.award.agreed) == (EARLY, frozenset())
    assert [w.bid for w in changed.award.runners_up] == ["third"]
    assert changed.terms_version == held.terms_version + 1
    assert changed.decided is None
    assert fact.body() == {"bid": "bid-1", "by": "second", "reason": "withdrawn", "waits_for": None}


def test_with_nobody_left_it_is_as_if_there_had_been_no_bid():
    changed, (fact,) = rules.replace_winner(campaign_in(State.TIPPED), "bid-1", "withdrawn", EARLY)
    assert (changed.state, changed.award) == (State.CHOOSING, None)
    assert fact.body()["by"] is None


def test_the_other_winners_go_on_alone_where_nobody_follows():
    both = make_award(bids=("a", "b"), agreed=frozenset({"a", "b"}))
    change = rules.replace_winner(campaign_in(State.PLEDGING, award=both), "b", "withdrawn", EARLY)
    assert change[0].state == State.AGREED
    assert [w.bid for w in change[0].winners] == ["a"]
    assert kinds(change) == ["WinnerReplaced", "CampaignAgreed"]


def test_other_winners_who_have_not_agreed_still_have_to():
    both = make_award(bids=("a", "b"), agreed=frozenset({"b"}))
    changed, _ = rules.replace_winner(campaign_in(State.CHOOSING, award=both), "b", "withdrawn", EARLY)
    assert changed.state == State.CHOOSING


def test_a_runner_up_who_withdrew_follows_nobody():
    held = campaign_in(State.PLEDGING, award=make_award("second", "third"))
    left = rules.forget_runner_up(held, "second")
    changed, _ = rules.replace_winner(left, "bid-1", "withdrawn", EARLY)
    assert [w.bid for w in changed.winners] == ["third"]
    assert rules.forget_runner_up(campaign_in(State.CHOOSING), "second").award is None


def test_only_a_winner_can_be_replaced():
    with pytest.raises(Conflict, match="has not won"):
        rules.replace_winner(campaign_in(State.PLEDGING), "somebody-else", "withdrawn", EARLY)


# Cancelling


@pytest.mark.parametrize("state", BEFORE_FINAL)
def test_a_campaign_can_be_cancelled_before_its_final_tally_with_a_public_reason(state: State):
    cancelled, (fact,) = rules.cancel(campaign_in(state), "the landlord", NOW)
    assert (cancelled.state, cancelled.reason) == (State.CANCELLED, "the landlord")
    assert fact.body() == {"reason": "the landlord"}
    with pytest.raises(Invalid):
        rules.cancel(campaign_in(state), "", NOW)


def test_a_draft_that_was_cancelled_stays_as_private_as_it_was():
    draft, _ = rules.cancel(make_campaign(), "never mind", NOW)
    opened, _ = rules.open_(make_campaign(), [], NOW)
    assert not make_campaign().is_public
    assert not draft.is_public
    assert opened.is_public
    assert rules.cancel(opened, "rain", NOW)[0].is_public


def next_week() -> tuple[Window, ...]:
    return (make_window(OPENING + timedelta(days=7), LAST + timedelta(days=7)),)


# The table

SAMPLES = {
    "open_": lambda c: rules.open_(c, [], NOW),
    "close_bidding": lambda c: rules.close_bidding(c, 0, CLOSING),
    "extend_bidding": lambda c: rules.extend_bidding(c, CLOSING + timedelta(days=3), CLOSING),
    "name_business": lambda c: rules.name_business(c, NamedBusiness("Cafe"), CLOSING),
    "award": lambda c: rules.award(c, [winner("bid-1")], [], "", CLOSING),
    "replace_winner": lambda c: rules.replace_winner(replace(c, award=make_award("b")), "bid-1", "", EARLY),
    "agree": lambda c: rules.agree(replace(c, award=make_award()), "bid-1", CLOSING),
    "open_pledging": lambda c: rules.open_pledging(c, CLOSING),
    "decide": lambda c: rules.decide(c, 0, eur("0"), OPENING),
    "proceed": lambda c: rules.proceed(replace(c, since=EARLY), "organizer", EARLY),
    "give_up": lambda c: rules.give_up(c, OPENING),
    "open_mob": lambda c: rules.open_mob(c, OPENING),
    "close_mob": lambda c: rules.close_mob(c, LAST),
    "finalize": lambda c: rules.finalize(c, {"state": "final"}, "", LAST),
    "begin_following": lambda c: rules.begin_following(c, LAST),
    "end": lambda c: rules.end(c, LAST),
    "cancel": lambda c: rules.cancel(c, "rain", NOW),
    "postpone": lambda c: rules.postpone(c, next_week(), "rain", EARLY),
}


def test_every_transition_of_the_table_is_tried_here():
    assert set(SAMPLES) == {t.name for t in TRANSITIONS}
    assert len(TRANSITIONS) == len(SAMPLES)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("listed", TRANSITIONS, ids=lambda t: t.name)
def test_a_change_of_state_happens_from_its_listed_states_only(listed: rules.Transition, state: State):
    if state in listed.sources:
        changed, _ = SAMPLES[listed.name](campaign_in(state))
        assert changed.state in listed.targets
    else:
        with pytest.raises(Conflict, match=f"The campaign is {state}"):
            SAMPLES[listed.name](campaign_in(state))


def test_every_state_but_the_first_is_reached_and_every_state_but_the_last_is_left():
    reached = {target for t in TRANSITIONS for target in t.targets}
    left = {source for t in TRANSITIONS for source in t.sources}
    assert reached == set(State) - {State.DRAFT}
    assert left == set(State) - {State.DONE, State.CANCELLED}
