"""Circles to rows and back; loads are locked where one will be changed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from businesses.circles.tables import CircleRow
from businesses.circles.values import Circle, Ending, Facilitator, Gathering, Leads, Named, Remedy
from businesses.commitments import Checker
from businesses.followthrough import Assent
from core.errors import NotFound
from core.wire import Json, encode


def locked(session: Session, circle_id: str) -> Circle:
    """One of them, for a change. Raises NotFound."""
    return _known(session.get(CircleRow, circle_id, with_for_update=True, populate_existing=True))


def by_id(session: Session, circle_id: str) -> Circle:
    """Raises NotFound."""
    return _known(session.get(CircleRow, circle_id))


def _known(row: CircleRow | None) -> Circle:
    if row is None:
        raise NotFound("There is no such circle")
    return _circle(row)


def of_obligation(session: Session, obligation_id: str) -> list[Circle]:
    """All circles about a promise, oldest first."""
    query = select(CircleRow).where(CircleRow.obligation_id == obligation_id)
    return [_circle(row) for row in session.scalars(query.order_by(CircleRow.opened_at, CircleRow.id))]


def are_open(session: Session, campaign_id: str) -> bool:
    """Whether a circle about one of the campaign's promises goes on."""
    query = select(CircleRow.id).where(CircleRow.campaign_id == campaign_id, CircleRow.ended_at.is_(None))
    return session.scalar(query.limit(1)) is not None


def due(session: Session, now: datetime, limit: int = 50) -> list[str]:
    """Those whose term has passed."""
    query = select(CircleRow.id).where(CircleRow.ended_at.is_(None), CircleRow.until <= now)
    return list(session.scalars(query.order_by(CircleRow.until).limit(limit)))


def next_due(session: Session) -> datetime | None:
    query = select(CircleRow.until).where(CircleRow.ended_at.is_(None))
    return session.scalar(query.order_by(CircleRow.until).limit(1))


def put(session: Session, c: Circle) -> None:
    row = session.get(CircleRow, c.id)
    if row is None:
        row = CircleRow(
            id=c.id, campaign_id=c.campaign, obligation_id=c.obligation, by=c.by, sides=list(c.sides),
            opened_at=c.opened_at, until=c.until,
        )  # fmt: skip
        session.add(row)
    known = c.facilitator.named
    row.leads, row.version, row.asked = c.facilitator.leads.value, c.facilitator.version, _assent(c.facilitator)
    row.email, row.name, row.show_name = known.email, known.name, known.show_name
    row.meets_at, row.place = (c.meeting.at, c.meeting.place) if c.meeting else (None, "")
    row.guests = list(c.meeting.guests) if c.meeting else []
    row.held_at, row.remedy = c.held_at, _remedy_body(c.remedy) if c.remedy else None
    row.ending, row.ended_at, row.mended_by = c.ending.value if c.ending else "", c.ended_at, c.mended_by
    session.flush()


def forget_address(session: Session, email: str) -> None:
    """Forget who was named to lead, and whom a circle invites."""
    mine = update(CircleRow).where(CircleRow.email == email)
    session.execute(mine.values(email="", name="", show_name=False))
    for row in session.scalars(select(CircleRow).where(CircleRow.meets_at.is_not(None))):
        row.guests = [guest for guest in row.guests if guest != email]
    session.flush()


def _assent(held: Assent) -> Json:
    names = ("asks", "agreed", "refused_by", "answered_at")
    return {name: encode(getattr(held, name)) for name in names}


def _given(body: Json) -> tuple[tuple[str, ...], tuple[str, ...], str, datetime | None]:
    at = body["answered_at"]
    return tuple(body["asks"]), tuple(body["agreed"]), body["refused_by"], at and datetime.fromisoformat(at)


def _remedy_body(r: Remedy) -> Json:
    told: Json = encode({"id": r.id, "words": r.words, "due_on": r.due_on, "checker": r.checker, "unit": r.unit})
    return {**told, "target": str(r.target), **_assent(r)}


def _remedy(body: Json) -> Remedy:
    asks, agreed, refused_by, answered_at = _given(body)
    return Remedy(
        id=body["id"], words=body["words"], due_on=date.fromisoformat(body["due_on"]),
        checker=Checker(body["checker"]), target=Decimal(body["target"]), unit=body["unit"],
        asks=asks, agreed=agreed, refused_by=refused_by, answered_at=answered_at,
    )  # fmt: skip


def _facilitator(row: CircleRow) -> Facilitator:
    asks, agreed, refused_by, answered_at = _given(row.asked)
    named = Named(row.email, row.name, row.show_name)
    return Facilitator(
        leads=Leads(row.leads), version=row.version, named=named,
        asks=asks, agreed=agreed, refused_by=refused_by, answered_at=answered_at,
    )  # fmt: skip


def _circle(row: CircleRow) -> Circle:
    return Circle(
        id=row.id,
        campaign=row.campaign_id,
        obligation=row.obligation_id,
        by=row.by,
        sides=tuple(row.sides),
        opened_at=row.opened_at,
        facilitator=_facilitator(row),
        meeting=Gathering(row.meets_at, row.place, tuple(row.guests)) if row.meets_at else None,
        held_at=row.held_at,
        remedy=_remedy(row.remedy) if row.remedy else None,
        ending=Ending(row.ending) if row.ending else None,
        ended_at=row.ended_at,
        mended_by=row.mended_by,
    )
