"""Till totals: declared by the business, answered by an organizer, decided by a monitor, corrected in the open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role, checker_of
from campaigns import queries as campaign_queries
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.tally import TillState
from campaigns.values import Campaign
from core import audit, record
from core.clock import Clock
from core.db import new_id
from core.errors import Forbidden, refuse
from core.money import Money
from core.wire import Json
from pledges.rules import tills as rules
from pledges.store import tills as store
from pledges.values import Correction, Entered, Figure, TillFigures, TillTotal, Visibility, check_currency


def declare_till(
    session: Session,
    clock: Clock,
    slug: str,
    business: str,
    window: str,
    figures: TillFigures,
    visibility: Visibility = Visibility.PUBLIC,
    entered: Entered = Entered.TYPED,
) -> TillTotal:
    """A winner's own count for a window that has closed; while nobody has answered it, another count replaces it.

    The same count again changes nothing. A baseline given here is marked as declared after. Raises Conflict before
    the window closes and once answered.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    rules.demand_closed(campaign, business, window, now)
    held = next(iter(store.of_window(session, campaign.id, window, business)), None)
    declared = declaration(campaign, business, window, figures, visibility, entered, now)
    if held and held.state == TillState.DECLARED and rules.same(held, declared):
        return held
    return apply(session, rules.declare(held, declared), f"business:{business}", "till.declare", now)


def declaration(
    campaign: Campaign,
    business: str,
    window: str,
    figures: TillFigures,
    visibility: Visibility,
    entered: Entered,
    now: datetime,
) -> TillTotal:
    """A fresh till total. Raises Invalid for another currency than the campaign's."""
    check_currency(figures.takings, campaign.currency, "takings")
    return TillTotal(
        id=new_id(),
        campaign=campaign.id,
        window=window,
        business=business,
        figures=figures,
        declared=figures.takings,
        visibility=visibility,
        state=TillState.DECLARED,
        declared_at=now,
        entered=entered,
    )


def confirm_till(
    session: Session, clock: Clock, person: Person, till_id: str, correction: Money | None = None, reason: str = ""
) -> TillTotal:
    """An organizer's answer: right, or another figure with its reason, which makes it disputed.

    Two organizers with the same answer give one; with different ones the second gets Conflict. Figures kept from the
    public are answered by their checker: the monitor, or an organizer where there is none (DOMAIN.md, 22).
    """
    now = _lock(session, clock, person, till_id, (*ORGANIZERS, Role.MONITOR))
    till = store.by_id(session, till_id, locked=True)
    change = rules.confirm(till, correction, reason, now, _answers_as(session, person, till))
    return apply(session, change, person.id, "till.confirm", now)


def resolve_till(
    session: Session, clock: Clock, person: Person, till_id: str, chosen: Figure, reason: str
) -> TillTotal:
    """The monitor decides a dispute before the final tally: one figure comes into force, both stay visible."""
    now = _lock(session, clock, person, till_id, (Role.MONITOR,))
    change = rules.resolve(store.by_id(session, till_id, locked=True), chosen, reason, now)
    return apply(session, change, person.id, "till.resolve", now)


def _answers_as(session: Session, person: Person, till: TillTotal) -> str:
    """As whom somebody answers a till total. Raises Forbidden for who may not see its figures."""
    team = campaign_queries.by_id(session, till.campaign).team
    roles = accounts.roles(session, team, person)
    if not till.hidden:
        accounts.demand_role(session, team, person, ORGANIZERS)
        return "organizer"
    by = checker_of(accounts.members(session, team), roles)
    if not by:
        raise Forbidden("These figures are for the monitor only")
    return by


def _lock(session: Session, clock: Clock, person: Person, till_id: str, allowed: tuple[Role, ...]) -> datetime:
    found = store.by_id(session, till_id)
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign)
    accounts.demand_role(session, campaign.team, person, allowed)
    campaign_rules.demand(campaign, *rules.COUNTED_IN)
    return now


def apply(session: Session, change: rules.Change, actor: str, action: str, now: datetime) -> TillTotal:
    """Save what a rule has made of a till total, with its facts; nothing where nothing has happened."""
    till, facts = change
    if facts:
        store.put(session, till)
        record.append(session, till.campaign, facts, now)
        audit.note(session, actor, action, till.id, now)
    return till


def apply_correction(
    session: Session,
    clock: Clock,
    campaign: Campaign,
    window: str,
    field: str,
    value: Json | str,
    reason: str,
    *,
    business: str = "",
) -> Correction:
    """Change one figure after the final tally; the first stays. The caller holds the campaign's lock, has checked the
    role, and computes tally and owed again.

    ``value`` is as on the wire: a number as text, or a money object. ``business`` may be left out where one business
    won. Takings of a till that nobody declared become known by it.
    """
    campaign_rules.demand(campaign, *rules.CORRECTED_IN)
    campaign.window(window)
    winner = business or _only_winner(campaign)
    now = clock.now(session)
    held = store.of_window(session, campaign.id, window, winner)
    till = held[0] if held else rules.unknown(campaign, window, winner, new_id(), now)
    correction = rules.correct(till, field, value, reason, new_id(), now, known=bool(held))
    store.put(session, correction.till)
    store.add_correction(session, correction)
    return correction


def _only_winner(campaign: Campaign) -> str:
    winners = {w.business for w in campaign.winners}
    if len(winners) != 1:
        refuse("business", "say which business: several won")
    return winners.pop()
