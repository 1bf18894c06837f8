"""The life of a pledge, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from campaigns.values import Campaign, Decided, GoAhead, Pledging, State
from core.errors import Conflict, Invalid
from core.money import Money
from pledges.facts import PledgeChanged, PledgeConfirmed, PledgeMade, PledgeRenewed
from pledges.rules import promises
from pledges.values import Held, PledgeOffer, PledgeState
from tests.pledges.factories import CLOSING, NOON, OPENING, euro, make_campaign, make_pledge


def test_a_pledge_is_unconfirmed_and_in_time():
    made, fact = promises.make(
        make_campaign(), PledgeOffer(euro("20"), "lea@example.org", party=2), "p", "K7M2QX", NOON
    )
    assert made.state == PledgeState.UNCONFIRMED
    assert fact == PledgeMade("p", euro("20"), 2, with_address=True, joined_late=False)


def test_no_fact_carries_a_code_or_an_address():
    _, fact = promises.make(make_campaign(), PledgeOffer(euro("20"), "lea@example.org"), "p", "K7M2QX", NOON)
    assert "K7M2QX" not in str(fact)
    assert "lea" not in str(fact)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": euro("0")}, "amount"),
        ({"amount": euro("-5")}, "amount"),
        ({"amount": euro("1000000.01")}, "amount"),
        ({"party": 0}, "party"),
        ({"party": 51}, "party"),
        ({"units": 0}, "units"),
    ],
)
def test_a_wrong_offer_cannot_be_built(wrong: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refused:
        PledgeOffer(**{"amount": euro("20"), **wrong})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"amount": Money.parse("20", "USD")}, "amount.currency", "this campaign counts in EUR"),
        ({"email": "lea"}, "email", "lacks an @"),
        ({"name": "Lea\x00"}, "name", "cannot be shown"),
    ],
)
def test_what_does_not_fit_the_campaign_is_named(wrong: dict[str, Any], field: str, words: str):
    with pytest.raises(Invalid, match=words) as refused:
        promises.accept(PledgeOffer(**{"amount": euro("20"), **wrong}), "EUR")
    assert refused.value.field == field


def test_an_address_is_kept_in_lower_case_and_news_need_one():
    assert promises.accept(PledgeOffer(euro("20"), " Lea@Example.org ", updates=True), "EUR").email == "lea@example.org"
    assert not promises.accept(PledgeOffer(euro("20"), " ", updates=True), "EUR").updates


@pytest.mark.parametrize(
    ("campaign", "now", "words"),
    [
        (
            make_campaign(state=State.AGREED, pledging=Pledging(OPENING)),
            NOON,
            "opens on 2027-03-11 13:00 Europe/Berlin",
        ),
        (make_campaign(state=State.CHOOSING), NOON, "opens once the agreement is accepted"),
        (make_campaign(), CLOSING, "closed on 2027-03-11 15:00 Europe/Berlin"),
        (make_campaign(state=State.CANCELLED), NOON, "is cancelled"),
        (make_campaign(state=State.COUNTING), CLOSING, "the campaign is counting"),
    ],
)
def test_outside_its_time_pledging_says_when_it_is(campaign: Campaign, now: datetime, words: str):
    with pytest.raises(Conflict, match=words):
        promises.demand_pledging(campaign, now)


def test_pledges_are_taken_to_the_last_moment():
    promises.demand_pledging(make_campaign(), CLOSING - timedelta(microseconds=1))


def test_a_pledge_confirmed_after_the_go_ahead_has_joined_late():
    campaign = make_campaign(go_ahead=GoAhead(at=NOON + timedelta(days=5)))
    pledge = make_pledge(campaign)
    in_time, _ = promises.confirm(pledge, campaign, "lea", NOON + timedelta(days=5, microseconds=-1))
    late, facts = promises.confirm(pledge, campaign, "lea", NOON + timedelta(days=5))
    assert not in_time.joined_late
    assert late.joined_late
    assert facts == [PledgeConfirmed("p", euro("20"), 1, joined_late=True)]


def test_confirming_again_changes_nothing():
    campaign = make_campaign()
    confirmed, _ = promises.confirm(make_pledge(campaign), campaign, "lea", NOON)
    assert promises.confirm(confirmed, campaign, "lea", NOON + timedelta(days=1)) == (confirmed, [])


def test_confirming_again_after_a_change_of_terms_agrees_to_them():
    campaign = make_campaign()
    confirmed, _ = promises.confirm(make_pledge(campaign), campaign, "lea", NOON)
    renewed, facts = promises.confirm(confirmed, replace(campaign, terms_version=2), "lea", NOON + timedelta(days=1))
    assert renewed == replace(confirmed, terms_version=2)
    assert facts == [PledgeRenewed("p", 2, joined_late=False)]


def test_who_agrees_to_new_terms_after_the_go_ahead_has_not_joined_late():
    campaign = make_campaign()
    confirmed, _ = promises.confirm(make_pledge(campaign), campaign, "lea", NOON)
    tipped = replace(campaign, state=State.TIPPED, terms_version=2, decided=Decided(1, euro("20"), NOON))
    renewed, _ = promises.confirm(confirmed, tipped, "lea", NOON + timedelta(days=1))
    assert not renewed.joined_late


def test_a_withdrawn_pledge_cannot_be_confirmed():
    campaign = make_campaign()
    gone, _ = promises.withdraw(make_pledge(campaign), campaign, NOON)
    with pytest.raises(Conflict, match="K7M 2QX was withdrawn"):
        promises.confirm(gone, campaign, "lea", NOON)


def test_withdrawing_twice_is_withdrawing_once():
    campaign = make_campaign()
    gone, facts = promises.withdraw(make_pledge(campaign), campaign, NOON)
    assert len(facts) == 1
    assert promises.withdraw(gone, campaign, CLOSING) == (gone, [])


def test_a_pledge_can_be_withdrawn_while_the_runner_up_is_asked():
    campaign = make_campaign(state=State.CHOOSING)
    gone, _ = promises.withdraw(make_pledge(campaign), campaign, NOON)
    assert gone.state == PledgeState.WITHDRAWN


def test_a_pledge_can_be_changed_until_pledging_closes():
    campaign = make_campaign()
    changed, facts = promises.change(make_pledge(campaign), campaign, euro("35"), 3, NOON)
    assert (changed.amount, changed.party) == (euro("35"), 3)
    assert facts == [PledgeChanged("p", euro("35"), 3, euro("20"), 1)]
    with pytest.raises(Conflict, match="Pledging closed"):
        promises.change(changed, campaign, euro("40"), 3, CLOSING)


def test_a_change_to_the_same_is_none():
    campaign = make_campaign()
    pledge = make_pledge(campaign)
    assert promises.change(pledge, campaign, pledge.amount, pledge.party, NOON) == (pledge, [])


def test_a_change_while_the_go_ahead_waits_for_its_worker_keeps_what_it_is_decided_on():
    due = NOON + timedelta(days=5)
    campaign = make_campaign(go_ahead=GoAhead(at=due))
    pledge = make_pledge(campaign)
    early, _ = promises.change(pledge, campaign, euro("30"), 2, due - timedelta(seconds=1))
    once, _ = promises.change(early, campaign, euro("40"), 3, due)
    twice, _ = promises.change(once, campaign, euro("50"), 4, due + timedelta(seconds=1))
    assert early.held is None
    assert once.held == twice.held == Held(euro("30"), 2, due)


def test_a_confirmed_pledge_replaces_earlier_ones_and_any_confirmed_one():
    campaign = make_campaign()
    new = replace(make_pledge(campaign, NOON + timedelta(hours=1)), id="new", state=PledgeState.CONFIRMED)
    earlier, later = make_pledge(campaign), replace(make_pledge(campaign, NOON + timedelta(hours=2)), id="later")
    assert promises.replaces(new, earlier)
    assert not promises.replaces(new, later)
    assert promises.replaces(new, replace(later, state=PledgeState.CONFIRMED))
    assert not promises.replaces(new, replace(earlier, state=PledgeState.WITHDRAWN))
    assert not promises.replaces(new, new)


def test_a_confirmation_at_the_door_can_be_taken_back_until_the_mail_confirms_it():
    campaign = make_campaign(state=State.MOBBING, decided=Decided(0, euro("0"), OPENING))
    pledge = make_pledge(make_campaign())
    confirmed, _ = promises.confirm_at_door(pledge, campaign, OPENING)
    assert confirmed.joined_late
    assert promises.unconfirm(confirmed, made_late=False)[0] == pledge
    by_mail, _ = promises.confirm(confirmed, campaign, "lea", OPENING)
    assert promises.unconfirm(by_mail, made_late=False) == (by_mail, [])
