"""From a waiting mail to a letter: who reads it, what its one link is, and whether it is still wanted.

Everything is looked up at the moment of sending, so that a mail that waited says what is so, not what was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import LINK_LIVES, ORGANIZERS
from businesses import followthrough
from businesses import queries as businesses
from businesses.followthrough import Obligation, Standing
from businesses.values import Bid, Business
from businesses.words import Speech, sentence
from campaigns import queries as campaigns
from campaigns import rules as campaign_rules
from campaigns.values import Campaign, State
from core import formats
from core.errors import Message, NotFound
from core.i18n import LOCALES, translator
from core.outbox import Mail
from core.wire import money
from notifications import store
from notifications.digest import VERDICTS
from notifications.rendering import Letter
from notifications.rules import ALL, DUTIES, KINDS, Nature, message_id
from notifications.service import digests
from notifications.service.links import Links
from pledges import queries as pledges
from pledges.rules.codes import spoken
from pledges.values import Pledge, PledgeState

Written = tuple[str, dict[str, Any]]
"""A letter's link, and the values of its template."""


class Unwanted(Exception):
    """The mail is not sent: its reader does not want it, or what it asks for is done."""


@dataclass(frozen=True)
class Desk:
    """What a letter is written from: the mail, and the rooms below to look things up in."""

    session: Session
    links: Links
    mail: Mail
    now: datetime
    minted: str = ""

    @cached_property
    def payload(self) -> Mapping[str, Any]:
        return self.mail.payload

    @cached_property
    def campaign(self) -> Campaign:
        return campaigns.by_id(self.session, self.payload["campaign"])

    @cached_property
    def business(self) -> Business:
        return businesses.business_by_id(self.session, self.payload["business"])

    @cached_property
    def bid(self) -> Bid:
        return businesses.bid(self.session, self.payload["bid"])

    @cached_property
    def obligation(self) -> Obligation:
        return businesses.obligation(self.session, self.payload["obligation"])

    @cached_property
    def pledge(self) -> Pledge:
        return pledges.pledge(self.session, self.payload["pledge"])

    @property
    def for_business(self) -> bool:
        """Whether it goes to the shop itself: then it carries the shop's key."""
        return "key_version" in self.payload

    @property
    def organizer(self) -> str:
        """Who asks: the owner's name, or their word for themselves."""
        team = accounts.members(self.session, self.campaign.team)
        named = [member.name for member in team if member.role in ORGANIZERS and member.name]
        return named[0] if named else translator(_known(self.mail.locale)).gettext("An organizer")

    def shop(self) -> str:
        return self.links.shop(self.payload["business"], self.payload["key_version"])

    def part(self) -> str:
        """The page on which the reader acts: the shop's own, or the organizers'."""
        return self.shop() if self.for_business else self.links.organize(self.campaign.slug)

    def promises(self) -> list[str]:
        """The bid's promises as sentences in the campaign's language."""
        speech = _speech(_known(self.campaign.language))
        return [sentence(commitment, speech) for commitment in self.bid.offer.commitments]


def letter(desk: Desk, sender: str) -> Letter:
    """The letter of a waiting mail. Raises Unwanted where it is not to be sent."""
    mail = desk.mail
    _demand_wanted(desk)
    try:
        link, values = _WRITERS[mail.kind](desk)
        values |= _common(desk)
    except NotFound as gone:
        raise Unwanted(f"gone: {gone}") from gone
    stop, one_click = _stop(desk)
    return Letter(mail.kind, mail.to, mail.locale, message_id(mail.key, sender), link, values, stop, one_click)


def _common(desk: Desk) -> dict[str, Any]:
    """What many templates speak of: the campaign and the business, where the mail is about one."""
    known = {name: getattr(desk, name) for name in ("campaign", "business") if name in desk.payload}
    return {"for_business": desk.for_business, **known}


def _demand_wanted(desk: Desk) -> None:
    nature, who = KINDS[desk.mail.kind], desk.payload.get("who")
    if nature != Nature.ANSWER and store.is_suppressed(desk.session, desk.mail.to):
        raise Unwanted("the address refuses mail")
    if nature == Nature.DUTY and who and not store.wants_duties(desk.session, who):
        raise Unwanted("the reader has switched duties off")


def _stop(desk: Desk) -> tuple[str, bool]:
    """Where the reader stops such mails, and whether a mail program may do it for them."""
    who = desk.payload.get("who")
    match KINDS[desk.mail.kind]:
        case Nature.DIGEST:
            return desk.links.unsubscribe(str(who), ALL), True
        case Nature.DUTY if who:
            return desk.links.unsubscribe(str(who), DUTIES), False
    return "", False


def _speech(locale: str) -> Speech:
    return Speech(
        say=translator(locale).gettext,
        day=lambda day: formats.calendar_date(day, locale),
        money=lambda amount: formats.money(amount, locale),
        number=lambda number: formats.number(number, locale),
    )


def _known(locale: str) -> str:
    return locale if locale in LOCALES else LOCALES[0]


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Unwanted(otherwise)


def _sign_in(desk: Desk) -> Written:
    return desk.links.sign_in(desk.minted), {"minutes": int(LINK_LIVES.total_seconds()) // 60}


def _confirm_pledge(desk: Desk) -> Written:
    _demand(desk.pledge.state == PledgeState.UNCONFIRMED, "the pledge waits for no confirmation any more")
    return desk.links.pledge(desk.pledge.id), {"amount": desk.pledge.amount, "code": spoken(desk.pledge.code)}


def _confirm_vote(desk: Desk) -> Written:
    return desk.links.vote(desk.payload["vote"]), {}


def _invitation(desk: Desk) -> Written:
    invited = businesses.invitations(desk.session, desk.campaign.id)
    asked = next((i for i in invited if i.id == desk.payload["invitation"]), None)
    if asked is None or asked.claimed_at:
        raise Unwanted("the invitation was taken up")
    values = {"invited": asked.business_name, "organizer": desk.organizer, "closes_at": _closes(desk.campaign)}
    return desk.links.invitation(asked.id), values


def _closes(campaign: Campaign) -> datetime | None:
    return campaign.bidding.closes_at if campaign.bidding else None


def _claimed(desk: Desk) -> Written:
    return desk.shop(), {}


def _bid_placed(desk: Desk) -> Written:
    values = {"promises": desk.promises(), "closes_at": _closes(desk.campaign), "sealed": desk.bid.sealed}
    return desk.shop(), values


def _team_invited(desk: Desk) -> Written:
    return desk.links.organize(desk.campaign.slug), {"organizer": desk.organizer, "role": desk.payload["role"]}


def _awarded(desk: Desk) -> Written:
    _demand(desk.bid.id in {w.bid for w in desk.campaign.winners}, "the bid fell out")
    return desk.shop(), {"promises": desk.promises(), "accept_by": _accept_by(desk.campaign)}


def _accept_by(campaign: Campaign) -> datetime | None:
    return campaign.award.at + campaign_rules.AGREEMENT_TERM if campaign.award else None


def _not_chosen(desk: Desk) -> Written:
    return desk.links.campaign(desk.campaign.slug), {}


def _agreement_waiting(desk: Desk) -> Written:
    side = "business" if desk.for_business else "organizer"
    held = businesses.agreement(desk.session, desk.payload["bid"])
    accepted = {acceptance.by for acceptance in held.accepted} if held else set()
    waits = desk.campaign.state == State.CHOOSING and side not in accepted
    _demand(waits, "the agreement waits for nobody here any more")
    return desk.part(), {"other_accepted": bool(accepted), "accept_by": _accept_by(desk.campaign)}


def _agreed(desk: Desk) -> Written:
    return desk.links.campaign(desk.campaign.slug), {}


def _pledged(desk: Desk) -> dict[str, Any]:
    return {"people": desk.payload["people"], "amount": money(desk.payload["amount"])}


def _tipped(desk: Desk) -> Written:
    return desk.part(), _pledged(desk)


def _missed(desk: Desk) -> Written:
    _demand(desk.campaign.state == State.MISSED, "it was decided whether to go ahead")
    return desk.part(), {**_pledged(desk), "proceed_by": campaign_rules.proceed_until(desk.campaign)}


def _till_due(desk: Desk) -> Written:
    declared = {total.business for total in pledges.till_totals(desk.session, desk.campaign.id)}
    counting = desk.campaign.state in {State.MOBBING, State.COUNTING}
    _demand(counting and desk.business.id not in declared, "the till total was given")
    closing = desk.campaign.last_closing
    return desk.shop(), {"till_by": closing + campaign_rules.TILL_TERM if closing else desk.now}


def _till_to_confirm(desk: Desk) -> Written:
    total = pledges.till(desk.session, desk.payload["till"])
    _demand(total.state.value == "declared", "the till total was answered")
    return desk.part(), {"takings": None if total.hidden else total.figures.takings}


def _promise_due(desk: Desk) -> Written:
    o = desk.obligation
    _demand(o.due_on.isoformat() == desk.payload["due_on"], "the date was moved")
    _demand(followthrough.fulfilled_on(o) is None and _is_open(desk), "the promise was answered")
    return desk.part(), {"obligation": o}


def _is_open(desk: Desk) -> bool:
    return followthrough.standing(desk.obligation, desk.now) in {Standing.NOT_DUE, Standing.IN_PROGRESS, Standing.LATE}


def _promise_late(desk: Desk) -> Written:
    late = followthrough.standing(desk.obligation, desk.now) == Standing.LATE
    _demand(late, "the promise is late no more")
    return desk.part(), {"obligation": desk.obligation}


def _extension_asked(desk: Desk) -> Written:
    asked = desk.obligation.extension_asked
    _demand(bool(asked), "the question was answered")
    values = {"due_on": date.fromisoformat(desk.payload["due_on"]), "reason": desk.payload["reason"]}
    return desk.part(), {"obligation": desk.obligation, **values}


def _verdict_due(desk: Desk) -> Written:
    disputed = followthrough.standing(desk.obligation, desk.now) == Standing.DISPUTED
    _demand(disputed or desk.obligation.verdict is None, "the verdict was given")
    return desk.part(), {"obligation": desk.obligation, "disputed": disputed}


def _verdict_given(desk: Desk) -> Written:
    word, _, look = VERDICTS[desk.payload["verdict"]]
    return desk.part(), {"obligation": desk.obligation, "verdict": word, "look": look, "reason": desk.payload["reason"]}


def _postponed(desk: Desk) -> Written:
    return _changed_for(desk, {"reason": desk.payload["reason"]})


def _changed_for(desk: Desk, values: dict[str, Any]) -> Written:
    """A supporter is led to their pledge, everybody else to the campaign."""
    if "pledge" not in desk.payload:
        return desk.links.campaign(desk.campaign.slug), {"supporter": False, **values}
    _demand(desk.pledge.stands, "the pledge has ended")
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
    _demand(desk.pledge.terms_version < desk.campaign.terms_version, "the supporter has agreed again")
    changed = [_TERMS[name] for name in desk.payload["changed"] if name in _TERMS]
    return _changed_for(desk, {"changed": changed})


def _digest(desk: Desk) -> Written:
    told = digests.read(desk.session, desk.payload)
    if told is None:
        raise Unwanted("the reader follows nothing of this any more")
    return desk.links.campaign(told.digest.lead.source.slug), {
        "digest": told.digest,
        "followed": told.followed,
        "today": told.today(desk.now),
        "links": desk.links,
    }


_WRITERS: dict[str, Callable[[Desk], Written]] = {
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
