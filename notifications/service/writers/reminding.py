"""Reminders of the day, as things stand when they are sent."""

from __future__ import annotations

from datetime import datetime

from accounts import queries as people
from accounts.rules import Person
from campaigns import slots
from campaigns.forecast import Forecast, Piece
from campaigns.tasks import queries as tasks
from campaigns.values import Campaign, GoAheadKind, State
from core.wire import encode
from notifications.rules import day_reminders
from notifications.service.desk import Desk, NotYet, Writer, Written, demand
from pledges import queries as pledges
from pledges.calendar import comes_in, where
from pledges.rules.codes import spoken
from pledges.service.forecasting import expect
from pledges.values import PledgeState

_AHEAD = (State.PLEDGING, State.TIPPED, State.MOBBING)


def _day_reminder(desk: Desk) -> Written:
    c, pledge = desk.campaign, desk.pledge
    demand(pledge.state == PledgeState.CONFIRMED, "the pledge has ended")
    windows = comes_in(c, pledge)
    _demand_day(desk, windows[0].opens_at)
    person = people.person(desk.session, desk.payload["who"])
    demand(person is not None and pledges.arrival_of(desk.session, pledge.id) is None, "they came, or have left")
    assert person
    _demand_hour(desk, person, windows[0].opens_at)
    place = slots.find(c, pledge.slot)
    values = {
        "today": desk.payload["which"] == "morning",
        "windows": [(window, where(window, c)) for window in windows],
        "comes_at": place.opens_at if place else None,
        "code": spoken(pledge.code),
        "renewed": pledge.terms_version >= c.terms_version,
        "change": desk.links.pledge(pledge.id),
        "page": desk.links.campaign(c.slug),
        "undecided": _undecided(c),
    }
    return desk.links.ticket(pledge.id), values


def _demand_day(desk: Desk, opens: datetime) -> None:
    """It takes place then, as far as is known, and it is still ahead."""
    demand(desk.campaign.state in _AHEAD, "the day does not take place, or is over")
    demand(encode(opens) == desk.payload["opens"], "the day or the arrival time was moved")
    demand(desk.now < opens, "the day has begun")


def _demand_hour(desk: Desk, person: Person, opens: datetime) -> None:
    """By the reader's hour as it is now: on the eve only before the morning's is due."""
    hours = dict(day_reminders(opens, person.timezone, person.digest_hour))
    at = hours.get(desk.payload["which"])
    demand(at is not None, "their hour would come too late")
    assert at
    if desk.now < at:
        raise NotYet(at)
    if desk.payload["which"] == "eve" and "morning" in hours:
        demand(desk.now < hours["morning"], "the morning's reminder says the same")


def _undecided(c: Campaign) -> datetime | None:
    """When it is decided whether the day takes place, where that is still open."""
    return c.go_ahead_at if c.state == State.PLEDGING and c.go_ahead.kind != GoAheadKind.NONE else None


def _day_checklist(desk: Desk) -> Written:
    c, shop = desk.campaign, desk.business.id
    opens = c.first_opening
    demand(opens is not None and shop in {w.business for w in c.winners}, "another business follows")
    assert opens
    _demand_day(desk, opens)
    forecast = expect(desk.session, c).forecast
    listed = tasks.tasks(desk.session, [c], shop)[c.id]
    values = {
        "people": forecast.people.people,
        "fullest": _fullest(forecast),
        "windows": [(window, where(window, c)) for window in c.windows],
        "left": [task.words for task in listed if not task.done],
        "done": sum(1 for task in listed if task.done),
        "all": len(listed),
        "undecided": _undecided(c),
    }
    return desk.shop(f"/shop/{c.slug}/tasks"), values


def _fullest(forecast: Forecast) -> Piece | None:
    """The hour in which most come; none where days are forecast, or nobody is."""
    best = max(forecast.pieces, key=lambda piece: piece.people.likely, default=None)
    return best if best and best.people.people[1] and not forecast.by_day else None


WRITERS: dict[str, Writer] = {"day_reminder": _day_reminder, "day_checklist": _day_checklist}
