"""What the record alone says about pledges and the door: the auditor's way to the sums that the rows give.

Source: DESIGN.md, rule 3. ``campaigns.tally`` says what each sum means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from campaigns.tally import Crowd, DoorSums, PledgeSums
from core.money import Money, total
from core.wire import money


@dataclass(frozen=True)
class Promised:
    """A pledge as the record tells it."""

    amount: Money
    party: int
    with_address: bool
    late: bool
    confirmed: bool = False


@dataclass(frozen=True)
class Came:
    """A check-in as the record tells it."""

    party: int
    spent: Money | None
    anyway: bool | None


@dataclass
class Recount:
    """Counts facts in the order of the record; kinds of other rooms are passed over."""

    currency: str
    pledges: dict[str, Promised] = field(default_factory=dict)
    door: dict[str, Came] = field(default_factory=dict)

    def read(self, facts: Iterable[tuple[str, dict[str, Any]]]) -> Recount:
        """Take in facts, each as its kind and its body."""
        for kind, body in facts:
            self._take(kind, body)
        return self

    def _take(self, kind: str, body: dict[str, Any]) -> None:
        match kind:
            case "PledgeMade":
                made = Promised(_amount(body), body["party"], body["with_address"], body["joined_late"])
                self.pledges[body["pledge"]] = made
            case "PledgeConfirmed":
                self._change(body, confirmed=True, late=body["joined_late"])
            case "PledgeUnconfirmed":
                self._change(body, confirmed=False, late=body["joined_late"])
            case "PledgeRenewed":
                self._change(body, late=body["joined_late"])
            case "PledgeChanged":
                self._change(body, amount=_amount(body), party=body["party"])
            case "PledgeWithdrawn" | "PledgeReplaced":
                self.pledges.pop(body["pledge"], None)
            case _:
                self._take_at_door(kind, body)

    def _take_at_door(self, kind: str, body: dict[str, Any]) -> None:
        match kind:
            case "PersonCheckedIn":
                self.door[body["check_in"]] = Came(body["party"], money(body["spent"]), body["anyway"])
            case "SpendNoted":
                came = self.door[body["check_in"]]
                self.door[body["check_in"]] = replace(came, spent=money(body["spent"]), anyway=body["anyway"])
            case "CheckInUndone":
                self.door.pop(body["check_in"], None)

    def _change(self, body: dict[str, Any], **new: Any) -> None:
        self.pledges[body["pledge"]] = replace(self.pledges[body["pledge"]], **new)

    def pledge_sums(self) -> PledgeSums:
        in_time = [p for p in self.pledges.values() if p.with_address and not p.late]
        late = [p for p in self.pledges.values() if p.with_address and p.late and p.confirmed]
        apart = [p for p in self.pledges.values() if not p.with_address]
        sure = [p for p in in_time if p.confirmed]
        return PledgeSums(*(self._crowd(group) for group in (in_time, sure, late, apart)))

    def door_sums(self) -> DoorSums:
        came = list(self.door.values())
        spent = [c.spent for c in came if c.spent is not None]
        asked = [c.anyway for c in came if c.anyway is not None]
        people = sum(c.party for c in came)
        return DoorSums(people, total(spent, self.currency), len(spent), len(asked), sum(asked))

    def _crowd(self, pledges: list[Promised]) -> Crowd:
        return Crowd(sum(p.party for p in pledges), total([p.amount for p in pledges], self.currency))


def _amount(body: dict[str, Any]) -> Money:
    return Money.parse(body["amount"]["amount"], body["amount"]["currency"])
