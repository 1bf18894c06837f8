"""One campaign, its people and its shops in a database: each step is one use-case in its own transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.commitments import Commitment
from businesses.followthrough import Obligation
from businesses.service.choosing import Side
from businesses.values import Agreement, Bid, Business
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import record
from core.clock import FixedClock
from core.db import Database
from core.facts import Recorded
from core.tokens import Keys
from core.wire import Json
from pledges import service as pledges
from pledges.values import Pledge, PledgeOffer, TillFigures, TillTotal
from tests.factories import CLOSING, LAST, eur, make_campaign, make_offer
from web.recounting import recount
from web.trips import choosing, clockwork, counting, following, moving

KEYS = Keys("a secret for tests")
OWNER = "owner"
TERMS = (
    "title", "story", "place", "timezone", "currency", "language", "windows", "disclosure", "co_hosts", "goal",
    "go_ahead", "pledging", "bidding", "business",
)  # fmt: skip


@dataclass
class Scene:
    """What people do, by name; the owner organizes where nobody else is named."""

    database: Database
    slug: str = ""
    shops: dict[str, Business] = field(default_factory=dict)

    @property
    def clock(self) -> FixedClock:
        assert isinstance(self.database.clock, FixedClock)
        return self.database.clock

    @property
    def now(self) -> datetime:
        return self.clock.instant

    @contextmanager
    def doing(self) -> Iterator[Session]:
        with self.database.writing() as session:
            yield session

    # People

    def person(self, name: str = OWNER) -> Person:
        with self.doing() as session:
            return accounts.person_for(session, f"{name}@example.org", self.now)

    def join(self, name: str, role: Role) -> Person:
        with self.doing() as session:
            team = campaign_queries.by_slug(session, self.slug).team
            accounts.add_member(session, team, f"{name}@example.org", role, self.now, paid_by="nobody")
        return self.person(name)

    # The campaign and its bids

    @property
    def campaign(self) -> Campaign:
        with self.database.reading() as session:
            return campaign_queries.by_slug(session, self.slug)

    @property
    def state(self) -> str:
        return self.campaign.state.value

    def draft(self, **terms: Any) -> Campaign:
        fields = {name: getattr(make_campaign(**terms), name) for name in TERMS}
        owner = self.person()
        with self.doing() as session:
            made = campaigns.create(session, self.clock, owner, fields)
        self.slug = made.slug
        return made

    def open(self, **terms: Any) -> Campaign:
        """A campaign, drafted and opened."""
        self.draft(**terms)
        owner = self.person()
        with self.doing() as session:
            return campaigns.open_(session, self.clock, owner, self.slug)

    def edit(self, **changes: Any) -> tuple[Campaign, list[str]]:
        owner = self.person()
        with self.doing() as session:
            return moving.edit(session, self.clock, owner, self.slug, changes)

    def invite(self, name: str, email: str = "") -> str:
        """Ask a shop to bid; gives the invitation's token."""
        owner = self.person()
        with self.doing() as session:
            return businesses.invite(session, self.clock, KEYS, owner, self.slug, name, email)[1]

    def claim(self, token: str, name: str, existing: Business | None = None) -> Business:
        with self.doing() as session:
            contact = f"{name}@shops.example"
            shop, _ = businesses.claim(session, self.clock, KEYS, token, name, contact, "none", existing)
        self.shops[name] = shop
        return shop

    def shop(self, name: str) -> Business:
        """A shop that has taken up its invitation."""
        return self.shops.get(name) or self.claim(self.invite(name), name)

    def bid(self, name: str, *commitments: Commitment, **offered: Any) -> Bid:
        """A shop's bid, or a raise of it."""
        shop = self.shop(name)
        with self.doing() as session:
            return choosing.place_bid(session, self.clock, shop, self.slug, make_offer(*commitments, **offered))[0]

    def withdraw(self, name: str) -> None:
        with self.doing() as session:
            choosing.withdraw_bid(session, self.clock, self.shops[name], self.slug)

    def award(self, *names: str, reason: str = "they do the most") -> Campaign:
        owner = self.person()
        with self.doing() as session:
            bids = [self.bid_of(name).id for name in names]
            return choosing.award(session, self.clock, owner, self.slug, bids, reason)

    def bid_of(self, name: str) -> Bid:
        with self.database.reading() as session:
            return business_queries.bids_of(session, self.shops[name].id)[self.campaign.id]

    @property
    def winners(self) -> list[str]:
        """The names of the shops that have won."""
        names = {shop.id: name for name, shop in self.shops.items()}
        return [names[winner.business] for winner in self.campaign.winners]

    def accept(self, name: str = "") -> tuple[Agreement, Campaign]:
        """Accept the agreement on a winner's bid: as that shop, or without a name as the organizer of all."""
        if name:
            return self._accept(name, Side(business=self.shops[name]))
        owner = self.person()
        return [self._accept(winner, Side(person=owner)) for winner in self.winners][-1]

    def _accept(self, name: str, side: Side) -> tuple[Agreement, Campaign]:
        bid = self.bid_of(name)
        with self.doing() as session:
            return businesses.accept_agreement(session, self.clock, self.slug, bid.id, side, name)

    # Time

    def wait_until(self, instant: datetime) -> list[str]:
        """Let time pass; the worker does what falls due on the way, each thing at its own instant."""
        done = self.work()
        while (due := self._next_due()) and due <= instant:
            self.clock.set(max(due, self.now))
            done += self.work()
            after = self._next_due()
            assert after is None or after > due, f"something stays due at {due} and nothing is done"
        self.clock.set(instant)
        return done

    def work(self) -> list[str]:
        """What a worker does at the present instant, until nothing is due."""
        done: list[str] = []
        while lines := [line for work in clockwork.DUE for line in work.run(self.database)]:
            done += lines
        return done

    def _next_due(self) -> datetime | None:
        with self.database.reading() as session:
            return min((at for work in clockwork.DUE if (at := work.next_at(session))), default=None)

    # From bidding to the end

    def agreed(self, *names: str) -> None:
        """Bidding closes and the winners' agreements are accepted by both sides: pledging opens."""
        self.wait_until(CLOSING)
        self.accept()
        for name in names or self.winners:
            self.accept(name)

    def pledge(self, name: str, amount: str = "20") -> Pledge:
        """A confirmed pledge."""
        offer = PledgeOffer(eur(amount), f"{name}@example.org")
        with self.doing() as session:
            made = pledges.pledge(session, self.clock, KEYS, self.slug, offer)
        with self.doing() as session:
            return pledges.confirm(session, self.clock, KEYS, made.id, KEYS.token("pledge", made.id))

    def declare(self, name: str, takings: str, window: int = 0, **figures: Any) -> TillTotal:
        """A winner's till total for the first window or another, confirmed by the organizer."""
        owner, shop = self.person(), self.shops[name]
        told = TillFigures(eur(takings), **figures)
        with self.doing() as session:
            till = pledges.declare_till(session, self.clock, self.slug, shop.id, self.window(window), told)
        with self.doing() as session:
            return pledges.confirm_till(session, self.clock, owner, till.id)

    def window(self, number: int = 0) -> str:
        return self.campaign.windows[number].id

    def finalize(self, reason: str = "") -> Campaign:
        owner = self.person()
        with self.doing() as session:
            return counting.finalize(session, self.clock, owner, self.slug, reason)

    def counted(self, *commitments: Commitment, takings: str = "2000.84") -> list[Obligation]:
        """The whole way to the promises: one shop bids, wins, has its day, and the tally is final."""
        self.open()
        self.bid("morgenrot", *commitments)
        self.agreed()
        self.pledge("lea")
        self.wait_until(LAST)
        self.declare("morgenrot", takings)
        self.finalize()
        self.work()
        return self.obligations()

    def tally(self) -> Json:
        with self.database.reading() as session:
            return counting.tally(session, campaign_queries.by_slug(session, self.slug))

    # Promises

    def obligations(self) -> list[Obligation]:
        with self.database.reading() as session:
            return business_queries.obligations(session, [self.campaign.id])

    def file(self, promise: Obligation, value: str | None = None, **filed: Any) -> Obligation:
        """Evidence by the shop."""
        shop = self.shops["morgenrot"]
        body = {"note": "done", "value": value, **filed}
        with self.doing() as session:
            return businesses.file_evidence(session, self.clock, shop, promise.id, body)

    def look(self, name: str, promise: Obligation, value: str, **filed: Any) -> Obligation:
        """A spot check."""
        person = self.person(name)
        with self.doing() as session:
            return following.file_spot_check(session, self.clock, person, promise.id, {"value": value, **filed})

    # The record

    def recounted(self) -> list[str]:
        """What a recount of the public record finds that does not follow from the facts before it."""
        found = recount(self.lines())
        return found.lines if found.found else []

    def lines(self) -> list[str]:
        """The public record as NDJSON."""
        record.publish(self.database)
        with self.database.reading() as session:
            return [json.dumps(line) + "\n" for line in record.lines(session, self.campaign.id)]

    def record(self, *kinds: str) -> list[Recorded]:
        """The public record, or its facts of some kinds."""
        record.publish(self.database)
        with self.database.reading() as session:
            facts = list(record.read(session, self.campaign.id))
        return [fact for fact in facts if not kinds or fact.kind in kinds]
