"""Bids only rise: no promise of a bid is lowered, postponed or taken out, however often it is raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses import rules
from businesses.commitments import Action, Basis, Commitment, Fixed, PerUnit, Share, dated
from core.errors import Invalid
from core.money import Money
from tests.factories import (
    CLOSING,
    DUE,
    NOW,
    OPENING,
    action,
    fixed,
    make_bid,
    make_bidding,
    make_campaign,
    make_offer,
    make_window,
    per_unit,
    recorded_baseline,
    share,
)


def refused_field(held: tuple[Commitment, ...], new: tuple[Commitment, ...]) -> str:
    with pytest.raises(Invalid) as wrong:
        rules.match(held, new)
    return wrong.value.field


def test_a_raise_keeps_the_bid_and_notes_when():
    bid = make_bid(share("22"))
    raised = rules.raise_bid(bid, make_offer(share("30")), NOW + timedelta(hours=1))
    assert (raised.id, raised.placed_at, raised.raised_at) == (bid.id, NOW, NOW + timedelta(hours=1))
    assert raised.offer.commitments == (share("30"),)


def test_a_bid_cannot_be_lowered():
    assert refused_field((share("22"), action()), (share("22"), action("26"))) == "commitments.1.target"


def test_a_date_cannot_be_moved_later():
    later = replace(share("30"), due_on=DUE + timedelta(days=1))
    assert refused_field((share("22"),), (later,)) == "commitments.0.due_on"


def test_weeks_and_a_date_are_compared_by_the_date_they_come_to():
    six_weeks = replace(share("22"), due_weeks=6, due_on=DUE)
    assert rules.match((six_weeks,), (share("22"),))
    assert rules.match((share("22"),), (six_weeks,))
    later = replace(six_weeks, due_weeks=7, due_on=DUE + timedelta(days=7))
    assert refused_field((share("22"),), (later,)) == "commitments.0.due_on"
    assert refused_field((six_weeks,), (later,)) == "commitments.0.due_on"


@pytest.mark.parametrize(
    ("held", "new"),
    [
        ("Stadtwerke", ""),
        ("Stadtwerke", "Volksbank"),
        ("Stadtwerke Nord", "Stadtwerke"),
        ("", "Stadtwerke"),
    ],
)
def test_who_matches_a_share_stays_who_it_is(held: str, new: str):
    before, after = (share("22", match="50", matched_by=name) for name in (held, new))
    assert refused_field((before,), (after,)) == "commitments.0.matched_by"


@pytest.mark.parametrize("new", ["Stadtwerke", "STADTWERKE", "Stadt-Werke", "Stadtwerke Lörrach GmbH"])
def test_a_sponsors_name_can_be_written_out(new: str):
    assert rules.match((share("22", match="50", matched_by="Stadtwerke"),), (share("22", match="60", matched_by=new),))


def test_a_sponsors_match_cannot_be_lowered_and_one_can_join():
    before = share("22", match="50", matched_by="Stadtwerke")
    assert refused_field((before,), (share("30", match="49", matched_by="Stadtwerke"),)) == "commitments.0.match"
    assert rules.match((share("22"),), (before,))


def test_the_people_whom_it_affects_stay_named():
    before = action(affected_group="The neighbours")
    assert refused_field((before,), (action(),)) == "commitments.0.affected_group"
    assert refused_field((before,), (action(affected_group="The owners"),)) == "commitments.0.affected_group"
    assert rules.match((action(),), (before,))


def test_another_promise_in_its_place_is_no_raise():
    assert refused_field((share("22"),), (share("99", Basis.EXTRA),)) == "commitments.0"


def test_a_promise_made_cannot_be_taken_out():
    assert refused_field((share("22"), action()), (share("99"),)) == "commitments.1"
    assert refused_field((share("22"), action()), ()) == "commitments.0"


def test_a_promise_cannot_be_swapped_for_two_of_another():
    assert refused_field((share("22"), action()), (action("30"), action("31", name="other"))) == "commitments.0"


def test_promises_are_matched_by_their_ids_in_any_order():
    matched = rules.match((share("22"), action()), (action("30"), share("25")))
    assert [c.id for c in matched] == ["action", "share"]


def test_promises_without_known_ids_are_matched_by_position_and_keep_theirs():
    matched = rules.match((share("22"), action()), (share("25", name="new-1"), action("30", name="new-2")))
    assert [c.id for c in matched] == ["share", "action"]


def test_new_promises_may_be_added():
    matched = rules.match((share("22"),), (share("22"), action()))
    assert [c.id for c in matched] == ["share", "action"]


def test_a_raise_without_a_baseline_keeps_the_one_recorded():
    bid = make_bid(share("22"), offer=make_offer(share("22"), baseline=recorded_baseline("1200")))
    assert rules.raise_bid(bid, make_offer(share("30")), NOW).offer.baseline == recorded_baseline("1200")


# Every raise there is

cents = st.integers(1, 10_000).map(lambda minor: Money(minor, "EUR"))
promises = st.lists(
    st.one_of(
        st.builds(share, st.decimals("1", "300", places=1).map(str), st.sampled_from(Basis)),
        st.builds(per_unit, st.decimals("0.01", "5", places=2).map(str)),
        st.builds(fixed, st.decimals("1", "900", places=2).map(str)),
        st.builds(action, st.integers(13, 40).map(str)),
        st.builds(action, st.integers(0, 11).map(str)),
    ),
    min_size=1,
    max_size=4,
)


def named(promises: Sequence[Commitment]) -> tuple[Commitment, ...]:
    return tuple(replace(promise, id=f"promise-{n}") for n, promise in enumerate(promises))


def worth(promise: Commitment) -> tuple[object, Decimal]:
    """What is promised, and how much of it: more is better."""
    match promise:
        case Share():
            return promise.fixed, promise.effective
        case PerUnit() | Fixed():
            return promise.fixed, promise.amount.amount
        case Action():
            return promise.fixed, promise.target if promise.more else -promise.target
    raise TypeError(promise.kind)


@given(promises.map(named), promises.map(named))
def test_no_raise_ever_lowers_a_bid(held: tuple[Commitment, ...], new: tuple[Commitment, ...]):
    try:
        raised = {promise.id: promise for promise in rules.match(held, new)}
    except Invalid as refused:
        assert refused.field.startswith("commitments.")  # noqa: PT017 - most raises are refused, and say where
        return
    for before in held:
        (what, much), (kept, more) = worth(before), worth(raised[before.id])
        assert kept == what
        assert more >= much
        assert raised[before.id].due_on <= before.due_on
    assert len(raised) == len(new)


@given(promises.map(named), st.permutations(range(4)))
def test_a_bid_sent_again_as_it_stands_is_a_raise_in_any_order(held: tuple[Commitment, ...], order: list[int]):
    shuffled = tuple(held[n] for n in order if n < len(held))
    assert set(rules.match(held, shuffled)) == set(held)


# What may be offered at all


def test_a_bid_says_whether_the_business_would_do_it_anyway():
    with pytest.raises(Invalid) as wrong:
        rules.check_offer(make_campaign(), make_offer(share("22"), anyway=" "))
    assert wrong.value.field == "anyway"


def test_a_share_below_the_minimum_is_refused():
    campaign = make_campaign(bidding=make_bidding(minimum_share=Decimal(20)))
    with pytest.raises(Invalid, match="the minimum bid is 20 percent") as wrong:
        rules.check_offer(campaign, make_offer(action(), share("19.99")))
    assert wrong.value.field == "commitments.1.share"


@pytest.mark.parametrize(
    "promises",
    [(share("20"),), (share("10", match="100"),), (share("15"), share("5", name="more")), (action(),), (fixed("5"),)],
)
def test_the_minimum_binds_shares_only_and_counts_matches_and_several_of_one_basis(promises: tuple[Commitment, ...]):
    rules.check_offer(make_campaign(bidding=make_bidding(minimum_share=Decimal(20))), make_offer(*promises))


def test_shares_of_different_bases_do_not_add_up_to_the_minimum():
    campaign = make_campaign(bidding=make_bidding(minimum_share=Decimal(20)))
    with pytest.raises(Invalid):
        rules.check_offer(campaign, make_offer(share("10"), share("10", Basis.EXTRA, name="extra")))


def test_a_baseline_is_one_figure_or_one_for_each_window():
    two_days = make_campaign(windows=(make_window(), make_window(CLOSING, CLOSING + timedelta(hours=8), "monday")))
    for figures in (["1200"], ["1200", "900"]):
        rules.check_offer(two_days, make_offer(baseline=recorded_baseline(*figures)))
    for figures in ([], ["1", "2", "3"]):
        with pytest.raises(Invalid) as wrong:
            rules.check_offer(two_days, make_offer(baseline=recorded_baseline(*figures)))
        assert wrong.value.field == "baseline.takings"


# Dates and a day that moves

LAST_DAY = OPENING.date()


def test_weeks_move_with_the_day_and_a_date_of_its_own_does_not():
    weeks, own = dated(share("22", due_weeks=6), LAST_DAY), dated(share("22"), LAST_DAY)
    assert (weeks.due_on, own.due_on) == (LAST_DAY + timedelta(weeks=6), DUE)
    later = LAST_DAY + timedelta(days=8)
    assert dated(weeks, later).due_on == later + timedelta(weeks=6)
    assert dated(own, later).due_on == DUE


def test_a_date_that_the_day_was_moved_past_falls_due_90_days_after_it():
    assert dated(share("22"), DUE - timedelta(days=1)).due_on == DUE
    assert dated(share("22"), DUE).due_on == DUE + timedelta(days=90)


def test_an_offer_with_a_date_before_the_day_is_refused():
    with pytest.raises(Invalid) as wrong:
        rules.check_offer(make_campaign(), make_offer(share("22"), share("5", name="early", due_on=LAST_DAY)))
    assert wrong.value.field == "commitments.1.due_on"
    rules.check_offer(make_campaign(), make_offer(share("22", due_on=LAST_DAY, due_weeks=6)))
