"""Signing in by a mailed link, one's own page, and leaving."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import text

from accounts import service as accounts
from businesses import service as businesses
from tests.factories import eur
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def link(visitor: Visitor, email: str = "lea@example.org", next_path: str = "/me") -> str:
    with visitor.site.db.writing() as session:
        return accounts.mint_link(session, visitor.site.clock, email, next_path)


def test_the_answer_is_the_same_for_every_address(visitor: Visitor):
    visitor.sign_in("known@example.org")
    visitor.client.cookies.clear()
    answers = [visitor.post("/sign-in", {"email": f"{who}@example.org"}) for who in ("known", "unknown")]
    assert {a.headers["location"] for a in answers} == {"/sign-in/sent"}
    assert visitor.get("/sign-in/sent").status_code == 200


def test_a_wrong_address_is_named_and_kept(visitor: Visitor):
    refused = visitor.post("/sign-in", {"email": "lea.example.org", "next": "/organize"})
    assert refused.status_code == 422
    assert "lacks an @" in text_of(refused)
    assert 'value="lea.example.org"' in refused.text
    assert 'value="/organize"' in refused.text


def test_opening_the_link_does_nothing_and_pressing_the_button_signs_in_once(visitor: Visitor):
    token = link(visitor, next_path="/organize")
    assert visitor.get(f"/sign-in/use?token={token}").status_code == 200
    used = visitor.post("/sign-in/use", {"token": token})
    assert (used.status_code, used.headers["location"]) == (303, "/organize")
    assert "httponly" in used.headers["set-cookie"].lower()
    assert "lea@example.org" in text_of(visitor.get("/me"))
    again = visitor.post("/sign-in/use", {"token": token})
    assert again.status_code == 403
    assert "used or is too old" in text_of(again)


def test_a_page_that_needs_somebody_leads_to_sign_in_and_back(visitor: Visitor):
    answer = visitor.get("/me?done=saved", follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?next=%2Fme%3Fdone%3Dsaved"
    page = visitor.get(answer.headers["location"])
    assert 'value="/me?done=saved"' in unescape(page.text)
    assert visitor.post("/me", {"name": "x"}).status_code == 401


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_a_link_never_leads_to_another_site(visitor: Visitor, elsewhere: str):
    page = visitor.get("/sign-in", params={"next": elsewhere})
    assert 'name="next" value="/me"' in page.text


def test_signing_out_ends_the_session(visitor: Visitor):
    visitor.sign_in("lea@example.org")
    assert visitor.post("/sign-out").headers["location"] == "/"
    assert visitor.get("/me", follow_redirects=False).status_code == 303


def test_a_form_without_its_token_is_refused(visitor: Visitor):
    visitor.sign_in("lea@example.org")
    assert visitor.client.post("/me", data={"name": "x"}).status_code == 403


def test_own_data_can_be_changed_and_a_wrong_zone_is_named(visitor: Visitor):
    visitor.sign_in("lea@example.org")
    data = {"name": "Lea", "locale": "de", "timezone": "Asia/Tokyo", "digest_hour": "18"}
    assert visitor.post("/me", data).headers["location"] == "/me?done=saved"
    page = visitor.get("/me?done=saved")
    assert 'lang="de"' in page.text
    assert 'value="Asia/Tokyo" selected' in page.text
    refused = visitor.post("/me", {**data, "timezone": "Mars/Base"})
    assert refused.status_code == 422


def test_a_language_chosen_in_the_footer_goes_with_the_person(visitor: Visitor):
    visitor.sign_in("lea@example.org")
    answer = visitor.post("/language", {"lang": "de", "next": "/me"})
    assert answer.headers["location"] == "/me"
    assert 'lang="de"' in visitor.get("/me").text
    assert visitor.post("/language", {"lang": "xx", "next": "//evil"}).headers["location"] == "/"


def test_an_api_token_is_shown_once(visitor: Visitor):
    visitor.sign_in("lea@example.org")
    page = visitor.post("/me/token")
    found = re.search(r"<code>([^<]+)</code>", page.text)
    assert found
    me = visitor.get("/api/v1/me", headers={"authorization": f"Bearer {found[1]}"})
    assert me.json()["email"] == "lea@example.org"
    assert found[1] not in visitor.get("/me").text


def test_all_sign_ins_and_tokens_end_together(visitor: Visitor):
    visitor.sign_in("lea@example.org")
    with visitor.site.db.writing() as session:
        token = accounts.api_token(session, visitor.site.clock, "lea@example.org")
    assert visitor.post("/me/sessions").headers["location"] == "/sign-in"
    assert visitor.get("/api/v1/me", headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_erasing_needs_a_tick(visitor: Visitor):
    visitor.sign_in("lea@example.org")
    refused = visitor.post("/me/erase")
    assert refused.status_code == 422
    assert "by a slip" in text_of(refused)


def test_whoever_leaves_is_found_nowhere_and_the_sums_stay(visitor: Visitor, story: Story):
    story.open()
    story.bid("bella")
    asked = story.do(businesses.ask, story.slug, eur("20"), "ada@example.org")
    story.do(businesses.confirm_ask, KEYS, asked, KEYS.token("ask", asked))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("ada", "12.50")
    before = visitor.get(f"/api/v1/campaigns/{story.slug}/tally").json()
    visitor.sign_in("ada@example.org")
    assert visitor.post("/me/erase", {"sure": "yes"}).headers["location"] == "/me/erased"
    assert visitor.get(f"/api/v1/campaigns/{story.slug}/tally").json() == before
    assert everything_that_holds(story, "ada@example.org") == []


def everything_that_holds(story: Story, words: str) -> list[str]:
    """Every column of every table in which the words stand."""
    found = []
    with story.database.reading() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        for table in tables:
            for column in session.execute(text(f"PRAGMA table_info({table})")).all():
                query = text(f'SELECT count(*) FROM {table} WHERE CAST("{column[1]}" AS TEXT) LIKE :words')  # noqa: S608 - names come from the database itself
                if session.scalar(query, {"words": f"%{words}%"}):
                    found.append(f"{table}.{column[1]}")
    return found
