"""A promise after the day, and what is filed on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from businesses.commitments import Action, Commitment
from businesses.consent import Consent
from businesses.followthrough.substituting import Substitution
from businesses.measures import Allocation
from core.money import Money
from core.wire import Json, encode
from core.zones import zone


class Verdict(StrEnum):
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    PARTLY_KEPT = "partly_kept"
    SUBSTITUTED = "substituted"
    BROKEN = "broken"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Where an obligation stands (API.md, ``state``)."""

    NOT_DUE = "not_due"
    IN_PROGRESS = "in_progress"
    LATE = "late"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    ENDED_CLOSED = "ended_closed"


class Stage(StrEnum):
    """Where the clock of an obligation stands (``stage``): its standing, and due soon, and very late."""

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    IN_PROGRESS = "in_progress"
    LATE = "late"
    VERY_LATE = "very_late"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    ENDED_CLOSED = "ended_closed"


class Visibility(StrEnum):
    """Who may open a document: everybody, or only whom the agreement names."""

    PUBLIC = "public"
    CHECKER = "checker"


@dataclass(frozen=True)
class Redaction:
    """Parts of a photo were blackened, by the business or whom the agreement names; ``parts`` of all times together."""

    at: datetime
    by: str
    parts: int


@dataclass(frozen=True)
class Document:
    """A photo or a PDF that was filed, by the SHA-256 of its content, without its name; ``size`` in bytes.

    ``original``: the content before it was redacted, while whoever checks may still look at it.
    """

    id: str
    form: str
    sha256: str
    size: int
    visibility: Visibility = Visibility.PUBLIC
    redaction: Redaction | None = None
    original: str = ""

    def told(self) -> Json:
        """What the record says of it when it is filed."""
        return {name: encode(getattr(self, name)) for name in ("id", "form", "sha256", "size", "visibility")}

    @property
    def is_photo(self) -> bool:
        return self.form == "photo"

    @property
    def hidden(self) -> bool:
        return self.visibility == Visibility.CHECKER


@dataclass(frozen=True)
class Evidence:
    """What the business filed: a note, and a number, a list, a link or documents where there are some.

    ``invoiced_on``: it is an invoice or receipt of that day over ``value``, and the note says what for.
    """

    id: str
    at: datetime
    note: str
    value: Decimal | None
    items: tuple[str, ...] = ()
    url: str = ""
    files: tuple[Document, ...] = ()
    invoiced_on: date | None = None

    @property
    def number(self) -> Decimal | None:
        """The count it claims: the value, else how long its list is."""
        return self.value if self.value is not None else (Decimal(len(self.items)) if self.items else None)


@dataclass(frozen=True)
class Check:
    """What somebody saw there: ``items`` of the list that they found, ``struck`` those that they did not."""

    id: str
    at: datetime
    by: str
    value: Decimal
    items: tuple[str, ...]
    independent: bool
    note: str = ""
    struck: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """A verdict a person confirmed."""

    verdict: Verdict
    at: datetime
    by: str
    seen_by: str
    reason: str
    value: Decimal | None = None
    of: Decimal | None = None


class Outcome(StrEnum):
    """What a re-check found."""

    STILL_KEPT = "still_kept"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Recheck:
    """A person's answer when a kept promise was asked about again, ``months`` after its verdict."""

    months: int
    outcome: Outcome
    at: datetime
    by: str
    seen_by: str
    reason: str
    value: Decimal | None = None


@dataclass(frozen=True)
class Reply:
    at: datetime
    text: str
    dispute: bool


@dataclass(frozen=True)
class Obligation:
    """A commitment after the final tally. ``target``, ``owed`` and what that buys are resolved.

    ``looks`` are spot checks in re-checks: apart from the ``checks`` on which the verdict rests. ``first_due_on`` never
    changes. ``allocation`` is None without a list of works, and while nothing is computable. ``remedies``: the promise
    that this one mends, as a circle came to; the seat of those affected is that of the first (``consent_of``).
    """

    id: str
    campaign: str
    business: str
    bid: str
    commitment: Commitment
    words: str
    timezone: str
    due_on: date
    first_due_on: date
    arose_at: datetime
    target: Decimal | None = None
    owed: Money | None = None
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[Check, ...] = ()
    verdicts: tuple[Given, ...] = ()
    replies: tuple[Reply, ...] = ()
    extension_asked: Json | None = None
    ended_closed: bool = False
    allocation: Allocation | None = None
    recheck_months: tuple[int, ...] = ()
    rechecks: tuple[Recheck, ...] = ()
    looks: tuple[Check, ...] = ()
    consent: Consent | None = None
    substitutes: tuple[Substitution, ...] = ()
    remedies: str = ""
    consent_of: str = ""

    @property
    def asked_as(self) -> str:
        """The promise of the bid whose consent, and whose seat among the checkers, counts for this one."""
        return self.consent_of or self.commitment.id

    @property
    def due_at(self) -> datetime:
        """The end of the due day in the campaign's zone, in UTC: a local midnight that clocks skip equals nothing."""
        return self.midnight_after(self.due_on)

    def midnight_after(self, day: date) -> datetime:
        """The end of a day in the campaign's zone, in UTC."""
        return datetime.combine(day + timedelta(days=1), time(), zone(self.timezone)).astimezone(UTC)

    @property
    def verdict(self) -> Given | None:
        return self.verdicts[-1] if self.verdicts else None

    @property
    def substitute(self) -> Substitution | None:
        """What was proposed last in its place, agreed or not."""
        return self.substitutes[-1] if self.substitutes else None

    @property
    def replaced_by(self) -> Substitution | None:
        """What all sides have agreed to in its place: the last that they did."""
        return next((s for s in reversed(self.substitutes) if s.is_agreed), None)

    @property
    def baseline(self) -> Decimal:
        return self.commitment.baseline if isinstance(self.commitment, Action) else Decimal(0)

    @property
    def goal(self) -> Decimal | None:
        """The number that fulfils it: the resolved target, or the amount to be paid. None: not computable."""
        return self.target if isinstance(self.commitment, Action) else (self.due.amount if self.due else None)

    @property
    def due(self) -> Money | None:
        """What the business has to pay: what is owed, and on top what its own rule for a shortfall adds."""
        return self.owed and self.owed + (self.allocation.top_up if self.allocation else Money.zero(self.owed.currency))


@dataclass(frozen=True)
class Proposal:
    """What the rules make of the evidence, and by which steps; a person confirms or says otherwise, with a reason."""

    verdict: Verdict
    value: Decimal | None
    of: Decimal | None
    steps: tuple[Json, ...]
