"""The life of a pledge: made, confirmed, changed, replaced, withdrawn (API.md; DOMAIN.md, 8 to 10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from campaigns import rules as campaigns
from campaigns import slots
from campaigns.slots import Slot
from campaigns.values import Campaign, State
from core import text
from core.errors import Conflict
from core.facts import Fact
from core.money import Money
from pledges import facts
from pledges.rules.codes import spoken
from pledges.values import Held, Pledge, PledgeOffer, PledgeState, check_currency, check_promise

_BEFORE = (State.DRAFT, State.BIDDING, State.CHOOSING, State.AGREED)
_CHOOSING_AGAIN = (State.CHOOSING, State.AGREED)

Change = tuple[Pledge, list[Fact]]


def local(campaign: Campaign, at: datetime) -> str:
    """An instant as people of the campaign read it: "2026-06-12 09:00 Europe/Berlin"."""
    return f"{at.astimezone(ZoneInfo(campaign.timezone)):%Y-%m-%d %H:%M} {campaign.timezone}"


def demand_pledging(campaign: Campaign, now: datetime) -> None:
    """Raise Conflict unless pledges are taken now; says when that opens, or when it closed."""
    if campaigns.takes_pledges(campaign, now):
        return
    if campaign.state in _BEFORE:
        _refuse_early(campaign)
    closed = campaign.pledging_closes_at
    if closed is None or now < closed:
        raise Conflict("The campaign is {state}: it takes no pledges any more", state=campaign.state)
    raise Conflict("Pledging closed on {at}; the campaign is {state}", at=local(campaign, closed), state=campaign.state)


def _refuse_early(campaign: Campaign) -> None:
    opens = campaign.pledging.opens_at
    if opens is None:
        raise Conflict("The campaign is {state}: pledging opens once the agreement is accepted", state=campaign.state)
    raise Conflict("The campaign is {state}: pledging opens on {at}", state=campaign.state, at=local(campaign, opens))


def accept(offer: PledgeOffer, currency: str) -> PledgeOffer:
    """The offer with its texts cleaned. Raises Invalid for another currency, a wrong address, unfit characters."""
    check_currency(offer.amount, currency, "amount")
    email = text.email(offer.email) if offer.email.strip() else ""
    name = text.clean(offer.name, "name", 120)
    return replace(offer, email=email, name=name, updates=offer.updates and bool(email))


def make(campaign: Campaign, offer: PledgeOffer, pledge_id: str, code: str, now: datetime) -> tuple[Pledge, Fact]:
    """A fresh pledge, unconfirmed; late where the go-ahead has been decided, or should have been.

    Raises Invalid for an arrival time that is not offered; whether there is room in it, its rows say.
    """
    if offer.slot:
        slots.demand(campaign, offer.slot, now)
    made = Pledge(
        id=pledge_id,
        campaign=campaign.id,
        code=code,
        amount=offer.amount,
        party=offer.party,
        units=offer.units,
        state=PledgeState.UNCONFIRMED,
        joined_late=campaigns.is_late_joiner(campaign, now),
        with_address=bool(offer.email),
        terms_version=campaign.terms_version,
        created_at=now,
        updates=offer.updates,
        slot=offer.slot,
    )
    told = facts.PledgeMade(made.id, made.amount, made.party, made.with_address, made.joined_late, _written(made.slot))
    return made, told


def _written(slot: Slot | None) -> str | None:
    return str(slot) if slot else None


def confirm(pledge: Pledge, campaign: Campaign, person: str, now: datetime) -> Change:
    """The address is proven: the pledge counts. Repeating it changes nothing, or agrees to changed terms.

    Raises Conflict for a pledge that has ended, and after pledging has closed.
    """
    demand_standing(pledge)
    if pledge.state == PledgeState.CONFIRMED:
        return _renew(replace(pledge, person=person), campaign, now)
    demand_pledging(campaign, now)
    confirmed, fact = _confirmed(pledge, campaign, now)
    return replace(confirmed, person=person), [fact]


def confirm_at_door(pledge: Pledge, campaign: Campaign, now: datetime) -> Change:
    """An unconfirmed code is confirmed by its owner's arrival; whose address it has stays unproven."""
    if pledge.state != PledgeState.UNCONFIRMED:
        return pledge, []
    confirmed, fact = _confirmed(pledge, campaign, now)
    return confirmed, [fact]


def unconfirm(pledge: Pledge, made_late: bool) -> Change:
    """Take back a confirmation at the door, unless the mail has confirmed the pledge since."""
    if pledge.state != PledgeState.CONFIRMED or pledge.person is not None:
        return pledge, []
    back = replace(pledge, state=PledgeState.UNCONFIRMED, confirmed_at=None, joined_late=made_late)
    return back, [facts.PledgeUnconfirmed(back.id, back.joined_late)]


def _confirmed(pledge: Pledge, campaign: Campaign, now: datetime) -> tuple[Pledge, Fact]:
    confirmed = replace(
        pledge,
        state=PledgeState.CONFIRMED,
        confirmed_at=now,
        joined_late=campaigns.is_late_joiner(campaign, now),
        terms_version=campaign.terms_version,
    )
    return confirmed, facts.PledgeConfirmed(confirmed.id, confirmed.amount, confirmed.party, confirmed.joined_late)


def _renew(pledge: Pledge, campaign: Campaign, now: datetime) -> Change:
    if pledge.terms_version >= campaign.terms_version or not campaigns.takes_pledges(campaign, now):
        return pledge, []
    late = pledge.joined_late and campaigns.is_late_joiner(campaign, now)
    renewed = replace(pledge, terms_version=campaign.terms_version, joined_late=late)
    return renewed, [facts.PledgeRenewed(renewed.id, renewed.terms_version, late)]


def replaces(confirmed: Pledge, other: Pledge) -> bool:
    """Whether a confirmed pledge takes the place of another of the same address: any confirmed, any earlier one."""
    older = other.state == PledgeState.CONFIRMED or other.created_at <= confirmed.created_at
    return other.id != confirmed.id and other.stands and older


def replace_by(pledge: Pledge, newer: Pledge, now: datetime) -> Change:
    ended = replace(pledge, state=PledgeState.REPLACED, ended_at=now, replaced_by=newer.id)
    return ended, [facts.PledgeReplaced(pledge.id, newer.id)]


def change(
    pledge: Pledge, campaign: Campaign, amount: Money, party: int, now: datetime, slot: Slot | None = None
) -> Change:
    """Another amount, party or arrival time; ``slot`` None: any time.

    Raises Conflict once pledging has closed, Invalid for a wrong figure or a time that is not offered.
    """
    demand_standing(pledge)
    demand_pledging(campaign, now)
    check_currency(amount, campaign.currency, "amount")
    check_promise(amount, party)
    if slot and slot != pledge.slot:
        slots.demand(campaign, slot, now)
    kept = slot if slots.find(campaign, slot) else None
    if (amount, party, kept) == (pledge.amount, pledge.party, pledge.slot):
        return pledge, []
    changed = replace(_moved(pledge, kept), amount=amount, party=party, held=_held(pledge, campaign, now))
    return changed, [_changed(pledge, changed)]


def drop_slot(pledge: Pledge) -> Change:
    """The chosen time was filled by others while nobody confirmed the pledge: it counts, at any time."""
    changed = _moved(pledge, None)
    return changed, [_changed(pledge, changed)]


def _moved(pledge: Pledge, slot: Slot | None) -> Pledge:
    return pledge if slot == pledge.slot else replace(pledge, slot=slot, moves=pledge.moves + 1)


def _changed(before: Pledge, after: Pledge) -> Fact:
    was = (before.amount, before.party)
    return facts.PledgeChanged(after.id, after.amount, after.party, *was, _written(after.slot))


def _held(pledge: Pledge, campaign: Campaign, now: datetime) -> Held | None:
    """What counts where the go-ahead is due but not yet decided: the figures as they stood at its instant."""
    due = campaign.go_ahead_at
    if campaign.decided is not None or due is None or now < due:
        return pledge.held
    if pledge.held is not None and pledge.held.until >= due:
        return pledge.held
    return Held(pledge.amount, pledge.party, now)


def withdraw(pledge: Pledge, campaign: Campaign, now: datetime) -> Change:
    """Take a pledge back; repeating it changes nothing. Raises Conflict once pledging has closed."""
    if pledge.state == PledgeState.WITHDRAWN:
        return pledge, []
    demand_standing(pledge)
    closes = campaign.pledging_closes_at
    if not (campaign.state in _CHOOSING_AGAIN and closes is not None and now < closes):
        demand_pledging(campaign, now)
    gone = replace(pledge, state=PledgeState.WITHDRAWN, ended_at=now)
    return gone, [facts.PledgeWithdrawn(pledge.id)]


def demand_standing(pledge: Pledge) -> None:
    """Raise Conflict for a pledge that was withdrawn or replaced."""
    code = spoken(pledge.code)
    if pledge.state == PledgeState.WITHDRAWN:
        raise Conflict("The pledge with the code {code} was withdrawn. You can pledge again.", code=code)
    if pledge.state == PledgeState.REPLACED:
        raise Conflict("The pledge with the code {code} was replaced by a newer one", code=code)
