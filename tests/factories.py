"""Values of the domain with everything filled in: a test names only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from businesses.commitments import Action, Basis, Checker, Commitment, Fixed, PerUnit, Share, Step, StepKind
from businesses.followthrough import Check, Evidence, Given, Obligation, Reply, Verdict
from businesses.scoring import Entry
from businesses.values import Baseline, Bid, Business, Offer
from campaigns.tally import Crowd, DayFigures, DoorSums, PledgeSums, Till, TillState
from campaigns.values import (
    Award,
    Bidding,
    Campaign,
    Decided,
    Disclosure,
    GoAhead,
    GoAheadKind,
    NamedBusiness,
    State,
    Window,
    Winner,
)
from core.money import Money

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""A Monday morning in March: the harness's clock stands here, too."""
CLOSING = datetime(2027, 3, 15, 12, 0, tzinfo=UTC)
"""When bidding closes."""
OPENING = datetime(2027, 4, 10, 8, 0, tzinfo=UTC)
"""When the crowd comes: a Saturday, ten o'clock in Berlin."""
LAST = datetime(2027, 4, 10, 16, 0, tzinfo=UTC)
"""When the last of them leaves."""
DUE = date(2027, 9, 30)


def eur(amount: str) -> Money:
    return Money.parse(amount, "EUR")


def make_window(opens_at: datetime = OPENING, closes_at: datetime = LAST, name: str = "saturday") -> Window:
    return Window(name, opens_at, closes_at, "Market square 3")


def make_bidding(**changes: Any) -> Bidding:
    return replace(Bidding(closes_at=CLOSING), **changes)


def make_campaign(**changes: Any) -> Campaign:
    """A draft that lacks nothing: an open auction in Berlin, one window, no condition."""
    drafted = Campaign(
        id="campaign",
        slug="coffee-for-the-climate",
        team="team",
        created_at=NOW,
        since=NOW,
        title="Coffee for the climate",
        story="We fill one cafe for a day, and it spends the takings on a heat pump.",
        place="Berlin",
        timezone="Europe/Berlin",
        currency="EUR",
        windows=(make_window(),),
        disclosure=Disclosure("none", "none"),
        bidding=make_bidding(),
    )
    return replace(drafted, **changes)


def campaign_in(state: State, **changes: Any) -> Campaign:
    """A campaign as it stands in a state, with everything that came before it."""
    held: dict[str, Any] = {"state": state}
    if state not in {State.DRAFT, State.BIDDING, State.CHOOSING, State.CANCELLED}:
        held["award"] = make_award(agreed=frozenset({"bid-1"}))
    if state == State.CHOOSING:
        held |= {"since": CLOSING, "waiting": "bid", "wait_until": CLOSING + timedelta(days=14)}
    if state in {State.TIPPED, State.MISSED, State.MOBBING, State.COUNTING, State.FINAL, State.FOLLOWING, State.DONE}:
        held["decided"] = Decided(12, eur("300"), OPENING)
    if state in {State.FINAL, State.FOLLOWING, State.DONE}:
        held["tally"] = {"state": "final"}
    return make_campaign(**(held | changes))


def with_named_business(**changes: Any) -> Campaign:
    """A draft without an auction: one business is asked."""
    return make_campaign(bidding=None, business=NamedBusiness("Cafe Morgenrot", "cafe@example.org"), **changes)


def make_award(*runners_up: str, bids: tuple[str, ...] = ("bid-1",), **changes: Any) -> Award:
    """An award to ``bids``, made at closing."""
    drafted = Award(tuple(map(winner, bids)), tuple(map(winner, runners_up)), CLOSING)
    return replace(drafted, **changes)


def winner(bid: str) -> Winner:
    return Winner(bid, f"shop-of-{bid}")


def money_go_ahead(target: str, at: datetime | None = None) -> GoAhead:
    return GoAhead(GoAheadKind.MONEY, Decimal(target), at)


def head_go_ahead(target: str, at: datetime | None = None) -> GoAhead:
    return GoAhead(GoAheadKind.HEADCOUNT, Decimal(target), at)


def share(percent: str, basis: Basis = Basis.GROSS, *, match: str = "0", name: str = "share", **changes: Any) -> Share:
    """A part of the day's takings, or of another basis."""
    made = Share(id=name, due_on=DUE, share=Decimal(percent), basis=basis, match=Decimal(match))
    return replace(made, **changes)


def per_unit(amount: str, unit: str = "coffee", *, name: str = "per-unit", **changes: Any) -> PerUnit:
    return replace(PerUnit(id=name, due_on=DUE, amount=eur(amount), unit=unit), **changes)


def fixed(amount: str, *, name: str = "fixed", **changes: Any) -> Fixed:
    return replace(Fixed(id=name, due_on=DUE, amount=eur(amount)), **changes)


def action(target: str = "27", baseline: str = "12", *, name: str = "action", **changes: Any) -> Action:
    """Toronto's promise: 15 more certified local producers than today's 12."""
    made = Action(
        id=name,
        due_on=DUE,
        verb="stock",
        metric="certified local producers",
        unit="producers",
        baseline=Decimal(baseline),
        target=Decimal(target),
    )
    return replace(made, **changes)


def rung(at_least: str, target: str, kind: StepKind = StepKind.TAKINGS) -> Step:
    """A step of a ladder: from ``at_least`` on, the target is ``target``."""
    return Step(kind, Decimal(at_least), Decimal(target))


def make_offer(*commitments: Commitment, **changes: Any) -> Offer:
    """What a business puts into a bid: 22 percent of the takings, unless said otherwise."""
    return replace(Offer(commitments or (share("22"),), anyway="No, not this year"), **changes)


def make_bid(*commitments: Commitment, **changes: Any) -> Bid:
    drafted = Bid(
        id="bid-1",
        campaign="campaign",
        business="shop-of-bid-1",
        offer=make_offer(*commitments),
        placed_at=NOW,
        raised_at=NOW,
        salt="salt",
    )
    return replace(drafted, **changes)


def make_business(**changes: Any) -> Business:
    made = Business("shop", "cafe-morgenrot", "Cafe Morgenrot", "cafe@example.org", "none", "invitation_link", 1, NOW)
    return replace(made, **changes)


def entry(bid: str, *commitments: Commitment, hours: int = 0) -> Entry:
    """A bid as the ranking sees it, which came to its offer some hours after the first."""
    return Entry(bid, commitments, NOW + timedelta(hours=hours))


def recorded_baseline(*takings: str, visibility: str = "public") -> Baseline:
    """What came in on an ordinary day, window by window."""
    return Baseline(tuple(map(eur, takings)), "till of 6 March", visibility)


def day(takings: str, **known: Any) -> DayFigures:
    """One business's day. Money may be given as text; what is not given is unknown."""
    figures: dict[str, Any] = {name: eur(v) if isinstance(v, str) else v for name, v in known.items()}
    return DayFigures(takings=eur(takings), **figures)


def make_till(takings: str = "2000.84", **changes: Any) -> Till:
    """A confirmed till total. Money may be given as text."""
    figures: dict[str, Any] = {name: eur(v) if name in _MONEY and v is not None else v for name, v in changes.items()}
    return replace(Till("saturday", "shop-of-bid-1", TillState.CONFIRMED, eur(takings)), **figures)


_MONEY = {"tax", "cost", "baseline", "counter_takings"}


def no_pledges() -> PledgeSums:
    nobody = Crowd(0, eur("0"))
    return PledgeSums(nobody, nobody, nobody, nobody)


def at_the_door(people: int = 0, spent: str = "0", reports: int = 0) -> DoorSums:
    return DoorSums(people, eur(spent), reports)


def make_obligation(commitment: Commitment | None = None, **changes: Any) -> Obligation:
    """A promise after the final tally: 15 more producers, due at the end of September in Berlin."""
    held = commitment or action()
    drafted = Obligation(
        id="obligation",
        campaign="campaign",
        business="shop",
        bid="bid-1",
        commitment=held,
        words="We will stock 15 more certified local producers than today's 12.",
        timezone="Europe/Berlin",
        due_on=held.due_on,
        first_due_on=held.due_on,
        arose_at=LAST,
        target=held.target if isinstance(held, Action) else None,
        owed=None if isinstance(held, Action) else eur("700.29"),
    )
    return replace(drafted, **changes)


def checked_by(checker: Checker, **changes: Any) -> Obligation:
    return make_obligation(action(checker=checker), **changes)


def evidence(value: str | None, at: datetime, *items: str) -> Evidence:
    """What the business filed: a number, a list, or a note alone."""
    return Evidence(f"evidence at {at}", at, "see for yourselves", None if value is None else Decimal(value), items)


def spot_check(value: str, at: datetime, by: str = "supporter", *, independent: bool = True) -> Check:
    return Check(f"check at {at}", at, by, Decimal(value), (), independent)


def ticked(at: datetime, *seen: str, struck: tuple[str, ...] = ()) -> Check:
    """A supporter's look at a list: what they found of it, and what not."""
    return Check(f"check at {at}", at, "supporter", Decimal(len(seen)), seen, True, struck=struck)


def verdict(given: Verdict, at: datetime, by: str = "organizer", seen_by: str = "parties") -> Given:
    return Given(given, at, by, seen_by, "we looked")


def reply(at: datetime, *, dispute: bool = False) -> Reply:
    return Reply(at, "we see it otherwise", dispute)
