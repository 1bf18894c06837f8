"""A campaign walked from the invitation to the verdict, with all its mail going into the mailbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from accounts.rules import Role
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.commitments import Checker, Commitment
from businesses.followthrough import Obligation, Verdict
from businesses.service.choosing import Side
from businesses.values import Business
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign, State
from core.clock import Clock, FixedClock
from core.db import Database
from notifications import jobs, queries
from notifications.gateway import MailboxTransport
from notifications.queries import KeptMail
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.values import Pledge, PledgeOffer, TillFigures
from tests.factories import action, eur, make_bidding, make_offer, make_window, share
from tests.notifications.senders import make_mailer, publish
from tests.stages import KEYS, add_member, make_campaign, make_person
from web.trips import choosing, clockwork, counting

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass
class Walk:
    """One campaign with its people; every step is followed by all that the worker would do."""

    database: Database
    clock: FixedClock
    shops: dict[str, Business] = field(default_factory=dict)

    def do(
        self, act: Callable[Concatenate[Session, Clock, Given], Result], *given: Given.args, **named: Given.kwargs
    ) -> Result:
        with self.database.writing() as session:
            result = act(session, self.clock, *given, **named)
        self.settle()
        return result

    def settle(self) -> None:
        publish(self.database)
        jobs.gather_digests(self.database)
        jobs.deliver_due(self.database, make_mailer(MailboxTransport(self.database)))

    def move(self, to: datetime) -> None:
        """Let time pass, by days, with everything that falls due on each."""
        while self.clock.instant < to:
            self.clock.set(min(self.clock.instant + timedelta(days=1), to))
            while clockwork.campaigns_due(self.database) or clockwork.promises_due(self.database):
                pass
            self.settle()

    def open(self, **fields: Any) -> None:
        """An auction that closes in five days, for a mob in twenty."""
        window = make_window(self.clock.instant + timedelta(days=20), self.clock.instant + timedelta(days=20, hours=4))
        bidding = make_bidding(closes_at=self.clock.instant + timedelta(days=5))
        with self.database.writing() as session:
            self.owner = make_person(session, self.clock, "owner@example.org")
            terms = {"windows": (window,), "bidding": bidding, "award": None, **fields}
            held = make_campaign(session, self.clock, State.DRAFT, owner=self.owner, **terms)
            self.monitor = add_member(session, self.clock, held, Role.MONITOR, "monitor@example.org")
            self.campaign_id = campaigns.open_(session, self.clock, self.owner, held.slug).id

    @property
    def campaign(self) -> Campaign:
        with self.database.reading() as session:
            return campaign_queries.by_id(session, self.campaign_id)

    def bid_of(self, name: str) -> str:
        with self.database.reading() as session:
            made = business_queries.bids_of_campaigns(session, [self.campaign_id])
        return next(bid.id for bid in made if bid.business == self.shops[name].id)

    def claim(self, name: str) -> None:
        """Invite a shop by mail; it takes the invitation up."""
        contact = f"{name}@shop.example"
        _, token = self.do(businesses.invite, KEYS, self.owner, self.campaign.slug, name, contact)
        self.shops[name], _ = self.do(businesses.claim, KEYS, token, name, contact)

    def bid(self, name: str, percent: str, *more: Commitment) -> None:
        due = self.campaign.windows[0].closes_at.date() + timedelta(days=40)
        held = (share(percent, due_on=due), *(replace(c, due_on=due) for c in more))
        self.do(choosing.place_bid, self.shops[name], self.campaign.slug, make_offer(*held))

    def sign(self, name: str) -> None:
        """Both sides accept the winner's agreement."""
        bid = self.campaign.winners[0].bid
        for side, signed in ((Side(person=self.owner), "Lea"), (Side(business=self.shops[name]), "Petra")):
            self.do(businesses.accept_agreement, self.campaign.slug, bid, side, signed)

    def agreed(self) -> None:
        """The whole way to an agreement with Bella, who also promises 15 producers to the monitor's eyes."""
        self.open()
        self.claim("Bella")
        self.bid("Bella", "22", action(checker=Checker.MONITOR))
        self.move(self.clock.instant + timedelta(days=5))
        self.sign("Bella")

    def pledge(self, email: str, *, confirm: bool = True) -> Pledge:
        offer = PledgeOffer(eur("20"), email, updates=True)
        made = self.do(pledges.pledge, KEYS, self.campaign.slug, offer)
        return self.do(pledges.confirm, KEYS, made.id, KEYS.token("pledge", made.id)) if confirm else made

    def count(self, takings: str = "2000.84") -> None:
        """The day passes; the till is declared, confirmed and locked."""
        closing = self.campaign.last_closing
        assert closing
        self.move(closing + timedelta(hours=1))
        window = self.campaign.windows[0].id
        shop = self.shops["Bella"]
        self.do(pledges.declare_till, self.campaign.slug, shop.id, window, TillFigures(eur(takings)))
        with self.database.reading() as session:
            (till,) = pledge_queries.till_totals(session, self.campaign_id)
        self.do(pledges.confirm_till, self.owner, till.id)
        self.do(counting.finalize, self.owner, self.campaign.slug)

    @property
    def producers(self) -> Obligation:
        """The promise about producers, after the final tally."""
        with self.database.reading() as session:
            held = business_queries.obligations(session, [self.campaign_id])
        return next(o for o in held if o.commitment.kind == "action")

    def file(self, value: str) -> None:
        self.do(businesses.file_evidence, self.shops["Bella"], self.producers.id, {"note": "See.", "value": value})

    def judge(self, verdict: Verdict) -> None:
        self.do(businesses.give_verdict, self.monitor, self.producers.id, verdict, "I counted.")

    def mail(self, to: str) -> list[KeptMail]:
        """What came to an address, the oldest first."""
        with self.database.reading() as session:
            return list(reversed(queries.mailbox(session, to)))

    def subjects(self, to: str) -> list[str]:
        return [mail.subject for mail in self.mail(to)]
