"""What waits for a person across all campaigns: read from the rooms that know, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import queries as businesses
from businesses.followthrough import Obligation, may_confirm, waits_for
from businesses.pages import Answer
from campaigns import queries as campaign_queries
from campaigns.rules import till_until
from campaigns.tally import TillState
from campaigns.values import Campaign, State
from pledges import queries as pledges

FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, in which campaign, for which promise, where, and until when (None: no term).

    ``check`` and ``note``: a spot check whose words are read before they are shown.
    """

    code: str
    campaign: Campaign
    promise: Obligation | None
    address: str
    until: datetime | None
    check: str = ""
    note: str = ""


def inbox(session: Session, person: Person, now: datetime) -> list[Waiting]:
    """Everything that waits for this person, the next term first."""
    teams = accounts.teams_of(session, person)
    held = {c.id: c for c in campaign_queries.of_teams(session, list(teams))}
    seats = {o.id: o for o in businesses.seats_of(session, person.email)}
    held |= campaign_queries.by_ids(session, [o.campaign for o in seats.values()])
    promises = {o.id: o for o in businesses.obligations(session, list(held))}
    found: list[Waiting] = []
    for o in promises.values():
        c = held[o.campaign]
        roles = frozenset(teams.get(c.team, ())) | ({"affected"} if o.id in seats else set())
        found += _of_promise(session, o, c, roles, now)
    watched = {c.id for c in held.values() if Role.MONITOR in teams.get(c.team, ())}
    found += _words(session, promises, held, watched)
    found += [w for c in held.values() if c.id in watched for w in _tills(session, c)]
    return sorted(found, key=lambda w: w.until or FAR)


def _of_promise(session: Session, o: Obligation, c: Campaign, roles: frozenset[str], now: datetime) -> list[Waiting]:
    page = f"/promises/{o.id}"
    found = [Waiting(w.code, c, o, f"{page}/{w.code}", w.until) for w in waits_for(o, roles, now)]
    if o.commitment.watch and may_confirm(o, roles) and _asks(session, o):
        found.append(Waiting("page", c, o, f"{page}/page", None))
    return found


def _asks(session: Session, o: Obligation) -> bool:
    return any(look.answer == Answer.ASKED for look in businesses.looks(session, o.id))


def _words(
    session: Session, promises: Mapping[str, Obligation], held: Mapping[str, Campaign], watched: set[str]
) -> list[Waiting]:
    """Words of spot checks that somebody outside both parties reads before they are shown."""
    found = businesses.hidden_checks(session) if watched else []
    mine = [(check, promises[check.obligation]) for check in found if check.obligation in promises]
    return [
        Waiting("words", held[o.campaign], o, "", None, check.id, check.note)
        for check, o in mine
        if o.campaign in watched
    ]


def _tills(session: Session, c: Campaign) -> list[Waiting]:
    """A till that is disputed, while the tally is open."""
    if c.state != State.COUNTING:
        return []
    disputed = any(till.state == TillState.DISPUTED for till in pledges.till_totals(session, c.id))
    return [Waiting("till", c, None, f"/organize/{c.slug}/disputes", till_until(c))] if disputed else []
