"""Use-cases of return visits: pledged and taken back by supporters, opened by a kept word, counted from both sides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.rules import Person
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import record
from core.clock import Clock
from core.db import lock, new_id
from core.errors import Forbidden, NotFound, refuse
from core.money import Money
from core.tokens import Keys
from pledges.returns import rules, store
from pledges.returns.values import Opening, Return
from pledges.rules import codes
from pledges.service.promises import own
from pledges.store import promises as pledges
from pledges.values import check_currency


def pledge_return(
    session: Session,
    clock: Clock,
    keys: Keys,
    pledge_id: str,
    token: str,
    person: Person | None,
    business: str,
    amount: Money,
) -> Return:
    """Come back to this business once it has kept its word; again, with another amount, in place of the first.

    Two of one code at once take turns. Raises what ``own`` and the rules raise.
    """
    mine = own(session, keys, pledge_id, token, person)
    campaign, now = campaigns.lock_by_id(session, clock, mine.campaign, shared=True)
    check_currency(amount, campaign.currency, "amount")
    lock(session, f"returns:{pledge_id}")
    rules.demand_pledger(pledges.locked(session, pledge_id))
    held, opening = _held(session, campaign, pledge_id, business)
    new = Return(new_id(), campaign.id, business, pledge_id, amount, now)
    return _save(session, campaign, rules.promise(held, new, campaign, opening), now)


def withdraw_return(
    session: Session, clock: Clock, keys: Keys, pledge_id: str, token: str, person: Person | None, business: str
) -> Return:
    """Take one's visit back, until it is asked for."""
    campaign, held, opening, now = _own(session, clock, keys, pledge_id, token, person, business)
    return _save(session, campaign, rules.withdraw(held, campaign, opening, now), now)


def tell_return(
    session: Session,
    clock: Clock,
    keys: Keys,
    pledge_id: str,
    token: str,
    person: Person | None,
    business: str,
    spent: Money,
) -> Return:
    """One came back, and says what one spent."""
    campaign, held, opening, now = _own(session, clock, keys, pledge_id, token, person, business)
    check_currency(spent, campaign.currency, "spent")
    return _save(session, campaign, rules.tell(held, opening, spent, now), now)


def note_return(session: Session, clock: Clock, slug: str, business: str, code: str) -> Return:
    """The business takes down the code of somebody who came back. Raises Invalid naming ``code`` for another one."""
    campaign, now = campaigns.lock(session, clock, slug, shared=True)
    if business not in {w.business for w in campaign.winners}:
        raise Forbidden("Only the business that won the campaign may do this")
    held = store.by_code(session, campaign.id, business, codes.read(code))
    if held is None:
        refuse("code", "nobody with this code said that they would come back")
    opening = store.opening(session, campaign.id, business)
    return _save(session, campaign, rules.note(held, opening, now), now)


def open_returns(session: Session, campaign: Campaign, business: str, now: datetime) -> Opening | None:
    """The word was kept, in the verdict's own transaction: ask for the visits; None where there is nobody to ask."""
    if store.opening(session, campaign.id, business):
        return None
    visits = store.standing(session, campaign.id, business)
    if not visits:
        return None
    opening, facts = rules.open_visits(rules.waiting(campaign.id, business, campaign.currency, visits, None), now)
    store.open_(session, opening)
    record.append(session, campaign.id, facts, now)
    return opening


def _held(session: Session, campaign: Campaign, pledge_id: str, business: str) -> tuple[Return | None, Opening | None]:
    return store.locked(session, pledge_id, business), store.opening(session, campaign.id, business)


def _own(
    session: Session, clock: Clock, keys: Keys, pledge_id: str, token: str, person: Person | None, business: str
) -> tuple[Campaign, Return, Opening | None, datetime]:
    mine = own(session, keys, pledge_id, token, person)
    campaign, now = campaigns.lock_by_id(session, clock, mine.campaign, shared=True)
    held, opening = _held(session, campaign, pledge_id, business)
    if held is None:
        raise NotFound("No return visit was pledged with this code")
    return campaign, held, opening, now


def _save(session: Session, campaign: Campaign, change: rules.Change, now: datetime) -> Return:
    made, facts = change
    if facts:
        store.put(session, made)
        record.append(session, campaign.id, facts, now)
    return made
