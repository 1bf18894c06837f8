"""Organizers' own template commitments, on both databases."""

from __future__ import annotations

import pytest

from businesses import queries, service
from campaigns.values import State
from core.clock import FixedClock
from core.db import Database
from core.errors import Forbidden, Invalid, NotFound
from tests.stages import make_campaign, make_person

WRITTEN = {
    "topic": "waste", "title": "Cups", "verb": "hand out", "direction": "fewer", "metric": "paper cups a day",
    "definition": "Every cup that is not washed.", "baseline_question": "How many today?", "proof": ["invoices"],
    "due_weeks": 12,
}  # fmt: skip


def test_a_teams_templates_are_kept_in_order_changed_and_withdrawn(database: Database, clock: FixedClock):
    with database.writing() as session:
        owner = make_person(session, clock, "owner@example.org")
        campaign = make_campaign(session, clock, State.DRAFT, owner=owner)
        first = service.add_template(session, clock, owner, campaign.slug, WRITTEN)
        clock.advance(seconds=1)
        service.add_template(session, clock, owner, campaign.slug, WRITTEN | {"title": "Boxes"})
    with database.writing() as session:
        changed = service.change_template(session, clock, owner, campaign.slug, first.id, {"title": "All cups"})
        assert (changed.title, changed.metric, changed.more) == ("All cups", "paper cups a day", False)
    with database.reading() as session:
        assert [held.title for held in queries.templates(session, campaign.team)] == ["All cups", "Boxes"]
    with database.writing() as session:
        service.withdraw_template(session, clock, owner, campaign.slug, first.id)
    with database.writing() as session, pytest.raises(NotFound):
        service.withdraw_template(session, clock, owner, campaign.slug, first.id)
    with database.reading() as session:
        assert [held.title for held in queries.templates(session, campaign.team)] == ["Boxes"]


def test_only_organizers_of_the_team_change_it_and_only_into_something_whole(database: Database, clock: FixedClock):
    with database.writing() as session:
        owner, stranger = (make_person(session, clock, f"{name}@example.org") for name in ("owner", "stranger"))
        campaign = make_campaign(session, clock, State.DRAFT, owner=owner)
        other = make_campaign(session, clock, State.DRAFT, owner=stranger)
        held = service.add_template(session, clock, owner, campaign.slug, WRITTEN)
        with pytest.raises(Forbidden):
            service.change_template(session, clock, stranger, campaign.slug, held.id, {"title": "Mine"})
        with pytest.raises(NotFound):
            service.change_template(session, clock, stranger, other.slug, held.id, {"title": "Mine"})
        with pytest.raises(Invalid):
            service.change_template(session, clock, owner, campaign.slug, held.id, {"definition": ""})
        assert queries.templates(session, campaign.team) == (held,)
