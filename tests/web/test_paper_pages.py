"""A bid on paper by pages and by API: photo, entry, the mark, and the countersignature."""

from __future__ import annotations

import pytest

from businesses import queries
from businesses import service as businesses
from core.files import FolderFiles
from tests.core.test_files import photo
from tests.factories import share
from tests.notifications.senders import publish, waiting
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.test_prepared_pages import FILLED
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BODY = {"commitments": [{"kind": "share", "share": "30", "basis": "gross", "due_on": "2027-12-31"}], "anyway": "No."}


@pytest.fixture
def invited(story: Story, visitor: Visitor) -> str:
    """A shop with a mailed invitation that nobody has taken up, and an organizer signed in; gives the invitation."""
    story.open()
    made, _ = story.do(businesses.invite, KEYS, story.owner, story.slug, "kiosk", "kiosk@shop.example")
    visitor.sign_in("owner@example.org")
    return made.id


def test_a_sheet_is_entered_marked_and_countersigned(story: Story, visitor: Visitor, invited: str) -> None:
    address = f"/organize/{story.slug}/paper"
    assert address in visitor.get(f"/organize/{story.slug}").text
    for sent in ({}, {"photo": ("sheet.jpg", b"no photo", "image/jpeg")}):
        refused = visitor.post(address, {"invitation": invited}, files=sent or None)
        assert (refused.status_code, "hoto" in text_of(refused)) == (422, True)
    begun = visitor.post(address, {"invitation": invited}, files={"photo": ("sheet.jpg", photo(), "image/jpeg")})
    sheet = begun.headers["location"]
    shown = visitor.get(f"{sheet}/photo")
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert "The signed sheet" in text_of(visitor.get(sheet))
    assert "Enter the bid" in text_of(visitor.post(sheet, {**FILLED, "do": "review"}))
    assert visitor.post(sheet, {**FILLED, "do": "place"}).headers["location"].endswith("?done=entered")
    assert "Entered from paper, not yet countersigned" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "Ask kiosk to countersign" in text_of(visitor.get(f"/organize/{story.slug}"))
    publish(story.database)
    assert ("countersign_due", "kiosk@shop.example") in waiting(story.database)
    visitor.client.cookies.clear()
    assert "image" not in visitor.get(f"{sheet}/photo").headers["content-type"]
    token = KEYS.token("invitation", invited)
    visitor.post("/invitations/claim", {"token": token, "name": "kiosk", "contact": "0301234"})
    assert "Countersign your bid" in text_of(visitor.get("/shop"))
    page = f"/shop/{story.slug}/countersign"
    assert "Is this what you signed?" in text_of(visitor.get(page))
    assert visitor.get(f"/shop/{story.slug}/paper/photo").headers["content-type"] == "image/jpeg"
    assert visitor.post(page).headers["location"] == "/shop?done=signed"
    assert "Entered from paper, countersigned by the business" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))


def test_by_api_the_photo_is_seen_by_both_sides_only(story: Story, visitor: Visitor, invited: str) -> None:
    path, team = f"/api/v1/campaigns/{story.slug}/paper-bids", bearer(visitor, story)
    unreadable = visitor.client.post(f"{path}?invitation={invited}", content=b"no photo", headers=team)
    assert (unreadable.status_code, unreadable.json()["errors"][0]["field"]) == (422, "photo")
    nobody = visitor.client.post(f"{path}?invitation=x", content=photo(), headers=team)
    assert nobody.json()["errors"][0]["field"] == "invitation"
    made = visitor.client.post(f"{path}?invitation={invited}", content=photo(), headers=team).json()
    bid = visitor.client.put(f"{path}/{made['id']}", json=BODY, headers=team).json()
    assert (bid["entered"], bid["countersigned_at"]) == ("paper", None)
    story.bid("rival", share("20"))
    picture = f"{path}/{made['id']}/photo"
    own = {"Authorization": f"Business {KEYS.token('shop', bid['business']['id'] + ':1')}"}
    seen = [
        visitor.client.get(picture, headers=head).status_code for head in (team, own, bearer(visitor, story, "rival"))
    ]
    assert seen == [200, 200, 401]
    signed = visitor.client.post(f"/api/v1/campaigns/{story.slug}/bids/countersign", headers=own).json()
    assert signed["countersigned_at"]


def test_a_photo_of_a_few_megabytes_passes_and_eleven_do_not(story: Story, visitor: Visitor, invited: str) -> None:
    address = f"/organize/{story.slug}/paper"
    large = photo() + b"\0" * (3 * 2**20)
    passed = visitor.post(address, {"invitation": invited}, files={"photo": ("a.jpg", large, "image/jpeg")})
    assert passed.status_code == 303
    with story.database.reading() as session:
        (held,) = queries.papers(session, story.campaign_id).values()
    assert FolderFiles(visitor.site.settings.home).get(held.photo)
    too_large = visitor.post(address, {"invitation": invited}, files={"photo": ("a.jpg", b"\0" * (11 * 2**20), "x/y")})
    assert (too_large.status_code, "10 MB at most" in text_of(too_large)) == (422, True)
