"""Generated auctions through the real use-cases: the award is what the rule says, and the record alone replays it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from businesses.scoring import Ballots, Entry, rank
from campaigns.values import State, TieBreak
from core.clock import FixedClock
from core.db import Database
from core.errors import Invalid, NotFound
from tests.factories import CLOSING, NOW, action, fixed, make_bidding, share
from tests.scene import Scene

NAMES = ("abendrot", "bella", "spaeti", "kiosk")
offered = st.tuples(st.sampled_from(["10", "22", "22", "40"]), st.booleans(), st.booleans())
moves = st.lists(st.tuples(st.sampled_from(NAMES), st.none() | offered), min_size=1, max_size=10)


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def play(scene: Scene, history: list[tuple[str, tuple[str, bool, bool] | None]]) -> None:
    """Each shop in its turn withdraws, or bids a share with or without more; what the rules refuse is refused."""
    for name, told in history:
        scene.clock.advance(minutes=1)
        try:
            if told is None:
                scene.withdraw(name)
            else:
                percent, acts, gives = told
                also = [action()] * acts + [fixed("50")] * gives
                scene.bid(name, share(percent), *[replace(c, id=f"{c.kind}-{name}") for c in also])
        except (Invalid, NotFound, KeyError):
            continue


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves, st.sampled_from([TieBreak.EARLIEST, TieBreak.ORGANIZER]), st.integers(1, 2))
def test_the_award_is_what_the_rule_says_and_a_recount_of_the_record_agrees(
    scene: Scene, clock: FixedClock, history: list[tuple[str, tuple[str, bool, bool] | None]], tie: TieBreak, most: int
):
    clock.set(NOW)
    scene.shops = {}
    bidding = make_bidding(tie_break=tie, winners=most)
    scene.open(title="Generated", bidding=bidding)
    play(scene, history)
    standing = [held for name in scene.shops if (held := scene.bid_of(name)).stands]
    clock.set(CLOSING)
    scene.work()
    ranked = rank([Entry(b.id, b.offer.commitments, b.raised_at) for b in standing], bidding, Ballots())
    won = [] if ranked.tied else list(ranked.order[:most])
    assert [winner.bid for winner in scene.campaign.winners] == won
    assert scene.campaign.state == State.CHOOSING
    assert scene.recounted() == []
