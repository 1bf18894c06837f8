"""Commitments from their wire form (API.md); errors name the field as the sender wrote it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from businesses import watching, workdays
from businesses.commitments import (
    MONEY_TERM,
    MOST_WEEKS,
    Action,
    Basis,
    Checker,
    Commitment,
    Fixed,
    PerUnit,
    Share,
    Step,
    StepKind,
)
from businesses.measures import Allocation, Audit, Funding, Measure, Part, RestGoes, Shortfall, State
from businesses.milestones import Milestone
from businesses.topics import OTHER, Topic
from businesses.values import Baseline
from businesses.watching import Watch
from core import text, zones
from core.errors import Invalid, refuse, require
from core.money import Money, parse_decimal
from core.wire import Json, encode, plain

Choice = TypeVar("Choice", bound=StrEnum)
Made = TypeVar("Made")


def commitments(
    bodies: list[Json], currency: str, last_day: date, new_id: Callable[[], str], region: str = ""
) -> tuple[Commitment, ...]:
    """Read a bid's commitments. Raises Invalid with fields such as "commitments.0.share"."""
    require(bodies, "commitments", "make at least one promise")
    require(len(bodies) <= 20, "commitments", "at most 20 promises in one bid")
    read = []
    for n, body in enumerate(bodies):
        try:
            read.append(commitment(body, currency, last_day, new_id, region))
        except Invalid as wrong:
            raise wrong.under(f"commitments.{n}") from None
        once = read[-1].id not in {held.id for held in read[:-1]}
        require(once, f"commitments.{n}.id", "another promise of this bid carries the same id")
    return tuple(read)


def commitment(
    body: Json, currency: str, last_day: date | None, new_id: Callable[[], str], region: str = ""
) -> Commitment:
    """Read one commitment; its due date must lie after ``last_day``, the day of the last window.

    None: it was read before, and its date stays as it is written. Working days are those of ``region``.
    """
    kinds: dict[str, Callable[[Json, str, Json], Commitment]] = {
        "share": _share,
        "per_unit": _per_unit,
        "fixed": _fixed,
        "action": _action,
    }
    kind = str(body.get("kind", ""))
    require(kind in kinds, "kind", "one of share, per_unit, fixed, action")
    common = _common(body, currency, new_id) | _due(body, last_day, kind, region)
    return kinds[kind](body, currency, common)


def _common(body: Json, currency: str, new_id: Callable[[], str]) -> Json:
    proof = body.get("proof") or []
    proof = [proof] if isinstance(proof, str) else proof
    return {
        "id": text.clean(str(body.get("id") or new_id()), "id", 32),
        "purpose": text.clean(str(body.get("purpose") or ""), "purpose", 300),
        "proof": tuple(text.clean(str(p), "proof", 120, 1) for p in proof),
        "checker": choice(Checker, body.get("checker") or "organizer", "checker"),
        **_plan(body, currency),
        "affected_group": text.clean(str(body.get("affected_group") or ""), "affected_group", 200) or None,
        "watch": _watch(body.get("watch")),
        "topic": _topic(body.get("topic")),
        "milestones": tuple(_milestone(each, n) for n, each in enumerate(body.get("milestones") or [])),
    }


def _milestone(body: Json, n: int) -> Milestone:
    at = f"milestones.{n}"
    return Milestone(_date(body.get("due_on"), f"{at}.due_on"), decimal(body.get("value"), f"{at}.value"))


def _topic(value: Any) -> Topic | None:
    """None for "other", and where nothing is said."""
    return None if value in (None, "", OTHER) else choice(Topic, value, "topic")


def _watch(body: Json | None) -> Watch | None:
    try:
        return watching.read(body)
    except Invalid as wrong:
        raise wrong.under("watch") from None


def _due(body: Json, last_day: date | None, kind: str, region: str) -> Json:
    """The date, and what it is said in: weeks or working days after ``last_day``, or itself."""
    weeks, days = whole_weeks(body.get("due_weeks")), _whole_days(body.get("due_working_days"))
    region = region if last_day else str(body.get("working_days_of") or "")
    said = {"due_weeks": weeks, "due_working_days": days, "working_days_of": region if days else ""}
    due_on = _date(body.get("due_on")) if last_day is None else _due_on(body, last_day, kind, said)
    zones.demand_calendar(due_on.year, "due_on")
    return {"due_on": due_on, **said}


def _due_on(body: Json, last_day: date, kind: str, said: Json) -> date:
    """What weeks or working days come to, or the date itself; where both were sent, they must agree."""
    weeks, days, sent = said["due_weeks"], said["due_working_days"], body.get("due_on")
    if weeks is not None:
        require(days is None, "due_working_days", "say weeks or working days, not both")
        due_on = last_day + timedelta(weeks=weeks)
        if not _agrees(sent, due_on):
            day = due_on.isoformat()
            refuse("due_weeks", "{weeks} weeks after the day are {day}: send one of them", weeks=weeks, day=day)
        return due_on
    if days is not None:
        due_on = workdays.after(last_day, days, said["working_days_of"])
        if not _agrees(sent, due_on):
            words = {"days": days, "day": due_on.isoformat()}
            refuse("due_working_days", "{days} working days after the day are {day}: send one of them", **words)
        return due_on
    due_on = last_day + MONEY_TERM if sent in (None, "") and kind != "action" else _date(sent)
    require(due_on > last_day, "due_on", "the date must lie after the last day, {day}", day=last_day.isoformat())
    return due_on


def _agrees(sent: Any, due_on: date) -> bool:
    return sent in (None, "") or _date(sent) == due_on


def whole_weeks(value: Any) -> int | None:
    """So many weeks after the last window's day; None where nothing was sent. Raises Invalid."""
    if value is None:
        return None
    written = str(value).strip()
    fits = written.isascii() and written.isdecimal() and 1 <= len(written) <= 3
    require(fits, "due_weeks", "a whole number of weeks, 1 to 520")
    require(1 <= int(written) <= MOST_WEEKS, "due_weeks", "a whole number of weeks, 1 to 520")
    return int(written)


def _whole_days(value: Any) -> int | None:
    """So many working days after the last window's day; None where nothing was sent. Raises Invalid."""
    if value is None:
        return None
    written = str(value).strip()
    fits = written.isascii() and written.isdecimal() and 1 <= int(written) <= workdays.MOST
    require(fits, "due_working_days", "a whole number of working days, 1 to 1000")
    return int(written)


def _date(value: Any, field: str = "due_on") -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        refuse(field, "write the date, like 2026-09-30")


def _share(body: Json, currency: str, common: Json) -> Share:
    basis = choice(Basis, body.get("basis") or "", "basis")
    match = decimal(body.get("match") or "0", "match")
    matched_by = text.clean(str(body.get("matched_by") or ""), "matched_by", 120)
    return Share(share=decimal(body.get("share"), "share"), basis=basis, match=match, matched_by=matched_by, **common)


def _per_unit(body: Json, currency: str, common: Json) -> PerUnit:
    unit = text.clean(str(body.get("unit") or ""), "unit", 60)
    return PerUnit(amount=amount(body.get("amount"), currency, "amount"), unit=unit, **common)


def _fixed(body: Json, currency: str, common: Json) -> Fixed:
    return Fixed(amount=amount(body.get("amount"), currency, "amount"), **common)


def _action(body: Json, currency: str, common: Json) -> Action:
    made = Action(
        verb=text.clean(str(body.get("verb") or ""), "verb", 60),
        metric=text.clean(str(body.get("metric") or ""), "metric", 120),
        definition=text.clean(str(body.get("definition") or ""), "definition", 600),
        unit=text.clean(str(body.get("unit") or ""), "unit", 60),
        baseline=decimal(body.get("baseline") or "0", "baseline"),
        target=decimal(body.get("target"), "target"),
        ladder=tuple(_step(step, n) for n, step in enumerate(body.get("ladder") or [])),
        **common,
    )
    _check_direction(made, body.get("direction"))
    return made


def _check_direction(made: Action, said: object) -> None:
    """Where the sender says "more" or "fewer", the figures must say so, too."""
    if said in (None, ""):
        return
    require(said in ("more", "fewer"), "direction", "one of {words}", words="more, fewer")
    today = plain(made.baseline)
    if said == "more":
        require(made.more, "target", "more means a target above today's {baseline}", baseline=today)
    else:
        require(not made.more, "target", "fewer means a target below today's {baseline}", baseline=today)


def _step(body: Json, n: int) -> Step:
    when = body.get("when") or {}
    return Step(
        kind=choice(StepKind, when.get("kind") or "", f"ladder.{n}.when.kind"),
        at_least=decimal(when.get("at_least"), f"ladder.{n}.when.at_least"),
        target=decimal(body.get("target"), f"ladder.{n}.target"),
    )


def _plan(body: Json, currency: str) -> Json:
    """The list of works, who priced it, who else pays for it, and what happens where the money does not suffice."""
    return {
        "measures": tuple(_measure(m, currency, n) for n, m in enumerate(body.get("measures") or [])),
        "shortfall": choice(Shortfall, body.get("shortfall") or "drop", "shortfall"),
        "fallback": text.clean(str(body.get("fallback") or ""), "fallback", 200),
        "audit": _audit(body["audit"]) if body.get("audit") else None,
        "funding": tuple(_funding(f, currency, n) for n, f in enumerate(body.get("funding") or [])),
    }


def _measure(body: Json, currency: str, n: int) -> Measure:
    name = text.clean(str(body.get("name") or ""), f"measures.{n}.name", 200)
    return under(f"measures.{n}", lambda: Measure(name, amount(body.get("price"), currency, "price")))


def _funding(body: Json, currency: str, n: int) -> Funding:
    source = text.clean(str(body.get("source") or ""), f"funding.{n}.source", 200)
    return under(f"funding.{n}", lambda: Funding(source, amount(body.get("amount"), currency, "amount")))


def _audit(body: Json) -> Audit:
    by, paid_by = (text.clean(str(body.get(name) or ""), f"audit.{name}", 200) for name in ("by", "paid_by"))
    return under("audit", lambda: Audit(by, paid_by, _date(body["on"], "on") if body.get("on") else None))


def under(field: str, make: Callable[[], Made]) -> Made:
    """What ``make`` gives; what it refuses is named below ``field``."""
    try:
        return make()
    except Invalid as wrong:
        raise wrong.under(field) from None


def decimal(value: Any, field: str) -> Decimal:
    """A decimal from its string form ("22", "12.5"); integers are taken too."""
    return parse_decimal(str(value if value is not None else ""), field)


def amount(value: Any, currency: str, field: str) -> Money:
    """Money from its wire form, or from a bare decimal string in the campaign's currency. Raises Invalid."""
    if isinstance(value, Money):
        value = encode(value)
    if isinstance(value, dict):
        given = str(value.get("currency") or "")
        require(given == currency, f"{field}.currency", "this campaign counts in {currency}", currency=currency)
        value = value.get("amount")
    return Money.parse(str(value if value is not None else ""), currency, field)


def choice(kind: type[Choice], value: Any, field: str) -> Choice:
    """A member of an enumeration by its wire word. Raises Invalid naming the words that would be right."""
    if value not in {member.value for member in kind}:
        refuse(field, "one of {words}", words=", ".join(kind))
    return kind(value)


LATER = (
    "due_weeks",
    "due_working_days",
    "working_days_of",
    "matched_by",
    "affected_group",
    "fallback",
    "audit",
    "funding",
    "watch",
    "topic",
    "milestones",
)
"""Fields that came later stand in the wire form only where they say something: seals made before them still fit."""


def wire(commitment_: Commitment) -> Json:
    """The wire form of a commitment, as API.md writes it."""
    body: Json = {"kind": commitment_.kind, **encode(commitment_)}
    body = {name: value for name, value in body.items() if value or name not in LATER}
    if isinstance(commitment_, Action):
        body["affected_group"] = commitment_.affected_group
        body["ladder"] = [
            {"when": {"kind": s.kind.value, "at_least": encode(s.at_least)}, "target": encode(s.target)}
            for s in commitment_.ladder
        ]
    return body


def stored(body: Json) -> Commitment:
    """A commitment from what ``wire`` made of it: already checked once."""
    currency = _currency(body)
    return commitment(body, currency, None, lambda: "")


def baseline_wire(held: Baseline | None) -> Json | None:
    """The wire form of an ordinary day. What is not given is left out: seals of earlier bids still fit."""
    if held is None:
        return None
    body: Json = encode(held)
    return {name: value for name, value in body.items() if value not in (None, [], False)}


def stored_baseline(body: Json | None) -> Baseline | None:
    """An ordinary day from what ``baseline_wire`` made of it."""
    if body is None:
        return None
    day, shares = body.get("recorded_on"), {name: body.get(name) for name in ("tax_share", "margin")}
    return Baseline(
        takings=tuple(Money.parse(m["amount"], m["currency"]) for m in body["takings"]),
        source=body["source"],
        visibility=body["visibility"],
        recorded_on=date.fromisoformat(day) if day else None,
        units=tuple(body.get("units", ())),
        days=tuple(Money.parse(m["amount"], m["currency"]) for m in body.get("days", ())),
        about=body.get("about", False),
        **{name: None if share is None else Decimal(share) for name, share in shares.items()},
    )


def _currency(body: Json) -> str:
    paid = [f["amount"] for f in body.get("funding") or []]
    priced = [body.get("amount"), *(m["price"] for m in body.get("measures") or []), *paid]
    return next((str(p["currency"]) for p in priced if isinstance(p, dict)), "EUR")


def allocation_wire(held: Allocation | None) -> Json | None:
    """What owed money buys, in wire form; None where there is no list, or what is owed is not known."""
    if held is None:
        return None
    rest = {"rest": held.rest, "rest_goes": held.rest_goes, "top_up": held.top_up}
    return {"measures": encode(list(held.parts)), **encode(rest)}


def allocation(body: Json | None) -> Allocation | None:
    """An allocation from what ``allocation_wire`` made of it."""
    if body is None:
        return None
    parts = tuple(_part(told) for told in body["measures"])
    return Allocation(parts, _known(body["rest"]), RestGoes(body["rest_goes"]))


def _part(body: Json) -> Part:
    price, allocated, others, top_up = (_known(body[name]) for name in ("price", "allocated", "others", "top_up"))
    return Part(body["name"], price, allocated, others, top_up, State(body["state"]))


def _known(body: Json) -> Money:
    """Money that must be there, from its wire form."""
    return Money.rounded(Decimal(body["amount"]), body["currency"])
