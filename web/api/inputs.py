"""From the API's bodies to domain values; errors keep the wire names of the fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from businesses import codec
from businesses.commitments import Commitment
from businesses.values import Answer, Baseline, Offer
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
from core import text, zones
from core.db import new_id
from core.errors import Invalid, require
from core.i18n import LOCALES
from core.money import Money, decimals_of
from web.api import bodies as b

Value = TypeVar("Value")


def campaign_fields(body: b.CampaignBody | b.CampaignChanges, held: Campaign | None = None) -> dict[str, Any]:
    """Campaign's fields from what was sent; what was not sent is left out. Raises Invalid naming the wire field."""
    sent = body.model_fields_set
    currency = body.currency or (held.currency if held else "")
    readers: dict[str, Callable[[], Any]] = {
        "title": lambda: text.clean(body.title or "", "title", 160, 1),
        "story": lambda: text.clean(body.story or "", "story", 20_000, 1),
        "place": lambda: text.clean(body.place or "", "place", 160, 1),
        "timezone": lambda: zones.zone(body.timezone or "").key,
        "region": lambda: (body.region or "").strip().upper(),
        "currency": lambda: _currency(currency),
        "language": lambda: _language(body.language or "en"),
        "windows": lambda: windows(body.windows or []),
        "disclosure": lambda: body.disclosure and _disclosure(body.disclosure),
        "co_hosts": lambda: _each("co_hosts", body.co_hosts or [], _co_host),
        "goal": lambda: under("goal", lambda: _goal(body.goal, currency)),
        "go_ahead": lambda: under("go_ahead", lambda: _go_ahead(body.go_ahead, currency)),
        "pledging": lambda: _pledging(body.pledging),
        "slots": lambda: body.slots and under("slots", lambda: _slots(body.slots)),
        "rechecks": lambda: tuple(body.rechecks or ()),
        "bidding": lambda: body.bidding and under("bidding", lambda: _bidding(body.bidding, currency)),
        "business": lambda: body.business and under("business", lambda: _business(body.business)),
    }
    return {name: read() for name, read in readers.items() if name in sent}


def under(prefix: str, work: Callable[[], Value]) -> Value:
    """Run ``work``; its errors name their fields below ``prefix``."""
    try:
        return work()
    except Invalid as wrong:
        raise wrong.under(prefix) from None


def _each(prefix: str, sent: list[Any], read: Callable[[Any], Value]) -> tuple[Value, ...]:
    return tuple(under(f"{prefix}.{n}", lambda item=item: read(item)) for n, item in enumerate(sent))  # type: ignore[misc]  # mypy cannot type a lambda's default


def _currency(code: str) -> str:
    decimals_of(code)
    return code


def _language(code: str) -> str:
    short = code.split("-", maxsplit=1)[0].lower()
    require(short.isalpha() and 2 <= len(short) <= 3, "language", "a language code like en or de")
    return short if short in LOCALES else code


def windows(sent: list[b.WindowBody]) -> tuple[Window, ...]:
    return _each("windows", sent, _window)


def _window(body: b.WindowBody) -> Window:
    opens, closes = instant(body.opens_at, "opens_at"), instant(body.closes_at, "closes_at")
    return Window(body.id or "", opens, closes, text.clean(body.venue, "venue", 200))


def instant(at: datetime, field: str) -> datetime:
    """An instant with an offset, in UTC. Raises Invalid for one without."""
    return zones.instant(at, field)


def maybe_instant(at: datetime | None, field: str) -> datetime | None:
    return None if at is None else instant(at, field)


def _disclosure(body: b.DisclosureBody) -> Disclosure:
    income = text.clean(body.income, "disclosure.income", 600)
    return Disclosure(income, text.clean(body.ties, "disclosure.ties", 600))


def _co_host(body: b.CoHostBody) -> CoHost:
    return CoHost(text.clean(body.name, "name", 120), text.clean(body.url, "url", 300))


def _target(sent: b.Amount | None, currency: str, *, money: bool) -> Decimal | None:
    if sent is None:
        return None
    if money or isinstance(sent, b.MoneyBody):
        return codec.amount(_plain(sent), currency, "target").amount
    return codec.decimal(sent, "target")


def _goal(body: b.GoalBody | None, currency: str) -> Goal:
    if body is None:
        return Goal()
    kind = GoalKind(body.kind)
    return Goal(kind, _target(body.target, currency, money=kind == GoalKind.TAKINGS))


def _go_ahead(body: b.GoAheadBody | None, currency: str) -> GoAhead:
    if body is None:
        return GoAhead()
    kind = GoAheadKind(body.kind)
    target = _target(body.target, currency, money=kind == GoAheadKind.MONEY)
    return GoAhead(kind, target, maybe_instant(body.at, "at"))


def _pledging(body: b.PledgingBody | None) -> Pledging:
    if body is None:
        return Pledging()
    opens = maybe_instant(body.opens_at, "pledging.opens_at")
    return Pledging(opens, maybe_instant(body.closes_at, "pledging.closes_at"))


def _slots(body: b.SlotsBody | None) -> Slots | None:
    return Slots(body.minutes, body.cap) if body else None


def _bidding(body: b.BiddingBody | None, currency: str) -> Bidding | None:
    if body is None:
        return None
    least = body.minimum_share
    return Bidding(
        closes_at=instant(body.closes_at, "closes_at"),
        mode=Mode(body.mode),
        rule=Rule(body.rule),
        tie_break=TieBreak(body.tie_break),
        minimum_share=None if least is None else codec.decimal(least, "minimum_share"),
        winners=body.winners,
        criteria=_each("criteria", body.criteria, _criterion),
        extend_by=body.extend_by,
        extend_at_most=body.extend_at_most,
        questions=_each("questions", body.questions, _question),
        estimate=under("estimate", lambda: _estimate(body.estimate, currency)),
    )


def _estimate(body: b.EstimateBody | None, currency: str) -> Estimate | None:
    if body is None:
        return None
    takings = money(body.takings, currency, "takings")
    return Estimate(takings, text.clean(body.source, "source", 300, 1), body.units, body.people)


def _criterion(body: b.CriterionBody) -> Criterion:
    return Criterion(text.clean(body.name, "name", 120), codec.decimal(body.weight, "weight"))


def _question(body: b.QuestionBody) -> Question:
    return Question(text.clean(body.text, "text", 300), body.needed)


def _business(body: b.BusinessBody | None) -> NamedBusiness | None:
    if body is None:
        return None
    return NamedBusiness(text.clean(body.name, "name", 120, 1), text.clean(body.contact, "contact", 254))


def _plain(sent: Any) -> Any:
    return sent.model_dump() if isinstance(sent, b.MoneyBody) else sent


def money(sent: b.Amount, currency: str, field: str = "amount") -> Money:
    """Money in the campaign's currency. Raises Invalid for another one, or for too many decimals."""
    return codec.amount(_plain(sent), currency, field)


def maybe_money(sent: b.Amount | None, currency: str, field: str) -> Money | None:
    return None if sent is None else money(sent, currency, field)


def offer(body: b.BidBody, campaign: Campaign) -> Offer:
    """A bid's content, checked promise by promise."""
    return Offer(
        commitments=commitments(body.commitments, campaign),
        anyway=text.clean(_yes_or_no(body.anyway), "anyway", 2000, 1),
        done_already=text.clean(body.done_already, "done_already", 2000),
        planned=text.clean(body.planned, "planned", 2000),
        baseline=_baseline(body.baseline, campaign.currency),
        answers=_each("answers", body.answers, _answer),
        venue=text.clean(body.venue, "venue", 200),
    )


def commitments(sent: list[b.CommitmentBody], campaign: Campaign) -> tuple[Commitment, ...]:
    """Promises in the campaign's currency, due after its last day. Raises Invalid naming promise and field."""
    bodies = [each.model_dump(exclude_none=True) for each in sent]
    return codec.commitments(bodies, campaign.currency, campaign.last_day, new_id, campaign.calendar)


def _yes_or_no(said: str | bool) -> str:
    """A question answered in words, or by true or false."""
    if isinstance(said, bool):
        return "yes" if said else "no"
    return said


def _answer(sent: b.AnswerBody | str | bool) -> Answer:
    """An answer with words to it, or a bare yes or no."""
    if isinstance(sent, b.AnswerBody):
        return Answer(sent.answer, text.clean(sent.words, "words", 600))
    return Answer(_yes_or_no(sent))


def _baseline(body: b.BaselineBody | None, currency: str) -> Baseline | None:
    if body is None:
        return None
    return under("baseline", lambda: _ordinary_day(body, currency))


def _ordinary_day(body: b.BaselineBody, currency: str) -> Baseline:
    takings = body.takings if isinstance(body.takings, list) else [body.takings]
    units = body.units if isinstance(body.units, list) else [] if body.units is None else [body.units]
    shares = {name: getattr(body, name) for name in ("tax_share", "margin")}
    return Baseline(
        takings=tuple(money(amount, currency, "takings") for amount in takings),
        source=text.clean(body.source, "source", 300),
        visibility=body.visibility,
        recorded_on=body.recorded_on,
        units=tuple(units),
        days=tuple(money(amount, currency, "days") for amount in body.days),
        about=body.about,
        **{name: None if sent is None else codec.decimal(sent, name) for name, sent in shares.items()},
    )
