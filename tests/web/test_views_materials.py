"""What posters, flyers and pictures say: in the campaign's language, and never that one must hurry."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from campaigns.values import CoHost, Goal, GoalKind, State
from tests.factories import action, campaign_in, share
from web.papers import leaflets
from web.views.materials import Material, material

HURRY = re.compile(r"hurry|last chance|only \d+ left|now or never|beeil|letzte chance|nur noch", re.IGNORECASE)


def words(lang: str = "en", state: State = State.PLEDGING) -> Material:
    goal, hosts = Goal(GoalKind.TAKINGS, Decimal(2500)), (CoHost("Klimabüro"),)
    held = campaign_in(state, goal=goal, language=lang, co_hosts=hosts)
    return material(held, ["Bella Café"], [share("35"), action("27")], "https://mob.example/campaigns/bella")


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("state", [State.PLEDGING, State.MOBBING, State.FOLLOWING])
def test_no_paper_says_that_one_must_hurry(lang: str, state: State) -> None:
    told = words(lang, state)
    assert told.lang == lang
    assert not HURRY.search(" ".join([told.words, told.call, told.small, *told.when, *told.promises]))
    assert leaflets.sheet(told, "flyers").startswith(b"%PDF")


def test_a_cancelled_day_is_no_longer_announced() -> None:
    assert words(state=State.CANCELLED).when == ("Cancelled",)


def test_a_day_that_is_over_is_told_by_its_outcome_and_costs_nothing_any_more() -> None:
    tally = {"state": "final", "till": {"takings": {"amount": "2000.84", "currency": "EUR"}}, "owed": None}
    campaign = campaign_in(State.FOLLOWING)
    told = material(campaign, ["Bella Café"], [share("35")], "https://mob.example/campaigns/bella", tally)
    assert told.words == "You spent €2,000.84."
    assert told.pieces == (("", "You spent €2,000.84."),)
    assert (told.call, told.small) == ("See what became of it", "")
    assert words().small
    assert leaflets.sheet(told, "a4").startswith(b"%PDF")
