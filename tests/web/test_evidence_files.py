"""Photos, documents and invoices as evidence: by the business's own link and by API."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest

from businesses.commitments import Checker
from businesses.followthrough import Evidence, Obligation, Verdict
from tests.core.test_documents import DOES, PDF
from tests.core.test_files import photo
from tests.factories import action, share
from tests.notifications.senders import publish
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.test_shop_pages import enter
from tests.web.test_till_proof_pages import bomb
from tests.web.visiting import Visitor, text_of
from web import worker
from web.recounting import recount
from web.trips.sweeping import sweep

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def money(story: Story, visitor: Visitor) -> Obligation:
    """After the day: 35 percent of 2000.84, which the monitor checks; the winner is at its own page."""
    story.open()
    story.bid("bella", share("35", checker=Checker.MONITOR), action("27"))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("lea")
    story.wait(days=16)
    story.wait(days=1)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    enter(story, visitor, "bella")
    return story.promises("share")[0]


def file(visitor: Visitor, o: Obligation, values: dict[str, str], *contents: bytes) -> Any:
    sent = [("file", ("IMG of Lea.jpg", content, "image/jpeg")) for content in contents]
    return visitor.post(f"/shop/promises/{o.id}/evidence", {"note": "Lamps.", **values}, files=sent or None)


def last(story: Story, kind: str = "share") -> Evidence:
    return story.promises(kind)[0].evidence[-1]


def test_invoices_with_their_files_are_added_up_in_public(visitor: Visitor, story: Story, money: Obligation):
    day = story.clock.instant.date().isoformat()
    filed = file(visitor, money, {"value": "300", "invoiced_on": day}, photo(), PDF)
    assert filed.headers["location"].endswith("?done=evidence")
    story.wait(hours=1)
    file(visitor, money, {"value": "40.29", "invoiced_on": day})
    assert "€340.29 of €700.29 shown by 2 invoices" in text_of(visitor.get(f"/shop/promises/{money.id}"))
    held = story.promises("share")[0].evidence[0].files
    visitor.client.cookies.clear()
    page = visitor.get(f"/promises/{money.id}")
    assert "€340.29 of €700.29 shown by 2 invoices" in text_of(page)
    assert "Document (PDF), 1 kB" in text_of(page)
    assert "Lea" not in page.text
    shown, saved = (visitor.get(f"/promises/{money.id}/files/{each.id}") for each in held)
    assert (shown.headers["content-type"], len(shown.content)) == ("image/jpeg", held[0].size)
    assert saved.content == PDF
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["content-security-policy"].startswith("sandbox")
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert visitor.get(f"/promises/{money.id}/files/{held[0].id}-small.jpg").status_code == 200
    found = recount(story.lines())
    assert found.found == 0, found.lines
    story.wait(days=3)
    sweep(story.database, visitor.site.files)
    assert {each.sha256 for each in held} <= {name for name, _ in visitor.site.files.names()}


BAD = {"large": bytes(10 * 2**20 + 1), "script": DOES["a script on opening"], "bomb": bomb(), "no picture": b"<svg/>"}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_refused_loses_neither_words_nor_the_other_files(
    visitor: Visitor, story: Story, money: Obligation, content: bytes
):
    refused = file(visitor, money, {"value": "300.5", "note": "Lamps by night."}, photo(), content)
    assert refused.status_code == 422
    assert 'href="#evidence-file"' in refused.text
    assert "Lamps by night." in refused.text
    assert 'value="300.5"' in refused.text
    assert not story.promises("share")[0].evidence
    kept = refused.text.partition('name="kept" value="')[2].partition('"')[0]
    assert file(visitor, money, {"value": "300.5", "kept": kept}).status_code == 303
    assert [each.form for each in last(story).files] == ["photo"]


def test_bad_input_is_named_and_comes_too_late_with_its_words(visitor: Visitor, story: Story, money: Obligation):
    later = (story.clock.instant + timedelta(days=9)).date().isoformat()
    assert 'href="#evidence-invoiced_on"' in file(visitor, money, {"value": "3", "invoiced_on": later}).text
    assert 'href="#evidence-value"' in file(visitor, money, {"invoiced_on": "2027-01-01"}).text
    assert file(visitor, money, {"kept": "photo:x:1:forged"}).status_code == 422
    assert "At most 6 files at once" in text_of(file(visitor, money, {}, *[photo()] * 7))
    file(visitor, money, {"value": "700.29"})
    story.judge(money, Verdict.KEPT, story.monitor)
    late = file(visitor, money, {"note": "One thing more."})
    assert (late.status_code, "One thing more." in late.text) == (409, True)


def test_what_only_the_checker_may_see_is_known_to_exist(visitor: Visitor, story: Story, money: Obligation):
    file(visitor, money, {"visibility": "checker"}, PDF)
    (held,) = last(story).files
    at = f"/promises/{money.id}/files/{held.id}"
    assert visitor.get(at).content == PDF
    visitor.client.cookies.clear()
    told = text_of(visitor.get(f"/promises/{money.id}"))
    assert "Only the business and whom the agreement names may open it." in told
    assert held.sha256[:16] in told
    assert visitor.get(at, follow_redirects=False).status_code != 200
    visitor.sign_in("lea@example.org")
    assert visitor.get(at).status_code == 403
    visitor.sign_in("monitor@example.org")
    assert (visitor.get(at).content, visitor.get(at).headers["cache-control"]) == (PDF, "no-store")


def test_parts_of_a_photo_are_blackened_and_it_is_told(visitor: Visitor, story: Story, money: Obligation):
    file(visitor, money, {"value": "3"}, photo())
    (before,) = last(story).files
    marking = f"/promises/{money.id}/redact/photos/{before.id}"
    assert visitor.get(marking).text.count('name="cell"') == 48
    refused = visitor.post(marking, {"boxes": "90,0,20,5", "cell": "0-0"})
    assert (refused.status_code, 'value="0-0" aria-label="Row 1, column 1" checked' in refused.text) == (422, True)
    assert visitor.post(marking, {"cell": ["0-0", "0-1"], "boxes": "50,50,10,10"}).status_code == 303
    at = f"/promises/{money.id}/files/{before.id}"
    assert visitor.get(at).content != visitor.get(f"{at}/original").content
    publish(story.database)
    visitor.client.cookies.clear()
    told = text_of(visitor.get(f"/promises/{money.id}"))
    assert "2 parts were redacted" in told
    assert "by: The business" in told
    assert "The business blackened parts of a photo (2)" in told
    assert visitor.get(f"{at}/original", follow_redirects=False).status_code != 200
    visitor.sign_in("lea@example.org")
    assert {visitor.get(f"{at}/original").status_code, visitor.post(marking, {"cell": "0-0"}).status_code} == {403}
    found = recount(story.lines())
    assert found.found == 0, found.lines


def test_what_a_photo_was_before_goes_with_the_verdict(visitor: Visitor, story: Story, money: Obligation):
    file(visitor, money, {"value": "3"}, photo())
    (before,) = last(story).files
    visitor.post(f"/promises/{money.id}/redact/photos/{before.id}", {"cell": "3-3"})
    after = last(story).files[0].sha256
    visitor.sign_in("monitor@example.org")
    at = f"/promises/{money.id}/files/{before.id}/original"
    worker.clean(story.database)
    assert visitor.get(at).status_code == 200
    story.judge(money, Verdict.PARTLY_KEPT, story.monitor)
    worker.clean(story.database)
    assert visitor.get(at).status_code == 404
    long_ago = story.clock.instant.timestamp() - 2 * 86400
    for name, _ in visitor.site.files.names():
        os.utime(visitor.site.settings.home / "files" / name[:2] / name, (long_ago, long_ago))
    sweep(story.database, visitor.site.files)
    assert [name for name, _ in visitor.site.files.names()] == [after]


def test_words_are_taken_out_and_documents_hidden_as_a_whole(visitor: Visitor, story: Story, money: Obligation):
    file(visitor, money, {"note": "Paid to Lea Lang."}, PDF)
    filed = last(story)
    words = f"/promises/{money.id}/redact/notes/{filed.id}"
    missed = visitor.post(words, {"passage": "Leo Lang"})
    assert (missed.status_code, "Leo Lang" in missed.text) == (422, True)
    assert visitor.post(words, {"passage": "Lea Lang"}).status_code == 303
    assert visitor.post(f"/promises/{money.id}/redact/documents/{filed.files[0].id}").status_code == 303
    assert "Paid to █████." in text_of(visitor.get(f"/promises/{money.id}/redact"))
    visitor.client.cookies.clear()
    assert "Lea Lang" not in text_of(visitor.get(f"/promises/{money.id}")) + "".join(story.lines())
    assert visitor.get(f"/promises/{money.id}/files/{filed.files[0].id}", follow_redirects=False).status_code != 200
    visitor.sign_in("lea@example.org")
    assert visitor.post(words, {"passage": "Paid"}).status_code == 403
    assert recount(story.lines()).found == 0


def test_by_api_parts_are_blackened_by_whom_the_agreement_names(visitor: Visitor, story: Story, money: Obligation):
    file(visitor, money, {"note": "Paid to Lea."}, photo(), PDF)
    filed, http = last(story), visitor.client
    shop = {"Authorization": f"Business {http.cookies['shop']}"}
    http.cookies.clear()
    one, other = (f"/api/v1/evidence-files/{each.id}/redaction" for each in filed.files)
    boxes = {"boxes": [{"x": "10", "y": "10", "width": "20.5", "height": 5}]}
    assert http.post(one, json=boxes).status_code == 401
    assert http.post(one, json=boxes, headers=bearer(visitor, story)).status_code == 403
    assert http.post(one, json={"boxes": []}, headers=shop).json()["errors"][0]["field"] == "boxes"
    assert http.post(other, json=boxes, headers=shop).status_code == 404
    made = http.post(one, json=boxes, headers=shop).json()["evidence"][0]["files"][0]
    assert (made["redaction"]["parts"], made["redaction"]["by"]) == (1, "business")
    hidden = http.post(other, json={"visibility": "checker"}, headers=shop).json()
    assert hidden["evidence"][0]["files"][1]["visibility"] == "checker"
    note = f"/api/v1/obligations/{money.id}/evidence/{filed.id}/redaction"
    assert http.post(note, json={"passage": "Lea"}, headers=shop).json()["evidence"][0]["note"] == "Paid to █████."
    assert recount(story.lines()).found == 0


def test_by_api_files_come_by_token_or_with_the_form(visitor: Visitor, story: Story, money: Obligation):
    shop = {"Authorization": f"Business {visitor.client.cookies['shop']}"}
    path, http = f"/api/v1/obligations/{money.id}", visitor.client
    http.cookies.clear()
    sent = http.post(f"{path}/evidence-files", content=PDF, headers=shop)
    assert (sent.status_code, sent.json()["form"]) == (201, "pdf")
    day = story.clock.instant.date().isoformat()
    body = {"note": "Paid.", "value": "300", "file": sent.json()["file"], "invoiced_on": day}
    wrong = http.post(f"{path}/evidence", json=body | {"file": "x:y"}, headers=shop)
    assert wrong.json()["errors"][0]["field"] == "file"
    assert http.post(f"{path}/evidence", json={"value": "1"}, headers=shop).json()["errors"][0]["field"] == "note"
    first = http.post(f"{path}/evidence", json=body, headers=shop).json()["evidence"][0]
    assert (first["files"][0]["size"], first["invoiced_on"]) == (len(PDF), day)
    assert http.get(first["files"][0]["url"]).content == PDF
    form = {"note": "Shelf.", "visibility": "checker"}
    made = http.post(f"{path}/evidence", data=form, files=[("file", ("a", photo()))], headers=shop)
    hidden = next(each for filed in made.json()["evidence"] for each in filed["files"] if each["form"] == "photo")
    assert hidden["visibility"] == "checker"
    assert http.get(hidden["url"]).status_code == 401
    assert http.get(hidden["url"], headers=bearer(visitor, story)).status_code == 403
    assert http.get(hidden["url"], headers=shop).status_code == 200
    bad = http.post(f"{path}/evidence", data=form, files=[("file", ("a", b"<svg/>"))], headers=shop)
    assert (bad.status_code, bad.json()["errors"][0]["field"]) == (422, "file")
