"""A till that only the named checker sees: what the public reads instead, and who can open it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from pledges import queries as pledges
from pledges.values import TillTotal
from tests.notifications.senders import publish, waiting
from tests.web.records import Story
from tests.web.test_shop_pages import won
from tests.web.visiting import Visitor, text_of
from web.recounting import recount

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def hidden(story: Story, visitor: Visitor) -> Story:
    """The winner has declared its till for the monitor only."""
    won(story)
    closing = story.campaign.last_closing
    assert closing
    story.move(closing + timedelta(minutes=1))
    story.declare("bella", "2418.35", visibility="checker")
    return story


def till(story: Story) -> TillTotal:
    with story.database.reading() as session:
        return pledges.till_totals(session, story.campaign_id)[0]


def result(story: Story, visitor: Visitor) -> str:
    return text_of(visitor.get(f"/campaigns/{story.slug}/result"))


def answer(story: Story, visitor: Visitor, **form: Any) -> Any:
    return visitor.post(f"/organize/{story.slug}/disputes/{till(story).id}/answer", form)


def test_the_public_sees_what_is_owed_a_range_and_who_saw_the_figures(hidden: Story, visitor: Visitor) -> None:
    told = result(hidden, visitor)
    assert "Nobody has checked it yet." in told
    assert "between €2,000 and €3,000" in told
    assert "only who checks it sees the figures" in told
    assert "2,418" not in told
    visitor.sign_in("monitor@example.org")
    answer(hidden, visitor, do="confirm")
    told = result(hidden, visitor)
    assert "Seen and confirmed by the monitor." in told
    assert "€846.42" in told
    publish(hidden.database)
    assert "The monitor has seen and confirms" in text_of(visitor.get(f"/campaigns/{hidden.slug}/record"))


def test_organizers_are_shown_no_figure_where_there_is_a_monitor(hidden: Story, visitor: Visitor) -> None:
    visitor.sign_in("owner@example.org")
    page = visitor.get(f"/organize/{hidden.slug}")
    assert "The figures are for the monitor only, who answers them." in text_of(page)
    assert "2,418" not in page.text
    assert visitor.post(f"/organize/{hidden.slug}/tills/{till(hidden).id}", {"do": "confirm"}).status_code == 403
    assert visitor.get(f"/organize/{hidden.slug}/disputes").status_code == 403
    publish(hidden.database)
    asked = waiting(hidden.database)
    assert ("till_to_confirm", "monitor@example.org") in asked
    assert ("till_to_confirm", "owner@example.org") not in asked


def test_the_monitor_finds_it_and_counts_otherwise(hidden: Story, visitor: Visitor) -> None:
    visitor.sign_in("monitor@example.org")
    assert f"/organize/{hidden.slug}/disputes" in visitor.get(f"/organize/{hidden.slug}").text
    page = text_of(visitor.get(f"/organize/{hidden.slug}/disputes"))
    assert "Figures for you alone" in page
    assert "€2,418.35" in page
    refused = answer(hidden, visitor, do="dispute", correction="-1", reason="x")
    assert refused.status_code == 422
    assert 'value="-1"' in refused.text
    assert answer(hidden, visitor, do="dispute", correction="", reason="x").status_code == 422
    answer(hidden, visitor, do="dispute", correction="2000", reason="two rolls are missing")
    assert till(hidden).counter_takings
    told = result(hidden, visitor)
    assert "counts otherwise" in told
    assert "€700.00 to €846.42" in told


def test_the_recount_says_what_it_cannot_recompute(hidden: Story) -> None:
    hidden.answer(till(hidden))
    hidden.finalize()
    lines = hidden.lines()
    found = recount(lines)
    assert found.found == 0, found.lines
    assert any("till.range cannot be recomputed: seen by the checker only" in line for line in found.lines)
    assert not any("2418.35" in json.dumps(json.loads(line)["body"]) for line in lines)
