"""The record as a page for people."""

from __future__ import annotations

import pytest

from tests.web.records import Story
from tests.web.stories import whole_loop
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_whole_campaign_can_be_read_fact_by_fact(visitor: Visitor, story: Story):
    whole_loop(story)
    address: str = f"/campaigns/{story.slug}/record?every=yes"
    read = 0
    while address:
        page = visitor.get(address)
        assert page.status_code == 200
        read += page.text.count("<time ")
        found = page.text.partition('rel="next" href="')[2].partition('"')[0]
        address = found.replace("&amp;", "&")
    lines = visitor.get(f"/api/v1/campaigns/{story.slug}/record").text.strip().splitlines()
    assert read == len(lines)


def test_the_milestones_alone_leave_out_each_pledge(visitor: Visitor, story: Story):
    whole_loop(story)
    read = text_of(visitor.get(f"/campaigns/{story.slug}/record"))
    assert "The final result, locked" in read
    assert "A pledge was confirmed" not in read
    assert f"carrotmob recount {story.slug}.ndjson" in read


def test_the_record_of_a_draft_does_not_exist(visitor: Visitor):
    assert visitor.get("/campaigns/nothing/record").status_code == 404
