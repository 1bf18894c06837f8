"""Use-cases of photos: the team adds, approves and takes away; organizers say whom the press may ask."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR, ORGANIZERS, Person
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.press import rules, store
from campaigns.press.values import Contact, Photo, Picture
from campaigns.values import Campaign
from core import audit
from core.clock import Clock
from core.db import new_id
from core.errors import require
from core.text import clean

forget = store.forget


def add_photo(
    session: Session,
    clock: Clock,
    person: Person,
    slug: str,
    picture: Picture,
    shows: str,
    credit: str = "",
    *,
    asked: bool,
) -> Photo:
    """Organizers and crew add a kept picture. The same form sent again adds nothing.

    Raises Invalid naming ``asked`` or ``shows``, Conflict for too many and where the campaign has nothing to show.
    """
    campaign, now = _open(session, clock, person, slug)
    twin = store.by_picture(session, picture)
    if twin is not None:
        require(twin.campaign == campaign.id, "photo", "choose a photo")
        return twin
    new = Photo(new_id(), campaign.id, picture, shows.strip(), credit.strip(), person.id, now)
    taken = rules.add(store.photos(session, campaign.id), new, asked=asked)
    store.put(session, taken)
    audit.note(session, person.id, "photo.add", taken.id, now)
    return taken


def approve_photo(session: Session, clock: Clock, person: Person, slug: str, photo_id: str) -> Photo:
    """Somebody of the team looked: from here on everybody sees it."""
    campaign, now = _open(session, clock, person, slug)
    approved = rules.approve(store.photo(session, campaign.id, photo_id), person.id)
    store.put(session, approved)
    audit.note(session, person.id, "photo.approve", photo_id, now)
    return approved


def remove_photo(
    session: Session, clock: Clock, person: Person, slug: str, photo_id: str, *, operator: bool = False
) -> str:
    """Take a photo away, in every state of the campaign; gives the name of its file, to be deleted after the commit.

    ``operator``: the edge has checked that it is the operator of the site, who needs no part in the team.
    """
    campaign, now = campaigns.lock(session, clock, slug)
    if not operator:
        accounts.demand_role(session, campaign.team, person, DOOR)
    gone = store.photo(session, campaign.id, photo_id)
    store.remove(session, gone.id)
    audit.note(session, person.id, "photo.remove", photo_id, now)
    return gone.picture.name


def name_contact(session: Session, clock: Clock, person: Person, slug: str, name: str, reach: str) -> None:
    """Organizers say who answers the press, and how to reach them, in public; both left empty: nobody any more."""
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    told = clean(name, "name") or clean(reach, "reach")
    store.put_contact(session, campaign.id, Contact(name.strip(), reach.strip(), person.id) if told else None)
    audit.note(session, person.id, "press.contact", campaign.id, now)


def _open(session: Session, clock: Clock, person: Person, slug: str) -> tuple[Campaign, datetime]:
    campaign, now = campaigns.lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, DOOR)
    campaign_rules.demand(campaign, *rules.SHOWN_IN)
    return campaign, now
