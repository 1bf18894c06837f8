"""Stating what a promise changes: by the business, the organizers, the monitor or the people affected."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from accounts.rules import ORGANIZERS, Person, Role
from businesses import service as businesses
from businesses.effects import rules, store
from businesses.effects.values import Effect, Kind, Per, Phase
from businesses.followthrough import Obligation
from businesses.store import obligations
from businesses.values import Business
from campaigns import queries as campaign_queries
from core import record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Forbidden, require
from core.money import parse_decimal
from core.wire import Json


@dataclass(frozen=True)
class Voice:
    """Who speaks: the business by its own link, or a person of the campaign."""

    business: Business | None = None
    person: Person | None = None


def state_effect(session: Session, clock: Clock, voice: Voice, obligation_id: str, told: Json) -> Effect | None:
    """State a projected or measured effect; None where nothing is new.

    ``told``: kind, phase, per, value, method, source.
    Raises Forbidden for strangers, Invalid naming the field, Conflict for a projection after its measurement.
    """
    o = obligations.locked(session, obligation_id)
    by = speaks_as(session, voice, o)
    now = clock.now(session)
    campaign = campaign_queries.by_id(session, o.campaign)
    kind = Kind(_one_of(told.get("kind"), "kind", Kind))
    made = Effect(
        id=new_id(),
        obligation=o.id,
        kind=kind,
        phase=Phase(_one_of(told.get("phase"), "phase", Phase)),
        per=Per(_one_of(told.get("per") or Per.YEAR, "per", Per)),
        value=parse_decimal(str(told.get("value") or ""), "value"),
        method=text.clean(str(told.get("method") or ""), "method", 1000, 3),
        source=text.clean(str(told.get("source") or ""), "source", 500, 3),
        by=by,
        at=now,
        currency=campaign.currency if kind == Kind.MONEY else "",
    )
    new, facts = rules.state(store.of_obligations(session, [o.id]), made)
    if new is not None:
        store.add(session, new)
        record.append(session, o.campaign, facts, now)
    return new


def speaks_as(session: Session, voice: Voice, o: Obligation) -> str:
    """As whom one states an effect of this promise. Raises Forbidden for everybody else."""
    if voice.business is not None and voice.business.id == o.business:
        return "business"
    if voice.person is not None:
        roles = businesses.roles_of(session, campaign_queries.by_id(session, o.campaign), o, voice.person)
        if roles.intersection(ORGANIZERS):
            return "organizer"
        if Role.MONITOR in roles:
            return "monitor"
        if "affected" in roles:
            return "affected"
    raise Forbidden("Effects are stated by the business, the organizers, the monitor and the people affected")


def _one_of(value: object, field: str, known: type[Kind] | type[Phase] | type[Per]) -> str:
    words = [item.value for item in known]
    require(value in words, field, "one of {words}", words=", ".join(words))
    return str(value)
