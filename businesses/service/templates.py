"""Organizers' own template commitments: added, changed and withdrawn, for the campaigns of one team."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import silence
from businesses.library import Template, codec
from businesses.store import templates as store
from campaigns import service as campaigns
from core.clock import Clock
from core.db import new_id
from core.errors import NotFound, require
from core.wire import Json

MOST = 50
"""Templates that a team may have at a time."""


def add_template(session: Session, clock: Clock, person: Person, slug: str, body: Json) -> Template:
    """Offer one more template to those who bid. Raises Invalid naming every field that is refused."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    made = codec.template(body, new_id())
    silence.demand_none_in(made)
    room = len(store.templates(session, campaign.team)) < MOST
    require(room, "title", "at most {most} templates; withdraw one first", most=MOST)
    store.add(session, campaign.team, made, now)
    return made


def change_template(
    session: Session, clock: Clock, person: Person, slug: str, template_id: str, changes: Json
) -> Template:
    """Change some fields of a template. Promises made from it stay as they are: a bid holds its own words."""
    team = _team(session, clock, person, slug)
    held = store.template(session, team, template_id)
    if held is None:
        raise _gone()
    changed = codec.template({**codec.written(held), **changes}, template_id)
    silence.demand_none_in(changed)
    store.change(session, changed)
    return changed


def withdraw_template(session: Session, clock: Clock, person: Person, slug: str, template_id: str) -> None:
    """Offer a template no longer."""
    if not store.remove(session, _team(session, clock, person, slug), template_id):
        raise _gone()


def _team(session: Session, clock: Clock, person: Person, slug: str) -> str:
    campaign, _ = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    return campaign.team


def _gone() -> NotFound:
    return NotFound("There is no such template")
