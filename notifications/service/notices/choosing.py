"""From opening to the agreement: nobody has bid, somebody has to choose, somebody was chosen, somebody has to sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from accounts import queries as people
from accounts.rules import Role
from businesses import consent
from businesses import queries as businesses
from businesses.values import PAPER
from campaigns import rules, waits
from campaigns.values import Rule, State
from core.wire import Json, encode
from notifications.service.notices import preparing
from notifications.service.notices.notice import Notice, Reader
from pledges import queries as pledges


def _opened(n: Notice) -> None:
    preparing.ready(n)
    _named(n)


def _named(n: Notice) -> None:
    """One business was named a moment ago: its organizers are reminded if it makes no promise."""
    if _open_wait(n) == "bid":
        n.remind("no_bid", n.organizers(), {"cause": "named"}, n.campaign.wait_until, _wait(n))


def _open_wait(n: Notice) -> str:
    """What is awaited while there is no award: ``bid``, ``choice``, ``tie``; empty where the campaign has moved on."""
    c = n.campaign
    return c.waiting if c.state == State.CHOOSING and c.award is None else ""


def _wait(n: Notice) -> str:
    """Names this wait in the keys of its mails: however many facts speak of it, each mail is asked for once."""
    return f"{n.campaign.id}:{n.campaign.waiting}:{encode(n.campaign.wait_until)}"


def _ranked(n: Notice) -> None:
    """Bidding has closed, or a term for choosing has ended: who has to do something now."""
    waiting = _open_wait(n)
    if waiting == "bid":
        _no_bid(n, "unchosen" if n.body["order"] else "none")
    elif waiting == "consent":
        _consent(n)
    elif waits.organizers_choose(n.campaign):
        _once(n, "choice_due", n.organizers(), {})
    elif waiting:
        n.ask("bidding_closed", n.organizers(), {}, about=_wait(n))
        _ask_jury(n)


def _placed(n: Notice) -> None:
    """A bid on paper is to be countersigned; or the one named business has bid, and a yes is missing."""
    if n.body.get("entered") == PAPER and n.fact.kind == "BidPlaced":
        _countersign(n, n.body["bid"], n.campaign.bids_close_at)
    if _open_wait(n) == "consent":
        _consent(n)


def _consent(n: Notice) -> None:
    """Whose yes is missing: people's whom a promise affects, or a business's under what was entered from paper."""
    bids = [bid for bid in businesses.bids_of_campaigns(n.session, [n.campaign.id]) if bid.stands]
    for bid in bids:
        if bid.lacks_signature:
            _countersign(n, bid.id, n.campaign.wait_until)
    known = businesses.consents_of(n.session, bids)
    if any(consent.missing(bid.offer.commitments, known.get(bid.id, {})) for bid in bids):
        _once(n, "consent_due", n.organizers(), {})


def _countersign(n: Notice, bid: str, until: datetime | None) -> None:
    """To the business, by its own key; where it has not come in yet, by its invitation."""
    shop, about = n.shop_of(bid), f"{bid}:{encode(until)}"
    asked = [i for i in businesses.invitations(n.session, n.campaign.id) if i.business == shop[0].who]
    waiting = [Reader(i.id, i.email, n.campaign.language) for i in asked if i.claimed_at is None]
    payload = {"bid": bid, **({"invitation": waiting[0].who} if waiting else {})}
    n.ask("countersign_due", waiting or shop, payload, about=about)
    n.remind("countersign_due", waiting or shop, payload, until, about)


def _answered(n: Notice) -> None:
    """What people affected said, for those whose bid it is about and for the organizers."""
    payload = {"bid": n.body["bid"], "group": n.body["group"], "answer": n.fact.kind}
    shop = n.shop_of(n.body["bid"])
    n.ask("consent_answered", shop, payload)
    n.ask("consent_answered", n.organizers(), {**payload, "business": shop[0].who})


def _no_bid(n: Notice, cause: str) -> None:
    _once(n, "no_bid", n.organizers(), {"cause": cause})


def _ask_jury(n: Notice) -> None:
    if n.campaign.bidding and n.campaign.bidding.rule == Rule.JURY and n.campaign.waiting == "choice":
        _once(n, "scoring", n.team(Role.JURY), {})


def _once(n: Notice, kind: str, readers: list[Reader], payload: Json) -> None:
    """Ask those who have to act in this wait, now and before it ends."""
    n.ask(kind, readers, payload, about=_wait(n))
    n.remind(kind, readers, payload, n.campaign.wait_until, _wait(n))


def _awarded(n: Notice) -> None:
    for bid in n.body["winners"]:
        _chosen(n, bid, _how(n.body))
    others = [bid for bid in n.body["order"] if bid not in n.body["winners"]]
    for place, bid in enumerate(others):
        n.ask("not_chosen" if place else "runner_up", n.shop_of(bid), {"bid": bid})


def _how(awarded: Json) -> str:
    """By what a bid was chosen, as its organizers are told."""
    if awarded["rule"] == "named":
        return "named"
    if len(awarded["order"]) == 1:
        return "one_bid"
    return "organizers" if awarded["reason"] else "rule"


def _chosen(n: Notice, bid: str, how: str) -> None:
    shop = n.shop_of(bid)
    n.ask("awarded", shop, {"bid": bid})
    n.ask("agreement_waiting", n.organizers(), {"bid": bid, "business": shop[0].who, "how": how})
    _remind_to_sign(n, bid)


def _remind_to_sign(n: Notice, bid: str) -> None:
    """Whoever has not accepted two days before the term ends; who has is not asked again."""
    shop, until = n.shop_of(bid), rules.agreement_until(n.campaign)
    n.remind("agreement_waiting", shop, {"bid": bid}, until, bid)
    n.remind("agreement_waiting", n.organizers(), {"bid": bid, "business": shop[0].who}, until, bid)


def _replaced(n: Notice) -> None:
    """Everybody hears why; the runner-up is asked; the other winners' term begins anew; with nobody left: as no bid."""
    _tell_all(n)
    if n.body["by"]:
        _chosen(n, n.body["by"], "runner_up")
    elif _open_wait(n) == "bid":
        _no_bid(n, "left")
    elif _open_wait(n) == "consent":
        _consent(n)
    for winner in n.campaign.winners:
        _remind_to_sign(n, winner.bid)


def _tell_all(n: Notice) -> None:
    """Who fell out and why, for the team, for every bidder but the one who is asked now, and for who has pledged."""
    payload = {name: n.body.get(name) for name in ("bid", "by", "reason", "waits_for")}
    bids = [b for b in businesses.bids_of_campaigns(n.session, [n.campaign.id]) if b.stands or b.id == n.body["bid"]]
    pledged = people.people(n.session, {s.person for s in pledges.supporters(n.session, n.campaign.id)})
    supporters = [Reader(p.id, p.email, p.locale) for p in pledged.values()]
    n.ask("winner_fell", supporters, {**payload, "supporter": True})
    team = [reader for reader in n.team(*Role) if reader.who not in pledged]
    others = n.shops(*(b.business for b in bids if b.id != n.body["by"]))
    n.ask("winner_fell", [*team, *others], {**payload, "supporter": False})


def _accepted(n: Notice) -> None:
    """The other side's turn; whoever has accepted by the time of sending is not asked."""
    shop = n.shop_of(n.body["bid"])
    if n.body["by"] == "organizer":
        n.ask("agreement_waiting", shop, {"bid": n.body["bid"]})
    else:
        n.ask("agreement_waiting", n.organizers(), {"bid": n.body["bid"], "business": shop[0].who})


def _agreed(n: Notice) -> None:
    n.ask("agreed", [*n.organizers(), *n.winners()], {})


NOTICES: dict[str, Callable[[Notice], None]] = {
    "CampaignOpened": _opened,
    "BusinessNamed": _named,
    "BidsRanked": _ranked,
    "BidPlaced": _placed,
    "BidRaised": _placed,
    "ConsentGiven": _answered,
    "ConsentRefused": _answered,
    "ConsentWithdrawn": _answered,
    "ConsentLapsed": _answered,
    "BidsAwarded": _awarded,
    "WinnerReplaced": _replaced,
    "AgreementAccepted": _accepted,
    "CampaignAgreed": _agreed,
}
