"""A fact at the moment when it is made known: whom it concerns, and the mails that are asked for.

Every mail's key is made from the fact and the reader, so that whatever is repeated, it is asked for once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from accounts import queries as people
from accounts import service as accounts
from accounts.rules import ORGANIZERS, Role
from businesses import followthrough
from businesses import queries as businesses
from businesses.commitments import Checker
from businesses.followthrough import Obligation
from businesses.values import Business
from campaigns import queries as campaigns
from campaigns.values import Campaign
from core import outbox
from core.facts import Recorded
from core.wire import Json, encode
from pledges import queries as pledges

AHEAD_OF_TERM = timedelta(days=2)
"""How long before a term ends those are reminded who still have something to do."""


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to: a person or a business."""

    who: str
    to: str
    locale: str
    business: Business | None = None


@dataclass(frozen=True)
class Notice:
    """A fact at the moment when it is made known."""

    session: Session
    fact: Recorded
    now: datetime
    reminder_days: Sequence[int] = followthrough.REMINDERS

    @property
    def body(self) -> Json:
        return self.fact.body

    @cached_property
    def campaign(self) -> Campaign:
        return campaigns.by_id(self.session, self.fact.campaign_id or "")

    @cached_property
    def obligation(self) -> Obligation:
        return businesses.obligation(self.session, self.body["obligation"])

    def ask(
        self, kind: str, readers: Iterable[Reader], payload: Json, *, at: datetime | None = None, about: str = ""
    ) -> None:
        """Ask for one mail to each reader. ``about`` stands for the fact in the key where several ask alike."""
        subject = about or f"{self.fact.position}{payload.get('bid', '')}"
        for reader in readers:
            if "@" in reader.to:
                key = f"{kind}:{subject}:{reader.who}"
                named = {"who": reader.who, "campaign": self.campaign.id, **_shop(reader.business), **payload}
                outbox.enqueue(self.session, kind, reader.to, at or self.now, key=key, locale=reader.locale, **named)

    def remind(self, kind: str, readers: Iterable[Reader], payload: Json, until: datetime | None, about: str) -> None:
        """Ask for the same mail once more, two days before the term ends; not sent if all is done or the term moved."""
        if until and until - AHEAD_OF_TERM > self.now:
            term = encode(until)
            again = {**payload, "reminder": term}
            self.ask(kind, readers, again, at=until - AHEAD_OF_TERM, about=f"{about}:{term}")

    def team(self, *roles: Role) -> list[Reader]:
        """The members of the campaign's team with one of these roles, each once."""
        members = accounts.members(self.session, self.campaign.team)
        known = people.people(self.session, {m.person for m in members if m.role in roles})
        return [Reader(person.id, person.email, person.locale) for person in known.values()]

    def organizers(self) -> list[Reader]:
        return self.team(*ORGANIZERS)

    def monitors(self) -> list[Reader]:
        return self.team(Role.MONITOR)

    def shops(self, *ids: str) -> list[Reader]:
        known = businesses.businesses(self.session, list(ids))
        return [Reader(b.id, b.contact, self.campaign.language, b) for b in known.values()]

    def winners(self) -> list[Reader]:
        return self.shops(*(winner.business for winner in self.campaign.winners))

    def shop_of(self, bid: str) -> list[Reader]:
        return self.shops(businesses.bid(self.session, bid).business)

    def promiser(self) -> list[Reader]:
        """The business whose promise the fact is about."""
        return self.shops(self.obligation.business)

    def seated(self) -> list[Reader]:
        """Who holds the seat of the people whom the promise affects."""
        held = self.obligation.consent
        email = held.representative.email if held else ""
        person = people.person_by_email(self.session, email) if email else None
        known = (person.id, person.locale) if person else (held.id if held else "", self.campaign.language)
        return [Reader(known[0], email, known[1])]

    def checkers(self) -> list[Reader]:
        """Whom the agreement names to say what became of the promise."""
        match self.obligation.commitment.checker:
            case Checker.ORGANIZER:
                return self.organizers()
            case Checker.MONITOR:
                return self.monitors()
            case Checker.AFFECTED if followthrough.is_seated(self.obligation):
                return self.seated()
        return self.team(Role.MONITOR, *ORGANIZERS)


def _shop(business: Business | None) -> dict[str, object]:
    """What makes a mail the shop's own: it carries the key of this version, which dies with a newer one."""
    return {"business": business.id, "key_version": business.key_version} if business else {}


def ask_again(n: Notice, kind: str, payload: Json) -> None:
    """Everybody whose confirmed pledge was for other terms, each with the link to their own pledge."""
    held = pledges.not_renewed(n.session, n.campaign.id, n.campaign.terms_version)
    known = people.people(n.session, {p.person for p in held if p.person})
    for pledge in held:
        person = known.get(pledge.person or "")
        if person:
            n.ask(kind, [Reader(person.id, person.email, person.locale)], {"pledge": pledge.id, **payload})
