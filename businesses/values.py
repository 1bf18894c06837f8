"""Businesses, their bids and what stands around them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from businesses.commitments import Commitment
from core.errors import require
from core.money import Money, total
from core.wire import Json, canonical


@dataclass(frozen=True)
class Business:
    """A shop with a profile that outlives campaigns. ``contact`` is private."""

    id: str
    slug: str
    name: str
    contact: str
    disclosure: str
    identity: str
    key_version: int
    created_at: datetime


@dataclass(frozen=True)
class Invitation:
    """By which a business is asked to bid; using it claims it, once."""

    id: str
    campaign: str
    business_name: str
    email: str
    created_at: datetime
    claimed_at: datetime | None
    business: str | None


@dataclass(frozen=True)
class Paper:
    """A signed sheet that the organizers photographed. ``photo``: the stored file's name, for both sides only."""

    id: str
    campaign: str
    business: str
    photo: str
    entered_by: str
    at: datetime


MOST_DAYS = 60


@dataclass(frozen=True)
class Baseline:
    """What is so today, recorded before bidding: an ordinary day in the same hours, with its source and date.

    ``takings`` and ``units`` are one figure for each window alike, or one for each. ``tax_share`` and ``margin`` (what
    is left as profit) are percents of takings: by them a share of net or profit is estimated before the day.

    ``days``: what single ordinary days brought where several were counted, each in the hours of one window, or of all
    together where ``takings`` has one figure for each. ``takings``, between the lowest and the highest of them, is what
    a promise is computed with. ``about``: the figure is an estimate, and stays called one (DOMAIN.md, 23).
    """

    takings: tuple[Money, ...]
    source: str
    visibility: str = "public"
    recorded_on: date | None = None
    tax_share: Decimal | None = None
    margin: Decimal | None = None
    units: tuple[int, ...] = ()
    days: tuple[Money, ...] = ()
    about: bool = False

    def __post_init__(self) -> None:
        require(all(amount.minor >= 0 for amount in self.takings), "takings", "must be 0 or more")
        self._check_days()
        require(all(count >= 0 for count in self.units), "units", "must be 0 or more")
        for name in ("tax_share", "margin"):
            share = getattr(self, name)
            require(share is None or 0 <= share <= 100, name, "between 0 and 100 percent")

    def _check_days(self) -> None:
        require(len(self.days) != 1, "days", "give two days at least, or none")
        require(len(self.days) <= MOST_DAYS, "days", "at most {most} days", most=MOST_DAYS)
        require(all(day.minor >= 0 for day in self.days), "days", "must be 0 or more")
        if self.days:
            whole = total(list(self.takings), self.days[0].currency)
            lies = min(self.days) <= whole <= max(self.days)
            require(lies, "days", "the ordinary day must lie between the lowest and the highest of these")

    @property
    def hidden(self) -> bool:
        """Whether its figures are for the named checker only."""
        return self.visibility == "checker"


@dataclass(frozen=True)
class Answer:
    """A bidder's answer to one of the campaign's questions: yes or no, and a few words to it."""

    answer: str
    words: str = ""

    def __post_init__(self) -> None:
        require(self.answer in {"yes", "no"}, "answer", "answer yes or no")


PREPARED = "prepared"
"""An offer that the organizers wrote down and the business approved."""
PAPER = "paper"
"""An offer that the organizers entered from a signed sheet; it wins nothing before the business countersigns it."""


@dataclass(frozen=True)
class Offer:
    """What a business puts into a bid. ``venue``: where the crowd would come, if not to the campaign's own place.

    ``entered``: how it was written down, if not by the business itself.
    """

    commitments: tuple[Commitment, ...]
    anyway: str
    done_already: str = ""
    planned: str = ""
    baseline: Baseline | None = None
    answers: tuple[Answer, ...] = ()
    venue: str = ""
    entered: str = ""


@dataclass(frozen=True)
class Seen:
    """That somebody looked at an ordinary day's figures which are for the checker only: who by role, and when.

    ``expected``: what they confirm the bid comes to by the stated estimate, where they publish that.
    """

    by: str
    on: date
    expected: Money | None = None


@dataclass(frozen=True)
class Confirmed:
    """What of the changes a business speaks of an organizer or the monitor has seen with their own eyes."""

    by: str
    on: date
    note: str


@dataclass(frozen=True)
class Bid:
    """An offer in one campaign, raised but never lowered until bidding closes.

    ``seen`` holds for the offer as it stands: a raise asks for another look. ``confirmed`` stays.
    ``amended`` is what both sides agreed on since, in a later version of the agreement.
    """

    id: str
    campaign: str
    business: str
    offer: Offer
    placed_at: datetime
    raised_at: datetime
    salt: str
    withdrawn_at: datetime | None = None
    sealed: bool = False
    countersigned_at: datetime | None = None
    seen: Seen | None = None
    confirmed: tuple[Confirmed, ...] = ()
    amended: tuple[Commitment, ...] | None = None

    @property
    def promised(self) -> tuple[Commitment, ...]:
        """The commitments in force: the offer's, which alone were ranked, or what both sides agreed on since."""
        return self.offer.commitments if self.amended is None else self.amended

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @property
    def lacks_signature(self) -> bool:
        """Whether it was entered from paper and its business has not said yes to what was entered."""
        return self.offer.entered == PAPER and self.countersigned_at is None


def seal(salt: str, content: Json) -> str:
    """The hash published for a sealed bid: SHA-256 over salt and canonical content."""
    return hashlib.sha256(f"{salt}:{canonical(content)}".encode()).hexdigest()


@dataclass(frozen=True)
class Acceptance:
    """One side's acceptance of an agreement: who (their own words), when, how they were known."""

    by: str
    name: str
    at: datetime
    how: str


@dataclass(frozen=True)
class Agreement:
    """The text for one winning bid that is in force, its version, and who has accepted it."""

    bid: str
    text: str
    sha256: str
    accepted: tuple[Acceptance, ...] = ()
    number: int = 1


@dataclass(frozen=True)
class Score:
    """A juror's score of one bid by one criterion, 0 to 10, with a comment. ``juror`` is a pseudonym."""

    juror: str
    bid: str
    criterion: str
    score: Decimal
    comment: str = ""

    def __post_init__(self) -> None:
        require(0 <= self.score <= 10, "score", "between 0 and 10")
        require(self.score == round(self.score, 2), "score", "two decimals at most")


@dataclass(frozen=True)
class Juror:
    """Somebody of the jury as the public will know them: a number, and the ties that were declared."""

    id: str
    number: int
    ties: str


@dataclass(frozen=True)
class Jury:
    """Who of the jury has declared or scored, and every score."""

    jurors: tuple[Juror, ...] = ()
    scores: tuple[Score, ...] = ()


class Outcome(StrEnum):
    """What became of a version that one side proposed: ``withdrawn`` by the side that had proposed it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Version:
    """One version of an agreement, proposed by a side with a public reason. The first has neither: it is the bid.

    ``replaces`` is the number of the version that was in force when it was proposed, 0 for the first.
    """

    bid: str
    number: int
    text: str
    sha256: str
    commitments: tuple[Commitment, ...]
    accepted: tuple[Acceptance, ...]
    proposed_at: datetime
    proposed_by: str = ""
    reason: str = ""
    replaces: int = 0
    outcome: Outcome = Outcome.OPEN
    answered_at: datetime | None = None
