"""Organizers' private lists of shops to rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from businesses.prospects import Entry, Prospect, Stage
from businesses.tables import InvitationRow, ProspectRow

_HELD = select(ProspectRow, InvitationRow.claimed_at).outerjoin(
    InvitationRow, InvitationRow.id == ProspectRow.invitation_id
)


def prospects(session: Session, campaign_id: str) -> list[Prospect]:
    """A campaign's list by name: one query."""
    query = _HELD.where(ProspectRow.campaign_id == campaign_id).order_by(ProspectRow.match, ProspectRow.id)
    return [_prospect(row, claimed_at) for row, claimed_at in session.execute(query)]


def prospect(session: Session, campaign_id: str, prospect_id: str) -> Prospect | None:
    query = _HELD.where(ProspectRow.campaign_id == campaign_id, ProspectRow.id == prospect_id)
    found = session.execute(query.with_for_update(of=ProspectRow)).first()
    return _prospect(*found) if found else None


def _prospect(row: ProspectRow, claimed_at: datetime | None) -> Prospect:
    entry = Entry(row.name, row.place, row.contact, row.note, Stage(row.stage), row.why)
    return Prospect(row.id, row.campaign_id, entry, row.changed_by, row.changed_at, row.invitation_id, claimed_at)


def matches(session: Session, campaign_id: str) -> set[str]:
    """What makes each shop of a list the same one again."""
    return set(session.scalars(select(ProspectRow.match).where(ProspectRow.campaign_id == campaign_id)))


def add(session: Session, made: Sequence[Prospect]) -> None:
    session.add_all([ProspectRow(id=p.id, campaign_id=p.campaign, **_columns(p)) for p in made])
    session.flush()


def change(session: Session, changed: Prospect) -> None:
    session.execute(update(ProspectRow).where(ProspectRow.id == changed.id).values(**_columns(changed)))


def _columns(held: Prospect) -> dict[str, object]:
    written = {**held.entry.__dict__, "stage": held.entry.stage.value, "match": held.entry.match}
    return written | {
        "changed_by": held.changed_by,
        "changed_at": held.changed_at,
        "invitation_id": held.invitation,
    }


def remove(session: Session, campaign_id: str, prospect_id: str) -> bool:
    """Whether it was on the list; it is gone then."""
    statement = delete(ProspectRow).where(ProspectRow.campaign_id == campaign_id, ProspectRow.id == prospect_id)
    return session.execute(statement.returning(ProspectRow.id)).first() is not None


def forget(session: Session, campaign_ids: list[str]) -> None:
    """Drop the lists of these campaigns."""
    session.execute(delete(ProspectRow).where(ProspectRow.campaign_id.in_(campaign_ids)))
