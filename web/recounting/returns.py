"""Return visits: pledged after the day, opened by a kept word alone, and added up from the facts."""

from __future__ import annotations

from businesses.followthrough import verified_kept
from core.money import Money
from core.wire import Json, money
from pledges.returns import rules
from pledges.returns.rules import Change
from pledges.returns.values import Opening, Return
from web.recounting.case import Case, Handler
from web.recounting.promises import Promises
from web.recounting.reading import Line


def _sum(told: Json) -> Money:
    amount = money(told)
    if amount is None:
        raise ValueError("a visit without its amount")
    return amount


class Returns:
    """From the first visit pledged to the last one counted."""

    def __init__(self, case: Case, promises: Promises) -> None:
        self.case = case
        self.promises = promises
        self.held: dict[str, Return] = {}
        self.openings: dict[str, Opening] = {}
        self.kinds: dict[str, Handler] = {
            "ReturnPledged": self.pledged,
            "ReturnWithdrawn": self.withdrawn,
            "ReturnsOpened": self.opened,
            "ReturnTold": self.told,
            "ReturnNoted": self.noted,
        }

    def pledged(self, line: Line) -> None:
        b = line.body
        new = Return(b["visit"], "", b["business"], "", _sum(b["amount"]), line.at)
        held = self.held.get(new.id)
        self._apply(line, rules.promise(held, new, self.case.campaign, self.openings.get(new.business)))

    def withdrawn(self, line: Line) -> None:
        held = self._of(line)
        opening = self.openings.get(held.business)
        self._apply(line, rules.withdraw(held, self.case.campaign, opening, line.at))

    def opened(self, line: Line) -> None:
        """Only by the last verdict that was missing; and what is asked for is what was pledged."""
        business = line.body["business"]
        kept = verified_kept([o for o in self.promises.held.values() if o.business == business])
        self.case.check(kept, line, "its promises are not verified kept")
        visits = [visit for visit in self.held.values() if visit.business == business]
        currency = self.case.campaign.currency
        self.case.check(business not in self.openings, line, "they were asked for before")
        opening, made = rules.open_visits(rules.waiting("", business, currency, visits, None), line.at)
        self.case.compare(line, made[0].body())
        self.openings[business] = opening

    def told(self, line: Line) -> None:
        held = self._of(line)
        spent = _sum(line.body["spent"])
        self._apply(line, rules.tell(held, self.openings.get(held.business), spent, line.at))

    def noted(self, line: Line) -> None:
        held = self._of(line)
        self._apply(line, rules.note(held, self.openings.get(held.business), line.at))

    def _of(self, line: Line) -> Return:
        return self.held[line.body["visit"]]

    def _apply(self, line: Line, change: Change) -> None:
        visit, made = change
        self.case.check(made, line, "it changes nothing")
        for fact in made:
            self.case.compare(line, fact.body())
        self.held[visit.id] = visit
