"""Agreements in force, and every version that was proposed, to rows and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses import codec
from businesses.store.bids import commitments
from businesses.tables import AgreementRow, AgreementVersionRow
from businesses.values import Acceptance, Agreement, Outcome, Version
from core.wire import encode


def agreement(session: Session, bid_id: str, *, locked: bool = False) -> Agreement | None:
    row = session.get(AgreementRow, bid_id, with_for_update=locked)
    return _agreement(row) if row else None


def agreements(session: Session, campaign_ids: list[str]) -> list[Agreement]:
    query = select(AgreementRow).where(AgreementRow.campaign_id.in_(campaign_ids))
    return [_agreement(row) for row in session.scalars(query)]


def _agreement(row: AgreementRow) -> Agreement:
    return Agreement(row.bid_id, row.text, row.sha256, _accepted(row.accepted), row.number)


def _accepted(held: list[Any]) -> tuple[Acceptance, ...]:
    return tuple(Acceptance(a["by"], a["name"], datetime.fromisoformat(a["at"]), a["how"]) for a in held)


def put_agreement(session: Session, campaign_id: str, made: Agreement) -> None:
    row = session.get(AgreementRow, made.bid)
    if row is None:
        row = AgreementRow(bid_id=made.bid, campaign_id=campaign_id)
        session.add(row)
    row.text, row.sha256, row.accepted = made.text, made.sha256, encode(list(made.accepted))
    row.number = made.number
    session.flush()


def versions(session: Session, bid_ids: list[str]) -> list[Version]:
    """Every version of these agreements, first to last; none where nobody ever asked for a change: one query."""
    query = select(AgreementVersionRow).where(AgreementVersionRow.bid_id.in_(bid_ids))
    return [_version(row) for row in session.scalars(query.order_by(AgreementVersionRow.number))]


def open_versions(session: Session, campaign_ids: list[str]) -> list[Version]:
    """The versions of these campaigns that were not answered, whether or not their term has passed: one query."""
    query = select(AgreementVersionRow).where(
        AgreementVersionRow.campaign_id.in_(campaign_ids), AgreementVersionRow.outcome == Outcome.OPEN.value
    )
    return [_version(row) for row in session.scalars(query.order_by(AgreementVersionRow.number))]


def _version(row: AgreementVersionRow) -> Version:
    return Version(
        bid=row.bid_id,
        number=row.number,
        text=row.text,
        sha256=row.sha256,
        commitments=commitments(row.commitments),
        accepted=_accepted(row.accepted),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        reason=row.reason,
        replaces=row.replaces,
        outcome=Outcome(row.outcome),
        answered_at=row.answered_at,
    )


def put_version(session: Session, campaign_id: str, made: Version) -> None:
    row = session.get(AgreementVersionRow, (made.bid, made.number))
    if row is None:
        row = AgreementVersionRow(bid_id=made.bid, number=made.number, campaign_id=campaign_id)
        session.add(row)
    for name in ("text", "sha256", "proposed_at", "proposed_by", "reason", "replaces", "answered_at"):
        setattr(row, name, getattr(made, name))
    row.commitments = [codec.wire(held) for held in made.commitments]
    row.accepted, row.outcome = encode(list(made.accepted)), made.outcome.value
    session.flush()
