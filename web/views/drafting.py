"""A campaign's terms as the fields of the draft's steps, and back. Field names are those of the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from businesses import workdays
from campaigns.keeping import check_rechecks
from campaigns.values import (
    Bidding,
    Campaign,
    CoHost,
    Criterion,
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
)
from core import formats, zones
from core.db import new_id
from core.i18n import LOCALES, N_
from core.money import decimals_of
from core.wire import plain
from web.views.fields import Fields

Shown = dict[str, object]


@dataclass(frozen=True)
class Step:
    """One short page of the draft and the terms that are filled in there."""

    name: str
    title: str
    terms: tuple[str, ...]


STEPS = (
    Step("story", N_("What is it about?"), ("title", "story", "language")),
    Step("place", N_("Where is it?"), ("place", "timezone", "region", "currency")),
    Step("day", N_("When does the crowd come?"), ("windows", "goal", "go_ahead", "pledging", "slots")),
    Step("bidding", N_("Who competes?"), ("bidding", "business", "rechecks")),
    Step("disclosure", N_("Who gains from it?"), ("disclosure", "co_hosts")),
)


def step(name: str) -> Step | None:
    return next((held for held in STEPS if held.name == name), None)


def read(fields: Fields, held: Campaign, terms: frozenset[str]) -> dict[str, Any]:
    """The campaign's fields from a step's form, only those in ``terms``. Raises Invalid naming everything refused."""
    if "business" in terms or "bidding" in terms:
        terms = terms | {"competition"}
    changes: dict[str, Any] = {}
    for term, reader in _READERS.items():
        if term in terms:
            changes |= reader(fields, held)
    fields.check()
    return changes


def _story(name: str, most: int) -> Callable[[Fields, Campaign], Shown]:
    return lambda fields, held: {name: fields.text(name, most, 1)}


def _language(fields: Fields, held: Campaign) -> Shown:
    chosen = fields.raw("language")
    return {"language": chosen} if chosen in LOCALES else {}


def _zone(fields: Fields, held: Campaign) -> Shown:
    found = fields.keep(lambda: zones.zone(fields.raw("timezone")))
    return {"timezone": found.key} if found else {}


def _region(fields: Fields, held: Campaign) -> Shown:
    """A region that nobody lists public holidays for would be of no use: refused at once."""
    code = fields.text("region", 6).upper()
    if code:
        fields.keep(lambda: workdays.demand_known(code, "region"))
    return {"region": code}


def _currency(fields: Fields, held: Campaign) -> Shown:
    code = fields.raw("currency")
    return {"currency": code} if fields.keep(lambda: decimals_of(code)) is not None else {}


def windows(fields: Fields, zone: str) -> tuple[Window, ...]:
    """The windows of a form, in the campaign's local time; a row left empty, or marked for removal, is none."""
    read_ = [_window(fields, zone, f"windows.{n}") for n in fields.indices("windows")]
    return tuple(window for window in read_ if window)


def _window(fields: Fields, zone: str, at: str) -> Window | None:
    names = [f"{at}.{name}" for name in ("opens_at", "closes_at", "venue")]
    if fields.raw(f"{at}.remove") or not fields.has(*names):
        return None
    opens, closes = fields.instant(names[0], zone), fields.instant(names[1], zone)
    for name, instant in ((names[0], opens), (names[1], closes)):
        fields.require(instant or fields.has(name), name, "say the day and the time")
    if opens is None or closes is None:
        return None
    identity, venue = fields.raw(f"{at}.id")[:32] or new_id(), fields.text(names[2], 200)
    return fields.keep(lambda: Window(identity, opens, closes, venue), at)


def _windows(fields: Fields, held: Campaign) -> Shown:
    return {"windows": windows(fields, held.timezone or "UTC")}


def _target(fields: Fields, name: str, currency: str, *, money: bool) -> Decimal | None:
    if not money:
        return fields.number(name)
    amount = fields.money(name, currency or "EUR")
    return amount.amount if amount else None


def _goal(fields: Fields, held: Campaign) -> Shown:
    kind = fields.choice("goal.kind", GoalKind, GoalKind.NONE)
    if kind == GoalKind.NONE:
        return {"goal": Goal()}
    target = _target(fields, "goal.target", held.currency, money=kind == GoalKind.TAKINGS)
    return {"goal": fields.keep(lambda: Goal(kind, target), "goal")}


def _go_ahead(fields: Fields, held: Campaign) -> Shown:
    kind = fields.choice("go_ahead.kind", GoAheadKind, GoAheadKind.NONE)
    if kind == GoAheadKind.NONE:
        return {"go_ahead": GoAhead()}
    target = _target(fields, "go_ahead.target", held.currency, money=kind == GoAheadKind.MONEY)
    at = fields.instant("go_ahead.at", held.timezone or "UTC")
    return {"go_ahead": fields.keep(lambda: GoAhead(kind, target, at), "go_ahead")}


def _pledging(fields: Fields, held: Campaign) -> Shown:
    opens, closes = (fields.instant(f"pledging.{name}", held.timezone or "UTC") for name in ("opens_at", "closes_at"))
    return {"pledging": Pledging(opens, closes)}


def _slots(fields: Fields, held: Campaign) -> Shown:
    """The arrival times; None where nothing was typed."""
    minutes, cap = fields.whole("slots.minutes"), fields.whole("slots.cap")
    if not fields.has("slots.minutes", "slots.cap"):
        return {"slots": None}
    fields.require(fields.has("slots.minutes"), "slots.minutes", "say how long each arrival time is")
    return {"slots": fields.keep(lambda: Slots(minutes, cap), "slots") if minutes is not None else None}


def _competition(fields: Fields, held: Campaign) -> Shown:
    """Either an auction, or the one business that is asked."""
    if fields.raw("competition") == "named":
        return {"bidding": None, "business": named_business(fields)}
    return {"bidding": _bidding(fields, held), "business": None}


def named_business(fields: Fields) -> NamedBusiness:
    """The one business; its contact stays private."""
    return NamedBusiness(fields.text("business.name", 120, 1), fields.text("business.contact", 254))


def _bidding(fields: Fields, held: Campaign) -> Bidding | None:
    closes = fields.instant("bidding.closes_at", held.timezone or "UTC")
    fields.require(closes or fields.has("bidding.closes_at"), "bidding.closes_at", "say when bidding closes")
    rule = fields.choice("bidding.rule", Rule, Rule.HIGHEST_SHARE)
    values: dict[str, Any] = {
        "closes_at": closes,
        "mode": fields.choice("bidding.mode", Mode, Mode.OPEN),
        "rule": rule,
        "tie_break": fields.choice("bidding.tie_break", TieBreak, TieBreak.EARLIEST),
        "minimum_share": fields.number("bidding.minimum_share"),
        "winners": fields.whole("bidding.winners") or 1,
        "criteria": _criteria(fields) if rule == Rule.JURY else (),
        "questions": _questions(fields),
        "estimate": _estimate(fields, held.currency or "EUR"),
    }
    for name in ("extend_by", "extend_at_most"):
        minutes = fields.whole(f"bidding.{name}")
        values |= {} if minutes is None else {name: minutes}
    return fields.keep(lambda: Bidding(**values), "bidding")


def _estimate(fields: Fields, currency: str) -> Estimate | None:
    """The crowd estimate, where anything of it was typed: takings and source belong to it."""
    names = {name: f"bidding.estimate.{name}" for name in ("takings", "units", "people", "source")}
    if not fields.has(*names.values()):
        return None
    takings, source = fields.money(names["takings"], currency), fields.text(names["source"], 300)
    units, people = fields.whole(names["units"]), fields.whole(names["people"])
    fields.require(fields.has(names["takings"]), names["takings"], "write it in digits, like 20")
    if takings is None:
        return None
    return fields.keep(lambda: Estimate(takings, source, units, people), "bidding.estimate")


def _criteria(fields: Fields) -> tuple[Criterion, ...]:
    read_ = [_criterion(fields, f"bidding.criteria.{n}") for n in fields.indices("bidding.criteria")]
    return tuple(criterion for criterion in read_ if criterion)


def _criterion(fields: Fields, at: str) -> Criterion | None:
    if not fields.has(f"{at}.name", f"{at}.weight"):
        return None
    name, weight = fields.text(f"{at}.name", 120, 1), fields.number(f"{at}.weight")
    fields.require(weight is not None or fields.has(f"{at}.weight"), f"{at}.weight", "write it in digits, like 20")
    return fields.keep(lambda: Criterion(name, weight), at) if name and weight is not None else None


def _questions(fields: Fields) -> tuple[Question, ...]:
    names = [f"bidding.questions.{n}" for n in fields.indices("bidding.questions")]
    read_ = [_question(fields, at) for at in names if fields.has(f"{at}.text")]
    return tuple(question for question in read_ if question)


def _question(fields: Fields, at: str) -> Question | None:
    asked, needed = fields.text(f"{at}.text", 300, 1), fields.raw(f"{at}.needed") or None
    return fields.keep(lambda: Question(asked, needed), at) if asked else None


def _rechecks(fields: Fields, held: Campaign) -> Shown:
    """Months, separated by commas; an empty field asks never again."""
    written = [part for part in re.split(r"[\s,;]+", fields.raw("rechecks").strip()) if part]
    fields.require(all(part.isdecimal() for part in written), "rechecks", "whole months, 1 to 120, separated by commas")
    months = tuple(int(part) for part in written if part.isdecimal())
    fields.keep(lambda: check_rechecks(months))
    return {"rechecks": months}


def _disclosure(fields: Fields, held: Campaign) -> Shown:
    income, ties = (fields.text(f"disclosure.{name}", 600, 1) for name in ("income", "ties"))
    return {"disclosure": Disclosure(income, ties)}


def _co_hosts(fields: Fields, held: Campaign) -> Shown:
    read_ = [_co_host(fields, f"co_hosts.{n}") for n in fields.indices("co_hosts")]
    return {"co_hosts": tuple(host for host in read_ if host)}


def _co_host(fields: Fields, at: str) -> CoHost | None:
    if not fields.has(f"{at}.name", f"{at}.url"):
        return None
    name, url = fields.text(f"{at}.name", 120), fields.text(f"{at}.url", 300)
    return fields.keep(lambda: CoHost(name, url), at)


_READERS: dict[str, Callable[[Fields, Campaign], Shown]] = {
    "title": _story("title", 160),
    "story": _story("story", 20_000),
    "language": _language,
    "place": _story("place", 160),
    "timezone": _zone,
    "region": _region,
    "currency": _currency,
    "windows": _windows,
    "goal": _goal,
    "go_ahead": _go_ahead,
    "pledging": _pledging,
    "slots": _slots,
    "competition": _competition,
    "rechecks": _rechecks,
    "disclosure": _disclosure,
    "co_hosts": _co_hosts,
}


def shown(held: Campaign, locale: str, now: datetime) -> Shown:
    """Every field of every step as it stands, with a proposal for what is not decided yet."""
    own = {
        name: getattr(held, name) for name in ("title", "story", "language", "place", "timezone", "region", "currency")
    }
    return own | _shown_day(held, locale) | _shown_competition(held, locale, now) | _shown_disclosure(held)


def _shown_day(held: Campaign, locale: str) -> Shown:
    zone = held.timezone or "UTC"
    values: Shown = {
        "goal.kind": held.goal.kind,
        "goal.target": _written(held.goal.target, locale),
        "go_ahead.kind": held.go_ahead.kind,
        "go_ahead.target": _written(held.go_ahead.target, locale),
        "go_ahead.at": formats.for_input(held.go_ahead.at, zone),
        "pledging.opens_at": formats.for_input(held.pledging.opens_at, zone),
        "pledging.closes_at": formats.for_input(held.pledging.closes_at, zone),
        "slots.minutes": held.slots.minutes if held.slots else None,
        "slots.cap": held.slots.cap if held.slots else None,
    }
    return values | shown_windows(held)


def weeks_later(held: Campaign, now: datetime) -> Campaign:
    """The same local hours as many weeks later as it takes for them to lie ahead: what postponing proposes."""
    opening, weeks = held.first_opening, 1
    while opening and opening + timedelta(weeks=weeks) <= now:
        weeks += 1
    tz = zones.zone(held.timezone)

    def later(at: datetime) -> datetime:
        return (at.astimezone(tz) + timedelta(weeks=weeks)).astimezone(at.tzinfo)

    moved = tuple(replace(w, opens_at=later(w.opens_at), closes_at=later(w.closes_at)) for w in held.windows)
    return replace(held, windows=moved)


def shown_windows(held: Campaign) -> Shown:
    """The windows as rows of fields in the campaign's local time."""
    values: Shown = {}
    for n, window in enumerate(held.windows):
        opens, closes = (formats.for_input(at, held.timezone) for at in (window.opens_at, window.closes_at))
        row = {"id": window.id, "opens_at": opens, "closes_at": closes, "venue": window.venue}
        values |= {f"windows.{n}.{name}": value for name, value in row.items()}
    return values


def _shown_competition(held: Campaign, locale: str, now: datetime) -> Shown:
    bidding = held.bidding or Bidding(closes_at=proposed_closing(held, now))
    business = held.business or NamedBusiness("")
    values: Shown = {
        "rechecks": ", ".join(str(months) for months in held.rechecks),
        "competition": "named" if held.business else "auction",
        "business.name": business.name,
        "business.contact": business.contact,
        "bidding.closes_at": formats.for_input(bidding.closes_at, held.timezone or "UTC"),
        "bidding.minimum_share": _written(bidding.minimum_share, locale),
        "bidding.winners": bidding.winners,
        "bidding.extend_by": bidding.extend_by,
        "bidding.extend_at_most": bidding.extend_at_most,
    }
    values |= {f"bidding.{name}": getattr(bidding, name) for name in ("mode", "rule", "tie_break")}
    if bidding.estimate:
        stated = bidding.estimate
        values |= {f"bidding.estimate.{name}": getattr(stated, name) for name in ("source", "units", "people")}
        values["bidding.estimate.takings"] = _written(stated.takings.amount, locale)
    for n, criterion in enumerate(bidding.criteria):
        values |= {f"bidding.criteria.{n}.name": criterion.name}
        values |= {f"bidding.criteria.{n}.weight": _written(criterion.weight, locale)}
    for n, question in enumerate(bidding.questions):
        values |= {f"bidding.questions.{n}.text": question.text, f"bidding.questions.{n}.needed": question.needed or ""}
    return values


def proposed_closing(held: Campaign, now: datetime) -> datetime | None:
    """Two weeks from now at 18:00 local, earlier where the day is near; None where the day is not known."""
    if held.first_opening is None or not held.timezone:
        return None
    latest = now + (held.first_opening - now) / 2
    wanted = min(now + timedelta(days=14), latest).astimezone(ZoneInfo(held.timezone))
    evening = wanted.replace(hour=18, minute=0, second=0, microsecond=0)
    return evening if now < evening < held.first_opening else None


def _shown_disclosure(held: Campaign) -> Shown:
    told = held.disclosure or Disclosure("", "")
    values: Shown = {"disclosure.income": told.income, "disclosure.ties": told.ties}
    for n, host in enumerate(held.co_hosts):
        values |= {f"co_hosts.{n}.name": host.name, f"co_hosts.{n}.url": host.url}
    return values


def _written(number: Decimal | None, locale: str) -> str:
    return "" if number is None else formats.number(Decimal(plain(number)), locale)
