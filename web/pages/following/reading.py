"""What the pages of follow-through read: one query for each room that is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Member
from businesses import queries as business_queries
from businesses.followthrough import Obligation
from businesses.values import Agreement, Bid, Business
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import formats, record
from core.clock import Clock
from core.facts import Recorded
from core.i18n import N_, translator
from pledges.returns import queries as returns
from pledges.returns.values import Waiting
from web.views import conversion, promises
from web.views.bargain import language
from web.views.facts_in_words import CONTEXT, Line, Names, learn, lines
from web.views.promises import Detail, Reader
from web.views.timeline import TURNING, Plot, plot

HAPPENED = (
    "ObligationArose", "ObligationRevised", "EvidenceFiled",
    "FileRedacted", "NoteRedacted", "EffectStated", "SpotCheckFiled", "PageChecked",
    "PromiseLate", "PromiseVeryLate", "PromiseUnknown", "ExtensionAsked", "ExtensionGranted", "ExtensionRefused",
    "ExtensionLapsed", "VerdictGiven", "RecheckOpened", "RecheckGiven", "RecheckUnknown", "ReplyGiven",
    "SubstituteProposed", "SubstituteAnswered", "CircleOpened", "CircleLed", "CircleHeld", "CircleEnded",
    "ReportPublished", "ReportAnswered",
)  # fmt: skip
"""The kinds of facts that are about a promise."""


@dataclass(frozen=True)
class Following:
    """A campaign with its promises at an instant; ``told`` is all that the record says of promises, oldest first."""

    campaign: Campaign
    obligations: tuple[Obligation, ...]
    shops: Mapping[str, Business]
    members: tuple[Member, ...]
    agreements: Mapping[str, Agreement]
    bids: Mapping[str, Bid]
    told: tuple[Recorded, ...]
    now: datetime
    returns: tuple[Waiting, ...] = ()

    @property
    def names(self) -> list[str]:
        """The businesses that promised, in the order of the award."""
        return [self.shops[w.business].name for w in self.campaign.winners if w.business in self.shops]

    def reader(self, locale: str) -> Reader:
        c = self.campaign
        return Reader(locale, language(c), c.timezone, promises.monitors(self.members))

    def signatures(self, locale: str) -> dict[str, tuple[str, str]]:
        """By bid: the name with which the business signed, and when."""
        text = translator(locale).gettext(N_("{name} signed on {day}. The words are locked."))
        signed = {bid: next((s for s in a.accepted if s.by == "business"), None) for bid, a in self.agreements.items()}
        return {
            bid: (s.name, text.format(name=s.name, day=formats.calendar_date(s.at, locale, self.campaign.timezone)))
            for bid, s in signed.items()
            if s is not None
        }

    def before(self, o: Obligation, locale: str) -> list[Detail]:
        """What the business said of it in its bid, and what of that somebody has seen."""
        made_in = self.bids[o.bid]
        return conversion.changes(made_in.offer, made_in.confirmed, self.reader(locale))

    def timeline(self, locale: str) -> Plot | None:
        """All promises of the campaign by state, from the final tally until now."""
        return plot(self.obligations, self.told, self.now, locale, self.campaign.timezone)

    def ledger(self, locale: str, promise: str = "", most: int = 0) -> list[Line]:
        """What happened to all promises or to one, the newest first."""
        names = learn(Names(locale, self.campaign.timezone or "UTC"), self.told)
        about = [f for f in self.told if f.kind in HAPPENED and (not promise or promise in _promises(f))]
        newest = list(reversed(about))
        return lines(newest[:most] if most else newest, names)


def _promises(told: Recorded) -> list[str]:
    """The promises that a fact is about: one, or those of a monitor's report."""
    return told.body.get("obligations") or [told.body["obligation"]]


def follow(session: Session, clock: Clock, slug: str) -> Following:
    """By the campaign's public name. Raises NotFound for one that the public may not know of."""
    campaign = campaign_queries.by_slug(session, slug)
    campaigns.demand_public(campaign, frozenset())
    return _following(session, clock, campaign, business_queries.obligations(session, [campaign.id]))


def follow_id(session: Session, clock: Clock, campaign_id: str) -> Following:
    """By the campaign's id, of one that has promises to follow. Raises NotFound."""
    campaign = campaign_queries.by_id(session, campaign_id)
    return _following(session, clock, campaign, business_queries.obligations(session, [campaign.id]))


def promise(session: Session, clock: Clock, id_: str) -> tuple[Following, Obligation]:
    """One promise, and the campaign it was made in. Raises NotFound."""
    held = business_queries.obligation(session, id_)
    campaign = campaign_queries.by_id(session, held.campaign)
    return _following(session, clock, campaign, [held]), held


def _following(session: Session, clock: Clock, campaign: Campaign, obligations: Iterable[Obligation]) -> Following:
    held = tuple(obligations)
    shops = {o.business for o in held} | {w.business for w in campaign.winners}
    return Following(
        campaign=campaign,
        obligations=held,
        shops=business_queries.businesses(session, sorted(shops)),
        members=tuple(accounts.members(session, campaign.team)),
        agreements=business_queries.agreements(session, [campaign.id]),
        bids={bid.id: bid for bid in business_queries.bids_of_campaigns(session, [campaign.id])},
        told=tuple(record.of_campaigns(session, [campaign.id], (*CONTEXT, *HAPPENED, *TURNING))),
        now=clock.now(session),
        returns=tuple(returns.sums(session, [campaign.id])),
    )
