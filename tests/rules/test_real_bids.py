"""The real bids of 2008 to 2013 (data/real-campaigns.csv), ranked by today's rule; unknown stays unknown."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from businesses.commitments import Basis, Commitment
from businesses.scoring import Ballots, comparable_share, rank
from campaigns.values import TieBreak
from tests.factories import action, entry, make_bidding, share

FILE = Path(__file__).parents[2] / "data" / "real-campaigns.csv"
with FILE.open(encoding="utf-8") as rows:
    ROWS = {row["id"]: row for row in csv.DictReader(rows)}


@dataclass(frozen=True)
class Read:
    """How a published bid is read: of what it is a share, or why it cannot be ranked among shares."""

    basis: Basis | None
    words: str
    also: tuple[Commitment, ...] = ()


REAL = {
    "C1": Read(Basis.NET, "revenue net of ~11% tax/CRV"),
    "C2": Read(Basis.EXTRA, "extra profit"),
    "C3": Read(Basis.GROSS, "revenue"),
    "C6": Read(Basis.GROSS, "revenue"),
    "C8": Read(Basis.GROSS, "gross revenue 13:00-17:00"),
    "C9": Read(Basis.GROSS, "revenue 12:00-16:00 + fixed", (action("15", "0"),)),
    "C10": Read(Basis.GROSS, "day revenue"),
    "C12": Read(None, "day revenue (BIV) / day profit (Courier)"),
    "C13": Read(Basis.GROSS, "revenue 12:00-16:00"),
    "C15": Read(Basis.GROSS, "event revenue, 4 h"),
    "C16": Read(Basis.GROSS, "revenue 13:00-19:00"),
    "C18": Read(None, "", (action("1", "0"),)),
    "C21": Read(Basis.GROSS, "sales"),
    "C24": Read(None, "sales threshold", (action("1", "0"),)),
}
"""One for each row of the file. Two sources disagree on the basis of C12, so it has none; C18 and C24 name no share."""


def promises(id_: str) -> tuple[Commitment, ...]:
    told = REAL[id_]
    shares = (share(ROWS[id_]["bid_pct"], told.basis),) if told.basis else ()
    return (*shares, *told.also)


def order(*bids: str) -> list[str]:
    return list(rank([entry(id_, *promises(id_)) for id_ in bids], make_bidding(), Ballots()).order)


def test_every_published_bid_is_read_and_none_is_read_otherwise_than_it_stands_there():
    assert {id_: row["bid_basis"] for id_, row in ROWS.items()} == {id_: told.words for id_, told in REAL.items()}


def test_a_bid_without_a_known_basis_or_percentage_promises_no_share():
    unknown = {id_ for id_ in REAL if comparable_share(entry(id_, *promises(id_)), Basis.GROSS) is None}
    assert unknown == {"C1", "C2", "C12", "C18", "C24"}
    assert {id_ for id_, row in ROWS.items() if not row["bid_pct"]} == {"C18", "C24"}


def test_the_real_shares_of_takings_are_ranked_by_what_they_give():
    known = [id_ for id_, told in REAL.items() if told.basis == Basis.GROSS]
    ranked = order(*known)
    given = [Decimal(ROWS[id_]["bid_pct"]) for id_ in ranked]
    assert [str(percent) for percent in given] == ["100", "100", "100", "75", "60", "50", "45", "35", "20"]
    assert set(ranked[:3]) == {"C9", "C13", "C21"}


def test_a_share_of_something_else_ranks_after_the_others_and_is_not_converted():
    """Nobody knows whether 51 percent of the extra profit is more than 20 percent of the takings."""
    ranked = rank([entry(id_, *promises(id_)) for id_ in REAL if promises(id_)], make_bidding(), Ballots())
    assert set(ranked.order[-4:]) == {"C1", "C2", "C18", "C24"}
    assert {s["bid"] for s in ranked.steps if s["code"] == "not_comparable"} == {"C1", "C2", "C18", "C24"}
    assert "C12" not in ranked.order


@pytest.mark.parametrize("goods", [(), (action("15", "0"),)])
def test_in_toronto_the_goods_promised_beside_the_share_decide_nothing(goods: tuple[Commitment, ...]):
    bids = [entry("C9", share("100"), *goods), entry("C21", *promises("C21"), hours=1)]
    assert list(rank(bids, make_bidding(), Ballots()).order) == ["C9", "C21"]


def test_the_first_auction_began_at_10_and_was_won_by_22():
    """San Francisco 2008: "highest of 23 stores asked; bids began at 10%"."""
    assert "bids began at 10%" in ROWS["C1"]["bid_as_published"]
    first, winner = entry("first", share("10", Basis.NET)), entry("C1", *promises("C1"), hours=1)
    assert list(rank([first, winner], make_bidding(), Ballots()).order) == ["C1", "first"]


def test_in_freiburg_three_gave_all_they_took_and_the_vote_chose():
    """The file names the winner of the three only, so the other two stand without a name, and their votes unknown."""
    assert "three-way tie at 100%, decided by online vote" in ROWS["C13"]["bid_as_published"]
    others = [entry(name, share("100"), hours=hours) for hours, name in enumerate(("second", "third"))]
    bids = [entry("C13", *promises("C13"), hours=2), *others]
    votes = Ballots(votes=(("lea", "C13"), ("max", "C13"), ("ida", "second")))
    ranked = rank(bids, make_bidding(tie_break=TieBreak.VOTE), votes)
    assert list(ranked.order) == ["C13", "second", "third"]
    assert ranked.steps[-1]["code"] == "tie_by_vote"
