"""What becomes of promises: obligations, evidence, checks, lateness and verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from core.facts import Fact
from core.money import Money
from core.wire import Json


@dataclass(frozen=True)
class ObligationArose(Fact):
    """A commitment after the final tally, with its target resolved, what is owed, and what of its works that buys.

    ``remedies``: the promise that this one mends, where a circle came to it.
    """

    obligation: str
    bid: str
    business: str
    commitment: Json
    words: str
    target: Decimal | None
    owed: Money | None
    due_on: date
    allocation: Json | None = None
    rechecks: list[int] | None = None
    remedies: str | None = None


@dataclass(frozen=True)
class ObligationRevised(Fact):
    """A correction of the tally changed what is owed; the first figure stays in the record."""

    obligation: str
    target: Decimal | None
    owed: Money | None
    allocation: Json | None = None


@dataclass(frozen=True)
class EvidenceFiled(Fact):
    """The business says how far it is. ``files`` by id, form, SHA-256, size in bytes, and who may open them."""

    obligation: str
    evidence: str
    note: str
    value: Decimal | None
    items: list[str]
    url: str
    files: list[Json] = field(default_factory=list)
    invoiced_on: date | None = None


@dataclass(frozen=True)
class FileRedacted(Fact):
    """Parts of a photo were blackened (``was`` and ``sha256``: before and after), or a document was made to be seen by
    whom the agreement names alone (0 parts). ``by``: the business, or as whom the agreement names somebody."""

    obligation: str
    file: str
    was: str
    sha256: str
    size: int
    visibility: str
    parts: int
    by: str


@dataclass(frozen=True)
class NoteRedacted(Fact):
    """Words were taken out of a note; in the record its line holds the note without them and a new seal."""

    obligation: str
    evidence: str
    parts: int
    by: str


@dataclass(frozen=True)
class PageChecked(Fact):
    """The page that a promise names was read: a yes by the program (``by`` empty), or a no that a person confirmed."""

    obligation: str
    look: str
    url: str
    sha256: str
    passed: bool
    found: str
    by: str = ""


@dataclass(frozen=True)
class PageAsked(Fact):
    """A page says no: a person is asked to look. Not public until they have."""

    public: ClassVar[bool] = False

    obligation: str
    look: str


@dataclass(frozen=True)
class SpotCheckFiled(Fact):
    """Somebody looked: ``by`` is supporter or monitor; words wait for moderation, numbers show at once.

    Of the business's list ``items`` were seen, and ``struck`` not found.
    """

    obligation: str
    check: str
    by: str
    value: Decimal
    items: list[str]
    independent: bool
    struck: list[str] = field(default_factory=list)
    recheck: int | None = None


@dataclass(frozen=True)
class PromiseLate(Fact):
    """The date has passed and nothing that fulfils the promise was filed."""

    obligation: str
    due_on: date


@dataclass(frozen=True)
class PromiseVeryLate(Fact):
    """Thirty days past the date, and still nothing that fulfils the promise was filed."""

    obligation: str
    due_on: date


@dataclass(frozen=True)
class PromiseUnknown(Fact):
    """The term for a verdict has passed in silence: neither kept nor broken, unknown."""

    obligation: str


@dataclass(frozen=True)
class ExtensionAsked(Fact):
    obligation: str
    due_on: date
    reason: str


@dataclass(frozen=True)
class ExtensionGranted(Fact):
    obligation: str
    due_on: date
    first_due_on: date


@dataclass(frozen=True)
class ExtensionRefused(Fact):
    """The organizers do not grant the time that was asked for: ``due_on`` is the date that stays."""

    obligation: str
    due_on: date


@dataclass(frozen=True)
class ExtensionLapsed(Fact):
    """Nobody answered the question for more time within its term: ``due_on`` is the date that stays."""

    obligation: str
    due_on: date


@dataclass(frozen=True)
class VerdictGiven(Fact):
    """A person confirmed what became of a promise: ``value`` of ``of`` where it is a number."""

    obligation: str
    verdict: str
    seen_by: str
    by: str
    reason: str
    value: Decimal | None
    of: Decimal | None


@dataclass(frozen=True)
class RecheckOpened(Fact):
    """A kept promise is asked about again, ``months`` after its verdict, until the end of its term."""

    obligation: str
    months: int
    until: datetime


@dataclass(frozen=True)
class RecheckGiven(Fact):
    """A person said what a re-check found: still_kept, lapsed or unknown."""

    obligation: str
    months: int
    outcome: str
    seen_by: str
    by: str
    reason: str
    value: Decimal | None


@dataclass(frozen=True)
class RecheckUnknown(Fact):
    """The term of a re-check has passed in silence."""

    obligation: str
    months: int


@dataclass(frozen=True)
class ReplyGiven(Fact):
    obligation: str
    text: str
    dispute: bool


@dataclass(frozen=True)
class CheckShown(Fact):
    """The words of a spot check were read by somebody outside both parties and may be shown."""

    obligation: str
    check: str
    note: str


@dataclass(frozen=True)
class BusinessClosed(Fact):
    """The shop closed or was sold: its open promises end as *ended: closed*, apart from broken."""

    business: str
    reason: str
    obligations: list[str]


@dataclass(frozen=True)
class PromisesAdopted(Fact):
    """A new owner takes the promises over, as they were given."""

    business: str
    obligations: list[str]


@dataclass(frozen=True)
class EffectStated(Fact):
    """What a promise changes, as projected or as measured; in place of what the same voice stated before.

    ``value`` is in the unit of its kind (businesses.effects.values.UNITS), below 0 where it became worse.
    """

    effect: str
    obligation: str
    effect_kind: str
    phase: str
    per: str
    value: Decimal
    currency: str
    method: str
    source: str
    by: str
