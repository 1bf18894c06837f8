"""The shared checklist on the pages of both sides and by API."""

from __future__ import annotations

import pytest

from businesses import service
from tests.factories import share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def pledging(story: Story, visitor: Visitor) -> Story:
    """A day is ahead; the visitor is its organizer."""
    story.open()
    story.bid("bella", share("35"))
    story.bid("spaeti", share("20"))
    story.wait(days=6)
    story.sign("bella")
    for n in range(5):
        story.pledge(f"p{n}", "10")
    visitor.sign_in("owner@example.org")
    return story


def key(story: Story, name: str) -> str:
    return service.shop_token(KEYS, story.shops[name])


def test_both_sides_see_and_tick_one_list(pledging: Story, visitor: Visitor):
    ours, theirs = f"/organize/{pledging.slug}/tasks", f"/shop/{pledging.slug}/tasks"
    assert "Stock for 4 people" in text_of(visitor.get(ours))
    assert "#t-rain" in visitor.post(ours, {"task": "rain", "do": "done"}).headers["location"]
    assert "1 of 11 done." in text_of(visitor.get(f"/organize/{pledging.slug}"))
    visitor.client.cookies.clear()
    visitor.hold_key(key(pledging, "bella"))
    assert "Checklist: 1 of 11 done." in text_of(visitor.get("/shop"))
    assert "Done, say the organizers:" in text_of(visitor.get(theirs))
    added = visitor.post(theirs, {"do": "add", "words": "Cups", "by": "business", "day": "2026-06-11"})
    assert "until 11 June 2026" in text_of(visitor.get(added.headers["location"]))
    gone = visitor.post(theirs, {"task": "film", "do": "remove"}).headers["location"]
    assert 'value="Who takes photos or films' in visitor.get(gone).text
    visitor.hold_key(key(pledging, "spaeti"))
    assert visitor.get(theirs).status_code == 403


def test_what_is_refused_comes_back_with_what_was_typed(pledging: Story, visitor: Visitor):
    at = f"/organize/{pledging.slug}/tasks"
    wrong = visitor.post(at, {"task": "rain", "do": "change", "words": "  ", "by": "business", "day": "soon"})
    assert wrong.status_code == 422
    assert 'href="#rain-words"' in wrong.text
    assert 'value="soon"' in wrong.text
    assert "<details open>" in wrong.text


def test_the_api_reads_and_changes_the_same_list(pledging: Story, visitor: Visitor):
    held = {"Authorization": f"Business {key(pledging, 'bella')}"}
    at = f"/api/v1/campaigns/{pledging.slug}/tasks"
    made = visitor.client.post(at, json={"words": " Cups ", "by": "business", "day": "2026-06-11"}, headers=held)
    assert made.status_code == 201
    ticked = visitor.client.patch(f"{at}/{made.json()['id']}", json={"done": True, "day": None}, headers=held).json()
    assert (ticked["words"], ticked["day"], ticked["done"]["by"]) == ("Cups", None, "business")
    assert visitor.client.delete(f"{at}/room", headers=held).status_code == 204
    told = visitor.get(at, headers=held).json()
    assert (told["done"], told["all"]) == (1, 11)
    wrong = visitor.client.patch(f"{at}/rain", json={"words": ""}, headers=held)
    assert wrong.json()["errors"][0]["field"] == "words"
