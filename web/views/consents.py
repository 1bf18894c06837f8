"""Promises that affect people named in them, and what those people have said: for the organizers who ask them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from businesses import consent as rules
from businesses.consent import Answer
from businesses.values import Bid, Business
from web.views.promises import Consents, Reader, Slip, consent_state, promised


@dataclass(frozen=True)
class Asked:
    """One promise: whose, its slip, whom it affects and what they said. ``open``: nobody has answered yet."""

    place: str
    bid: str
    commitment: str
    shop: str
    slip: Slip
    group: str
    state: str
    open: bool
    email: str
    name: str


def asked(
    bids: Sequence[Bid], shops: Mapping[str, Business], known: Mapping[str, Consents], reader: Reader
) -> list[Asked]:
    """In the order of the bids."""
    about = [(bid, promise) for bid in bids for promise in rules.needed(bid.offer.commitments)]
    lines = []
    for n, (bid, promise) in enumerate(about):
        held = known.get(bid.id, {}).get(promise.id)
        (slip,) = promised([promise], reader, {promise.id: held} if held else None)
        lines.append(
            Asked(
                place=f"c{n}",
                bid=bid.id,
                commitment=promise.id,
                shop=shops[bid.business].name if bid.business in shops else "",
                slip=slip,
                group=promise.affected_group or "",
                state=consent_state(held, reader),
                open=held is None or held.state == Answer.ASKED,
                email=held.representative.email if held else "",
                name=held.representative.name if held else "",
            )
        )
    return lines
