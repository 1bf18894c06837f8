"""Keeping the word: lateness is computed, verdicts are proposed from what is filed and confirmed by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from businesses.commitments import Action, Checker, Commitment
from businesses.consent import Consent
from businesses.measures import Allocation
from core.errors import require
from core.money import Money
from core.wire import Json, plain
from core.zones import zone

VERDICT_TERM = timedelta(days=30)
"""How long after the date (or the last filing) a verdict may take before the promise is *unknown*."""
LATE_TERM = timedelta(days=90)
"""How long silence is *late* before it is *unknown*."""


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


@dataclass(frozen=True)
class Evidence:
    """What the business filed: a note, and a number, a list or a link where there is one."""

    id: str
    at: datetime
    note: str
    value: Decimal | None
    items: tuple[str, ...] = ()
    url: str = ""

    @property
    def number(self) -> Decimal | None:
        """The count it claims: the value, else how long its list is."""
        return self.value if self.value is not None else (Decimal(len(self.items)) if self.items else None)


@dataclass(frozen=True)
class Check:
    """What somebody saw there."""

    id: str
    at: datetime
    by: str
    value: Decimal
    items: tuple[str, ...]
    independent: bool
    note: str = ""


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


@dataclass(frozen=True)
class Reply:
    at: datetime
    text: str
    dispute: bool


@dataclass(frozen=True)
class Obligation:
    """A commitment after the final tally. ``target``, ``owed`` and what that buys are resolved.

    ``first_due_on`` never changes. ``allocation`` is None without a list of works, and while nothing is computable.
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
    consent: Consent | None = None

    @property
    def due_at(self) -> datetime:
        """The end of the due day in the campaign's zone, in UTC: a local midnight that clocks skip equals nothing."""
        return datetime.combine(self.due_on + timedelta(days=1), time(), zone(self.timezone)).astimezone(UTC)

    @property
    def verdict(self) -> Given | None:
        return self.verdicts[-1] if self.verdicts else None

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


def propose(o: Obligation) -> Proposal | None:
    """The verdict that follows from what is filed; None while nothing is. Numbers decide: 11 of 15 is partly kept.

    Independent counts outrank the business's own; a monitor's outranks supporters', whose median is taken.
    """
    found, steps = _found(o)
    if found is None or o.goal is None:
        return None
    value, of = _progress(o, found), abs(o.goal - o.baseline)
    steps.append({"code": "compared", "value": plain(value), "of": plain(of)})
    if value >= of:
        late = fulfilled_on(o) is None or fulfilled_on(o) > o.first_due_on  # type: ignore[operator]  # None is tested first
        return Proposal(Verdict.KEPT_LATE if late else Verdict.KEPT, of, of, tuple(steps))
    verdict = Verdict.PARTLY_KEPT if value > 0 else Verdict.BROKEN
    return Proposal(verdict, max(value, Decimal(0)), of, tuple(steps))


def _found(o: Obligation) -> tuple[Decimal | None, list[Json]]:
    monitors = [c for c in o.checks if c.by == "monitor"]
    others = sorted(c.value for c in o.checks if c.by != "monitor" and c.independent)
    if monitors:
        return monitors[-1].value, [{"code": "monitor_counted", "value": plain(monitors[-1].value)}]
    if others:
        middle = others[(len(others) - 1) // 2]
        return middle, [{"code": "supporters_counted", "value": plain(middle), "reports": len(others)}]
    claimed = _claimed(o)
    return claimed, [] if claimed is None else [{"code": "business_says", "value": plain(claimed)}]


def _claimed(o: Obligation) -> Decimal | None:
    """What the business itself claims: the sum of its payments for money, the latest count for the rest."""
    numbers = [e.number for e in o.evidence if e.number is not None]
    if not numbers:
        return None
    return numbers[-1] if isinstance(o.commitment, Action) else sum(numbers, Decimal(0))


def _progress(o: Obligation, found: Decimal) -> Decimal:
    """How far the count has come from the baseline towards the goal."""
    more = o.goal is None or o.goal >= o.baseline
    return found - o.baseline if more else o.baseline - found


def fulfilled_on(o: Obligation) -> date | None:
    """The local day on which something that fulfils it was first filed; None while nothing does."""
    if o.goal is None:
        return None
    enough = abs(o.goal - o.baseline)
    reached = [at for at, count in _counts(o) if _progress(o, count) >= enough]
    return min(reached).astimezone(zone(o.timezone)).date() if reached else None


def _counts(o: Obligation) -> list[tuple[datetime, Decimal]]:
    """Every count of the whole, and when it was filed: payments are added up, who sees one adds nothing to it."""
    counts = [(c.at, c.value) for c in o.checks]
    paid = Decimal(0)
    for filed in o.evidence:
        if filed.number is not None:
            paid = filed.number if isinstance(o.commitment, Action) else paid + filed.number
            counts.append((filed.at, paid))
    return counts


def standing(o: Obligation, now: datetime) -> Standing:
    """Where it stands at ``now``: computed every time, never typed (DOMAIN.md, 15)."""
    if o.ended_closed:
        return Standing.ENDED_CLOSED
    until = awaited_until(o)
    if until is None:
        return Standing.UNKNOWN if o.verdict and o.verdict.verdict == Verdict.UNKNOWN else Standing.SETTLED
    if now >= until:
        return Standing.UNKNOWN
    if o.verdict or _disputed_since(o):
        return Standing.DISPUTED
    if now < o.due_at:
        return Standing.IN_PROGRESS if o.evidence or o.checks else Standing.NOT_DUE
    return Standing.IN_PROGRESS if fulfilled_on(o) is not None else Standing.LATE


def awaited_until(o: Obligation) -> datetime | None:
    """Until when proof or a verdict is awaited; past it the promise is *unknown*. None where a verdict settled it."""
    if o.ended_closed:
        return None
    if _disputed_since(o):
        return _disputed_at(o) + VERDICT_TERM
    if o.verdict:
        return o.verdict.at + VERDICT_TERM if o.verdict.verdict == Verdict.DISPUTED else None
    return _verdict_due(o) if fulfilled_on(o) is not None else o.due_at + LATE_TERM


def _disputed_at(o: Obligation) -> datetime:
    return max(r.at for r in o.replies if r.dispute)


def _disputed_since(o: Obligation) -> bool:
    """Whether the business has disputed the last verdict."""
    return any(r.dispute for r in o.replies) and (o.verdict is None or _disputed_at(o) >= o.verdict.at)


def _verdict_due(o: Obligation) -> datetime:
    last = max([e.at for e in o.evidence] + [c.at for c in o.checks], default=o.due_at)
    return max(o.due_at, last) + VERDICT_TERM


def next_change(o: Obligation, now: datetime) -> datetime | None:
    """The next instant at which its standing changes by the clock alone."""
    if o.ended_closed:
        return None
    if o.verdict and not _disputed_since(o):
        return o.verdict.at + VERDICT_TERM if o.verdict.at + VERDICT_TERM > now else None
    instants = [o.due_at, o.due_at + LATE_TERM, _verdict_due(o)]
    if _disputed_since(o):
        instants = [_disputed_at(o) + VERDICT_TERM]
    return min((i for i in instants if i > now), default=None)


def is_over(o: Obligation, now: datetime) -> bool:
    """Whether nothing more is to come: it ended, and the term for a reply to its verdict has passed."""
    if o.ended_closed:
        return True
    ended = standing(o, now) in {Standing.SETTLED, Standing.UNKNOWN}
    return ended and (o.verdict is None or now >= o.verdict.at + VERDICT_TERM)


def late_days(o: Obligation, now: datetime) -> int:
    """Whole days since the due day, in the campaign's zone; 0 before."""
    return max((now.astimezone(zone(o.timezone)).date() - o.due_on).days, 0)


def seen_by(o: Obligation, by: str) -> str:
    """``independent`` where somebody outside the business and the organizing team looked, else ``parties``."""
    return "independent" if by in {"monitor", "affected"} or any(c.independent for c in o.checks) else "parties"


def confirm(o: Obligation, verdict: Verdict, by: str, reason: str, now: datetime) -> Given:
    """A person's verdict. Raises Invalid where the filed numbers say otherwise, or nothing is filed at all."""
    require(reason.strip(), "reason", "say why")
    proposal = propose(o)
    if verdict in {Verdict.KEPT, Verdict.KEPT_LATE, Verdict.PARTLY_KEPT, Verdict.SUBSTITUTED}:
        require(o.evidence or o.checks, "verdict", "nothing has been filed, so it cannot be called kept")
    if proposal and verdict in {Verdict.KEPT, Verdict.KEPT_LATE}:
        enough = proposal.verdict in {Verdict.KEPT, Verdict.KEPT_LATE}
        figures = {"value": plain(proposal.value or Decimal(0)), "of": plain(proposal.of or Decimal(0))}
        require(enough, "verdict", "{value} of {of} were found: that is not kept", **figures)
        require(verdict == proposal.verdict, "verdict", "by its dates this is {verdict}", verdict=proposal.verdict)
    value, of = (proposal.value, proposal.of) if proposal else (None, None)
    return Given(verdict, now, by, seen_by(o, by), reason, value, of)


def is_neglected(o: Obligation, now: datetime) -> bool:
    """Whether its organizers owe a verdict and let the term pass: then somebody else may take the campaign up."""
    theirs = o.commitment.checker == Checker.ORGANIZER or _is_shared(o)
    return theirs and standing(o, now) == Standing.UNKNOWN and (o.verdict is None or _disputed_since(o))


def may_confirm(o: Obligation, roles: frozenset[str]) -> str | None:
    """As whom one with these roles may confirm: organizer, monitor or affected, as the agreement names; None: not."""
    checker = o.commitment.checker
    if checker == Checker.AFFECTED and is_seated(o):
        return "affected" if "affected" in roles else None
    if "monitor" in roles and (checker == Checker.MONITOR or _is_shared(o)):
        return "monitor"
    organizer = bool(roles & {"owner", "co_organizer"})
    return "organizer" if organizer and (checker == Checker.ORGANIZER or _is_shared(o)) else None


def is_seated(o: Obligation) -> bool:
    """Whether the people affected have taken their seat among the checkers."""
    return o.consent is not None and o.consent.seated


def _is_shared(o: Obligation) -> bool:
    """Whether monitor or organizers confirm for others: for supporters, and for people affected who took no seat."""
    checker = o.commitment.checker
    return checker == Checker.SUPPORTERS or (checker == Checker.AFFECTED and not is_seated(o))
