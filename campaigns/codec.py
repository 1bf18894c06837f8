"""Campaign values from their wire form: the way back from ``core.wire.encode``, used by the store and the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from campaigns.values import (
    Award,
    Bidding,
    CoHost,
    Criterion,
    Decided,
    Disclosure,
    Estimate,
    GoAhead,
    GoAheadKind,
    Goal,
    GoalKind,
    Mode,
    NamedBusiness,
    Pledging,
    Question,
    Rule,
    Slots,
    TieBreak,
    Window,
    Winner,
)
from core import wire
from core.wire import Json

Value = TypeVar("Value")


def maybe(decode: Callable[[Any], Value], value: Any) -> Value | None:
    return None if value is None else decode(value)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def window(body: Json) -> Window:
    return Window(body["id"], moment(body["opens_at"]), moment(body["closes_at"]), body["venue"])


def goal(body: Json) -> Goal:
    return Goal(GoalKind(body["kind"]), maybe(Decimal, body["target"]))


def go_ahead(body: Json) -> GoAhead:
    return GoAhead(GoAheadKind(body["kind"]), maybe(Decimal, body["target"]), maybe(moment, body["at"]))


def bidding(body: Json) -> Bidding:
    return Bidding(
        closes_at=maybe(moment, body["closes_at"]),
        mode=Mode(body["mode"]),
        rule=Rule(body["rule"]),
        tie_break=TieBreak(body["tie_break"]),
        minimum_share=maybe(Decimal, body["minimum_share"]),
        winners=body["winners"],
        criteria=tuple(Criterion(c["name"], Decimal(c["weight"])) for c in body["criteria"]),
        extend_by=body.get("extend_by", 0),
        extend_at_most=body.get("extend_at_most", 0),
        questions=tuple(Question(q["text"], q["needed"]) for q in body.get("questions", [])),
        estimate=maybe(estimate, body.get("estimate")),
    )


def estimate(body: Json) -> Estimate:
    takings = wire.money(body["takings"])
    assert takings is not None
    return Estimate(takings, body["source"], body["units"], body["people"])


def pledging(body: Json) -> Pledging:
    return Pledging(maybe(moment, body["opens_at"]), maybe(moment, body["closes_at"]))


def slots(body: Json) -> Slots:
    return Slots(body["minutes"], body["cap"])


def disclosure(body: Json) -> Disclosure:
    return Disclosure(body["income"], body["ties"])


def co_host(body: Json) -> CoHost:
    return CoHost(body["name"], body["url"])


def named_business(body: Json) -> NamedBusiness:
    return NamedBusiness(body["name"], body["contact"])


def winner(body: Json) -> Winner:
    return Winner(body["bid"], body["business"], body.get("venue", ""))


def award(body: Json) -> Award:
    return Award(
        winners=tuple(winner(w) for w in body["winners"]),
        runners_up=tuple(winner(w) for w in body["runners_up"]),
        at=moment(body["at"]),
        reason=body["reason"],
        agreed=frozenset(body["agreed"]),
    )


def decided(body: Json) -> Decided:
    amount = wire.money(body["amount"])
    assert amount is not None
    return Decided(body["people"], amount, moment(body["at"]))
