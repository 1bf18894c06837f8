"""The supporters' vote: one confirmed person, one vote for each bid, however many confirm at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from businesses import service
from campaigns.values import Rule, TieBreak
from core.db import Database
from core.errors import NotFound
from core.tables import MailRow
from tests.at_once import at_once, outcomes
from tests.factories import CLOSING, make_bidding, share
from tests.scene import KEYS, Scene

TERM = timedelta(days=7)


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open(bidding=make_bidding(rule=Rule.VOTE))
    for name in ("one", "two"):
        scene.bid(name, share("22"))
    return scene


def vote(scene: Scene, name: str, address: str) -> str:
    """A vote that waits for its address; gives its id."""
    bid = scene.bid_of(name)
    with scene.doing() as session:
        service.vote(session, scene.clock, KEYS, scene.slug, bid.id, email=address)
    with scene.database.reading() as session:
        asked = select(MailRow).where(MailRow.kind == "confirm_vote", MailRow.recipient == address)
        return str(session.scalars(asked).all()[-1].payload["vote"])


def confirm(scene: Scene, vote_id: str) -> None:
    with scene.database.writing() as session:
        service.confirm_vote(session, scene.clock, KEYS, vote_id, KEYS.token("vote", vote_id))


def counted(scene: Scene) -> list[str]:
    """The shops for which a vote was counted."""
    bids = {scene.bid_of(name).id: name for name in scene.shops}
    return sorted(bids[fact.body["bid"]] for fact in scene.record("BallotCounted"))


def test_a_vote_by_an_unconfirmed_address_never_counts(scene: Scene):
    confirm(scene, vote(scene, "two", "lea@example.org"))
    for n in range(3):
        vote(scene, "one", f"nobody-{n}@example.org")
    scene.wait_until(CLOSING + TERM)
    assert scene.winners == ["two"]
    assert counted(scene) == ["two"]


def test_two_addresses_are_confirmed_each_for_itself(scene: Scene):
    first, second = vote(scene, "one", "lea@example.org"), vote(scene, "one", "max@example.org")
    confirm(scene, first)
    assert counted(scene) == ["one"]
    confirm(scene, second)
    assert counted(scene) == ["one", "one"]
    with pytest.raises(NotFound, match="open the link in the mail"), scene.doing() as session:
        service.confirm_vote(session, scene.clock, KEYS, first, KEYS.token("vote", second))


def test_one_person_may_approve_both_bids_and_each_once(scene: Scene):
    for name in ("one", "two", "one"):
        confirm(scene, vote(scene, name, "lea@example.org"))
    assert counted(scene) == ["one", "two"]


def test_confirmed_ten_times_at_once_it_counts_once(scene: Scene):
    once = vote(scene, "one", "lea@example.org")
    at_once(10, lambda n: confirm(scene, once))
    assert counted(scene) == ["one"]


def test_ten_votes_of_one_address_confirmed_at_once_count_once_and_of_ten_addresses_all(scene: Scene):
    same = [vote(scene, "one", "lea@example.org") for _ in range(10)]
    others = [vote(scene, "two", f"max-{n}@example.org") for n in range(10)]
    _, refused = outcomes(20, lambda n: confirm(scene, [*same, *others][n]))
    assert refused == []
    assert counted(scene) == ["one"] + ["two"] * 10
    scene.wait_until(CLOSING + TERM)
    assert scene.winners == ["two"]
    assert scene.recounted() == []


def test_as_tie_break_only_confirmed_votes_break_it(database: Database):
    scene = Scene(database)
    scene.open(bidding=make_bidding(tie_break=TieBreak.VOTE))
    for name in ("one", "two"):
        scene.bid(name, share("100"))
    scene.wait_until(CLOSING)
    assert scene.campaign.waiting == "tie"
    vote(scene, "one", "nobody@example.org")
    confirm(scene, vote(scene, "two", "lea@example.org"))
    scene.wait_until(CLOSING + TERM)
    assert scene.winners == ["two"]
    assert scene.recounted() == []
