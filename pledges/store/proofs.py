"""Proofs of till totals to rows and back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from pledges.tables import TillProofRow, TillRow
from pledges.values import Form, Proof


def add(session: Session, new: Proof) -> None:
    row = TillProofRow(
        id=new.id, till_id=new.till, form=new.form.value, content=new.content, given_by=new.by, at=new.at
    )
    session.add(row)
    session.flush()


def held(session: Session, till_id: str, content: str) -> Proof | None:
    """The proof with this content, where it is attached already. The till's lock makes two of one take turns."""
    query = select(TillProofRow).where(TillProofRow.till_id == till_id, TillProofRow.content == content)
    row = session.scalar(query)
    return _proof(row) if row else None


def by_id(session: Session, proof_id: str) -> Proof:
    """Read one. Raises NotFound."""
    row = session.get(TillProofRow, proof_id)
    if row is None:
        raise NotFound("There is no such proof")
    return _proof(row)


def of_campaign(session: Session, campaign_id: str) -> list[Proof]:
    """Every proof of a campaign's till totals, oldest first: one query."""
    query = select(TillProofRow).join(TillRow, TillRow.id == TillProofRow.till_id)
    rows = session.scalars(query.where(TillRow.campaign_id == campaign_id).order_by(TillProofRow.at, TillProofRow.id))
    return [_proof(row) for row in rows]


def _proof(row: TillProofRow) -> Proof:
    return Proof(row.id, row.till_id, Form(row.form), row.content, row.given_by, row.at)
