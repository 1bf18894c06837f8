"""Pledges and contacts to rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from campaigns.slots import Slot
from core.errors import NotFound
from core.money import Money
from core.prepared import Prepared, PreparedQuery
from core.upsert import table_of
from pledges.tables import ContactRow, PledgeRow, SpendReportRow
from pledges.values import STANDING, Contact, Held, Pledge, PledgeState

_NEW_PLEDGE = Prepared(PledgeRow, lambda insert: insert.on_conflict_do_nothing())
_NEW_CONTACT = Prepared(ContactRow)
_PLEDGE = table_of(PledgeRow)
_BY_CODE = PreparedQuery(
    select(_PLEDGE)
    .where(_PLEDGE.c.code == bindparam("code"), _PLEDGE.c.campaign_id == bindparam("campaign"))
    .with_for_update()
)


def add(session: Session, pledge: Pledge, repeat_key: str | None) -> bool:
    """Insert a pledge. False, and nothing done, where its code is taken or its repeat key is held already."""
    row = _columns(pledge) | {"id": pledge.id, "campaign_id": pledge.campaign, "repeat_key": repeat_key}
    return _NEW_PLEDGE.run(session, row) == 1


def add_contact(session: Session, contact: Contact) -> None:
    row = {"pledge_id": contact.pledge, "email": contact.email, "name": contact.name, "locale": contact.locale}
    _NEW_CONTACT.run(session, row)


def by_repeat_key(session: Session, repeat_key: str) -> Pledge | None:
    row = session.scalar(select(PledgeRow).where(PledgeRow.repeat_key == repeat_key))
    return pledge(row) if row else None


def by_id(session: Session, pledge_id: str) -> Pledge:
    """Read one. Raises NotFound."""
    row = session.get(PledgeRow, pledge_id)
    if row is None:
        raise NotFound("There is no such pledge")
    return pledge(row)


def locked(session: Session, pledge_id: str) -> Pledge:
    """Read one again, locked to be written. Raises NotFound."""
    row = session.get(PledgeRow, pledge_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("There is no such pledge")
    return pledge(row)


def locked_by_code(session: Session, campaign_id: str, code: str) -> Pledge | None:
    row = _BY_CODE.first(session, code=code, campaign=campaign_id)
    return pledge(row) if row else None


def by_codes(session: Session, campaign_id: str, codes: Sequence[str]) -> dict[str, Pledge]:
    """Those of a campaign's pledges that have one of these codes, by code."""
    wanted = PledgeRow.campaign_id == campaign_id, PledgeRow.code.in_(codes)
    return {row.code: pledge(row) for row in session.scalars(select(PledgeRow).where(*wanted))}


def is_known_elsewhere(session: Session, code: str) -> bool:
    """Whether a code belongs to any campaign at all."""
    return session.scalar(select(PledgeRow.id).where(PledgeRow.code == code).limit(1)) is not None


def contact(session: Session, pledge_id: str) -> Contact | None:
    row = session.get(ContactRow, pledge_id)
    return Contact(row.pledge_id, row.email, row.name, row.locale) if row else None


def locked_of_address(session: Session, campaign_id: str, email: str) -> list[Pledge]:
    """The standing pledges of one address in a campaign, locked, always in the same order."""
    query = (
        select(PledgeRow)
        .join(ContactRow, ContactRow.pledge_id == PledgeRow.id)
        .where(ContactRow.email == email, PledgeRow.campaign_id == campaign_id, PledgeRow.state.in_(STANDING))
        .order_by(PledgeRow.id)
        .with_for_update(of=PledgeRow)
    )
    return [pledge(row) for row in session.scalars(query)]


def save(session: Session, changed: Pledge) -> None:
    """Write a changed pledge; it is no longer what a repeated form would repeat."""
    row = session.get_one(PledgeRow, changed.id)
    for name, value in _columns(changed).items():
        setattr(row, name, value)
    row.repeat_key = None
    session.flush()


def erase(session: Session, *, person_id: str, email: str) -> None:
    """Delete contacts by address and by person, and forget whose the pledges were; the pledges themselves stay."""
    ids = set(session.scalars(select(ContactRow.pledge_id).where(ContactRow.email == email))) if email else set()
    if person_id:
        ids |= set(session.scalars(select(PledgeRow.id).where(PledgeRow.person_id == person_id)))
    session.execute(delete(ContactRow).where(ContactRow.pledge_id.in_(ids)))
    forgotten = {"photo": None, "looks": None}
    session.execute(update(SpendReportRow).where(SpendReportRow.pledge_id.in_(ids)).values(**forgotten))
    session.execute(
        update(PledgeRow).where(PledgeRow.id.in_(ids)).values(person_id=None, repeat_key=None, updates=False)
    )


def _columns(value: Pledge) -> dict[str, Any]:
    held, slot = value.held, value.slot
    return {
        "code": value.code,
        "amount_minor": value.amount.minor,
        "currency": value.amount.currency,
        "party": value.party,
        "units": value.units,
        "state": value.state.value,
        "joined_late": value.joined_late,
        "with_address": value.with_address,
        "updates": value.updates,
        "terms_version": value.terms_version,
        "created_at": value.created_at,
        "confirmed_at": value.confirmed_at,
        "ended_at": value.ended_at,
        "replaced_by": value.replaced_by,
        "person_id": value.person,
        "held_minor": held.amount.minor if held else None,
        "held_party": held.party if held else None,
        "held_until": held.until if held else None,
        "slot_window": slot.window if slot else None,
        "slot_after": slot.after if slot else None,
        "moves": value.moves,
    }


def pledge(row: PledgeRow) -> Pledge:
    return Pledge(
        id=row.id,
        campaign=row.campaign_id,
        code=row.code,
        amount=Money(row.amount_minor, row.currency),
        party=row.party,
        units=row.units,
        state=PledgeState(row.state),
        joined_late=row.joined_late,
        with_address=row.with_address,
        terms_version=row.terms_version,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        updates=row.updates,
        person=row.person_id,
        ended_at=row.ended_at,
        replaced_by=row.replaced_by,
        held=_held(row),
        slot=_slot(row),
        moves=row.moves,
    )


def _slot(row: PledgeRow) -> Slot | None:
    if row.slot_window is None or row.slot_after is None:
        return None
    return Slot(row.slot_window, row.slot_after)


def _held(row: PledgeRow) -> Held | None:
    if row.held_minor is None or row.held_party is None or row.held_until is None:
        return None
    return Held(Money(row.held_minor, row.currency), row.held_party, row.held_until)
