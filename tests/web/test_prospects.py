"""The organizers' list of shops by pages and API; whoever declined is found nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from businesses import queries as businesses
from businesses.prospects import Prospect
from tests.factories import share
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def lead(story: Story, visitor: Visitor) -> str:
    """The owner at their list; gives its address."""
    story.open()
    visitor.sign_in("owner@example.org")
    return f"/organize/{story.slug}/prospects"


def held(story: Story) -> list[Prospect]:
    with story.database.reading() as session:
        return businesses.prospects(session, story.campaign_id)


def test_a_shop_is_put_on_the_list_changed_and_asked(story: Story, visitor: Visitor) -> None:
    address = lead(story, visitor)
    assert "Nobody is on the list yet" in text_of(visitor.get(address))
    refused = visitor.post(address, {"place": "Market 3"})
    assert (refused.status_code, 'value="Market 3"' in refused.text) == (422, True)
    visitor.post(address, {"name": "Bella Cafe", "place": "Market 3", "contact": "bella@shops.example"})
    (bella,) = held(story)
    page = visitor.get(f"{address}/{bella.id}")
    assert "Last changed by owner@example.org" in text_of(page)
    lacking = visitor.post(f"{address}/{bella.id}", {"name": "Bella Cafe", "state": "declined", "do": "save"})
    assert "Say why it declined" in text_of(lacking)
    asked = visitor.post(f"{address}/{bella.id}", {"note": "Ask Mia", "do": "invite"})
    assert "bella@shops.example" in text_of(visitor.get(asked.headers["location"]))
    assert held(story)[0].entry.note == "Ask Mia"
    page = visitor.get(f"{address}/{bella.id}")
    assert "Make an invitation" not in text_of(page)
    assert "The invitation was not taken up yet" in text_of(page)
    visitor.post(f"{address}/{bella.id}", {"do": "remove"})
    assert held(story) == []
    assert visitor.get(f"{address}/{bella.id}").status_code == 404


def test_a_table_is_looked_at_before_it_counts_and_mended_on_the_page(story: Story, visitor: Visitor) -> None:
    address = lead(story, visitor)
    table = "Name;Ort;Farbe\nCafé Süd;Markt 3;rot\n;Markt 4;blau\n".encode("latin-1")
    look = visitor.post(f"{address}/import", {"do": "preview"}, files={"file": ("shops.csv", table, "text/csv")})
    text = text_of(look)
    assert "1 shop is new" in text
    assert "read as Latin-1" in text
    assert "Line 3, name: Please fill this in" in text
    assert "Farbe" in text
    assert ";Markt 4;blau" in look.text
    assert held(story) == []
    done = visitor.post(f"{address}/import", {"do": "import", "sheet": "name\nCafé Süd\nNord\n"})
    assert done.headers["location"].endswith("?done=imported")
    assert [p.entry.name for p in held(story)] == ["Café Süd", "Nord"]
    again = visitor.post(f"{address}/import", {"do": "preview", "sheet": "name\nCafé Süd\n"})
    assert "1 shop is on the list already and is not doubled: Café Süd (line 2)" in text_of(again)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\x00", "This is not a text file"),
        (b"street\nx\n", "one of them is"),
        (b'name\n"open\n', "Line 2 cannot"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(story: Story, visitor: Visitor, content: bytes, said: str) -> None:
    address = lead(story, visitor)
    answer = visitor.post(f"{address}/import", {"do": "preview"}, files={"file": ("x.csv", content, "text/csv")})
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_the_api_reads_writes_and_imports_the_list(story: Story, visitor: Visitor) -> None:
    lead(story, visitor)
    head, path = bearer(visitor, story), f"/api/v1/campaigns/{story.slug}/prospects"
    made = visitor.client.post(path, json={"name": "Bella", "contact": "030 1234"}, headers=head).json()
    assert (made["state"], made["changed_by"], made["claimed_at"]) == ("listed", "owner@example.org", None)
    changed = visitor.client.patch(f"{path}/{made['id']}", json={"state": "visited"}, headers=head).json()
    assert (changed["state"], changed["contact"]) == ("visited", "030 1234")
    wrong = visitor.client.post(path, json={"name": " ", "contact": "a@b"}, headers=head).json()["errors"]
    assert [error["field"] for error in wrong] == ["name"]
    table = b"name\nBella\nNord\n\x01\n"
    look = visitor.client.post(f"{path}/import?preview=true", content=table, headers=head).json()
    assert ([e["name"] for e in look["items"]], look["known"]) == (["Nord"], [{"line": 2, "name": "Bella"}])
    assert look["refused"][0]["line"] == 4
    assert len(visitor.client.get(path, headers=head).json()["items"]) == 1
    assert visitor.client.post(f"{path}/import", content=table, headers=head).status_code == 201
    asked = visitor.client.post(f"{path}/{made['id']}/invitation", headers=head).json()
    visitor.client.post("/api/v1/invitations/claim", json={"token": asked["token"], "name": "B", "contact": "x"})
    first, second = visitor.client.get(path, headers=head).json()["items"]
    assert (first["state"], second["state"]) == ("claimed", "listed")
    assert visitor.client.delete(f"{path}/{second['id']}", headers=head).status_code == 204


def test_the_list_is_downloaded_as_csv(story: Story, visitor: Visitor) -> None:
    address = lead(story, visitor)
    visitor.post(address, {"name": "=cmd", "contact": "+49 30"})
    got = visitor.get(f"{address}/list.csv")
    assert (got.headers["content-type"], got.headers["cache-control"]) == ("text/csv; charset=utf-8", "no-store")
    assert got.text.splitlines()[1].startswith("'=cmd,,'+49 30,")


def test_who_declined_is_found_nowhere_in_public(story: Story, visitor: Visitor) -> None:
    address = lead(story, visitor)
    story.bid("rival", share("10"))
    visitor.post(address, {"name": "Quiet Corner", "contact": "quiet@shops.example"})
    (quiet,) = held(story)
    visitor.post(f"{address}/{quiet.id}", {"name": "Quiet Corner", "state": "declined", "why": "no time", "do": "save"})
    visitor.client.cookies.clear()
    slug = story.slug
    public = (
        f"/campaigns/{slug}",
        f"/campaigns/{slug}/bids",
        f"/campaigns/{slug}/record",
        "/businesses",
        "/",
        "/campaigns",
    )
    calls = ("", "/bids", "/record", "/tally", "/ranking", "/obligations")
    for path in (*public, *(f"/api/v1/campaigns/{slug}{call}" for call in calls), "/api/v1/campaigns?q=Quiet"):
        answer: Any = visitor.get(path)
        assert "Quiet" not in answer.text, path
        assert "no time" not in answer.text, path
    for path in (address, f"{address}/list.csv", f"{address}/import", f"{address}/{quiet.id}"):
        answer = visitor.get(path)
        assert "Sign in" in answer.text, path
        assert "Quiet" not in answer.text, path
    visitor.sign_in("stranger@example.org")
    assert visitor.get(address).status_code == 403
