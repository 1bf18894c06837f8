"""Leading a circle: accepting, when and where it meets, that it was held, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import facts
from businesses.circles import rules, store
from businesses.circles.service.ending import end
from businesses.circles.service.opening import accepted, locked
from businesses.circles.values import LEADER, Circle, Gathering, Leads, Remedy
from businesses.commitments import Checker
from businesses.followthrough import Obligation, is_seated
from businesses.store import obligations
from campaigns import queries as campaign_queries
from core import record, text, zones
from core.clock import Clock
from core.db import new_id
from core.errors import Forbidden, NotFound, NotSignedIn, refuse, require
from core.i18n import LOCALES, N_, translator
from core.money import parse_decimal
from core.tokens import Keys

MOST_GUESTS = 20


@dataclass(frozen=True)
class Draft:
    """A remedy as it is written down: ``target`` and ``unit`` where it can be counted, as typed."""

    words: str
    due_on: date | None
    checker: str
    target: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Leader:
    """Who comes to lead: by the token of a mailed link, or signed in."""

    keys: Keys
    token: str = ""
    person: Person | None = None


def demand_leader(session: Session, who: Leader, c: Circle) -> None:
    """Raises NotFound for a link that does not fit, NotSignedIn without any, Forbidden for somebody else."""
    if who.token:
        if c.facilitator.leads != Leads.NAMED or not who.keys.fits("circle", c.subject, who.token):
            raise NotFound("This link is not known here. Open the newest mail, or ask the organizers.")
    elif who.person is None:
        raise NotSignedIn("Please sign in first")
    elif not _leads(session, who.person, c):
        raise Forbidden("This page is for whoever leads the circle")


def _leads(session: Session, person: Person, c: Circle) -> bool:
    if c.facilitator.leads == Leads.NAMED:
        return person.email == c.facilitator.named.email
    campaign = campaign_queries.by_id(session, c.campaign)
    return Role.MONITOR in accounts.roles(session, campaign.team, person)


def _locked(session: Session, who: Leader, circle_id: str) -> Circle:
    held = locked(session, circle_id)
    demand_leader(session, who, held)
    return held


def accept(
    session: Session, clock: Clock, who: Leader, circle_id: str, *, agrees: bool, show_name: bool = False
) -> Circle:
    """Whoever is asked to lead says whether they do, and whether their name may be shown."""
    held = _locked(session, who, circle_id)
    now = clock.now(session)
    made = rules.answer_facilitator(held, LEADER, now, agrees=agrees, show_name=show_name)
    return accepted(session, held, made, clock)


def arrange(session: Session, clock: Clock, who: Leader, circle_id: str, meeting: Gathering) -> Circle:
    """When and where it meets, and who is invited beside the sides; all of them are written to."""
    held, now = _locked(session, who, circle_id), clock.now(session)
    require(len(meeting.guests) <= MOST_GUESTS, "guests", "at most {most} addresses", most=MOST_GUESTS)
    guests = tuple(dict.fromkeys(text.email(guest, "guests") for guest in meeting.guests))
    made = rules.arrange(held, Gathering(meeting.at, text.clean(meeting.place, "place", 500, 3), guests), now)
    if made != held:
        store.put(session, made)
        record.append(session, held.campaign, facts.CircleArranged(held.obligation, held.id), now)
    return made


def hold(session: Session, clock: Clock, who: Leader, circle_id: str) -> Circle:
    """It was held: that much is public, and nothing that was said."""
    held, now = _locked(session, who, circle_id), clock.now(session)
    made = rules.hold(held, now)
    if made != held:
        store.put(session, made)
        record.append(session, held.campaign, facts.CircleHeld(held.obligation, held.id), now)
    return made


def propose(session: Session, clock: Clock, who: Leader, circle_id: str, told: Draft) -> Circle:
    """Write down what the circle came to, for all sides to accept. Raises Invalid naming the field."""
    held, now = _locked(session, who, circle_id), clock.now(session)
    made = rules.propose(held, _remedy(session, held, told), now)
    store.put(session, made)
    if made.remedy:
        record.append(session, held.campaign, facts.RemedyAsked(held.obligation, held.id, made.remedy.id), now)
    return made


def _remedy(session: Session, c: Circle, told: Draft) -> Remedy:
    campaign = campaign_queries.by_id(session, c.campaign)
    known = campaign.language if campaign.language in LOCALES else LOCALES[0]
    words = text.clean(told.words, "words", 600, 10)
    if told.due_on is None:
        refuse("due_on", "write a date, like 2026-09-30")
    zones.demand_calendar(told.due_on.year, "due_on")
    checker = _checker(obligations.by_id(session, c.obligation), told.checker)
    target = parse_decimal(told.target, "target") if told.target else Decimal(1)
    unit = text.clean(told.unit, "unit", 60) or translator(known).gettext(N_("done"))
    return Remedy(id=new_id(), words=words, due_on=told.due_on, checker=checker, target=target, unit=unit, asks=c.sides)


def _checker(o: Obligation, named: str) -> Checker:
    require(named in {held.value for held in Checker}, "checker", "choose who checks")
    require(is_seated(o) or named != Checker.AFFECTED, "checker", "nobody holds a seat for the people affected")
    return Checker(named)


def end_without(session: Session, clock: Clock, who: Leader, circle_id: str) -> Circle:
    """It was held and came to nothing that all accept; publicly so."""
    held, now = _locked(session, who, circle_id), clock.now(session)
    made = rules.end_without(held, now)
    return end(session, made, now) if made != held else held
