"""Proof of a till and the slip that crew read, by pages and by API."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from accounts.rules import Role
from core.clock import FixedClock
from pledges import queries as pledges
from pledges.values import Entered, Proof, TillTotal
from tests.core.test_documents import PDF
from tests.core.test_files import photo
from tests.notifications.senders import publish, waiting
from tests.stages import add_member
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.test_shop_pages import enter, won
from tests.web.visiting import Visitor, text_of
from web.recounting import recount

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def bomb() -> bytes:
    """A small file of 60 million pixels."""
    out = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(out, "PNG")
    return out.getvalue()


BAD = [b"", b"no photo", PDF[:20], b"<svg/>", bomb(), photo()[:300]]


@pytest.fixture
def closed(story: Story, visitor: Visitor) -> Story:
    """The hours are over, and the winner at its own page."""
    won(story)
    story.move(story.campaign.windows[0].closes_at)
    enter(story, visitor, "bella")
    return story


def till(story: Story) -> TillTotal:
    with story.database.reading() as session:
        return pledges.till_totals(session, story.campaign_id)[0]


def proof(story: Story) -> Proof:
    with story.database.reading() as session:
        return pledges.proofs(session, story.campaign_id)[-1]


def attach(visitor: Visitor, story: Story, content: bytes) -> Any:
    address = f"/shop/{story.slug}/till/{till(story).id}/proof"
    return visitor.post(address, files={"proof": ("proof", content, "application/octet-stream")})


def crew_at(story: Story, visitor: Visitor) -> None:
    visitor.client.cookies.clear()
    with story.database.writing() as session:
        add_member(session, story.clock, story.campaign, Role.CREW, "crew@example.org")
    visitor.sign_in("crew@example.org")


def test_a_photo_and_a_pdf_prove_a_till(closed: Story, visitor: Visitor) -> None:
    closed.declare("bella", "2000.84")
    assert attach(visitor, closed, photo()).headers["location"].endswith("?done=proof")
    shown = visitor.get(f"/shop/{closed.slug}/till/proof/{proof(closed).id}")
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/jpeg", "no-store")
    attach(visitor, closed, PDF)
    page = text_of(visitor.get(f"/shop/{closed.slug}/till"))
    assert "Photo," in page
    assert "Document (PDF)," in page
    told = text_of(visitor.get(f"/campaigns/{closed.slug}/result"))
    assert "2 proofs are attached. The business and who checks it can see it." in told
    publish(closed.database)
    assert "A document proves the till total of bella" in text_of(visitor.get(f"/campaigns/{closed.slug}/record"))


def test_a_pdf_is_an_attachment_that_runs_nowhere_and_only_for_those_who_may(closed: Story, visitor: Visitor) -> None:
    closed.declare("bella", "2000.84")
    attach(visitor, closed, PDF)
    address = f"/organize/{closed.slug}/proofs/{proof(closed).id}"
    visitor.client.cookies.clear()
    assert visitor.get(address).content != PDF
    visitor.sign_in("stranger@example.org")
    assert visitor.get(address).status_code == 403
    visitor.sign_in("owner@example.org")
    assert address in visitor.get(f"/organize/{closed.slug}").text
    sent = visitor.get(address)
    assert sent.content == PDF
    assert sent.headers["content-disposition"].startswith("attachment")
    assert sent.headers["content-type"] == "application/octet-stream"
    assert sent.headers["content-security-policy"].startswith("sandbox")
    assert sent.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("content", BAD, ids=["nothing", "text", "half a PDF", "SVG", "bomb", "half a photo"])
def test_what_proves_nothing_is_refused(closed: Story, visitor: Visitor, content: bytes) -> None:
    closed.declare("bella", "2000.84")
    refused = attach(visitor, closed, content)
    assert refused.status_code == 422
    assert "-proof-why" in refused.text
    assert till(closed).proofs == 0


def test_crew_enter_a_slip_and_the_shop_countersigns(closed: Story, visitor: Visitor) -> None:
    crew_at(closed, visitor)
    page = f"/door/{closed.slug}/slip"
    assert page in visitor.get(f"/organize/{closed.slug}").text
    hours = f"{closed.campaign.windows[0].id}:{closed.shops['bella'].id}"
    form = {"hours": hours, "takings": "812.50", "customers": "40"}
    entered = visitor.post(page, form, files={"photo": ("slip.jpg", photo(), "image/jpeg")})
    assert entered.headers["location"] == f"{page}?done=yes"
    assert (till(closed).entered, till(closed).lacks_signature) == (Entered.SLIP, True)
    assert "Entered by crew from the slip." in text_of(visitor.get(f"/campaigns/{closed.slug}/result"))
    publish(closed.database)
    assert ("till_to_countersign", "bella@shop.example") in waiting(closed.database)
    visitor.sign_in("owner@example.org")
    assert "has to countersign it before you can confirm it" in text_of(visitor.get(f"/organize/{closed.slug}"))
    visitor.client.cookies.clear()
    enter(closed, visitor, "bella")
    assert "Is this your till?" in text_of(visitor.get("/shop"))
    own = visitor.get(f"/shop/{closed.slug}/till")
    assert "Crew entered €812.50 from a photo of your slip." in text_of(own)
    assert f"/shop/{closed.slug}/till/proof/{proof(closed).id}" in own.text
    visitor.post(f"/shop/{closed.slug}/till/{till(closed).id}/countersign")
    assert "countersigned by the business" in text_of(visitor.get(f"/campaigns/{closed.slug}/result"))
    closed.answer(till(closed))
    closed.finalize()
    found = recount(closed.lines())
    assert found.found == 0, found.lines


def test_a_slip_that_is_refused_keeps_its_figures_and_its_photo(closed: Story, visitor: Visitor) -> None:
    crew_at(closed, visitor)
    page = f"/door/{closed.slug}/slip"
    hours = f"{closed.campaign.windows[0].id}:{closed.shops['bella'].id}"
    for content in BAD:
        refused = visitor.post(
            page, {"hours": hours, "takings": "812.50"}, files={"photo": ("p", content, "image/png")}
        )
        assert (refused.status_code, 'value="812.50"' in refused.text) == (422, True)
    refused = visitor.post(page, {"hours": hours, "takings": "-5"}, files={"photo": ("p", photo(), "image/jpeg")})
    assert refused.status_code == 422
    kept = refused.text.partition('name="kept" value="')[2].partition('"')[0]
    again = visitor.post(page, {"hours": hours, "takings": "5", "kept": kept})
    assert again.status_code == 303
    forged = f"{kept.partition(':')[0]}:x"
    assert visitor.post(page, {"hours": hours, "takings": "6", "kept": forged}).status_code == 422


def test_by_api_a_proof_is_attached_listed_and_read(closed: Story, visitor: Visitor) -> None:
    total = closed.declare("bella", "2000.84")
    shop, organizer = bearer(visitor, closed, "bella"), bearer(visitor, closed)
    visitor.client.cookies.clear()
    path = f"/api/v1/till-totals/{total.id}"
    assert visitor.client.post(f"{path}/proof", content=PDF, headers=shop).json()["proofs"] == 1
    (listed,) = visitor.client.get(f"{path}/proofs", headers=organizer).json()["items"]
    assert (listed["form"], listed["by"]) == ("pdf", "business")
    assert visitor.client.get(f"/api/v1/till-proofs/{listed['id']}", headers=organizer).content == PDF
    assert visitor.client.get(f"{path}/proofs").status_code == 401
    assert visitor.client.post(f"{path}/proof", content=b"x", headers=shop).json()["errors"][0]["field"] == "proof"


def test_by_api_crew_send_photo_and_figures(closed: Story, visitor: Visitor, clock: FixedClock) -> None:
    crew, shop = bearer(visitor, closed), bearer(visitor, closed, "bella")
    path = f"/api/v1/campaigns/{closed.slug}"
    visitor.client.cookies.clear()
    sent = visitor.client.post(f"{path}/slip-photos", content=photo(), headers=crew).json()["photo"]
    body = {"window": closed.campaign.windows[0].id, "business": closed.shops["bella"].id, "takings": "812.50"}
    wrong = visitor.client.post(f"{path}/till-slips", json=body | {"photo": "x:y"}, headers=crew)
    assert wrong.json()["errors"][0]["field"] == "photo"
    made = visitor.client.post(f"{path}/till-slips", json=body | {"photo": sent}, headers=crew).json()
    assert (made["entered"], made["countersigned_at"]) == ("slip", None)
    signed = visitor.client.post(f"/api/v1/till-totals/{made['id']}/countersign", headers=shop).json()
    assert signed["countersigned_at"]
