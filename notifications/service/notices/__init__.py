"""Facts become notices: whoever has something to do gets a mail, whoever follows a digest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from businesses.followthrough import REMINDERS
from core.clock import Clock
from core.facts import Recorded
from notifications import store
from notifications.digest import NOTABLE
from notifications.rules import Frequency
from notifications.service import digests
from notifications.service.notices import (
    changing,
    choosing,
    circles,
    day,
    monitoring,
    preparing,
    promises,
    reminding,
    settling,
)
from notifications.service.notices.notice import Notice
from pledges import queries as pledges

_BEFORE = changing.NOTICES | choosing.NOTICES | preparing.NOTICES
_AFTER = promises.NOTICES | settling.NOTICES | circles.NOTICES | monitoring.NOTICES
_NOTICES = _BEFORE | reminding.NOTICES | day.NOTICES | _AFTER


def note(session: Session, clock: Clock, fact: Recorded, reminder_days: Sequence[int] = REMINDERS) -> None:
    """Do what follows from one fact. For core.subscriptions: each fact comes once, in order.

    ``reminder_days``: how many days before its date a business is reminded of a promise.
    """
    if fact.kind == "PledgeConfirmed":
        _follow(session, clock, fact)
    if fact.campaign_id and fact.kind in NOTABLE:
        digests.schedule(session, clock, fact.campaign_id)
    if fact.campaign_id and fact.kind in _NOTICES:
        _NOTICES[fact.kind](Notice(session, fact, clock.now(session), reminder_days))


def _follow(session: Session, clock: Clock, fact: Recorded) -> None:
    """A supporter who asked for updates follows weekly from here on."""
    pledge = pledges.pledge(session, fact.body["pledge"])
    if not (pledge.updates and pledge.person):
        return
    store.add_follow(session, pledge.person, pledge.campaign, Frequency.WEEKLY, fact.position, clock.now(session))
    held = store.follow(session, pledge.person, pledge.campaign)
    if held and held.frequency == Frequency.OFF.value:
        held.frequency, held.seen_position = Frequency.WEEKLY.value, fact.position
