"""Mails that answer somebody or ask them in: sign-in, confirmations, invitations, and the news they follow."""

from __future__ import annotations

from accounts.rules import LINK_LIVES
from businesses import identity
from businesses import queries as businesses
from businesses.consent import Answer
from campaigns import slots
from campaigns.values import State
from notifications.service import digests
from notifications.service.desk import Desk, Unwanted, Writer, Written, demand
from pledges.rules.codes import spoken
from pledges.values import PledgeState


def _sign_in(desk: Desk) -> Written:
    return desk.links.sign_in(desk.minted), {"minutes": int(LINK_LIVES.total_seconds()) // 60}


def _confirm_pledge(desk: Desk) -> Written:
    demand(desk.pledge.state == PledgeState.UNCONFIRMED, "the pledge waits for no confirmation any more")
    pledge = desk.pledge
    place = slots.find(desk.campaign, pledge.slot)
    values = {"amount": pledge.amount, "code": spoken(pledge.code), "ticket": desk.links.ticket(pledge.id)}
    return desk.links.pledge(pledge.id), {**values, "comes_at": place.opens_at if place else None}


def _confirm_vote(desk: Desk) -> Written:
    return desk.links.vote(desk.payload["vote"]), {}


def _ask(desk: Desk) -> Written:
    """To confirm an ask, or to renew one: only while asking has a use."""
    demand(desk.campaign.award is None, "a winner was named: nobody asks any more")
    return desk.links.ask(desk.payload["ask"]), {}


def _pledging_open(desk: Desk) -> Written:
    demand(desk.campaign.state == State.PLEDGING, "pledging is over")
    won = businesses.businesses(desk.session, [winner.business for winner in desk.campaign.winners])
    return desk.links.campaign(desk.campaign.slug), {"shops": [shop.name for shop in won.values()]}


def _invitation(desk: Desk) -> Written:
    invited = businesses.invitations(desk.session, desk.campaign.id)
    asked = next((i for i in invited if i.id == desk.payload["invitation"]), None)
    if asked is None or asked.claimed_at:
        raise Unwanted("the invitation was taken up")
    c = desk.campaign
    closes_at = c.bids_close_at if c.bidding else c.wait_until
    values = {"invited": asked.business_name, "organizer": desk.organizer, "closes_at": closes_at}
    return desk.links.invitation(asked.id), {"auction": c.bidding is not None, **values}


def _consent_asked(desk: Desk) -> Written:
    held = businesses.consent(desk.session, desk.payload["consent"])
    current = held.version == desk.payload["version"] and held.state in {Answer.ASKED, Answer.GIVEN}
    demand(current and desk.bid.stands, "somebody else is asked, or they have answered")
    promise = next((c for c in desk.bid.offer.commitments if c.id == held.commitment), None)
    values = {
        "group": held.group,
        "recorded_on": held.meeting.on if held.meeting else None,
        "organizer": desk.organizer,
        "shop": businesses.business_by_id(desk.session, desk.bid.business).name,
        "promise": desk.said(promise) if promise else "",
    }
    return desk.links.consent(held.id, held.version), values


def _identity_asked(desk: Desk) -> Written:
    asked = {each.id: each for each in businesses.identities_in(desk.session, desk.campaign.id)}
    held = asked.get(desk.payload["identity"])
    if held is None or not identity.waits(held, desk.now):
        raise Unwanted("another link was sent, or this one was answered or has expired")
    return desk.links.identity(held.id), {"shop": desk.business.name, "domain": held.place}


def _claimed(desk: Desk) -> Written:
    return desk.shop(), {}


def _bid_placed(desk: Desk) -> Written:
    values = {"promises": desk.promises(), "closes_at": desk.campaign.bids_close_at, "sealed": desk.bid.sealed}
    return desk.shop(f"/shop/{desk.campaign.slug}/bid"), values


def _team_invited(desk: Desk) -> Written:
    return desk.links.organize(desk.campaign.slug), {"organizer": desk.organizer, "role": desk.payload["role"]}


def _digest(desk: Desk) -> Written:
    told = digests.read(desk.session, desk.payload)
    if told is None:
        raise Unwanted("the reader follows nothing of this any more")
    return desk.links.news(told.digest.lead), {
        "digest": told.digest,
        "followed": told.followed,
        "today": told.today(desk.now),
        "links": desk.links,
    }


WRITERS: dict[str, Writer] = {
    "sign_in": _sign_in,
    "confirm_pledge": _confirm_pledge,
    "confirm_vote": _confirm_vote,
    "confirm_ask": _ask,
    "ask_expired": _ask,
    "pledging_open": _pledging_open,
    "invitation": _invitation,
    "consent_asked": _consent_asked,
    "identity_asked": _identity_asked,
    "claimed": _claimed,
    "bid_placed": _bid_placed,
    "team_invited": _team_invited,
    "digest": _digest,
}
