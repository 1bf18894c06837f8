"""Several ordinary days from the bid to the result: by the form, by API, and in the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from businesses import queries as businesses
from businesses.values import Baseline
from tests.factories import eur, share
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.test_shop_pages import BID, enter
from tests.web.visiting import Visitor, text_of
from web.recounting import recount

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KNOWN = {"baseline.source": "Four Saturdays", "baseline.recorded_on": "2027-02-27", "baseline.visibility": "public"}


def held(story: Story) -> Baseline | None:
    with story.database.reading() as session:
        return businesses.bids_of(session, story.shops["bella"].id)[story.campaign_id].offer.baseline


def bid(story: Story, visitor: Visitor, **typed: str) -> Any:
    form = BID | KNOWN | {f"baseline.{name}": value for name, value in typed.items()}
    due = story.campaign.last_closing
    assert due
    form["commitments.0.due_on"] = (due + timedelta(days=40)).date().isoformat()
    return visitor.post(f"/shop/{story.slug}/bid", form | {"do": "place"})


@pytest.fixture
def bidding(story: Story, visitor: Visitor) -> Story:
    story.open()
    story.claim("bella")
    enter(story, visitor, "bella")
    return story


def test_the_mean_of_several_days_is_taken_and_their_range_is_shown(bidding: Story, visitor: Visitor) -> None:
    placed = bid(bidding, visitor, days="640; 580,50; 1,200", about="yes")
    assert placed.status_code == 303, text_of(placed)
    found = held(bidding)
    assert found
    assert (found.takings, found.about) == ((eur("806.83"),), True)
    assert found.days == (eur("640"), eur("580.50"), eur("1200"))
    told = text_of(visitor.get(f"/campaigns/{bidding.slug}/bids"))
    assert "about €806.83, 3 days between €580.50 and €1,200" in told
    assert "640; 580.5; 1,200" in visitor.get(f"/shop/{bidding.slug}/bid").text


@pytest.mark.parametrize("days", ["640", "640; much", "640; 650", "640; -3"])
def test_days_that_cannot_be_are_refused_and_stay(bidding: Story, visitor: Visitor, days: str) -> None:
    refused = bid(bidding, visitor, **{"takings.0": "700", "days": days})
    assert refused.status_code == 422
    assert 'href="#baseline.days"' in refused.text
    assert f'value="{days}"' in refused.text


def test_the_result_says_about_and_between_and_the_record_agrees(story: Story, visitor: Visitor) -> None:
    story.open(windows=2)
    days = (eur("300"), eur("360"))
    story.bid("bella", share("35"), baseline=Baseline((eur("320"),), "two Saturdays", days=days, about=True))
    story.wait(days=6)
    story.sign("bella")
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    for n in range(2):
        story.answer(story.declare("bella", "1000", window=n))
    told = text_of(visitor.get(f"/campaigns/{story.slug}/result"))
    assert "about €1,360.00" in told
    assert "The ordinary day is an estimate, and so is the uplift." in told
    assert "lay between €600.00 and €720.00: an uplift of €1,280.00 to €1,400.00." in told
    story.finalize()
    found = recount(story.lines())
    assert found.found == 0, found.lines


def test_by_api_days_are_given_with_the_bid(bidding: Story, visitor: Visitor) -> None:
    headers = bearer(visitor, bidding, "bella")
    visitor.client.cookies.clear()
    promise = {"kind": "share", "share": "30", "basis": "gross", "due_on": "2027-12-31"}
    day = {"takings": "660", "source": "till", "recorded_on": "2027-02-01", "days": ["640", "680"], "about": True}
    body = {"commitments": [promise], "anyway": "No.", "baseline": day}
    path = f"/api/v1/campaigns/{bidding.slug}/bids"
    wrong = visitor.client.post(path, json=body | {"baseline": day | {"days": ["640"]}}, headers=headers)
    assert wrong.json()["errors"][0]["field"] == "baseline.days"
    made = visitor.client.post(path, json=body, headers=headers).json()
    assert made["baseline"]["days"] == [
        {"amount": "640.00", "currency": "EUR"},
        {"amount": "680.00", "currency": "EUR"},
    ]
    assert made["baseline"]["about"] is True
