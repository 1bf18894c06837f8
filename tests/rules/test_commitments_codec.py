"""Commitments as API.md writes them: read, checked field by field, stored, and read back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses import codec
from businesses.commitments import (
    Action,
    Basis,
    Checker,
    Commitment,
    Fixed,
    PerUnit,
    Share,
    Step,
    StepKind,
    dated,
)
from businesses.measures import Audit, Funding, Measure, Shortfall
from core.errors import Invalid
from core.money import Money
from tests.factories import DUE, eur

LAST_DAY = date(2027, 4, 10)
SHARE = {"kind": "share", "share": "22", "basis": "gross"}
ACTION = {"kind": "action", "verb": "stock", "metric": "local producers", "target": "27", "due_on": "2027-09-30"}


def read(*bodies: dict[str, Any], currency: str = "EUR") -> tuple[Commitment, ...]:
    numbers = count(1)
    return codec.commitments(list(bodies), currency, LAST_DAY, lambda: f"made-{next(numbers)}")


def wrong_field(*bodies: dict[str, Any], currency: str = "EUR") -> str:
    with pytest.raises(Invalid) as wrong:
        read(*bodies, currency=currency)
    return wrong.value.field


def test_a_bid_may_hold_a_share_and_actions():
    held, done = read(
        {**SHARE, "purpose": "a heat pump", "match": "100", "proof": ["invoice"], "checker": "monitor"},
        {**ACTION, "baseline": "12", "ladder": [{"when": {"kind": "takings", "at_least": "5000"}, "target": "32"}]},
    )
    assert isinstance(held, Share)
    assert (held.share, held.match, held.purpose, held.checker) == (22, 100, "a heat pump", Checker.MONITOR)
    assert isinstance(done, Action)
    assert done.ladder == (Step(StepKind.TAKINGS, Decimal(5000), Decimal(32)),)
    assert (held.id, done.id) == ("made-1", "made-2")


def test_money_without_a_date_is_due_90_days_after_the_last_window():
    (held,) = read(SHARE)
    assert held.due_on == LAST_DAY + timedelta(days=90)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "loan"}, "kind"),
        ({"share": "twenty"}, "share"),
        ({"share": None}, "share"),
        ({"share": "0"}, "share"),
        ({"share": "1e2"}, "share"),
        ({"basis": "turnover"}, "basis"),
        ({"basis": None}, "basis"),
        ({"match": "-5"}, "match"),
        ({"checker": "the shop"}, "checker"),
        ({"shortfall": "shrug"}, "shortfall"),
        ({"due_on": "soon"}, "due_on"),
        ({"due_on": "2027-04-10"}, "due_on"),
        ({"due_on": "9999-12-31"}, "due_on"),
        ({"due_weeks": "0"}, "due_weeks"),
        ({"due_weeks": 521}, "due_weeks"),
        ({"due_weeks": "1.5"}, "due_weeks"),
        ({"due_weeks": ""}, "due_weeks"),
        ({"due_weeks": "6", "due_on": "2027-05-23"}, "due_weeks"),
        ({"matched_by": "Stadtwerke"}, "match"),
        ({"match": "100", "matched_by": "x" * 121}, "matched_by"),
        ({"checker": "affected"}, "affected_group"),
        ({"purpose": "a\0b"}, "purpose"),
        ({"measures": [{"name": "Boiler", "price": {"amount": "1.234", "currency": "EUR"}}]}, "measures.0.price"),
        ({"measures": [{"name": "Boiler", "price": {"amount": "5", "currency": "USD"}}]}, "measures.0.price.currency"),
        ({"measures": [{"name": "", "price": "5"}]}, "measures.0.name"),
        ({"id": "x" * 33}, "id"),
    ],
)
def test_what_is_wrong_is_named_by_its_wire_name(change: dict[str, Any], field: str):
    assert wrong_field(SHARE, {**SHARE, **change}) == f"commitments.1.{field}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"due_on": None}, "due_on"),
        ({"target": ""}, "target"),
        ({"target": "0"}, "target"),
        ({"target": "-3"}, "target"),
        ({"baseline": "-3"}, "baseline"),
        ({"baseline": "30", "direction": "more"}, "target"),
        ({"baseline": "12", "direction": "fewer"}, "target"),
        ({"direction": "sideways"}, "direction"),
        ({"verb": ""}, "verb"),
        ({"metric": None}, "metric"),
        ({"ladder": [{"when": {"kind": "weather", "at_least": "5"}, "target": "30"}]}, "ladder.0.when.kind"),
        ({"ladder": [{"when": {"kind": "units"}, "target": "30"}]}, "ladder.0.when.at_least"),
        ({"ladder": [{"when": {"kind": "units", "at_least": "5"}}]}, "ladder.0.target"),
        ({"ladder": [{"when": {"kind": "units", "at_least": "5"}, "target": "3"}]}, "ladder.0.target"),
    ],
)
def test_what_is_wrong_in_an_action_is_named_too(change: dict[str, Any], field: str):
    assert wrong_field({**ACTION, **change}) == f"commitments.0.{field}"


@pytest.mark.parametrize(
    ("rungs", "field"),
    [
        ([("takings", "5000", "32"), ("takings", "4000", "40")], "ladder.1.when.at_least"),
        ([("takings", "5000", "32"), ("takings", "5000", "40")], "ladder.1.when.at_least"),
        ([("headcount", "50", "32"), ("headcount", "90", "30")], "ladder.1.target"),
        ([("units", "50", "32"), ("units", "90", "32")], "ladder.1.target"),
        ([("takings", "5000", "26")], "ladder.0.target"),
        ([("units", "0", "32")], "ladder.0.when.at_least"),
    ],
)
def test_a_ladder_rises_in_what_it_asks_and_in_what_it_promises(rungs: list[tuple[str, str, str]], field: str):
    ladder = [{"when": {"kind": kind, "at_least": least}, "target": target} for kind, least, target in rungs]
    assert wrong_field({**ACTION, "baseline": "12", "ladder": ladder}) == f"commitments.0.{field}"


def test_each_kind_of_a_ladder_rises_on_its_own_and_downwards_for_fewer():
    bags = {**ACTION, "metric": "bags a day", "baseline": "90", "target": "60", "direction": "fewer"}
    rungs = (("takings", "5000", "50"), ("units", "300", "55"), ("headcount", "80", "40"), ("takings", "9000", "0"))
    ladder = [{"when": {"kind": kind, "at_least": least}, "target": target} for kind, least, target in rungs]
    (held,) = read({**bags, "ladder": ladder})
    assert isinstance(held, Action)
    assert held.resolved_target(Decimal(9000), None, 10) == 0
    assert held.resolved_target(Decimal(0), 300, 10) == 55
    assert wrong_field({**bags, "ladder": [*ladder, {"when": {"kind": "headcount", "at_least": "90"}, "target": "41"}]})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"basis": "turnover"}, "one of gross, net, profit, extra"),
        ({"kind": "loan"}, "one of share, per_unit, fixed, action"),
        ({"checker": "me"}, "one of organizer, monitor, supporters, affected"),
    ],
)
def test_an_unknown_word_is_answered_with_those_that_would_be_right(change: dict[str, Any], words: str):
    with pytest.raises(Invalid, match=words):
        read({**SHARE, **change})


def test_more_below_todays_figure_says_what_more_means():
    with pytest.raises(Invalid, match="more means a target above today's 30"):
        read({**ACTION, "baseline": "30", "direction": "more"})


def test_weeks_after_the_day_are_a_date_that_counts_from_it():
    (held,) = read({**SHARE, "due_weeks": "6"})
    assert (held.due_on, held.due_weeks) == (date(2027, 5, 22), 6)
    (again,) = read({**SHARE, "due_weeks": 6, "due_on": "2027-05-22"})
    assert again.due_on == held.due_on
    assert codec.wire(held)["due_on"] == "2027-05-22"


def test_a_match_may_come_from_a_sponsor_who_is_named():
    (held,) = read({**SHARE, "match": "100", "matched_by": "Stadtwerke"})
    assert codec.wire(held)["matched_by"] == "Stadtwerke"


def test_a_bid_promises_something_and_not_too_much():
    assert wrong_field() == "commitments"
    assert wrong_field(*[SHARE] * 21) == "commitments"


def test_two_promises_never_carry_the_same_id():
    assert wrong_field({**SHARE, "id": "one"}, {**ACTION, "id": "one"}) == "commitments.1.id"


def test_money_is_in_the_currency_of_the_campaign():
    per_coffee = {"kind": "per_unit", "unit": "coffee"}
    assert (
        wrong_field({**per_coffee, "amount": {"amount": "0.50", "currency": "USD"}}) == "commitments.0.amount.currency"
    )
    assert wrong_field({**per_coffee, "amount": "0.50"}, currency="JPY") == "commitments.0.amount"
    (held,) = read({**per_coffee, "amount": "50"}, currency="JPY")
    assert isinstance(held, PerUnit)
    assert held.amount == Money(50, "JPY")


# Round trip

words = st.text("abcdefgh äß-", min_size=1, max_size=20).map(str.strip).filter(bool)
cents = st.integers(1, 10**9).map(lambda minor: Money(minor, "EUR"))
percent = st.decimals("0.01", "10000", places=2)
figure = st.decimals("0", "100000", places=2)
common = {
    "id": st.text("0123456789abcdef", min_size=1, max_size=32),
    "purpose": words,
    "due_on": st.dates(LAST_DAY + timedelta(days=1), date(2150, 1, 1)),
    "proof": st.lists(words, max_size=3).map(tuple),
    "checker": st.sampled_from(Checker),
    "measures": st.lists(st.builds(Measure, words, cents), max_size=3).map(tuple),
    "shortfall": st.sampled_from(Shortfall),
    "fallback": words,
    "audit": st.none() | st.builds(Audit, words, words, st.none() | st.dates(date(2000, 1, 1), date(2150, 1, 1))),
    "funding": st.lists(st.builds(Funding, words, cents), max_size=2).map(tuple),
    "affected_group": words,
}


def in_weeks(held: Commitment, weeks: int) -> Commitment:
    return dated(replace(held, due_weeks=weeks), LAST_DAY)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    """Upwards or downwards, with a ladder that keeps its direction."""
    baseline, step = draw(figure), draw(st.decimals("0.01", "100", places=2))
    upwards = draw(st.booleans())
    baseline += 0 if upwards else step * 5
    kinds = draw(st.lists(st.sampled_from(StepKind), max_size=3))
    rungs = [
        Step(kind, Decimal(n + 1), baseline + step * (n + 2) * (1 if upwards else -1)) for n, kind in enumerate(kinds)
    ]
    return Action(
        **{name: draw(strategy) for name, strategy in common.items()},
        verb=draw(words),
        metric=draw(words),
        definition=draw(words),
        unit=draw(words),
        baseline=baseline,
        target=baseline + step * (1 if upwards else -1),
        ladder=tuple(rungs),
    )


commitments = st.one_of(
    st.builds(Share, **common, share=percent, basis=st.sampled_from(Basis), match=figure),
    st.builds(Share, **common, share=percent, basis=st.sampled_from(Basis), match=percent, matched_by=words),
    st.builds(Share, **common, share=percent, basis=st.sampled_from(Basis)).map(lambda s: in_weeks(s, 6)),
    st.builds(PerUnit, **common, amount=cents, unit=words),
    st.builds(Fixed, **common, amount=cents),
    actions(),
)


@given(commitments)
def test_a_commitment_reads_back_the_same_from_what_is_stored(held: Commitment):
    stored = json.loads(json.dumps(codec.wire(held)))
    assert codec.stored(stored) == held


@given(commitments)
def test_what_is_shown_can_be_sent_again_as_a_raise(held: Commitment):
    (again,) = read(json.loads(json.dumps(codec.wire(held))))
    assert again == held
    assert held.lowered_field(again) is None


def test_the_wire_form_is_the_one_that_is_published():
    held = Share(
        id="1", due_on=DUE, share=Decimal("12.50"), basis=Basis.GROSS, measures=(Measure("Boiler", eur("900")),)
    )
    assert codec.wire(held) == {
        "kind": "share",
        "id": "1",
        "share": "12.5",
        "basis": "gross",
        "match": "0",
        "purpose": "",
        "due_on": "2027-09-30",
        "proof": [],
        "checker": "organizer",
        "measures": [{"name": "Boiler", "price": {"amount": "900.00", "currency": "EUR"}}],
        "shortfall": "drop",
    }
