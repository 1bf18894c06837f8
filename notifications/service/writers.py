"""Each kind of mail: its one link, the values of its words, and whether what it asks for is still to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from accounts.rules import LINK_LIVES
from businesses import followthrough
from businesses import queries as businesses
from businesses.followthrough import Standing
from campaigns import rules as campaign_rules
from campaigns.values import Campaign, State
from core.errors import Message
from core.wire import money
from notifications.digest import VERDICTS
from notifications.service import digests
from notifications.service.desk import Desk, Unwanted, demand
from pledges import queries as pledges
from pledges.rules.codes import spoken
from pledges.values import PledgeState

Written = tuple[str, dict[str, Any]]
"""A letter's link, and the values of its template."""


def _sign_in(desk: Desk) -> Written:
    return desk.links.sign_in(desk.minted), {"minutes": int(LINK_LIVES.total_seconds()) // 60}


def _confirm_pledge(desk: Desk) -> Written:
    demand(desk.pledge.state == PledgeState.UNCONFIRMED, "the pledge waits for no confirmation any more")
    return desk.links.pledge(desk.pledge.id), {"amount": desk.pledge.amount, "code": spoken(desk.pledge.code)}


def _confirm_vote(desk: Desk) -> Written:
    return desk.links.vote(desk.payload["vote"]), {}


def _invitation(desk: Desk) -> Written:
    invited = businesses.invitations(desk.session, desk.campaign.id)
    asked = next((i for i in invited if i.id == desk.payload["invitation"]), None)
    if asked is None or asked.claimed_at:
        raise Unwanted("the invitation was taken up")
    values = {"invited": asked.business_name, "organizer": desk.organizer, "closes_at": desk.campaign.bids_close_at}
    return desk.links.invitation(asked.id), values


def _claimed(desk: Desk) -> Written:
    return desk.shop(), {}


def _bid_placed(desk: Desk) -> Written:
    values = {"promises": desk.promises(), "closes_at": desk.campaign.bids_close_at, "sealed": desk.bid.sealed}
    return desk.shop(f"/shop/{desk.campaign.slug}/bid"), values


def _team_invited(desk: Desk) -> Written:
    return desk.links.organize(desk.campaign.slug), {"organizer": desk.organizer, "role": desk.payload["role"]}


def _awarded(desk: Desk) -> Written:
    demand(desk.bid.id in {w.bid for w in desk.campaign.winners}, "the bid fell out")
    return desk.shop(_agreement(desk)), {"promises": desk.promises(), "accept_by": _accept_by(desk.campaign)}


def _agreement(desk: Desk) -> str:
    return f"/campaigns/{desk.campaign.slug}/agreement?bid={desk.payload['bid']}"


def _accept_by(campaign: Campaign) -> datetime | None:
    return campaign.award.at + campaign_rules.AGREEMENT_TERM if campaign.award else None


def _not_chosen(desk: Desk) -> Written:
    return desk.links.campaign(desk.campaign.slug), {}


def _agreement_waiting(desk: Desk) -> Written:
    side = "business" if desk.for_business else "organizer"
    held = businesses.agreement(desk.session, desk.payload["bid"])
    accepted = {acceptance.by for acceptance in held.accepted} if held else set()
    waits = desk.campaign.state == State.CHOOSING and side not in accepted
    demand(waits, "the agreement waits for nobody here any more")
    page = _agreement(desk)
    return desk.part(page, page), {"other_accepted": bool(accepted), "accept_by": _accept_by(desk.campaign)}


def _agreed(desk: Desk) -> Written:
    return desk.links.campaign(desk.campaign.slug), {}


def _pledged(desk: Desk) -> dict[str, Any]:
    return {"people": desk.payload["people"], "amount": money(desk.payload["amount"])}


def _tipped(desk: Desk) -> Written:
    return desk.part(), _pledged(desk)


def _missed(desk: Desk) -> Written:
    demand(desk.campaign.state == State.MISSED, "it was decided whether to go ahead")
    link = desk.part(f"/shop/{desk.campaign.slug}/proceed")
    return link, {**_pledged(desk), "proceed_by": campaign_rules.proceed_until(desk.campaign)}


def _till_due(desk: Desk) -> Written:
    declared = {total.business for total in pledges.till_totals(desk.session, desk.campaign.id)}
    counting = desk.campaign.state in {State.MOBBING, State.COUNTING}
    demand(counting and desk.business.id not in declared, "the till total was given")
    closing = desk.campaign.last_closing
    return desk.shop(f"/shop/{desk.campaign.slug}/till"), {
        "till_by": closing + campaign_rules.TILL_TERM if closing else desk.now
    }


def _till_to_confirm(desk: Desk) -> Written:
    total = pledges.till(desk.session, desk.payload["till"])
    demand(total.state.value == "declared", "the till total was answered")
    return desk.part(), {"takings": None if total.hidden else total.figures.takings}


def _promise_due(desk: Desk) -> Written:
    o = desk.obligation
    demand(o.due_on.isoformat() == desk.payload["due_on"], "the date was moved")
    demand(followthrough.fulfilled_on(o) is None and _is_open(desk), "the promise was answered")
    return _promise(desk), {"obligation": o}


def _promise(desk: Desk) -> str:
    """The promise's page: where the shop files, or where everybody looks."""
    return desk.part(f"/shop/promises/{desk.obligation.id}", f"/promises/{desk.obligation.id}")


def _is_open(desk: Desk) -> bool:
    return followthrough.standing(desk.obligation, desk.now) in {Standing.NOT_DUE, Standing.IN_PROGRESS, Standing.LATE}


def _promise_late(desk: Desk) -> Written:
    late = followthrough.standing(desk.obligation, desk.now) == Standing.LATE
    demand(late, "the promise is late no more")
    return _promise(desk), {"obligation": desk.obligation}


def _extension_asked(desk: Desk) -> Written:
    asked = desk.obligation.extension_asked
    demand(bool(asked), "the question was answered")
    values = {"due_on": date.fromisoformat(desk.payload["due_on"]), "reason": desk.payload["reason"]}
    return desk.part(), {"obligation": desk.obligation, **values}


def _verdict_due(desk: Desk) -> Written:
    disputed = followthrough.standing(desk.obligation, desk.now) == Standing.DISPUTED
    demand(disputed or desk.obligation.verdict is None, "the verdict was given")
    page = f"/promises/{desk.obligation.id}/verdict"
    return desk.part(page, page), {"obligation": desk.obligation, "disputed": disputed}


def _verdict_given(desk: Desk) -> Written:
    word, _, look = VERDICTS[desk.payload["verdict"]]
    values = {"verdict": word, "look": look, "reason": desk.payload["reason"]}
    return _promise(desk), {"obligation": desk.obligation, **values}


def _postponed(desk: Desk) -> Written:
    return _changed_for(desk, {"reason": desk.payload["reason"]})


def _changed_for(desk: Desk, values: dict[str, Any]) -> Written:
    """A supporter is led to their pledge, everybody else to the campaign."""
    if "pledge" not in desk.payload:
        return desk.links.campaign(desk.campaign.slug), {"supporter": False, **values}
    demand(desk.pledge.stands, "the pledge has ended")
    return desk.links.pledge(desk.pledge.id), {"supporter": True, **values}


def _cancelled(desk: Desk) -> Written:
    values = {"reason": desk.payload["reason"], "supporter": desk.payload["supporter"]}
    return desk.links.campaign(desk.campaign.slug), values


_TERMS = {
    "windows": Message("the day and hours"),
    "place": Message("the place"),
    "goal": Message("the goal"),
    "go_ahead": Message("what is needed for the day to take place"),
    "currency": Message("the currency"),
    "business": Message("the business"),
}
"""Material terms as a supporter reads them (campaigns.rules.MATERIAL)."""


def _terms_changed(desk: Desk) -> Written:
    demand(desk.pledge.terms_version < desk.campaign.terms_version, "the supporter has agreed again")
    changed = [_TERMS[name] for name in desk.payload["changed"] if name in _TERMS]
    return _changed_for(desk, {"changed": changed})


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


WRITERS: dict[str, Callable[[Desk], Written]] = {
    "sign_in": _sign_in,
    "confirm_pledge": _confirm_pledge,
    "confirm_vote": _confirm_vote,
    "invitation": _invitation,
    "claimed": _claimed,
    "bid_placed": _bid_placed,
    "team_invited": _team_invited,
    "awarded": _awarded,
    "runner_up": _not_chosen,
    "not_chosen": _not_chosen,
    "agreement_waiting": _agreement_waiting,
    "agreed": _agreed,
    "campaign_tipped": _tipped,
    "campaign_missed": _missed,
    "till_due": _till_due,
    "till_to_confirm": _till_to_confirm,
    "promise_due": _promise_due,
    "promise_late": _promise_late,
    "extension_asked": _extension_asked,
    "verdict_due": _verdict_due,
    "verdict_given": _verdict_given,
    "postponed": _postponed,
    "cancelled": _cancelled,
    "terms_changed": _terms_changed,
    "digest": _digest,
}
