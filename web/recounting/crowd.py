"""Pledges and arrivals: whether each could happen when it did, before it is counted."""

from __future__ import annotations

from datetime import datetime

from campaigns import rules, slots
from core.errors import DomainError
from core.money import Money
from core.wire import Json
from pledges.rules.door import demand_open, opening
from pledges.rules.recount import Recount
from pledges.values import check_promise
from web.recounting.case import Case, Handler
from web.recounting.reading import Line


class Crowd:
    """Checks, then hands on to the fold that counts."""

    def __init__(self, case: Case, counted: Recount) -> None:
        self.case = case
        self.counted = counted
        self._late_by_confirming: set[str] = set()
        checks: dict[str, Handler] = {
            "PledgeMade": self.made,
            "PledgeConfirmed": self.confirmed,
            "PledgeUnconfirmed": self.unconfirmed,
            "PledgeRenewed": self.renewed,
            "PledgeReplaced": self.replaced,
            "PledgeChanged": self.changed,
            "PledgeWithdrawn": self.stands,
            "PersonCheckedIn": self.came,
            "SpendNoted": self.noted,
            "SpendReported": self.told,
            "CheckInUndone": self.undone,
        }
        self.kinds: dict[str, Handler] = {kind: self._checked(check) for kind, check in checks.items()}

    def _checked(self, check: Handler) -> Handler:
        def handle(line: Line) -> None:
            try:
                check(line)
            except DomainError as refused:
                self.case.differs(line, f"the rules refuse it: {refused}")
            self.counted.take(line.kind, line.body, line.at)

        return handle

    def made(self, line: Line) -> None:
        self.case.check(line.body["pledge"] not in self.counted.pledges, line, "this pledge was made before")
        self._check_taken(line)
        self._check_promise(line.body)
        self._check_late(line, late=self._is_late(line))
        if slot := line.body["slot"]:
            slots.demand(self.case.campaign, slots.Slot.parse(slot), line.at)

    def _check_taken(self, line: Line) -> None:
        taken = rules.takes_pledges(self.case.campaign, line.at)
        self.case.check(taken, line, "pledges were not taken at that instant")

    def _check_promise(self, body: Json) -> None:
        check_promise(Money.parse(body["amount"]["amount"], body["amount"]["currency"]), body["party"])

    def _is_late(self, line: Line) -> bool:
        return rules.is_late_joiner(self.case.campaign, line.at)

    def _check_late(self, line: Line, *, late: bool) -> None:
        self.case.compare(line, {"joined_late": late}, {"joined_late": line.body["joined_late"]})

    def stands(self, line: Line) -> None:
        known = line.body["pledge"] in self.counted.pledges
        self.case.check(known, line, "this pledge does not stand")

    def confirmed(self, line: Line) -> None:
        held = self.counted.pledges[line.body["pledge"]]
        self.case.check(not held.confirmed, line, "it was confirmed before")
        amount = Money(held.minor, self.counted.currency)
        told = {name: line.body[name] for name in ("amount", "party")}
        self.case.compare(line, {"amount": _wire(amount), "party": held.party}, told)
        late = self._is_late(line)
        self._check_late(line, late=late)
        if late != held.late:
            self._late_by_confirming.add(line.body["pledge"])

    def unconfirmed(self, line: Line) -> None:
        held = self.counted.pledges[line.body["pledge"]]
        self.case.check(held.confirmed, line, "it was not confirmed")
        self._check_late(line, late=held.late != (line.body["pledge"] in self._late_by_confirming))
        self._late_by_confirming.discard(line.body["pledge"])

    def renewed(self, line: Line) -> None:
        held = self.counted.pledges[line.body["pledge"]]
        self.case.check(held.confirmed, line, "it was not confirmed")
        self._check_late(line, late=held.late and self._is_late(line))
        told = {"terms_version": line.body["terms_version"]}
        self.case.compare(line, {"terms_version": self.case.campaign.terms_version}, told)

    def replaced(self, line: Line) -> None:
        self.stands(line)
        newer = self.counted.pledges.get(line.body["by"])
        self.case.check(newer is not None and newer.confirmed, line, "no confirmed pledge takes its place")

    def changed(self, line: Line) -> None:
        held = self.counted.pledges[line.body["pledge"]]
        was = {"was_amount": _wire(Money(held.minor, self.counted.currency)), "was_party": held.party}
        self.case.compare(line, was, {name: line.body[name] for name in was})
        self._check_taken(line)
        self._check_promise(line.body)
        if slot := line.body["slot"]:
            offered = slots.find(self.case.campaign, slots.Slot.parse(slot)) is not None
            self.case.check(offered, line, "this arrival time is not offered")

    def came(self, line: Line) -> None:
        b = line.body
        demand_open(self.case.campaign, line.at)
        self.case.check(b["check_in"] not in self.counted.door, line, "this check-in was counted before")
        self.case.compare(line, {"walk_in": b["pledge"] is None}, {"walk_in": b["walk_in"]})
        held = self.counted.pledges.get(b["pledge"])
        confirmed = b["pledge"] is None or (held is not None and held.confirmed)
        self.case.check(confirmed, line, "the pledge that came with it was not confirmed")
        if venue := b.get("venue"):
            won = {winner.business for winner in self.case.campaign.winners}
            self.case.check(venue in won, line, "the door is that of no winner")
        if noted_at := b.get("noted_at"):
            in_time = opening(self.case.campaign) <= datetime.fromisoformat(noted_at) <= line.at
            self.case.check(in_time, line, "it was noted before the door opened, or after it was told")

    def noted(self, line: Line) -> None:
        """What was noted first stands: only what lacked is added."""
        held = self.counted.door[line.body["check_in"]]
        if held.spent is not None:
            spent = {"spent": _wire(Money(held.spent, self.counted.currency))}
            self.case.compare(line, spent, {"spent": line.body["spent"]})
        if held.anyway is not None:
            self.case.compare(line, {"anyway": held.anyway}, {"anyway": line.body["anyway"]})

    def told(self, line: Line) -> None:
        """Only whose pledge stands says what they spent, and only while the door is open."""
        demand_open(self.case.campaign, line.at)
        self.stands(line)

    def undone(self, line: Line) -> None:
        demand_open(self.case.campaign, line.at)
        self.case.check(line.body["check_in"] in self.counted.door, line, "this check-in does not stand")


def _wire(amount: Money) -> Json:
    return {"amount": str(amount), "currency": amount.currency}
