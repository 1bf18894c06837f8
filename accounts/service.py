"""Signing in by a mailed link, and who may do what in a team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import store
from accounts.rules import DOOR, LINK_LIVES, Member, Person, Role, SessionInfo
from core import outbox, text, tokens, zones
from core.clock import Clock
from core.errors import Forbidden, NotFound, NotSignedIn, require
from core.i18n import LOCALES
from core.tokens import Keys


def person_for(
    session: Session, email: str, now: datetime, *, locale: str = "en", timezone: str = "UTC", name: str = ""
) -> Person:
    """The person behind an address, made at first sight. Raises Invalid for what is no address."""
    address = text.email(email)
    row = store.by_email(session, address) or store.add_person(session, address, now, locale, timezone)
    if name and not row.name:
        row.name = text.clean(name, "name", 120)
        session.flush()
    return store.person(row)


def request_link(session: Session, clock: Clock, email: str, next_path: str = "/", locale: str = "en") -> None:
    """Ask for a sign-in link by mail. The answer is the same for every address, known or not."""
    outbox.enqueue(session, "sign_in", text.email(email), clock.now(session), locale=locale, next_path=next_path)


def mint_link(session: Session, clock: Clock, email: str, next_path: str) -> str:
    """The token of a fresh link, for the mailer at the moment of sending: only its digest is stored."""
    token = tokens.mint()
    store.add_link(session, tokens.digest(token), email, next_path, clock.now(session) + LINK_LIVES)
    return token


def use_link(session: Session, clock: Clock, token: str, locale: str = "en") -> tuple[str, Person, str]:
    """Sign in: the new session's token, the person, and where to go. Raises Forbidden for a spent or old link.

    ``locale`` is what somebody new reads.
    """
    now = clock.now(session)
    used = store.use_link(session, tokens.digest(token), now)
    if used is None:
        raise Forbidden("This link has been used or is too old. Ask for a new one.")
    person = person_for(session, used[0], now, locale=locale)
    return sign_in(session, now, person), person, used[1]


def sign_in(session: Session, now: datetime, person: Person) -> str:
    """Open a browser session; gives its token."""
    token = tokens.mint()
    store.add_session(session, tokens.digest(token), person.id, "browser", now)
    return token


def api_token(session: Session, clock: Clock, email: str) -> str:
    """A bearer token for the person behind an address."""
    now = clock.now(session)
    person = person_for(session, email, now)
    token = tokens.mint()
    store.add_session(session, tokens.digest(token), person.id, "api", now)
    return token


def browser_person(session: Session, clock: Clock, token: str) -> Person | None:
    return store.signed_in(session, tokens.digest(token), "browser", clock.now(session))


def bearer(session: Session, clock: Clock, token: str) -> Person:
    """The person of a bearer token. Raises NotSignedIn."""
    person = store.signed_in(session, tokens.digest(token), "api", clock.now(session))
    if person is None:
        raise NotSignedIn("This token is not known, or was revoked")
    return person


def sign_out(session: Session, person: Person, token: str) -> None:
    store.revoke(session, person.id, token=tokens.digest(token))


def revoke(session: Session, person: Person, session_id: str = "") -> None:
    """End one of the person's sign-ins, or all of them and every API token."""
    store.revoke(session, person.id, session_id=session_id)


def sessions(session: Session, person: Person) -> list[SessionInfo]:
    return store.sessions_of(session, person.id)


def update_person(session: Session, person: Person, changes: dict[str, str | int]) -> Person:
    """Change name, locale, timezone or digest_hour. Raises Invalid naming the field."""
    row = store.by_id(session, person.id)
    if row is None:
        raise NotFound("This account no longer exists")
    for name, value in changes.items():
        setattr(row, name, _checked(name, value))
    session.flush()
    return store.person(row)


def _checked(name: str, value: str | int) -> str | int:
    require(name in _CHECKS, name, "this cannot be changed here")
    return _CHECKS[name](value)


def _language(value: str | int) -> str:
    require(value in LOCALES, "locale", "one of {words}", words=", ".join(LOCALES))
    return str(value)


def _hour(value: str | int) -> int:
    text.clean(str(value), "digest_hour", 2, 1)
    require(str(value).isdecimal() and int(value) <= 23, "digest_hour", "an hour of the day, 0 to 23")
    return int(value)


_CHECKS: dict[str, Callable[[str | int], str | int]] = {
    "name": lambda value: text.clean(str(value), "name", 120),
    "locale": _language,
    "timezone": lambda value: zones.zone(str(value)).key,
    "digest_hour": _hour,
}


def forget_old(session: Session, now: datetime) -> None:
    """Delete sign-in links and browser sessions that have lived their time."""
    store.forget_old(session, now)


def erase(session: Session, person: Person) -> None:
    """Delete a person with their sign-ins, links and memberships; what they did stays under ids that name nobody."""
    store.erase(session, person.id, person.email)


def create_team(session: Session, owner: Person, now: datetime) -> str:
    team = store.add_team(session, now)
    store.put_member(session, team, owner.id, Role.OWNER, "", "", now)
    return team


def add_member(
    session: Session, team: str, email: str, role: Role, now: datetime, *, paid_by: str = "", disclosure: str = ""
) -> Member:
    """Add somebody by address. A monitor says who pays and what ties there are. Raises Invalid."""
    require(role != Role.OWNER, "role", "a team has one owner; add a co-organizer")
    if role == Role.MONITOR:
        require(paid_by.strip(), "paid_by", "say who pays the monitor; write nobody where nobody does")
    person = person_for(session, email, now)
    _demand_independence(store.roles(session, team, person.id), role)
    clean_payer = text.clean(paid_by, "paid_by", 200)
    member = store.put_member(
        session, team, person.id, role, clean_payer, text.clean(disclosure, "disclosure", 600), now
    )
    return next(m for m in store.members(session, team) if m.id == member)


def crew_token(session: Session, keys: Keys, team: str) -> str:
    """The token of the link by which crew join this team; always the same until it is renewed."""
    return keys.token("crew", f"{team}:{store.crew_link(session, team)}")


def renew_crew_link(session: Session, team: str) -> None:
    """Make a new link; the old one opens nothing any more. Whoever joined by it stays."""
    store.renew_crew_link(session, team)


def demand_crew_token(session: Session, keys: Keys, team: str, token: str) -> None:
    """Raise Forbidden for a link that is not the newest of this team."""
    if not keys.fits("crew", f"{team}:{store.crew_link(session, team)}", token):
        raise Forbidden("This link is no longer the newest one. Ask the organizers for theirs.")


def join_crew(
    session: Session,
    keys: Keys,
    team: str,
    token: str,
    now: datetime,
    *,
    person: Person | None = None,
    name: str = "",
    locale: str = "en",
) -> Person:
    """Join a team's crew by its link: as ``person``, or as somebody new of whom nothing but a name is known.

    Raises Forbidden, and Invalid for a name that is none or a monitor, who does not help to run the campaign.
    """
    demand_crew_token(session, keys, team, token)
    if person is None:
        known_as = text.clean(name, "name", 120, 1)
        person = store.person(store.add_without_address(session, known_as, now, locale))
    held = store.roles(session, team, person.id)
    _demand_independence(held, Role.CREW)
    if not held.intersection(DOOR):
        store.put_member(session, team, person.id, Role.CREW, "", "", now)
    return person


def remove_crew(session: Session, team: str, member_id: str) -> None:
    """Take somebody off the crew; who has no address is signed out everywhere. Raises NotFound."""
    found = next((m for m in store.members(session, team) if m.id == member_id and m.role == Role.CREW), None)
    if found is None:
        raise NotFound("There is no such member of the crew")
    store.remove_member(session, team, found.person, Role.CREW)
    if not found.email:
        store.revoke(session, found.person)


def take_over(session: Session, team: str, person: Person, now: datetime) -> None:
    """Make somebody an organizer of a team that fell silent. A monitor who does so is independent no more."""
    store.remove_member(session, team, person.id, Role.MONITOR)
    add_member(session, team, person.email, Role.CO_ORGANIZER, now)


def _demand_independence(held: frozenset[Role], role: Role) -> None:
    """Who checks a campaign does not run it: else its own people would be the independent eyes (DOMAIN.md, 16)."""
    if role == Role.MONITOR:
        require(not held.intersection(DOOR), "email", "whoever helps to run the campaign cannot be its monitor")
    if role in DOOR:
        require(Role.MONITOR not in held, "email", "this is the monitor, who cannot help to run the campaign")


def members(session: Session, team: str) -> list[Member]:
    return store.members(session, team)


def roles(session: Session, team: str, person: Person | None) -> frozenset[Role]:
    return store.roles(session, team, person.id) if person else frozenset()


def teams_of(session: Session, person: Person) -> dict[str, list[Role]]:
    """The person's teams and roles in them."""
    return store.teams(session, person.id)


def demand_role(session: Session, team: str, person: Person | None, allowed: tuple[Role, ...]) -> frozenset[Role]:
    """Raise NotSignedIn or Forbidden unless the person has one of the roles in the team; gives the roles held."""
    if person is None:
        raise NotSignedIn("Please sign in first")
    held = store.roles(session, team, person.id)
    if not held.intersection(allowed):
        raise Forbidden("This needs one of these roles in the campaign's team: {roles}", roles=", ".join(allowed))
    return held
