"""The business's own count and what becomes of it: without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from campaigns.tally import TillState, day_figures
from campaigns.values import Award, State, Winner
from core.errors import Conflict, Forbidden, Invalid
from core.money import Money
from pledges.facts import TillConfirmed, TillCounterGiven, TillDeclared, TillDisputed, TillFiguresGiven
from pledges.rules import tills
from pledges.values import Figure, TillFigures, TillTotal, Visibility
from tests.pledges.factories import CLOSING, NOON, euro, make_campaign

FIGURES = TillFigures(euro("2000.84"), tax=euro("319.46"), customers=120)


def make_till(visibility: Visibility = Visibility.PUBLIC, **changes: Any) -> TillTotal:
    till = TillTotal("t", "c", "w", "shop", FIGURES, FIGURES.takings, visibility, TillState.DECLARED, CLOSING)
    return replace(till, **changes)


def dispute(till: TillTotal, counter: str = "1900") -> TillTotal:
    return tills.confirm(till, euro(counter), "the till roll says so", CLOSING)[0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"takings": euro("-1")}, "takings"),
        ({"tax": euro("2000.85")}, "tax"),
        ({"cost": euro("-1")}, "cost"),
        ({"tax": Money.parse("1", "USD")}, "tax.currency"),
        ({"units": -1}, "units"),
        ({"customers": 10_000_001}, "customers"),
    ],
)
def test_wrong_figures_cannot_be_built(wrong: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refused:
        replace(FIGURES, **wrong)
    assert refused.value.field == field


def test_a_total_is_declared_by_a_winner_after_the_window_has_closed():
    award = Award((Winner("bid", "shop"),), (), NOON)
    campaign = make_campaign(state=State.MOBBING, award=award)
    tills.demand_closed(campaign, "shop", "w", CLOSING)
    with pytest.raises(Conflict, match="closes on 2027-03-11 15:00 Europe/Berlin"):
        tills.demand_closed(campaign, "shop", "w", CLOSING - timedelta(microseconds=1))
    with pytest.raises(Forbidden, match="won the campaign"):
        tills.demand_closed(campaign, "other", "w", CLOSING)
    with pytest.raises(Invalid) as nowhere:
        tills.demand_closed(campaign, "shop", "x", CLOSING)
    assert nowhere.value.field == "window"


def test_figures_for_the_checker_are_not_public():
    _, (shown, given) = tills.declare(None, make_till(Visibility.CHECKER))
    assert isinstance(shown, TillDeclared)
    assert (shown.figures, shown.public) == (None, True)
    assert isinstance(given, TillFiguresGiven)
    assert (given.figures, given.public) == (FIGURES, False)
    _, (disputed, counter) = tills.confirm(make_till(Visibility.CHECKER), euro("1"), "why", CLOSING)
    assert disputed == TillDisputed("t", None, "why")
    assert (counter, counter.public) == (TillCounterGiven("t", euro("1")), False)


def test_a_total_can_be_declared_anew_until_it_is_answered():
    second = make_till(id="u", figures=TillFigures(euro("1")), declared=euro("1"))
    again, _ = tills.declare(make_till(), second)
    assert (again.id, again.figures.takings) == ("t", euro("1"))
    with pytest.raises(Conflict, match="is confirmed"):
        tills.declare(make_till(state=TillState.CONFIRMED), second)


def test_an_organizer_confirms_and_the_same_answer_again_changes_nothing():
    confirmed, facts = tills.confirm(make_till(), None, "", CLOSING)
    assert (confirmed.state, facts) == (TillState.CONFIRMED, [TillConfirmed("t")])
    assert tills.confirm(confirmed, None, "", NOON) == (confirmed, [])
    assert tills.confirm(confirmed, FIGURES.takings, "", NOON) == (confirmed, [])


def test_a_correction_of_the_same_figure_is_a_confirmation():
    assert tills.confirm(make_till(), FIGURES.takings, "", CLOSING)[0].state == TillState.CONFIRMED


def test_a_dispute_needs_a_reason_and_keeps_both_figures():
    with pytest.raises(Invalid) as refused:
        tills.confirm(make_till(), euro("1900"), " ", CLOSING)
    assert refused.value.field == "reason"
    disputed = dispute(make_till())
    assert (disputed.figures.takings, disputed.counter_takings) == (euro("2000.84"), euro("1900"))
    assert tills.confirm(disputed, euro("1900"), "", NOON) == (disputed, [])


def test_a_different_answer_comes_too_late():
    with pytest.raises(Conflict, match="is disputed"):
        tills.confirm(dispute(make_till()), None, "", CLOSING)
    with pytest.raises(Conflict, match="is confirmed"):
        tills.confirm(make_till(state=TillState.CONFIRMED), euro("1"), "why", CLOSING)


@pytest.mark.parametrize(
    ("chosen", "takings", "other"), [(Figure.DECLARED, "2000.84", "1900"), (Figure.COUNTER, "1900", "2000.84")]
)
def test_the_monitor_decides_which_figure_counts_and_both_stay(chosen: Figure, takings: str, other: str):
    settled, _ = tills.resolve(dispute(make_till()), chosen, "seen the till roll", CLOSING)
    seen = settled.for_tally()
    assert settled.state == TillState.CONFIRMED
    assert (seen.takings, seen.counter_takings) == (euro(takings), euro(other))
    assert (settled.declared, settled.counter_takings) == (euro("2000.84"), euro("1900"))


def test_only_a_dispute_is_decided():
    with pytest.raises(Conflict, match="nothing to decide"):
        tills.resolve(make_till(), Figure.COUNTER, "why", CLOSING)


def test_a_tax_above_the_decided_takings_is_unknown():
    settled, _ = tills.resolve(dispute(make_till(), "100"), Figure.COUNTER, "a slip of the comma", CLOSING)
    assert settled.figures.tax is None


def test_a_disputed_till_gives_a_range_and_a_decided_one_does_not():
    disputed = dispute(make_till(), "0")
    settled, _ = tills.resolve(dispute(make_till()), Figure.COUNTER, "seen", CLOSING)
    tally = [disputed.for_tally(), settled.for_tally()]
    first, second = day_figures(tally), day_figures(tally, corrected=True)
    assert first is not None
    assert second is not None
    assert (first.takings, second.takings) == (euro("3900.84"), euro("1900"))


@pytest.mark.parametrize(
    ("field", "value", "before", "after"),
    [
        ("takings", "1990.84", "2000.84", "1990.84"),
        ("takings", {"amount": "1990.84", "currency": "EUR"}, "2000.84", "1990.84"),
        ("units", "80", None, "80"),
        ("customers", "119", "120", "119"),
    ],
)
def test_a_correction_tells_what_was_before(field: str, value: Any, before: str | None, after: str):
    correction = tills.correct(make_till(), field, value, "typed wrong", "k", NOON)
    assert (correction.before, correction.after) == (before, after)
    assert str(getattr(correction.till.figures, field)) == after


@pytest.mark.parametrize(
    ("field", "value", "reason", "wrong"),
    [
        ("takings", "x", "why", "value"),
        ("takings", "1.234", "why", "value"),
        ("takings", {"amount": "1", "currency": "USD"}, "why", "value.currency"),
        ("takings", "1", "why", "value"),
        ("units", "1.5", "why", "value"),
        ("units", "-1", "why", "value"),
        ("state", "1", "why", "field"),
        ("takings", "1990.84", "", "reason"),
    ],
)
def test_a_wrong_correction_names_its_field(field: str, value: Any, reason: str, wrong: str):
    with pytest.raises(Invalid) as refused:
        tills.correct(make_till(), field, value, reason, "k", NOON)
    assert refused.value.field == wrong
