"""What a campaign is made of: frozen values that cannot be built wrong (API.md, POST /campaigns)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from campaigns.keeping import RECHECKS, check_rechecks
from core.errors import require
from core.money import Money
from core.wire import Json
from core.zones import countries, zone


class State(StrEnum):
    DRAFT = "draft"
    BIDDING = "bidding"
    CHOOSING = "choosing"
    AGREED = "agreed"
    PLEDGING = "pledging"
    TIPPED = "tipped"
    MISSED = "missed"
    MOBBING = "mobbing"
    COUNTING = "counting"
    FINAL = "final"
    FOLLOWING = "following"
    DONE = "done"
    CANCELLED = "cancelled"


class GoalKind(StrEnum):
    """What the day should bring, judged on till and door."""

    TAKINGS = "takings"
    UNITS = "units"
    HEADCOUNT = "headcount"
    NONE = "none"


class GoAheadKind(StrEnum):
    """What must be pledged for the mob to happen."""

    MONEY = "money"
    HEADCOUNT = "headcount"
    NONE = "none"


class Mode(StrEnum):
    OPEN = "open"
    SEALED = "sealed"


class Rule(StrEnum):
    HIGHEST_SHARE = "highest_share"
    JURY = "jury"
    VOTE = "vote"
    ORGANIZER = "organizer"


class TieBreak(StrEnum):
    EARLIEST = "earliest"
    VOTE = "vote"
    ORGANIZER = "organizer"


@dataclass(frozen=True)
class Window:
    """A stretch of time in which the crowd comes to one venue."""

    id: str
    opens_at: datetime
    closes_at: datetime
    venue: str = ""

    def __post_init__(self) -> None:
        require(self.closes_at > self.opens_at, "closes_at", "the window must end after it begins")
        longest = timedelta(days=31)
        require(self.closes_at - self.opens_at <= longest, "closes_at", "a window lasts 31 days at most")


@dataclass(frozen=True)
class Goal:
    """What the day itself should bring: ``target`` in money for takings, in whole numbers else."""

    kind: GoalKind = GoalKind.NONE
    target: Decimal | None = None

    def __post_init__(self) -> None:
        _check_target(self.kind == GoalKind.NONE, self.kind == GoalKind.TAKINGS, self.target)


@dataclass(frozen=True)
class GoAhead:
    """The pledges needed by an instant: ``at`` None means the first opening."""

    kind: GoAheadKind = GoAheadKind.NONE
    target: Decimal | None = None
    at: datetime | None = None

    def __post_init__(self) -> None:
        _check_target(self.kind == GoAheadKind.NONE, self.kind == GoAheadKind.MONEY, self.target)


def _check_target(none: bool, money: bool, target: Decimal | None) -> None:
    if none:
        require(target is None, "target", "without a kind there is no target")
        return
    require(target is not None and target > 0, "target", "give a number above 0")
    if target is not None and not money:
        require(target == target.to_integral_value(), "target", "people and units are whole numbers")


@dataclass(frozen=True)
class Criterion:
    """One thing a jury looks at, with its weight in percent."""

    name: str
    weight: Decimal

    def __post_init__(self) -> None:
        require(self.name.strip(), "name", "name the criterion")
        require(self.weight > 0, "weight", "must be above 0")


@dataclass(frozen=True)
class Question:
    """Asked of every bidder and answered by yes or no; where one answer is ``needed``, no other may bid."""

    text: str
    needed: str | None = None

    def __post_init__(self) -> None:
        require(self.text.strip(), "text", "write the question")
        require(self.needed in {None, "yes", "no"}, "needed", "yes, no, or nothing")


@dataclass(frozen=True)
class Estimate:
    """The stated crowd estimate, by which bids on unlike bases are compared (DOMAIN.md, Money and bids 2).

    ``takings``: what one winner's till is expected to take in all windows together, usual customers included;
    ``units``: how much it is expected to sell there of whatever a bid counts; ``people``: how many come.
    """

    takings: Money
    source: str
    units: int | None = None
    people: int | None = None

    def __post_init__(self) -> None:
        require(self.takings.minor > 0, "takings", "must be above 0")
        require(self.source.strip(), "source", "say how you know: pledges asked for, the last mob, a count")
        for name in ("units", "people"):
            count = getattr(self, name)
            require(count is None or count > 0, name, "must be above 0")


@dataclass(frozen=True)
class Bidding:
    """How businesses compete and how the winner is chosen; frozen when bidding opens.

    A bid in the last ``extend_by`` minutes moves the closing by as many, ``extend_at_most`` minutes in all.
    """

    closes_at: datetime | None = None
    mode: Mode = Mode.OPEN
    rule: Rule = Rule.HIGHEST_SHARE
    tie_break: TieBreak = TieBreak.EARLIEST
    minimum_share: Decimal | None = None
    winners: int = 1
    criteria: tuple[Criterion, ...] = ()
    extend_by: int = 5
    extend_at_most: int = 60
    questions: tuple[Question, ...] = ()
    estimate: Estimate | None = None

    def __post_init__(self) -> None:
        require(1 <= self.winners <= 20, "winners", "between 1 and 20 businesses can win")
        require(0 <= self.extend_by <= 60, "extend_by", "between 0 and 60 minutes; 0 moves nothing")
        require(0 <= self.extend_at_most <= 240, "extend_at_most", "between 0 and 240 minutes")
        require(len(self.questions) <= 10, "questions", "at most 10 questions")
        if self.minimum_share is not None:
            require(self.minimum_share > 0, "minimum_share", "must be above 0")
        if self.rule == Rule.JURY:
            require(self.criteria, "criteria", "a jury needs at least one criterion")

    @property
    def latest_closing(self) -> datetime | None:
        """The last instant to which late bids can move the closing: only where bids are open is there an answer."""
        if self.closes_at is None or self.mode == Mode.SEALED or not self.extend_by:
            return self.closes_at
        return self.closes_at + timedelta(minutes=self.extend_at_most)


@dataclass(frozen=True)
class NamedBusiness:
    """The one business a campaign is for when there is no auction."""

    name: str
    contact: str = ""


@dataclass(frozen=True)
class Pledging:
    """When pledges are taken. None: from the agreement on, until the last window closes."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


MOST_SLOTS = 200
"""Arrival times of a campaign: more are a typing error, and a list nobody reads."""


@dataclass(frozen=True)
class Slots:
    """Arrival times that supporters may choose, ``minutes`` long, with room for ``cap`` people each (None: any)."""

    minutes: int
    cap: int | None = None

    def __post_init__(self) -> None:
        require(10 <= self.minutes <= 240, "minutes", "between 10 and 240 minutes")
        require(self.cap is None or 1 <= self.cap <= 100_000, "cap", "between 1 and 100,000 people")

    def count(self, windows: tuple[Window, ...]) -> int:
        """How many arrival times there are in these windows."""
        step = timedelta(minutes=self.minutes)
        return sum(-((w.opens_at - w.closes_at) // step) for w in windows)


@dataclass(frozen=True)
class Disclosure:
    """What a person or business declares in public: income from the campaign and ties to anyone in it."""

    income: str
    ties: str


@dataclass(frozen=True)
class CoHost:
    """An organization that stands behind the campaign."""

    name: str
    url: str = ""

    def __post_init__(self) -> None:
        require(self.name.strip(), "name", "name the organization")
        web = self.url.startswith(("https://", "http://"))
        require(not self.url or web, "url", "write the whole address, beginning with https://")


@dataclass(frozen=True)
class Winner:
    """A chosen bid and the business that made it; ``venue``: its own address, if the crowd comes there."""

    bid: str
    business: str
    venue: str = ""


@dataclass(frozen=True)
class Award:
    """The choice: who won, when, by which steps, and who would follow if a winner falls out."""

    winners: tuple[Winner, ...]
    runners_up: tuple[Winner, ...]
    at: datetime
    reason: str = ""
    agreed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decided:
    """What the go-ahead was decided on: the confirmed pledges at its instant."""

    people: int
    amount: Money
    at: datetime


@dataclass(frozen=True)
class Campaign:
    """One buy-cott, from first idea to last re-check. A draft may lack what ``rules.gaps`` lists.

    ``fallen``: bids that had won and fell out; they do not win again unless bidding is extended.
    """

    id: str
    slug: str
    team: str
    created_at: datetime
    state: State = State.DRAFT
    since: datetime | None = None
    opened_at: datetime | None = None
    title: str = ""
    story: str = ""
    place: str = ""
    timezone: str = ""
    region: str = ""
    currency: str = ""
    language: str = "en"
    windows: tuple[Window, ...] = ()
    disclosure: Disclosure | None = None
    co_hosts: tuple[CoHost, ...] = ()
    goal: Goal = field(default_factory=Goal)
    go_ahead: GoAhead = field(default_factory=GoAhead)
    pledging: Pledging = field(default_factory=Pledging)
    slots: Slots | None = None
    rechecks: tuple[int, ...] = RECHECKS
    bidding: Bidding | None = None
    moved_to: datetime | None = None
    business: NamedBusiness | None = None
    award: Award | None = None
    decided: Decided | None = None
    proceed: frozenset[str] = frozenset()
    fallen: frozenset[str] = frozenset()
    extended: bool = False
    reason: str = ""
    waiting: str = ""
    wait_until: datetime | None = None
    tally: Json | None = None
    terms_version: int = 1
    revision: int = 1

    def __post_init__(self) -> None:
        if self.timezone:
            zone(self.timezone)
        coded = not self.region or re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", self.region)
        require(coded, "region", "a code like DE or DE-BW (ISO 3166)")
        check_rechecks(self.rechecks)
        few = self.slots is None or self.slots.count(self.windows) <= MOST_SLOTS
        require(few, "slots.minutes", "at most {most} arrival times: make them longer", most=MOST_SLOTS)

    @property
    def is_public(self) -> bool:
        """Whether anybody but its team may know of it: a draft, even a cancelled one, was never opened."""
        return self.state != State.DRAFT and (self.state != State.CANCELLED or self.opened_at is not None)

    @property
    def bids_close_at(self) -> datetime | None:
        """When bidding closes: the published instant, or the one to which late bids have moved it."""
        return self.moved_to or (self.bidding.closes_at if self.bidding else None)

    @property
    def calendar(self) -> str:
        """Whose public holidays hold there, by ISO 3166: the region that was named, else the time zone's country."""
        return self.region or countries().get(self.timezone, "")

    @property
    def first_opening(self) -> datetime | None:
        return min((w.opens_at for w in self.windows), default=None)

    @property
    def last_closing(self) -> datetime | None:
        return max((w.closes_at for w in self.windows), default=None)

    @property
    def last_day(self) -> date:
        """The local day of the last window: promises fall due after it."""
        return (self.last_closing or self.created_at).astimezone(zone(self.timezone or "UTC")).date()

    @property
    def go_ahead_at(self) -> datetime | None:
        """The instant at which the mob is decided on: by default the first opening."""
        return self.go_ahead.at or self.first_opening

    @property
    def pledging_closes_at(self) -> datetime | None:
        return self.pledging.closes_at or self.last_closing

    @property
    def winners(self) -> tuple[Winner, ...]:
        return self.award.winners if self.award else ()

    def places(self, window: Window) -> tuple[tuple[str, str], ...]:
        """Where the crowd comes in a window: the winner's id and address, for each winner once one has its own.

        Else the window's venue alone, of nobody in particular.
        """
        if not any(winner.venue for winner in self.winners):
            return (("", window.venue),)
        return tuple((winner.business, winner.venue or window.venue) for winner in self.winners)

    def window(self, window_id: str) -> Window:
        """One of its windows. Raises Invalid for an unknown id."""
        for held in self.windows:
            if held.id == window_id:
                return held
        require(False, "window", "this campaign has no such window")
        raise AssertionError
