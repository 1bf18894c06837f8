"""Pledges and their campaign as values, for rules that need no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from campaigns.values import Campaign, State, Window
from core.money import Money
from pledges.rules import promises
from pledges.values import Pledge, PledgeOffer

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
OPENING = NOON + timedelta(days=10)
CLOSING = OPENING + timedelta(hours=2)


def euro(amount: str) -> Money:
    return Money.parse(amount, "EUR")


def make_campaign(**fields: Any) -> Campaign:
    usual: dict[str, Any] = {
        "state": State.PLEDGING,
        "timezone": "Europe/Berlin",
        "currency": "EUR",
        "windows": (Window("w", OPENING, CLOSING),),
    }
    return Campaign(id="c", slug="mob", team="t", created_at=NOON, **{**usual, **fields})


def make_pledge(campaign: Campaign, now: datetime = NOON, **offered: Any) -> Pledge:
    offer = PledgeOffer(**{"amount": euro("20"), "email": "lea@example.org", **offered})
    return promises.make(campaign, offer, "p", "K7M2QX", now)[0]
