"""What can happen to pledges, at the door and at the till. Bodies carry ids and figures, never a person or a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.facts import Fact
from core.money import Money
from pledges.values import TillFigures


@dataclass(frozen=True)
class PledgeMade(Fact):
    pledge: str
    amount: Money
    party: int
    with_address: bool
    joined_late: bool
    slot: str | None = None


@dataclass(frozen=True)
class PledgeConfirmed(Fact):
    """By mail or at the door; late where the go-ahead had been decided by then."""

    pledge: str
    amount: Money
    party: int
    joined_late: bool


@dataclass(frozen=True)
class PledgeRenewed(Fact):
    """The supporter agreed again after the terms had changed."""

    pledge: str
    terms_version: int
    joined_late: bool


@dataclass(frozen=True)
class PledgeReplaced(Fact):
    """The same address confirmed another pledge, ``by``: this one counts no more."""

    pledge: str
    by: str


@dataclass(frozen=True)
class PledgeChanged(Fact):
    """Another amount, party or arrival time; what was promised before is told, too, so that a slip in either shows."""

    pledge: str
    amount: Money
    party: int
    was_amount: Money
    was_party: int
    slot: str | None = None


@dataclass(frozen=True)
class PledgeWithdrawn(Fact):
    pledge: str


@dataclass(frozen=True)
class PledgeUnconfirmed(Fact):
    """The check-in that had confirmed it was undone."""

    pledge: str
    joined_late: bool


@dataclass(frozen=True)
class PersonCheckedIn(Fact):
    """Somebody came, with a pledge or as a walk-in; ``anyway`` None was not asked, ``spent`` None not reported.

    ``noted_at`` is told where a phone without a network sent it on later, ``venue`` at which winner's door it was.
    """

    check_in: str
    pledge: str | None
    party: int
    walk_in: bool
    spent: Money | None
    anyway: bool | None
    noted_at: datetime | None = None
    venue: str | None = None


@dataclass(frozen=True)
class SpendNoted(Fact):
    """What a check-in lacked was added: both fields are as they now stand."""

    check_in: str
    spent: Money | None
    anyway: bool | None


@dataclass(frozen=True)
class SpendReported(Fact):
    """A supporter says what they spent, in place of what they said before. It counts where crew noted nothing."""

    pledge: str
    amount: Money
    receipt: bool


@dataclass(frozen=True)
class CheckInUndone(Fact):
    check_in: str


@dataclass(frozen=True)
class TillDeclared(Fact):
    """The business's own count for a window; what is for the checker only is null here.

    ``entered``: "" typed by the business, "file" summed from its till's own file, "slip" by crew from its photo.
    """

    till: str
    window: str
    business: str
    visibility: str
    figures: TillFigures | None
    entered: str = ""


@dataclass(frozen=True)
class TillFiguresGiven(Fact):
    """The figures of a till total that only the checker sees."""

    public: ClassVar[bool] = False
    till: str
    figures: TillFigures


@dataclass(frozen=True)
class TillProofGiven(Fact):
    """A proof of a till total was attached: a photo, a PDF or the till's file, by "business" or "crew"."""

    till: str
    form: str
    sha256: str
    by: str


@dataclass(frozen=True)
class TillCountersigned(Fact):
    """The business says yes to a till total that crew entered from a photo of the slip."""

    till: str


@dataclass(frozen=True)
class TillConfirmed(Fact):
    """An organizer found the business's count right; figures kept back are answered ``by`` the checker that saw them.

    ``by``: "monitor" or "organizer"; older facts do not tell.
    """

    till: str
    by: str = ""


@dataclass(frozen=True)
class TillDisputed(Fact):
    """An organizer counted otherwise: both figures stay. For the checker only, the figure is null here."""

    till: str
    counter_takings: Money | None
    reason: str
    by: str = ""


@dataclass(frozen=True)
class TillCounterGiven(Fact):
    """The organizer's figure of a till total that only the checker sees."""

    public: ClassVar[bool] = False
    till: str
    counter_takings: Money


@dataclass(frozen=True)
class TillResolved(Fact):
    """The monitor decided a dispute: ``chosen`` is declared (the business's figure) or counter (the organizer's)."""

    till: str
    chosen: str
    reason: str


@dataclass(frozen=True)
class ReturnPledged(Fact):
    """A supporter comes back once the word is kept; of the same visit, another amount in place of the first."""

    visit: str
    business: str
    amount: Money


@dataclass(frozen=True)
class ReturnWithdrawn(Fact):
    visit: str


@dataclass(frozen=True)
class ReturnsOpened(Fact):
    """Every promise of the business in this campaign was verified kept: so many visits are asked for until then."""

    business: str
    visits: int
    amount: Money
    until: datetime


@dataclass(frozen=True)
class ReturnTold(Fact):
    """A supporter says what they spent when they came back, in place of what they said before."""

    visit: str
    spent: Money


@dataclass(frozen=True)
class ReturnNoted(Fact):
    """The business took the code of somebody down who came back."""

    visit: str
