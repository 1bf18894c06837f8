"""Whole histories of bidding: whatever shops offer, raise, add and take back, no promise falls and the rule decides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from businesses import rules
from businesses.commitments import Action, Commitment, Fixed, PerUnit, Share
from businesses.scoring import Ballots, Entry, comparable_share, leading_basis, rank
from businesses.values import Bid
from campaigns.values import Rule, TieBreak
from core.errors import Invalid
from tests.factories import NOW, action, fixed, make_bid, make_bidding, make_offer, per_unit, share

SHOPS = ("abendrot", "bella", "spaeti")
KINDS = (share, per_unit, fixed, action)


@dataclass(frozen=True)
class Move:
    """What a shop does: it withdraws, or offers each of its promises changed by a step, with new ones at the end."""

    shop: str
    withdraws: bool
    steps: tuple[int, ...]
    added: tuple[tuple[int, int], ...]
    swapped: bool


moves = st.builds(
    Move,
    st.sampled_from(SHOPS),
    st.sampled_from([False, False, False, True]),
    st.tuples(*[st.sampled_from([0, 1, 1, 2, -1])] * 6),
    st.lists(st.tuples(st.integers(0, 3), st.integers(14, 20)), max_size=2).map(tuple),
    st.booleans(),
)
histories = st.lists(moves, min_size=1, max_size=12)


@dataclass
class Auction:
    """The bids of some shops, each move an hour after the one before; ``offers`` are those accepted since it stands."""

    bids: dict[str, Bid] = field(default_factory=dict)
    offers: dict[str, list[tuple[Commitment, ...]]] = field(default_factory=dict)
    refused: int = 0

    def take(self, move: Move, hour: int) -> None:
        now, held = NOW + timedelta(hours=hour), self.bids.get(move.shop)
        stands = held is not None and held.stands
        if held and stands and move.withdraws:
            self.bids[move.shop] = replace(held, withdrawn_at=now)
        elif held and stands:
            self._raise(held, move, hour)
        else:
            first = tuple(promise(kind, much, f"{hour}-{n}") for n, (kind, much) in enumerate(move.added or ((0, 15),)))
            self.bids[move.shop] = make_bid(*first, id=move.shop, business=move.shop, placed_at=now, raised_at=now)
            self.offers[move.shop] = [first]

    def _raise(self, held: Bid, move: Move, hour: int) -> None:
        old = held.offer.commitments
        new = [stepped(c, by) for c, by in zip(old, move.steps, strict=False)] + list(old[len(move.steps) :])
        new += [promise(kind, much, f"{hour}-{n}") for n, (kind, much) in enumerate(move.added)]
        offered = tuple(reversed(new) if move.swapped else new)
        try:
            raised = rules.raise_bid(held, make_offer(*offered), NOW + timedelta(hours=hour))
        except Invalid:
            self.refused += 1
            assert any(by < 0 for by, _ in zip(move.steps, old, strict=False)), "only what is lower is refused"
            return
        self.bids[move.shop] = raised
        self.offers[move.shop].append(raised.offer.commitments)

    def entries(self) -> list[Entry]:
        return [Entry(b.id, b.offer.commitments, b.raised_at) for b in self.bids.values() if b.stands]


def promise(kind: int, much: int, name: str) -> Commitment:
    return KINDS[kind](str(much), name=name)


def stepped(held: Commitment, by: int) -> Commitment:
    match held:
        case Share():
            return replace(held, share=held.share + by)
        case PerUnit() | Fixed():
            return replace(held, amount=replace(held.amount, minor=held.amount.minor + by))
        case Action():
            return replace(held, target=held.target + by)
    raise TypeError(held.kind)


def much(held: Commitment) -> Decimal:
    match held:
        case Share():
            return held.effective
        case PerUnit() | Fixed():
            return held.amount.amount
        case Action():
            return held.target
    raise TypeError(held.kind)


def played(history: list[Move]) -> Auction:
    auction = Auction()
    for hour, move in enumerate(history):
        auction.take(move, hour)
    return auction


@given(histories)
def test_through_a_whole_history_no_promise_falls_and_none_is_lost(history: list[Move]):
    for offers in played(history).offers.values():
        for before, after in pairwise(offers):
            kept = {c.id: c for c in after}
            assert all(much(kept[c.id]) >= much(c) and kept[c.id].fixed == c.fixed for c in before)


@given(histories)
def test_a_bid_that_stands_is_the_last_offer_that_was_taken(history: list[Move]):
    auction = played(history)
    for name, bid in auction.bids.items():
        assert bid.offer.commitments == auction.offers[name][-1]


@given(histories, st.permutations(range(3)), st.sampled_from(TieBreak))
def test_who_bid_first_moves_only_those_who_are_equal(history: list[Move], order: list[int], tie_break: TieBreak):
    """The same bids, come to at other times: the row of what they give is the same, and with it who is not tied."""
    entries, bidding = played(history).entries(), make_bidding(tie_break=tie_break)
    times = [e.reached_at for e in entries]
    moved = [replace(e, reached_at=times[n % len(times)]) for e, n in zip(entries, order, strict=False)]
    gives = {e.bid: comparable_share(e, leading_basis(entries)) for e in entries}
    first, again = (rank(list(shown), bidding, Ballots()) for shown in (entries, moved[::-1]))
    assert [gives[bid] for bid in again.order] == [gives[bid] for bid in first.order]
    if tie_break != TieBreak.EARLIEST:
        assert set(again.tied) == set(first.tied)
    else:
        assert again.tied == first.tied == ()


@given(histories, st.randoms(use_true_random=False))
def test_ballots_decide_alike_in_whatever_order_bids_and_voices_come(history: list[Move], chance: Random):
    entries = played(history).entries()
    votes = [(f"voter-{n}", shop) for n, shop in enumerate(SHOPS * 3)][: chance.randint(0, 9)]
    bidding = make_bidding(rule=Rule.VOTE)
    shuffled, voices = chance.sample(entries, len(entries)), chance.sample(votes, len(votes))
    again = rank(shuffled, bidding, Ballots(tuple(voices)))
    assert again.order == rank(entries, bidding, Ballots(tuple(votes))).order


def test_the_histories_hold_raises_that_are_taken_and_raises_that_are_refused():
    """Else the properties above would hold of nothing."""
    again = Move("bella", withdraws=False, steps=(1,) * 6, added=(), swapped=True)
    lower = replace(again, steps=(-1,) * 6)
    gone = replace(again, withdraws=True)
    auction = played([replace(again, added=((0, 15), (3, 15))), again, lower, again])
    assert (len(auction.offers["bella"]), auction.refused) == (3, 1)
    assert played([again, gone]).entries() == []
    assert len(played([again, gone, lower]).entries()) == 1
