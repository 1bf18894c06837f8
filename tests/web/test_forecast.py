"""The forecast on the pages of both sides and by API: what is pledged, times what other mobs have shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accounts.rules import Role
from businesses import service
from campaigns import queries as campaigns
from campaigns.forecast import ASSUMED
from campaigns.values import Slots
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict
from pledges.service.forecasting import expect
from tests.factories import share
from tests.stages import KEYS, add_member
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of


def pledging(story: Story, **fields: Any) -> None:
    story.open(slots=Slots(60, 50), **fields)
    story.bid("bella", share("35"))
    story.bid("spaeti", share("20"))
    story.wait(days=6)
    story.sign("bella")


def ended(story: Story, pledged: int, came: int) -> None:
    """A mob that is over, to which so many of those who pledged came, and one walk-in."""
    pledging(story)
    for n in range(pledged):
        story.pledge(f"p{n}", "10")
    opening, closing = story.campaign.first_opening, story.campaign.last_closing
    assert opening
    assert closing
    story.move(opening)
    for n in range(came):
        story.arrive(f"p{n}")
    story.arrive()
    story.move(closing)
    story.answer(story.declare("bella", "100"))
    story.finalize()
    story.shops.clear()


def test_the_usual_range_is_from_the_mobs_that_ended_here_once_there_are_enough(database: Database, clock: FixedClock):
    story = Story(database, clock)
    for pledged, came in ((4, 2), (5, 4)):
        ended(story, pledged, came)
    pledging(story)
    story.pledge("ada", "30", party=3, slot=story.slot(60))
    story.pledge("nobody", "10", confirm=False, mail=False)
    story.pledge("slow", "99", confirm=False)
    with database.reading() as session:
        first = expect(session, campaigns.by_id(session, story.campaign_id)).forecast
    assert first.rate is ASSUMED
    assert [round(piece.people.likely * 100) for piece in first.pieces[:4]] == [20, 260, 20, 20]
    here = story.campaign_id
    story.shops.clear()
    ended(story, 3, 3)
    with database.reading() as session:
        then = expect(session, campaigns.by_id(session, here)).forecast
    assert (then.rate.low, then.rate.likely, then.rate.high, then.rate.mobs) == (50, 80, 100, 3)
    assert then.people.people == (2, 3, 4)


def test_there_is_a_forecast_only_while_there_is_a_day_ahead(database: Database, clock: FixedClock):
    story = Story(database, clock)
    story.open()
    with database.reading() as session, pytest.raises(Conflict):
        expect(session, campaigns.by_id(session, story.campaign_id), Decimal(80))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestPages:
    def test_both_sides_see_the_same_plots_and_the_same_table(self, story: Story, visitor: Visitor):
        pledging(story)
        story.pledge("ada", "50", party=5, slot=story.slot(60))
        visitor.sign_in("owner@example.org")
        mine = visitor.get(f"/organize/{story.slug}/before")
        read = text_of(mine)
        assert "people probably come 4" in read
        assert "4 (3 to 5)" in read
        assert "€40 (€30 to €46)" in read
        assert mine.text.count('<svg class="track"') == 2
        assert "Assumed: of a hundred who pledge, 60 to 92 come." in read
        assert "The dashed line: 50 people can be served in an hour." in read
        assert f"/organize/{story.slug}/before" in visitor.get(f"/organize/{story.slug}").text
        visitor.client.cookies.clear()
        visitor.hold_key(service.shop_token(KEYS, story.shops["bella"]))
        theirs = visitor.get(f"/shop/{story.slug}/before")
        assert text_of(theirs) == read
        assert f"/shop/{story.slug}/before" in visitor.get("/shop").text

    def test_another_share_is_reckoned_with_and_a_wrong_one_said_at_its_field(self, story: Story, visitor: Visitor):
        pledging(story)
        story.pledge("ada", "50", party=10)
        visitor.sign_in("owner@example.org")
        at = f"/organize/{story.slug}/before"
        assert "people probably come 5" in text_of(visitor.get(f"{at}?rate=50"))
        wrong = visitor.get(f"{at}?rate=many")
        assert wrong.status_code == 422
        assert 'href="#rate"' in wrong.text
        assert 'value="many"' in wrong.text
        assert visitor.get(f"{at}?rate=0").status_code == 422

    def test_it_is_for_the_two_sides_only(self, story: Story, visitor: Visitor):
        pledging(story)
        assert visitor.get(f"/shop/{story.slug}/before").status_code == 401
        visitor.hold_key(service.shop_token(KEYS, story.shops["spaeti"]))
        assert visitor.get(f"/shop/{story.slug}/before").status_code == 403
        with story.database.writing() as session:
            add_member(session, story.clock, story.campaign, Role.CREW, "crew@example.org")
        visitor.sign_in("crew@example.org")
        assert visitor.get(f"/organize/{story.slug}/before").status_code == 403

    def test_the_api_gives_the_same_figures(self, story: Story, visitor: Visitor):
        pledging(story)
        story.pledge("ada", "50", party=5, slot=story.slot(60))
        key = {"Authorization": f"Business {service.shop_token(KEYS, story.shops['bella'])}"}
        at = f"/api/v1/campaigns/{story.slug}/forecast"
        told = visitor.get(at, headers=key).json()
        assert told["people"] == {"low": 3, "likely": 4, "high": 5}
        assert told["takings"]["likely"] == {"amount": "40.00", "currency": "EUR"}
        assert told["rate"] == {"low": "60", "likely": "80", "high": "92", "mobs": 0, "on_top": "0"}
        assert [hour["people"]["likely"] for hour in told["hours"][:4]] == [0, 4, 0, 0]
        wrong = visitor.get(f"{at}?rate=301", headers=key)
        assert wrong.json()["errors"][0]["field"] == "rate"
