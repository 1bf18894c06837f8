"""Facts become notices: who has something to do gets a mail, who follows gets a digest, who asked for updates follows.

Every mail's key is made from the fact and the reader, so that whatever is repeated, it is asked for once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

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
from campaigns.rules import MATERIAL
from campaigns.values import Campaign
from core import outbox
from core.clock import Clock
from core.facts import Recorded
from core.wire import Json
from notifications import store
from notifications.digest import NOTABLE
from notifications.rules import Frequency
from notifications.service import digests
from pledges import queries as pledges

AHEAD = timedelta(days=14)
"""How long before its date a business is reminded of a promise."""


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

    def team(self, *roles: Role) -> list[Reader]:
        """The members of the campaign's team with one of these roles, each once."""
        members = accounts.members(self.session, self.campaign.team)
        known = people.people(self.session, {m.person for m in members if m.role in roles})
        return [Reader(person.id, person.email, person.locale) for person in known.values()]

    def organizers(self) -> list[Reader]:
        return self.team(*ORGANIZERS)

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

    def checkers(self) -> list[Reader]:
        """Whom the agreement names to say what became of the promise."""
        match self.obligation.commitment.checker:
            case Checker.ORGANIZER:
                return self.organizers()
            case Checker.MONITOR:
                return self.team(Role.MONITOR)
        return self.team(Role.MONITOR, *ORGANIZERS)


def _shop(business: Business | None) -> dict[str, object]:
    """What makes a mail the shop's own: it carries the key of this version, which dies with a newer one."""
    return {"business": business.id, "key_version": business.key_version} if business else {}


def note(session: Session, clock: Clock, fact: Recorded) -> None:
    """Do what follows from one fact. For core.subscriptions: each fact comes once, in order."""
    if fact.kind == "PledgeConfirmed":
        _follow(session, clock, fact)
    if fact.campaign_id and fact.kind in NOTABLE:
        digests.schedule(session, clock, fact.campaign_id)
    if fact.campaign_id and fact.kind in _NOTICES:
        _NOTICES[fact.kind](Notice(session, fact, clock.now(session)))


def _follow(session: Session, clock: Clock, fact: Recorded) -> None:
    """A supporter who asked for updates follows weekly from here on."""
    pledge = pledges.pledge(session, fact.body["pledge"])
    if not (pledge.updates and pledge.person):
        return
    store.add_follow(session, pledge.person, pledge.campaign, Frequency.WEEKLY, fact.position, clock.now(session))
    held = store.follow(session, pledge.person, pledge.campaign)
    if held and held.frequency == Frequency.OFF.value:
        held.frequency, held.seen_position = Frequency.WEEKLY.value, fact.position


def _awarded(n: Notice) -> None:
    for bid in n.body["winners"]:
        _chosen(n, bid)
    others = [bid for bid in n.body["order"] if bid not in n.body["winners"]]
    for place, bid in enumerate(others):
        n.ask("not_chosen" if place else "runner_up", n.shop_of(bid), {"bid": bid})


def _chosen(n: Notice, bid: str) -> None:
    shop = n.shop_of(bid)
    n.ask("awarded", shop, {"bid": bid})
    n.ask("agreement_waiting", n.organizers(), {"bid": bid, "business": shop[0].who})


def _replaced(n: Notice) -> None:
    if n.body["by"]:
        _chosen(n, n.body["by"])


def _accepted(n: Notice) -> None:
    """The other side's turn; whoever has accepted by the time of sending is not asked."""
    shop = n.shop_of(n.body["bid"])
    if n.body["by"] == "organizer":
        n.ask("agreement_waiting", shop, {"bid": n.body["bid"]})
    else:
        n.ask("agreement_waiting", n.organizers(), {"bid": n.body["bid"], "business": shop[0].who})


def _agreed(n: Notice) -> None:
    n.ask("agreed", [*n.organizers(), *n.winners()], {})


def _decided(kind: str) -> Callable[[Notice], None]:
    def tell(n: Notice) -> None:
        payload = {"people": n.body["people"], "amount": n.body["amount"]}
        n.ask(kind, [*n.organizers(), *n.winners()], payload)

    return tell


def _closed(n: Notice) -> None:
    n.ask("till_due", n.winners(), {})


def _till(n: Notice) -> None:
    n.ask("till_to_confirm", n.organizers(), {"till": n.body["till"], "business": n.body["business"]})


def _arose(n: Notice) -> None:
    """A reminder, two weeks before the date, at nine in the morning there; at once where less time is left."""
    day = date.fromisoformat(n.body["due_on"])
    ahead = datetime.combine(day, time(9), ZoneInfo(n.campaign.timezone)) - AHEAD
    about = f"{n.body['obligation']}:{day}"
    payload = {"obligation": n.body["obligation"], "due_on": n.body["due_on"]}
    n.ask("promise_due", n.promiser(), payload, at=max(ahead, n.now), about=about)


def _late(n: Notice) -> None:
    n.ask("promise_late", n.promiser(), {"obligation": n.obligation.id})
    n.ask("promise_late", n.organizers(), {"obligation": n.obligation.id, "business": n.obligation.business})


def _filed(n: Notice) -> None:
    """The checker's turn: at once where the promise looks fulfilled, else when its date has passed."""
    o = n.obligation
    fulfilled = followthrough.fulfilled_on(o) is not None
    about = f"{o.id}:{'fulfilled' if fulfilled else o.due_on}"
    at = n.now if fulfilled else max(o.due_at, n.now)
    n.ask("verdict_due", n.checkers(), {"obligation": o.id, "business": o.business}, at=at, about=about)


def _replied(n: Notice) -> None:
    if n.body["dispute"]:
        n.ask("verdict_due", n.checkers(), {"obligation": n.obligation.id, "business": n.obligation.business})


def _extension(n: Notice) -> None:
    asked = {"due_on": n.body["due_on"], "reason": n.body["reason"]}
    payload = {"obligation": n.obligation.id, "business": n.obligation.business, **asked}
    n.ask("extension_asked", n.organizers(), payload)


def _verdict(n: Notice) -> None:
    payload = {"obligation": n.body["obligation"], "verdict": n.body["verdict"], "reason": n.body["reason"]}
    n.ask("verdict_given", n.promiser(), payload)


def _ask_again(n: Notice, kind: str, payload: Json) -> None:
    """Everybody whose confirmed pledge was for other terms, each with the link to their own pledge."""
    held = pledges.not_renewed(n.session, n.campaign.id, n.campaign.terms_version)
    known = people.people(n.session, {p.person for p in held if p.person})
    for pledge in held:
        person = known.get(pledge.person or "")
        if person:
            n.ask(kind, [Reader(person.id, person.email, person.locale)], {"pledge": pledge.id, **payload})


def _postponed(n: Notice) -> None:
    _ask_again(n, "postponed", {"reason": n.body["reason"]})
    n.ask("postponed", [*n.organizers(), *n.winners()], {"reason": n.body["reason"]})


def _terms(n: Notice) -> None:
    if MATERIAL.intersection(n.body["changed"]):
        _ask_again(n, "terms_changed", {"changed": n.body["changed"]})


def _reopened(n: Notice) -> None:
    """Pledges open again with another winner: those made for the first one are asked."""
    if n.body["terms_version"] > 1:
        _ask_again(n, "terms_changed", {"changed": ["business"]})


def _cancelled(n: Notice) -> None:
    pledged = people.people(n.session, {s.person for s in pledges.supporters(n.session, n.campaign.id)})
    supporters = [Reader(p.id, p.email, p.locale) for p in pledged.values()]
    n.ask("cancelled", supporters, {"reason": n.body["reason"], "supporter": True})
    bidders = {bid.business for bid in businesses.bids_of_campaigns(n.session, [n.campaign.id]) if bid.stands}
    others = [r for r in [*n.organizers(), *n.shops(*bidders)] if r.who not in pledged]
    n.ask("cancelled", others, {"reason": n.body["reason"], "supporter": False})


_NOTICES: dict[str, Callable[[Notice], None]] = {
    "BidsAwarded": _awarded,
    "WinnerReplaced": _replaced,
    "AgreementAccepted": _accepted,
    "CampaignAgreed": _agreed,
    "PledgingOpened": _reopened,
    "TermsChanged": _terms,
    "CampaignTipped": _decided("campaign_tipped"),
    "CampaignMissed": _decided("campaign_missed"),
    "MobPostponed": _postponed,
    "MobClosed": _closed,
    "TillDeclared": _till,
    "CampaignCancelled": _cancelled,
    "ObligationArose": _arose,
    "ExtensionGranted": _arose,
    "ExtensionAsked": _extension,
    "EvidenceFiled": _filed,
    "SpotCheckFiled": _filed,
    "PromiseLate": _late,
    "ReplyGiven": _replied,
    "VerdictGiven": _verdict,
}
