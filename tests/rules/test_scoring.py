"""Choosing by rule: likes with likes, every step told, and the same result for whoever replays it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.commitments import Basis
from businesses.scoring import STEP_WORDS, Ballots, Entry, Ranking, rank, step
from campaigns.values import Bidding, Criterion, Rule, TieBreak
from tests.factories import action, entry, fixed, make_bidding, per_unit, share

NONE_CAST = Ballots()


def order(entries: Sequence[Entry], bidding: Bidding | None = None, ballots: Ballots = NONE_CAST) -> str:
    """The ranking as one word, best first."""
    return "".join(rank(list(entries), bidding or make_bidding(), ballots).order)


def codes(ranking: Ranking) -> list[str]:
    return [told["code"] for told in ranking.steps]


def votes(**approved: int) -> Ballots:
    """So many confirmed people approve each bid."""
    return Ballots(votes=tuple((f"voter-{n}", bid) for bid, many in approved.items() for n in range(many)))


# Highest share


def test_the_highest_share_wins():
    assert order([entry("a", share("22")), entry("b", share("40")), entry("c", share("31.5"))]) == "bca"


def test_a_match_counts_and_so_do_several_shares_of_one_basis():
    doubled, several = entry("a", share("20", match="150")), entry("b", share("30"), share("19", name="more"))
    assert order([doubled, several, entry("c", share("49.5"))]) == "acb"


def test_likes_are_compared_with_likes():
    entries = [entry("a", share("10")), entry("b", share("12")), entry("c", share("90", Basis.EXTRA))]
    ranking = rank(entries, make_bidding(), NONE_CAST)
    assert "".join(ranking.order) == "bac"
    assert codes(ranking) == ["basis", "share", "share", "not_comparable"]
    assert ranking.steps[0]["basis"] == "gross"


def test_the_basis_that_most_bids_name_is_compared():
    entries = [entry("a", share("99")), entry("b", share("20", Basis.NET)), entry("c", share("21", Basis.NET))]
    assert order(entries) == "cba"


def test_of_equally_many_bases_gross_comes_first():
    assert order([entry("a", share("90", Basis.EXTRA)), entry("b", share("1"))]) == "ba"


def test_bids_without_a_share_rank_after_those_with_one():
    entries = [
        entry("a", fixed("9999")),
        entry("b", action("99")),
        entry("c", share("0.01")),
        entry("d", per_unit("5")),
    ]
    assert order(entries).startswith("c")


def test_one_bid_wins_and_it_is_said_that_jury_and_vote_are_skipped():
    for rule in Rule:
        bidding = make_bidding(rule=rule, criteria=(Criterion("climate", Decimal(100)),))
        assert codes(rank([entry("a", share("1"))], bidding, NONE_CAST)) == ["one_bid"]


def test_no_bid_is_said_so():
    assert rank([], make_bidding(), NONE_CAST) == Ranking((), (step("no_bid"),))


# Ties


TIED = [entry("a", share("100"), hours=3), entry("b", share("100"), hours=1), entry("c", share("100"), hours=2)]


def test_of_equal_bids_the_earlier_is_first_where_the_rule_says_so():
    ranking = rank(TIED, make_bidding(), NONE_CAST)
    assert "".join(ranking.order) == "bca"
    assert ranking.tied == ()
    assert codes(ranking)[-1] == "tie_by_time"


def test_supporters_break_a_tie_where_the_rule_says_so():
    ranking = rank(TIED, make_bidding(tie_break=TieBreak.VOTE), votes(a=3, c=1))
    assert "".join(ranking.order) == "acb"
    assert set(ranking.tied) == set("abc")
    assert ranking.steps[-1]["votes"] == [3, 1, 0]


def test_a_tie_for_the_organizer_stays_open():
    ranking = rank(TIED, make_bidding(tie_break=TieBreak.ORGANIZER), NONE_CAST)
    assert set(ranking.tied) == set("abc")
    assert codes(ranking)[-1] == "tie_open_organizer"


def test_a_tie_behind_the_winners_keeps_nobody_waiting():
    entries = [entry("z", share("101")), *TIED]
    assert rank(entries, make_bidding(tie_break=TieBreak.ORGANIZER), NONE_CAST).tied == ()
    both = rank(entries, make_bidding(tie_break=TieBreak.ORGANIZER, winners=2), NONE_CAST)
    assert set(both.tied) == set("abc")


def test_a_tie_within_the_winners_keeps_nobody_waiting():
    assert rank(TIED, make_bidding(tie_break=TieBreak.ORGANIZER, winners=3), NONE_CAST).tied == ()


# Jury


JURY = make_bidding(rule=Rule.JURY, criteria=(Criterion("climate", Decimal(75)), Criterion("people", Decimal(25))))


def scores(*given: tuple[str, str, str, str]) -> Ballots:
    return Ballots(scores=tuple((juror, bid, criterion, Decimal(points)) for juror, bid, criterion, points in given))


def test_a_jury_weighs_its_criteria():
    ballots = scores(
        ("ada", "a", "climate", "8"),
        ("ada", "a", "people", "2"),
        ("ada", "b", "climate", "6"),
        ("ada", "b", "people", "9"),
    )
    ranking = rank([entry("a", share("1")), entry("b", share("99"))], JURY, ballots)
    assert "".join(ranking.order) == "ba"
    assert [told["score"] for told in ranking.steps] == ["6.5", "6.75"]


def test_each_criterion_is_the_mean_over_those_who_scored_it():
    ballots = scores(("ada", "a", "climate", "10"), ("bea", "a", "climate", "5"), ("ada", "b", "climate", "7"))
    ranking = rank([entry("a"), entry("b")], JURY, ballots)
    assert [told["score"] for told in ranking.steps] == ["5.625", "5.25"]


def test_a_bid_that_nobody_scored_has_nothing():
    assert order([entry("a"), entry("b")], JURY, scores(("ada", "b", "people", "0.1"))) == "ba"


def test_weights_need_not_add_up_to_100():
    thirds = make_bidding(rule=Rule.JURY, criteria=tuple(Criterion(name, Decimal(1)) for name in "xyz"))
    ballots = scores(("ada", "a", "x", "10"), ("ada", "a", "y", "10"), ("ada", "a", "z", "10"))
    assert rank([entry("a"), entry("b")], thirds, ballots).steps[0]["score"] == "10"


# Vote and organizer


def test_the_most_approved_bid_wins_a_vote():
    ballot = make_bidding(rule=Rule.VOTE)
    assert order([entry("a", share("99")), entry("b"), entry("c")], ballot, votes(a=2, b=5, c=3)) == "bca"


def test_one_person_counts_once_for_a_bid_however_often_they_vote():
    twice = Ballots(votes=(("lea", "a"), ("lea", "a"), ("lea", "a"), ("max", "b"), ("ida", "b")))
    assert order([entry("a"), entry("b")], make_bidding(rule=Rule.VOTE), twice) == "ba"


def test_votes_for_a_bid_that_was_withdrawn_count_for_nobody():
    assert order([entry("a"), entry("b")], make_bidding(rule=Rule.VOTE), votes(a=1, gone=9)) == "ab"


def test_where_the_organizer_chooses_every_bid_stays_open():
    ranking = rank(TIED, make_bidding(rule=Rule.ORGANIZER), NONE_CAST)
    assert set(ranking.tied) == set("abc")
    assert codes(ranking)[0] == "organizer_chooses"


# Whoever replays it


percents = st.lists(st.sampled_from(["10", "22", "22", "40"]), min_size=2, max_size=6)


@st.composite
def auctions(draw: st.DrawFn) -> tuple[list[Entry], Bidding, Ballots]:
    """Bids with many ties, a rule, and what people said."""
    bids = [entry(f"bid-{n}", share(p), hours=draw(st.integers(0, 3))) for n, p in enumerate(draw(percents))]
    names = st.sampled_from([e.bid for e in bids])
    bidding = make_bidding(
        rule=draw(st.sampled_from(Rule)),
        tie_break=draw(st.sampled_from(TieBreak)),
        winners=draw(st.integers(1, 3)),
        criteria=(Criterion("climate", Decimal(2)),),
    )
    cast = draw(st.lists(st.tuples(st.sampled_from(["lea", "max", "ida"]), names), max_size=8))
    points = draw(st.dictionaries(st.tuples(st.sampled_from(["ada", "bea"]), names), st.integers(0, 10), max_size=8))
    given_scores = tuple((juror, bid, "climate", Decimal(score)) for (juror, bid), score in points.items())
    return bids, bidding, Ballots(tuple(cast), given_scores)


@given(auctions(), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_arrival(auction: tuple[Any, Any, Ballots], chance: Any):
    bids, bidding, ballots = auction
    shuffled_bids = chance.sample(bids, len(bids))
    shuffled_votes = tuple(chance.sample(ballots.votes, len(ballots.votes)))
    again = rank(shuffled_bids, bidding, Ballots(shuffled_votes, ballots.scores[::-1]))
    first = rank(bids, bidding, ballots)
    assert again.order == first.order
    assert set(again.tied) == set(first.tied)


@given(auctions())
def test_every_bid_is_ranked_once(auction: tuple[Any, Any, Ballots]):
    bids, bidding, ballots = auction
    ranking = rank(bids, bidding, ballots)
    assert sorted(ranking.order) == sorted(e.bid for e in bids)


@given(auctions())
def test_a_higher_share_is_never_ranked_behind_a_lower_one(auction: tuple[Any, Any, Ballots]):
    bids, bidding, _ = auction
    if bidding.rule == Rule.HIGHEST_SHARE:
        given_share = {e.bid: e.commitments[0].effective for e in bids}
        ranked = [given_share[bid] for bid in rank(bids, bidding, NONE_CAST).order]
        assert ranked == sorted(ranked, reverse=True)


@given(auctions())
def test_every_step_is_told_in_words(auction: tuple[Any, Any, Ballots]):
    for told in rank(*auction).steps:
        assert told["code"] in STEP_WORDS
        assert "{" not in told["text"]


@pytest.mark.parametrize("tie_break", TieBreak)
def test_equal_bids_at_the_same_instant_still_have_one_order(tie_break: TieBreak):
    same = [entry("b", share("100")), entry("a", share("100"))]
    assert (
        order(same, make_bidding(tie_break=tie_break)) == order(same[::-1], make_bidding(tie_break=tie_break)) == "ab"
    )
