"""Everything the organizers' page shows, read at once: one query for each room that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Member, Role, checker_of
from businesses import consent
from businesses import queries as businesses
from businesses import service as business_service
from businesses.consent import Answer
from businesses.followthrough import Obligation
from businesses.preparing import Prepared
from businesses.queries import Asks
from businesses.scoring import Ranking
from businesses.standing import Standing
from businesses.values import Agreement, Bid, Business, Invitation
from campaigns import gaps
from campaigns.gaps import Check
from campaigns.tally import DoorSums, PledgeSums
from campaigns.tasks import queries as tasks
from campaigns.values import Campaign, State
from core.clock import Clock
from pledges import queries as pledges
from pledges.values import Proof, TillTotal
from web.pages.organize.team import Part
from web.views.next_step import Situation


@dataclass(frozen=True)
class Desk:
    """A campaign as its organizers see it."""

    part: Part
    now: datetime
    checks: tuple[Check, ...]
    members: tuple[Member, ...]
    invitations: tuple[Invitation, ...]
    bids: tuple[Bid, ...]
    shops: dict[str, Business]
    ranking: Ranking | None
    agreements: dict[str, Agreement]
    pledged: PledgeSums
    door: DoorSums
    asks: Asks
    tills: tuple[TillTotal, ...]
    proofs: tuple[Proof, ...]
    obligations: tuple[Obligation, ...]
    unasked: int
    unanswered: int
    prepared: tuple[Prepared, ...]
    standing: tuple[Standing, ...]
    not_renewed: int = 0
    ready: tuple[int, int] = (0, 0)

    @property
    def sees_all(self) -> bool:
        """Whether these organizers check figures that are kept from the public: they do where there is no monitor."""
        return bool(checker_of(self.members, self.part.roles))

    @property
    def tills_due(self) -> bool:
        """Whether a window's total is still to be declared."""
        return len(self.tills) < len(self.campaign.windows) * len(self.campaign.winners)

    @property
    def campaign(self) -> Campaign:
        return self.part.campaign

    def shop_name(self, business: str) -> str:
        held = self.shops.get(business)
        return held.name if held else ""

    def situation(self) -> Situation:
        """What the next step is derived from."""
        return Situation(
            campaign=self.campaign,
            now=self.now,
            gaps=self.checks,
            invited=len(self.invitations),
            claimed=sum(1 for i in self.invitations if i.claimed_at),
            bids=len(self.bids),
            tied=self.ranking.tied if self.ranking else (),
            accepted_by_organizer=frozenset(
                bid for bid, held in self.agreements.items() if "organizer" in {a.by for a in held.accepted}
            ),
            crew=sum(1 for m in self.members if m.role == Role.CREW),
            monitors=sum(1 for m in self.members if m.role == Role.MONITOR),
            tills=self.tills,
            obligations=self.obligations,
            unasked=self.unasked,
            unanswered=self.unanswered,
            unsigned=tuple(self.shop_name(bid.business) for bid in self.bids if bid.lacks_signature),
            prepared=tuple((self.shop_name(held.business), held) for held in self.prepared),
        )


def open_desk(session: Session, clock: Clock, part: Part) -> Desk:
    """Read it all, as far as the campaign has come."""
    campaign, now = part.campaign, clock.now(session)
    bids = tuple(b for b in businesses.bids_of_campaigns(session, [campaign.id]) if b.stands)
    held = {w.bid: businesses.agreement(session, w.bid) for w in campaign.winners}
    prepared = tuple(p for p in businesses.prepared_in(session, campaign.id) if p.is_open)
    today = business_service.today(campaign, now)
    lost = businesses.standing_in(session, campaign.id, today) if campaign.award else []
    won = {w.bid for w in campaign.winners}
    standing = tuple(s for s in lost if s.bid not in won)
    states = _consents(session, campaign, bids)
    choosing = campaign.state == State.CHOOSING and campaign.award is None and campaign.bidding is not None
    return Desk(
        part=part,
        now=now,
        checks=tuple(gaps.checklist(campaign, now)) if campaign.state == State.DRAFT else (),
        members=tuple(accounts.members(session, campaign.team)),
        invitations=tuple(businesses.invitations(session, campaign.id)),
        bids=bids,
        shops=businesses.businesses(session, [*(b.business for b in bids), *(p.business for p in prepared)]),
        ranking=business_service.ranking(session, campaign) if choosing else None,
        agreements={bid: agreement for bid, agreement in held.items() if agreement},
        pledged=pledges.sums(session, campaign.id, campaign.currency or "EUR"),
        door=pledges.door(session, campaign.id, campaign.currency or "EUR"),
        asks=businesses.asks(session, [campaign])[campaign.id],
        tills=tuple(pledges.till_totals(session, campaign.id)),
        proofs=tuple(pledges.proofs(session, campaign.id)),
        obligations=tuple(businesses.obligations(session, [campaign.id])),
        unasked=states.count(None),
        unanswered=states.count(Answer.ASKED),
        prepared=prepared,
        standing=standing,
        not_renewed=pledges.asked_again(session, campaign.id, campaign.terms_version),
        ready=tasks.ready(session, campaign),
    )


def _consents(session: Session, campaign: Campaign, bids: Sequence[Bid]) -> list[Answer | None]:
    """How far each consent is that the bids need, None where nobody was asked; nothing while bids are sealed."""
    if businesses.are_sealed(campaign):
        return []
    known = businesses.consents_of(session, bids)
    needed = [(bid.id, promise.id) for bid in bids for promise in consent.needed(bid.offer.commitments)]
    found = [known.get(bid, {}).get(promise) for bid, promise in needed]
    return [held.state if held else None for held in found]
