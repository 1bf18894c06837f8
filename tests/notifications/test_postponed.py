"""Rain at nine in the morning: told at once, at any hour, with a calendar entry that takes the place of the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from icalendar import Calendar

from accounts import queries as people
from accounts import service as accounts
from core.outbox import Mail
from notifications import service
from notifications.rendering import Letter, compose
from notifications.service import Links
from notifications.service.desk import Desk
from notifications.service.letters import letter
from pledges import queries
from pledges.calendar import calendar
from pledges.values import Pledge
from tests.notifications.letters import SETTINGS
from tests.notifications.walk import Walk
from tests.stages import KEYS
from web.trips import moving

LEA = "lea@example.org"


def in_the_rain(walk: Walk) -> Pledge:
    """Two hours before the doors open, at night where some of the supporters are; they read no mails of duty."""
    walk.agreed()
    made = walk.pledge(LEA)
    with walk.database.writing() as session:
        person = people.person_by_email(session, LEA)
        assert person
        accounts.update_person(session, person, {"timezone": "Pacific/Auckland", "digest_hour": 20})
        service.set_duties(session, person, on=False)
    opening = walk.campaign.first_opening
    assert opening
    walk.move(opening - timedelta(hours=2))
    later = timedelta(days=7)
    moved = tuple(replace(w, opens_at=w.opens_at + later, closes_at=w.closes_at + later) for w in walk.campaign.windows)
    walk.do(moving.postpone, walk.owner, walk.campaign.slug, moved, "Rain at nine in the morning.")
    return made


def written(walk: Walk, made: Pledge) -> Letter:
    payload = {"campaign": walk.campaign.id, "pledge": made.id, "reason": "Rain."}
    mail = Mail("m", "k", "postponed", LEA, "en", payload, walk.clock.instant, 1)
    with walk.database.reading() as session:
        return letter(Desk(session, Links("https://mob.example", KEYS), mail, walk.clock.instant), SETTINGS.mail_from)


def entries(file: str) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def test_everybody_is_told_at_once_at_any_hour_whatever_their_switches_say(walk: Walk):
    in_the_rain(walk)
    before = walk.clock.instant
    newest = walk.mail(LEA)[-1]
    assert newest.subject.startswith("A new date:")
    assert newest.at - before < timedelta(minutes=1)


def test_the_calendar_entry_moves_with_the_day(walk: Walk):
    walk.agreed()
    first = walk.campaign
    held = calendar(first, walk.pledge("ben@example.org"), "https://mob.example", walk.clock.instant, summary="Mob")
    (old,) = entries(held.decode())
    later = timedelta(days=7)
    moved = tuple(replace(w, opens_at=w.opens_at + later, closes_at=w.closes_at + later) for w in first.windows)
    walk.do(moving.postpone, walk.owner, first.slug, moved, "Rain.")
    with walk.database.reading() as session:
        (made,) = queries.not_renewed(session, first.id, walk.campaign.terms_version)
    message = compose(written(walk, made), SETTINGS, walk.clock.instant)
    file: Any = next(message.iter_attachments())
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "day.ics")
    (new,) = entries(file.get_content())
    assert (new["uid"], new["sequence"]) == (old["uid"], old["sequence"] + 1)
    assert new.start - old.start == later
    assert message.get_body(("html",)) is not None
