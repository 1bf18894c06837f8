"""Bids compared in the reader's words: order, bars, steps of the rule, and what is not comparable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from businesses import codec, scoring
from businesses.commitments import Basis
from businesses.scoring import Ballots
from businesses.values import Bid, Confirmed, Seen
from campaigns.values import Bidding, Criterion, Estimate, Goal, GoalKind, Rule, State, TieBreak
from core.wire import encode
from tests.factories import (
    CLOSING,
    DUE,
    NOW,
    action,
    campaign_in,
    eur,
    fixed,
    make_award,
    make_bid,
    make_bidding,
    make_business,
    per_unit,
    recorded_baseline,
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


def compare(
    *bids: Bid,
    bidding: Bidding | None = None,
    ballots: Ballots = NO_BALLOTS,
    stopped: Mapping[str, str] = MappingProxyType({}),
    **known: object,
) -> Compared:
    rule = bidding or make_bidding()
    campaign = campaign_in(State.CHOOSING, bidding=rule, goal=Goal(GoalKind.TAKINGS, Decimal(5000)), **known)
    entries = [scoring.Entry.of(b, 1) for b in bids if b.stands]
    return Compared(campaign, bids, SHOPS, {}, scoring.rank(entries, rule, ballots, stopped), READER)


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


ESTIMATE = Estimate(eur("5000"), "two evenings at the market")


def test_unlike_bids_are_shown_by_the_sum_they_would_bring() -> None:
    day = replace(recorded_baseline("1120"), tax_share=Decimal(12), recorded_on=date(2027, 2, 27))
    bella = replace(BELLA, offer=replace(BELLA.offer, baseline=day))
    told = compare(HIRSCHEN, bella, replace(LENE, withdrawn_at=None), bidding=make_bidding(estimate=ESTIMATE))
    first, second, third = ranking.lines(told)
    assert (first.name, first.figure, first.formula) == (
        "Bella Café", "€2,640", "60% × €5,000 × (100% \N{MINUS SIGN} 12%) = €2,640")  # fmt: skip
    assert (second.figure, second.formula, str(second.bar.end)) == ("€1,500", "€1,500 in any case", "56.8")
    assert third.why == "Does not say how many it sells on an ordinary day: cannot be converted and ranks after."
    assert dict(first.answers)["Ordinary day"] == "€1,120, tax 12% (till of 6 March, 27 February 2027)"
    assert ranking.steps(told)[:3] == [
        "The bids name unlike things. Each is converted to an expected sum, by the stated takings of €5,000.",
        "Gasthaus Hirschen: €1,500.",
        "Bella Café: 60% × €5,000 × (100% \N{MINUS SIGN} 12%) = €2,640.",
    ]


def test_a_bid_that_fell_out_makes_the_others_no_less_alike() -> None:
    other, stated = make_bid(share("40", Basis.NET), id="other", business="lene"), make_bidding(estimate=ESTIMATE)
    told = compare(HIRSCHEN, BELLA, other, bidding=stated, stopped={"hirschen": "consent_refused"})
    first, second, last = ranking.lines(told)
    assert (first.figure, second.figure) == ("60%", "40%")
    assert (last.place, last.why) == ("", "Gasthaus Hirschen falls out: people whom it affects do not agree.")


def test_without_an_estimate_the_page_says_that_nothing_is_converted() -> None:
    assert compare(HIRSCHEN, BELLA).unlike
    assert not compare(BELLA).unlike
    assert not compare(HIRSCHEN, BELLA, bidding=make_bidding(estimate=ESTIMATE)).unlike


def test_what_is_kept_back_is_said_to_be_and_by_whom_it_was_seen() -> None:
    hidden = replace(BELLA, offer=replace(BELLA.offer, baseline=recorded_baseline("1120", visibility="checker")))
    stated = make_bidding(estimate=ESTIMATE)
    _, line = ranking.lines(compare(HIRSCHEN, hidden, bidding=stated))
    assert line.why == "Only the checker knows the tax in its takings, and confirmed no sum: ranks after."
    seen = replace(hidden, seen=Seen("monitor", date(2027, 3, 2), eur("2600")))
    line, _ = ranking.lines(compare(HIRSCHEN, seen, bidding=stated))
    assert (line.figure, line.why) == ("€2,600", "Confirmed by who checks; the figures are not published.")
    assert dict(line.answers)["Ordinary day"] == "Not published; seen by the monitor on 2 March 2027"


def test_done_planned_and_confirmed_stand_apart() -> None:
    offer = replace(BELLA.offer, done_already="LED lamps", planned="A fridge")
    (line,) = ranking.lines(compare(replace(BELLA, offer=offer, confirmed=(Confirmed("organizer", DUE, "All LED"),))))
    assert line.answers[1:] == (
        ("Done", "LED lamps"), ("Planned", "A fridge"),
        ("Confirmed", "All LED (seen by the organizers on 30 September 2027)"))  # fmt: skip


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
