"""The day before and on the morning: at the reader's own hour, once, and only if the day is still that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from accounts import queries as people
from accounts import service as accounts
from campaigns.tasks import service as tasks
from campaigns.tasks.starting import starting
from campaigns.tasks.values import Seat
from core.zones import zone
from notifications.queries import KeptMail
from pledges import service as pledges
from pledges.rules.codes import spoken
from tests.notifications.walk import Walk
from tests.stages import KEYS
from web.trips import moving

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LEA, BELLA = "lea@example.org", "bella@shop.example"


def prefer(walk: Walk, email: str, timezone: str, hour: int) -> None:
    with walk.database.writing() as session:
        person = people.person_by_email(session, email)
        assert person
        accounts.update_person(session, person, {"timezone": timezone, "digest_hour": hour})


def reminders(walk: Walk, to: str) -> list[KeptMail]:
    return [mail for mail in walk.mail(to) if mail.subject.startswith(("Tomorrow:", "Today:"))]


def local(walk: Walk, days: int, hour: int, minute: int = 0) -> datetime:
    """So many days from the day of the mob, at an hour there."""
    opens = walk.campaign.first_opening
    assert opens
    day = opens.astimezone(zone("Europe/Berlin")) + timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def test_a_supporter_is_reminded_twice_at_their_own_hour_with_ticket_place_and_hours(walk: Walk):
    walk.agreed()
    made = walk.pledge(LEA)
    walk.pledge("no@example.org", confirm=False)
    prefer(walk, LEA, "Asia/Tokyo", 18)
    walk.move(local(walk, -1, 9, 59))
    assert reminders(walk, LEA) == []
    walk.move(local(walk, -1, 10))
    (eve,) = reminders(walk, LEA)
    assert eve.subject.startswith("Tomorrow:")
    for words in (spoken(made.code), "(Europe/Berlin)", "Berlin", f"/tickets/{made.id}?token="):
        assert words in eve.text
    walk.move(local(walk, 0, 8))
    assert [mail.subject.partition(":")[0] for mail in reminders(walk, LEA)] == ["Tomorrow", "Today"]
    assert reminders(walk, "no@example.org") == []


def test_a_worker_that_slept_over_the_eve_sends_the_morning_s_alone_and_nothing_once_it_has_begun(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    walk.clock.set(local(walk, 0, 8, 30))
    walk.settle()
    walk.settle()
    assert [mail.subject.partition(":")[0] for mail in reminders(walk, LEA)] == ["Today"]
    walk.pledge("kim@example.org")
    walk.clock.set(walk.campaign.windows[0].opens_at)
    walk.settle()
    assert reminders(walk, "kim@example.org") == []


def test_a_moved_day_is_reminded_of_anew_and_the_old_one_not(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    gone = walk.pledge("gone@example.org")
    walk.do(pledges.withdraw, KEYS, gone.id, KEYS.token("pledge", gone.id))
    old, later = local(walk, 0, 12), timedelta(days=7)
    moved = tuple(replace(w, opens_at=w.opens_at + later, closes_at=w.closes_at + later) for w in walk.campaign.windows)
    walk.do(moving.postpone, walk.owner, walk.campaign.slug, moved, "Rain.")
    walk.move(old)
    assert reminders(walk, LEA) == []
    walk.move(local(walk, -1, 8))
    (eve,) = reminders(walk, LEA)
    assert "Say whether you can still come" in eve.text
    assert reminders(walk, "gone@example.org") == []


def test_the_business_hears_the_day_before_who_comes_and_what_is_left(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    seat = Seat(walk.shops["Bella"].id)
    walk.do(tasks.tick_task, seat, walk.campaign.slug, "room", starting(walk.campaign), done=True)
    walk.move(local(walk, -1, 8, 59))
    assert reminders(walk, BELLA) == []
    walk.move(local(walk, -1, 9))
    (told,) = reminders(walk, BELLA)
    assert "People who probably come: 1 (" in told.text
    assert "Checklist: 1 of 11 done." in told.text
    assert "What we do if it rains" in told.text
    assert "how many people fit in at once" not in told.text
