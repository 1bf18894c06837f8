"""Keeping the word: obligations arise, evidence and checks are filed, lateness appears, people give verdicts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role
from businesses import codec, facts, words
from businesses import followthrough as rules
from businesses.commitments import Action, Commitment, Fixed
from businesses.followthrough import Obligation, Standing, Verdict
from businesses.measures import Allocation
from businesses.store import bids as bid_store
from businesses.store import obligations as store
from businesses.store import pages as page_store
from businesses.values import Bid, Business
from businesses.words import Speech
from campaigns import queries as campaign_queries
from campaigns.tally import DayFigures
from campaigns.values import Campaign
from core import record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, Forbidden, require
from core.money import Money
from core.wire import Json, encode


@dataclass(frozen=True)
class DayResult:
    """What one business's day came to, as the tally hands it over; ``figures`` None: no till total was given."""

    figures: DayFigures | None
    heads: int


def arise(
    session: Session, campaign: Campaign, bid: Bid, result: DayResult, speech: Speech, now: datetime
) -> list[Obligation]:
    """Turn a winning bid's commitments into obligations, in the final tally's transaction."""
    made = [_obligation(campaign, bid, held, result, speech, now) for held in bid.promised]
    for o in made:
        store.add(session, o, campaign.currency, now)
        if o.commitment.watch:
            page_store.schedule(session, o.id, now)
    record.append(session, campaign.id, [_arose(o) for o in made], now)
    return made


def _obligation(
    campaign: Campaign, bid: Bid, held: Commitment, result: DayResult, speech: Speech, now: datetime
) -> Obligation:
    target, owed = resolve(held, result)
    return Obligation(
        id=new_id(),
        campaign=campaign.id,
        business=bid.business,
        bid=bid.id,
        commitment=held,
        words=words.resolved(held, target, speech),
        timezone=campaign.timezone,
        due_on=held.due_on,
        first_due_on=held.due_on,
        arose_at=now,
        target=target,
        owed=owed,
        allocation=allocated(held, owed),
    )


def resolve(held: Commitment, result: DayResult) -> tuple[Decimal | None, Money | None]:
    """The target with its ladder step, and the amount owed; None where the day's figures do not tell."""
    figures = result.figures
    if isinstance(held, Action):
        takings = figures.takings.amount if figures else None
        return held.resolved_target(takings, figures.units if figures else None, result.heads), None
    if isinstance(held, Fixed):
        return None, held.amount
    owed = held.owed(figures) if figures else None
    return None, owed.amount if owed else None


def allocated(held: Commitment, owed: Money | None) -> Allocation | None:
    """What the sum buys of the promise's works; None where it has none, or what is owed is not computable."""
    return held.plan.allocate(owed) if held.measures and owed is not None else None


def _arose(o: Obligation) -> facts.ObligationArose:
    promised = (o.id, o.bid, o.business, codec.wire(o.commitment), o.words)
    return facts.ObligationArose(*promised, o.target, o.owed, o.due_on, codec.allocation_wire(o.allocation))


def revise(session: Session, campaign: Campaign, results: dict[str, DayResult], speech: Speech, now: datetime) -> None:
    """After a correction, compute targets and amounts again; the first ones stay in the record."""
    for o in store.of_campaigns(session, [campaign.id]):
        target, owed = resolve(o.commitment, results.get(o.business, DayResult(None, 0)))
        if (target, owed) != (o.target, o.owed):
            said, bought = words.resolved(o.commitment, target, speech), allocated(o.commitment, owed)
            store.save(session, replace(o, target=target, owed=owed, words=said, allocation=bought), now)
            told = facts.ObligationRevised(o.id, target, owed, codec.allocation_wire(bought))
            record.append(session, campaign.id, told, now)


def file_evidence(session: Session, clock: Clock, business: Business, obligation_id: str, filed: Json) -> Obligation:
    """The business says how far it is: note, value, items, url. Raises Conflict after a verdict."""
    o = _own(session, business, obligation_id)
    now = clock.now(session)
    if o.verdict and rules.standing(o, now) == Standing.SETTLED:
        raise Conflict("A verdict has been given; reply to it, or dispute it")
    note = text.clean(str(filed.get("note") or ""), "note", 2000, 1)
    value = _number(filed.get("value"))
    items = _items(filed.get("items") or [])
    url = _url(str(filed.get("url") or ""))
    body = {"note": note, "value": value, "items": items, "url": url}
    filed_id = store.file(session, o.id, "evidence", business.id, now, body)
    record.append(session, o.campaign, facts.EvidenceFiled(o.id, filed_id, note, value, items, url), now)
    return _touched(session, o.id, now)


def _own(session: Session, business: Business, obligation_id: str) -> Obligation:
    o = store.locked(session, obligation_id)
    if o.business != business.id:
        raise Forbidden("This is another business's promise")
    return o


def _touched(session: Session, obligation_id: str, now: datetime) -> Obligation:
    """The obligation as it stands now, its next instant written anew."""
    o = store.by_id(session, obligation_id)
    store.save(session, o, now)
    return o


def _number(value: object) -> Decimal | None:
    if value in (None, ""):
        return None
    number = codec.decimal(value, "value")
    require(number >= 0, "value", "must be 0 or more")
    return number


def _items(items: list[str]) -> list[str]:
    require(len(items) <= 500, "list", "at most 500 entries")
    clean = [text.clean(str(item), f"list.{n}", 200, 1) for n, item in enumerate(items)]
    require(len(set(clean)) == len(clean), "list", "an entry stands twice")
    return clean


def _url(url: str) -> str:
    url = text.clean(url, "url", 500)
    require(
        not url or url.startswith(("https://", "http://")), "url", "write the whole address, beginning with https://"
    )
    return url


def file_spot_check(
    session: Session, clock: Clock, person: Person, obligation_id: str, filed: Json, *, supporter: bool
) -> Obligation:
    """A supporter's or monitor's own observation: one person, one report, which they may renew until the verdict.

    ``supporter`` says whether the person pledged or came. The business's and the organizers' own people are refused.
    """
    o = store.locked(session, obligation_id)
    now = clock.now(session)
    by = observer(session, o, person, supporter=supporter)
    if o.verdict and rules.standing(o, now) == Standing.SETTLED:
        raise Conflict("A verdict has been given; a later look comes with the re-check")
    items = _items(filed.get("items") or [])
    value = _number(filed.get("value"))
    if value is None and items:
        value = Decimal(len(items))
    require(value is not None, "value", "say what you counted")
    assert value is not None
    note = text.clean(str(filed.get("note") or ""), "note", 2000)
    body = {"by": by, "value": value, "items": items, "note": note, "independent": True}
    filed_id = store.put_check(session, o.id, person.id, now, encode(body), hidden=bool(note))
    record.append(session, o.campaign, facts.SpotCheckFiled(o.id, filed_id, by, value, items, True), now)
    return _touched(session, o.id, now)


def observer(session: Session, o: Obligation, person: Person, *, supporter: bool) -> str:
    """As whom somebody may file a spot check: ``monitor``, ``affected`` or ``supporter``.

    Raises Forbidden for the parties' own people and for strangers.
    """
    campaign = campaign_queries.by_id(session, o.campaign)
    roles = roles_of(session, campaign, o, person)
    if roles.intersection({*ORGANIZERS, Role.CREW}):
        raise Forbidden("The organizers' own people cannot file a spot check")
    _demand_outside(session, o, person)
    if Role.MONITOR in roles:
        return "monitor"
    if "affected" in roles:
        return "affected"
    if not supporter:
        raise Forbidden("Spot checks are filed by people who pledged or came")
    return "supporter"


def roles_of(session: Session, campaign: Campaign, o: Obligation, person: Person) -> frozenset[str]:
    """A person's roles in the team, and ``affected`` for who holds the seat of the people whom the promise affects."""
    roles: frozenset[str] = frozenset(accounts.roles(session, campaign.team, person))
    seat = rules.is_seated(o) and o.consent is not None and o.consent.representative.email == person.email
    return roles | {"affected"} if seat else roles


def _demand_outside(session: Session, o: Obligation, person: Person) -> None:
    """Raise Forbidden for the business's own people: nobody checks, or judges, their own promise."""
    business = bid_store.business_by(session, id=o.business)
    if business and business.contact.lower() == person.email:
        raise Forbidden("The business's own people cannot check its promises")


def show_check(session: Session, clock: Clock, person: Person, check_id: str, *, admin: bool) -> Obligation:
    """Let a spot check's words be seen, after reading them: for somebody outside both parties (DOMAIN.md, 20).

    A platform admin or the campaign's monitor may; words about staff stay hidden.
    """
    found = store.check(session, check_id)
    o = store.locked(session, found.obligation)
    campaign = campaign_queries.by_id(session, o.campaign)
    roles = accounts.roles(session, campaign.team, person)
    outside = admin or Role.MONITOR in roles
    if not outside or roles.intersection(ORGANIZERS) or found.by == person.id:
        raise Forbidden("Words are read by the platform's admin or the campaign's monitor before they are shown")
    if found.hidden:
        store.show(session, check_id)
        record.append(session, o.campaign, facts.CheckShown(o.id, check_id, found.note), clock.now(session))
    return store.by_id(session, o.id)


def ask_extension(
    session: Session, clock: Clock, business: Business, obligation_id: str, due_on: date, reason: str
) -> Obligation:
    """The business asks for more time, with a public reason."""
    o = _own(session, business, obligation_id)
    now = clock.now(session)
    require(due_on > o.due_on, "due_on", "the new date must lie after {day}", day=o.due_on.isoformat())
    reason = text.clean(reason, "reason", 1000, 1)
    asked = replace(o, extension_asked={"due_on": due_on.isoformat(), "reason": reason, "at": encode(now)})
    store.save(session, asked, now)
    record.append(session, o.campaign, facts.ExtensionAsked(o.id, due_on, reason), now)
    return asked


def answer_extension(session: Session, clock: Clock, person: Person, obligation_id: str, *, accept: bool) -> Obligation:
    """An organizer grants more time or not; the first date stays visible."""
    o = store.locked(session, obligation_id)
    now = clock.now(session)
    _demand_organizer(session, o, person)
    if o.extension_asked is None:
        raise Conflict("Nobody has asked for more time")
    due_on = date.fromisoformat(o.extension_asked["due_on"]) if accept else o.due_on
    answered = replace(o, due_on=due_on, extension_asked=None)
    store.save(session, answered, now, noted="" if accept else None)
    if accept:
        record.append(session, o.campaign, facts.ExtensionGranted(o.id, due_on, o.first_due_on), now)
    return answered


def _demand_organizer(session: Session, o: Obligation, person: Person) -> None:
    campaign = campaign_queries.by_id(session, o.campaign)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)


def give_verdict(
    session: Session, clock: Clock, person: Person, obligation_id: str, verdict: Verdict, reason: str
) -> Obligation:
    """The person whom the agreement names confirms what became of a promise. Raises Forbidden for anybody else."""
    o = store.locked(session, obligation_id)
    campaign = campaign_queries.by_id(session, o.campaign)
    by = rules.may_confirm(o, roles_of(session, campaign, o, person))
    _demand_outside(session, o, person)
    if by is None:
        raise Forbidden("The agreement names somebody else to confirm this: {checker}", checker=o.commitment.checker)
    now = clock.now(session)
    given = rules.confirm(o, verdict, by, text.clean(reason, "reason", 2000), now)
    store.file(session, o.id, "verdict", person.id, now, encode(given))
    fact = facts.VerdictGiven(o.id, verdict, given.seen_by, by, given.reason, given.value, given.of)
    record.append(session, o.campaign, fact, now)
    return _touched(session, o.id, now)


def reply(
    session: Session, clock: Clock, business: Business, obligation_id: str, words_: str, *, dispute: bool
) -> Obligation:
    """The business's right of reply, before and after a verdict; with ``dispute`` the promise stands as disputed."""
    o = _own(session, business, obligation_id)
    now = clock.now(session)
    said = text.clean(words_, "text", 2000, 1)
    if dispute and o.verdict is None:
        raise Conflict("There is no verdict to dispute yet")
    store.file(session, o.id, "reply", business.id, now, {"text": said, "dispute": dispute})
    record.append(session, o.campaign, facts.ReplyGiven(o.id, said, dispute), now)
    return _touched(session, o.id, now)


def note_lateness(session: Session, clock: Clock, obligation_id: str) -> str | None:
    """The clock has passed one of its instants: put what it means into the record. Gives a line of what happened."""
    o = store.locked(session, obligation_id)
    now = clock.now(session)
    standing = rules.standing(o, now)
    before = store.noted(session, o.id)
    store.save(session, o, now, noted=standing.value)
    if standing.value == before:
        return None
    if standing == Standing.LATE:
        record.append(session, o.campaign, facts.PromiseLate(o.id, o.due_on), now)
    elif standing == Standing.UNKNOWN:
        record.append(session, o.campaign, facts.PromiseUnknown(o.id), now)
    else:
        return None
    return f"{standing.value}: {o.words}"
