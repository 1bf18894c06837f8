"""Campaigns walked by the real use-cases, and their records as anybody may download them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from accounts.rules import Person, Role
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.commitments import Commitment
from businesses.followthrough import Obligation, Verdict
from businesses.service.choosing import Side
from businesses.values import Baseline, Business, Offer
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.slots import Slot
from campaigns.values import Bidding, Campaign, State
from core import record
from core.clock import Clock, FixedClock
from core.db import Database
from core.wire import Json
from pledges import service as pledges
from pledges.values import Arrival, Changes, CheckIn, Pledge, PledgeOffer, TillFigures, TillTotal, Visibility
from tests.factories import eur, make_bidding, make_offer, make_window
from tests.stages import KEYS, add_member, make_campaign, make_person
from web.trips import choosing, clockwork, counting, following, returning

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass
class Story:
    """One campaign with its people. Each step is a transaction of its own, as an edge would make it."""

    database: Database
    clock: FixedClock
    shops: dict[str, Business] = field(default_factory=dict)
    pledged: dict[str, Pledge] = field(default_factory=dict)

    def do(
        self, act: Callable[Concatenate[Session, Clock, Given], Result], *given: Given.args, **named: Given.kwargs
    ) -> Result:
        self.clock.advance(seconds=1)
        with self.database.writing() as session:
            return act(session, self.clock, *given, **named)

    def move(self, to: datetime) -> None:
        """Let time pass to an instant, with everything that falls due on the way, a day at a time."""
        while self.clock.instant < to:
            self.clock.set(min(self.clock.instant + timedelta(days=1), to))
            while clockwork.campaigns_due(self.database) or clockwork.promises_due(self.database):
                pass

    def wait(self, **by: float) -> None:
        self.move(self.clock.instant + timedelta(**by))

    def open(self, bidding: Bidding | None = None, *, windows: int = 1, **fields: Any) -> None:
        """An auction that closes in five days, for a mob in twenty."""
        now = self.clock.instant
        days = [now + timedelta(days=20 + n) for n in range(windows)]
        held = tuple(make_window(day, day + timedelta(hours=4), f"window-{n}") for n, day in enumerate(days))
        auction = replace(bidding or make_bidding(), closes_at=now + timedelta(days=5))
        with self.database.writing() as session:
            self.owner = make_person(session, self.clock, "owner@example.org")
            terms = {"windows": held, "bidding": auction, "award": None, **fields}
            made = make_campaign(session, self.clock, State.DRAFT, owner=self.owner, **terms)
            self.monitor = add_member(session, self.clock, made, Role.MONITOR, "monitor@example.org")
            self.jurors = [add_member(session, self.clock, made, Role.JURY, f"juror-{n}@example.org") for n in range(2)]
            self.campaign_id = campaigns.open_(session, self.clock, self.owner, made.slug).id

    @property
    def campaign(self) -> Campaign:
        with self.database.reading() as session:
            return campaign_queries.by_id(session, self.campaign_id)

    @property
    def slug(self) -> str:
        return self.campaign.slug

    def slot(self, after: int) -> Slot:
        """An arrival time of the first day, so many minutes after its doors open."""
        return Slot(self.campaign.windows[0].id, after)

    def claim(self, name: str) -> Business:
        _, token = self.do(businesses.invite, KEYS, self.owner, self.slug, name)
        self.shops[name], _ = self.do(businesses.claim, KEYS, token, name, f"{name}@shop.example")
        return self.shops[name]

    def bid(self, name: str, *commitments: Commitment, baseline: Baseline | None = None, **told: Any) -> str:
        """Place or raise a bid; gives its id."""
        shop = self.shops.get(name) or self.claim(name)
        closing = self.campaign.last_closing
        assert closing
        due = told.pop("due_on", closing.date() + timedelta(days=40))
        dated = [replace(c, id=f"{name}-{n}", due_on=due) for n, c in enumerate(commitments)]
        offer: Offer = make_offer(*dated, baseline=baseline, **told)
        made, _ = self.do(choosing.place_bid, shop, self.slug, offer)
        return made.id

    def withdraw_bid(self, name: str) -> None:
        self.do(choosing.withdraw_bid, self.shops[name], self.slug)

    def sign(self, *names: str) -> None:
        """Both sides accept the agreement with each of these winners."""
        won = {w.business: w.bid for w in self.campaign.winners}
        for name in names:
            bid = won[self.shops[name].id]
            self.do(businesses.accept_agreement, self.slug, bid, Side(person=self.owner), "Lea")
            self.do(businesses.accept_agreement, self.slug, bid, Side(business=self.shops[name]), "Petra")

    def pledge(
        self, name: str, amount: str = "20", *, confirm: bool = True, mail: bool = True, **offered: Any
    ) -> Pledge:
        offer = PledgeOffer(eur(amount), f"{name}@example.org" if mail else "", **offered)
        made = self.do(pledges.pledge, KEYS, self.slug, offer)
        self.pledged[name] = made
        return self.confirm(name) if confirm else made

    def confirm(self, name: str) -> Pledge:
        made = self.pledged[name]
        return self.do(pledges.confirm, KEYS, made.id, self.token(name))

    def change(self, name: str, amount: str, party: int = 1, slot: str | None = None) -> None:
        self.do(pledges.change, KEYS, self.pledged[name].id, self.token(name), None, Changes(eur(amount), party, slot))

    def withdraw(self, name: str) -> None:
        self.do(pledges.withdraw, KEYS, self.pledged[name].id, self.token(name))

    def token(self, name: str) -> str:
        return KEYS.token("pledge", self.pledged[name].id)

    def arrive(self, name: str = "", **noted: Any) -> CheckIn:
        """Somebody comes: with the code of a pledge, else as a walk-in."""
        arrival = Arrival(code=self.pledged[name].code, **noted) if name else Arrival(walk_in=True, **noted)
        came, _ = self.do(pledges.check_in, self.slug, self.owner, arrival)
        return came

    def undo(self, came: CheckIn) -> None:
        self.do(pledges.undo_check_in, self.owner, came.id)

    def declare(
        self, name: str, takings: str, window: int = 0, visibility: str = "public", **figures: Any
    ) -> TillTotal:
        known: Json = {k: eur(v) if isinstance(v, str) else v for k, v in figures.items()}
        told = TillFigures(eur(takings), **known)
        id_ = self.campaign.windows[window].id
        return self.do(pledges.declare_till, self.slug, self.shops[name].id, id_, told, Visibility(visibility))

    def answer(self, till: TillTotal, correction: str = "") -> None:
        """Confirm a till total, or dispute it by another figure: the monitor does it where only they see it."""
        who = self.monitor if till.hidden else self.owner
        self.do(pledges.confirm_till, who, till.id, eur(correction) if correction else None, "we counted again")

    def finalize(self, reason: str = "") -> None:
        self.do(counting.finalize, self.owner, self.slug, reason)
        self.wait(hours=1)

    def correct(self, figure: str, value: str, name: str, window: int = 0) -> None:
        told = {"window": self.campaign.windows[window].id, "field": figure, "value": value, "reason": "a slip"}
        self.do(counting.correct, self.owner, self.slug, {**told, "business": self.shops[name].id})

    def follow(self, *commitments: Commitment) -> Obligation:
        """From opening to the final tally with one winner, which is looked at from then on; gives its first action."""
        self.open()
        self.bid("bella", *commitments)
        self.wait(days=6)
        self.sign("bella")
        self.pledge("lea")
        self.wait(days=17)
        self.answer(self.declare("bella", "2000.84"))
        self.finalize()
        return self.promises("action")[0]

    def promises(self, kind: str = "") -> list[Obligation]:
        with self.database.reading() as session:
            held = business_queries.obligations(session, [self.campaign_id])
        return [o for o in held if kind in {"", o.commitment.kind}]

    def file(self, name: str, o: Obligation, value: str) -> None:
        self.do(businesses.file_evidence, self.shops[name], o.id, {"note": "See for yourselves.", "value": value})

    def look(self, who: Person, o: Obligation, value: str) -> None:
        self.do(following.file_spot_check, who, o.id, {"value": value})

    def person(self, name: str) -> Person:
        with self.database.writing() as session:
            return make_person(session, self.clock, f"{name}@example.org")

    def judge(self, o: Obligation, verdict: Verdict, who: Person | None = None) -> None:
        self.do(returning.give_verdict, who or self.owner, o.id, verdict, "We looked.")

    def lines(self, *, sealed: bool = True) -> list[str]:
        """The record as NDJSON; without seals and numbers, so that only what the facts say can give a change away."""
        record.publish(self.database)
        with self.database.reading() as session:
            told = list(record.lines(session, self.campaign_id))
        return [ndjson(line if sealed else bare(line)) for line in told]


def bare(line: Json) -> Json:
    return {name: value for name, value in line.items() if name not in {"seal", "number"}}


def ndjson(line: Json) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"
