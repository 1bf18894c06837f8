"""A supporter's pledge: made in one small transaction, confirmed by mail, changed, withdrawn, forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person
from campaigns import service as campaigns
from campaigns.slots import Slot
from campaigns.values import Campaign
from core import driver, outbox, record
from core.clock import Clock
from core.db import lock, new_id
from core.errors import Conflict, Forbidden, NotSignedIn
from core.facts import Fact
from core.tokens import Keys
from pledges.rules import codes
from pledges.rules import promises as rules
from pledges.rules import slots as places
from pledges.service import arriving
from pledges.store import door
from pledges.store import promises as store
from pledges.values import Changes, Contact, Pledge, PledgeOffer

Offer = PledgeOffer | Callable[[str], PledgeOffer]
"""An offer, or what makes it once the campaign's currency is known: so the campaign is read once, under its lock."""
MAIL = "pledge"
"""Purpose of the token in the mail: who has it has the address."""
PAGE = "ticket"
"""Purpose of the token in the address of the ticket page: who has it has the code."""


def pledge(
    session: Session, clock: Clock, keys: Keys, slug: str, offer: Offer, *, repeat_of: str = "", printed: str = ""
) -> Pledge:
    """Take a pledge, unconfirmed; with an address a mail asks for confirmation. ``printed``: the code it has on paper.

    The same offer of the same address, while it is unconfirmed, gives the same pledge and no second mail; without an
    address ``repeat_of``, an id made by the browser, does that. Raises Conflict when pledging is not open; the shared
    lock before the look at the clock makes the deadline exact (OPERATIONS.md, Scheduler).
    """
    campaign, now = campaigns.lock(session, clock, slug, shared=True)
    campaigns.demand_public(campaign, frozenset())
    rules.demand_pledging(campaign, now)
    offer = rules.accept(offer(campaign.currency) if callable(offer) else offer, campaign.currency)
    made, fact = rules.make(campaign, offer, new_id(), printed or _fresh_code(), now)
    repeat_key = _repeat_key(keys, campaign, offer, printed or repeat_of, by_address=not printed)
    while not store.add(session, made, repeat_key):
        if repeat_key and (first := store.by_repeat_key(session, repeat_key)):
            return first
        if printed:
            raise Conflict("The code {code} was given to somebody else: pledge with a new one", code=printed)
        made = replace(made, code=_fresh_code())
    arriving.demand_room(session, campaign, made, now)
    with driver.together(session):
        if offer.email:
            _write_to(session, made, offer, now)
        record.append(session, campaign.id, fact, now)
    return made


def _fresh_code() -> str:
    return "".join(secrets.choice(codes.ALPHABET) for _ in range(codes.LENGTH))


def _repeat_key(
    keys: Keys, campaign: Campaign, offer: PledgeOffer, repeat_of: str, *, by_address: bool = True
) -> str | None:
    """What the same form sent again is known by. Derived with the secret key: it does not give the address away."""
    if offer.email and by_address:
        chosen = f":{offer.slot}" if offer.slot else ""
        return keys.token("repeat", f"{campaign.id}:{offer.email}:{offer.amount}:{offer.party}{chosen}")
    return keys.token("repeat", f"{campaign.id}:{repeat_of}") if repeat_of else None


def _write_to(session: Session, made: Pledge, offer: PledgeOffer, now: datetime) -> None:
    store.add_contact(session, Contact(made.id, offer.email, offer.name, offer.locale))
    outbox.enqueue(
        session,
        "confirm_pledge",
        offer.email,
        now,
        key=f"confirm_pledge:{made.id}",
        locale=offer.locale,
        pledge=made.id,
        campaign=made.campaign,
    )


def confirm(session: Session, clock: Clock, keys: Keys, pledge_id: str, token: str) -> Pledge:
    """The link in the mail was followed and the button pressed: the pledge counts, and replaces the person's others.

    Repeating it changes nothing, but agrees to terms changed since. Raises Forbidden for another token, Conflict for a
    pledge that has ended and after pledging has closed.
    """
    found = store.by_id(session, pledge_id)
    if not keys.fits(MAIL, pledge_id, token):
        raise Forbidden("This link does not fit the pledge. Use the newest mail, whole.")
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign, shared=True)
    contact = _demand_contact(session, pledge_id)
    lock(session, f"address:{contact.email}")
    held = store.locked(session, pledge_id)
    person = _person(session, contact, campaign, now)
    confirmed, facts = rules.confirm(held, campaign, person.id, now)
    store.save(session, confirmed)
    if held.person is None:
        facts += _replace_others(session, confirmed, contact, now)
    confirmed, dropped = arriving.confirm_place(session, campaign, held, confirmed, now)
    facts += dropped
    record.append(session, campaign.id, facts, now)
    return confirmed


def _demand_contact(session: Session, pledge_id: str) -> Contact:
    contact = store.contact(session, pledge_id)
    if contact is None:
        raise Conflict("This pledge has no address to confirm; its code is confirmed at the door")
    return contact


def _person(session: Session, contact: Contact, campaign: Campaign, now: datetime) -> Person:
    return accounts.person_for(
        session, contact.email, now, locale=contact.locale, timezone=campaign.timezone, name=contact.name
    )


def _replace_others(session: Session, confirmed: Pledge, contact: Contact, now: datetime) -> list[Fact]:
    """One person, one pledge in a campaign: the one confirmed last."""
    made: list[Fact] = []
    for other in store.locked_of_address(session, confirmed.campaign, contact.email):
        if rules.replaces(confirmed, other):
            ended, facts = rules.replace_by(other, confirmed, now)
            store.save(session, ended)
            made += facts
    return made


def own(session: Session, keys: Keys, pledge_id: str, token: str = "", person: Person | None = None) -> Pledge:
    """A pledge for whoever holds one of its tokens, or is its person. Raises NotFound, NotSignedIn, Forbidden."""
    held = store.by_id(session, pledge_id)
    if not keys.fits(PAGE, pledge_id, token):
        _demand_own(session, keys, held, token, person)
    return held


def may_change(session: Session, keys: Keys, held: Pledge, token: str = "", person: Person | None = None) -> bool:
    """Whether whoever holds ``token``, or this person, may change or withdraw the pledge, not only see it."""
    try:
        _demand_own(session, keys, held, token, person)
    except (NotSignedIn, Forbidden):
        return False
    return True


def change(
    session: Session, clock: Clock, keys: Keys, pledge_id: str, token: str, person: Person | None, wanted: Changes
) -> Pledge:
    """Another amount, party or arrival time for one's own pledge.

    Raises Conflict once pledging has closed, Invalid naming ``slot`` where a time is full.
    """
    campaign, held, now = _lock_own(session, clock, keys, pledge_id, token, person)
    amount, party = wanted.amount or held.amount, held.party if wanted.party is None else wanted.party
    slot = held.slot if wanted.slot is None else Slot.read(wanted.slot)
    changed, facts = rules.change(held, campaign, amount, party, now, slot)
    saved = _save(session, held, changed, facts, now)
    if places.takes_more(held, changed):
        arriving.demand_room(session, campaign, saved, now)
    return saved


def withdraw(
    session: Session, clock: Clock, keys: Keys, pledge_id: str, token: str = "", person: Person | None = None
) -> Pledge:
    """Take back one's own pledge; repeating it changes nothing. Raises Conflict once pledging has closed."""
    campaign, held, now = _lock_own(session, clock, keys, pledge_id, token, person)
    gone, facts = rules.withdraw(held, campaign, now)
    return _save(session, held, gone, facts, now)


def _lock_own(
    session: Session, clock: Clock, keys: Keys, pledge_id: str, token: str, person: Person | None
) -> tuple[Campaign, Pledge, datetime]:
    found = store.by_id(session, pledge_id)
    _demand_own(session, keys, found, token, person)
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign, shared=True)
    held = store.locked(session, pledge_id)
    if door.of_pledge(session, pledge_id):
        raise Conflict("This code is checked in: its pledge can no longer be changed")
    return campaign, held, now


def _demand_own(session: Session, keys: Keys, held: Pledge, token: str, person: Person | None) -> None:
    """Raise NotSignedIn or Forbidden unless this is the asker's own pledge.

    A code without an address belongs to who has its page; one with an address to who reads that address.
    """
    if keys.fits(MAIL, held.id, token) or (not held.with_address and keys.fits(PAGE, held.id, token)):
        return
    if person is None and not token:
        raise NotSignedIn("Follow the link in the mail, or sign in")
    if person is None or not _is_theirs(session, held, person):
        raise Forbidden("This pledge can be changed by the link in its mail only")


def _is_theirs(session: Session, held: Pledge, person: Person) -> bool:
    contact = store.contact(session, held.id)
    return held.person == person.id or (contact is not None and contact.email == person.email)


def _save(session: Session, held: Pledge, changed: Pledge, facts: list[Fact], now: datetime) -> Pledge:
    if changed != held:
        store.save(session, changed)
        record.append(session, changed.campaign, facts, now)
    return changed


def erase_contact(session: Session, *, person_id: str = "", email: str = "") -> None:
    """Forget whose pledges these are, by person and by address; the public sums stay as they are."""
    store.erase(session, person_id=person_id, email=email.strip().lower())
