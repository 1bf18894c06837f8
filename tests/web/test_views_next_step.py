"""What an organizer, and a business, does next at every stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from businesses.followthrough import Verdict
from businesses.values import Acceptance, Agreement
from campaigns import gaps
from campaigns.tally import TillState
from campaigns.values import Rule, State, TieBreak
from pledges.values import TillFigures, TillTotal, Visibility
from tests.factories import (
    CLOSING,
    DUE,
    LAST,
    NOW,
    OPENING,
    campaign_in,
    eur,
    evidence,
    make_award,
    make_bid,
    make_bidding,
    make_campaign,
    make_obligation,
    verdict,
    with_named_business,
)
from web.views.duties import Involved, duties
from web.views.next_step import Situation, next_steps

SHOP = "shop-of-bid-1"


def make_till(state: TillState = TillState.DECLARED) -> TillTotal:
    figures = TillFigures(eur("2000.84"))
    return TillTotal("till", "campaign", "saturday", SHOP, figures, figures.takings, Visibility.PUBLIC, state, LAST)


def titles(state: State, now=NOW, **known: object) -> list[str]:
    campaign = known.pop("campaign", None) or campaign_in(state)
    return [step.title.text for step in next_steps(Situation(campaign, now, **known))]  # type: ignore[arg-type]  # each test names its own


def test_a_draft_begins_with_its_first_gap() -> None:
    campaign = make_campaign(story="", disclosure=None)
    situation = Situation(campaign, NOW, gaps=tuple(gaps.checklist(campaign, NOW)))
    first, second, *_ = next_steps(situation)
    assert first.title.text == "say in a few sentences what it is about"
    assert first.address == "/organize/coffee-for-the-climate/story#story"
    assert second.address.endswith("/disclosure#disclosure.income")


def test_a_complete_draft_is_opened_first_and_still_lacks_people() -> None:
    campaign = make_campaign()
    situation = Situation(campaign, NOW, gaps=tuple(gaps.checklist(campaign, NOW)))
    assert [step.address for step in next_steps(situation)] == ["#open", "#invite", "#team"]
    assert (
        next_steps(replace(situation, campaign=with_named_business()))[0].title.text == "Publish, and ask the business."
    )


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({}, "Ask a business to bid."),
        ({"invited": 2}, "Go and talk to the shops."),
        ({"invited": 2, "claimed": 1, "bids": 1}, "Bidding closes on {at}."),
    ],
)
def test_bidding_waits_for_shops(known: dict[str, int], first: str) -> None:
    assert titles(State.BIDDING, **known)[0] == first


def test_nobody_has_bid() -> None:
    assert titles(State.CHOOSING) == ["Nobody has bid."]
    named = campaign_in(State.CHOOSING, bidding=None, business=with_named_business().business)
    assert titles(State.CHOOSING, campaign=named) == ["{business} has until {at} to make its promise."]


@pytest.mark.parametrize(
    ("bidding", "waiting", "first"),
    [
        (make_bidding(rule=Rule.ORGANIZER), "choice", "Choose the winner by {at}."),
        (make_bidding(tie_break=TieBreak.ORGANIZER), "tie", "Choose the winner by {at}."),
        (make_bidding(rule=Rule.VOTE), "choice", "The choice is made on {at}."),
    ],
)
def test_the_choice_is_the_organizers_only_by_rule(bidding, waiting: str, first: str) -> None:
    assert titles(State.CHOOSING, campaign=campaign_in(State.CHOOSING, bidding=bidding, waiting=waiting)) == [first]


def test_the_agreement_waits_for_each_side() -> None:
    awarded = campaign_in(State.CHOOSING, award=make_award())
    assert titles(State.CHOOSING, campaign=awarded) == ["Read and accept the agreement."]
    accepted = frozenset({"bid-1"})
    assert titles(State.CHOOSING, campaign=awarded, accepted_by_organizer=accepted) == [
        "The business has to accept the agreement."
    ]


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (State.AGREED, "Pledging opens on {at}."),
        (State.PLEDGING, "Share the campaign."),
        (State.TIPPED, "Find somebody for the door."),
        (State.MISSED, "Go ahead all the same?"),
        (State.MOBBING, "Let people in."),
    ],
)
def test_each_stage_has_its_own_first_thing(state: State, first: str) -> None:
    assert titles(state)[0] == first


def test_a_miss_then_waits_for_the_business() -> None:
    campaign = campaign_in(State.MISSED, proceed=frozenset({"organizer"}))
    assert titles(State.MISSED, campaign=campaign) == ["The business has until {at} to say so, too."]


def test_counting_goes_from_the_till_to_the_final_result() -> None:
    now = LAST + timedelta(days=1)
    assert titles(State.COUNTING, now) == ["The till total is missing."]
    assert titles(State.COUNTING, now, tills=(make_till(),)) == ["Confirm the till total, or say what you counted."]
    assert titles(State.COUNTING, now, tills=(make_till(TillState.CONFIRMED),)) == ["Make the result final."]
    assert titles(State.COUNTING, LAST + timedelta(days=8)) == ["Make the result final."]


def test_promises_ask_for_an_answer_a_reminder_or_a_verdict() -> None:
    asked = make_obligation(extension_asked={"due_on": "2027-12-01", "reason": "Snow", "at": "2027-09-01T00:00:00Z"})
    late = LAST + timedelta(days=365)
    shown = make_obligation(evidence=(evidence("27", LAST),))
    assert titles(State.FOLLOWING, obligations=(asked,)) == ["The business asks for more time."]
    assert titles(State.FOLLOWING, LAST, obligations=(shown,)) == ["Say what became of a promise."]
    assert titles(State.FOLLOWING, LAST, obligations=(make_obligation(),)) == []
    due = make_obligation(due_on=late.date() - timedelta(days=3), first_due_on=date(2027, 9, 30))
    assert titles(State.FOLLOWING, late, obligations=(due,)) == [
        "A promise is late. It was due {days} ago. Ask the business."
    ]


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED])
def test_nothing_is_left_to_do_at_the_end(state: State) -> None:
    assert titles(state) == []


def duty(state: State, now=NOW, **known: object) -> str:
    campaign = known.pop("campaign", None) or campaign_in(state)
    return duties(Involved(campaign, now, SHOP, **known))[0].title.text  # type: ignore[arg-type]  # each test names its own


def test_a_shop_bids_and_may_raise() -> None:
    assert duty(State.BIDDING) == "Make your promise."
    assert duty(State.BIDDING, bid=make_bid()) == "Your bid stands."
    assert duty(State.BIDDING, bid=make_bid(withdrawn_at=NOW)) == "Make your promise."
    assert duty(State.BIDDING, CLOSING, bid=make_bid()) == "Nothing to do now."


def test_a_chosen_shop_accepts_the_agreement_once() -> None:
    awarded = campaign_in(State.CHOOSING, award=make_award())
    paper = Agreement("bid-1", "text", "hash")
    waiting = Involved(awarded, CLOSING, SHOP, make_bid(), paper)
    assert duties(waiting)[0].urgent
    signed = replace(waiting, agreement=replace(paper, accepted=(Acceptance("business", "Petra", CLOSING, "link"),)))
    assert not duties(signed)[0].urgent
    other = replace(waiting, business="shop-of-bid-2")
    assert duties(other)[0].title.text == "Another business was chosen."


def test_a_shop_says_yes_after_a_miss() -> None:
    assert duty(State.MISSED, OPENING - timedelta(days=1)) == "Too little was pledged."


def test_a_shop_enters_its_till_when_the_doors_have_closed() -> None:
    assert duty(State.MOBBING, OPENING) == "Prepare for the day."
    assert duty(State.COUNTING, LAST) == "What did the till say?"
    assert duty(State.COUNTING, LAST, tills=(make_till(),)) == "The till total is entered."


def test_a_shop_shows_how_far_its_promises_are() -> None:
    late = LAST.replace(year=2027, month=10, day=14)
    judged = make_obligation(verdicts=(verdict(Verdict.BROKEN, LAST),))
    assert duty(State.FOLLOWING, obligations=(make_obligation(),)) == "Promised for {day}."
    assert (
        duty(State.FOLLOWING, late, obligations=(make_obligation(due_on=DUE),)) == "Late by {days}: show how far it is."
    )
    assert duty(State.FOLLOWING, LAST, obligations=(judged,)) == "A verdict was given. You can reply."
