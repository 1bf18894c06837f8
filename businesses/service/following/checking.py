"""What other people saw: spot checks, and who may file or show them."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role
from businesses import facts
from businesses import followthrough as rules
from businesses.followthrough import Obligation, Standing
from businesses.service.following.filing import counted, listed, touched
from businesses.store import bids as bid_store
from businesses.store import obligations as store
from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core import record, text
from core.clock import Clock
from core.errors import Conflict, Forbidden, require
from core.wire import Json, encode


def file_spot_check(
    session: Session, clock: Clock, person: Person, obligation_id: str, filed: Json, *, supporter: bool
) -> Obligation:
    """A supporter's or monitor's own observation: one person, one report, which they may renew until the verdict.

    ``supporter`` says whether the person pledged or came. The business's and the organizers' own people are refused.
    """
    o = store.locked(session, obligation_id)
    now = clock.now(session)
    by = observer(session, o, person, supporter=supporter)
    settled = o.verdict is not None and rules.standing(o, now) == Standing.SETTLED
    again = rules.open_recheck(o, now) if settled else None
    if settled and again is None:
        raise Conflict("A verdict has been given; a later look comes with the re-check")
    items = listed(filed.get("items") or [])
    struck = listed(filed.get("struck") or [], "struck")
    rules.demand_struck(o, items, struck)
    value = _ticked(counted(filed.get("value")), items, struck)
    note = text.clean(str(filed.get("note") or ""), "note", 2000)
    body = {"by": by, "value": value, "items": items, "struck": struck, "note": note, "independent": True}
    since, months = (again.opens_at, again.months) if again else (None, None)
    filed_id = store.put_check(session, o.id, person.id, now, encode(body), hidden=bool(note), since=since)
    seen = facts.SpotCheckFiled(o.id, filed_id, by, value, items, True, struck, months)
    record.append(session, o.campaign, seen, now)
    return touched(session, o.id, now)


def _ticked(value: Decimal | None, items: list[str], struck: list[str]) -> Decimal:
    """The number that was counted: of a list that was ticked or struck, how many of it are there."""
    if value is None and (items or struck):
        return Decimal(len(items))
    require(value is not None, "value", "say what you counted")
    assert value is not None
    require(not struck or value == len(items), "value", "the number is what you ticked: {n}", n=len(items))
    return value


def observer(session: Session, o: Obligation, person: Person, *, supporter: bool) -> str:
    """As whom somebody may file a spot check: ``monitor``, ``affected`` or ``supporter``.

    Raises Forbidden for the parties' own people and for strangers.
    """
    campaign = campaign_queries.by_id(session, o.campaign)
    roles = roles_of(session, campaign, o, person)
    if roles.intersection({*ORGANIZERS, Role.CREW}):
        raise Forbidden("The organizers' own people cannot file a spot check")
    demand_outside(session, o, person)
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


def demand_outside(session: Session, o: Obligation, person: Person) -> None:
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
