"""The sums of pledges and check-ins, straight from the rows, and the rollup that lists read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from core.upsert import insert_into
from pledges.tables import CheckInRow, PledgeRow, RollupRow, SpendReportRow
from pledges.values import STANDING, PledgeState

_PLEDGE_FIGURES = (
    "pledged_people", "pledged_minor", "confirmed_people", "confirmed_minor", "late_people", "late_minor",
    "apart_people", "apart_minor",
)  # fmt: skip
_DOOR_FIGURES = ("door_people", "spent_minor", "reports", "told_minor", "told", "asked", "anyway")

Figures = dict[str, int]
NOTHING: Figures = dict.fromkeys((*_PLEDGE_FIGURES, *_DOOR_FIGURES), 0)


def pledge_figures(session: Session, campaign_ids: Iterable[str], before: datetime | None = None) -> dict[str, Figures]:
    """By campaign, the four crowds of ``campaigns.tally.PledgeSums``: as they are, or as they were at an instant."""
    query = _as_they_are() if before is None else _as_they_were(before)
    ids = list(campaign_ids)
    rows = session.execute(query.where(PledgeRow.campaign_id.in_(ids)).group_by(PledgeRow.campaign_id))
    found = {row[0]: _named(_PLEDGE_FIGURES, row[1:]) for row in rows}
    return {id_: found.get(id_, NOTHING) for id_ in ids}


def _as_they_are() -> Select[*tuple[Any, ...]]:
    confirmed = PledgeRow.state == PledgeState.CONFIRMED.value
    return _crowds(confirmed, PledgeRow.party, PledgeRow.amount_minor).where(PledgeRow.state.in_(STANDING))


def _as_they_were(before: datetime) -> Select[*tuple[Any, ...]]:
    """An instant binds even where the worker comes late: what has ended or changed since counts as it stood then."""
    changed_since = PledgeRow.held_until >= before
    party = case((changed_since, PledgeRow.held_party), else_=PledgeRow.party)
    amount = case((changed_since, PledgeRow.held_minor), else_=PledgeRow.amount_minor)
    stood = or_(PledgeRow.ended_at.is_(None), PledgeRow.ended_at >= before)
    confirmed = and_(PledgeRow.confirmed_at.is_not(None), PledgeRow.confirmed_at < before)
    return _crowds(confirmed, party, amount).where(PledgeRow.created_at < before, stood)


def _crowds(
    confirmed: ColumnElement[bool], party: SQLColumnExpression[int], amount: SQLColumnExpression[int]
) -> Select[*tuple[Any, ...]]:
    in_time = and_(PledgeRow.with_address, not_(PledgeRow.joined_late))
    late = and_(PledgeRow.with_address, PledgeRow.joined_late, confirmed)
    crowds = (in_time, and_(in_time, confirmed), late, not_(PledgeRow.with_address))
    return select(PledgeRow.campaign_id, *(_sum(figure, crowd) for crowd in crowds for figure in (party, amount)))


def _sum(figure: SQLColumnExpression[int], of: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(figure).filter(of), 0)


def arrivals_by_code(session: Session, campaign_ids: list[str]) -> dict[str, tuple[int, int]]:
    """By campaign, how many came by a code and how many without one; nothing for those to which nobody came."""
    by_code = CheckInRow.pledge_id.is_not(None)
    figures = (_sum(CheckInRow.party, by_code), _sum(CheckInRow.party, not_(by_code)))
    query = select(CheckInRow.campaign_id, *figures).where(
        CheckInRow.campaign_id.in_(campaign_ids), CheckInRow.undone_at.is_(None)
    )
    rows = session.execute(query.group_by(CheckInRow.campaign_id))
    return {id_: (int(came), int(walked)) for id_, came, walked in rows}


def door_figures(session: Session, campaign_id: str) -> Figures:
    """Heads, money noted and told, how many notes of it, and what was said about buying here anyway.

    What crew noted stands: a supporter's own report counts where they noted nothing.
    """
    told = SpendReportRow.amount_minor
    spent = func.coalesce(CheckInRow.spent_minor, told)
    own = CheckInRow.spent_minor.is_(None)
    query = (
        select(
            func.coalesce(func.sum(CheckInRow.party), 0),
            func.coalesce(func.sum(spent), 0),
            func.count(spent),
            _sum(told, own),
            func.count(told).filter(own),
            func.count(CheckInRow.anyway),
            func.count().filter(CheckInRow.anyway.is_(True)),
        )
        .outerjoin(SpendReportRow, SpendReportRow.pledge_id == CheckInRow.pledge_id)
        .where(CheckInRow.campaign_id == campaign_id, CheckInRow.undone_at.is_(None))
    )
    return _named(_DOOR_FIGURES, session.execute(query).one())


def door_venues(session: Session, campaign_id: str) -> dict[str, int]:
    """Heads by the winner at whose door they were counted; who was counted without saying where is in none."""
    counted = (CheckInRow.campaign_id == campaign_id, CheckInRow.venue.is_not(None), CheckInRow.undone_at.is_(None))
    query = select(CheckInRow.venue, func.sum(CheckInRow.party)).where(*counted).group_by(CheckInRow.venue)
    return {str(venue): int(people) for venue, people in session.execute(query)}


def _named(names: Iterable[str], row: Iterable[Any]) -> Figures:
    """PostgreSQL sums to decimals, SQLite to integers: integers both."""
    return {name: int(figure) for name, figure in zip(names, row, strict=True)}


def put_rollup(session: Session, campaign_id: str, figures: Figures, now: datetime) -> None:
    """Write these figures; the others stay as they are, and are zeros where nothing was rolled up yet."""
    new = {**figures, "rolled_at": now}
    statement = (
        insert_into(session, RollupRow)
        .values(campaign_id=campaign_id, **NOTHING | new)
        .on_conflict_do_update(index_elements=["campaign_id"], set_=new)
    )
    session.execute(statement)


def rolled_at(session: Session, campaign_id: str) -> datetime | None:
    """When a campaign was last rolled up; None where it never was."""
    return session.scalar(select(RollupRow.rolled_at).where(RollupRow.campaign_id == campaign_id))


def rollups(session: Session, campaign_ids: Iterable[str]) -> dict[str, Figures]:
    """The rolled-up figures of many campaigns in one query; zeros for a campaign that was never rolled up."""
    ids = list(campaign_ids)
    rows = session.scalars(select(RollupRow).where(RollupRow.campaign_id.in_(ids)))
    found = {row.campaign_id: {name: getattr(row, name) for name in NOTHING} for row in rows}
    return {id_: found.get(id_, NOTHING) for id_ in ids}
