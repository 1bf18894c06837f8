"""What no side decides alone, as pages and by API."""

from __future__ import annotations

import pytest

from businesses import service as businesses
from tests.factories import action
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of, values_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_another_thing_is_proposed_agreed_and_shown_with_who_agreed(visitor: Visitor, story: Story):
    promise = story.follow(action("27"))
    at = f"/promises/{promise.id}/together"
    assert visitor.get(at, follow_redirects=False).status_code in {303, 401}
    visitor.sign_in("stranger@example.org")
    assert visitor.get(at).status_code == 403
    visitor.sign_in("owner@example.org")
    refused = visitor.post(f"{at}/instead", {"words": ""})
    assert refused.status_code == 422
    assert 'href="#words"' in refused.text
    refused = visitor.post(f"{at}/instead", {"words": "Two cargo bikes.", "reason": ""})
    assert 'href="#reason"' in refused.text
    assert "Two cargo bikes." in refused.text
    offer = {"words": "Two cargo bikes.", "reason": "No vans to be had."}
    assert visitor.post(f"{at}/instead", offer).status_code == 303
    assert "Asked: the business." in text_of(visitor.get(at))
    visitor.hold_key(businesses.shop_token(KEYS, story.shops["bella"]))
    offered = values_of(visitor.get(at))["substitute"]
    assert visitor.post(f"{at}/instead", {"substitute": offered, "answer": "yes"}).status_code == 303
    told = text_of(visitor.get(f"/promises/{promise.id}"))
    assert "Agreed by the organizers, the business, the last on" in told
    assert "No vans to be had." in told
    assert promise.words in told
