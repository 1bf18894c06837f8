"""A supporter reports what they spent, from the page of their code: in one field, and never twice."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from pledges import queries as pledges
from tests.core.test_files import photo
from tests.factories import eur
from tests.rules.test_spending import receipt
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.test_shop_pages import won
from tests.web.test_till_proof_pages import BAD
from tests.web.visiting import Visitor, text_of
from web.recounting import recount

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def day(story: Story, visitor: Visitor) -> Story:
    """Two supporters, and the doors are open."""
    won(story)
    for name in ("ada", "ben"):
        story.pledge(name)
    opening = story.campaign.first_opening
    assert opening
    story.move(opening)
    return story


def ticket(story: Story, name: str) -> str:
    made = story.pledged[name]
    return f"/tickets/{made.id}?token={KEYS.token('ticket', made.id)}"


def spend(story: Story, visitor: Visitor, name: str, amount: str, content: bytes | None = None, **more: str) -> Any:
    made = story.pledged[name]
    form = {"token": KEYS.token("ticket", made.id), "amount": amount, **more}
    files = {"photo": ("receipt.jpg", content, "image/jpeg")} if content is not None else None
    return visitor.post(f"/tickets/{made.id}/spend", form, files=files)


def tally(story: Story, visitor: Visitor) -> Any:
    return visitor.get(f"/api/v1/campaigns/{story.slug}/tally").json()["spent"]


def test_spending_is_reported_with_one_field_and_corrected(day: Story, visitor: Visitor) -> None:
    assert "What did you spend?" in text_of(visitor.get(ticket(day, "ada")))
    sent = spend(day, visitor, "ada", "14,20")
    assert sent.headers["location"] == f"{ticket(day, 'ada')}#spent"
    told = text_of(visitor.get(ticket(day, "ada")))
    assert "You reported €14.20. It counts once your code was scanned at the door." in told
    day.arrive("ada")
    assert "It counts as a report." in text_of(visitor.get(ticket(day, "ada")))
    spend(day, visitor, "ada", "15")
    own = {"amount": {"amount": "15.00", "currency": "EUR"}, "reports": 1}
    assert tally(day, visitor) == {"amount": own["amount"], "reports": 1, "by_supporters": own}
    shown = text_of(visitor.get(f"/campaigns/{day.slug}/result"))
    assert "spent, by 1 report of a supporter" in shown


def test_what_crew_noted_counts_and_the_till_is_never_touched(day: Story, visitor: Visitor) -> None:
    spend(day, visitor, "ada", "14.20")
    day.arrive("ada", spent=eur("13"))
    told = text_of(visitor.get(ticket(day, "ada")))
    assert "Crew noted €13.00 at the door; that is what counts, and nothing is counted twice." in told
    assert tally(day, visitor) == {
        "amount": {"amount": "13.00", "currency": "EUR"},
        "reports": 1,
        "by_supporters": None,
    }
    assert visitor.get(f"/api/v1/campaigns/{day.slug}/tally").json()["till"] is None


def test_a_receipt_is_kept_without_its_metadata_and_seen_by_its_owner_and_the_organizers(
    day: Story, visitor: Visitor
) -> None:
    exif = Image.Exif()
    exif[0x0110] = "A phone"
    spend(day, visitor, "ada", "14.20", photo(exif=exif))
    made = day.pledged["ada"]
    own = f"/tickets/{made.id}/receipt?token={KEYS.token('ticket', made.id)}"
    shown = visitor.get(own)
    assert shown.headers["cache-control"] == "no-store"
    assert not Image.open(io.BytesIO(shown.content)).getexif()
    assert visitor.get(f"/tickets/{made.id}/receipt?token=wrong").status_code in (401, 403)
    listed = f"/organize/{day.slug}/receipts"
    visitor.sign_in("ada@example.org")
    assert visitor.get(listed).status_code == 403
    visitor.sign_in("owner@example.org")
    page = visitor.get(listed)
    assert "Not checked in: counts for nothing yet" in text_of(page)
    assert visitor.get(f"{listed}/{made.id}/photo").headers["content-type"] == "image/jpeg"


def test_the_same_receipt_twice_is_found_also_saved_again_or_made_smaller(day: Story, visitor: Visitor) -> None:
    assert spend(day, visitor, "ada", "14.20", receipt()).status_code == 303
    same = spend(day, visitor, "ben", "20", receipt())
    assert same.status_code == 422
    assert "This receipt was reported already, with another code" in text_of(same)
    for copy in (receipt(quality=40), receipt(size=(400, 600))):
        refused = spend(day, visitor, "ben", "14.20", copy)
        assert refused.status_code == 422
        assert "It looks like one reported with this amount" in text_of(refused)
        assert 'value="14.20"' in refused.text
    assert spend(day, visitor, "ben", "14.20").status_code == 303


@pytest.mark.parametrize("content", BAD[1:], ids=["text", "half a PDF", "SVG", "bomb", "half a photo"])
def test_what_is_no_photo_is_refused_and_the_amount_stays(day: Story, visitor: Visitor, content: bytes) -> None:
    refused = spend(day, visitor, "ada", "14.20", content)
    assert refused.status_code == 422
    assert 'href="#photo"' in refused.text
    assert 'value="14.20"' in refused.text
    with day.database.reading() as session:
        assert pledges.spend_reports(session, day.campaign_id) == []


@pytest.mark.parametrize("amount", ["", "-3", "much", "3.999", "99999999"])
def test_what_is_no_amount_is_refused_and_the_photo_is_kept(day: Story, visitor: Visitor, amount: str) -> None:
    refused = spend(day, visitor, "ada", amount, receipt())
    assert refused.status_code == 422
    assert 'href="#amount"' in refused.text
    kept = re.search(r'name="kept" value="([^"]+)"', refused.text)
    assert kept
    spend(day, visitor, "ada", "3", kept=kept[1])
    with day.database.reading() as session:
        (held,) = pledges.spend_reports(session, day.campaign_id)
    assert held.receipt
    assert held.receipt.photo == kept[1].partition(":")[0]


def test_pressed_twice_it_is_one_and_the_record_agrees(day: Story, visitor: Visitor) -> None:
    for _ in range(2):
        spend(day, visitor, "ada", "14.20", receipt())
    day.arrive("ada")
    day.arrive("ben", spent=eur("5"))
    spend(day, visitor, "ben", "6")
    closing = day.campaign.last_closing
    assert closing
    day.move(closing)
    day.answer(day.declare("bella", "100"))
    day.finalize()
    lines = day.lines()
    assert sum('"SpendReported"' in line for line in lines) == 2
    found = recount(lines)
    assert found.found == 0, found.lines
    late = spend(day, visitor, "ada", "9")
    assert late.status_code == 409
    assert "You reported €14.20." in text_of(visitor.get(ticket(day, "ada")))


def test_by_api_an_amount_and_a_photo_are_reported(day: Story, visitor: Visitor) -> None:
    made = day.pledged["ada"]
    path, token = f"/api/v1/pledges/{made.id}", KEYS.token("ticket", made.id)
    kept = visitor.client.post(f"{path}/receipt-photos?token={token}", content=receipt()).json()["photo"]
    told = visitor.client.post(f"{path}/spend", json={"amount": "14.20", "token": token, "photo": kept}).json()
    assert (told["amount"]["amount"], told["receipt"]) == ("14.20", True)
    forged = {"amount": "14.20", "token": token, "photo": "a:b"}
    assert visitor.client.post(f"{path}/spend", json=forged).json()["errors"][0]["field"] == "photo"
    below = visitor.client.post(f"{path}/spend", json={"amount": "-1", "token": token})
    assert (below.status_code, below.json()["errors"][0]["field"]) == (422, "amount")
    assert visitor.client.post(f"{path}/spend", json={"amount": "1"}, headers=bearer(visitor, day)).status_code == 403
