"""Places in arrival times: who comes first has it, and the database says who that is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaigns import slots
from campaigns.values import Campaign
from core.facts import Fact
from pledges.rules import promises
from pledges.rules import slots as rules
from pledges.store import promises as pledges
from pledges.store import slots as store
from pledges.values import Pledge


def demand_room(session: Session, campaign: Campaign, held: Pledge, now: datetime) -> None:
    """Raise Invalid where a pledge, written in this transaction, is one too many for its arrival time."""
    if (place := _place(session, campaign, held)) is not None:
        rules.demand_room(place, _people(session, campaign, place, now))


def confirm_place(
    session: Session, campaign: Campaign, before: Pledge, confirmed: Pledge, now: datetime
) -> tuple[Pledge, list[Fact]]:
    """A pledge that was confirmed late keeps its time where there is room, and else counts without one."""
    if not rules.has_lapsed(before, now) or (place := _place(session, campaign, confirmed)) is None:
        return confirmed, []
    if not rules.is_over(place, _people(session, campaign, place, now)):
        return confirmed, []
    without, facts = promises.drop_slot(confirmed)
    pledges.save(session, without)
    return without, facts


def _place(session: Session, campaign: Campaign, held: Pledge) -> slots.Place | None:
    """Its arrival time, if that has a cap; from here on nobody else takes a place in it until this is committed."""
    place = slots.find(campaign, held.slot)
    if place is None or place.cap is None:
        return None
    store.take_turns(session, campaign.id, place.slot)
    return place


def _people(session: Session, campaign: Campaign, place: slots.Place, now: datetime) -> int:
    return rules.people_in(place, store.chosen(session, campaign.id, now, place.slot.window))
