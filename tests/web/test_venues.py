"""Several winners, each at its own address: shown apart wherever people look up where to go."""

from __future__ import annotations

import json

import pytest

from businesses import queries
from pledges.values import Pledge
from tests.factories import make_bidding, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def pledged(story: Story) -> Pledge:
    """Two winners, one at an address of its own, and a pledge."""
    story.open(make_bidding(winners=2))
    story.bid("bella", share("40"), venue="Birkenweg 7")
    story.bid("kiosk", share("30"))
    story.wait(days=5)
    story.sign("bella", "kiosk")
    return story.pledge("ada")


def test_the_campaigns_page_names_each_winners_address(story: Story, visitor: Visitor, pledged: Pledge) -> None:
    said = text_of(visitor.get(f"/campaigns/{story.slug}"))
    assert "bella Birkenweg 7, Berlin Open in maps" in said
    assert "kiosk Market square 3, Berlin Open in maps" in said
    award = visitor.get(f"/api/v1/campaigns/{story.slug}").json()["award"]
    assert {(won["business"]["name"], won["venue"]) for won in award} == {("bella", "Birkenweg 7"), ("kiosk", "")}


def test_ticket_and_calendar_name_both(story: Story, visitor: Visitor, pledged: Pledge) -> None:
    token = KEYS.token("pledge", pledged.id)
    both = "Birkenweg 7, Berlin; Market square 3, Berlin"
    assert both in text_of(visitor.get(f"/tickets/{pledged.id}?token={token}"))
    calendar = visitor.get(f"/tickets/{pledged.id}/calendar.ics?token={token}").text.replace("\r\n ", "")
    assert both.replace(",", "\\,").replace(";", "\\;") in calendar


def test_each_agreement_names_the_address_of_its_own_winner(story: Story, pledged: Pledge) -> None:
    with story.database.reading() as session:
        held = {w.venue: queries.agreement(session, w.bid) for w in story.campaign.winners}
    own, common = held["Birkenweg 7"], held[""]
    assert own
    assert common
    assert "Birkenweg 7" in own.text
    assert "Market square 3" not in own.text
    assert "Market square 3" in common.text


def test_tills_of_several_venues_add_up_and_stand_apart(story: Story, visitor: Visitor, pledged: Pledge) -> None:
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    for name, takings in (("bella", "900"), ("kiosk", "500")):
        story.answer(story.declare(name, takings))
    story.finalize()
    tally = visitor.get(f"/api/v1/campaigns/{story.slug}/tally").json()
    assert tally["till"]["takings"]["amount"] == "1400.00"
    assert sorted(w["takings"]["amount"] for w in tally["till"]["windows"]) == ["500.00", "900.00"]
    shown = text_of(visitor.get(f"/campaigns/{story.slug}/result"))
    assert "bella" in shown
    assert "kiosk" in shown


def test_people_are_counted_at_each_door_and_add_up(story: Story, visitor: Visitor, pledged: Pledge) -> None:
    opening = story.campaign.first_opening
    assert opening
    story.move(opening)
    visitor.sign_in("owner@example.org")
    door, (bella, kiosk) = f"/door/{story.slug}", (story.shops[name].id for name in ("bella", "kiosk"))
    assert "At which door are you?" in text_of(visitor.get(door))
    visitor.post(door, {"do": "walk_in", "party": "2"})
    assert visitor.post(f"{door}/venue", {"venue": bella}).status_code == 303
    visitor.post(door, {"code": pledged.code, "do": "check"})
    noted = {"nonce": "n1", "party": "4", "venue": kiosk}
    strange = {"nonce": "n2", "venue": "nobody"}
    told = visitor.post(f"{door}/queue", {"entries": json.dumps([noted, strange])}).json()["entries"]
    assert [each["state"] for each in told] == ["in", "in"]
    assert "1 here, 8 in all" in text_of(visitor.get(door))
    attended = visitor.get(f"/api/v1/campaigns/{story.slug}/tally").json()["attended"]
    assert attended["people"] == 8
    assert {each["business"]: each["people"] for each in attended["venues"]} == {bella: 1, kiosk: 4}
    shown = text_of(visitor.get(f"/campaigns/{story.slug}/board"))
    assert "bella 1 person kiosk 4 people Nobody noted where 3 people" in shown
    assert "kiosk: 4 people counted at the door." in text_of(visitor.get(f"/campaigns/{story.slug}/result"))
    assert visitor.post(f"{door}/venue", {"venue": "nobody"}).status_code == 422
