"""People whom a promise affects answer, and what follows: an award, another winner, or words beside a promise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import service as businesses
from businesses.consent import STOPS, Answer, Consent, Said
from businesses.service.consenting import Asking
from campaigns import rules
from campaigns import service as campaigns
from campaigns.values import Campaign
from core.clock import Clock
from core.tokens import Keys
from web.trips import choosing


def ask(session: Session, clock: Clock, person: Person, slug: str, asking: Asking) -> Consent:
    """Ask who speaks for the people affected, or record what they said."""
    awaited = choosing.awaited_bids(session, campaigns.lock(session, clock, slug)[0])
    made, campaign, now = businesses.ask_consent(session, clock, person, slug, asking)
    _follow(session, campaign, made, awaited, now)
    return made


def answer(session: Session, clock: Clock, keys: Keys, consent_id: str, token: str, said: Said) -> Consent:
    """The representative's own answer. Raises NotFound for a link that does not fit."""
    asked = businesses.consent_by_link(session, keys, consent_id, token)
    awaited = choosing.awaited_bids(session, campaigns.lock_by_id(session, clock, asked.campaign)[0])
    made, campaign, now = businesses.answer_consent(session, clock, keys, consent_id, token, said)
    _follow(session, campaign, made, awaited, now)
    return made


def _follow(session: Session, campaign: Campaign, made: Consent, awaited: list[str], now: datetime) -> None:
    if made.bid in awaited:
        _settle(session, campaign, made, now)
    elif made.state in STOPS and campaign.award is not None:
        _replace(session, campaign, made.bid, now)


def _settle(session: Session, campaign: Campaign, made: Consent, now: datetime) -> None:
    """The campaign waited for this bid: with its last consent it is awarded, with a refusal the next is looked at."""
    ranked = businesses.ranking(session, campaign)
    complete = made.state == Answer.GIVEN and not choosing.lacking_consent(session, campaign, ranked)
    if complete or made.state in STOPS:
        choosing.choose_again(session, campaign, now)


def _replace(session: Session, campaign: Campaign, bid: str, now: datetime) -> None:
    """A runner-up follows nobody any more; a winner's place goes to the next.

    Once the doors have opened nobody can follow: then the answer is published, and the promise shows it.
    """
    if bid not in {w.bid for w in campaign.winners}:
        campaigns.forget_runner_up(session, campaign, bid)
    elif campaign.state in rules.REPLACEABLE:
        choosing.succeed(session, campaign, bid, "consent_withdrawn", now)
