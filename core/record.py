"""The one record: facts are appended by use-cases, given positions by a publisher, read by everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from core.db import Database, lock
from core.facts import Fact, Recorded
from core.prepared import Prepared
from core.tables import FactRow
from core.wire import Json

_APPEND = Prepared(FactRow)
_GIVE_POSITIONS = text("""
    UPDATE fact SET position = numbered.position
    FROM (SELECT seq, (SELECT coalesce(max(position), 0) FROM fact) + row_number() OVER (ORDER BY seq) AS position
          FROM fact WHERE position IS NULL) AS numbered
    WHERE fact.seq = numbered.seq
""")


def append(session: Session, campaign_id: str | None, facts: Fact | Iterable[Fact], at: datetime) -> None:
    """Write facts into the record, in this use-case's own transaction."""
    for fact in [facts] if isinstance(facts, Fact) else facts:
        row = {"campaign_id": campaign_id, "kind": fact.kind, "public": fact.public, "at": at, "body": fact.body()}
        _APPEND.run(session, row)


def rewrite(session: Session, campaign_id: str, kind: str, change: Callable[[Json], Json]) -> None:
    """Take words out of facts that were told already: words that nobody may read, never a figure.

    Position and time stay, the line's seal is new. The caller appends a fact that says what was done.
    """
    for row in session.scalars(select(FactRow).where(FactRow.campaign_id == campaign_id, FactRow.kind == kind)):
        changed = change(row.body)
        if changed != row.body:
            row.body = changed
    session.flush()


def publish(db: Database) -> int:
    """Give every committed fact its position: contiguous, for ever. Returns how many there were.

    A look without the writer's turn comes first, so that an idle publisher costs a reader's millisecond.
    """
    with db.reading() as session:
        if not session.scalar(select(exists().where(FactRow.position.is_(None)))):
            return 0
    with db.writing() as session:
        lock(session, "record")
        return session.execute(_GIVE_POSITIONS).rowcount  # type: ignore[attr-defined,no-any-return]  # CursorResult has it


def read(
    session: Session,
    campaign_id: str | None = None,
    *,
    after: int = 0,
    limit: int | None = None,
    public_only: bool = True,
) -> Iterator[Recorded]:
    """Published facts in order of position: of one campaign, or of all."""
    query = select(FactRow).where(FactRow.position > after).order_by(FactRow.position).limit(limit)
    if campaign_id is not None:
        query = query.where(FactRow.campaign_id == campaign_id)
    if public_only:
        query = query.where(FactRow.public)
    for row in session.scalars(query.execution_options(yield_per=500)):
        yield Recorded(row.position or 0, row.campaign_id, row.kind, row.at, row.body, row.public)


def lines(session: Session, campaign_id: str, after: int = 0) -> Iterator[Json]:
    """A campaign's public record as it is told, line by line, read while it is sent."""
    before = count(session, campaign_id, until=after) if after else 0
    for number, fact in enumerate(read(session, campaign_id, after=after), start=before + 1):
        yield fact.line(number)


def newest(
    session: Session, campaign_id: str, limit: int, kinds: Iterable[str] = (), *, before: int | None = None
) -> list[Recorded]:
    """The last public facts of a campaign (those before a position), newest first; of the given kinds if any."""
    query = select(FactRow).where(FactRow.campaign_id == campaign_id, FactRow.public, FactRow.position.is_not(None))
    if wanted := list(kinds):
        query = query.where(FactRow.kind.in_(wanted))
    if before is not None:
        query = query.where(FactRow.position < before)
    rows = session.scalars(query.order_by(FactRow.position.desc()).limit(limit))
    return [Recorded(row.position or 0, row.campaign_id, row.kind, row.at, row.body, row.public) for row in rows]


def count(session: Session, campaign_id: str, until: int | None = None) -> int:
    """How many public facts a campaign's record holds, in all or up to a position."""
    query = select(func.count()).where(
        FactRow.campaign_id == campaign_id, FactRow.public, FactRow.position.is_not(None)
    )
    if until is not None:
        query = query.where(FactRow.position <= until)
    return session.scalar(query) or 0


def of_campaigns(session: Session, campaign_ids: Iterable[str], kinds: Iterable[str], after: int = 0) -> list[Recorded]:
    """Public facts of some kinds about several campaigns, in order of position: one query."""
    query = select(FactRow).where(
        FactRow.campaign_id.in_(list(campaign_ids)),
        FactRow.kind.in_(list(kinds)),
        FactRow.position > after,
        FactRow.public,
    )
    rows = session.scalars(query.order_by(FactRow.position))
    return [Recorded(row.position or 0, row.campaign_id, row.kind, row.at, row.body, row.public) for row in rows]


def mark(session: Session, campaign_id: str) -> tuple[int, int]:
    """Differs as soon as a campaign has a new fact, published or not: a cheap way to see that something happened.

    A fact whose commit came late, below one that waited already, shows once it is published.
    """
    of = FactRow.campaign_id == campaign_id
    published = select(func.max(FactRow.position)).where(of).scalar_subquery()
    waiting = select(func.max(FactRow.seq)).where(of, FactRow.position.is_(None)).scalar_subquery()
    position, seq = session.execute(select(published, waiting)).one()
    return position or 0, seq or 0


def last_position(session: Session) -> int:
    """The position of the newest published fact; 0 before the first."""
    return session.scalar(select(func.max(FactRow.position))) or 0
