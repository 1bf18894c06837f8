"""Supporters ask before a business is in: it counts once its address is confirmed, and it does not stand for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from businesses.circles import store as circle_store
from businesses.store import asks as store
from businesses.store import bids as bid_store
from businesses.store import consents as consent_store
from businesses.tables import AskRow
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core import outbox, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound, require
from core.money import Money
from core.tokens import Keys
from core.wire import encode

TERM = timedelta(days=180)
"""How long an ask stands. After it, whoever asked is written to once and may ask again."""
REMEMBERED = timedelta(days=30)
"""How long an ask that has ended can still be renewed; then it is deleted."""


def ask(
    session: Session, clock: Clock, slug: str, amount: Money, email: str = "", wish: str = "", locale: str = "en"
) -> str:
    """A supporter would come and spend: shows businesses what is at stake, before there is an award. Gives its id.

    With an address it counts when that is confirmed, and replaces what the address asked for before; without one it
    is counted apart. ``wish`` is read by the organizers only: it may name a business that has not agreed.
    """
    campaign, now = campaigns.lock(session, clock, slug, shared=True)
    _demand_open(campaign)
    require(amount.minor > 0, "amount", "must be above 0")
    address = text.email(email) if email else ""
    wish = text.clean(wish, "wish", 300)
    if address and store.repeated(session, campaign.id, address, amount, wish):
        return ""
    row = AskRow(
        id=new_id(), campaign_id=campaign.id, email=address, amount_minor=amount.minor, currency=amount.currency,
        wish=wish, locale=locale, at=now, expires_at=now + TERM,
    )  # fmt: skip
    store.add(session, row)
    if address:
        _write(session, "confirm_ask", row, now)
    return row.id


def _demand_open(campaign: Campaign) -> None:
    if campaign.award is not None:
        raise Conflict("A winner has been named; pledge instead")
    campaign_rules.demand(campaign, State.BIDDING, State.CHOOSING)


def _write(session: Session, kind: str, row: AskRow, now: datetime) -> None:
    key = f"{kind}:{row.id}:{encode(row.expires_at)}"
    outbox.enqueue(session, kind, row.email, now, key=key, locale=row.locale, ask=row.id, campaign=row.campaign_id)


def confirm_ask(session: Session, clock: Clock, keys: Keys, ask_id: str, token: str) -> Campaign:
    """Count an ask whose address has been proved; one that has expired stands anew. It replaces the earlier one."""
    row = store.by_id(session, ask_id) if keys.fits("ask", ask_id, token) else None
    if row is None:
        raise NotFound("There is no such ask")
    campaign, now = campaigns.lock_by_id(session, clock, row.campaign_id, shared=True)
    _demand_open(campaign)
    store.drop_earlier(session, row)
    row.confirmed_at, row.expires_at, row.ended_at = row.confirmed_at or now, now + TERM, None
    session.flush()
    return campaign


def expire_ask(session: Session, clock: Clock, ask_id: str) -> str | None:
    """Take an ask out of the sums once its term is over; its asker is told once, where asking again has a use."""
    row = store.by_id(session, ask_id)
    now = clock.now(session)
    if row is None or row.ended_at or row.expires_at > now:
        return None
    campaign, _ = campaigns.lock_by_id(session, clock, row.campaign_id, shared=True)
    if row.confirmed_at is None and row.email:
        store.remove(session, row)
        return f"{campaign.slug}: an ask was never confirmed"
    row.ended_at = now
    session.flush()
    if row.email and campaign.award is None and campaign.state in {State.BIDDING, State.CHOOSING}:
        _write(session, "ask_expired", row, now)
    return f"{campaign.slug}: an ask has expired"


def forget_asks(session: Session, campaign_ids: list[str], now: datetime) -> None:
    """Drop what cannot be renewed any more, and the asks of campaigns that are long over."""
    store.forget_ended(session, campaign_ids, now - REMEMBERED)


def forget_address(session: Session, email: str) -> None:
    """Forget whose asks, votes and consents these were, and whom organizers listed; sums and answers stay."""
    store.forget_address(session, email)
    bid_store.forget_address(session, email)
    consent_store.forget_address(session, email)
    circle_store.forget_address(session, email)
