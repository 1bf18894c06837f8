"""How businesses get in and what they offer: invitations, bids and what is known of them before the choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from core.facts import Fact
from core.money import Money
from core.wire import Json


@dataclass(frozen=True)
class InvitationClaimed(Fact):
    """A business has taken up its invitation. Not public: it may yet decline, and who declined never is."""

    public: ClassVar[bool] = False
    business: str


@dataclass(frozen=True)
class BusinessIntroduced(Fact):
    """With its first public bid a business is named, and how its identity was confirmed."""

    business: str
    slug: str
    name: str
    identity: str
    disclosure: str


@dataclass(frozen=True)
class IdentityConfirmed(Fact):
    """It was confirmed that a business is who it says: by ``method``, at its domain or by its entry in a register."""

    business: str
    method: str
    place: str
    entry: str


@dataclass(frozen=True)
class ShopKeyRenewed(Fact):
    """A business got a new key. ``handed``: it had given no address, so the organizers said where the key goes."""

    business: str
    handed: bool


@dataclass(frozen=True)
class BidPlaced(Fact):
    """An open bid. Of a baseline for the checker only it is said that there is one."""

    bid: str
    business: str
    commitments: list[Json]
    anyway: str
    done_already: str
    planned: str
    baseline: Json | None
    placed_at: str
    answers: list[Json] = field(default_factory=list)
    venue: str = ""
    entered: str = ""


@dataclass(frozen=True)
class BidRaised(Fact):
    """The whole offer as it now stands: beside what was raised, what the business declares may have changed, too."""

    bid: str
    commitments: list[Json]
    anyway: str
    done_already: str
    planned: str
    baseline: Json | None
    answers: list[Json] = field(default_factory=list)
    venue: str = ""
    entered: str = ""


@dataclass(frozen=True)
class BidCountersigned(Fact):
    """The business said yes to a bid that was entered from paper: from here on it can win."""

    bid: str


@dataclass(frozen=True)
class SignatureLapsed(Fact):
    """A bid entered from paper was not countersigned when its turn ended: it falls out, and the next one follows."""

    bid: str


@dataclass(frozen=True)
class BidSealed(Fact):
    """A sealed bid exists: nothing but the salted hash of its content."""

    bid: str
    sha256: str


@dataclass(frozen=True)
class BidRevealed(Fact):
    """At closing: the content and salt whose hash was published, so nobody can say it was changed."""

    bid: str
    business: str
    salt: str
    content: Json
    placed_at: str
    raised_at: str


@dataclass(frozen=True)
class BaselineSeen(Fact):
    """Monitor or organizer has seen an ordinary day kept from the public; and the sum they confirm, if any."""

    bid: str
    by: str
    seen_on: date
    expected: Money | None


@dataclass(frozen=True)
class ChangeConfirmed(Fact):
    """Monitor or organizer has seen with their own eyes what a business says it has done already."""

    bid: str
    by: str
    seen_on: date
    note: str


@dataclass(frozen=True)
class BidWithdrawn(Fact):
    bid: str


@dataclass(frozen=True)
class PreparingAsked(Fact):
    """A business gave one number, or sent a prepared bid back: the organizers fill it in. Not public: no bid yet."""

    public: ClassVar[bool] = False
    prepared: str
    business: str


@dataclass(frozen=True)
class BidPrepared(Fact):
    """A bid waits for the business's approval. Not public: it may yet say no, and who did never is."""

    public: ClassVar[bool] = False
    prepared: str
    business: str
    version: int


@dataclass(frozen=True)
class PreparedDeclined(Fact):
    """The business does not want what was prepared for it. Not public."""

    public: ClassVar[bool] = False
    prepared: str
    business: str


@dataclass(frozen=True)
class BidContentGiven(Fact):
    """The content of a sealed bid while it is sealed: for the auditor's recount only."""

    public: ClassVar[bool] = False
    bid: str
    content: Json
