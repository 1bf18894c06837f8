"""SQL of people, sign-ins and teams."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from accounts.rules import SESSION_LIVES, Member, Person, Role, SessionInfo
from accounts.tables import LinkRow, MemberRow, PersonRow, SessionRow, TeamRow
from core.db import new_id
from core.prepared import PreparedQuery
from core.upsert import insert_into, table_of

_PERSON, _SESSION, _MEMBER = table_of(PersonRow), table_of(SessionRow), table_of(MemberRow)
# Asked with every request of somebody signed in.
_SIGNED_IN = PreparedQuery(
    select(_PERSON, _SESSION.c.created_at.label("since"))
    .join(_SESSION, _SESSION.c.person_id == _PERSON.c.id)
    .where(_SESSION.c.token == bindparam("token"), _SESSION.c.kind == bindparam("kind"))
)
_ROLES = PreparedQuery(
    select(_MEMBER.c.role).where(_MEMBER.c.team_id == bindparam("team"), _MEMBER.c.person_id == bindparam("person"))
)


def person(row: PersonRow) -> Person:
    return Person(row.id, row.email or "", row.name, row.locale, row.timezone, row.digest_hour)


def by_email(session: Session, email: str) -> PersonRow | None:
    return session.scalar(select(PersonRow).where(PersonRow.email == email))


def by_id(session: Session, person_id: str) -> PersonRow | None:
    return session.get(PersonRow, person_id)


def add_person(session: Session, email: str, now: datetime, locale: str, timezone: str) -> PersonRow:
    """Add a person, or give the one whom somebody else has added in the same moment."""
    fresh = {"id": new_id(), "email": email, "created_at": now, "locale": locale, "timezone": timezone}
    statement = insert_into(session, PersonRow).values(**fresh, name="", digest_hour=8)
    session.execute(statement.on_conflict_do_nothing(index_elements=["email"]))
    return session.scalars(select(PersonRow).where(PersonRow.email == email)).one()


def add_without_address(session: Session, name: str, now: datetime, locale: str) -> PersonRow:
    row = PersonRow(id=new_id(), name=name, created_at=now, locale=locale, timezone="UTC", digest_hour=8)
    session.add(row)
    session.flush()
    return row


def crew_link(session: Session, team: str) -> int:
    """Which of the team's crew links is the newest."""
    return session.scalars(select(TeamRow.crew_link).where(TeamRow.id == team)).one()


def renew_crew_link(session: Session, team: str) -> None:
    session.execute(update(TeamRow).where(TeamRow.id == team).values(crew_link=TeamRow.crew_link + 1))


def add_link(session: Session, token: str, email: str, next_path: str, expires_at: datetime) -> None:
    session.add(LinkRow(token=token, email=email, next_path=next_path, expires_at=expires_at))
    session.flush()


def use_link(session: Session, token: str, now: datetime) -> tuple[str, str] | None:
    """Use a link up in one statement: email and next path, or None where it is unknown, used or too old."""
    statement = (
        update(LinkRow)
        .where(LinkRow.token == token, LinkRow.used_at.is_(None), LinkRow.expires_at > now)
        .values(used_at=now)
        .returning(LinkRow.email, LinkRow.next_path)
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else None


def add_session(session: Session, token: str, person_id: str, kind: str, now: datetime) -> None:
    row = SessionRow(id=new_id(), token=token, person_id=person_id, kind=kind, created_at=now, seen_at=now)
    session.add(row)
    session.flush()


def signed_in(session: Session, token: str, kind: str, now: datetime) -> Person | None:
    row = _SIGNED_IN.first(session, token=token, kind=kind)
    if row is None or (kind == "browser" and row.since <= now - SESSION_LIVES):
        return None
    return person(row)


def sessions_of(session: Session, person_id: str) -> list[SessionInfo]:
    query = select(SessionRow).where(SessionRow.person_id == person_id, SessionRow.kind == "browser")
    rows = session.scalars(query.order_by(SessionRow.created_at.desc()))
    return [SessionInfo(r.id, r.created_at, r.seen_at) for r in rows]


def revoke(session: Session, person_id: str, *, session_id: str = "", token: str = "") -> None:
    """Delete one sign-in by id or token digest, or all of a person's where neither is given."""
    statement = delete(SessionRow).where(SessionRow.person_id == person_id)
    if session_id:
        statement = statement.where(SessionRow.id == session_id)
    if token:
        statement = statement.where(SessionRow.token == token)
    session.execute(statement)


def forget_old(session: Session, now: datetime) -> None:
    session.execute(delete(LinkRow).where(LinkRow.expires_at < now))
    old = SessionRow.created_at < now - SESSION_LIVES
    session.execute(delete(SessionRow).where(SessionRow.kind == "browser", old))


def erase(session: Session, person_id: str, email: str) -> None:
    """Delete the person's row, and with it sign-ins and memberships; links by their address."""
    if email:
        session.execute(delete(LinkRow).where(LinkRow.email == email))
    session.execute(delete(PersonRow).where(PersonRow.id == person_id))


def add_team(session: Session, now: datetime) -> str:
    team = TeamRow(id=new_id(), created_at=now)
    session.add(team)
    session.flush()
    return team.id


def put_member(
    session: Session, team: str, person_id: str, role: Role, paid_by: str, disclosure: str, now: datetime
) -> str:
    """Add a member, or renew what an existing one declares. Gives the membership's id."""
    query = select(MemberRow).where(
        MemberRow.team_id == team, MemberRow.person_id == person_id, MemberRow.role == role.value
    )
    row = session.scalar(query)
    if row is None:
        row = MemberRow(id=new_id(), team_id=team, person_id=person_id, role=role.value, created_at=now)
        session.add(row)
    row.paid_by, row.disclosure = paid_by, disclosure
    session.flush()
    return row.id


def remove_member(session: Session, team: str, person_id: str, role: Role) -> None:
    mine = (MemberRow.team_id == team, MemberRow.person_id == person_id, MemberRow.role == role.value)
    session.execute(delete(MemberRow).where(*mine))


def members(session: Session, team: str) -> list[Member]:
    query = (
        select(MemberRow, PersonRow)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(MemberRow.team_id == team)
        .order_by(MemberRow.created_at, MemberRow.id)
    )
    return [
        Member(m.id, p.id, p.email or "", p.name, Role(m.role), m.paid_by, m.disclosure)
        for m, p in session.execute(query)
    ]


def roles(session: Session, team: str, person_id: str) -> frozenset[Role]:
    return frozenset(Role(row.role) for row in _ROLES.all(session, team=team, person=person_id))


def teams(session: Session, person_id: str) -> dict[str, list[Role]]:
    query = select(MemberRow.team_id, MemberRow.role).where(MemberRow.person_id == person_id)
    held: dict[str, list[Role]] = {}
    for team, role in session.execute(query):
        held.setdefault(team, []).append(Role(role))
    return held
