"""Template commitments by page and API, organizers' own ones, and a bid that is looked at before it is placed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts import service as accounts
from businesses import queries as businesses
from businesses import service
from campaigns.archive.service import import_file
from tests.factories import share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ARCHIVE = Path(__file__).parents[2] / "data" / "real-campaigns.csv"
OWN = {
    "topic": "energy", "title": "Night blinds", "verb": "close", "direction": "more", "metric": "fridges at night",
    "definition": "With blinds of metal.", "baseline_question": "How many are closed tonight?", "proof": "photos",
    "checker": "monitor", "due_weeks": "8", "how_to": "1. Measure.\n2. *Order*.",
}  # fmt: skip
BODY = {**OWN, "proof": ["photos"], "due_weeks": 8}
BID: dict[str, Any] = {
    "commitments": [{"kind": "share", "share": "20", "basis": "gross", "proof": ["our word"]}],
    "anyway": "No.",
}


def organize(story: Story, visitor: Visitor) -> str:
    """A campaign that takes bids, and its organizer; gives the address of their templates."""
    story.open()
    visitor.sign_in("owner@example.org")
    return f"/organize/{story.slug}/templates"


def as_shop(story: Story, visitor: Visitor, name: str = "bella") -> None:
    story.claim(name)
    visitor.client.cookies.clear()
    visitor.hold_key(service.shop_token(KEYS, story.shops[name]))


def bearer(visitor: Visitor, story: Story, name: str = "") -> dict[str, str]:
    """The header of a shop, or of the organizer."""
    if name:
        return {"Authorization": f"Business {service.shop_token(KEYS, story.shops[name])}"}
    with visitor.site.db.writing() as session:
        return {"Authorization": f"Bearer {accounts.api_token(session, visitor.site.clock, 'owner@example.org')}"}


def own_titles(story: Story) -> list[str]:
    with story.database.reading() as session:
        return [held.title for held in businesses.templates(session, story.campaign.team)]


def test_the_library_is_read_by_topic_with_its_how_to(visitor: Visitor) -> None:
    page = visitor.get("/promises/library", headers={"Accept-Language": "de"})
    assert "Türen vor Kühlregalen" in text_of(page)
    assert "So wird es gemacht" in text_of(page)
    assert 'href="/promises/library"' in visitor.get("/how-it-works").text


def test_the_api_answers_in_the_readers_language(visitor: Visitor) -> None:
    path = "/api/v1/commitment-templates"
    english = visitor.get(path).json()["items"]
    german = visitor.get(path, headers={"Accept-Language": "de"}).json()["items"]
    asked = visitor.get(f"{path}?lang=de")
    assert asked.json()["items"] == german
    assert asked.headers["Content-Language"] == "de"
    assert [each["id"] for each in german] == [each["id"] for each in english]
    doors = next(each for each in german if each["id"] == "fridge-doors")
    assert doors["title"] == "Türen vor Kühlregalen"
    assert (doors["direction"], doors["due_weeks"], doors["source"]) == ("more", 26, "library")
    assert len(doors["how_to"]["steps"]) == 3
    etag = {"If-None-Match": asked.headers["ETag"]}
    assert visitor.get(f"{path}?lang=de", headers=etag).status_code == 304


def test_an_organizers_example_is_added_changed_and_withdrawn(story: Story, visitor: Visitor) -> None:
    address = organize(story, visitor)
    assert 'href="' + address in visitor.get(f"/organize/{story.slug}").text
    added = visitor.post(address, OWN | {"do": "save"})
    assert added.headers["location"] == f"{address}?done=added"
    assert "Who bids finds it first." in text_of(visitor.get(added.headers["location"]))
    with story.database.reading() as session:
        (held,) = businesses.templates(session, story.campaign.team)
    one = f"{address}/{held.id}"
    assert "With blinds of metal." in visitor.get(one).text
    visitor.post(one, OWN | {"title": "Blinds for the night", "do": "save"})
    assert own_titles(story) == ["Blinds for the night"]
    visitor.post(one, {"do": "withdraw"})
    assert own_titles(story) == []
    assert visitor.get(one).status_code == 404
    assert visitor.post(one, OWN | {"do": "save"}).status_code == 404


def test_a_refused_example_names_everything_and_keeps_the_words(story: Story, visitor: Visitor) -> None:
    address = organize(story, visitor)
    refused = visitor.post(address, OWN | {"title": "", "due_weeks": "soon", "do": "save"})
    assert refused.status_code == 422
    for name in ("title", "due_weeks"):
        assert f'href="#{name}"' in refused.text
    assert 'value="soon"' in refused.text
    assert "With blinds of metal." in refused.text
    assert own_titles(story) == []


def test_strangers_and_another_teams_organizers_change_nothing(story: Story, visitor: Visitor) -> None:
    address = organize(story, visitor)
    visitor.post(address, OWN | {"do": "save"})
    with story.database.reading() as session:
        (held,) = businesses.templates(session, story.campaign.team)
    visitor.client.cookies.clear()
    visitor.sign_in("stranger@example.org")
    assert visitor.get(address).status_code == 403
    assert visitor.post(f"{address}/{held.id}", {"do": "withdraw"}).status_code == 403
    visitor.client.cookies.clear()
    other = organize(story, visitor)
    assert visitor.post(f"{other}/{held.id}", {"do": "withdraw"}).status_code == 404
    assert visitor.post(f"{other}/{held.id}", OWN).status_code == 404


def test_a_team_offers_fifty_examples_and_no_more(story: Story, visitor: Visitor) -> None:
    address = organize(story, visitor)
    for n in range(50):
        story.do(service.add_template, story.owner, story.slug, OWN | {"title": f"Example {n}"})
    refused = visitor.post(address, OWN | {"do": "save"})
    assert "At most 50 templates" in text_of(refused)


def test_a_campaigns_own_examples_come_first_in_the_api_and_in_the_builder(story: Story, visitor: Visitor) -> None:
    organize(story, visitor)
    head = bearer(visitor, story)
    path = f"/api/v1/campaigns/{story.slug}/commitment-templates"
    made = visitor.client.post(path, json=BODY, headers=head)
    assert made.status_code == 201
    assert made.json()["how_to"]["text"].startswith("1. Measure.")
    changed = visitor.client.patch(f"{path}/{made.json()['id']}", json={"title": "Blinds"}, headers=head)
    assert changed.json() == made.json() | {"title": "Blinds"}
    lacking = visitor.client.post(path, json={"title": "Blinds"}, headers=head).json()["errors"]
    assert {"topic", "verb", "definition", "due_weeks"} < {error["field"] for error in lacking}
    first, second = visitor.get(f"/api/v1/commitment-templates?campaign={story.slug}").json()["items"][:2]
    assert (first["title"], first["source"], second["source"]) == ("Blinds", "campaign", "library")
    assert visitor.get("/api/v1/commitment-templates?campaign=nowhere").status_code == 404
    as_shop(story, visitor)
    page = visitor.get(f"/shop/{story.slug}/bid").text
    assert page.index("Blinds") < page.index("LED lamps")
    begun = visitor.post(f"/shop/{story.slug}/bid", {"do": "template", "template": first["id"]})
    assert "How many are closed tonight?" in text_of(begun)
    assert 'value="fridges at night"' in begun.text
    assert visitor.client.delete(f"{path}/{first['id']}", headers=head).status_code == 204
    assert visitor.client.delete(f"{path}/{first['id']}", headers=head).status_code == 404


def test_a_bid_begins_with_an_example_in_the_campaigns_language(story: Story, visitor: Visitor) -> None:
    story.open(language="de")
    as_shop(story, visitor)
    address = f"/shop/{story.slug}/bid"
    begun = visitor.post(address, {"anyway": "No.", "do": "template:local-producers"})
    assert 'value="regionale Erzeuger"' in begun.text
    assert "How many local producers are on the shelves today, and who counted?" in text_of(begun)
    assert "No.</textarea>" in begun.text
    unknown = visitor.post(address, {"anyway": "No.", "do": "template:nothing"})
    assert "No.</textarea>" in unknown.text


def test_the_preview_names_what_others_promised(story: Story, visitor: Visitor) -> None:
    story.do(import_file, ARCHIVE.read_text(), "real-campaigns.csv")
    story.open()
    as_shop(story, visitor)
    typed = {f"commitments.0.{name}": value for name, value in BID["commitments"][0].items()}
    page = visitor.post(f"/shop/{story.slug}/bid", typed | {"do": "look"})
    assert "Isla Vista (UCSB) 2009 gave 20%" not in text_of(page)
    assert "Berlin 2009 gave 35%." in text_of(page)
    assert 'href="/archive/C3"' in page.text
    assert "Hints only: you may sign it as it is." in text_of(page)


def check(visitor: Visitor, story: Story, body: Any, head: dict[str, str]) -> Any:
    return visitor.client.post(f"/api/v1/campaigns/{story.slug}/bids/check", json=body, headers=head)


def test_a_bid_is_checked_for_shop_and_organizer_and_nothing_is_placed(story: Story, visitor: Visitor) -> None:
    story.open()
    story.claim("bella")
    for head in (bearer(visitor, story, "bella"), bearer(visitor, story)):
        answer = check(visitor, story, BID, head)
        assert answer.status_code == 200
        told = {hint["code"]: hint for hint in answer.json()["hints"]}
        assert told.keys() == {"no_definition", "no_proof", "own_eyes"}
        assert told["no_proof"]["field"] == "commitments.0.proof"
        assert "our word" in told["no_proof"]["message"]
    with story.database.reading() as session:
        assert businesses.count_bids(session, story.campaign_id) == 0


def test_a_check_refuses_what_a_bid_would_be_refused_for_and_hints_beside(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"))
    lowered = BID | {"commitments": [*BID["commitments"], {"kind": "share", "share": "much", "basis": "gross"}]}
    answer = check(visitor, story, lowered, bearer(visitor, story, "bella"))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == ["commitments.1.share"]
    assert {hint["field"].rpartition(".")[0] for hint in answer.json()["hints"]} == {"commitments.0"}
    low = check(visitor, story, BID, bearer(visitor, story, "bella"))
    assert [error["field"] for error in low.json()["errors"]] == ["commitments.0.share"]
    assert check(visitor, story, BID, {}).status_code == 401
    story.wait(days=6)
    assert check(visitor, story, BID, bearer(visitor, story, "bella")).status_code == 409
