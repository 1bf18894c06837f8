"""Changing an agreement: one side proposes a version with a public reason, the other accepts it or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from businesses import changes, codec, facts, rules, silence
from businesses.agreement import Change
from businesses.changes import Difference
from businesses.commitments import Commitment
from businesses.service.choosing import Side, authority, composed
from businesses.service.identifying import carry_identity
from businesses.store import agreements as store
from businesses.store import bids as bid_store
from businesses.values import Acceptance, Agreement, Bid, Business, Outcome, Version
from businesses.words import Speech
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.values import Campaign
from core import record, text
from core.clock import Clock
from core.errors import Conflict, NotFound


@dataclass(frozen=True)
class Wording:
    """In which language a version is written, and the day as that language says it."""

    windows: tuple[str, ...]
    speech: Speech


@dataclass(frozen=True)
class _Desk:
    """The agreement in force, whoever asks to change it, and what was proposed before."""

    campaign: Campaign
    now: datetime
    by: str
    how: str
    shop: Business | None
    bid: Bid
    held: Agreement
    versions: tuple[Version, ...]

    def signed(self, name: str) -> Acceptance:
        return Acceptance(self.by, text.clean(name, "name", 120, 1), self.now, self.how)


def propose_change(
    session: Session,
    clock: Clock,
    slug: str,
    bid_id: str,
    side: Side,
    new: tuple[Commitment, ...],
    said: tuple[str, str],
    wording: Wording,
) -> Version:
    """Propose a new list of promises; ``said`` is the public reason and the name of who proposes.

    Raises Conflict while another proposal waits, before both have accepted, and after the final tally.
    """
    desk = _desk(session, clock, slug, bid_id, side)
    changes.demand_none_waits(desk.versions, desk.now)
    reason = text.clean(said[0], "reason", 1000, 1)
    silence.demand_none_of([("reason", reason)])
    signed = desk.signed(said[1])
    new = _checked(desk.campaign, desk.bid, new)
    number = max((version.number for version in desk.versions), default=desk.held.number) + 1
    change = Change(number, desk.held.number, desk.held.sha256, reason)
    written = composed(session, desk.campaign, replace(desk.bid, amended=new), wording.windows, wording.speech, change)
    made = Version(
        bid_id, number, written.text, written.sha256, new, (signed,), desk.now, desk.by, reason, desk.held.number
    )
    if not desk.versions:
        store.put_version(session, desk.campaign.id, changes.first_version(desk.bid, desk.held))
    store.put_version(session, desk.campaign.id, made)
    wire = [codec.wire(held) for held in new]
    told = facts.AgreementChangeProposed(bid_id, number, desk.by, wire, reason, desk.held.sha256, made.sha256)
    record.append(session, desk.campaign.id, told, desk.now)
    return made


def _checked(campaign: Campaign, bid: Bid, new: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    """The new promises as they would stand: paired with the old ones, and dated. Raises Invalid, Conflict."""
    new = changes.paired(bid.promised, new)
    changes.check_change(campaign, bid, new)
    return rules.dated_all(new, campaign.last_day)


def changeable(session: Session, clock: Clock, slug: str, bid_id: str, side: Side) -> tuple[Campaign, Bid]:
    """The campaign and bid of an agreement to which this side may propose a change now. Raises Forbidden, Conflict."""
    campaign = campaign_queries.by_slug(session, slug)
    authority(session, campaign, bid_id, side)
    changes.demand_changeable(campaign, bid_id)
    changes.demand_none_waits(store.versions(session, [bid_id]), clock.now(session))
    return campaign, bid_store.bid_by_id(session, bid_id)


def try_change(
    session: Session, clock: Clock, slug: str, bid_id: str, side: Side, new: tuple[Commitment, ...]
) -> tuple[Difference, ...]:
    """What a proposal would change, refusals included, without proposing it: the look before it is sent."""
    campaign, bid = changeable(session, clock, slug, bid_id, side)
    return changes.differences(bid.promised, _checked(campaign, bid, new))


def _desk(session: Session, clock: Clock, slug: str, bid_id: str, side: Side) -> _Desk:
    campaign, now = campaigns.lock(session, clock, slug)
    by, how = authority(session, campaign, bid_id, side)
    changes.demand_changeable(campaign, bid_id)
    held = store.agreement(session, bid_id, locked=True)
    assert held is not None  # both sides have accepted it
    bid = bid_store.bid_by_id(session, bid_id)
    return _Desk(campaign, now, by, how, side.business, bid, held, tuple(store.versions(session, [bid_id])))


def answer_change(
    session: Session,
    clock: Clock,
    slug: str,
    version: tuple[str, int],
    side: Side,
    wording: Wording,
    name: str | None,
) -> tuple[Version, Campaign]:
    """Accept a proposed version in one's ``name``, or decline it (None); the side that proposed it takes it back so.

    ``version`` is the bid and the number. With the acceptance it is in force. Raises Conflict once it was answered,
    after its term, and where something that its text names has changed meanwhile.
    """
    bid_id, number = version
    desk = _desk(session, clock, slug, bid_id, side)
    asked = next((held for held in desk.versions if held.number == number), None)
    if asked is None:
        raise NotFound("There is no such version")
    outcome = changes.demand_answer(asked, desk.by, desk.now, accept=name is not None)
    answered = replace(asked, outcome=outcome, answered_at=desk.now)
    if outcome != Outcome.ACCEPTED:
        store.put_version(session, desk.campaign.id, answered)
        record.append(session, desk.campaign.id, facts.AgreementChangeDeclined(bid_id, number, desk.by), desk.now)
        return answered, desk.campaign
    _demand_same_text(session, desk, asked, wording)
    changes.check_change(desk.campaign, desk.bid, asked.commitments)
    return _change(session, desk, replace(answered, accepted=(*asked.accepted, desk.signed(name or ""))))


def _demand_same_text(session: Session, desk: _Desk, asked: Version, wording: Wording) -> None:
    """Nobody accepts a text whose day, place or monitor is not so any more."""
    change = Change(asked.number, desk.held.number, desk.held.sha256, asked.reason)
    bid = replace(desk.bid, amended=rules.dated_all(asked.commitments, desk.campaign.last_day))
    now = composed(session, desk.campaign, bid, wording.windows, wording.speech, change)
    if now.sha256 != asked.sha256:
        raise Conflict("Something that the text names has changed since, like the day or the monitor: propose it again")


def _change(session: Session, desk: _Desk, made: Version) -> tuple[Version, Campaign]:
    """The version is in force; where supporters get less they are asked again."""
    worse = changes.is_worse(desk.bid.promised, made.commitments)
    campaign = campaigns.ask_again(session, desk.campaign) if worse else desk.campaign
    if desk.shop:
        carry_identity(session, campaign, desk.shop, desk.now)
    store.put_version(session, campaign.id, made)
    in_force = Agreement(made.bid, made.text, made.sha256, made.accepted, made.number)
    store.put_agreement(session, campaign.id, in_force)
    bid_store.amend(session, replace(desk.bid, amended=made.commitments))
    told = facts.AgreementChanged(
        made.bid, made.number, desk.by, desk.how, desk.held.sha256, made.sha256, worse, campaign.terms_version
    )
    record.append(session, campaign.id, told, desk.now)
    return made, campaign
