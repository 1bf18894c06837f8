"""Photos of the day: added once people were asked, seen by all once approved, gone when taken away."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from PIL import Image

from accounts import service as accounts
from accounts.rules import Role
from campaigns.press import queries
from campaigns.press.values import Photo
from tests.factories import share
from tests.stages import add_member
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.trips.leaving import erase

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORDS = {"shows": "The queue at noon", "credit": "Ada L.", "asked": "yes"}


def picture(side: int = 800) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side // 2), 60).convert("RGB").save(out, "JPEG", comment=b"Somewhere Street 5")
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def final(story: Story, visitor: Visitor) -> Story:
    """A campaign whose figures are final; the visitor is of its crew."""
    story.open()
    story.bid("bella", share("35"))
    story.wait(days=6)
    story.sign("bella")
    story.wait(days=15)
    with story.database.writing() as session:
        add_member(session, story.clock, story.campaign, Role.CREW, "crew@example.org")
    visitor.sign_in("crew@example.org")
    return story


def add(visitor: Visitor, story: Story, content: bytes = b"", **values: str):
    file = ("p.jpg", content or picture(), "image/jpeg")
    return visitor.post(f"/door/{story.slug}/photos", {**WORDS, **values}, files={"photo": file})


def photos(story: Story) -> list[Photo]:
    with story.database.reading() as session:
        return queries.photos(session, story.campaign_id)


def act(visitor: Visitor, story: Story, verb: str) -> str:
    (held,) = photos(story)
    return str(visitor.post(f"/door/{story.slug}/photos/{held.id}/{verb}").headers["location"])


def bearer(visitor: Visitor, email: str) -> dict[str, str]:
    with visitor.site.db.writing() as session:
        return {"Authorization": f"Bearer {accounts.api_token(session, visitor.site.clock, email)}"}


def seen(visitor: Visitor, addresses: Iterable[str]) -> list[int]:
    return [visitor.get(address).status_code for address in addresses]


def test_a_photo_is_public_once_it_is_approved_and_gone_once_it_is_taken_away(final: Story, visitor: Visitor) -> None:
    assert "done=added" in add(visitor, final).headers["location"]
    (held,) = photos(final)
    base = f"/campaigns/{final.slug}"
    addresses = [f"{base}/photos/{held.id}{rest}" for rest in ("", "-small.avif", "-small.jpg")]
    assert seen(visitor, addresses) == [404] * 3
    assert visitor.get(f"/door/{final.slug}/photos/{held.id}").headers["cache-control"] == "no-store"
    assert held.id not in visitor.get(f"{base}/result").text
    assert "done=approved" in act(visitor, final, "approve")
    for page in ("result", "press"):
        assert f"{base}/photos/{held.id}-small.avif" in visitor.get(f"{base}/{page}").text
        assert "The queue at noon Photo: Ada L." in text_of(visitor.get(f"{base}/{page}"))
    assert seen(visitor, addresses) == [200] * 3
    assert "done=gone" in act(visitor, final, "remove")
    assert seen(visitor, addresses) == [404] * 3
    assert held.id not in visitor.get(f"{base}/press").text
    assert not (visitor.site.settings.home / "files" / held.picture.name[:2] / held.picture.name).exists()


def test_what_is_shown_is_small_without_metadata_and_keeps_its_proportions(final: Story, visitor: Visitor) -> None:
    add(visitor, final, picture(3000))
    act(visitor, final, "approve")
    (held,) = photos(final)
    address = f"/campaigns/{final.slug}/photos/{held.id}"
    whole, small, avif = (visitor.get(f"{address}{rest}") for rest in ("", "-small.jpg", "-small.avif"))
    assert b"Somewhere" not in whole.content
    assert (held.picture.width, held.picture.height) == Image.open(io.BytesIO(whole.content)).size == (2400, 1200)
    assert Image.open(io.BytesIO(small.content)).size == (640, 320)
    assert (avif.headers["content-type"], Image.open(io.BytesIO(avif.content)).size) == ("image/avif", (640, 320))
    assert 'width="640" height="320"' in visitor.get(f"/campaigns/{final.slug}/press").text


def test_a_photo_of_people_who_were_not_asked_is_refused_and_kept_for_the_form(final: Story, visitor: Visitor) -> None:
    refused = visitor.post(
        f"/door/{final.slug}/photos", {"shows": "The queue"}, files={"photo": ("p.jpg", picture(), "image/jpeg")}
    )
    assert refused.status_code == 422
    assert "Ask the people in it first" in text_of(refused)
    assert 'value="The queue"' in refused.text
    kept = refused.text.partition('name="kept" value="')[2].partition('"')[0]
    for _ in range(2):
        again = visitor.post(f"/door/{final.slug}/photos", {**WORDS, "kept": kept})
        assert "done=added" in again.headers["location"]
    assert len(photos(final)) == 1


@pytest.mark.parametrize("content", [b"no photo", bomb(), picture()[:500], b"<svg></svg>"])
def test_what_is_no_picture_or_too_large_a_one_is_refused(final: Story, visitor: Visitor, content: bytes) -> None:
    refused = add(visitor, final, content)
    assert refused.status_code == 422
    assert "-photo-why" in refused.text or "photo-why" in refused.text
    assert photos(final) == []


def test_words_are_needed_for_those_who_cannot_see_it(final: Story, visitor: Visitor) -> None:
    assert "Please fill this in" in text_of(add(visitor, final, shows=" "))
    assert photos(final) == []


def test_photos_are_the_teams_to_add_approve_and_take_away(final: Story, visitor: Visitor) -> None:
    add(visitor, final)
    (held,) = photos(final)
    address = f"/door/{final.slug}/photos"
    assert address in visitor.get(f"/organize/{final.slug}").text
    assert f"/organize/{final.slug}/press-contact" not in visitor.get(address).text
    assert visitor.post(f"/organize/{final.slug}/press-contact", {"name": "x", "reach": "y"}).status_code == 403
    for who in ("monitor@example.org", "stranger@example.org"):
        visitor.sign_in(who)
        assert seen(visitor, [address, f"{address}/{held.id}"]) == [403, 403]
        assert add(visitor, final).status_code == 403
        assert [visitor.post(f"{address}/{held.id}/{verb}").status_code for verb in ("approve", "remove")] == [403] * 2
    assert [photo.is_public for photo in photos(final)] == [False]


def test_a_photo_of_another_campaign_is_not_this_ones(final: Story, visitor: Visitor) -> None:
    add(visitor, final)
    act(visitor, final, "approve")
    (held,) = photos(final)
    story = Story(final.database, final.clock)
    story.open(title="Another day")
    visitor.sign_in("owner@example.org")
    assert visitor.get(f"/campaigns/{story.slug}/photos/{held.id}").status_code == 404
    assert visitor.post(f"/door/{story.slug}/photos/{held.id}/remove").status_code == 404


def test_the_press_learns_whom_it_may_ask_until_that_person_leaves(final: Story, visitor: Visitor) -> None:
    owner = visitor.sign_in("owner@example.org")
    address, page = f"/organize/{final.slug}/press-contact", f"/campaigns/{final.slug}/press"
    refused = visitor.post(address, {"name": "Lea Sommer", "reach": ""})
    assert (refused.status_code, 'value="Lea Sommer"' in refused.text) == (422, True)
    visitor.post(address, {"name": "Lea Sommer", "reach": "press@example.org"})
    assert 'href="mailto:press@example.org"' in visitor.get(page).text
    assert 'value="press@example.org"' in visitor.get(f"/door/{final.slug}/photos").text
    add(visitor, final)
    with final.database.writing() as session:
        erase(session, final.clock, owner)
    assert "Lea Sommer" not in visitor.get(page).text
    assert [photo.credit for photo in photos(final)] == [""]


def test_the_api_takes_approves_and_takes_away_photos(final: Story, visitor: Visitor) -> None:
    visitor.client.cookies.clear()
    crew, base = bearer(visitor, "crew@example.org"), f"/api/v1/campaigns/{final.slug}"
    send = {**crew, "Content-Type": "image/jpeg"}
    for wrong in (b"", b"no photo", bomb()):
        refused = visitor.client.post(f"{base}/photo-files", content=wrong, headers=send)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "photo")
    sent = visitor.client.post(f"{base}/photo-files", content=picture(), headers=send).json()
    for body, field in (({"photo": "x:y", "shows": "A"}, "photo"), ({**sent, "shows": "A"}, "asked")):
        refused = visitor.client.post(f"{base}/photos", json=body, headers=crew)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    made = visitor.client.post(f"{base}/photos", json={**sent, **WORDS, "asked": True}, headers=crew).json()
    assert (made["approved"], made["shows"], made["width"]) == (False, "The queue at noon", 800)
    assert visitor.get(f"{base}/photos").json()["items"] == []
    assert len(visitor.get(f"{base}/photos", headers=crew).json()["items"]) == 1
    visitor.client.post(f"{base}/photos/{made['id']}/approve", headers=crew)
    (item,) = visitor.get(f"{base}/photos").json()["items"]
    assert visitor.get(item["url"]).headers["content-type"] == "image/jpeg"
    assert visitor.client.delete(f"{base}/photos/{made['id']}", headers=crew).status_code == 204
    assert visitor.get(f"{base}/photos").json()["items"] == []
    owner = bearer(visitor, "owner@example.org")
    visitor.client.put(f"{base}/press-contact", json={"name": "Lea", "reach": "030 123"}, headers=owner)
    assert visitor.get(f"{base}/photos").json()["contact"] == {"name": "Lea", "reach": "030 123"}


def test_no_token_of_a_proof_passes_for_a_photo_that_can_be_deleted(final: Story, visitor: Visitor) -> None:
    crew, base = bearer(visitor, "crew@example.org"), f"/api/v1/campaigns/{final.slug}"
    headers = {**crew, "Content-Type": "image/jpeg"}
    slip = visitor.client.post(f"{base}/slip-photos", content=picture(), headers=headers).json()["photo"]
    refused = visitor.post(f"/door/{final.slug}/photos", {**WORDS, "kept": slip})
    assert refused.status_code == 422
    assert photos(final) == []
