"""Organizers' own template commitments to rows and back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from businesses.library import Template, codec
from businesses.tables import TemplateRow


def templates(session: Session, team: str) -> tuple[Template, ...]:
    """A team's templates, the first one first: one query."""
    query = select(TemplateRow.body).where(TemplateRow.team_id == team).order_by(TemplateRow.created_at, TemplateRow.id)
    return tuple(codec.stored(body) for body in session.scalars(query))


def add(session: Session, team: str, made: Template, at: datetime) -> None:
    session.add(TemplateRow(id=made.id, team_id=team, created_at=at, body=codec.wire(made)))
    session.flush()


def template(session: Session, team: str, template_id: str) -> Template | None:
    """One of a team's templates, locked to be changed."""
    query = select(TemplateRow.body).where(TemplateRow.id == template_id, TemplateRow.team_id == team)
    body = session.scalar(query.with_for_update())
    return codec.stored(body) if body else None


def change(session: Session, changed: Template) -> None:
    session.execute(update(TemplateRow).where(TemplateRow.id == changed.id).values(body=codec.wire(changed)))


def remove(session: Session, team: str, template_id: str) -> bool:
    """Whether the team had this template; it is gone then. Bids hold their own words and keep them."""
    statement = delete(TemplateRow).where(TemplateRow.id == template_id, TemplateRow.team_id == team)
    return session.execute(statement.returning(TemplateRow.id)).first() is not None
