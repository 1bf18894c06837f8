"""Consents to rows and back; loads are locked where one will be changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from businesses.consent import Answer, Consent, Meeting, Representative
from businesses.tables import ConsentRow
from core.errors import NotFound

ByBid = dict[str, dict[str, Consent]]
"""Consents by bid, and by the promise that they are about."""


def locked(session: Session, consent_id: str) -> Consent:
    """One of them, for a change. Raises NotFound."""
    row = session.get(ConsentRow, consent_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("Nobody is asked for this consent")
    return _consent(row)


def by_id(session: Session, consent_id: str) -> Consent:
    row = session.get(ConsentRow, consent_id)
    if row is None:
        raise NotFound("Nobody is asked for this consent")
    return _consent(row)


def of_campaigns(session: Session, campaign_ids: Iterable[str]) -> ByBid:
    """Every consent of these campaigns: one query."""
    return _by_bid(session, ConsentRow.campaign_id.in_(list(campaign_ids)))


def of_bids(session: Session, bid_ids: Iterable[str]) -> ByBid:
    """The consents of these bids: one query."""
    return _by_bid(session, ConsentRow.bid_id.in_(list(bid_ids)))


def promises_of(session: Session, email: str) -> list[tuple[str, str]]:
    """Bid and promise of every consent of this address."""
    query = select(ConsentRow.bid_id, ConsentRow.commitment_id).where(ConsentRow.email == email)
    return [(bid, commitment) for bid, commitment in session.execute(query)]


def _by_bid(session: Session, wanted: Any) -> ByBid:
    found: ByBid = {}
    for row in session.scalars(select(ConsentRow).where(wanted).order_by(ConsentRow.id)):
        found.setdefault(row.bid_id, {})[row.commitment_id] = _consent(row)
    return found


def put(session: Session, held: Consent) -> None:
    row = session.get(ConsentRow, held.id)
    if row is None:
        row = ConsentRow(
            id=held.id, campaign_id=held.campaign, bid_id=held.bid, commitment_id=held.commitment,
        )  # fmt: skip
        session.add(row)
    row.affected_group, row.state, row.at, row.version = held.group, held.state.value, held.at, held.version
    known = held.representative
    row.email, row.name, row.show_name = known.email, known.name, known.show_name
    row.seat, row.comment = held.seat, held.comment
    row.met_on, row.note = (held.meeting.on, held.meeting.note) if held.meeting else (None, "")
    session.flush()


def forget_address(session: Session, email: str) -> None:
    """Forget whose word it was; the group's answer stays."""
    mine = update(ConsentRow).where(ConsentRow.email == email)
    session.execute(mine.values(email="", name="", show_name=False))


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        id=row.id,
        campaign=row.campaign_id,
        bid=row.bid_id,
        commitment=row.commitment_id,
        group=row.affected_group,
        state=Answer(row.state),
        at=row.at,
        version=row.version,
        representative=Representative(row.email, row.name, row.show_name),
        seat=row.seat,
        comment=row.comment,
        meeting=Meeting(row.met_on, row.note) if row.met_on else None,
    )
