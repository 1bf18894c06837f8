"""What the day may bring, from what is pledged, what came of other mobs, and what real ones took."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from campaigns import queries as campaigns
from campaigns import rules
from campaigns.archive.queries import list_archive
from campaigns.archive.rules import spent_a_head
from campaigns.forecast import EXPECTING, Ended, Expected, forecast, rate_of
from campaigns.tally import Crowd
from campaigns.values import Campaign, State
from core.money import Money
from pledges import queries as pledges

_ENDED = (State.FINAL, State.FOLLOWING, State.DONE)
_NEWEST = 30
"""How many of the mobs that ended are looked at: the newest ones, for habits change."""


def expect(session: Session, campaign: Campaign, rate: Decimal | None = None) -> Expected:
    """The forecast of a campaign; ``rate`` in percent in place of the usual one.

    Raises Conflict where there is no day ahead, Invalid naming ``rate``.
    """
    rules.demand(campaign, *EXPECTING)
    promised = {
        slot: Crowd(people, Money(minor, campaign.currency))
        for slot, (people, minor) in pledges.promised_by_slot(session, campaign.id).items()
    }
    return Expected(
        forecast(campaign, promised, rate_of(_ended(session)).at(rate)),
        pledges.asked_again(session, campaign.id, campaign.terms_version),
        spent_a_head(list_archive(session), campaign.currency),
    )


def _ended(session: Session) -> list[Ended]:
    over = campaigns.listed(session, states=_ENDED, limit=_NEWEST)
    came = pledges.arrivals_by_code(session, [held.id for held in over])
    return [Ended.of(held.tally, *came.get(held.id, (0, 0))) for held in over if held.tally]
