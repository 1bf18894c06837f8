"""Ranking and counting beside the plainest loop over the same data: both must come to the same order."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from businesses.commitments import Basis, Commitment, Share
from businesses.scoring import Ballots, Entry, rank
from campaigns.values import Rule
from tests.factories import action, entry, make_bidding, share

ROUNDS = 15


@dataclass(frozen=True)
class Compared:
    """Medians in milliseconds of the plain loop and of ours, and the median of their ratio within a round."""

    what: str
    plain: float
    ours: float
    ratio: float


def measure() -> Iterator[Compared]:
    """Ranking 1,000 bids of 20 commitments, and counting 10,000 ballots on ten bids."""
    chance = random.Random(2008)
    offers = [(f"bid-{n:04}", _commitments(chance), n % 700) for n in range(1000)]
    yield _compare("rank 1,000 bids of 20 promises", lambda: _plain_ranking(offers), lambda: _ranking(offers))
    names = [f"bid-{n}" for n in range(10)]
    votes = [(f"voter-{n // 2}", chance.choice(names)) for n in range(10_000)]
    yield _compare("count 10,000 ballots", lambda: _plain_count(names, votes), lambda: _count(names, votes))


def _commitments(chance: random.Random) -> tuple[Commitment, ...]:
    def one(n: int) -> Commitment:
        if n % 2:
            return action(str(chance.randint(13, 90)), name=f"promise-{n}")
        match = str(chance.choice([0, 0, 50]))
        return share(str(chance.randint(1, 90)), chance.choice(list(Basis)), name=f"promise-{n}", match=match)

    return tuple(one(n) for n in range(20))


Offers = list[tuple[str, tuple[Commitment, ...], int]]
Votes = list[tuple[str, str]]


def _ranking(offers: Offers) -> list[str]:
    """As at a closing: entries are made anew, so nothing is remembered from the round before."""
    entries: list[Entry] = [entry(bid, *held, hours=hours) for bid, held, hours in offers]
    return list(rank(entries, make_bidding(), Ballots()).order)


def _plain_ranking(offers: Offers) -> list[str]:
    sums: dict[str, dict[Basis, Decimal]] = {}
    named = dict.fromkeys(Basis, 0)
    for bid, commitments, _ in offers:
        sums[bid] = {}
        for held in commitments:
            if isinstance(held, Share):
                percent = held.share * (100 + held.match) / 100
                sums[bid][held.basis] = sums[bid].get(held.basis, Decimal(0)) + percent
        for basis in sums[bid]:
            named[basis] += 1
    basis = max(named, key=lambda each: named[each])
    return [bid for bid, _, _ in sorted(offers, key=lambda o: (-sums[o[0]].get(basis, Decimal(-1)), o[2], o[0]))]


def _count(names: list[str], votes: Votes) -> list[str]:
    return list(rank([entry(name) for name in names], make_bidding(rule=Rule.VOTE), Ballots(tuple(votes))).order)


def _plain_count(names: list[str], votes: Votes) -> list[str]:
    counted, seen = dict.fromkeys(names, 0), set()
    for vote in votes:
        if vote not in seen:
            seen.add(vote)
            counted[vote[1]] += 1
    return sorted(names, key=lambda name: (-counted[name], name))


def _compare(what: str, plain: Callable[[], list[str]], ours: Callable[[], list[str]]) -> Compared:
    if plain() != ours():
        raise RuntimeError(f"{what}: the two come to different orders")
    rounds = [(_milliseconds(plain), _milliseconds(ours)) for _ in range(ROUNDS)]
    plains, own = zip(*rounds, strict=True)
    return Compared(what, median(plains), median(own), median(o / p for p, o in rounds))


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def table() -> Iterator[str]:
    """The lines that `make bench` prints."""
    yield f"{'':34}{'plain':>12}{'ours':>12}{'times as long':>16}"
    for found in measure():
        yield f"{found.what:34}{found.plain:>9.1f} ms{found.ours:>9.1f} ms{found.ratio:>16.2f}"


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
