"""A bid that is written down for a business: whose turn it is."""

from __future__ import annotations

from collections.abc import Callable

from notifications.service.notices.notice import Notice


def _asked(n: Notice) -> None:
    """The organizers fill it in, now, and once more before bids close."""
    payload = {"prepared": n.body["prepared"], "business": n.body["business"]}
    n.ask("prepare_due", n.organizers(), payload)
    n.remind("prepare_due", n.organizers(), payload, n.campaign.bids_close_at, f"{n.body['prepared']}:prepare")


def _prepared(n: Notice) -> None:
    """The business looks at it and decides, now, and once more before bids close."""
    shop = n.shops(n.body["business"])
    payload = {"prepared": n.body["prepared"], "version": n.body["version"]}
    n.ask("prepared_ready", shop, payload)
    n.remind("prepared_ready", shop, payload, n.campaign.bids_close_at, f"{n.body['prepared']}:{n.body['version']}")


def _declined(n: Notice) -> None:
    n.ask("prepared_declined", n.organizers(), {"prepared": n.body["prepared"], "business": n.body["business"]})


NOTICES: dict[str, Callable[[Notice], None]] = {
    "PreparingAsked": _asked,
    "BidPrepared": _prepared,
    "PreparedDeclined": _declined,
}
