"""How one of the bids is chosen: ranking, scores, standing offers, consents and the agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.facts import Fact
from core.wire import Json


@dataclass(frozen=True)
class BidsRanked(Fact):
    """The ranking after closing, with every step of the rule."""

    order: list[str]
    steps: list[Json]


@dataclass(frozen=True)
class BallotCounted(Fact):
    """A confirmed vote: the voter is a pseudonym."""

    voter: str
    bid: str


@dataclass(frozen=True)
class ScoreGiven(Fact):
    """A juror has scored. Not public until the choice is made: no juror follows another, and nobody is asked why."""

    public: ClassVar[bool] = False
    juror: str
    bid: str
    criterion: str
    score: Decimal
    comment: str


@dataclass(frozen=True)
class JurorDeclared(Fact):
    """Told with the scores: a juror, by number and pseudonym, and the ties that the juror declared before scoring.

    Empty where scores came by API and nothing was declared.
    """

    juror: str
    number: int
    ties: str


@dataclass(frozen=True)
class BidScored(Fact):
    """A juror's score for one criterion, 0 to 10: the juror is a pseudonym."""

    juror: str
    bid: str
    criterion: str
    score: Decimal
    comment: str = ""


@dataclass(frozen=True)
class OfferStands(Fact):
    """A bid that was not chosen goes on standing through a day: for whoever begins the next campaign with it."""

    bid: str
    until: date


@dataclass(frozen=True)
class OfferEnded(Fact):
    """Its business took an offer back that stood."""

    bid: str


@dataclass(frozen=True)
class ConsentAsked(Fact):
    """A representative of the people whom a promise affects was asked; who that is stands nowhere in the record."""

    consent: str
    bid: str
    commitment: str
    group: str


@dataclass(frozen=True)
class ConsentGiven(Fact):
    """They agree. ``recorded_on``: the organizers know it from a meeting on that day, as the note says."""

    consent: str
    bid: str
    commitment: str
    group: str
    seat: bool
    comment: str
    recorded_on: date | None
    note: str


@dataclass(frozen=True)
class ConsentRefused(Fact):
    """They do not agree: the bid falls out of the choice."""

    consent: str
    bid: str
    commitment: str
    group: str
    comment: str
    recorded_on: date | None
    note: str


@dataclass(frozen=True)
class ConsentWithdrawn(Fact):
    """They take their consent back."""

    consent: str
    bid: str
    commitment: str
    group: str
    comment: str


@dataclass(frozen=True)
class ConsentLapsed(Fact):
    """The consent had not come when its bid's turn ended: the next one follows."""

    consent: str
    bid: str
    commitment: str
    group: str


@dataclass(frozen=True)
class AgreementAccepted(Fact):
    """One side accepted the agreement on a bid: its text has this hash."""

    bid: str
    by: str
    sha256: str
    how: str


@dataclass(frozen=True)
class AgreementChangeProposed(Fact):
    """One side proposes another version of the agreement: every promise of it, why, and both texts' hashes."""

    bid: str
    number: int
    by: str
    commitments: list[Json]
    reason: str
    replaces: str
    sha256: str


@dataclass(frozen=True)
class AgreementChanged(Fact):
    """The other side accepted: this version is in force. ``worse``: supporters get less, and are asked again."""

    bid: str
    number: int
    by: str
    how: str
    replaces: str
    sha256: str
    worse: bool
    terms_version: int


@dataclass(frozen=True)
class AgreementChangeDeclined(Fact):
    """A proposed version was declined, or taken back by the side that had proposed it: the old one stands."""

    bid: str
    number: int
    by: str
