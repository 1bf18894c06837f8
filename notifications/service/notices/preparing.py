"""A bid that is written down for a business: whose turn it is."""

from __future__ import annotations

from collections.abc import Callable

from businesses import queries as businesses
from businesses.preparing import Stage
from campaigns.values import State
from notifications.service.notices.notice import Notice


def _asked(n: Notice) -> None:
    """The organizers fill it in, now, and once more before bids close."""
    payload = {"prepared": n.body["prepared"], "business": n.body["business"]}
    n.ask("prepare_due", n.organizers(), payload)
    n.remind("prepare_due", n.organizers(), payload, n.campaign.bids_close_at, f"{n.body['prepared']}:prepare")


def _prepared(n: Notice) -> None:
    """In a draft nothing can be approved yet: the business is written to when it opens."""
    if n.campaign.state != State.DRAFT:
        _to_approve(n, n.body["business"], n.body["prepared"], n.body["version"])


def ready(n: Notice) -> None:
    """The campaign is open: what was prepared in the draft can be approved."""
    for held in businesses.prepared_in(n.session, n.campaign.id):
        if held.stage == Stage.READY:
            _to_approve(n, held.business, held.id, held.version)


def _to_approve(n: Notice, business: str, prepared: str, version: int) -> None:
    """The business looks at it and decides, now, and once more before bids close; whoever tells it, it hears once."""
    shop, about = n.shops(business), f"{prepared}:{version}"
    payload = {"prepared": prepared, "version": version}
    n.ask("prepared_ready", shop, payload, about=about)
    n.remind("prepared_ready", shop, payload, n.campaign.bids_close_at, about)


def _declined(n: Notice) -> None:
    n.ask("prepared_declined", n.organizers(), {"prepared": n.body["prepared"], "business": n.body["business"]})


NOTICES: dict[str, Callable[[Notice], None]] = {
    "PreparingAsked": _asked,
    "BidPrepared": _prepared,
    "PreparedDeclined": _declined,
}
