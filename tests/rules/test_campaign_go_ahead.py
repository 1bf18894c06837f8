"""From pledging to the day: the go-ahead and its instant, who joins late, a day that is moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from campaigns import rules
from campaigns.values import Campaign, Pledging, State, Window
from core.errors import Conflict, Invalid
from tests.factories import (
    LAST,
    NOW,
    OPENING,
    campaign_in,
    eur,
    head_go_ahead,
    make_window,
    money_go_ahead,
)

EARLY = OPENING - timedelta(days=3)


def kinds(change: rules.Change) -> list[str]:
    return [fact.kind for fact in change[1]]


@pytest.mark.parametrize(
    ("people", "amount", "state"),
    [(0, "0", State.MISSED), (99, "1999.99", State.MISSED), (1, "2000", State.TIPPED), (1, "2000.01", State.TIPPED)],
)
def test_a_go_ahead_in_money_is_reached_by_what_was_confirmed(people: int, amount: str, state: State):
    decided, (fact,) = rules.decide(
        campaign_in(State.PLEDGING, go_ahead=money_go_ahead("2000")), people, eur(amount), OPENING
    )
    assert decided.state == state
    assert fact.body()["target"] == "2000"


def test_a_go_ahead_in_heads_counts_people_not_money():
    fifty = campaign_in(State.PLEDGING, go_ahead=head_go_ahead("50"))
    assert rules.decide(fifty, 49, eur("999999"), OPENING)[0].state == State.MISSED
    assert rules.decide(fifty, 50, eur("0"), OPENING)[0].state == State.TIPPED


def test_no_condition_always_tips():
    decided, (fact,) = rules.decide(campaign_in(State.PLEDGING), 0, eur("0"), OPENING)
    assert decided.state == State.TIPPED
    assert fact.body()["kind_of_target"] == "none"


def test_it_is_decided_as_of_its_instant_however_late_the_worker_looks():
    go_ahead = money_go_ahead("2000", EARLY)
    decided, _ = rules.decide(campaign_in(State.PLEDGING, go_ahead=go_ahead), 0, eur("0"), EARLY + timedelta(hours=5))
    assert decided.decided is not None
    assert (decided.decided.at, decided.since) == (EARLY, EARLY)


def missed() -> Campaign:
    return campaign_in(State.MISSED, since=OPENING - timedelta(days=9), go_ahead=money_go_ahead("9999"))


def test_after_a_miss_both_sides_together_can_go_ahead():
    one, _ = rules.proceed(missed(), "organizer", EARLY)
    assert one.state == State.MISSED
    again, facts = rules.proceed(one, "organizer", EARLY)
    assert (again.state, facts) == (State.MISSED, [])
    both = rules.proceed(again, "business", EARLY)
    assert both[0].state == State.TIPPED
    assert kinds(both) == ["ProceedAccepted", "CampaignTipped"]


def test_going_ahead_all_the_same_has_seven_days_and_ends_at_the_first_opening():
    assert rules.proceed_until(missed()) == OPENING - timedelta(days=2)
    assert rules.proceed_until(replace(missed(), since=OPENING - timedelta(days=1))) == OPENING
    rules.proceed(missed(), "business", OPENING - timedelta(days=2, seconds=1))
    with pytest.raises(Conflict, match="has passed"):
        rules.proceed(missed(), "business", OPENING - timedelta(days=2))


# Pledging and its instants


@pytest.mark.parametrize("state", [State.PLEDGING, State.TIPPED, State.MOBBING, State.MISSED])
def test_pledges_are_taken_until_the_last_closing_worker_or_not(state: State):
    assert rules.takes_pledges(campaign_in(state), LAST - timedelta(microseconds=1))
    assert not rules.takes_pledges(campaign_in(state), LAST)
    sooner = campaign_in(state, pledging=Pledging(closes_at=OPENING))
    assert not rules.takes_pledges(sooner, OPENING)


@pytest.mark.parametrize("state", sorted(set(State) - {State.PLEDGING, State.TIPPED, State.MOBBING, State.MISSED}))
def test_no_other_state_takes_pledges(state: State):
    assert not rules.takes_pledges(campaign_in(state), EARLY)


def test_who_comes_after_the_go_ahead_was_decided_or_should_have_been_joins_late():
    pledging = campaign_in(State.PLEDGING, go_ahead=money_go_ahead("2000", EARLY))
    assert not rules.is_late_joiner(pledging, EARLY - timedelta(microseconds=1))
    assert rules.is_late_joiner(pledging, EARLY)
    assert rules.is_late_joiner(campaign_in(State.TIPPED), NOW)


# Postponing, cancelling


def next_week() -> tuple[Window, ...]:
    return (make_window(OPENING + timedelta(days=7), LAST + timedelta(days=7)),)


@pytest.mark.parametrize(
    ("state", "then"),
    [(State.PLEDGING, State.PLEDGING), (State.TIPPED, State.TIPPED), (State.MOBBING, State.TIPPED)],
)
def test_the_mob_can_be_postponed_even_the_same_day(state: State, then: State):
    held = campaign_in(state)
    moved, (fact,) = rules.postpone(held, next_week(), "a storm warning", OPENING + timedelta(hours=1))
    assert (moved.state, moved.first_opening) == (then, OPENING + timedelta(days=7))
    assert moved.terms_version == held.terms_version + 1
    assert moved.decided == held.decided
    assert fact.kind == "MobPostponed"


@pytest.mark.parametrize("at", [OPENING - timedelta(days=1), OPENING + timedelta(days=30)])
def test_a_go_ahead_that_no_longer_fits_the_new_day_is_decided_at_its_opening(at):
    held = campaign_in(State.PLEDGING, go_ahead=money_go_ahead("2000", at))
    moved, _ = rules.postpone(held, next_week(), "a storm warning", OPENING)
    assert moved.go_ahead_at == OPENING + timedelta(days=7)


def test_a_go_ahead_still_ahead_keeps_its_instant():
    held = campaign_in(State.PLEDGING, go_ahead=money_go_ahead("2000", EARLY))
    moved, _ = rules.postpone(held, next_week(), "a storm warning", EARLY - timedelta(days=1))
    assert moved.go_ahead_at == EARLY


@pytest.mark.parametrize(
    ("windows", "reason", "field"),
    [(next_week(), "", "reason"), ((), "rain", "windows"), ((make_window(),), "rain", "windows")],
)
def test_a_postponement_gives_a_reason_and_a_day_ahead(windows, reason: str, field: str):
    with pytest.raises(Invalid) as wrong:
        rules.postpone(campaign_in(State.TIPPED), windows, reason, OPENING)
    assert wrong.value.field == field


def test_a_target_is_a_number_above_0_and_heads_are_whole():
    for wrong in ("0", "-5"):
        with pytest.raises(Invalid):
            money_go_ahead(wrong)
    with pytest.raises(Invalid, match="whole numbers"):
        head_go_ahead("50.5")
    assert money_go_ahead("50.50").target == Decimal("50.5")
