"""What a winner's day comes to, from its bid and its tills alone: the tally and the recount both compute it here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from businesses.commitments import Basis, Commitment, Owed, Share
from businesses.service.following import DayResult
from businesses.values import Bid
from campaigns import tally as tallies
from campaigns.tally import Till, TillState, Usual
from campaigns.values import Campaign
from core.money import Money, total
from core.wire import Json, encode


@dataclass(frozen=True)
class WinnersDay:
    """A winning bid with its business's tills, in the order they were declared, of so many windows."""

    bid: Bid
    tills: tuple[Till, ...]
    windows: int

    @property
    def disputed(self) -> bool:
        return any(till.state == TillState.DISPUTED for till in self.tills)

    @property
    def known(self) -> bool:
        """Whether there is a till total for every window: else the day's sums are unknown, and never too small."""
        return 0 < self.windows <= len(self.tills)


def winners_day(campaign: Campaign, bid: Bid, tills: list[Till]) -> WinnersDay:
    """The winner's own tills among all of the campaign, with the baselines recorded before bidding."""
    own = [till for till in tills if till.business == bid.business]
    recorded = _recorded(campaign, bid)
    hidden = bid.offer.baseline is not None and bid.offer.baseline.visibility == "checker"
    return WinnersDay(bid, tuple(tallies.with_baselines(own, recorded, hidden=hidden)), len(campaign.windows))


def usual(campaign: Campaign, bid: Bid) -> Usual | None:
    """The ordinary day recorded before bidding, over all windows; None where there is none."""
    held = bid.offer.baseline
    if held is None or not campaign.windows:
        return None
    windows = len(campaign.windows) if len(held.takings) == 1 else 1
    amount = total(list(held.takings), held.takings[0].currency).times(windows)
    days = [day.times(windows) for day in held.days] or [amount]
    return Usual(amount, min(days), max(days), len(held.days), held.about)


def usuals(campaign: Campaign, days: Iterable[WinnersDay]) -> tuple[Usual, ...]:
    """Those of all winners that have one."""
    return tuple(found for day in days if (found := usual(campaign, day.bid)))


def _recorded(campaign: Campaign, bid: Bid) -> dict[str, Money]:
    """The baseline recorded before bidding, by window: one figure serves for each window alike."""
    if bid.offer.baseline is None:
        return {}
    figures = bid.offer.baseline.takings
    for_each = figures * len(campaign.windows) if len(figures) == 1 else figures
    return {w.id: amount for w, amount in zip(campaign.windows, for_each, strict=False)}  # windows may have been added


def owed(day: WinnersDay) -> list[Json]:
    """A line for each money commitment, once every window has its till total.

    A disputed till gives a range; what is for the checker hides the formula.
    """
    tills = list(day.tills)
    declared = tallies.day_figures(tills)
    if declared is None or not day.known:
        return []
    corrected = tallies.day_figures(tills, corrected=day.disputed) or declared
    lines = []
    for commitment in day.bid.promised:
        first, second = commitment.owed(declared), commitment.owed(corrected)
        if first is None or second is None:
            continue
        range_ = _range(first, second) if day.disputed else None
        amount = None if range_ else second.amount
        formula = None if hides_formula(commitment, day.tills) else first.formula
        line = {"commitment": commitment.id, "bid": day.bid.id, "formula": formula, "amount": encode(amount)}
        lines.append({**line, "range": range_})
    return lines


def hides_formula(commitment: Commitment, tills: tuple[Till, ...]) -> bool:
    """Whether the formula would tell what is for the checker only: the till's figures, or the baseline."""
    extra = isinstance(commitment, Share) and commitment.basis == Basis.EXTRA
    return any(t.visibility == "checker" or (extra and t.baseline_hidden) for t in tills)


def _range(first: Owed, second: Owed) -> Json | None:
    if first.amount is None or second.amount is None or first.amount == second.amount:
        return None
    return {"low": encode(min(first.amount, second.amount)), "high": encode(max(first.amount, second.amount))}


def result(day: WinnersDay, heads: int) -> DayResult:
    """What the obligations are resolved from: no figure while a till is disputed or missing."""
    known = day.known and not day.disputed
    return DayResult(tallies.day_figures(list(day.tills)) if known else None, heads)
