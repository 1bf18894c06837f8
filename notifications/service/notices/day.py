"""From the first pledge to the till: whether the day happens, when, what it took, what is agreed to again."""

from __future__ import annotations

from collections.abc import Callable

from accounts import queries as people
from businesses import queries as businesses
from campaigns import rules
from campaigns.rules import MATERIAL
from campaigns.values import State
from notifications.service.notices import reminding
from notifications.service.notices.notice import Notice, Reader, ask_again
from pledges import queries as pledges
from pledges.values import Entered, Visibility


def _tipped(n: Notice) -> None:
    payload = {"people": n.body["people"], "amount": n.body["amount"]}
    n.ask("campaign_tipped", [*n.organizers(), *n.winners()], payload)


def _missed(n: Notice) -> None:
    """Both sides may want the day all the same; whoever has not said so is reminded."""
    both = [*n.organizers(), *n.winners()]
    n.ask("campaign_missed", both, {})
    if n.campaign.state == State.MISSED:
        n.remind("campaign_missed", both, {}, rules.proceed_until(n.campaign), n.campaign.id)


def _proceeds(n: Notice) -> None:
    """One side wants the day all the same: the other side's turn."""
    if n.campaign.state == State.MISSED:
        n.ask("campaign_missed", n.winners() if n.body["by"] == "organizer" else n.organizers(), {})


def _closed(n: Notice) -> None:
    n.ask("till_due", n.winners(), {})
    n.remind("till_due", n.winners(), {}, rules.till_until(n.campaign), n.campaign.id)


def _till(n: Notice) -> None:
    if n.body.get("entered") == Entered.SLIP:
        _ask_till(n, "till_to_countersign", n.shops(n.body["business"]), n.body["business"])
    else:
        hidden = n.body["visibility"] == Visibility.CHECKER
        _ask_till(n, "till_to_confirm", (hidden and n.monitors()) or n.organizers(), n.body["business"])


def _signed(n: Notice) -> None:
    """The business said yes to what crew read from its slip: the organizers' turn."""
    _ask_till(n, "till_to_confirm", n.organizers(), pledges.till(n.session, n.body["till"]).business)


def _ask_till(n: Notice, mail: str, readers: list[Reader], business: str) -> None:
    payload = {"till": n.body["till"], "business": business}
    n.ask(mail, readers, payload)
    n.remind(mail, readers, payload, rules.till_until(n.campaign), n.body["till"])


def _disputed(n: Notice) -> None:
    """The monitor's turn, and the business learns that there is another figure."""
    payload = {"till": n.body["till"]}
    business = pledges.till(n.session, n.body["till"]).business
    n.ask("till_disputed", n.shops(business), payload)
    for_monitor = {**payload, "business": business}
    n.ask("till_disputed", n.monitors(), for_monitor)
    n.remind("till_disputed", n.monitors(), for_monitor, rules.till_until(n.campaign), n.body["till"])


def _postponed(n: Notice) -> None:
    ask_again(n, "postponed", {"reason": n.body["reason"]})
    n.ask("postponed", [*n.organizers(), *n.winners()], {"reason": n.body["reason"]})
    reminding.everybody(n)


def _terms(n: Notice) -> None:
    if MATERIAL.intersection(n.body["changed"]):
        ask_again(n, "terms_changed", {"changed": n.body["changed"]})
    if {"windows", "slots"}.intersection(n.body["changed"]):
        reminding.everybody(n)


def _reopened(n: Notice) -> None:
    """Whoever asked may pledge now; open again with another winner, those made for the first one are asked."""
    askers = [Reader(*asker) for asker in businesses.askers(n.session, n.campaign.id)]
    n.ask("pledging_open", askers, {}, about=n.campaign.id)
    reminding.businesses(n)
    if n.body["terms_version"] > 1:
        ask_again(n, "terms_changed", {"changed": ["business"]})


def _final(n: Notice) -> None:
    """Everybody whose pledge stands is thanked and told the result; their digests need not tell it again."""
    supporters = {s.person for s in pledges.supporters(n.session, n.campaign.id)}
    readers = [Reader(p.id, p.email, p.locale) for p in people.people(n.session, supporters).values()]
    n.ask("thank_you", readers, {}, about=n.campaign.id)


def _cancelled(n: Notice) -> None:
    pledged = people.people(n.session, {s.person for s in pledges.supporters(n.session, n.campaign.id)})
    supporters = [Reader(p.id, p.email, p.locale) for p in pledged.values()]
    n.ask("cancelled", supporters, {"reason": n.body["reason"], "supporter": True})
    bidders = {bid.business for bid in businesses.bids_of_campaigns(n.session, [n.campaign.id]) if bid.stands}
    others = [r for r in [*n.organizers(), *n.shops(*bidders)] if r.who not in pledged]
    n.ask("cancelled", others, {"reason": n.body["reason"], "supporter": False})


NOTICES: dict[str, Callable[[Notice], None]] = {
    "PledgingOpened": _reopened,
    "TermsChanged": _terms,
    "CampaignTipped": _tipped,
    "CampaignMissed": _missed,
    "ProceedAccepted": _proceeds,
    "MobPostponed": _postponed,
    "MobClosed": _closed,
    "TillDeclared": _till,
    "TillCountersigned": _signed,
    "TillDisputed": _disputed,
    "TallyFinalized": _final,
    "CampaignCancelled": _cancelled,
}
