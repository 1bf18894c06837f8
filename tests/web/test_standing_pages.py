"""A losing shop lets its offer stand, everybody reads it, and one button makes the next campaign of it."""

from __future__ import annotations

import pytest

from businesses.service import shop_token
from tests.factories import share
from tests.notifications.senders import publish, waiting
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def lost(story: Story, visitor: Visitor) -> str:
    """Spaeti has lost to Bella and is at its own page; gives the page where its offer may stand."""
    story.open()
    story.bid("bella", share("40"))
    story.bid("spaeti", share("20"))
    story.wait(days=5)
    visitor.hold_key(shop_token(KEYS, story.shops["spaeti"]))
    return f"/shop/{story.slug}/standing"


def test_it_stands_in_public_and_becomes_the_next_campaign(story: Story, visitor: Visitor, lost: str) -> None:
    assert lost in visitor.get("/shop").text
    refused = visitor.post(lost, {"do": "stand", "until": "2020-01-01"})
    assert (refused.status_code, 'value="2020-01-01"' in refused.text) == (422, True)
    assert visitor.post(lost, {"do": "stand", "until": "2027-12-31"}).headers["location"] == "/shop?done=stands"
    assert "stands through 31 December 2027" in text_of(visitor.get("/shop"))
    profile = text_of(visitor.get("/businesses/spaeti"))
    assert "Offers that still stand" in profile
    assert "20% of the takings" in profile
    visitor.sign_in("owner@example.org")
    page = visitor.get(f"/organize/{story.slug}")
    assert "Begin the next campaign with it" in text_of(page)
    bid = page.text.partition('name="bid" value="')[2].partition('"')[0]
    following = visitor.post(f"/organize/{story.slug}/next", {"bid": bid}).headers["location"]
    assert following.endswith("-2?done=next")
    assert "The next campaign is a draft" in text_of(visitor.get(following))
    assert "Begin the next campaign" not in text_of(visitor.get(f"/organize/{story.slug}"))
    slug = following.removeprefix("/organize/").partition("?")[0]
    publish(story.database)
    assert "prepared_ready" not in {kind for kind, _ in waiting(story.database)}
    assert "This campaign is a draft" in text_of(visitor.get(f"/shop/{slug}/prepared"))
    visitor.post(f"/organize/{slug}/open")
    publish(story.database)
    assert ("prepared_ready", "spaeti@shop.example") in waiting(story.database)
    version = {"do": "approve", "version": "1"}
    assert visitor.post(f"/shop/{slug}/prepared", version).headers["location"] == "/shop?done=placed"


def test_it_is_taken_back_by_page_and_by_api(story: Story, visitor: Visitor, lost: str) -> None:
    visitor.post(lost, {"do": "stand", "until": "2027-12-31"})
    assert visitor.post(lost, {"do": "stop"}).headers["location"] == "/shop?done=ended"
    assert "Offers that still stand" not in text_of(visitor.get("/businesses/spaeti"))
    path, shop = f"/api/v1/campaigns/{story.slug}/standing-offer", bearer(visitor, story, "spaeti")
    stands = visitor.client.post(path, json={"until": "2027-12-31"}, headers=shop)
    assert stands.json()["until"] == "2027-12-31"
    assert visitor.client.delete(path, headers=shop).status_code == 204
    assert visitor.client.delete(path, headers=shop).status_code == 404
    begun = visitor.client.post(
        f"/api/v1/campaigns/{story.slug}/next", json={"bid": stands.json()["bid"]}, headers=bearer(visitor, story)
    )
    assert begun.status_code == 404
