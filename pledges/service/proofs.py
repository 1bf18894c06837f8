"""Proofs of till totals, attached by the business or by crew; and till totals that crew read from a slip."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR, ORGANIZERS, Person, Role, checker_of
from campaigns import queries as campaign_queries
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from core.clock import Clock
from core.db import new_id
from core.errors import Forbidden, NotFound
from pledges.rules import tills as rules
from pledges.service.tills import apply, declaration
from pledges.store import proofs as store
from pledges.store import tills
from pledges.values import Entered, Form, Proof, TillFigures, TillTotal, Visibility


def give_proof(session: Session, clock: Clock, business: str, till_id: str, form: Form, content: str) -> TillTotal:
    """The business attaches a photo, a PDF or its till's file to its total, also after the final tally.

    The same content again is one. Raises NotFound for a till total that is not its own, Conflict for too many.
    """
    found = tills.by_id(session, till_id)
    if found.business != business:
        raise NotFound("There is no such till total")
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign)
    campaign_rules.demand(campaign, *rules.COUNTED_IN, *rules.CORRECTED_IN)
    return _attach(session, till_id, form, content, "business", f"business:{business}", now)


def enter_slip(
    session: Session,
    clock: Clock,
    person: Person,
    slug: str,
    window: str,
    business: str,
    figures: TillFigures,
    photo: str,
) -> TillTotal:
    """Crew enter a till total from the photo of its slip: marked so, and confirmed only once the business countersigns.

    Raises Conflict before the window closes, and where the business has given its own total.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, DOOR)
    rules.demand_closed(campaign, business, window, now)
    held = next(iter(tills.of_window(session, campaign.id, window, business)), None)
    read = declaration(campaign, business, window, figures, Visibility.PUBLIC, Entered.SLIP, now)
    if held is None or not rules.same(held, read):
        held = apply(session, rules.enter_slip(held, read), person.id, "till.slip", now)
    return _attach(session, held.id, Form.PHOTO, photo, "crew", person.id, now)


def countersign_till(session: Session, clock: Clock, business: str, till_id: str) -> TillTotal:
    """The business says yes to what crew entered from its slip. Said again, it changes nothing."""
    found = tills.by_id(session, till_id)
    if found.business != business:
        raise NotFound("There is no such till total")
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign)
    campaign_rules.demand(campaign, *rules.COUNTED_IN)
    change = rules.countersign(tills.by_id(session, till_id, locked=True), now)
    return apply(session, change, f"business:{business}", "till.countersign", now)


def proof_for(session: Session, proof_id: str, person: Person | None, business: str = "") -> Proof:
    """A proof for somebody who may see it: the business, the organizers and the monitor; of figures that are for the
    checker only, the business and the checker. Raises NotSignedIn, Forbidden, NotFound."""
    proof = store.by_id(session, proof_id)
    _demand_sight(session, tills.by_id(session, proof.till), person, business)
    return proof


def proofs_for(session: Session, till_id: str, person: Person | None, business: str = "") -> list[Proof]:
    """All proofs of a till total, for the same people; raises the same."""
    till = tills.by_id(session, till_id)
    _demand_sight(session, till, person, business)
    return [proof for proof in store.of_campaign(session, till.campaign) if proof.till == till_id]


def _demand_sight(session: Session, till: TillTotal, person: Person | None, business: str) -> None:
    if business and business == till.business:
        return
    campaign = campaign_queries.by_id(session, till.campaign)
    roles = accounts.demand_role(session, campaign.team, person, (*ORGANIZERS, Role.MONITOR))
    if till.hidden and not checker_of(accounts.members(session, campaign.team), roles):
        raise Forbidden("These figures are for the monitor only")


def _attach(session: Session, till_id: str, form: Form, content: str, by: str, actor: str, now: datetime) -> TillTotal:
    till = tills.by_id(session, till_id, locked=True)
    if store.held(session, till_id, content):
        return till
    proof = Proof(new_id(), till_id, form, content, by, now)
    change = rules.attach(till, proof)
    store.add(session, proof)
    return apply(session, change, actor, "till.proof", now)
