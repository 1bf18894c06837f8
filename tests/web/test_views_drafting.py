"""A campaign's terms as fields of the draft's steps, and back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from campaigns.values import (
    Bidding,
    Campaign,
    CoHost,
    Criterion,
    Estimate,
    GoAhead,
    GoAheadKind,
    Goal,
    GoalKind,
    Mode,
    NamedBusiness,
    Rule,
)
from core.errors import Invalid
from tests.factories import NOW, OPENING, eur, make_bidding, make_campaign, with_named_business
from web.views import drafting, places
from web.views.fields import Fields

FULL = make_campaign(
    goal=Goal(GoalKind.TAKINGS, Decimal("5000.00")),
    go_ahead=GoAhead(GoAheadKind.HEADCOUNT, Decimal(30), OPENING - timedelta(days=1)),
    co_hosts=(CoHost("Energy Union", "https://energy.example"),),
    bidding=make_bidding(
        mode=Mode.SEALED,
        rule=Rule.JURY,
        minimum_share=Decimal("12.5"),
        winners=2,
        criteria=(Criterion("Green", Decimal(60)),),
        estimate=Estimate(eur("5000"), "Two evenings at the market", units=1200, people=200),
    ),
)


def read(typed: dict[str, object], held: Campaign = FULL, locale: str = "en") -> dict[str, Any]:
    values = {name: str(value) for name, value in typed.items() if value is not None}
    terms = frozenset(term for step in drafting.STEPS for term in step.terms)
    return drafting.read(Fields(values, locale), held, terms)


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("held", [FULL, with_named_business(), make_campaign()])
def test_what_is_shown_is_read_as_the_same_campaign(held, locale: str) -> None:
    assert replace(held, **read(drafting.shown(held, locale, NOW), held, locale)) == held


def test_a_row_left_empty_or_taken_out_is_no_window() -> None:
    typed = drafting.shown(FULL, "en", NOW) | {"windows.1.opens_at": "", "windows.1.closes_at": " "}
    assert len(read(typed)["windows"]) == 1
    assert read(typed | {"windows.0.remove": "yes"})["windows"] == ()


def test_every_wrong_field_is_named_as_it_was_typed() -> None:
    typed = drafting.shown(FULL, "en", NOW) | {
        "title": "",
        "windows.0.closes_at": "2027-04-09T09:00",
        "windows.1.opens_at": "2027-03-28T02:30",
        "go_ahead.target": "",
        "goal.target": "5,000.999",
        "bidding.closes_at": "",
        "bidding.criteria.0.weight": "",
        "bidding.estimate.takings": "",
        "bidding.estimate.people": "some",
        "co_hosts.0.url": "energy.example",
        "disclosure.ties": "",
    }
    with pytest.raises(Invalid) as refused:
        read(typed)
    assert {error.field for error in refused.value.errors} >= {
        "title", "windows.0.closes_at", "windows.1.opens_at", "windows.1.closes_at", "go_ahead.target", "goal.target",
        "bidding.closes_at", "bidding.criteria.0.weight", "bidding.estimate.takings", "bidding.estimate.people",
        "co_hosts.0.url", "disclosure.ties",
    }  # fmt: skip


def test_only_terms_that_are_open_are_read() -> None:
    fields = Fields({"title": "Another title", "place": ""}, "en")
    assert drafting.read(fields, FULL, frozenset({"title"})) == {"title": "Another title"}


def test_a_named_business_takes_the_place_of_the_auction() -> None:
    changes = read(drafting.shown(FULL, "en", NOW) | {"competition": "named", "business.name": "Café Jasmin"})
    assert changes["bidding"] is None
    assert changes["business"] == NamedBusiness("Café Jasmin")


def test_bidding_is_proposed_to_close_in_the_evening_before_the_day() -> None:
    assert drafting.proposed_closing(FULL, NOW) == datetime(2027, 3, 15, 17, tzinfo=UTC)
    near = make_campaign(bidding=Bidding())
    closing = drafting.proposed_closing(near, OPENING - timedelta(days=2))
    assert closing
    assert OPENING - timedelta(days=2) < closing < OPENING
    assert drafting.proposed_closing(make_campaign(windows=()), NOW) is None


@pytest.mark.parametrize(
    ("zone", "language", "expected"),
    [
        ("Europe/Zurich", "en-US", ("Europe/Zurich", "CHF")),
        ("", "en-GB,en;q=0.8", ("Europe/London", "GBP")),
        ("", "ja-JP", ("Asia/Tokyo", "JPY")),
        ("", "de", ("Europe/Berlin", "EUR")),
        ("Mars/Olympus", "tlh", ("Europe/Berlin", "EUR")),
        ("UTC", "", ("Europe/Berlin", "EUR")),
    ],
)
def test_zone_and_currency_are_guessed(zone: str, language: str, expected: tuple[str, str]) -> None:
    found = places.guess(zone, language)
    assert (found.timezone, found.currency) == expected


def test_every_zone_and_currency_can_be_chosen() -> None:
    assert ("Pacific/Auckland", "Pacific/Auckland") in places.zone_options()
    assert ("CHF", "CHF, Schweizer Franken") in places.currency_options("de")
