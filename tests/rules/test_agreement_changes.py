"""Changes of an agreement: what differs, whether supporters get less, and when it may still be made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from businesses import changes
from businesses.agreement import Change, Terms, compose
from businesses.commitments import Checker, Commitment
from businesses.measures import Shortfall
from businesses.values import Bid, Outcome, Version
from businesses.words import PLAIN
from campaigns.values import State
from core.errors import Conflict, Invalid
from tests.factories import NOW, action, campaign_in, fixed, make_bidding, make_campaign, make_offer, share

LATER = date(2027, 12, 31)
HELD = (share("40", proof=("invoice",)), action(checker=Checker.MONITOR, definition="within 50 km"))
VERSION = Version("bid-1", 2, "text", "hash", HELD, (), NOW, "business", "why", 1)


def bid(*promises: Commitment) -> Bid:
    return Bid("bid-1", "campaign", "shop-of-bid-1", make_offer(*(promises or HELD)), NOW, NOW, "salt")


def losses(*new: Commitment) -> list[str]:
    return [found.loss for found in changes.differences(HELD, new)]


def test_only_what_differs_is_named_and_what_is_new_comes_last():
    raised, added = replace(HELD[0], share=Decimal(50)), fixed("500")
    found = changes.differences(HELD, (added, HELD[1], raised))
    assert [(d.before, d.after, d.loss) for d in found] == [(HELD[0], raised, ""), (None, added, "")]


@pytest.mark.parametrize(
    ("new", "loss"),
    [
        ((replace(HELD[0], share=Decimal(30)), HELD[1]), "share"),
        ((replace(HELD[0], due_on=LATER), HELD[1]), "due_on"),
        ((HELD[0],), "dropped"),
        ((HELD[0], replace(HELD[1], definition="within 90 km")), "kind"),
        ((HELD[0], replace(HELD[1], checker=Checker.ORGANIZER)), "checker"),
        ((replace(HELD[0], proof=()), HELD[1]), "proof"),
    ],
)
def test_whatever_supporters_lose_makes_it_worse(new: tuple[Commitment, ...], loss: str):
    assert losses(*new) == [loss]
    assert changes.is_worse(HELD, new)


def test_more_sooner_and_more_surely_is_not_worse():
    better = replace(HELD[0], share=Decimal(45), due_on=date(2027, 8, 1), proof=("invoice", "photo"))
    assert not changes.is_worse(HELD, (better, replace(HELD[1], checker=Checker.SUPPORTERS), fixed("100")))


def test_who_no_longer_pays_what_is_missing_promises_less():
    held = share("40", shortfall=Shortfall.TOP_UP)
    assert changes.differences((held,), (replace(held, shortfall=Shortfall.DROP),))[0].loss == "shortfall"


def test_a_promise_without_an_id_of_ours_stands_for_the_one_at_its_place():
    fresh = (share("50", name="new-1"), replace(HELD[1], target=HELD[1].target + 1))
    assert [c.id for c in changes.paired(HELD, fresh)] == ["share", HELD[1].id]
    assert [c.id for c in changes.paired(HELD, (HELD[1], share("50", name="new-1")))] == [HELD[1].id, "new-1"]


def test_nothing_may_be_taken_once_the_day_has_begun_but_mended_still():
    lower, higher = share("30"), share("50")
    for state in changes.LOWERABLE:
        changes.check_change(campaign_in(state), bid(share("40")), (lower,))
    for state in (State.MOBBING, State.COUNTING):
        changes.check_change(campaign_in(state), bid(share("40")), (higher,))
        with pytest.raises(Conflict):
            changes.check_change(campaign_in(state), bid(share("40")), (lower,))


@pytest.mark.parametrize("state", [State.CHOOSING, State.FINAL, State.FOLLOWING, State.DONE, State.CANCELLED])
def test_before_the_agreement_and_after_the_final_tally_nothing_changes(state: State):
    with pytest.raises(Conflict):
        changes.demand_changeable(campaign_in(state), "bid-1")
    with pytest.raises(Conflict):
        changes.demand_changeable(campaign_in(State.PLEDGING), "another")


def test_the_published_rules_bind_a_later_version_too():
    campaign = campaign_in(State.PLEDGING, bidding=make_bidding(minimum_share=Decimal(35)))
    for new, field in (
        (share("30"), "commitments.0.share"),
        (share("40", due_on=campaign.last_day), "commitments.0.due_on"),
        (share("50", purpose="and no criticism, never to disclose the agreement"), "commitments.0.purpose"),
        (share("40"), "commitments"),
    ):
        with pytest.raises(Invalid) as refused:
            changes.check_change(campaign, bid(share("40")), (new,))
        assert refused.value.field == field
    with pytest.raises(Invalid):
        changes.check_change(campaign, bid(share("40")), ())


def test_the_other_side_answers_once_and_in_time():
    assert changes.demand_answer(VERSION, "organizer", NOW, accept=True) == Outcome.ACCEPTED
    assert changes.demand_answer(VERSION, "organizer", NOW, accept=False) == Outcome.DECLINED
    assert changes.demand_answer(VERSION, "business", NOW, accept=False) == Outcome.WITHDRAWN
    for version, by, at in (
        (VERSION, "business", NOW),
        (replace(VERSION, outcome=Outcome.DECLINED), "organizer", NOW),
        (VERSION, "organizer", NOW + timedelta(days=14)),
    ):
        with pytest.raises(Conflict):
            changes.demand_answer(version, by, at, accept=True)


def test_a_later_version_says_which_text_it_replaces_and_why():
    terms = Terms(make_campaign(), "Cafe Morgenrot", HELD, (), (), Change(2, 1, "ab" * 32, "The pump\nis late."))
    said = compose(terms, PLAIN)
    assert f"Version 2. It replaces version 1, whose SHA-256 is {'ab' * 32}. The reason: The pump is late.\n" in said
