"""Who people are to a campaign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(days=90)


class Role(StrEnum):
    """A person's part in a team: crew on the day, a monitor who checks, a juror who scores."""

    OWNER = "owner"
    CO_ORGANIZER = "co_organizer"
    CREW = "crew"
    MONITOR = "monitor"
    JURY = "jury"


ORGANIZERS = (Role.OWNER, Role.CO_ORGANIZER)
DOOR = (Role.OWNER, Role.CO_ORGANIZER, Role.CREW)


@dataclass(frozen=True)
class Person:
    """Somebody. Facts never carry one. ``email`` is "" for crew who joined by the crew link: they get no mail."""

    id: str
    email: str
    name: str
    locale: str
    timezone: str
    digest_hour: int


@dataclass(frozen=True)
class Member:
    """A person's role in a team, with what they declare in public."""

    id: str
    person: str
    email: str
    name: str
    role: Role
    paid_by: str
    disclosure: str


def checker_of(members: Iterable[Member], roles: frozenset[Role]) -> str:
    """As whom somebody with these roles sees figures kept from the public: "" for nobody.

    The monitor; an organizer only where the campaign has no monitor (DOMAIN.md, 22).
    """
    if Role.MONITOR in roles:
        return "monitor"
    watched = any(member.role == Role.MONITOR for member in members)
    return "organizer" if roles.intersection(ORGANIZERS) and not watched else ""


@dataclass(frozen=True)
class SessionInfo:
    """An open sign-in, as its owner sees it."""

    id: str
    created_at: datetime
    seen_at: datetime
