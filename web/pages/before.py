"""Before the day, for organizers and the business alike: what to expect, hour by hour."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import Response

from campaigns.values import Campaign
from core.errors import Invalid
from pledges.service.forecasting import expect
from web.rendering import locale_of, render
from web.site import Site
from web.typed import Typed
from web.views import forecast
from web.views.fields import Fields

Rate = Annotated[str, Query(max_length=20)]
PRIVATE = {"Cache-Control": "no-store"}


def page(request: Request, here: Site, campaign: Campaign, address: str, rate: str) -> Response:
    """The page of one side; ``rate``: as typed, "" for the usual one. What is refused is said at its field."""
    locale = locale_of(request)
    form, refused = Typed.start(rate=rate), None
    with here.db.reading() as session:
        try:
            fields = Fields({"rate": rate}, locale)
            percent = fields.number("rate")
            fields.check()
            expected = expect(session, campaign, percent)
        except Invalid as wrong:
            refused = form.refused(wrong)
            expected = expect(session, campaign)
    shown = forecast.expectation(campaign, expected, locale, _an_hour(campaign))
    told: dict[str, Any] = {"campaign": campaign, "address": address, "expected": shown}
    told["form"] = refused or Typed.start(rate=rate or shown.rate)
    return render(request, "before/page.html", status=422 if refused else 200, headers=PRIVATE, **told)


def _an_hour(campaign: Campaign) -> int | None:
    """How many can be served in an hour: as many as the arrival times have room for, where they are limited."""
    slots = campaign.slots
    return slots.cap * 60 // slots.minutes if slots and slots.cap else None
