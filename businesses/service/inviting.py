"""Asking businesses to bid: an invitation is a link, using it claims it, and then it is dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import facts
from businesses.store import bids as store
from businesses.tables import InvitationRow
from businesses.values import Business, Invitation
from campaigns import queries
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core import outbox, record, text, tokens
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn
from core.tokens import Keys

INVITING = (State.DRAFT, State.BIDDING, State.CHOOSING)


def invite(
    session: Session, clock: Clock, keys: Keys, person: Person, slug: str, business: str, email: str = ""
) -> tuple[Invitation, str]:
    """Ask a business to bid; gives the invitation and its token. Mailed too where there is an address."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    if campaign.state not in INVITING:
        raise Conflict(
            "The campaign is {state}: businesses can be invited until the choice is made", state=campaign.state
        )
    return _invite(session, keys, campaign, business, email, now)


def _invite(
    session: Session, keys: Keys, campaign: Campaign, business: str, email: str, now: datetime
) -> tuple[Invitation, str]:
    name = text.clean(business, "business", 120, 1)
    address = text.email(email) if email else ""
    made = Invitation(new_id(), campaign.id, name, address, now, None, None)
    token = keys.token("invitation", made.id)
    store.add_invitation(session, made, tokens.digest(token))
    if address:
        outbox.enqueue(
            session, "invitation", address, now, key=f"invitation:{made.id}", locale=campaign.language,
            invitation=made.id, campaign=campaign.id,
        )  # fmt: skip
    return made, token


def claim(
    session: Session,
    clock: Clock,
    keys: Keys,
    token: str,
    name: str,
    contact: str,
    disclosure: str = "",
    existing: Business | None = None,
) -> tuple[Business, str]:
    """Take an invitation up: the shop sets its own contact and gets its own key; the invitation dies.

    ``existing`` is the business that already holds a key and claims again for another campaign. Raises NotFound for
    an unknown token and Conflict for a claimed one; of two at once one wins.
    """
    row = store.invitation_by_token(session, tokens.digest(token), locked=True)
    if row is None:
        raise NotFound("There is no such invitation")
    if row.claimed_at is not None:
        raise Conflict("This invitation was taken up already; the business has its own key since then")
    now = clock.now(session)
    if row.business_id:
        business = _take_over(session, row, contact, disclosure, existing)
    else:
        business = existing or _open_profile(session, keys, name, contact, disclosure, row.email, now)
    row.claimed_at, row.business_id = now, business.id
    session.flush()
    record.append(session, row.campaign_id, facts.InvitationClaimed(business.id), now)
    if existing != business:
        send_key(session, business, row.campaign_id, now)
    return business, shop_token(keys, business)


def _take_over(
    session: Session, row: InvitationRow, contact: str, disclosure: str, existing: Business | None
) -> Business:
    """The business that has bid on paper comes in: its profile is there, and gets its own contact."""
    if existing and existing.id != row.business_id:
        raise Conflict("A bid on paper came with this invitation: open it where you are not in as another business")
    held = store.businesses(session, [row.business_id or ""])[row.business_id or ""]
    contact = text.clean(contact, "contact", 254, 1)
    address = text.email(contact, "contact") if "@" in contact else contact
    identity = "invited_address" if row.email and row.email == address else "invitation_link"
    known = replace(held, contact=address, disclosure=text.clean(disclosure, "disclosure", 600), identity=identity)
    store.change_business(session, known)
    return known


def open_on_paper(session: Session, keys: Keys, row: InvitationRow, now: datetime) -> Business:
    """The business of an invitation: who claimed it, or a profile for who has signed on paper and comes in later."""
    if row.business_id:
        return store.businesses(session, [row.business_id])[row.business_id]
    slug = _free_slug(session, row.business_name)
    made = Business(new_id(), slug, row.business_name, "", "", "signed_paper", 1, now)
    store.add_business(session, made, tokens.digest(shop_token(keys, made)))
    row.business_id = made.id
    session.flush()
    return made


def _open_profile(
    session: Session, keys: Keys, name: str, contact: str, disclosure: str, invited: str, now: datetime
) -> Business:
    shown = text.clean(name, "name", 120, 1)
    contact = text.clean(contact, "contact", 254, 1)
    address = text.email(contact, "contact") if "@" in contact else contact
    business = Business(
        id=new_id(),
        slug=_free_slug(session, shown),
        name=shown,
        contact=address,
        disclosure=text.clean(disclosure, "disclosure", 600),
        identity="invited_address" if invited and invited == address else "invitation_link",
        key_version=1,
        created_at=now,
    )
    store.add_business(session, business, tokens.digest(shop_token(keys, business)))
    return business


def _free_slug(session: Session, name: str) -> str:
    base = text.slug(name)
    taken = store.business_slugs_like(session, base)
    return base if base not in taken else next(s for n in range(2, 10_000) if (s := f"{base}-{n}") not in taken)


def send_key(session: Session, business: Business, campaign_id: str, now: datetime) -> None:
    """Mail a business its key, where it gave an address: each key once."""
    if "@" in business.contact:
        outbox.enqueue(
            session, "claimed", business.contact, now, key=f"claimed:{business.id}:{business.key_version}",
            business=business.id, key_version=business.key_version, campaign=campaign_id,
        )  # fmt: skip


def shop_token(keys: Keys, business: Business) -> str:
    """The shop's own key: derived, so that a duty mail can carry it, and dead once the version rises."""
    return keys.token("shop", f"{business.id}:{business.key_version}")


def by_key(session: Session, token: str) -> Business:
    """The business that holds this key. Raises NotSignedIn."""
    found = store.business_by(session, key=tokens.digest(token))
    if found is None:
        raise NotSignedIn("This business key is not known")
    return found


def invitation(session: Session, token: str) -> tuple[Invitation, Campaign]:
    """What an invitation is for, before it is taken up. Raises NotFound."""
    row = store.invitation_by_token(session, tokens.digest(token))
    if row is None:
        raise NotFound("There is no such invitation")
    return store.invitation(row), queries.by_id(session, row.campaign_id)


def demand_part(session: Session, campaign: Campaign, business: Business) -> None:
    """Raise Forbidden unless the business has taken up an invitation to this campaign."""
    if not store.has_claimed(session, campaign.id, business.id):
        raise Forbidden("This business has not been invited to this campaign")
