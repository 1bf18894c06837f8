"""One number from the shop, the rest from the organizers, and the shop's yes: by pages and by API."""

from __future__ import annotations

import pytest

from businesses import queries
from businesses import service as businesses
from businesses.preparing import Prepared
from tests.factories import make_offer, share
from tests.notifications.senders import publish, waiting
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FILLED = {
    "commitments.0.kind": "share", "commitments.0.share": "30", "commitments.0.basis": "gross",
    "commitments.0.purpose": "a dishwasher", "commitments.0.due_on": "2027-12-31", "commitments.0.checker": "monitor",
    "anyway": "No, we lack the money.",
}  # fmt: skip


@pytest.fixture
def asked(story: Story, visitor: Visitor) -> Prepared:
    """A shop that gave one number from its own page."""
    story.open()
    shop = story.claim("bella")
    visitor.hold_key(KEYS.token("shop", f"{shop.id}:1"))
    address = f"/shop/{story.slug}/prepared"
    assert address in visitor.get(f"/shop/{story.slug}/bid").text
    lacking = visitor.post(address, {"do": "ask", "purpose": "a dishwasher"})
    assert (lacking.status_code, "a dishwasher" in lacking.text) == (422, True)
    assert visitor.post(address, {"do": "ask", "share": "30", "purpose": "a dishwasher"}).status_code == 303
    assert "The organizers fill in your bid" in text_of(visitor.get("/shop"))
    return held(story)


def held(story: Story) -> Prepared:
    with story.database.reading() as session:
        return queries.prepared_in(session, story.campaign_id)[0]


def test_the_rest_is_filled_in_and_approved(story: Story, visitor: Visitor, asked: Prepared) -> None:
    visitor.sign_in("owner@example.org")
    address = f"/organize/{story.slug}/prepared/{asked.id}"
    assert "Fill in the bid of" in text_of(visitor.get(f"/organize/{story.slug}"))
    form = visitor.get(address)
    assert 'value="30"' in form.text
    assert "gives 30% of the gross takings" in text_of(form)
    wrong = visitor.post(address, {**FILLED, "commitments.0.share": "20", "do": "place"})
    assert (wrong.status_code, "he business gave 30 percent" in text_of(wrong)) == (422, True)
    assert "Send it to" in text_of(visitor.post(address, {**FILLED, "do": "review"}))
    assert visitor.post(address, {**FILLED, "do": "place"}).headers["location"].endswith("?done=prepared")
    assert "Nobody has bid yet" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    page = f"/shop/{story.slug}/prepared"
    look = visitor.get(page)
    assert "Do you promise this?" in text_of(look)
    assert "a dishwasher" in text_of(look)
    version = str(held(story).version)
    assert visitor.post(page, {"do": "return", "version": version}).status_code == 422
    done = visitor.post(page, {"do": "approve", "version": version})
    assert done.headers["location"] == "/shop?done=placed"
    bids = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "Prepared by the organizers, approved by the business" in bids


def test_each_side_is_told_when_it_is_its_turn(story: Story, visitor: Visitor, asked: Prepared) -> None:
    publish(story.database)
    assert ("prepare_due", "owner@example.org") in waiting(story.database)
    offer = make_offer(share("30"))
    story.do(businesses.prepare, story.person("owner"), story.slug, asked.id, offer)
    publish(story.database)
    assert "prepared_ready" in {kind for kind, _ in waiting(story.database)}


def test_by_api_each_side_sees_its_own(story: Story, visitor: Visitor, asked: Prepared) -> None:
    path = f"/api/v1/campaigns/{story.slug}/prepared-bids"
    shop = {"Authorization": f"Business {KEYS.token('shop', f'{asked.business}:1')}"}
    team = bearer(visitor, story)
    (listed,) = visitor.client.get(path, headers=team).json()["items"]
    assert (listed["share"], listed["state"], listed["offer"]) == ("30", "asked", None)
    body = {
        "commitments": [{"kind": "share", "share": "30", "basis": "gross", "due_on": "2027-12-31"}], "anyway": "No.",
    }  # fmt: skip
    filled = visitor.client.put(f"{path}/{asked.id}", json=body, headers=team).json()
    assert (filled["state"], filled["offer"]["anyway"]) == ("ready", "No.")
    old = visitor.client.post(f"{path}/reply", json={"answer": "approve", "version": 1}, headers=shop)
    assert old.status_code == 409
    said = {"answer": "approve", "version": filled["version"]}
    made = visitor.client.post(f"{path}/reply", json=said, headers=shop).json()
    assert (made["state"], made["bid"]["entered"]) == ("approved", "prepared")
