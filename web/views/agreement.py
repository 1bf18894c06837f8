"""Who accepted an agreement, when, and how they were known: for its page and its paper."""

from __future__ import annotations

from dataclasses import dataclass

from businesses.values import Acceptance, Agreement, Business
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from web.speech import windows
from web.views.identity import unconfirmed

HOW = {
    "signed_in_by_mail": N_("signed in by mail"),
    "invited_address": N_("by the invited address"),
    "invitation_link": N_("by the invitation’s link"),
    "signed_paper": N_("by a sheet that it signed"),
    "own_domain": N_("identity confirmed from an address on its own domain"),
    "register": N_("identity compared with its entry in a register"),
    "visit": N_("identity confirmed by a visit of two of the team"),
}
"""How whoever accepted was known at that moment."""


@dataclass(frozen=True)
class Signature:
    """One side: ``side`` is organizer or business, ``who`` its public name, ``lines`` what there is to say."""

    side: str
    who: str
    accepted: bool
    lines: tuple[str, ...]


def signatures(campaign: Campaign, agreement: Agreement, business: Business, locale: str) -> tuple[Signature, ...]:
    """Both sides in the reader's language, the business first; who has not accepted says so."""
    accepted = {held.by: held for held in agreement.accepted}
    names = {"business": business.name, "organizer": translator(locale).gettext("The organizers")}
    return tuple(_signature(side, name, accepted.get(side), campaign, locale) for side, name in names.items())


def _signature(side: str, who: str, held: Acceptance | None, campaign: Campaign, locale: str) -> Signature:
    _ = translator(locale).gettext
    if held is None:
        return Signature(side, who, False, (_("not yet"),))
    when = formats.moment(held.at, locale, campaign.timezone)
    plainly = unconfirmed(held.how, locale) if side == "business" else ""
    lines = (f"{held.name}, {when} ({campaign.timezone})", _(HOW.get(held.how, held.how)), plainly)
    return Signature(side, who, True, tuple(line for line in lines if line))


def moved(campaign: Campaign, agreement: Agreement, venue: str) -> list[str]:
    """The windows as they are now, where the accepted text names others: the day was moved since."""
    now = windows(campaign, venue)
    return [] if all(window in agreement.text for window in now) else now
