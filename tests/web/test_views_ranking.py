"""Bids compared in the reader's words: order, bars, steps of the rule, and what is not comparable."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from businesses import codec, scoring
from businesses.commitments import Basis
from businesses.scoring import Ballots
from businesses.values import Bid
from campaigns.values import Bidding, Criterion, Goal, GoalKind, Rule, State, TieBreak
from core.wire import encode
from tests.factories import (
    CLOSING,
    NOW,
    action,
    campaign_in,
    fixed,
    make_award,
    make_bid,
    make_bidding,
    make_business,
    per_unit,
    share,
)
from web.views import ranking
from web.views.promises import Reader
from web.views.ranking import Compared

BELLA = make_bid(share("60", Basis.NET), action("84", "0", name="wall"), id="bella")
HIRSCHEN = make_bid(fixed("1500"), id="hirschen", business="hirschen")
LENE = make_bid(per_unit("0.50"), id="lene", business="lene", withdrawn_at=NOW)
SHOPS = {
    BELLA.business: make_business(name="Bella Café", slug="bella-cafe"),
    "hirschen": make_business(name="Gasthaus Hirschen", slug="hirschen"),
    "lene": make_business(name="Marktcafé Lene", slug="lene"),
}
NO_BALLOTS = Ballots()
READER = Reader("en", "en", "Europe/Berlin")


def compare(*bids: Bid, bidding: Bidding | None = None, ballots: Ballots = NO_BALLOTS, **known: object) -> Compared:
    rule = bidding or make_bidding()
    campaign = campaign_in(State.CHOOSING, bidding=rule, goal=Goal(GoalKind.TAKINGS, Decimal(5000)), **known)
    entries = [scoring.Entry(b.id, b.offer.commitments, b.raised_at) for b in bids if b.stands]
    return Compared(campaign, bids, SHOPS, {}, scoring.rank(entries, rule, ballots), READER)


def test_the_best_share_stands_first_and_what_is_unlike_after_it() -> None:
    first, second, last = ranking.lines(compare(HIRSCHEN, BELLA, LENE))
    assert (first.place, first.name, first.figure, str(first.bar.end)) == ("1", "Bella Café", "60%", "60.0")
    assert (second.place, second.figure) == ("2", "")
    assert second.why == "Names no share of the takings net of tax: ranks after those that do."
    assert second.formula == "€1,500.00 in any case"
    assert (last.place, last.why, last.withdrawn) == ("", "Withdrawn", True)


def test_the_steps_name_businesses_and_not_ids() -> None:
    assert ranking.steps(compare(HIRSCHEN, BELLA)) == [
        "Shares of the takings net of tax are compared: most bids name them.",
        "Gasthaus Hirschen names no share of the takings net of tax and ranks after those that do.",
        "Bella Café gives 60% of the takings net of tax.",
    ]


def test_shares_above_a_hundred_fit_on_the_bar_and_matches_are_shown() -> None:
    loud = replace(BELLA, offer=replace(BELLA.offer, commitments=(share("100", match="100"),)))
    (first, second) = ranking.lines(compare(loud, make_bid(share("50"), id="other", business="hirschen")))
    assert (first.figure, first.formula, str(first.bar.end)) == ("200%", "100% × 200%", "100.0")
    assert (second.formula, str(second.bar.end)) == ("50% of €5,000 would be €2,500.00", "25.0")


def test_a_jury_and_a_vote_have_figures_of_their_own() -> None:
    jury = make_bidding(rule=Rule.JURY, criteria=(Criterion("Green", Decimal(100)),))
    scores = Ballots(scores=(("j", "bella", "Green", Decimal("7.5")), ("j", "hirschen", "Green", Decimal(4))))
    assert [line.figure for line in ranking.lines(compare(BELLA, HIRSCHEN, bidding=jury, ballots=scores))] == [
        "7.5 of 10",
        "4 of 10",
    ]
    votes = Ballots(votes=(("a", "hirschen"), ("b", "hirschen"), ("a", "bella")))
    voted = compare(BELLA, HIRSCHEN, bidding=make_bidding(rule=Rule.VOTE), ballots=votes)
    assert [(line.name, line.figure) for line in ranking.lines(voted)] == [
        ("Gasthaus Hirschen", "2 votes"),
        ("Bella Café", "1 vote"),
    ]


@pytest.mark.parametrize("tie_break", list(TieBreak))
def test_a_tie_is_told(tie_break: TieBreak) -> None:
    twin = replace(BELLA, id="twin", business="hirschen", raised_at=CLOSING)
    told = ranking.steps(compare(BELLA, twin, bidding=make_bidding(tie_break=tie_break)))
    assert told[-1].startswith("Bella Café, Gasthaus Hirschen are equal")


def test_the_headline_says_who_won_or_how_many_bid() -> None:
    assert ranking.headline(compare(BELLA, HIRSCHEN), 2, sealed=False) == "2 bids so far."
    assert ranking.headline(compare(), 3, sealed=True) == "3 sealed bids."
    assert ranking.headline(compare(), 0, sealed=False) == "Nobody has bid yet."
    won = compare(BELLA, HIRSCHEN, award=make_award(bids=("bella",)))
    assert ranking.headline(won, 2, sealed=False) == "Bella Café promised the most."
    alone = replace(won, bids=(BELLA,))
    assert ranking.headline(alone, 1, sealed=False) == "Chosen: Bella Café."


def test_every_raise_is_kept_with_its_words() -> None:
    offers = [{"at": encode(at), "commitments": [codec.wire(share(s))]} for at, s in ((NOW, "22"), (CLOSING, "35"))]
    compared = replace(compare(BELLA), history={"bella": offers})
    (line,) = ranking.lines(compared)
    assert [told.words[0][:16] for told in line.history] == ["We will give 22%", "We will give 35%"]


def test_a_baseline_for_the_checker_stays_with_the_checker() -> None:
    (line,) = ranking.lines(compare(BELLA))
    assert [label for label, _ in line.answers] == ["Anyway?"]


def test_the_table_says_what_each_is_a_part_of() -> None:
    assert ranking.rows(compare(BELLA, HIRSCHEN, LENE)) == [
        ("Bella Café", "share of the takings net of tax, certified local producers", "60%"),
        ("Gasthaus Hirschen", "a fixed sum", "–"),
        ("Marktcafé Lene", "a sum for each coffee", "–"),
    ]
