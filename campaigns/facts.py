"""What can happen to a campaign. Bodies carry ids, figures and the campaign's own public words, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.facts import Fact
from core.money import Money
from core.wire import Json


@dataclass(frozen=True)
class CampaignOpened(Fact):
    """It is public from here on: its terms as frozen, and who stands behind it (roles and disclosures, no names)."""

    terms: Json
    team: list[Json]


@dataclass(frozen=True)
class BiddingClosed(Fact):
    bids: int


@dataclass(frozen=True)
class BiddingExtended(Fact):
    closes_at: datetime


@dataclass(frozen=True)
class ClosingMoved(Fact):
    """A bid in the last minutes moved the closing instant, so that others can answer it."""

    closes_at: datetime


@dataclass(frozen=True)
class BusinessNamed(Fact):
    name: str


@dataclass(frozen=True)
class BidsAwarded(Fact):
    """The choice, with the ranking it followed."""

    winners: list[str]
    order: list[str]
    rule: str
    reason: str


@dataclass(frozen=True)
class WinnerReplaced(Fact):
    """A winner fell out and the runner-up took the place (None: nobody is left, or the next one has to wait).

    ``waits_for``: the bid that follows once what it lacks is there, in a term of its own.
    """

    bid: str
    by: str | None
    reason: str
    waits_for: str | None = None


@dataclass(frozen=True)
class CampaignAgreed(Fact):
    bids: list[str]


@dataclass(frozen=True)
class PledgingOpened(Fact):
    terms_version: int


@dataclass(frozen=True)
class TermsChanged(Fact):
    """What supporters pledge for has changed: they are asked again where it is material."""

    terms_version: int
    changed: list[str]
    terms: Json


@dataclass(frozen=True)
class CampaignTipped(Fact):
    """The go-ahead was reached (or there was none): on these confirmed pledges."""

    people: int
    amount: Money
    kind_of_target: str
    target: Decimal | None


@dataclass(frozen=True)
class CampaignMissed(Fact):
    people: int
    amount: Money
    kind_of_target: str
    target: Decimal | None


@dataclass(frozen=True)
class ProceedAccepted(Fact):
    """After a miss, one side wants the day all the same."""

    by: str


@dataclass(frozen=True)
class MobOpened(Fact):
    pass


@dataclass(frozen=True)
class MobClosed(Fact):
    pass


@dataclass(frozen=True)
class MobPostponed(Fact):
    reason: str
    windows: list[Json]


@dataclass(frozen=True)
class TallyFinalized(Fact):
    """The final tally, locked; ``tally`` is the public form of API.md."""

    tally: Json
    reason: str


@dataclass(frozen=True)
class FigureCorrected(Fact):
    """A figure of the final tally was corrected; the first one stays. For the checker only, the figures are null."""

    window: str
    business: str
    field: str
    was: str | None
    value: str | None
    reason: str
    tally: Json


@dataclass(frozen=True)
class FollowingBegan(Fact):
    pass


@dataclass(frozen=True)
class CampaignAdopted(Fact):
    """Its organizers fell silent; a monitor or supporter took it up."""

    by: str


@dataclass(frozen=True)
class CampaignDone(Fact):
    """It ended: ``outcome`` says how (followed_through, missed, no_bid)."""

    outcome: str


@dataclass(frozen=True)
class CampaignCancelled(Fact):
    reason: str
