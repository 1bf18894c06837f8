"""At the door: crew check codes in, count walk-ins, note what was spent, and take back a slip."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR, Person
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import audit, record
from core.clock import Clock
from core.db import new_id
from core.errors import NotFound
from core.facts import Fact
from core.money import Money
from pledges.rules import codes, promises
from pledges.rules import door as rules
from pledges.store import door as store
from pledges.store import promises as pledges
from pledges.values import Arrival, CheckIn, Pledge, PledgeState, check_currency


def check_in(session: Session, clock: Clock, slug: str, person: Person, arrival: Arrival) -> tuple[CheckIn, bool]:
    """Check somebody in: the check-in, and whether it stood already.

    The same code again gives the first check-in, with what it lacked added; a walk-in repeated with the same ``nonce``
    is one. An unconfirmed code is confirmed by it. Raises NotFound for an unknown code, Conflict for one that was
    withdrawn or replaced, and outside the hours of the door.
    """
    campaign, now = campaigns.lock(session, clock, slug, shared=True)
    accounts.demand_role(session, campaign.team, person, DOOR)
    rules.demand_open(campaign, now)
    check_currency(arrival.spent, campaign.currency, "spent")
    admit = _walk_in if arrival.walk_in else _by_code
    came, facts, already = admit(session, campaign, arrival, now)
    record.append(session, campaign.id, facts, now)
    if facts:
        audit.note(session, person.id, "check_in", came.id, now)
    return came, already


def _walk_in(session: Session, campaign: Campaign, arrival: Arrival, now: datetime) -> tuple[CheckIn, list[Fact], bool]:
    came, fact = rules.arrive(campaign, None, arrival, new_id(), now)
    if store.add(session, came, campaign.currency, arrival.nonce):
        return came, [fact], False
    return *_add_what_lacks(session, store.locked_by_nonce(session, campaign.id, arrival.nonce), arrival), True


def _by_code(session: Session, campaign: Campaign, arrival: Arrival, now: datetime) -> tuple[CheckIn, list[Fact], bool]:
    """The pledge's lock makes two scanners of one code take turns."""
    held = _demand_code(session, campaign, codes.read(arrival.code))
    if first := store.of_pledge(session, held.id):
        return *_add_what_lacks(session, first, arrival), True
    newer = pledges.by_id(session, held.replaced_by) if held.replaced_by else None
    rules.demand_admissible(held, newer)
    came, fact = rules.arrive(campaign, held, arrival, new_id(), now)
    store.add(session, came, campaign.currency)
    return came, [*_confirm(session, held, campaign, now), fact], False


def _demand_code(session: Session, campaign: Campaign, code: str) -> Pledge:
    held = pledges.locked_by_code(session, campaign.id, code)
    if held is not None:
        return held
    if pledges.is_known_elsewhere(session, code):
        raise rules.Elsewhere("The code {code} belongs to another campaign: count a walk-in", code=codes.spoken(code))
    raise NotFound(
        "Nobody pledged with the code {code}. Look at it again, or count a walk-in.", code=codes.spoken(code)
    )


def _confirm(session: Session, held: Pledge, campaign: Campaign, now: datetime) -> list[Fact]:
    if held.state == PledgeState.CONFIRMED:
        return []
    confirmed, facts = promises.confirm_at_door(held, campaign, now)
    pledges.save(session, confirmed)
    return facts


def _add_what_lacks(session: Session, first: CheckIn, arrival: Arrival) -> tuple[CheckIn, list[Fact]]:
    noted, facts = rules.note(first, arrival)
    if facts:
        store.save(session, noted)
    return noted, facts


def note_spending(
    session: Session, clock: Clock, person: Person, check_in_id: str, spent: Money | None, *, anyway: bool | None = None
) -> CheckIn:
    """Add to a check-in what it lacks, when the person comes out with a bag; what was noted first stands."""
    found = store.by_id(session, check_in_id)
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign, shared=True)
    accounts.demand_role(session, campaign.team, person, DOOR)
    rules.demand_open(campaign, now)
    check_currency(spent, campaign.currency, "spent")
    held = _with_its_pledge_locked(session, found)
    noted, facts = _add_what_lacks(session, held, Arrival(walk_in=True, spent=spent, anyway=anyway))
    record.append(session, campaign.id, facts, now)
    return noted


def undo_check_in(session: Session, clock: Clock, person: Person, check_in_id: str) -> CheckIn:
    """Take back a slip before the final tally; repeating it changes nothing.

    A code that was confirmed by it is unconfirmed again, unless its mail has confirmed it since.
    """
    found = store.by_id(session, check_in_id)
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign, shared=True)
    accounts.demand_role(session, campaign.team, person, DOOR)
    rules.demand_open(campaign, now)
    undone, facts = rules.undo(_with_its_pledge_locked(session, found), now)
    if facts:
        store.save(session, undone)
        facts += _unconfirm(session, undone)
        record.append(session, campaign.id, facts, now)
        audit.note(session, person.id, "check_in.undo", undone.id, now)
    return undone


def _with_its_pledge_locked(session: Session, found: CheckIn) -> CheckIn:
    """The pledge first, then the check-in: the order in which a scan takes them, so that neither waits for ever."""
    if found.pledge:
        pledges.locked(session, found.pledge)
    return store.by_id(session, found.id, locked=True)


def _unconfirm(session: Session, undone: CheckIn) -> list[Fact]:
    if undone.pledge is None or undone.made_late is None:
        return []
    back, facts = promises.unconfirm(pledges.by_id(session, undone.pledge), undone.made_late)
    if facts:
        pledges.save(session, back)
    return facts
