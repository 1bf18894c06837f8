"""The monitor's page for a till total that both sides counted differently, without scripts."""

from __future__ import annotations

import pytest

from pledges import queries
from pledges.values import TillTotal
from tests.factories import share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def disputed(story: Story, *, visibility: str = "public") -> TillTotal:
    """What the shop declared, 2,000.84, and the organizers counted, 1,900."""
    story.open()
    story.bid("bella", share("35"))
    story.wait(days=5)
    story.sign("bella")
    story.pledge("ada", "30")
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    till = story.declare("bella", "2000.84", visibility=visibility)
    story.answer(till, "1900")
    return till


def in_force(story: Story, till: TillTotal) -> str:
    with story.database.reading() as session:
        return str(queries.till(session, till.id).figures.takings)


def test_a_monitor_is_led_to_both_figures_and_decides_with_a_public_reason(story: Story, visitor: Visitor) -> None:
    till = disputed(story)
    visitor.sign_in("monitor@example.org")
    address = f"/organize/{story.slug}/disputes"
    assert f'href="{address}"' in visitor.get(f"/organize/{story.slug}").text
    shown = text_of(visitor.get(address))
    assert "€2,000.84 declared by the business" in shown
    assert "€1,900.00 counted by the organizers" in shown
    decision = {"figure": "counter", "reason": "The paper roll says so."}
    assert visitor.post(f"{address}/{till.id}", decision).headers["location"] == f"{address}?done=decided"
    assert "Decided: €1,900.00 is in force." in text_of(visitor.get(address))
    assert "1900.00" in in_force(story, till)
    assert visitor.post(f"{address}/{till.id}", decision).status_code == 409
    story.finalize()
    assert "The tally is locked: nothing more is decided here." in text_of(visitor.get(address))


def test_a_decision_names_a_figure_and_a_reason_and_keeps_what_was_typed(story: Story, visitor: Visitor) -> None:
    till = disputed(story)
    visitor.sign_in("monitor@example.org")
    address = f"/organize/{story.slug}/disputes"
    nothing = visitor.post(f"{address}/{till.id}")
    assert nothing.status_code == 422
    assert f'href="#till-{till.id}-figure"' in nothing.text
    assert f'href="#till-{till.id}-reason"' in nothing.text
    half = visitor.post(f"{address}/{till.id}", {"reason": "I was there"})
    assert "I was there" in half.text
    assert "2000.84" in in_force(story, till)


def test_what_is_for_the_checker_only_is_shown_to_the_monitor_here(story: Story, visitor: Visitor) -> None:
    disputed(story, visibility="checker")
    visitor.sign_in("monitor@example.org")
    assert "€2,000.84 declared" in text_of(visitor.get(f"/organize/{story.slug}/disputes"))
    assert "2,000.84" not in visitor.get(f"/campaigns/{story.slug}/result").text


def test_the_page_is_the_monitors_alone_and_says_when_nothing_is_disputed(story: Story, visitor: Visitor) -> None:
    story.open()
    address = f"/organize/{story.slug}/disputes"
    for somebody, status in (("owner@example.org", 403), ("stranger@example.org", 403), ("monitor@example.org", 200)):
        visitor.sign_in(somebody)
        assert visitor.get(address).status_code == status
    assert "No till total is disputed, and none is shown to you only." in text_of(visitor.get(address))
