"""Before the day, for organizers and the business: what to expect."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses.values import Business
from campaigns import queries as campaigns
from campaigns.forecast import Expected, Guess, Piece
from campaigns.values import Campaign
from core.errors import NotSignedIn
from core.money import Money, parse_decimal
from core.wire import Json, encode, plain
from pledges.service.forecasting import expect
from web.api.routing import ApiRouter
from web.site import MaybePerson, MaybeShop, SiteDep
from web.trips import inviting

router = ApiRouter(tags=["mob day"])
Rate = Annotated[str, Query(max_length=20)]


def of_both_sides(session: Session, slug: str, person: Person | None, shop: Business | None) -> Campaign:
    """The campaign, for its organizers and for who won it. Raises NotSignedIn and Forbidden for anybody else."""
    if person is None and shop is None:
        raise NotSignedIn("Ask as the business or as an organizer")
    campaign = campaigns.by_slug(session, slug)
    if shop is not None:
        inviting.demand_winner(campaign, shop)
    else:
        accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    return campaign


@router.get("/campaigns/{slug}/forecast")
def forecast(slug: str, here: SiteDep, person: MaybePerson, shop: MaybeShop, rate: Rate = "") -> Response:
    """People and takings by the hour, each at least, probably, at most; ``rate``: in percent, in place of the usual."""
    with here.db.reading() as session:
        campaign = of_both_sides(session, slug, person, shop)
        percent = parse_decimal(rate, "rate") if rate else None
        told = _view(expect(session, campaign, percent), campaign.currency)
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _view(expected: Expected, currency: str) -> Json:
    held = expected.forecast
    rate = held.rate
    return {
        "rate": {**_bounds(rate.low, rate.likely, rate.high), "mobs": rate.mobs, "on_top": _percent(rate.on_top)},
        **_guesses(held.people, held.takings, currency),
        "hours": [_hour(piece, currency) for piece in held.pieces],
        "not_reconfirmed": expected.not_renewed,
        "spent_a_head": encode(expected.spent),
    }


def _hour(piece: Piece, currency: str) -> Json:
    place = {"window": piece.window, "opens_at": encode(piece.opens_at), "closes_at": encode(piece.closes_at)}
    return {**place, **_guesses(piece.people, piece.takings, currency)}


def _guesses(people: Guess, takings: Guess, currency: str) -> Json:
    amounts: tuple[Money, ...] = takings.money(currency)
    names = ("low", "likely", "high")
    return {
        "people": dict(zip(names, people.people, strict=True)),
        "takings": {name: encode(amount) for name, amount in zip(names, amounts, strict=True)},
    }


def _bounds(low: Fraction, likely: Fraction, high: Fraction) -> Json:
    return {"low": _percent(low), "likely": _percent(likely), "high": _percent(high)}


def _percent(rate: Fraction) -> str:
    """To one decimal at most."""
    return plain(Decimal(round(rate * 10)) / 10)
