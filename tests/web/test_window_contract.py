"""The window contract: a poster with a code, and a page on which any customer counts in twenty seconds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from businesses.windows.values import counted
from tests.factories import NOW, action, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.recounting.recount import recount


@pytest.fixture
def story_after(story: Story) -> Story:
    story.open()
    story.bid("bella", action("27"), share("10"))
    story.wait(days=6)
    story.sign("bella")
    story.wait(days=17)
    story.answer(story.declare("bella", "2000"))
    story.finalize()
    return story


def of_kind(story: Story, kind: str) -> str:
    return f"/promises/{story.promises(kind)[0].id}"


def test_any_customer_counts_with_one_number_and_no_account(visitor: Visitor, story_after: Story):
    at = of_kind(story_after, "action")
    assert "of 27 producers" in text_of(visitor.get(f"{at}/count"))
    for number in ("23", "21", "25", "24"):
        answer = visitor.post(f"{at}/count", {"value": number})
        assert answer.status_code == 303
    assert "Counted. Thank you." in text_of(visitor.get(answer.headers["location"]))
    assert "4 customers counted in the last 30 days: 23 producers in the middle" in text_of(visitor.get(at))
    assert recount(story_after.lines()).found == 0
    story_after.clock.set(story_after.clock.instant + timedelta(days=31))
    assert "Nobody has counted in the last 30 days." in text_of(visitor.get(at))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_counts_of_customers_propose_no_verdict(visitor: Visitor, story_after: Story):
    at = of_kind(story_after, "action")
    visitor.post(f"{at}/count", {"value": "27"})
    told = visitor.get(f"/api/v1/obligations/{at.rpartition('/')[2]}").json()
    assert told["proposed"] is None
    assert told["checks"] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_count_is_refused_by_its_field_and_money_is_not_counted(visitor: Visitor, story_after: Story):
    at = of_kind(story_after, "action")
    refused = visitor.post(f"{at}/count", {"value": "many"})
    assert refused.status_code == 422
    assert 'value="many"' in refused.text
    assert visitor.post(f"{at}/count", {"value": "-1"}).status_code == 422
    money = of_kind(story_after, "share")
    assert "nobody counts that in the shop" in text_of(visitor.get(f"{money}/count"))
    assert visitor.post(f"{money}/count", {"value": "1"}).status_code == 409


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_poster_is_a_pdf_in_two_sizes(visitor: Visitor, story_after: Story):
    at = of_kind(story_after, "action")
    for size in ("a4", "a5"):
        paper = visitor.get(f"{at}/window.pdf?size={size}")
        assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
        assert paper.content.startswith(b"%PDF")


def test_the_lower_middle_speaks_for_those_who_counted():
    found = counted([(NOW, Decimal(n)) for n in (4, 1, 3, 2)])
    assert found is not None
    assert (found.times, found.middle) == (4, 2)
    assert counted([]) is None
