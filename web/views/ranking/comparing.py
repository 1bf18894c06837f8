"""What is compared: the bids of a campaign as the rule sees them, with everything that tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from businesses.commitments import Basis
from businesses.converting import Expected
from businesses.scoring import Entry, Ranking, are_alike, converted, converted_by, leading_basis
from businesses.values import Bid, Business, Jury
from campaigns.values import Campaign, Estimate, Rule, TieBreak
from core.i18n import N_
from core.wire import Json
from web.views.promises import Consents, Reader

RULES = {
    Rule.HIGHEST_SHARE: N_("The highest comparable share wins."),
    Rule.JURY: N_("A jury scores the bids by these criteria."),
    Rule.VOTE: N_("The supporters’ vote decides."),
    Rule.ORGANIZER: N_("The organizers choose, with a public reason."),
}
TIE_BREAKS = {
    TieBreak.EARLIEST: N_("A tie goes to the earlier bid."),
    TieBreak.VOTE: N_("A tie goes to the supporters’ vote."),
    TieBreak.ORGANIZER: N_("A tie goes to the organizers, with a public reason."),
}
STOPPED = frozenset({"consent_refused", "consent_withdrawn", "consent_lapsed", "not_accepted"})


@dataclass(frozen=True)
class Compared:
    """The bids of a campaign: in the rule's order where it has been applied, else as they were placed."""

    campaign: Campaign
    bids: Sequence[Bid]
    shops: Mapping[str, Business]
    history: Mapping[str, list[Json]]
    ranking: Ranking | None
    reader: Reader
    jury: Jury = field(default_factory=Jury)
    consents: Mapping[str, Consents] = field(default_factory=dict)

    def say(self, text: str) -> str:
        return self.reader.say(text)

    def name(self, bid_id: str) -> str:
        held = next((b for b in self.bids if b.id == bid_id), None)
        shop = self.shops.get(held.business) if held else None
        return shop.name if shop else self.say(N_("A bid"))

    def jurors(self) -> list[tuple[str, str]]:
        """Who scored, and the ties that were declared."""
        undeclared = self.say(N_("nothing declared"))
        return [(self.juror(j.id), j.ties or undeclared) for j in self.jury.jurors]

    def juror(self, id_: str) -> str:
        """ "Juror 1"."""
        number = next((j.number for j in self.jury.jurors if j.id == id_), None)
        return self.say(N_("Juror {number}")).format(number=number) if number else self.say(N_("A juror"))

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The standing bids as the ranking sees them."""
        return {b.id: Entry.of(b, len(self.campaign.windows)) for b in self.bids if b.stands}

    @cached_property
    def stopped(self) -> dict[str, Json]:
        """The bids that fell out of the choice, and the step that says why."""
        told = self.ranking.steps if self.ranking else ()
        return {step["bid"]: step for step in told if step["code"] in STOPPED}

    @cached_property
    def compared(self) -> list[Entry]:
        """Those that the rule compares: all that have not fallen out."""
        return [entry for bid, entry in self.entries.items() if bid not in self.stopped]

    @cached_property
    def basis(self) -> Basis:
        return leading_basis(self.compared)

    @cached_property
    def estimate(self) -> Estimate | None:
        """By which the bids are converted; None where likes are compared."""
        bidding = self.campaign.bidding
        return converted_by(self.compared, bidding) if bidding else None

    @cached_property
    def unlike(self) -> bool:
        """Whether bases differ and nothing is converted, for want of an estimate."""
        bidding = self.campaign.bidding
        by_share = bidding is not None and bidding.rule == Rule.HIGHEST_SHARE and bidding.estimate is None
        return by_share and not are_alike(self.compared)

    def expected(self, bid: str) -> Expected | None:
        """What a bid is converted to; None where nothing is, or where it promises no money."""
        entry = self.entries.get(bid)
        return converted(entry, self.estimate) if entry and self.estimate else None

    @property
    def winners(self) -> list[str]:
        return [self.name(w.bid) for w in self.campaign.winners]
