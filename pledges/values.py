"""Everything counted: pledges, arrivals at the door, till totals. Frozen values that cannot be built wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from campaigns.slots import Slot
from campaigns.tally import Till, TillState
from core.errors import require
from core.money import Money

MOST_PEOPLE = 50
"""The largest party of one pledge or one arrival: more is a typing error, or several pledges."""
LARGEST_PLEDGE = 100_000_000
"""In minor units: 1,000,000 euro. More is a typing error."""
ALIKE = 16
"""In how many of 256 places two photos of one receipt may differ: saved again, made smaller, sent by a messenger."""
LARGEST_COUNT = 10_000_000
"""Units, transactions or customers in one window: more is a typing error."""


class PledgeState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


STANDING = (PledgeState.UNCONFIRMED, PledgeState.CONFIRMED)


class Visibility(StrEnum):
    """Who sees a till total's figures: everybody, or the named checker only (DOMAIN.md, Trust 22)."""

    PUBLIC = "public"
    CHECKER = "checker"


class Entered(StrEnum):
    """How a till total came in: typed by the business, summed from its till's own file, or entered by crew from a
    photo of the slip."""

    TYPED = ""
    FILE = "file"
    SLIP = "slip"


class Form(StrEnum):
    """What a proof of a till total is: a photo, a PDF, or the till's own file."""

    PHOTO = "photo"
    PDF = "pdf"
    FILE = "file"


class Figure(StrEnum):
    """The two figures of a disputed till total: the business's own, and the organizer's."""

    DECLARED = "declared"
    COUNTER = "counter"


def check_party(party: int) -> None:
    require(1 <= party <= MOST_PEOPLE, "party", "between 1 and {most} people", most=MOST_PEOPLE)


def check_promise(amount: Money, party: int) -> None:
    """What somebody may promise to spend, and for how many. Raises Invalid."""
    require(amount.minor > 0, "amount", "must be above 0")
    most = Money(LARGEST_PLEDGE, amount.currency)
    require(amount <= most, "amount", "at most {most} {currency}", most=str(most), currency=amount.currency)
    check_party(party)


def check_currency(amount: Money | None, currency: str, field: str) -> None:
    """Raise Invalid for money in another currency than the campaign's."""
    counts = amount is None or amount.currency == currency
    require(counts, f"{field}.currency", "this campaign counts in {currency}", currency=currency)


@dataclass(frozen=True)
class PledgeOffer:
    """What a supporter types. Without ``email`` the pledge is a code only, confirmed at the door and counted apart."""

    amount: Money
    email: str = ""
    name: str = ""
    party: int = 1
    updates: bool = False
    units: int | None = None
    locale: str = "en"
    slot: Slot | None = None

    def __post_init__(self) -> None:
        check_promise(self.amount, self.party)
        in_bounds = self.units is None or 1 <= self.units <= LARGEST_COUNT
        require(in_bounds, "units", "a whole number, at least 1")


@dataclass(frozen=True)
class Changes:
    """What its owner changes of a pledge; what is None stays, ``slot`` "" is any time."""

    amount: Money | None = None
    party: int | None = None
    slot: str | None = None


@dataclass(frozen=True)
class Held:
    """What a pledge stood at until it was changed after an instant that was still to be decided on."""

    amount: Money
    party: int
    until: datetime


@dataclass(frozen=True)
class Pledge:
    """A promise to spend an amount. ``person`` is known once the address is confirmed by mail.

    ``slot``: the arrival time, where one was chosen; ``moves``: how often another one was, for calendars.
    """

    id: str
    campaign: str
    code: str
    amount: Money
    party: int
    units: int | None
    state: PledgeState
    joined_late: bool
    with_address: bool
    terms_version: int
    created_at: datetime
    confirmed_at: datetime | None = None
    updates: bool = False
    person: str | None = None
    ended_at: datetime | None = None
    replaced_by: str | None = None
    held: Held | None = None
    slot: Slot | None = None
    moves: int = 0

    @property
    def stands(self) -> bool:
        return self.state in STANDING


@dataclass(frozen=True)
class Contact:
    """The personal side of a pledge, kept apart so that it can be erased."""

    pledge: str
    email: str
    name: str
    locale: str


LONGEST_QUEUE = timedelta(days=14)
"""How long a phone may hold what was noted without a network: well beyond the final tally's term."""


@dataclass(frozen=True)
class Arrival:
    """What crew note at the door. ``anyway``: would they have bought here anyway. None is "not asked".

    ``ago`` is how long before it reached us it was noted, by the phone's own count: a wrong clock does not matter.
    ``venue`` is the id of the winner at whose door it was, "" where nobody said.
    """

    code: str = ""
    walk_in: bool = False
    spent: Money | None = None
    party: int | None = None
    anyway: bool | None = None
    nonce: str = ""
    ago: timedelta = timedelta()
    venue: str = ""

    def __post_init__(self) -> None:
        require(self.code or self.walk_in, "code", "type the code, or count a walk-in")
        require(not (self.code and self.walk_in), "walk_in", "a walk-in has no code")
        require(self.spent is None or self.spent.minor >= 0, "spent", "must not be below 0")
        require(len(self.nonce) <= 64, "nonce", "at most {most} characters", most=64)
        require(timedelta() <= self.ago <= LONGEST_QUEUE, "ago", "between 0 seconds and 14 days")
        if self.party is not None:
            check_party(self.party)


@dataclass(frozen=True)
class CheckIn:
    """Somebody came. ``made_late`` is what the pledge's joined_late was before this confirmed it; else None."""

    id: str
    campaign: str
    pledge: str | None
    party: int
    spent: Money | None
    anyway: bool | None
    at: datetime
    made_late: bool | None = None
    undone_at: datetime | None = None
    venue: str | None = None

    @property
    def walk_in(self) -> bool:
        return self.pledge is None


@dataclass(frozen=True)
class Receipt:
    """The photo of a receipt: its name in the store, and its likeness (``core.pictures``)."""

    photo: str
    looks: str

    def resembles(self, other: Receipt) -> bool:
        """Whether the likenesses differ in 16 of their 256 places at most."""
        return (int(self.looks, 16) ^ int(other.looks, 16)).bit_count() <= ALIKE


@dataclass(frozen=True)
class SpendReport:
    """What a supporter says they spent: one for each pledge, and another one takes its place.

    It counts once the code was checked in, and only where crew noted no amount: what crew noted stands.
    """

    id: str
    campaign: str
    pledge: str
    amount: Money
    at: datetime
    receipt: Receipt | None = None

    def __post_init__(self) -> None:
        require(self.amount.minor >= 0, "amount", "must not be below 0")
        most = Money(LARGEST_PLEDGE, self.amount.currency)
        require(self.amount <= most, "amount", "at most {most} {currency}", most=str(most), currency=most.currency)


@dataclass(frozen=True)
class TillFigures:
    """A business's own count for one window. None is unknown, never 0."""

    takings: Money
    tax: Money | None = None
    cost: Money | None = None
    units: int | None = None
    transactions: int | None = None
    customers: int | None = None
    baseline: Money | None = None

    def __post_init__(self) -> None:
        for name in ("takings", "tax", "cost", "baseline"):
            self._check_money(name, getattr(self, name))
        for name in ("units", "transactions", "customers"):
            self._check_count(name, getattr(self, name))
        require(self.tax is None or self.tax <= self.takings, "tax", "tax cannot be more than the takings")

    def _check_money(self, name: str, amount: Money | None) -> None:
        check_currency(amount, self.takings.currency, name)
        require(amount is None or amount.minor >= 0, name, "must not be below 0")

    def _check_count(self, name: str, count: int | None) -> None:
        require(count is None or 0 <= count <= LARGEST_COUNT, name, "a whole number, 0 or more")


@dataclass(frozen=True)
class TillTotal:
    """A till total and what became of it. ``figures.takings`` is in force; both sides' own figures stay beside it."""

    id: str
    campaign: str
    window: str
    business: str
    figures: TillFigures
    declared: Money
    visibility: Visibility
    state: TillState
    declared_at: datetime
    confirmed_at: datetime | None = None
    counter_takings: Money | None = None
    reason: str = ""
    entered: Entered = Entered.TYPED
    countersigned_at: datetime | None = None
    proofs: int = 0
    seen_by: str = ""

    @property
    def lacks_signature(self) -> bool:
        """Whether crew entered it and the business has not said yes."""
        return self.entered == Entered.SLIP and self.countersigned_at is None

    @property
    def hidden(self) -> bool:
        """Whether its figures are for the checker only."""
        return self.visibility == Visibility.CHECKER

    def for_tally(self) -> Till:
        """What the tally sees: the figure in force, and beside it the other side's where there were two."""
        f = self.figures
        sides = (self.counter_takings, self.declared)
        other = None if self.counter_takings is None else next((s for s in sides if s != f.takings), None)
        return Till(
            window=self.window,
            business=self.business,
            state=self.state,
            takings=f.takings,
            tax=f.tax,
            cost=f.cost,
            units=f.units,
            transactions=f.transactions,
            customers=f.customers,
            baseline=f.baseline,
            baseline_after=f.baseline is not None,
            visibility=self.visibility.value,
            counter_takings=other,
            reason=self.reason,
            entered=self.entered.value,
            countersigned=self.countersigned_at is not None,
            proofs=self.proofs,
            seen_by=self.seen_by,
        )


MOST_PROOFS = 10


@dataclass(frozen=True)
class Proof:
    """What shows that a till total is right; ``content`` is its name in the store, ``by`` "business" or "crew"."""

    id: str
    till: str
    form: Form
    content: str
    by: str
    at: datetime


@dataclass(frozen=True)
class TillFile:
    """A file that a business sent from its till; ``content`` is its name in the store."""

    id: str
    campaign: str
    business: str
    content: str
    at: datetime


@dataclass(frozen=True)
class Correction:
    """A figure corrected after the final tally: as text ("2000.84", "120"), None where nothing was known before."""

    id: str
    till: TillTotal
    field: str
    before: str | None
    after: str
    reason: str
    at: datetime
