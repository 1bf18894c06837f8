"""Open conversion: unlike bids as one expected sum, by a stated estimate, with each formula shown."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.commitments import Basis, Commitment
from businesses.converting import Usual, expected
from businesses.scoring import Ballots, Entry, rank
from businesses.values import Baseline, Seen
from campaigns.values import Estimate
from core.errors import Invalid
from core.money import Money
from tests.factories import DUE, action, entry, eur, fixed, make_bid, make_bidding, make_offer, per_unit, share

ESTIMATE = Estimate(eur("5000"), "two mobs of last year", units=1200, people=200)
NO_UNITS = replace(ESTIMATE, units=None)
USUAL = Usual(eur("2000"), Decimal(16), Decimal(40), 410)
NO_BALLOTS = Ballots()


def comes_to(*promises: Commitment, usual: Usual = USUAL, estimate: Estimate = ESTIMATE) -> str:
    found = expected(promises, usual, estimate)
    assert found
    return f"{found.formula} = {found.amount}"


@pytest.mark.parametrize(
    ("promise", "told"),
    [
        (share("22"), "22% x 5000.00 = 1100.00"),
        (share("22", match="100"), "22% x 5000.00 x 200% = 2200.00"),
        (share("60", Basis.NET), "60% x 5000.00 x (100% - 16%) = 2520.00"),
        (share("30", Basis.PROFIT), "30% x 5000.00 x 40% = 600.00"),
        (share("22", Basis.EXTRA), "22% x (5000.00 - 2000.00) = 660.00"),
        (per_unit("0.50"), "0.50 x 1200 = 600.00"),
        (fixed("1500"), "1500.00 = 1500.00"),
    ],
)
def test_each_basis_has_its_formula(promise: Commitment, told: str):
    assert comes_to(promise) == told


def test_without_stated_units_the_ordinary_days_units_grow_with_the_takings():
    assert comes_to(per_unit("0.50"), estimate=NO_UNITS) == "0.50 x 410 x 5000.00 / 2000.00 = 512.50"


def test_an_ordinary_day_above_the_estimate_leaves_nothing_extra():
    assert comes_to(share("22", Basis.EXTRA), usual=replace(USUAL, takings=eur("6000"))) == (
        "22% x max(0, 5000.00 - 6000.00) = 0.00"
    )


def test_several_promises_of_money_add_up_and_are_rounded_once():
    thirds = (share("0.005", name="one"), share("0.005", name="two"), action())
    assert comes_to(*thirds, estimate=replace(ESTIMATE, takings=eur("100.99"))) == (
        "0.005% x 100.99 + 0.005% x 100.99 = 0.01"
    )
    assert comes_to(fixed("500"), share("10", Basis.PROFIT)) == "500.00 + 10% x 5000.00 x 40% = 700.00"


def test_half_a_cent_goes_to_the_even_one():
    for percent, amount in (("0.01", "0.00"), ("0.03", "0.02")):
        assert expected([share(percent)], USUAL, replace(ESTIMATE, takings=eur("50"))).amount == eur(amount)  # type: ignore[union-attr]  # a share is money


@pytest.mark.parametrize(
    ("promise", "figure"),
    [
        (share("60", Basis.NET), "tax_share"),
        (share("60", Basis.PROFIT), "margin"),
        (share("60", Basis.EXTRA), "baseline"),
        (per_unit("1"), "units"),
    ],
)
def test_a_figure_that_is_missing_is_named(promise: Commitment, figure: str):
    found = expected([share("10"), promise], Usual(), NO_UNITS)
    assert found
    assert (found.amount, found.lacks) == (None, (figure,))


def test_an_action_is_no_money():
    assert expected([action()], USUAL, ESTIMATE) is None


def test_an_ordinary_day_counts_for_each_window():
    one, each = Baseline((eur("500"),), "till", units=(10,)), Baseline((eur("500"), eur("300")), "till", units=(10, 4))
    assert (Usual.of(one, 2).takings, Usual.of(one, 2).units) == (eur("1000"), 20)
    assert (Usual.of(each, 2).takings, Usual.of(each, 2).units) == (eur("800"), 14)
    assert Usual.of(each, 3) == Usual()


def test_shares_of_takings_lie_between_nothing_and_all():
    for name in ("tax_share", "margin"):
        with pytest.raises(Invalid) as wrong:
            Baseline((eur("1"),), "till", **{name: Decimal(101)})  # type: ignore[arg-type]  # two names, one kind
        assert wrong.value.field == name


# Ranking by it


def with_usual(bid: str, *promises: Commitment, usual: Usual = USUAL, **known: object) -> Entry:
    return replace(entry(bid, *promises), usual=usual, **known)  # type: ignore[arg-type]  # the entry's own fields


UNLIKE = [
    with_usual("gross", share("22")),
    with_usual("net", share("60", Basis.NET)),
    with_usual("units", per_unit("0.50"), usual=Usual()),
    with_usual("sum", fixed("1500"), usual=Usual()),
]


def test_unlike_bids_are_ranked_by_what_they_are_expected_to_come_to():
    ranking = rank(UNLIKE, make_bidding(estimate=ESTIMATE), NO_BALLOTS)
    assert ranking.order == ("net", "sum", "gross", "units")
    assert [told["text"] for told in ranking.steps] == [
        "The bids name unlike bases: each is converted to an expected sum, by stated takings of 5000.00 EUR.",
        "gross: 22% x 5000.00 = 1100.00.",
        "net: 60% x 5000.00 x (100% - 16%) = 2520.00.",
        "units: 0.50 x 1200 = 600.00.",
        "sum: 1500.00 = 1500.00.",
    ]


def test_likes_are_compared_with_likes_even_with_an_estimate():
    alike = [entry("a", share("30")), entry("b", share("22"), fixed("9999"))]
    ranking = rank(alike, make_bidding(estimate=ESTIMATE), NO_BALLOTS)
    assert ranking == rank(alike, make_bidding(), NO_BALLOTS)
    assert ranking.order == ("a", "b")


def test_without_an_estimate_unlike_bids_rank_as_ever():
    ranking = rank(UNLIKE, make_bidding(), NO_BALLOTS)
    assert [told["code"] for told in ranking.steps[:2]] == ["basis", "share"]


def test_what_cannot_be_converted_ranks_after_and_names_what_it_lacks():
    silent = with_usual("silent", share("99", Basis.PROFIT), usual=Usual())
    ranking = rank([silent, entry("deed", action()), with_usual("penny", fixed("0.01"))],
                   make_bidding(estimate=ESTIMATE), NO_BALLOTS)  # fmt: skip
    assert ranking.order[0] == "penny"
    assert [told["code"] for told in ranking.steps[1:4]] == ["lacks", "no_money", "expected"]
    assert ranking.steps[1]["lacks"] == ["margin"]


def test_figures_for_the_checker_only_count_by_the_sum_that_was_confirmed():
    bid = make_bid(offer=make_offer(share("22", Basis.EXTRA), baseline=Baseline((eur("2000"),), "till", "checker")))
    hidden, other = Entry.of(bid, 1), entry("other", fixed("600"))
    bidding = make_bidding(estimate=ESTIMATE)
    unseen = rank([hidden, other], bidding, NO_BALLOTS)
    assert (unseen.order[0], unseen.steps[1]["code"]) == ("other", "not_seen")
    seen = rank([replace(hidden, seen=Seen("monitor", DUE, eur("650"))), other], bidding, NO_BALLOTS)
    assert (seen.order[0], seen.steps[1]["code"]) == (bid.id, "confirmed")
    assert "2000" not in str(seen.steps)


PERCENT = st.decimals("0.01", "300", places=2)
PROMISE = st.one_of(
    st.builds(lambda share_, basis: share(str(share_), basis), PERCENT, st.sampled_from(Basis)),
    st.builds(lambda cents: fixed(str(Decimal(cents) / 100)), st.integers(1, 500_000)),
    st.builds(lambda cents: per_unit(str(Decimal(cents) / 100)), st.integers(1, 500)),
    st.just(action()),
)
KNOWN = st.sampled_from([USUAL, Usual(), Usual(eur("6000"), None, Decimal("12.5"), None)])


@given(st.lists(st.tuples(st.lists(PROMISE, min_size=1, max_size=3), KNOWN), min_size=2, max_size=8), st.randoms())
def test_the_conversion_does_not_depend_on_the_order_of_arrival(bids: list[tuple[list[Commitment], Usual]],
                                                                chance: random.Random):  # fmt: skip
    entries = [replace(entry(str(n), *held), usual=usual) for n, (held, usual) in enumerate(bids)]
    shuffled = chance.sample(entries, len(entries))
    bidding = make_bidding(estimate=NO_UNITS)
    one, other = rank(entries, bidding, NO_BALLOTS), rank(shuffled, bidding, NO_BALLOTS)
    assert one.order == other.order
    assert {str(told) for told in one.steps} == {str(told) for told in other.steps}


@given(PERCENT, st.integers(1, 10**9), st.decimals("0", "100", places=2))
def test_a_share_of_the_net_never_exceeds_the_same_share_of_the_gross(percent: Decimal, cents: int, tax: Decimal):
    estimate = Estimate(Money(cents, "EUR"), "a guess")
    net, gross = (expected([share(str(percent), b)], Usual(tax_share=tax), estimate) for b in (Basis.NET, Basis.GROSS))
    assert net
    assert gross
    assert net.amount <= gross.amount  # type: ignore[operator]  # both are known
