"""Rules of sending: what a kind of mail is to its reader, when to try again, and when a digest falls due.

Pure. Source: DOMAIN.md, Mail 26-27; OPERATIONS.md, Mail.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email.utils import parseaddr
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.errors import require


class Nature(StrEnum):
    """What a mail is to its reader.

    An *answer* was asked for by the reader a moment ago: it goes out even where mail was refused before. *Urgent* news
    changes their day, or asks them once. A *duty* has its own switch. A *digest* is a newsletter: one click stops it.
    """

    ANSWER = "answer"
    URGENT = "urgent"
    DUTY = "duty"
    DIGEST = "digest"


KINDS: dict[str, Nature] = {
    "sign_in": Nature.ANSWER,
    "confirm_pledge": Nature.ANSWER,
    "confirm_vote": Nature.ANSWER,
    "confirm_ask": Nature.ANSWER,
    "ask_expired": Nature.ANSWER,
    "pledging_open": Nature.ANSWER,
    "claimed": Nature.ANSWER,
    "bid_placed": Nature.ANSWER,
    "invitation": Nature.URGENT,
    "consent_asked": Nature.URGENT,
    "identity_asked": Nature.URGENT,
    "team_invited": Nature.URGENT,
    "postponed": Nature.URGENT,
    "cancelled": Nature.URGENT,
    "winner_fell": Nature.URGENT,
    "terms_changed": Nature.URGENT,
    "no_bid": Nature.DUTY,
    "bidding_closed": Nature.DUTY,
    "choice_due": Nature.DUTY,
    "scoring": Nature.DUTY,
    "consent_due": Nature.DUTY,
    "consent_answered": Nature.DUTY,
    "countersign_due": Nature.DUTY,
    "prepare_due": Nature.DUTY,
    "prepared_ready": Nature.DUTY,
    "prepared_declined": Nature.DUTY,
    "awarded": Nature.DUTY,
    "runner_up": Nature.DUTY,
    "not_chosen": Nature.DUTY,
    "agreement_waiting": Nature.DUTY,
    "agreed": Nature.DUTY,
    "change_proposed": Nature.DUTY,
    "change_answered": Nature.DUTY,
    "campaign_tipped": Nature.DUTY,
    "campaign_missed": Nature.DUTY,
    "till_due": Nature.DUTY,
    "till_to_confirm": Nature.DUTY,
    "till_to_countersign": Nature.DUTY,
    "till_disputed": Nature.DUTY,
    "day_reminder": Nature.DUTY,
    "day_checklist": Nature.DUTY,
    "thank_you": Nature.DUTY,
    "promise_due": Nature.DUTY,
    "promise_late": Nature.DUTY,
    "extension_asked": Nature.DUTY,
    "extension_answered": Nature.DUTY,
    "page_asked": Nature.DUTY,
    "verdict_due": Nature.DUTY,
    "verdict_given": Nature.DUTY,
    "return_open": Nature.DUTY,
    "recheck_due": Nature.DUTY,
    "recheck_given": Nature.DUTY,
    "substitute_asked": Nature.DUTY,
    "circle_turn": Nature.DUTY,
    "visit_reported": Nature.DUTY,
    "circle_lead": Nature.DUTY,
    "circle_invited": Nature.URGENT,
    "circle_meeting": Nature.URGENT,
    "confirm_late": Nature.ANSWER,
    "late_news": Nature.DIGEST,
    "digest": Nature.DIGEST,
}
"""Every kind of mail; each has a template of its name."""

GIVE_UP_AFTER = timedelta(days=5)
"""How long a server may say "later" about one address: what mail servers themselves keep to (RFC 5321, 4.5.4.1)."""

_LONGEST_PAUSE = timedelta(hours=6)


def pause_before(attempt: int) -> timedelta:
    """How long to wait after the ``attempt``-th try: one minute, doubled each time, six hours at most."""
    return min(timedelta(minutes=2 ** min(attempt - 1, 10)), _LONGEST_PAUSE)


def message_id(key: str, sender: str) -> str:
    """The Message-ID of the mail with this outbox key: the same on every try, so that a repeat can be recognised."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


class Frequency(StrEnum):
    """How often somebody hears of a campaign."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


def frequency(text: str, field: str = "frequency") -> Frequency:
    """Raises Invalid for an unknown word."""
    require(text in {f.value for f in Frequency}, field, "one of {words}", words=", ".join(Frequency))
    return Frequency(text)


@dataclass(frozen=True)
class Rhythm:
    """When a reader wants digests: every day or every Monday, at their own local hour."""

    frequency: Frequency
    timezone: str
    hour: int

    def next_slot(self, after: datetime) -> datetime:
        """The next instant for a digest, later than ``after``.

        An hour that the clocks skip is taken when they have been put forward; of one that comes twice, the first.
        """
        zone = ZoneInfo(self.timezone)
        today = after.astimezone(zone).date()
        days = [today + timedelta(days=n) for n in range(-1, 15)]
        if self.frequency == Frequency.WEEKLY:
            days = [day for day in days if day.weekday() == 0]
        slots = (datetime.combine(day, time(self.hour), zone).astimezone(after.tzinfo) for day in days)
        return next(slot for slot in slots if slot > after)


MORNING = 9
"""When a business is reminded, and whoever reads mail at an hour when it would come too late."""
_IN_TIME = timedelta(hours=1)


def day_reminders(opens_at: datetime, timezone: str, hour: int) -> list[tuple[str, datetime]]:
    """When a reader is reminded of a day that begins for them at ``opens_at``: on its *eve*, and on its *morning*.

    Each at their own local hour. Where that is past by then, or less than an hour before, the morning's comes at nine;
    for who is to come even earlier it is left out.
    """
    zone = ZoneInfo(timezone)
    day = opens_at.astimezone(zone).date()
    eve = datetime.combine(day - timedelta(days=1), time(hour), zone)
    mornings = [datetime.combine(day, time(n), zone) for n in (hour, MORNING)]
    in_time = [("morning", at) for at in mornings if at + _IN_TIME <= opens_at]
    return [("eve", eve), *in_time[:1]]


@dataclass(frozen=True)
class Follow:
    """A reader of one campaign's digests, and how far of its record they have been told."""

    id: str
    person: str
    campaign: str
    frequency: Frequency
    seen_position: int
    next_at: datetime | None


@dataclass(frozen=True)
class Subscription:
    """What an unsubscribe link speaks of: a person or business, and a campaign's id, ALL or DUTIES."""

    who: str
    topic: str

    @property
    def subject(self) -> str:
        """What the link's token is made for."""
        return f"{self.who}:{self.topic}"


ALL = "all"
"""Every digest of a reader."""
DUTIES = "duties"
"""The mails of somebody's duties."""
LATE = "late"
"""News of what is late in a place."""


def third_person(verb: str) -> str:
    """An English verb as others are told of it: "stock" gives "stocks", "carry on" gives "carries on"."""
    word, space, rest = verb.strip().partition(" ")
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        word += "es"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        word = f"{word[:-1]}ies"
    else:
        word += "s"
    return f"{word}{space}{rest}"
