"""Campaigns and people stored in a database, standing at a stage at once, without walking there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from campaigns import service as campaigns
from campaigns.values import Award, Campaign, Disclosure, GoAhead, Pledging, State, Window, Winner
from core.clock import Clock
from core.db import new_id
from core.money import Money
from core.tokens import Keys

KEYS = Keys("a secret for tests")
SHOP = "shop"
_CHOSEN = {State.AGREED, State.PLEDGING, State.TIPPED, State.MISSED, State.MOBBING, State.COUNTING, State.FINAL}


def euro(amount: str) -> Money:
    return Money.parse(amount, "EUR")


def make_person(session: Session, clock: Clock, email: str = "lea@example.org") -> Person:
    return accounts.person_for(session, email, clock.now(session))


def make_window(opens_at: datetime, hours: float = 2, venue: str = "") -> Window:
    return Window(new_id(), opens_at, opens_at + timedelta(hours=hours), venue)


def make_campaign(
    session: Session, clock: Clock, state: State = State.PLEDGING, *, owner: Person | None = None, **fields: Any
) -> Campaign:
    """A complete campaign at a stage: by default it takes pledges, for a mob in ten days of one shop that has won.

    ``fields`` are Campaign's, in place of the usual ones.
    """
    now = clock.now(session)
    terms = _terms(now) | {key: value for key, value in fields.items() if key in _terms(now)}
    draft = campaigns.create(session, clock, owner or make_person(session, clock, "owner@example.org"), terms)
    rest: dict[str, Any] = {"state": state, "since": now} | {
        key: value for key, value in fields.items() if key not in terms
    }
    if state in _CHOSEN and "award" not in rest:
        rest["award"] = Award((Winner("bid", SHOP),), (), now, agreed=frozenset({"bid"}))
    return campaigns.apply(session, (replace(draft, **rest), []), now)


def _terms(now: datetime) -> dict[str, Any]:
    return {
        "title": "A Saturday for the Corner Café",
        "story": "Two hours of coffee for a warm shop.",
        "place": "Berlin",
        "timezone": "Europe/Berlin",
        "currency": "EUR",
        "windows": (make_window(now + timedelta(days=10)),),
        "disclosure": Disclosure("none", "none"),
        "go_ahead": GoAhead(),
        "pledging": Pledging(),
    }


def add_member(session: Session, clock: Clock, campaign: Campaign, role: Role, email: str = "") -> Person:
    """Somebody on the campaign's team."""
    person = make_person(session, clock, email or f"{role.value}@example.org")
    accounts.add_member(session, campaign.team, person.email, role, clock.now(session), paid_by="nobody")
    return person
