"""The bargain in one sentence, as it stands on the poster."""

from __future__ import annotations

from decimal import Decimal

from campaigns.values import Goal, GoalKind
from tests.factories import action, make_campaign, rung
from web.views.bargain import bargain


def test_the_headline_promises_the_step_of_the_ladder_that_the_goal_reaches():
    promise = action("30", "0", ladder=(rung("5000", "84"), rung("8000", "120")))
    campaign = make_campaign(goal=Goal(GoalKind.TAKINGS, Decimal(5000)))
    assert "84" in bargain(campaign, ["Bella Café"], [promise]).words


def test_without_a_goal_it_promises_what_holds_in_any_case():
    promise = action("30", "0", ladder=(rung("5000", "84"),))
    assert "30" in bargain(make_campaign(goal=Goal()), ["Bella Café"], [promise]).words


def test_before_there_is_an_award_the_title_stands_for_it():
    campaign = make_campaign(title="Which bakery bakes with the sun?")
    assert bargain(campaign, [], []).words == "Which bakery bakes with the sun?"
