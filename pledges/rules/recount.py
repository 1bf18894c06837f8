"""What the record alone says about pledges and the door: the auditor's way to the sums that the rows give.

Source: DESIGN.md, rule 3. ``campaigns.tally`` says what each sum means. Where pledges and check-ins are kept is up to
whoever counts: in the memory, or where a million of them does not fill it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any

from campaigns.tally import Crowd, DoorSums, PledgeSums
from core.money import Money

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Promised:
    """A pledge as the record tells it; ``minor`` counts the smallest unit of the campaign's currency."""

    minor: int
    party: int
    with_address: bool
    late: bool
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """A check-in as the record tells it."""

    party: int
    spent: int | None
    anyway: bool | None
    pledge: str | None = None
    venue: str | None = None


@dataclass
class Recount:
    """Counts facts in the order of the record; kinds of other rooms are passed over.

    Of facts told with their instant, those at or after ``watched_from`` are remembered until the go-ahead is decided:
    so the sums as they stood at its instant can be told, however late the decision came.
    """

    currency: str
    pledges: MutableMapping[str, Promised] = field(default_factory=dict)
    door: MutableMapping[str, Came] = field(default_factory=dict)
    told: MutableMapping[str, int] = field(default_factory=dict)
    watched_from: datetime | None = None
    _before: list[tuple[datetime, str, Promised | None]] = field(default_factory=list)

    def read(self, facts: Iterable[tuple[str, Body]]) -> Recount:
        """Take in facts, each as its kind and its body."""
        for kind, body in facts:
            self.take(kind, body)
        return self

    def take(self, kind: str, body: Body, at: datetime | None = None) -> None:
        """Take in one fact. Raises KeyError where it speaks of something that the record has not told of."""
        if pledge := body.get("pledge") if kind.startswith("Pledge") else None:
            self._remember(pledge, at)
            self._take(kind, pledge, body)
        else:
            self._take_at_door(kind, body)

    def _remember(self, pledge: str, at: datetime | None) -> None:
        if at is not None and self.watched_from is not None and at >= self.watched_from:
            self._before.append((at, pledge, self.pledges.get(pledge)))

    def forget_watched(self) -> None:
        """The go-ahead is decided: nobody will ask what stood at its instant."""
        self.watched_from, self._before = None, []

    def _take(self, kind: str, pledge: str, body: Body) -> None:
        match kind:
            case "PledgeMade":
                made = Promised(self._minor(body), body["party"], body["with_address"], body["joined_late"])
                self.pledges[pledge] = made
            case "PledgeConfirmed":
                self._change(pledge, confirmed=True, late=body["joined_late"])
            case "PledgeUnconfirmed":
                self._change(pledge, confirmed=False, late=body["joined_late"])
            case "PledgeRenewed":
                self._change(pledge, late=body["joined_late"])
            case "PledgeChanged":
                self._change(pledge, minor=self._minor(body), party=body["party"])
            case "PledgeWithdrawn" | "PledgeReplaced":
                del self.pledges[pledge]

    def _take_at_door(self, kind: str, body: Body) -> None:
        match kind:
            case "PersonCheckedIn":
                self.door[body["check_in"]] = self._came(body)
            case "SpendReported":
                self.told[body["pledge"]] = self._minor(body)
            case "SpendNoted":
                came = self.door[body["check_in"]]
                self.door[body["check_in"]] = replace(came, spent=self._spent(body), anyway=body["anyway"])
            case "CheckInUndone":
                del self.door[body["check_in"]]

    def _came(self, body: Body) -> Came:
        return Came(body["party"], self._spent(body), body["anyway"], body["pledge"], body.get("venue"))

    def _change(self, pledge: str, **new: Any) -> None:
        self.pledges[pledge] = replace(self.pledges[pledge], **new)

    def _minor(self, body: Body) -> int:
        return self._same(Money.parse(body["amount"]["amount"], body["amount"]["currency"]))

    def _spent(self, body: Body) -> int | None:
        told = body["spent"]
        return None if told is None else self._same(Money.parse(told["amount"], told["currency"]))

    def _same(self, amount: Money) -> int:
        if amount.currency != self.currency:
            raise ValueError(f"{amount.currency} stands where the campaign counts in {self.currency}")
        return amount.minor

    def pledge_sums(self) -> PledgeSums:
        return self._sums(self.pledges.values())

    def sums_as_of(self, instant: datetime) -> PledgeSums:
        """The sums as they stood at ``instant``, which must not lie before ``watched_from``."""
        # Of several changes of one pledge the first one's "before" stays: it comes last here.
        stood = {pledge: before for at, pledge, before in reversed(self._before) if at >= instant}
        unchanged = (held for pledge, held in self.pledges.items() if pledge not in stood)
        return self._sums(chain(unchanged, (held for held in stood.values() if held is not None)))

    def _sums(self, pledges: Iterable[Promised]) -> PledgeSums:
        people, minor = [0, 0, 0, 0], [0, 0, 0, 0]
        for held in pledges:
            for crowd in _crowds(held):
                people[crowd] += held.party
                minor[crowd] += held.minor
        return PledgeSums(*(Crowd(*sums) for sums in zip(people, map(self._money, minor), strict=True)))

    def door_sums(self) -> DoorSums:
        people = spent = reports = asked = anyway = told = own = 0
        venues: Counter[str] = Counter()
        for came in self.door.values():
            said = self._told(came)
            people += came.party
            venues.update({came.venue: came.party} if came.venue else {})
            spent += came.spent or said or 0
            reports += came.spent is not None or said is not None
            asked += came.anyway is not None
            anyway += bool(came.anyway)
            told += said is not None
            own += said or 0
        amount = self._money(own) if told else None
        by_door = tuple(sorted(venues.items()))
        return DoorSums(people, self._money(spent), reports, asked, anyway, told, amount, by_door)

    def _told(self, came: Came) -> int | None:
        """What the supporter says they spent, where crew noted nothing."""
        return self.told.get(came.pledge) if came.spent is None and came.pledge and self.told else None

    def _money(self, minor: int) -> Money:
        return Money(minor, self.currency)


def _crowds(held: Promised) -> tuple[int, ...]:
    """Which of pledged, confirmed, joined late and without address a pledge counts in, by their places."""
    if not held.with_address:
        return (3,)
    if held.late:
        return (2,) if held.confirmed else ()
    return (0, 1) if held.confirmed else (0,)
