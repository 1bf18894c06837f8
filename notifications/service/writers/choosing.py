"""Mails between closing and agreement: who has to choose, who was chosen, who has to sign."""

from __future__ import annotations

from typing import Any

from accounts import service as accounts
from accounts.rules import Role
from businesses import queries as businesses
from businesses import service as bidding
from businesses.scoring import leaders
from campaigns import rules, waits
from campaigns.values import Rule, State
from notifications.service.desk import Desk, Writer, Written, demand


def _no_bid(desk: Desk) -> Written:
    _demand_waiting(desk, "bid")
    c = desk.campaign
    values = {
        "cause": "named" if c.business else desk.payload["cause"],
        "named": c.business.name if c.business else "",
        "can_extend": c.bidding is not None and not c.extended,
    }
    return desk.links.organize(c.slug), {"until": desk.within(c.wait_until), **values}


def _demand_waiting(desk: Desk, *what: str) -> None:
    c = desk.campaign
    demand(c.state == State.CHOOSING and c.award is None and c.waiting in what, "the campaign has moved on")


def _choice_due(desk: Desk) -> Written:
    demand(waits.organizers_choose(desk.campaign), "the choice was made")
    ranked = bidding.ranking(desk.session, desk.campaign)
    level = desk.bidders(ranked.tied) if desk.campaign.waiting == "tie" else []
    values = {"bids": len(ranked.order), "level": level, "until": desk.within(desk.campaign.wait_until)}
    return desk.links.organize(desk.campaign.slug), values


def _bidding_closed(desk: Desk) -> Written:
    _demand_waiting(desk, "choice", "tie")
    c, ranked = desk.campaign, bidding.ranking(desk.session, desk.campaign)
    jury = c.waiting == "choice" and c.bidding is not None and c.bidding.rule == Rule.JURY
    jurors = [m for m in accounts.members(desk.session, c.team) if m.role == Role.JURY]
    values = {"bids": len(ranked.order), "leaders": desk.bidders(leaders(ranked)), "jury": jury, "jurors": len(jurors)}
    return desk.links.page(f"/campaigns/{c.slug}/bids"), {"until": desk.within(c.wait_until), **values}


def _scoring(desk: Desk) -> Written:
    _demand_waiting(desk, "choice")
    done = bidding.has_scored_all(desk.session, desk.campaign, desk.payload["who"])
    demand(not done, "the juror has scored every bid")
    bids = len(bidding.standing_bids(desk.session, desk.campaign))
    page = desk.links.page(f"/organize/{desk.campaign.slug}/jury")
    return page, {"bids": bids, "until": desk.within(desk.campaign.wait_until)}


def _consent_due(desk: Desk) -> Written:
    _demand_waiting(desk, "consent")
    page = f"/organize/{desk.campaign.slug}/consents"
    return desk.links.page(page), {"until": desk.within(desk.campaign.wait_until)}


def _consent_answered(desk: Desk) -> Written:
    page = f"/campaigns/{desk.campaign.slug}/bids"
    return desk.links.page(page), {"group": desk.payload["group"], "answer": desk.payload["answer"]}


def _awarded(desk: Desk) -> Written:
    demand(_stands(desk), "the bid fell out")
    return desk.shop(_agreement(desk)), {"promises": desk.promises(), **_accept_by(desk)}


def _accept_by(desk: Desk) -> dict[str, Any]:
    """Until when both sides accept, and whether anybody follows if they do not."""
    follows = bool(desk.campaign.award and desk.campaign.award.runners_up)
    return {"accept_by": desk.within(rules.agreement_until(desk.campaign)), "follows": follows}


def _stands(desk: Desk) -> bool:
    return desk.payload["bid"] in {w.bid for w in desk.campaign.winners}


def _agreement(desk: Desk) -> str:
    return f"/campaigns/{desk.campaign.slug}/agreement?bid={desk.payload['bid']}"


def _countersign_due(desk: Desk) -> Written:
    demand(desk.bid.stands and desk.bid.lacks_signature, "it is countersigned, or was withdrawn")
    until = desk.campaign.wait_until if desk.campaign.waiting == "consent" else desk.campaign.bids_close_at
    invited = desk.payload.get("invitation")
    link = desk.links.invitation(invited) if invited else desk.shop(f"/shop/{desk.campaign.slug}/countersign")
    (shop,) = desk.bidders([desk.bid.id])
    values = {"promises": desk.promises(), "invited": bool(invited), "organizer": desk.organizer, "shop": shop}
    return link, {**values, "until": desk.within(until)}


def _winner_fell(desk: Desk) -> Written:
    told = desk.payload
    names = {name: (desk.bidders([told[name]]) if told[name] else [""])[0] for name in ("bid", "by", "waits_for")}
    values = {"gone": names["bid"], "next": names["by"], "waits_for": names["waits_for"]}
    return desk.links.campaign(desk.campaign.slug), {**values, "why": told["reason"], "supporter": told["supporter"]}


def _not_chosen(desk: Desk) -> Written:
    return desk.links.campaign(desk.campaign.slug), {}


def _agreement_waiting(desk: Desk) -> Written:
    side = "business" if desk.for_business else "organizer"
    held = businesses.agreement(desk.session, desk.payload["bid"])
    accepted = {acceptance.by for acceptance in held.accepted} if held else set()
    waiting = desk.campaign.state == State.CHOOSING and _stands(desk) and side not in accepted
    demand(waiting, "the agreement waits for nobody here any more")
    page, how = _agreement(desk), desk.payload.get("how", "")
    return desk.part(page, page), {"other_accepted": bool(accepted), "how": how, **_accept_by(desk)}


def _agreed(desk: Desk) -> Written:
    return desk.links.campaign(desk.campaign.slug), {}


WRITERS: dict[str, Writer] = {
    "no_bid": _no_bid,
    "choice_due": _choice_due,
    "bidding_closed": _bidding_closed,
    "scoring": _scoring,
    "consent_due": _consent_due,
    "consent_answered": _consent_answered,
    "awarded": _awarded,
    "countersign_due": _countersign_due,
    "winner_fell": _winner_fell,
    "runner_up": _not_chosen,
    "not_chosen": _not_chosen,
    "agreement_waiting": _agreement_waiting,
    "agreed": _agreed,
}
