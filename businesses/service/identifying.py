"""Confirming that a business is who it says, in one of three ways, and giving it a new key. Both are public facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role
from businesses import facts, identity, queries
from businesses.identity import Confirmation, Method
from businesses.service.inviting import send_key, shop_token
from businesses.store import bids as bid_store
from businesses.store import identities as store
from businesses.values import Business
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core import outbox, record, text, tokens
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, Forbidden, NotFound, require
from core.tokens import Keys

RUNNING = tuple(state for state in State if state not in {State.DRAFT, State.CANCELLED, State.DONE})
VISITING = (*ORGANIZERS, Role.CREW, Role.MONITOR)


def ask_own_domain(
    session: Session, clock: Clock, person: Person, slug: str, business_id: str, site: str, email: str
) -> Confirmation:
    """Mail a link to an address on the domain of the business's site; the address itself is kept nowhere else.

    Raises Invalid for an address elsewhere, or on a domain where everybody gets one.
    """
    campaign, shop, now = _desk(session, clock, person, slug, business_id, ORGANIZERS)
    address = text.email(email)
    domain = identity.own_domain(site, address)
    made = replace(_new(campaign, shop, Method.OWN_DOMAIN, now), place=domain, by=(person.id,))
    store.drop_waiting(session, campaign.id, shop.id, Method.OWN_DOMAIN)
    store.put(session, made)
    outbox.enqueue(
        session, "identity_asked", address, now, key=f"identity_asked:{made.id}", locale=campaign.language,
        campaign=campaign.id, identity=made.id, business=shop.id,
    )  # fmt: skip
    return made


def _desk(
    session: Session, clock: Clock, person: Person, slug: str, business_id: str, roles: tuple[Role, ...]
) -> tuple[Campaign, Business, datetime]:
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, roles)
    campaign_rules.demand(campaign, *RUNNING)
    seen = {bid.business for bid in queries.visible_bids(session, campaign) if bid.stands}
    if business_id not in seen:
        raise NotFound("No bid of such a business stands in the open")
    shop = bid_store.businesses(session, [business_id])[business_id]
    if shop.identity == "signed_paper":
        raise Conflict("The business has to take up its invitation first: nobody acts for it yet")
    return campaign, shop, now


def _new(campaign: Campaign, shop: Business, method: Method, now: datetime) -> Confirmation:
    return Confirmation(new_id(), shop.id, campaign.id, method, now)


def identity_by_link(session: Session, keys: Keys, confirmation_id: str, token: str) -> Confirmation:
    """What a mailed link is about. Raises NotFound where the token does not fit, or another link was sent since."""
    held = store.by_id(session, confirmation_id)
    if held is None or not keys.fits("identity", confirmation_id, token):
        raise NotFound("This link is not known here. Open the newest mail, or ask the organizers.")
    return held


def confirm_own_domain(session: Session, clock: Clock, keys: Keys, confirmation_id: str, token: str) -> Confirmation:
    """Somebody at the business's own domain says that it is them. Said again, it changes nothing."""
    asked = identity_by_link(session, keys, confirmation_id, token)
    campaign, now = campaigns.lock_by_id(session, clock, asked.campaign)
    held = identity_by_link(session, keys, confirmation_id, token)
    if held.confirmed_at:
        return held
    campaign_rules.demand(campaign, *RUNNING)
    if not identity.waits(held, now):
        raise Conflict("The fourteen days of this link have passed; the organizers can send another")
    return _confirm(session, held, now)


def confirm_by_register(
    session: Session, clock: Clock, person: Person, slug: str, business_id: str, entry: tuple[str, str], *,
    compared: bool,
) -> Confirmation:  # fmt: skip
    """An organizer states that they compared the business with its ``entry``: the register and the number in it."""
    campaign, shop, now = _desk(session, clock, person, slug, business_id, ORGANIZERS)
    register, number = text.clean(entry[0], "register", 120, 1), text.clean(entry[1], "entry", 60, 1)
    require(compared, "compared", "tick this once you have compared them")
    made = replace(_new(campaign, shop, Method.REGISTER, now), place=register, entry=number, by=(person.id,))
    return _confirm(session, made, now)


def state_visit(session: Session, clock: Clock, person: Person, slug: str, business_id: str) -> Confirmation:
    """Somebody of the team, by name, says that they were there; with the second one it is confirmed."""
    campaign, shop, now = _desk(session, clock, person, slug, business_id, VISITING)
    if not (person.name and person.email):
        raise Forbidden("Two named people of the team say it: write your name into your account first")
    held = store.waiting(session, campaign.id, shop.id, Method.VISIT) or _new(campaign, shop, Method.VISIT, now)
    if person.id in held.by:
        return held
    held = replace(held, by=(*held.by, person.id))
    if len(held.by) == identity.VISITORS:
        return _confirm(session, held, now)
    store.put(session, held)
    return held


def _confirm(session: Session, held: Confirmation, now: datetime) -> Confirmation:
    made = replace(held, confirmed_at=now)
    store.put(session, made)
    shop = bid_store.businesses(session, [made.business])[made.business]
    bid_store.change_business(session, replace(shop, identity=made.method.value))
    record.append(session, made.campaign, _fact(made), now)
    return made


def _fact(held: Confirmation) -> facts.IdentityConfirmed:
    return facts.IdentityConfirmed(held.business, held.method.value, held.place, held.entry)


def carry_identity(session: Session, campaign: Campaign, shop: Business, now: datetime) -> None:
    """A business that was confirmed in another campaign signs here: this record tells by what, too."""
    if not identity.is_confirmed(shop.identity):
        return
    known = [held for held in store.confirmed(session, shop.id) if held.method == shop.identity]
    if known and campaign.id not in {held.campaign for held in known}:
        carried = replace(known[-1], id=new_id(), campaign=campaign.id)
        store.put(session, carried)
        record.append(session, campaign.id, _fact(carried), now)


def renew_key(
    session: Session, clock: Clock, keys: Keys, person: Person, slug: str, business_id: str, email: str = ""
) -> Business:
    """Give a business a new key; the old one opens nothing any more. It is mailed to the business's own address.

    ``email`` is for a business that gave none: then nobody can know who gets the key, so its identity is unconfirmed.
    """
    campaign, shop, now = _desk(session, clock, person, slug, business_id, ORGANIZERS)
    handed = "@" not in shop.contact
    contact = text.email(email) if handed else shop.contact
    came_by = "invitation_link" if handed else shop.identity
    made = replace(shop, contact=contact, identity=came_by, key_version=shop.key_version + 1)
    bid_store.change_business(session, made, tokens.digest(shop_token(keys, made)))
    send_key(session, made, campaign.id, now)
    record.append(session, campaign.id, facts.ShopKeyRenewed(made.id, handed), now)
    return made
