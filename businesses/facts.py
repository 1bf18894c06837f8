"""What can happen to bids and promises. No person, no address: ids and the business's own public words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
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
class ObligationArose(Fact):
    """A commitment after the final tally, with its target resolved, what is owed, and what of its works that buys."""

    obligation: str
    bid: str
    business: str
    commitment: Json
    words: str
    target: Decimal | None
    owed: Money | None
    due_on: date
    allocation: Json | None = None


@dataclass(frozen=True)
class ObligationRevised(Fact):
    """A correction of the tally changed what is owed; the first figure stays in the record."""

    obligation: str
    target: Decimal | None
    owed: Money | None
    allocation: Json | None = None


@dataclass(frozen=True)
class EvidenceFiled(Fact):
    """The business says how far it is."""

    obligation: str
    evidence: str
    note: str
    value: Decimal | None
    items: list[str]
    url: str


@dataclass(frozen=True)
class SpotCheckFiled(Fact):
    """Somebody looked: ``by`` is supporter or monitor; words wait for moderation, numbers show at once."""

    obligation: str
    check: str
    by: str
    value: Decimal
    items: list[str]
    independent: bool


@dataclass(frozen=True)
class PromiseLate(Fact):
    """The date has passed and nothing that fulfils the promise was filed."""

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
class BidContentGiven(Fact):
    """The content of a sealed bid while it is sealed: for the auditor's recount only."""

    public: ClassVar[bool] = False
    bid: str
    content: Json
