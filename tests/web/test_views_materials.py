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
