"""Changing an agreement: the campaign says in which words, the businesses' room does the rest."""

from __future__ import annotations

from sqlalchemy.orm import Session

from businesses import service as businesses
from businesses.commitments import Commitment
from businesses.service import Wording
from businesses.service.choosing import Side
from businesses.values import Version
from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core.clock import Clock
from web.speech import speech, windows


def propose(
    session: Session,
    clock: Clock,
    slug: str,
    bid: str,
    side: Side,
    new: tuple[Commitment, ...],
    *,
    reason: str,
    name: str,
) -> Version:
    """One side proposes other promises, with a public reason and in its own name."""
    return businesses.propose_change(session, clock, slug, bid, side, new, (reason, name), _wording(session, slug, bid))


def answer(
    session: Session, clock: Clock, slug: str, bid: str, number: int, side: Side, name: str | None
) -> tuple[Version, Campaign]:
    """The other side accepts in its ``name``, or declines (None); whoever proposed takes it back so."""
    return businesses.answer_change(session, clock, slug, (bid, number), side, _wording(session, slug, bid), name)


def _wording(session: Session, slug: str, bid: str) -> Wording:
    """With the hours at the winner's own address."""
    campaign = campaign_queries.by_slug(session, slug)
    venue = next((w.venue for w in campaign.winners if w.bid == bid), "")
    return Wording(tuple(windows(campaign, venue)), speech(campaign.language))
