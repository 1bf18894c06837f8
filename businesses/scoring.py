"""Choosing by rule: the ranking is a list of steps that anyone can replay from the public record (DOMAIN.md, 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, localcontext
from functools import cached_property
from types import MappingProxyType

from businesses.commitments import Basis, Commitment, Share
from businesses.converting import Expected, Usual, expected
from businesses.values import Bid, Seen
from campaigns.values import Bidding, Estimate, Rule, TieBreak
from core.wire import Json, encode, plain

NOT_KNOWN = Usual()


@dataclass(frozen=True)
class Entry:
    """A bid as the ranking sees it: ``reached_at`` is when it came to its present offer.

    ``usual`` is its ordinary day as far as everybody may know it; ``seen`` what the checker said of one kept from them.
    """

    bid: str
    commitments: tuple[Commitment, ...]
    reached_at: datetime
    usual: Usual = NOT_KNOWN
    hidden: bool = False
    seen: Seen | None = None

    @classmethod
    def of(cls, bid: Bid, windows: int) -> Entry:
        """The entry of a standing bid in a campaign of so many windows."""
        baseline = bid.offer.baseline
        hidden = baseline is not None and baseline.hidden
        usual = NOT_KNOWN if hidden else Usual.of(baseline, windows)
        return cls(bid.id, bid.offer.commitments, bid.raised_at, usual, hidden, bid.seen)

    @cached_property
    def shares(self) -> dict[Basis, Decimal]:
        """What it gives of each basis that it names, in percent, matches included; added up once."""
        given: dict[Basis, Decimal] = {}
        for held in self.commitments:
            if isinstance(held, Share):
                given[held.basis] = given.get(held.basis, Decimal(0)) + held.effective
        return given


@dataclass(frozen=True)
class Ranking:
    """The order (best first), how it came about, and which bids are still tied over a winning place."""

    order: tuple[str, ...]
    steps: tuple[Json, ...]
    tied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ballots:
    """What people and jurors said: bids approved by each voter, and (juror, bid, criterion) -> score 0 to 10."""

    votes: tuple[tuple[str, str], ...] = ()
    scores: tuple[tuple[str, str, str, Decimal], ...] = ()


Key = Callable[[Entry], Decimal]


def rank(
    entries: list[Entry], bidding: Bidding, ballots: Ballots, stopped: Mapping[str, str] = MappingProxyType({})
) -> Ranking:
    """Rank standing bids by the published rule. With one bid, jury and vote are skipped and it is said so.

    ``stopped``: bids that fell out, and the step that says why.
    """
    out = tuple(step(stopped[e.bid], bid=e.bid) for e in entries if e.bid in stopped)
    ranked = _rank([e for e in entries if e.bid not in stopped], bidding, ballots)
    return replace(ranked, steps=(*out, *ranked.steps))


def _rank(entries: list[Entry], bidding: Bidding, ballots: Ballots) -> Ranking:
    if len(entries) <= 1:
        steps = [step("one_bid", bid=entries[0].bid)] if entries else [step("no_bid")]
        return Ranking(tuple(e.bid for e in entries), tuple(steps))
    key, steps = _rule(entries, bidding, ballots)
    return _ordered(entries, key, bidding, ballots, steps)


def _rule(entries: list[Entry], bidding: Bidding, ballots: Ballots) -> tuple[Key, list[Json]]:
    match bidding.rule:
        case Rule.HIGHEST_SHARE:
            estimate = converted_by(entries, bidding)
            return _by_money(entries, estimate) if estimate else _by_share(entries)
        case Rule.JURY:
            return _by_jury(entries, bidding, ballots)
        case Rule.VOTE:
            return _by_vote(entries, ballots)
    return (lambda entry: Decimal(0)), [step("organizer_chooses")]


def comparable_share(entry: Entry, basis: Basis) -> Decimal | None:
    """What a bid gives of one basis, in percent, matches included; None where it names no share of it."""
    return entry.shares.get(basis)


def leading_basis(entries: list[Entry]) -> Basis:
    """The basis that most bids name; of equally many, the first of gross, net, profit, extra."""
    named = Counter(basis for e in entries for basis in e.shares)
    return max(Basis, key=lambda basis: named[basis])  # of equals the first


def _by_share(entries: list[Entry]) -> tuple[Key, list[Json]]:
    """Likes with likes: shares of the leading basis; bids without one rank after, unconverted (DOMAIN.md, 2)."""
    basis = leading_basis(entries)
    steps = [step("basis", basis=basis.value)]
    for entry in entries:
        share = comparable_share(entry, basis)
        shown = None if share is None else plain(share)
        steps.append(step("share" if shown else "not_comparable", bid=entry.bid, share=shown, basis=basis.value))

    def key(entry: Entry) -> Decimal:
        share = comparable_share(entry, basis)
        return Decimal(-1) if share is None else share

    return key, steps


def are_alike(entries: list[Entry]) -> bool:
    """Whether every bid names a share of one basis: likes are compared with likes, and nothing is converted."""
    basis = leading_basis(entries)
    return all(comparable_share(entry, basis) is not None for entry in entries)


def converted_by(entries: list[Entry], bidding: Bidding) -> Estimate | None:
    """The crowd estimate by which each bid is converted to an expected sum; None where likes are compared, or none."""
    differ = bidding.rule == Rule.HIGHEST_SHARE and not are_alike(entries)
    return bidding.estimate if differ else None


def converted(entry: Entry, estimate: Estimate) -> Expected | None:
    """What a bid is expected to come to, from published figures only; None where it promises no money.

    Where its figures are for the checker only, the sum that the checker confirmed in public stands in, without formula.
    """
    found = expected(entry.commitments, entry.usual, estimate)
    if found and found.lacks and entry.seen and entry.seen.expected:
        return Expected(amount=entry.seen.expected)
    return found


def _by_money(entries: list[Entry], estimate: Estimate) -> tuple[Key, list[Json]]:
    """Unlikes in the open: expected sums by the stated estimate; what cannot be converted ranks after."""
    sums = {entry.bid: converted(entry, estimate) for entry in entries}
    takings = estimate.takings
    stated = {"units": estimate.units, "people": estimate.people, "source": estimate.source}
    told = step("estimate", amount=f"{takings} {takings.currency}", takings=encode(takings), **stated)
    steps = [told, *(_converted_step(entry, sums[entry.bid]) for entry in entries)]

    def key(entry: Entry) -> Decimal:
        found = sums[entry.bid]
        return Decimal(-1) if found is None or found.amount is None else found.amount.amount

    return key, steps


def _converted_step(entry: Entry, found: Expected | None) -> Json:
    if found is None:
        return step("no_money", bid=entry.bid)
    if found.amount is None:
        return step("not_seen" if entry.hidden else "lacks", bid=entry.bid, lacks=list(found.lacks))
    amount = {"amount": str(found.amount), "expected": encode(found.amount)}
    if found.pieces:
        return step("expected", bid=entry.bid, formula=found.formula, **amount)
    return step("confirmed", bid=entry.bid, by=entry.seen.by if entry.seen else "", **amount)


def _by_jury(entries: list[Entry], bidding: Bidding, ballots: Ballots) -> tuple[Key, list[Json]]:
    """Weighted means: each criterion's mean over jurors, times its weight, over all weights."""
    given: dict[tuple[str, str], list[Decimal]] = {}
    for _, bid, criterion, score in ballots.scores:
        given.setdefault((bid, criterion), []).append(score)
    totals = {e.bid: _weighted(e.bid, bidding, given) for e in entries}
    steps = [step("score", bid=bid, score=plain(score.quantize(Decimal("0.0001")))) for bid, score in totals.items()]
    return (lambda entry: totals[entry.bid]), steps


def _weighted(bid: str, bidding: Bidding, given: Mapping[tuple[str, str], list[Decimal]]) -> Decimal:
    with localcontext(prec=60):
        weights = sum((c.weight for c in bidding.criteria), Decimal(0))
        score = Decimal(0)
        for criterion in bidding.criteria:
            points = given.get((bid, criterion.name), [])
            score += criterion.weight * (sum(points, Decimal(0)) / len(points) if points else Decimal(0))
        return score / weights


def _by_vote(entries: list[Entry], ballots: Ballots) -> tuple[Key, list[Json]]:
    """Approval: every confirmed person may approve any bids, each once."""
    counted = Counter(bid for _, bid in set(ballots.votes))
    steps = [step("votes", bid=e.bid, votes=counted[e.bid]) for e in entries]
    return (lambda entry: Decimal(counted[entry.bid])), steps


def _ordered(entries: list[Entry], key: Key, bidding: Bidding, ballots: Ballots, steps: list[Json]) -> Ranking:
    """Sort by the rule, break ties by the published tie-break, and say what stays tied over a winning place."""
    groups: dict[Decimal, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    order: list[Entry] = []
    tied: list[str] = []
    for value in sorted(groups, reverse=True):
        group = groups[value]
        if len(group) > 1:
            group, open_ = _break_tie(group, bidding, ballots, steps)
            if open_ and len(order) < bidding.winners < len(order) + len(group):
                tied = [e.bid for e in group]
        order += group
    return Ranking(tuple(e.bid for e in order), tuple(steps), tuple(tied))


def _break_tie(group: list[Entry], bidding: Bidding, ballots: Ballots, steps: list[Json]) -> tuple[list[Entry], bool]:
    """The group in order, and whether somebody still has to choose."""
    earliest = sorted(group, key=lambda e: (e.reached_at, e.bid))
    bids = [e.bid for e in earliest]
    if bidding.rule == Rule.ORGANIZER or bidding.tie_break == TieBreak.ORGANIZER:
        steps.append(step("tie_open_organizer", bids=bids))
        return earliest, True
    if bidding.tie_break == TieBreak.VOTE:
        counted = Counter(bid for _, bid in set(ballots.votes))
        by_vote = sorted(earliest, key=lambda e: -counted[e.bid])
        steps.append(step("tie_by_vote", bids=[e.bid for e in by_vote], votes=[counted[e.bid] for e in by_vote]))
        return by_vote, True
    steps.append(step("tie_by_time", bids=bids))
    return earliest, False


def leaders(ranked: Ranking) -> list[str]:
    """Whose bids are ahead before the choice: by the votes so far, or level by the rule; else none is known yet."""
    votes = {s["bid"]: s["votes"] for s in ranked.steps if s["code"] == "votes"}
    most = max(votes.values(), default=0)
    return [bid for bid, count in votes.items() if count == most > 0] if votes else list(ranked.tied)


STEP_WORDS = {
    "no_bid": "Nobody has bid.",
    "one_bid": "There is one bid: jury and vote are skipped.",
    "organizer_chooses": "The rule leaves the choice to the organizer, who gives a public reason.",
    "basis": "Shares of {basis} are compared, the basis that most bids name.",
    "share": "{bid} gives {share}% of {basis}.",
    "not_comparable": "{bid} names no share of {basis} and ranks after those that do.",
    "jury_scores": "The jury is scoring: what it gives is shown once the choice is made.",
    "estimate": "The bids name unlike bases: each is converted to an expected sum, by stated takings of {amount}.",
    "expected": "{bid}: {formula} = {amount}.",
    "confirmed": "{bid}: {amount}, confirmed by the {by} on figures that are not published.",
    "lacks": "{bid} cannot be converted and ranks after: it does not say {lacks}.",
    "not_seen": "{bid} cannot be converted and ranks after: {lacks} is for the checker only, and no sum was confirmed.",
    "no_money": "{bid} promises no money and ranks after those that do.",
    "score": "{bid} has {score} of 10 from the jury.",
    "votes": "{bid} has {votes} votes.",
    "tie_by_time": "{bids} are equal: the earlier one is first.",
    "tie_by_vote": "{bids} are equal: the supporters' vote decides.",
    "consent_refused": "{bid} falls out: people whom it affects do not agree.",
    "consent_withdrawn": "{bid} falls out: people whom it affects have taken their consent back.",
    "consent_lapsed": "{bid} falls out: the consent of people whom it affects did not come in its term.",
    "not_accepted": "{bid} falls out: its agreement was not accepted by both in its term.",
    "tie_open_organizer": "{bids} are equal: the organizer chooses.",
}
"""What each step says; ``step`` puts the English words beside the code, pages translate by code."""


def step(code: str, **params: object) -> Json:
    """One step of the ranking: code and figures for programs, words for people."""
    shown = {k: ", ".join(map(str, v)) if isinstance(v, list) else v for k, v in params.items()}
    return {"code": code, **params, "text": STEP_WORDS[code].format(**shown)}
