"""A stage for invented stories: each act is a real use-case in a transaction of its own, at the stage's own time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.circles import service as circles
from businesses.circles.service import Leader
from businesses.circles.values import Gathering
from businesses.consent import Meeting, Representative, Wish, needed
from businesses.followthrough import Obligation, Outcome, Verdict
from businesses.monitoring import service as monitoring
from businesses.monitoring.service import Draft
from businesses.service.choosing import Side
from businesses.service.consenting import Asking, Recorded
from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import text
from core.clock import Clock
from core.errors import NotFound
from core.money import Money
from core.wire import Json
from core.zones import local_instant, zone
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.values import TillFigures
from web.api import bodies as b
from web.api import inputs
from web.demo.cast import Player, Shop
from web.site import Site
from web.trips import choosing, consenting, counting, following, inviting, returning

Value = TypeVar("Value")
Day = date
"""By another name: inside the stage ``date`` is its own."""
Found = tuple[Obligation, str, str, Day | None]
"""A monitor's finding: about which promise, what, and what is asked for by when."""
NOTHING = {"income": "Nobody earns from this campaign.", "ties": "Nobody on the team is tied to a business."}


@dataclass(frozen=True)
class Stage:
    """Where stories are played: an installation, and the instant at which they end."""

    site: Site
    present: datetime

    @property
    def clock(self) -> Clock:
        return self.site.clock

    def date(self, days: int, zone: str) -> date:
        """The day so many days from the present, in a zone."""
        return self.present.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)

    def on(self, days: int, time: str, zone: str) -> datetime:
        """The instant of a local time ("09:00") so many days from the present."""
        return local_instant(f"{self.date(days, zone).isoformat()}T{time}", zone, "time")

    def do(self, act: Callable[[Session], Value]) -> Value:
        """One act in one transaction."""
        with self.site.db.writing() as session:
            return act(session)

    def person(self, session: Session, who: Player) -> Person:
        now = self.clock.now(session)
        return accounts.person_for(
            session, who.email, now, locale=who.locale, timezone=who.timezone, name=who.name
        )  # fmt: skip

    def campaign(self, slug: str) -> Campaign:
        with self.site.db.reading() as session:
            return campaign_queries.by_slug(session, slug)

    def draft(self, owner: Player, **wire: Any) -> str:
        """A campaign in the API's own form; gives its slug."""
        fields = inputs.campaign_fields(b.CampaignBody(**{"disclosure": NOTHING, **wire}))
        return self.do(lambda s: campaigns.create(s, self.clock, self.person(s, owner), fields)).slug

    def join(self, slug: str, owner: Player, who: Player, role: Role, paid_by: str = "", disclosure: str = "") -> None:
        def act(session: Session) -> None:
            self.person(session, who)
            asker = self.person(session, owner)
            inviting.add_member(session, self.clock, asker, slug, who.email, role, paid_by, disclosure)

        self.do(act)

    def open(self, slug: str, owner: Player) -> None:
        self.do(lambda s: inviting.open_(s, self.site, self.person(s, owner), slug))

    def enter(self, slug: str, owner: Player, shop: Shop) -> None:
        """The shop is invited and takes its invitation up."""

        def act(session: Session) -> None:
            keys, token = self.site.keys, self._invitation(session, slug, owner, shop)
            held = self.maybe_business(session, shop)
            businesses.claim(session, self.clock, keys, token, shop.name, shop.contact, shop.disclosure, held)

        self.do(act)

    def _invitation(self, session: Session, slug: str, owner: Player, shop: Shop) -> str:
        """Its token: of the one that opening the campaign has sent, else of a fresh one."""
        campaign = campaign_queries.by_slug(session, slug)
        sent = [i for i in business_queries.invitations(session, campaign.id) if i.business_name == shop.name]
        if sent:
            return self.site.keys.token("invitation", sent[0].id)
        asker, email = self.person(session, owner), shop.contact if "@" in shop.contact else ""
        return businesses.invite(session, self.clock, self.site.keys, asker, slug, shop.name, email)[1]

    def business(self, session: Session, shop: Shop) -> Business:
        return business_queries.business(session, text.slug(shop.name))

    def maybe_business(self, session: Session, shop: Shop) -> Business | None:
        try:
            return self.business(session, shop)
        except NotFound:
            return None

    def bid(self, slug: str, shop: Shop, *commitments: Json, anyway: str, **rest: Any) -> str:
        """Place a bid or raise it; gives its id. Commitments are in the API's form."""

        def act(session: Session) -> str:
            campaign = campaign_queries.by_slug(session, slug)
            body = b.BidBody(commitments=[b.CommitmentBody(**c) for c in commitments], anyway=anyway, **rest)
            offer = inputs.offer(body, campaign)
            return choosing.place_bid(session, self.clock, self.business(session, shop), slug, offer)[0].id

        return self.do(act)

    def consent(self, slug: str, organizer: Player, bid: str, note: str) -> None:
        """The people whom a bid affects have met today and agree; the organizer records it."""

        def act(session: Session) -> None:
            person, campaign = self.person(session, organizer), campaign_queries.by_slug(session, slug)
            met = Meeting(self.clock.now(session).astimezone(zone(campaign.timezone)).date(), note)
            for promise in needed(business_queries.bid(session, bid).offer.commitments):
                asking = Asking(bid, promise.id, Representative(), Recorded(Wish.AGREE, met))
                consenting.ask(session, self.clock, person, slug, asking)

        self.do(act)

    def confirm(self, slug: str, who: Player, bid: str, note: str) -> None:
        """Organizer or monitor has seen what a shop says it has done already."""
        self.do(
            lambda s: businesses.confirm_change(s, self.clock, self.person(s, who), slug, bid, note, None)
        )  # fmt: skip

    def accept(self, slug: str, by: Player | Shop) -> None:
        """One side accepts the agreement of the (first) winner."""

        def act(session: Session) -> None:
            bid = campaign_queries.by_slug(session, slug).winners[0].bid
            if isinstance(by, Shop):
                side, name = Side(business=self.business(session, by)), by.signer
            else:
                side, name = Side(person=self.person(session, by)), by.name
            businesses.accept_agreement(session, self.clock, slug, bid, side, name)

        self.do(act)

    def agree(self, slug: str, organizer: Player, shop: Shop) -> None:
        self.accept(slug, organizer)
        self.accept(slug, shop)

    def cancel(self, slug: str, owner: Player, reason: str) -> None:
        self.do(lambda s: campaigns.cancel(s, self.clock, self.person(s, owner), slug, reason))

    def proceed(self, slug: str, organizer: Player) -> None:
        """After a miss: the organizer wants the day all the same."""
        self.do(lambda s: campaigns.proceed(s, self.clock, slug, "organizer", self.person(s, organizer)))

    def declare(self, slug: str, shop: Shop, takings: str, window: int = 0, **figures: Any) -> None:
        """The shop's own count for one window; further figures as money texts or whole numbers."""

        def act(session: Session) -> None:
            campaign = campaign_queries.by_slug(session, slug)
            told: dict[str, Any] = {
                name: Money.parse(value, campaign.currency) if isinstance(value, str) else value
                for name, value in {"takings": takings, **figures}.items()
            }
            business = self.business(session, shop).id
            held = campaign.windows[window].id
            pledges.declare_till(session, self.clock, slug, business, held, TillFigures(**told))

        self.do(act)

    def confirm_tills(self, slug: str, organizer: Player) -> None:
        def act(session: Session) -> None:
            person, campaign = self.person(session, organizer), campaign_queries.by_slug(session, slug)
            for till in pledge_queries.till_totals(session, campaign.id):
                pledges.confirm_till(session, self.clock, person, till.id)

        self.do(act)

    def finalize(self, slug: str, organizer: Player) -> list[Obligation]:
        """Lock the tally; gives the promises that arose, in the order of the bid."""

        def act(session: Session) -> list[Obligation]:
            campaign = counting.finalize(session, self.clock, self.person(session, organizer), slug)
            return self.promises(session, campaign)

        return self.do(act)

    def promises(self, session: Session, campaign: Campaign) -> list[Obligation]:
        """A campaign's promises in the order in which the winning bids name them."""
        held = {o.commitment.id: o for o in business_queries.obligations(session, [campaign.id])}
        bids = [business_queries.bid(session, winner.bid) for winner in campaign.winners]
        return [held[c.id] for bid in bids for c in bid.promised if c.id in held]

    def file(self, shop: Shop, promise: Obligation, note: str, **filed: Any) -> None:
        """The shop says how far it is: value, items, url."""
        body = {"note": note, **filed}
        self.do(lambda s: businesses.file_evidence(s, self.clock, self.business(s, shop), promise.id, body))

    def look(self, who: Player, promise: Obligation, value: str, note: str = "", items: tuple[str, ...] = ()) -> None:
        """A supporter or monitor says what they saw."""
        body = {"value": value, "note": note, "items": list(items)}
        self.do(lambda s: following.file_spot_check(s, self.clock, self.person(s, who), promise.id, body))

    def ask_again(self, who: Player, promise: Obligation, outcome: Outcome, reason: str) -> None:
        """The answer to a re-check that is open."""
        self.do(
            lambda s: businesses.answer_recheck(s, self.clock, self.person(s, who), promise.id, outcome, reason)
        )  # fmt: skip

    def judge(self, who: Player, promise: Obligation, verdict: Verdict, reason: str) -> None:
        self.do(
            lambda s: returning.give_verdict(s, self.clock, self.person(s, who), promise.id, verdict, reason)
        )  # fmt: skip

    def replace(self, shop: Shop, who: Player, promise: Obligation, *told: str) -> None:
        """The shop proposes another thing in a promise's place, and an organizer agrees."""

        def agree(s: Session) -> None:
            held = businesses.propose_substitute(s, self.clock, self.business(s, shop), promise.id, *told).substitute
            assert held is not None
            businesses.answer_substitute(s, self.clock, self.person(s, who), promise.id, held.id, agrees=True)

        self.do(agree)

    def report(self, who: Player, promise: Obligation, visited_on: Day, *found: Found) -> str:
        """The monitor reports a visit; gives the report's id."""
        drafts = [Draft(about.id, words, remedy, due_on) for about, words, remedy, due_on in found]

        def act(s: Session) -> str:
            person = self.person(s, who)
            return monitoring.file_report(s, self.clock, person, promise.id, visited_on, drafts).id

        return self.do(act)

    def circle(self, who: Player, shop: Shop, leader: Player, promise: Obligation, at: datetime, place: str) -> None:
        """An organizer opens a circle, the shop accepts the monitor as its lead, and the monitor arranges it."""

        def act(s: Session) -> None:
            lead = Leader(self.site.keys, person=self.person(s, leader))
            made = circles.open_circle(s, self.clock, self.person(s, who), promise.id)
            circles.answer_facilitator(s, self.clock, self.business(s, shop), made.id, agrees=True)
            circles.accept(s, self.clock, lead, made.id, agrees=True)
            circles.arrange(s, self.clock, lead, made.id, Gathering(at, place))

        self.do(act)

    def reply(self, shop: Shop, promise: Obligation, words: str, *, dispute: bool = False) -> None:
        self.do(
            lambda s: businesses.reply(
                s, self.clock, self.business(s, shop), promise.id, words, dispute=dispute
            )
        )  # fmt: skip
