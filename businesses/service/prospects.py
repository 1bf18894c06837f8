"""Organizers' private list of shops: written down, changed, read from a file, asked. No fact ever tells of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses.prospects import MOST, TEXTS, Entry, Prospect, Sheet, Stage, entry, read
from businesses.service.inviting import invite
from businesses.store import prospects as store
from businesses.values import Invitation
from campaigns import service as campaigns
from campaigns.values import Campaign
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound, require
from core.tokens import Keys
from core.wire import Json


def add_prospect(session: Session, clock: Clock, person: Person, slug: str, body: Json) -> Prospect:
    """Put one shop on the list. Raises Invalid naming every field that is refused."""
    campaign, now = _list_of(session, clock, person, slug)
    written = entry(body)
    held = store.matches(session, campaign.id)
    require(len(held) < MOST, "name", "a list has room for {most} shops", most=MOST)
    require(written.match not in held, "name", "this shop is on the list already")
    made = Prospect(new_id(), campaign.id, written, person.id, now)
    store.add(session, [made])
    return made


def change_prospect(
    session: Session, clock: Clock, person: Person, slug: str, prospect_id: str, changes: Json
) -> Prospect:
    """Write some fields anew. A shop that has taken its invitation up stays so, whatever is noted beside it."""
    campaign, now = _list_of(session, clock, person, slug)
    held = _held(session, campaign, prospect_id)
    texts = {name: getattr(held.entry, name) for name in TEXTS}
    written = entry({**texts, "state": held.entry.stage.value, **changes})
    others = store.matches(session, campaign.id) - {held.entry.match}
    require(written.match not in others, "name", "this shop is on the list already")
    return _save(session, held, written, person, now)


def remove_prospect(session: Session, clock: Clock, person: Person, slug: str, prospect_id: str) -> None:
    """Take a shop off the list, for good. An invitation that it was sent stays valid."""
    campaign, _ = _list_of(session, clock, person, slug)
    if not store.remove(session, campaign.id, prospect_id):
        raise _gone()


def read_prospects(session: Session, clock: Clock, person: Person, slug: str, text: str) -> Sheet:
    """What a file would bring, before it counts. Raises Invalid for ``sheet`` where it cannot be read at all."""
    campaign, _ = _list_of(session, clock, person, slug)
    return read(text, "sheet", store.matches(session, campaign.id))


def import_prospects(
    session: Session, clock: Clock, person: Person, slug: str, text: str
) -> tuple[Sheet, list[Prospect]]:
    """Put the new shops of a file on the list; what is there already is not doubled, what is refused is told."""
    campaign, now = _list_of(session, clock, person, slug)
    sheet = read(text, "sheet", store.matches(session, campaign.id))
    made = [Prospect(new_id(), campaign.id, each, person.id, now) for each in sheet.fresh]
    store.add(session, made)
    return sheet, made


def invite_prospect(
    session: Session, clock: Clock, keys: Keys, person: Person, slug: str, prospect_id: str
) -> tuple[Invitation, str]:
    """Make the shop's invitation, mailed where its contact is an address. Raises Conflict where it has one."""
    campaign, now = _list_of(session, clock, person, slug)
    held = _held(session, campaign, prospect_id)
    if held.invitation:
        raise Conflict("This shop has its invitation already")
    made, token = invite(session, clock, keys, person, slug, held.entry.name, held.entry.email)
    listed = held.entry.stage == Stage.LISTED
    asked = replace(held.entry, stage=Stage.ASKED) if listed else held.entry
    _save(session, replace(held, invitation=made.id), asked, person, now)
    return made, token


def forget_prospects(session: Session, campaign_ids: list[str]) -> None:
    """Drop the lists of campaigns that are long over: who was thought of has served its purpose."""
    store.forget(session, campaign_ids)


def _list_of(session: Session, clock: Clock, person: Person, slug: str) -> tuple[Campaign, datetime]:
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    return campaign, now


def _held(session: Session, campaign: Campaign, prospect_id: str) -> Prospect:
    found = store.prospect(session, campaign.id, prospect_id)
    if found is None:
        raise _gone()
    return found


def _save(session: Session, held: Prospect, written: Entry, person: Person, now: datetime) -> Prospect:
    changed = replace(held, entry=written, changed_by=person.id, changed_at=now)
    store.change(session, changed)
    return changed


def _gone() -> NotFound:
    return NotFound("There is no such shop on this list")
